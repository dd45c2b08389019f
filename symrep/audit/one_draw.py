r"""Many draws of one law, looked at one after the other: what holds for one of them whatever the others add up to.

``each_draw`` {lhs, rhs, variable y, others c, total S, step}: by the step the means over one draw y of b(y, c) and of
d(y, c) are equal at every c ≥ 0 (c > 0). The two sides are the means over all draws of Σ_k b(x_k, S − s(x_k)) and of
Σ_k d(x_k, S − s(x_k)) with S = Σ_j s(x_j) over all draws: term by term x_k is integrated out while the other draws, and
with them S − s(x_k), stay as they are. For this every term has to be absolutely integrable, s ≥ 0 (s > 0, and two draws
at least), all draws of one law, and nothing further assumed of c or y.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from symrep.audit.context import Ctx
from symrep.audit.coordinates import Family, absolutely, alone, family
from symrep.audit.data import ONE, No, Term, binding, free, fresh, sub, substitute, sym, walk
from symrep.audit.instance import Data
from symrep.audit.normal import same_everywhere
from symrep.audit.regular import proved
from symrep.audit.summing import among, range_of

__all__ = ["each_draw"]

#: one theorem applied to a line: the line after
Apply = Callable[[Data, Term, Ctx], Term]
#: raises No if a hypothesis speaks of what is bound in the terms
Fits = Callable[[list[Term], Ctx], None]
_SIGNS: Final = {"nonnegative": ">=", "positive": ">"}


def each_draw(i: Data, ctx: Ctx, apply: Apply, fits: Fits) -> None:
    """Raises No unless the two sides are established to be equal; see the module."""
    lhs, rhs, step = i.term("lhs"), i.term("rhs"), i.sub("step")
    y, c = i.name("variable"), i.name("others")
    over = family(lhs, ctx)
    if rhs[0] != "expect_each" or rhs[2:] != lhs[2:] or over.where[0] in free(over.law):
        raise No("the two sides are not means over the same draws of one law")
    told = frozenset().union(*map(free, (*ctx.given, *ctx.facts)))
    if {y, c} & (told | {over.name, over.where[0]} | free(lhs[3])) or y == c:
        raise No("a draw, or what the others add up to, is spoken of elsewhere")
    summand, j = _all_of_them(i.term("total"), over, ctx)
    _others(ctx.kinds.get(c), summand, j, over, ctx)
    first, last = step.term("lhs"), step.term("rhs")
    law = over.one(over.where[1], y)
    for end in (first, last):
        if end[0] != "expect" or end[2][0] != "law" or end[2][1] != law[1]:
            raise No("the step is not about the mean over one draw")
        inside = ctx.inside({y: law[1][0][1:]})
        if not same_everywhere(end[2][2], law[2], inside) or {over.name, over.where[0]} & free(end):
            raise No("the step is about another law, or about all draws")
    fits([first, last], ctx)
    quiet = ctx.quiet()
    if apply(step, first, quiet) != last or quiet.notes:
        raise No("the step leaves something out, or leads elsewhere")
    for side, end in ((lhs, first), (rhs, last)):
        _term_by_term(side[1], end[1], (y, c, j), summand, i.term("total"), over, ctx)
        absolutely(side, side[1], ctx)


def _same_range(t: Term, over: Family, ctx: Ctx) -> tuple[Term, str]:
    """(body, index) of a sum over all draws."""
    body, (k, lo, hi) = range_of(t, ctx, "sum")
    _, low, high = over.where
    if len(t) != 3 or hi[0] == "inf" or not (same_everywhere(lo, low, ctx) and same_everywhere(hi, high, ctx)):
        raise No("a sum that is not over all draws")
    return body, k


def _all_of_them(t: Term, over: Family, ctx: Ctx) -> tuple[Term, str]:
    body, j = _same_range(t, over, ctx)
    if alone(body, over.name) != sym(j):
        raise No("a summand of the total is no function of its own draw")
    return body, j


def _others(kind: str | None, summand: Term, j: str, over: Family, ctx: Ctx) -> None:
    """The total of the others is of that kind."""
    op = _SIGNS.get(kind or "")
    _, lo, hi = over.where
    if op is None or not proved(summand, op, among((j, lo, hi), ctx)):
        raise No("what the others add up to may lie outside the domain of its symbol")
    if op == ">" and not proved(sub(sub(hi, lo), ONE), ">=", ctx):
        raise No("there may be no other draw, and nothing to add up")


def _term_by_term(
    line: Term, body: Term, names: tuple[str, str, str], summand: Term, total: Term, over: Family, ctx: Ctx
) -> None:
    if line[0] != "sum":
        raise No("the line is not the mean of a sum over the draws")
    t, k = _same_range(line, over, ctx)
    y, c, j = names
    used = frozenset(
        n for s in (line, body, summand, total) for u in walk(s) for n in free(u) | {b[0] for b in binding(u)}
    )
    new = fresh(ctx.known() | used | {over.name, over.where[0], j, k, y, c}, "k")
    rest = sub(total, substitute(summand, {j: sym(new)}))
    wanted = substitute(body, {y: ("index", over.name, sym(new)), c: rest})
    if not same_everywhere(substitute(t, {k: sym(new)}), wanted, among((new, *over.where[1:]), ctx)):
        raise No("a term of the line is not what the step speaks of")
