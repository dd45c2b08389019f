r"""The chain rule through integrals: the derivative of a function of integrals, as of log ∫ p(x) k(y, x) dx by y.

``through`` {lhs, rhs, steps}: lhs is dt/dx, t a function T(x, M_1, …, M_n) of x and of integrals or expectations M_j
that depend on x. Each step is an instance of a theorem on derivatives under the integral sign (``interchange``,
``leibniz``, ``score``, ``interchange_each``, ``interchange_vector``) with dM_j/dx on the left; so M_j is differentiable
in x, on an open set of x, whatever else is given of the integrals. T is C¹ on an open set of (x, u_1, …, u_n), given by
strict relations that hold at u_j = M_j: what is given, and M_j > 0 where that is proved. M_j is continuous, so
(x', M_1(x'), …) stays in that set near x, and

    dt/dx = ∂T/∂x + Σ_j ∂T/∂u_j · dM_j/dx.

Integrals free of x are numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from symrep.claim import Context
from symrep.kernel.algebra.calculus import derivative
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.integrability import check_open
from symrep.kernel.analysis.regular import SMOOTH, Regular
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Instance
from symrep.kernel.theorems.recording import equal, noted
from symrep.kernel.theorems.summation import unused
from symrep.term import ZERO, Term, add, contains, free_symbols, map_children, mul, substitute, sym
from symrep.verdict import Reason

__all__ = ["through"]

ALLOWED: Final = ("interchange", "leibniz", "score", "interchange_each", "interchange_vector")
OPAQUE: Final = ("integral", "expect", "expect_each", "expect_sample", "push", "kl", "limit", "det", "jacobian")
Theorem = Callable[[Instance, Context], tuple[str, ...]]


def through(i: Instance, ctx: Context, theorems: Mapping[str, Theorem]) -> tuple[str, ...]:
    """See the module.

    Raises:
        NotProved: a condition is not established.
    """
    lhs, steps = i.term("lhs"), i.subs("steps")
    if lhs[0] != "diff" or lhs[1][0] in OPAQUE or not steps:
        raise NotProved("needs the derivative of a function of integrals", Reason.DOES_NOT_APPLY)
    _, body, x = lhs
    before = noted()
    plain = replace(ctx, given=tuple(r for r in ctx.given if not contains(r, (*OPAQUE, "sum", "product", "diff"))))
    check_open(x, plain)
    inner: dict[Term, str] = {}
    facts: list[str] = []
    for step in steps:
        of = step.term("lhs")
        if step.name("theorem") not in ALLOWED or of[0] != "diff" or of[2] != x or of[1][0] not in OPAQUE:
            raise NotProved(f"a step is not about the derivative of an integral by {x}", Reason.DOES_NOT_APPLY)
        facts += theorems[step.name("theorem")](step, plain)
        inner.setdefault(of[1], "")
    if noted() > before:
        raise NotProved("the derivative of an integral is known off a null set only", Reason.NOTHING_APPLIED)
    t, wide = _function(body, x, inner, ctx)
    moving = [u for m, u in inner.items() if u and x in free_symbols(m)]
    for v in (x, *moving):
        check_open(v, wide)
    Regular(wide, {}, {x, *moving}).check(t, SMOOTH)
    back = {u: m for m, u in inner.items() if u}
    if substitute(t, back) != body:
        raise NotProved("an integral in it depends on what a sum around it binds", Reason.DOES_NOT_APPLY)
    parts = [(derivative(t, u, wide), ("diff", back[u], x)) for u in moving]
    total = [mul(substitute(s, back), d) for s, d in parts if s != ZERO]
    own = derivative(t, x, wide)
    equal(body, body, ctx)
    equal(i.term("rhs"), add(*total, substitute(own, back)), ctx)
    return ("the chain rule through integrals", *dict.fromkeys(facts))


def _function(body: Term, x: str, inner: dict[Term, str], ctx: Context) -> tuple[Term, Context]:
    """T with a symbol of its own for each integral, and the context with what is known of these."""
    kinds: dict[str, str] = {}

    def named(m: Term) -> str:
        if not inner.get(m):
            if m not in inner and x in free_symbols(m):
                raise NotProved("an integral of which no derivative is shown", Reason.DOES_NOT_APPLY)
            wide = Context({**ctx.symbols, **kinds}, ctx.functions, ctx.given)
            inner[m] = unused("u", add(body, m, *(r[n] for r in ctx.given for n in (2, 3))), wide)
            kinds[inner[m]] = "positive" if prove_sign(m, ">", domain(ctx)) else "real"
        return inner[m]

    def go(s: Term) -> Term:
        if s in inner or s[0] in OPAQUE:
            return sym(named(s))
        if s[0] == "diff":
            raise NotProved("a derivative of a derivative that is not carried out", Reason.DOES_NOT_APPLY)
        return map_children(s, go, go)

    t = go(body)
    given = []
    for r in ctx.given:
        if not contains(r, (*OPAQUE, "diff")):
            given.append(r)
        elif all(m in inner for m in _outermost(r)):
            given.append(go(r))
    return t, Context({**ctx.symbols, **kinds}, ctx.functions, tuple(given), ())


def _outermost(t: Term) -> list[Term]:
    """The integrals in a relation that stand in no other one; a derivative counts as one nobody knows."""
    out: list[Term] = []

    def go(s: Term) -> Term:
        if s[0] in (*OPAQUE, "diff"):
            out.append(s)
            return s
        return map_children(s, go, go)

    go(t)
    return out
