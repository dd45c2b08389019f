"""Integrals and sums that diverge for some parameters, written as if they had a value; and those that only seem to."""

from __future__ import annotations

from typing import Any

import pytest

from symrep.verdict import Reason, Status
from symrep.verifying import Item, verify_item

K = "nonnegative integer"

#: symbols, given, sides; the symbols' values at which one side diverges are seen at a glance
DIVERGING: dict[str, tuple[dict[str, str], list[str], str, str]] = {
    "no variance": (
        {"alpha": "positive", "x": "positive"}, ["alpha > 1", "alpha != 2"],
        "Integral(alpha*x**(1-alpha), (x, 1, oo))", "alpha/(alpha-2)",
    ),
    "for every value": ({"x": "real"}, [], "Integral(x**2/(pi*(1+x**2)), (x, -oo, oo))", "1"),
    "a pole inside": ({"b": "unit", "x": "real"}, [], "Integral(1/(x-b)**2, (x, 0, 1))", "1/(b*(b-1))"),
    "a pole inside, and odd": ({"x": "real"}, [], "Integral(1/x, (x, -1, 1))", "0"),
    "a strip left": (
        {"s": "positive", "x": "positive"}, ["s < 2", "s != 1"],
        "Integral(x**(s-1)/(1+x), (x, 0, oo))", "pi/sin(pi*s)",
    ),
    "the other sign of a rate": (
        {"lam": "nonzero", "x": "positive"}, [], "Integral(x**3*lam*exp(-lam*x), (x, 0, oo))", "6/lam**3",
    ),
    "on the right": ({"x": "positive"}, [], "2", "1 + Integral(1/x, (x, 1, oo))"),
    "a geometric series": ({"x": "nonzero", "k": K}, [], "Sum(exp(-k*x), (k, 0, oo))", "1/(1-exp(-x))"),
}  # fmt: skip

#: not refuted: of a null set, by conditional convergence, because there is no value on the other side either
NOT_REFUTED: dict[str, tuple[dict[str, str], list[str], str, str]] = {
    "at one value only": (
        {"a": "real", "x": "positive"}, ["a >= 0"], "Integral(exp(-a*x)*sin(x), (x, 0, oo))", "1/(1+a**2)",
    ),
    "where neither side has a value": (
        {"a": "nonnegative", "x": "positive"}, [], "Integral(exp(-a*x), (x, 0, oo))", "1/a",
    ),
    "conditionally": ({"x": "real"}, [], "Integral(sin(x)/x, (x, 0, oo))", "pi/2"),
    "under a derivative by what would be put in": (
        {"a": "positive", "x": "positive"}, [], "Integral(exp(-x)*Derivative(betainc(a, 2, 0, x), a), (x, 0, 1))", "a",
    ),
    "an alternating series": ({"k": K}, [], "Sum((-1)**k/(k+1), (k, 0, oo))", "log(2)"),
}  # fmt: skip


def verdict(row: tuple[dict[str, str], list[str], str, str], seconds: float = 20.0) -> Any:
    symbols, given, lhs, rhs = row
    return verify_item(Item("one", lhs, rhs, symbols, tuple(given)), seconds, diagnose=False).verdict


@pytest.mark.parametrize("name", DIVERGING)
def test_refuted(name: str) -> None:
    v = verdict(DIVERGING[name])
    assert (v.status, v.reason) == (Status.REFUTED, Reason.NOT_INTEGRABLE)
    assert "diverges" in (v.witness.lhs, v.witness.rhs)
    assert "diverges" in v.message


@pytest.mark.parametrize("name", NOT_REFUTED)
def test_not_refuted(name: str) -> None:
    v = verdict(NOT_REFUTED[name])
    assert v.status is not Status.REFUTED and v.reason is not Reason.ERROR
