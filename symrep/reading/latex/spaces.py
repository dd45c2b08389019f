r"""Sums and integrals in the formal reading: over a space, over a set by its name, from one number to another."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.reading.latex.binders import shows
from symrep.reading.latex.formal_words import SPACE, Formal
from symrep.reading.latex.functionals import Over
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree, sexp, walk

__all__ = ["integral", "series"]


def series(m: Formal, t: Tree) -> Any:
    """Σ over a space, a set by its name, from one number to another."""
    if t.head != "sum" or len(t.parts) < 2:
        return None
    if len(t.parts) == 4:
        i = m.fresh("integer")
        low, high = m.number(t.parts[1]), m.value(t.parts[2])
        shows(m, t.parts[3], name_of(t.parts[0]))
        with m.sc.binding({name_of(t.parts[0]): i}):
            return Over(m.number(t.parts[3]), (i,), [(sp.Symbol("S"), low, high)])
    if len(t.parts) != 2:
        return None
    parts = _flat(t.parts[0])
    if (up := _up_to(parts)) is not None:
        i, high = m.fresh(), m.number(up.parts[1])
        shows(m, t.parts[1], name_of(up.parts[0]))
        with m.sc.binding({name_of(up.parts[0]): i}):
            m.ways.add("S")
            return Over(m.number(t.parts[1]), (i,), [(sp.Symbol("S"), -sp.oo, high)])
    pairs = [(p, None) if p.head == "name" else _member(m, p) for p in parts]
    return _over(m, t.parts[1], pairs, "S")


def _up_to(parts: tuple[Tree, ...]) -> Tree | None:
    r"""The t ≤ x of Σ_{t ∈ 𝒯, t ≤ x}, over the part of a whole space up to a number."""
    last = parts[-1]
    if last.head != "rel" or last.text != "<=" or len(last.parts) != 2 or not name_of(last.parts[0]):
        return None
    before = parts[:-1]
    member = len(before) == 1 and before[0].head == "rel" and before[0].text == "in" and len(before[0].parts) == 2
    same = member and name_of(before[0].parts[0]) == name_of(last.parts[0])
    space = same and name_of(before[0].parts[1])[:1].isupper()
    return last if not before or space else None


def _flat(t: Tree) -> tuple[Tree, ...]:
    return t.parts if t.head == "list" else (t,)


def _member(m: Formal, p: Tree) -> tuple[Tree, Tree]:
    if p.head != "rel" or p.text != "in" or len(p.parts) != 2:
        m.sc.fail(p, "an index in a set", p.head)
    return p.parts[0], p.parts[1]


def _over(m: Formal, body: Tree, pairs: list[Any], way: str) -> Any:
    table = {}
    kinds = []
    for who, where in pairs:
        n = name_of(who)
        if not n or n in table:
            m.sc.fail(who, "an index by its name", who.head)
        shows(m, body, n)
        table[n] = m.fresh()
        kinds.append(_kind(m, n, where, way))
    with m.sc.binding(table):
        return Over(m.number(body), tuple(table.values()), kinds)


def _kind(m: Formal, n: str, where: Tree | None, way: str) -> tuple[Any, Any, Any]:
    """Over the whole space of a variable, or over a set that goes by another name."""
    space = "" if where is None else name_of(where).removeprefix("cal").partition("_")[0]
    if where is None or (space[:1].isupper() and space.lower() == n.partition("_")[0].lower()) or space == "R":
        m.ways.add(way)
        return SPACE
    if any(name_of(x) in m.sc.bound for x in walk(where)):
        m.sc.fail(where, "a set that is the same for all", "one with an index")
    return sp.Symbol(f"{way} {sexp(where)}"), sp.S.Zero, sp.S.Zero


def integral(m: Formal, t: Tree) -> Any:
    """∫ over a space, or from one number to another."""
    body, x = t.parts[0], t.parts[1]
    if not name_of(x):
        return None
    if len(t.parts) == 4:
        low, high = m.value(t.parts[2]), m.value(t.parts[3])
        if (low, high) != (-sp.oo, sp.oo):
            v = m.fresh("positive" if low.is_nonnegative and high == sp.oo else "real")
            with m.sc.binding({name_of(x): v}):
                return Over(m.number(body), (v,), [(sp.Symbol("I"), low, high)])
    where = t.parts[2].parts[0] if len(t.parts) == 3 else None
    if where is not None and name_of(where) == "":
        return None
    return _over(m, body, [(x, where)], "I")
