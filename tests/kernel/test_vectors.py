"""Functions of vectors: false instances are refused by both checkers, true ones accepted."""

from __future__ import annotations

import json

import pytest
from vector_terms import FALSE, TRUE

from symrep.audit.check import check
from symrep.audit.data import Bad
from symrep.claim import Claim
from symrep.errors import BadInput
from symrep.kernel.certificate import SCHEMA, prove, replay
from symrep.kernel.fail import NotProved


def audited(claim: Claim) -> str:
    try:
        return check(json.loads(json.dumps({"schema": SCHEMA, "claim": claim.to_json()}))).status
    except Bad:
        return "malformed"


@pytest.mark.parametrize("name", FALSE)
def test_a_false_instance_is_refused_by_both(name: str) -> None:
    with pytest.raises((NotProved, BadInput)):
        prove(FALSE[name])
    assert audited(FALSE[name]) != "ok"


@pytest.mark.parametrize("name", TRUE)
def test_a_true_instance_is_accepted_by_both(name: str) -> None:
    found = prove(TRUE[name])
    assert not found.almost_everywhere
    assert found.certificate is not None
    assert replay(json.loads(json.dumps(found.certificate.data))).status.name == "PROVED"
    assert audited(TRUE[name]) == "ok"
