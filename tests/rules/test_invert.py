"""Proposed inverses and zeros: whatever is proposed here has to compose to the identity where it is meant to."""

from __future__ import annotations

import pytest
import sympy as sp
from sympy import Abs, Rational, asinh, atan, erf, exp, log, sinh, sqrt, tan, tanh

from rules.words import a, b, f, lam, m, mu, s, sigma, w, x, y
from symrep import function, inverse
from symrep.rules.invert import invert, zeros

AT = {a: Rational(7, 5), b: Rational(1, 3), lam: Rational(3, 7), m: Rational(2, 9), mu: Rational(5, 11)}
AT |= {s: Rational(8, 5), sigma: Rational(9, 7)}
INVERTIBLE = [
    a * x + b,
    b - x / sigma,
    exp(x),
    exp(mu + sigma * x),
    log(x),
    1 / (1 + exp(-(x - m) / s)),
    log(x / (1 - x)),
    log(1 + exp(x)),
    sinh(x),
    tanh(x / 2),
    asinh(x),
    tan(x),
    atan(x),
    erf(x),
    x**3,
    sqrt(x),
    x**a,
    1 / x,
    x / (1 - x),
    (1 + x) / (2 - x),
    x**2,
    (x - mu) ** 2 / sigma**2,
    x**2 + 2 * x,
    Abs(x - 1),
    1 / (1 + x**2),
    lam * (-log(1 - x)) ** (1 / a),
]


@pytest.mark.parametrize("h", INVERTIBLE, ids=str)
def test_one_of_the_candidates_is_the_inverse(h: sp.Expr) -> None:
    at = Rational(3, 10)
    value = h.subs(x, at).subs(AT)
    backs = [complex(g.subs(y, value).subs(AT).evalf(20)) for g in invert(h, x, y)]
    assert any(abs(v - complex(at)) < 1e-12 for v in backs), backs


def test_even_maps_have_two_candidates() -> None:
    for h in (x**2, x**4, Abs(x), (x - 1) ** 2, 1 / x**2):
        assert len(set(invert(h, x, y))) == 2, h


@pytest.mark.parametrize("h", [x + sp.sin(x), x * exp(x), x**5 + x, f(x), sp.Integer(2), x**x, exp(x) + x])
def test_nothing_is_made_up(h: sp.Expr) -> None:
    assert invert(h, x, y) == []


def test_declared_inverses() -> None:
    h, back = inverse(function("h", smooth=1, increasing=True), "g")
    assert invert(h(x), x, y) == [back(y)]
    assert invert(back(x), x, y) == [h(y)]
    assert invert(exp(h(2 * x)), x, w) == [back(log(w)) / 2]


def test_zeros() -> None:
    assert zeros(x - mu, x) == [mu]
    assert set(zeros(x**2 - 4, x)) == {-2, 2}
    assert zeros(exp(x), x) in ([], [sp.zoo], [-sp.oo])
