r"""Integrals over several variables: one after the other, in any order (Fubini's theorem).

``fubini`` {lhs, rhs}: each side is an integral over several variables, taken at once or one inside the other: ∫ … dx dy
∫ (∫ … dy) dx, E over a law of several variables, E_x[E_y[…]], where what stands beside an inner integral is a factor
free of its variables. If the two sides are over the same variables with the same constant ranges, if their integrands,
densities included, are equal almost everywhere, and if the integrand is absolutely integrable over the box, then the
inner integrals are finite for almost every value of the outer variables and the two sides are equal.
"""

from __future__ import annotations

from symrep.claim import Context
from symrep.kernel.analysis.integrability import integrable
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Instance
from symrep.kernel.theorems.recording import equal
from symrep.term import ONE, Term, free_symbols, mul
from symrep.verdict import Reason

__all__ = ["fubini"]

Ranges = tuple[tuple[str, Term, Term], ...]


def fubini(i: Instance, ctx: Context) -> tuple[str, ...]:
    """See the module.

    Raises:
        NotProved: a condition is not established.
    """
    (t, ranges), (u, others) = _opened(i.term("lhs")), _opened(i.term("rhs"))
    if len(ranges) < 2:
        raise NotProved("this theorem is about integrals over several variables", Reason.DOES_NOT_APPLY)
    if sorted(x for x, _, _ in ranges) != sorted(x for x, _, _ in others):
        raise NotProved("the two sides integrate over different variables", Reason.DOES_NOT_APPLY)
    if set(ranges) != set(others):
        raise NotProved("a variable has one range on one side, another on the other", Reason.SUPPORT_WRONG)
    equal(t, u, ctx, {x: (lo, hi) for x, lo, hi in ranges})
    bound = integrable(t, ranges, ctx)
    return ("the integral over all variables converges absolutely", bound.text)


def _opened(t: Term) -> tuple[Term, Ranges]:
    """The whole integrand, and the ranges from outside in."""
    factors: list[Term] = []
    ranges: list[tuple[str, Term, Term]] = []
    while (found := _inner(t)) is not None:
        beside, node = found
        factors += beside
        outside = frozenset[str]().union(*map(free_symbols, factors))
        outside |= frozenset[str]().union(*(free_symbols(e) | {x} for x, *ends in ranges for e in ends))
        bindings = node[2][1] if node[0] == "expect" else node[2:]
        for n, (x, lo, hi) in enumerate(bindings):
            if x in outside or x in {b[0] for b in bindings[:n]} | free_symbols(lo) | free_symbols(hi):
                raise NotProved(f"{x} is bound here and means something outside; rename one of them", Reason.DOMAIN)
        ranges += bindings
        if node[0] == "expect":
            factors.append(node[2][2])
        t = node[1]
    return mul(*factors, t) if factors else t, tuple(ranges)


def _inner(t: Term) -> tuple[list[Term], Term] | None:
    """(the other factors, the one factor that is an integral); None if there is none, or more than one."""
    parts = _factors(t)
    inner = [s for s in parts if s[0] in ("expect", "integral")]
    if len(inner) != 1:
        return None
    return [s for s in parts if s is not inner[0] and s != ONE], inner[0]


def _factors(t: Term) -> list[Term]:
    return [f for s in t[1:] for f in _factors(s)] if t[0] == "mul" else [t]
