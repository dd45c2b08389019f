"""Sums with a Γ-factor above each one below: Gauss's series, and Chu and Vandermonde's sum (proposals only)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symrep.kernel.algebra.normal import simplify
from symrep.summing.shape import Part, Shape, Strange
from symrep.term import ONE, ZERO, Term, add, fn, mul, num, power, sub

if TYPE_CHECKING:
    from symrep.summing.shapes import Summand

__all__ = ["beta_parts", "gauss_parts"]


def _without_poles(here: Summand, below: list[Term], poles: list[tuple[Term, int]]) -> list[Term]:
    """1/((k + b) Γ(k + b)) = 1/Γ(k + b + 1), until no pole is left."""
    left, out = [b for b, p in poles for _ in range(p)], list(below)
    while left:
        fits = ((b, i) for b in left for i, a in enumerate(out) if simplify(sub(a, b), here.outer) == ZERO)
        b, i = next(fits, (None, 0))
        if b is None:
            raise Strange
        left.remove(b)
        out[i] = simplify(add(b, ONE), here.outer)
    return out


def gauss_parts(here: Summand, c: Term, s: Shape, above: list[Term], below: list[Term]) -> list[Part]:
    """C k^m Γ(a+k) Γ(b+k)/(Γ(d+k) Γ(e+k)) from k = 1 − e on."""
    below = _without_poles(here, below, s.poles)
    for e, d in (below, below[::-1]):
        offset, begin = simplify(sub(ONE, e), here.outer), simplify(add(here.lo, e), here.outer)
        if begin != ONE:
            continue
        a, b, d = (simplify(add(t, offset), here.outer) for t in (*above, d))
        common: Part = {"kind": "gauss", "a": a, "b": b, "d": d, "offset": offset, "start": ZERO}
        return [{"c": mul(c, q), "m": num(i), **common} for q, i in here.falling(s.m, offset)]
    raise Strange


def beta_parts(here: Summand, c: Term, s: Shape, low: Term, high: Term) -> list[Part]:
    """C k^m Γ(a+k) Γ(h−k)/(Γ(low+k) Γ(high−k)) from k = 1 − low to high − 1: with n = low + high − 2 for the length,
    n!/(Γ(low+k) Γ(high−k)) is a binomial coefficient."""
    rising = [a for sign, a in s.above if sign > 0]
    sinking = [a for sign, a in s.above if sign < 0]
    if len(rising) != 1 or len(sinking) != 1 or s.up or s.down:
        raise Strange
    for pole in [b for b, p in s.poles for _ in range(p)]:
        if simplify(sub(pole, low), here.outer) == ZERO:
            low = add(low, ONE)
        elif simplify(add(pole, high), here.outer) == ZERO:  # 1/(k − h) = −1/(h − k)
            high, c = add(high, ONE), mul(num(-1), c)
        else:
            raise Strange
    offset = simplify(sub(ONE, low), here.outer)
    n = simplify(sub(here.hi, offset), here.outer)
    if simplify(sub(offset, here.lo), here.outer) != ZERO or simplify(sub(high, add(here.hi, ONE)), here.outer) != ZERO:
        raise Strange
    a = simplify(add(rising[0], offset), here.outer)
    b = simplify(sub(sinking[0], here.hi), here.outer)
    c = mul(c, power(fn("factorial", n), num(-1)))
    common: Part = {"kind": "chu_vandermonde", "a": a, "b": b, "offset": offset, "start": ZERO}
    return [{"c": mul(c, q), "m": num(i), **common} for q, i in here.falling(s.m, offset)]
