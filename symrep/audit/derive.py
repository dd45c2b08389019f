"""Derivatives of terms, point by point; and the points off which the formula may fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from symrep.audit.context import Ctx
from symrep.audit.data import (
    HALF,
    MINUS,
    ONE,
    PI,
    TWO,
    ZERO,
    No,
    Term,
    add,
    div,
    fn,
    free,
    fresh,
    mul,
    neg,
    num,
    power,
    sqrt,
    sub,
    substitute,
    sym,
)

__all__ = ["breakpoints", "derivative", "inverse_of", "order_of", "partial_of_inverse", "slope_of", "smooth_enough"]


def smooth_enough(f: str, order: int, ctx: Ctx) -> bool:
    spec = ctx.functions.get(f)
    return spec is not None and spec.smooth is not None and spec.smooth >= order


def inverse_of(g: str, ctx: Ctx) -> str | None:
    """H when g is the declared inverse of h. Of two that name each other the first in the alphabet is h."""
    for h in sorted(ctx.functions):
        if h != g and ctx.functions[h].inverse == g:
            back = ctx.functions[g].inverse if g in ctx.functions else None
            return None if back == h and g < h else h
    return None


def slope_of(t: Term, k: Term, ctx: Ctx) -> Term:
    """∂_k f(p, …, v) of t = f(p, …, v), as it is declared."""
    _, f, orders, args = t
    spec = ctx.functions.get(f)
    by = ctx.functions.get(spec.slope) if spec is not None and spec.slope else None
    if spec is None or by is None or not (spec.vector and by.vector) or by.arity != spec.arity + 1 or orders[-1]:
        raise No(f"no partial derivatives of {f} are declared")
    if not smooth_enough(f, sum(orders) + 1, ctx):
        raise No(f"{f} is not declared to be differentiable")
    return ("app", spec.slope, (0, *orders), (k, *args))


def order_of(f: str, ctx: Ctx) -> int:
    """N if f stands for the n-th partial derivatives of a C^n function, 0 if it is not known to."""
    n, g = 0, f
    for _ in ctx.functions:
        above = sorted(h for h, spec in ctx.functions.items() if spec.slope == g and h != g)
        if not above or ctx.functions[above[0]].arity + 1 != ctx.functions[g].arity:
            break
        n, g = n + 1, above[0]
    return n if smooth_enough(g, n, ctx) else 0


def derivative(t: Term, x: str, ctx: Ctx) -> Term:
    """dt/dx.

    Raises:
        No: t is not known to be differentiable, or x moves inside an integral, sum or expectation.
    """
    if x not in free(t):
        return ZERO
    if "integer" in (ctx.kind_of(x) or ""):
        raise No(f"{x} is an integer")
    head = t[0]
    if head == "sym":
        return ONE
    if head == "add":
        return add(*(d for c in t[1:] if (d := derivative(c, x, ctx)) != ZERO))
    if head == "mul":
        terms = []
        for i, c in enumerate(t[1:], 1):
            d = derivative(c, x, ctx)
            if d != ZERO:
                terms.append(mul(*t[1:i], *(() if d == ONE else (d,)), *t[i + 1 :]))
        return add(*terms)
    if head == "pow":
        return _power(t[1], t[2], x, ctx)
    if head == "fn":
        return _function(t[1], t[2:], x, ctx)
    if head == "app":
        return _undetermined(t, x, ctx)
    if head == "piecewise":
        return ("piecewise", *((c, derivative(v, x, ctx)) for c, v in t[1:]))
    if head == "diff":
        return derivative(derivative(t[1], t[2], ctx), x, ctx)
    if head == "sum" and "inf" not in (t[2][1][0], t[2][2][0]):
        k, lo, hi = t[2]
        if x != k and x not in free(lo) | free(hi) and not breakpoints(t[1], x):
            return ("sum", derivative(t[1], x, ctx), t[2])
    raise No(f"d/d{x} does not pass under {head} by itself")


def _power(b: Term, e: Term, x: str, ctx: Ctx) -> Term:
    if x in free(e):
        growth = [mul(derivative(e, x, ctx), fn("log", b))]
        if x in free(b):
            growth.append(mul(e, derivative(b, x, ctx), power(b, -1)))
        return mul(power(b, e), add(*growth))
    if e[0] == "num":
        v = Fraction(e[1], e[2])
        if v in (0, 1):
            return derivative(b, x, ctx) if v else ZERO
        lower = b if v == 2 else power(b, num(v - 1))
    else:
        lower = power(b, add(e, MINUS))
    return mul(e, lower, derivative(b, x, ctx))


_ROOT_PI: Final[Term] = power(PI, num(-1, 2))
_OUTER: Final[dict[str, Callable[[Term], Term]]] = {
    "exp": lambda u: fn("exp", u),
    "log": lambda u: power(u, -1),
    "abs": lambda u: fn("sign", u),
    "sign": lambda u: ZERO,
    "heaviside": lambda u: ZERO,
    "floor": lambda u: ZERO,
    "ceiling": lambda u: ZERO,
    "sin": lambda u: fn("cos", u),
    "cos": lambda u: neg(fn("sin", u)),
    "tan": lambda u: power(fn("cos", u), -2),
    "asin": lambda u: power(sub(ONE, power(u, 2)), num(-1, 2)),
    "acos": lambda u: neg(power(sub(ONE, power(u, 2)), num(-1, 2))),
    "atan": lambda u: power(add(ONE, power(u, 2)), -1),
    "sinh": lambda u: fn("cosh", u),
    "cosh": lambda u: fn("sinh", u),
    "tanh": lambda u: sub(ONE, power(fn("tanh", u), 2)),
    "asinh": lambda u: power(add(ONE, power(u, 2)), num(-1, 2)),
    "acosh": lambda u: power(sub(power(u, 2), ONE), num(-1, 2)),
    "atanh": lambda u: power(sub(ONE, power(u, 2)), -1),
    "erf": lambda u: mul(TWO, _ROOT_PI, fn("exp", neg(power(u, 2)))),
    "erfc": lambda u: mul(num(-2), _ROOT_PI, fn("exp", neg(power(u, 2)))),
    "erfinv": lambda u: mul(HALF, sqrt(PI), fn("exp", power(fn("erfinv", u), 2))),
    "erfi": lambda u: mul(TWO, _ROOT_PI, fn("exp", power(u, 2))),
    "ei": lambda u: div(fn("exp", u), u),
    "si": lambda u: div(fn("sin", u), u),
    "ci": lambda u: div(fn("cos", u), u),
    "shi": lambda u: div(fn("sinh", u), u),
    "chi": lambda u: div(fn("cosh", u), u),
    "lambertw": lambda u: div(fn("exp", neg(fn("lambertw", u))), add(ONE, fn("lambertw", u))),
    "gamma": lambda u: mul(fn("gamma", u), fn("digamma", u)),
    "loggamma": lambda u: fn("digamma", u),
    "digamma": lambda u: fn("polygamma", ONE, u),
    "factorial": lambda u: mul(fn("gamma", add(u, ONE)), fn("digamma", add(u, ONE))),
}


def _neighbours(name: str, below: int, above: int) -> Callable[[Term, Term], Term]:
    """C_ν′ = (±C_{ν−1} ± C_{ν+1})/2 (DLMF 10.6.1, 10.29.1)."""
    return lambda n, z: mul(
        HALF, add(mul(num(below), fn(name, sub(n, ONE), z)), mul(num(above), fn(name, add(n, ONE), z)))
    )


#: the derivative in the second of two arguments
SECOND: Final[dict[str, Callable[[Term, Term], Term]]] = {
    "uppergamma": lambda s, x: neg(mul(power(x, sub(s, ONE)), fn("exp", neg(x)))),
    "lowergamma": lambda s, x: mul(power(x, sub(s, ONE)), fn("exp", neg(x))),
    "expint": lambda p, x: neg(fn("expint", sub(p, ONE), x)),
    "polylog": lambda s, z: div(fn("polylog", sub(s, ONE), z), z),
    "zeta": lambda s, a: neg(mul(s, fn("zeta", add(s, ONE), a))),
    "besselj": _neighbours("besselj", 1, -1),
    "bessely": _neighbours("bessely", 1, -1),
    "besseli": _neighbours("besseli", 1, 1),
    "besselk": _neighbours("besselk", -1, -1),
}


def _function(name: str, args: tuple[Term, ...], x: str, ctx: Ctx) -> Term:
    if len(args) == 1 and name in _OUTER:
        outer = _OUTER[name](args[0])
        return ZERO if outer == ZERO else mul(outer, derivative(args[0], x, ctx))
    if name == "polygamma" and x not in free(args[0]):
        return mul(fn("polygamma", add(args[0], ONE), args[1]), derivative(args[1], x, ctx))
    if name == "beta":
        a, b = args
        return derivative(div(mul(fn("gamma", a), fn("gamma", b)), fn("gamma", add(a, b))), x, ctx)
    if name == "binomial":
        n, k = args
        low = mul(fn("gamma", add(k, ONE)), fn("gamma", add(n, neg(k), ONE)))
        return derivative(div(fn("gamma", add(n, ONE)), low), x, ctx)
    if name in SECOND and len(args) == 2 and x not in free(args[0]):
        return mul(SECOND[name](*args), derivative(args[1], x, ctx))
    if name in ("betainc", "betainc_regularized") and x not in free(args[0]) | free(args[1]):
        return _incomplete_beta(name, args, x, ctx)
    if name in ("max", "min"):
        op = ">=" if name == "max" else "<="
        cases: list[tuple[Term, Term]] = []
        for i, a in enumerate(args):
            others = [("rel", op, a, b) for j, b in enumerate(args) if j != i]
            last = i == len(args) - 1
            cond: Term = ("true",) if last else others[0] if len(others) == 1 else ("and", *others)
            cases.append((cond, derivative(a, x, ctx)))
        return ("piecewise", *cases)
    raise No(f"the derivative of {name} is not known", covered=False)


def _incomplete_beta(name: str, args: tuple[Term, ...], x: str, ctx: Ctx) -> Term:
    a, b, low, high = args
    out = []
    for at, turn in ((high, ONE), (low, MINUS)):
        d = derivative(at, x, ctx)
        if d != ZERO:
            kernel = mul(power(at, sub(a, ONE)), power(sub(ONE, at), sub(b, ONE)))
            out.append(mul(turn, kernel, d))
    return mul(add(*out), power(fn("beta", a, b), -1)) if name == "betainc_regularized" else add(*out)


def _undetermined(t: Term, x: str, ctx: Ctx) -> Term:
    _, f, orders, args = t
    h = inverse_of(f, ctx)
    if h is not None and orders == (0,) and len(args) == 1 and smooth_enough(h, 1, ctx):
        return mul(power(("app", h, (1,), (t,)), -1), derivative(args[0], x, ctx))
    if len(args) > 1 and sum(orders) == 1 and (own := partial_of_inverse(f, orders.index(1), args, ctx)) is not None:
        return derivative(own, x, ctx)
    out = []
    for i, a in enumerate(args):
        if a[0] == "vector":
            out.append(_through_coordinates(t, x, ctx))
            continue
        d = derivative(a, x, ctx)
        if d == ZERO:
            continue
        if len(args) > 1 and not any(orders) and (own := partial_of_inverse(f, i, args, ctx)) is not None:
            out.append(mul(own, d))
            continue
        up = tuple(k + (i == j) for j, k in enumerate(orders))
        if not smooth_enough(f, sum(up), ctx):
            raise No(f"{f} is not declared to be {sum(up)} times continuously differentiable")
        out.append(mul(("app", f, up, args), d))
    return add(*out)


def _through_coordinates(t: Term, x: str, ctx: Ctx) -> Term:
    """Σ_k (∂_k f)(p, …, v)·dv_k/dx."""
    *_, v = t[3]
    _, entry, (k, lo, hi) = v
    if x not in free(v):
        return ZERO
    if x in free(lo) | free(hi) or x == k or "inf" in (lo[0], hi[0]) or breakpoints(entry, x):
        raise No("a vector whose length, or a coordinate of which, is not differentiable")
    j = fresh(free(t) | free(entry) | ctx.known() | {x}, k)
    return ("sum", mul(slope_of(t, sym(j), ctx), substitute(derivative(entry, x, ctx), {k: sym(j)})), (j, lo, hi))


def partial_of_inverse(g: str, i: int, args: tuple[Term, ...], ctx: Ctx) -> Term | None:
    """∂g by argument i where g(y, p…) is declared the inverse of h(·, p…), both C¹; None if it is not.

    The equation h(g(y, p…), p…) = y differentiated: by y it says h₁·∂g = 1, by p_i that h₁·∂g + h_i = 0.
    """
    h, n = inverse_of(g, ctx), len(args)
    if h is None or n < 2 or not (smooth_enough(g, 1, ctx) and smooth_enough(h, 1, ctx)):
        return None
    if ctx.functions[g].arity != n or ctx.functions[h].arity != n:
        return None

    def by(j: int) -> Term:
        return ("app", h, tuple(int(j == k) for k in range(n)), (("app", g, (0,) * n, args), *args[1:]))

    return power(by(0), -1) if i == 0 else neg(mul(by(i), power(by(0), -1)))


def breakpoints(t: Term, x: str) -> list[tuple[Term, str]]:
    """(a, what): the formula for dt/dx holds off the zeros of a, where t has a ``kink`` or a ``jump``; or off the
    points where a is an integer, for ``steps``."""
    return list(dict.fromkeys(_breakpoints(t, x)))


def _breakpoints(t: Term, x: str) -> Iterator[tuple[Term, str]]:
    if x not in free(t):
        return
    head = t[0]
    below: tuple[Term, ...] = ()
    if head == "fn":
        below = t[2:]
        if t[1] == "abs":
            yield t[2], "kink"
        elif t[1] in ("max", "min"):
            for i, a in enumerate(below):
                for b in below[i + 1 :]:
                    yield sub(a, b), "kink"
        elif t[1] in ("sign", "heaviside"):
            yield t[2], "jump"
        elif t[1] in ("floor", "ceiling"):
            yield t[2], "steps"
    elif head == "rel":
        below = t[2:]
        yield sub(t[2], t[3]), "jump"
    elif head == "piecewise":
        below = tuple(p for pair in t[1:] for p in pair)
    elif head == "app":
        below = t[3]
    elif head in ("diff", "sum", "vector"):
        below = (t[1],)
    elif head in ("add", "mul", "pow", "and", "or", "not"):
        below = t[1:]
    for b in below:
        yield from _breakpoints(b, x)
