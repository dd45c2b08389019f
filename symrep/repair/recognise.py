"""Which simple expression has these values? Constants, monomials in the symbols, multiples of trees already there."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, Final, final

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from symrep.repair.values import Array, Sheet

__all__ = ["Recogniser", "constant"]

#: real values, and where there are some
Real = tuple[NDArray[np.float64], NDArray[np.bool_]]
#: points at which most multiples are told from what they are not
_FEW: Final = 4


def _table() -> list[tuple[float, float, tuple[Any, ...]]]:
    """(log of the value, cost, p/q times a root or one by it), sorted; what people lose or gain by mistake."""
    out: dict[float, tuple[float, tuple[Any, ...]]] = {}
    roots = [
        (cost, root, float(sp.log(root)))
        for cost, root in (
            (0.0, sp.S.One),
            (0.5, sp.sqrt(2)),
            (0.7, sp.sqrt(sp.pi)),
            (0.5, sp.sqrt(2 * sp.pi)),
            (0.6, sp.pi),
            (1.2, sp.sqrt(sp.pi / 2)),
            (1.2, sp.pi**2),
            (1.2, sp.E),
        )
    ]
    for p in range(1, 13):
        for q in range(1, 13):
            if math.gcd(p, q) != 1:
                continue
            plain = 0.0 if p * q == 1 else 0.15 if (p, q) in ((2, 1), (1, 2)) else 0.4 + 0.06 * (p + q)
            for extra, root, log in roots:
                for way in (1, -1):
                    cost = plain + extra
                    key = round(math.log(p / q) + way * log, 10)
                    if key not in out or cost < out[key][0]:
                        out[key] = (cost, (p, q, root, way))
    return sorted(((k, cost, made) for k, (cost, made) in out.items()), key=lambda row: row[0])


_CONSTANTS: Final = _table()
_LOGS: Final = [row[0] for row in _CONSTANTS]


def constant(v: float, tolerance: float = 1e-8) -> tuple[Any, float] | None:
    """A simple constant near v ≠ 0, with its cost."""
    if v == 0 or not math.isfinite(v):
        return None
    log = math.log(abs(v))
    i = bisect_left(_LOGS, log)
    near = [j for j in (i - 1, i) if 0 <= j < len(_LOGS) and abs(_LOGS[j] - log) <= tolerance]
    if not near:
        return None
    _, cost, (p, q, root, way) = _CONSTANTS[min(near, key=lambda j: _CONSTANTS[j][1])]
    c = sp.Rational(p, q) * root**way
    return (c, cost) if v > 0 else (-c, cost + 0.1)


@final
class _Fit:
    """Least squares by a constant and some columns; of no use when these are not independent."""

    def __init__(self, columns: NDArray[np.float64]) -> None:
        self.design = np.column_stack([np.ones(len(columns)), columns])
        self._inverse: NDArray[np.float64] | None = None
        if np.isfinite(self.design).all() and np.linalg.matrix_rank(self.design) == self.design.shape[1]:
            self._inverse = np.linalg.pinv(self.design)

    def solve(self, v: NDArray[np.float64]) -> NDArray[np.float64] | None:
        return None if self._inverse is None else self._inverse @ v


@final
class Recogniser:
    """Knows the symbols' values and a library of trees with theirs.

    ``monomial`` and ``multiples`` yield (expression, cost), cheapest first.
    """

    def __init__(self, symbols: Sequence[Any], library: Sequence[Any], sheet: Sheet) -> None:
        self.sheet = sheet
        self.tolerance = max(1e-8, 20 * sheet.tolerance)
        self.symbols = list(symbols)
        rows = [sheet.value(s).real for s in self.symbols]
        self.rows = np.array(rows) if rows else np.zeros((0, sheet.count))
        with np.errstate(all="ignore"):
            self.logs = np.log(np.abs(self.rows)).T
        self.powers, self.terms = _Fit(self.logs), _Fit(self.rows.T)
        self.candidates: list[tuple[Any, NDArray[np.float64]]] = []
        for e in library:
            v = sheet.value(e)
            ok = np.isfinite(v)
            if ok.sum() >= 4 and (np.abs(v.imag[ok]) == 0).all() and np.ptp(v.real[ok]) > 1e-9:
                self.candidates.append((e, v.real))
        self.matrix = np.array([v for _, v in self.candidates]) if self.candidates else np.zeros((0, sheet.count))

    def real(self, u: Array) -> Real | None:
        """Real parts and where they are values; None when there are too few."""
        ok = np.isfinite(u)
        if ok.sum() < max(5, len(self.symbols) + 3):
            return None
        bad = np.abs(u.imag) > 1e-7 * (1e-12 + np.abs(u.real))
        if (bad & ok).any():
            return None
        return u.real, ok

    def monomial(self, got: Real | None) -> tuple[Any, float] | None:
        """c·Π sᵢ^kᵢ with kᵢ in ½ℤ."""
        if got is None:
            return None
        v, ok = got
        if (np.abs(v[ok]) < 1e-12).any():
            return None
        with np.errstate(all="ignore"):
            logs = np.log(np.abs(v[ok]))
        fit = self.powers if ok.all() else _Fit(self.logs[ok])
        solution = fit.solve(logs)
        if solution is None:
            return None
        design = fit.design
        twice = np.round(2 * solution[1:])
        if np.abs(2 * solution[1:] - twice).max(initial=0) > 1e-5 or np.abs(twice).max(initial=0) > 8:
            return None
        residual = logs - design[:, 1:] @ (twice / 2)
        if np.ptp(residual) > self.tolerance:
            return None
        out, cost = sp.S.One, 0.0
        sign = np.sign(v[ok])
        for s, k, row in zip(self.symbols, twice, self.rows, strict=True):
            if k == 0:
                continue
            if k % 2 and not s.is_positive:
                return None
            if (k / 2) % 2 == 1:
                sign = sign * np.sign(row[ok])
            out *= s ** sp.Rational(int(k), 2)
            cost += 0.3 + 0.15 * float(abs(k / 2 - np.sign(k))) if k % 2 == 0 else 0.7
        if np.ptp(sign) != 0:
            return None
        c = constant(float(sign[0]) * math.exp(float(residual.mean())), self.tolerance)
        if c is None:
            return None
        return c[0] * out, c[1] + cost

    def affine(self, got: Real | None) -> tuple[Any, float] | None:
        """c₀ + Σ cᵢ sᵢ with few small rational coefficients, at least two of them not 0."""
        if got is None:
            return None
        v, ok = got
        fit = self.terms if ok.all() else _Fit(self.rows.T[ok])
        design = fit.design
        if design.shape[0] < design.shape[1] + 2 or (solution := fit.solve(v[ok])) is None:
            return None
        if np.abs(design @ solution - v[ok]).max() > self.tolerance * (1 + np.abs(v[ok]).max()):
            return None
        coefficients = [_rational(c, 10 * self.tolerance) for c in solution]
        if any(c is None for c in coefficients):
            return None
        out = sum((c * s for c, s in zip(coefficients, [sp.S.One, *self.symbols], strict=True)), start=sp.S.Zero)
        count = sum(c != 0 for c in coefficients)
        if not 2 <= count <= 3:
            return None
        return out, 0.3 * count + sum(0.1 for c in coefficients if abs(c) not in (0, 1))

    def multiples(self, got: Real | None) -> Iterator[tuple[Any, float]]:
        """c·e for trees e of the library."""
        if got is None or not self.candidates:
            return
        v, ok = got
        at = np.flatnonzero(ok)
        with np.errstate(all="ignore"):
            likely = np.flatnonzero(_spread(v[at[:_FEW]] / self.matrix[:, at[:_FEW]]) <= self.tolerance)
            ratio = v[at] / self.matrix[likely][:, at]
            spread = _spread(ratio)
        for i, row in zip(likely[spread <= self.tolerance], ratio[spread <= self.tolerance], strict=True):
            c = constant(float(row.mean()), self.tolerance)
            if c is not None:
                e = self.candidates[i][0]
                yield c[0] * e, c[1] + 0.3 + 0.06 * size(e)


def _spread(ratio: NDArray[np.float64]) -> NDArray[np.float64]:
    return (ratio.max(axis=1) - ratio.min(axis=1)) / np.abs(ratio).max(axis=1)


def _rational(v: float, tolerance: float) -> Any:
    """A rational with a denominator of at most 8 near v, or None."""
    for q in (1, 2, 3, 4, 6, 8):
        p = round(v * q)
        if abs(p) <= 12 and abs(v * q - p) <= tolerance * q:
            return sp.Rational(p, q)
    return None


def size(e: Any) -> int:
    """Number of nodes."""
    return sum(1 for _ in sp.preorder_traversal(e))
