"""Fubini's theorem and values of sums inside integrals: what must not go through, and what does."""

from __future__ import annotations

from typing import Any

import pytest
from kernel_terms import T, context
from theorem_terms import integral, mean, normal, total, whole

from symrep.audit.check import check
from symrep.claim import Claim, Context
from symrep.kernel.certificate import SCHEMA, prove
from symrep.kernel.fail import NotProved
from symrep.term import mul

PLANE = "a real, b real, sigma positive, mu real"
SQUARE = (("x", 0, 1), ("y", 0, 1))


def accepted(c: Claim) -> None:
    assert not prove(c).almost_everywhere
    answer = check({"schema": SCHEMA, "claim": c.to_json()})
    assert (answer.status, answer.almost_everywhere) == ("ok", False), answer.reason


def refused(c: Claim) -> None:
    with pytest.raises(NotProved):
        prove(c)
    assert check({"schema": SCHEMA, "claim": c.to_json()}).status != "ok"


def fubini(lhs: Any, rhs: Any, ctx: Context | str = PLANE) -> Claim:
    return whole("fubini", lhs, rhs, context(ctx) if isinstance(ctx, str) else ctx)


def nested(body: str, *ranges: Any) -> Any:
    for r in reversed(ranges):
        body = integral(body, r)
    return body


# --- what is wrong ------------------------------------------------------------------------------------------------


def test_not_absolutely_convergent() -> None:
    """The classical example: the two orders give 1/2 and −1/2."""
    kernel = "(x - y)/(x + y)**3"
    refused(fubini(nested(kernel, *SQUARE), nested(kernel, *reversed(SQUARE))))


def test_another_integrand() -> None:
    refused(fubini(integral("x*y**2", *SQUARE), nested("x**2*y", *SQUARE)))


def test_another_range() -> None:
    refused(fubini(integral("x*y", *SQUARE), nested("x*y", ("x", 0, 1), ("y", 0, 2))))


def test_ranges_exchanged() -> None:
    left, right = (("x", 0, 1), ("y", 0, 2)), (("x", 0, 2), ("y", 0, 1))
    refused(fubini(nested("x*y", *left), nested("x*y", *right)))


def test_a_variable_left_out() -> None:
    refused(fubini(integral("x*y", *SQUARE), integral("x*y", ("x", 0, 1))))
    refused(fubini(integral("x*y", *SQUARE), nested("x*y", *SQUARE, ("z", 0, 1))))


def test_a_range_that_depends_on_the_other_variable() -> None:
    triangle = nested("x*y", ("x", 0, 1), ("y", 0, "x"))
    refused(fubini(triangle, nested("x*y", ("y", 0, "x"), ("x", 0, 1))))


def test_a_name_bound_twice() -> None:
    """∫ x (∫ x dx) dx is no integral over two variables."""
    inner = integral("x", ("x", 0, 1))
    refused(fubini(integral(mul(T("x"), inner), ("x", 0, 1)), nested("x**2", *SQUARE)))
    refused(fubini(integral(mul(T("x"), inner), ("x", 0, 1)), integral(integral("x**2", ("x", 0, 1)), ("x", 0, 1))))


def test_a_factor_that_speaks_of_an_inner_name() -> None:
    """The y beside the inner integral is a number; the y inside is integrated over."""
    beside = integral(mul(T("y"), integral("y", ("y", 0, 1))), ("x", 0, 1))
    refused(fubini(beside, nested("y**2", *SQUARE), "y real"))


def test_a_density_that_speaks_of_an_inner_name() -> None:
    outer = mean(mean("x*y", normal("y")), normal("x", "y"))
    refused(fubini(outer, mean(mean("x*y", normal("x", "y")), normal("y")), "y real"))


def test_another_law() -> None:
    left = mean(mean("x*y", normal("y", "mu", "sigma")), normal("x"))
    refused(fubini(left, mean(mean("x*y", normal("x", "mu", "sigma")), normal("y"))))


def test_one_variable() -> None:
    refused(fubini(integral("x", ("x", 0, 1)), integral("x", ("x", 0, 1))))


# --- what is right ------------------------------------------------------------------------------------------------


def test_both_orders() -> None:
    for left in (integral("exp(a*x)*(x + y)", *SQUARE), nested("exp(a*x)*(x + y)", *SQUARE)):
        accepted(fubini(left, nested("exp(a*x)*(x + y)", *reversed(SQUARE))))


def test_expectations() -> None:
    left = mean(mean("x**2*y + b", normal("y", "mu", "sigma")), normal("x"))
    accepted(fubini(left, mean(mean("x**2*y + b", normal("x")), normal("y", "mu", "sigma"))))


