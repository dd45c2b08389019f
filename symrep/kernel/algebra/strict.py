"""What stands under an expectation over a family of coordinates: equal for all their values, with no exception."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from symrep.kernel.algebra import signs
from symrep.kernel.algebra.field import Box
from symrep.kernel.algebra.gens import LINE
from symrep.kernel.fail import NotProved
from symrep.term import Term, contains, free_symbols
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["each_box", "each_engine"]


def each_engine(eng: Engine, x: str) -> Engine:
    """The engine for what stands under an expectation over the coordinates x_i: nothing is known of them but the kind
    of x, and what holds off a null set is not enough, for there may be fewer coordinates than are spoken of."""
    from symrep.kernel.algebra.engine import engine

    dom = eng.dom
    if any(x in free_symbols(t) for t in (*(f for f, _ in dom.facts), *dom.subst.values())):
        raise NotProved(f"something is known of {x}, over which an expectation is taken", Reason.DOMAIN)
    key = ("each", x)
    if key not in eng.inner:
        plain = tuple(f for f in dom.facts if not contains(f[0], signs.BINDERS))
        thin = dom.thin or len(plain) < len(dom.facts)
        eng.inner[key] = engine(
            dom.change(
                facts=plain, thin=thin, fibre=frozenset(), depth=dom.depth + 1, inside=False, everywhere=True,
                principal=False,
            )
        )  # fmt: skip
    return eng.inner[key]


def each_box(eng: Engine, t: Term) -> Box:
    """The expectation of what is above 0 for all values of the coordinates is above 0, their densities being so."""
    from symrep.kernel.algebra.binders import bound_boxes, signs_in, sub_engine

    law = t[3][4]
    ((_, lo, hi),) = law[1]
    if t[3][2][0] == "inf" or t[3][3][0] == "inf" or lo != ("inf", -1) or hi != ("inf", 1):
        return LINE
    outer = sub_engine(eng, tuple(bound_boxes(t[3])))
    inside = sub_engine(outer, tuple(bound_boxes(law)))
    seen = {a * b for a in signs_in(eng, each_engine(eng, t[2]), t[1]) for b in signs_in(outer, inside, law[2])}
    return Box(lo=Fraction(0), lo_open=0 not in seen) if -1 not in seen else LINE
