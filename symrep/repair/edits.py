"""Candidate corrections of a line: single edits of its own tree, of the kinds people get wrong, sifted by numbers.

Two sources. Where the way from the root to a node inverts, the node's needed values are computed and recognised: as the
node times or plus something simple, or as something else altogether. Everywhere else, and for edits that touch every
occurrence of a symbol, a list of usual mistakes is tried. Untrusted: whatever is shown is judged first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from operator import add, mul, truediv
from typing import Any, Final, final

import numpy as np
import sympy as sp

from symrep.distribution import Pushforward
from symrep.notation import Binder, Density, support_condition
from symrep.repair.confused import twins
from symrep.repair.offset import tidy
from symrep.repair.places import Place, places, put
from symrep.repair.recognise import Recogniser, size
from symrep.repair.trials import FAILS, agreeing, agreeing_everywhere, everywhere, symbols_of, usual
from symrep.repair.values import Array, Sheet

__all__ = ["Edit", "edits"]

_BINDERS: Final = (Binder, sp.Integral, sp.Sum)
#: what trying a candidate costs beside its values, in the units of a sheet's effort
_CANDIDATE: Final = 15_000
_NODE: Final = 500
#: an edit cheaper than this leaves nothing to look for
_SURE: Final = 0.9
#: so many edits are worth looking at
_ENOUGH: Final = 12


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
    sheet.renew()
    written = right
    if sheet.same(sheet.value(clear := tidy(right)), sheet.value(right)):
        right = clear  # less cancels in it
    target = sheet.value(right)
    shelf = _Shelf(stated)
    for old, new, cost in _parts(stated, written):
        if sheet.same(sheet.value(new), target):
            shelf.offer(new, cost, old, new, (), True)
    spots = places(stated, sheet, target)
    known = sorted(_located(stated, right, spots, sheet), key=lambda row: row[2])  # stable
    for place, make, cost in known:
        if shelf.full(cost) or sheet.spent(shelf.trial):
            break
        # a factor at the very root mends everything and explains nothing
        shelf.build(place, make, cost + (0.5 if not place.path else 0) + 0.01 * len(place.path))
    if shelf.best() < _SURE:
        return shelf.ranked(sheet, target)
    nothing, symbols = not shelf.found, symbols_of(stated)
    for place in spots:
        if sheet.spent():
            break
        if place.needed is None or nothing:
            if isinstance(place.node, sp.Integral) and len(place.node.limits[0]) == 3:
                x, low, high = place.node.limits[0]
                shelf.build(place, partial(sp.Integral, place.node.function, (x, high, low)), 0.8)
            for trial in agreeing(stated, place, usual(place, symbols), sheet, target):
                if sheet.spent(shelf.trial):
                    break
                shelf.build(place, trial.make, trial.cost)
    for swap in agreeing_everywhere(stated, everywhere(stated, right, sheet), sheet, target):
        if sheet.spent(shelf.trial):
            break
        with suppress(*FAILS):
            pairs = list(zip(swap.old, swap.new, strict=True))
            shelf.offer(stated.subs(pairs, simultaneous=True), swap.cost, swap.old[0], swap.new[0], None)
    return shelf.ranked(sheet, target)


@final
class _Shelf:
    """The edits of a line found so far, the cheapest way to each."""

    def __init__(self, stated: Any) -> None:
        self.stated = stated
        self.length = size(stated)
        self.trial = _CANDIDATE + _NODE * self.length
        self.found: dict[Any, Edit] = {}

    def best(self) -> float:
        return min((e.cost for e in self.found.values()), default=_SURE)

    def full(self, cost: float) -> bool:
        """Are there enough that cost less than this?"""
        return sum(e.cost < cost for e in self.found.values()) >= _ENOUGH

    def build(self, place: Place, make: Callable[[], Any], cost: float) -> None:
        with suppress(*FAILS):
            new = make()
            self.offer(put(self.stated, place.path, new), cost, place.node, new, place.path)

    def offer(
        self, expr: Any, cost: float, old: Any, new: Any, path: tuple[int, ...] | None, whole: bool = False
    ) -> None:
        if expr == self.stated or not isinstance(expr, sp.Expr) or expr.has(sp.nan, sp.zoo):
            return
        if not whole:
            cost += 0.04 * max(0, size(expr) - self.length) + 0.02 * max(0, size(new) - size(old))
        known = self.found.get(expr)
        if known is None or cost < known.cost:
            self.found[expr] = Edit(expr, cost, old, new, path)

    def ranked(self, sheet: Sheet, target: Array) -> list[Edit]:
        """Cheapest first, looked at once more as the trees they are."""
        # ties in the order they were found in: SymPy's own order evaluates constant integrals to sort them
        best = sorted(self.found.values(), key=lambda e: (round(e.cost, 6), size(e.expr)))
        return [e for e in best[:24] if sheet.same(sheet.value(e.expr), target)]


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


def _located(
    stated: Any, right: Any, spots: list[Place], sheet: Sheet
) -> Iterator[tuple[Place, Callable[[], Any], float]]:
    symbols = sorted((s for s in stated.free_symbols | right.free_symbols if s in sheet.symbols), key=lambda s: s.name)
    library = _library(stated, right, stated.has(*_BINDERS) and not sheet.pointwise)
    known = Recogniser(symbols, library, sheet)
    for p in spots:
        if p.needed is None:
            continue
        yield from ((p, make, cost) for make, cost in _explained(p, sheet.value(p.node), p.needed, known, sheet))


def _explained(
    p: Place, actual: Array, needed: Array, known: Recogniser, sheet: Sheet
) -> Iterator[tuple[Callable[[], Any], float]]:
    node = p.node
    want = known.real(needed)
    if want is None:
        return
    length = size(node)
    weight = 0.02 * length
    with np.errstate(all="ignore"):
        ratio, inverse, gap = (known.real(u) for u in (needed / actual, actual / needed, needed - actual))
    m = known.monomial(ratio)
    if m is not None:
        yield partial(mul, node, m[0]), 0.6 + m[1] + weight
    for e, cost in known.multiples(ratio):
        yield partial(mul, node, e), 1.0 + cost + weight
    for e, cost in known.multiples(inverse):
        yield partial(truediv, node, e), 1.0 + cost + weight
    for u, way in ((ratio, mul), (inverse, truediv)):
        if (m := known.affine(u)) is not None:
            yield partial(way, node, m[0]), 0.9 + m[1] + weight
    m = known.monomial(gap)
    if m is not None and not (node.is_Integer and m[0].is_number and m[1] > 0.5):
        yield partial(add, node, m[0]), 0.9 + m[1] + weight
    for e, cost in known.multiples(gap):
        yield partial(add, node, e), 1.1 + cost + weight
    m = known.monomial(want)
    if m is not None:
        yield partial(_itself, m[0]), 0.7 + m[1] + 0.06 * length
    elif (m := known.affine(want)) is not None:
        yield partial(_itself, m[0]), 0.8 + m[1] + 0.06 * length
    elif (np.abs(needed[np.isfinite(needed)]) < 1e-11).all():
        yield partial(_itself, sp.S.Zero), 0.8 + 0.06 * length
    for e, cost in known.multiples(want) if p.path else ():  # the right line as a whole is no edit of this one
        yield partial(_itself, e), 0.9 + cost + 0.06 * length
    if not node.is_number:
        with np.errstate(all="ignore"):
            rows = np.stack([actual**2, np.emath.sqrt(actual), 1 / actual, np.exp(actual)])
        makes = (partial(pow, node, 2), partial(sp.sqrt, node), partial(truediv, 1, node), partial(sp.exp, node))
        for make, cost, ok in zip(makes, (0.9, 1.0, 0.9, 1.3), sheet.agree(rows, needed), strict=True):
            if ok:
                yield make, cost + weight
    for other in twins(node):
        if sheet.same(sheet.value(other), needed):
            yield partial(_itself, other), 0.6


def _itself(e: Any) -> Any:
    return e


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
    if not right.has(sp.Add, sp.log) or size(right) > 120:
        return []
    try:
        wide = sp.expand(right)
        return [wide, sp.expand_log(wide)]
    except FAILS:
        return []
