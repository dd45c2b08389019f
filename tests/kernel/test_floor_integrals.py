"""Integrals of what is rounded, over ranges with few steps: piece by piece."""

from __future__ import annotations

import json
from typing import Any

import pytest

import symrep
from symrep.audit.check import check
from symrep.claim import Claim, Context
from symrep.errors import BadInput
from symrep.kernel.certificate import SCHEMA, prove
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Instance
from symrep.kernel.theorems.integrals import evaluate
from symrep.term import PI, ZERO, add, fn, mul, num, sub, sym
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


# --- from integer to integer ------------------------------------------------------------------------------------------

X, N, INFINITY = sym("x"), sym("n"), ("inf", 1)
FLOOR = fn("floor", X)
NATURAL = Context({"n": "nonnegative integer"})


def _piece(body: Any, anti: Any) -> dict[str, Any]:
    """∫ from k to k + 1 of what x ↦ body is there."""
    ends = {"lo": sym("k"), "hi": add(sym("k"), num(1))}
    return {"kind": "ftc", "integrand": body, "pieces": [{**ends, "antiderivative": anti}]}


def _steps(t: Any, lo: Any, hi: Any, value: Any, parts: list[dict[str, Any]], ctx: Context, k: str = "k") -> Claim:
    last = hi if hi == INFINITY else add(hi, num(-1))
    lhs, rhs = ("integral", t, ("x", lo, hi)), ("sum", value, (k, lo, last))
    step = {"theorem": "unit_steps", "lhs": lhs, "rhs": rhs, "index": k, "parts": parts}
    return Claim("rewrite", {"before": lhs, "after": rhs, "rewrites": [step]}, ctx)


RIGHT = _piece(sym("k"), mul(sym("k"), X))
FALLING = mul(FLOOR, fn("exp", mul(num(-1), X)))
FALLING_PART = _piece(mul(sym("k"), fn("exp", mul(num(-1), X))), mul(num(-1), sym("k"), fn("exp", mul(num(-1), X))))
FALLING_VALUE = mul(sym("k"), sub(fn("exp", mul(num(-1), sym("k"))), fn("exp", sub(num(-1), sym("k")))))
WAVE = fn("sign", fn("sin", mul(PI, X)))

NEXT, TWICE = add(sym("k"), num(1)), mul(num(2), sym("k"))
TAKEN = Context({"n": "nonnegative integer", "k": "real"})
EMPTY = {"kind": "ftc", "integrand": FLOOR, "pieces": []}
HALVES = fn("floor", mul(num(2), X))

#: why -> an instance that says something false, or something that does not follow
REFUSED = {
    "the ends are no integers": _steps(FLOOR, num(1, 2), N, sym("k"), [RIGHT], NATURAL),
    "n may be below 0": _steps(FLOOR, num(0), N, sym("k"), [RIGHT], Context({"n": "integer"})),
    "n may be any number": _steps(FLOOR, num(0), N, sym("k"), [RIGHT], Context({"n": "positive"})),
    "the range begins above n": _steps(FLOOR, num(5), N, sym("k"), [RIGHT], NATURAL),
    "no first step": _steps(FLOOR, ("inf", -1), N, sym("k"), [RIGHT], NATURAL),
    "another value": _steps(FLOOR, num(0), N, NEXT, [RIGHT], NATURAL),
    "another step": _steps(FLOOR, num(0), N, NEXT, [_piece(NEXT, mul(NEXT, X))], NATURAL),
    "steps of half the width": _steps(HALVES, num(0), N, TWICE, [_piece(TWICE, mul(TWICE, X))], NATURAL),
    "the index means something": _steps(mul(FLOOR, sym("k")), num(0), N, mul(sym("k"), sym("k")), [RIGHT], TAKEN),
    "the index is declared": _steps(FLOOR, num(0), N, sym("k"), [RIGHT], TAKEN),
    "the index is the variable": _steps(FLOOR, num(0), N, sym("x"), [RIGHT], NATURAL, "x"),
    "of both signs, not integrable": _steps(WAVE, num(0), INFINITY, num(1), [_piece(num(1), X)], Context({})),
    "a part of another range": _steps(FLOOR, num(0), N, sym("k"), [EMPTY], NATURAL),
}  # fmt: skip


@pytest.mark.parametrize("why", REFUSED)
def test_what_does_not_follow_is_refused_by_both(why: str) -> None:
    with pytest.raises((NotProved, BadInput)):
        prove(REFUSED[why])
    assert check({"schema": SCHEMA, "claim": REFUSED[why].to_json()}).status != "ok"


@pytest.mark.parametrize(
    "claim",
    [
        _steps(FLOOR, num(0), N, sym("k"), [RIGHT], NATURAL),
        _steps(FLOOR, num(-3), N, sym("k"), [RIGHT], NATURAL),
        _steps(FALLING, num(0), INFINITY, FALLING_VALUE, [FALLING_PART], Context({})),
    ],
)
def test_steps_are_accepted_by_both(claim: Claim) -> None:
    certificate = prove(claim).certificate
    assert certificate is not None
    assert check(json.loads(json.dumps(dict(certificate.data)))).status == "ok"


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
        ("Integral(floor(x), (x, 0, n))", "n*(n - 1)/2", "n*(n + 1)/2"),
        ("Integral(floor(x)*a*exp(-a*x), (x, 0, oo))", "1/(exp(a) - 1)", "1/(exp(a) + 1)"),
        ("Integral(ceiling(x)*a*exp(-a*x), (x, 0, oo))", "1/(1 - exp(-a))", "1/(exp(a) - 1)"),
    ],
)
def test_integrals(lhs: str, right: str, wrong: str) -> None:
    symbols = {k: v for k, v in {"a": "positive", "n": "positive integer"}.items() if f"{k}*" in lhs or f" {k})" in lhs}
    assert symrep.verify(lhs, wrong, symbols=symbols, diagnose=False).status is Status.REFUTED
    assert symrep.verify(lhs, right, symbols=symbols, diagnose=False).status is Status.PROVED
