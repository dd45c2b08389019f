r"""d/dx of F(x, M_1, …, M_n), the M_j integrals whose derivatives by x are taken by theorems of their own.

F is continuously differentiable on an open set that contains (x, M_1, …, M_n): one that strict relations describe. The
M_j are differentiable, hence continuous, so nothing leaves the set near x, and the chain rule holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from symrep.audit.context import Ctx
from symrep.audit.data import No, Term, add, free, fresh, has, mul, rebuild, substitute, sym
from symrep.audit.derive import derivative
from symrep.audit.instance import Data
from symrep.audit.integrability import open_domain
from symrep.audit.normal import need_same
from symrep.audit.regular import SMOOTH, Interior
from symrep.audit.signs import holds

__all__ = ["through"]

_UNDER: Final = frozenset("interchange leibniz score interchange_each interchange_vector".split())
_WHOLE: Final = ("integral", "expect", "expect_each", "expect_sample", "push", "kl", "limit", "det")
_CLOSED: Final = (*_WHOLE, "jacobian", "diff")


def through(i: Data, ctx: Ctx, theorems: Mapping[str, Callable[[Data, Ctx], None]]) -> None:
    lhs, steps = i.term("lhs"), i.subs("steps")
    if lhs[0] != "diff" or lhs[1][0] in _CLOSED or not steps:
        raise No("this theorem is about the derivative of a function of integrals")
    _, body, x = lhs
    bare = tuple(r for r in ctx.given if not has(r, *_CLOSED, "sum", "product"))
    plain = replace(ctx, given=bare, notes=[], memory={})
    moving: list[Term] = []
    for step in steps:
        of = step.term("lhs")
        if step.name("theorem") not in _UNDER or of[0] != "diff" or of[2] != x or of[1][0] not in _WHOLE:
            raise No("a step takes no derivative of an integral by that variable")
        theorems[step.name("theorem")](step, plain)
        moving.append(of[1])
    if plain.notes:
        raise No("a derivative of an integral holds off a null set only")
    letters = _letters(body, moving, x, ctx)
    kinds = {u: "positive" if holds(m, ">", ctx) else "real" for m, u in letters.items()}
    relations = tuple(_lettered(r, letters) for r in ctx.given)
    known = tuple(r for r in relations if not has(r, *_CLOSED))
    wide = Ctx({**ctx.kinds, **kinds}, ctx.functions, known)
    names = [letters[m] for m in dict.fromkeys(moving) if m in letters]
    outer = _lettered(body, letters)
    for v in (x, *names):
        open_domain(v, wide)
    if Interior(wide, (x, *names)).level(outer) < SMOOTH:
        raise No("the function is not known to be continuously differentiable there")
    back = {u: m for m, u in letters.items()}
    if substitute(outer, back) != body:
        raise No("a part depends on what is bound around it")
    terms = [mul(substitute(derivative(outer, u, wide), back), ("diff", back[u], x)) for u in names]
    need_same(body, body, ctx)
    need_same(i.term("rhs"), add(*terms, substitute(derivative(outer, x, wide), back)), ctx, "another derivative")


def _letters(t: Term, moving: list[Term], x: str, ctx: Ctx) -> dict[Term, str]:
    """A name for each integral in t; those that move are among the ones whose derivative is known."""
    out: dict[Term, str] = {}
    taken = set(free(t) | ctx.known()).union(*map(free, ctx.given), *map(free, moving))

    def go(s: Term) -> Term:
        if s[0] in _CLOSED:
            if s[0] in ("diff", "jacobian") or (x in free(s) and s not in moving):
                raise No("the derivative of a part is not known")
            if s not in out:
                out[s] = fresh(taken, "m")
                taken.add(out[s])
            return s
        return rebuild(s, go, go)

    go(t)
    return out


def _lettered(t: Term, letters: Mapping[Term, str]) -> Term:
    if t in letters:
        return sym(letters[t])
    return rebuild(t, lambda s: _lettered(s, letters), lambda s: _lettered(s, letters))
