"""The sign of a polynomial in atoms with known ranges, when all coefficients agree once each range is a half line."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from symrep.audit import sums
from symrep.audit.algebra import Algebra
from symrep.audit.atoms import ANY, Interval, Signs
from symrep.audit.sums import Sum, constant, minus, monomial, plus, scaled

__all__ = ["by_shift", "put", "root_range", "whole"]

MAX_EXPONENT: Final = 60


def whole(p: Sum) -> tuple[Sum, dict[int, int]]:
    """The polynomial in roots of its atoms, so that exponents are whole; and which roots."""
    roots: dict[int, int] = {}
    for m in p:
        for a, e in m:
            d = Fraction(e).denominator
            r = roots.get(a, 1)
            while r % d:
                r += roots.get(a, 1)
            roots[a] = r
    if all(r == 1 for r in roots.values()):
        return p, {}
    return {tuple((a, int(e * roots[a])) for a, e in m): c for m, c in p.items()}, {
        a: r for a, r in roots.items() if r > 1
    }


def root_range(i: Interval) -> Interval:
    """A range of the roots of what lies in the range, a number ≥ 0."""
    lo, lo_open, hi, hi_open = i
    new_lo = Fraction(1) if lo is not None and lo >= 1 else Fraction(0)
    exact = lo == new_lo
    if hi is not None:
        return new_lo, lo_open and exact, (Fraction(1) if hi <= 1 else hi), hi_open and hi <= 1
    return new_lo, (lo_open and exact) or (lo is not None and lo > new_lo), None, True


def by_shift(alg: Algebra, p: Sum, ranges: dict[int, Interval] | None = None) -> Signs:
    """Each atom is written as an end of its interval ± w, or as (lo + hi·w)/(1 + w), w ≥ 0: do all terms agree?"""
    q, roots = whole(p)
    strict: dict[int, bool] = {}
    closed: list[tuple[int, Fraction]] = []
    for a in sums.used(q):
        atom = alg.atoms[a] if a < len(alg.atoms) else None
        lo, lo_open, hi, hi_open = (ranges or {}).get(a) or (atom.range if atom else (None, True, None, True))
        if a in roots:
            lo, lo_open, hi, hi_open = root_range((lo, lo_open, hi, hi_open))
        if any(e < 0 for m in q for b, e in m if b == a):
            return ANY
        if lo is not None and hi is not None:
            if lo == hi:
                q = put(q, a, constant(lo))
                continue
            if not hi_open:
                closed.append((a, hi))
            q, strict[a] = _squeezed(q, a, lo, hi), lo_open
        elif lo is not None:
            if lo:
                q = put(q, a, plus(constant(lo), monomial(a)))
            strict[a] = lo_open
        elif hi is not None:
            q, strict[a] = put(q, a, minus(constant(hi), monomial(a))), hi_open
    out = _agreed(alg, q, strict)
    if 0 not in out and closed and not roots:
        for a, hi in closed:
            if not by_shift(alg, put(p, a, constant(hi)), ranges) <= out:
                return out | {0}
    elif closed:
        out = out | {0} if out != ANY else out
    return out


def _agreed(alg: Algebra, q: Sum, strict: dict[int, bool]) -> Signs:
    if not q:
        return frozenset({0})
    seen: set[int] = set()
    definite = False
    for m, c in q.items():
        positive = True
        for a, e in m:
            if a not in strict:
                if e % 2:
                    return ANY
                positive = positive and a < len(alg.atoms) and alg.atoms[a].nonzero
            else:
                positive = positive and strict[a]
        seen.add(1 if c > 0 else -1)
        if len(seen) > 1:
            return ANY
        definite = definite or positive
    return frozenset(seen) if definite else frozenset(seen | {0})


def put(p: Sum, a: int, value: Sum) -> Sum:
    """P with a polynomial put in for an atom whose exponents are whole."""
    out: Sum = {}
    powers = {0: dict(sums.ONE)}
    for e, c in sorted(sums.parts_in(p, a).items()):
        n = int(e)
        if n > MAX_EXPONENT:
            raise ArithmeticError("a large exponent")
        last = max(k for k in powers if k <= n)
        v = powers[last]
        for _ in range(n - last):
            v = sums.times_plain(v, value)
        powers[n] = v
        out = plus(out, sums.times_plain(c, v))
    return out


def _squeezed(p: Sum, a: int, lo: Fraction, hi: Fraction) -> Sum:
    parts = sums.parts_in(p, a)
    d = int(max(parts))
    if d > MAX_EXPONENT:
        raise ArithmeticError("a large exponent")
    top, low = (
        plus(constant(lo), monomial(a, 1) if hi == 1 else scaled(monomial(a), hi)),
        plus(constant(1), monomial(a)),
    )
    out: Sum = {}
    for e, c in parts.items():
        term = c
        for _ in range(int(e)):
            term = sums.times_plain(term, top)
        for _ in range(d - int(e)):
            term = sums.times_plain(term, low)
        out = plus(out, term)
    return out
