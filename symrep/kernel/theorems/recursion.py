"""A function defined by recursion has a closed form for every n ≥ start: by induction on n.

``recursive`` f(n, x, …) = r for every integer n ≥ start and all x, … of the kinds declared for them, where
f(start, x, …) = F and f(n + 1, x, …) = T[f(n, ·)] define f (:class:`symrep.claim.Recursion`).

Data: ``first``: a list of theorems which, applied in turn to F, lead to r at n = start; ``step``: theorems which lead
from T[f(n, ·)], with r at n put in for f there, to r at n + 1, for an integer n ≥ start of which nothing else is
assumed. In the end sums and products up to n + 1 are those up to n and one term.

Conditions: n is an integer ≥ start and x, … are different real symbols of the context; but for their kinds, positive
say, no hypothesis that speaks of one of them is used. F and T speak of n, x, … and indexed parameters only, T of f at n
only, at places that are x, … or integrated over; in the place of a positive x stands what is declared so, or integrated
over positive numbers. r is real, and the integrals of F, and of T with r put in, converge absolutely for all values: so
f(n, ·) is what the recursion says, and not 0 for want of a value. Nothing is left out: every equality holds everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from symrep.claim import Context, Recursion
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.integrability import integrable
from symrep.kernel.analysis.regular import integer_valued
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.instance import Instance, check_binders
from symrep.kernel.theorems.recording import equal, noted
from symrep.kernel.theorems.summation import without
from symrep.term import ONE, Term, add, free_symbols, map_children, mul, num, sub, substitute, sym, walk
from symrep.verdict import Reason

__all__ = ["parameters_of", "recursive"]

#: one theorem applied to a term: the term after, facts, and whether that holds almost everywhere only
Apply = Callable[[Instance, Term, Context], tuple[Term, tuple[str, ...], bool]]
#: what an argument may be declared to be
_KINDS = ("real", "positive", "nonnegative", "negative", "nonzero", "unit")
_BINDING_ONLY_NUMBERS = ("integral", "sum", "product")
_REFUSED = ("law", "iprod", "diff", "push", "kl", "sample_mean", "expect", "expect_sample", "expect_each", "limit")


def parameters_of(r: Recursion) -> frozenset[str]:
    """The indexed parameters a recursion speaks of."""
    return (free_symbols(r.first) - set(r.arguments)) | (free_symbols(r.next) - {r.index, *r.arguments})


def recursive(i: Instance, ctx: Context, apply: Apply) -> tuple[tuple[str, ...], bool]:
    """See the module; the facts used, and False: nothing is left out."""
    lhs, rhs = i.term("lhs"), i.term("rhs")
    if lhs[0] != "app" or lhs[1] not in ctx.functions or any(lhs[2]):
        raise NotProved("needs a function defined by recursion on the left", Reason.DOES_NOT_APPLY)
    r = ctx.functions[lhs[1]].recursion
    if r is None or len(lhs[3]) != 1 + len(r.arguments) or any(a[0] != "sym" for a in lhs[3]):
        raise NotProved("needs a function defined by recursion, at symbols", Reason.DOES_NOT_APPLY)
    n, *xs = (a[1] for a in lhs[3])
    _of_a_kind(r, n, xs, ctx)
    _speaks_plainly(lhs[1], r, n, xs, rhs)
    if not prove_sign(add(sym(n), num(-r.start)), ">=", domain(ctx)):
        raise NotProved(f"{n} may lie below the start of the recursion", Reason.DOMAIN)
    before = noted()
    base, later = _contexts(r.start, n, xs, ctx)
    kinds = [ctx.symbols[x] for x in xs]
    named = {a: sym(x) for a, x in zip(r.arguments, xs, strict=True)}
    facts, almost = _leads(i.subs("first"), substitute(r.first, named), substitute(rhs, {n: num(r.start)}), base, apply)
    put_in = _put_in(substitute(r.next, {r.index: sym(n), **named}), lhs[1], n, xs, rhs)
    _stays_inside(substitute(r.next, named), lhs[1], kinds, later)
    goal = substitute(rhs, {n: add(sym(n), ONE)})
    more, also = _leads(i.subs("step"), put_in, goal, later, apply, n)
    if not prove_sign(add(mul(rhs, rhs), ONE), ">", domain(later)):
        raise NotProved("what the function is to be equal to is not known to be real", Reason.DOMAIN)
    if almost or also or noted() > before:
        raise NotProved("an induction on what is defined by recursion leaves nothing out", Reason.DOMAIN)
    return (f"by induction on {n}", *facts, *more), False


def _of_a_kind(r: Recursion, n: str, xs: list[str], ctx: Context) -> None:
    if "integer" not in ctx.symbols.get(n, "") or any(ctx.symbols.get(x) not in _KINDS for x in xs):
        raise NotProved("a recursion runs over an integer, and real numbers besides", Reason.DOMAIN)
    if len({n, *xs}) != 1 + len(xs) or len({r.index, *r.arguments}) != 1 + len(r.arguments):
        raise NotProved("the index and the arguments of a recursion are different symbols", Reason.DOMAIN)
    families = {s[1] for t in (r.first, r.next) for s in walk(t) if s[0] == "index"}
    plain = {s[1] for t in (r.first, r.next) for s in walk(t) if s[0] == "sym"}
    others = parameters_of(r)
    if not others <= families or others & (plain | {n, *xs}) or r.index in free_symbols(r.first):
        raise NotProved("a recursion speaks of its index, its arguments and indexed parameters only", Reason.DOMAIN)
    if any(b not in ctx.symbols for b in others):
        raise NotProved("nothing is said of a parameter of the recursion", Reason.DOMAIN)


def _speaks_plainly(f: str, r: Recursion, n: str, xs: list[str], rhs: Term) -> None:
    """No laws, derivatives or limits; no infinite sum; f in T only; nothing of the claim is bound in what is put in."""
    for t in (r.first, r.next, rhs):
        for s in walk(t):
            own = {b[0] for b in s[2:]} if s[0] in _BINDING_ONLY_NUMBERS else set()
            if s[0] in _REFUSED or own & {n, r.index} or (s[0] == "index" and s[1] in (n, *xs)):
                raise NotProved("a recursion is for terms without laws, derivatives or a binder of its index")
            if s[0] in ("sum", "product") and any(e[0] == "inf" for b in s[2:] for e in b[1:]):
                raise NotProved("a recursion is for terms without infinite sums")
            if s[0] == "app" and (s[1] != f or t is not r.next):
                raise NotProved("a recursion is for terms without other undetermined functions", Reason.DOES_NOT_APPLY)


def _contexts(start: int, n: str, xs: list[str], ctx: Context) -> tuple[Context, Context]:
    """For the first value, and for the step from an n ≥ start; what else is said of n and x, … is forgotten."""
    base = ctx
    for name in (n, *xs):
        base = without(base, name)
    base = replace(base, symbols={**base.symbols, **{x: ctx.symbols[x] for x in xs}})
    kind = {0: "nonnegative integer", 1: "positive integer"}.get(start, "integer")
    given = base.given if start in (0, 1) else (*base.given, ("rel", ">=", sym(n), num(start)))
    return base, replace(base, symbols={**base.symbols, n: kind}, given=given)


def _stays_inside(t: Term, f: str, kinds: list[str], ctx: Context) -> None:
    """The function is taken at places as narrow as the arguments they stand for: these, or what is integrated over a
    part of the kind."""

    def go(s: Term, over: tuple[Term, ...]) -> Term:
        if s[0] == "app" and s[1] == f:
            for place, kind in zip(s[3][1:], kinds, strict=True):
                if kind != "real":
                    _within(place, kind, over, ctx)
        deeper = (*over, s) if s[0] in _BINDING_ONLY_NUMBERS else over
        map_children(s, lambda c: go(c, over), lambda c: go(c, deeper))
        return s

    go(t, ())


def _within(place: Term, kind: str, over: tuple[Term, ...], ctx: Context) -> None:
    x = place[1] if place[0] == "sym" else ""
    binder = next((s for s in reversed(over) if x in {b[0] for b in s[2:]}), None)
    if binder is not None and binder[0] == "integral":
        check_binders((binder,), replace(ctx, symbols={**ctx.symbols, x: kind}))
    elif binder is not None or ctx.symbols.get(x) != kind:
        raise NotProved(f"the recursion is to hold for what is {kind}, and leads out of that", Reason.DOMAIN)


def _put_in(t: Term, f: str, n: str, xs: list[str], rhs: Term) -> Term:
    """T with r(n, y, …) for every f(n, y, …)."""
    bound = {"integral": set[str](), "other": set[str]()}
    for s in walk(t):
        if s[0] in _BINDING_ONLY_NUMBERS:
            bound["integral" if s[0] == "integral" else "other"] |= {b[0] for b in s[2:]}
    over = bound["integral"] - bound["other"]
    if (bound["integral"] | bound["other"]) & ({n} | (free_symbols(rhs) - set(xs))):
        raise NotProved("a variable bound in the recursion also occurs in the claim; rename one", Reason.DOMAIN)

    def go(s: Term) -> Term:
        if s[0] != "app":
            return map_children(s, go, go)
        first, *rest = s[3]
        if any(s[2]) or first != sym(n) or len(rest) != len(xs):
            raise NotProved(f"the recursion speaks of {f} at {n} only", Reason.DOES_NOT_APPLY)
        if any(a[0] != "sym" or a[1] not in over | set(xs) for a in rest):
            raise NotProved(
                "the arguments of a recursion are symbols, its own or integrated over", Reason.DOES_NOT_APPLY
            )
        return substitute(rhs, dict(zip(xs, rest, strict=True)))

    return go(t)


def _leads(
    steps: tuple[Instance, ...], term: Term, goal: Term, ctx: Context, apply: Apply, n: str | None = None
) -> tuple[tuple[str, ...], bool]:
    check_binders((term, goal), ctx)
    facts, almost = _converges(term, ctx), False
    for step in steps:
        check_binders((step.term("lhs"), step.term("rhs")), ctx)
        term, more, also = apply(step, term, ctx)
        check_binders((term,), ctx)
        facts, almost = (*facts, *more), almost or also
    if n is not None:
        term, goal = _peeled(term, n, ctx), _peeled(goal, n, ctx)
    equal(term, goal, ctx)
    return facts, almost


def _converges(t: Term, ctx: Context) -> tuple[str, ...]:
    """Every integral of the term, none inside another binder."""
    facts: list[str] = []
    for s in walk(t):
        inner = [c for c in walk(s[1]) if c[0] == "integral"] if s[0] in _BINDING_ONLY_NUMBERS else []
        if inner:
            raise NotProved("a recursion is for integrals that do not stand inside one another", Reason.DOES_NOT_APPLY)
        if s[0] == "integral":
            facts.append(integrable(s[1], s[2:], ctx).text)
    return tuple(facts)


def _peeled(t: Term, n: str, ctx: Context) -> Term:
    """Σ_{lo}^{n+1} as Σ_{lo}^{n} and its last term, products likewise, where lo ≤ n + 1."""
    after, up = add(sym(n), ONE), (add(sym(n), ONE), add(ONE, sym(n)))

    def go(s: Term) -> Term:
        if s[0] in ("sum", "product") and len(s) == 3 and s[2][2] in up:
            k, lo, _ = s[2]
            if integer_valued(lo, ctx) and prove_sign(sub(after, lo), ">=", domain(ctx)):
                parts = ((s[0], s[1], (k, lo, sym(n))), substitute(s[1], {k: after}))
                return add(*parts) if s[0] == "sum" else mul(*parts)
        return map_children(s, go, go)

    return go(t)
