"""One document, in a process of its own: read, judged, reported event by event, so that what hangs can be killed."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from symrep.checking.chains import ChainJudge
from symrep.checking.consequences import absolved
from symrep.checking.doubts import doubted, unsettled
from symrep.checking.facts import Fact
from symrep.checking.misgivings import misgivings
from symrep.checking.model import Finding, Link, Survey
from symrep.checking.reporting import definition_json, guess_json, step_json, unchecked_json
from symrep.checking.surveying import Surveyor
from symrep.checking.suspects import reconsidered
from symrep.reading.documents import Document, Source, open_document
from symrep.running.remember import flush

__all__ = ["run"]

Emit = Callable[[dict[str, Any]], None]
_MOST_LINKS: Final = 5000


def run(payload: Mapping[str, Any], emit: Emit) -> None:
    """``{"path", "data", "seconds", "jobs", "passed", "spent", "fix"}`` in, events out.

    Events: ``formula`` (number) before each is read; ``survey`` (definitions, not_checked, guesses, errors, steps that
    are not judged yet); ``begin`` (chain) and ``end`` (chain) around each chain; ``step`` (number, step); ``alive``
    where nothing else would be heard for long; ``settled`` at the end, before which no step is meant to stand.

    Raises:
        BadInput: the file is no document.
    """
    try:
        _run(payload, emit)
    finally:
        flush()


def _run(payload: Mapping[str, Any], emit: Emit) -> None:
    source = Source(payload["path"], base64.b64decode(payload["data"]))
    document = open_document(source)
    passed = {int(k): str(v) for k, v in payload.get("passed", {}).items()}
    surveyor = Surveyor(document, passed, lambda k: emit({"event": "formula", "number": k}))
    survey = surveyor.run()
    links = survey.links[:_MOST_LINKS]
    emit(
        {
            "event": "survey",
            "definitions": [definition_json(x, document) for x in survey.lets],
            "not_checked": [unchecked_json(u, document) for u in survey.unchecked],
            "guesses": [guess_json(g, document) for g in survey.guesses],
            "assumed": [_fact(f, document) for f in surveyor.facts],
            "errors": [str(e) for e in survey.errors],
            "steps": [step_json(n, Finding("undecided", "budget-spent"), document) for n in links],
        }
    )
    _judge(document, survey, surveyor.facts, links, payload, emit)


def _fact(f: Any, document: Document) -> dict[str, Any]:
    line, column = document.source.position(f.start)
    value = f.value or ", ".join(f"{k} {v}" for k, v in f.traits)
    return {
        "what": f.what, "name": f.name, "value": value, "said": f.said, "line": line, "column": column,
        "declared": f.declared,
    }  # fmt: skip


def _judge(
    document: Document,
    survey: Survey,
    facts: Sequence[Fact],
    links: list[Link],
    payload: Mapping[str, Any],
    emit: Emit,
) -> None:
    chains: dict[int, list[int]] = {}
    for i, link in enumerate(links):
        chains.setdefault(link.chain, []).append(i)
    spent = {int(c) for c in payload.get("spent", ())}
    bodies = {k: f.body.text for k, f in enumerate(document.formulas)}
    findings: dict[int, Finding] = {}

    def one(chain: int) -> None:
        emit({"event": "begin", "chain": chain})
        numbers = chains[chain]
        of = {id(links[i]): i for i in numbers}

        def tell(link: Link, finding: Finding) -> None:  # what hangs later does not take it back
            if (i := of.get(id(link))) is not None:
                emit({"event": "step", "number": i, "step": step_json(link, finding, document)})

        judge = ChainJudge(bodies, float(payload["seconds"]), bool(payload.get("fix", True)), tell=tell)
        for n, finding in judge.run([links[i] for i in numbers]):
            i = numbers[n]
            findings[i] = finding
            emit({"event": "step", "number": i, "step": step_json(links[i], finding, document)})
        emit({"event": "end", "chain": chain})

    todo = [c for c in sorted(chains) if c not in spent]
    jobs = max(1, min(int(payload.get("jobs", 1)), len(todo) or 1))
    if jobs == 1:
        for c in todo:
            one(c)
    else:
        with ThreadPoolExecutor(jobs) as pool:
            for future in [pool.submit(one, c) for c in todo]:
                future.result()
    seconds = float(payload["seconds"])
    alive = lambda: emit({"event": "alive"})  # noqa: E731
    for i, finding in dict(misgivings(document, survey, facts, links, findings, seconds, alive)).items():
        findings[i] = finding
        emit({"event": "step", "number": i, "step": step_json(links[i], finding, document)})
    doubts = dict(doubted(document, survey, links, findings, seconds, bool(payload.get("fix", True)), alive))
    findings |= doubts
    for i, finding in doubts.items():
        emit({"event": "step", "number": i, "step": step_json(links[i], finding, document)})
    again = dict(absolved(document, survey, links, findings, seconds))
    steps: list[dict[str, Any]] = []
    if payload.get("fix", True):
        better = reconsidered(document, survey, links, findings, again, seconds, alive)
        if better is not None:
            again, steps = better.findings, better.definitions
    anew = [i for i in doubts if i not in again]
    again |= dict(unsettled(document, links, findings | again, anew, seconds))
    for i, finding in again.items():
        emit({"event": "step", "number": i, "step": step_json(links[i], finding, document)})
    for n, step in enumerate(steps, len(survey.links)):
        emit({"event": "step", "number": n, "step": step})
    emit({"event": "settled"})
