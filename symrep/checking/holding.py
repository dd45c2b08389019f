"""Where a line that fails in general may be meant: the values, relations and conditions its sentence speaks of.

*When α = β this becomes …*, *|t| = −t holds if t ≤ 0*, *with |ρ| < 1* a paragraph before. What a line is judged under
is noted; what is wrong but for the words of another paragraph is not called right, but not wrong either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import sympy as sp

from symrep.checking.conditional import conditions_of
from symrep.checking.judging import Judged, judge
from symrep.checking.model import Link
from symrep.checking.sayings import unread_order
from symrep.errors import SymrepError
from symrep.reading.latex import Environment, Side, read
from symrep.verdict import Reason, Status, Verdict

__all__ = ["elsewhere", "given_of", "names_in", "open_to_conditions", "relations_of", "supposing"]

_RELATIONS: Final[Mapping[str, Any]] = {
    "<": sp.StrictLessThan,
    "<=": sp.LessThan,
    ">": sp.StrictGreaterThan,
    ">=": sp.GreaterThan,
    "!=": sp.Unequality,
    "=": sp.Equality,
}
_GOOD: Final = (Status.PROVED, Status.SUPPORTED)
_FAILS: Final = (SymrepError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
#: what a condition may settle: whether something converges
_OPEN: Final = (Reason.NOTHING_APPLIED, Reason.NOT_INTEGRABLE, Reason.DOMAIN)
_MOST: Final = 4


def elsewhere(
    judged: Judged,
    link: Link,
    env: Environment,
    sides: tuple[Any, Any],
    argument: Any,
    given: tuple[Any, ...],
    s: float,
) -> Judged:
    """What becomes of a line that is refuted, or undecided for want of a condition, where it may be meant."""
    found = next(_ways(judged, link, env, sides, argument, given, s), None) or judged
    if found.status is Status.REFUTED and any(_unheeded(side, sides) for side in link.conditions):
        message = "wrong in general; whether it holds where its condition says is not looked into"
        return replace(found, verdict=Verdict(Status.UNDECIDED, Reason.DOMAIN, message))
    return found


def _unheeded(side: Side, claim: tuple[Any, Any]) -> bool:
    """Is it a condition other than relations that all hold, y < 0 or y > 1; or an order of something unread?

    That x is a whole number is heeded where the claim takes it for one.
    """
    if unread_order(side):
        return True
    condition = side.expr
    parts = sp.And.make_args(condition) if isinstance(condition, sp.logic.boolalg.Boolean) else ()
    whole = {s.name for e in claim for s in getattr(e, "free_symbols", ()) if s.is_integer and hasattr(s, "name")}
    parts = tuple(p for p in parts if not isinstance(p, sp.Contains) or not names_in(p) <= whole)
    return any(not isinstance(p, sp.core.relational.Relational) and p not in (sp.true, sp.false) for p in parts)


def _ways(
    judged: Judged,
    link: Link,
    env: Environment,
    sides: tuple[Any, Any],
    argument: Any,
    given: tuple[Any, ...],
    s: float,
) -> Iterator[Judged]:
    refuted = judged.status is Status.REFUTED
    names = names_in(sides[0]) | names_in(sides[1])

    def of(lines: Sequence[str]) -> list[list[Any]]:
        found = [relations_of(latex, env) for latex in lines]
        symbols = {x.name: x for e in sides for x in getattr(e, "free_symbols", ()) if hasattr(x, "name")}
        said = [[alike(r, symbols) for r in rs if names_in(r) <= names] for rs in found]
        return [rs for rs in said if rs and not any(r in given for r in rs)]

    if refuted:
        told = [*conditions_of(link), *(r for latex in link.values for r in relations_of(latex, env))]
        cases = [r for latex in link.cases for r in relations_of(latex, env)]
        still: list[Judged] = []
        for values in (told, [*told, *cases])[: 1 + bool(cases)]:
            if (there := put(sides, values)) is None:
                continue
            again = judge(there[0], link.op, there[1], argument, given, s)
            if again.status is None or is_contradiction(again):
                continue
            again = replace(again, notes=(*again.notes, f"where {', '.join(f'{r.lhs} = {r.rhs}' for r in values)}"))
            if again.status is not Status.REFUTED:
                yield again if values is told or link.case_said else _excused(judged, values)
            elif values is told:
                still.append(again)
        yield from still
    wanted = _GOOD if not refuted else tuple(x for x in Status if x is not Status.REFUTED)
    for group in of(link.later)[:_MOST]:
        again = judge(sides[0], link.op, sides[1], argument, (*given, *group), s)
        if again.status in wanted and not is_contradiction(again):
            yield replace(again, notes=(*again.notes, f"where {', '.join(map(str, group))}, as is said after it"))
    if refuted and (meant := [r for rs in of(link.meant) for r in rs]):
        again = judge(sides[0], link.op, sides[1], argument, (*given, *meant), s)
        if again.status in wanted and not is_contradiction(again):
            where = ", ".join(map(str, meant))
            notes = (*again.notes, f"where {where}, as the parameters of a law nobody told are taken to be")
            yield replace(again, notes=notes)
    if passed := [r for rs in of(link.passed) for r in rs]:
        again = judge(sides[0], link.op, sides[1], argument, (*given, *passed), s)
        if refuted and again.status is Status.UNDECIDED and (there := put(sides, _solved(passed))) is not None:
            again = judge(there[0], link.op, there[1], argument, given, s)
        if again.status in wanted and not is_contradiction(again):
            words = ", ".join(map(str, passed))
            if not refuted and not any(isinstance(r, sp.Equality) for r in passed):
                yield replace(again, notes=(*again.notes, f"where {words}, which an earlier paragraph assumed"))
                return
            known = "wrong in general, not refuted" if refuted else "not known in general, right"
            message = f"{known} where {words}, which an earlier paragraph assumed: say what holds here"
            yield replace(judged, verdict=Verdict(Status.UNDECIDED, Reason.DOMAIN, message))


def _solved(relations: Sequence[Any]) -> list[Any]:
    """Equations for a name, or for a power of a positive one, as what the name is."""
    out: list[Any] = []
    for r in relations:
        base, power = r.lhs.as_base_exp() if isinstance(r, sp.Equality) else (None, sp.S.One)
        if isinstance(base, sp.Symbol) and base not in r.rhs.free_symbols and (power == 1 or base.is_positive):
            out.append(sp.Eq(base, r.rhs ** (1 / power), evaluate=False))
    return out


def _excused(judged: Judged, values: Sequence[Any]) -> Judged:
    """Neither right nor wrong: the paragraph speaks of a case, and the line does not say that it means it."""
    words = ", ".join(f"{r.lhs} = {r.rhs}" for r in values)
    message = f"wrong in general, not refuted where {words}, of which the paragraph speaks: say what holds here"
    return replace(judged, verdict=Verdict(Status.UNDECIDED, Reason.DOMAIN, message))


def supposing(judged: Judged, lines: Sequence[str]) -> Judged:
    """Neither right nor wrong: what a claim says of a name was put in, and nobody knows here whether that is so."""
    message = f"right if {' and '.join(lines)}, which the document claims and does not define"
    return replace(judged, verdict=Verdict(Status.UNDECIDED, Reason.DOMAIN, message))


def open_to_conditions(judged: Judged) -> bool:
    """May a condition that is said elsewhere settle it?"""
    if judged.status is Status.REFUTED:
        return True
    return judged.status is Status.UNDECIDED and judged.verdict is not None and judged.verdict.reason in _OPEN


def is_contradiction(judged: Judged) -> bool:
    """Can what is assumed not hold together?"""
    return judged.verdict is not None and judged.verdict.reason is Reason.ERROR


def names_in(expr: Any) -> set[str]:
    """The names of the free symbols."""
    return {s.name for s in getattr(expr, "free_symbols", ()) if hasattr(s, "name")}


def given_of(link: Link, env: Environment, lhs: Any, rhs: Any) -> Iterator[Any]:
    """The relations in force that speak of the claim's symbols."""
    names = names_in(lhs) | names_in(rhs)
    symbols = {s.name: s for e in (lhs, rhs) for s in getattr(e, "free_symbols", ()) if hasattr(s, "name")}
    for relation in conditions_of(link):
        yield alike(relation, symbols)
    yield from (alike(r, symbols) for r in link.bounds if names_in(r) <= names)
    for latex in link.relations:
        for relation in relations_of(latex, env):
            if names_in(relation) <= names:
                relation = alike(relation, symbols)
                if isinstance(relation, sp.core.relational.Relational):
                    yield relation


