"""A wrong definition is found by the lines that rest on it: where one edit of it mends all that is wrong, it is blamed.

A line that fails is the one that is wrong, as a rule. It is not if its correction makes other lines fail that held, or
if several lines fail together and hold together once a sign, a power or a name in a definition before them is another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, final

from symrep.checking.borrowing import sides_of
from symrep.checking.chains import ChainJudge
from symrep.checking.drawn import DRAWN
from symrep.checking.edits import HOLE_NAME, Candidate, candidates, slips
from symrep.checking.inverting import needed
from symrep.checking.model import Finding, Link, Survey
from symrep.checking.names import uses
from symrep.checking.reporting import definition_json, step_json
from symrep.checking.scope import Let
from symrep.checking.surveying import Surveyor
from symrep.clock import now
from symrep.errors import SymrepError
from symrep.reading.documents import Document, Source, open_document
from symrep.reading.latex import Environment, read
from symrep.symbols import DomainSymbol
from symrep.verdict import Reason

__all__ = ["Verdicts", "reconsidered"]

Json = dict[str, Any]
_GOOD: Final = ("proved", "supported")
_FOLLOWS: Final = "it follows from the line before, which is wrong"
_FAILS: Final = (SymrepError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_SECONDS: Final = 25.0
#: for a claim in a changed document, and how many changes are tried, of one definition and of all
_EACH: Final = 2.0
_OF_ONE: Final = 24
_OF_ALL: Final = 60
#: edits that cost more than this are no slips
_FAR: Final = 2.0
_MOST_LINKS: Final = 400
_GONE: Final = "gone"
#: corrections that are tried where the first one breaks what held
_OTHERS: Final = 3


@final
@dataclass
class Verdicts:
    """Findings that replace others, by the number of their claim, and steps for definitions, after the last number."""

    findings: dict[int, Finding]
    definitions: list[Json]


@final
@dataclass(frozen=True)
class _Body:
    """What a definition says something is: ``[start, end)`` of formula ``number``."""

    let: Let
    number: int
    start: int
    end: int


def reconsidered(
    document: Document,
    survey: Survey,
    links: Sequence[Link],
    findings: Mapping[int, Finding],
    absolved: Mapping[int, Finding],
    seconds: float,
    alive: Callable[[], None] = lambda: None,
) -> Verdicts | None:
    """The findings if a definition is to be blamed, or another correction is better; None if all is well as it is.

    Args:
        findings: what was found of each claim; ``absolved`` replaces some, once what is wrong is corrected.
        alive: called before each trial.
    """
    wrong = [i for i in sorted(findings) if findings[i].status == "refuted"]
    if not wrong or len(links) > _MOST_LINKS or any(links[i].op == DRAWN for i in wrong):
        return None
    trial = _Trial(document, links, findings, min(seconds, _EACH), now() + max(_SECONDS, 2 * seconds), alive)
    followers = [i for i, f in findings.items() if f.status in _GOOD and _FOLLOWS in f.notes]
    left = [i for i in wrong if (absolved.get(i) or findings[i]).status == "refuted"]
    bodies = list(_bodies(document, survey, links, wrong))
    alone = -1
    if len(left) < 2 and len(followers) < 2:
        first = left[0] if left else wrong[0]
        fix = _fix_of(document, links[first], findings[first])
        if fix is None or not any(_inside(document, fix, b) for b in _all_bodies(document, survey)):
            return None
        broken = trial.breaks(fix, {first, *(i for i in wrong if i != first)})
        if not broken:
            return None
        alone = first
    for body, edit in _edits(document, survey, links, wrong, bodies):
        if trial.over():
            break
        found = trial.mends(edit, {*wrong, *followers})
        if found is not None:
            return _blamed(document, survey, links, findings, body, edit, found)
    if alone < 0 or len(wrong) > 1:
        return None
    other = _another(document, links, findings, alone, trial, seconds)
    return None if other is None else Verdicts({alone: other}, [])


def _another(
    document: Document,
    links: Sequence[Link],
    findings: Mapping[int, Finding],
    number: int,
    trial: _Trial,
    seconds: float,
) -> Finding | None:
    """The finding with a correction that breaks nothing, where the first one does."""
    bodies = {k: f.body.text for k, f in enumerate(document.formulas)}
    mine = [n for n in links if n.chain == links[number].chain]
    avoid: set[tuple[int, int]] = set()
    found = findings[number]
    for _ in range(_OTHERS):
        if found.fix is None or trial.over():
            return None
        avoid.add((found.fix["start"], found.fix["end"]))
        judged = dict(ChainJudge(bodies, seconds, avoid=frozenset(avoid)).run(mine))
        found = judged[mine.index(links[number])]
        fix = _fix_of(document, links[number], found)
        if found.status == "refuted" and fix is not None and not trial.breaks(fix, {number}):
            return found
    return None


def _blamed(
    document: Document,
    survey: Survey,
    links: Sequence[Link],
    findings: Mapping[int, Finding],
    body: _Body,
    edit: tuple[int, int, str],
    found: Mapping[int, Finding],
) -> Verdicts:
    """The definition is refuted, what rests on it is not."""
    line, _ = document.source.position(body.let.start)
    once = f"it holds once line {line} is corrected"
    out = {i: _left(f, once) if f.status in _GOOD else replace(f, notes=(*f.notes, once)) for i, f in found.items()}
    step = definition_json(body.let, document)
    text, shift = document.formulas[body.number].body.text, body.start
    start, end, latex = edit
    a, b = document.formulas[body.number].body.source(body.start, body.end)
    side = document.source.text[a:start] + latex + document.source.text[end:b]
    lines = sorted({document.source.position(links[i].right.at)[0] for i in found})
    named = f"line {lines[0]}" if len(lines) == 1 else f"lines {', '.join(map(str, lines[:6]))}"
    message = f"{named} would hold if it said {' '.join(side.split())}"
    worst = min((f.status for f in found.values() if f.status in _GOOD), key=_GOOD[::-1].index)
    place: Json = {k: step[k] for k in ("line", "column", "end_line", "end_column", "cell") if k in step}
    sign = "~" if step["what"] == "law" else "="
    fix: Json = {"latex": latex, "start": start, "end": end}
    if document.formulas[body.number].cell is not None:
        from symrep.reading.documents.notebook import escaped

        fix["text"] = escaped(latex)
    json: Json = {
        **place,
        "lhs": step["latex"].partition("\\sim" if sign == "~" else "=")[0].strip(),
        "relation": sign,
        "rhs": " ".join(text[shift : body.end].split()),
        "reading": "",
        "status": "refuted",
        "reason": "unequal",
        "message": message,
        "witness": next((findings[i].witness for i in sorted(found) if findings[i].witness), None),
        "diagnosis": {"text": "", "corrected_latex": " ".join(side.split()), "corrected_status": worst},
        "fix": fix,
        "hypotheses": [],
        "notes": ["a definition: it is blamed because what rests on it fails"],
        "guesses": [],
        "seconds": 0.0,
    }
    return Verdicts(out, [json])


def _left(found: Finding, message: str) -> Finding:
    """What holds of a corrected text only is not right as it stands."""
    return Finding("undecided", Reason.DOMAIN.value, message, notes=found.notes, seconds=found.seconds)


# --- definitions and their edits ----------------------------------------------------------------------------------


def _all_bodies(document: Document, survey: Survey) -> Iterator[_Body]:
    """The stretches of the file by which something is defined, each once."""
    seen: set[tuple[int, int, int]] = set()
    for let in survey.lets:
        if let.what not in ("function", "symbol", "law", "inverse") or let.until >= 0:
            continue
        for k, f in enumerate(document.formulas):
            if not f.start <= let.start < f.end:
                continue
            latex = let.body if let.what != "inverse" else let.line.partition("=")[2].strip()
            low = _offset(f.body, let.start)
            at = f.body.text.find(latex, low)
            if at >= 0 and (k, at, at + len(latex)) not in seen:
                seen.add((k, at, at + len(latex)))
                yield _Body(let, k, at, at + len(latex))


def _offset(body: Any, at: int) -> int:
    return next((i for i in range(len(body)) if body.source(i, i + 1)[0] >= at), 0)


def _bodies(document: Document, survey: Survey, links: Sequence[Link], wrong: Sequence[int]) -> Iterator[_Body]:
    """The definitions that the wrong lines rest on, and no line of theirs, those first on which most of them rest."""
    rests = [_rests(survey, links[i]) for i in wrong]
    first = min(links[i].right.at for i in wrong)
    found = [b for b in _all_bodies(document, survey) if b.let.start < first or b.let.start < links[wrong[0]].left.at]
    counted = [(sum(b.let.name in names for names in rests), -b.let.start, b) for b in found]
    for _, _, b in sorted((x for x in counted if x[0]), key=lambda x: (-x[0], x[1])):
        yield b


def _rests(survey: Survey, link: Link) -> set[str]:
    """The names in a claim, and those they are defined by."""
    out: set[str] = set()
    todo = {*uses(link.left), *uses(link.right), *(n for p in link.before for n in uses(p))}
    todo |= {n.partition("_")[2] for n in todo if n[:2] in ("f_", "p_", "F_")}
    todo |= {n.lower() for n in todo}
    while todo:
        name = todo.pop()
        out.add(name)
        for let in survey.lets:
            if let.name == name:
                todo |= let.mentions - out
    return out


def _edits(
    document: Document, survey: Survey, links: Sequence[Link], wrong: Sequence[int], bodies: Sequence[_Body]
) -> Iterator[tuple[_Body, tuple[int, int, str]]]:
    """Edits of the definitions, the likeliest first, as edits of the file."""
    texts = {k: f.body.text for k, f in enumerate(document.formulas)}
    found: list[tuple[float, int, _Body, Candidate]] = []
    for n, b in enumerate(bodies):
        text = texts[b.number][b.start : b.end].rstrip(" .,;")
        try:
            env = next((v[0] for i in wrong for v in links[i].right.variants), Environment())
            reading = read(text, env)
            sides = [s for st in reading.statements for s in st.sides]
            if len(sides) != 1 or sides[0].tree is None:
                continue
            near = [x for x in sides_of(texts, b.number) if x != text]
            offered = slips(text, sides[0].tree, (0, len(text)), near)[:_OF_ONE]
            offered += _solved(text, sides[0].tree, b, env, links, wrong, near, reading.spelled)
        except _FAILS:
            continue
        own = re.compile(rf"(?<![A-Za-z\\]){re.escape(b.let.name)}(?![A-Za-z])")  # defined by itself it is nothing
        found += [(c.cost, n, b, c) for c in offered if c.cost <= _FAR and not own.search(c.latex)]
    found.sort(key=lambda x: (round(x[0], 3), x[1], x[3].start, x[3].latex))
    for _, _, b, c in found[:_OF_ALL]:
        start, end = document.formulas[b.number].body.source(b.start + c.start, b.start + c.end)
        yield b, (start, end, c.latex)


def _solved(
    text: str,
    tree: Any,
    b: _Body,
    env: Environment,
    links: Sequence[Link],
    wrong: Sequence[int],
    near: Sequence[str],
    spelled: Mapping[str, str],
) -> list[Candidate]:
    """Edits after which y is what the first wrong line, x = σy + μ, makes of it."""
    link = links[wrong[0]]
    if b.let.what != "symbol" or link.op != "=" or not link.left.variants or not link.right.variants:
        return []
    left, right = link.left.variants[0][1].expr, link.right.variants[0][1].expr
    symbol = next((s for s in right.free_symbols | left.free_symbols if getattr(s, "name", "") == b.let.name), None)
    if symbol is None:
        return []
    hole = DomainSymbol(HOLE_NAME, "positive")
    target = needed(right.xreplace({symbol: hole}), hole, left)
    if target is None or target.has(hole) or target.has(symbol):
        return []

    def number(side: str) -> Any:
        sides = [s for st in read(side, env.with_symbol(HOLE_NAME, "positive")).statements for s in st.sides]
        return sides[0].expr if len(sides) == 1 else None

    offered = candidates(text, tree, (0, len(text)), target, number, spelled, (), None, near)
    return [replace(c, cost=min(c.cost, 1.9)) for c in offered if 1.9 < c.cost < 4.5][:8]


def _inside(document: Document, fix: tuple[int, int, str], b: _Body) -> bool:
    start, end = document.formulas[b.number].body.source(b.start, b.end)
    return start <= fix[0] and fix[1] <= end


def _fix_of(document: Document, link: Link, finding: Finding) -> tuple[int, int, str] | None:
    fix = step_json(link, finding, document)["fix"]
    return None if fix is None else (fix["start"], fix["end"], fix.get("text", fix["latex"]))


# --- the document with an edit ------------------------------------------------------------------------------------


@final
class _Trial:
    """Judges the document again with one edit."""

    def __init__(
        self,
        document: Document,
        links: Sequence[Link],
        findings: Mapping[int, Finding],
        seconds: float,
        deadline: float,
        alive: Callable[[], None],
    ) -> None:
        self._document, self._links, self._findings = document, links, findings
        self._seconds, self._deadline, self._alive = seconds, deadline, alive
        self._last: tuple[tuple[int, int, str], tuple[list[Link], dict[int, str]]] | None = None

    def over(self) -> bool:
        return now() > self._deadline

    def breaks(self, edit: tuple[int, int, str], besides: set[int]) -> bool:
        """Are there lines that held and do not with it?"""
        good = {i for i, f in self._findings.items() if f.status in _GOOD and i not in besides}
        return any(f.status not in (*_GOOD, _GONE) for _, f in self._again(edit, good))

    def mends(self, edit: tuple[int, int, str], wrong: set[int]) -> dict[int, Finding] | None:
        """What becomes of the wrong lines if all of them hold with it, and the others as before; else None."""
        found: dict[int, Finding] = {}
        for i, f in self._again(edit, wrong):
            if f.status not in (*_GOOD, _GONE) or _FOLLOWS in f.notes:
                return None
            found[i] = f if f.status != _GONE else Finding("not_checked", "a definition")
        if not any(f.status in _GOOD for f in found.values()):
            return None
        chains = {self._links[i].chain for i in wrong}
        good = {i for i, f in self._findings.items() if f.status in _GOOD and self._links[i].chain not in chains}
        if any(f.status not in (*_GOOD, _GONE) for _, f in self._again(edit, good)):
            return None
        still = {i for i, f in self._findings.items() if f.status in ("undecided", "not_checked") and i not in wrong}
        found.update((i, f) for i, f in self._again(edit, still) if f.status in _GOOD and i in still)
        return found

    def _again(self, edit: tuple[int, int, str], numbers: set[int]) -> Iterator[tuple[int, Finding]]:
        """The claims of these numbers in the changed document, judged; ``_GONE`` where there is none at the place."""
        try:
            links, bodies = self._changed(edit)
        except _FAILS:
            yield -1, Finding("undecided", "error")
            return
        self._alive()
        wanted = {_key(self._links[i]): i for i in sorted(numbers)}
        there = {_key(n): n.chain for n in links}
        yield from ((i, Finding(_GONE, "")) for k, i in wanted.items() if k not in there)
        for chain in dict.fromkeys(there[k] for k in wanted if k in there):
            mine = [n for n in links if n.chain == chain]
            if now() > self._deadline:
                yield -1, Finding("undecided", "budget-spent")
                return
            for n, finding in ChainJudge(bodies, self._seconds, fix=False).run(mine):
                if (i := wanted.get(_key(mine[n]), -1)) >= 0:
                    yield i, finding

    def _changed(self, edit: tuple[int, int, str]) -> tuple[list[Link], dict[int, str]]:
        if self._last is None or self._last[0] != edit:
            changed = open_document(Source(self._document.source.path, self._document.source.edited([edit])))
            found = Surveyor(changed).run().links, {k: f.body.text for k, f in enumerate(changed.formulas)}
            self._last = edit, found
        return self._last[1]


def _key(link: Link) -> tuple[int, int, int, int]:
    p = link.right
    return p.formula, p.row, p.statement, p.side
