"""The likely mistake behind a formula that is wrong, in words: found by numbers, never a verdict.

The textbook slips: a sign, a rate for a scale, σ for σ², two parameters exchanged, a count off by one, a constant or a
power of a parameter lost, a logarithm forgotten in an entropy.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np
import sympy as sp

from symrep.family import Family
from symrep.laws.numbers import Point, points, values
from symrep.laws.slips import edits, slips
from symrep.repair.recognise import constant
from symrep.symbols import as_expr

__all__ = ["factor", "mistake", "named", "names_of", "same", "slips", "term"]

Array = np.ndarray[Any, Any]

_TOLERANCE: Final = 1e-7
#: constants a term may be off by, times small rationals
_TERMS: Final[tuple[Any, ...]] = (
    sp.S.One,
    sp.log(2),
    sp.log(sp.pi),
    sp.log(2 * sp.pi),
    sp.log(3),
    sp.EulerGamma,
    sp.pi,
    sp.pi**2 / 6,
    sp.sqrt(2),
    sp.sqrt(sp.pi),
)


def same(a: Sequence[float], b: Sequence[float], least: int = 3) -> bool:
    """Do the values agree wherever both are known, at enough points (at one, if there is only one)?"""
    both = [(u, v) for u, v in zip(a, b, strict=True) if math.isfinite(u) and math.isfinite(v)]
    if len(both) < min(least, len(a)):
        return False
    return bool(both) and all(abs(u - v) <= _TOLERANCE * (1e-3 + max(abs(u), abs(v))) for u, v in both)


def factor(ratio: Sequence[float], at: Sequence[Point], library: Sequence[Any] = ()) -> Any:
    """The expression with these values, out of constants times powers of parameters times at most one of the library
    or its reciprocal; None if none has.
    """
    symbols = sorted({n for p in at for n in p})
    found = _monomial(ratio, at, symbols)
    if found is not None:
        return found
    for e in library:
        known = values(e, at, 0.5)
        for way in (1, -1):
            with np.errstate(all="ignore"):
                rest = [r * k ** (-way) if k else math.nan for r, k in zip(ratio, known, strict=True)]
            found = _monomial(rest, at, symbols)
            if found is not None:
                return found * as_expr(e) ** way
    return None


def _fitted(
    data: Sequence[float], columns: list[list[float]]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]] | None:
    """Coefficients, multiples of ½ and few, and what they leave over, which is a constant; or None."""
    v = np.array(data)
    design = np.column_stack([np.ones(len(v)), *map(np.array, columns)]) if columns else np.ones((len(v), 1))
    ok = np.isfinite(v) & np.isfinite(design).all(axis=1)
    if ok.sum() < design.shape[1] + (1 if columns else 0) or ok.sum() < min(2, len(v)):
        return None
    solution, _, rank, _ = np.linalg.lstsq(design[ok], v[ok], rcond=None)
    if rank < design.shape[1]:
        return None
    half = np.round(2 * solution[1:]) / 2
    if np.abs(half - solution[1:]).max(initial=0) > 1e-5 or np.abs(half).max(initial=0) > 6:
        return None
    rest = v[ok] - design[ok][:, 1:] @ half
    return (half, rest) if np.ptp(rest) <= _TOLERANCE * (1 + np.abs(v[ok]).max()) else None


def _monomial(ratio: Sequence[float], at: Sequence[Point], names: list[str]) -> Any:
    known = [r for r in ratio if math.isfinite(r)]
    if len(known) < min(2, len(at)) or any(r == 0 for r in known) or len({r > 0 for r in known}) != 1:
        return None
    logs = [math.log(abs(r)) if math.isfinite(r) else math.nan for r in ratio]
    positive = [n for n in names if all(p[n] > 0 for p in at)]
    varying = [n for n in positive if len({p[n] for p in at}) > 1]
    found = None
    for use in ([], *([n] for n in varying), varying):
        found = _fitted(logs, [[math.log(float(p[n])) for p in at] for n in use])
        if found is not None:
            break
    if found is None:
        return None
    powers, rest = found
    c = constant(math.copysign(math.exp(float(rest.mean())), known[0]), 1e-7)
    if c is None:
        return None
    return c[0] * sp.Mul(*(sp.Symbol(n, positive=True) ** sp.nsimplify(k) for n, k in zip(use, powers, strict=True)))


#: what of a parameter a term may be a multiple of: as numbers, and as an expression
_COLUMNS: Final[tuple[tuple[Callable[[float], float], Callable[[Any], Any]], ...]] = (
    (lambda v: math.log(v) if v > 0 else math.nan, sp.log),
    (lambda v: v, lambda s: s),
    (lambda v: 1 / v if v else math.nan, lambda s: 1 / s),
)


def term(gap: Sequence[float], at: Sequence[Point]) -> Any:
    """The expression with these values: a constant and multiples of parameters, or of their logarithms, or of their
    reciprocals; or None.
    """
    names = sorted({n for p in at for n in p})
    varying = [n for n in names if len({p[n] for p in at}) > 1]
    for column, kind in _COLUMNS:
        for use in ([], *([n] for n in varying), varying):
            found = _fitted(list(gap), [[column(float(p[n])) for p in at] for n in use])
            if found is None:
                continue
            powers, rest = found
            c = _constant_term(float(rest.mean()))
            if c is None:
                continue
            symbols = [sp.Symbol(n, positive=True) for n in use]
            kinds = map(kind, symbols)
            return c + sp.Add(*(sp.nsimplify(k) * s for s, k in zip(kinds, powers, strict=True)))
    return None


def _constant_term(v: float) -> Any:
    if abs(v) < 1e-8:
        return sp.S.Zero
    for c in _TERMS:
        q = v / float(c)
        for d in (1, 2, 3, 4, 6):
            if abs(q * d) < 12.5 and abs(q * d - round(q * d)) < 1e-7 and round(q * d):
                return sp.Rational(round(q * d), d) * c
    got = constant(v, 1e-8)
    return got[0] if got is not None and got[1] < 1.5 else None


def mistake(
    stated: Any,
    right: Any,
    family: Family,
    what: str,
    given: tuple[Any, ...] = (),
    others: dict[str, Any] | None = None,
) -> str:
    """What is likely to be wrong with ``stated``, which should equal ``right``; "" if nothing fits.

    Args:
        stated, right: in the parameters only; ``right`` may be an integral or a sum.
        what: the field, as the reader calls it.
        given: where both hold.
        others: name -> formula that may have been stated in its place (the standard deviation for the variance).
    """
    at = points(family, 6, given)
    return named(stated, values(right, at, 5.0), at, family, what, others)


def named(
    stated: Any,
    truth: Sequence[float],
    at: Sequence[Point],
    family: Family,
    what: str,
    others: Mapping[str, Any] | None = None,
) -> str:
    """As :func:`mistake`, the right values being known."""
    stated = as_expr(stated)
    if not any(map(math.isfinite, truth)):
        return ""
    for name, formula in (others or {}).items():
        known = formula if isinstance(formula, list) else values(formula, at, 2.0) if formula is not None else []
        if known and same(known, values(stated, at, 1.0)):
            return f"the {what} stated is {name}"
    given = values(stated, at, 1.0)
    gap = term([s - t for s, t in zip(given, truth, strict=True)], at) if what == "entropy" else None
    if gap is not None and not gap.free_symbols:  # a constant lost is likelier than a parameter doubled
        return names_of(given, truth, at, what)
    for fixed, words in slips(stated, family):
        if same(values(fixed, at, 0.6), truth):
            return words
    simple = names_of(given, truth, at, what)
    if simple:
        return simple
    for fixed, words in edits(stated):
        if same(values(fixed, at, 0.3), truth):
            return f"in the {what}, {words}"
    return names_of(given, truth, at, what, library(family))


def library(family: Family) -> list[Any]:
    """Functions of parameters that are likely to be lost or doubled: those in the weight, and the usual ones."""
    out: list[Any] = []
    for node in sp.preorder_traversal(as_expr(family.weight)):
        if (
            isinstance(node, (sp.Function, sp.Pow))
            and node.free_symbols
            and node.free_symbols <= set(family.parameters)
        ):
            out.append(node)
    for s in family.parameters:
        if s.is_positive:
            out += [sp.gamma(s), sp.gamma(s / 2), 2**s, sp.exp(s), 2 ** (s / 2)]
        if family.parameters[s].kind == "unit":
            out.append(1 - s)
    for a, b in combinations((s for s in family.parameters if s.is_positive), 2):
        out += [sp.beta(a, b), sp.gamma(a + b), a**b, b**a, sp.exp(a / b), sp.exp(b / a)]
    for a, b in combinations(family.parameters, 2):
        out += [b - a, a + b]
    return list(dict.fromkeys(out))[:60]


def names_of(
    stated: Sequence[float], truth: Sequence[float], at: Sequence[Point], what: str, more: Sequence[Any] = ()
) -> str:
    """By which simple term or factor stated and true values differ, in words; "" if by none."""
    gap = [s - t for s, t in zip(stated, truth, strict=True)]
    ratio = [s / t if t else math.nan for s, t in zip(stated, truth, strict=True)]
    if not any(map(math.isfinite, gap)):
        return ""
    by = factor(ratio, at)
    off = term(gap, at)
    if off is not None and off != 0 and (what == "entropy" or by is None):
        return f"the {what} is off by {off}: stated = right + ({off})"
    if by is None:
        by = factor(ratio, at, more)
    if by is not None and by != 1:
        return f"the {what} is off by a factor {by}: stated = {by} * right"
    return ""
