"""Two terms are equal if they are for all real values of the undetermined functions in them.

f(x), f(y), f′(x) … become symbols of their own, and what is given of them is given of the symbols: then a case
distinction has something to solve for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from symrep.audit.context import Ctx
from symrep.audit.data import No, Term, fresh, rebuild, sym, walk
from symrep.audit.derive import breakpoints, derivative
from symrep.audit.normal import need_same

__all__ = ["same_for_all_values"]

#: nothing in these binds a name, so a value is the same wherever it stands
_PLAIN: Final = frozenset("num sym const fn app add mul pow piecewise rel and or not true".split())


def same_for_all_values(a: Term, b: Term, ctx: Ctx) -> bool:
    """Is a = b shown at every point, whatever the values? Nothing is left out: a null set of values can be any set."""
    if ctx.bound or not any(s[0] == "app" for t in (a, b) for s in walk(t)):
        return False
    try:
        sides = [_carried_out(t, ctx) for t in (a, b)]
        if any(s[0] not in _PLAIN for t in sides for s in walk(t)):
            return False
        names: dict[Term, Term] = {}
        taken = set(ctx.kinds) | {s[1] for t in (*sides, *ctx.given) for s in walk(t) if s[0] == "sym"}
        lhs, rhs = (_named(t, names, taken) for t in sides)
        given = tuple(_named(r, names, taken) for r in ctx.given if all(s[0] in _PLAIN for s in walk(r)))
        for value in names:  # that there is one
            _everywhere(value, value, replace(ctx, notes=[], memory={}))
        kinds = {**ctx.kinds, **{s[1]: "real" for s in names.values()}}
        _everywhere(lhs, rhs, replace(ctx, kinds=kinds, given=given, declared=(), notes=[], memory={}, hints={}))
    except No:
        return False
    return True


def _carried_out(t: Term, ctx: Ctx) -> Term:
    """Derivatives carried out, where the formula holds at every point; what is differentiated has a value."""

    def within(s: Term) -> Term:
        return _carried_out(s, ctx)

    if t[0] != "diff":
        return rebuild(t, within, within)
    body = within(t[1])
    if "integer" in (ctx.kind_of(t[2]) or "integer") or breakpoints(body, t[2]):
        raise No("the derivative is not known at every point")
    _everywhere(body, body, replace(ctx, notes=[], memory={}))
    return derivative(body, t[2], ctx)


def _everywhere(a: Term, b: Term, ctx: Ctx) -> None:
    need_same(a, b, ctx)
    if ctx.notes:
        raise No("something is left out")


def _named(t: Term, names: dict[Term, Term], taken: set[str]) -> Term:
    if t[0] == "app":
        if t not in names:
            new = fresh(taken)
            taken.add(new)
            names[t] = sym(new)
        return names[t]
    return rebuild(t, lambda s: _named(s, names, taken), lambda s: _named(s, names, taken))
