"""Small edits of a formula: one textbook slip undone each, with the slip in words. For hints; every one is a guess."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final

import sympy as sp

from symrep.family import Family

__all__ = ["edits", "slips"]

#: functions that are taken for one another
_PAIRS: Final = ((sp.sin, sp.cos), (sp.erf, sp.erfc), (sp.sinh, sp.cosh), (sp.log, sp.exp), (sp.tan, sp.cot))
_MOST: Final = 160


def slips(stated: Any, family: Family) -> Iterator[tuple[Any, str]]:
    """The stated formula with one slip in a parameter undone everywhere, and the slip in words."""
    yield -stated, "the sign is wrong"
    for s, domain in family.parameters.items():
        if s not in stated.free_symbols:
            continue
        role = domain.role
        if s.is_positive:
            yield stated.subs(s, 1 / s), _inverted(s, role)
            yield stated.subs(s, s**2), f"{s} stands where {s}**2 should{_squared(s, role)}"
            yield stated.subs(s, sp.sqrt(s)), f"{s}**2 stands where {s} should{_rooted(s, role)}"
            yield stated.subs(s, 2 * s), f"{s} stands where 2*{s} should"
            yield stated.subs(s, s / 2), f"{s} stands where {s}/2 should"
        else:
            yield stated.subs(s, -s), f"the sign of {s} is wrong"
        yield stated.subs(s, s + 1), f"{s} stands where {s} + 1 should: off by one?"
        yield stated.subs(s, s - 1), f"{s} stands where {s} - 1 should: off by one?"
        if domain.kind == "unit":
            yield stated.subs(s, 1 - s), f"{s} and 1 - {s} are exchanged: success for failure?"
    for a, b in combinations(family.parameters, 2):
        if {a, b} & stated.free_symbols:
            yield stated.subs({a: b, b: a}, simultaneous=True), f"{a} and {b} are exchanged"
    for a, b in combinations(family.parameters, 2):
        if a.is_positive and b.is_positive and {a, b} <= stated.free_symbols:
            yield stated.subs({a: 1 / b, b: 1 / a}, simultaneous=True), f"{a} and {b} are exchanged and inverted"
    if stated.has(sp.EulerGamma):
        yield stated.subs(sp.EulerGamma, -sp.EulerGamma), "the sign of Euler's constant is wrong"


def _inverted(s: Any, role: str) -> str:
    if role == "rate":
        return f"{s} is declared a rate and this is the formula for a scale: 1/{s} should stand for {s}"
    if role == "scale":
        return f"{s} is declared a scale and this is the formula for a rate: 1/{s} should stand for {s}"
    return f"1/{s} should stand for {s}: a rate taken for a scale, or the other way round?"


def _squared(s: Any, role: str) -> str:
    return f": {s} is declared a standard deviation, taken for the variance here?" if "deviation" in role else ""


def _rooted(s: Any, role: str) -> str:
    return f": {s} is declared a variance, taken for the standard deviation here?" if role == "variance" else ""


def edits(stated: Any) -> Iterator[tuple[Any, str]]:
    """The stated formula with one node changed: a term's sign, a constant, an exponent, a function, a factor."""
    count = 0
    for node, put in _nodes(stated, lambda new: new):
        for new in _changed(node):
            if new == node:
                continue
            count += 1
            if count > _MOST:
                return
            yield put(new), f"{_short(node)} stands where {_short(new)} should"


def _short(e: Any) -> str:
    text = str(e)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _nodes(e: Any, put: Any) -> Iterator[tuple[Any, Any]]:
    """Every subexpression, with how to put another in its place; small ones inside large ones come first."""
    for i, a in enumerate(e.args):

        def inner(new: Any, e: Any = e, i: int = i, put: Any = put) -> Any:
            return put(e.func(*e.args[:i], new, *e.args[i + 1 :]))

        if isinstance(a, sp.Expr):
            yield from _nodes(a, inner)
    yield e, put


def _changed(node: Any) -> Iterator[Any]:
    if isinstance(node, sp.Rational):
        yield from (-node, node + 1, node - 1, 2 * node, node / 2)
        if node != 0:
            yield 1 / node
    elif isinstance(node, sp.Add):
        for t in node.args:
            yield node - 2 * t
            yield node - t
        yield -node
        if not node.is_number:
            yield from (node + 1, node - 1)
    elif isinstance(node, sp.Pow):
        yield 1 / node
        if node.exp == 2 or node.exp == sp.Rational(1, 2):
            yield node.base
        if not node.exp.is_number:
            yield from (node * node.base, node / node.base)
    elif isinstance(node, sp.Mul):
        for t in node.args:
            if not t.is_number:
                yield node / t
                yield node / t**2
    elif isinstance(node, sp.Symbol):
        yield from (1 / node, node**2, sp.sqrt(node) if node.is_positive else -node, node + 1, node - 1)
    elif isinstance(node, sp.Function):
        for a, b in _PAIRS:
            if node.func in (a, b):
                yield (b if node.func is a else a)(*node.args)
        if isinstance(node, sp.polygamma):
            yield from (-node, sp.polygamma(node.args[0] + 1, node.args[1]))
        elif len(node.args) == 1:
            yield from (-node, 1 / node)
    elif node in (sp.pi, sp.E, sp.EulerGamma):
        yield from (-node, 2 * node, node / 2, node**2, sp.sqrt(node) if node.is_positive else node)
