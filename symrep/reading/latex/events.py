r"""Probabilities of events by their names: P(A ∪ B), P(A \ B), P(A | B), by inclusion and exclusion.

The indicator of an event made of others is a polynomial in theirs; each product of indicators has one unknown
probability. What follows for all such numbers follows for all events. What needs more (that two of them exclude each
other) does not follow, and is not refuted either.
"""

from __future__ import annotations

from typing import Any, Final

import sympy as sp

from symrep.reading.latex.functionals import Opaque, TooMuch
from symrep.reading.latex.joints import bracket_of
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree, walk

__all__ = ["is_event", "of_events"]

_OPERATIONS: Final = frozenset(("cup", "cap", "setminus"))
_NAMES: Final = frozenset("A B C D E F G".split())
_WHOLE: Final = ("Omega", "S_Omega")
_MOST: Final = 8


def is_event(t: Tree) -> bool:
    """Is it A, A ∪ B, the complement of A: events by their names?"""
    if t.head in _OPERATIONS:
        return all(is_event(p) for p in t.parts)
    if (inner := _complemented(t)) is not None:
        return is_event(inner)
    if t.head == "list":
        return len(t.parts) > 0 and all(is_event(p) for p in t.parts)
    name = name_of(t) if t.head == "name" else ""
    return t.text == "emptyset" or name in _WHOLE or name.partition("_")[0] in _NAMES


def _complemented(t: Tree) -> Tree | None:
    """The A of A^c, of a bar above A."""
    if t.head in ("^", "sup") and len(t.parts) == 2 and name_of(t.parts[1]).lower() == "c":
        return t.parts[0]
    if t.head == "name" and t.text.startswith("bar(") and t.text.endswith(")"):
        return Tree("name", t.start, t.end, t.text[4:-1])
    return None


def of_events(t: Tree) -> Any:
    """The probability in a bracket of events, P(A | B) as P(A ∩ B)/P(B); None where something else stands in it.

    Raises:
        TooMuch: more events than are worth it.
    """
    found = bracket_of(t)
    if found is None or not all(is_event(p) for part in found for p in part):
        return None
    if len({name_of(n) for part in found for p in part for n in walk(p) if n.head == "name"}) > _MOST:
        raise TooMuch
    left, right = (sp.Mul(*(_indicator(p) for p in part)) for part in found)
    return _probability(left * right) / _probability(right) if found[1] else _probability(left)


def _indicator(t: Tree) -> Any:
    if t.head == "list":
        return sp.Mul(*(_indicator(p) for p in t.parts))
    if (inner := _complemented(t)) is not None:
        return 1 - _indicator(inner)
    if t.head == "name":
        if t.text == "emptyset":
            return sp.S.Zero
        return sp.S.One if name_of(t) in _WHOLE else sp.Symbol(name_of(t))
    parts = [_indicator(p) for p in t.parts]
    out = parts[0]
    for p in parts[1:]:
        out = {"cap": out * p, "cup": out + p - out * p, "setminus": out * (1 - p)}[t.head]
    return out


def _probability(indicator: Any) -> Any:
    """Linear; what is in a product twice is in it once."""
    names = sorted(indicator.free_symbols, key=str)
    if len(names) > _MOST:
        raise TooMuch
    out = sp.S.Zero
    for term in sp.Add.make_args(sp.expand(indicator)):
        number, rest = term.as_coeff_Mul()
        held = sorted(str(s) for s in rest.free_symbols)
        out += number * (Opaque("P", tuple(sp.Symbol(h) for h in held)) if held else 1)
    return out
