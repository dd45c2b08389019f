"""Instances of the theorems about sums in few words, for tests only."""

from __future__ import annotations

from typing import Any

from symrep.claim import Claim, Context
from symrep.reading import Reader
from symrep.term import Term

KINDS = {
    "n": "positive integer",
    "m": "nonnegative integer",
    "z": "integer",
    "u": "unit",
    "x": "real",
    "y": "real",
    "a": "positive",
    "r": "positive",
    "w": "nonzero",
}


def term(text: str, bound: str = "k j i") -> Term:
    """A term; k, j, i are free in it where no sum binds them, and y where no limit does."""
    if "Limit" in text:
        return Reader({n: kind for n, kind in KINDS.items() if n != "y"}).expression(text, "test")
    extra = {b: "integer" for b in bound.split() if f"({b}, " not in text}
    return Reader({**KINDS, **extra}).expression(text, "test")


def data(value: Any) -> Any:
    """Texts that begin with ``=`` are names, all others terms; lists and objects are gone through."""
    if isinstance(value, str):
        return value[1:] if value.startswith("=") else term(value)
    if isinstance(value, list):
        return [data(v) for v in value]
    if isinstance(value, dict):
        return {k: data(v) for k, v in value.items()}
    return value


def instance(theorem: str, lhs: str, rhs: str, given: str = "", **more: Any) -> Claim:
    """The line is the left side of one theorem."""
    reader = Reader(KINDS)
    relations = tuple(r for g in given.split(";") if g for r in reader.given(g, "given"))
    ctx = Context({n: kind for n, kind in KINDS.items() if n != "y" or "Limit" not in lhs}, {}, relations)
    step = {"theorem": theorem, "lhs": term(lhs), "rhs": term(rhs), **data(more)}
    return Claim("rewrite", {"before": term(lhs), "after": term(rhs), "rewrites": [step]}, ctx)


def part(kind: str, **more: str) -> dict[str, str]:
    base = {"c": "1", "offset": "0", "start": "0"}
    return {"kind": f"={kind}", **base, **more}


def known(lhs: str, rhs: str, *parts: dict[str, Any], given: str = "") -> Claim:
    return instance("sum_value", lhs, rhs, given, parts=list(parts))


#: Σ_{k=0}^{n} C(n,k) = 2^n: what the step consists of
ROW = [
    {
        "theorem": "=split",
        "lhs": "Sum(binomial(n + 1, k), (k, 0, n + 1))",
        "rhs": "Sum(binomial(n + 1, k), (k, 0, n)) + 1",
        "at": "n",
    },
    {
        "theorem": "=telescoping",
        "lhs": "Sum(binomial(n + 1, k), (k, 0, n))",
        "rhs": "2*Sum(binomial(n, k), (k, 0, n)) - 1",
        "remainder": "2*binomial(n, k)",
        "antidifference": "-binomial(n + 1, k)*k/(n + 1)",
    },
    {"theorem": "=induction_hypothesis"},
]

