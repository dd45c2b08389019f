"""The alarm itself is tested: how often it fires on null data, and that it fires on true alternatives."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numeric_terms import EPS, GAUSS, MU, SIGMA, STANDARD, Y, equal, expect, normal, phi, square

from symrep import clock
from symrep.checks.faults import Unevaluable
from symrep.checks.sampling import ALPHA, alarm, draw, ks_stage, mean_stage
from symrep.claim import Claim, Context
from symrep.term import add, div, fn, mul, num, power, sqrt
from symrep.verdict import Evidence

PATH = add(MU, mul(SIGMA, EPS))
POSITIVE = Context({"y": "positive"})


def rung(claim: Claim) -> Evidence | None:
    return alarm(claim, clock.now() + 60)


def test_false_alarms_of_the_mean_on_null_data() -> None:
    alpha, runs, fired, said = 0.01, 1000, 0, 0
    for seed in range(runs):
        sample = np.random.default_rng(seed).exponential(size=20_000)
        try:
            fired += mean_stage(sample, 1.0, None, alpha)[0]
            said += 1
        except Unevaluable:
            continue
    assert said > runs // 2
    # 10 in a thousand expected; five standard deviations above is 26
    assert 1 <= fired <= 26


def test_false_alarms_of_the_distance_on_null_data() -> None:
    nodes = np.linspace(0, 1, 1001)
    fired = sum(ks_stage(np.random.default_rng(s).random(2000), nodes, nodes, 0.01)[0] for s in range(800))
    assert fired <= 22


def test_power_at_the_stated_effect() -> None:
    n = 100_000
    effect = 8 / math.sqrt(n)
    missed = 0
    for seed in range(60):
        sample = np.random.default_rng(seed).normal(size=n)
        missed += not mean_stage(sample, effect, None, ALPHA[1])[0]
    assert missed <= 2


def test_heavy_tails_are_refused() -> None:
    rng = np.random.default_rng(1)
    with pytest.raises(Unevaluable):
        mean_stage(np.exp(3 * rng.normal(size=50_000)), math.exp(4.5), None, 0.01)
    with pytest.raises(Unevaluable):
        mean_stage(rng.normal(size=50_000) ** 8, 105.0, None, 0.01)
    with pytest.raises(Unevaluable):
        mean_stage(rng.standard_cauchy(size=50_000), 0.0, None, 0.01)


def test_draws_have_the_law() -> None:
    x = draw(STANDARD, {}, 50_000, 3)["eps"]
    assert abs(x.mean()) < 0.03 and abs(x.std() - 1) < 0.02
    beta = ("law", (("x", num(0), num(1)),), mul(num(1, 2), power(("sym", "x"), num(-1, 2))))
    b = draw(beta, {}, 50_000, 4)["x"]
    assert abs(b.mean() - 1 / 3) < 0.01 and b.min() > 0 and b.max() < 1


def test_a_law_without_mass_one_is_refused() -> None:
    with pytest.raises(Unevaluable):
        draw(("law", STANDARD[1], mul(num(2), STANDARD[2])), {}, 10, 1)


TRUE = {
    "mean": equal(expect(PATH, STANDARD), MU),
    "second moment": equal(expect(square(PATH), STANDARD), add(square(MU), square(SIGMA))),
    "two expectations": equal(expect(fn("cos", ("sym", "x")), GAUSS), expect(fn("cos", PATH), STANDARD)),
    "affine image": equal(("push", STANDARD, (PATH,), (Y,)), normal(Y, MU, SIGMA)),
    "square": equal(("push", STANDARD, (square(EPS),), (Y,)), div(phi(sqrt(Y)), sqrt(Y)), POSITIVE),
}
FALSE = {
    "mean": equal(expect(PATH, STANDARD), mul(num(11, 10), MU)),
    "two expectations": equal(expect(fn("cos", ("sym", "x")), GAUSS), expect(fn("cos", EPS), STANDARD)),
    "scale": equal(("push", STANDARD, (PATH,), (Y,)), normal(Y, MU, mul(num(11, 10), SIGMA))),
    "branch missing": equal(
        ("push", STANDARD, (square(EPS),), (Y,)), div(phi(sqrt(Y)), mul(num(2), sqrt(Y))), POSITIVE
    ),
}


@pytest.mark.parametrize("claim", TRUE.values(), ids=TRUE.keys())
def test_no_alarm_on_true_claims(claim: Claim) -> None:
    evidence = rung(claim)
    assert evidence is not None
    assert evidence.method == "sampling"
    assert evidence.data["alarm"] is False
    assert evidence.data["alpha"] <= 1e-9
    assert 0 < evidence.data["effect"] < 0.05


@pytest.mark.parametrize("claim", FALSE.values(), ids=FALSE.keys())
def test_alarm_on_false_claims(claim: Claim) -> None:
    evidence = rung(claim)
    assert evidence is not None and evidence.data["alarm"] is True


def test_says_nothing_about_anything_else() -> None:
    assert rung(equal(MU, SIGMA)) is None
    assert rung(equal(expect(fn("exp", mul(num(3), EPS)), STANDARD), fn("exp", num(9, 2)))) is None
