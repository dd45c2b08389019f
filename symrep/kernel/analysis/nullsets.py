"""Where a term may fail to be smooth, and whether that is a null set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from symrep.claim import Context
from symrep.kernel.algebra.calculus import derivative
from symrep.kernel.algebra.everywhere import polynomial_everywhere
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.regular import SMOOTH, Regular
from symrep.kernel.fail import NotProved
from symrep.term import Term, free_symbols, sub, walk
from symrep.verdict import Reason

__all__ = ["jump_conditions", "kink_arguments", "null_zero_set"]


def jump_conditions(t: Term) -> list[tuple[Term, Term]]:
    """(jumping subterm, argument at whose zero it jumps): signs, steps, relations inside piecewise conditions."""
    out: list[tuple[Term, Term]] = []
    for s in walk(t):
        if s[0] == "fn" and s[1] in ("sign", "heaviside"):
            out.append((s, s[2]))
        elif s[0] == "rel":
            out.append((s, sub(s[2], s[3])))
    return list(dict.fromkeys(out))


def kink_arguments(t: Term) -> list[Term]:
    out = [a for _, a in jump_conditions(t)]
    for s in walk(t):
        if s[0] == "fn" and s[1] == "abs":
            out.append(s[2])
        elif s[0] == "fn" and s[1] in ("min", "max"):
            out += [sub(c, d) for i, c in enumerate(s[2:]) for d in s[3 + i :]]
        elif s[0] == "fn" and s[1] in ("floor", "ceiling"):
            raise NotProved(f"{s[1]} has too many jumps", Reason.JUMP)
    return out


def null_zero_set(a: Term, names: Iterable[str], ctx: Context, box: Mapping[str, tuple[Term, Term]]) -> bool:
    """Is {x : a = 0} of measure zero, for every value of the parameters? True only if proved."""
    dom = domain(ctx, dict(box))
    if prove_sign(a, "!=", dom):
        return True
    if a[0] == "mul":
        return all(null_zero_set(c, names, ctx, box) for c in a[1:])
    if a[0] == "pow" and a[2][0] == "num":
        return null_zero_set(a[1], names, ctx, box)
    for x in names:
        if x not in free_symbols(a):
            continue
        coefficients = polynomial_everywhere(a, x, ctx, box)
        if coefficients is not None and any(prove_sign(c, "!=", dom) for c in coefficients):
            return True  # a nonzero polynomial in x has finitely many zeros; Fubini over the other variables
        try:
            Regular(ctx, box, {x}).check(a, SMOOTH)
            slope = derivative(a, x, ctx)
        except NotProved:
            continue
        if prove_sign(slope, "!=", dom):
            return True  # strictly monotone in x
    return False
