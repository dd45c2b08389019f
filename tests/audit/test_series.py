"""Sums and products as the auditor sees them: values against numbers, and instances that miss a condition."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
from kernel_terms import T, context
from numbers_of_terms import number
from theorem_terms import total

from symrep.audit.context import Ctx
from symrep.audit.data import No
from symrep.audit.instance import Data
from symrep.audit.series_values import PARTS, sum_value
from symrep.audit.summing import SUM_THEOREMS

POINT = {"x": "0.37", "y": "0.83", "a": "1.41", "b": "2", "c": "-1.3", "n": "5"}


def _t(x: Any) -> Any:
    return x if isinstance(x, tuple) else T(x)


def _part(kind: str, **data: Any) -> dict[str, Any]:
    return {"kind": kind, **{k: [T(w) for w in v] if isinstance(v, list) else T(v) for k, v in data.items()}}


def _ctx(symbols: str, given: str = "") -> Ctx:
    return Ctx.read(context(symbols, given).to_json())


START = {"offset": 0, "start": 0}
BELOW_ONE = "x real, c real"
INSIDE = "x > -1,x < 1"

#: summand, lower end, symbols, given, part
SERIES = [
    ("c*x**k", 0, BELOW_ONE, INSIDE, _part("geometric", c="c", x="x", m=0, **START)),
    ("c*x**k", 2, BELOW_ONE, INSIDE, _part("geometric", c="c", x="x", m=0, offset=0, start=2)),
    ("c*k*(k - 1)*x**k", 0, BELOW_ONE, INSIDE, _part("geometric", c="c", x="x", m=2, **START)),
    ("c*(k - 3)*x**(k - 3)", 4, BELOW_ONE, INSIDE, _part("geometric", c="c", x="x", m=1, offset=3, start=1)),
    ("c*x**k/factorial(k)", 0, BELOW_ONE, "", _part("exponential", c="c", x="x", m=0, **START)),
    ("c*k*x**k/factorial(k)", 2, BELOW_ONE, "", _part("exponential", c="c", x="x", m=1, offset=0, start=2)),
    ("x**k*gamma(a + k)/(gamma(a)*factorial(k))", 0, "x real, a positive", INSIDE,
     _part("negative_binomial", c=1, x="x", a="a", m=0, **START)),
    ("k*x**k*gamma(a + k)/(gamma(a)*factorial(k))", 2, "x real, a positive", INSIDE,
     _part("negative_binomial", c=1, x="x", a="a", m=1, offset=0, start=2)),
    ("c*x**k/k", 1, BELOW_ONE, INSIDE, _part("logarithm", c="c", x="x", offset=0, start=1)),
    ("c*x**k/k", 3, BELOW_ONE, "x >= -1,x < 1", _part("logarithm", c="c", x="x", offset=0, start=3)),
    ("x**(2*k)/factorial(2*k)", 0, "x real", "", _part("cosh", c=1, x="x", **START)),
    ("(-1)**k*x**(2*k)/factorial(2*k)", 1, "x real", "", _part("cos", c=1, x="x", offset=0, start=1)),
    ("x**(2*k + 1)/factorial(2*k + 1)", 0, "x real", "", _part("sinh", c=1, x="x", **START)),
    ("(-1)**k*x**(2*k + 1)/factorial(2*k + 1)", 2, "x real", "", _part("sin", c=1, x="x", offset=0, start=2)),
    ("x**(2*k + 1)/(2*k + 1)", 0, "x real", INSIDE, _part("atanh", c=1, x="x", **START)),
    ("(-1)**k*x**(2*k + 1)/(2*k + 1)", 1, "x real", "x >= -1,x <= 1", _part("atan", c=1, x="x", offset=0, start=1)),
    ("(k + a)**(-3)", 0, "a positive", "", _part("power", c=1, a="a", p=3, **START)),
    ("(-1)**k*(k + a)**(-2)", 0, "a positive", "", _part("alternating", c=1, a="a", p=2, **START)),
    ("(-1)**k/(k + a)", 0, "a positive", "", _part("alternating", c=1, a="a", p=1, **START)),
    ("gamma(a + k)*gamma(y + k)/(gamma(a + y + 2 + k)*factorial(k))", 0, "a positive, y positive", "",
     _part("gauss", c=1, a="a", b="y", d="a + y + 2", m=0, **START)),
    ("k*gamma(a + k)*gamma(y + k)/(gamma(a + y + 3 + k)*factorial(k))", 0, "a positive, y positive", "",
     _part("gauss", c=1, a="a", b="y", d="a + y + 3", m=1, **START)),
    ("1/(k + a) - 1/(k + 2)", 0, "a positive", "", _part("rational", cs=[1, -1], **{"as": ["a", 2]}, **START)),
    ("1/(k*(k + 1))", 1, "", "", _part("telescoping", antidifference="-1/k")),
]  # fmt: skip


def _sum(body: str, lo: Any, hi: Any = "oo") -> Any:
    return total(body, ("k", lo, hi))


@pytest.mark.parametrize(("body", "lo", "symbols", "given", "part"), SERIES)
def test_series(body: str, lo: int, symbols: str, given: str, part: dict[str, Any]) -> None:
    ctx, where = _ctx(symbols, given), ("k", T(lo), ("inf", 1))
    _, value = PARTS[part["kind"]](Data(part), where, ctx)
    sum_value(Data({"lhs": _sum(body, lo), "rhs": value, "parts": [part]}), ctx)
    at = {k: mpmath.mpf(v) for k, v in POINT.items()}
    with mpmath.workdps(30):
        got = mpmath.nsum(lambda k: number(T(body), {**at, "k": mpmath.mpf(k)}), [lo, mpmath.inf])
        assert abs(got - number(value, at)) < 1e-12


FINITE = [
    ("binomial(n, k)*x**k*y**(n - k)", 0, "n", "x positive, y positive, n positive integer",
     _part("binomial", c=1, x="x", y="y", m=0, **START)),
    ("k*binomial(n, k)*x**k*y**(n - k)", 1, "n", "x positive, y positive, n positive integer",
     _part("binomial", c=1, x="x", y="y", m=1, offset=0, start=1)),
    ("binomial(n, k)*gamma(a + k)*gamma(y + n - k)", 0, "n", "a positive, y positive, n positive integer",
     _part("chu_vandermonde", c=1, a="a", b="y", m=0, **START)),
    ("k*(k - 1)*binomial(n, k)*gamma(a + k)*gamma(y + n - k)/gamma(a + y + n)", 0, "n",
     "a positive, y positive, n positive integer",
     _part("chu_vandermonde", c="1/gamma(a + y + n)", a="a", b="y", m=2, **START)),
    ("k", 1, "n", "n positive integer", _part("telescoping", antidifference="k*(k - 1)/2")),
    ("x**k", 0, "n", "x unit, n positive integer", _part("telescoping", antidifference="x**k/(x - 1)")),
]  # fmt: skip


@pytest.mark.parametrize(("body", "lo", "hi", "symbols", "part"), FINITE)
def test_finite_sums(body: str, lo: int, hi: str, symbols: str, part: dict[str, Any]) -> None:
    ctx = _ctx(symbols)
    _, value = PARTS[part["kind"]](Data(part), ("k", T(lo), T(hi)), ctx)
    lhs = _sum(body, lo, hi)
    sum_value(Data({"lhs": lhs, "rhs": value, "parts": [part]}), ctx)
    at = {k: mpmath.mpf(v) for k, v in POINT.items()}
    assert abs(number(lhs, at) - number(value, at)) < 1e-12


def test_vandermonde() -> None:
    part = _part("vandermonde", c=1, a="a", b="b", m=0, **START)
    ctx = _ctx("a positive integer, b positive integer, n positive integer")
    lhs = _sum("binomial(a, k)*binomial(b, n - k)", 0, "n")
    sum_value(Data({"lhs": lhs, "rhs": T("binomial(a + b, n)"), "parts": [part]}), ctx)
    with pytest.raises(No):
        sum_value(
            Data({"lhs": lhs, "rhs": T("binomial(a + b, n)"), "parts": [part]}), _ctx("a real, b real, n positive")
        )


def _taken(lhs: Any, part: dict[str, Any], ctx: Ctx) -> None:
    """The sum with whatever value the part itself gives."""
    lemma = PARTS.get(part["kind"])
    value = lemma(Data(part), lhs[2], ctx)[1] if lemma else T(0)
    sum_value(Data({"lhs": lhs, "rhs": value, "parts": [part]}), ctx)


#: as above; none of these may be accepted, whatever is said to be the value
NO_SERIES = [
    ("x**k", 0, "x real", "", _part("geometric", c=1, x="x", m=0, **START)),
    ("x**k", 0, "x real", "x >= -1,x < 1", _part("geometric", c=1, x="x", m=0, **START)),
    ("x**k", 0, "x real", INSIDE, _part("geometric", c=1, x="x", m=0, offset=0, start=1)),
    ("x**k", 1, "x real", INSIDE, _part("geometric", c=1, x="x", m=0, **START)),
    ("k*x**k", 0, "x real", INSIDE, _part("geometric", c="k", x="x", m=0, **START)),
    ("x**k", 0, "x real", INSIDE, _part("geometric", c=1, x="x", m=-1, **START)),
    ("x**k/k", 1, "x real", "x > -1,x <= 1", _part("logarithm", c=1, x="x", offset=0, start=1)),
    ("x**k/k", 0, "x real", INSIDE, _part("logarithm", c=1, x="x", **START)),
    ("x**(2*k + 1)/(2*k + 1)", 0, "x real", "x >= -1,x <= 1", _part("atanh", c=1, x="x", **START)),
    ("x**k*gamma(a + k)/(gamma(a)*factorial(k))", 0, "x real, a real", INSIDE,
     _part("negative_binomial", c=1, x="x", a="a", m=0, **START)),
    ("gamma(a + k)*gamma(y + k)/(gamma(a + y + k)*factorial(k))", 0, "a positive, y positive", "",
     _part("gauss", c=1, a="a", b="y", d="a + y", m=0, **START)),
    ("k*gamma(a + k)*gamma(y + k)/(gamma(a + y + 1 + k)*factorial(k))", 0, "a positive, y positive", "",
     _part("gauss", c=1, a="a", b="y", d="a + y + 1", m=1, **START)),
    ("gamma(x + k)*gamma(y + k)/(gamma(x + y + 1 + k)*factorial(k))", 0, "x real, y positive", "",
     _part("gauss", c=1, a="x", b="y", d="x + y + 1", m=0, **START)),
    ("1/(k + a)", 0, "a positive", "", _part("power", c=1, a="a", p=1, **START)),
    ("(k + a)**(-2)", 0, "a real", "", _part("power", c=1, a="a", p=2, **START)),
    ("(k + a)**(-2)", 1, "a positive", "", _part("power", c=1, a="a", p=2, offset=0, start=1)),
    ("(-1)**k/(k + a)", 0, "a nonnegative", "", _part("alternating", c=1, a="a", p=1, **START)),
    ("1/(k + a) + 1/(k + 2)", 0, "a positive", "", _part("rational", cs=[1, 1], **{"as": ["a", 2]}, **START)),
    ("1/(k + a) - 1/(k + 2)", 0, "a real", "", _part("rational", cs=[1, -1], **{"as": ["a", 2]}, **START)),
    ("1", 0, "", "", _part("telescoping", antidifference="k")),
    ("1/(k*(k + 1))", 0, "", "", _part("telescoping", antidifference="-1/k")),
    ("(-1)**k*2", 0, "", "", _part("telescoping", antidifference="-(-1)**k")),
    ("x**k", 0, "x unit", "", _part("nonsense", c=1)),
]  # fmt: skip


@pytest.mark.parametrize(("body", "lo", "symbols", "given", "part"), NO_SERIES)
def test_a_condition_is_missed(body: str, lo: int, symbols: str, given: str, part: dict[str, Any]) -> None:
    with pytest.raises(No):
        _taken(_sum(body, lo), part, _ctx(symbols, given))


NO_FINITE = [
    ("k", 1, "n", "n integer", _part("telescoping", antidifference="k*(k - 1)/2")),
    ("k", 1, "n", "n positive", _part("telescoping", antidifference="k*(k - 1)/2")),
    ("k", 1, "n", "n positive integer", _part("telescoping", antidifference="k*(k + 1)/2")),
    ("k*binomial(n, k)*x**k*y**(n - k)", 0, "n", "x real, y real, n nonnegative integer",
     _part("binomial", c=1, x="x", y="y", m=1, **START)),
    ("x**k", 0, "n", "x unit, n positive integer", _part("geometric", c=1, x="x", m=0, **START)),
]  # fmt: skip


@pytest.mark.parametrize(("body", "lo", "hi", "symbols", "part"), NO_FINITE)
def test_a_condition_of_a_finite_sum_is_missed(body: str, lo: int, hi: str, symbols: str, part: dict[str, Any]) -> None:
    with pytest.raises(No):
        _taken(_sum(body, lo, hi), part, _ctx(symbols))


def test_what_is_left_out_is_said() -> None:
    # at x = 1 the sum is n + 1
    ctx = _ctx("x positive, n positive integer")
    _taken(_sum("x**k", 0, "n"), _part("telescoping", antidifference="x**k/(x - 1)"), ctx)
    assert ctx.notes


# --- telescoping, splitting, another index, the other order -----------------------------------------------------------

N = "n positive integer"
TRUE = [
    ("telescoping", _sum("k", 1, "n"), "n*(n + 1)/2", N, {"antidifference": "k*(k - 1)/2"}),
    ("telescoping", _sum("1/(k*(k + 1))", 1), "1", "", {"antidifference": "-1/k"}),
    ("telescoping", total("k/(k + 1)", ("k", 1, "n"), head="product"), "1/(n + 1)", N, {"antidifference": "1/k"}),
    ("split", _sum("f(k)", 1, "n + 3"), ("add", _sum("f(k)", 1, "n"), _sum("f(k)", "n + 1", "n + 3")), N, {"at": "n"}),
    ("reindex", _sum("f(k)", 2, "n"), total("f(j + 1)", ("j", 1, "n - 1")), N + ", m integer",
     {"variable": "j", "shift": "1"}),
    ("exchange", _sum(total("f(k)*j", ("j", 1, "k")), 1, "n"), total(_sum("f(k)*j", "j", "n"), ("j", 1, "n")), N, {}),
]  # fmt: skip
FALSE = [
    ("telescoping", _sum("k", 1, "n"), "n*(n - 1)/2", N, {"antidifference": "k*(k - 1)/2"}),
    ("telescoping", _sum("k", 1, "n"), "n*(n + 1)/2", "n integer", {"antidifference": "k*(k - 1)/2"}),
    ("telescoping", _sum("1", 1), "0", "", {"antidifference": "k"}),
    ("telescoping", _sum("1/(k*(k + 1))", -1, "n"), "1 - 1/(n + 1)", N, {"antidifference": "-1/k"}),
    ("telescoping", total("k/(k + 1)", ("k", 0, "n"), head="product"), "1", N, {"antidifference": "0*k"}),
    ("telescoping", total("k", ("k", 0, "n"), head="product"), "1", N, {"antidifference": "k*gamma(k)"}),
    ("split", _sum("f(k)", 1, "n"), ("add", _sum("f(k)", 1, "n + 1"), _sum("f(k)", "n + 2", "n")), N, {"at": "n + 1"}),
    ("split", _sum("f(k)", 1, "n"), ("add", _sum("f(k)", 1, "m"), _sum("f(k)", "m + 1", "n")), N + ", m integer",
     {"at": "m"}),
    ("split", _sum("f(k)", 1, "n + 3"), ("add", _sum("f(k)", 1, "n"), _sum("f(k)", "n", "n + 3")), N, {"at": "n"}),
    ("split", total("f(k)", ("k", 0, "oo"), head="product"),
     ("mul", total("f(k)", ("k", 0, 0), head="product"), total("f(k)", ("k", 1, "oo"), head="product")), "",
     {"at": "0"}),
    ("reindex", _sum("f(k)", 2, "n"), total("f(j)", ("j", 1, "n - 1")), N, {"variable": "j", "shift": "1"}),
    ("reindex", _sum("f(k)", 2, "n"), total("f(j + a)", ("j", "2 - a", "n - a")), N + ", a real",
     {"variable": "j", "shift": "a"}),
    ("reindex", _sum("f(k)*m", 2, "n"), total("f(m + 1)*m", ("m", 1, "n - 1")), N + ", m integer",
     {"variable": "m", "shift": "1"}),
    ("exchange", _sum(total("f(k)*j", ("j", 1, "k")), 1, "n"), total(_sum("f(k)*j", 1, "n"), ("j", 1, "n")), N, {}),
    ("exchange", _sum(total("f(k)*j", ("j", 0, "k")), 1, "n"), total(_sum("f(k)*j", "j", "n"), ("j", 0, "n")), N, {}),
    ("exchange", _sum(total("f(k)*j", ("j", 1, "2*k")), 1, "n"), total(_sum("f(k)*j", "j", "n"), ("j", 1, "n")), N, {}),
]  # fmt: skip


def _apply(theorem: str, lhs: Any, rhs: Any, symbols: str, data: dict[str, Any]) -> None:
    from symrep.claim import FunctionSpec

    ctx = Ctx.read(context(symbols, f=FunctionSpec(smooth=1)).to_json())
    plain = {k: v if k == "variable" else T(v) for k, v in data.items()}
    SUM_THEOREMS[theorem](Data({"lhs": lhs, "rhs": _t(rhs), **plain}), ctx)


@pytest.mark.parametrize(("theorem", "lhs", "rhs", "symbols", "data"), TRUE)
def test_is_accepted(theorem: str, lhs: Any, rhs: Any, symbols: str, data: dict[str, Any]) -> None:
    _apply(theorem, lhs, rhs, symbols, data)


@pytest.mark.parametrize(("theorem", "lhs", "rhs", "symbols", "data"), FALSE)
def test_is_refused(theorem: str, lhs: Any, rhs: Any, symbols: str, data: dict[str, Any]) -> None:
    with pytest.raises(No):
        _apply(theorem, lhs, rhs, symbols, data)
