"""Fractions of polynomials over named generators, with algebraic relations ``g**q = R`` (R in earlier generators).

Every generator stands for one number at each point of the domain, so a numerator that reduces to zero proves that the
element is zero wherever the denominator is not. A numerator that does not reduce to zero proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache, partial
from itertools import compress
from math import comb, gcd, lcm
from typing import Any, Final

from symrep.kernel.algebra.gens import Box, Elem, Gen
from symrep.kernel.fail import NotProved
from symrep.kernel.ground import Poly, flint, fraction, rational
from symrep.verdict import Reason

__all__ = ["Box", "Elem", "Field", "Gen", "too_large"]

SIZES = (8, 14, 24, 64, 150)
MAX_TERMS = 20_000
MAX_PRODUCT = 400_000
MAX_BITS = 20_000
MAX_FACTOR_DEGREE = 80
MAX_FACTORED = 5_000
MAX_KEPT = 40
MAX_EXPONENT = 2_000
SMALL = 100
_ZERO = Fraction(0)

#: content, and factors with their powers
Factored = tuple[Fraction, tuple[tuple[Poly, int], ...]]


def too_large(what: str) -> NotProved:
    return NotProved(f"gave up: {what}", Reason.TIMEOUT)


#: an Elem of a pair, without the steps in between
_elem: Final[Callable[[tuple[Poly, Poly]], Elem]] = partial(tuple.__new__, Elem)


@cache
def _ring(size: int) -> tuple[Any, tuple[Any, ...], Poly, Poly, dict[tuple[int, int], Elem], dict[str, Factored]]:
    """Polynomials in so many generators, the generators, 0 and 1; small constants and factors that were met: they are
    what they are, whatever the generators stand for."""
    ctx = flint.fmpq_mpoly_ctx.get(tuple(f"g{i}" for i in range(size)), "lex")
    return ctx, tuple(ctx.gens()), ctx.constant(0), ctx.constant(1), {}, {}


class Field:
    """Arithmetic of elements over a growing list of generators.

    A denominator that is 1 is the object ``one_poly``, so that the usual case is told at a glance.
    """

    def __init__(self, size: int = SIZES[0]) -> None:
        self.ctx, self.polys, self.zero_poly, self.one_poly, self.small, self.factored = _ring(size)
        self.size = size
        self.gens: list[Gen] = []
        #: no generator is complex
        self.real = True
        self.by_name: dict[str, Gen] = {}
        #: of polynomials too long to be remembered with the ring
        self.factored_here: dict[str, Factored] = {}
        self.relations: list[tuple[int, int, Poly]] = []
        self.zero = Elem(self.zero_poly, self.one_poly)
        self.one = Elem(self.one_poly, self.one_poly)

    # --- building -------------------------------------------------------------------------------------------------

    def add_gen(self, gen: Gen) -> Gen:
        """Install a generator (its index is set here); raises when the field is full."""
        if len(self.gens) >= self.size:
            raise FieldFull
        gen.index = len(self.gens)
        gen.poly = self.polys[gen.index]
        self.gens.append(gen)
        self.by_name[gen.name] = gen
        self.real = self.real and gen.real
        return gen

    def relate(self, gen: Gen, order: int, value: Poly) -> None:
        """Record gen**order = value, a polynomial in earlier generators."""
        self.relations.insert(0, (gen.index, order, value))

    def constant(self, q: Fraction | int) -> Elem:
        return self.ratio(q.numerator, q.denominator)

    def ratio(self, p: int, q: int) -> Elem:
        """p/q, q > 0."""
        known = self.small.get((p, q))
        if known is None:
            known = Elem(self.ctx.constant(flint.fmpq(p, q)), self.one_poly)
            if -SMALL < p < SMALL and q < SMALL:
                self.small[p, q] = known
        return known

    def from_gen(self, gen: Gen, exponent: int = 1) -> Elem:
        if exponent == 1:
            return _elem((gen.poly, self.one_poly))  # below the order of any relation
        if abs(exponent) > MAX_EXPONENT:
            raise too_large(f"exponent {exponent}")
        if exponent < 0:
            return self.make(self.one_poly, gen.poly**-exponent)
        return self.make(gen.poly**exponent, self.one_poly)

    # --- arithmetic -----------------------------------------------------------------------------------------------

    def reduce(self, p: Poly) -> Poly:
        """Apply the relations until no exponent reaches its order."""
        if len(p) > MAX_TERMS:
            raise too_large("an expression with too many terms")
        if not self.relations or (len(p) <= 1 and p.is_constant()):
            return p
        changed = True
        while changed:
            changed = False
            degrees = p.degrees()
            for index, order, value in self.relations:
                if degrees[index] >= order:
                    p = self._reduce_one(p, index, order, value)
                    if len(p) > MAX_TERMS:
                        raise too_large("an expression with too many terms")
                    degrees = p.degrees()
                    changed = True
        return p

    def _reduce_one(self, p: Poly, index: int, order: int, value: Poly) -> Poly:
        out = self.zero_poly
        g = self.polys[index]
        for e, c in self.coefficients(p, index).items():
            k, rest = divmod(e, order)
            if k > 400:
                raise too_large("a high power of an algebraic number")
            piece = c * value**k if k else c
            out += piece * g**rest if rest else piece
        return out

    def coefficients(self, p: Poly, index: int) -> dict[int, Poly]:
        """Exponent of generator ``index`` -> coefficient polynomial."""
        degree, g = int(p.degrees()[index]), self.polys[index]
        if degree == 0:
            return {0: p} if p else {}
        if degree == 1:
            first = p.derivative(index)
            rest = p - first * g
            return {0: rest, 1: first} if rest else {1: first}
        if degree == 2:
            second = p.derivative(index).derivative(index) / 2
            return {**self.coefficients(p - second * g**2, index), 2: second}
        groups: dict[int, dict[tuple[int, ...], Any]] = {}
        for mono, c in p.terms():
            e = int(mono[index])
            groups.setdefault(e, {})[(*mono[:index], 0, *mono[index + 1 :])] = c
        return {e: self.ctx.from_dict(d) for e, d in sorted(groups.items())}

    def make(self, num: Poly, den: Poly) -> Elem:
        """The reduced fraction num/den. The caller answers for den not vanishing."""
        one = self.one_poly
        if self.relations or len(num) > MAX_TERMS:
            num = self.reduce(num)
        if den is one or den.is_one():
            return _elem((num, one)) if num else self.zero
        if self.relations or len(den) > MAX_TERMS:
            den = self.reduce(den)
        if not den:
            raise NotProved("a denominator is zero", Reason.DOMAIN)
        if not num:
            return self.zero
        if not den.is_constant():
            if self.relations:
                num, den = self._clear_radicals(num, den)
            g = num.gcd(den)
            if not g.is_one():
                num, den = num / g, den / g
        lead = den.leading_coefficient()
        if lead != 1:
            num, den = num / lead, den / lead
        return _elem((num, one if den.is_one() else den))

    def _clear_radicals(self, num: Poly, den: Poly) -> tuple[Poly, Poly]:
        for index, order, value in self.relations:
            if len(value) == 1 and den.degrees()[index]:
                exponents = {int(m[index]) for m in den.monoms()}
                low = min(exponents)
                if low:
                    factor = self.polys[index] ** (order - low)
                    num, den = self.reduce(num * factor), self.reduce(den * factor)
        return num, den

    def _check(self, a: Poly, b: Poly) -> None:
        if len(a) * len(b) > MAX_PRODUCT:
            raise too_large("a product with too many terms")

    def add(self, a: Elem, b: Elem) -> Elem:
        one = self.one_poly
        if a.den is one and b.den is one:  # what the relations apply to is in neither
            num = a.num + b.num
            if len(num) > MAX_TERMS:
                raise too_large("an expression with too many terms")
            return _elem((num, one)) if num else self.zero
        if a.den == b.den:
            return self.make(a.num + b.num, a.den)
        self._check(a.num, b.den)
        self._check(b.num, a.den)
        return self.make(a.num * b.den + b.num * a.den, a.den * b.den)

    def sub(self, a: Elem, b: Elem) -> Elem:
        return self.add(a, _elem((-b.num, b.den)))

    def neg(self, a: Elem) -> Elem:
        return _elem((-a.num, a.den))

    def mul(self, a: Elem, b: Elem) -> Elem:
        if a is self.one:
            return b
        if len(a.num) * len(b.num) > MAX_PRODUCT:
            self._check(a.num, b.num)
        one = self.one_poly
        if a.den is one:
            return self.make(a.num * b.num, b.den)
        if b.den is one:
            return self.make(a.num * b.num, a.den)
        self._check(a.den, b.den)
        return self.make(a.num * b.num, a.den * b.den)

    def scale(self, a: Elem, q: Fraction | int) -> Elem:
        return a if q == 1 else _elem((a.num * rational(q), a.den))

    def power(self, a: Elem, n: int) -> Elem:
        """a**n for an integer n; the caller answers for a ≠ 0 when n < 0."""
        if n == 0:
            return self.one
        if n < 0:
            if not a.num:
                raise NotProved("a denominator is zero", Reason.DOMAIN)
            a, n = _elem((a.den, a.num)), -n
        if n == 1:
            return self.make(*a)
        if len(a.num) > 1 or len(a.den) > 1:
            terms = max(len(a.num), len(a.den))
            if n > 60 or comb(n + terms - 1, n) > MAX_TERMS:
                raise too_large(f"a sum to the power {n}")
        bits = sum([int(x).bit_length() for c in (*a.num.coeffs(), *a.den.coeffs()) if c != 1 for x in (c.p, c.q)])
        degree = max(int(a.num.total_degree()), int(a.den.total_degree()))
        if degree * n > MAX_EXPONENT:
            degree = max(map(int, (*a.num.degrees(), *a.den.degrees())))
        if degree * n > MAX_EXPONENT or bits * n > MAX_BITS * 8:
            raise too_large(f"the power {n}")
        return self.make(a.num**n, a.den**n)

    def value(self, a: Elem) -> Fraction | None:
        """The rational this element is, if it is one."""
        if not a.num:
            return _ZERO
        if len(a.num) == 1 and a.num.is_constant() and (a.den is self.one_poly or a.den.is_constant()):
            return fraction(a.num.leading_coefficient() / a.den.leading_coefficient())
        return None

    # --- structure ------------------------------------------------------------------------------------------------

    def used(self, *polys: Poly) -> list[Gen]:
        """The generators that occur."""
        live = [p.degrees() for p in polys if p is not self.one_poly and p]
        if len(live) == 1:
            return list(compress(self.gens, live[0]))
        return [g for g in self.gens if any(d[g.index] for d in live)]

    def free(self, *polys: Poly) -> frozenset[str]:
        used = self.used(*polys)
        return used[0].free if len(used) == 1 else frozenset().union(*(g.free for g in used))

    def factor(self, p: Poly) -> Factored:
        """Content and factors, each with positive leading coefficient: irreducible, or for a high degree only coprime
        to the generators."""
        if not p:
            return _ZERO, ()
        if len(p) == 1:
            if p.is_constant():
                return fraction(p.leading_coefficient()), ()
            degrees = zip(self.polys, p.degrees(), strict=True)
            return fraction(p.leading_coefficient()), tuple([(g, int(d)) for g, d in degrees if d])
        key, kept = p.str(), self.factored if len(p) <= MAX_KEPT else self.factored_here
        known = kept.get(key)
        if known is None:
            if len(p) > 3000:
                raise too_large("factoring a large polynomial")
            if len(kept) > MAX_FACTORED:
                kept.clear()
            known = kept[key] = _plainly(p) or self._factor(p)
        return known

    def _factor(self, p: Poly) -> Factored:
        if p.total_degree() > MAX_FACTOR_DEGREE and max(map(int, p.degrees())) > MAX_FACTOR_DEGREE:
            content, factors = p.leading_coefficient(), self._monomial_content(p / p.leading_coefficient())
        else:
            content, factors = p.factor()
        c = fraction(content)
        out = []
        for f, k in factors:
            if f.leading_coefficient() < 0:
                f, c = -f, c * (-1) ** int(k)
            out.append((f, int(k)))
        return c, tuple(out)

    def _monomial_content(self, p: Poly) -> list[tuple[Poly, int]]:
        low = [min(int(m[g.index]) for m in p.monoms()) for g in self.gens]
        out = [(self.polys[i], e) for i, e in enumerate(low) if e]
        for g, e in out:
            p = p / g**e
        return [*out, (p, 1)]

    # --- canonical text -------------------------------------------------------------------------------------------

    def monomials(self, p: Poly) -> list[tuple[str, Fraction]]:
        """(monomial as text, coefficient), sorted: independent of the order in which generators were made, and of which
        root of a base the generator is."""
        out = []
        for mono, c in p.terms():
            powers = [
                (g.name, e if g.root == 1 else Fraction(int(e), g.root))
                for g, e in zip(self.gens, mono, strict=False)
                if e
            ]
            if len(powers) > 1:
                powers.sort()
            out.append(("*".join([f"{n}^{e}" if e != 1 else n for n, e in powers]), fraction(c)))
        if len(out) > 1:
            out.sort()
        return out

    def text(self, a: Elem) -> str:
        """A deterministic spelling; equal texts are equal elements."""
        num = self.monomials(a.num)
        if a.den is not self.one_poly:
            den = self.monomials(a.den)
            lead = den[-1][1]
            if lead != 1:
                num, den = [(m, c / lead) for m, c in num], [(m, c / lead) for m, c in den]
            if len(den) > 1 or den[0][0]:
                top = " + ".join([f"{c}*{m}" for m, c in num])
                return f"[({top})/({' + '.join([f'{c}*{m}' for m, c in den])})]"
        return f"[{' + '.join([f'{c}*{m}' for m, c in num])}]"

    def orient(self, a: Elem) -> tuple[int, Elem]:
        """(s, b) with a = s·b, s = ±1, the same b for a and −a."""
        num = self.monomials(a.num)
        turn = num[-1][1] if num else 1
        if a.den is not self.one_poly:
            turn = turn * self.monomials(a.den)[-1][1]
        return (-1, self.neg(a)) if turn < 0 else (1, a)

    def poly_text(self, p: Poly) -> str:
        return self.text(_elem((p, self.one_poly)))


def _plainly(p: Poly) -> Factored | None:
    """The factors of a polynomial whose irreducible part is seen to be that: once the generators that divide it are
    divided out it is linear, or one term alone, m·g, holds some generator g, to the first power. In a product g would
    stand in one factor; the other would divide the monomial m, be a monomial, and divide all."""
    common = p.term_content()
    rest = p if common.is_one() else p / common
    monomials = rest.monoms()
    if rest.total_degree() != 1 and not any(c.count(0) == len(c) - 1 and 1 in c for c in zip(*monomials, strict=True)):
        return None
    tops, bottoms = zip(*[(int(c.p), int(c.q)) for c in rest.coeffs()], strict=True)
    content = Fraction(gcd(*tops), lcm(*bottoms))
    if rest.leading_coefficient() < 0:
        content = -content
    if content != 1:
        rest = rest / rational(content)
    out = [(rest, 1)]
    if not common.is_one():
        out += [(g, int(e)) for g, e in zip(p.context().gens(), common.degrees(), strict=True) if e]
    return content, tuple(out)


class FieldFull(Exception):
    """More generators are needed: start again with a larger field."""


def elems_polys(elems: Iterable[Elem]) -> list[Poly]:
    return [p for e in elems for p in e]
