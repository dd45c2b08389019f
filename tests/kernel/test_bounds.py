"""Inequalities as claims of the kernel: false ones first."""

from __future__ import annotations

import json

import pytest
from bound_claims import FALSE, TRUE

from symrep.audit.check import check
from symrep.errors import BadInput
from symrep.kernel.certificate import SCHEMA, prove, replay
from symrep.kernel.fail import NotProved
from symrep.verdict import Status


@pytest.mark.parametrize("name", FALSE)
def test_false_inequalities_are_not_proved(name: str) -> None:
    with pytest.raises((NotProved, BadInput)):
        prove(FALSE[name])


@pytest.mark.parametrize("name", TRUE)
def test_true_inequalities_are_proved_and_replayed(name: str) -> None:
    verdict = prove(TRUE[name])
    assert verdict.status is Status.PROVED and not verdict.almost_everywhere
    assert verdict.certificate is not None
    assert replay(verdict.certificate.data).status is Status.PROVED


@pytest.mark.parametrize("name", FALSE)
def test_the_auditor_refuses_the_false_ones(name: str) -> None:
    answer = check({"schema": SCHEMA, "claim": json.loads(json.dumps(FALSE[name].to_json()))})
    assert answer.status != "ok", answer


@pytest.mark.parametrize("name", TRUE)
def test_the_auditor_accepts_the_true_ones(name: str) -> None:
    answer = check({"schema": SCHEMA, "claim": json.loads(json.dumps(TRUE[name].to_json()))})
    assert answer.status == "ok" and not answer.almost_everywhere, answer
