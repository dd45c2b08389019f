"""Claims about binders and theorem instances in few words, for tests only."""

from __future__ import annotations

from typing import Any

from kernel_terms import T

from symrep.claim import Claim, Context
from symrep.term import Term

Bind = tuple[str, Any, Any]


def _t(x: Any) -> Term:
    return x if isinstance(x, tuple) else T(x)


def binds(*bs: Bind) -> tuple[Any, ...]:
    return tuple((x, _t(lo), _t(hi)) for x, lo, hi in bs)


def law(density: Any, *bs: Bind) -> Term:
    return ("law", binds(*bs), _t(density))


def mean(body: Any, its_law: Term) -> Term:
    return ("expect", _t(body), its_law)


def integral(body: Any, *bs: Bind) -> Term:
    return ("integral", _t(body), *binds(*bs))


def total(body: Any, *bs: Bind, head: str = "sum") -> Term:
    return (head, _t(body), *binds(*bs))


def push(its_law: Term, maps: Any, points: Any) -> Term:
    return ("push", its_law, tuple(map(_t, maps)), tuple(map(_t, points)))


def normal(x: str = "x", mu: str = "0", sigma: str = "1") -> Term:
    if (mu, sigma) == ("0", "1"):
        return law(f"exp(-{x}**2/2)/sqrt(2*pi)", (x, "-oo", "oo"))
    return law(f"exp(-({x}-({mu}))**2/(2*({sigma})**2))/(({sigma})*sqrt(2*pi))", (x, "-oo", "oo"))


def uniform(x: str = "x", lo: str = "0", hi: str = "1") -> Term:
    return law(f"1/(({hi})-({lo}))", (x, lo, hi))


def branch(x_lo: Any, x_hi: Any, y_lo: Any, y_hi: Any, inverse: Any) -> dict[str, Term]:
    keys = ("x_lo", "x_hi", "y_lo", "y_hi", "inverse")
    return {k: _t(v) for k, v in zip(keys, (x_lo, x_hi, y_lo, y_hi, inverse), strict=True)}


def step(theorem: str, lhs: Any, rhs: Any, **data: Any) -> dict[str, Any]:
    def plain(v: Any) -> Any:
        return [plain(w) for w in v] if isinstance(v, list) else v

    return {"theorem": theorem, "lhs": _t(lhs), "rhs": _t(rhs), **{k: plain(v) for k, v in data.items()}}


def rewrite(before: Any, after: Any, ctx: Context, *steps: dict[str, Any]) -> Claim:
    return Claim("rewrite", {"before": _t(before), "after": _t(after), "rewrites": list(steps)}, ctx)


def whole(theorem: str, lhs: Any, rhs: Any, ctx: Context, **data: Any) -> Claim:
    """The line is the left side of one theorem."""
    return rewrite(lhs, rhs, ctx, step(theorem, lhs, rhs, **data))


def equal(lhs: Any, rhs: Any, ctx: Context) -> Claim:
    return Claim("equal", {"lhs": _t(lhs), "rhs": _t(rhs)}, ctx)
