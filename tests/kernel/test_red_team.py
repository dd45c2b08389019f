"""False claims about growth, steps, sums and signs that a second round of attacks tried. None may be proved."""

from __future__ import annotations

import pytest
from kernel_terms import T, context
from theorem_terms import equal, integral

from symrep.claim import Claim, Context, FunctionSpec
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.term import Term, fn, mul, num, power

LINE_X, LINE_Y, HALF_LINE = ("x", "-oo", "oo"), ("y", "-oo", "oo"), ("x", 0, "oo")


def defined(t: Term, ctx: Context) -> Claim:
    return Claim("defined", {"term": t}, ctx)


#: ((2 + sin x) e^(-x⁴))^½, with both factors of the base negative; its logarithm grows like −x⁴/2
TWO_NEGATIVE = power(("mul", T("-2 - sin(x)"), T("-exp(-x**4)")), num(1, 2))

FALSE: dict[str, Claim] = {
    # b^a is at most 1 for b ≥ 1 only if a ≤ 0: for a = 1 the integral in y diverges
    "a power of something ≥ 1 with an exponent of unknown sign": defined(
        integral("(1 + x**2*y**2)**a*exp(-x**2/2)/(1 + y**2)", LINE_X, LINE_Y), context("a real")
    ),
    "a power of something ≥ 1 with an exponent above −1": defined(
        integral("(1 + x**2*y**2)**(a - 1)*exp(-x**2/2)/(1 + y**2)", LINE_X, LINE_Y), context("a positive")
    ),
    "the logarithm of a power of a product of negative factors": defined(
        integral(mul(fn("log", TWO_NEGATIVE), T("1/(1 + x**2)")), HALF_LINE), context()
    ),
}

# each says that x = 0, that x is an integer, or may say so: what holds off a null set of the line need not hold there
for given in (
    "sign(x)**2 < 1/2",
    "sign(x)**2 != 1",
    "heaviside(x)*heaviside(-x) > 0",
    "(1 if x == 0 else 0) > 0",
    "floor(x) + floor(-x) > -1/2",
    "ceiling(x) - floor(x) < 1/2",
    "sqrt(-x**2) < 1",
    "w(x) > 0",
):
    FALSE[f"almost everywhere where {given}"] = equal("sign(x)**2", 1, context("x real", given, w=FunctionSpec()))

# the same, said by an integral and used inside of one
SPIKE = ("rel", ">", integral("(1 if x == 0 else 0)", ("t", 0, 1)), num(0))
FALSE["almost everywhere inside an integral where an integral says x = 0"] = equal(
    integral("sign(x)**2*exp(-t)", ("t", 0, 1)), integral("exp(-t)", ("t", 0, 1)), Context({"x": "real"}, {}, (SPIKE,))
)


@pytest.mark.parametrize("name", FALSE)
def test_false_claims_are_refused(name: str) -> None:
    with pytest.raises(NotProved):
        prove(FALSE[name])


def test_a_power_with_an_exponent_at_most_zero_is_bounded() -> None:
    body = integral("(1 + x**2*y**2)**(-a)*exp(-x**2/2)/(1 + y**2)", LINE_X, LINE_Y)
    assert prove(defined(body, context("a nonnegative")))


def test_a_strict_hypothesis_on_something_continuous_leaves_an_open_set() -> None:
    ctx = context("x real, y real", "abs(x) > y,h(x) > 0", h=FunctionSpec(smooth=0))
    assert prove(equal("sign(x)**2", 1, ctx)).almost_everywhere
