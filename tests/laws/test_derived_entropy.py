"""The entropy an entry does not state: looked for in a worker, within a budget, and judged as a stated one would be."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator

import pytest
from sympy import log

from symrep.distributions import Exponential, SinhArcsinh
from symrep.family import FAMILIES
from symrep.laws import derived, judge_family
from symrep.running.worker import TimedOut
from symrep.verdict import Status


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    before = dict(FAMILIES)
    yield
    FAMILIES.clear()
    FAMILIES.update(before)


def test_a_search_that_takes_too_long_is_ended_and_claims_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TimedOut):
        derived.entropy_by_integration(SinhArcsinh, 0.2)
    monkeypatch.setattr(derived, "SEARCH", 0.5)
    start = time.monotonic()
    assert [*judge_family(SinhArcsinh, ["derived entropy"], 10.0)] == []
    assert time.monotonic() - start < 8


def test_a_wrong_entropy_that_is_proposed_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = dataclasses.replace(Exponential, name="Bare", entropy=None)
    (rate,) = bare.parameters
    monkeypatch.setattr(derived, "entropy_by_integration", lambda *_: 2 - log(rate))
    (found,) = judge_family(bare, ["derived entropy"], 10.0)
    assert found.status is Status.REFUTED


def test_an_entropy_is_found_and_proved() -> None:
    bare = dataclasses.replace(Exponential, name="Bare", entropy=None)
    (rate,) = bare.parameters
    assert derived.entropy_by_integration(bare) == 1 - log(rate)
    (found,) = judge_family(bare, ["derived entropy"], 10.0)
    assert found.status is Status.PROVED and found.derived
