"""``recursive``: what a function defined by recursion is, at every n ≥ start and all arguments of their kinds.

f(n, x, …) = r, if the theorems under ``first`` lead from the recursion's first term to r at the start, and those under
``step`` from its second, f(n, y, …) there replaced by r at (n, y, …), to r at n + 1; for n an integer ≥ start and x of
the kinds declared, of which nothing else is known; a y that is put in for a positive x is one too, or integrated over
such.
What the recursion says must have a real value at each stage: its integrals converge, and r is real. No equality on the
way may hold almost everywhere only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from symrep.audit.context import Ctx, Recursive
from symrep.audit.data import ONE, No, Term, add, binding, free, mul, num, rebuild, sub, substitute, sym, walk
from symrep.audit.instance import Data
from symrep.audit.integrability import integrable
from symrep.audit.normal import need_same
from symrep.audit.regular import proved, whole
from symrep.audit.signs import holds

__all__ = ["made_of", "recursive"]

Apply = Callable[[Data, Term, Ctx], Term]
Fits = Callable[[list[Term], Ctx], None]
#: heads of which the terms of a recursion are made
_PLAIN: Final = frozenset(
    "num sym index const add mul pow fn app piecewise rel and or not true integral sum product inf".split()
)
#: kinds of real numbers, none of them integers
_REAL: Final = {"real", "positive", "nonnegative", "negative", "nonzero", "unit"}
_COUNTED: Final = ("sum", "product")


def made_of(r: Recursive) -> frozenset[str]:
    """The names a recursion does not bind itself."""
    return (free(r.first) - set(r.arguments)) | (free(r.following) - {r.index, *r.arguments})


def recursive(i: Data, ctx: Ctx, apply: Apply, fits: Fits) -> None:
    """Raises No unless lhs = rhs by the recursion of the function on the left."""
    lhs, r = i.term("lhs"), i.term("rhs")
    spec = ctx.functions.get(lhs[1]) if lhs[0] == "app" else None
    if spec is None or spec.recursion is None or any(lhs[2]) or any(a[0] != "sym" for a in lhs[3]):
        raise No("the left side is no function defined by recursion, at symbols")
    own, names = spec.recursion, [a[1] for a in lhs[3]]
    if len(names) != spec.arity or len(set(names)) != len(names) or len({own.index, *own.arguments}) != spec.arity:
        raise No("the symbols of a recursion are different, one for each argument")
    n, xs = names[0], names[1:]
    if "integer" not in (ctx.kind_of(n) or "") or not {ctx.kind_of(x) for x in xs} <= _REAL:
        raise No("a recursion runs over an integer and real numbers")
    if any(b.name in names for b in ctx.bound):
        raise No("a recursion is not unrolled at bound variables", covered=False)
    if not proved(sub(sym(n), num(own.start)), ">=", ctx):
        raise No(f"{n} may lie below the start of the recursion")
    _well_formed(own, lhs[1], names, r, ctx)
    kinds = {x: ctx.kind_of(x) or "" for x in xs}
    here = _forgetful(ctx, names, kinds)
    there = here.with_kind(n, {0: "nonnegative integer", 1: "positive integer"}.get(own.start, "integer"))
    if own.start not in (0, 1):
        there = there.assume(sym(n), ">=", num(own.start))
    noted = len(ctx.notes)
    spelled = {a: sym(x) for a, x in zip(own.arguments, xs, strict=True)}
    _lead(i.subs("first"), substitute(own.first, spelled), substitute(r, {n: num(own.start)}), here, apply, fits, None)
    line = _with_values(substitute(own.following, {own.index: sym(n), **spelled}), n, kinds, r, there, fits)
    _lead(i.subs("step"), line, substitute(r, {n: add(sym(n), ONE)}), there, apply, fits, n)
    if not holds(add(mul(r, r), ONE), ">", there):
        raise No("what is claimed of the function is not known to be real")
    if len(ctx.notes) > noted or here.notes is not ctx.notes or there.notes is not ctx.notes:
        raise No("a recursion leaves no null set out")


def _well_formed(own: Recursive, f: str, names: list[str], r: Term, ctx: Ctx) -> None:
    parts = (own.first, own.following, r)
    nodes = [s for t in parts for s in walk(t)]
    if any(s[0] not in _PLAIN for s in nodes):
        raise No("a recursion is made of numbers, functions, finite sums and integrals")
    if any(s[0] in _COUNTED and "inf" in (b[1][0], b[2][0]) for s in nodes for b in binding(s)):
        raise No("an infinite sum in a recursion", covered=False)
    if any(s[0] == "app" and s[1] != f for s in nodes) or any(s[0] == "app" for t in (own.first, r) for s in walk(t)):
        raise No("a recursion speaks of no other undetermined function", covered=False)
    rest = made_of(own)
    families = {s[1] for t in parts[:2] for s in walk(t) if s[0] == "index"}
    single = {s[1] for t in parts[:2] for s in walk(t) if s[0] == "sym"}
    if not rest <= families or rest & (single | set(names)) or own.index in free(own.first):
        raise No("besides its index and its arguments a recursion speaks of indexed parameters only")
    if not rest <= set(ctx.kinds) or any(s[0] == "index" and s[1] in names for s in nodes):
        raise No("a family is not declared, or has the name of an argument")
    bound = {b[0] for t in parts for s in walk(t) for b in binding(s)}
    if bound & {names[0], own.index} or bound & (free(r) - set(names)):
        raise No("a bound variable has the name of something in the claim")


def _forgetful(ctx: Ctx, names: list[str], kinds: dict[str, str]) -> Ctx:
    """Of these names nothing is known but the kinds of the arguments."""
    for name in names:
        ctx = ctx.without(name)
    given = tuple(g for g in ctx.given if not free(g) & set(names))
    facts = tuple(g for g in ctx.facts if not free(g) & set(names))
    return replace(ctx, kinds={**ctx.kinds, **kinds}, given=given, facts=facts, memory={})


def _with_values(t: Term, n: str, kinds: dict[str, str], r: Term, ctx: Ctx, fits: Fits) -> Term:
    """r(n, y, …) for f(n, y, …), where every y is one of the xs or integrated over, and of the kind of its place."""
    xs = list(kinds)

    def narrow(y: str, kind: str, around: tuple[Term, ...]) -> None:
        own = [s for s in around if y in {b[0] for b in binding(s)}]
        if own:
            fits([own[-1]], ctx.with_kind(y, kind))
        elif ctx.kinds.get(y) != kind:
            raise No("a recursion leads out of the kind of its argument")

    def go(s: Term, over: frozenset[str], around: tuple[Term, ...] = ()) -> Term:
        if s[0] == "app":
            first, rest = s[3][0], s[3][1:]
            if any(s[2]) or first != sym(n) or len(rest) != len(xs):
                raise No("a recursion speaks of the function at the index before only")
            if any(a[0] != "sym" or a[1] not in over for a in rest):
                raise No("a recursion takes the function at its arguments and at what is integrated over")
            for x, a in zip(xs, rest, strict=True):
                if kinds[x] != "real":
                    narrow(a[1], kinds[x], around)
            values: Mapping[str, Term] = dict(zip(xs, rest, strict=True))
            return substitute(r, values)
        bound = {b[0] for b in binding(s)}
        deep = over | bound if s[0] == "integral" else over - bound
        return rebuild(s, lambda c: go(c, over, around), lambda c: go(c, deep, (*around, s) if bound else around))

    return go(t, frozenset(xs))


def _lead(steps: Iterable[Data], line: Term, goal: Term, ctx: Ctx, apply: Apply, fits: Fits, last: str | None) -> None:
    fits([line, goal], ctx)
    for s in walk(line):
        if s[0] == "integral":
            integrable(s[1], s[2:], ctx)
        if binding(s) and any(c[0] == "integral" for c in walk(s[1])):
            raise No("an integral inside another binder", covered=False)
    for step in steps:
        fits([step.term("lhs"), step.term("rhs")], ctx)
        line = apply(step, line, ctx)
        fits([line], ctx)
    if last is not None:
        line, goal = _one_less(line, last, ctx), _one_less(goal, last, ctx)
    need_same(line, goal, ctx, "the recursion leads to another value")


def _one_less(t: Term, n: str, ctx: Ctx) -> Term:
    """The last term of sums and factor of products up to n + 1, taken out where the range has one."""
    top = add(sym(n), ONE)

    def go(s: Term) -> Term:
        if s[0] in _COUNTED and len(s) == 3:
            k, lo, hi = s[2]
            if hi in (top, add(ONE, sym(n))) and whole(lo, ctx) and proved(sub(top, lo), ">=", ctx):
                out, one = (s[0], s[1], (k, lo, sym(n))), substitute(s[1], {k: top})
                return add(out, one) if s[0] == "sum" else mul(out, one)
        return rebuild(s, go, go)

    return go(t)
