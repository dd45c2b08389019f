"""Usual mistakes, tried in many places or on every occurrence of a symbol, a batch of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, final

import numpy as np
import sympy as sp

from symrep.notation import Binder
from symrep.repair.along import Opaque, Symbolic, along
from symrep.repair.confused import twins
from symrep.repair.places import Place, put
from symrep.repair.recognise import size
from symrep.repair.values import Array, Sheet

__all__ = ["FAILS", "Swap", "Trial", "agreeing", "agreeing_everywhere", "everywhere", "symbols_of", "usual"]

FAILS: Final = (ArithmeticError, AttributeError, TypeError, ValueError, NotImplementedError, RecursionError)
_BINDERS: Final = (Binder, sp.Integral, sp.Sum)
_HALF: Final = sp.Rational(1, 2)
_SUPPOSED: Final = (2, 0.9), (_HALF, 0.9), (sp.sqrt(2), 1.0), (1 / sp.sqrt(2), 1.0)
#: where a quadrature is needed, so many points sift the candidates, and so many rows are tried at once
_FEW: Final = 5
_BATCH: Final = 16
#: what a tree that has to be built to be tried costs beside its values, in the units of a sheet's effort
_BUILT: Final = 15_000
_NODE: Final = 500

Row = Callable[[Sheet, Array], Any]


@final
@dataclass(frozen=True)
class Trial:
    """Something else in one place: its values from those of what stands there, and how to make it."""

    row: Row
    make: Callable[[], Any]
    cost: float


@final
@dataclass(frozen=True)
class Swap:
    """Something else for every occurrence of some symbols."""

    old: tuple[Any, ...]
    new: tuple[Any, ...]
    cost: float


# --- one place ----------------------------------------------------------------------------------------------------


def usual(p: Place, symbols: Sequence[Any]) -> list[Trial]:
    """What people get wrong, whatever stands there; ``symbols`` are those it may have to do with."""
    node = p.node
    weight = 0.03 * size(node)
    inside = isinstance(p.parent, (sp.Add, sp.Mul))
    out = [Trial(lambda _, v: -v, lambda: -node, 0.7 + weight)]
    if node.is_Rational:
        out += [_shifted(node, k) for k in (-1, 1)]
    out += [_scaled(node, c, cost + weight) for c, cost in _SUPPOSED]
    if not node.is_number:
        out.append(Trial(lambda _, v: v**2, lambda: node**2, 0.9 + weight))
        if node.is_nonnegative:
            out.append(Trial(lambda _, v: np.sqrt(v), lambda: sp.sqrt(node), 0.9 + weight))
        out.append(Trial(lambda _, v: 1 / v, lambda: 1 / node, 1.0 + weight))
    if inside:
        gone = sp.S.Zero if isinstance(p.parent, sp.Add) else sp.S.One
        out.append(Trial(lambda _, v: 0 * v + int(gone), lambda: gone, 1.0 + 0.06 * size(node)))
    for s in symbols:
        if s.is_positive:
            out += [_times(node, s, k, 0.9 + 0.1 * abs(k) + weight) for k in (1, -1, 2, -2) if node != s or abs(k) != 1]
    twin = _twin(node)
    if twin is not None:
        out += [_joined(twin[0], s, twin[1]) for s in symbols if s != twin[0]]
    if isinstance(node, sp.Symbol):
        out += [t for s in symbols if s != node for t in _other(node, s)]
    out += [Trial(lambda sheet, _, e=e: sheet.value(e), lambda e=e: e, 0.7) for e in twins(node)]  # type: ignore[misc]
    return out


def symbols_of(stated: Any) -> list[Any]:
    """Its symbols, the free ones first."""
    free = sorted(stated.free_symbols, key=lambda s: s.name)
    bound = sorted({v for b in stated.atoms(Binder) for v in b.variables}, key=lambda s: s.name)
    return [s for s in (*free, *bound) if isinstance(s, sp.Symbol)]


def _shifted(node: Any, k: int) -> Trial:
    return Trial(lambda _, v: v + k, lambda: node + k, 1.0)


def _scaled(node: Any, c: Any, cost: float) -> Trial:
    factor = float(c)
    return Trial(lambda _, v: factor * v, lambda: c * node, cost)


def _times(node: Any, s: Any, k: int, cost: float) -> Trial:
    return Trial(lambda sheet, v: v * sheet.value(s) ** k, lambda: node * s**k, cost)


def _other(node: Any, s: Any) -> Iterator[Trial]:
    yield Trial(lambda sheet, v: sheet.value(s), lambda: s, 1.2)
    yield Trial(lambda sheet, v: v - sheet.value(s), lambda: node - s, 1.2)
    yield Trial(lambda sheet, v: v + sheet.value(s), lambda: node + s, 1.3)


def _joined(x: Any, s: Any, how: Any) -> Trial:
    join = np.add if how is sp.Add else np.multiply
    return Trial(lambda sheet, v: join(sheet.value(x), sheet.value(s)), lambda: how(x, s), 1.2)


def _twin(node: Any) -> tuple[Any, Any] | None:
    """A symbol and how it is joined with itself, in 2x = x + x or x² = x·x: one of the two may have been another."""
    if isinstance(node, sp.Mul) and len(node.args) == 2 and node.args[0] == 2 and node.args[1].is_Symbol:
        return node.args[1], sp.Add
    if isinstance(node, sp.Pow) and node.exp == 2 and node.base.is_Symbol:
        return node.base, sp.Mul
    return None


def agreeing(stated: Any, place: Place, trials: Sequence[Trial], sheet: Sheet, target: Array) -> Iterator[Trial]:
    """Those that make ``stated`` worth ``target``; where a quadrature is needed, at a few points of the sheet alone."""
    few, wanted = _few(stated, sheet, target)
    for start in range(0, len(trials), _BATCH):
        if sheet.spent():
            return
        batch = trials[start : start + _BATCH]
        try:
            values = along(few, stated, place.path, lambda at, batch=batch: _rows(at, place.node, batch))  # type: ignore[misc]
        except Opaque:
            return
        except Symbolic:
            yield from _one_by_one(stated, place, trials[start:], sheet, target)
            return
        sheet.tolerance = max(sheet.tolerance, few.tolerance)
        yield from (t for t, ok in zip(batch, few.agree(values, wanted), strict=True) if ok)


def _few(stated: Any, sheet: Sheet, target: Array) -> tuple[Sheet, Array]:
    if sheet.pointwise or not stated.has(*_BINDERS):
        return sheet, target
    return sheet.fewer(_FEW), target[:_FEW]


def _rows(sheet: Sheet, node: Any, batch: Sequence[Trial]) -> Array:
    v = sheet.value(node)
    with np.errstate(all="ignore"):
        rows = [np.broadcast_to(t.row(sheet, v), sheet.shape) for t in batch]
    return np.stack(rows)


def _one_by_one(stated: Any, place: Place, trials: Sequence[Trial], sheet: Sheet, target: Array) -> Iterator[Trial]:
    """As the trees they are: what stands there is nothing that values are put into."""
    cost = _BUILT + _NODE * size(stated)
    for t in trials:
        if sheet.spent(cost):
            return
        try:
            expr = put(stated, place.path, t.make())
            ok = expr != stated and sheet.same(sheet.value(expr), target)
        except FAILS:
            continue
        if ok:
            yield t


# --- every occurrence ---------------------------------------------------------------------------------------------


def everywhere(stated: Any, right: Any, sheet: Sheet) -> list[Swap]:
    """A symbol that is another, times or plus another, in another's place, of another scale or sign, wherever it is."""
    mine = sorted((s for s in stated.free_symbols if s in sheet.symbols), key=lambda s: s.name)
    both = sorted((s for s in stated.free_symbols | right.free_symbols if s in sheet.symbols), key=lambda s: s.name)
    out: list[Swap] = []
    for x in mine:
        for p in both:
            if p == x:
                continue
            out.append(Swap((x,), (p,), 1.3))
            if p in mine and p.name > x.name:
                out.append(Swap((x, p), (p, x), 1.2))
            if not x.is_positive:
                out += [Swap((x,), (x - p,), 1.2), Swap((x,), (x + p,), 1.3)]
            if p.is_positive:
                out += [Swap((x,), (x * p**k,), 1.2 + 0.1 * abs(k)) for k in (1, -1, 2, -2)]
            for q in both:
                if not x.is_positive and q not in (p, x) and q.is_positive:
                    out += [Swap((x,), (p + q * x,), 1.7), Swap((x,), ((x - p) / q,), 1.7)]
        out += [Swap((x,), (-x,), 1.2), Swap((x,), (x**2,), 1.0)]
        if x.is_positive:
            out += [Swap((x,), (sp.sqrt(x),), 1.0), Swap((x,), (1 / x,), 1.1)]
        out += [Swap((x,), (2 * x,), 1.5), Swap((x,), (x / 2,), 1.5), Swap((x,), (1 - x,), 1.4)]
    return out


