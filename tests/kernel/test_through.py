"""The chain rule through integrals: false instances are refused by both checkers, true ones accepted."""

from __future__ import annotations

import json

import pytest
from through_terms import FALSE, TRUE

from symrep.audit.check import check
from symrep.claim import Claim
from symrep.errors import BadInput
from symrep.kernel.certificate import SCHEMA, prove
from symrep.kernel.fail import NotProved


def audited(claim: Claim) -> str:
    return check(json.loads(json.dumps({"schema": SCHEMA, "claim": claim.to_json()}))).status


@pytest.mark.parametrize("name", FALSE)
def test_a_false_instance_is_refused_by_both(name: str) -> None:
    with pytest.raises((NotProved, BadInput)):
        prove(FALSE[name])
    assert audited(FALSE[name]) != "ok"


@pytest.mark.parametrize("name", TRUE)
def test_a_true_instance_is_accepted_by_both(name: str) -> None:
    assert prove(TRUE[name]).certificate is not None
    assert audited(TRUE[name]) == "ok"
