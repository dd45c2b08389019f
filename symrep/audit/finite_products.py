"""Finite products of a number of factors that is a symbol: one and the same factor, or positive ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symrep.audit.data import ONE, No, Term, add, free, power, sub
from symrep.audit.sums import Sum

if TYPE_CHECKING:
    from symrep.audit.algebra import Algebra

__all__ = ["finite_product"]


def finite_product(alg: Algebra, t: Term) -> Sum | None:
    """The normal form of Π, where it has one."""
    if any(e[0] == "inf" for e in t[2][1:]):
        return None
    return _same_factors(alg, t) if t[2][0] not in free(t[1]) else _through_logarithms(alg, t)


def _same_factors(alg: Algebra, t: Term) -> Sum | None:
    """Π c = c^(hi − lo + 1) for hi ≥ lo − 1, with 1 for no factors, whatever c is."""
    from symrep.audit.nodes import is_whole
    from symrep.audit.signing import OPS

    _, lo, hi = t[2]
    length = add(sub(hi, lo), ONE)
    if not (is_whole(lo, alg.ctx) and is_whole(hi, alg.ctx)) or not alg.sign(alg.norm(length)) <= OPS[">="]:
        return None
    try:
        return alg.norm(power(t[1], length))
    except No:
        return None


def _through_logarithms(alg: Algebra, t: Term) -> Sum | None:
    """A finite product of positive factors is the exponential of the sum of their logarithms."""
    from symrep.audit.signs import sign

    if not sign(t[1], alg.ctx.summing(*t[2])) <= {1}:
        return None
    try:
        return alg.exp(alg.norm(("sum", ("fn", "log", t[1]), t[2])))
    except No:
        return None
