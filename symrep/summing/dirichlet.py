"""Sums of powers with a symbolic exponent, Σ k^(−s): proposed as Hurwitz zeta functions."""

from __future__ import annotations

from typing import Any

from symrep.claim import Context
from symrep.kernel.algebra.normal import linear_parts, simplify
from symrep.kernel.algebra.signs import domain
from symrep.kernel.theorems.summation import Range, in_range
from symrep.term import ONE, ZERO, Term, add, fn, free_symbols, mul, neg, num, sym

__all__ = ["zeta_parts"]


def zeta_parts(body: Term, bounds: Range, ctx: Context) -> list[dict[str, Any]] | None:
    """Parts c·k^(−s) over k ≥ lo, or None when some part is none."""
    k, lo, hi = bounds
    if hi[0] != "inf":
        return None
    out = []
    for c, piece in linear_parts(body, [k], domain(in_range(ctx, k, lo, hi))):
        exponent = _exponent(piece, k)
        if exponent is None:
            return None
        s = simplify(neg(exponent), domain(ctx))
        out.append({"kind": "zeta", "c": c, "s": s, "a": lo, "offset": lo, "start": ZERO})
    return out


def _exponent(t: Term, k: str) -> Term | None:
    """E with t = k^e, e free of k."""
    if t == sym(k):
        return ONE
    if t == ONE:
        return None
    if t[0] == "pow" and k not in free_symbols(t[2]):
        inner = _exponent(t[1], k)
        return None if inner is None else mul(inner, t[2])
    if t[:2] == ("fn", "exp"):  # as a normal form writes it: exp(e log k)
        factors = list(t[2][1:]) if t[2][0] == "mul" else [t[2]]
        log = fn("log", sym(k))
        if factors.count(log) != 1:
            return None
        rest = [f for f in factors if f != log]
        return None if any(k in free_symbols(f) for f in rest) else mul(*rest)
    if t[0] == "mul":
        found = [_exponent(c, k) for c in t[1:]]
        return None if any(e is None for e in found) else add(*(e for e in found if e is not None), num(0))
    return None
