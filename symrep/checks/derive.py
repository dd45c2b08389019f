r"""Derivatives of terms, branch by branch, for evaluation at a point off every breakpoint.

At such a point the classical derivative of \|g\| is sign(g) g', that of H(g), sign(g), floor(g) is 0, and that of a
piecewise term is the derivative of the branch that holds. Expectations, integrals and pushforwards are *not*
differentiated under the sign (that is a theorem with conditions, not arithmetic): they stay ``("diff", …)`` nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from symrep.checks.breaks import arguments
from symrep.checks.faults import Unevaluable
from symrep.term import MINUS_ONE, ONE, PI, ZERO, Term, add, div, fn, free_symbols, mul, neg, num, power, sqrt, sub

__all__ = ["OPAQUE", "carried_out", "derive"]

#: heads whose derivative is left standing
OPAQUE: Final = frozenset({"integral", "expect", "push", "kl", "expect_sample", "expect_each", "diff", "limit"})


def _square(t: Term) -> Term:
    return power(t, num(2))


_OUTER: Final[Mapping[str, Callable[[Term], Term]]] = {
    "exp": lambda u: fn("exp", u),
    "log": lambda u: power(u, MINUS_ONE),
    "abs": lambda u: fn("sign", u),
    "sign": lambda u: ZERO,
    "heaviside": lambda u: ZERO,
    "floor": lambda u: ZERO,
    "ceiling": lambda u: ZERO,
    "sin": lambda u: fn("cos", u),
    "cos": lambda u: neg(fn("sin", u)),
    "tan": lambda u: add(ONE, _square(fn("tan", u))),
    "asin": lambda u: power(sub(ONE, _square(u)), num(-1, 2)),
    "acos": lambda u: neg(power(sub(ONE, _square(u)), num(-1, 2))),
    "atan": lambda u: power(add(ONE, _square(u)), MINUS_ONE),
    "sinh": lambda u: fn("cosh", u),
    "cosh": lambda u: fn("sinh", u),
    "tanh": lambda u: sub(ONE, _square(fn("tanh", u))),
    "asinh": lambda u: power(add(ONE, _square(u)), num(-1, 2)),
    "acosh": lambda u: mul(power(sub(u, ONE), num(-1, 2)), power(add(u, ONE), num(-1, 2))),
    "atanh": lambda u: power(sub(ONE, _square(u)), MINUS_ONE),
    "erf": lambda u: mul(num(2), power(PI, num(-1, 2)), fn("exp", neg(_square(u)))),
    "erfc": lambda u: mul(num(-2), power(PI, num(-1, 2)), fn("exp", neg(_square(u)))),
    "erfinv": lambda u: mul(num(1, 2), sqrt(PI), fn("exp", _square(fn("erfinv", u)))),
    "gamma": lambda u: mul(fn("gamma", u), fn("digamma", u)),
    "loggamma": lambda u: fn("digamma", u),
    "digamma": lambda u: fn("polygamma", ONE, u),
    "factorial": lambda u: mul(fn("gamma", add(u, ONE)), fn("digamma", add(u, ONE))),
    "erfi": lambda u: mul(num(2), power(PI, num(-1, 2)), fn("exp", _square(u))),
    "ei": lambda u: div(fn("exp", u), u),
    "si": lambda u: div(fn("sin", u), u),
    "ci": lambda u: div(fn("cos", u), u),
    "shi": lambda u: div(fn("sinh", u), u),
    "chi": lambda u: div(fn("cosh", u), u),
    "cantor_total": lambda u: fn("cantor", u),
    "cantor": lambda u: fn("cantor_slope", u),
    "lambertw": lambda u: power(mul(fn("exp", fn("lambertw", u)), add(ONE, fn("lambertw", u))), MINUS_ONE),
}


def _of_order(name: str, a: Term, u: Term) -> Term | None:
    """The derivative in u of a function of order a at u."""
    if name in ("uppergamma", "lowergamma"):
        kernel = mul(power(u, sub(a, ONE)), fn("exp", neg(u)))
        return kernel if name == "lowergamma" else neg(kernel)
    if name == "expint":
        return neg(fn("expint", sub(a, ONE), u))
    if name == "polylog":
        return div(fn("polylog", sub(a, ONE), u), u)
    if name == "zeta":
        return neg(mul(a, fn("zeta", add(a, ONE), u)))
    if name in ("besselj", "bessely"):
        return sub(div(mul(a, fn(name, a, u)), u), fn(name, add(a, ONE), u))
    if name == "besseli":
        return add(div(mul(a, fn(name, a, u)), u), fn(name, add(a, ONE), u))
    if name == "besselk":
        return sub(div(mul(a, fn(name, a, u)), u), fn(name, add(a, ONE), u))
    return None


def _incomplete_beta(args: tuple[Term, ...], ds: list[Term]) -> Term:
    a, b, low, high = args
    if ds[0] != ZERO or ds[1] != ZERO:
        raise Unevaluable("derivative of an incomplete beta function in its parameters")

    def kernel(u: Term) -> Term:
        return mul(power(u, sub(a, ONE)), power(sub(ONE, u), sub(b, ONE)))

    return _sum([_prod(kernel(high), ds[3]), neg(_prod(kernel(low), ds[2])) if ds[2] != ZERO else ZERO])


def _sum(ts: list[Term]) -> Term:
    kept = [t for t in ts if t != ZERO]
    return add(*kept)


def _prod(*ts: Term) -> Term:
    if ZERO in ts:
        return ZERO
    return mul(*[t for t in ts if t != ONE])


def _digamma1(a: Term) -> Term:
    return fn("digamma", add(a, ONE))


def _fn(t: Term, x: str) -> Term:
    name, args = t[1], t[2:]
    ds = [derive(a, x) for a in args]
    if all(d == ZERO for d in ds):
        return ZERO
    if name in _OUTER:
        return _prod(_OUTER[name](args[0]), ds[0])
    if name == "polygamma":
        if ds[0] != ZERO:
            raise Unevaluable("derivative of polygamma in its order")
        return _prod(fn("polygamma", add(args[0], ONE), args[1]), ds[1])
    if len(args) == 2 and (outer := _of_order(name, *args)) is not None:
        if ds[0] != ZERO:
            raise Unevaluable(f"derivative of {name} in its order")
        return _prod(outer, ds[1])
    if name == "betainc":
        return _incomplete_beta(args, ds)
    if name == "betainc_regularized":
        return div(_incomplete_beta(args, ds), fn("beta", args[0], args[1]))
    if name == "beta":
        a, b = args
        ab = fn("digamma", add(a, b))
        inner = _sum([_prod(sub(fn("digamma", s), ab), d) for s, d in ((a, ds[0]), (b, ds[1]))])
        return _prod(t, inner)
    if name == "binomial":
        n, k = args
        nk = _digamma1(sub(n, k))
        inner = _sum([_prod(sub(_digamma1(n), nk), ds[0]), _prod(sub(nk, _digamma1(k)), ds[1])])
        return _prod(t, inner)
    if name in ("min", "max"):
        op = "<=" if name == "min" else ">="
        pairs = []
        for i, (a, d) in enumerate(zip(args, ds, strict=True)):
            conds = [("rel", op, a, b) for j, b in enumerate(args) if j != i]
            pairs.append((conds[0] if len(conds) == 1 else ("and", *conds), d))
        return ("piecewise", *pairs)
    raise Unevaluable(f"derivative of {name}")


def _pow(t: Term, x: str) -> Term:
    b, e = t[1], t[2]
    db, de = derive(b, x), derive(e, x)
    parts = []
    if db != ZERO:
        lower = num(e[1] - e[2], e[2]) if e[0] == "num" else sub(e, ONE)
        parts.append(_prod(e, db) if lower == ZERO else _prod(e, db, b if lower == ONE else power(b, lower)))
    if de != ZERO:
        parts.append(_prod(t, fn("log", b), de))
    return _sum(parts)


def _app(t: Term, x: str) -> Term:
    _, f, ks, ts = t
    parts = []
    for i, a in enumerate(ts):
        d = derive(a, x)
        raised = tuple(k + (1 if j == i else 0) for j, k in enumerate(ks))
        parts.append(_prod(("app", f, raised, ts), d))
    return _sum(parts)


def derive(t: Term, x: str) -> Term:
    """The derivative of ``t`` in ``x``, valid off the breakpoints of ``t``; opaque parts become ``("diff", …)``."""
    head = t[0]
    if head == "sym":
        return ONE if t[1] == x else ZERO
    if x not in free_symbols(t):
        return ZERO
    if head == "add":
        return _sum([derive(c, x) for c in t[1:]])
    if head == "mul":
        factors = t[1:]
        return _sum([_prod(*factors[:i], derive(c, x), *factors[i + 1 :]) for i, c in enumerate(factors)])
    if head == "pow":
        return _pow(t, x)
    if head == "fn":
        return _fn(t, x)
    if head == "app":
        return _app(t, x)
    if head == "piecewise":
        return ("piecewise", *((c, derive(v, x)) for c, v in t[1:]))
    if head == "sum" and all(x not in free_symbols(e) for b in t[2:] for e in b[1:]) and all(b[0] != x for b in t[2:]):
        return ("sum", derive(t[1], x), *t[2:])
    if head == "product":
        return ("mul", t, ("sum", div(derive(t[1], x), t[1]), *t[2:]))
    if head == "index":
        raise Unevaluable("derivative in an index")
    if head in OPAQUE:
        return ("diff", t, x)
    raise Unevaluable(f"derivative of {head}")


def carried_out(t: Term) -> tuple[Term, list[Term]] | None:
    """A derivative, or one of another, carried out, the inner first, and the breakpoints at which the formula says
    nothing; None where something opaque would be differentiated."""
    names: list[str] = []
    while t[0] == "diff":
        names.append(t[2])
        t = t[1]
    breaks: list[Term] = []
    for x in reversed(names):
        if t[0] in OPAQUE:
            return None
        breaks += arguments(t, x)
        t = derive(t, x)
    return t, breaks
