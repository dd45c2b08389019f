"""Jumps of an integrand that move with a parameter: are they really there, or do both sides meet?

A sign, step or condition with argument a(θ, x), linear in a variable of integration x with a slope proved nonzero, may
jump at x = r. Both sides (and the value on the boundary) are formed by putting the value of the step; if the three are
proved equal at x = r the integrand is continuous there, and being locally Lipschitz on the closed side a ≥ 0 and on
a ≤ 0 it is locally Lipschitz (compare through a point of a = 0 between). If they are proved different, r is proved to
lie inside the interval and to move with θ, and both sides are continuous, then x ↦ h(θ, x) is discontinuous in θ for
all x of an open set: no dominating function exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from symrep.claim import Context
from symrep.kernel.algebra.calculus import derivative
from symrep.kernel.algebra.everywhere import equal_everywhere, polynomial_everywhere
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.nullsets import jump_conditions
from symrep.kernel.analysis.regular import CONTINUOUS, Regular
from symrep.kernel.fail import NotProved
from symrep.term import Term, div, free_symbols, map_children, neg, num, sub, substitute, walk
from symrep.verdict import Reason

__all__ = ["removable_jumps", "settle"]

Box = Mapping[str, tuple[Term, Term]]


@dataclass(frozen=True)
class _Step:
    atom: Term
    argument: Term
    x: str
    root: Term
    slope: int


def settle(t: Term, values: Mapping[Term, int]) -> Term:
    """Replace steps and conditions by what they are when their argument has the given sign."""

    def truth(c: Term) -> Any:
        if c in values:
            s = values[c]
            known: bool = {"<": s < 0, "<=": s <= 0, ">": s > 0, ">=": s >= 0, "==": s == 0, "!=": s != 0}[c[1]]
            return known
        if c == ("true",):
            return True
        if c[0] == "not":
            v = truth(c[1])
            return ("not", v) if not isinstance(v, bool) else not v
        if c[0] in ("and", "or"):
            parts = [truth(d) for d in c[1:]]
            decisive = c[0] == "or"
            if any(p is decisive for p in parts):
                return decisive
            rest = tuple(p for p in parts if not isinstance(p, bool))
            return not decisive if not rest else rest[0] if len(rest) == 1 else (c[0], *rest)
        return c

    def go(s: Term) -> Term:
        if s in values and s[0] == "fn":
            sign = values[s]
            return num(sign) if s[1] == "sign" else num(sign + 1, 2)
        if s[0] != "piecewise":
            return map_children(s, go, go)
        pairs = []
        for c, v in s[1:]:
            held = truth(c)
            if held is True:
                pairs.append((("true",), go(v)))
                break
            if not isinstance(held, bool):
                pairs.append((held, go(v)))
        if not pairs:
            raise NotProved("a piecewise function is not defined everywhere")
        return pairs[0][1] if pairs[0][0] == ("true",) else ("piecewise", *pairs)

    return go(t)


def _locate(atom: Term, a: Term, box: Box, ctx: Context) -> _Step:
    dom = domain(ctx, dict(box))
    for x in box:
        if x not in free_symbols(a):
            continue
        cs = polynomial_everywhere(a, x, ctx, box)
        if cs is None or len(cs) != 2:
            continue
        slope = 1 if prove_sign(cs[1], ">", dom) else -1 if prove_sign(cs[1], "<", dom) else 0
        if slope:
            return _Step(atom, a, x, neg(div(cs[0], cs[1])), slope)
    raise NotProved("a step may jump where its argument vanishes, and that place is not known", Reason.JUMP)


def removable_jumps(body: Term, box: Box, theta: str, ctx: Context) -> list[Term]:
    """The arguments of steps that move with θ, all of them proved to leave the integrand continuous.

    Raises:
        NotProved: ``Reason.JUMP``; definite if a jump was proved to be there and to move.
    """
    for s in walk(body):
        if s[0] == "fn" and s[1] in ("floor", "ceiling") and theta in free_symbols(s):
            raise NotProved(f"{s[1]} jumps at places that move with {theta}", Reason.JUMP)
    dom = domain(ctx, dict(box))
    moving = [
        (atom, a) for atom, a in jump_conditions(body) if theta in free_symbols(a) and not prove_sign(a, "!=", dom)
    ]
    steps = [_locate(atom, a, box, ctx) for atom, a in moving]
    groups: list[list[_Step]] = []
    for step in steps:
        for g in groups:
            if g[0].x == step.x and equal_everywhere(g[0].root, step.root, ctx, box):
                g.append(step)
                break
        else:
            groups.append([step])
    for g in groups:
        x, root = g[0].x, g[0].root
        left, at, right = (settle(body, {s.atom: side * s.slope for s in g}) for side in (-1, 0, 1))
        others = {k: v for k, v in box.items() if k != x}
        here = [substitute(v, {x: root}) for v in (left, at, right)]
        if equal_everywhere(here[0], here[2], ctx, others) and equal_everywhere(here[1], here[2], ctx, others):
            continue
        if len(box) == 1 and _really_jumps(left, right, here, x, root, box, theta, ctx):
            raise NotProved(
                f"the integrand jumps where {x} passes a point that moves with {theta}", Reason.JUMP, definite=True
            )
        raise NotProved(f"the integrand may jump at a place that moves with {theta}", Reason.JUMP)
    return [s.argument for s in steps]


def _really_jumps(
    left: Term, right: Term, here: list[Term], x: str, root: Term, box: Box, theta: str, ctx: Context
) -> bool:
    lo, hi = box[x]
    dom = domain(ctx, {})
    if not (lo[0] == "inf" or prove_sign(sub(root, lo), ">", dom)):
        return False
    if not (hi[0] == "inf" or prove_sign(sub(hi, root), ">", dom)):
        return False
    try:
        if not prove_sign(derivative(root, theta, ctx), "!=", dom):
            return False
        for side in (left, right):
            Regular(ctx, box, {x, theta}).check(side, CONTINUOUS)
    except NotProved:
        return False
    return prove_sign(sub(here[2], here[0]), "!=", dom)
