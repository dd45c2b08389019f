"""Equalities put in under an integral sign: what must not go through."""

from __future__ import annotations

from typing import Any

import pytest
from kernel_terms import T, context
from theorem_terms import integral, rewrite

from symrep.audit.check import check
from symrep.claim import Claim, Context
from symrep.kernel.certificate import SCHEMA, prove
from symrep.kernel.fail import NotProved

INNER = integral("exp(-a*y)", ("y", 0, "x"))
VALUE = T("(1 - exp(-a*x))/a")
PRIMITIVE = {"lo": T(0), "hi": T("x"), "antiderivative": T("-exp(-a*y)/a")}
STEP = {
    "theorem": "value",
    "lhs": INNER,
    "rhs": VALUE,
    "parts": [{"kind": "ftc", "integrand": T("exp(-a*y)"), "pieces": [PRIMITIVE]}],
}
CTX = context("a positive, c positive, b real")


def claim(lo: Any, hi: Any, ctx: Context = CTX, step: Any = None, **wrong: Any) -> Claim:
    whole = ("integral", INNER, ("x", T(lo), T(hi)))
    after = ("integral", VALUE, ("x", T(lo), T(hi)))
    data = {"theorem": "inside", "lhs": whole, "rhs": after, "step": step or STEP, **wrong}
    return rewrite(whole, data["rhs"], ctx, data)


def accepted(c: Claim) -> None:
    assert not prove(c).almost_everywhere
    answer = check({"schema": SCHEMA, "claim": c.to_json()})
    assert (answer.status, answer.almost_everywhere) == ("ok", False), answer.reason


def refused(c: Claim) -> None:
    with pytest.raises(NotProved):
        prove(c)
    assert check({"schema": SCHEMA, "claim": c.to_json()}).status != "ok"


def test_in_order() -> None:
    prove(claim(0, "c"))
    prove(claim(1, 2))


@pytest.mark.parametrize(
    ("lo", "hi"),
    [
        ("b", "c"),  # perhaps reversed, and x perhaps negative
        ("c", 0),
        ("-1", "c"),  # the inner range is reversed for x < 0
        ("x", "c"),
        ("-oo", "oo"),
    ],
)
def test_ranges_it_is_not_about(lo: Any, hi: Any) -> None:
    with pytest.raises(NotProved):
        prove(claim(lo, hi))


@pytest.mark.parametrize(
    "wrong",
    [
        {"rhs": integral("(1 - exp(-a*x))/a**2", ("x", 0, "c"))},
        {"rhs": integral("(1 - exp(-a*x))/a", ("x", 0, 1))},
        {"rhs": integral("(1 - exp(-a*t))/a", ("t", 0, "c"))},
    ],
)
def test_other_right_sides(wrong: dict[str, Any]) -> None:
    with pytest.raises(NotProved):
        prove(claim(0, "c", **wrong))


@pytest.mark.parametrize(
    "change",
    [
        {"theorem": "hypothesis"},
        {"theorem": "linearity", "masses": []},
        {"theorem": "nonsense"},
        {"rhs": T("(1 - exp(-a*x))/a + 1")},
        {"lhs": integral("exp(-a*y)", ("y", 0, 1)), "rhs": T("(1 - exp(-a))/a")},
        {"parts": []},
    ],
)
def test_steps_that_do_not_hold_there(change: dict[str, Any]) -> None:
    with pytest.raises(NotProved):
        prove(claim(0, "c", step={**STEP, **change}))


def test_a_variable_that_means_something_outside() -> None:
    accepted(claim(0, "c", context("a positive, c positive, x positive")))  # it means something else there
    for declared, given in (("x real", "x > 2"), ("x negative", ""), ("x unit", "")):
        refused(claim(0, "c", context(f"a positive, c positive, {declared}", given)))


LAW = ("law", (("x", T(0), T("oo")),), T("exp(-x)"))


def expectation(ctx: Context, value: Any = VALUE, its_law: Any = LAW) -> Claim:
    before, after = ("expect", INNER, its_law), ("expect", T(value) if isinstance(value, str) else value, its_law)
    return rewrite(before, after, ctx, {"theorem": "inside", "lhs": before, "rhs": after, "step": STEP})


def test_under_a_law() -> None:
    accepted(expectation(CTX))
    for ctx, value, its_law in (
        (CTX, "(1 - exp(-a*x))/a + 1", LAW),
        (context("a positive", "x > 2"), VALUE, LAW),
        (context("a real"), VALUE, LAW),
        (CTX, VALUE, ("law", (("x", T("-oo"), T("oo")),), T("exp(-x**2/2)/sqrt(2*pi)"))),  # the inner range is reversed
        (CTX, VALUE, ("law", (("x", T(0), T(1)), ("z", T(0), T(1))), T(1))),
    ):
        refused(expectation(ctx, value, its_law))


def defined(term: Any, *steps: Any, ctx: Context = CTX) -> Claim:
    return Claim("defined", {"term": term, "rewrites": list(steps)}, ctx)


def inside(whole: Any) -> dict[str, Any]:
    return {"theorem": "inside", "lhs": whole, "rhs": (whole[0], VALUE, *whole[2:]), "step": STEP}


def test_a_repeated_integral_converges_when_the_inner_one_has_a_value() -> None:
    finite, infinite = (("integral", INNER, ("x", T(0), T(hi))) for hi in ("c", "oo"))
    accepted(defined(finite, inside(finite)))
    accepted(defined(("expect", INNER, LAW), inside(("expect", INNER, LAW))))
    refused(defined(infinite, inside(infinite)))
    refused(defined(infinite, {"theorem": "identity", "lhs": infinite, "rhs": infinite}))
    refused(defined(infinite, {"theorem": "linearity", "lhs": infinite, "rhs": T(0), "masses": []}))


def test_the_order_of_a_repeated_integral_matters() -> None:
    # ∫_0^1 ∫_0^1 (x² − y²)/(x² + y²)² dy dx = π/4, and −π/4 the other way round
    def both(first: str, second: str, sign: int) -> Claim:
        body = "(x**2 - y**2)/(x**2 + y**2)**2"
        inner = integral(body, (first, 0, 1))
        primitive = f"{'-' if first == 'x' else ''}{first}/(x**2 + y**2)"
        value = T(f"{'-' if first == 'x' else ''}1/(1 + {second}**2)")
        piece = {"lo": T(0), "hi": T(1), "antiderivative": T(primitive)}
        step = {"theorem": "value", "lhs": inner, "rhs": value,
                "parts": [{"kind": "ftc", "integrand": T(body), "pieces": [piece]}]}  # fmt: skip
        whole, once = ("integral", inner, (second, T(0), T(1))), ("integral", value, (second, T(0), T(1)))
        last = {"lo": T(0), "hi": T(1), "antiderivative": T(f"{'-' if first == 'x' else ''}atan({second})")}
        rewrites = [
            {"theorem": "inside", "lhs": whole, "rhs": once, "step": step},
            {"theorem": "value", "lhs": once, "rhs": T(f"{sign}*pi/4"),
             "parts": [{"kind": "ftc", "integrand": value, "pieces": [last]}]},
        ]  # fmt: skip
        return rewrite(whole, T(f"{sign}*pi/4"), Context(), *rewrites)

    prove(both("y", "x", 1))
    prove(both("x", "y", -1))
    for order, sign in ((("y", "x"), -1), (("x", "y"), 1)):
        with pytest.raises(NotProved):
            prove(both(*order, sign))
