"""Cutting at kinks and jumps, and antiderivatives: proposals, checked here by numbers and by differentiation."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import sympy as sp
from sympy import Abs, And, Heaviside, Max, Min, Or, Piecewise, Rational, exp, oo, sign

from rules.words import a, lam, mu, sigma, theta, x, y
from symrep import indicator
from symrep.rules.pieces import breakpoints, cut

KINKED: list[tuple[Any, list[Any]]] = [
    (Abs(x - mu), [mu]),
    (Heaviside(mu + sigma * x), [-mu / sigma]),
    (sign(x) * Abs(x - 1), [sp.Integer(0), sp.Integer(1)]),
    (Max(0, x, 2 * x - 1), [sp.Integer(0), Rational(1, 2), sp.Integer(1)]),
    (Min(x, x**2), [sp.Integer(0), sp.Integer(1)]),
    (indicator(And(x > -theta, x < theta)), [-theta, theta]),
    (Piecewise((x, x < 0), (x**2, x < 1), (1, True)), [sp.Integer(0), sp.Integer(1)]),
    (indicator(Or(x < -1, x > 1)), [sp.Integer(-1), sp.Integer(1)]),
    (Abs(Abs(x) - a), [-a, sp.Integer(0), a]),
    (exp(-x), []),
]


@pytest.mark.parametrize(("body", "places"), KINKED, ids=[str(b) for b, _ in KINKED])
def test_pieces_are_the_body(body: Any, places: list[Any]) -> None:
    pieces = cut(body, x, -oo, oo)
    assert pieces is not None
    edges = [p[0] for p in pieces] + [pieces[-1][1]]
    assert edges[0] == -oo and edges[-1] == oo
    assert {sp.simplify(e) for e in places} <= set(edges)
    at = {mu: Rational(3, 7), sigma: Rational(5, 4), theta: Rational(6, 5), a: Rational(9, 8)}
    values = [e.subs(at) for e in edges]
    assert all(lo < hi for lo, hi in pairwise(values))
    for lo, hi, smooth in pieces:
        lo, hi = (v.subs(at) for v in (lo, hi))
        lo, hi = (hi - 3 if lo == -oo else lo), hi
        hi = lo + 3 if hi == oo else hi
        for w in (Rational(1, 9), Rational(4, 7), Rational(8, 9)):
            p = lo + (hi - lo) * w if lo.is_finite else -w
            assert sp.simplify(body.subs(at).subs(x, p) - smooth.subs(at).subs(x, p)) == 0
        assert not smooth.has(Abs, Heaviside, sign, Max, Min, Piecewise)


def test_an_order_that_is_not_known_is_not_guessed() -> None:
    assert breakpoints(Abs(x - mu) + Abs(x - y), x, -oo, oo) is None
    assert cut(Abs(x - mu) * Abs(x - y), x, -oo, oo) is None
    assert cut(Abs(sp.sin(x) + x / 2), x, -oo, oo) is None


def test_breaks_outside_are_left_out() -> None:
    assert breakpoints(Abs(x + lam), x, sp.S.Zero, oo) == []
    assert cut(Abs(x), x, sp.S.Zero, oo) == [(0, oo, x)]
