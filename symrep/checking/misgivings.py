"""Before a claim is called right: does it rest on what the text may not mean there?

What a claim was judged under (relations, kinds of names, what names are, laws) was taken from the words. Where these
give a reason to doubt that it is meant at the claim (:mod:`symrep.checking.reach`, :mod:`symrep.checking.unsaid`), the
claim is judged again without it. One that holds nonetheless is right; of one that does not, nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, final

from symrep.checking.alternatives import FAILS, closure, without
from symrep.checking.chains import ChainJudge
from symrep.checking.facts import Fact
from symrep.checking.hearsay import hearsay, only_where
from symrep.checking.kinds import merged
from symrep.checking.laws import needs_of
from symrep.checking.letters import of_another, unknown_point
from symrep.checking.model import Finding, Link, Survey
from symrep.checking.names import uses
from symrep.checking.notations import meant_otherwise
from symrep.checking.parametrisations import given_otherwise
from symrep.checking.reach import ANOTHER_LAW, CASE, DEFINED, ELSEWHERE, KIND, LAW, VALUE, Reach
from symrep.checking.scope import Let, Scope
from symrep.checking.unsaid import Unsaid, doubtful_law
from symrep.clock import now
from symrep.reading.documents import Document
from symrep.reading.latex import Environment
from symrep.reading.latex.given import BAYES
from symrep.verdict import Reason

__all__ = ["misgivings"]

_HELD: Final = ("proved", "supported")
_SECONDS: Final = 60.0
_NUMBER: Final = re.compile(
    r"\s*-?(?:[0-9.]+(?:\s*/\s*[0-9]+)?"
    r"|\\[dt]?frac\s*\{?[0-9]+\}?\s*\{?[0-9]+\}?)\s*[.,;]?\s*"
)
_NAME: Final = re.compile(r"\s*\\?[A-Za-z]+(?:_\{?\w+\}?)?\s*[.,;]?\s*")
_LONGEST: Final = 160
_NEEDED: Final = re.compile(r"\Ameant (?:where|on the support)")


@final
@dataclass
class _Doubts:
    """What a claim may not rest on, each with the reason."""

    relations: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    lets: list[Let] = field(default_factory=list)
    why: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.relations or self.kinds or self.lets)


def misgivings(
    document: Document,
    survey: Survey,
    facts: Sequence[Fact],
    links: Sequence[Link],
    findings: Mapping[int, Finding],
    seconds: float,
    alive: Callable[[], None] = lambda: None,
) -> Iterator[tuple[int, Finding]]:
    """New findings of claims that hold by what may not be meant there, with their numbers."""
    reach = Reach(document, links[0].scope.headings if links and links[0].scope is not None else ())
    bodies = {k: f.body.text for k, f in enumerate(document.formulas)}
    judge = ChainJudge(bodies, seconds, fix=False)
    unsaid = Unsaid(document, reach)
    stated: dict[str, list[tuple[int, int]]] = {}
    for f in document.formulas:
        if len(f.body.text) < _LONGEST:
            stated.setdefault(f.body.text.strip(" .,;\n"), []).append((f.start, f.end))
    signed = reach.signed()
    deadline = now() + _SECONDS + 2 * seconds
    for i, found in sorted(findings.items()):
        link = links[i]
        if link.scope is None or link.ignored:
            continue
        if found.status == "refuted":
            if found.reason == Reason.UNEQUAL.value and reach.by_cases(link.left.at):
                yield i, _open(found, "what it is of is given by cases in its sentence")
            elif found.reason == Reason.UNEQUAL.value and reach.excepted(link.left.at):
                yield i, _open(found, "wrong as it stands, but its sentence makes an exception: say where it holds")
            elif found.reason == Reason.UNEQUAL.value and only_where(reach, link):
                yield i, _open(found, "wrong as it stands, but its sentence says it of some cases: say of which")
            elif (
                found.reason == Reason.UNEQUAL.value
                and (why := hearsay(document, reach, link) or meant_otherwise(document, reach, link))
            ) or (
                found.reason == Reason.UNEQUAL.value
                and (
                    why := unsaid.excuse(link, bodies[link.right.formula], judge)
                    or given_otherwise(document, reach, link)
                    or of_another(document, reach, link)
                    or unknown_point(document, reach, link)
                )
            ):
                yield i, _open(found, why)
            continue
        if found.status not in _HELD:
            continue
        if now() > deadline + 4 * _SECONDS:
            yield (
                i,
                _open(found, "right as it is read; whether the text means it was not looked into, for want of time"),
            )
            continue
        text = bodies[link.right.formula]
        if why := (
            unsaid.otherwise(link, found, text, judge)
            or hearsay(document, reach, link)
            or meant_otherwise(document, reach, link)
            or given_otherwise(document, reach, link)
            or of_another(document, reach, link)
        ):
            yield i, _open(found, why)
            continue
        wide = reach.wide(link.left.at) | signed
        if wide and (name := _narrowed(found, wide)):
            yield i, _open(found, f"right only {name}, and the text speaks of all values: say where it is meant")
            continue
        if link.scope.base.independent and reach.conditional(link.left.at):
            again = without(link, bodies[link.right.formula], None, {}, independent=False)
            if not _good(again, judge):
                yield i, _open(found, "right of independent variables; under its condition they may not be")
                continue
        doubts = _doubts(document, survey, facts, link, reach, stated)
        for name in signed & (uses(link.left) | uses(link.right)) - doubts.kinds.keys() - {
            f.name for f in facts if f.what == "kind"
        }:
            doubts.kinds[name] = "real"
            doubts.why.append("the text says that it may be negative")
        if not doubts:
            continue
        alive()
        if now() > deadline or not _still(link, doubts, bodies, judge, facts):
            yield i, _open(found, f"right by {_words(doubts)}: say whether that holds here")


def _open(found: Finding, message: str) -> Finding:
    return Finding("undecided", Reason.DOMAIN.value, message, notes=found.notes, seconds=found.seconds)


def _words(doubts: _Doubts) -> str:
    lines = [*doubts.relations, *(f"what is said of {n}" for n in doubts.kinds), *(x.line for x in doubts.lets)]
    return f"{', '.join(dict.fromkeys(lines))} ({doubts.why[0]})"


def _narrowed(found: Finding, wide: set[str]) -> str:
    """Where a claim was taken to be meant, if that is not all the text speaks of."""
    for note in found.notes:
        if _NEEDED.match(note) and wide & set(re.findall(r"[A-Za-z]\w*", note.partition(", as")[0])):
            return note.removeprefix("meant ").partition(", as")[0]
    return ""


# --- what is doubtful ---------------------------------------------------------------------------------------------


def _doubts(
    document: Document,
    survey: Survey,
    facts: Sequence[Fact],
    link: Link,
    reach: Reach,
    stated: Mapping[str, Sequence[tuple[int, int]]],
) -> _Doubts:
    out, scope, at = _Doubts(), link.scope or Scope(Environment()), link.left.at
    names = closure(scope, uses(link.left) | uses(link.right))
    by_bayes = any(g.why == BAYES for p in (link.left, link.right) for _, s in p.variants for g in s.guesses)
    for let in scope.lets:
        if let.name not in names or let.what in ("back", "inverse", "label"):
            continue
        if let.start >= at:
            if reach.denied(let.start, let.end):
                out.lets.append(let)
                out.why.append("its sentence denies it, or excepts it")
            continue
        value = let.what == "symbol" and bool(_NUMBER.fullmatch(let.body) or _NAME.fullmatch(let.body))
        why = reach.over(
            let.start, at, frozenset((let.name,)), VALUE if value else LAW if let.what == "law" else DEFINED, let.end
        )
        if why == ANOTHER_LAW and by_bayes:
            why = ""  # the posterior of these laws is what it is of
        if not why and let.what == "function" and reach.by_cases(let.start):
            why = "it is given by cases, in words"
        if not why and let.what == "symbol" and reach.excepted(let.start):
            why = "its sentence makes an exception"
        if not why and let.what == "symbol" and reach.by_chance(let.end):
            why = "its sentence says when it is that"
        if not why and let.what == "law":
            why = doubtful_law(document, reach, survey, link, let)
        if why:
            out.lets.append(let)
            out.why.append(why)
    known = [*link.relations, *link.passed, *link.later, *link.values, *link.cases]
    for latex in dict.fromkeys(known):
        said = list(stated.get(latex.strip(" .,;\n"), ()))
        nearest = [x for x in said if x[0] < at] or said
        mine = {n for n in names if re.search(rf"(?<![A-Za-z]){re.escape(n)}(?![A-Za-z])", latex.replace("\\", ""))}
        if not nearest or not mine:
            continue
        if latex in link.later:
            reasons = ["its sentence denies it, or excepts it" if reach.denied(a, b) else "" for a, b in nearest]
        else:
            what = VALUE if latex in link.values or latex in link.cases else CASE
            reasons = [reach.over(a, at, frozenset(mine), what, b) for a, b in nearest]
        if all(reasons):
            out.relations[latex] = reasons[0]
            out.why.append(reasons[0])
    laws = (*scope.environment.random.values(), *scope.environment.densities.values())
    needed = {pair for law in laws for pair in needs_of(law)}  # what the parameters of the laws in force have to be
    for name in names & {f.name for f in facts if f.what == "kind"}:
        of = [f for f in facts if f.what == "kind" and f.name == name and not f.declared]
        reasons = [reach.over(f.start, at, frozenset((name,)), KIND, f.end) for f in of]
        reasons = ["" if r == ELSEWHERE and (name, f.value) in needed else r for r, f in zip(reasons, of, strict=True)]
        if of and any(reasons):
            kept = [
                f for f in facts if f.what == "kind" and f.name == name and (f.declared or not _why(f, of, reasons))
            ]
            kind = merged(kept)[0].get(name, "real")
            if kind != scope.base.symbols.get(name, "real"):
                out.kinds[name] = kind
                out.why.append(next(r for r in reasons if r))
    return out


def _why(fact: Fact, of: Sequence[Fact], reasons: Sequence[str]) -> str:
    return next((r for f, r in zip(of, reasons, strict=True) if f is fact), "")


# --- judged again -------------------------------------------------------------------------------------------------


def _still(link: Link, doubts: _Doubts, bodies: Mapping[int, str], judge: ChainJudge, facts: Sequence[Fact]) -> bool:
    """Does a claim hold without what is doubtful?"""
    if link.left.formula != link.right.formula or link.scope is None:
        return False
    kept = [x for x in link.scope.lets if x not in doubts.lets]
    again = without(link, bodies[link.right.formula], kept, doubts.kinds)
    lines = {x.line for x in doubts.lets}

    def of(latex: Sequence[str]) -> list[str]:
        return [r for r in latex if r not in doubts.relations and r not in lines]

    again = replace(
        again, before=[again.left], relations=of(link.relations), passed=[], later=of(link.later),
        values=of(link.values), cases=of(link.cases),
    )  # fmt: skip
    return _good(again, judge)


def _good(link: Link, judge: ChainJudge) -> bool:
    try:
        return any(f.status in _HELD for _, f in judge.run([replace(link, before=[link.left])]))
    except FAILS:
        return False
