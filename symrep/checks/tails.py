"""Rigorous values of infinite sums whose terms are rational functions times powers and Γ-factors of the index.

A term t(k) is read as c · k^D · R(1/k) · b^k with quotients of polynomials and factorials in k, where R is bounded on
0 ≤ u ≤ 1/N by evaluating it on that interval. Then either |t(k+1)/t(k)| ≤ r < 1 for all k ≥ N, and the tail is at most
|t(N)|/(1 − r); or t is (±1)^k times a rational function that vanishes at infinity: its expansion in 1/k is summed by
Hurwitz zeta functions, with Cauchy's bound for what is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flint import acb, arb

from symrep.checks import arith
from symrep.checks.faults import Unevaluable, tick
from symrep.term import Term, add, free_symbols, mul, neg

if TYPE_CHECKING:
    from symrep.checks.evaluate import Compiler

__all__ = ["rigorous_total"]

MAX_FACTORS = 40
MAX_DEGREE = 12
MAX_TERMS = 20_000
#: the expansion is used from EXPANSION terms on where u/ρ ≤ 1/SPREAD
SPREAD = 24
EXPANSION = 60

#: coefficients c_0, c_1, … of a polynomial in the index
Poly = list[acb]


class Strange(Exception):
    """Not a term of the known kind."""


@dataclass
class Product:
    """c · b^k · Π p(k)^e · Π Γ(a·k + c)^e."""

    constant: acb = field(default_factory=lambda: acb(1))
    base: acb = field(default_factory=lambda: acb(1))
    polys: list[tuple[Poly, int]] = field(default_factory=list)
    gammas: list[tuple[int, acb, int]] = field(default_factory=list)


class Reader:
    """Reads a summand at fixed values of everything but its index."""

    def __init__(self, index: str, comp: Compiler) -> None:
        self.index, self.comp = index, comp

    def poly(self, t: Term) -> Poly:
        if self.index not in free_symbols(t):
            return [self.comp.number(t)]
        if t[0] == "sym":
            return [acb(0), acb(1)]
        if t[0] == "add":
            return _sum([self.poly(c) for c in t[1:]])
        if t[0] == "mul":
            return _times([self.poly(c) for c in t[1:]])
        if t[0] == "pow" and t[2][0] == "num" and t[2][2] == 1 and 0 <= t[2][1] <= MAX_DEGREE:
            return _times([self.poly(t[1])] * t[2][1])
        if t[:2] == ("fn", "log"):  # log(c·b^k) of positive c and b
            inside = self.product(t[2])
            if inside.polys or inside.gammas or not (_positive(inside.constant) and _positive(inside.base)):
                raise Strange
            return [inside.constant.log(), inside.base.log()]
        raise Strange

    def terms(self, t: Term) -> list[Term]:
        """T as a sum of products."""
        if t[0] == "add":
            return [s for c in t[1:] for s in self.terms(c)]
        if t[0] == "mul":
            out: list[list[Term]] = [[]]
            for c in t[1:]:
                parts = self.terms(c) if c[0] == "add" and not self._is_poly(c) else [c]
                out = [[*o, p] for o in out for p in parts]
                if len(out) > MAX_FACTORS:
                    raise Strange
            return [mul(*o) for o in out]
        return [t]

    def _is_poly(self, t: Term) -> bool:
        try:
            self.poly(t)
        except Strange:
            return False
        return True

    def product(self, t: Term) -> Product:
        out = Product()
        self._factor(t, 1, out)
        if len(out.polys) + len(out.gammas) > MAX_FACTORS:
            raise Strange
        return out

    def _linear(self, t: Term) -> tuple[int, acb]:
        p = self.poly(t)
        a = arith.integer_of(p[1]) if len(p) == 2 else None
        if a is None or not 1 <= a <= 4:
            raise Strange
        return a, p[0]

    def _factor(self, t: Term, e: int, out: Product) -> None:
        if self.index not in free_symbols(t):
            out.constant *= self.comp.number(t) ** e
        elif t[0] == "mul":
            for c in t[1:]:
                self._factor(c, e, out)
        elif t[0] == "pow" and t[2][0] == "num" and t[2][2] == 1:
            self._factor(t[1], e * t[2][1], out)
        elif t[0] == "pow" and self.index not in free_symbols(t[1]):
            self._exponential(self.comp.number(t[1]), t[2], e, out)
        elif t[:2] == ("fn", "exp"):
            p = self.poly(t[2])
            if len(p) > 2:
                raise Strange
            out.constant *= (p[0] * e).exp()
            out.base *= (p[1] * e).exp() if len(p) == 2 else acb(1)
        elif t[0] == "fn" and t[1] in ("gamma", "factorial"):
            p = self.poly(t[2])
            if all(c.is_zero() for c in p[1:]):
                out.constant *= arith.apply(t[1], [p[0]], False) ** e
                return
            a, c = self._linear(t[2])
            out.gammas.append((a, c + 1 if t[1] == "factorial" else c, e))
        elif t[:2] == ("fn", "binomial"):
            n, k = t[2], t[3]
            for top, s in ((n, e), (k, -e), (add(n, neg(k)), -e)):
                self._factor(("fn", "factorial", top), s, out)
        else:
            out.polys.append((self.poly(t), e))

    def _exponential(self, base: acb, exponent: Term, e: int, out: Product) -> None:
        """b^(a·k + c); an integer a for any b, else b > 0."""
        p = self.poly(exponent)
        if len(p) != 2 or bool(base == 0) or base.contains(0):
            raise Strange
        whole = arith.integer_of(p[1])
        if whole is None and not (base.imag.is_zero() and bool(base.real > 0)):
            raise Strange
        start = arith.integer_of(p[0])
        if start is None and not (base.imag.is_zero() and bool(base.real > 0)):
            raise Strange
        out.base *= (base ** (whole * e)) if whole is not None else (base.log() * p[1] * e).exp()
        out.constant *= (base ** (start * e)) if start is not None else (base.log() * p[0] * e).exp()


def _positive(z: acb) -> bool:
    return bool(z.imag.is_zero() and z.real > 0)


def _sum(ps: list[Poly]) -> Poly:
    out = [acb(0)] * max(map(len, ps))
    for p in ps:
        for i, c in enumerate(p):
            out[i] = out[i] + c
    return out


def _times(ps: list[Poly]) -> Poly:
    out = [acb(1)]
    for p in ps:
        new = [acb(0)] * (len(out) + len(p) - 1)
        for i, a in enumerate(out):
            for j, b in enumerate(p):
                new[i + j] = new[i + j] + a * b
        out = new
        if len(out) > 3 * MAX_DEGREE:
            raise Strange
    return out


def _at_infinity(p: Poly) -> tuple[int, Poly]:
    """(d, q) with p(k) = k^d·q(1/k), q(0) ≠ 0."""
    d = len(p) - 1
    while d and p[d].is_zero():
        d -= 1
    if p[d].contains(0):
        raise Strange
    return d, [p[d - i] for i in range(d + 1)]


def _value(p: Poly, u: acb) -> acb:
    out = acb(0)
    for c in reversed(p):
        out = out * u + c
    return out


def _shifted(p: Poly) -> Poly:
    """P(k + 1)."""
    out: Poly = [acb(0)]
    for c in reversed(p):
        out = _sum([_times([out, [acb(1), acb(1)]]), [c]])
    return out[: len(p)]


def _ratio(t: Product, n: int) -> arb:
    """A bound of |t(k+1)/t(k)| for all k ≥ n."""
    u = acb(arb(0).union(arb(1) / n))
    degree, out = 0, t.base
    for p, e in t.polys:
        d, low = _at_infinity(p)
        d2, high = _at_infinity(_shifted(p)) if d else (0, low)
        degree += (d2 - d) * e
        out *= (_value(high, u) / _value(low, u)) ** e
    for a, c, e in t.gammas:
        for i in range(a):
            _, q = _at_infinity([c + i, acb(a)])
            out *= _value(q, u) ** e
        degree += a * e
    if degree > 0 or not out.is_finite():
        raise Strange
    bound: arb = abs(out).upper()
    return bound / arb(n) ** -degree


def rigorous_total(t: Term, first: int, comp: Compiler, item: Callable[[int], acb]) -> acb:
    """Σ_{k ≥ first} of the body of an infinite sum as a ball that contains it.

    Raises:
        Unevaluable: no rigorous bound is known.
    """
    try:
        reader = Reader(t[2][0], comp)
        products = [reader.product(s) for s in reader.terms(t[1])]
        if all(not p.gammas and bool(abs(p.base) == 1) for p in products):
            return _rational(products, first, comp, item)
        return _geometric(products, first, comp, item)
    except (Strange, ZeroDivisionError, ValueError, OverflowError) as e:
        raise Unevaluable("no bound is known for the rest of an infinite sum") from e


def _geometric(products: list[Product], first: int, comp: Compiler, item: Callable[[int], acb]) -> acb:
    from flint import ctx

    n = max(first, 1)
    small = arb(2) ** (-ctx.prec)
    out = sum((item(k) for k in range(first, n)), acb(0))
    for _ in range(14):
        end = 2 * n + 8
        if end > MAX_TERMS:
            break
        for k in range(n, end):
            tick(comp.deadline)
            out += item(k)
        n = end
        try:
            rest = sum((_tail(p, n) for p in products), arb(0))
        except Strange:
            continue
        if bool(rest < small * abs(out)) or bool(rest < small):
            break
    rest = sum((_tail(p, n) for p in products), arb(0))
    if not (rest.is_finite() and out.is_finite()):
        raise Strange
    r = rest.upper()
    return out + (acb(arb(0, r)) if out.imag.is_zero() and _real(products) else acb(arb(0, r), arb(0, r)))


def _real(products: list[Product]) -> bool:
    return all(
        z.imag.is_zero()
        for p in products
        for z in (p.constant, p.base, *(c for q, _ in p.polys for c in q), *(c for _, c, _ in p.gammas))
    )


def _tail(t: Product, n: int) -> arb:
    r = _ratio(t, n)
    if not bool(r < arb(1)):
        raise Strange
    size: arb = abs(_term(t, n)).upper()
    return size / (1 - r)


def _term(t: Product, n: int) -> acb:
    out = t.constant * t.base**n
    for p, e in t.polys:
        out *= _value(p, acb(n)) ** e
    for a, c, e in t.gammas:
        out *= (c + a * n).gamma() ** e if e > 0 else (c + a * n).rgamma() ** -e
    return out


# --- rational functions ---------------------------------------------------------------------------------------------


def _rational(products: list[Product], first: int, comp: Compiler, item: Callable[[int], acb]) -> acb:
    """Σ of (±1)^k p(k)/q(k): the first terms, then Σ_j c_j Σ_{k ≥ n} (±1)^k k^(−j)."""
    bases = {arith.integer_of(p.base) for p in products}
    if len(bases) != 1 or not bases <= {1, -1}:
        raise Strange
    sign = bases.pop()
    radius = _radius(products)
    wanted = (arb(SPREAD) / radius).upper()
    if not bool(wanted < MAX_TERMS):
        raise Strange
    n = max(first, 1) + int(float(wanted)) + 1
    n += n % 2
    out = acb(0)
    for k in range(first, n):
        tick(comp.deadline)
        out += item(k)
    series = [_expanded(p, n, radius) for p in products]
    total = _sum([c for c, _ in series])
    rest = sum((r * abs(_hurwitz(len(c), n, True)) for c, r in series), arb(0))
    least = 2 if sign == 1 else 1
    for j, c in enumerate(total):
        if c.is_zero() and j < least:
            continue
        if j < least:
            raise Strange
        out += c * _hurwitz(j, n, sign == 1)
    if not (rest.is_finite() and out.is_finite()):
        raise Strange
    r = rest.upper()
    return out + (acb(arb(0, r)) if _real(products) else acb(arb(0, r), arb(0, r)))


def _radius(products: list[Product]) -> arb:
    """A ρ ≤ ½ such that |q(u)| ≥ |q(0)|/2 for |u| ≤ ρ and every polynomial q below."""
    out = arb(1) / 2
    for t in products:
        for p, e in t.polys:
            _, q = _at_infinity(p)
            size = sum((abs(c) for c in q[1:]), arb(0))
            if e < 0 and not bool(size == 0):
                out = out.min((abs(q[0]) / (2 * size)).lower())
    if not bool(out > 0):
        raise Strange
    return out


def _expanded(t: Product, n: int, radius: arb) -> tuple[Poly, arb]:
    """c_0, …, c_J with t(k)/(±1)^k = Σ c_j k^(−j) + rest, |rest| ≤ B k^(−J−1) for k ≥ n; and B."""
    shift, top, bottom, below = 0, [t.constant], [acb(1)], arb(1)
    for p, e in t.polys:
        d, q = _at_infinity(p)
        shift -= d * e
        for _ in range(abs(e)):
            if e > 0:
                top = _times([top, q])
            else:
                bottom = _times([bottom, q])
                below *= abs(q[0]) / 2
    if shift < 0 or not bool(below > 0):
        raise Strange
    above = sum((abs(c) * radius**i for i, c in enumerate(top)), arb(0))
    coefficients: Poly = []
    for i in range(EXPANSION):
        c = top[i] if i < len(top) else acb(0)
        for j in range(1, min(i, len(bottom) - 1) + 1):
            c = c - bottom[j] * coefficients[i - j]
        coefficients.append(c / bottom[0])
    # |c_i| ≤ M/ρ^i, so that Σ_{i ≥ J} c_i u^i ≤ (M/ρ^J)·u^J/(1 − u/ρ), u ≤ 1/n
    m = above / below
    rest = m / radius**EXPANSION / (1 - 1 / (radius * n))
    return [*([acb(0)] * shift), *coefficients], rest.upper()


def _hurwitz(j: int, n: int, plain: bool) -> acb:
    """Σ_{k ≥ n} (±1)^k k^(−j), n even."""
    if plain:
        return acb(j).zeta(acb(n))
    even, odd = acb(n) / 2, (acb(n) + 1) / 2
    if j == 1:
        return (odd.digamma() - even.digamma()) / 2
    return (acb(j).zeta(even) - acb(j).zeta(odd)) / acb(2) ** j
