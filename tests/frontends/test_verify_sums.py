"""Sums and products in ``symrep verify``: a slice of ``benchmarks/data/sums.json``, and what has to stay undecided."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from symrep import verify
from symrep.claim import Claim
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.summing.sums import sum_proofs
from symrep.verdict import Status
from symrep.verifying.items import load, read

ROWS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "benchmarks" / "data" / "sums.json").read_text(encoding="utf-8")
)
TRUE = [r for r in ROWS if r["truth"]][::9]
FALSE = [r for r in ROWS if not r["truth"]][::131]


def by_proposals(row: dict[str, Any]) -> bool:
    """Does the kernel prove it, as it stands or by what is proposed?"""
    claim = read(load(json.dumps([row]), "test")[0]).claim
    found = [{"kind": claim.kind, "data": claim.data, "symbols": {}}]
    proposals = sum_proofs(claim.data["lhs"], claim.data["rhs"], claim.context)
    for p in (*found, *({"kind": "rewrite", **p} for p in proposals)):
        around = replace(claim.context, symbols={**claim.context.symbols, **p["symbols"]})
        try:
            prove(Claim(p["kind"], p["data"], around))
        except NotProved:
            continue
        return True
    return False


@pytest.mark.parametrize("row", TRUE, ids=lambda r: r["id"])
def test_true_ones_are_proved(row):
    assert by_proposals(row)


@pytest.mark.parametrize("row", FALSE, ids=lambda r: r["id"])
def test_false_ones_are_not(row):
    assert not by_proposals(row)


@pytest.mark.parametrize(
    ("lhs", "rhs", "symbols"),
    [
        ("Sum(p**k, (k, 0, n))", "(1 - p**n)/(1 - p)", {"n": "positive integer", "p": "unit"}),
        ("Sum(k*binomial(n, k)*p**k*(1 - p)**(n - k), (k, 0, n))", "n*p**2", {"n": "positive integer", "p": "unit"}),
        ("Sum(exp(-a)*a**k/factorial(k), (k, 1, oo))", "1", {"a": "positive"}),
        ("Product(k, (k, 0, n))", "factorial(n)", {"n": "positive integer"}),
        ("Sum(1/k**2, (k, 1, oo))", "pi**2/7", {}),
        ("Sum(1/(k + a)**2, (k, 0, oo))", "polygamma(1, a + 1)", {"a": "positive"}),
    ],
)
def test_false_ones_are_refuted(lhs, rhs, symbols):
    verdict = verify(lhs, rhs, symbols=symbols, diagnose=False)
    assert verdict.status is Status.REFUTED and verdict.witness is not None


@pytest.mark.parametrize(
    ("lhs", "rhs", "symbols"),
    [
        ("Sum(p**k, (k, 0, n))", "(1 - p**(n + 1))/(1 - p)", {"n": "positive integer", "p": "unit"}),
        ("Sum(k*p*(1 - p)**(k - 1), (k, 1, oo))", "1/p", {"p": "unit"}),
        ("Sum(k*binomial(n, k), (k, 0, n))", "n*2**(n - 1)", {"n": "positive integer"}),
        ("Product(k, (k, 1, n))", "factorial(n)", {"n": "nonnegative integer"}),
        ("Sum(1/k**2, (k, 1, oo))", "pi**2/6", {}),
    ],
)
def test_true_ones_have_certificates(lhs, rhs, symbols):
    verdict = verify(lhs, rhs, symbols=symbols)
    assert verdict.status is Status.PROVED and verdict.certificate is not None


@pytest.mark.parametrize(
    ("lhs", "rhs", "symbols"),
    [
        # the sum is over nothing, or Karr's, for n < 0: which of them is not for us to guess
        ("Sum(k, (k, 1, n))", "n*(n + 1)/2", {"n": "integer"}),
        ("Sum(1/k, (k, 1, oo))", "Sum(1/k, (k, 1, oo))", {}),
        ("Sum(x**k, (k, 0, oo))", "1/(1 - x)", {"x": "real"}),
        ("Sum((-1)**k, (k, 0, oo))", "1/2", {}),
    ],
)
def test_what_is_not_known_is_not_said(lhs, rhs, symbols):
    verdict = verify(lhs, rhs, symbols=symbols, diagnose=False, timeout=8)
    assert verdict.status in (Status.UNDECIDED, Status.REFUTED)
