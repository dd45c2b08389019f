"""Sums of integrals over one range put under one integral sign: Σ c_k ∫ m_k = ∫ Σ c_k m_k, each absolutely convergent.

Whoever calls this has shown that every integral in the terms converges absolutely.
"""

from __future__ import annotations

from symrep.claim import Context
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.recording import equal
from symrep.term import ONE, ZERO, Term, add, contains, free_symbols, mul, sub, substitute, sym
from symrep.verdict import Reason

__all__ = ["equal_when_merged"]

Group = tuple[tuple[tuple[str, Term, Term], ...], list[Term]]


def equal_when_merged(lhs: Term, rhs: Term, ctx: Context) -> None:
    """Prove lhs = rhs by putting the integrals over one range, with their coefficients, under one integral sign.

    Raises:
        NotProved: the integrands do not add up to 0, or what stands beside the integrals does not.
    """
    groups: list[Group] = []
    rest: list[Term] = []
    for c, node in _terms(sub(lhs, rhs), ONE):
        if node is None:
            rest.append(c)
            continue
        body, box = (node[1], node[2:]) if node[0] == "integral" else (mul(node[1], node[2][2]), node[2][1])
        names = {b[0] for b in box}
        if names & free_symbols(c) or len(names) != len(box):
            raise NotProved("a coefficient depends on a variable of integration", Reason.NOTHING_APPLIED)
        _file(c, body, box, groups)
    for box, bodies in groups:
        equal(add(*bodies), ZERO, ctx, {x: (lo, hi) for x, lo, hi in box})
    equal(add(*rest), ZERO, ctx)


def _file(c: Term, body: Term, box: tuple[tuple[str, Term, Term], ...], groups: list[Group]) -> None:
    """Beside the integrands over the same range, in their variables."""
    for ranges, bodies in groups:
        named = {a[0] for a in ranges}
        alike = len(ranges) == len(box) and all(a[1:] == b[1:] for a, b in zip(ranges, box, strict=True))
        own = {b[0] for b in box}
        if alike and not (named - own) & free_symbols(body) and not named & free_symbols(c):
            put = {b[0]: sym(a[0]) for a, b in zip(ranges, box, strict=True)}
            bodies.append(mul(c, substitute(body, put)))
            return
    groups.append((box, [mul(c, body)]))


def _terms(t: Term, factor: Term) -> list[tuple[Term, Term | None]]:
    """Factor·t as a sum of c·(integral) and of what has no integral as a factor."""
    if t[0] == "add":
        return [s for u in t[1:] for s in _terms(u, factor)]
    if t[0] in ("integral", "expect"):
        return [(factor, t)]
    if t[0] == "mul":
        at = [k for k, u in enumerate(t) if k and u[0] in ("add", "mul", "integral", "expect") and _inside(u)]
        if len(at) == 1:
            return _terms(t[at[0]], mul(factor, *t[1 : at[0]], *t[at[0] + 1 :]))
    return [(mul(factor, t), None)]


def _inside(t: Term) -> bool:
    return contains(t, ("integral", "expect"))
