"""Signs of finite sums and products of symbolic length: what both checkers must not believe, and what they find."""

from __future__ import annotations

import json
from typing import Any

import pytest

from symrep.audit.check import check
from symrep.claim import Claim, Context
from symrep.kernel.certificate import SCHEMA, prove
from symrep.kernel.fail import NotProved
from symrep.term import ONE, ZERO, Term, add, fn, mul, num, power, sub, sym
from symrep.verdict import Status

A = ("index", "a", sym("k"))
n, k = sym("n"), sym("k")
POSITIVE, NONNEGATIVE = "positive integer", "nonnegative integer"


def total(body: Term, lo: int = 1, hi: Term = n) -> Term:
    return ("sum", body, ("k", num(lo), hi))


def prod(body: Term, lo: int = 1, hi: Term = n) -> Term:
    return ("product", body, ("k", num(lo), hi))


def pole(c: Term) -> Term:
    return power(sub(k, c), num(-2))


#: term, relation to 0, kind of a, kind of n
FALSE = {
    "the empty sum": (total(A), ">", "positive", NONNEGATIVE),
    "a range that may end far below its start": (total(A), ">=", "positive", "integer"),
    "terms of both signs": (total(A), ">=", "real", POSITIVE),
    "empty for n = 1": (total(A, 2), ">", "positive", POSITIVE),
    "more than empty for n = 1": (total(A, 3), ">=", "positive", POSITIVE),
    "squares that may vanish": (total(mul(A, A)), ">", "real", POSITIVE),
    "the empty product": (sub(ONE, prod(A)), ">", "unit", NONNEGATIVE),
    "factors above one": (sub(ONE, prod(A)), ">", "positive", POSITIVE),
    "a sum that starts below zero": (total(sub(k, num(2))), ">=", "real", POSITIVE),
    "an end that is no integer": (total(A), ">", "positive", "positive"),
    "a pole on the range": (total(pole(num(3))), ">", "real", POSITIVE),
    "a pole that may lie on the range": (total(pole(sym("x"))), ">=", "real", POSITIVE),
    "logarithms of squares": (total(fn("log", mul(A, A))), ">", "real", POSITIVE),
    "squares of complex numbers": (total(mul(A, A)), ">=", "complex", POSITIVE),
}
TRUE = {
    "positive terms": (total(A), ">", "positive", POSITIVE),
    "or none": (total(A), ">=", "positive", NONNEGATIVE),
    "negative logarithms": (total(fn("log", A)), "<", "unit", POSITIVE),
    "a product of numbers below one": (sub(ONE, prod(A)), ">", "unit", POSITIVE),
    "or of none": (sub(ONE, prod(A)), ">=", "unit", NONNEGATIVE),
    "one factor more": (sub(ONE, mul(("index", "a", add(n, ONE)), prod(A))), ">", "unit", POSITIVE),
    "factors above one": (sub(prod(add(ONE, A)), ONE), ">", "positive", POSITIVE),
    "squares": (total(mul(A, A)), ">=", "real", POSITIVE),
}


def claim(term: Term, op: str, a: str, kind: str) -> Claim:
    context = Context({"a": a, "n": kind, "x": "real"}, {}, ())
    return Claim("relation", {"lhs": term, "op": op, "rhs": ZERO}, context)


def audited(c: Claim) -> str:
    data: Any = json.loads(json.dumps({"schema": SCHEMA, "claim": c.to_json()}))
    return check(data).status


@pytest.mark.parametrize("row", FALSE.values(), ids=FALSE)
def test_must_not_be_believed(row: tuple[Term, str, str, str]) -> None:
    with pytest.raises(NotProved):
        prove(claim(*row))
    assert audited(claim(*row)) != "ok"


@pytest.mark.parametrize("row", TRUE.values(), ids=TRUE)
def test_found_by_both(row: tuple[Term, str, str, str]) -> None:
    assert prove(claim(*row)).status is Status.PROVED
    assert audited(claim(*row)) == "ok"
