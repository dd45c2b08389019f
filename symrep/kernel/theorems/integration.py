"""Theorems about integrals: substitution, cut points, parts, values, linearity."""

from __future__ import annotations

from collections.abc import Sequence

from symrep.claim import Context
from symrep.kernel.algebra.calculus import derivative
from symrep.kernel.algebra.normal import linear_parts
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.assumed import speaks_of_densities, taken_apart
from symrep.kernel.analysis.integrability import check_open, integrable
from symrep.kernel.analysis.limits import continuous, limit, localise
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.image import image_density, in_order, same_end
from symrep.kernel.theorems.instance import Facts, Instance
from symrep.kernel.theorems.integrals import evaluate, unit_mass
from symrep.kernel.theorems.merging import equal_when_merged
from symrep.kernel.theorems.recording import equal
from symrep.kernel.theorems.shapes import integral_1d, law_1d
from symrep.kernel.theorems.summability import summable
from symrep.kernel.theorems.summation import in_range, read_range, without
from symrep.term import MINUS_ONE, ONE, Term, add, free_symbols, map_children, mul, substitute, walk
from symrep.verdict import Reason

__all__ = ["by_parts", "linearity", "split_integral", "substitution", "value"]


def substitution(i: Instance, ctx: Context) -> Facts:
    """∫ f(x) dx over (a, b) = ∫ f(φ(t)) |φ'(t)| dt for a C¹ bijection φ of (c, d) onto (a, b)."""
    lhs = i.term("lhs")
    body, (x, lo, hi) = integral_1d(lhs)
    t, phi = i.name("variable"), i.term("path")
    c, d = i.term("low"), i.term("high")
    if t in free_symbols(lhs) | free_symbols(c) | free_symbols(d):
        raise NotProved(f"the new variable {t} already occurs in the line", Reason.ERROR)
    # read Lebesgue measure on (c, d) as a "law" of density 1: its image under φ has density |(φ⁻¹)'| on (a, b)
    branches = i.subs("branches")
    if len(branches) != 1:
        raise NotProved("a substitution has one branch", Reason.ERROR)
    s = i.name("target")
    _, seen = image_density(("law", ((t, c, d),), ONE), phi, branches, s, ctx)
    ((_, _, y_lo, y_hi),) = seen
    if not (same_end(y_lo, lo, ctx) and same_end(y_hi, hi, ctx)):
        raise NotProved("the substitution does not map onto the range of integration", Reason.SUPPORT_WRONG)
    dphi = derivative(phi, t, ctx)
    if not prove_sign(dphi, ">", domain(ctx, {t: (c, d)})):
        dphi = mul(MINUS_ONE, dphi)
    equal(i.term("rhs"), ("integral", mul(substitute(body, {x: phi}), dphi), (t, c, d)), ctx)
    return ("the substitution is a bijection of the ranges of integration",)


def split_integral(i: Instance, ctx: Context) -> Facts:
    """∫_a^b f = ∫_a^c f + ∫_c^b f for a ≤ c ≤ b, the integral absolutely convergent. Data: ``at`` c."""
    lhs, c = i.term("lhs"), i.term("at")
    body, (x, lo, hi) = integral_1d(lhs)
    if x in free_symbols(c) or c[0] == "inf":
        raise NotProved("the place of the split has to be a number free of the variable", Reason.DOMAIN)
    if not (in_order(lo, c, ctx) and in_order(c, hi, ctx)):
        raise NotProved("the place of the split may lie outside the range", Reason.DOMAIN)
    fact = integrable(body, lhs[2:], ctx).text
    equal(i.term("rhs"), add(("integral", body, (x, lo, c)), ("integral", body, (x, c, hi))), ctx)
    return ("a range split in two", fact)


def by_parts(i: Instance, ctx: Context) -> Facts:
    """∫ u v' = [u v] − ∫ u' v for u, v continuously differentiable inside, both integrals absolutely convergent."""
    lhs = i.term("lhs")
    if lhs[0] == "expect":
        x, lo, hi, density = law_1d(lhs[2])
        t = mul(lhs[1], density)
    else:
        t, (x, lo, hi) = integral_1d(lhs)
    u, v = i.term("u"), i.term("v")
    du, dv = derivative(u, x, ctx), derivative(v, x, ctx)
    inside = {x: (lo, hi)}
    equal(t, mul(u, dv), ctx, inside)
    continuous(u, x, lo, hi, ctx)
    continuous(v, x, lo, hi, ctx)
    top = limit(mul(u, v), x, hi, "-", ctx, (lo, hi))
    bottom = limit(mul(u, v), x, lo, "+", ctx, (lo, hi))
    if top[0] == "inf" or bottom[0] == "inf":
        raise NotProved("the boundary term is infinite", Reason.BOUNDARY_TERM)
    facts = (integrable(mul(u, dv), ((x, lo, hi),), ctx).text, integrable(mul(du, v), ((x, lo, hi),), ctx).text)
    rest = mul(MINUS_ONE, du, v)
    if i.has("per_density"):  # ∫ −u'v = E[w] with w·p = −u'v
        w = i.term("per_density")
        if lhs[0] != "expect":
            raise NotProved("only an expectation can be written back as one", Reason.DOES_NOT_APPLY)
        equal(rest, mul(w, density), ctx, inside)
        remaining: Term = ("expect", w, lhs[2])
    else:
        remaining = ("integral", rest, (x, lo, hi))
    equal(i.term("rhs"), add(top, mul(MINUS_ONE, bottom), remaining), ctx)
    return facts


