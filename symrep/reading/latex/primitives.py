r"""Antiderivatives, ∫ f(x) dx without limits: a line between such is one between their derivatives."""

from __future__ import annotations

from typing import Any, Final

import sympy as sp

from symrep.errors import SymrepError
from symrep.reading.latex.environment import Environment
from symrep.reading.latex.habits import assumed_kinds, index_bases, names_in
from symrep.reading.latex.meaning import Sense
from symrep.reading.latex.scope import Scope, name_of
from symrep.reading.latex.trees import Tree, walk
from symrep.symbols import DomainSymbol

__all__ = ["differentiated_sides"]

_FAILS: Final = (SymrepError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def differentiated_sides(left: Tree, right: Tree, environment: Environment) -> tuple[Any, Any] | None:
    """The derivatives of both sides; None where no antiderivative stands in them, or something else is meant.

    An integral without limits is an antiderivative where all of them are by one variable, which nothing else binds, and
    what stands without integral on the other side depends on that variable: ∫ f(x) dx = 1 is over the whole line.
    """
    trees = (left, right)
    found = [t for tree in trees for t in walk(tree) if t.head == "int" and len(t.parts) == 2]
    names = {name_of(t.parts[1]) for t in found}
    if not found or len(names) != 1 or "" in names:
        return None
    if any(
        t.head in ("int", "sum", "prod", "lim", "D", "grad", "at") and t not in found for s in trees for t in walk(s)
    ):
        return None
    (name,) = names
    scope = Scope(environment, index_bases(trees), assumed_kinds(trees, environment), names_in(trees))
    sense = Sense(scope)
    try:
        x = DomainSymbol(name, "real")
        with scope.binding({name: x}):
            sides = [_derivative(sense, s, x) for s in trees]
    except _FAILS:
        return None
    bare = [not any(t in found for t in walk(s)) for s in trees]
    if any(b and d == 0 for b, d in zip(bare, sides, strict=True)) or any(d is None for d in sides):
        return None
    if any(d.has(sp.Derivative, sp.Subs) for d in sides):
        return None
    return sides[0], sides[1]


def _derivative(m: Sense, t: Tree, x: Any) -> Any:
    """By x, the integrals by what they are of; None for products of two of them, functions of one."""
    if t.head == "int":
        return m.number(t.parts[0])
    if not any(n.head == "int" for n in walk(t)):
        return m.number(t).diff(x)
    if t.head in ("+", "-", "neg"):
        parts = [_derivative(m, p, x) for p in t.parts]
        if any(p is None for p in parts):
            return None
        return sp.Add(*parts) if t.head == "+" else -parts[0] if t.head == "neg" else parts[0] - parts[1]
    if t.head in ("*", "/"):
        held = [i for i, p in enumerate(t.parts) if any(n.head == "int" for n in walk(p))]
        if len(held) != 1 or (t.head == "/" and held != [0]):
            return None
        inner = _derivative(m, t.parts[held[0]], x)
        others = [m.number(p) for i, p in enumerate(t.parts) if i != held[0]]
        if inner is None or any(x in o.free_symbols for o in others):
            return None
        return inner * sp.Mul(*others) if t.head == "*" else inner / others[0]
    return None
