r"""Families that the document defines member by member, ``p_i = c_i/N``: beside sums over p_j a line is about those.

As it is read a family is any numbers. A line that is wrong of any is not called wrong if it is not of those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import sympy as sp

from symrep.checking.judging import judge
from symrep.checking.model import Link
from symrep.checking.scope import Let
from symrep.checking.worth import guarded
from symrep.symbols import DomainSymbol
from symrep.verdict import Status

__all__ = ["by_members"]

#: d_np1 of d_{n + 1}, I_2n, d_m
_AT: Final = re.compile(
    r"(?P<base>[A-Za-z]+)_(?P<times>[0-9]?)(?P<index>[a-z])(?:(?P<sign>[pm])(?P<by>[0-9]))?|(?P<of>[A-Za-z]+)_(?P<number>[0-9])"
)
#: x_i, with one letter below
_MEMBER: Final = re.compile(r"(?P<base>\w+)_(?P<index>[a-z])")
_MOST: Final = 5


def by_members(link: Link, seconds: float) -> str:
    """The families with whose definitions, put in, a refuted line is not wrong any more; empty if there are none."""
    read = [(a.expr, b.expr) for (_, a), (_, b) in zip(link.left.variants, link.right.variants, strict=False)]
    sides: tuple[Any, ...] = next((x for x in read if all(isinstance(s, sp.Expr) for s in x)), ())
    if link.scope is None or not sides:
        return ""
    if link.op != "=":
        return ", ".join(sorted(_of_sequences(link, sides)))
    members = _of_sequences(link, sides)
    sides = _in_sequences(link, sides)
    told = _told(link, sides)
    if members and not told:
        refuted = judge(sides[0], link.op, sides[1], "", (), seconds).status is Status.REFUTED
        return "" if refuted else ", ".join(sorted(members))
    ways = [told, *([x] for x in told)] if len(told) > 1 else [told] if told else []
    for lets in ways:
        a, b = (_put_in(side, lets) for side in sides)
        if a is None or b is None or (a, b) == sides:
            continue
        if judge(a, link.op, b, "", (), seconds).status is not Status.REFUTED:
            return ", ".join(sorted({base for base, _, _ in lets}))
    return ""


def _of_sequences(link: Link, sides: tuple[Any, ...]) -> dict[str, dict[Any, tuple[Any, Let, str]]]:
    """Bases of names such as d_n, d_{n + 1} beside one another, of which the text defines one: the names, with their
    indices, and that definition."""
    lets = link.scope.lets if link.scope is not None else []
    symbols = {s.name: s for side in sides for s in side.free_symbols if isinstance(getattr(s, "name", None), str)}
    out: dict[str, dict[Any, tuple[Any, Let, str]]] = {}
    for name, s in sorted(symbols.items()):
        m = _AT.fullmatch(name)
        if m is None:
            continue
        base = m["base"] or m["of"]
        let, index = next(_defining(lets, base), (None, ""))
        if let is None or let.name == name:
            continue
        if m["number"] is not None:
            at: Any = sp.Integer(m["number"])
        else:
            k = symbols.get(m["index"], DomainSymbol(m["index"], "positive integer"))
            at = int(m["times"] or 1) * k + (0 if m["by"] is None else int(m["by"]) * (1 if m["sign"] == "p" else -1))
        out.setdefault(base, {})[s] = (at, let, index)
    return out


def _in_sequences(link: Link, sides: tuple[Any, ...]) -> tuple[Any, ...]:
    """The sides with d_{n + 1} by what the text says d_n is, and with d_n itself put in."""
    for named in _of_sequences(link, sides).values():
        for s, (at, let, index) in named.items():
            value = guarded(let.body, link.scope.environment) if link.scope is not None else None
            free = getattr(value, "free_symbols", ())
            k = next((x for x in free if getattr(x, "name", "") == index), None)
            if k is None or not isinstance(value, sp.Expr):
                continue
            table = {s: value.subs(k, at)}
            for own in {x for side in sides for x in side.free_symbols if getattr(x, "name", "") == let.name}:
                of = next((x for x in {y for z in sides for y in z.free_symbols} if getattr(x, "name", "") == index), k)
                table[own] = value.subs(k, of)
            sides = tuple(side.xreplace(table) for side in sides)
    return sides


Member = tuple[str, Any, Any]


def _told(link: Link, sides: tuple[Any, ...]) -> list[Member]:
    """(base, index, value) of families in the sides, or in what these stand for, that are defined."""
    scope = link.scope
    if scope is None:
        return []
    found: list[Member] = []
    wanted, met = {str(x.base.label) for s in sides for x in s.atoms(sp.Indexed)}, set[str]()
    while wanted - met and len(found) < _MOST:
        base = min(wanted - met)
        met.add(base)
        for let, index in _defining(scope.lets, base):
            held = {m["base"] for n in let.mentions if (m := _MEMBER.fullmatch(n)) is not None and m["index"] == index}
            env = scope.environment
            value = guarded(let.body, replace(env, indexed=env.indexed | held))
            if isinstance(value, sp.Expr):
                i = next((s for s in value.free_symbols if getattr(s, "name", "") == index), None)
                if i is not None:
                    found.append((base, i, value))
                    wanted |= {str(x.base.label) for x in value.atoms(sp.Indexed)}
                    break
    return found


def _defining(lets: list[Let], base: str) -> Iterator[tuple[Let, str]]:
    for let in reversed(lets):
        m = _MEMBER.fullmatch(let.name)
        if let.what == "symbol" and m is not None and m["base"] == base:
            yield let, m["index"]


def _put_in(side: Any, lets: list[Member]) -> Any:
    """The side with the members of families put in; None where they go round in a circle."""
    by = {base: (index, value) for base, index, value in lets}

    def one(x: Any) -> bool:
        return isinstance(x, sp.Indexed) and len(x.indices) == 1 and str(x.base.label) in by

    def stands_for(x: Any) -> Any:
        index, value = by[str(x.base.label)]
        return _apart(value, x.indices[0]).xreplace({index: x.indices[0]})

    for _ in range(_MOST):
        if not any(one(x) for x in side.atoms(sp.Indexed)):
            return side
        side = side.replace(one, stands_for)
    return None


def _apart(value: Any, index: Any) -> Any:
    """With other names for bound indices where one of them is in what is put in."""
    table = {}
    for s in value.atoms(sp.Sum, sp.Product):
        for v, *_ in s.limits:
            if v in index.free_symbols:
                table[v] = sp.Dummy(v.name, integer=True)
    return value.xreplace(table) if table else value
