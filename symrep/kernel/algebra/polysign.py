"""Signs of polynomials in generators that range over boxes: every answer is a proof, "any sign" means "don't know"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import compress, pairwise

from symrep.kernel.algebra.field import Box, Field, Gen
from symrep.kernel.ground import Poly, flint, fraction, rational

__all__ = [
    "ANY",
    "NONZERO",
    "Signs",
    "box_sign",
    "conjugate_sign",
    "fact_sign",
    "flip",
    "plain_sign",
    "quadratic_sign",
    "sign_product",
]
__all__ += ["univariate_sign", "whole_power_sign"]

Signs = frozenset[int]
ANY: Signs = frozenset({-1, 0, 1})
NONZERO: Signs = frozenset({-1, 1})
NONNEGATIVE: Signs = frozenset({0, 1})
POSITIVE: Signs = frozenset({1})

SignOf = Callable[[Poly], Signs]


def sign_product(signs: Iterable[Signs]) -> Signs:
    out: Signs = POSITIVE
    for s in signs:
        if s != POSITIVE:
            out = s if out == POSITIVE else frozenset([a * b for a in out for b in s])
    return out


def flip(s: Signs) -> Signs:
    return frozenset(-a for a in s)


def plain_sign(field: Field, p: Poly) -> int | None:
    """The sign of a sum of positive generators with coefficients of one sign, or of a product of generators whose boxes
    say theirs."""
    degrees = p.degrees()
    alone = len(p) == 1
    out = 1 if p.leading_coefficient() > 0 else -1
    for g in compress(field.gens, degrees):
        if not g.positive:
            if not alone or len(signs := g.signs()) != 1:
                return None
            (sign,) = signs
            out *= sign if degrees[g.index] % 2 else abs(sign)
    if alone:
        return out
    return out if len({c > 0 for c in p.coeffs()}) == 1 else None


def box_sign(field: Field, p: Poly, used: Sequence[Gen] | None = None, *, look: bool = True) -> Signs:
    """Write each generator as an end of its box ± w, or as (lo + hi·w)/(1 + w), w ≥ 0, and see whether all coefficients
    have one sign. A closed upper end of a bounded box is w = ∞: weakly by continuity, strictly if p is strict there.
    ``look`` says that boxes may be looked for."""
    used = field.used(p) if used is None else used
    degrees = p.degrees()
    # of odd degree in what may be any number: no sign, and no need to look for narrower boxes of the others
    if any(g.kind == "sym" and g.endless() and degrees[g.index] % 2 for g in used):
        return ANY
    out = _sign_in_boxes(field, p, [(g, g.sure) for g in used])
    if not look or len(out) == 1 or all(g.known for g in used):
        return out
    return out & _sign_in_boxes(field, p, [(g, g.box) for g in used])


def _sign_in_boxes(field: Field, p: Poly, boxes: Sequence[tuple[Gen, Box]]) -> Signs:
    strict: dict[int, bool] = {}
    nonneg: set[int] = set()
    q = p
    closed: list[tuple[Gen, Fraction]] = []
    for g, box in boxes:
        if not box.real:
            return ANY
        if box.lo is not None and box.hi is not None:
            if box.lo == box.hi:
                q = at(field, q, g, field.ctx.constant(rational(box.lo)))
                continue
            if not box.hi_open:
                closed.append((g, box.hi))
            q = _squeeze(field, q, g, box.lo, box.hi)
            strict[g.index] = box.lo_open
        elif box.lo is not None:
            if box.lo:
                q = at(field, q, g, rational(box.lo) + g.poly)
            strict[g.index] = box.lo_open
        elif box.hi is not None:
            q = at(field, q, g, rational(box.hi) - g.poly)
            strict[g.index] = box.hi_open
        else:
            strict[g.index] = box.nonzero
            continue
        nonneg.add(g.index)
    out = _coefficient_sign(q, nonneg, strict)
    if 0 not in out:
        for g, hi in closed:
            if not box_sign(field, at(field, p, g, field.ctx.constant(rational(hi)))) <= out:
                return out | {0}
    return out


def _squeeze(field: Field, p: Poly, g: Gen, lo: Fraction, hi: Fraction) -> Poly:
    """(1 + w)^d · p at g = (lo + hi·w)/(1 + w)."""
    parts = field.coefficients(p, g.index)
    d = max(parts, default=0)
    top, bottom = rational(lo) + rational(hi) * g.poly, 1 + g.poly
    out = field.zero_poly
    for e, c in parts.items():
        out += c * top**e * bottom ** (d - e)
    return out


def _coefficient_sign(p: Poly, nonneg: set[int], strict: dict[int, bool]) -> Signs:
    signs = {c > 0 for c in p.coeffs()}
    if len(signs) > 1:
        return ANY
    seen = {1 if up else -1 for up in signs}
    definite = False
    for mono in p.monoms():
        positive = True
        for i, e in enumerate(mono):
            if e:
                if int(e) % 2 and i not in nonneg:
                    return ANY
                positive = positive and strict.get(i, False)
        definite = definite or positive
    return frozenset(seen) if definite else frozenset(seen | {0})


def at(field: Field, p: Poly, g: Gen, value: Poly) -> Poly:
    """P with the generator g replaced by a polynomial."""
    out = field.zero_poly
    for e, c in field.coefficients(p, g.index).items():
        out += c * value**e
    return out


# --- one variable: Sturm ------------------------------------------------------------------------------------------


def univariate_sign(field: Field, p: Poly, used: Sequence[Gen] | None = None) -> Signs:
    """The sign of a polynomial in one generator: no root in the interior of its box, and the ends looked at."""
    gens = field.used(p) if used is None else used
    if len(gens) != 1 or not gens[0].real or p.total_degree() > 40:
        return ANY
    return _sign_on(gens[0].box, gens[0].index, 1, p)


def whole_power_sign(field: Field, p: Poly, box: Box) -> Signs:
    """The same for a polynomial in g^root, the symbol that the generator g is a root of, whose box is given exactly."""
    gens = field.used(p)
    if len(gens) != 1 or not box.real or p.total_degree() > 40 * gens[0].root:
        return ANY
    if any(int(mono[gens[0].index]) % gens[0].root for mono, _ in p.terms()):
        return ANY
    return _sign_on(box, gens[0].index, gens[0].root, p)


def _sign_on(box: Box, i: int, root: int, p: Poly) -> Signs:
    coefficients = [Fraction(0)] * (int(p.total_degree()) // root + 1)
    for mono, c in p.terms():
        coefficients[int(mono[i]) // root] = fraction(c)
    poly = flint.fmpq_poly([rational(c) for c in coefficients])
    if len(coefficients) == 2 and coefficients[1]:
        zero = -coefficients[0] / coefficients[1]
        if (box.lo is None or box.lo < zero) and (box.hi is None or zero < box.hi):
            return ANY
    elif _roots_between(poly / poly.gcd(poly.derivative()), box.lo, box.hi):
        return ANY
    inside = _inner_point(box.lo, box.hi)
    s = _sgn(poly(rational(inside)))
    out = {s}
    if box.lo is not None and not box.lo_open:
        out.add(_sgn(poly(rational(box.lo))))
    if box.hi is not None and not box.hi_open:
        out.add(_sgn(poly(rational(box.hi))))
    return frozenset(out)


def _inner_point(lo: Fraction | None, hi: Fraction | None) -> Fraction:
    if lo is not None and hi is not None:
        return (lo + hi) / 2
    if lo is not None:
        return lo + 1
    return hi - 1 if hi is not None else Fraction(0)


def _sgn(c: object) -> int:
    return (c > 0) - (c < 0)  # type: ignore[operator]


def _roots_between(p: Poly, lo: Fraction | None, hi: Fraction | None) -> int:
    """The number of roots of the square-free p in the open interval, by Sturm's theorem."""
    if lo is not None and hi is not None and lo >= hi:
        return 0
    for end in (lo, hi):
        if end is not None and p(rational(end)) == 0:
            p = p / flint.fmpq_poly([rational(-end), 1])
    chain = [p, p.derivative()]
    while chain[-1].degree() > 0:
        chain.append(-(chain[-2] % chain[-1]))
    return _variations(chain, lo, -1) - _variations(chain, hi, 1)


