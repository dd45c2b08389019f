"""Using one proved chain inside another: the chain is checked again, then its end points, with values put in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from symrep.claim import Claim, Context
from symrep.errors import BadInput
from symrep.kernel.fail import NotProved
from symrep.kernel.instance import Instance
from symrep.kernel.signs import domain, prove_sign
from symrep.term import MINUS_ONE, ONE, ZERO, Term, add, free_symbols, from_json, mul, substitute
from symrep.verdict import Reason

__all__ = ["check_lemma"]

#: proves a claim and says whether only almost everywhere
Prover = Callable[[Claim], bool]


def check_lemma(i: Instance, data: Mapping[str, Any], ctx: Context, prove: Prover) -> tuple[bool, str]:
    """Check ``lhs = rhs`` as an instance of a chain of proved steps.

    ``data["steps"]`` is a list of lists of claims; the ``rewrite`` and ``equal`` claims of the steps, taken in order,
    lead from the chain's first term to its last without a gap. ``data["values"]`` maps symbols to terms.

    Returns:
        whether it holds almost everywhere only, and a description.
    """
    lemma_ctx = Context.from_json(data["context"])
    first, last, almost = _chain(data["steps"], lemma_ctx, prove)
    values = {str(k): from_json(v) for k, v in dict(data["values"]).items()}
    lhs, rhs = substitute(first, values), substitute(last, values)
    if (lhs, rhs) != (i.term("lhs"), i.term("rhs")):
        raise NotProved("this is not an instance of the lemma", Reason.DOES_NOT_APPLY)
    _values_allowed(values, first, last, lemma_ctx, ctx, almost)
    return almost, "a derivation proved before"


def _chain(steps: Any, lemma_ctx: Context, prove: Prover) -> tuple[Term, Term, bool]:
    if not isinstance(steps, (list, tuple)) or not steps:
        raise BadInput("certificate", "the steps of the lemma", repr(steps)[:60])
    first: Term | None = None
    at: Term | None = None
    almost = False
    for step in steps:
        for raw in step:
            claim = Claim(raw["kind"], raw["data"], Context.from_json(raw["context"]))
            _same_hypotheses(claim.context, lemma_ctx)
            almost = prove(claim) or almost
            if claim.kind not in ("rewrite", "equal"):
                continue
            one = Instance(claim.data)
            keys = ("before", "after") if claim.kind == "rewrite" else ("lhs", "rhs")
            start, end = one.term(keys[0]), one.term(keys[1])
            if at is not None and start != at and end == at:
                start, end = end, start  # an equality read from right to left
            if at is not None and start != at:
                raise NotProved("the steps of the lemma do not meet", Reason.ERROR)
            first = start if first is None else first
            at = end
    if first is None or at is None:
        raise NotProved("the lemma has no step", Reason.ERROR)
    return first, at, almost


def _same_hypotheses(one: Context, whole: Context) -> None:
    for n, kind in one.symbols.items():
        if whole.symbols.get(n) != kind:
            raise NotProved(f"the lemma's steps disagree on the domain of {n}", Reason.DOMAIN)
    for n, spec in one.functions.items():
        if whole.functions.get(n) != spec:
            raise NotProved(f"the lemma's steps disagree on {n}", Reason.DOMAIN)
    if not set(one.given) <= set(whole.given):
        raise NotProved("a step of the lemma assumes more than the lemma", Reason.DOMAIN)


def _values_allowed(
    values: Mapping[str, Term], first: Term, last: Term, lemma_ctx: Context, ctx: Context, almost: bool
) -> None:
    free = free_symbols(first) | free_symbols(last) | {s for r in lemma_ctx.given for s in free_symbols(r)}
    if almost:
        targets = [values.get(n, ("sym", n)) for n in sorted(free)]
        if any(t[0] not in ("sym", "index") for t in targets) or len(set(targets)) != len(targets):
            raise NotProved("the lemma holds almost everywhere: only different symbols may be put in", Reason.DOMAIN)
    dom = domain(ctx)
    for n in sorted(free):
        kind = lemma_ctx.symbols.get(n)
        if kind is None:
            raise NotProved(f"the lemma says nothing of {n}", Reason.DOMAIN)
        value = values.get(n, ("sym", n))
        if not _member(value, kind, ctx, dom):
            raise NotProved(f"the value put in for {n} is not known to be {kind}", Reason.DOMAIN)
    for n, spec in lemma_ctx.functions.items():
        if ctx.functions.get(n) != spec:
            raise NotProved(f"{n} is not declared here as in the lemma", Reason.NOT_DECLARED)
    for _, op, a, b in lemma_ctx.given:
        if op == "==" or not prove_sign(substitute(add(a, mul(MINUS_ONE, b)), values), op, dom):
            raise NotProved("a hypothesis of the lemma is not known to hold here", Reason.DOMAIN)


def _member(value: Term, kind: str, ctx: Context, dom: Any) -> bool:
    own = ctx.symbols.get(value[1]) if value[0] in ("sym", "index") else None
    if own == kind:
        return True
    if own == "complex" or any(ctx.symbols.get(n) in (None, "complex") for n in free_symbols(value)):
        return False
    sign = {"positive": ">", "nonnegative": ">=", "negative": "<", "nonzero": "!="}
    if kind == "real":
        # a real expression of real symbols; that it is defined is checked where the line is
        return prove_sign(add(mul(value, value), ONE), ">", dom)
    if kind in sign:
        return prove_sign(value, sign[kind], dom)
    if kind == "unit":
        return prove_sign(value, ">", dom) and prove_sign(add(ONE, mul(MINUS_ONE, value)), ">", dom)
    if kind == "integer":
        return own in ("positive integer", "nonnegative integer") or (value[0] == "num" and value[2] == 1)
    if kind == "nonnegative integer":
        return own == "positive integer" or (value[0] == "num" and value[2] == 1 and value[1] >= 0)
    if kind == "positive integer":
        return value[0] == "num" and value[2] == 1 and value[1] > 0
    return kind == "complex" and value != ZERO
