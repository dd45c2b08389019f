r"""K_ν on complex balls with a positive real part, tight where a ball is wide.

The series cancels: on a ball of radius 1 around 30 it gives ±10¹³ for numbers near 10⁻¹⁴. From

    K_ν(z) = ∫_0^∞ exp(−z cosh t) cosh(νt) dt,   Re z > 0

it follows for real ν that |K_ν(z)| ≤ K_ν(Re z), and that K_ν falls along the positive half-line and grows with |ν|.
With K_ν' = −(K_{ν−1} + K_{ν+1})/2, differentiated under the sign, K_ν(z) differs from K_ν(m) by at most
|z − m| K_{|ν|+1}(a) for all z and m in a convex set on which Re z ≥ a > 0.

Source: NIST Digital Library of Mathematical Functions, 10.32.9, for the integral.
"""

from __future__ import annotations

from typing import Final

from flint import acb, arb, ctx

__all__ = ["bessel_k"]

#: from here on Tricomi's function, which is expanded at infinity, is the quicker one
_FAR: Final = 40


def bessel_k(order: acb, z: acb) -> acb:
    """K_ν(z) for a real order ν and Re z > 0, real for real z."""
    a = z.real.lower()
    if not bool(a > 0) or not order.imag.is_zero():
        return z.bessel_k(order)
    middle = z.mid()
    radius = arb(abs(z - middle).upper())
    if bool(radius == 0):
        return _direct(order, z)
    slope = _at(acb(abs(order.real) + 1), a)
    off = arb((radius * slope).abs_upper())
    if bool(radius < 1) and bool(radius < a / 8):
        return _direct(order, middle) + acb(arb(0, off), 0 if z.imag.is_zero() else arb(0, off))
    top = _at(order, a)
    if z.imag.is_zero():
        return acb(top.union(_at(order, z.real.upper())))
    bound = arb(abs(top).upper())
    if bool(off < bound):
        return _direct(order, middle) + acb(arb(0, off), arb(0, off))
    return acb(arb(0, bound), arb(0, bound))


def _at(order: acb, x: arb) -> arb:
    return _direct(order, acb(x)).real


def _direct(order: acb, z: acb) -> acb:
    if bool(abs(z) > _FAR):  # √π (2z)^ν e^(−z) U(ν + ½, 2ν + 1, 2z)
        w = 2 * z
        half = acb(arb(1) / 2)
        return acb.pi().sqrt() * w**order * (-z).exp() * w.hypgeom_u(order + half, 2 * order + 1)
    bits = ctx.prec
    ctx.prec = bits + 3 * int(float(abs(z).mid())) + 8  # what cancels
    try:
        if z.imag.is_zero():  # for what is exactly real a method that is twenty times slower would be taken
            z = acb(z.real, arb(0, arb(2) ** (-8 * bits)))
        return z.bessel_k(order)
    finally:
        ctx.prec = bits
