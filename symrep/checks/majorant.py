"""A proved bound for what lies beyond a far point of an integral, for integrands built of powers and exponentials.

With y = ±x, an integrand is read as a sum of products, each at most C · y^D · exp(q(y)) for y ≥ Y ≥ 1, where q is a
polynomial without a constant term. For polynomials p of degree d, |p(y)| ≤ (Σ|p_k| Y^(k−d)) y^d, and |p(y)| is at least
(|p_d| − Σ_{k<d} |p_k| Y^(k−d)) y^d where that is positive. In the same way q(y) ≤ −α y^m. Then, if α > 0,

    −(log(y^D exp(−α y^m)))' = α m y^(m−1) − D/y ≥ ρ = α m Y^(m−1) − max(D, 0)/Y,

so that ∫_Y^∞ is at most C Y^D exp(−α Y^m)/ρ for ρ > 0; and without an exponential C Y^(D+1)/(−D − 1) for D < −1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flint import acb, arb

from symrep.checks.faults import Unevaluable
from symrep.term import Term, free_symbols, mul

if TYPE_CHECKING:
    from symrep.checks.evaluate import Compiler

__all__ = ["Strange", "beyond"]

_DEGREE: Final = 12
_PRODUCTS: Final = 40
#: |f| at real arguments is at most this
_BOUNDED: Final = {"sin": 1, "cos": 1, "tanh": 1, "erf": 1, "erfc": 2, "atan": 2, "sign": 1, "heaviside": 1}
#: log y ≤ (4/e) y^(1/4) for y ≥ 1
_LOG: Final = (arb(3) / 2, arb(1) / 4)

#: coefficients from the constant on
Poly = list[acb]


class Strange(Exception):
    """Not an integrand of the known kind, or not far enough out."""


def beyond(body: Term, x: str, sign: int, start: arb, comp: Compiler) -> arb:
    """At most so much is ∫ |body| over sign·x from ``start`` to infinity.

    Raises:
        Strange: no bound is known.
    """
    reader = _Reader(x, sign, start.lower(), comp)
    if not bool(reader.start >= 1):
        raise Strange
    try:
        total = sum((reader.tail(t) for t in reader.terms(body)), start=arb(0))
    except (Unevaluable, ZeroDivisionError) as e:
        raise Strange from e
    if not total.is_finite():
        raise Strange
    return total.upper()


def _largest(z: acb) -> arb:
    return abs(z).upper()


def _is_real(p: Poly) -> bool:
    return all(c.imag.is_zero() for c in p)


class _Reader:
    """Bounds the products of one integrand for sign·x ≥ start."""

    def __init__(self, x: str, sign: int, start: arb, comp: Compiler) -> None:
        self.x, self.sign, self.start, self.comp = x, sign, start, comp

    # --- polynomials ----------------------------------------------------------------------------------------------

    def poly(self, t: Term) -> Poly:
        """T as a polynomial in y."""
        if self.x not in free_symbols(t):
            return [self._number(t)]
        if t[0] == "sym":
            return [acb(0), acb(self.sign)]
        if t[0] == "add":
            return _sum([self.poly(c) for c in t[1:]])
        if t[0] == "mul":
            return _product([self.poly(c) for c in t[1:]])
        if t[0] == "pow" and t[2][0] == "num" and t[2][2] == 1 and 0 <= t[2][1] <= _DEGREE:
            return _product([self.poly(t[1])] * t[2][1])
        if t[:2] == ("fn", "log"):
            return self._log_of_exponential(t[2])
        raise Strange

    def _log_of_exponential(self, t: Term) -> Poly:
        """log(c · exp(q)) = log c + q for c > 0 and real q."""
        constant, exponent = acb(1), [acb(0)]
        for f in t[1:] if t[0] == "mul" else (t,):
            if self.x not in free_symbols(f):
                constant *= self._number(f)
            elif f[:2] == ("fn", "exp"):
                exponent = _sum([exponent, self.poly(f[2])])
            else:
                raise Strange
        if not (constant.imag.is_zero() and bool(constant.real > 0) and _is_real(exponent)):
            raise Strange
        return _sum([[constant.log()], exponent])

    def _number(self, t: Term) -> acb:
        z = self.comp.number(t)
        if not z.is_finite():
            raise Strange
        return z

    def _real(self, t: Term) -> arb:
        z = self._number(t)
        if not z.imag.is_zero():
            raise Strange
        return z.real

    def _is_poly(self, t: Term) -> bool:
        try:
            self.poly(t)
        except Strange:
            return False
        return True

    # --- products -------------------------------------------------------------------------------------------------

    def terms(self, t: Term) -> list[Term]:
        """T as a sum of products."""
        if t[0] == "add":
            return [s for c in t[1:] for s in self.terms(c)]
        if t[0] == "mul":
            out: list[list[Term]] = [[]]
            for c in t[1:]:
                parts = self.terms(c) if c[0] == "add" and not self._is_poly(c) else [c]
                out = [[*o, p] for o in out for p in parts]
                if len(out) > _PRODUCTS:
                    raise Strange
            return [mul(*o) for o in out]
        return [t]

    def tail(self, t: Term) -> arb:
        m = _Majorant()
        self._factor(t, arb(1), m)
        return m.tail(self.start)

    def _factor(self, t: Term, e: arb, m: _Majorant) -> None:
        """|t|^e into ``m``."""
        if self.x not in free_symbols(t):
            m.scale(self._number(t), e)
        elif t[0] == "mul":
            for c in t[1:]:
                self._factor(c, e, m)
        elif t[0] == "pow" and self.x not in free_symbols(t[2]):
            self._factor(t[1], e * self._real(t[2]), m)  # |b^r| = |b|^r for real r
        elif t[0] == "pow" and self.x not in free_symbols(t[1]):
            base = self._real(t[1])
            if not bool(base > 0):
                raise Strange
            m.exponential([c * e * base.log() for c in self.poly(t[2])])
        elif t[:2] == ("fn", "exp"):
            self._exponential(t[2], e, m)
        elif self._is_poly(t):
            m.polynomial(self.poly(t), e, self.start)
        elif t[0] == "add" and bool(e < 0):
            self._positive_sum(t, e, m)
        elif t[0] == "fn" and len(t) == 3:
            self._function(t[1], t[2], e, m)
        else:
            raise Strange

    def _exponential(self, q: Term, e: arb, m: _Majorant) -> None:
        for s in q[1:] if q[0] == "add" else (q,):
            if self._is_poly(s):
                m.exponential([c * e for c in self.poly(s)])
                continue
            # exp(−c exp(r)) for c > 0 and real r: at most 1, and at most exp(−c (1 + r + r²/2)) where r ≥ 0
            c, r = self._one_exponential(s)
            c = -c * e
            if not bool(c > 0):
                raise Strange
            if self._from_some_point_positive(r):
                square = _product([r, r])
                m.exponential([-c * v for v in _sum([[acb(1)], r, [v / 2 for v in square]])])

    def _one_exponential(self, t: Term) -> tuple[arb, Poly]:
        """T as c · exp(r) with real c and r."""
        c, r = arb(1), [acb(0)]
        for f in t[1:] if t[0] == "mul" else (t,):
            if self.x not in free_symbols(f):
                c *= self._real(f)
            elif f[:2] == ("fn", "exp"):
                r = _sum([r, self.poly(f[2])])
            else:
                raise Strange
        if not _is_real(r):
            raise Strange
        return c, r

    def _from_some_point_positive(self, r: Poly) -> bool:
        """Is the real polynomial positive for all y ≥ start?"""
        d = len(r) - 1
        lead = r[d].real
        return bool(lead - sum((_largest(r[k]) * self.start ** (k - d) for k in range(d)), start=arb(0)) > 0)

    def _positive_sum(self, t: Term, e: arb, m: _Majorant) -> None:
        """(Σ c_i exp(r_i))^e for e < 0 and c_i > 0: at most any one of the summands to that power."""
        parts = [self._one_exponential(s) for s in t[1:]]
        if not all(bool(c > 0) for c, _ in parts):
            raise Strange
        best = parts[0]
        for c, r in parts[1:]:
            gap = _sum([r, [-v for v in best[1]]])
            while len(gap) > 1 and gap[-1].is_zero():
                gap.pop()
            if len(gap) > 1 and bool(gap[-1].real > 0):
                best = (c, r)
        m.scale(acb(best[0]), e)
        m.exponential([v * e for v in best[1]])

    def _function(self, name: str, t: Term, e: arb, m: _Majorant) -> None:
        if name in _BOUNDED and bool(e > 0) and _is_real(self.poly(t)):
            m.scale(acb(_BOUNDED[name]), e)
        elif name == "abs":
            self._factor(t, e, m)
        elif name == "cosh" and bool(e < 0) and _is_real(q := self.poly(t)):  # cosh q ≥ exp(±q)/2
            way = 1 if bool(q[-1].real > 0) else -1
            m.scale(acb(1) / 2, e)
            m.exponential([c * way * e for c in q])
        elif name in ("cosh", "sinh") and bool(e > 0) and _is_real(q := self.poly(t)):  # at most exp(Σ|q_k| y^k)
            m.exponential([acb(_largest(c)) * e for c in q])
        elif name == "log" and bool(e > 0):
            self._logarithm(t, e, m)
        else:
            raise Strange

    def _logarithm(self, t: Term, e: arb, m: _Majorant) -> None:
        if self._is_poly(t):
            # |log p| ≤ |log U| + |log L| + π + d log y, and log y is at most a small power
            p = _trimmed(self.poly(t))
            high, low = _upper(p, self.start), _lower(p, self.start)
            size = abs(high.log()) + abs(low.log()) + arb.pi() + _LOG[0] * (len(p) - 1)
            m.scale(acb(size.upper()), e)
            m.degree += e * _LOG[1]
            return
        # |log Σ c_i exp(r_i)| ≤ log n + Σ (|log c_i| + |r_i|)
        parts = [self._one_exponential(s) for s in (t[1:] if t[0] == "add" else (t,))]
        if not all(bool(c > 0) for c, _ in parts):
            raise Strange
        size = [acb(arb(len(parts)).log() + sum((abs(c.log()) for c, _ in parts), start=arb(0)))]
        absolute = _sum([size, *([acb(_largest(v)) for v in r] for _, r in parts)])
        m.polynomial(absolute, e, self.start)


class _Majorant:
    """C · y^D · exp(q(y)); q from the constant on."""

    def __init__(self) -> None:
        self.constant, self.degree = arb(1), arb(0)
        self.exponent: list[arb] = [arb(0)]

    def scale(self, z: acb, e: arb) -> None:
        size = abs(z)
        if bool(e == 0):
            return
        if not (bool(size > 0) or bool(e > 0)):
            raise Strange
        if bool(size == 0):
            self.constant = arb(0)
        elif bool(size > 0):
            self.constant *= (size**e).upper()
        else:
            self.constant *= (size.upper() ** e).upper()

    def exponential(self, q: Poly) -> None:
        self.exponent = [v.real for v in _sum([[acb(c) for c in self.exponent], q])]

    def polynomial(self, p: Poly, e: arb, start: arb) -> None:
        p = _trimmed(p)
        bound = _upper(p, start) if bool(e > 0) else _lower(p, start) if bool(e < 0) else None
        if bound is None:
            raise Strange
        self.constant *= (bound**e).upper()
        self.degree += e * (len(p) - 1)

    def tail(self, y: arb) -> arb:
        q = list(self.exponent)
        while len(q) > 1 and q[-1].is_zero():
            q.pop()
        front = self.constant * q[0].exp() if not self.constant.is_zero() else arb(0)
        m = len(q) - 1
        if m == 0:
            if not bool(self.degree < -1):
                raise Strange
            return (front * y ** (self.degree + 1) / (-self.degree - 1)).upper()
        alpha = -q[m] - sum((abs(q[k]) * y ** (k - m) for k in range(1, m)), start=arb(0))
        alpha = alpha.lower()
        if not bool(alpha > 0):
            raise Strange
        rho = (alpha * m * y ** (m - 1) - self.degree.max(arb(0)) / y).lower()
        if not bool(rho > 0):
            raise Strange
        return (front * y**self.degree * (-alpha * y**m).exp() / rho).upper()


def _trimmed(p: Poly) -> Poly:
    p = list(p)
    while len(p) > 1 and p[-1].is_zero():
        p.pop()
    return p


def _upper(p: Poly, y: arb) -> arb:
    """|p(y')| ≤ this · y'^d for y' ≥ y."""
    d = len(p) - 1
    out = sum((_largest(c) * y ** (k - d) for k, c in enumerate(p)), start=arb(0)).upper()
    if not bool(out > 0):
        raise Strange
    return out


def _lower(p: Poly, y: arb) -> arb:
    d = len(p) - 1
    out = (abs(p[d]).lower() - sum((_largest(p[k]) * y ** (k - d) for k in range(d)), start=arb(0))).lower()
    if not bool(out > 0):
        raise Strange
    return out


def _sum(ps: list[Poly]) -> Poly:
    return [sum((p[k] for p in ps if k < len(p)), start=acb(0)) for k in range(max(map(len, ps)))]


def _product(ps: list[Poly]) -> Poly:
    out: Poly = [acb(1)]
    for p in ps:
        wide = [acb(0)] * (len(out) + len(p) - 1)
        for i, a in enumerate(out):
            for j, b in enumerate(p):
                wide[i + j] += a * b
        out = wide
        if len(out) > _DEGREE + 1:
            raise Strange
    return out
