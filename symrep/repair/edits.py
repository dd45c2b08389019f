"""Candidate corrections of a line: single edits of its own tree, of the kinds people get wrong, sifted by numbers.

Two sources. Where the way from the root to a node inverts, the node's needed values are computed and recognised: as the
node times or plus something simple, or as something else altogether. Everywhere else, and for edits that touch every
occurrence of a symbol, a list of usual mistakes is tried. Untrusted: whatever is shown is judged first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, final

import numpy as np
import sympy as sp

from symrep.distribution import Pushforward
from symrep.notation import Binder, Density, support_condition
from symrep.repair.offset import tidy
from symrep.repair.places import Place, places, put
from symrep.repair.recognise import Recogniser, size
from symrep.repair.values import Array, Sheet

__all__ = ["Edit", "edits"]

_BINDERS: Final = (Binder, sp.Integral, sp.Sum)
#: what trying a candidate costs beside its values, in the units of a sheet's effort
_CANDIDATE: Final = 15_000
_NODE: Final = 500
#: an edit cheaper than this leaves nothing to look for
_SURE: Final = 0.9
_HALF: Final = sp.Rational(1, 2)
_FAILS: Final = (ArithmeticError, AttributeError, TypeError, ValueError, NotImplementedError, RecursionError)


@final
@dataclass(frozen=True)
class Edit:
    """A corrected line: ``old`` (at ``path``, None: everywhere) became ``new``; ``cost`` says how far-fetched."""

    expr: Any
    cost: float
    old: Any
    new: Any
    path: tuple[int, ...] | None = None


def edits(stated: Any, right: Any, sheet: Sheet) -> list[Edit]:
    """Candidates that agree with ``right`` in value, most likely first, each line once."""
    written = right
    if sheet.same(sheet.value(clear := tidy(right)), sheet.value(right)):
        right = clear  # less cancels in it
    target = sheet.value(right)
    found: dict[Any, Edit] = {}
    length = size(stated)
    trial = _CANDIDATE + _NODE * length

    def offer(expr: Any, cost: float, old: Any, new: Any, path: tuple[int, ...] | None, whole: bool = False) -> None:
        if expr == stated or not isinstance(expr, sp.Expr) or expr.has(sp.nan, sp.zoo):
            return
        if not whole:
            cost += 0.04 * max(0, size(expr) - length) + 0.02 * max(0, size(new) - size(old))
        known = found.get(expr)
        if known is None or cost < known.cost:
            found[expr] = Edit(expr, cost, old, new, path)

    for old, new, cost in _parts(stated, written):
        if sheet.same(sheet.value(new), target):
            offer(new, cost, old, new, (), True)
    spots = places(stated, sheet, target)
    for place, new, cost in _located(stated, right, spots, sheet):
        if sheet.spent(trial):
            break
        try:
            expr = put(stated, place.path, new)
            # a factor at the very root mends everything and explains nothing
            offer(expr, cost + (0.5 if not place.path else 0) + 0.01 * len(place.path), place.node, new, place.path)
        except _FAILS:
            continue
    if min((e.cost for e in found.values()), default=_SURE) < _SURE:
        return _ranked(found, sheet, target)
    for place, new, cost in _usual(stated, [p for p in spots if p.needed is None or not found]):
        if sheet.spent(trial):
            break
        try:
            expr = put(stated, place.path, new)
            if expr != stated and sheet.same(sheet.value(expr), target):
                offer(expr, cost, place.node, new, place.path)
        except _FAILS:
            continue
    for old, new, cost in _everywhere(stated, right, sheet):
        if sheet.spent(trial):
            break
        try:
            if sheet.same(_substituted(stated, old, new, sheet), target):
                offer(stated.subs(list(zip(old, new, strict=True)), simultaneous=True), cost, old[0], new[0], None)
        except _FAILS:
            continue
    return _ranked(found, sheet, target)


def _ranked(found: dict[Any, Edit], sheet: Sheet, target: Array) -> list[Edit]:
    # ties in the order they were found in: SymPy's own order evaluates constant integrals to sort them
    ranked = sorted(found.values(), key=lambda e: (round(e.cost, 6), size(e.expr)))
    return [e for e in ranked[:24] if sheet.same(sheet.value(e.expr), target)]


def _parts(stated: Any, right: Any) -> Iterator[tuple[Any, Any, float]]:
    """A term or factor of the right line dropped or taken twice; a support forgotten or wrong."""
    terms = sp.Add.make_args(right)
    if len(terms) > 1:
        there = sp.Add.make_args(stated)
        for t in terms:
            yield (stated, stated - t, 0.8) if t in there else (stated, stated + t, 0.6)
    for f in sp.Mul.make_args(right)[:8]:
        if not f.is_number and f != right:
            yield stated, stated * f, 1.0
            yield stated, stated / f, 1.0
    wheres = [c for pw in right.atoms(sp.Piecewise) for _, c in pw.args if c is not sp.true]
    wheres += [c for d in right.atoms(Density) if not isinstance(d.law, Pushforward) and (c := _support(d)) is not None]
    for c in dict.fromkeys(wheres):
        if isinstance(stated, sp.Piecewise):
            rows = [(v, c if i == 0 else old) for i, (v, old) in enumerate(stated.args)]
            yield stated, sp.Piecewise(*rows), 0.7
        else:
            yield stated, sp.Piecewise((stated, c), (0, True)), 0.7


def _support(d: Density) -> Any:
    where = support_condition(d.law.ranges(), d.points)
    return None if where in (sp.true, sp.false) else where


# --- needed values ------------------------------------------------------------------------------------------------


def _located(stated: Any, right: Any, spots: list[Place], sheet: Sheet) -> Iterator[tuple[Place, Any, float]]:
    symbols = sorted((s for s in stated.free_symbols | right.free_symbols if s in sheet.symbols), key=lambda s: s.name)
    library = _library(stated, right, stated.has(*_BINDERS) and not sheet.pointwise)
    known = Recogniser(symbols, library, sheet)
    for p in spots:
        if p.needed is None:
            continue
        yield from ((p, new, cost) for new, cost in _explained(p, sheet.value(p.node), p.needed, known, sheet))


def _explained(p: Place, actual: Array, needed: Array, known: Recogniser, sheet: Sheet) -> Iterator[tuple[Any, float]]:
    node = p.node
    leaf = not node.args
    if known.real(needed) is None:
        return
    weight = 0.02 * size(node)
    with np.errstate(all="ignore"):
        ratio, inverse, gap = needed / actual, actual / needed, needed - actual
    m = known.monomial(ratio)
    if m is not None:
        yield node * m[0], 0.6 + m[1] + weight
    for e, cost in known.multiples(ratio):
        yield node * e, 1.0 + cost + weight
    for e, cost in known.multiples(inverse):
        yield node / e, 1.0 + cost + weight
    for u, way in ((ratio, 1), (inverse, -1)):
        if (m := known.affine(u)) is not None:
            yield node * m[0] ** way, 0.9 + m[1] + weight
    m = known.monomial(gap)
    if m is not None and not (leaf and node.is_Integer and m[0].is_number and m[1] > 0.5):
        yield node + m[0], 0.9 + m[1] + weight
    for e, cost in known.multiples(gap):
        yield node + e, 1.1 + cost + weight
    m = known.monomial(needed)
    if m is not None:
        yield m[0], 0.7 + m[1] + 0.06 * size(node)
    elif (m := known.affine(needed)) is not None:
        yield m[0], 0.8 + m[1] + 0.06 * size(node)
    elif (np.abs(needed[np.isfinite(needed)]) < 1e-11).all():
        yield sp.S.Zero, 0.8 + 0.06 * size(node)
    for e, cost in known.multiples(needed) if p.path else ():  # the right line as a whole is no edit of this one
        yield e, 0.9 + cost + 0.06 * size(node)
    if not node.is_number:
        for new, cost in ((node**2, 0.9), (sp.sqrt(node), 1.0), (1 / node, 0.9), (sp.exp(node), 1.3)):
            if sheet.same(sheet.value(new), needed):
                yield new, cost + weight


def _library(stated: Any, right: Any, bound: bool) -> list[Any]:
    """Every subtree of the two lines that is an expression, with binders in it only if ``bound``."""
    out: dict[Any, None] = {}
    for line in (stated, right, *_spread(right)):
        for e in sp.preorder_traversal(line):
            if isinstance(e, sp.Expr) and not e.is_number and len(out) < 120 and (bound or not e.has(*_BINDERS)):
                out.setdefault(e, None)
                if isinstance(e, sp.Mul):
                    rest = e.as_coeff_Mul()[1]
                    out.setdefault(rest, None)
    return [*out, *(e for e in _relatives(out) if bound or not e.has(*_BINDERS))]


def _relatives(known: Iterable[Any]) -> list[Any]:
    """Functions of a sum with the sign of one term turned: the other half of a pair of which one was dropped."""
    out: dict[Any, None] = {}
    for e in known:
        if (
            isinstance(e, sp.Function)
            and len(e.args) == 1
            and isinstance(e.args[0], sp.Add)
            and len(e.args[0].args) < 4
        ):
            for term in e.args[0].args:
                out.setdefault(e.func(e.args[0] - 2 * term), None)
    return list(out)[:40]


def _spread(right: Any) -> list[Any]:
    """The right line multiplied out, its logarithms too: the terms somebody may have dropped."""
    if size(right) > 120:
        return []
    try:
        wide = sp.expand(right)
        return [wide, sp.expand_log(wide)]
    except _FAILS:
        return []


def _twin(node: Any) -> tuple[Any, Any] | None:
    """A symbol and how it is joined with itself, in 2x = x + x or x² = x·x: one of the two may have been another."""
    if isinstance(node, sp.Mul) and len(node.args) == 2 and node.args[0] == 2 and node.args[1].is_Symbol:
        return node.args[1], sp.Add
    if isinstance(node, sp.Pow) and node.exp == 2 and node.base.is_Symbol:
        return node.base, sp.Mul
    return None


# --- mistakes that touch every occurrence -------------------------------------------------------------------------


def _everywhere(stated: Any, right: Any, sheet: Sheet) -> Iterator[tuple[list[Any], list[Any], float]]:
    mine = sorted((s for s in stated.free_symbols if s in sheet.symbols), key=lambda s: s.name)
    both = sorted((s for s in stated.free_symbols | right.free_symbols if s in sheet.symbols), key=lambda s: s.name)
    for x in mine:
        for p in both:
            if p == x:
                continue
            yield [x], [p], 1.3
            if p in mine and p.name > x.name:
                yield [x, p], [p, x], 1.2
            if not x.is_positive:
                yield [x], [x - p], 1.2
                yield [x], [x + p], 1.3
            if p.is_positive:
                for k in (1, -1, 2, -2):
                    yield [x], [x * p**k], 1.2 + 0.1 * abs(k)
            for q in both:
                if not x.is_positive and q not in (p, x) and q.is_positive:
                    yield [x], [p + q * x], 1.7
                    yield [x], [(x - p) / q], 1.7
        yield [x], [-x], 1.2
        yield [x], [x**2], 1.0
        if x.is_positive:
            yield [x], [sp.sqrt(x)], 1.0
            yield [x], [1 / x], 1.1
        yield [x], [2 * x], 1.5
        yield [x], [x / 2], 1.5
        yield [x], [1 - x], 1.4


def _substituted(stated: Any, old: list[Any], new: list[Any], sheet: Sheet) -> Array:
    other = sheet.with_symbols({o: sheet.value(n) for o, n in zip(old, new, strict=True)})
    out = other.value(stated)
    sheet.tolerance = max(sheet.tolerance, other.tolerance)
    return out


# --- usual mistakes, one place ------------------------------------------------------------------------------------


def _usual(stated: Any, spots: list[Place]) -> Iterator[tuple[Place, Any, float]]:
    """Where no needed value is known: what people get wrong, tried out."""
    symbols = sorted(stated.free_symbols, key=lambda s: s.name)
    bound = {v for b in stated.atoms(Binder) for v in b.variables}
    symbols = [s for s in [*symbols, *sorted(bound, key=lambda s: s.name)] if isinstance(s, sp.Symbol)]
    positive = [s for s in symbols if s.is_positive]
    for p in spots:
        if isinstance(p.node, sp.Integral) and len(p.node.limits[0]) == 3:
            x, low, high = p.node.limits[0]
            yield p, sp.Integral(p.node.function, (x, high, low)), 0.8
        node = p.node
        weight = 0.03 * size(node)
        inside = isinstance(p.parent, (sp.Add, sp.Mul))
        yield p, -node, 0.7 + weight
        if node.is_Integer:
            for k in (-1, 1):
                yield p, node + k, 1.0
        for c, cost in ((2, 0.9), (_HALF, 0.9), (sp.sqrt(2), 1.0), (1 / sp.sqrt(2), 1.0)):
            yield p, c * node, cost + weight
        if not node.is_number:
            yield p, node**2, 0.9 + weight
            if node.is_nonnegative:
                yield p, sp.sqrt(node), 0.9 + weight
            yield p, 1 / node, 1.0 + weight
        if inside:
            yield p, sp.S.Zero if isinstance(p.parent, sp.Add) else sp.S.One, 1.0 + 0.06 * size(node)
        for s in positive:
            for k in (1, -1, 2, -2):
                if node != s or k not in (1, -1):
                    yield p, node * s**k, 0.9 + 0.1 * abs(k) + weight
        twin = _twin(node)
        if twin is not None:
            x, joined = twin
            yield from ((p, joined(x, s), 1.2) for s in symbols if s != x)
        if isinstance(node, sp.Symbol):
            for s in symbols:
                if s != node:
                    yield p, s, 1.2
                    yield p, node - s, 1.2
                    yield p, node + s, 1.3
