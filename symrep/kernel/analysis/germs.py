"""Germs: how large an expression is near one end of an interval, as data one can compare, multiply and integrate.

Near the end the variable is written with a parameter s → +∞: ``x = s``, ``x = -s``, ``x = c + 1/s`` or ``x = c - 1/s``.
A *monomial* is ``exp(Σ c_j M_j) · s^k0 · (log s)^k1 · (log log s)^k2 · (log log log s)^k3`` where every M_j is itself a
monomial that tends to +∞, and the c_j and k_i are terms in the parameters alone. An *expansion* says

    t = Σ c_i M_i + r,      |r| ≤ C · Σ R_j,

a finite sum of monomials with exact coefficients, and a remainder bounded by a constant times finitely many monomials.

**Uniformity.** Fix the parameters at any values the context allows, and let θ be one of them (the one we differentiate
by; its domain is open, the caller sees to that). Claim: everything said below holds with one constant C and one
threshold S for all s ≥ S and all θ' in some compact neighbourhood N of θ. Indeed

1. every coefficient and exponent is a continuous function of θ' (constants of the expression are checked to be, and
   they are combined by sums, products, and by powers, logarithms and the like only where these are continuous: after
   the sign of the argument was proved). So each is bounded on N, and a coefficient proved > 0 for every allowed value
   is ≥ half its value at θ on a small N: a strict sign is uniform.
2. monomials are compared through their logarithms: log(M/M') = Σ c_j M_j + k_0 log s + …; the item whose monomial
   dominates all others (induction on the height of exponentials) decides, if its coefficient has a proved strict
   sign. By 1 that coefficient is bounded away from 0 on N and the others are bounded, so M/M' → 0 (or ∞) uniformly.
   For powers: s^k with k(θ) > 0 has k ≥ k(θ)/2 on N, hence s^k ≥ s^(k(θ)/2) → ∞ uniformly.
3. sums, products and absolute values of expansions are termwise. Functions (powers, exp, log, …) are applied after
   dividing by a term that dominates all others and the remainder: t = cM(1+δ) with δ → 0 uniformly by 2, and Taylor's
   theorem for (1+δ)^p, log(1+δ), e^δ has a remainder C|δ|^(n+1) with C uniform for p in a compact set, |δ| ≤ ½;
   and |Σ_{i≤n} a_i|^m ≤ n^m Σ |a_i|^m.
4. moving a term c M into the remainder, or dropping a remainder monomial dominated by another, only weakens the claim.

No step divides by, or takes a logarithm of, anything whose leading coefficient was not proved to be nonzero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import final

from symrep.claim import Context
from symrep.kernel.algebra.everywhere import simplify_everywhere
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.fail import NotProved
from symrep.term import MINUS_ONE, ONE, ZERO, Term, add, fn, mul, num, power
from symrep.verdict import Reason

__all__ = ["UNIT", "ZERO_EXPANSION", "Expansion", "Mono", "Scale", "exact", "iterated_log"]

MAX_TERMS = 60
MAX_STEPS = 60_000


@final
@dataclass(frozen=True)
class Mono:
    """``exp(Σ c·M) · s^k0 · (log s)^k1 · …``; the M in ``exps`` tend to +∞ and are pairwise different."""

    exps: tuple[tuple[Term, Mono], ...] = ()
    pw: tuple[Term, Term, Term, Term] = (ZERO, ZERO, ZERO, ZERO)


UNIT = Mono()


@final
@dataclass(frozen=True)
class Expansion:
    """``Σ c M`` up to ``C · Σ err``; no remainder means exactly."""

    terms: tuple[tuple[Term, Mono], ...]
    err: tuple[Mono, ...] = ()

    def monos(self) -> list[Mono]:
        return [m for _, m in self.terms] + list(self.err)


ZERO_EXPANSION = Expansion(())


def exact(c: Term, m: Mono = UNIT) -> Expansion:
    return Expansion(((c, m),)) if c != ZERO else ZERO_EXPANSION


def iterated_log(i: int, c: Term = ONE) -> Mono:
    """S for i = 0, log s for i = 1, …, to the power c."""
    return Mono((), tuple(c if j == i else ZERO for j in range(4)))  # type: ignore[arg-type]


@final
class Scale:
    """Arithmetic of monomials and expansions, under the parameter domain of one context."""

    def __init__(self, ctx: Context, order: int = 2) -> None:
        self.ctx, self.order = ctx, order
        self.dom = domain(ctx, {})
        self._canon: dict[Term, Term] = {}
        self._sign: dict[tuple[Term, str], bool] = {}
        self._trend: dict[Mono, int | None] = {}
        self._steps = 0

    # --- coefficients: terms in the parameters --------------------------------------------------------------------

    def canon(self, c: Term) -> Term:
        """One spelling per value where the normal form knows one."""
        if c[0] in ("num", "sym"):
            return c
        out = self._canon.get(c)
        if out is None:
            self._steps += 1
            if self._steps > MAX_STEPS:
                raise NotProved("the growth at the end of the interval takes too long to work out", Reason.TIMEOUT)
            try:
                out = simplify_everywhere(c, self.dom)
            except NotProved:
                out = c
            self._canon[c] = out
        return out

    def plus(self, a: Term, b: Term) -> Term:
        if a == ZERO or b == ZERO:
            return b if a == ZERO else a
        if a[0] == b[0] == "num":
            return _rational(a, b, "+")
        return self.canon(add(a, b))

    def times(self, a: Term, b: Term) -> Term:
        if a == ZERO or b == ZERO:
            return ZERO
        if a == ONE or b == ONE:
            return b if a == ONE else a
        if a[0] == b[0] == "num":
            return _rational(a, b, "*")
        return self.canon(mul(a, b))

    def power(self, a: Term, p: Term) -> Term:
        """a**p; the caller knows that it is real and continuous."""
        if p == ZERO or a == ONE:
            return ONE
        return a if p == ONE else self.canon(power(a, p))

    def apply(self, name: str, *args: Term) -> Term:
        return self.canon(fn(name, *args))

    def holds(self, c: Term, op: str) -> bool:
        if c[0] == "num":
            p = c[1]
            known: bool = {"<": p < 0, "<=": p <= 0, ">": p > 0, ">=": p >= 0, "==": p == 0, "!=": p != 0}[op]
            return known
        key = (c, op)
        if key not in self._sign:
            self._steps += 10
            if self._steps > MAX_STEPS:
                raise NotProved("the growth at the end of the interval takes too long to work out", Reason.TIMEOUT)
            self._sign[key] = prove_sign(c, op, self.dom) or prove_sign(c, op, self.dom.change())
        return self._sign[key]

    def sign(self, c: Term) -> int | None:
        """The strict sign (or zero) for every allowed value of the parameters, if proved."""
        if c[0] == "num":
            return int(c[1] > 0) - int(c[1] < 0)
        return 1 if self.holds(c, ">") else -1 if self.holds(c, "<") else 0 if self.holds(c, "==") else None

    # --- monomials ------------------------------------------------------------------------------------------------

    def mono_times(self, a: Mono, b: Mono) -> Mono:
        if a == UNIT or b == UNIT:
            return b if a == UNIT else a
        exps = list(a.exps)
        for c, m in b.exps:
            for i, (c0, m0) in enumerate(exps):
                if self.same(m, m0):
                    exps[i] = (self.plus(c0, c), m0)
                    break
            else:
                exps.append((c, m))
        pw = tuple(self.plus(p, q) for p, q in zip(a.pw, b.pw, strict=True))
        return Mono(tuple(e for e in exps if e[0] != ZERO), pw)  # type: ignore[arg-type]

    def mono_power(self, m: Mono, p: Term) -> Mono:
        if p == ZERO or m == UNIT:
            return UNIT
        exps = tuple((self.times(c, p), q) for c, q in m.exps)
        pw = tuple(self.times(k, p) for k in m.pw)
        return Mono(tuple(e for e in exps if e[0] != ZERO), pw)  # type: ignore[arg-type]

    def ratio(self, a: Mono, b: Mono) -> Mono:
        return self.mono_times(a, self.mono_power(b, MINUS_ONE))

    def same(self, a: Mono, b: Mono) -> bool:
        return a == b or self.ratio(a, b) == UNIT

    def items(self, m: Mono) -> list[tuple[Term, Mono]]:
        """Log m as a sum of coefficient times monomial; a power of log log log s is outside the scale."""
        out = list(m.exps)
        for i, k in enumerate(m.pw):
            if k != ZERO:
                if i == 3:
                    raise NotProved("too many nested logarithms")
                out.append((k, iterated_log(i + 1)))
        return out

    def leading_item(self, m: Mono) -> tuple[Term, Mono] | None:
        """The item of log m that dominates all others."""
        try:
            items = self.items(m)
        except NotProved:
            return None
        for i, (c, a) in enumerate(items):
            if all(i == j or self.trend(self.ratio(b, a)) == -1 for j, (_, b) in enumerate(items)):
                return c, a
        return None

    def trend(self, m: Mono) -> int | None:
        """-1: m → 0; 0: m = 1; +1: m → ∞, uniformly; None: not known for all parameters."""
        if m not in self._trend:
            self._trend[m] = self._find_trend(m)
        return self._trend[m]

    def _find_trend(self, m: Mono) -> int | None:
        if not m.exps:
            for k in m.pw:
                if k != ZERO and (s := self.sign(k)) != 0:
                    return s
            return 0
        lead = self.leading_item(m)
        return (self.sign(lead[0]) or None) if lead else None

    def bounded(self, m: Mono) -> bool:
        return self.trend(m) in (-1, 0) or self._tame(m)

    def _tame(self, m: Mono) -> bool:
        """Every item of log m has a coefficient ≤ 0: then m ≤ 1 as soon as s is large."""
        try:
            return all(self.holds(c, "<=") for c, _ in self.items(m))
        except NotProved:
            return False

    def without_helpers(self, m: Mono) -> Mono:
        """M without the factors exp(c M) with c proved ≤ 0 but perhaps zero: those are ≤ 1, so m only grows."""
        return Mono(tuple(e for e in m.exps if self.sign(e[0]) is not None or not self.holds(e[0], "<=")), m.pw)

    # --- expansions -----------------------------------------------------------------------------------------------

    def make(self, terms: Iterable[tuple[Term, Mono]], err: Iterable[Mono]) -> Expansion:
        merged: list[tuple[Term, Mono]] = []
        for c, m in terms:
            for i, (c0, m0) in enumerate(merged):
                if self.same(m, m0):
                    merged[i] = (self.plus(c0, c), m0)
                    break
            else:
                merged.append((c, m))
        errs: list[Mono] = []
        for m in err:
            if any(self.trend(self.ratio(m, e)) in (-1, 0) for e in errs):
                continue
            errs = [e for e in errs if self.trend(self.ratio(e, m)) not in (-1, 0)]
            errs.append(m)
        kept = [
            (c, m)
            for c, m in merged
            if c != ZERO and not (errs and any(self.trend(self.ratio(m, e)) in (-1, 0) for e in errs))
        ]
        if len(kept) + len(errs) > MAX_TERMS:
            raise NotProved("too many terms in the expansion at the end of the interval", Reason.TIMEOUT)
        return Expansion(tuple(kept), tuple(errs))

    def sum(self, xs: Iterable[Expansion]) -> Expansion:
        xs = list(xs)
        return self.make([t for x in xs for t in x.terms], [e for x in xs for e in x.err])

    def product(self, a: Expansion, b: Expansion) -> Expansion:
        if len(a.monos()) * len(b.monos()) > 600:
            raise NotProved("too many terms in the expansion at the end of the interval", Reason.TIMEOUT)
        terms = [(self.times(c, d), self.mono_times(m, n)) for c, m in a.terms for d, n in b.terms]
        err = [self.mono_times(m, e) for m in a.err for e in b.monos()]
        err += [self.mono_times(m, e) for _, m in a.terms for e in b.err]
        return self.make(terms, err)

    def scaled(self, a: Expansion, c: Term) -> Expansion:
        return Expansion(tuple((self.times(c, d), m) for d, m in a.terms), a.err) if c != ZERO else ZERO_EXPANSION

    def upper(self, a: Expansion) -> Expansion:
        """|a| as a pure bound."""
        return self.make((), a.monos())

    def lead(self, a: Expansion) -> tuple[Term, Mono, Expansion] | None:
        """(c, M, δ) with a = cM(1+δ), c ≠ 0 proved and δ → 0."""
        for i, (c, m) in enumerate(a.terms):
            others = [n for j, (_, n) in enumerate(a.terms) if j != i] + list(a.err)
            if all(self.trend(self.ratio(n, m)) == -1 for n in others) and (
                self.sign(c) in (1, -1) or self.holds(c, "!=")
            ):
                inv = self.power(c, MINUS_ONE) if c[0] != "num" else num(c[2] if c[1] > 0 else -c[2], abs(c[1]))
                rest = [(self.times(d, inv), self.ratio(n, m)) for j, (d, n) in enumerate(a.terms) if j != i]
                return c, m, self.make(rest, [self.ratio(e, m) for e in a.err])
        return None

    def series(self, delta: Expansion, coefficients: list[Term]) -> Expansion:
        """1 + Σ a_k δ^k + O(δ^(n+1)) for δ → 0."""
        if not delta.terms and not delta.err:
            return exact(ONE)
        use = coefficients[: self.order] if len(delta.terms) <= 3 else coefficients[:1]
        out, p = [exact(ONE)], exact(ONE)
        for a in use:
            p = self.product(p, delta)
            out.append(self.scaled(p, a))
        n = num(len(use) + 1)
        return self.sum([*out, Expansion((), tuple(self.mono_power(m, n) for m in delta.monos()))])

    def split_constant(self, a: Expansion) -> tuple[Term, Expansion] | None:
        """(c, δ) with a = c + δ, δ → 0."""
        c: Term = ZERO
        rest = []
        for d, m in a.terms:
            t = self.trend(m)
            if t == 0:
                c = self.plus(c, d)
            elif t == -1:
                rest.append((d, m))
            else:
                return None
        return (c, Expansion(tuple(rest), a.err)) if all(self.trend(e) == -1 for e in a.err) else None


def _rational(a: Term, b: Term, op: str) -> Term:
    x, y = Fraction(a[1], a[2]), Fraction(b[1], b[2])
    return num(x + y if op == "+" else x * y)
