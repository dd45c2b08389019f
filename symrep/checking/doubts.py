"""Before a claim is called wrong: is it wrong in every way in which it may be read?

A refutation stands on what was guessed of the line: what its names stand for, by which parameters a law is given. Each
guess is taken back in turn; where the line holds without it, it is neither right nor wrong, and what it would need is
said. A supposition under which lines fail that held is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any, Final

from symrep.checking.alternatives import FAILS, Alternative, alternatives, closure, forgetting, same_guess
from symrep.checking.approximately import in_decimals, nearly
from symrep.checking.chains import ChainJudge
from symrep.checking.members import by_members
from symrep.checking.model import ELSEWHERE, Finding, Link, Survey
from symrep.checking.names import Head, head_of, latex_name, uses
from symrep.checking.reasons import for_a_reason
from symrep.checking.scope import Let, Scope
from symrep.checking.told_in_passing import in_passing, of_members
from symrep.checking.unknowns import bounds, conditions, spelled_matrix, worked_out
from symrep.clock import now
from symrep.reading.documents import Document
from symrep.reading.latex import walk
from symrep.reading.latex.scope import INDICES, name_of
from symrep.verdict import Reason, Status

__all__ = ["doubted", "unsettled"]

_GOOD: Final = (Status.PROVED, Status.SUPPORTED)
_HELD: Final = ("proved", "supported")
_MOST: Final = 40
_SECONDS: Final = 20.0
_EACH: Final = 3.0
#: how many lines that hold are asked what they say of a supposition
_ASKED: Final = 3
#: a side and its correction are as much alike at least, if it is one of a slip
_ALIKE: Final = 0.6
#: what is said in so many names that were in it before is said of the same thing
_SHARED: Final = 3
_ENDED: Final = re.compile(r"[.;!?](?=[\s$\\]|\Z)|\n[ \t>]*\n")
#: the name of a paragraph, *Poisson.*
_LABEL: Final = re.compile(
    r"(?mi)^[ \t>]*(?:\*{1,3}|_|\\(?:emph|textit)\{)(?!proof|solution|remark|note|hint|step|answer|check|claim)"
    r"[^*_{}\n]{1,60}(?:[.:](?:\*{1,3}|_|\})|(?:\*{1,3}|_|\})[.:])"
)
_TOKEN: Final = re.compile(r"\\[A-Za-z]+|[0-9]+|[A-Za-z]|[^\s{}]")
#: an offset in so few characters is one of a slip
_SHORT: Final = 12
#: of what is random
_CHANCE: Final = frozenset("E Var Cov Corr Std P H KL density distpdf dist |".split())
_LAWS: Final = ("law", "sample", "given")
_NAME: Final = r"\\?[A-Za-z]+(?:_(?:\w|\{\w{1,12}\}))?"
_CALL: Final = re.compile(
    rf"\s*(?P<f>{_NAME})(?:\s|\\[,;! ])*(?:\\left|\\[bB]igl?)?\((?P<x>\s*{_NAME}\s*(?:,\s*{_NAME}\s*){{0,3}})"
    r"(?:\\right|\\[bB]igr?)?\)[\s.,;]*"
)


def doubted(
    document: Document,
    survey: Survey,
    links: Sequence[Link],
    findings: Mapping[int, Finding],
    seconds: float,
    corrected: bool,
    alive: Callable[[], None] = lambda: None,
) -> Iterator[tuple[int, Finding]]:
    """New findings of refuted claims that may be meant otherwise, with their numbers. ``corrected``: what is wrong was
    corrected where it could be."""
    yield from bounds(links, findings)
    wrong = [i for i in sorted(findings) if _unequal(findings[i])]
    if not wrong:
        return
    bodies = {k: f.body.text for k, f in enumerate(document.formulas)}
    judge = ChainJudge(bodies, min(seconds, _EACH), fix=False)
    deadline = now() + max(_SECONDS, 2 * seconds) + len(wrong[:_MOST])
    text = document.source.text
    claims = {i: let for i in wrong if (let := _says(links[i])) is not None and not _in_one(text, links[i], let)}
    others = [*_lets(links), *survey.told]
    anew: dict[int, list[int]] = {}
    held_back: dict[str, dict[int, Finding]] = {}
    excused: set[int] = set()
    #: what was supposed for some line, and what a line fails under nonetheless
    taken: set[str] = set()
    fails: dict[int, set[str]] = {}
    in_both: set[int] = set()  # wrong by another definition as well
    for i in wrong:
        if of := _of_a_family(links[i]):
            excused.add(i)
            yield i, _undecided(findings[i], f"what {of[0]} is, is said by {of[1]} only: say it")
    for i in (i for i in wrong[:_MOST] if i not in excused):
        said = [let for j, let in claims.items() if j < i]
        for a in alternatives(links[i], bodies[links[i].right.formula], others, said, document.words.text):
            if now() > deadline:
                break
            alive()
            status = _status(judge, a)
            if status is Status.REFUTED:
                fails.setdefault(i, set()).add(a.said)
                in_both |= {i} if a.lets else set()
            if status not in _GOOD or _contradicted(a, links, findings, judge, i):
                continue
            taken.add(a.said)
            for j in (j for j, let in claims.items() if let in a.lets):
                anew.setdefault(j, []).append(i)
            finding = _undecided(findings[i], f"wrong as it is read here, right if {a.said}: say what is meant")
            if a.likely:
                excused.add(i)
                yield i, finding
                break
            held_back.setdefault(a.said, {})[i] = finding
    for both in held_back.values():  # an unlikely convention, by which several lines hold
        if len(both) > 1:
            excused |= both.keys()
            yield from both.items()
    for i, let in claims.items():
        small = _small(links[i], findings[i], bodies, seconds) if now() < deadline else True
        lines = [document.source.position(links[j].right.at)[0] for j in anew.get(i, ())]
        why = ""
        if lines and (_fresh(links[i], let) or not small or _of_a_law(links[i], let)):
            why = f"it may say anew what {let.name} is: line {lines[0]} holds then"
        elif _labelled(text, links[i], let) or (
            not small and (_another_thing(links[i], let) or _product(links[i]) is not None)
        ):
            why = f"it may say anew what {let.name} is, of which something else was said before"
        if why:
            excused.add(i)
            yield i, _undecided(findings[i], why)
    for i in (i for i in wrong if i not in excused):
        if (name := _outdated(links[i], [let for j, let in claims.items() if j in excused])) is not None:
            excused.add(i)
            yield (
                i,
                _undecided(findings[i], f"what {name} is was said before its variable was another: say what is meant"),
            )
        elif any(links[j].left is links[i].right and j in excused for j in claims):  # π = σ(θ) = …
            excused.add(i)
            yield i, _undecided(findings[i], "the other side may be said anew to be something")
    for i in (i for i in wrong if i not in excused and corrected and not taken & fails.get(i, set())):
        found, let = _from_elsewhere(links[i]), None
        if found and not _restated(links[i], claims.get(i)) and not _wrong_without(links[i], found, bodies, judge):
            let = found[-1]
        unlike = let is not None and findings[i].fix is not None and not _simply_off(findings[i])
        if let is not None and findings[i].fix is None and not worked_out(links[i]):
            unlike = True
        if let is not None and unlike and not _small(links[i], findings[i], bodies, seconds):
            where = f"line {document.source.position(let.start)[0]} says of {let.name}"
            why = f"wrong with what {where}, and what would mend it is nothing like it: say what is meant"
            excused.add(i)
            yield i, _undecided(findings[i], why)
    for i in (i for i in wrong if i not in excused):
        inline = not document.formulas[links[i].right.formula].display
        why = of_members(links[i], document) or (in_passing(links[i]) if inline else "")
        if why := why or spelled_matrix(links, findings[i]):
            excused.add(i)
            yield i, _undecided(findings[i], why)
    for i in (i for i in wrong if i not in excused and (nearly(links[i]) or in_decimals(links[i]))):
        excused.add(i)
        yield i, _undecided(findings[i], "right to the digits shown: it is about equal, not equal")
    for i in (i for i in wrong if i not in excused and now() < deadline):
        alive()
        if base := by_members(links[i], seconds / 2):
            excused.add(i)
            yield (
                i,
                _undecided(findings[i], f"wrong of any numbers {base}, and maybe not of what the text says these are"),
            )
    for i in (i for i in wrong if i not in excused and now() < deadline):
        if why := for_a_reason(links[i], bodies[links[i].right.formula], seconds / 2):
            excused.add(i)
            yield i, _undecided(findings[i], f"wrong as it stands, and the reason beside it is not used: {why}")
    left = {i: findings[i] for i in wrong if i not in excused | in_both and not taken & fails.get(i, set())}

    def fixed(link: Link, found: Finding) -> tuple[str, str] | None:
        fix = found.fix
        if fix is None and not corrected and now() < deadline:
            fix = _correction(link, bodies, seconds)
        return None if fix is None else (bodies[link.right.formula][fix["start"] : fix["end"]], fix["latex"])

    yield from conditions(links, left, document.words.text, fixed)


def unsettled(
    document: Document, links: Sequence[Link], findings: Mapping[int, Finding], anew: Sequence[int], seconds: float
) -> Iterator[tuple[int, Finding]]:
    """What held by a definition, behind a claim that may say anew what the name is: by which of the two is not known.
    What holds whatever the name stands for is proved all the same.

    ``anew``: the numbers of such claims; those set aside since another section defined the name are found here.
    """
    judge = ChainJudge({k: f.body.text for k, f in enumerate(document.formulas)}, min(seconds, _EACH), fix=False)
    deadline = now() + _SECONDS
    said: list[tuple[int, set[str]]] = []
    for i, link in enumerate(links):
        proved = i in findings and findings[i].status in _HELD  # it says what was said before
        if not proved and (i in anew or link.solve == ELSEWHERE) and (let := _says(link)) is not None:
            whose = link.scope.density_of(let.name) if link.scope is not None else None
            said.append((let.start, {let.name, *([whose] if whose else [])}))
    for i, found in findings.items() if said else ():
        scope, at = links[i].scope, links[i].right.at
        if found.status not in _HELD or scope is None:
            continue
        names = closure(scope, uses(links[i].left) | uses(links[i].right))
        for start, known in said:
            if start < at and names & known and not any(x.name in known and x.start > start for x in scope.lets):
                if now() < deadline and _whatever(links[i], known, judge):
                    continue
                line = document.source.position(start)[0]
                yield (
                    i,
                    _undecided(found, f"right by an earlier definition; line {line} may say another: say which"),
                )
                break


def _of_a_family(link: Link) -> tuple[str, str] | None:
    """The s_2 of a claim that nobody said what it is, where s_i was defined, s_1 being known; and s_i."""
    scope, used = link.scope, uses(link.left) | uses(link.right)
    if scope is None:
        return None
    known = {x.name for x in scope.lets}
    for name in sorted(used - known):
        base, _, below = name.partition("_")
        of = next((x.name for x in scope.lets if x.what == "symbol" and x.name.partition("_")[0] == base), "")
        index = of.partition("_")[2]
        if below.isdigit() and index in INDICES and any(k.partition("_")[0] == base for k in known - {of}):
            return name, of
    return None


def _whatever(link: Link, names: set[str], judge: ChainJudge) -> bool:
    """Does a claim hold whatever some names stand for?"""
    scope = link.scope
    lets = [x for x in scope.lets if x.name in names] if scope is not None else []
    if not lets or link.left.formula != link.right.formula:
        return False
    try:
        return judge.compare(forgetting(link, judge.body(link), lets).link) in _GOOD
    except FAILS:
        return False


def _outdated(link: Link, anew: Sequence[Let]) -> str | None:
    """The f_Y of a claim that was said to be something before Y was."""
    scope = link.scope
    if scope is None:
        return None
    for name in sorted(closure(scope, uses(link.left) | uses(link.right))):
        let, variable = scope.function(name), name.partition("_")[2]
        if let is None or not variable or variable.islower():
            continue
        said = [x for x in (*scope.lets, *anew) if x.name == variable and x.what in ("symbol", "law")]
        if any(let.end < x.start < link.right.at for x in said):
            return name
    return None


def _from_elsewhere(link: Link) -> list[Let]:
    """The definitions of other paragraphs on which a claim rests, in their order."""
    scope = link.scope
    if scope is None:
        return []
    names = closure(scope, uses(link.left) | uses(link.right))
    at = min(link.left.at, link.right.at)
    plain = not _of_chance(link)  # what law a letter has elsewhere is nothing to f'(z) = …
    lets = (x for x in scope.lets if x.name in names and scope.apart(x, at) and not (plain and x.what in _LAWS))
    return sorted(lets, key=lambda x: x.start)


def _of_chance(link: Link) -> bool:
    """Does a claim speak of moments, probabilities or densities?"""
    for tree in (p.tree for p in (link.left, link.right) if p.tree is not None):
        for t in walk(tree):
            name = name_of(t.parts[0]) if t.head == "app" and t.parts else ""
            letter, _, below = name.partition("_")
            if t.head in _CHANCE or letter in ("p", "q", "F", "M", "H") or (letter == "f" and below):
                return True
    return False


def _wrong_without(link: Link, lets: Sequence[Let], bodies: Mapping[int, str], judge: ChainJudge) -> bool:
    """Is a claim wrong whatever the names stand for that were defined elsewhere? Each of them stands in both sides."""
    sides = uses(link.left), uses(link.right)
    if any((x.name in sides[0]) != (x.name in sides[1]) for x in lets if x.what == "symbol"):
        return False
    if any(x.what != "symbol" for x in lets) or link.left.formula != link.right.formula:
        return False
    return _status(judge, forgetting(link, bodies[link.right.formula], lets)) is Status.REFUTED


def _status(judge: ChainJudge, a: Alternative) -> Status | None:
    try:
        return judge.compare(a.link)
    except FAILS:
        return None


def _unequal(found: Finding) -> bool:
    """Do numbers speak against it? That a condition fails is no question of what a name stands for."""
    return found.status == "refuted" and found.reason == Reason.UNEQUAL.value


def _undecided(found: Finding, message: str) -> Finding:
    return Finding("undecided", Reason.DOMAIN.value, message, notes=found.notes, seconds=found.seconds)


def _says(link: Link) -> Let | None:
    """What a claim ``f(x) = …``, ``c = …`` at the beginning of a chain says that a name is."""
    head = head_of(link.left) or _product(link)
    before = [p for p in link.before if p is not link.left]
    if link.op != "=" or head is None or link.right.tree is None:
        return None
    if any(p.tree is None or p.tree.head != "name" for p in before):  # π = σ(θ) = …
        return None
    if head.name in uses(link.right) or (head.parameters and not set(head.parameters) & uses(link.right)):
        return None
    line = " ".join(f"{link.left.latex.strip()} = {link.right.latex.strip()}".split())
    what = "function" if head.parameters else "symbol"
    body = link.right.latex
    return Let(what, head.name, head.parameters, body, uses(link.right), link.left.at, link.right.to, line)


def _product(link: Link) -> Head | None:
    """The σ(θ) that was read as a product."""
    m = _CALL.fullmatch(link.left.latex)
    names = uses(link.left)
    if m is None or link.left.tree is None or link.left.tree.head != "*":
        return None
    said = [next((n for n in names if n == x.strip() or latex_name(n) == x.strip()), "") for x in m["x"].split(",")]
    name = next((n for n in names if n == m["f"] or latex_name(n) == m["f"]), "")
    return Head(name, tuple(said)) if name and all(said) and len({name, *said}) == len(said) + 1 else None


def _lets(links: Sequence[Link]) -> list[Let]:
    """All that was in force somewhere in the document; numbers for names apart, which are over where they are over."""
    out: dict[int, Let] = {}
    for n in links:
        if isinstance(n.scope, Scope):
            out.update((id(x), x) for x in n.scope.lets if x.until < 0 and (x.mentions or x.what != "symbol"))
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


def _another_thing(link: Link, let: Let) -> bool:
    """Does a claim speak in other names of what it says something is, or in another paragraph than what was said?"""
    known = _before(link, let)
    if _restated(link, let) or (known is not None and known.mentions and not let.mentions):
        return False  # a number for what stands for an expression is its value
    if _fresh(link, let) and _fresh(link, let, lost=True):
        return True
    old = _before(link, let)
    return old is not None and link.scope is not None and link.scope.apart(old, link.left.at)


def _restated(link: Link, let: Let | None) -> bool:
    """Does a claim say in much the same names what a symbol is?"""
    old = _before(link, let) if let is not None and not let.parameters else None
    return old is not None and let is not None and len(old.mentions & let.mentions) >= _SHARED


def _labelled(text: str, link: Link, let: Let) -> bool:
    """Does a claim stand in a paragraph of another name than what said before what something is?"""
    old = _before(link, let)
    if old is None or let.parameters or not let.mentions or old.end > link.left.at:
        return False
    return _LABEL.search(text, old.end, link.left.at) is not None


def _of_a_law(link: Link, let: Let) -> bool:
    """Is it a density, of a variable whose law another paragraph told?"""
    old = _before(link, let)
    return old is not None and old.what == "law" and link.scope is not None and link.scope.apart(old, link.left.at)


def _in_one(text: str, link: Link, let: Let) -> bool:
    """Does one sentence say both what something is and what the claim says it is?"""
    old = _before(link, let)
    return old is not None and old.end <= link.left.at and _ENDED.search(text, old.end, link.left.at) is None


def _before(link: Link, let: Let) -> Let | None:
    """What said before what a claim says of a name: a definition, or a law."""
    if link.scope is None:
        return None
    whose = link.scope.density_of(let.name)
    law = next((x for x in link.scope.lets if x.what == "law" and whose and x.name == whose), None)
    return (link.scope.function(let.name) if let.parameters else link.scope.symbol(let.name)) or law


def _fresh(link: Link, let: Let, lost: bool = False) -> frozenset[str]:
    """The names in what a claim says something is that were not in what it was before; ``lost``: the other way."""
    old = _before(link, let)
    if old is None and let.parameters and _product(link) is not None:  # a number before
        return frozenset() if lost else frozenset((let.name,))
    if old is None or old.what == "law":
        return frozenset()
    mine, theirs = let.mentions - set(let.parameters), old.mentions - set(old.parameters)
    return theirs - mine if lost else mine - theirs


def _simply_off(found: Finding) -> bool:
    """Is a side off by a sign, a number, a name?"""
    off = str((found.diagnosis or {}).get("text", ""))
    return off == "the sign is wrong" or 0 < len(off.removeprefix("off by the ").partition(" ")[2]) <= _SHORT


def _small(link: Link, found: Finding, bodies: Mapping[int, str], seconds: float) -> bool:
    """Is there a correction that leaves most of a side as it is?"""
    fix = found.fix or _correction(link, bodies, seconds)
    if fix is None:
        return False
    start, end = fix["start"], fix["end"]
    p = link.left if start < link.left.end and link.left.start <= start else link.right
    text = bodies[p.formula]
    old, new = text[p.start : p.end], text[p.start : start] + fix["latex"] + text[end : p.end]
    return SequenceMatcher(None, _TOKEN.findall(old), _TOKEN.findall(new), autojunk=False).ratio() >= _ALIKE


def _correction(link: Link, bodies: Mapping[int, str], seconds: float) -> dict[str, Any] | None:
    return next((f.fix for _, f in ChainJudge(bodies, seconds).run([replace(link, before=[link.left])])), None)
