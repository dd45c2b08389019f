"""False claims a third round of attacks tried: null sets, names, limits. None may be proved."""

from __future__ import annotations

import pytest
from kernel_terms import T, context
from theorem_terms import equal, integral, rewrite, step, whole

from symrep.claim import Claim
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.term import Term

XY = context("x real, y real")

# where a branch or a formula has no value, the whole may have one: at x = y = 0 the sides of each are different numbers
SOMEWHERE: dict[str, Claim] = {
    "a pole in one branch": equal("1/x if y > 0 else 3", "1/x if y > 0 else 4 - sign(x)**2", XY),
    "a pole in a condition": equal(
        "2 if y <= 0 else (3 if 1/x > 1 else 5)", "3 - sign(x)**2 if y <= 0 else (3 if 1/x > 1 else 5)", XY
    ),
}
# these are differentiable at 0, where the formula for the derivative divides by 0
for body in ("si(x)", "sqrt(x**4)"):
    SOMEWHERE[f"a pole of the formula for the derivative of {body}"] = equal(
        f"diff({body}, x) + sign(x)**2", f"diff({body}, x) + 1", XY
    )


@pytest.mark.parametrize("name", SOMEWHERE)
def test_a_part_without_a_value_does_not_take_the_value_of_the_whole(name: str) -> None:
    assert prove(SOMEWHERE[name]).almost_everywhere


def _limit(body: str) -> Term:
    return ("limit", T(body), ("x", ("inf", 1), ("num", 0, 1)))


LOG_MOMENT = integral("x*log(x)*exp(-z_1*x)", ("x", 0, "oo"))

FALSE: dict[str, Claim] = {
    # sign(sin(x)) is 0 at kπ: its square has no limit at ∞
    "what holds almost everywhere under a limit": rewrite(
        _limit("sign(sin(x))**2"),
        "1",
        context("x real"),
        step("identity", "sign(sin(x))**2", "1"),
        step("limit", _limit("1"), "1", below=T("1")),
    ),
    # ∂_z Γ(z) z^(−z) at 2, with the parameter taken for z; it is (1 − γ − log z_1)/z_1²
    "a parameter with a name of the kernel's own": whole(
        "value",
        LOG_MOMENT,
        "(digamma(2) - log(2) - 1)/4",
        context("z_1 positive"),
        parts=[{"kind": "mellin_exp", "c": T("1"), "a": T("2"), "b": T("z_1"), "p": T("1"), "k": 1}],
    ),
}


# each says that x = 0, but would not if n could be a fraction, or 0 where it is not
for symbols, given in (
    ("n integer", "x**2*(n*(n - 1) + 1/8) <= 0"),
    ("n positive integer", "x**2*((n - 1)*(n - 2) + 1/8) <= 0"),
    ("n integer", "x**2*(n**2 - 1/2) <= 0,n != 0"),
):
    FALSE[f"almost everywhere where {given}"] = equal("sign(x)**2", 1, context(f"x real, {symbols}", given))


@pytest.mark.parametrize("name", FALSE)
def test_false_claims_are_refused(name: str) -> None:
    with pytest.raises(NotProved):
        prove(FALSE[name])


def test_a_parameter_of_any_name_has_its_value() -> None:
    parts = [{"kind": "mellin_exp", "c": T("1"), "a": T("2"), "b": T("z_1"), "p": T("1"), "k": 1}]
    right = whole("value", LOG_MOMENT, "(digamma(2) - log(z_1))/z_1**2", context("z_1 positive"), parts=parts)
    assert not prove(right).almost_everywhere


def test_a_hypothesis_on_integers_that_leaves_an_open_set() -> None:
    assert prove(equal("sign(x)**2", 1, context("x real, n integer", "x**2*(n - 3) <= 0"))).almost_everywhere
