"""Points on a breakpoint decide nothing where equality is almost everywhere: unless that breakpoint is no null set.

A zero of a break argument counts as a null set unless the argument holds integer symbols alone, or vanishes nearby as
well (``floor(x)`` on [0, 1), ``Max(x, 0)`` for x < 0). There is one more case. The derivative of a strictly increasing
function may vanish on a set of positive measure. An instance with a flat point shows what then happens, when no more
than its first two derivatives, which are both 0 there as on such a set, enter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final, final

from flint import acb

from symrep.checks.evaluate import precision
from symrep.checks.instances import Instance, instantiate
from symrep.checks.points import INTEGERS, Point, branch_arguments, real_value
from symrep.claim import Context
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.term import Term, free_symbols, walk

__all__ = ["Breaks", "every_branch"]

_NEAR: Final = (Fraction(1, 8209), Fraction(-1, 9973))


@final
class Breaks:
    """The break arguments of two sides, for one choice of instances."""

    def __init__(self, sides: Sequence[Term], functions: Mapping[str, Instance], context: Context) -> None:
        self.context = context
        plain = branch_arguments(sides)
        both = branch_arguments([instantiate(t, functions) for t in sides]) if functions else plain
        self.flat = [instantiate(g, functions) for g in plain if _slope(g, sides, context)]
        self.args = [g for g in both if not _whole(g, context)]

    def null(self, point: Point) -> bool:
        """Does the point lie on a breakpoint, on a set of them that is null as far as one can see?"""
        with precision(192):
            return any(_zero(real_value(g, point)) and not self._thick(g, point) for g in self.args)

    def _thick(self, g: Term, point: Point) -> bool:
        if g in self.flat:
            return True
        moving = sorted(n for n in free_symbols(g) if n in point and self.context.symbols.get(n) not in INTEGERS)
        if not moving:
            return True
        for d in _NEAR:
            near = {n: point[n] + d * (i + 2) * max(abs(point[n]), Fraction(1, 16)) for i, n in enumerate(moving)}
            z = real_value(g, {**point, **near})
            if z is None or not z.contains(0):
                return False
        return True


def _zero(z: acb | None) -> bool:
    return z is not None and bool(z.contains(0))


def _whole(g: Term, context: Context) -> bool:
    """Are all its symbols integers? Its zeros are then points of positive weight."""
    names = free_symbols(g)
    return bool(names) and all(context.symbols.get(n) in INTEGERS for n in names)


def _slope(g: Term, sides: Sequence[Term], context: Context) -> bool:
    """Is it the first derivative of a monotone function, up to a constant factor, with no third one around?"""
    apps = [s for s in walk(g) if s[0] == "app"]
    if len(apps) != 1 or apps[0][2] != (1, *(0,) * (len(apps[0][3]) - 1)):
        return False
    if context.functions[apps[0][1]].monotone is None:
        return False
    rest = [s for s in (g[1:] if g[0] in ("mul", "add") else ()) if s != apps[0]]
    bare = g == apps[0] or (
        apps[0] in g and all(s[0] == "num" for s in rest) and (g[0] == "mul" or not any(s[1] for s in rest))
    )
    inner = [s for t in sides for s in walk(t)]
    return bare and not any(s[0] == "diff" or (s[0] == "app" and sum(s[2]) > 2) for s in inner)


def every_branch(context: Context, sides: tuple[Term, Term], visited: Sequence[Point]) -> bool:
    """Did the points see both signs of everything a branch hangs on, unless it provably has one sign only?"""
    for a in branch_arguments(sides):
        seen = {_sign(a, p) for p in visited}
        if not {-1, 1} <= seen and not any(prove_sign(a, op, domain(context)) for op in (">=", "<=")):
            return False
    return True


def _sign(t: Term, point: Point) -> int:
    """The sign of a term at a point; 0 when it vanishes or is not known."""
    with precision(192):
        z = real_value(t, point)
    return 0 if z is None or z.contains(0) else 1 if z.real > 0 else -1
