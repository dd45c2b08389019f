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
from symrep.kernel.certificate import prove
from symrep.kernel.fail import NotProved
from symrep.kernel.instance import Instance
from symrep.kernel.instance import replace as put_in
from symrep.kernel.normal import linear_parts, simplify
from symrep.kernel.series import total
from symrep.kernel.signs import domain
from symrep.kernel.summation import in_range, without
from symrep.kernel.theorems import THEOREMS
from symrep.term import MINUS_ONE, ONE, ZERO, Term, add, div, free_symbols, mul, neg, sub, substitute, sym, walk
from symrep.verifying.shapes import parts_of_sum
from symrep.wire import from_json

__all__ = ["sum_proofs", "sums_in_worker"]

Step = dict[str, Any]
Proposal = dict[str, Any]

_FAILS: Final = (SymrepError, NotProved, ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
_HEADS: Final = ("sum", "product")


def _has_sum(t: Term) -> bool:
    return any(s[0] in _HEADS for s in walk(t))


def sum_proofs(lhs: Term, rhs: Term, ctx: Context) -> Iterator[Proposal]:
    """``{"data", "symbols"}`` of rewrites that may prove lhs = rhs, cheap ones first."""
    for way in (_by_claim, _by_values):
        with suppress(*_FAILS):
            yield from way(lhs, rhs, ctx)


def sums_in_worker(payload: Mapping[str, Any]) -> list[Proposal]:
    """``{"claim": …, "seconds": …}`` in, the first proposal the kernel accepts out, in a list; else an empty one."""
    data = payload["claim"]
    lhs, rhs = from_json(data["data"]["lhs"]), from_json(data["data"]["rhs"])
    context = Context.from_json(data["context"])
    for proposal in sum_proofs(lhs, rhs, context):
        around = replace(context, symbols={**context.symbols, **proposal["symbols"]})
        try:
            prove(Claim("rewrite", proposal["data"], around))
        except _FAILS:
            continue
        return [proposal]
    return []


def _rewrite(before: Term, after: Term, steps: list[Step], symbols: dict[str, str] | None = None) -> Proposal:
    return {"data": {"before": before, "after": after, "rewrites": steps}, "symbols": symbols or {}}


def _outermost(t: Term) -> Iterator[Term]:
    """Sums and products under no other binder."""
    if t[0] in _HEADS:
        yield t
        return
    if t[0] in ("add", "mul", "pow"):
        for c in t[1:]:
            yield from _outermost(c)
    elif t[0] == "fn":
        for c in t[2:]:
            yield from _outermost(c)


# --- the claim as antidifference ------------------------------------------------------------------------------------


def _solved(node: Term, lhs: Term, rhs: Term, ctx: Context) -> Term | None:
    """What the claim says the node is."""
    if lhs == node:
        return rhs
    if rhs == node:
        return lhs
    unknown = sym("_sum")

    def at(value: Term) -> Term:
        return put_in(sub(lhs, rhs), node, value)[0]

    whole = put_in(sub(lhs, rhs), node, unknown)[0]
    around = replace(ctx, symbols={**ctx.symbols, "_sum": "positive"})
    parts = linear_parts(whole, ["_sum"], domain(around))
    factors = {piece: c for c, piece in parts}
    if not set(factors) <= {ONE, unknown} or unknown not in factors:
        return None
    return simplify(div(neg(factors.get(ONE, ZERO)), factors[unknown]), domain(ctx))


def _by_claim(lhs: Term, rhs: Term, ctx: Context) -> Iterator[Proposal]:
    """One sum up to n, S(n) = R(n): T(k) = R(k − 1)."""
    nodes = list(dict.fromkeys([*_outermost(lhs), *_outermost(rhs)]))
    if len(nodes) != 1:
        return
    node = nodes[0]
    value = _solved(node, lhs, rhs, ctx)
    if value is None or _has_sum(value) or len(node) != 3:
        return
    step = _telescoped(node, value, ctx)
    if step is not None:
        yield _rewrite(lhs, rhs, [step])


def _telescoped(node: Term, value: Term, ctx: Context) -> Step | None:
    k, _, hi = node[2]
    for n in sorted(free_symbols(hi)):
        shift = simplify(sub(hi, sym(n)), domain(ctx))
        if n in free_symbols(shift) or "integer" not in ctx.symbols.get(n, ""):
            continue
        at = {n: sub(add(sym(k), MINUS_ONE), shift)}
        bodies = [node[1]]
        if n in free_symbols(node[1]):
            bodies = []
            outside = _coefficient(node, n, ctx)
            if outside is not None:
                bodies, at_value = [outside], div(value, outside)
                anti = mul(outside, substitute(at_value, at))
        else:
            anti = substitute(value, at)
        if bodies:
            step = {"theorem": "telescoping", "lhs": node, "rhs": value, "antidifference": anti}
            if _checks(step, ctx):
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


def _checks(step: Step, ctx: Context) -> bool:
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
    """A closed form of each sum, the inner ones first."""
    before, after = (lhs, rhs) if _has_sum(lhs) else (rhs, lhs)
    if _has_sum(after):
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
        steps.append(found)
        term, _ = put_in(term, found["lhs"], found["rhs"])
    if steps:
        yield _rewrite(before, after, steps, symbols)


def _innermost(t: Term, ctx: Context) -> Iterator[tuple[Term, dict[str, str]]]:
    """Sums without a sum inside, each with the kinds of the indices bound around it."""
    binders = {b[0]: b for s in walk(t) if s[0] in _HEADS for b in s[2:]}
    for s in dict.fromkeys(walk(t)):
        if s[0] in _HEADS and len(s) == 3 and not _has_sum(s[1]):
            free = free_symbols(s)
            yield s, {x: _kind(b[1]) for x, b in binders.items() if x in free and x not in ctx.symbols}


def closed_form(node: Term, ctx: Context) -> Step | None:
    """A theorem that says what one sum is."""
    if node[0] != "sum":
        return None
    body, bounds = node[1], node[2]
    outer = without(ctx, bounds[0])
    for parts in parts_of_sum(body, bounds, outer):
        try:
            _, value = total(tuple(Instance(p) for p in parts), bounds, outer)
            value = simplify(value, domain(outer))
        except _FAILS:
            continue
        step = {"theorem": "sum_value", "lhs": node, "rhs": value, "parts": parts}
        if _checks(step, ctx):
            return step
    return None
