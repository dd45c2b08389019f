"""K_ν on balls: no ball leaves its value out, and those that are wide stay useful."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp
from flint import acb, arb, ctx

from symrep.checks.bessel import bessel_k
from symrep.checks.evaluate import evaluate, precision
from symrep.claim import Claim
from symrep.clock import now
from symrep.distributions import NormalInverseGaussian, Rice
from symrep.family import Family
from symrep.judge.deciding import Limits, compared
from symrep.laws.claims import equation, times, total
from symrep.laws.score import score_of
from symrep.translate import to_term
from symrep.verdict import Status

#: (ν, Re z, Im z, radius as a share of Re z)
PLACES = [
    (nu, x, y * x, r)
    for nu in (0.0, 1.0, 2.0, 0.5, 2.25, -1.0)
    for x in (0.125, 1.5, 8.0, 30.0, 41.0, 75.0)
    for y in (0.0, 0.75)
    for r in (0.0, 1e-12, 1e-3, 0.25, 0.875)
]


@pytest.mark.parametrize("bits", [53, 128])
def test_no_value_is_left_out(bits: int) -> None:
    rng = random.Random(7)
    with precision(bits):
        for nu, x, y, share in PLACES:
            r = share * x
            ball = acb(arb(x, r), arb(y, r) if y else 0)
            found = bessel_k(acb(nu), ball)
            assert found.is_finite()
            for _ in range(2):
                p = acb(x + r * rng.uniform(-1, 1), y + r * rng.uniform(-1, 1) if y else 0)
                with precision(700):
                    right = p.bessel_k(acb(nu))
                    wrong = right * (1 + arb(2) ** -20)
                assert found.overlaps(right)
                if share == 0.0:  # a lost digit is seen, so that the line above can fail
                    assert not found.overlaps(wrong)


@pytest.mark.parametrize("z", [acb(arb(30, 1), arb(0, 1)), acb(arb(8, 0.5), arb(0, 0.5)), acb(arb(20, 0.01), 1)])
def test_a_wide_ball_is_not_much_wider_than_its_values(z: acb) -> None:
    """The series alone gives numbers beyond 10³ here."""
    with precision(64):
        largest = abs(acb(z.real.lower()).bessel_k(acb(1)))
        assert bool(abs(bessel_k(acb(1), z)).upper() < 3 * largest)
    assert ctx.prec == 53


def test_outside_the_half_plane_it_is_the_series() -> None:
    with precision(128):
        z = acb(-2, 1)
        assert bessel_k(acb(1), z).overlaps(z.bessel_k(acb(1)))


AT = {"c": Fraction(275, 97), "a": Fraction(-71, 75), "mu": Fraction(-18, 11), "sigma": Fraction(125, 48)}


def _number(family: Family, body: Any, at: dict[str, Fraction]) -> arb:
    return evaluate(to_term(total(family, body)), at, {}, 128, now() + 20)


def test_integrals_of_a_density_with_k_are_found_soon() -> None:
    """Two seconds each, before; the score has two of them over one another."""
    f = NormalInverseGaussian
    s = next(p for p in f.parameters if p.name == "sigma")
    mass, score = _number(f, f.density, AT), _number(f, times(score_of(f, s), f.density), AT)
    assert abs(mass - 1) < 1e-9
    assert abs(score) < 1e-9
    assert not abs(_number(f, times(score_of(f, s) + sp.Rational(1, 10**6), f.density), AT)) < 1e-9


def test_the_score_of_a_density_with_i_is_found_soon() -> None:
    f, at = Rice, {"nu": Fraction(188, 69), "sigma": Fraction(17, 30)}
    for s in f.parameters:
        assert abs(_number(f, times(score_of(f, s), f.density), at)) < 1e-9


def test_a_lost_factor_and_a_wrong_sign_are_refuted() -> None:
    f = NormalInverseGaussian
    for body, value in ((2 * f.density, 1), (f.variable * f.density, -f.mean)):
        claim = equation("", total(f, body), value, f.given()).claim
        assert isinstance(claim, Claim)
        found = compared(claim, Limits(refute=10.0, agree=10.0)).refutation
        assert found is not None
        assert found.status is Status.REFUTED
        assert found.witness is not None
