"""Whole scripts in the verdict store: what a script that depends on nothing but its text came to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from symrep.commands.options import Script
from symrep.commands.outcome import gather
from symrep.commands.pieces import Piece, from_json, piece
from symrep.render.mathml import version as mathml_version
from symrep.running import remember
from symrep.running.standing import Standing

__all__ = ["Asked", "told"]

Json = dict[str, Any]


class Asked:
    """A script as it was when it was asked about: its path, its bytes, and how long it may be silent.

    Two rows may be there: what came of it, and what is written of that. The second depends on how its path is shown
    and on the library that makes MathML, too.
    """

    def __init__(self, script: Script, seconds: float) -> None:
        self._script = script
        self._seconds = seconds
        self._question = _question(script.path, seconds)

    def known(self) -> Piece | None:
        """What is written of it, if the store has it, or what it is made of."""
        store = remember.current()
        if store is None or self._question is None:
            return None
        found = store.get(self._written(self._question))
        if isinstance(found, dict):
            return from_json(self._script, found)
        found = store.get(self._question)
        return self._made(found, self._question) if isinstance(found, dict) else None

    def ended(self, result: Json) -> Piece:
        """What is written of a result. Both are stored if it is worth it and the file is still the same."""
        asked = self._question if remember.current() is not None and _lasting(result) else None
        if asked is None or _question(self._script.path, self._seconds) != asked:
            return self._made(result, None)
        derivations = [{**d, "events": []} for d in result["derivations"]]  # the report says it all
        remember.current().put(asked, {**result, "derivations": derivations, "events": []})
        return self._made(result, asked)

    def _made(self, result: Json, asked: Json | None) -> Piece:
        made = piece(*gather([self._script], [result]))
        if asked is not None:
            remember.current().put(self._written(asked), made.to_json())
        return made

    def _written(self, asked: Json) -> Json:
        shown = {"shown": self._script.shown, "label": self._script.label}
        return {**asked, "ask": "script.written", **shown, "mathml": mathml_version()}


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


def told(script: Script, known: Piece) -> Iterator[Json]:
    """The events of what is stored, for whoever watches the progress."""
    for r in known.outcome.reports:
        report = {"status": r.status.name, "met": r.met, "seconds": r.seconds}
        for kind in ("derivation-start", "derivation-end"):
            yield {"event": kind, "path": str(script.path), "name": r.name, "report": report}
