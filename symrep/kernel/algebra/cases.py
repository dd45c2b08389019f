"""Proof by cases over the signs of terms: every cell is proved, and what is left out is proved to be a null set.

Where a claim is about every point, the null sets that were left out are cells of their own: {a = 0} is a domain, solved
for one of its symbols, on which the claim may hold, or on which neither side has a value, so that nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from symrep.kernel.algebra.domain import Domain
from symrep.kernel.algebra.engine import Engine, engine
from symrep.kernel.algebra.field import too_large
from symrep.kernel.algebra.signing import Condition
from symrep.kernel.algebra.signs import assume, flat
from symrep.kernel.fail import NotProved
from symrep.term import Term
from symrep.verdict import Reason

__all__ = ["Goal", "Outcome", "by_cases"]

MAX_CELLS = 64
MAX_DEPTH = 8
MAX_BORDERS = 3
_NOWHERE = "where it is 0 neither side has a value"


@dataclass(frozen=True)
class Goal:
    """What is to be proved on a domain: ``attempt`` does it or raises NotProved. ``sides`` are the two sides if the
    claim is about every point, not only about almost every one."""

    attempt: Callable[[Engine], None]
    sides: tuple[Term, ...] = ()

    def without_value(self, dom: Domain) -> tuple[bool, ...]:
        """For each side, is it proved to have no value at any point of the domain?"""
        out = []
        for side in self.sides:
            eng = engine(dom)
            try:
                eng.run(lambda eng=eng, side=side: eng.quietly(lambda: eng.norm(side)))  # type: ignore[misc]
                out.append(False)
            except NotProved as e:
                out.append(e.undefined)
        return tuple(out)

    def poles(self, dom: Domain) -> tuple[frozenset[str], ...]:
        """For each side, the conditions where it has no value."""
        eng = engine(dom)
        found = []
        for side in self.sides:
            _, _, conditions = eng.run(lambda side=side: eng.quietly(lambda: eng.norm(side)))  # type: ignore[misc]
            found.append(frozenset(c for c in conditions if isinstance(c, Condition) and c.pole))
        return tuple(found)


@dataclass
class Outcome:
    """What the proof used."""

    almost_everywhere: bool = False
    conditions: dict[str, None] = field(default_factory=dict)
    cells: int = 0

    def take(self, almost_everywhere: bool, conditions: Iterable[str]) -> None:
        self.almost_everywhere = self.almost_everywhere or almost_everywhere
        self.conditions.update(dict.fromkeys(conditions))


def by_cases(dom: Domain, goal: Goal) -> Outcome:
    """Prove on the whole domain, splitting where an unknown sign stood in the way."""
    out = Outcome()
    plain = flat(dom)
    if plain is not dom:
        try:
            _cell(plain, goal, out, MAX_DEPTH, 0)
        except NotProved:
            out = Outcome()
        else:
            return out
    _cell(dom, goal, out, 0, 0)
    return out


def _cell(dom: Domain, goal: Goal, out: Outcome, depth: int, border: int) -> None:
    if dom.empty:
        return
    out.cells += 1
    if out.cells > MAX_CELLS:
        raise too_large(f"more than {MAX_CELLS} cases")
    eng = engine(dom)
    try:
        _, off_null_set, conditions = eng.run(lambda: eng.quietly(lambda: goal.attempt(eng)))
    except NotProved as failure:
        if failure.reason is Reason.TIMEOUT or not eng.splits or depth >= MAX_DEPTH:
            raise
        _split(dom, next(iter(eng.splits)), goal, out, depth, border)
        return
    if off_null_set and goal.sides:
        _close(dom, goal, conditions, out, border)
    else:
        out.take(off_null_set, conditions)


def _close(dom: Domain, goal: Goal, conditions: Iterable[str], out: Outcome, border: int) -> None:
    """Look at the null sets that were left out, one by one."""
    poles = goal.poles(dom)
    for c in conditions:
        at = [c in p for p in poles]
        if all(at):
            out.take(False, [f"{c}, {_NOWHERE}"])
        elif any(at):
            out.take(True, [f"{c}, {_one_sided(at)}"])
        elif not isinstance(c, Condition) or c.term is None:
            out.take(True, [c])
        else:
            _border(dom, c.term, goal, out, MAX_DEPTH, border, c)


def _one_sided(at: Iterable[bool]) -> str:
    side = "left" if next(iter(at)) else "right"
    return f"where it is 0 the {side} side has no value"


def _border(dom: Domain, a: Term, goal: Goal, out: Outcome, depth: int, border: int, words: str) -> None:
    """The points where a = 0, as a domain of its own; what is not known there is left out."""
    edge = assume(dom, a, "==")
    if edge.empty:
        return
    if border >= MAX_BORDERS:
        out.take(True, [words])
        return
    trial = Outcome(cells=out.cells)
    try:
        _cell(edge, goal, trial, depth, border + 1)
    except NotProved:
        without = goal.without_value(edge)
        if without and all(without):
            trial = Outcome(False, {f"{words}, {_NOWHERE}": None})
        else:
            trial = Outcome(True, {f"{words}, {_one_sided(without)}" if any(without) else words: None})
    out.take(trial.almost_everywhere, trial.conditions)
    out.cells = max(out.cells, trial.cells)


def _split(dom: Domain, a: Term, goal: Goal, out: Outcome, depth: int, border: int) -> None:
    """A > 0, a < 0, and a = 0 or a reason why that is a null set."""
    for op in (">", "<"):
        _cell(assume(dom, a, op), goal, out, depth + 1, border)
    edge = assume(dom, a, "==")
    if edge.empty:
        return
    if not edge.thin or goal.sides:
        trial = Outcome(cells=out.cells)
        try:
            _cell(edge, goal, trial, MAX_DEPTH if edge.thin else depth + 1, border)
        except NotProved:
            out.cells = trial.cells
        else:
            out.cells = trial.cells
            out.take(trial.almost_everywhere, trial.conditions)
            return
    eng = engine(dom)
    if not eng.run(lambda: eng.null(eng.norm(a).num)):
        raise NotProved("a case boundary is not known to be a null set", Reason.NOTHING_APPLIED)
    _, _, conditions = eng.run(lambda: eng.quietly(lambda: eng.except_zeros(eng.norm(a).num)))
    without = () if edge.thin else goal.without_value(edge)
    if without and all(without):
        out.take(False, [f"{c}, {_NOWHERE}" for c in conditions])
    else:
        out.take(True, [f"{c}, {_one_sided(without)}" for c in conditions] if any(without) else conditions)
