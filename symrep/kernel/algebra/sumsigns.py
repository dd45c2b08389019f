"""The sign of a finite sum of symbolic length: that of its terms, when they all have the same.

Σ_{k=lo}^{hi} t > 0 if lo, hi are integers, hi ≥ lo, and t > 0 at every integer k of the range; ≥ 0 if hi ≥ lo − 1 and
t ≥ 0 there. For hi < lo − 1, where the conventions differ, nothing is said.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from symrep.kernel.algebra import signs
from symrep.kernel.algebra.field import Box
from symrep.term import ONE, Term, add, neg

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["sum_box"]

_ZERO: Final = Fraction(0)


def sum_box(eng: Engine, inside: Engine, t: Term, body: Term) -> Box:
    """An interval for the sum t, whose summand is ``body`` in the domain of ``inside``."""
    from symrep.kernel.algebra.binders import within

    if len(t) != 3 or any(end[0] == "inf" or not signs.integral(eng.dom, end) for end in t[2][1:]):
        return Box()
    _, lo, hi = t[2]
    length = eng.sign(eng.norm(add(hi, neg(lo), ONE)))
    if not length <= {0, 1}:
        return Box()
    found: frozenset[int] = within(eng, inside, lambda: inside.sign(inside.norm(body)))
    strict = 0 not in found and length <= {1}
    if found <= {0, 1}:
        return Box(lo=_ZERO, lo_open=strict)
    return Box(hi=_ZERO, hi_open=strict) if found <= {0, -1} else Box()
