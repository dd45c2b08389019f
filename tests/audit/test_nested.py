"""Moments of a normal law over an interval, and values put in under an integral sign."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
from kernel_terms import T, context
from numbers_of_terms import number
from theorem_terms import integral

from symrep.audit.context import Ctx
from symrep.audit.data import Bad, No
from symrep.audit.instance import Data
from symrep.audit.nested import inside
from symrep.audit.theorems import THEOREMS
from symrep.audit.values import LEMMAS


def _ctx(symbols: str = "", given: str = "") -> Ctx:
    return Ctx.read(context(symbols, given).to_json())


def _moment(lo: Any, hi: Any, ctx: Ctx, **data: Any) -> tuple[Any, Any]:
    terms = {k: v if k == "n" else T(v) for k, v in {"c": 1, "m": "m", "s": "s", **data}.items()}
    return LEMMAS["gaussian"](Data({"kind": "gaussian", **terms}), "x", T(lo), T(hi), ctx)


@pytest.mark.parametrize("n", range(5))
@pytest.mark.parametrize(("lo", "hi"), [("-oo", "oo"), ("a", "oo"), ("-oo", "b"), ("a", "b")])
def test_moments_against_quadrature(n: int, lo: str, hi: str) -> None:
    ctx = _ctx("m real, s positive, a real, b real", "a < b")
    t, value = _moment(lo, hi, ctx, n=n)
    at = {k: mpmath.mpf(v) for k, v in {"m": "0.4", "s": "1.3", "a": "-0.9", "b": "1.7"}.items()}
    got = mpmath.quad(lambda v: number(t, {**at, "x": v}), [number(T(lo), at), -0.5, 0.5, number(T(hi), at)])
    assert abs(got - number(value, at)) < 1e-10


@pytest.mark.parametrize(
    ("symbols", "lo", "hi", "data"),
    [
        ("m real, s real", "-oo", "oo", {"n": 1}),
        ("m real, s nonnegative", "-oo", "oo", {"n": 1}),
        ("m real, s positive, a real, b real", "a", "b", {"n": 1}),
        ("m real, s positive", "1", "0", {"n": 1}),
        ("m real, s positive", "oo", "-oo", {"n": 1}),
        ("m real, s positive", "-oo", "oo", {"n": -1}),
        ("m real, s positive", "-oo", "oo", {"n": 13}),
        ("m real, s positive", "-oo", "oo", {"n": 1, "c": "x"}),
        ("m real, s positive", "-oo", "oo", {"n": 1, "m": "x"}),
        ("m complex, s positive", "-oo", "oo", {"n": 1}),
    ],
)
def test_moments_refused(symbols: str, lo: str, hi: str, data: dict[str, Any]) -> None:
    with pytest.raises(No):
        _moment(lo, hi, _ctx(symbols), **data)


def test_the_order_of_a_moment_is_a_whole_number() -> None:
    with pytest.raises(Bad):
        _moment("-oo", "oo", _ctx("m real, s positive"), n="1")


# --- under an integral sign -------------------------------------------------------------------------------------------


def _ftc(lhs: Any, rhs: Any, integrand: str, lo: Any, hi: Any, big: str) -> dict[str, Any]:
    piece = {"lo": T(lo), "hi": T(hi), "antiderivative": T(big)}
    part = {"kind": "ftc", "integrand": T(integrand), "pieces": [piece]}
    return {"theorem": "value", "lhs": lhs, "rhs": T(rhs), "parts": [part]}


INNER = integral("y", ("y", 0, "x"))
STEP = _ftc(INNER, "x**2/2", "y", 0, "x", "y**2/2")


def _under(lhs: Any, rhs: Any, step: dict[str, Any], ctx: Ctx) -> None:
    inside(Data({"lhs": lhs, "rhs": rhs, "step": step}), ctx, THEOREMS)


def test_a_value_under_an_integral_sign() -> None:
    _under(integral(INNER, ("x", 0, 1)), integral("x**2/2", ("x", 0, 1)), STEP, _ctx())


@pytest.mark.parametrize(
    ("lhs", "rhs", "step", "symbols", "given"),
    [
        # ∫_{-1}^1 ∫_0^x is no integral for x < 0
        (integral(INNER, ("x", -1, 1)), integral("x**2/2", ("x", -1, 1)), STEP, "", ""),
        (integral(INNER, ("x", 0, 1)), integral("x**2", ("x", 0, 1)), STEP, "", ""),
        (integral(INNER, ("x", 0, 1)), integral("x**2/2", ("x", 0, 2)), STEP, "", ""),
        (integral(INNER, ("x", 1, 0)), integral("x**2/2", ("x", 1, 0)), STEP, "", ""),
        (integral(INNER, ("x", "a", "b")), integral("x**2/2", ("x", "a", "b")), STEP, "a positive, b positive", ""),
        (integral(INNER, ("x", 0, 1)), integral("x**2/2", ("x", 0, 1)), STEP, "x real", "x > 2"),
        (integral(INNER, ("x", 0, 1)), integral("x**2/2", ("x", 0, 1)), {**STEP, "rhs": T("x**2")}, "", ""),
        (integral("x", ("x", 0, 1)), integral("x", ("x", 0, 1)), STEP, "", ""),
        (integral("abs(x)", ("x", -1, 1)), integral("x", ("x", -1, 1)),
         {"theorem": "identity", "lhs": T("abs(x)"), "rhs": T("x")}, "", ""),
        (T("x"), T("x"), STEP, "", ""),
    ],
)  # fmt: skip
def test_what_is_not_put_in(lhs: Any, rhs: Any, step: dict[str, Any], symbols: str, given: str) -> None:
    with pytest.raises(No):
        _under(lhs, rhs, step, _ctx(symbols, given))
