"""Induction on an integer n: a claim at n0, and from each n ≥ n0 to n + 1."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from symrep.audit.context import Ctx
from symrep.audit.data import ONE, No, Term, add, binding, free, rebuild, sub, substitute, sym, walk
from symrep.audit.instance import Data
from symrep.audit.limits import under_a_limit
from symrep.audit.normal import need_same
from symrep.audit.regular import proved, whole

__all__ = ["induction"]

#: one theorem applied to a line: the line after
Apply = Callable[[Data, Term, Ctx], Term]
#: raises No if a hypothesis speaks of what is bound in the terms
Fits = Callable[[list[Term], Ctx], None]
_UNDER_LAWS: Final = frozenset({"law", "iprod", "push", "kl", "sample_mean", "diff"})


def induction(i: Data, ctx: Ctx, apply: Apply, fits: Fits) -> None:
    """Lhs = rhs for every integer n ≥ n0.

    At n0 the theorems under ``first`` lead from lhs to rhs; at n + 1, for an integer n ≥ n0 of which nothing else is
    known, those under ``step``, where ``induction_hypothesis`` puts rhs in for lhs at n. That the n of the context are
    integers ≥ n0 is shown.
    """
    n, start = i.name("variable"), i.term("start")
    lhs, rhs = i.term("lhs"), i.term("rhs")
    if "integer" not in (ctx.kind_of(n) or "") or n in free(start) or not whole(start, ctx):
        raise No("induction is on an integer, from an integer on")
    if not proved(sub(sym(n), start), ">=", ctx):
        raise No(f"{n} may lie below the start of the induction")
    for s in (*walk(lhs), *walk(rhs)):
        if s[0] in _UNDER_LAWS or n in {b[0] for b in binding(s)} or (s[0] == "index" and s[1] == n):
            raise No(
                f"{n} is bound, differentiated by, under a law, or names a family", covered=s[0] not in _UNDER_LAWS
            )
    others = ctx.with_kind(n, "integer")
    _lead(i.subs("first"), substitute(lhs, {n: start}), substitute(rhs, {n: start}), None, others, apply, fits)
    if start in (("num", 0, 1), ONE):
        later = ctx.with_kind(n, "positive integer" if start == ONE else "nonnegative integer")
    else:
        later = replace(others, given=(*others.given, ("rel", ">=", sym(n), start)), memory={})
    up = {n: add(sym(n), ONE)}
    _lead(i.subs("step"), substitute(lhs, up), substitute(rhs, up), (lhs, rhs), later, apply, fits)


def _lead(
    steps: Iterable[Data],
    line: Term,
    goal: Term,
    hypothesis: tuple[Term, Term] | None,
    ctx: Ctx,
    apply: Apply,
    fits: Fits,
) -> None:
    """Raises No unless the steps lead from the line to the goal."""
    fits([line, goal], ctx)
    for step in steps:
        if step.name("theorem") != "induction_hypothesis":
            fits([step.term("lhs"), step.term("rhs")], ctx)
            line = apply(step, line, ctx)
        elif hypothesis is None:
            raise No("there is no hypothesis at the start of an induction")
        else:
            if under_a_limit(line, hypothesis[0]):
                raise No("a hypothesis of an induction is not put in under a limit")
            line = _put_in(line, dict([hypothesis]))
        fits([line], ctx)
    need_same(line, goal, ctx, "the steps of an induction lead to another line")


def _put_in(t: Term, values: Mapping[Term, Term]) -> Term:
    found = 0

    def go(s: Term) -> Term:
        nonlocal found
        if s in values:
            found += 1
            return values[s]
        return rebuild(s, go, go)

    out = go(t)
    if not found:
        raise No("the hypothesis of an induction does not occur in the line")
    return out
