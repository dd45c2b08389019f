"""Before a claim is called wrong: is it wrong in every way in which it may be read?

A refutation stands on what was guessed of the line: what its names stand for, by which parameters a law is given. Each
guess is taken back in turn; where the line holds without it, it is neither right nor wrong, and what it would need is
said. A supposition under which lines fail that held is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from symrep.checking.alternatives import Alternative, alternatives, same_guess
from symrep.checking.chains import ChainJudge
from symrep.checking.model import Finding, Link
from symrep.checking.names import head_of, uses
from symrep.checking.scope import Let, Scope
from symrep.clock import now
from symrep.reading.documents import Document
from symrep.verdict import Reason, Status

__all__ = ["doubted"]

_GOOD: Final = (Status.PROVED, Status.SUPPORTED)
_HELD: Final = ("proved", "supported")
_MOST: Final = 12
_SECONDS: Final = 20.0
_EACH: Final = 3.0
#: how many lines that hold are asked what they say of a supposition
_ASKED: Final = 3
#: a correction of less than this share of a side is one of a slip
_SMALL: Final = 0.5


def doubted(
    document: Document,
    links: Sequence[Link],
    findings: Mapping[int, Finding],
    seconds: float,
    alive: Callable[[], None] = lambda: None,
) -> Iterator[tuple[int, Finding]]:
    """New findings of refuted claims that may be meant otherwise, with their numbers."""
    wrong = [i for i in sorted(findings) if findings[i].status == "refuted"]
    if not wrong or len(wrong) > _MOST:
        return
    bodies = {k: f.body.text for k, f in enumerate(document.formulas)}
    judge = ChainJudge(bodies, min(seconds, _EACH), fix=False)
    deadline = now() + max(_SECONDS, 2 * seconds)
    claims = {i: let for i in wrong if (let := _says(links[i])) is not None}
    others = _lets(links)
    anew: dict[int, list[int]] = {}
    for i in wrong:
        known = [*others, *(let for j, let in claims.items() if j < i)]
        for a in alternatives(links[i], bodies[links[i].right.formula], known, document.words.text):
            if now() > deadline:
                break
            alive()
            if judge.compare(a.link) not in _GOOD or _contradicted(a, links, findings, judge, i):
                continue
            if (j := next((j for j, let in claims.items() if let is a.let), None)) is not None:
                anew.setdefault(j, []).append(i)
            yield i, _undecided(findings[i], f"wrong as it is read here, right if {a.said}: say what is meant")
            break
    for i, let in claims.items():
        lines = [document.source.position(links[j].right.at)[0] for j in anew.get(i, ())]
        if lines and not _small(links[i], findings[i]):
            yield i, _undecided(findings[i], f"it may say anew what {let.name} is: line {lines[0]} holds then")
        elif _another_thing(links[i], let, findings[i]):
            yield i, _undecided(findings[i], f"it may say anew what {let.name} is, of which other things were said before")


def _undecided(found: Finding, message: str) -> Finding:
    return Finding("undecided", Reason.DOMAIN.value, message, notes=found.notes, seconds=found.seconds)


def _says(link: Link) -> Let | None:
    """What a claim ``f(x) = …``, ``c = …`` at the beginning of a chain says that a name is."""
    head = head_of(link.left)
    if link.op != "=" or head is None or link.left is not (link.before or [link.left])[0] or link.right.tree is None:
        return None
    if head.name in uses(link.right):
        return None
    line = " ".join(f"{link.left.latex.strip()} = {link.right.latex.strip()}".split())
    what = "function" if head.parameters else "symbol"
    body = link.right.latex
    return Let(what, head.name, head.parameters, body, uses(link.right), link.left.at, link.right.to, line)


def _lets(links: Sequence[Link]) -> list[Let]:
    """All that was in force somewhere in the document."""
    out: dict[int, Let] = {}
    for n in links:
        if isinstance(n.scope, Scope):
            out.update((id(x), x) for x in n.scope.lets if x.until < 0)
    return list(out.values())


def _contradicted(
    a: Alternative, links: Sequence[Link], findings: Mapping[int, Finding], judge: ChainJudge, number: int
) -> bool:
    """Do lines that held fail under a supposition about laws?"""
    if not a.law:
        return False
    held = sorted((abs(j - number), j) for j, f in findings.items() if f.status in _HELD)
    asked = 0
    for _, j in held:
        other = same_guess(links[j], a)
        if other is None:
            continue
        asked += 1
        if judge.compare(other) is Status.REFUTED:
            return True
        if asked >= _ASKED:
            return False
    return False


def _another_thing(link: Link, let: Let, found: Finding) -> bool:
    """Does a claim speak in other names of what it says something is, so that no slip makes it of what was known?"""
    scope = link.scope
    if not isinstance(scope, Scope):
        return False
    old = scope.function(let.name) if let.parameters else scope.symbol(let.name)
    if old is None:
        return False
    mine, theirs = let.mentions - set(let.parameters), old.mentions - set(old.parameters)
    return bool(mine - theirs) and bool(theirs - mine) and not _small(link, found)


def _small(link: Link, found: Finding) -> bool:
    """Is there a correction that leaves most of a side as it is?"""
    if found.fix is None:
        return False
    start, end = found.fix["start"], found.fix["end"]
    p = link.left if start < link.left.end and link.left.start <= start else link.right
    length = max(1, len(p.latex.strip(" .,;\n")))
    return max(end - start, len(found.fix["latex"])) <= _SMALL * length
