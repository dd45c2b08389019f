"""Places in a tree: walking them, replacing what stands there, and what would have to stand there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, final

import numpy as np
import sympy as sp

from symrep.distribution import Distribution
from symrep.notation import Binder, Expectation
from symrep.repair.values import Array, Sheet, noise

__all__ = ["Place", "places", "put"]

_MAX: Final = 160
_NUDGE: Final = 1e-12


@final
@dataclass(frozen=True)
class Place:
    """A node, where it stands, and the values it would need for the claim to hold (None when unknown)."""

    path: tuple[int, ...]
    node: Any
    parent: Any
    needed: Array | None = None


def put(expr: Any, path: tuple[int, ...], new: Any) -> Any:
    """The tree with ``new`` at ``path``, rebuilt on the way up."""
    if not path:
        return new
    args = list(expr.args)
    args[path[0]] = put(args[path[0]], path[1:], new)
    return expr.func(*args)


def places(expr: Any, sheet: Sheet, target: Array) -> list[Place]:
    """Every expression inside ``expr``, outermost first, with its needed values if the way from the root inverts."""
    out: list[Place] = []

    def visit(e: Any, parent: Any, path: tuple[int, ...], needed: Array | None) -> None:
        if len(out) >= _MAX:
            return
        if isinstance(e, sp.Expr):
            out.append(Place(path, e, parent, needed))
        for i, child in _children(e, sheet.pointwise):
            visit(child, e, (*path, i), _needed(e, i, needed, sheet))

    target = target.astype(np.complex128)  # where a real need is complex, its imaginary part tells
    with np.errstate(all="ignore"):
        visit(expr, None, (), target)
        first, out = out, []
        visit(expr, None, (), target * (1 + _NUDGE))
    return [_stable(a, b, sheet) for a, b in zip(first, out, strict=True)]


def _stable(a: Place, b: Place, sheet: Sheet) -> Place:
    """Forget needed values that a nudge of the target moves too much: there the way back cancels."""
    if a.needed is None or b.needed is None:
        return a
    with np.errstate(all="ignore"):
        moved = np.abs(a.needed - b.needed) > _NUDGE * 1e4 * np.abs(a.needed)
    return replace(a, needed=np.where(moved, np.nan, a.needed))


def _children(e: Any, pointwise: bool) -> Iterator[tuple[int, Any]]:
    if isinstance(e, Binder):
        yield 0, e.body
        if isinstance(e.law, Distribution) and not pointwise:  # read pointwise, the law is not looked at
            yield 2, e.law
        return
    if isinstance(e, Distribution):
        yield from enumerate(e.args[1:], 1)
        return
    if isinstance(e, (sp.Sum, sp.Integral)):
        yield 0, e.function
        return
    for i, a in enumerate(e.args):
        if isinstance(a, (sp.Expr, sp.functions.elementary.piecewise.ExprCondPair, Distribution)):
            yield i, a


def _needed(e: Any, i: int, w: Array | None, sheet: Sheet) -> Array | None:
    """What argument ``i`` of ``e`` would have to be for ``e`` to be ``w``."""
    if w is None:
        return None
    if isinstance(e, sp.Add):
        rest = sum((sheet.value(a) for j, a in enumerate(e.args) if j != i), start=np.complex128(0))
        return w - rest
    if isinstance(e, sp.Mul):
        out = w
        for j, a in enumerate(e.args):
            if j != i:
                out = out / sheet.value(a)
        return out
    if isinstance(e, sp.Pow):
        return _needed_in_power(e, i, w, sheet)
    if isinstance(e, sp.exp):
        return _tidy(np.log(w), sheet.value(e.args[0]))
    if isinstance(e, sp.log):
        return np.exp(w)
    if isinstance(e, sp.Abs):
        return w * np.sign(sheet.value(e.args[0]).real)
    back = {sp.sinh: np.arcsinh, sp.tanh: np.arctanh, sp.atan: np.tan, sp.asinh: np.sinh}.get(type(e))
    if back is not None:
        return back(w)
    if isinstance(e, sp.Piecewise):
        taken = np.zeros(w.shape, dtype=bool)
        for k in range(i):
            taken |= sheet.condition(e.args[k].cond)
        return np.where(sheet.condition(e.args[i].cond) & ~taken, w, np.nan)
    if isinstance(e, sp.functions.elementary.piecewise.ExprCondPair):
        return w if i == 0 else None
    if sheet.pointwise and isinstance(e, (Expectation, sp.Sum, sp.Integral)) and i == 0:
        return w if isinstance(e, Expectation) else w / noise(str(e.limits), 1)[0]
    return None


def _needed_in_power(e: Any, i: int, w: Array, sheet: Sheet) -> Array:
    base, power = sheet.value(e.base), sheet.value(e.exp)
    if i == 1:
        return _tidy(np.log(w) / np.log(base), power)
    root = np.power(w, 1 / power)
    if e.exp.is_Integer and int(e.exp) % 2 == 0:
        root = root * np.where(base.real < 0, -1.0, 1.0)
    elif e.exp.is_Integer and (np.abs(w.imag) < 1e-12 * np.abs(w)).all():
        root = np.sign(w.real) * np.abs(w) ** (1 / power)
    return _tidy(root, base)


def _tidy(w: Any, actual: Array) -> Array:
    """Drop an imaginary part where the actual value is real; a truly complex need is no need."""
    real = actual.imag == 0
    small = np.abs(w.imag) <= 1e-9 * (1 + np.abs(w.real))
    return np.where(real & small, w.real, np.where(real, np.nan, w))
