"""A wrong definition makes right lines look wrong: once it is corrected they hold, and are not blamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from symrep.checking.chains import ChainJudge
from symrep.checking.model import Finding, Link, Survey
from symrep.checking.surveying import Surveyor
from symrep.reading.documents import Document, Source, open_document

__all__ = ["absolved"]

_ROUNDS: Final = 3
_GOOD: Final = ("proved", "supported")


def absolved(
    document: Document, survey: Survey, links: Sequence[Link], findings: Mapping[int, Finding], seconds: float
) -> Iterator[tuple[int, Finding]]:
    """Findings of refuted claims that hold when a definition before them is corrected, with their numbers."""
    now = dict(findings)
    for _ in range(_ROUNDS):
        wrong = [i for i in sorted(now) if now[i].status == "refuted"]
        culprit = next((i for i in wrong if _correctable(links[i], now[i]) and _defines(survey, links[i])), None)
        if culprit is None or len(wrong) < 2 or wrong[-1] <= culprit:
            return
        loose = now[culprit].fix is None
        again = _corrected(document, links[culprit], now[culprit])
        now[culprit] = replace(now[culprit], status="done")
        found = Surveyor(again).run().links
        if len(found) != len(links):
            return
        line, _ = document.source.position(links[culprit].right.at)
        bodies = {k: f.body.text for k, f in enumerate(again.formulas)}
        for chain in dict.fromkeys(links[i].chain for i in wrong if i > culprit):
            numbers = [i for i in range(len(links)) if links[i].chain == chain]
            for n, finding in ChainJudge(bodies, seconds, fix=False).run([found[i] for i in numbers]):
                i = numbers[n]
                if now[i].status == "refuted" and finding.status in _GOOD:
                    now[i] = replace(finding, notes=(*finding.notes, f"it holds once line {line} is corrected"))
                    yield i, now[i]
                elif now[i].status == "refuted" and finding.status == "not_checked" and loose:
                    now[i] = Finding("not_checked", f"it rests on line {line}, which is wrong")
                    yield i, now[i]


def _defines(survey: Survey, link: Link) -> bool:
    """Is the right side of a claim what something is defined by?"""
    return any(x.start <= link.right.at and link.right.to <= x.end for x in survey.lets)


def _correctable(link: Link, finding: Finding) -> bool:
    """Is there a correction, or at least the left side, to be put in its place?"""
    return finding.fix is not None or (link.op == "=" and link.left.formula == link.right.formula)


def _corrected(document: Document, link: Link, finding: Finding) -> Document:
    """The document with one correction."""
    from symrep.checking.reporting import step_json

    fix = step_json(link, finding, document)["fix"]
    if fix is None:
        fix = {"start": link.right.at, "end": link.right.to, "latex": document.source.text[link.left.at : link.left.to]}
    edit = (fix["start"], fix["end"], fix.get("text", fix["latex"]))
    return open_document(Source(document.source.path, document.source.edited([edit])))