def test_an_inner_law_that_depends_on_the_outer_variable() -> None:
    """As in a hierarchical model: only the whole integrand counts."""
    inside = mean("y**2", normal("y", "x"))
    weight = mul(T("y**2"), normal("x")[2], normal("y", "x")[2])
    accepted(fubini(mean(inside, normal("x")), integral(weight, ("x", "-oo", "oo"), ("y", "-oo", "oo"))))


def test_factors_beside_an_inner_integral() -> None:
    left = integral(mul(T("a*x"), integral("x*y", ("y", 0, 1)), T("b")), ("x", 0, 1))
    accepted(fubini(left, nested("a*b*x**2*y", *reversed(SQUARE))))


# --- sums inside integrals, and integrals inside sums ---------------------------------------------------------------


def poisson(rate: str, value: str, lhs: Any = None) -> dict[str, Any]:
    """Σ k r^k e^(−r)/k! as one term, and what is claimed of it."""
    whole_sum = lhs or total(f"k*exp(-({rate}))*({rate})**k/factorial(k)", ("k", 0, "oo"))
    part = {
        "kind": "exponential",
        "c": T(f"exp(-({rate}))"),
        "x": T(rate),
        "m": T("1"),
        "offset": T("0"),
        "start": T("0"),
    }
    return {"theorem": "sum_value", "lhs": whole_sum, "rhs": T(value), "parts": [part]}


def under(around: Any, step: dict[str, Any], ctx: str = "c positive") -> Claim:
    """The step put in under what ``around`` makes of a term."""
    return whole("inside", around(step["lhs"]), around(step["rhs"]), context(ctx), step=step)


def over_w(t: Any) -> Any:
    return integral(t, ("w", 0, "c"))


def test_a_wrong_value_of_a_sum_inside() -> None:
    refused(under(over_w, poisson("w", "w + 1")))
    refused(under(over_w, poisson("w", "w**2")))


def test_a_sum_inside_has_to_converge_for_every_value() -> None:
    """Σ k x^k = x/(1 − x)² for |x| < 1, and the range of x is longer."""
    part = {"kind": "geometric", "c": T("1"), "x": T("x"), "m": T("1"), "offset": T("0"), "start": T("0")}
    step = {"theorem": "sum_value", "lhs": total("k*x**k", ("k", 0, "oo")), "rhs": T("x/(1-x)**2"), "parts": [part]}
    refused(under(lambda t: integral(t, ("x", 0, 2)), step))
    accepted(under(lambda t: integral(t, ("x", 0, "1/2")), step))


def test_a_sum_inside_has_to_converge_absolutely() -> None:
    part = {"kind": "logarithm", "c": T("1"), "x": T("-1"), "offset": T("0"), "start": T("1")}
    lhs = total("(-1)**k/k", ("k", 1, "oo"))
    refused(under(over_w, {"theorem": "sum_value", "lhs": lhs, "rhs": T("-log(2)"), "parts": [part]}))


def test_only_values_inside() -> None:
    step = {"theorem": "identity", "lhs": T("w"), "rhs": T("w")}
    refused(under(over_w, step))


#: ∫_0^∞ x e^(−a x) dx at a = k
RATE = {
    "theorem": "value",
    "lhs": integral("exp(-k*x)", ("x", 0, "oo")),
    "rhs": T("1/k"),
    "parts": [
        {
            "kind": "ftc",
            "integrand": T("exp(-k*x)"),
            "pieces": [{"lo": T("0"), "hi": ("inf", 1), "antiderivative": T("-exp(-k*x)/k")}],
        }
    ],
}


def test_an_integral_inside_a_sum() -> None:
    """It converges for k ≥ 1 and not for k = 0, and a sum has no null sets."""
    refused(under(lambda t: total(t, ("k", 0, "n")), RATE, "n positive integer"))
    refused(under(lambda t: total(t, ("k", 1, "c")), RATE))
    refused(under(lambda t: total(t, ("k", 1, "n")), {**RATE, "rhs": T("1/k**2")}, "n positive integer"))
    accepted(under(lambda t: total(t, ("k", 1, "n")), RATE, "n positive integer"))


def test_a_sum_inside_an_integral() -> None:
    accepted(under(over_w, poisson("w", "w")))


def defined(term: Any, *rewrites: Any, ctx: str = "a real, b real") -> Claim:
    return Claim("defined", {"term": term, "rewrites": list(rewrites)}, context(ctx))


def test_convergence_over_all_variables() -> None:
    one_by_one = mean(mean("(x + y)**2", normal("y")), normal("x"))
    together = integral(mul(T("(x + y)**2"), normal("x")[2], normal("y")[2]), ("x", "-oo", "oo"), ("y", "-oo", "oo"))
    step = {"theorem": "fubini", "lhs": one_by_one, "rhs": together}
    accepted(defined(one_by_one, step))
    refused(defined(one_by_one, {**step, "rhs": one_by_one}))
    refused(defined(together, {**step, "backward": True}))
    refused(defined(one_by_one))
