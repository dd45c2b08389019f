"""Infinite sums: bounded rigorously where it is known how; else extrapolated, or terms until they are negligible, what
is left out being estimated by a geometric series (evidence, not proof)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flint import acb, arb, ctx

from symrep.checks import arith
from symrep.checks.extrapolate import BITS, power_total
from symrep.checks.faults import Unevaluable, tick
from symrep.checks.tails import rigorous_total
from symrep.term import Term, free_symbols

if TYPE_CHECKING:
    from symrep.checks.evaluate import Compiler

__all__ = ["total"]

_MAX = 20_000


def _extrapolated(t: Term, first: int, comp: Compiler) -> acb:
    """As :mod:`symrep.checks.extrapolate` has it, at the same exact point with more digits."""
    if not free_symbols(t) <= comp.exact.keys():
        raise Unevaluable("the sum is not at a rational point")
    i, old = t[2][0], ctx.prec
    ctx.prec = old + BITS
    try:
        body = comp.again().build(t[1], frozenset((i,)))
        if isinstance(body, acb):
            raise Unevaluable("the terms do not fall")
        value = power_total(lambda k: body({i: acb(k)}, False), first, comp.deadline)
    finally:
        ctx.prec = old
    comp.report.estimate("an infinite sum extrapolated by Levin's transformation")
    comp.report.scale = max(comp.report.scale, float(abs(value).upper()))
    return value


def total(t: Term, comp: Compiler) -> acb:
    """Σ_{i ≥ lo} body, when the last terms fall at least geometrically with ratio below 0.999."""
    i, lo, _ = t[2]
    first = arith.integer_of(comp.number(lo))
    if t[0] != "sum" or first is None:
        raise Unevaluable("infinite product, or a lower limit that is no integer")
    body = comp.build(t[1], frozenset((i,)))

    def item(k: int) -> acb:
        return body if isinstance(body, acb) else body({i: acb(k)}, False)

    with suppress(Unevaluable):
        return rigorous_total(t, first, comp, item)
    with suppress(Unevaluable):
        return _extrapolated(t, first, comp)
    out, scale = acb(0), arb(0)
    sizes: list[arb] = []
    small = arb(2) ** (-ctx.prec)
    for k in range(first, first + _MAX):
        tick(comp.deadline)
        v = item(k)
        if not v.is_finite():
            raise Unevaluable("a term of the sum is not finite")
        out += v
        sizes.append(abs(v).upper())
        scale = scale.max(sizes[-1])
        n = len(sizes)
        if n >= 24 and n % 8 == 0 and bool(sizes[-1] < small * scale):
            ratio = max((float(sizes[-j] / sizes[-j - 8]) for j in range(1, 9) if bool(sizes[-j - 8] > 0)), default=0.0)
            if ratio < 0.99:
                rest = sum(sizes[-8:], arb(0)) * (ratio / (1 - ratio) + 1e-9)
                comp.report.estimate("an infinite sum cut off where its terms fall geometrically")
                comp.report.scale = max(comp.report.scale, float(scale.mid()))
                return out + acb(arb(0, rest.upper()))
    raise Unevaluable("seems to diverge, or converges too slowly")
