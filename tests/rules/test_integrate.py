"""Antiderivatives and tables: each proposal is differentiated, or integrated by mpmath, here."""

from __future__ import annotations

from typing import Any

import mpmath as mp
import pytest
import sympy as sp
from sympy import Abs, Heaviside, cos, exp, log, oo, sin, sqrt

from rules.words import CAUCHY, EXP, GAMMA, LAPLACE, N01, U01, N, a, lam, m, mu, s, sigma, t, x
from symrep import conditional_law, function
from symrep.rules.integrate import antiderivative, parts_of, value_of

AT = {a: 1.7, lam: 0.6, m: -0.4, mu: 0.3, s: 1.3, sigma: 0.8, t: 0.45}

INTEGRANDS = [
    x**3 - 2 * x,
    x**2 * exp(-lam * x),
    exp(t * x) * N.density_at(x),
    x**2 * N.density_at(x),
    (x - mu) ** 3 * N01.density_at(x),
    1 / (1 + x**2),
    lam * exp(-lam * x) * x,
    exp(-exp(-x) - x),
    exp(x) / (1 + exp(x)) ** 2,
    log(x),
    mu,
]


@pytest.mark.parametrize("f", INTEGRANDS, ids=str)
def test_the_derivative_is_the_integrand(f: Any) -> None:
    found = antiderivative(f, x)
    assert found is not None
    for at in (0.37, 1.9):
        table = {k: sp.Rational(str(v)) for k, v in AT.items()} | {x: sp.Rational(str(at))}
        gap = (sp.diff(found, x) - f).subs(table).evalf(25)
        assert abs(gap) < 1e-15


@pytest.mark.parametrize(
    "f", [exp(-(x**4)), sin(x**3) * exp(-(x**2)), exp(sigma * x**2 - x), function("f")(x)], ids=str
)
def test_nothing_is_made_up(f: Any) -> None:
    assert antiderivative(f, x) is None


WHOLE = [
    (N.density_at(x) * cos(x), x, -oo, oo),
    (N.density_at(x) * Abs(x), x, -oo, oo),
    (N.density_at(x) * Heaviside(x - 1), x, -oo, oo),
    (LAPLACE.density_at(x) * x**2, x, -oo, oo),
    (EXP.density_at(x) * x**3, x, sp.S.Zero, oo),
    (GAMMA.density_at(x) * x, x, sp.S.Zero, oo),
    (CAUCHY.density_at(x), x, -oo, oo),
    (U01.density_at(x) * x**a * (1 - x) ** lam, x, sp.S.Zero, sp.S.One),
    (sqrt(x) * exp(-lam * x), x, sp.S.Zero, oo),
    (exp(-(x**4)), x, -oo, oo),
    (exp(-(log(x) ** 2)), x, sp.S.Zero, oo),
]


@pytest.mark.parametrize("case", WHOLE, ids=[str(c[0])[:40] for c in WHOLE])
def test_values_agree_with_quadrature(case: Any) -> None:
    f, v, low, high = case
    parts = parts_of(f, v, low, high)
    assert parts is not None
    value = value_of(parts).subs(AT).evalf(20)
    plain = sp.Symbol("t_", real=True)
    g = sp.lambdify(plain, f.subs(AT).subs(v, plain), "mpmath")
    ends = [
        -mp.inf if low == -oo else mp.mpf(0),
        *([-0.4, 0.0, 1.0] if low == -oo else []),
        *([1] if high == oo else []),
    ]
    truth = mp.quad(g, [*sorted(set(ends)), mp.inf if high == oo else mp.mpf(1)])
    assert abs(complex(value) - complex(truth)) < 1e-6


def test_zero_and_the_unreachable() -> None:
    assert parts_of(0, x, -oo, oo) == []
    assert parts_of(exp(-(x**4) - x), x, -oo, oo) is None
    assert parts_of(Abs(x - mu) * Abs(x - m), x, -oo, oo) is None


def test_a_part_of_the_line_has_no_mass_one() -> None:
    declared = conditional_law("rho", smooth=0).density_at(x)
    whole = parts_of(declared, x, -oo, oo)
    assert whole is not None and value_of(whole) == 1
    for low, high in ((-oo, m), (m, oo), (0, 1), (-oo, 0)):
        assert parts_of(declared, x, sp.sympify(low), sp.sympify(high)) is None