def put(sides: tuple[Any, Any], values: Sequence[Any]) -> tuple[Any, Any] | None:
    """The sides with the values that names have in the sentence, in laws, too; None where that changes nothing."""
    told = {r.lhs.name: r.rhs for r in values if isinstance(r, sp.Equality) and isinstance(r.lhs, sp.Symbol)}
    try:
        out = []
        for side in sides:
            table = {s: told[s.name] for s in side.free_symbols if getattr(s, "name", "") in told}
            out.append(side.subs(table, simultaneous=True) if table else side)
        return (out[0], out[1]) if told and tuple(out) != sides else None
    except _FAILS:
        return None


def alike(relation: Any, symbols: Mapping[str, Any]) -> Any:
    """A relation with the symbols of the claim, which may know more of their kinds."""
    table = {s: symbols[s.name] for s in relation.free_symbols if getattr(s, "name", "") in symbols}
    return relation.xreplace({a: b for a, b in table.items() if a != b})


def relations_of(latex: str, env: Environment) -> list[Any]:
    """A chain of relations in LaTeX as SymPy relations; empty if it cannot be read."""
    try:
        out = []
        for s in read(latex, env).statements:
            for i, sign in enumerate(s.relations):
                a, b = s.sides[i].expr, s.sides[i + 1].expr
                make = _RELATIONS.get(sign.op)
                if make is None or not isinstance(a, sp.Expr) or not isinstance(b, sp.Expr):
                    return []
                relation = make(a, b)
                if relation is sp.false:
                    return []
                if relation is not sp.true:
                    out.append(relation)
        return out
    except _FAILS:
        return []
