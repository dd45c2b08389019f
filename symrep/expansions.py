"""Functions said by other ones: what SymPy's names mean in terms, where a formula holds wherever SymPy gives a value.

A builder takes terms and returns a term, or None where terms cannot say it (an order that is no literal number, say).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import comb, factorial
from typing import Final

from symrep.polynomials import POLYNOMIALS
from symrep.term import MINUS_ONE, ONE, PI, ZERO, Term, add, div, fn, mul, neg, num, power, sqrt, sub

__all__ = ["EXPANSIONS", "Entry", "literal"]

#: fewest arguments, most, builder
Entry = tuple[int, int, Callable[..., Term | None]]

GAMMA: Final[Term] = ("const", "euler_gamma")
HALF: Final[Term] = num(1, 2)
HALF_PI: Final[Term] = mul(HALF, PI)
#: factors of a rising factorial that are written out
MOST: Final = 30


def literal(t: Term, least: int = 0, most: int = MOST) -> int | None:
    """The integer a term is, if it is a literal one in the range."""
    return int(t[1]) if t[0] == "num" and t[2] == 1 and least <= t[1] <= most else None


def _rel(op: str, a: Term, b: Term) -> Term:
    return ("rel", op, a, b)


def _cases(*pairs: tuple[Term, Term]) -> Term:
    """(condition, value) pairs."""
    return ("piecewise", *pairs)


TRUE: Final[Term] = ("true",)


# --- circular and hyperbolic functions of reciprocals -----------------------------------------------------------------


def _of_inverse(name: str) -> Entry:
    return 1, 1, lambda t: fn(name, power(t, MINUS_ONE))


def _acot(t: Term) -> Term:
    """Acot 0 = π/2, and the arc of 1/t elsewhere: SymPy's branch is (−π/2, π/2]."""
    return _cases((_rel("!=", t, ZERO), fn("atan", power(t, MINUS_ONE))), (TRUE, HALF_PI))


def _atan2(y: Term, x: Term) -> Term:
    """The angle of (x, y) in (−π, π]; none at the origin."""
    arc = fn("atan", div(y, x))
    return _cases(
        (_rel(">", x, ZERO), arc),
        (("and", _rel("<", x, ZERO), _rel(">=", y, ZERO)), add(arc, PI)),
        (("and", _rel("<", x, ZERO), _rel("<", y, ZERO)), sub(arc, PI)),
        (_rel(">", y, ZERO), HALF_PI),
        (_rel("<", y, ZERO), neg(HALF_PI)),
    )


def _sinc(t: Term) -> Term:
    return _cases((_rel("!=", t, ZERO), div(fn("sin", t), t)), (TRUE, ONE))


# --- integers ---------------------------------------------------------------------------------------------------------


def _mod(a: Term, b: Term) -> Term:
    return sub(a, mul(b, fn("floor", div(a, b))))


def _kronecker(i: Term, j: Term) -> Term:
    return _cases((_rel("==", i, j), ONE), (TRUE, ZERO))


def _rising(x: Term, k: Term) -> Term:
    """x(x+1)…(x+k−1) for a literal k ≥ 0, 1/((x−1)…(x+k)) for k < 0, else Γ(x+k)/Γ(x)."""
    n = literal(k, -MOST)
    if n is None:
        return div(fn("gamma", add(x, k)), fn("gamma", x))
    if n == 0:
        return ONE
    if n < 0:
        return power(mul(*(sub(x, num(j)) for j in range(1, 1 - n))), MINUS_ONE)
    return mul(*(add(x, num(j)) if j else x for j in range(n)))


def _falling(x: Term, k: Term) -> Term:
    """x(x−1)…(x−k+1) for a literal k ≥ 0, 1/((x+1)…(x−k)) for k < 0, else Γ(x+1)/Γ(x−k+1)."""
    n = literal(k, -MOST)
    if n is None:
        return div(fn("gamma", add(x, ONE)), fn("gamma", add(x, neg(k), ONE)))
    if n == 0:
        return ONE
    if n < 0:
        return power(mul(*(add(x, num(j)) for j in range(1, 1 - n))), MINUS_ONE)
    return mul(*(sub(x, num(j)) if j else x for j in range(n)))


def _catalan(n: Term) -> Term:
    """The Catalan number as binomial(2n, n)/(n + 1), by Γ: 4ⁿ Γ(n + ½)/(√π Γ(n + 2))."""
    return div(mul(power(num(4), n), fn("gamma", add(n, HALF))), mul(sqrt(PI), fn("gamma", add(n, num(2)))))