TRUE: dict[str, Claim] = {
    "telescoping": instance(
        "telescoping", "Sum(u**k, (k, 0, n))", "(1 - u**(n + 1))/(1 - u)", antidifference="(1 - u**k)/(1 - u)"
    ),
    "telescoping, from m": instance(
        "telescoping", "Sum(k, (k, m, m + n))", "(n + 1)*(2*m + n)/2", antidifference="k*(k - 1)/2"
    ),
    "telescoping, perhaps empty": instance(
        "telescoping", "Sum(k, (k, 1, m))", "m*(m + 1)/2", antidifference="k*(k - 1)/2"
    ),
    "telescoping, digamma": instance(
        "telescoping", "Sum(1/k, (k, 1, n))", "digamma(n + 1) + EulerGamma", antidifference="digamma(k)"
    ),
    "telescoping, a sign": instance(
        "telescoping",
        "Sum((-1)**k*k, (k, 1, n))",
        "(-1)**n*(2*n + 1)/4 - 1/4",
        antidifference="(-1)**(k - 1)*(2*k - 1)/4",
    ),
    "telescoping, any base": instance(
        "telescoping",
        "Sum(x**k, (k, 0, n))",
        "(1 - x**(n + 1))/(1 - x)",
        "x != 1",
        antidifference="(1 - x**k)/(1 - x)",
    ),
    "telescoping, infinite": instance("telescoping", "Sum(1/(k*(k + 1)), (k, 1, oo))", "1", antidifference="-1/k"),
    "telescoping, a product": instance(
        "telescoping", "Product(k, (k, 1, m))", "factorial(m)", antidifference="factorial(k - 1)"
    ),
    "telescoping, an infinite product": instance(
        "telescoping", "Product(1 - 1/k**2, (k, 2, oo))", "1/2", antidifference="k/(k - 1)"
    ),
    "split": instance("split", "Sum(sqrt(k), (k, 1, n))", "1 + Sum(sqrt(k), (k, 2, n))", at="1"),
    "split, at the end": instance(
        "split", "Sum(sqrt(k), (k, 1, n + 1))", "Sum(sqrt(k), (k, 1, n)) + sqrt(n + 1)", at="n"
    ),
    "split, infinite": instance("split", "Sum(u**k/k**3, (k, 1, oo))", "u + Sum(u**k/k**3, (k, 2, oo))", at="1"),
    "reindex": instance(
        "reindex",
        "Sum(sqrt(k), (k, 1, n))",
        "Sum(sqrt(j + 1), (j, 0, n - 1))",
        variable="=j",
        shift="1",
    ),
    "reindex, reversed": instance(
        "reindex",
        "Sum(1/(n + 1 - k), (k, 1, n))",
        "Sum(1/j, (j, 1, n))",
        variable="=j",
        shift="n + 1",
        reversed=True,
    ),
    "exchange": instance("exchange", "Sum(Sum(1/j, (j, 1, k)), (k, 1, n))", "Sum(Sum(1/j, (k, j, n)), (j, 1, n))"),
    "sum_value": known("Sum(k*u**k, (k, 1, oo))", "u/(1 - u)**2", part("geometric", x="u", m="1", start="1")),
    "sum_value, exponential": known(
        "Sum(k**2*exp(-a)*a**k/factorial(k), (k, 0, oo))",
        "a + a**2",
        part("exponential", c="exp(-a)", x="a", m="1"),
        part("exponential", c="exp(-a)", x="a", m="2"),
    ),
    "sum_value, exponential from 2": known(
        "Sum(x**k/factorial(k), (k, 2, oo))", "exp(x) - 1 - x", part("exponential", x="x", m="0", start="2")
    ),
    "sum_value, negative binomial": known(
        "Sum(k*gamma(a + k)/(gamma(a)*factorial(k))*u**k, (k, 0, oo))",
        "a*u*(1 - u)**(-a - 1)",
        part("negative_binomial", x="u", a="a", m="1"),
    ),
    "sum_value, logarithm": known("Sum(u**k/k, (k, 1, oo))", "-log(1 - u)", part("logarithm", x="u", start="1")),
    "sum_value, logarithm of 2": known("Sum((-1)**k/k, (k, 1, oo))", "-log(2)", part("logarithm", x="-1", start="1")),
    "sum_value, cosh": known("Sum(x**(2*k)/factorial(2*k), (k, 0, oo))", "cosh(x)", part("cosh", x="x")),
    "sum_value, cos": known(
        "Sum((-1)**k*x**(2*k)/factorial(2*k), (k, 1, oo))", "cos(x) - 1", part("cos", x="x", start="1")
    ),
    "sum_value, sinh": known("Sum(x**(2*k + 1)/factorial(2*k + 1), (k, 0, oo))", "sinh(x)", part("sinh", x="x")),
    "sum_value, sin": known("Sum((-1)**k*x**(2*k + 1)/factorial(2*k + 1), (k, 0, oo))", "sin(x)", part("sin", x="x")),
    "sum_value, atanh": known("Sum(u**(2*k + 1)/(2*k + 1), (k, 0, oo))", "atanh(u)", part("atanh", x="u")),
    "sum_value, atan": known("Sum((-1)**k/(2*k + 1), (k, 0, oo))", "pi/4", part("atan", x="1")),
    "sum_value, power": known("Sum(1/k**2, (k, 1, oo))", "pi**2/6", part("power", a="1", p="2", offset="1")),
    "sum_value, alternating": known(
        "Sum((-1)**k/(k + a)**3, (k, 0, oo))",
        "(polygamma(2, a/2 + 1/2) - polygamma(2, a/2))/16",
        part("alternating", a="a", p="3"),
    ),
    "sum_value, alternating harmonic": known(
        "Sum((-1)**k/(k + 1), (k, 0, oo))", "log(2)", part("alternating", a="1", p="1")
    ),
    "sum_value, rational": known(
        "Sum(1/((k + a)*(k + 2*a)), (k, 0, oo))",
        "(digamma(2*a) - digamma(a))/a",
        part("rational", cs=["1/a", "-1/a"], **{"as": ["a", "2*a"]}),
    ),
    "sum_value, binomial": known(
        "Sum(k*binomial(n, k)*u**k*(1 - u)**(n - k), (k, 0, n))", "n*u", part("binomial", x="u", y="1 - u", m="1")
    ),
    "sum_value, binomial of any numbers": known(
        "Sum(binomial(n, k)*x**k*y**(n - k), (k, 0, n))", "(x + y)**n", part("binomial", x="x", y="y", m="0")
    ),
    "sum_value, vandermonde": known(
        "Sum(binomial(m, k)*binomial(n, m - k), (k, 0, m))",
        "binomial(m + n, m)",
        part("vandermonde", a="m", b="n", m="0"),
    ),
    "sum_value, gauss": known(
        "Sum(gamma(a + k)*gamma(r + k)/(gamma(2*a + 2*r + k)*factorial(k)), (k, 0, oo))",
        "gamma(a)*gamma(r)*gamma(a + r)/(gamma(a + 2*r)*gamma(2*a + r))",
        part("gauss", a="a", b="r", d="2*a + 2*r", m="0"),
    ),
    "sum_value, gauss, a mean": known(
        "Sum(k*gamma(a + k)*gamma(r + k)/(gamma(a + r + 5/2 + k)*factorial(k)), (k, 0, oo))",
        "gamma(a + 1)*gamma(r + 1)*gamma(3/2)/(gamma(r + 5/2)*gamma(a + 5/2))",
        part("gauss", a="a", b="r", d="a + r + 5/2", m="1"),
    ),
    "sum_value, chu_vandermonde": known(
        "Sum(binomial(n, k)*gamma(a + k)*gamma(r + n - k), (k, 0, n))",
        "gamma(a + r + n)*gamma(a)*gamma(r)/gamma(a + r)",
        part("chu_vandermonde", a="a", b="r", m="0"),
    ),
    "sum_value, chu_vandermonde, a mean": known(
        "Sum(k*binomial(n, k)*gamma(a + k)*gamma(r + n - k), (k, 0, n))",
        "n*gamma(a + r + n)*gamma(a + 1)*gamma(r)/gamma(a + r + 1)",
        part("chu_vandermonde", a="a", b="r", m="1"),
    ),
    "sum_value, vandermonde, a mean": known(
        "Sum(k*binomial(m + 1, k)*binomial(n, m - k), (k, 0, m))",
        "m*(m + 1)/(m + n + 1)*binomial(m + n + 1, m)",
        part("vandermonde", a="m + 1", b="n", m="1"),
    ),
    "sum_value, telescoping": known(
        "Sum(1/(k*(k + 1)) + u**k, (k, 1, oo))",
        "1 + u/(1 - u)",
        part("telescoping", antidifference="-1/k"),
        part("geometric", x="u", m="0", start="1"),
    ),
    "limit": instance("limit", "Limit((1 + a/y)**y, y, oo)", "exp(a)", above="0", below="1"),
    "limit, from above": instance("limit", "Limit(y*log(y), y, 0, '+')", "0", above="1", below="-1"),
    "limit, from both sides": instance("limit", "Limit(sin(y)/y, y, 0, '+-')", "1", above="1", below="-1"),
    "limit, at a parameter": instance("limit", "Limit(y**2 + a, y, a, '-')", "a**2 + a", above="a + 1", below="a - 1"),
    "induction": instance(
        "induction", "Sum(binomial(n, k), (k, 0, n))", "2**n", variable="=n", start="0", first=[], step=ROW
    ),
    "induction, of a product": instance(
        "induction",
        "Product(k, (k, 1, n))",
        "factorial(n)",
        variable="=n",
        start="1",
        first=[],
        step=[
            {
                "theorem": "=split",
                "lhs": "Product(k, (k, 1, n + 1))",
                "rhs": "Product(k, (k, 1, n))*(n + 1)",
                "at": "n",
            },
            {"theorem": "=induction_hypothesis"},
        ],
    ),
    "unit_steps": instance(
        "unit_steps",
        "Integral(floor(j), (j, 0, n))",
        "Sum(k, (k, 0, n - 1))",
        index="=k",
        parts=[{"kind": "=ftc", "integrand": "k", "pieces": [{"lo": "k", "hi": "k + 1", "antiderivative": "k*j"}]}],
    ),
}

