"""Derivatives of integrals by symmetric differences of high order: evidence, not proof.

With nodes x + jh, |j| ≤ 4, the weights that are exact on polynomials of degree 8 leave an error O(h^8) for a first
derivative. The same without the outermost nodes leaves O(h^6); the difference of the two, a generous estimate for a
function that is analytic near x, is added to the radius.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import factorial
from typing import TYPE_CHECKING

from flint import acb, arb, ctx, fmpq

from symrep.checks.faults import Unevaluable
from symrep.term import Term

if TYPE_CHECKING:
    from symrep.checks.evaluate import Compiler

__all__ = ["numerical_derivative", "weights"]

_N = 4


@cache
def weights(order: int, reach: int = _N) -> tuple[Fraction, ...]:
    """w_j with Σ_{|j| ≤ reach} w_j f(j) = f^(order)(0) for all polynomials of degree ≤ 2·reach, by Lagrange
    interpolation.
    """
    nodes = range(-reach, reach + 1)
    out = []
    for j in nodes:
        poly = [Fraction(1)]
        for m in nodes:
            if m != j:
                # multiply by (x - m)/(j - m)
                shifted = [Fraction(0), *poly]
                poly = [(s - m * p) / (j - m) for s, p in zip(shifted, [*poly, Fraction(0)], strict=True)]
        out.append(poly[order] * factorial(order))
    return tuple(out)


def _widened(z: acb, by: arb) -> acb:
    r = arb(0, by)
    return acb(z.real + r, z.imag + r) if not z.imag.is_zero() else acb(z.real + r)


def numerical_derivative(t: Term, comp: Compiler) -> acb:
    """The value of ``("diff", body, x)`` at the value of x, its error estimated and added to the radius."""
    x, order, body = t[2], 1, t[1]
    while body[0] == "diff" and body[2] == x and order < 4:
        order, body = order + 1, body[1]
    if x not in comp.values:
        raise Unevaluable(f"no value for {x}")
    at = comp.values[x]
    size = abs(at).mid()
    base = arb(1) if bool(size == 0) else size.min(arb(1))
    h = acb(base.mid()) / (64 if ctx.prec <= 128 else 4096)
    used = [j for j, w in zip(range(-_N, _N + 1), weights(order, _N), strict=True) if w]
    values = {j: comp.with_values({x: at + h * j}).number(body) for j in used}
    fine, coarse = acb(0), acb(0)
    for reach in (_N, _N - 1):
        total = acb(0)
        for j, w in zip(range(-reach, reach + 1), weights(order, reach), strict=True):
            if w:
                total += values[j] * fmpq(w.numerator, w.denominator)
        fine, coarse = (total, coarse) if reach == _N else (fine, total)
    fine, coarse = fine / h**order, coarse / h**order
    comp.report.estimate("a derivative of an integral by differences")
    return _widened(fine, abs(coarse - fine).upper())
