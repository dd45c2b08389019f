"""Limits as terms: what the auditor must not believe, and that it follows whatever ``symrep verify`` proves of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sum_terms import instance

from symrep.audit.check import check
from symrep.audit.data import Bad
from symrep.audit.decoding import read
from symrep.claim import Claim, Context
from symrep.kernel.certificate import SCHEMA, prove
from symrep.reading import Reader
from symrep.verifying.limits import limits_in_worker

KINDS = {"x": "real", "a": "positive", "m": "real"}


def status(claim: Claim) -> str:
    try:
        return check(json.loads(json.dumps({"schema": SCHEMA, "claim": claim.to_json()}))).status
    except Bad:
        return "malformed"


FALSE = [
    ("Limit(sin(y)/y, y, 0)", "0", "1", "-1"),
    ("Limit(Abs(y)/y, y, 0, '-')", "1", "1", "-1"),
    ("Limit(Abs(y)/y, y, 0, '+')", "-1", "1", "-1"),
    ("Limit(Abs(y)/y, y, 0, '+-')", "1", "1", "-1"),
    ("Limit(Abs(y)/y, y, 0, '+-')", "-1", "1", "-1"),
    ("Limit(Heaviside(y), y, 0, '+-')", "1/2", "1", "-1"),
    ("Limit(1/y, y, 0)", "0", "1", "-1"),
    ("Limit(log(y), y, 0)", "0", "1", "-1"),
    ("Limit(1/y**2, y, 0, '+-')", "0", "1", "-1"),
    ("Limit(sin(y), y, oo)", "0", "1", "1"),
    ("Limit(sin(1/y), y, 0)", "0", "1", "1"),
    ("Limit(exp(-x*y), y, oo)", "0", "1", "1"),
    ("Limit((1 + a/y)**y, y, oo)", "exp(2*a)", "1", "1"),
    ("Limit(y**2 + a, y, a, '-')", "a**2", "a + 1", "a - 1"),
    ("Limit(atan(y), y, -oo)", "pi/2", "-1", "1"),
    ("Limit(asin(y)/y, y, 0)", "2", "1", "-1"),
    # looked at from where the point does not lie
    ("Limit(Abs(y)/y, y, 0, '-')", "1", "-1", "1"),
    ("Limit(Abs(y)/y, y, 0)", "1", "x", "-1"),
    ("Limit(Abs(y)/y, y, 0)", "1", "0", "-1"),
    # exceptions on a null set that accumulates at the point
    ("Limit(sign(sin(1/y))**2, y, 0)", "1", "1", "-1"),
    ("Limit(Piecewise((0, sin(1/y)**2 <= 0), (1, True)), y, 0)", "1", "1", "-1"),
    ("Limit(Abs(sin(1/y))/sin(1/y)*sign(sin(1/y)), y, 0)", "1", "1", "-1"),
    ("Limit(sin(y)/sin(y), y, oo)", "1", "1", "1"),
    # not real near the point
    ("Limit(y*asin(2 + y), y, 0)", "0", "1", "-1"),
    ("Limit(y*log(y), y, 0, '-')", "0", "1", "-1"),
    ("Limit(sqrt(y), y, 0, '+-')", "0", "1", "-1"),
    ("Limit(y*acosh(y), y, 0)", "0", "1", "-1"),
    ("Limit(sin(x)/x, y, 0)", "sin(x)/x", "1", "-1"),
]


@pytest.mark.parametrize(("lhs", "rhs", "above", "below"), FALSE)
def test_false_ones(lhs: str, rhs: str, above: str, below: str) -> None:
    assert status(instance("limit", lhs, rhs, above=above, below=below)) != "ok"


TRUE = [
    ("Limit(sin(y)/y, y, 0, '+-')", "1", "1", "-1"),
    ("Limit(Abs(y)/y, y, 0, '-')", "-1", "1", "-1"),
    ("Limit(y*log(y), y, 0)", "0", "1", "-1"),
    ("Limit((1 + a/y)**y, y, oo)", "exp(a)", "1", "0"),
    ("Limit(atan(y), y, -oo)", "-pi/2", "-1", "1"),
    ("Limit(asin(y)/y, y, 0, '+-')", "1", "1", "-1"),
    ("Limit((acos(y + u) - acos(u))/y, y, 0, '+-')", "-1/sqrt(1 - u**2)", "1", "-1"),
    ("Limit(y**2 + a, y, a, '-')", "a**2 + a", "a + 1", "a - 1"),
    ("Limit(loggamma(y) - (y - 1/2)*log(y) + y, y, oo)", "log(2*pi)/2", "1", "1"),
    ("Limit(sin(1/y)*y, y, 0, '+-')", "0", "1", "-1"),
]


@pytest.mark.parametrize(("lhs", "rhs", "above", "below"), TRUE)
def test_true_ones(lhs: str, rhs: str, above: str, below: str) -> None:
    assert status(instance("limit", lhs, rhs, above=above, below=below)) == "ok"


VERIFIED = [
    ("Limit(sin(x)/x, x, 0)", "1"),
    ("limit((1 + a/x)**x, x, oo)", "exp(a)"),
    ("Limit(Heaviside(x), x, 0, '-')", "0"),
    ("Limit(x**2 + a, x, a, '+-')", "a**2 + a"),
    ("Limit(exp(-(x - m)**2), x, -oo) + 1", "Limit(tanh(x), x, oo)"),
]


@pytest.mark.parametrize(("lhs", "rhs"), VERIFIED)
def test_what_is_verified_is_followed(lhs: str, rhs: str) -> None:
    used = {n: k for n, k in KINDS.items() if n in lhs + rhs}
    reader, ctx = Reader(used), Context(used, {}, ())
    claim = Claim("equal", {"lhs": reader.expression(lhs, "lhs"), "rhs": reader.expression(rhs, "rhs")}, ctx)
    found = limits_in_worker({"claim": claim.to_json(), "seconds": 10})
    assert found is not None
    rewrite = Claim("rewrite", found["data"], ctx)
    prove(rewrite)
    assert status(rewrite) == "ok"


LIMIT = Reader({"x": "real"}).expression("Limit(sin(x), x, oo)", "test")
CTX = Context({"x": "real"}, {}, ())


@pytest.mark.parametrize(
    "claim",
    [
        Claim("equal", {"lhs": LIMIT, "rhs": LIMIT}, CTX),
        Claim("equal", {"lhs": ("mul", ("num", 0, 1), LIMIT), "rhs": ("num", 0, 1)}, CTX),
        Claim("equal", {"lhs": ("add", LIMIT, ("mul", ("num", -1, 1), LIMIT)), "rhs": ("num", 0, 1)}, CTX),
        Claim("equal", {"lhs": ("diff", LIMIT, "x"), "rhs": ("diff", LIMIT, "x")}, CTX),
        Claim("defined", {"term": LIMIT}, CTX),
        Claim("rewrite", {"before": LIMIT, "after": LIMIT, "rewrites": []}, CTX),
    ],
)
def test_a_limit_is_no_number_before_its_value_is_put_in(claim: Claim) -> None:
    assert status(claim) != "ok"


def test_what_leaves_a_null_set_out_is_not_put_in_under_a_limit() -> None:
    """Such sets may accumulate at the point."""
    reader, one = Reader({"y": "real"}), ("num", 1, 1)
    old, ctx = reader.expression("y/y", "test"), Context({"y": "real"}, {}, ())
    body = ("limit", old, ("y", ("num", 0, 1), one))
    first = {"theorem": "identity", "lhs": old, "rhs": one}
    second = {"theorem": "limit", "lhs": ("limit", one, body[2]), "rhs": one, "above": one, "below": ("num", -1, 1)}
    assert status(Claim("rewrite", {"before": old, "after": one, "rewrites": [first]}, ctx)) == "ok"
    alone = Claim("rewrite", {"before": second["lhs"], "after": one, "rewrites": [second]}, ctx)
    assert status(alone) == "ok"
    assert status(Claim("rewrite", {"before": body, "after": one, "rewrites": [first, second]}, ctx)) == "fails"


@pytest.mark.parametrize(
    "binding",
    [["x", ["num", 0, 1], ["num", 2, 1]], ["x", ["inf", 1], ["num", -1, 1]], ["x", ["num", 0, 1], ["sym", "x"]]],
)
def test_a_side_is_a_side(binding: Any) -> None:
    with pytest.raises(Bad):
        read(["limit", ["sym", "x"], binding])
