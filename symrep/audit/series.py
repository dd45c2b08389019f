r"""Expansions t(s) = Σ c_i m_i(s) + r(s), |r| ≤ C Σ r_j for s large: exact terms and a remainder of known order.

Arithmetic is termwise. A function is applied after the dominating term is split off: t = c m (1 + δ) with δ → 0, or t
= c + δ, and then by Taylor's formula with remainder O(δⁿ⁺¹), |Σ a_i|ⁿ⁺¹ ≤ C Σ |a_i|ⁿ⁺¹. Constants C and the range of
s can be taken the same for all values of a parameter in a compact neighbourhood, see :mod:`symrep.audit.scale`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from symrep.audit.data import ONE, ZERO, No, Term
from symrep.audit.scale import ONE_SIZE, Numbers, Scale, Size, log_size

__all__ = ["NOTHING", "Expansions", "Series"]

MAX_TERMS: Final = 120


@dataclass(frozen=True)
class Series:
    """Σ c m over ``terms``, plus something bounded by a constant times the sum of ``rest``."""

    terms: tuple[tuple[Size, Term], ...] = ()
    rest: tuple[Size, ...] = ()

    @property
    def sizes(self) -> tuple[Size, ...]:
        return (*(m for m, _ in self.terms), *self.rest)


NOTHING: Final = Series()


class Expansions:
    """Calculus of series; ``order`` is how many terms of a Taylor series are kept."""

    def __init__(self, numbers: Numbers, order: int = 3) -> None:
        self.n = numbers
        self.scale = Scale(numbers)
        self.order = order

    # --- making

    def constant(self, c: Term) -> Series:
        c = self.n.neat(c)
        return NOTHING if c == ZERO else Series(((ONE_SIZE, c),))

    def single(self, m: Size, c: Term = ONE) -> Series:
        return Series(((m, c),)) if c != ZERO else NOTHING

    def make(self, terms: Iterable[tuple[Size, Term]], rest: Iterable[Size]) -> Series:
        sums: dict[Size, list[Term]] = {}
        for m, c in terms:
            sums.setdefault(m, []).append(c)
        out = [(m, self.n.plus(*cs)) for m, cs in sums.items()]
        small = self._thin(rest)
        kept = [(m, c) for m, c in out if c != ZERO]
        if len(kept) > 12 and small:
            kept = [(m, c) for m, c in kept if not any(self.scale.at_most(m, r) for r in small)]
        if len(kept) + len(small) > MAX_TERMS:
            raise No("an expansion has too many terms")
        return Series(tuple(sorted(kept, key=repr)), small)

    def _thin(self, rest: Iterable[Size]) -> tuple[Size, ...]:
        out: list[Size] = []
        for r in sorted(set(rest), key=repr):
            if any(self.scale.at_most(r, o) for o in out):
                continue
            out = [o for o in out if not self.scale.at_most(o, r)]
            out.append(r)
        return tuple(out)

    def bound(self, sizes: Iterable[Size]) -> Series:
        """Anything that is O(Σ sizes)."""
        return Series((), self._thin(sizes))

    # --- arithmetic

    def plus(self, *parts: Series) -> Series:
        return self.make([x for p in parts for x in p.terms], [r for p in parts for r in p.rest])

    def scaled(self, a: Series, c: Term, m: Size = ONE_SIZE) -> Series:
        if c == ZERO:
            return NOTHING
        t = self.scale.times
        return self.make([(t(m, k), self.n.times(c, d)) for k, d in a.terms], [t(m, r) for r in a.rest])

    def minus(self, a: Series) -> Series:
        return self.scaled(a, ("num", -1, 1))

    def times(self, a: Series, b: Series) -> Series:
        t = self.scale.times
        terms = [(t(m, k), self.n.times(c, d)) for m, c in a.terms for k, d in b.terms]
        rest = [t(m, r) for m in a.sizes for r in b.rest] + [t(r, m) for r in a.rest for m, _ in b.terms]
        return self.make(terms, rest)

    def product(self, parts: Sequence[Series]) -> Series:
        out = self.constant(ONE)
        for p in parts:
            out = self.times(out, p)
        return out

    def whole_power(self, a: Series, k: int) -> Series:
        return self.product([a] * k)

    # --- what dominates

    def lead(self, a: Series) -> tuple[Size, Term, int] | None:
        """(m, c, sign of c) with a = c m (1 + o(1)), if that is proved."""
        for m, c in a.terms:
            sign = self.n.sign(c)
            if sign and all(self.scale.below(k, m) for k in a.sizes if k != m) and m not in a.rest:
                return m, c, sign
        return None

    def relative(self, a: Series) -> tuple[Size, Term, int, Series]:
        """(m, c, sign of c, δ) with a = c m (1 + δ), δ → 0."""
        found = self.lead(a)
        if found is None:
            raise No("no term of an expansion is known to dominate the others")
        m, c, sign = found
        other = Series(tuple(x for x in a.terms if x[0] != m), a.rest)
        inverse = self.scale.power(m, ("num", -1, 1))
        return m, c, sign, self.scaled(other, self.n.over(ONE, c), inverse)

    def limit(self, a: Series) -> Term | None:
        """The limit: a term, ``("inf", ±1)``, or None if it is not known."""
        found = self.lead(a)
        if found is not None and self.scale.trend(found[0]) == 1:
            return ("inf", found[2])
        at = ZERO
        for m, c in a.terms:
            if m == ONE_SIZE:
                at = c
            elif self.scale.trend(m) != -1:
                return None
        return at if all(self.scale.trend(r) == -1 for r in a.rest) else None

    def near_constant(self, a: Series) -> tuple[Term, Series] | None:
        """(c, δ) with a = c + δ, δ → 0."""
        at = self.limit(a)
        if at is None or at[0] == "inf":
            return None
        return at, Series(tuple(x for x in a.terms if x[0] != ONE_SIZE), a.rest)

    def bounded(self, a: Series) -> bool:
        return all(self.scale.trend(m) in (0, -1) for m in a.sizes)

    # --- functions

    def taylor(self, coefficients: Sequence[Term], delta: Series) -> Series:
        """Σ a_k δ^k + O(δ^n) for n coefficients, of a function with n continuous derivatives."""
        parts, power = [], self.constant(ONE)
        for a in coefficients:
            parts.append(self.scaled(power, self.n.neat(a)))
            power = self.times(power, delta)
        last = ("num", len(coefficients), 1)
        rest = [self.scale.power(m, last) for m in delta.sizes]
        whole = self.plus(*parts)
        return self.make(whole.terms, [*whole.rest, *rest])

    def power(self, a: Series, p: Term, whole: bool) -> Series:
        """A^p for a constant p; ``whole`` if p is known to be an integer. Real powers need a > 0."""
        if p == ZERO:
            return self.constant(ONE)
        if p[0] == "num" and p[2] == 1 and 0 < p[1] <= 8:
            return self.whole_power(a, p[1])
        if not a.sizes:
            if self.n.sign(p) == 1:
                return NOTHING
            raise No("a power of 0")
        m, c, sign, delta = self.relative(a)
        if sign < 0 and not whole:
            raise No("a real power of something negative")
        coefficients: list[Term] = [ONE]
        for k in range(1, self.order + 1):
            factor = self.n.over(self.n.plus(p, ("num", 1 - k, 1)), ("num", k, 1))
            coefficients.append(self.n.times(coefficients[-1], factor))
            if coefficients[-1] == ZERO:
                coefficients.pop()
                break
        inner = self.constant(ONE) if not delta.sizes else self.taylor(coefficients, delta)
        return self.scaled(inner, self.n.neat(("pow", c, p)), self.scale.power(m, p))

    def log(self, a: Series) -> Series:
        m, c, sign, delta = self.relative(a)
        if sign < 0:
            raise No("the logarithm of something negative")
        parts = [] if c == ONE else [self.constant(("fn", "log", c))]
        for item, k in self.scale.items(m):
            if isinstance(item, int):
                if item + 1 >= len(ONE_SIZE.logs):
                    raise No("a logarithm repeated too often")
                item = log_size(item + 1)
            parts.append(self.single(item, k))
        if delta.sizes:
            coefficients = [ZERO, *(("num", 1 if k % 2 else -1, k) for k in range(1, self.order + 1))]
            parts.append(self.taylor(coefficients, delta))
        return self.plus(*parts)

    def exp(self, a: Series) -> Series:
        large, small, at = [], [], ZERO
        for m, c in a.terms:
            trend = self.scale.trend(m)
            if m == ONE_SIZE:
                at = c
            elif trend == 1:
                large.append((m, c))
            elif trend == -1:
                small.append((m, c))
            else:
                return self._exp_bound(a)
        if any(self.scale.trend(r) not in (0, -1) for r in a.rest):
            return self._exp_bound(a)
        size = self.scale.exp_of(large)
        if any(self.scale.trend(r) == 0 for r in a.rest):
            return self.bound([size])
        delta = Series(tuple(small), a.rest)
        factor = self.n.neat(("fn", "exp", at)) if at != ZERO else ONE
        if not delta.sizes:
            return self.single(size, factor)
        coefficients, f = [], 1
        for k in range(self.order + 1):
            f *= max(k, 1)
            coefficients.append(("num", 1, f))
        return self.scaled(self.taylor(coefficients, delta), factor, size)

    def _exp_bound(self, a: Series) -> Series:
        """If a = c m (1 + o(1)) with c < 0 then exp(a) ≤ exp(c m/2) for large s; with c > 0, exp(a) ≤ exp(2 c m)."""
        found = self.lead(a)
        if found is None or self.scale.trend(found[0]) != 1:
            raise No("the exponential of something whose order is not known")
        m, c, sign = found
        return self.bound([self.scale.exp_of([(m, self.n.times(("num", 1, 2) if sign < 0 else ("num", 2, 1), c))])])

    def magnitude(self, a: Series) -> Series:
        """A bound for |a|."""
        return self.bound(a.sizes)