def agreeing_everywhere(stated: Any, swaps: Sequence[Swap], sheet: Sheet, target: Array) -> Iterator[Swap]:
    """Those that make ``stated`` worth ``target``, as :func:`agreeing` tells."""
    few, wanted = _few(stated, sheet, target)
    for start in range(0, len(swaps), _BATCH):
        if sheet.spent():
            return
        batch = swaps[start : start + _BATCH]
        try:
            values = _swapped(stated, batch, few)
        except FAILS:
            continue
        sheet.tolerance = max(sheet.tolerance, few.tolerance)
        yield from (s for s, ok in zip(batch, few.agree(values, wanted), strict=True) if ok)


def _swapped(stated: Any, batch: Sequence[Swap], sheet: Sheet) -> Array:
    symbols = dict.fromkeys(x for s in batch for x in s.old)
    rows: dict[Any, Array] = {}
    for x in symbols:
        as_is = sheet.value(x)
        news = [dict(zip(s.old, s.new, strict=True)) for s in batch]
        rows[x] = np.concatenate([sheet.value(new[x]) if x in new else as_is for new in news])
    wide = sheet.with_symbols(rows)
    out = wide.value(stated).reshape(len(batch), sheet.count)
    sheet.tolerance = max(sheet.tolerance, wide.tolerance)
    return out
