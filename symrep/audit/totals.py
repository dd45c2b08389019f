"""Between which numbers a finite sum lies, from the sign that all its terms share.

If every t(k), lo ≤ k ≤ hi, is positive, and there is one at all (hi ≥ lo), then so is the sum; with t ≥ 0, or with
hi = lo − 1 possible, when it is the empty sum 0, it is not negative. A range that ends before that has no one meaning.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from symrep.audit.atoms import LINE, Interval
from symrep.audit.context import Ctx
from symrep.audit.data import ONE, Term, add, sub

__all__ = ["total_range"]

_ZERO: Final = Fraction(0)


def total_range(t: Term, ctx: Ctx) -> Interval:
    """For t = Σ; the whole line when nothing is known."""
    from symrep.audit.nodes import is_whole
    from symrep.audit.signs import holds, sign

    if len(t) != 3:
        return LINE
    k, lo, hi = t[2]
    if "inf" in (lo[0], hi[0]) or not (is_whole(lo, ctx) and is_whole(hi, ctx)):
        return LINE
    if not holds(add(sub(hi, lo), ONE), ">=", ctx):
        return LINE
    each = sign(t[1], ctx.summing(k, lo, hi))
    open_end = 0 not in each and holds(sub(hi, lo), ">=", ctx)
    if each <= {0, 1}:
        return (_ZERO, open_end, None, True)
    return (None, True, _ZERO, open_end) if each <= {0, -1} else LINE
