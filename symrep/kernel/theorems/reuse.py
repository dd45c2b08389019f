"""Using one proved chain inside another: the chain is checked again, then its end points, with values put in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from symrep.claim import Assumed, Claim, Context
from symrep.errors import BadInput, shown
from symrep.kernel.algebra.engine import engine
from symrep.kernel.algebra.normal import prove_equal
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.integrability import dominated, integrable
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Instance
from symrep.kernel.theorems.recursion import parameters_of
from symrep.term import MINUS_ONE, ONE, ZERO, Term, add, free_symbols, mul, substitute, walk
from symrep.verdict import Reason
from symrep.wire import from_json

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
    if not (_same(lhs, i.term("lhs"), ctx) and _same(rhs, i.term("rhs"), ctx)):
        raise NotProved("this is not an instance of the lemma", Reason.DOES_NOT_APPLY)
    _values_allowed(values, first, last, lemma_ctx, ctx, almost)
    return almost, "a derivation proved before"


def _same(a: Term, b: Term, ctx: Context) -> bool:
    """The same term, or one that only orders its sums and products differently: equal at every point."""
    if a == b:
        return True
    try:
        return not prove_equal(a, b, ctx).almost_everywhere
    except NotProved:
        return False


def _chain(steps: Any, lemma_ctx: Context, prove: Prover) -> tuple[Term, Term, bool]:
    if not isinstance(steps, (list, tuple)) or not steps:
        raise BadInput("certificate", "the steps of the lemma", shown(steps))
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
    if not (set(one.given) <= set(whole.given) and set(one.assumed) <= set(whole.assumed)):
        raise NotProved("a step of the lemma assumes more than the lemma", Reason.DOMAIN)


def _values_allowed(
    values: Mapping[str, Term], first: Term, last: Term, lemma_ctx: Context, ctx: Context, almost: bool
) -> None:
    terms = (first, last, *lemma_ctx.given)
    free = frozenset().union(*map(free_symbols, terms))
    families = {s[1] for t in terms for s in walk(t) if s[0] == "index"}
    if families & set(values):
        raise NotProved("nothing can be put in for indexed parameters", Reason.DOMAIN)
    if almost:
        _generic([values.get(n, ("sym", n)) for n in sorted(free)], ctx)
    dom = domain(ctx)
    for n in sorted(free):
        kind = lemma_ctx.symbols.get(n)
        if kind is None:
            raise NotProved(f"the lemma says nothing of {n}", Reason.DOMAIN)
        value = values.get(n, ("sym", n))
        if n in families:  # what is given here of the symbol is not said of the family
            allowed = ctx.symbols.get(n) == kind
        elif almost and (kind == "complex" or "integer" in kind or "integer" in ctx.symbols[value[1]]):
            allowed = ctx.symbols[value[1]] == kind  # a null set of the one may be all of the other
        else:
            allowed = _member(value, kind, ctx, dom)
        if not allowed:
            raise NotProved(f"the value put in for {n} is not known to be {kind}", Reason.DOMAIN)
    for n, spec in lemma_ctx.functions.items():
        if ctx.functions.get(n) != spec:
            raise NotProved(f"{n} is not declared here as in the lemma", Reason.NOT_DECLARED)
        if spec.recursion is not None:  # what it is made of are the same numbers here and there
            for b in parameters_of(spec.recursion):
                if b in values or ctx.symbols.get(b) != lemma_ctx.symbols.get(b):
                    raise NotProved(f"{n} is made of {b}, of which the lemma says something else", Reason.DOMAIN)
    for one in lemma_ctx.assumed:
        _holds_here(one, lemma_ctx, ctx)
    for _, op, a, b in lemma_ctx.given:
        if op == "==" or not prove_sign(substitute(add(a, mul(MINUS_ONE, b)), values), op, dom):
            raise NotProved("a hypothesis of the lemma is not known to hold here", Reason.DOMAIN)


def _holds_here(one: Assumed, lemma_ctx: Context, ctx: Context) -> None:
    """What the lemma assumes of an integral, for all values of its symbols in the lemma's domains, is assumed here for
    the same, or can be shown."""
    kinds = {n: lemma_ctx.symbols.get(n, "") for n in one.free()}
    if one in ctx.assumed and all(ctx.symbols.get(n) == kind for n, kind in kinds.items()):
        return
    there = Context(kinds, lemma_ctx.functions)
    try:
        if one.parameter is None:
            integrable(one.of[1], one.of[2:], there)
        else:
            dominated(one.of[1], one.of[2:], one.parameter, there)
    except NotProved as no:
        words = f"what the lemma declares of an integral is not known here: {no}"
        raise NotProved(words, Reason.NOT_DECLARED) from no


def _generic(targets: list[Term], ctx: Context) -> None:
    """Different free symbols that no hypothesis here ties to a null set."""
    if any(t[0] != "sym" or t[1] not in ctx.symbols for t in targets) or len(set(targets)) != len(targets):
        raise NotProved("the lemma holds almost everywhere: only different symbols may be put in", Reason.DOMAIN)
    dom = domain(ctx)
    eng = engine(dom)
    if any(r[1] == "==" for r in ctx.given) or eng.run(eng.is_thin):
        raise NotProved("the lemma holds almost everywhere, the hypotheses here on a null set", Reason.DOMAIN)


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
