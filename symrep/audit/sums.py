"""Arithmetic of generalised polynomials: sums of rational multiples of monomials in atoms with rational exponents.

A sum is a dictionary from monomials to nonzero fractions, a monomial a tuple of (atom number, exponent) in increasing
order of atoms. What an atom is, and which exponents it may have, is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

__all__ = [
    "ONE",
    "Mono",
    "Sum",
    "constant",
    "content",
    "degree",
    "exact_quotient",
    "joined",
    "key",
    "minus",
    "monomial",
    "number",
    "parts_in",
    "plus",
    "scaled",
    "times_plain",
    "used",
]

Exponent = int | Fraction
Mono = tuple[tuple[int, Exponent], ...]
Sum = dict[Mono, Fraction]

ONE: Final[Sum] = {(): Fraction(1)}
MAX_TERMS: Final = 4000


class Overflow(ArithmeticError):
    """More terms than anybody wants to wait for."""


def exponent(e: Exponent) -> Exponent:
    return e.numerator if isinstance(e, Fraction) and e.denominator == 1 else e


def constant(c: Fraction | int) -> Sum:
    return {(): Fraction(c)} if c else {}


def monomial(atom: int, e: Exponent = 1) -> Sum:
    return {((atom, exponent(e)),): Fraction(1)} if e else dict(ONE)


def number(s: Sum) -> Fraction | None:
    """The value of a sum without atoms."""
    if not s:
        return Fraction(0)
    return s[()] if len(s) == 1 and () in s else None


def plus(a: Sum, b: Sum) -> Sum:
    if len(a) < len(b):
        a, b = b, a
    out = dict(a)
    for m, c in b.items():
        total = out.get(m, 0) + c
        if total:
            out[m] = total
        else:
            del out[m]
    return out


def scaled(a: Sum, c: Fraction | int) -> Sum:
    return {m: k * c for m, k in a.items()} if c else {}


def minus(a: Sum, b: Sum) -> Sum:
    return plus(a, scaled(b, -1))


def joined(m: Mono, n: Mono) -> Mono:
    """The product of two monomials."""
    if not m:
        return n
    if not n:
        return m
    out = dict(m)
    for a, e in n:
        total = exponent(out.get(a, 0) + e)
        if total:
            out[a] = total
        else:
            del out[a]
    return tuple(sorted(out.items()))


def times_plain(a: Sum, b: Sum) -> Sum:
    """The product, as if the atoms were independent variables."""
    if len(a) * len(b) > 60 * MAX_TERMS:
        raise Overflow("a product of too many terms")
    out: Sum = {}
    for m, c in a.items():
        for n, d in b.items():
            j = joined(m, n)
            total = out.get(j, 0) + c * d
            if total:
                out[j] = total
            else:
                del out[j]
    if len(out) > MAX_TERMS:
        raise Overflow("a sum of too many terms")
    return out


def used(*sums: Sum) -> list[int]:
    return sorted({a for s in sums for m in s for a, _ in m})


def content(s: Sum) -> Mono:
    """The largest monomial (exponents may be negative) that divides every term."""
    if not s:
        return ()
    lowest: dict[int, Exponent] = {}
    for a in used(s):
        lowest[a] = min(dict(m).get(a, 0) for m in s)
    return tuple(sorted((a, e) for a, e in lowest.items() if e))


def inverse_mono(m: Mono) -> Mono:
    return tuple((a, -e) for a, e in m)


def key(s: Sum) -> tuple[tuple[Mono, Fraction], ...]:
    return tuple(sorted(s.items(), key=lambda t: (tuple((a, float(e)) for a, e in t[0]), t[1])))


def parts_in(s: Sum, atom: int) -> dict[Exponent, Sum]:
    """Coefficients by the exponent of one atom."""
    out: dict[Exponent, Sum] = {}
    for m, c in s.items():
        e = next((e for a, e in m if a == atom), 0)
        out.setdefault(e, {})[tuple(p for p in m if p[0] != atom)] = c
    return out


def degree(s: Sum, atom: int) -> Exponent:
    return max((e for m in s for a, e in m if a == atom), default=0)


def _lead(s: Sum, order: Mapping[int, int]) -> Mono:
    def rank(m: Mono) -> tuple[Exponent, ...]:
        row: list[Exponent] = [0] * len(order)
        for a, e in m:
            row[order[a]] = e
        return tuple(row)

    return max(s, key=rank)


def exact_quotient(n: Sum, d: Sum) -> Sum | None:
    """N/d as polynomials in independent variables with exponents ≥ 0, if it is one."""
    atoms = used(n, d)
    order = {a: i for i, a in enumerate(atoms)}
    for a in used(d):
        if degree(d, a) > degree(n, a):
            return None
    lead = _lead(d, order)
    c, down = d[lead], inverse_mono(lead)
    rest, out = dict(n), Sum()
    for _ in range(MAX_TERMS):
        if not rest:
            return out
        top = _lead(rest, order)
        m = joined(top, down)
        if any(e < 0 for _, e in m):
            return None
        k = rest[top] / c
        out[m] = k
        rest = minus(rest, {joined(m, t): k * v for t, v in d.items()})
    return None


def total(sums: Iterable[Sum]) -> Sum:
    out: Sum = {}
    for s in sums:
        out = plus(out, s)
    return out