def _variations(chain: list[Poly], end: Fraction | None, side: int) -> int:
    signs = []
    for q in chain:
        if end is None:
            s = _sgn(q[q.degree()]) * (side ** int(q.degree())) if q.degree() >= 0 else 0
        else:
            s = _sgn(q(rational(end)))
        if s:
            signs.append(s)
    return sum(a != b for a, b in pairwise(signs))


# --- reductions to simpler polynomials ----------------------------------------------------------------------------


def _part(field: Field, parts: dict[int, Poly], k: int) -> Poly:
    part: Poly = parts.get(k, field.zero_poly)
    return part


def quadratic_sign(field: Field, p: Poly, sign: SignOf, used: Sequence[Gen]) -> Signs:
    """a·g² + b·g + c with b² − 4ac < 0 (≤ 0) has (weakly) the sign of a, whatever real number g is."""
    degrees, best = p.degrees(), ANY
    for g in used:
        if degrees[g.index] != 2 or not g.real:
            continue
        parts = field.coefficients(p, g.index)
        a, b, c = _part(field, parts, 2), _part(field, parts, 1), _part(field, parts, 0)
        lead = sign(a)
        if lead not in ({1}, {-1}):  # where a = 0 it is b·g + c
            continue
        disc = sign(field.reduce(b * b - 4 * a * c))
        if disc <= {-1}:
            return lead
        if disc <= {-1, 0}:
            best = best & (lead | {0})
    return best