_SQUARE = {"variable": "=n", "first": [], "step": [{"theorem": "=induction_hypothesis"}]}

#: false, or beyond what the theorem says: none may be proved
FALSE: dict[str, Claim] = {
    "telescoping, not the antidifference": instance(
        "telescoping", "Sum(k, (k, 1, n))", "n*(n - 1)/2", antidifference="(k - 1)*(k - 2)/2"
    ),
    "telescoping, not its end": instance(
        "telescoping", "Sum(k, (k, 1, n))", "n*(n - 1)/2", antidifference="k*(k - 1)/2"
    ),
    "telescoping, a longer gap": instance(
        "telescoping", "Sum(k, (k, 1, z))", "z*(z + 1)/2", antidifference="k*(k - 1)/2"
    ),
    "telescoping, an end that is no integer": instance("telescoping", "Sum(1, (k, 1, r))", "r", antidifference="k"),
    "telescoping, a lower end that is no integer": instance(
        "telescoping", "Sum(1, (k, r - n, r))", "n + 1", antidifference="k"
    ),
    "telescoping, a pole in the range": instance(
        "telescoping", "Sum(1/(k*(k + 1)), (k, -3, n))", "-1/3 - 1/(n + 1)", antidifference="-1/k"
    ),
    "telescoping, a pole somewhere": instance(
        "telescoping", "Sum(1/((k - m)*(k + 1 - m)), (k, 0, n))", "-1/m - 1/(n + 1 - m)", antidifference="-1/(k - m)"
    ),
    "telescoping, true off the range only": instance(
        "telescoping", "Sum(Abs(k), (k, -2, n))", "n*(n + 1)/2 - 3", antidifference="k*(k - 1)/2"
    ),
    "telescoping, a remainder forgotten": instance(
        "telescoping", "Sum(k + u**k, (k, 1, n))", "n*(n + 1)/2", antidifference="k*(k - 1)/2", remainder="u**k"
    ),
    "telescoping, an infinite remainder": instance(
        "telescoping",
        "Sum(1/k + 1/(k*(k + 1)), (k, 1, oo))",
        "Sum(1/k, (k, 1, oo)) + 1",
        antidifference="-1/k",
        remainder="1/k",
    ),
    "telescoping, divergent": instance("telescoping", "Sum(1, (k, 1, oo))", "-1", antidifference="k"),
    "telescoping, no limit": instance("telescoping", "Sum((-1)**k, (k, 0, oo))", "1/2", antidifference="-(-1)**k/2"),
    "telescoping, a product from zero": instance("telescoping", "Product(k, (k, 1, n))", "1", antidifference="0"),
    "telescoping, a product's remainder": instance(
        "telescoping", "Product(k, (k, 1, n))", "factorial(n) + 1", antidifference="factorial(k - 1)"
    ),
    "telescoping, something else": instance("telescoping", "sin(n)", "cos(n)", antidifference="k"),
    "split, beyond the end": instance(
        "split", "Sum(Abs(k), (k, 1, n))", "Sum(Abs(k), (k, 1, n + 3)) + Sum(Abs(k), (k, n + 4, n))", at="n + 3"
    ),
    "split, before the start": instance(
        "split", "Sum(Abs(k), (k, 5, n + 5))", "Sum(Abs(k), (k, 5, 1)) + Sum(Abs(k), (k, 2, n + 5))", at="1"
    ),
    "split, at a place that may lie anywhere": instance(
        "split", "Sum(Abs(k), (k, 1, n))", "Sum(Abs(k), (k, 1, m)) + Sum(Abs(k), (k, m + 1, n))", at="m"
    ),
    "split, between integers": instance(
        "split", "Sum(k, (k, 0, n))", "Sum(k, (k, 0, 1/2)) + Sum(k, (k, 3/2, n))", at="1/2"
    ),
    "split, one lost": instance("split", "Sum(sqrt(k), (k, 1, n))", "Sum(sqrt(k), (k, 2, n))", at="1"),
    "split, one twice": instance("split", "Sum(sqrt(k), (k, 1, n))", "1 + Sum(sqrt(k), (k, 1, n))", at="1"),
    "split, a product that is 0 before a part that diverges": instance(
        "split", "Product(k, (k, 0, oo))", "0*Product(k, (k, 1, oo))", at="0"
    ),
    "split, a product as a sum": instance(
        "split", "Product(sqrt(k), (k, 2, n + 2))", "sqrt(2) + Product(sqrt(k), (k, 3, n + 2))", at="2"
    ),
    "reindex, between integers": instance(
        "reindex", "Sum(sqrt(k), (k, 1, n))", "Sum(sqrt(j + 1/2), (j, 1/2, n - 1/2))", variable="=j", shift="1/2"
    ),
    "reindex, ends left alone": instance(
        "reindex", "Sum(sqrt(k), (k, 1, n))", "Sum(sqrt(j + 1), (j, 1, n))", variable="=j", shift="1"
    ),
    "reindex, by the index": instance(
        "reindex", "Sum(k**2, (k, 1, n))", "Sum((j + n)**2, (j, 1 - n, 0))", variable="=j", shift="k"
    ),
    "reindex, infinite and reversed": instance(
        "reindex",
        "Sum(u**k/k, (k, 1, oo))",
        "Sum(u**(1 - j)/(1 - j), (j, 1, oo))",
        variable="=j",
        shift="1",
        reversed=True,
    ),
    "exchange, a rectangle": instance(
        "exchange", "Sum(Sum(1/j, (j, 1, k)), (k, 1, n))", "Sum(Sum(1/j, (k, 1, n)), (j, 1, n))"
    ),
    "exchange, the diagonal lost": instance(
        "exchange", "Sum(Sum(1/j, (j, 1, k)), (k, 1, n))", "Sum(Sum(1/j, (k, j + 1, n)), (j, 1, n))"
    ),
    "exchange, another start": instance(
        "exchange", "Sum(Sum(k*j, (j, 0, k)), (k, 1, n))", "Sum(Sum(k*j, (k, j, n)), (j, 1, n)) + 1"
    ),
    "exchange, perhaps with a gap": instance(
        "exchange", "Sum(Sum(sqrt(j), (j, 1, k)), (k, 1, z))", "Sum(Sum(sqrt(j), (k, j, z)), (j, 1, z))"
    ),
    "geometric, any ratio": known("Sum(x**k, (k, 0, oo))", "1/(1 - x)", part("geometric", x="x", m="0")),
    "geometric, a positive ratio": known("Sum(a**k, (k, 0, oo))", "1/(1 - a)", part("geometric", x="a", m="0")),
    "geometric, a ratio of 1": known("Sum(1, (k, 0, oo))", "5", part("geometric", x="1", m="0")),
    "geometric, a ratio of -1": known("Sum((-1)**k, (k, 0, oo))", "1/2", part("geometric", x="-1", m="0")),
    "geometric, below -1": known("Sum((-1 - u)**k, (k, 0, oo))", "1/(2 + u)", part("geometric", x="-1 - u", m="0")),
    "geometric, a wrong start": known("Sum(u**k, (k, 1, oo))", "1/(1 - u)", part("geometric", x="u", m="0")),
    "geometric, a start that is not there": known(
        "Sum(u**k, (k, m, oo))", "1/(1 - u)", part("geometric", x="u", m="0")
    ),
    "geometric, a finite sum": known("Sum(u**k, (k, 0, n))", "1/(1 - u)", part("geometric", x="u", m="0")),
    "geometric, a factor that moves": known(
        "Sum(k*u**k, (k, 0, oo))", "1/(1 - u)", part("geometric", c="k", x="u", m="0")
    ),
    "geometric, a ratio that moves": known(
        "Sum(u**(k**2), (k, 0, oo))", "1/(1 - u)", part("geometric", x="u**k", m="0")
    ),
    "geometric, another moment": known("Sum(k*u**k, (k, 0, oo))", "1/(1 - u)", part("geometric", x="u", m="0")),
    "geometric, half an offset": known(
        "Sum(u**(k + 1/2), (k, 0, oo))", "1/(1 - u)", part("geometric", x="u", m="0", offset="-1/2")
    ),
    "exponential, without the factorial": known("Sum(a**k, (k, 0, oo))", "exp(a)", part("exponential", x="a", m="0")),
    "exponential, one missing": known(
        "Sum(a**k/factorial(k), (k, 1, oo))", "exp(a)", part("exponential", x="a", m="0", start="1")
    ),
    "negative binomial, any ratio": known(
        "Sum(gamma(r + k)/(gamma(r)*factorial(k))*a**k, (k, 0, oo))",
        "(1 - a)**(-r)",
        part("negative_binomial", x="a", a="r", m="0"),
    ),
    "negative binomial, any shape": known(
        "Sum(gamma(x + k)/(gamma(x)*factorial(k))*u**k, (k, 0, oo))",
        "(1 - u)**(-x)",
        part("negative_binomial", x="u", a="x", m="0"),
    ),
    "logarithm, at 1": known("Sum(1/k, (k, 1, oo))", "7", part("logarithm", x="1", start="1")),
    "logarithm, any ratio": known("Sum(a**k/k, (k, 1, oo))", "-log(1 - a)", part("logarithm", x="a", start="1")),
    "logarithm, below -1": known(
        "Sum((-1 - u)**k/k, (k, 1, oo))", "-log(2 + u)", part("logarithm", x="-1 - u", start="1")
    ),
    "logarithm, from 0": known("Sum(u**k/k, (k, 0, oo))", "-log(1 - u)", part("logarithm", x="u", start="0")),
    "cos, without the sign": known("Sum(x**(2*k)/factorial(2*k), (k, 0, oo))", "cos(x)", part("cos", x="x")),
    "atanh, at 1": known("Sum(1/(2*k + 1), (k, 0, oo))", "3", part("atanh", x="1")),
    "atanh, any": known("Sum(a**(2*k + 1)/(2*k + 1), (k, 0, oo))", "atanh(a)", part("atanh", x="a")),
    "atan, any": known("Sum((-1)**k*a**(2*k + 1)/(2*k + 1), (k, 0, oo))", "atan(a)", part("atan", x="a")),
    "power, of 1": known("Sum(1/(k + a), (k, 0, oo))", "-digamma(a)", part("power", a="a", p="1")),
    "power, from a pole": known("Sum(1/(k + x)**2, (k, 0, oo))", "polygamma(1, x)", part("power", a="x", p="2")),
    "power, from 1": known("Sum(1/(k + a)**2, (k, 1, oo))", "polygamma(1, a)", part("power", a="a", p="2", start="1")),
    "alternating, not at all": known("Sum(1/(k + 1)**2, (k, 0, oo))", "pi**2/12", part("alternating", a="1", p="2")),
    "rational, a rest": known(
        "Sum(2/(k + a) - 1/(k + 2*a), (k, 0, oo))",
        "digamma(2*a) - 2*digamma(a)",
        part("rational", cs=["2", "-1"], **{"as": ["a", "2*a"]}),
    ),
    "rational, a pole": known(
        "Sum(1/(k + x) - 1/(k + a), (k, 0, oo))",
        "digamma(a) - digamma(x)",
        part("rational", cs=["1", "-1"], **{"as": ["x", "a"]}),
    ),
    "binomial, to another end": known(
        "Sum(binomial(n, k)*u**k*(1 - u)**(n - k), (k, 0, n + 1))", "1", part("binomial", x="u", y="1 - u", m="0")
    ),
    "binomial, one missing": known(
        "Sum(binomial(n, k), (k, 1, n))", "2**n", part("binomial", x="1", y="1", m="0", start="1")
    ),
    "binomial, an infinite one": known(
        "Sum(binomial(n, k), (k, 0, oo))", "2**n", part("binomial", x="1", y="1", m="0")
    ),
    "binomial, a number below 0": known(
        "Sum(binomial(z, k), (k, 0, z))", "2**z", part("binomial", x="1", y="1", m="0"), given="z >= -1"
    ),
    "vandermonde, below 0": known(
        "Sum(binomial(z, k)*binomial(n, m - k), (k, 0, m))",
        "binomial(z + n, m)",
        part("vandermonde", a="z", b="n", m="0"),
    ),
    "vandermonde, not an integer": known(
        "Sum(binomial(a, k)*binomial(n, m - k), (k, 0, m))",
        "binomial(a + n, m)",
        part("vandermonde", a="a", b="n", m="0"),
    ),
    "vandermonde, a mean of no things": known(
        "Sum(k*binomial(m, k)*binomial(m, m - k), (k, 0, m))",
        "m/2*binomial(2*m, m)",
        part("vandermonde", a="m", b="m", m="1"),
    ),
    "vandermonde, another share": known(
        "Sum(k*binomial(m + 1, k)*binomial(n, m - k), (k, 0, m))",
        "m*n/(m + n + 1)*binomial(m + n + 1, m)",
        part("vandermonde", a="m + 1", b="n", m="1"),
    ),
    "vandermonde, another total": known(
        "Sum(binomial(m, k)*binomial(n, m - k), (k, 0, m))",
        "binomial(m + n, n + 1)",
        part("vandermonde", a="m", b="n", m="0"),
    ),
    "gauss, at the edge": known(  # diverges like the harmonic series
        "Sum(gamma(a + k)*gamma(r + k)/(gamma(a + r + k)*factorial(k)), (k, 0, oo))",
        "0",
        part("gauss", a="a", b="r", d="a + r", m="0"),
    ),
    "gauss, a mean there is not": known(
        "Sum(k*gamma(a + k)*gamma(r + k)/(gamma(a + r + u + k)*factorial(k)), (k, 0, oo))",
        "gamma(a + 1)*gamma(r + 1)*gamma(u - 1)/(gamma(r + u)*gamma(a + u))",
        part("gauss", a="a", b="r", d="a + r + u", m="1"),
    ),
    "gauss, poles": known(
        "Sum(gamma(x + k)*gamma(r + k)/(gamma(x + r + 1 + k)*factorial(k)), (k, 0, oo))",
        "gamma(x)*gamma(r)/(gamma(r + 1)*gamma(x + 1))",
        part("gauss", a="x", b="r", d="x + r + 1", m="0"),
    ),
    "gauss, a finite sum": known(
        "Sum(gamma(a + k)*gamma(r + k)/(gamma(2*a + 2*r + k)*factorial(k)), (k, 0, n))",
        "gamma(a)*gamma(r)*gamma(a + r)/(gamma(a + 2*r)*gamma(2*a + r))",
        part("gauss", a="a", b="r", d="2*a + 2*r", m="0"),
    ),
    "gauss, the other order": known(
        "Sum(gamma(a + k)*gamma(r + k)/(gamma(2*a + 2*r + k)*factorial(k)), (k, 0, oo))",
        "gamma(a)*gamma(r)*gamma(a + r)/(gamma(2*a)*gamma(2*r))",
        part("gauss", a="a", b="r", d="2*a + 2*r", m="0"),
    ),
    "gauss, one missing": known(
        "Sum(gamma(a + k)*gamma(r + k)/(gamma(2*a + 2*r + k)*factorial(k)), (k, 1, oo))",
        "gamma(a)*gamma(r)*gamma(a + r)/(gamma(a + 2*r)*gamma(2*a + r))",
        part("gauss", a="a", b="r", d="2*a + 2*r", m="0", start="1"),
    ),
    "chu_vandermonde, an infinite one": known(
        "Sum(binomial(n, k)*gamma(a + k)*gamma(r + n - k), (k, 0, oo))",
        "gamma(a + r + n)*gamma(a)*gamma(r)/gamma(a + r)",
        part("chu_vandermonde", a="a", b="r", m="0"),
    ),
    "chu_vandermonde, one too many": known(
        "Sum(binomial(n, k)*gamma(a + k)*gamma(r + n - k), (k, 0, n + 1))",
        "gamma(a + r + n)*gamma(a)*gamma(r)/gamma(a + r)",
        part("chu_vandermonde", a="a", b="r", m="0"),
    ),
    "chu_vandermonde, poles": known(
        "Sum(binomial(n, k)*gamma(x + k)*gamma(r + n - k), (k, 0, n))",
        "gamma(x + r + n)*gamma(x)*gamma(r)/gamma(x + r)",
        part("chu_vandermonde", a="x", b="r", m="0"),
    ),
    "chu_vandermonde, another mean": known(
        "Sum(k*binomial(n, k)*gamma(a + k)*gamma(r + n - k), (k, 0, n))",
        "n*gamma(a + r + n)*gamma(a)*gamma(r + 1)/gamma(a + r + 1)",
        part("chu_vandermonde", a="a", b="r", m="1"),
    ),
    "no such lemma": known("Sum(u**k, (k, 0, oo))", "1/(1 - u)", part("guess", x="u", m="0")),
    "no part": known("Sum(u**k, (k, 0, oo))", "0"),
    "a part less": known("Sum(u**k + k*u**k, (k, 0, oo))", "1/(1 - u)", part("geometric", x="u", m="0")),
    "limit, another value": instance("limit", "Limit(sin(y)/y, y, 0)", "0", above="1", below="-1"),
    "limit, the other side": instance("limit", "Limit(Abs(y)/y, y, 0, '-')", "1", above="1", below="-1"),
    "limit, two of them": instance("limit", "Limit(Abs(y)/y, y, 0, '+-')", "1", above="1", below="-1"),
    "limit, infinite": instance("limit", "Limit(1/y, y, 0)", "0", above="1", below="-1"),
    "limit, none": instance("limit", "Limit(sin(y), y, oo)", "0", above="1", below="1"),
    "limit, of some parameters only": instance("limit", "Limit(exp(-x*y), y, oo)", "0", above="1", below="1"),
    "limit, looked at from the wrong side": instance("limit", "Limit(Abs(y)/y, y, 0, '-')", "1", above="-1", below="1"),
    "limit, looked at from anywhere": instance("limit", "Limit(Abs(y)/y, y, 0)", "1", above="x", below="-1"),
    "limit, of something else": instance("limit", "sin(x)", "0", above="1", below="-1"),
    "induction, no base": instance("induction", "n", "n + 1", start="0", **_SQUARE),
    "induction, a base too high": instance(
        "induction", "m**2", "m**3", variable="=m", start="1", first=[], step=[{"theorem": "=induction_hypothesis"}]
    ),
    "induction, a true base and no step": instance("induction", "n*(n - 1)*(n - 2)", "0", start="1", **_SQUARE),
    "induction, the base uses the hypothesis": instance(
        "induction",
        "n",
        "n + 1",
        variable="=n",
        start="1",
        first=[{"theorem": "=induction_hypothesis"}],
        step=[{"theorem": "=induction_hypothesis"}],
    ),
    "induction, a start of its own": instance(
        "induction", "2**n", "2**n + n - n**2", variable="=n", start="n", first=[], step=[]
    ),
    "induction, on no integer": instance("induction", "a", "a", variable="=a", start="0", first=[], step=[]),
    "induction, from below": instance("induction", "Abs(z)", "z", variable="=z", start="0", first=[], step=[]),
    "induction, a hypothesis that fails for n + 1": instance(
        "induction", "n", "1", "n <= 1", variable="=n", start="1", first=[], step=[]
    ),
    "induction, another claim": instance(
        "induction", "Sum(binomial(n, k), (k, 0, n))", "2**n + 1", variable="=n", start="0", first=[], step=ROW
    ),
    "induction, its variable bound": instance(
        "induction",
        "Sum(n, (n, 1, m)) + n",
        "Sum(n, (n, 1, m)) + n + 1",
        variable="=n",
        start="1",
        first=[],
        step=[{"theorem": "=induction_hypothesis"}],
    ),
}
