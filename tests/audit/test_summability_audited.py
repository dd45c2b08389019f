"""Series as the auditor sees them: the tables of tests/kernel, false claims first."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sympy as sp
from series_claims import (
    APART,
    NO_ZETA,
    NOT_APART,
    NOT_SUMMABLE,
    NOT_TERMWISE,
    NOT_VALUED,
    SUMMABLE,
    TERMWISE,
    VALUED,
    ZETA,
    binomially,
    convergent,
    k,
    n,
    poisson,
    termwise,
)

from symrep.audit.check import Answer, check
from symrep.claim import Claim
from symrep.kernel.certificate import SCHEMA


def answer(claim: Claim) -> Answer:
    return check(json.loads(json.dumps({"schema": SCHEMA, "claim": claim.to_json()})))


@pytest.mark.parametrize("t", [t for t, _ in NOT_SUMMABLE], ids=str)
def test_not_summable(t: Any) -> None:
    assert answer(convergent(t)).status == "fails"


@pytest.mark.parametrize(("t", "low"), SUMMABLE, ids=str)
def test_summable(t: Any, low: int) -> None:
    assert answer(convergent(t, low)) == Answer("ok")


@pytest.mark.parametrize(("t", "by", "result"), NOT_TERMWISE, ids=str)
def test_not_termwise(t: Any, by: Any, result: Any) -> None:
    assert answer(termwise(t, by, result)).status == "fails"


def test_an_integer_has_no_derivative() -> None:
    assert "depends on n" in answer(termwise(binomially, n, sp.S.Zero, high=n)).reason
    assert answer(termwise(poisson, k, sp.S.Zero)).status == "fails"


@pytest.mark.parametrize(("t", "by", "result", "high"), TERMWISE, ids=str)
def test_termwise(t: Any, by: Any, result: Any, high: Any) -> None:
    assert answer(termwise(t, by, result, high=high)) == Answer("ok")


@pytest.mark.parametrize("claim", [*(c for c, _ in NO_ZETA), *NOT_APART, *NOT_VALUED])
def test_refused(claim: Claim) -> None:
    assert answer(claim).status == "fails"


@pytest.mark.parametrize("claim", [*ZETA, *APART, *VALUED])
def test_accepted(claim: Claim) -> None:
    assert answer(claim) == Answer("ok")
