"""What a run leaves on disk: LaTeX and certificates, the same bytes for the same verdicts, and a report of the run."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from symrep.commands.outcome import summary
from symrep.commands.pieces import Piece, spread
from symrep.errors import BadInput
from symrep.render.html import assembled

__all__ = ["RUN", "report", "write"]

RUN: Final = "symrep.run/1"


def write(pieces: Sequence[Piece], folder: Path, code: int) -> str:
    """Write everything; files of scripts that were not run stay as they are. Returns the report, JSON.

    Raises:
        BadInput: the folder cannot be written to.
    """
    said = report(pieces, code)
    try:
        for p in pieces:
            if p.latex is not None:
                _put(folder / f"latex/{p.outcome.script.label}.tex", p.latex)
            _certificates(p, folder)
        _put(folder / "report.json", said)
        statuses = [r.status for p in pieces for r in p.outcome.reports]
        _put(folder / "report.html", assembled([s for p in pieces for s in p.sections], statuses, _links(pieces)))
    except OSError as e:
        raise BadInput("--output", "a folder that can be written to", f"{e.filename}: {e.strerror}") from e
    return said


def report(pieces: Sequence[Piece], code: int) -> str:
    """What ``--json`` and ``report.json`` say: an entry for every script, and the summary."""
    entries = ",\n  ".join(p.entry for p in pieces)
    said = spread(summary([p.outcome for p in pieces], code), 7, " ")
    return f'{{\n "schema": "{RUN}",\n "scripts": [\n  {entries}\n ],\n "summary": {said}\n}}\n'


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def _certificates(p: Piece, folder: Path) -> None:
    """Write what is not there already; those of derivations the script no longer has are removed."""
    for c in p.certificates:
        path = folder / c.name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != c.sha256:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(c.content)
    if not p.outcome.error:
        wanted = {Path(c.name).name for c in p.certificates}
        for file in (folder / "certificates" / p.outcome.script.label).glob("*.json"):
            if file.name not in wanted:
                file.unlink()


def _links(pieces: Sequence[Piece]) -> dict[str, str]:
    """The page knows a derivation by its script's name; names two scripts share get no link rather than a wrong one."""
    found: dict[str, set[str]] = {}
    for p in pieces:
        for s, c in zip(p.sections, p.certificates, strict=True):
            found.setdefault(s.key, set()).add(c.name)
    return {key: next(iter(links)) for key, links in found.items() if len(links) == 1}