def conjugate_sign(field: Field, p: Poly, sign: SignOf) -> Signs:
    """A + b·r with r² = R: when a² − b²R is negative the sign is that of b·r, when positive that of a; when it is not
    positive the sign is that of b·r or 0, when not negative that of a or 0."""
    degrees, best = p.degrees() if field.relations else (), ANY
    for index, order, value in field.relations:
        g = field.gens[index]
        if order != 2 or degrees[index] != 1 or not g.real:  # r² in p would be left out below
            continue
        parts = field.coefficients(p, index)
        a, b = _part(field, parts, 0), _part(field, parts, 1)
        if a == 0 or b == 0:
            continue
        sa, sb = sign(a), sign_product([sign(b), g.signs()])
        if sa == sb and len(sa) == 1:
            return sa
        norm = sign(field.reduce(a * a - b * b * value))
        if norm <= {-1}:
            return sb - {0}
        if norm <= {1}:
            return sa - {0}
        if norm <= {-1, 0}:
            best = best & (sb | {0})
        if norm <= {0, 1}:
            best = best & (sa | {0})
    return best


def fact_sign(field: Field, p: Poly, facts: list[tuple[Poly, Signs]]) -> Signs:
    """P = c·F, or p − c·F of one sign with c·F of the same, F a fact and c rational."""
    if not facts:
        return ANY
    own = {tuple(map(int, m)): fraction(c) for m, c in p.terms()}
    best = ANY
    for f, known in facts:
        terms = [(tuple(map(int, m)), fraction(c)) for m, c in f.terms()]
        tried: set[Fraction] = set()
        for mono, c in terms:
            if mono not in own or (ratio := own[mono] / c) in tried:
                continue
            tried.add(ratio)
            scaled = known if ratio > 0 else flip(known)
            rest = p - f * rational(ratio)
            if rest == 0:
                best = best & scaled
                continue
            other = box_sign(field, rest)
            for s in (1, -1):
                if scaled <= {0, s} and other <= {0, s}:
                    strict = 0 not in scaled or 0 not in other
                    best = best & (frozenset({s}) if strict else frozenset({0, s}))
    return best
