"""The whole catalogue under the quickest laws; ``symrep laws`` is all of them."""

from __future__ import annotations

import pytest

from symrep.laws import judge_family
from symrep.laws.catalogue import load_all
from symrep.verdict import Status

FAMILIES = {f.name: f for f in load_all()[0]}
QUICK = ("nonnegative", "mass", "mean")


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_quick_laws(name: str) -> None:
    found = list(judge_family(FAMILIES[name], QUICK, 8.0))
    assert not [(f.what, f.message) for f in found if f.status is Status.REFUTED]
    assert all(f.message for f in found if f.status is Status.UNDECIDED)
