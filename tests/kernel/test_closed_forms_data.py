"""A slice of ``benchmarks/data/closed_forms.json``: no false one is proved, and the true ones are."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.verdict import Verdict
from symrep.verifying.items import Item, read

DATA = Path(__file__).resolve().parents[2] / "benchmarks" / "data" / "closed_forms.json"
SLICE = 20
PARTS = 4


def items(part: int, truth: bool) -> list[dict[str, Any]]:
    rows = [
        i for i in json.loads(DATA.read_text()) if i["truth"] is truth and zlib.crc32(i["id"].encode()) % SLICE == 0
    ]
    return rows[part::PARTS]


def proof(i: dict[str, Any]) -> Verdict | None:
    try:
        return prove(read(Item(i["id"], i["lhs"], i["rhs"], i["symbols"], tuple(i["given"]))).claim)
    except NotProved:
        return None


@pytest.mark.parametrize("part", range(PARTS))
def test_no_false_one_is_proved(part: int):
    """What is wrong at one point only is proved off that point, and says so."""
    accepted = []
    for i in items(part, False):
        found = proof(i)
        if found is not None and not (i.get("near") == "point" and found.almost_everywhere):
            accepted.append(i["id"])
    assert not accepted


@pytest.mark.parametrize("part", range(PARTS))
def test_true_ones_are_proved(part: int):
    assert not [i["id"] for i in items(part, True) if proof(i) is None]


def test_the_slice_is_not_empty():
    assert len(items(0, True)) > 8 and len(items(0, False)) > 15
