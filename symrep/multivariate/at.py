"""A matrix expression at one dimension: its entries written out, with symbols or with numbers.

One walk over SymPy's matrix expressions serves both: what a number is and how a matrix is inverted is the backend's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, final

import mpmath
import numpy as np
import sympy as sp
from sympy.matrices.expressions import (
    Determinant,
    DiagMatrix,
    DiagonalMatrix,
    Identity,
    Inverse,
    MatAdd,
    MatMul,
    MatPow,
    OneMatrix,
    Trace,
    Transpose,
    ZeroMatrix,
)
from sympy.matrices.expressions.matexpr import MatrixElement, MatrixExpr

from symrep.errors import BadInput
from symrep.multivariate.words import CholeskyFactor
from symrep.symbols import as_expr

__all__ = ["NUMBERS", "SYMBOLS", "Backend", "at", "size"]


@final
@dataclass(frozen=True)
class Backend:
    """How to compute: numbers from rationals, functions by SymPy's class, matrices from rows.

    Numbers may be batches: then the last two axes are a matrix's.
    """

    number: Callable[[Any], Any]
    function: Callable[[Any, list[Any]], Any]
    matrix: Callable[[list[list[Any]]], Any]
    inverse: Callable[[Any], Any]
    det: Callable[[Any], Any]
    cholesky: Callable[[Any], Any]
    entry: Callable[[Any, int, int], Any]
    transposed: Callable[[Any], Any]
    times: Callable[[Any, Any], Any]
    rows: Callable[[Any], tuple[int, int]]


def _function(e: Any, args: list[Any]) -> Any:
    known = _FLOATS.get(type(e))
    if known is None:
        raise BadInput("multivariate", "a function symrep evaluates", type(e).__name__)
    if type(e) in (sp.exp, sp.log, sp.Abs) or not any(isinstance(a, np.ndarray) for a in args):
        return known(*args)
    return np.vectorize(lambda *a: float(known(*a)))(*args)


def _stacked(rows: list[list[Any]]) -> Any:
    """Numbers, or batches of them, as a matrix or a batch of matrices."""
    full = np.broadcast_arrays(*(v for row in rows for v in row))
    flat = np.stack(full, axis=-1).astype(float)
    return flat.reshape(*flat.shape[:-1], len(rows), len(rows[0]))


def _scaled(m: Any, c: Any) -> Any:
    return m * (c[..., None, None] if isinstance(c, np.ndarray) else c)


_FLOATS: Final[Mapping[Any, Callable[..., Any]]] = {
    sp.exp: np.exp,
    sp.log: np.log,
    sp.loggamma: math.lgamma,
    sp.gamma: math.gamma,
    sp.factorial: lambda n: math.gamma(n + 1),
    sp.Abs: np.abs,
    sp.sinh: math.sinh,
    sp.polygamma: lambda n, x: float(mpmath.polygamma(int(n), x)),
    sp.besseli: lambda n, x: float(mpmath.besseli(n, x)),
}

NUMBERS: Final = Backend(
    float,
    _function,
    _stacked,
    np.linalg.inv,
    np.linalg.det,
    np.linalg.cholesky,
    lambda m, i, j: m[..., i, j],
    lambda m: np.swapaxes(m, -1, -2),
    _scaled,
    lambda m: m.shape[-2:],
)
SYMBOLS: Final = Backend(
    lambda e: e,
    lambda e, args: e.func(*args),
    lambda rows: sp.ImmutableMatrix(rows),
    lambda m: m.inv(),
    lambda m: m.det(),
    lambda m: m.cholesky(),
    lambda m, i, j: m[i, j],
    lambda m: m.T,
    lambda m, c: m * c,
    lambda m: m.shape,
)


def at(e: Any, values: Mapping[Any, Any], backend: Backend) -> Any:
    """The number, or the matrix, that ``e`` is when symbols, matrix symbols and dimensions have these values.

    Raises:
        BadInput: a construct it does not read, or a symbol without a value.
    """
    if isinstance(e, MatrixExpr) and not isinstance(e, MatrixElement):
        return _matrix(e, values, backend)
    return _scalar(e, values, backend)


def size(n: Any, values: Mapping[Any, Any]) -> int:
    """A dimension or an index as a number."""
    got = as_expr(n).subs({s: v for s, v in values.items() if isinstance(v, int)})
    if not got.is_Integer:
        raise BadInput("multivariate", "a dimension with a value", str(n))
    return int(got)


def _matrix(e: Any, values: Mapping[Any, Any], b: Backend) -> Any:
    def go(x: Any) -> Any:
        return at(x, values, b)

    if isinstance(e, sp.MatrixSymbol):
        if e not in values:
            raise BadInput("multivariate", "a value for every matrix", str(e))
        return values[e]
    if isinstance(e, (Identity, ZeroMatrix, OneMatrix)):
        rows, columns = size(e.shape[0], values), size(e.shape[1], values)
        off = 1 if isinstance(e, OneMatrix) else 0
        on = 0 if isinstance(e, ZeroMatrix) else 1
        fill = [[b.number(sp.Integer(on if i == j else off)) for j in range(columns)] for i in range(rows)]
        return b.matrix(fill)
    if isinstance(e, MatAdd):
        out = go(e.args[0])
        for a in e.args[1:]:
            out = out + go(a)
        return out
    if isinstance(e, MatMul):
        factor, rest = e.as_coeff_matrices()
        product = go(rest[0])
        for a in rest[1:]:
            product = product @ go(a)
        return product if factor == 1 else b.times(product, go(factor))
    if isinstance(e, Transpose):
        return b.transposed(go(e.arg))
    if isinstance(e, Inverse) or (isinstance(e, MatPow) and e.exp == -1):
        return b.inverse(go(e.args[0]))
    if isinstance(e, MatPow) and e.exp.is_Integer and e.exp > 0:
        return _matrix_power(go(e.base), int(e.exp))
    if isinstance(e, (DiagMatrix, DiagonalMatrix)):
        inner = go(e.args[0])
        n, columns = b.rows(inner)

        def take(i: int) -> Any:
            return b.entry(inner, i, 0 if columns == 1 else i)

        return b.matrix([[take(i) if i == j else b.number(sp.S.Zero) for j in range(n)] for i in range(n)])
    if isinstance(e, CholeskyFactor):
        return values[e] if e in values else b.cholesky(go(e.arg))
    if isinstance(e, sp.FunctionMatrix):
        rows, columns = size(e.shape[0], values), size(e.shape[1], values)
        i, j = e.lamda.variables
        spots = [[at(e.lamda.expr, {**values, i: r, j: c}, b) for c in range(columns)] for r in range(rows)]
        return b.matrix(spots)
    raise BadInput("multivariate", "a matrix expression symrep reads", f"{type(e).__name__}: {str(e)[:60]}")


def _matrix_power(m: Any, n: int) -> Any:
    out = m
    for _ in range(n - 1):
        out = out @ m
    return out


def _scalar(e: Any, values: Mapping[Any, Any], b: Backend) -> Any:
    def go(x: Any) -> Any:
        return at(x, values, b)

    if e in values and isinstance(e, sp.Symbol):
        v = values[e]
        return b.number(sp.Integer(v)) if isinstance(v, int) else v
    if isinstance(e, sp.Symbol):
        raise BadInput("multivariate", "a value for every symbol", str(e))
    if isinstance(e, MatrixElement):
        inner, i, j = e.args
        return b.entry(go(inner), size(i, values), size(j, values))
    if isinstance(e, Trace):
        m = go(e.arg)
        out = b.entry(m, 0, 0)
        for i in range(1, b.rows(m)[0]):
            out = out + b.entry(m, i, i)
        return out
    if isinstance(e, Determinant):
        return b.det(go(e.arg))
    if isinstance(e, (sp.Sum, sp.Product)):
        spots: list[dict[Any, Any]] = [dict(values)]
        for i, low, high in reversed(e.limits):
            spots = [{**spot, i: n} for spot in spots for n in range(size(low, spot), size(high, spot) + 1)]
        terms = [at(e.function, spot, b) for spot in spots]
        out = b.number(sp.S.Zero if isinstance(e, sp.Sum) else sp.S.One)
        for t in terms:
            out = out + t if isinstance(e, sp.Sum) else out * t
        return out
    if isinstance(e, sp.Add):
        out = go(e.args[0])
        for a in e.args[1:]:
            out = out + go(a)
        return out
    if isinstance(e, sp.Mul):
        out = go(e.args[0])
        for a in e.args[1:]:
            out = out * go(a)
        return out
    if isinstance(e, sp.Pow):
        return go(e.base) ** go(e.exp)
    if isinstance(e, sp.KroneckerDelta):
        return b.number(sp.Integer(int(size(e.args[0], values) == size(e.args[1], values))))
    if isinstance(e, sp.Function):
        return b.function(e, [go(a) for a in e.args])
    if e.is_number:
        return b.number(e)
    raise BadInput("multivariate", "an expression symrep reads", f"{type(e).__name__}: {str(e)[:60]}")
