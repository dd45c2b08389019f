"""Entries in the verdict store: two different ones never share a key, and every one has a key."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from symrep.distributions import Gamma, Normal
from symrep.entry import positive_line
from symrep.family import FAMILIES, Family, collecting
from symrep.laws.catalogue import load_all
from symrep.laws.remembered import entry_text


@pytest.mark.parametrize(
    "changed",
    [
        {"mean": Gamma.variance},
        {"conditions": {"mean": next(iter(Gamma.parameters)) > 1}},
        {"note": "another"},
        {"parameters": {s: positive_line(role="scale") for s in Gamma.parameters}},
        {"parameters": {s: positive_line((0.5, 2.0)) for s in Gamma.parameters}},
    ],
    ids=str,
)
def test_a_changed_entry_has_another_key(changed: dict[str, Any]) -> None:
    before = dict(FAMILIES)
    with collecting():
        fields = {f.name: getattr(Gamma, f.name) for f in dataclasses.fields(Gamma)}
        other = Family(**{**fields, **changed})
    FAMILIES.clear()
    FAMILIES.update(before)
    assert entry_text(other) != entry_text(Gamma)


def test_every_entry_has_a_key_of_its_own() -> None:
    families, _ = load_all()
    assert len({entry_text(f) for f in families}) == len(families)
    assert entry_text(Normal) == entry_text(Normal)
