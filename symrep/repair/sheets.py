"""Points for two lines: exact ones of the domain, turned into rows of doubles, bound variables included."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from typing import Any, Final

import numpy as np
import sympy as sp

from symrep.checks.points import points
from symrep.claim import Context
from symrep.distribution import Distribution, Joint
from symrep.errors import BadInput
from symrep.notation import Binder, Expectation
from symrep.repair.values import Sheet, noise
from symrep.symbols import as_expr, kind_of
from symrep.translate import to_term

__all__ = ["sheets"]

_COUNT: Final = 18
_FEWER: Final = 12
_SEED: Final = 7
_BINDERS: Final = (Binder, sp.Sum, sp.Integral)


def sheets(stated: Any, right: Any, context: Context) -> list[Sheet]:
    """The readings worth trying, best first: binders as functionals where that is sound, then by quadrature."""
    rows = _rows(stated, right, context)
    if rows is None:
        return []
    table, count = rows
    plain = Sheet(table, count)
    if not stated.has(*_BINDERS):
        return [plain]
    bound = _functional(stated, right, plain)
    return [plain] if bound is None else [Sheet({**table, **bound}, count, pointwise=True), plain]


def _rows(stated: Any, right: Any, context: Context) -> tuple[dict[Any, Any], int] | None:
    free = {
        s for e in (stated, right) for s in e.free_symbols if isinstance(s, sp.Symbol) and s.name in context.symbols
    }
    try:
        terms = (to_term(stated), to_term(right))
    except BadInput:
        return None
    heavy = stated.has(*_BINDERS) or right.has(*_BINDERS)
    (low, high), count = ((Fraction(1, 5), 6), _FEWER) if heavy else ((Fraction(1, 50), 20), _COUNT)
    stream = islice(points(terms, context, _SEED, 4 * _COUNT, targets=False), 4 * _COUNT)
    got = list(islice((p for p in stream if all(_tame(p[s.name], low, high) for s in free if s.name in p)), count))
    if not got:
        return None
    if len(got) < 6:  # no symbols to vary, or a domain of few points
        got = (got * _COUNT)[:_COUNT] if not free else got
    table = {s: _row(s, got) for s in free}
    return table, len(got)


def _row(s: Any, got: list[Any]) -> Any:
    """A symbol's values; one that cancelled out of both lines gets some all the same."""
    if all(s.name in p for p in got):
        return np.array([float(p[s.name]) for p in got], dtype=np.float64)
    spread = noise(s.name, len(got))
    kind = kind_of(s)
    if "integer" in kind:
        spread = np.floor(1 + 4 * spread)
    elif kind == "unit":
        spread = spread / 2.5
    return -spread if kind == "negative" else spread


def _tame(v: Fraction, low: Fraction, high: int) -> bool:
    """A value at which doubles (and a quadrature on a fixed grid) keep most of their digits."""
    return abs(v) <= 2 * high if v.denominator == 1 else low <= abs(v) <= high


def _functional(stated: Any, right: Any, sheet: Sheet) -> dict[Any, Any] | None:
    """Values for the bound variables if both lines are linear in one and the same functional, else None."""
    mine, theirs = _outer(stated), _outer(right)
    if mine is None or theirs is None or not mine or not theirs:
        return None
    names: dict[Any, Any] = {}
    shape = None
    for b in [*mine, *theirs]:
        if isinstance(b, Expectation):
            if not isinstance(b.law, (Distribution, Joint)):
                return None
            key: Any = ("E", b.law)
            variables = b.variables
        else:
            key = (type(b).__name__, *((lo, hi) for _, lo, hi in b.limits))
            variables = tuple(lim[0] for lim in b.limits)
        if shape is None:
            shape = key
        if key != shape:
            return None
        rng = np.random.default_rng(_SEED)
        for v, ends in zip(variables, _ends(b), strict=True):
            whole = b.law.discrete() if isinstance(b, Expectation) else isinstance(b, sp.Sum)
            names[v] = _between(ends, sheet, rng, whole)
    return names


def _outer(e: Any) -> list[Any] | None:
    """The binders of a line, if it is linear in them; None if it is not."""
    kinds = (Expectation, sp.Sum, sp.Integral)
    if isinstance(e, kinds):
        inner = e.args[0]
        bad = inner.has(Binder, sp.Sum, sp.Integral) or any(len(x) != 3 for x in getattr(e, "limits", ()))
        return None if bad else [e]
    if not isinstance(e, sp.Basic) or not e.has(Binder, sp.Sum, sp.Integral):
        return []
    if not isinstance(e, (sp.Add, sp.Mul)):
        return None
    parts = [_outer(a) for a in e.args]
    if any(p is None for p in parts):
        return None
    out = [b for p in parts for b in p or []]
    return None if isinstance(e, sp.Mul) and len(out) > 1 else out


def _ends(b: Any) -> list[tuple[Any, Any]]:
    if isinstance(b, Expectation):
        return [(as_expr(i.low), as_expr(i.high)) for i in b.law.ranges()]
    return [(lo, hi) for _, lo, hi in b.limits]


def _between(ends: tuple[Any, Any], sheet: Sheet, rng: np.random.Generator, whole: bool) -> Any:
    low, high = ends
    t = rng.random(sheet.count)
    if whole:
        return np.floor(1 + 6 * t)
    if low is -sp.oo and high is sp.oo:
        out = 5 * t - 2.4
    elif high is sp.oo:
        out = sheet.value(low).real + 0.1 + 3 * t
    elif low is -sp.oo:
        out = sheet.value(high).real - 0.1 - 3 * t
    else:
        a, b = sheet.value(low).real, sheet.value(high).real
        out = a + (b - a) * t
    return out
