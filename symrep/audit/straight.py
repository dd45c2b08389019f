"""Absolute convergence after a change of variable: u = h(x, p…), where h(·, p…) is declared a bijection of the line.

With g its inverse in the first argument, both C¹, x = g(u, p…) is a diffeomorphism. So ∫ |t| dx is finite if and only
if ∫ |t(g(u, p…))·∂_1 g(u, p…)| du is, over the image of the range.
"""

from __future__ import annotations

from collections.abc import Iterator

from symrep.audit.context import Ctx
from symrep.audit.data import No, Term, free, fresh, has, mul, rebuild, substitute, sym, walk
from symrep.audit.derive import derivative, smooth_enough
from symrep.audit.normal import simplify

__all__ = ["other_variables"]

Range = tuple[str, Term, Term]


def _bijection(t: Term, x: str, ctx: Ctx) -> tuple[str, bool] | None:
    """The inverse's name and whether t rises, if t is such a function at x, all its other arguments free of x."""
    if t[0] != "app" or sum(t[2]) or t[3][0] != sym(x) or any(x in free(a) for a in t[3][1:]):
        return None
    spec = ctx.functions.get(t[1])
    back = ctx.functions.get(spec.inverse) if spec is not None and spec.inverse is not None else None
    if spec is None or spec.inverse is None or back is None or spec.monotone is None:
        return None
    if spec.arity != len(t[3]) or back.arity != len(t[3]):
        return None
    if not (smooth_enough(t[1], 1, ctx) and smooth_enough(spec.inverse, 1, ctx)):
        return None
    return spec.inverse, spec.monotone == "increasing"


def _named(t: Term, old: Term, new: Term) -> Term:
    """T with ``new`` for every ``old`` that does not stand under a binder."""
    if t == old:
        return new
    return rebuild(t, lambda c: _named(c, old, new), lambda c: c)


def other_variables(t: Term, where: Range, ctx: Ctx) -> Iterator[tuple[Term, Range]]:
    """T and its range in the variables u in which it may be easier to judge."""
    x, lo, hi = where
    if has(t, "diff", "jacobian"):  # a derivative by p would see the p in what is put in for x
        return
    for s in dict.fromkeys(walk(t)):
        found = _bijection(s, x, ctx)
        if found is None:
            continue
        g, rises = found
        u = fresh(ctx.known() | free(t) | free(lo) | free(hi) | {x}, "u")
        x_of_u = ("app", g, s[2], (sym(u), *s[3][1:]))
        turn = 1 if rises else -1
        image = [("inf", turn * e[1]) if e[0] == "inf" else substitute(s, {x: e}) for e in (lo, hi)][::turn]
        first, last = image
        inside = ctx.inside({u: (first, last)})
        whole = substitute(_named(t, s, sym(u)), {x: x_of_u})
        try:
            yield simplify(mul(whole, derivative(x_of_u, u, inside)), inside), (u, first, last)
        except No:
            continue
