"""Writes docs/gallery.md, the index of the gallery: every derivation with its theorem, status, hypotheses and source.

    symrep run derivations && python tools/gallery.py build/report.json

Theorems, hypotheses and sources are those of the scripts, statuses those of the run; a derivation that was not run
keeps the status it has on the page. How long a run takes is not said: that depends on the machine.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from symrep.derivation import Derivation
from symrep.hypotheses import hypotheses_of
from symrep.session import derivations_of, load

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "gallery.md"
MISSING: Final = "not judged yet"
_ROW: Final = re.compile(r"^\* \*\*(?P<name>\w+)\*\*, (?P<status>[a-z ]+):$")
_OBVIOUS: Final = re.compile(r"\\in \\mathbb\{R\}$")

HEAD: Final = """# The gallery

Every derivation in `derivations/`, by topic: how far it is established (the status of its weakest line), what it shows,
what is assumed beyond that numbers are real, and on whose word. `symrep run derivations/TOPIC.py` judges a topic and
prints how long each takes. Wrong versions, two or more for each, stand in `derivations/must_fail/`.

This page is written by `tools/gallery.py`.
"""


@dataclass(frozen=True)
class Entry:
    """One derivation as the page shows it."""

    name: str
    status: str
    theorem: str
    hypotheses: tuple[str, ...]
    source: str

    def lines(self) -> Iterator[str]:
        yield f"* **{self.name}**, {self.status}:"
        yield f"  {self.theorem}"
        if self.hypotheses:
            yield f"  *Given* {', '.join(f'${h}$' for h in self.hypotheses)}."
        yield f"  *Source:* {self.source}."


def told(path: Path) -> dict[str, str]:
    """Topic.name -> status, of a page."""
    out: dict[str, str] = {}
    topic = ""
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if line.startswith("## "):
            topic = line[3:].strip()
        if m := _ROW.match(line):
            out[f"{topic}.{m['name']}"] = m["status"]
    return out


def entry(d: Derivation, status: str) -> Entry:
    """From a derivation as its script says it."""
    given = hypotheses_of([line.expr for line in d.lines()], d.given)
    said = tuple(g for g in given if not _OBVIOUS.search(g))
    return Entry(d.name, status, " ".join(d.theorem.split()), said, " ".join(d.source.split()).rstrip("."))


def page(topics: Mapping[str, tuple[str, list[Entry]]]) -> str:
    """The whole page; topics by name, each with what its script says of itself."""
    total = [e for _, es in topics.values() for e in es]
    counts = {s: sum(e.status == s for e in total) for s in sorted({e.status for e in total})}
    said = ", ".join(f"{n} {s}" for s, n in counts.items())
    out = [HEAD, f"{len(total)} derivations in {len(topics)} topics: {said}.", ""]
    for topic, (about, entries) in sorted(topics.items()):
        out += [f"## {topic}", "", about, ""]
        out += [line for e in entries for line in e.lines()]
        out.append("")
    return "\n".join(out).rstrip("\n") + "\n"


def about(script: Path) -> str:
    """What a script says of itself: the first paragraph of its docstring."""
    text = ast.get_docstring(ast.parse(script.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split())


def written(known: Mapping[str, str]) -> str:
    """The page from the scripts as they are, with these statuses."""
    topics = {}
    for path in sorted((ROOT / "derivations").glob("*.py")):
        entries = [entry(d, known.get(f"{path.stem}.{d.name}", MISSING)) for d in derivations_of(load(path))]
        topics[path.stem] = about(path), entries
    return page(topics)


def from_report(report: Mapping[str, Any]) -> dict[str, str]:
    """Statuses of a run over scripts of ``derivations/``."""
    return {
        f"{Path(script['path']).stem}.{d['name']}": d["status"]
        for script in report["scripts"]
        for d in script["derivations"]
        if Path(script["path"]).parent.name == "derivations"
    }


def main() -> int:
    """One or more reports."""
    if len(sys.argv) < 2:
        sys.stderr.write(__doc__ or "")
        return 2
    known = told(PAGE)
    for name in sys.argv[1:]:
        known |= from_report(json.loads(Path(name).read_text(encoding="utf-8")))
    PAGE.write_text(written(known), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
