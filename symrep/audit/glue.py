r"""Steps that move with a parameter but where both sides meet, so that the whole is continuous all the same.

A step asks for the sign of a(θ, x) = c₀ + c₁ x with c₁ of one sign, so a = 0 at x = r = −c₀/c₁ only. The integrand is
formed with a < 0, a = 0 and a > 0 put in; if the three are equal at x = r, for all values of everything else, it is
continuous across a = 0. Being Lipschitz in θ on either side, up to the edge, it is Lipschitz: two points on different
sides have a point of a = 0 between them. Steps with the same r are put in together. Two different r must never meet.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from symrep.audit.context import Ctx
from symrep.audit.data import MINUS, No, Term, div, free, mul, num, rebuild, sub, substitute, walk
from symrep.audit.normal import coefficients, same_everywhere
from symrep.audit.signs import nonzero, sign

__all__ = ["glued_steps", "settled"]


def _steps(t: Term) -> list[tuple[Term, Term]]:
    """(what jumps, what it asks the sign of)."""
    out = []
    for s in walk(t):
        if s[0] == "fn" and s[1] in ("sign", "heaviside"):
            out.append((s, s[2]))
        elif s[0] == "rel":
            out.append((s, sub(s[2], s[3])))
    return list(dict.fromkeys(out))


def settled(t: Term, signs: Mapping[Term, int]) -> Term:
    """The term with what its steps are when the arguments have the given signs."""

    def truth(c: Term) -> bool | Term:
        if c in signs:
            s = signs[c]
            known: bool = {"<": s < 0, "<=": s <= 0, ">": s > 0, ">=": s >= 0, "==": s == 0, "!=": s != 0}[c[1]]
            return known
        if c[0] == "true":
            return True
        if c[0] == "not":
            inner = truth(c[1])
            return not inner if isinstance(inner, bool) else ("not", inner)
        if c[0] in ("and", "or"):
            parts = [truth(d) for d in c[1:]]
            decisive: bool = c[0] == "or"
            if any(p is decisive for p in parts):
                return decisive
            rest = [p for p in parts if not isinstance(p, bool)]
            return (c[0], *rest) if rest else not decisive
        return c

    def go(s: Term) -> Term:
        if s in signs and s[0] == "fn":
            return num(signs[s]) if s[1] == "sign" else num(signs[s] + 1, 2)
        if s[0] != "piecewise":
            return rebuild(s, go, go)
        pairs: list[tuple[Term, Term]] = []
        for c, v in s[1:]:
            held = truth(c)
            if held is False:
                continue
            pairs.append((("true",) if held is True else held, go(v)))
            if held is True:
                break
        if not pairs:
            raise No("a case distinction does not cover everything")
        return pairs[0][1] if pairs[0][0] == ("true",) else ("piecewise", *pairs)

    return go(t)


def glued_steps(t: Term, box: Mapping[str, tuple[Term, Term]], theta: str, ctx: Ctx) -> list[Term]:
    """The arguments of steps that move with θ at whose zeros t is continuous. Those of other steps are left out."""
    inside = ctx.inside(box)
    groups: list[tuple[str, Term, list[tuple[Term, Term, int]]]] = []
    for atom, a in _steps(t):
        if theta not in free(a) or nonzero(a, inside):
            continue
        found = _root(a, box, inside)
        if found is None:
            return []
        x, root, slope = found
        for y, other, members in groups:
            if x == y and same_everywhere(root, other, inside):
                members.append((atom, a, slope))
                break
        else:
            groups.append((x, root, [(atom, a, slope)]))
    for (x, r, _), (y, q, _) in combinations(groups, 2):
        if x != y or not nonzero(sub(r, q), inside):
            return []
    for x, root, members in groups:
        others = ctx.inside({k: v for k, v in box.items() if k != x})
        left, at, right = (
            substitute(settled(t, {atom: side * slope for atom, _, slope in members}), {x: root}) for side in (-1, 0, 1)
        )
        if not (same_everywhere(left, right, others) and same_everywhere(at, right, others)):
            return []
    return [a for _, _, members in groups for _, a, _ in members]


def _root(a: Term, box: Mapping[str, tuple[Term, Term]], inside: Ctx) -> tuple[str, Term, int] | None:
    for x in box:
        if x not in free(a):
            continue
        cs = coefficients(a, x, inside)
        if cs is None or len(cs) != 2:
            continue
        slope = sign(cs[1], inside)
        if slope in ({1}, {-1}):
            return x, mul(MINUS, div(cs[0], cs[1])), next(iter(slope))
    return None
