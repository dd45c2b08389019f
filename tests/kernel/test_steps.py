"""Steps, kinks and their derivatives inside an expectation: equal off a set that is null in the bound variables."""

from __future__ import annotations

import pytest
from identity_terms import context, proof, read

from symrep.claim import FunctionSpec
from symrep.kernel.algebra.normal import prove_equal
from symrep.kernel.fail import NotProved
from symrep.term import ZERO

CTX = context("m:real s:positive r:real x:real")
PATH, MAYBE = "(m+s*t)", "(m+r*t)"
LAW = ("law", (("t", ("inf", -1), ("inf", 1)),), read("exp(-t**2/2)/sqrt(2*pi)"))


def term(text, order=0):
    t = read(text)
    for _ in range(order):
        t = ("diff", t, "m")
    return t


def mean(text, order=0):
    return ("expect", term(text, order), LAW)


def step(cond, yes="1", no="0"):
    return f"Piecewise(({yes}, {cond}), ({no}, True))"


FALSE = [
    ("Heaviside(t)", "Heaviside(2*t-1)"),
    ("Heaviside(t)", "Heaviside(-t)"),
    (step("t > 0"), step("t >= 1")),
    (step("t > 0"), "Heaviside(t-1/10000)"),
    ("Max(t, m)", "Max(t, x)"),
    ("Max(t, 0)", "t"),
    ("Abs(t)", "t"),
    ("Abs(t)", "t*Heaviside(t)"),
    ("Heaviside(r*t)", "Heaviside(t)"),
    ("Heaviside(r*t)", step("t > 0")),
    ("Heaviside(x*t)", "Heaviside(t)"),
    (f"Heaviside{MAYBE}", step(f"{MAYBE} > 0")),
    (f"Heaviside{PATH}", "Heaviside(m)"),
    (step("x > 0"), step("x >= 0")),
    (f"Heaviside{PATH}*Heaviside(-{PATH})", f"Heaviside{PATH}"),
    (step(f"{PATH} > 0 and t < 1"), step(f"{PATH} > 0 or t < 1")),
    (step(f"{PATH} > 0 and t < 1"), f"Heaviside{PATH}"),
    (step("t > 0 and t < 1"), "Heaviside(t)+Heaviside(t-1)"),
    (step("t > 0", "log(t)"), "log(Abs(t))"),
    (step("t == 0", "1", "2"), "1"),
    (step("m == 0"), "0"),
    ("floor(t)", "0"),
    ("Heaviside(t)**2", "Heaviside(t)/2"),
    ("sign(t)*sign(m)", "1"),
    ("sqrt(Abs(t))", "sqrt(t)"),
    ("log(1+Abs(t))", "log(1+t*sign(t-1))"),
]

TRUE = [
    (f"Heaviside{PATH}", step(f"{PATH} > 0")),
    (f"Heaviside{PATH}", step(f"{PATH} >= 0")),
    (f"Heaviside{PATH}", step("t > -m/s")),
    (f"Heaviside(-{PATH})", f"1-Heaviside{PATH}"),
    (f"sign{PATH}", f"2*Heaviside{PATH}-1"),
    (f"Abs{PATH}", f"{PATH}*sign{PATH}"),
    (f"Abs{PATH}", f"{PATH}*(2*{step(PATH + ' > 0')}-1)"),
    (f"Max({PATH}, 0)", f"{PATH}*Heaviside{PATH}"),
    (f"Max({PATH}, x)", f"x+({PATH}-x)*{step(PATH + ' > x')}"),
    (f"Min({PATH}, x)", f"x+({PATH}-x)*{step(PATH + ' < x')}"),
    (f"Heaviside{PATH}**2", f"Heaviside{PATH}"),
    (step(f"{PATH} > 0 and t < 1"), f"Heaviside{PATH}*Heaviside(1-t)"),
    (step(f"{PATH} > 0 or t < 1"), f"1-Heaviside(-{PATH})*Heaviside(t-1)"),
    (step(f"{PATH} > 0", "t**2", "t"), f"t+(t**2-t)*Heaviside{PATH}"),
    (f"Piecewise((t**2, {PATH} > 0), (t, {PATH} <= 0))", f"t+(t**2-t)*Heaviside{PATH}"),
    ("Heaviside(t)*Heaviside(t-1)", "Heaviside(t-1)"),
    (step("t > 0 and t < 1"), "Heaviside(t)-Heaviside(t-1)"),
    (step("t > 0", "log(t)"), "Heaviside(t)*log(Abs(t))"),
    (step("t == 0", "1", "2"), "2"),
    (f"sqrt(Abs{PATH})", f"sqrt({PATH}*sign{PATH})"),
    (f"log(1+Abs{PATH})", f"log(1+{PATH}*sign{PATH})"),
    (f"exp(-Abs{PATH})", f"exp(-{PATH}*sign{PATH})"),
    (f"1/(1+Abs{PATH})", f"1/(1+Max({PATH}, -{PATH}))"),
    (f"Abs({PATH}*(t-1))", f"Abs{PATH}*Abs(t-1)"),
]

#: (left, how often it is differentiated in m, right)
DERIVATIVES = [
    (f"Max({PATH}, 0)", 1, f"Heaviside{PATH}"),
    (f"{PATH}*{step(PATH + ' > 0')}", 1, step(f"{PATH} > 0")),
    (f"Abs{PATH}", 1, f"sign{PATH}"),
    (f"Abs{PATH}**3", 1, f"3*{PATH}**2*sign{PATH}"),
]
FALSE_DERIVATIVES = [
    (f"Max({PATH}, 0)", 1, f"Heaviside(-{PATH})"),
    (f"Abs{PATH}", 1, f"Heaviside{PATH}"),
    (f"Abs{PATH}", 1, "1"),
    (f"Max({PATH}, 0)", 1, "1"),
    (f"{PATH}*{step(PATH + ' > 0')}", 1, f"{PATH}*Heaviside{PATH}"),
]


