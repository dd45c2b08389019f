"""Expressions that several entries need: quadratic forms, the multivariate gamma function, roots of covariances."""

from __future__ import annotations

from typing import Any, final

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixExpr

__all__ = ["CholeskyFactor", "digamma", "log_gamma_of", "multidigamma", "quadratic", "sum_over"]


@final
class CholeskyFactor(MatrixExpr):
    """The lower triangular L with positive diagonal and L Lᵀ = Σ."""

    def __new__(cls, sigma: Any) -> CholeskyFactor:
        return MatrixExpr.__new__(cls, sigma)

    @property
    def arg(self) -> Any:
        return self.args[0]

    @property
    def shape(self) -> Any:
        return self.args[0].shape


def quadratic(v: Any, inverse: Any) -> Any:
    """Vᵀ M v."""
    return (v.T * inverse * v)[0, 0]


def digamma(x: Any) -> Any:
    return sp.polygamma(0, x)


def sum_over(index: Any, size: Any, term: Any) -> Any:
    """Σ over the indices 0, …, size − 1."""
    return sp.Sum(term, (index, 0, size - 1))


_N = sp.Symbol("n_", integer=True, nonnegative=True)


def log_gamma_of(a: Any, d: Any) -> Any:
    """Log Γ_d(a) = d(d−1)/4 log π + Σ_{i<d} log Γ(a − i/2)."""
    return d * (d - 1) / 4 * sp.log(sp.pi) + sum_over(_N, d, sp.loggamma(a - _N / 2))


def multidigamma(a: Any, d: Any) -> Any:
    """Ψ_d(a) = Σ_{i<d} ψ(a − i/2), the derivative of log Γ_d."""
    return sum_over(_N, d, digamma(a - _N / 2))
