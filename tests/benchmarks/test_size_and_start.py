"""``bench_size.py`` and ``bench_start.py``: families are what they say, at small sizes; the store is told apart."""

from __future__ import annotations

import json
from pathlib import Path

import bench_size
import bench_start
import pytest
from benchlib.corpus import DATA, claim_of, identities
from benchlib.points import ALIKE, DIFFERENT, compare, draw
from benchlib.tables import slope


@pytest.mark.parametrize("name", bench_size.FAMILIES)
@pytest.mark.parametrize("n", [2, 3])
def test_families_are_true_and_false(name: str, n: int) -> None:
    """By mpmath, not by symrep."""
    for i in bench_size.made(name, n):
        assert i.claim is not None
        data, context = i.claim.data, i.claim.context
        seen = {compare(data["lhs"], data["rhs"], p)[0] for p in draw(context.symbols, context.given, "points", 6)}
        assert (seen == {ALIKE}) if i.truth else (DIFFERENT in seen)


def test_sizes(tmp_path: Path) -> None:
    out = tmp_path / "size"
    assert bench_size.main(["--family", "square", "--largest", "4", "--rounds", "1", "--out", str(out)]) == 0
    rows = json.loads(out.with_suffix(".json").read_text())["families"]["square"]
    assert [r["size"] for r in rows] == [2, 4]
    assert all(r["symrep verify, true"]["answer"] == r["simplify, true"]["answer"] == "equal" for r in rows)
    assert all(r["symrep verify, false"]["answer"] == "different" for r in rows)
    assert "Growth exponents" in out.with_suffix(".md").read_text()


def test_exponents() -> None:
    found = slope([1.0, 2.0, 4.0, 8.0], [3.0, 12.0, 48.0, 192.0])
    assert found is not None and abs(found - 2) < 1e-9
    assert slope([1.0, 2.0], [1.0, 2.0]) is None


def test_start(tmp_path: Path) -> None:
    corpus = tmp_path / "small.json"
    corpus.write_text(json.dumps([i.entry for i in identities([DATA / "starter.json"])[:3]]))
    out = tmp_path / "start"
    assert bench_start.main(["--corpus", str(corpus), "--rounds", "1", "--jobs", "1", "--out", str(out)]) == 0
    found = json.loads(out.with_suffix(".json").read_text())
    assert found["same statuses"]
    seconds = {r["what"]: r["seconds"] for r in found["rows"]}
    assert seconds["3 identities, from the store"] < seconds["3 identities, nothing stored"]


def test_a_store_that_answers_otherwise_is_noticed() -> None:
    rows = [{"what": "x", "seconds": 1.0, "all": [1.0]}] * 7
    found = {"corpus": [], "symrep": "", "commit": "", "rows": rows, "same statuses": False}
    assert "BROKEN" in bench_start.report(found).upper()


def test_claims_are_made_of_terms() -> None:
    one = ("num", 1, 1)
    assert claim_of(one, one, {}, []).kind == "equal"
