"""Every planted mistake is found by its law and named; the right entries pass. Must-fail first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from plants import PLANTS, RIGHT

from symrep.family import FAMILIES, Family, collecting
from symrep.laws import judge_family
from symrep.verdict import Status


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    import symrep.distributions  # noqa: F401

    before = dict(FAMILIES)
    with collecting():
        yield
    FAMILIES.clear()
    FAMILIES.update(before)


@pytest.mark.parametrize(
    ("name", "changed", "law", "says"), PLANTS, ids=[f"{n}-{'-'.join(c)}-{i}" for i, (n, c, _, _) in enumerate(PLANTS)]
)
def test_planted(name: str, changed: dict[str, Any], law: str, says: str) -> None:
    family = Family(name=name, **{**RIGHT[name], **changed})
    found = list(judge_family(family, [law], 6.0))
    refuted = [f for f in found if f.status is Status.REFUTED]
    assert refuted, [(f.what, f.status.name, f.message) for f in found]
    assert any(says in f.message for f in refuted), [f.message for f in refuted]


#: the laws that compute; gradients and the numeric ones are slower and have tests of their own
QUICK = (
    *("nonnegative", "mass", "roles", "cdf", "quantile", "mean", "variance", "entropy", "mode", "score", "score mean"),
    *("pathwise", "implicit gradient", "divergence", "facts", "statistics"),
)


@pytest.mark.parametrize("name", sorted(RIGHT))
def test_right(name: str) -> None:
    found = list(judge_family(Family(name=name, **RIGHT[name]), QUICK, 12.0))
    assert not [(f.law, f.what, f.message) for f in found if f.status is Status.REFUTED]
    assert not [f.what for f in found if f.status is Status.UNDECIDED and not f.message]
    assert sum(f.status is Status.PROVED for f in found) > 0.7 * len(found)
