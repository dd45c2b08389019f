"""Derivatives of terms: classical, pointwise, off the breakpoints of functions with kinks or jumps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from symrep.claim import Context
from symrep.kernel.algebra.slopes import UNARY, slopes
from symrep.kernel.fail import NotProved
from symrep.term import (
    MINUS_ONE,
    ONE,
    PI,
    ZERO,
    Term,
    add,
    div,
    fn,
    free_symbols,
    fresh,
    map_children,
    mul,
    neg,
    num,
    power,
    sqrt,
    sub,
    substitute,
    sym,
)
from symrep.verdict import Reason

__all__ = ["KINKED", "derivative", "has_kinks", "inverse_of", "partial", "slope_of_inverse", "unfold"]

#: functions whose derivative formula fails on a breakpoint set
KINKED = frozenset({"abs", "sign", "heaviside", "min", "max", "floor", "ceiling"})


def has_kinks(t: Term, x: str) -> bool:
    """Does the derivative of t in x rest on staying off breakpoints?"""
    if x not in free_symbols(t):
        return False
    if t[0] == "piecewise" or (t[0] == "fn" and t[1] in KINKED):
        return True
    if t[0] in ("add", "mul", "pow"):
        return any(has_kinks(c, x) for c in t[1:])
    if t[0] == "fn":
        return any(has_kinks(c, x) for c in t[2:])
    if t[0] == "app":
        return any(has_kinks(c, x) for c in t[3])
    if t[0] in ("diff", "sum", "vector"):
        return has_kinks(t[1], x)
    return False


def inverse_of(name: str, ctx: Context) -> str | None:
    """H when ``name`` is the declared inverse of h; of a mutual pair the first in the alphabet is h."""
    for h in sorted(ctx.functions):
        if ctx.functions[h].inverse == name and h != name:
            own = ctx.functions.get(name)
            if own is not None and own.inverse == h and name < h:
                return None
            return h
    return None


def slope_of_inverse(t: Term, ctx: Context) -> Term | None:
    """∂_j g at (y, p, …), where h is C¹ and g its declared inverse in the first of several arguments, as h says it.

    By the implicit function theorem, from h(g(y, p), p) = y: ∂_1 g = 1/∂_1 h and ∂_j g = −∂_j h/∂_1 h at (g(y, p), p).
    None for anything else than a first derivative of such a g.
    """
    _, g, orders, args = t
    h = inverse_of(g, ctx) if sum(orders) == 1 and len(args) > 1 else None
    if h is None or not all(_smooth_enough(n, 1, ctx) and ctx.functions[n].arity == len(args) for n in (g, h)):
        return None
    at = (("app", g, (0,) * len(args), args), *args[1:])
    over = power(("app", h, (1, *(0,) * (len(args) - 1)), at), MINUS_ONE)
    return over if orders[0] else mul(MINUS_ONE, ("app", h, orders, at), over)


def derivative(t: Term, x: str, ctx: Context) -> Term:
    """dt/dx.

    Raises:
        NotProved: t is not known to be differentiable, or is an integral that depends on x.
    """
    if x not in free_symbols(t):
        return ZERO
    if "integer" in ctx.symbols.get(x, ""):
        raise NotProved(f"{x} is an integer: there is no derivative in it", Reason.DOMAIN)
    head = t[0]
    if head == "sym":
        return ONE
    if head == "add":
        return _sum(derivative(c, x, ctx) for c in t[1:])
    if head == "mul":
        return _product_rule(t[1:], x, ctx)
    if head == "pow":
        return _power_rule(t[1], t[2], x, ctx)
    if head == "fn":
        return _chain(t[1], t[2:], x, ctx)
    if head == "app":
        return _undetermined(t, x, ctx)
    if head == "piecewise":
        return ("piecewise", *((c, derivative(v, x, ctx)) for c, v in t[1:]))
    if head == "diff":
        inner = derivative(t[1], t[2], ctx)
        return derivative(inner, x, ctx)
    if head == "sum" and not any(e[0] == "inf" for e in t[2][1:]):
        k, lo, hi = t[2]
        if x != k and x not in free_symbols(lo) | free_symbols(hi) and not has_kinks(t[1], x):
            return ("sum", derivative(t[1], x, ctx), t[2])
    raise NotProved(f"cannot differentiate under {head} without a theorem for it", Reason.DOES_NOT_APPLY)


def _sum(ts: Iterable[Term]) -> Term:
    return add(*(t for t in ts if t != ZERO))


def _times(*ts: Term) -> Term:
    if ZERO in ts:
        return ZERO
    return mul(*(t for t in ts if t != ONE))


def _product_rule(factors: tuple[Term, ...], x: str, ctx: Context) -> Term:
    out = []
    for i, f in enumerate(factors):
        d = derivative(f, x, ctx)
        if d != ZERO:
            out.append(_times(*factors[:i], d, *factors[i + 1 :]))
    return add(*out)


def _power_rule(b: Term, e: Term, x: str, ctx: Context) -> Term:
    if x not in free_symbols(e):
        db = derivative(b, x, ctx)
        if e == ZERO:
            return ZERO
        if e == ONE:
            return db
        if e == num(2):
            return _times(e, b, db)
        return _times(e, power(b, num(Fraction(e[1], e[2]) - 1) if e[0] == "num" else add(e, MINUS_ONE)), db)
    de = derivative(e, x, ctx)
    if x not in free_symbols(b):
        return _times(power(b, e), fn("log", b), de)
    db = derivative(b, x, ctx)
    return _times(power(b, e), _sum((_times(de, fn("log", b)), _times(e, db, power(b, MINUS_ONE)))))


def _unary(name: str, u: Term) -> Term | None:
    """The derivative of the named function at u."""
    two = num(2)
    one_minus_square = sub(ONE, power(u, two))
    table: dict[str, Callable[[], Term]] = {
        "exp": lambda: fn("exp", u),
        "log": lambda: power(u, MINUS_ONE),
        "abs": lambda: fn("sign", u),
        "sign": lambda: ZERO,
        "heaviside": lambda: ZERO,
        "floor": lambda: ZERO,
        "ceiling": lambda: ZERO,
        "sin": lambda: fn("cos", u),
        "cos": lambda: neg(fn("sin", u)),
        "tan": lambda: power(fn("cos", u), num(-2)),
        "asin": lambda: power(one_minus_square, num(-1, 2)),
        "acos": lambda: neg(power(one_minus_square, num(-1, 2))),
        "atan": lambda: power(add(ONE, power(u, two)), MINUS_ONE),
        "sinh": lambda: fn("cosh", u),
        "cosh": lambda: fn("sinh", u),
        "tanh": lambda: sub(ONE, power(fn("tanh", u), two)),
        "asinh": lambda: power(add(ONE, power(u, two)), num(-1, 2)),
        # not (u² − 1)^(−1/2), which has the wrong sign for u < −1
        "acosh": lambda: mul(power(sub(u, ONE), num(-1, 2)), power(add(u, ONE), num(-1, 2))),
        "atanh": lambda: power(one_minus_square, MINUS_ONE),
        "erf": lambda: mul(two, power(PI, num(-1, 2)), fn("exp", neg(power(u, two)))),
        "erfc": lambda: mul(num(-2), power(PI, num(-1, 2)), fn("exp", neg(power(u, two)))),
        "erfinv": lambda: mul(num(1, 2), sqrt(PI), fn("exp", power(fn("erfinv", u), two))),
        "gamma": lambda: mul(fn("gamma", u), fn("digamma", u)),
        "loggamma": lambda: fn("digamma", u),
        "digamma": lambda: fn("polygamma", ONE, u),
        "factorial": lambda: mul(fn("gamma", add(u, ONE)), fn("digamma", add(u, ONE))),
    }
    if name in UNARY:
        return UNARY[name](u)
    return table[name]() if name in table else None


def _chain(name: str, args: tuple[Term, ...], x: str, ctx: Context) -> Term:
    if len(args) == 1 and (outer := _unary(name, args[0])) is not None:
        return _times(outer, derivative(args[0], x, ctx)) if outer != ZERO else ZERO
    if name == "polygamma" and x not in free_symbols(args[0]):
        return _times(fn("polygamma", add(args[0], ONE), args[1]), derivative(args[1], x, ctx))
    if name == "beta":
        a, b = args
        return derivative(div(mul(fn("gamma", a), fn("gamma", b)), fn("gamma", add(a, b))), x, ctx)
    if name == "binomial":
        n, k = args
        low = mul(fn("gamma", add(k, ONE)), fn("gamma", add(n, neg(k), ONE)))
        return derivative(div(fn("gamma", add(n, ONE)), low), x, ctx)
    if name in ("max", "min"):
        return _extremum(name, args, x, ctx)
    moving = [i for i, a in enumerate(args) if x in free_symbols(a)]
    known = slopes(name, args)
    if all(i in known for i in moving):
        return _sum(_times(known[i], derivative(args[i], x, ctx)) for i in moving)
    raise NotProved(f"no derivative of {name} in this argument is known", Reason.DOES_NOT_APPLY)


def _extremum(name: str, args: tuple[Term, ...], x: str, ctx: Context) -> Term:
    """Branchwise: the derivative of the first argument that is attained."""
    op = ">=" if name == "max" else "<="
    pairs = []
    for i, a in enumerate(args[:-1]):
        wins = [("rel", op, a, b) for j, b in enumerate(args) if j != i]
        cond = wins[0] if len(wins) == 1 else ("and", *wins)
        pairs.append((cond, derivative(a, x, ctx)))
    return ("piecewise", *pairs, (("true",), derivative(args[-1], x, ctx)))


def _undetermined(t: Term, x: str, ctx: Context) -> Term:
    """The chain rule for f(t₁, …), with g′ = 1/h′(g) when g is the declared inverse of h."""
    _, f, orders, args = t
    h = inverse_of(f, ctx)
    if h is not None and len(args) == 1 and orders == (0,) and _smooth_enough(h, 1, ctx):
        return _times(power(("app", h, (1,), (t,)), MINUS_ONE), derivative(args[0], x, ctx))
    if (slope := slope_of_inverse(t, ctx)) is not None:
        return derivative(slope, x, ctx)
    out = []
    for i, a in enumerate(args):
        if a[0] == "vector":
            out.append(_along(t, x, ctx))
            continue
        da = derivative(a, x, ctx)
        if da == ZERO:
            continue
        raised = (*orders[:i], orders[i] + 1, *orders[i + 1 :])
        if (slope := slope_of_inverse(("app", f, raised, args), ctx)) is not None:
            out.append(_times(slope, da))
            continue
        if not _smooth_enough(f, sum(raised), ctx):
            words = f'write function("{f}", smooth={sum(raised)})'
            times = "differentiable" if sum(raised) == 1 else f"{sum(raised)} times continuously differentiable"
            raise NotProved(f"{f} is not declared {times}: {words}", Reason.NOT_DECLARED)
        out.append(_times(("app", f, raised, args), da))
    return add(*out)


def _along(t: Term, x: str, ctx: Context) -> Term:
    """Σ_k ∂_k f(…, v)·dv_k/dx, by the declared partial derivatives of f."""
    _, f, orders, args = t
    spec, v = ctx.functions.get(f), args[-1]
    if x not in free_symbols(v):
        return ZERO
    slope = ctx.functions.get(spec.slope) if spec is not None and spec.slope else None
    if spec is None or slope is None or not spec.vector or orders[-1] or not _smooth_enough(f, sum(orders) + 1, ctx):
        raise NotProved(f"{f} is not declared a differentiable function of a vector", Reason.NOT_DECLARED)
    if not slope.vector or slope.arity != spec.arity + 1:
        raise NotProved(f"{spec.slope} is not declared as the partial derivatives of {f}", Reason.NOT_DECLARED)
    k, lo, hi = v[2]
    if x == k or x in free_symbols(lo) | free_symbols(hi) or any(e[0] == "inf" for e in (lo, hi)):
        raise NotProved(f"the number of coordinates depends on {x}", Reason.DOES_NOT_APPLY)
    if has_kinks(v[1], x):
        raise NotProved("a coordinate with kinks is not differentiated", Reason.DOES_NOT_APPLY)
    new = fresh(k, {x, *ctx.symbols, *free_symbols(t), *free_symbols(v[1])})
    return (
        "sum",
        _times(partial(t, sym(new), ctx), substitute(derivative(v[1], x, ctx), {k: sym(new)})),
        (new, lo, hi),
    )


def partial(t: Term, k: Term, ctx: Context) -> Term:
    """∂_k f(…, v) for t = f(…, v)."""
    _, f, orders, args = t
    slope = ctx.functions[f].slope
    if slope is None:
        raise NotProved(f"{f} has no declared partial derivatives", Reason.NOT_DECLARED)
    return ("app", slope, (0, *orders), (k, *args))


def _smooth_enough(f: str, order: int, ctx: Context) -> bool:
    spec = ctx.functions.get(f)
    return spec is not None and spec.smooth is not None and spec.smooth >= order


def unfold(t: Term, ctx: Context) -> Term:
    """Carry out every ``diff`` node that can be differentiated pointwise; leave the others as they are."""

    def go(s: Term) -> Term:
        s = map_children(s, go, go)
        if s[0] == "diff":
            try:
                return derivative(s[1], s[2], ctx)
            except NotProved:
                return s
        return s

    return go(t)
