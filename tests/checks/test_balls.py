"""Balls: false claims get a witness that can be replugged, true claims never do."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from numeric_terms import (
    EPS,
    GAUSS,
    INF,
    MU,
    NINF,
    REAL,
    SIGMA,
    STANDARD,
    X,
    Y,
    agreed,
    equal,
    expect,
    normal,
    phi,
    refuted,
    square,
)

from symrep import clock
from symrep.checks.balls import Comparison, compare_sides, value
from symrep.checks.compare import Outcome, compare
from symrep.checks.faults import Unevaluable, effort
from symrep.claim import Claim, Context, FunctionSpec
from symrep.term import MINUS_ONE, ONE, PI, ZERO, add, div, fn, mul, neg, num, power, sqrt, sub, sym
from symrep.verdict import Reason, Status

H = fn("heaviside", add(MU, EPS))
PATH = add(MU, mul(SIGMA, EPS))
N = sym("n")
SLIVER = ("piecewise", (("and", ("rel", ">", X, ONE), ("rel", "<", X, num(10001, 10000))), ZERO), (("true",), X))

FALSE = {
    "σ left standing": equal(
        fn("exp", neg(div(square(Y), mul(num(2), square(SIGMA))))), fn("exp", mul(num(-1, 2), square(Y)))
    ),
    "far below double precision": equal(fn("exp", neg(SIGMA)), sub(fn("exp", neg(SIGMA)), num(1, 10**30))),
    "for x < 0 only": equal(fn("abs", X), X),
    "for n ≥ 5 only": equal(fn("max", ZERO, sub(N, num(4))), ZERO),
    "two tiny numbers": equal(fn("exp", num(-50)), fn("exp", num(-51))),
    "nearly an integer": equal(fn("exp", mul(sqrt(num(163)), PI)), num(262537412640768744)),
    "on a sliver": equal(SLIVER, X),
    "arctangent addition": equal(add(fn("atan", X), fn("atan", Y)), fn("atan", div(add(X, Y), sub(ONE, mul(X, Y))))),
    "log of a square": equal(fn("log", square(X)), mul(num(2), fn("log", X))),
}


@pytest.mark.parametrize("claim", FALSE.values(), ids=FALSE.keys())
def test_false_is_refuted(claim: Claim) -> None:
    verdict = refuted(claim)
    assert verdict is not None
    assert verdict.status is Status.REFUTED
    assert verdict.reason is Reason.UNEQUAL
    assert verdict.evidence[0].data["rigorous"] is True
    assert verdict.witness is not None
    assert verdict.witness.lhs != verdict.witness.rhs
    assert agreed(claim) is None


def test_witness_is_pretty_and_replugs() -> None:
    verdict = refuted(FALSE["σ left standing"])
    assert verdict is not None and verdict.witness is not None
    assert dict(verdict.witness.point) == {"sigma": "2", "y": "1"}
    point = {k: Fraction(v) for k, v in verdict.witness.point.items()}
    assert value(FALSE["σ left standing"].data["lhs"], point).startswith("[0.882496")


TRUE = {
    "standardised": equal(mul(normal(add(MU, mul(SIGMA, Y)), MU, SIGMA), SIGMA), phi(Y)),
    "softplus": equal(fn("log", add(ONE, fn("exp", X))), add(X, fn("log", add(ONE, fn("exp", neg(X)))))),
    "hyperbolic": equal(sub(square(fn("cosh", X)), square(fn("sinh", X))), ONE),
    "gamma": equal(fn("gamma", add(SIGMA, ONE)), mul(SIGMA, fn("gamma", SIGMA))),
    "digamma": equal(("diff", fn("loggamma", SIGMA), "sigma"), fn("digamma", SIGMA)),
    "absolute value": equal(sqrt(square(X)), fn("abs", X)),
    "derivative of |x| almost everywhere": equal(("diff", fn("abs", X), "x"), fn("sign", X)),
    "max by halves": equal(fn("max", X, Y), mul(num(1, 2), add(X, Y, fn("abs", sub(X, Y))))),
    "step from sign": equal(fn("heaviside", X), mul(num(1, 2), add(ONE, fn("sign", X)))),
    "finite sum": equal(("sum", sym("k"), ("k", ONE, N)), mul(num(1, 2), N, add(N, ONE))),
    "binomial theorem": equal(
        ("sum", mul(fn("binomial", N, sym("k")), power(num(2), sym("k"))), ("k", ZERO, N)), power(num(3), N)
    ),
    "inverse error function": equal(fn("erf", fn("erfinv", fn("tanh", X))), fn("tanh", X)),
    "polygamma": equal(("diff", fn("digamma", SIGMA), "sigma"), fn("polygamma", ONE, SIGMA)),
    "densities differ on a null set": equal(
        ("piecewise", (("rel", "<", X, ZERO), ONE), (("true",), num(2))),
        ("piecewise", (("rel", "<=", X, ZERO), ONE), (("true",), num(2))),
    ),
}


@pytest.mark.parametrize("claim", TRUE.values(), ids=TRUE.keys())
def test_true_is_never_refuted_and_agrees(claim: Claim) -> None:
    assert refuted(claim) is None
    evidence = agreed(claim)
    assert evidence is not None
    assert evidence.method == "balls"
    assert evidence.data["points"] >= 20
    assert evidence.data["agreeing_bits"] >= 100


F = Context({"mu": "real", "sigma": "positive"}, {"f": FunctionSpec(smooth=1, growth=2)})


def f(k: int, t: object) -> tuple[object, ...]:
    return ("app", "f", (k,), (t,))


HEAVY_TRUE = {
    "kurtosis": equal(
        expect(power(X, num(4)), GAUSS),
        add(power(MU, num(4)), mul(num(6), square(MU), square(SIGMA)), mul(num(3), power(SIGMA, num(4)))),
    ),
    "reparameterised": equal(expect(f(0, X), GAUSS), expect(f(0, PATH), STANDARD), F),
    "gradient of a step": equal(("diff", expect(H, STANDARD), "mu"), phi(MU)),
    "image of a normal": equal(("push", STANDARD, (PATH,), (Y,)), normal(Y, MU, SIGMA)),
    "third moment is zero": equal(expect(power(EPS, num(3)), STANDARD), ZERO),
    "log-normal": equal(
        ("push", STANDARD, (fn("exp", EPS),), (Y,)), div(phi(fn("log", Y)), Y), Context({"y": "positive"})
    ),
    "geometric series": equal(
        ("sum", power(sym("u"), sym("k")), ("k", ZERO, INF)),
        power(sub(ONE, sym("u")), MINUS_ONE),
        Context({"u": "unit"}),
    ),
}


@pytest.mark.parametrize("claim", HEAVY_TRUE.values(), ids=HEAVY_TRUE.keys())
def test_true_integrals(claim: Claim) -> None:
    assert refuted(claim) is None
    evidence = agreed(claim)
    if claim.context.functions or claim.data["rhs"] == ZERO:
        assert evidence is None  # points speak of no class of functions, and two values next to nothing say little
        return
    assert evidence is not None
    assert evidence.data["agreeing_bits"] >= 24


HEAVY_FALSE = {
    "a jump swallowed": equal(("diff", expect(H, STANDARD), "mu"), expect(("diff", H, "mu"), STANDARD)),
    "wrong kurtosis": equal(expect(power(EPS, num(4)), STANDARD), num(2)),
    "wrong gradient": equal(("diff", expect(f(0, X), GAUSS), "sigma"), expect(f(1, PATH), STANDARD), F),
    "branch missing": equal(
        ("push", STANDARD, (square(EPS),), (Y,)),
        div(phi(sqrt(Y)), mul(num(2), sqrt(Y))),
        Context({"y": "positive"}),
    ),
    "nearly zero": equal(expect(add(power(EPS, num(3)), num(1, 10**8)), STANDARD), ZERO),
}


@pytest.mark.parametrize("claim", HEAVY_FALSE.values(), ids=HEAVY_FALSE.keys())
def test_false_integrals(claim: Claim) -> None:
    verdict = refuted(claim)
    assert verdict is not None
    data = verdict.evidence[0].data
    assert data["rigorous"] or data["confirmed"] >= 2
    assert agreed(claim) is None


def test_a_mean_that_does_not_exist_decides_nothing() -> None:
    cauchy = ("law", (("x", NINF, INF),), div(ONE, mul(PI, add(ONE, square(X)))))
    claim = equal(expect(X, cauchy), ZERO)
    assert refuted(claim) is None
    assert agreed(claim) is None


def test_undeclared_symbols_decide_nothing() -> None:
    claim = equal(sym("z"), ZERO)
    assert refuted(claim) is None
    assert agreed(claim) is None


def test_complex_symbols_get_no_agreement() -> None:
    claim = equal(square(fn("abs", sym("z"))), square(sym("z")), Context({"z": "complex"}))
    assert agreed(claim) is None


@pytest.mark.parametrize(
    ("op", "lhs", "rhs", "holds"),
    [
        ("<=", fn("log", SIGMA), sub(SIGMA, ONE), True),
        ("<=", mul(num(2), fn("abs", X)), add(ONE, square(X)), True),
        ("<", fn("exp", X), add(ONE, X), False),
        (">=", X, ZERO, False),
        ("<", ZERO, ZERO, False),
        ("==", X, fn("abs", X), False),
    ],
)
def test_relations(op: str, lhs: tuple[object, ...], rhs: tuple[object, ...], holds: bool) -> None:
    claim = Claim("relation", {"lhs": lhs, "rhs": rhs, "op": op}, REAL)
    verdict = refuted(claim)
    assert (verdict is None) == holds
    assert agreed(claim) is None  # points never support an order


def test_sign() -> None:
    assert refuted(Claim("sign", {"expr": sub(X, ONE), "op": ">"}, REAL)) is not None
    assert refuted(Claim("sign", {"expr": fn("exp", X), "op": ">"}, REAL)) is None


def test_undefined_sides_decide_nothing() -> None:
    claim = Claim("equal", {"lhs": fn("log", neg(SIGMA)), "rhs": fn("log", SIGMA), "principal_branches": False}, REAL)
    assert refuted(claim) is None
    assert agreed(claim) is None


def test_deadline_is_kept() -> None:
    value = expect(f(0, X), GAUSS)  # true, and heavy: nothing is found however fast the machine is
    claim = equal(("diff", ("diff", value, "mu"), "sigma"), ("diff", ("diff", value, "sigma"), "mu"), F)
    start = time.process_time()
    assert refuted(claim, 0.3) is None
    assert time.process_time() - start < 3


def test_no_value_is_an_error() -> None:
    with pytest.raises(Unevaluable):
        value(power(ZERO, MINUS_ONE), {})


def test_a_guard_stops_by_count_and_by_effort_not_by_the_clock() -> None:
    found = compare_sides(HEAVY_TRUE["kurtosis"], clock.now() + 60, guard=True)
    assert found.refutation is None and found.agreement is not None
    assert found.agreement.data["points"] == 3
    assert found.agreement.says.startswith("3 points, quadrature, agreement to ")
    assert found.agreement.says.endswith(" bits relative")
    light = compare_sides(TRUE["softplus"], clock.now() + 60, guard=True)
    assert light.points == 20
    start = time.monotonic()
    hopeless = equal(("diff", ("diff", expect(f(0, X), GAUSS), "mu"), "sigma"), num(1, 7), F)
    with effort(1000):
        assert compare_sides(hopeless, start + 60) == Comparison(None, None, 1)


def test_differences_beyond_floats_decide_nothing():
    """exp(exp(960)) cancels, and what may be left has more digits than a float can count."""
    tower = fn("exp", fn("exp", sym("x")))
    pair = compare(add(tower, neg(tower), ONE), ONE, {"x": Fraction(960)}, {}, clock.now() + 10)
    assert pair.outcome is Outcome.OPEN
