"""Integrals by cases of a sign: what both checkers must refuse, and what they take."""

from __future__ import annotations

from typing import Any

import pytest
from kernel_terms import T, context
from theorem_terms import integral, whole

from symrep.audit.check import check
from symrep.claim import Claim, Context
from symrep.errors import BadInput
from symrep.kernel.certificate import SCHEMA, prove
from symrep.kernel.fail import NotProved

REAL = context("m real, t real")


def antiderivative(t: Any, f: Any) -> list[dict[str, Any]]:
    piece = {"lo": T("0"), "hi": T("1"), "antiderivative": T(f)}
    return [{"kind": "ftc", "integrand": T(t), "pieces": [piece]}]


def cases(
    t: str, value: Any, ctx: Context, on: str, above: Any, below: Any, op: str = ">=", edge: str | None = None
) -> Claim:
    """∫_0^1 t dx is the value, by an antiderivative of t for each half (or several parts)."""
    halves = {
        k: antiderivative(*(f if isinstance(f, tuple) else (t, f))) for k, f in (("above", above), ("below", below))
    }
    part = {"kind": "cases", "integrand": T(t), "on": T(on), "op": op, **halves}
    if edge is not None:
        part["edge"] = antiderivative(t, edge)
    return whole("value", integral(t, ("x", 0, 1)), value, ctx, parts=[part])


def auditor(claim: Claim) -> Any:
    return check({"schema": SCHEMA, "claim": claim.to_json()})


OPEN = ">"
FALSE = {
    # ∫ |m − t| is t − m on one half
    "true on one half only": cases("abs(m-t)", "m-t", REAL, "m-t", "(m-t)*x", "(t-m)*x"),
    "the same antiderivative twice": cases("abs(m-t)", "m-t", REAL, "m-t", "(m-t)*x", "(m-t)*x"),
    "the halves exchanged": cases("abs(m-t)", "abs(m-t)", REAL, "m-t", "(t-m)*x", "(m-t)*x"),
    "the other side's": cases("abs(m-t)", "t-m if m>=t else m-t", REAL, "m-t", "(m-t)*x", "(t-m)*x"),
    "another integrand": cases("abs(m-t)", "abs(m-t)", REAL, "m-t", "(m-t)*x", ("t-m", "(t-m)*x + x**2")),
    "another value at the edge": cases("sign(m-t)**2", 1, REAL, "m-t", "x", "x", edge="0"),
    "at the edge as beside it": cases("sign(m-t)**2", 1, REAL, "m-t", "x", "x", edge="x"),
    "the edge alone": cases("abs(m-t)", "m-t", REAL, "m-t", "(m-t)*x", "(m-t)*x", edge="0"),
    # at m = t the integrand is 0 and the value is not
    "open, where the edge has weight": cases("sign(m-t)**2", 1, context("m integer, t integer"), "m-t", "x", "x", OPEN),
    "open, on a domain that is the edge": cases("sign(m)**2", 1, context("m real", "m>=0,m<=0"), "m", "x", "x", OPEN),
    "open, on a domain that is given to be the edge": cases(
        "sign(m-t)**2", 1, context("m real, t real", "m==t"), "m-t", "x", "x", OPEN
    ),
    "open, nothing but the edge": cases("sign(m)", 7, REAL, "0", "7*x", "7*x", OPEN),
    "open, vanishing on a half": cases("sign(m)**2", 1, REAL, "m + abs(m)", "x", "x", OPEN),
    # no sign is defined for every value
    "complex": cases("abs(z)**2", "z**2", context("z complex"), "z", "z**2*x", "z**2*x"),
    "undeclared": cases("abs(m)", "m", context(), "m", "m*x", "m*x"),
    "a logarithm": cases("sign(m)", 1, REAL, "log(m)", "x", "x"),
    "a root": cases("sign(m)", 1, REAL, "sqrt(m)", "x", "x"),
    "a quotient": cases("sign(m)**2", 1, REAL, "1/m", "x", "x"),
    # no two halves of anything
    "one half twice": cases("abs(m)", "-m", REAL, "m", "-m*x", "-m*x", "<"),
    "nowhere": cases("abs(m)", "-m", REAL, "m", "-m*x", "-m*x", "!="),
    # x is what is integrated over
    "the variable of integration": cases("abs(x-t)", "1/2", context("x real, t real"), "x", "x**2/2", "x**2/2"),
    "what is bound inside": whole(
        "value",
        ("integral", integral("abs(m)", ("m", -1, 1)), ("x", T("0"), T("1"))),
        "0",
        REAL,
        parts=[
            {
                "kind": "cases",
                "integrand": integral("abs(m)", ("m", -1, 1)),
                "on": T("m"),
                "op": ">=",
                "above": [],
                "below": [],
            }
        ],
    ),
}


@pytest.mark.parametrize("name", sorted(FALSE))
def test_is_refused(name: str) -> None:
    with pytest.raises((NotProved, BadInput)):
        prove(FALSE[name])
    assert auditor(FALSE[name]).status != "ok"


TRUE = {
    "modulus": cases("abs(m-t)", "abs(m-t)", REAL, "m-t", "(m-t)*x", "(t-m)*x"),
    "its piecewise form": cases("abs(m-t)", "m-t if m>=t else t-m", REAL, "m-t", "(m-t)*x", "(t-m)*x"),
    "with the edge": cases("abs(m-t)", "abs(m-t)", REAL, "m-t", "(m-t)*x", "(t-m)*x", edge="0"),
    "of a square": cases("abs(m**2-t)*x", "abs(m**2-t)/2", REAL, "m**2-t", "(m**2-t)*x**2/2", "(t-m**2)*x**2/2"),
}


@pytest.mark.parametrize("name", sorted(TRUE))
def test_holds_everywhere(name: str) -> None:
    assert not prove(TRUE[name]).almost_everywhere
    answer = auditor(TRUE[name])
    assert (answer.status, answer.almost_everywhere) == ("ok", False), answer.reason


@pytest.mark.parametrize("on", ["m-t", "t-m", "2*m-2*t"])
def test_holds_off_the_edge(on: str) -> None:
    claim = cases("sign(m-t)**2", 1, REAL, on, "x", "x", OPEN)
    assert prove(claim).almost_everywhere
    answer = auditor(claim)
    assert (answer.status, answer.almost_everywhere) == ("ok", True), answer.reason


def test_the_edge_belongs_to_a_closed_half() -> None:
    claim = cases("sign(m-t)**2", 1, REAL, "m-t", "x", "x")  # 0 at m = t
    assert prove(claim).almost_everywhere
    answer = auditor(claim)
    assert answer.status != "ok" or answer.almost_everywhere


def test_no_derivative_is_taken_where_two_symbols_are_equal() -> None:
    t = "diff(x*m**2, m)*abs(m-t)"
    claim = cases(t, "m*abs(m-t)", REAL, "m-t", "m*(m-t)*x**2", "m*(t-m)*x**2", edge="0")
    with pytest.raises(NotProved, match="derivatives under a given equality"):
        prove(claim)
    assert auditor(claim).status == "fails"
