"""An integrand in another variable: y = h(x, p) for an h that is declared to map the line onto itself.

h(·, p) is C¹ with a C¹ inverse g(·, p), so ∫ |f(x)| dx over (a, b) is ∫ |f(g(y, p))| |∂_1 g(y, p)| dy over the interval
between h(a, p) and h(b, p): both are finite or neither is. Nothing else is said of the two, not even their signs.
"""

from __future__ import annotations

from collections.abc import Iterator

from symrep.claim import Context
from symrep.kernel.algebra.calculus import derivative
from symrep.kernel.algebra.normal import prove_equal, simplify
from symrep.kernel.algebra.signs import domain
from symrep.kernel.fail import NotProved
from symrep.term import Term, free_symbols, fresh, map_children, mul, substitute, sym, walk

__all__ = ["straightened"]

Binding = tuple[str, Term, Term]


def straightened(body: Term, binding: Binding, ctx: Context) -> Iterator[tuple[Term, Binding]]:
    """The integrand, and the range, in each of the variables h(x, p) that occur in it."""
    x, lo, hi = binding
    seen: list[Term] = []
    if any(s[0] in ("diff", "jacobian") for s in walk(body)):
        return  # what is put in for x would move with the parameter
    for s in walk(body):
        if s[0] != "app" or s in seen or not _moves_along(s, x, ctx):
            continue
        seen.append(s)
        spec = ctx.functions[s[1]]
        y = fresh("y", {x, *ctx.symbols, *free_symbols(body), *free_symbols(lo), *free_symbols(hi)})
        back = ("app", spec.inverse, s[2], (sym(y), *s[3][1:]))
        up = spec.monotone == "increasing"
        ends = [(("inf", e[1] if up else -e[1]) if e[0] == "inf" else substitute(s, {x: e})) for e in (lo, hi)]
        low, high = ends if up else reversed(ends)
        try:
            found = _undone(mul(substitute(body, {x: back}), derivative(back, y, ctx)), ctx)
            short = simplify(found, domain(ctx, {y: (low, high)}))
            same = prove_equal(found, short, ctx, {y: (low, high)})
        except NotProved:
            continue
        yield (found if same.almost_everywhere and not same.fibrewise else short), (y, low, high)


def _undone(t: Term, ctx: Context) -> Term:
    """Every h(g(u, p), p), one of the two declared the inverse of the other, as the u that it is."""

    def go(s: Term) -> Term:
        s = map_children(s, go, go)
        if s[0] == "app" and not any(s[2]) and s[3][0][0] == "app":
            inner = s[3][0]
            specs = [ctx.functions.get(n) for n in (s[1], inner[1])]
            mutual = any(f is not None and f.inverse == n for f, n in zip(specs, (inner[1], s[1]), strict=True))
            if mutual and inner[2] == s[2] and inner[3][1:] == s[3][1:]:
                out: Term = inner[3][0]
                return out
        return s

    return go(t)


def _moves_along(s: Term, x: str, ctx: Context) -> bool:
    """Is it h(x, p), p free of x, with a declared inverse, both of them C¹?"""
    _, h, orders, args = s
    spec = ctx.functions.get(h)
    if any(orders) or args[0] != sym(x) or any(x in free_symbols(a) for a in args[1:]):
        return False
    if spec is None or spec.inverse is None or spec.monotone is None:
        return False
    own = ctx.functions.get(spec.inverse)
    if own is None or not spec.arity == own.arity == len(args):
        return False
    return (spec.smooth or 0) >= 1 and (own.smooth or 0) >= 1
