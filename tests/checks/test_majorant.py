"""Bounds of the tails of integrals: never less than what is there, and none where there is no limit."""

from __future__ import annotations

import pytest
from flint import arb
from numeric_terms import INF, NINF, X, equal, phi, refuted, square

from symrep import clock
from symrep.checks.evaluate import Compiler, Report, evaluate, evaluate_complex, precision
from symrep.checks.majorant import Strange, beyond
from symrep.term import MINUS_ONE, ONE, ZERO, Term, add, div, fn, mul, neg, num, power, sqrt, sub
from symrep.verdict import Status

EXP = fn("exp", neg(X))
LOGISTIC = div(EXP, square(add(ONE, EXP)))
GUMBEL = fn("exp", sub(neg(X), EXP))
STUDENT = power(add(ONE, mul(num(1, 3), square(X))), num(-2))


def _beyond(body: Term, sign: int, start: int) -> arb:
    with precision(128):
        return beyond(body, "x", sign, arb(start), Compiler({}, clock.now() + 30, Report()))


#: these have no finite tail, or none that converges absolutely
ENDLESS: list[Term] = [
    ONE,
    power(X, MINUS_ONE),
    power(X, num(-99, 100)),
    fn("exp", X),
    fn("exp", sub(X, sqrt(X))),
    div(fn("cos", X), X),
    fn("cos", square(X)),
    div(fn("log", X), X),
    fn("exp", sub(square(X), X)),
    mul(phi(X), fn("exp", square(X))),
    mul(EXP, fn("cosh", X)),
    div(fn("exp", X), add(ONE, fn("exp", X))),
    mul(fn("exp", X), GUMBEL),
    fn("log", add(ONE, fn("exp", X))),
    fn("exp", neg(fn("exp", neg(X)))),
    fn("exp", fn("exp", X)),
    div(ONE, add(ONE, EXP)),
    mul(square(X), power(add(ONE, square(X)), MINUS_ONE)),
    fn("gamma", X),
]


@pytest.mark.parametrize("body", ENDLESS, ids=str)
def test_what_does_not_converge_has_no_bound(body: Term) -> None:
    for start in (1, 4, 100):
        with pytest.raises(Strange):
            _beyond(body, 1, start)


def test_not_far_enough_out() -> None:
    hump = fn("exp", sub(mul(num(40), X), square(X)))
    with pytest.raises(Strange):
        _beyond(hump, 1, 3)
    assert bool(_beyond(hump, 1, 200) < arb(10) ** -1000)
    with pytest.raises(Strange):
        _beyond(phi(X), 1, 0)


FALLING: list[tuple[Term, int]] = [
    (phi(X), 1),
    (mul(power(X, num(5)), phi(sub(X, num(2)))), 1),
    (mul(power(X, num(3)), phi(X)), -1),
    (mul(sqrt(X), fn("exp", mul(num(-1, 3), X))), 1),
    (power(X, num(-11, 10)), 1),
    (STUDENT, -1),
    (LOGISTIC, 1),
    (LOGISTIC, -1),
    (GUMBEL, 1),
    (GUMBEL, -1),
    (div(ONE, fn("cosh", sub(X, num(1, 2)))), -1),
    (mul(fn("log", square(X)), power(X, num(-2))), 1),
    (mul(fn("log", add(ONE, fn("exp", X))), phi(X)), 1),
    (mul(phi(X), fn("log", phi(X))), -1),
    (mul(fn("abs", sub(X, num(7))), EXP), 1),
    (mul(fn("sinh", X), phi(X)), 1),
    (mul(fn("erfc", X), phi(X)), -1),
    (mul(power(num(1, 2), X), add(X, fn("cos", X))), 1),
]


@pytest.mark.parametrize(("body", "sign"), FALLING, ids=lambda v: str(v)[:50])
def test_the_bound_is_no_less_than_the_tail(body: Term, sign: int) -> None:
    for start in (2, 3) if body is GUMBEL and sign < 0 else (8, 32):
        bound = _beyond(body, sign, start)
        near, far = (num(sign * v) for v in (start, start + 2))
        low, high = (near, far) if sign > 0 else (far, near)
        there = abs(evaluate(("integral", body, ("x", low, high)), {}, {}, 128))
        assert bound.is_finite()
        assert bool(bound > 0.999 * there.lower())
        assert bool(bound < 10**7 * there) or not bool(there > arb(10) ** -30), "worth little"
        assert bool(_beyond(body, sign, 2 * start) < bound)


def test_no_bound_against_the_direction() -> None:
    for body, sign in ((EXP, -1), (mul(fn("erfc", X), EXP), -1), (fn("exp", X), 1), (mul(EXP, fn("erf", X)), -1)):
        with pytest.raises(Strange):
            _beyond(body, sign, 16)


@pytest.mark.parametrize(
    ("body", "lo", "hi", "value"),
    [
        (phi(X), NINF, INF, ONE),
        (mul(square(X), LOGISTIC), NINF, INF, mul(num(1, 3), square(("const", "pi")))),
        (mul(X, GUMBEL), NINF, INF, ("const", "euler_gamma")),
        (mul(power(X, num(3)), EXP), ZERO, INF, num(6)),
        (mul(fn("abs", X), EXP), ONE, INF, mul(num(2), fn("exp", MINUS_ONE))),
    ],
)
def test_an_infinite_integral_is_proved_to_its_radius(body: Term, lo: Term, hi: Term, value: Term) -> None:
    report = Report()
    ball = evaluate(("integral", body, ("x", lo, hi)), {}, {}, 128, report=report)
    assert report.rigorous
    assert ball.overlaps(evaluate(value, {}, {}, 256))
    assert float(ball.rad()) < 1e-8
    assert not evaluate_complex(mul(value, num(1000001, 1000000)), {}, {}, 256).real.overlaps(ball)


def test_a_refutation_of_an_infinite_integral_is_rigorous() -> None:
    verdict = refuted(equal(("integral", phi(X), ("x", NINF, INF)), num(1000001, 1000000)))
    assert verdict is not None
    assert verdict.status is Status.REFUTED
    assert verdict.evidence[0].data["rigorous"] is True
