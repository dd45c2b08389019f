"""A SymPy expression as a fraction of polynomials in what it is built of, multiplied out or factored: cheap algebra.

What is not arithmetic is a generator, with a rational power of it where several occur (x and √x, exp(x) and exp(2x)).
No relations between generators are used, so that the results are equal to the expression wherever both are defined.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import Any, Final, final

import sympy as sp
from flint import fmpq, fmpq_mpoly, fmpq_mpoly_ctx

__all__ = ["TooLarge", "factored", "fraction"]

_TERMS: Final = 400
_DEGREE: Final = 60
_GENERATORS: Final = 14


class TooLarge(ValueError):
    """Multiplied out, it has too many terms; or too many generators."""


@final
class _Ring:
    """The generators of an expression, each with the denominator of its powers."""

    def __init__(self, e: Any) -> None:
        self.roots: dict[Any, int] = {}
        self._collect(e)
        if len(self.roots) > _GENERATORS:
            raise TooLarge(str(len(self.roots)))
        self.bases = sorted(self.roots, key=_place)
        names = tuple(f"g{i}" for i in range(len(self.bases)))
        self.context = fmpq_mpoly_ctx.get(names or ("g",), "lex")
        self.gens = dict(zip(self.bases, self.context.gens(), strict=False))

    def _collect(self, e: Any) -> None:
        if e.is_Rational:
            return
        if isinstance(e, (sp.Add, sp.Mul)):
            for a in e.args:
                self._collect(a)
            return
        if isinstance(e, sp.Pow) and e.exp.is_Integer:
            self._collect(e.base)
            return
        base, power = _split(e)
        self.roots[base] = lcm(self.roots.get(base, 1), power.denominator)

    def read(self, e: Any) -> tuple[fmpq_mpoly, fmpq_mpoly]:
        one = self.context.constant(1)
        if e.is_Rational:
            return self.context.constant(fmpq(int(e.p), int(e.q))), one
        if isinstance(e, sp.Add):
            return self._sum([self.read(a) for a in e.args])
        if isinstance(e, sp.Mul):
            top, bottom = one, one
            for a in e.args:
                p, q = self.read(a)
                top, bottom = _checked(top * p), _checked(bottom * q)
            return top, bottom
        if isinstance(e, sp.Pow) and e.exp.is_Integer:
            return _raised(*self.read(e.base), int(e.exp))
        base, power = _split(e)
        return _raised(self.gens[base], one, int(power * self.roots[base]))

    def _sum(self, rows: list[tuple[fmpq_mpoly, fmpq_mpoly]]) -> tuple[fmpq_mpoly, fmpq_mpoly]:
        top, bottom = rows[0]
        for p, q in rows[1:]:
            g = bottom.gcd(q)
            left, right = q / g, bottom / g
            top, bottom = _checked(top * left + p * right), _checked(bottom * left)
        return top, bottom

    def write(self, p: fmpq_mpoly) -> Any:
        terms = []
        for powers, c in sorted(p.to_dict().items(), reverse=True):
            factors = [b ** sp.Rational(int(k), self.roots[b]) for b, k in zip(self.bases, powers, strict=False) if k]
            terms.append(sp.Mul(sp.Rational(int(c.p), int(c.q)), *factors))
        return sp.Add(*terms)

    def apart(self, p: fmpq_mpoly, way: int) -> list[tuple[Any, int]]:
        """The largest monomial that divides it, and the rest."""
        rows = p.to_dict()
        least = tuple(min(int(powers[i]) for powers in rows) for i in range(self.context.nvars()))
        monomial = self.context.from_dict({least: 1})
        return [(self.write(monomial), way), (self.write(p / monomial), way)]


def _place(base: Any) -> tuple[int, str]:
    """As one writes them: x, y, z lead, then the letters from p on, then the others."""
    name = str(base)
    rank = 3 if len(name) > 1 else 0 if name >= "x" else 1 if name >= "p" else 2
    return rank, name


def _split(e: Any) -> tuple[Any, Fraction]:
    """A base that stands for itself, and a rational power of it."""
    base, power = (sp.E, e.args[0]) if isinstance(e, sp.exp) else e.as_base_exp()
    if power.is_Rational:
        return base, Fraction(int(power.p), int(power.q))
    c, rest = power.as_coeff_Mul()
    if not c.is_Rational:
        return e, Fraction(1)
    return base**rest, Fraction(int(c.p), int(c.q))


def _checked(p: fmpq_mpoly) -> fmpq_mpoly:
    if len(p) > _TERMS:
        raise TooLarge(str(len(p)))
    return p


def _raised(top: fmpq_mpoly, bottom: fmpq_mpoly, n: int) -> tuple[fmpq_mpoly, fmpq_mpoly]:
    if abs(n) > _DEGREE or (abs(n) > 4 and len(top) * len(bottom) > 8):
        raise TooLarge(str(n))
    if n < 0:
        if top == 0:
            raise ZeroDivisionError
        top, bottom, n = bottom, top, -n
    return _checked(top**n), _checked(bottom**n)


@lru_cache(maxsize=64)
def _reduced(e: Any) -> tuple[_Ring, fmpq_mpoly, fmpq_mpoly]:
    ring = _Ring(e)
    top, bottom = ring.read(e)
    g = top.gcd(bottom)
    return ring, top / g, bottom / g


def fraction(e: Any) -> Any:
    """Numerator and denominator multiplied out but for monomials, what they have in common cancelled.

    Raises:
        TooLarge: that would be no help.
    """
    ring, top, bottom = _reduced(e)
    if top == 0:
        return sp.S.Zero
    c, d = _content(top), _content(bottom)
    return _times(c / d, [*ring.apart(top / c, 1), *ring.apart(bottom / d, -1)])


def factored(e: Any) -> Any:
    """Numerator and denominator as products of irreducible factors over ℚ. Raises as :func:`fraction` does."""
    ring, top, bottom = _reduced(e)
    if top == 0:
        return sp.S.Zero
    c, above = top.factor()
    d, below = bottom.factor()
    rows = [(ring.write(p), int(k)) for p, k in above] + [(ring.write(p), -int(k)) for p, k in below]
    return _times(c / d, rows)


def _content(p: fmpq_mpoly) -> fmpq:
    """The rational number by which its coefficients become whole and coprime, the first of them positive."""
    cs = list(p.to_dict().values())
    out = fmpq(gcd(*(int(c.p) for c in cs)), lcm(*(int(c.q) for c in cs)))
    return -out if p.leading_coefficient() < 0 else out


def _times(c: fmpq, rows: list[tuple[Any, int]]) -> Any:
    q = sp.Rational(int(c.p), int(c.q))
    out = sp.Mul(*(p**k for p, k in rows))
    return sp.Mul(q, out, evaluate=False) if out.is_Add and q != 1 else q * out  # else SymPy multiplies it in
