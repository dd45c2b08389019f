"""Identities with a known truth: entries in the format of ``symrep verify FILE`` with one more key, ``"truth"``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from symrep.claim import Claim, Context
from symrep.errors import BadInput
from symrep.verifying.items import Item, read

__all__ = ["DATA", "Identity", "claim_of", "files", "identities", "identity", "spread"]

Term = tuple[Any, ...]

#: the sets that come with symrep
DATA = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True)
class Identity:
    """One entry: as text, and (``None`` when symrep cannot read it) as a claim."""

    id: str
    truth: bool
    entry: dict[str, Any]
    claim: Claim | None


def files(given: Sequence[str]) -> list[Path]:
    """The files asked for, or all that come with symrep."""
    return [Path(f) for f in given] or sorted(DATA.glob("*.json"))


def _claim(entry: dict[str, Any]) -> Claim | None:
    item = Item(entry["id"], entry["lhs"], entry["rhs"], entry.get("symbols", {}), tuple(entry.get("given", ())))
    try:
        return read(item).claim
    except BadInput:
        return None


def claim_of(lhs: Term, rhs: Term, symbols: dict[str, str], given: Iterable[Term]) -> Claim:
    return Claim("equal", {"lhs": lhs, "rhs": rhs}, Context(symbols, {}, tuple(given)))


def identity(entry: dict[str, Any]) -> Identity:
    return Identity(str(entry["id"]), entry["truth"], entry, _claim(entry))


def identities(paths: Iterable[Path], truth: bool | None = None) -> list[Identity]:
    """The entries of the files that say whether they are true, or those of one truth. ValueError if there are none."""
    out = []
    for path in paths:
        for entry in json.loads(path.read_text("utf-8")):
            if isinstance(entry.get("truth"), bool) and truth in (None, entry["truth"]):
                out.append(identity(entry))
    if not out:
        raise ValueError("no identities with a truth in these files")
    return out


def spread(rows: Sequence[Any], count: int | None) -> list[Any]:
    """At most ``count`` of the rows, evenly spread: the same ones every time."""
    if count is None or count >= len(rows):
        return list(rows)
    return [rows[i * len(rows) // count] for i in range(count)]
