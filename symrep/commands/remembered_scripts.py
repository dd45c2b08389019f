"""Whole scripts in the verdict store: what a script that depends on nothing but its text came to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from symrep.running import remember
from symrep.running.standing import Standing

__all__ = ["Asked", "told"]

Json = dict[str, Any]


class Asked:
    """A script as it was when it was asked about: its path, its bytes, and how long it may be silent."""

    def __init__(self, path: Path, seconds: float) -> None:
        self.path = path
        self._seconds = seconds
        self._question = _question(path, seconds)

    def known(self) -> Json | None:
        """What :func:`symrep.running.scripts.run_scripts` said of it, if the store has it."""
        store = remember.current()
        if store is None or self._question is None:
            return None
        found = store.get(self._question)
        return found if isinstance(found, dict) else None

    def keep(self, result: Mapping[str, Any]) -> bool:
        """Store a result, if it is worth it and the file is still the same; true if it is on the disk."""
        store = remember.current()
        if store is None or self._question is None or not _lasting(result):
            return False
        if _question(self.path, self._seconds) != self._question:
            return False
        derivations = [{**d, "events": []} for d in result["derivations"]]  # the report says it all
        return bool(store.put(self._question, {**result, "derivations": derivations, "events": []}))


def _question(path: Path, seconds: float) -> Json | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return {"ask": "script", "path": str(path), "sha256": hashlib.sha256(content).hexdigest(), "seconds": seconds}


def _lasting(result: Mapping[str, Any]) -> bool:
    """A script that depends on itself alone and came to its end, not starved of time where that matters."""
    if result["error"] is not None or not result.get("alone"):
        return False
    for d in result["derivations"]:
        if d["outcome"] != "done" or d["report"] is None or d["report"]["error"]:
            return False
    return result["standing"] < Standing.STARVED or all(
        map(_definite, (s for d in result["derivations"] for s in d["report"]["steps"]))
    )


def _definite(step: Mapping[str, Any]) -> bool:
    if step["status"] == "refuted":
        return bool(step["diagnosis"] and step["diagnosis"]["corrected_latex"])
    return step["status"] in ("proved", "admitted")


def told(result: Mapping[str, Any]) -> Iterator[Json]:
    """The events of a stored result, for whoever watches the progress."""
    for d in result["derivations"]:
        for kind in ("derivation-start", "derivation-end"):
            yield {"event": kind, "path": result["path"], "name": d["name"], "report": d["report"]}
