"""How an integrand is written before it is bounded."""

from __future__ import annotations

from collections.abc import Mapping

from symrep.claim import Context
from symrep.kernel.algebra.normal import prove_equal, simplify
from symrep.kernel.algebra.signs import domain
from symrep.kernel.fail import NotProved
from symrep.term import Term

__all__ = ["simpler"]


def simpler(t: Term, box: Mapping[str, tuple[Term, Term]], ctx: Context) -> Term:
    """The integrand as its normal form is written: the cases that hold, exp Σ log for a product of positive factors."""
    try:
        simple = simplify(t, domain(ctx, box))
        found = prove_equal(t, simple, ctx, box)
    except NotProved:
        return t
    return t if found.almost_everywhere and not found.fibrewise else simple