def exactly(lhs, rhs):
    """Proved, and at every value of the parameters."""
    found = proof(lhs, rhs, CTX)
    return found is not None and not found.almost_everywhere


@pytest.mark.parametrize(("lhs", "rhs"), FALSE)
def test_false_ones_are_refused(lhs, rhs):
    assert proof(mean(lhs), mean(rhs), CTX) is None


@pytest.mark.parametrize(("lhs", "order", "rhs"), FALSE_DERIVATIVES)
def test_false_derivatives_are_refused(lhs, order, rhs):
    assert proof(mean(lhs, order), mean(rhs), CTX) is None


@pytest.mark.parametrize(("lhs", "rhs"), TRUE)
def test_true_ones_are_proved_for_every_parameter(lhs, rhs):
    assert exactly(mean(lhs), mean(rhs))


@pytest.mark.parametrize(("lhs", "order", "rhs"), DERIVATIVES)
def test_derivatives_are_proved_for_every_parameter(lhs, order, rhs):
    assert exactly(mean(lhs, order), mean(rhs))


@pytest.mark.parametrize("text", [step(f"{PATH} > 0"), f"sign{PATH}", f"Heaviside{PATH}"])
def test_the_derivative_of_a_jump_is_zero_almost_everywhere(text):
    assert exactly(mean(text, 1), ZERO)
    assert exactly(mean(f"Abs{PATH}", 2), ZERO)
    assert proof(("diff", mean(text), "m"), ZERO, CTX) is None


def test_at_a_single_point_steps_keep_their_value():
    """H² = H fails at 0: outside an integral, and inside one over another variable, that has to be said."""
    for lhs, rhs in [(read("Heaviside(x)**2"), read("Heaviside(x)")), (mean("Heaviside(x)**2"), mean("Heaviside(x)"))]:
        found = proof(lhs, rhs, CTX)
        assert found is None or found.almost_everywhere
    for at_zero in ("Heaviside(x)", step("x > 0"), step("x >= 0")):
        for other in ("Heaviside(x)", step("x > 0"), step("x >= 0")):
            if other != at_zero:
                assert not exactly(mean(at_zero), mean(other))
                assert not exactly(read(at_zero), read(other))


def test_a_slope_that_may_vanish_is_not_null():
    """The slope r of m + r·t may be 0: what differs at 0 only may then differ everywhere."""
    for lhs, rhs in [(f"Heaviside{MAYBE}**2", f"Heaviside{MAYBE}"), (f"sign{MAYBE}**2", "1")]:
        assert not exactly(mean(lhs), mean(rhs))
    assert not exactly(mean(f"Abs{MAYBE}", 1), mean(f"sign{MAYBE}"))
    assert not exactly(mean(f"Heaviside{MAYBE}", 1), ZERO)
    assert proof(("diff", mean(f"Abs{MAYBE}", 1), "m"), ("diff", mean(f"sign{MAYBE}"), "m"), CTX) is None


def test_derivative_outside_of_what_is_known_inside():
    """The exceptional points are null in t for every m: the expectations agree at every m, so do their derivatives."""
    lhs, rhs = ("diff", mean(f"Abs{PATH}", 1), "m"), ("diff", mean(f"sign{PATH}"), "m")
    assert exactly(lhs, rhs)
    assert proof(lhs, ("diff", mean(f"Heaviside{PATH}"), "m"), CTX) is None
    assert exactly(("diff", mean(f"Heaviside{PATH}"), "m"), ("diff", mean(step(f"{PATH} > 0")), "m"))


def test_sums_see_single_points():
    ctx = context("n:positive_integer")
    assert proof("Sum(Heaviside(k), (k, 0, n))", "Sum(Piecewise((1, k > 0), (0, True)), (k, 0, n))", ctx) is None
    assert proof("Sum(Heaviside(k)**2, (k, 0, n))", "Sum(Heaviside(k), (k, 0, n))", ctx) is None


def test_jumps_that_fill_a_set_have_no_derivative():
    """1{f(x) > 0} may jump on a set of positive measure: f may vanish on a Cantor set without being 0 near it."""
    ctx = context("x:real", functions={"f": FunctionSpec(smooth=1), "h": FunctionSpec(smooth=1, monotone="increasing")})
    f = ("app", "f", (0,), (read("x"),))
    jump = ("piecewise", (("rel", ">", f, ZERO), read("1")), (("true",), ZERO))
    assert proof(("diff", jump, "x"), ZERO, ctx) is None
    assert proof(("diff", ("fn", "sign", f), "x"), ZERO, ctx) is None
    with pytest.raises(NotProved):
        prove_equal(("diff", ("fn", "floor", f), "x"), ZERO, ctx)
    assert proof(("diff", read("sign(x**3-x)"), "x"), ZERO, ctx) is not None
    assert proof(("diff", read("floor(x**2)"), "x"), ZERO, ctx) is not None


def test_the_sign_of_an_expectation_is_no_endless_question():
    """A case E[t] > 0 was once looked at inside every integral, E[t] among them."""
    log_of_mean = ("fn", "log", mean("exp(t)"))
    assert proof(log_of_mean, mean("t"), CTX) is None
    assert proof(("fn", "abs", mean("t")), mean("Abs(t)"), CTX) is None
    assert proof(("fn", "abs", mean("t")), mean("t"), CTX) is None
    twice = ("pow", ("fn", "abs", mean("t")), ("num", 2, 1))
    assert exactly(twice, ("pow", mean("t"), ("num", 2, 1)))
