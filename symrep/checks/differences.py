"""Derivatives of integrals by symmetric differences of high order: evidence, not proof.

With nodes x + jh, |j| ≤ 4, the weights that are exact on polynomials of degree 8 leave an error O(h^8). The value is
computed at h and at h/2; their difference, an estimate some 2^8 times too large for a function that is analytic near
x, is added to the radius.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from flint import acb, arb, fmpq

from symrep.checks.faults import Unevaluable
from symrep.term import Term

if TYPE_CHECKING:
    from symrep.checks.evaluate import Compiler

__all__ = ["numerical_derivative", "weights"]

_N = 4


@cache
def weights(order: int) -> tuple[Fraction, ...]:
    """w_j with Σ w_j f(j) = f^(order)(0) for all polynomials of degree ≤ 2N, by Lagrange interpolation."""
    nodes = range(-_N, _N + 1)
    out = []
    for j in nodes:
        poly = [Fraction(1)]
        for m in nodes:
            if m != j:
                # multiply by (x - m)/(j - m)
                shifted = [Fraction(0), *poly]
                poly = [(s - m * p) / (j - m) for s, p in zip(shifted, [*poly, Fraction(0)], strict=True)]
        fact = 1
        for k in range(1, order + 1):
            fact *= k
        out.append(poly[order] * fact)
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
    h = acb(base.mid()) / 64
    # one grid of step h/2 serves both steps
    values: dict[int, acb] = {}
    for j in {*range(-_N, _N + 1), *(2 * j for j in range(-_N, _N + 1))}:
        values[j] = comp.with_values({x: at + h * fmpq(j, 2)}).number(body)
    w = weights(order)
    coarse, fine = acb(0), acb(0)
    for j in range(-_N, _N + 1):
        c = fmpq(w[j + _N].numerator, w[j + _N].denominator)
        coarse += values[2 * j] * c
        fine += values[j] * c
    coarse, fine = coarse / h**order, fine / (h / 2) ** order
    comp.report.estimate("a derivative of an integral by differences")
    return _widened(fine, abs(coarse - fine).upper())
