"""Proofs of identities with sums and products, proposed: the claim itself as antidifference, known sums, induction.

Nothing here is trusted. Whatever comes out is the data of a ``rewrite`` that the kernel checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from symrep.claim import Claim, Context
from symrep.errors import SymrepError
from symrep.kernel.algebra.normal import linear_parts, simplify
from symrep.kernel.algebra.signs import domain
from symrep.kernel.analysis.limits import limit
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Instance
from symrep.kernel.theorems.instance import replace as put_in
from symrep.kernel.theorems.series import total
from symrep.kernel.theorems.summation import in_range, without
from symrep.kernel.theorems.table import THEOREMS
from symrep.summing.equations import HEADS, has_sum, linear_in, only_sum, solved
from symrep.summing.gosper import product_of_linear
from symrep.summing.ranges import by_induction, by_ranges, reversed_sum, split_at
from symrep.summing.shapes import parts_of_sum
from symrep.term import MINUS_ONE, ONE, ZERO, Term, add, div, fn, free_symbols, mul, neg, sub, substitute, sym, walk
from symrep.wire import from_json

__all__ = ["sum_proofs", "sums_in_worker"]

Step = dict[str, Any]
Proposal = dict[str, Any]

_FAILS: Final = (SymrepError, NotProved, ArithmeticError, LookupError, RecursionError, TypeError, ValueError)


def sum_proofs(lhs: Term, rhs: Term, ctx: Context) -> Iterator[Proposal]:
    """``{"data", "symbols"}`` of rewrites that may prove lhs = rhs, cheap ones first."""
    for way in (_by_claim, _by_values, by_ranges, by_induction):
        with suppress(*_FAILS):
            yield from way(lhs, rhs, ctx)


def sums_in_worker(payload: Mapping[str, Any]) -> list[Proposal]:
    """``{"claim": …, "seconds": …}`` in; out, in a list, the first proposal the kernel accepts, else the first of all:
    its values may refute the claim.
    """
    first: list[Proposal] = []
    data = payload["claim"]
    lhs, rhs = from_json(data["data"]["lhs"]), from_json(data["data"]["rhs"])
    context = Context.from_json(data["context"])
    for proposal in sum_proofs(lhs, rhs, context):
        around = replace(context, symbols={**context.symbols, **proposal["symbols"]})
        try:
            prove(Claim("rewrite", proposal["data"], around))
        except _FAILS:
            first = first or [proposal]
            continue
        return [proposal]
    return first


def _rewrite(before: Term, after: Term, steps: list[Step], symbols: dict[str, str] | None = None) -> Proposal:
    return {"data": {"before": before, "after": after, "rewrites": steps}, "symbols": symbols or {}}


# --- the claim as antidifference ------------------------------------------------------------------------------------


def _by_claim(lhs: Term, rhs: Term, ctx: Context) -> Iterator[Proposal]:
    """One sum up to n, S(n) = R(n): T(k) = R(k − 1)."""
    node = only_sum(lhs, rhs)
    if node is None:
        return
    with suppress(*_FAILS):
        value = solved(node, lhs, rhs, ctx)
        step = None if value is None or has_sum(value) else _telescoped(node, value, ctx)
        if step is not None:
            yield _rewrite(lhs, rhs, [step])
            return
    yield from _without_division(node, lhs, rhs, ctx)


def _without_division(node: Term, lhs: Term, rhs: Term, ctx: Context) -> Iterator[Proposal]:
    """a·Σ t + b = 0 as Σ a·t = −b."""
    if node[0] != "sum":
        return
    before = sub(lhs, rhs)
    found = linear_in(node, before, ctx)
    if found is None or has_sum(found[1]):
        return
    a, b = found
    inside: Term = ("sum", mul(a, node[1]), node[2])
    step = _telescoped(inside, neg(b), ctx)
    if step is not None:
        first = {"theorem": "identity", "lhs": before, "rhs": add(inside, b)}
        yield _rewrite(before, ZERO, [first, step])


def _telescoped(node: Term, value: Term, ctx: Context) -> Step | None:
    k, _, hi = node[2]
    for n in sorted(free_symbols(hi)):
        shift = simplify(sub(hi, sym(n)), domain(ctx))
        if n in free_symbols(shift) or "integer" not in ctx.symbols.get(n, ""):
            continue
        at = {n: sub(add(sym(k), MINUS_ONE), shift)}
        outside: Term | None = ONE
        if n in free_symbols(node[1]):
            outside = _coefficient(node, n, ctx)
        if outside is None:
            continue
        inner = value if outside == ONE else div(value, outside)
        anti = mul(outside, substitute(inner, at)) if outside != ONE else substitute(inner, at)
        step = {"theorem": "telescoping", "lhs": node, "rhs": value, "antidifference": anti}
        if checks(step, ctx):
            return step
    return None


def _coefficient(node: Term, n: str, ctx: Context) -> Term | None:
    """The factor of the summand that involves n, when the rest does not."""
    k, lo, hi = node[2]
    inside = domain(in_range(without(ctx, k), k, lo, hi))
    parts = linear_parts(node[1], [k], inside)
    if len(parts) != 1 or n in free_symbols(parts[0][1]):
        return None
    return parts[0][0]


def checks(step: Step, ctx: Context) -> bool:
    """Does the kernel accept this instance?"""
    try:
        THEOREMS[step["theorem"]](Instance(step), ctx)
    except _FAILS:
        return False
    return True


# --- known sums -----------------------------------------------------------------------------------------------------


def _kind(lo: Term) -> str:
    if lo[0] == "num" and lo[1] >= 0:
        return "positive integer" if lo[1] > 0 else "nonnegative integer"
    return "integer"


def _by_values(lhs: Term, rhs: Term, ctx: Context) -> Iterator[Proposal]:
    """A closed form of each sum, the inner ones first; the last one by the claim, if by nothing else."""
    before, after = (lhs, rhs) if has_sum(lhs) else (rhs, lhs)
    if has_sum(after):
        before, after = sub(lhs, rhs), ZERO
    steps: list[Step] = []
    term, symbols = before, dict[str, str]()
    while True:
        found = None
        for node, around in _innermost(term, ctx):
            found = closed_form(node, replace(ctx, symbols={**ctx.symbols, **around}))
            if found is not None:
                symbols.update(around)
                break
        if found is None:
            break
        steps += found
        for step in found:
            term, _ = put_in(term, step["lhs"], step["rhs"])
    if not steps:
        return
    whole = only_sum(term, after)
    if whole is not None:
        value = solved(whole, term, after, ctx)
        last = None if value is None or has_sum(value) else _telescoped(whole, value, ctx)
        steps += [] if last is None else [last]
    yield _rewrite(before, after, steps, symbols)


def _innermost(t: Term, ctx: Context) -> Iterator[tuple[Term, dict[str, str]]]:
    """Sums without a sum inside, each with the kinds of the indices bound around it."""
    binders = {b[0]: b for s in walk(t) if s[0] in HEADS for b in s[2:]}
    for s in dict.fromkeys(walk(t)):
        if s[0] in HEADS and len(s) == 3 and not has_sum(s[1]):
            free = free_symbols(s)
            yield s, {x: _kind(b[1]) for x, b in binders.items() if x in free and x not in ctx.symbols}


def closed_form(node: Term, ctx: Context, *, back: bool = True) -> list[Step] | None:
    """Theorems that say what one sum or product is."""
    if node[0] == "product":
        return _closed_product(node, ctx)
    body, bounds = node[1], node[2]
    outer = without(ctx, bounds[0])
    for parts in parts_of_sum(body, bounds, outer):
        try:
            _, value = total(tuple(Instance(p) for p in parts), bounds, outer)
        except _FAILS:
            continue
        values = [value]
        with suppress(*_FAILS):
            values.insert(0, simplify(value, domain(outer)))
        for rhs in values:
            step = {"theorem": "sum_value", "lhs": node, "rhs": rhs, "parts": parts}
            if checks(step, ctx):
                return [step]
    return _by_cases(node, ctx) or (_backwards(node, ctx) if back else None)


def _by_cases(node: Term, ctx: Context) -> list[Step] | None:
    """A range cut in three where a condition changes: below, at and above."""
    k, lo, _ = node[2]
    conditions = [c for s in walk(node[1]) if s[0] == "piecewise" for pair in s[1:] for c in walk(pair[0])]
    places = [b for c in conditions if c[0] == "rel" for a, b in (c[2:], c[3:1:-1]) if a == sym(k)]
    for at in dict.fromkeys(p for p in places if k not in free_symbols(p)):
        below = simplify(add(at, MINUS_ONE), domain(ctx))
        steps: list[Step] = []
        if below != simplify(add(lo, MINUS_ONE), domain(ctx)):
            (first, node), cut = split_at(node, below)
            steps.append(cut)
            steps += closed_form(first, ctx, back=False) or []
        if node[2][2] != at:
            (_, last), cut = split_at(node, at)
            steps.append(cut)
            steps += closed_form(last, ctx, back=False) or []
        if steps and all(checks(s, ctx) for s in steps):
            return steps
    return None


def _backwards(node: Term, ctx: Context) -> list[Step] | None:
    """From the upper end down."""
    hi = node[2][2]
    if hi[0] in ("inf", "num") or not free_symbols(hi) & free_symbols(node[1]):
        return None
    turned, step = reversed_sum(node, ctx)
    rest = closed_form(turned, ctx, back=False)
    return None if rest is None else [step, *rest]


def _closed_product(node: Term, ctx: Context) -> list[Step] | None:
    body, bounds = node[1], node[2]
    k, lo, hi = bounds
    outer = without(ctx, k)
    anti = product_of_linear(body, k, outer)
    if anti is None:
        return _by_logarithms(node, outer)
    inside = domain(in_range(outer, k, lo, hi))
    anti = simplify(anti, inside)
    try:
        end = limit(anti, k, hi, "-", outer, (lo, hi)) if hi[0] == "inf" else substitute(anti, {k: add(hi, ONE)})
        value = simplify(div(end, substitute(anti, {k: lo})), domain(outer))
    except _FAILS:
        return None
    step = {"theorem": "telescoping", "lhs": node, "rhs": value, "antidifference": anti}
    return [step] if checks(step, ctx) else None


def _by_logarithms(node: Term, ctx: Context) -> list[Step] | None:
    """Π t = exp Σ log t."""
    whole: Term = ("sum", fn("log", node[1]), node[2])
    step = {"theorem": "identity", "lhs": node, "rhs": fn("exp", whole)}
    if node[2][2][0] == "inf" or not checks(step, ctx):
        return None
    rest = closed_form(whole, ctx)
    return None if rest is None else [step, *rest]
