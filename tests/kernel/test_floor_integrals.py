"""Integrals of what is rounded, over ranges with few steps: piece by piece."""

from __future__ import annotations

from typing import Any

import pytest

import symrep
from symrep.claim import Claim, Context
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.kernel.instance import Instance
from symrep.kernel.integrals import evaluate
from symrep.term import ZERO, fn, num, sub, sym
from symrep.verdict import Status
from symrep.verifying.items import Item, read

FALSE = [
    ("floor(x)", "7", ("x > 7", "x < 9")),
    ("floor(x)", "7", ("x >= 7", "x <= 8")),
    ("floor(x)", "8", ("x > 7", "x < 8")),
    ("ceiling(x)", "7", ("x > 7", "x < 8")),
    ("ceiling(x)", "8", ("x >= 7", "x < 8")),
    ("floor(2*x)", "7", ("x > 7", "x < 8")),
    ("floor(-x)", "-7", ("x > 7", "x < 8")),
]
TRUE = [
    ("floor(x)", "7", ("x > 7", "x < 8")),
    ("floor(x)", "7", ("x >= 7", "x < 8")),
    ("ceiling(x)", "8", ("x > 7", "x <= 8")),
    ("floor(2*x)", "15", ("x > 15/2", "x < 8")),
    ("floor(x)", "-30", ("x > -30", "x < -29")),
    ("floor(exp(x))", "20", ("x > 3", "x < 76/25")),
]


def _everywhere(lhs: str, rhs: str, given: tuple[str, ...]) -> bool:
    try:
        return not prove(read(Item("it", lhs, rhs, {"x": "real"}, given)).claim).almost_everywhere
    except NotProved:
        return False


@pytest.mark.parametrize(("lhs", "rhs", "given"), FALSE)
def test_no_step_too_far(lhs: str, rhs: str, given: tuple[str, ...]) -> None:
    assert not _everywhere(lhs, rhs, given)


@pytest.mark.parametrize(("lhs", "rhs", "given"), TRUE)
def test_the_step_is_known(lhs: str, rhs: str, given: tuple[str, ...]) -> None:
    assert _everywhere(lhs, rhs, given)


def _constant(lo: int, hi: int, value: int, half: int = 1) -> dict[str, Any]:
    """One piece on which ⌊x⌋ is said to be a number."""
    a, b = num(lo, half), num(hi, half)
    anti = ("mul", num(value), sym("x"))
    ftc = {"kind": "ftc", "integrand": num(value), "pieces": [{"lo": a, "hi": b, "antiderivative": anti}]}
    return {"lo": a, "hi": b, "parts": [ftc]}


@pytest.mark.parametrize(
    "pieces",
    [
        [_constant(0, 3, 0)],
        [_constant(0, 3, 0, 2), _constant(3, 6, 2, 2)],
        [_constant(0, 1, 0), _constant(1, 2, 1)],
        [_constant(0, 1, 0), _constant(1, 2, 1), _constant(2, 3, 1)],
        [_constant(0, 1, 0), _constant(2, 3, 2)],
    ],
)
def test_wrong_pieces_are_refused(pieces: list[dict[str, Any]]) -> None:
    part = Instance({"kind": "pieces", "integrand": fn("floor", sym("x")), "pieces": pieces})
    with pytest.raises(NotProved):
        evaluate(fn("floor", sym("x")), "x", num(0), num(3), (part,), Context({}))


def test_right_pieces() -> None:
    pieces = [_constant(k, k + 1, k) for k in range(3)]
    part = Instance({"kind": "pieces", "integrand": fn("floor", sym("x")), "pieces": pieces})
    value = evaluate(fn("floor", sym("x")), "x", num(0), num(3), (part,), Context({}))
    assert prove(Claim("equal", {"lhs": sub(value, num(3)), "rhs": ZERO}, Context({}))).status is Status.PROVED


@pytest.mark.parametrize(
    ("lhs", "right", "wrong"),
    [
        ("Integral(floor(x), (x, 0, 3))", "3", "4"),
        ("Integral(floor(2*x)*x, (x, 0, 2))", "17/4", "4"),
        ("Integral(ceiling(x)**2, (x, -1, 2))", "5", "6"),
        ("Integral(Mod(x, 1), (x, 0, 5/2))", "9/8", "1"),
        ("Integral(floor(x)*exp(-a*x), (x, 0, 2))", "(exp(-a) - exp(-2*a))/a", "(1 - exp(-2*a))/a"),
        ("Integral(floor(x)*exp(-x**2/2)/sqrt(2*pi), (x, -1, 1))", "-erf(sqrt(2)/2)/2", "erf(sqrt(2)/2)/2"),
    ],
)
def test_integrals(lhs: str, right: str, wrong: str) -> None:
    symbols = {"a": "positive"} if "a*" in lhs else {}
    assert symrep.verify(lhs, wrong, symbols=symbols, diagnose=False).status is Status.REFUTED
    assert symrep.verify(lhs, right, symbols=symbols, diagnose=False).status is Status.PROVED