def _harmonic(n: Term, order: Term = ONE) -> Term | None:
    """H_n = ψ(n+1) + γ; for m ≥ 2, H_n^(m) = ζ(m) + (−1)^(m−1) ψ^(m−1)(n+1)/(m−1)!."""
    m = literal(order, 1, 12)
    if m is None:
        return None
    up = add(n, ONE)
    if m == 1:
        return add(fn("digamma", up), GAMMA)
    tail = mul(num((-1) ** (m - 1), factorial(m - 1)), fn("polygamma", num(m - 1), up))
    return add(fn("zeta", num(m)), tail)


def _subfactorial(n: Term) -> Term | None:
    k = literal(n)
    return None if k is None else num(sum((-1) ** j * factorial(k) // factorial(j) for j in range(k + 1)))


def _bell(n: Term) -> Term | None:
    k = literal(n)
    if k is None:
        return None
    row = [1]
    for m in range(k):
        row.append(sum(comb(m, j) * row[j] for j in range(m + 1)))
    return num(row[k])


def _fibonacci(first: int, second: int) -> Entry:
    def build(n: Term) -> Term | None:
        k = literal(n, 0, 200)
        if k is None:
            return None
        a, b = first, second
        for _ in range(k):
            a, b = b, a + b
        return num(a)

    return 1, 1, build


# --- Γ and its kin ----------------------------------------------------------------------------------------------------


def _multigamma(x: Term, p: Term) -> Term | None:
    """Γ_p(x) = π^(p(p−1)/4) ∏ Γ(x + (1−k)/2), k = 1 … p."""
    n = literal(p, 1, 12)
    if n is None:
        return None
    factors = [fn("gamma", add(x, num(1 - k, 2)) if k > 1 else x) for k in range(1, n + 1)]
    return mul(power(PI, num(Fraction(n * (n - 1), 4))), *factors)


def _zeta(s: Term, a: Term = ONE) -> Term:
    """ζ(m, a) = (−1)^m ψ^(m−1)(a)/(m−1)! for a literal m ≥ 2."""
    if a == ONE:
        return fn("zeta", s)
    m = literal(s, 2, 20)
    if m is None:
        return fn("zeta", s, a)
    return mul(num((-1) ** m, factorial(m - 1)), fn("polygamma", num(m - 1), a))


def _erfcinv(t: Term) -> Term:
    return fn("erfinv", sub(ONE, t))


def _erf2inv(x: Term, y: Term) -> Term:
    return fn("erfinv", add(y, fn("erf", x)))


def _lambert(t: Term, branch: Term = ZERO) -> Term | None:
    return fn("lambertw", t) if branch == ZERO else None


def _spherical(name: str) -> Entry:
    """√(π/(2z)) times the cylindrical function of order n + ½."""

    def build(n: Term, z: Term) -> Term:
        half = num(Fraction(n[1], n[2]) + Fraction(1, 2)) if n[0] == "num" else add(n, HALF)
        return mul(sqrt(div(PI, mul(num(2), z))), fn(name, half, z))

    return 2, 2, build


EXPANSIONS: Final[Mapping[str, Entry]] = {
    **POLYNOMIALS,
    "acot": (1, 1, _acot),
    "asec": _of_inverse("acos"),
    "acsc": _of_inverse("asin"),
    "acoth": _of_inverse("atanh"),
    "asech": _of_inverse("acosh"),
    "acsch": _of_inverse("asinh"),
    "atan2": (2, 2, _atan2),
    "sinc": (1, 1, _sinc),
    "Mod": (2, 2, _mod),
    "frac": (1, 1, lambda t: sub(t, fn("floor", t))),
    "KroneckerDelta": (2, 2, _kronecker),
    "RisingFactorial": (2, 2, _rising),
    "FallingFactorial": (2, 2, _falling),
    "catalan": (1, 1, _catalan),
    "harmonic": (1, 2, _harmonic),
    "subfactorial": (1, 1, _subfactorial),
    "bell": (1, 1, _bell),
    "fibonacci": _fibonacci(0, 1),
    "lucas": _fibonacci(2, 1),
    "multigamma": (2, 2, _multigamma),
    "zeta": (1, 2, _zeta),
    "erf2": (2, 2, lambda x, y: sub(fn("erf", y), fn("erf", x))),
    "erfcinv": (1, 1, _erfcinv),
    "erf2inv": (2, 2, _erf2inv),
    "LambertW": (1, 2, _lambert),
    "li": (1, 1, lambda t: fn("ei", fn("log", t))),
    "jn": _spherical("besselj"),
    "yn": _spherical("bessely"),
}