def value(i: Instance, ctx: Context) -> Facts:
    """An expectation or integral in closed form: see ``theorems.integrals``."""
    lhs = i.term("lhs")
    if lhs[0] == "expect":
        x, lo, hi, density = law_1d(lhs[2])
        t = mul(lhs[1], density)
    else:
        t, (x, lo, hi) = integral_1d(lhs)
    got = evaluate(t, x, lo, hi, i.subs("parts"), ctx)
    equal(i.term("rhs"), got, ctx)
    return ()


def linearity(i: Instance, ctx: Context) -> Facts:
    """E[Σ c_k m_k] = Σ c_k E[m_k], and for integrals and infinite sums alike, every part absolutely convergent; E[1] is
    1 where the mass is shown to be one.
    """
    masses: list[Term] = []
    for m in i.subs("masses"):
        law = m.term("law")
        unit_mass(law, m.subs("parts"), ctx)
        masses.append(law)

    lhs, rhs = i.term("lhs"), i.term("rhs")
    declared = bool(ctx.assumed) or speaks_of_densities((lhs, rhs), ctx)

    def expand(t: Term) -> Term:
        if t[0] == "diff" and any(s[0] in ("expect", "integral") for s in walk(t[1])):
            check_open(t[2], ctx)
        t = map_children(t, expand, lambda s: s)
        if t[0] == "sum" and len(t) == 3 and t[2][2] == ("inf", 1):
            return _series(t)
        plain = t[0] == "integral"
        if plain:
            t = ("expect", t[1], ("law", t[2:], ONE))
        if t[0] != "expect":
            return t
        law = t[2]
        box = {x: (lo, hi) for x, lo, hi in law[1]}
        out = []
        parts = linear_parts(t[1], tuple(box), domain(ctx, box))
        equal(t[1], add(*(mul(c, m) for c, m in parts)), ctx, box)
        left = [(c, m) for c, m in parts if m != ONE or law not in masses]
        out += [c for c, m in parts if m == ONE and law in masses]
        if declared:
            return add(*out, *_by_declarations(left, law, ctx))
        for c, m in left:
            integrable(mul(m, law[2]), law[1], ctx)
            out.append(mul(c, ("integral", m, *law[1]) if plain else ("expect", m, law)))
        return add(*out) if out else ("num", 0, 1)

    def _series(t: Term) -> Term:
        body, (k, lo, hi) = read_range(t, "sum")
        inner = in_range(without(ctx, k), k, lo, hi)
        parts = linear_parts(body, (k,), domain(inner))
        equal(body, add(*(mul(c, m) for c, m in parts)), inner)
        for _, m in parts:
            summable(("sum", m, t[2]), ctx)
        return add(*(mul(c, ("sum", m, t[2])) for c, m in parts)) if parts else ("num", 0, 1)

    apart = (expand(lhs), expand(rhs))
    try:
        equal(*apart, ctx)
    except NotProved as no:
        try:
            equal_when_merged(*apart, ctx)
        except NotProved:
            raise no from None
    return ("every expectation taken apart converges absolutely",)


def _by_declarations(parts: Sequence[tuple[Term, Term]], law: Term, ctx: Context) -> tuple[Term, ...]:
    """E[Σ c_k m_k] term by term as integrals, but for sums of which only the whole is declared to be integrable."""
    if not parts:
        return ()
    inner, box = localise(ctx, frozenset(b[0] for b in law[1])), law[1]
    body = mul(add(*(mul(c, m) for c, m in parts)), law[2])
    failed = NotProved("nothing is known of this integral", Reason.NOT_INTEGRABLE)
    for long_first in (False, True):
        found = taken_apart(body, box, inner, long_first=long_first)
        rest = found.rest if found else tuple((c, mul(m, law[2])) for c, m in parts)
        try:
            for _, m in rest:
                integrable(m, box, ctx)
        except NotProved as no:
            failed, together = no, add(*(mul(c, m) for c, m in rest))
            try:  # what its terms need not be
                integrable(together, box, ctx)
            except NotProved:
                continue
            rest = ((ONE, together),)
        wholes = (*found.multiples, *rest) if found else rest
        return (*((found.mass,) if found else ()), *(mul(c, ("integral", m, *box)) for c, m in wholes))
    raise failed
