"""Irreducible factors of polynomials over ℚ: SymPy's sparse rings, as plain arithmetic."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import Any, Final

from symrep.audit.sums import Mono, Sum, content, inverse_mono, joined, key, used

__all__ = ["factored", "prime_factors"]

MAX_FACTORED_TERMS: Final = 150
MAX_DEGREE: Final = 200


def factored(s: Sum) -> tuple[Fraction, Mono, list[tuple[Sum, int]]]:
    """S = c · monomial · Π pᵏ for a nonzero s; atoms count as independent variables, roots of them as needed.

    Each p is irreducible (or left whole, when it is very large), has exponents ≥ 0 and no monomial factor, and coprime
    whole coefficients; their signs are as they come.
    """
    c, mono, fs = _factored(key(s))
    return c, mono, [(dict(p), k) for p, k in fs]


@lru_cache(maxsize=4000)
def _factored(items: tuple[tuple[Mono, Fraction], ...]) -> Any:
    s = dict(items)
    mono = content(s)
    down = inverse_mono(mono)
    rest = {joined(m, down): c for m, c in s.items()}
    if len(rest) == 1:
        ((_, c),) = rest.items()
        return c, mono, ()
    size = Fraction(0)
    for v in rest.values():
        size = Fraction(
            gcd(size.numerator * v.denominator, v.numerator * size.denominator), size.denominator * v.denominator
        )
    rest = {m: v / size for m, v in rest.items()}
    if _surely_irreducible(rest) or len(rest) > MAX_FACTORED_TERMS or _large(rest):
        return size, mono, ((key(rest), 1),)
    return _by_sympy(rest, size, mono)


def _surely_irreducible(s: Sum) -> bool:
    """Linear in an atom with a monomial as coefficient, and no monomial factor."""
    for a in used(s):
        holding = [dict(m) for m in s if any(b == a for b, _ in m)]
        if len(holding) == 1 and holding[0][a] == 1:
            return True
    return False


def _large(s: Sum) -> bool:
    """Is the polynomial, in roots of its atoms, of a very high degree?"""
    root = lcm(*(Fraction(e).denominator for m in s for _, e in m))
    return any(e * root > MAX_DEGREE for m in s for _, e in m)


def _by_sympy(s: Sum, size: Fraction, mono: Mono) -> Any:
    from sympy.polys.domains import ZZ
    from sympy.polys.rings import ring

    atoms = used(s)
    roots = dict.fromkeys(atoms, 1)
    for m in s:
        for a, e in m:
            roots[a] = lcm(roots[a], Fraction(e).denominator)
    at = {a: i for i, a in enumerate(atoms)}
    r, *_ = ring([f"x{i}" for i in range(len(atoms))], ZZ)
    data = {}
    for m, c in s.items():
        row = [0] * len(atoms)
        for a, e in m:
            row[at[a]] = int(e * roots[a])
        data[tuple(row)] = ZZ(int(c))
    lead, found = r.from_dict(data).factor_list()
    out = []
    for p, k in found:
        terms = {}
        for row, c in p.terms():
            m = tuple(
                (a, f.numerator if f.denominator == 1 else f)
                for a, n in zip(atoms, row, strict=True)
                if n and (f := Fraction(int(n), roots[a]))
            )
            terms[m] = Fraction(int(c))
        out.append((key(terms), int(k)))
    return size * int(lead), mono, tuple(out)


@lru_cache(maxsize=1000)
def prime_factors(n: int) -> tuple[tuple[int, int], ...]:
    """The prime factors of n > 0, by trial division; a large rest is kept whole if it may be one prime.

    Raises:
        ArithmeticError: n is too large for that.
    """
    out, p = [], 2
    while p * p <= n and p < 20_000:
        k = 0
        while n % p == 0:
            n, k = n // p, k + 1
        if k:
            out.append((p, k))
        p += 1 if p == 2 else 2
    if n > 1:
        if n > 20_000**2:
            raise ArithmeticError("a number with large prime factors")
        out.append((n, 1))
    return tuple(out)
