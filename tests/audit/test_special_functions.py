"""Special functions: the auditor refuses false relatives and unconditioned laws, and finds the true ones."""

from __future__ import annotations

import json

from special_tables import CONDITIONED, UNCONDITIONED
from test_special import FALSE, TRUE, of, row

from symrep.audit.check import check
from symrep.audit.context import Ctx
from symrep.audit.derive import derivative
from symrep.audit.normal import same_everywhere
from symrep.claim import Claim
from symrep.kernel.certificate import SCHEMA
from symrep.term import fn, num, sym


def status(claim: Claim) -> str:
    return check(json.loads(json.dumps({"schema": SCHEMA, "claim": claim.to_json()}))).status


def test_false_relatives_are_refused() -> None:
    assert not [(e["lhs"], e["rhs"]) for e in FALSE if status(of(e)) == "ok"]


def test_laws_without_their_conditions_are_refused() -> None:
    assert not [r for r in UNCONDITIONED if status(row(*r)) == "ok"]


def test_true_ones_are_found() -> None:
    assert not [(e["lhs"], e["rhs"]) for e in TRUE if status(of(e)) != "ok"]
    assert not [r for r in CONDITIONED if status(row(*r)) != "ok"]


def test_slopes_agree_with_shifts() -> None:
    """The derivative of a shifted function and the law of the shift are two pieces of code; a wrong one is noticed."""
    ctx = Ctx({"x": "positive", "s": "positive"})
    x, s = sym("x"), sym("s")
    up = fn("uppergamma", ("add", s, num(1)), x)
    law = ("add", ("mul", s, fn("uppergamma", s, x)), ("mul", ("pow", x, s), fn("exp", ("mul", num(-1), x))))
    assert same_everywhere(up, law, ctx)
    assert same_everywhere(derivative(up, "x", ctx), derivative(law, "x", ctx), ctx)
    assert not same_everywhere(derivative(up, "x", ctx), derivative(fn("uppergamma", s, x), "x", ctx), ctx)
