"""Logarithms of what is declared positive, taken apart before numbers are asked: log(p/(p + q)) = log p − log(p + q).

Under an integral the quotient of two densities is known only from far below where either is, and no tail of it can be
bounded; the logarithm of one density can. Exact where p, q > 0, which their declaration says."""

from __future__ import annotations

from dataclasses import replace

from symrep.claim import Claim, Context
from symrep.term import Term, add, map_children, mul, walk

__all__ = ["logs_apart"]


def logs_apart(claim: Claim) -> Claim:
    """The claim with the logarithms of products of positive functions written as sums of logarithms."""
    ctx = claim.context
    if not any(spec.positive for spec in ctx.functions.values()):
        return claim
    data = {k: _apart(v, ctx) if k in ("lhs", "rhs", "expr") else v for k, v in claim.data.items()}
    return replace(claim, data=data)


def _apart(t: Term, ctx: Context) -> Term:
    if not any(s[:2] == ("fn", "log") for s in walk(t)):
        return t
    t = map_children(t, lambda s: _apart(s, ctx), lambda s: _apart(s, ctx))
    return _log(t[2], ctx) if t[:2] == ("fn", "log") and _positive(t[2], ctx) else t


def _log(t: Term, ctx: Context) -> Term:
    """Of something positive."""
    if t[0] == "mul":
        return add(*(_log(s, ctx) for s in t[1:]))
    if t[0] == "pow" and _positive(t[1], ctx):
        return mul(t[2], _log(t[1], ctx))
    return t[2] if t[:2] == ("fn", "exp") else ("fn", "log", t)


def _positive(t: Term, ctx: Context) -> bool:
    if t[0] == "num":
        return bool(t[1] > 0)
    if t[0] in ("add", "mul"):
        return all(_positive(s, ctx) for s in t[1:])
    if t[0] == "pow":
        return t[2][0] == "num" and _positive(t[1], ctx)
    if t[:2] == ("fn", "exp"):
        return _real(t[2], ctx)
    if t[0] == "app":
        spec = ctx.functions.get(t[1])
        return spec is not None and spec.positive and not any(t[2]) and all(_real(a, ctx) for a in t[3])
    return t == ("const", "pi")


def _real(t: Term, ctx: Context) -> bool:
    """By its form: sums, products and whole powers of symbols (bound ones are real) and of declared functions."""
    if t[0] == "sym":
        return ctx.symbols.get(t[1], "real") != "complex"
    if t[0] in ("add", "mul"):
        return all(_real(s, ctx) for s in t[1:])
    if t[0] == "pow":
        return t[2][0] == "num" and t[2][2] == 1 and t[2][1] > 0 and _real(t[1], ctx)
    return t[0] == "num" or (t[0] == "app" and all(_real(a, ctx) for a in t[3])) or _positive(t, ctx)
