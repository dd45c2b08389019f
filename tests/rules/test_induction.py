"""Induction: recursions that define nothing, lines it does not apply to, wrong claims; then what it shows."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import Integral, Product, Rational, Sum, exp, oo, pi, sqrt

from rules.judging import kernel, step
from symrep import (
    function,
    indexed,
    induction,
    integer,
    nonnegative_integer,
    positive,
    positive_integer,
    real,
    recursive,
)
from symrep.errors import BadInput, NotApplicable
from symrep.rules import algebra, evaluate
from symrep.verdict import Reason, Status

x, y, c = real("x y c")
w = positive("w")
n, t, k = nonnegative_integer("n"), positive_integer("t"), integer("k")
a, g = indexed("a"), indexed("g", "unit")
S = recursive("S", (n,), (0, 0), lambda f: f(n) + a[n + 1])
P = recursive("P", (t, x), (1, g[1] * x), lambda f: g[t + 1] * f(t, x))
bell = exp(-((x - y) ** 2) / 2) / sqrt(2 * pi)
heat = recursive("h", (t, x), (1, exp(-(x**2) / 2) / sqrt(2 * pi)), lambda f: Integral(f(t, y) * bell, (y, -oo, oo)))


@pytest.mark.parametrize(
    "arguments",
    [
        ("S", (x,), (0, 0), lambda f: f(x)),
        ("S", (n, sp.Symbol("j", integer=True)), (0, 0), lambda f: f(n, 1)),
        ("S", (n,), (Rational(1, 2), 0), lambda f: f(n)),
        ("S", (n,), (0, n), lambda f: f(n)),
        ("S", (n,), (0, 0), lambda f: f(n + 1)),
        ("S", (n,), (0, 0), lambda f: f(n) + c),
        ("S", (n,), (0, c), lambda f: f(n)),
        ("S", (n,), (0, 0), lambda f: function("h")(n)),
        ("S", (), (0, 0), lambda f: sp.S.One),
    ],
    ids=["real index", "integer", "half", "index at the start", "itself", "parameter", "first", "other", "nothing"],
)
def test_what_defines_nothing(arguments: Any) -> None:
    with pytest.raises(BadInput):
        recursive(*arguments)


@pytest.mark.parametrize("before", [S(n) + 1, S(n + 1), function("f")(n), Sum(a[k], (k, 1, n))], ids=str)
def test_does_not_apply(before: Any) -> None:
    with pytest.raises(NotApplicable):
        induction(n).apply(before, Sum(a[k], (k, 1, n)), ())


WRONG = {
    "too early": (S(n), Sum(a[k], (k, 0, n)), induction(n)),
    "too short": (S(n), Sum(a[k], (k, 1, n - 1)), induction(n)),
    "shifted": (S(n), Sum(a[k + 1], (k, 1, n)), induction(n)),
    "a factor lost": (P(t, x), x * Product(g[k], (k, 2, t)), induction(t)),
    "a power": (P(t, x), x * g[1] ** t, induction(t)),
    "the variance one too small": (
        heat(t, x),
        exp(-(x**2) / (2 * t + 2)) / sqrt(2 * pi * (t + 1)),
        induction(t, evaluate),
    ),
    "the root forgotten": (heat(t, x), exp(-(x**2) / (2 * t)) / (2 * pi * t), induction(t, evaluate)),
}


@pytest.mark.parametrize("row", WRONG.values(), ids=WRONG)
def test_wrong_claims(row: tuple[Any, Any, Any]) -> None:
    found = step(*row)
    assert (found.status, found.reason) == (Status.REFUTED, Reason.UNEQUAL)


def test_without_its_step() -> None:
    assert kernel(heat(t, x), exp(-(x**2) / (2 * t)) / sqrt(2 * pi * t), induction(t)) != "proved"
    assert kernel(S(n), Sum(a[k], (k, 1, n)), algebra) != "proved"


RIGHT = {
    "a sum": (S(n), Sum(a[k], (k, 1, n)), induction(n)),
    "a product": (P(t, x), x * Product(g[k], (k, 1, t)), induction(t)),
    "a random walk": (heat(t, x), exp(-(x**2) / (2 * t)) / sqrt(2 * pi * t), induction(t, evaluate)),
}


@pytest.mark.parametrize("row", RIGHT.values(), ids=RIGHT)
def test_right_claims(row: tuple[Any, Any, Any]) -> None:
    assert kernel(*row) == "proved"
    assert step(*row).status is Status.PROVED
