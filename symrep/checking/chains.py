"""The claims of one chain, judged so that one mistake is blamed once, on the line where it was made.

Each line is compared with the one before; where they differ, with the last line that still stands, which in the end is
the first. A line that follows from a wrong one is not blamed again; nor is one that is right although the line before
is not.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, final

import sympy as sp

from symrep.checking.advice import advised
from symrep.checking.approximately import approximately
from symrep.checking.borrowing import sides_of
from symrep.checking.closed import OPEN, closed
from symrep.checking.corrections import Correction, correct
from symrep.checking.depending import DEPENDS, depending, made_of_one_another, said_to_depend
from symrep.checking.dimensions import OF_WHICH, SIZES, both_sizes, meant_of_some
from symrep.checking.domains import where_others_mean_something
from symrep.checking.drawn import DRAWN, compared
from symrep.checking.formally import formally
from symrep.checking.holding import elsewhere, given_of, names_in, open_to_conditions, supposing
from symrep.checking.images import images_at, written
from symrep.checking.judging import Judged, judge, of_normals
from symrep.checking.meeting import undetermined
from symrep.checking.model import Finding, Link, Place
from symrep.checking.names import uses
from symrep.checking.noises import as_laws, in_law
from symrep.checking.normals import general
from symrep.checking.others import law_unmentioned
from symrep.checking.primitives import by_derivatives
from symrep.errors import SymrepError
from symrep.notation import Density
from symrep.reading.latex import Environment, Side, walk
from symrep.reading.latex.joints import MARK
from symrep.reading.latex.vectors import shown
from symrep.rules.base import unfolded
from symrep.verdict import Reason, Status, Verdict

__all__ = ["ChainJudge"]

_GOOD: Final = (Status.PROVED, Status.SUPPORTED)
_FAILS: Final = (SymrepError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@final
@dataclass(frozen=True)
class _Answer:
    """The verdict on two places, by which of their variants, under what."""

    judged: Judged
    variant: int = 0
    given: tuple[Any, ...] = ()
    #: the other readings that say the same
    others: tuple[_Answer, ...] = ()
    #: that it would be wrong, but for what is said elsewhere
    excused: bool = False

    @property
    def status(self) -> Status | None:
        return self.judged.status


@final
class ChainJudge:
    """Judges the links of one chain in their order. ``bodies`` are the texts of the formulas, by number; ``avoid``:
    stretches of a body that are not corrected; ``tell`` hears of what is wrong before a correction is looked for."""

    def __init__(
        self,
        bodies: Mapping[int, str],
        seconds: float,
        fix: bool = True,
        avoid: frozenset[tuple[int, int]] = frozenset(),
        tell: Callable[[Link, Finding], None] = lambda link, finding: None,
    ) -> None:
        self._bodies, self._avoid, self._tell = bodies, avoid, tell
        self._seconds = seconds
        self._fix = fix
        self._wrong: set[int] = set()
        self._sure: set[int] = set()

    def run(self, links: Sequence[Link]) -> Iterator[tuple[int, Finding]]:
        """Findings, with the number of their link; one number may come again with a finding that replaces the first."""
        for n, link in enumerate(links):
            start = time.monotonic()
            finding, earlier = self._one(link)
            left_open = finding.status in ("not_checked", "undecided") and finding.message != DEPENDS
            if left_open and not link.ignored and link.op != "approx":
                finding = self._formally(link) or finding
            if earlier:
                m = next((i for i in range(n) if links[i].right is link.left), None)
                if m is not None:
                    yield m, self._blamed(links[m], earlier)
            finding.seconds = time.monotonic() - start
            yield n, finding

    def compare(self, link: Link) -> Status | None:
        """What is known of the two places of a claim as they are read."""
        return self._pair(link.left, link).status if link.left.read and link.right.read else None

    def body(self, link: Link) -> str:
        """The formula in which a claim stands."""
        return self._bodies[link.right.formula]

    def _one(self, link: Link) -> tuple[Finding, _Answer | None]:
        """The finding; and, if it turns out that the left place is the wrong one, how that was seen."""
        if link.ignored:
            return Finding("not_checked", "ignored: the author asked for it", "wanted"), None
        if link.op == "approx":
            return approximately(link, self._bodies[link.right.formula], self._seconds), None
        if not link.right.read:
            return Finding("not_checked", _why(link.right)), None
        left = link.left if link.left.read else self._standing(link) if link.op == "=" else None
        if left is None:
            return Finding("not_checked", f"the left side is not read: {_why(link.left)}"), None
        answer = self._pair(left, link)
        if left is not link.left and answer.status is Status.REFUTED and _other_names(left, link.right):
            return Finding("not_checked", f"the left side is not read: {_why(link.left)}"), None
        note = "" if left is link.left else "the line before is not read; compared with the one before that"
        if answer.status is Status.REFUTED and link.op == "=":
            other = self._standing(link, besides=left)
            if id(left) in self._wrong and other is not None:
                again = self._pair(other, link)
                if again.status in _GOOD:
                    self._sure.add(id(link.right))
                    return self._found(
                        link, again, "the line before is wrong; compared with the last that stands"
                    ), None
                if again.status is not Status.REFUTED:
                    note = "the line before is wrong"
                    return self._found(link, again, note), None
                answer, left = again, other
            elif other is not None and id(left) not in self._sure:
                again = self._pair(other, link)
                against = self._between(other, link) if again.status in _GOOD else None
                if against is not None and against.status is Status.REFUTED:
                    self._wrong.add(id(left))
                    self._sure.add(id(link.right))
                    return self._found(
                        link, again, "the line before is wrong; compared with the last that stands"
                    ), against
        if answer.status in _GOOD:
            if id(left) in self._wrong:
                self._wrong.add(id(link.right))
                return self._found(link, answer, "it follows from the line before, which is wrong"), None
            self._sure.add(id(link.right))
            return self._found(link, answer, note), None
        if answer.status is Status.REFUTED and not link.solve:
            self._wrong.add(id(link.right))
        return self._found(link, answer, note, left), None

    def _formally(self, link: Link) -> Finding | None:
        """What follows for all densities; a line that follows from a wrong one is noted to."""
        s = self._seconds
        found = None if said_to_depend(link) else formally(link.left, link, s) or by_derivatives(link.left, link, s)
        if found is None or found.status == "refuted":
            self._wrong |= {id(link.right)} if found is not None else set()
            return found
        if id(link.left) in self._wrong:
            self._wrong.add(id(link.right))
            return replace(found, notes=(*found.notes, "it follows from the line before, which is wrong"))
        self._sure.add(id(link.right))
        return found

    def _standing(self, link: Link, besides: Place | None = None) -> Place | None:
        """The last place before that is read and not known to be wrong."""
        for p in reversed(link.before):
            if p is not besides and p.read and id(p) not in self._wrong:
                return p
        return None

    def _between(self, first: Place, link: Link) -> _Answer:
        middle = Link(link.chain, first, "=", link.left, link.sign_at, [], link.conditions, relations=link.relations)
        middle.bounds = link.bounds
        return self._pair(first, middle)

    # --- two places -----------------------------------------------------------------------------------------------

    def _pair(self, left: Place, link: Link) -> _Answer:
        """The best that can be said of two places under the ways to read them."""
        if link.op == DRAWN:
            return _Answer(*compared(left, link, self._seconds))
        answers: list[_Answer] = []
        seen: list[tuple[Any, Any]] = []
        right, lost = link.right, False
        for v in range(min(len(left.variants), len(right.variants))):
            env, a = left.variants[v]
            b = right.variants[v][1]
            if a.expr is None or b.expr is None:
                lost = lost or bool(seen)
                continue
            if any(_same(a.expr, x) and _same(b.expr, y) for x, y in seen):
                continue
            seen.append((a.expr, b.expr))
            if env.size > SIZES[0] and any(x.judged.apart == OF_WHICH for x in answers):
                continue
            given = tuple(given_of(link, env, a.expr, b.expr))
            same = right.argument == left.argument or not left.argument
            argument = _value_of(right.argument if same else left.argument, env)
            judged = judge(a.expr, link.op, b.expr, argument, given, self._seconds)
            judged = self._in_dimensions(judged, v, left, link, argument) if env.size else judged
            if judged.status is Status.REFUTED:
                both = (a.expr, b.expr)
                judged = where_others_mean_something(judged, link, v, both, argument, given, self._seconds)
            if judged.status is Status.REFUTED and v and link.op == "=" and _which_root(a.expr, b.expr):
                why = f"right where {a.expr} >= 0: of two roots it says which is meant"
                judged = replace(judged, verdict=Verdict(Status.UNDECIDED, Reason.DOMAIN, why))
            kind = general((a.tree, b.tree), env) if link.general else ""  # "moments", v: Z is what it is made of
            if kind in link.general and ((kind == "moments" and v) or not made_of_one_another(link)):
                judged = of_normals(judged, self._seconds, link.constants)
            got = _Answer(judged, v, given)
            if got.status in _GOOD and not env.supposed and not v and depending(link, a.expr, b.expr):
                answers.append(got)
                continue
            if got.status in _GOOD and not env.supposed:
                return got
            if got.status is Status.REFUTED and _apart(a, b, judged, link.met):
                got = _Answer(Judged(None, got.judged.pairs, apart=_APART), v, given)
            elif got.status is Status.REFUTED and law_unmentioned(a.expr, b.expr):
                got = _Answer(Judged(None, got.judged.pairs, apart=_OTHER_LAW), v, given)
            elif got.status is Status.REFUTED and link.op == "=" and (sides := in_law(a.expr, b.expr, env)) is not None:
                got = _Answer(as_laws(judge(sides[0], "=", sides[1], "", given, self._seconds)), v, given)
            elif open_to_conditions(got.judged):
                there = elsewhere(got.judged, link, env, (a.expr, b.expr), argument, given, self._seconds)
                if there is not got.judged:
                    got = replace(got, judged=there, excused=got.status is Status.REFUTED)
            if got.status in _GOOD:
                if not env.supposed:
                    return got
                got = replace(got, judged=supposing(got.judged, env.supposed), excused=True)
            answers.append(got)
        if answers and answers[0].variant == 0 and answers[0].status in _GOOD and not answers[0].excused:
            if all(x.status is not Status.REFUTED for x in answers) and not said_to_depend(link):
                return answers[0]
            undecided = Verdict(Status.UNDECIDED, Reason.DOMAIN, DEPENDS)
            return replace(answers[0], judged=replace(answers[0].judged, verdict=undecided))
        if link.inverse and (kept := [x for x in answers if x.status is not Status.REFUTED]):
            return next((x for x in kept if x.excused), kept[0])
        if (lost or any(x.status is None for x in answers[1:])) and _alone(left, right, self._put_in(left, right)):
            kept = [x for x in answers if x.status is not Status.REFUTED or x.variant > 0]
            return self._worst(kept, left, right) if kept else _Answer(Judged(None, apart=_LOST))
        return self._worst(answers, left, right)

    def _in_dimensions(self, judged: Judged, v: int, left: Place, link: Link, argument: Any) -> Judged:
        """A line about vectors: nothing is said by one size alone, nor where letters may count dimensions."""
        sides = [p.variants[v][1].expr for p in (left, link.right)]
        if judged.status is Status.REFUTED and (why := meant_of_some(link.op, *sides)):
            return Judged(None, judged.pairs, apart=why)
        w = v + len(left.variants) // len(SIZES)
        if judged.status not in (*_GOOD, Status.REFUTED) or w >= len(left.variants):
            return judged
        env, a = left.variants[w]
        b = link.right.variants[w][1]
        if a.expr is None or b.expr is None:
            refuted = judged.status is Status.REFUTED
            return judged if refuted else Judged(None, apart="vectors, read in one dimension and not in another")
        given = tuple(given_of(link, env, a.expr, b.expr))
        return both_sizes(judged, judge(a.expr, link.op, b.expr, argument, given, self._seconds))

    @staticmethod
    def _put_in(left: Place, right: Place) -> set[str]:
        """Names of symbols that are defined, among those of the two places."""
        defined: set[str] = set()
        for env, _ in right.variants[1:]:
            defined |= {n for n in env.definitions if n not in right.variants[0][0].definitions}
        return defined

    @staticmethod
    def _worst(answers: list[_Answer], left: Place, right: Place) -> _Answer:
        """What is to be said where no reading makes the claim good: that it is wrong only if every reading says so."""
        told = [x for x in answers if x.status is not None]
        refuted = [x for x in told if x.status is Status.REFUTED]
        apart = (images_at(p.parsed.expr) - uses(q) for p, q in ((left, right), (right, left)))
        if any(apart):  # p(x) = p(z) |dz/dx| is meant at the x of z
            refuted.sort(key=lambda x: x.variant == 0)
        if excused := [x for x in told if x.excused and x.status is not Status.REFUTED]:
            return excused[0]
        open_ = [x for x in told if x.status is not Status.REFUTED and x.variant > 0]
        if not refuted:
            return (told or answers or [_Answer(Judged(None, apart="not read"))])[0]
        if not open_ or refuted[0].variant > 0:
            return replace(refuted[0], others=tuple(refuted[1:]))
        # as it stands it is wrong; with what its symbols stand for nobody knows
        names = [names_in(p.variants[open_[0].variant][1].expr) for p in (left, right)]
        plain = [names_in(p.variants[0][1].expr) for p in (left, right)]
        put_in = (plain[0] | plain[1]) - (names[0] | names[1])
        return refuted[0] if put_in and all(put_in & p for p in plain) else open_[0]

    # --- findings -------------------------------------------------------------------------------------------------

    def _blamed(self, link: Link, answer: _Answer) -> Finding:
        return self._found(link, answer, "the lines after it agree with those before it, this one does not")

    def _found(self, link: Link, answer: _Answer, note: str = "", left: Place | None = None) -> Finding:
        judged = answer.judged
        notes = tuple(n for n in (note, *judged.notes) if n)
        if judged.verdict is None:
            return Finding("not_checked", judged.apart, notes=notes)
        v = judged.verdict
        if v.status is Status.REFUTED and link.solve:
            reason = f"not taken for an identity: {link.solve}"
            return Finding("not_checked", reason, notes=notes)
        message = shown(v.message)
        if v.status is Status.UNDECIDED:
            message = advised(message, (side for p in judged.pairs for side in (p.lhs, p.rhs)))
        out = Finding(
            v.status.name.lower(),
            v.reason.value,
            message,
            _components(v.witness.to_json()) if v.witness else None,
            hypotheses=tuple(v.hypotheses),
            notes=notes,
            variant=answer.variant,
            given=judged.given,
        )
        if v.status is Status.REFUTED:
            self._tell(link, out)
            self._explain(link, answer, left or link.left, out)
        return out

    def _explain(self, link: Link, answer: _Answer, left: Place, out: Finding) -> None:
        """A diagnosis and a correction; a refutation stands without them."""
        if (
            link.op != "="
            or not link.plain
            or answer.judged.verdict is None
            or answer.judged.verdict.reason is Reason.ERROR
        ):
            return
        text = self._bodies[link.right.formula]
        got: Correction | None = None
        if self._fix:
            variants = [(x.variant, x.judged.given) for x in (answer, *answer.others)]
            variants += [(v, answer.given) for v in _half_read(left, link.right) if v not in dict(variants)]
            besides, first = [*link.passed, *link.later], link.before == [left]
            neighbours = sides_of(self._bodies, link.right.formula)
            got = correct(text, left, link.right, variants, self._seconds, besides, first, neighbours, self._avoid)
        off = _off_by(answer.judged)
        off = "" if MARK in off else shown(off)
        out.diagnosis = {"text": off, "corrected_latex": "", "corrected_status": ""}
        if got is not None:
            out.diagnosis["corrected_latex"] = " ".join(got.side.split())
            out.diagnosis["corrected_status"] = got.status.name.lower()
            out.fix = {"start": got.start, "end": got.end, "latex": got.latex}
        elif not out.diagnosis["text"]:
            out.diagnosis = None


def _off_by(judged: Judged) -> str:
    """The factor or term by which the right side is off, in words."""
    from symrep.repair.offset import difference, harmless, plain, quotient

    if len(judged.pairs) != 1:
        return ""
    lhs, rhs = judged.pairs[0].lhs, judged.pairs[0].rhs
    try:
        if not (harmless(lhs) and harmless(rhs)) or lhs == 0 or rhs == 0:
            return ""
        if lhs.has(Density) != rhs.has(Density):
            lhs, rhs = written(lhs), written(rhs)
        lhs, rhs = unfolded(lhs), unfolded(rhs)
        lhs, rhs = closed(lhs, rhs, judged.given), closed(rhs, lhs, judged.given)
        if any(x.has(*OPEN, sp.Product) for x in (lhs, rhs)) or lhs == 0 or rhs == 0:
            return ""
        factor, term = quotient(rhs, lhs), difference(rhs, lhs)
        if factor == -1:
            return "the sign is wrong"
        if factor.count_ops() <= term.count_ops() and factor.count_ops() <= 20:
            return f"off by the factor {plain(factor)}"
        if term.count_ops() <= 20:
            return f"off by the term {plain(term)}"
    except _FAILS:
        pass
    return ""


_LOST: Final = "what its symbols stand for is not read or not compared"


_OTHER_LAW: Final = "of the law that was told no parameter is mentioned: it may be about another law"
_APART: Final = "the two sides have no name in common: it may say how names hang together rather than follow"


def _apart(left: Side, right: Side, judged: Judged, met: frozenset[str]) -> bool:
    """Are they expressions in different names? What is the same for all their values would be a number.

    Not where a function at some point, as in g'(y) = μ, is compared with names the document knew before it: that says
    nothing of what these are.
    """
    pairs = [(p.lhs, p.rhs) for p in judged.pairs] or [(left.expr, right.expr)]
    names = [(names_in(x), names_in(y)) for x, y in pairs]
    if any(not a or not b or a & b for a, b in names):
        return False
    applied = any(
        t.head in ("app", "prime") for side in (left, right) if side.tree is not None for t in walk(side.tree)
    )
    if applied and all((a | b) <= met for a, b in names):
        return False
    return not any(undetermined(x) for pair in pairs for x in pair if isinstance(x, sp.Expr))


def _which_root(name: Any, value: Any) -> bool:
    """Is it x = √z where z = x² was said before?"""
    return isinstance(name, sp.Symbol) and value == sp.Abs(name)


def _value_of(argument: str, env: Environment) -> Any:
    """What the argument of a density stands for, where it is put in."""
    found = env.definitions.get(argument)
    return argument if found is None or found.parameters or not isinstance(found.body, sp.Expr) else found.body


def _half_read(left: Place, right: Place) -> list[int]:
    """The ways to read one side in which the other means nothing, yet."""
    both = zip(left.variants, right.variants, strict=False)
    return [v for v, ((_, a), (_, b)) in enumerate(both) if (a.expr is None) != (b.expr is None)]


def _other_names(left: Place, right: Place) -> bool:
    return names_in(left.parsed.expr) != names_in(right.parsed.expr)


def _alone(left: Place, right: Place, put_in: set[str]) -> bool:
    """Does a name that was defined stand in one of the sides only? As it stands the claim says nothing of it then."""
    a, b = (names_in(p.variants[0][1].expr) & put_in for p in (left, right))
    return a != b


def _components(witness: dict[str, Any]) -> dict[str, Any]:
    """A witness with the components of vectors as people write them."""
    return {**witness, "point": {shown(k): v for k, v in witness.get("point", {}).items()}}


def _why(place: Place) -> str:
    if place.variants and place.variants[0][0].size and place.variants[0][1].unread:
        return str(place.variants[0][1].unread[0])
    return str(place.parsed.unread[0]) if place.parsed.unread else "not read"


def _same(a: Any, b: Any) -> bool:
    try:
        return bool(a == b)
    except _FAILS:
        return False
