r"""Expectations over independent coordinates x_i, lo ≤ i ≤ hi, ``("expect_each", t, x, ("iprod", i, lo, hi, law))``.

``independent``: E of a polynomial in functions of single coordinates, sums over indices among it. It is written as a
list of monomials Σ_{k_1} … Σ_{k_m} c · Π_r f_r(x_{a_r}), and each of these is summed over the ways in which its indices
can coincide: Σ_k V = Σ_{k ∉ P} V + Σ_{a ∈ P} V(a), for the different indices P there are already, each of them in the
range of k or never equal to k; and Σ_{k ∉ P} E = Σ_k E − Σ_{a ∈ P} E(a). Where all indices are different, E of the
product is the product of the E (Fubini), the laws having mass one and each function being integrable. A monomial may
hold products over whole ranges, too (``spread``).

``interchange_each``: d/dθ of E log(c Σ_k e^{h(x_k)}), k over all coordinates. As a function of the numbers h_k the body
is Lipschitz for the largest of their moduli, so what is integrable and dominated near θ for each h(x_k) is so, up to
the number of coordinates, for the body.

What converges absolutely: monomials, each by itself; beside functions of one coordinate they may hold (Σ_k s_k)^{−m},
at most s_a^{−m} for any a, the s_k > 0; and log(c Σ_k s_k), at most |log c| + log n + Σ_k |log s_k|.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, final

from symrep.audit.context import Ctx
from symrep.audit.data import (
    ONE,
    ZERO,
    No,
    Term,
    add,
    binding,
    fn,
    free,
    fresh,
    has,
    mul,
    neg,
    num,
    power,
    rebuild,
    sub,
    substitute,
    sym,
    value,
    walk,
)
from symrep.audit.derive import derivative
from symrep.audit.instance import Data
from symrep.audit.integrability import differentiable, integrable, ordered
from symrep.audit.normal import need_same, same_everywhere, simplify
from symrep.audit.regular import proved, whole
from symrep.audit.signs import holds
from symrep.audit.spread import Piece, alone, factors, places, powers_of_e, spread_out
from symrep.audit.summing import Range, among, range_of
from symrep.audit.values import unit_mass
from symrep.audit.vectors import everywhere_finite, vector_theorems

__all__ = ["COORDINATE_THEOREMS", "Family", "absolutely", "alone", "family", "masses", "nonnegative"]

MOST: Final = 4
MANY: Final = 200


@final
@dataclass(frozen=True)
class Family:
    """Coordinates of a name, their range and their laws."""

    name: str
    where: Range
    law: Term

    def one(self, a: Term, y: str) -> Term:
        """The law of the coordinate a in the variable y."""
        ((v, lo, hi),) = self.law[1]
        k = self.where[0]
        box = ((y, substitute(lo, {k: a}), substitute(hi, {k: a})),)
        return ("law", box, substitute(self.law[2], {k: a, v: sym(y)}))


def family(t: Term, ctx: Ctx) -> Family:
    """What an expectation is taken over."""
    if t[0] != "expect_each":
        raise No(f"this theorem is not about {t[0]}")
    _, _, x, (_, i, lo, hi, law) = t
    if x in free(t[3]) or len(law[1]) != 1 or "inf" in (lo[0], hi[0]):
        raise No("laws that depend on the coordinates, or infinitely many")
    range_of(("sum", ONE, (i, lo, hi)), ctx, "sum")
    return Family(x, (i, lo, hi), law)


# --- monomials --------------------------------------------------------------------------------------------------------


@final
@dataclass(frozen=True)
class Monomial:
    """Σ over the ranges, outermost first, of fixed · the moving factors · the products ``spread`` over ranges of their
    own; ``below`` holds (s, k, −m), for a factor (Σ_k s)^(−m)."""

    ranges: tuple[Range, ...] = ()
    fixed: tuple[Term, ...] = ()
    moving: tuple[Term, ...] = ()
    spread: tuple[Term, ...] = ()
    below: tuple[tuple[Term, str, Term], ...] = ()

    def times(self, other: Monomial) -> Monomial:
        return Monomial(
            self.ranges + other.ranges,
            self.fixed + other.fixed,
            self.moving + other.moving,
            self.spread + other.spread,
            self.below + other.below,
        )

    def put(self, k: str, a: Term) -> Monomial:
        def at(t: Term) -> Term:
            return substitute(t, {k: a})

        return Monomial(
            tuple((j, at(lo), at(hi)) for j, lo, hi in self.ranges),
            tuple(map(at, self.fixed)),
            tuple(map(at, self.moving)),
            tuple(map(at, self.spread)),
            tuple((substitute(s, {k: a}) if j != k else s, j, m) for s, j, m in self.below),
        )


@final
class _Polynomials:
    """Terms as lists of monomials, and what the expectation of these is."""

    def __init__(self, over: Family, ctx: Ctx, *, bounds: bool) -> None:
        self.over, self.x, self.bounds, self.outer = over, over.name, bounds, ctx

    def monomials(self, t: Term, ctx: Ctx) -> list[Monomial]:
        x = self.x
        if x not in free(t):
            return [Monomial(fixed=(t,))]
        if t[0] != "mul" and alone(t, x) is not None:
            return [Monomial(moving=(t,))]
        if t[0] == "product":
            return [Monomial(spread=(t,))]
        if (opened := powers_of_e(t, x)) is not None:
            return self.monomials(opened, ctx)
        if t[0] == "add":
            return [m for c in t[1:] for m in self.monomials(c, ctx)]
        if t[0] == "mul":
            out = [Monomial()]
            for c in t[1:]:
                more = self.monomials(c, ctx)
                out = [a.times(self._apart(b, a)) for a in out for b in more]
                if len(out) > MANY:
                    raise No("too many products", covered=False)
            return out
        e = value(t[2]) if t[0] == "pow" else None
        if e is not None and e.denominator == 1:
            if 1 < e <= MOST:
                return self.monomials(mul(*[t[1]] * int(e)), ctx)
            if e < 0 and t[1][0] == "mul":
                return self.monomials(mul(*(power(c, t[2]) for c in t[1][1:])), ctx)
            if e < 0 and self.bounds and (s := self.all_of_them(t[1], ctx)) is not None:
                return [Monomial(below=((*s, t[2]),))]
        if t[0] == "sum":
            body, (k, lo, hi) = range_of(t, ctx, "sum")
            if hi[0] == "inf" or x in free(lo) | free(hi):
                raise No("an infinite sum, or a range that the coordinates say")
            j = self._new(k, t, ctx)
            inner = self.monomials(substitute(body, {k: sym(j)}), among((j, lo, hi), ctx))
            return [Monomial(ranges=((j, lo, hi),)).times(m) for m in inner]
        if self.bounds and t[0] == "fn" and t[1] == "log":
            return [Monomial(), *self.monomials(self._logarithms(t[2], ctx), ctx)]
        raise No("no polynomial in functions of single coordinates")

    def _new(self, k: str, t: Term, ctx: Ctx) -> str:
        inside = frozenset(n for s in walk(t) for n in free(s) | {b[0] for b in binding(s)})
        return fresh(ctx.known() | inside | free(self.over.law) | {self.x, self.over.where[0], *self._used()}, k)

    def _used(self) -> set[str]:
        return {n for r in (*self.outer.given, *self.outer.facts) for n in free(r)}

    def _apart(self, m: Monomial, other: Monomial) -> Monomial:
        """M with indices that the other has not."""
        taken = {r[0] for r in other.ranges}
        for k in [r[0] for r in m.ranges]:
            if k in taken:
                parts = (
                    *m.fixed,
                    *m.moving,
                    *m.spread,
                    *(s for s, _, _ in m.below),
                    *(e for r in m.ranges for e in r[1:]),
                )
                names = frozenset(n for t in parts for s in walk(t) for n in free(s) | {b[0] for b in binding(s)})
                j = fresh(names | taken | {r[0] for r in m.ranges} | self.outer.known() | {self.x}, k)
                put = m.put(k, sym(j))
                m = replace(put, ranges=tuple((j if r[0] == k else r[0], *r[1:]) for r in put.ranges))
            taken |= {r[0] for r in m.ranges}
        return m

    def all_of_them(self, t: Term, ctx: Ctx) -> tuple[Term, str] | None:
        """(s, k) of Σ_k s over all coordinates, one at least, every s > 0 and a function of the coordinate k."""
        if t[0] != "sum":
            return None
        body, (k, lo, hi) = range_of(t, ctx, "sum")
        _, low, high = self.over.where
        if hi[0] == "inf" or not (same_everywhere(lo, low, ctx) and same_everywhere(hi, high, ctx)):
            return None
        if not proved(sub(hi, lo), ">=", ctx) or alone(body, self.x) != sym(k):
            return None
        return (body, k) if proved(body, ">", among((k, lo, hi), ctx)) else None

    def split(self, t: Term, ctx: Ctx) -> tuple[Term, Term, str]:
        """(c, s, k) of a positive multiple c Σ_k s."""
        factors = list(t[1:]) if t[0] == "mul" else [t]
        sums = [f for f in factors if self.x in free(f)]
        c = mul(*(f for f in factors if self.x not in free(f)))
        found = self.all_of_them(sums[0], ctx) if len(sums) == 1 else None
        if found is None or not proved(c, ">", ctx):
            raise No("no positive multiple of a sum over the coordinates")
        return (c, *found)

    def _logarithms(self, t: Term, ctx: Ctx) -> Term:
        _, s, k = self.split(t, ctx)
        return ("sum", fn("log", s), (k, *self.over.where[1:]))

    # --- expectations -------------------------------------------------------------------------------------------------

    def mean(self, m: Monomial, ctx: Ctx) -> Term:
        """E of the monomial; with bounds no value, but that it converges is shown."""
        if not m.ranges:
            return mul(*m.fixed, *self._product(m, ctx))
        (k, lo, hi), rest = m.ranges[0], replace(m, ranges=m.ranges[1:])
        range_of(("sum", ONE, (k, lo, hi)), ctx, "sum")
        later = {r[0] for r in rest.ranges}
        apart, meeting = among((k, lo, hi), ctx), list[Term]()
        for a in self._indices(m.moving):
            if free(a) & (later | {k}) or proved(sub(sym(k), a), "!=", apart):
                continue
            if not whole(a, ctx) or not all(proved(d, ">=", ctx) for d in (sub(a, lo), sub(hi, a))):
                raise No("two indices may or may not meet")
            if not all(proved(sub(a, b), "!=", ctx) for b in meeting):
                raise No("two indices may be the same")
            meeting.append(a)
            apart = apart.assume(sym(k), "!=", a)
        general = self.mean(rest, apart)
        out = [("sum", general, (k, lo, hi))]
        for a in meeting:
            out += [neg(substitute(general, {k: a})), self.mean(rest.put(k, a), ctx)]
        return add(*out)

    def _indices(self, ts: Sequence[Term]) -> list[Term]:
        return list(dict.fromkeys(a for t in ts for a, inner in places(t, self.x) if not inner))

    def _product(self, m: Monomial, ctx: Ctx) -> list[Term]:
        """The expectations of the factors, one for each different index."""
        groups: dict[Term, list[Term]] = {}
        for t in m.moving:
            a = alone(t, self.x)
            if a is None:
                raise No("a function of several coordinates")
            _, lo, hi = self.over.where
            if not whole(a, ctx) or not all(proved(d, ">=", ctx) for d in (sub(a, lo), sub(hi, a))):
                raise No("a coordinate there may not be")
            home = next((b for b in groups if b == a or same_everywhere(a, b, ctx)), None)
            if home is None:
                if not all(proved(sub(a, b), "!=", ctx) for b in groups):
                    raise No("two indices may be the same")
                home = a
            groups.setdefault(home, []).append(_moved(t, self.x, a, ("index", self.x, home)))
        pieces = spread_out(m.spread, self.x, groups, ctx)
        if m.below:
            if not groups:
                raise No("nothing to compare a sum with", covered=False)
            a = next(iter(groups))
            groups[a] += [power(substitute(s, {k: a}), e) for s, k, e in m.below]
        out = [self._one(a, ts, ctx, simpler=bool(m.below)) for a, ts in groups.items()]
        return [*out, *(t for p in pieces for t in self._over(p, ctx))]

    def _over(self, p: Piece, ctx: Ctx) -> list[Term]:
        """The products of the expectations of the factors."""
        _, low, high = self.over.where
        names = {n for t in p.products for s in walk(t) for n in free(s) | {b[0] for b in binding(s)}}
        names |= {n for ends in p.ranges for e in ends for n in free(e)}
        j = fresh(ctx.known() | names | free(self.over.law) | {self.x, self.over.where[0], *self._used()}, "k")
        inside = not (proved(sub(p.lo, low), ">=", ctx) and proved(sub(high, p.hi), ">=", ctx))
        found = []
        for lo, hi in p.ranges:
            here = among((j, lo, hi), ctx)
            if inside and not all(proved(d, ">=", here) for d in (sub(sym(j), low), sub(high, sym(j)))):
                raise No("a product over coordinates there may not be")
            parts = [f for t in factors(p.products, sym(j), self.x) for f in (t[1:] if t[0] == "mul" else (t,))]
            moving = [f for f in parts if self.x in free(f)]
            still = [f for f in parts if self.x not in free(f)]
            found.append(mul(*still, self._one(sym(j), moving, here)))
        if all(t == found[0] for t in found) and j not in free(found[0]):
            return [power(found[0], sub(add(p.hi, ONE), add(p.lo, num(p.out))))]
        return [("product", t, (j, *ends)) for t, ends in zip(found, p.ranges, strict=True)]

    def _one(self, a: Term, ts: Sequence[Term], ctx: Ctx, *, simpler: bool = False) -> Term:
        """The expectation of functions of the coordinate a, which is finite."""
        names = frozenset(n for t in (a, *ts) for s in walk(t) for n in free(s) | {b[0] for b in binding(s)})
        y = fresh(ctx.known() | names | free(self.over.law) | {self.x}, "y")
        law, body = self.over.one(a, y), _moved(mul(*ts), self.x, a, sym(y))
        if self.x in free(body):
            raise No("a function of several coordinates")
        if simpler:
            body = simplify(body, ctx.inside({y: law[1][0][1:]}).quiet())
        integrable(mul(body, law[2]), law[1], ctx)
        return ("expect", body, law)


def _moved(t: Term, x: str, a: Term, new: Term) -> Term:
    return new if t == ("index", x, a) else rebuild(t, lambda s: _moved(s, x, a, new), lambda s: _moved(s, x, a, new))


# --- theorems ---------------------------------------------------------------------------------------------------------


def absolutely(t: Term, body: Term, ctx: Ctx) -> None:
    """Raises No unless E|body| < ∞ over the coordinates of the node t."""
    if has(body, "vector"):
        everywhere_finite(t, body, ctx)
        return
    over = family(t, ctx)
    integrable(over.law[2], over.law[1], among(over.where, ctx))
    polynomials = _Polynomials(over, ctx, bounds=True)
    for m in polynomials.monomials(_carried_out(body, ctx), ctx):
        polynomials.mean(m, ctx)


def _carried_out(t: Term, ctx: Ctx) -> Term:
    t = rebuild(t, lambda s: _carried_out(s, ctx), lambda s: _carried_out(s, ctx))
    return derivative(t[1], t[2], ctx) if t[0] == "diff" else t


def masses(t: Term, parts: Sequence[Data], ctx: Ctx) -> None:
    over = family(t, ctx)
    unit_mass(over.law, parts, among(over.where, ctx))


def _independent(i: Data, ctx: Ctx) -> None:
    lhs, quiet = i.term("lhs"), ctx.quiet()
    over = family(lhs, quiet)
    masses(lhs, i.subs("mass"), quiet)
    polynomials = _Polynomials(over, quiet, bounds=False)
    found = add(ZERO, *(polynomials.mean(m, quiet) for m in polynomials.monomials(lhs[1], quiet)))
    if quiet.notes:
        raise No("something is known off a null set only")
    need_same(i.term("rhs"), found, ctx, "the other side is not what independence gives")


def _interchange_each(i: Data, ctx: Ctx) -> None:
    lhs, h = i.term("lhs"), i.term("part")
    if lhs[0] != "diff":
        raise No("this theorem is about derivatives")
    _, node, theta = lhs
    over = family(node, ctx)
    if theta in free(node[3]):
        raise No(f"the laws depend on {theta}")
    if node[1][0] != "fn" or node[1][1] != "log":
        raise No("the body is no logarithm of a sum")
    integrable(over.law[2], over.law[1], among(over.where, ctx))
    c, s, k = _Polynomials(over, ctx, bounds=True).split(node[1][2], ctx)
    inner = among((k, *over.where[1:]), ctx)
    if theta in free(c) or alone(h, over.name) != sym(k) or not same_everywhere(s, fn("exp", h), inner):
        raise No("a summand is not the exponential of a function of its coordinate")
    y = fresh(inner.known() | free(h) | free(over.law) | {over.name}, "y")
    law = over.one(sym(k), y)
    differentiable(mul(_moved(h, over.name, sym(k), sym(y)), law[2]), law[1], theta, inner)
    rhs = i.term("rhs")
    if rhs[0] != "expect_each" or rhs[2:] != node[2:]:
        raise No("the other side is an expectation over something else")
    need_same(rhs[1], ("diff", node[1], theta), ctx, "the other side is not the derivative")


def nonnegative(t: Term, ctx: Ctx) -> None:
    """Raises No unless every density is known to be at least 0."""
    over = family(t, ctx)
    inside = among(over.where, ctx)
    ((y, lo, hi),) = over.law[1]
    if not ordered(lo, hi, inside) or not holds(over.law[2], ">=", inside.inside({y: (lo, hi)})):
        raise No("a density may be negative")


COORDINATE_THEOREMS: Final = {"independent": _independent, "interchange_each": _interchange_each, **vector_theorems()}
