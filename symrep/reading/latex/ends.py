r"""Ends of integrals, infinities with a shift or a scale among them, and integrals by d(σs + μ)."""

from __future__ import annotations

from typing import Any, Final

import sympy as sp

from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree, walk

__all__ = ["end", "slope", "variable_of"]

_INFINITE: Final = (sp.oo, -sp.oo)
#: what integration variables are called
_VARIABLES: Final = frozenset("r s t u v w x y z".split())


def end(m: Meaning, t: Tree) -> Any:
    r"""A limit of an integral: a number or an infinity, also where a number is added to or multiplies one.

    Raises:
        Unread: an infinity by a factor whose sign is not known, two that are not of one sign.
    """
    if not any(n.text == "oo" for n in walk(t)):
        return m.value(t)
    if t.head == "neg":
        return -end(m, t.parts[0])
    if t.head in ("+", "-"):
        values = [end(m, p) for p in t.parts]
        signed = [values[0], *(v if t.head == "+" else -v for v in values[1:])]
        infinite = {v for v in signed if v in _INFINITE}
        if len(infinite) == 1:
            return infinite.pop()
    if t.head == "*" or (t.head == "/" and not any(n.text == "oo" for n in walk(t.parts[1]))):
        values = [end(m, p) for p in t.parts]
        infinite = {v for v in values if v in _INFINITE}
        others = sp.Mul(*(v for v in values if v not in _INFINITE))
        if sum(v in _INFINITE for v in values) == 1 and (others.is_positive or others.is_negative):
            return infinite.pop() * (1 if others.is_positive else -1)
        m.sc.fail(t, "a factor of infinity whose sign is known", str(others)[:40], "undefined")
    return m.value(t)


def variable_of(m: Meaning, x: Tree) -> str:
    """The variable of an integral by an expression, d(σs + μ); empty where that cannot be told."""
    if name_of(x) or x.head in ("vec", "num"):
        return ""
    names = {name_of(n) for n in walk(x) if n.head == "name"} - {"", "oo", "pi", "e"}
    able = {n for n in names if n in _VARIABLES and not m.sc.environment.is_symbol(n)}
    able = able if len(able) <= 1 else able & m.sc.integrated
    if len(able) != 1:
        return ""
    (name,) = able
    m.sc.guess(x, f"{name} runs between the limits", "the variable in the differential", "differential")
    return name


def slope(m: Meaning, x: Tree, v: Any) -> Any:
    """What an expression gains on its variable, du = u'(v) dv, while the variable is bound.

    Raises:
        Unread: it does not depend on the variable.
    """
    out = m.number(x).diff(v)
    if out == 0 or out.has(sp.Derivative):
        m.sc.fail(x, "how this depends on its variable", "an expression without it")
    return out
