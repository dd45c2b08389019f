"""Conditions: relations, membership in intervals; indicators and cases."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from typing import Any, Final

import sympy as sp

from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.trees import Tree

__all__ = ["cases", "condition", "indicator"]

_RELATIONS: Final[Mapping[str, Any]] = {
    "<": sp.Lt, "<=": sp.Le, ">": sp.Gt, ">=": sp.Ge, "=": sp.Eq, "!=": sp.Ne,
}  # fmt: skip

_UNDECIDED: Final[Mapping[str, Any]] = {op: partial(f, evaluate=False) for op, f in _RELATIONS.items()}


def condition(m: Meaning, tree: Tree) -> Any:
    """A tree as a SymPy Boolean.

    Raises:
        Unread: it is no condition symrep knows.
    """
    if tree.head == "true":
        return sp.true
    if tree.head in ("and", "or"):
        return (sp.And if tree.head == "and" else sp.Or)(*(condition(m, p) for p in tree.parts))
    if tree.head == "name":
        return sp.true  # for all x
    if tree.head == "list":
        return sp.And(*(condition(m, p) for p in tree.parts))
    if tree.head == "set" and len(tree.parts) == 1:
        return condition(m, tree.parts[0])
    if tree.head != "rel":
        m.sc.fail(tree, "a condition", tree.head)
    out = []
    ops = tree.text.split()
    for op, a, b in zip(ops, tree.parts, tree.parts[1:], strict=False):
        if op in ("in", "notin"):
            inside = _member(m, a, b)
            out.append(inside if op == "in" else sp.Not(inside))
            continue
        build = _RELATIONS.get(op)
        if build is None:
            m.sc.fail(tree, "a relation of numbers", op)
        left, right = m.value(a), m.value(b)
        for side, value in ((a, left), (b, right)):
            if not isinstance(value, sp.Expr):
                m.sc.fail(side, "a number", "something else")
        if left.free_symbols or right.free_symbols or (left.is_Rational and right.is_Rational):
            out.append(build(left, right))
        else:
            out.append(_UNDECIDED[op](left, right))
    return sp.And(*out)


def _member(m: Meaning, a: Tree, where: Tree) -> Any:
    x = m.number(a)
    if where.head == "name" and where.text == "R":
        return sp.true
    if where.head == "name" and where.text in ("R_plus", "R_+", "R^+"):
        return x > 0
    if where.head in ("interval", "list") and len(where.parts) == 2:
        low, high = (m.value(p) for p in where.parts)
        open_ = ("(", "(") if where.head == "list" else ()
        left, right = (where.text[:1], where.text[1:]) if where.text else open_ or ("(", ")")
        conds = []
        if low is not -sp.oo:
            conds.append(x >= low if left == "[" else x > low)
        if high is not sp.oo:
            conds.append(x <= high if right == "]" else x < high)
        return sp.And(*conds)
    if (ends := _whole_numbers(m, where)) is not None:
        return sp.And(x >= ends[0], x <= ends[1], sp.Contains(x, sp.S.Integers))
    m.sc.fail(where, "an interval", "another set")


def _whole_numbers(m: Meaning, where: Tree) -> tuple[Any, Any] | None:
    """The ends of {a, a + 1, …, b}; None of another set."""
    listed = where.parts[0] if where.head == "set" and len(where.parts) == 1 else None
    if listed is None or listed.head != "list":
        return None
    dots = [i for i, p in enumerate(listed.parts) if p.head == "name" and p.text == "..."]
    if len(dots) != 1 or not 0 < dots[0] < len(listed.parts) - 1:
        return None
    before, after = ([m.number(p) for p in ps] for ps in (listed.parts[: dots[0]], listed.parts[dots[0] + 1 :]))
    if any(b - a != 1 for part in (before, after) for a, b in pairwise(part)) or len(before) < 2:
        return None
    return before[0], after[-1]


def indicator(m: Meaning, t: Tree) -> Any:
    """1 where the condition holds, 0 elsewhere."""
    return sp.Piecewise((sp.S.One, condition(m, t.parts[0])), (sp.S.Zero, True))


def cases(m: Meaning, t: Tree) -> Any:
    """A function by cases, the first that holds counts."""
    rows = []
    for i, row in enumerate(t.parts):
        if len(row.parts) == 1:
            if i + 1 < len(t.parts):
                m.sc.fail(row, "a condition beside the value", "none", "syntax")
            rows.append((m.number(row.parts[0]), sp.true))
        else:
            rows.append((m.number(row.parts[0]), condition(m, row.parts[1])))
    return sp.Piecewise(*rows)
