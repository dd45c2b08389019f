"""Induction on an integer: a claim about all n ≥ n0 from a base case and a step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from symrep.claim import Context
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.regular import integer_valued
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Instance, check_binders, under_a_limit
from symrep.kernel.theorems.instance import replace as put_in
from symrep.kernel.theorems.recording import equal
from symrep.kernel.theorems.summation import without
from symrep.term import MINUS_ONE, ONE, Term, add, free_symbols, mul, substitute, sym, walk
from symrep.verdict import Reason

__all__ = ["HYPOTHESIS", "induction"]

#: the name under which a step uses the claim for n itself
HYPOTHESIS = "induction_hypothesis"

#: one theorem applied to a term: the term after, facts, and whether that holds almost everywhere only
Applied = tuple[Term, tuple[str, ...], bool]
Apply = Callable[[Instance, Term, Context], Applied]


def induction(i: Instance, ctx: Context, apply: Apply) -> tuple[tuple[str, ...], bool]:
    """Lhs = rhs for every integer n ≥ n0 the context admits.

    Data:
        ``variable`` n: an integer symbol of the context.
        ``start`` n0: an integer free of n; that n ≥ n0 is proved from the context.
        ``first``: a list of theorems which, applied in turn to lhs at n = n0, lead to rhs at n = n0 (by normal form in
            the end). There n has its value n0 and nothing else is known of it.
        ``step``: a list of theorems which, applied in turn to lhs at n + 1, lead to rhs at n + 1, for an integer n ≥ n0
            of which nothing else is assumed. An entry ``{"theorem": "induction_hypothesis"}`` replaces lhs by rhs.

    Hypotheses that speak of n are not used in either part: what is proved holds for all n ≥ n0, whatever else is given.
    The claim may speak of other symbols; it is proved for all of their values, so the hypothesis may be used at any.

    Returns:
        the facts used, and whether it holds almost everywhere only (a null set for each n; their union is one).
    """
    n, start = i.name("variable"), i.term("start")
    lhs, rhs = i.term("lhs"), i.term("rhs")
    if "integer" not in ctx.symbols.get(n, "") or n in free_symbols(start):
        raise NotProved(f"induction needs an integer, and a start free of it: {n}", Reason.DOMAIN)
    _speaks_plainly(n, lhs, rhs)
    if not integer_valued(start, ctx):
        raise NotProved("the start of the induction is not known to be an integer", Reason.DOMAIN)
    if not prove_sign(add(sym(n), mul(MINUS_ONE, start)), ">=", domain(ctx)):
        raise NotProved(f"{n} may lie below the start of the induction", Reason.DOMAIN)
    others = without(ctx, n)
    facts, almost = _leads(i.subs("first"), lhs, rhs, {n: start}, others, apply, None)
    from_start = ("rel", ">=", sym(n), start)
    later = replace(others, symbols={**others.symbols, n: "integer"}, given=(*others.given, from_start))
    if start[0] == "num" and start[1] in (0, 1):
        kind = "positive integer" if start[1] else "nonnegative integer"
        later = replace(others, symbols={**others.symbols, n: kind})
    more, also = _leads(i.subs("step"), lhs, rhs, {n: add(sym(n), ONE)}, later, apply, (lhs, rhs))
    return (f"by induction on {n}", *facts, *more), almost or also


def _speaks_plainly(n: str, *ts: Term) -> None:
    """N is neither bound nor differentiated by, nor the name of a family, anywhere in the terms."""
    for t in ts:
        for s in walk(t):
            own = [b[0] for b in s[2:]] if s[0] in ("integral", "sum", "product", "limit", "vector") else []
            if n in own or s[0] in ("law", "iprod", "diff", "det", "jacobian", "push", "kl", "sample_mean"):
                raise NotProved("induction is for terms without laws, derivatives or a binder of its variable")
            if s[0] == "index" and s[1] == n:
                raise NotProved(f"{n} names indexed parameters", Reason.DOMAIN)


def _leads(
    steps: tuple[Instance, ...],
    lhs: Term,
    rhs: Term,
    at: dict[str, Term],
    ctx: Context,
    apply: Apply,
    hypothesis: tuple[Term, Term] | None,
) -> tuple[tuple[str, ...], bool]:
    term, facts, almost = substitute(lhs, at), tuple[str, ...](), False
    check_binders((term, substitute(rhs, at)), ctx)  # what is assumed of n must not be assumed of what is bound
    for step in steps:
        if step.name("theorem") == HYPOTHESIS:
            if hypothesis is None:
                raise NotProved("the base case of an induction has no hypothesis", Reason.DOES_NOT_APPLY)
            if under_a_limit(term, hypothesis[0]):
                raise NotProved("an induction hypothesis is not put in under a limit", Reason.DOMAIN)
            term, count = put_in(term, *hypothesis)
            if not count:
                raise NotProved("the induction hypothesis does not occur in the line", Reason.DOES_NOT_APPLY)
            continue
        term, more, also = apply(step, term, ctx)
        check_binders((term, step.term("lhs"), step.term("rhs")), ctx)
        facts, almost = (*facts, *more), almost or also
    equal(term, substitute(rhs, at), ctx)
    return facts, almost
