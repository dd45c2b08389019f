"""Sums against sums: another index, ranges split, finite double sums exchanged; and induction with a certificate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Any

from symrep.claim import Context
from symrep.kernel.algebra.normal import simplify
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.summing.equations import HEADS, only_sum, solved
from symrep.summing.gosper import certificate
from symrep.term import MINUS_ONE, ONE, ZERO, Term, add, free_symbols, fresh, mul, num, sub, substitute, sym, walk

__all__ = ["by_induction", "by_ranges", "reversed_sum", "split_at"]

Step = dict[str, Any]
Proposal = dict[str, Any]


def _proposal(before: Term, after: Term, steps: list[Step]) -> Proposal:
    return {"data": {"before": before, "after": after, "rewrites": steps}, "symbols": {}}


def _fresh(*ts: Term, ctx: Context) -> str:
    return fresh("j", {*ctx.symbols, *(n for t in ts for s in walk(t) for n in _names(s))})


def _names(t: Term) -> frozenset[str]:
    bound = frozenset(b[0] for b in t[2:]) if t[0] in (*HEADS, "integral") else frozenset[str]()
    return bound | free_symbols(t)


def _shifted(node: Term, c: Term, ctx: Context, *, back: bool = False) -> tuple[Term, Step]:
    """The node over j, k = c ± j."""
    body, (k, lo, hi) = node[1], node[2]
    j = _fresh(node, c, ctx=ctx)
    dom = domain(ctx)

    def tidy(t: Term) -> Term:
        return t if t[0] == "inf" else simplify(t, dom)

    if back:
        new = (node[0], substitute(body, {k: sub(c, sym(j))}), (j, tidy(sub(c, hi)), tidy(sub(c, lo))))
    else:
        top = hi if hi[0] == "inf" else tidy(sub(hi, c))
        new = (node[0], substitute(body, {k: add(c, sym(j))}), (j, tidy(sub(lo, c)), top))
    step = {"theorem": "reindex", "lhs": node, "rhs": new, "variable": j, "shift": c}
    return new, {**step, "reversed": True} if back else step


def reversed_sum(node: Term, ctx: Context) -> tuple[Term, Step]:
    """The same range from its upper end down."""
    return _shifted(node, add(node[2][1], node[2][2]), ctx, back=True)


def split_at(node: Term, at: Term) -> tuple[tuple[Term, Term], Step]:
    """The two parts, and the theorem."""
    body, (k, lo, hi) = node[1], node[2]
    first, second = (node[0], body, (k, lo, at)), (node[0], body, (k, add(at, ONE), hi))
    whole = add(first, second) if node[0] == "sum" else mul(first, second)
    return (first, second), {"theorem": "split", "lhs": node, "rhs": whole, "at": at}


def by_ranges(lhs: Term, rhs: Term, ctx: Context) -> Iterator[Proposal]:
    """One side's sums brought to the ranges of the others."""
    nodes = list(dict.fromkeys(s for t in (lhs, rhs) for s in walk(t) if s[0] in HEADS and len(s) == 3))
    before, after = sub(lhs, rhs), ZERO
    for node in nodes:
        for step in _exchanged(node):
            yield _proposal(before, after, [step])
    if len(nodes) > 4:
        return
    dom = domain(ctx)
    for one, other in permutations(nodes, 2):
        if one[0] != other[0] or any(s[0] in HEADS for t in (one, other) for s in walk(t[1])):
            continue
        (_, lo1, hi1), (_, lo2, hi2) = one[2], other[2]
        yield _proposal(before, after, [reversed_sum(one, ctx)[1]] if hi1[0] != "inf" else [])
        shift = simplify(sub(lo1, lo2), dom)
        if shift != ZERO:
            yield _proposal(before, after, [_shifted(one, shift, ctx)[1]])
        if hi1[0] != "inf" and hi2[0] != "inf" and hi1 != hi2 and prove_sign(sub(hi1, hi2), ">=", dom):
            yield _proposal(before, after, [split_at(one, hi2)[1]])
        if prove_sign(sub(lo2, lo1), ">=", dom) and lo1 != lo2:
            yield _proposal(before, after, [split_at(one, simplify(sub(lo2, ONE), dom))[1]])


def _exchanged(node: Term) -> Iterator[Step]:
    """Σ_i Σ_{j ≤ i}, and the other way."""
    if node[0] != "sum" or node[1][0] != "sum" or len(node[1]) != 3:
        return
    (x, a, b), (y, low, top), body = node[2], node[1][2], node[1][1]
    if low == a and top == sym(x):
        new = ("sum", ("sum", body, (x, sym(y), b)), (y, a, b))
        yield {"theorem": "exchange", "lhs": node, "rhs": new}
    if low == a and top in (sub(sym(x), ONE), add(sym(x), MINUS_ONE), add(sym(x), num(-1))):
        new = ("sum", ("sum", body, (x, add(sym(y), ONE), b)), (y, a, sub(b, ONE)))
        yield {"theorem": "exchange", "lhs": node, "rhs": new}


# --- induction ------------------------------------------------------------------------------------------------------


def by_induction(lhs: Term, rhs: Term, ctx: Context) -> Iterator[Proposal]:
    """Σ_k F(n, k) = R(n): the step from F(n+1, k) = r(n)·F(n, k) + G(k+1) − G(k)."""
    node = only_sum(lhs, rhs)
    if node is None or node[0] != "sum" or node[2][2][0] == "inf":
        return
    value = solved(node, lhs, rhs, ctx)
    if value is None or any(s[0] in HEADS for s in walk(value)):
        return
    body, (k, lo, hi) = node[1], node[2]
    inner = {n: kind for n, kind in ctx.symbols.items() if n != k}
    used = free_symbols(node)
    names = [n for n, kind in inner.items() if "integer" in kind and n in used and n not in free_symbols(lo)]
    for n in sorted(names, key=lambda n: (n not in free_symbols(hi), n)):
        start = {"positive integer": 1, "nonnegative integer": 0}.get(inner[n])
        if start is None:
            continue
        for ratio, anti in certificate(body, value, k, n, Context(inner, {}, ())):
            steps = _step(node, n, ratio, anti, ctx)
            first = {"theorem": "induction", "lhs": node, "rhs": value, "variable": n, "start": num(start)}
            yield _proposal(lhs, rhs, [{**first, "first": [], "step": steps}])


def _step(node: Term, n: str, ratio: Term, anti: Term, ctx: Context) -> list[Step]:
    """Σ_{lo}^{hi(n+1)} F(n+1, k), what is above hi(n) split off, the rest taken back to n."""
    k, lo, hi = node[2]
    later = substitute(node, {n: add(sym(n), ONE)})
    steps: list[Step] = []
    whole = later
    if n in free_symbols(hi):
        (whole, _), split = split_at(later, hi)
        steps.append(split)
    ends = sub(substitute(anti, {k: add(hi, ONE)}), substitute(anti, {k: lo}))
    back = {
        "theorem": "telescoping",
        "lhs": whole,
        "rhs": add(mul(ratio, node), ends),
        "remainder": mul(ratio, node[1]),
        "antidifference": anti,
    }
    return [*steps, back, {"theorem": "induction_hypothesis"}]
