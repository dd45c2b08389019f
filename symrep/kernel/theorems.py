"""The theorems a step may rest on. Each takes an instance ``lhs = rhs`` as data and checks every condition of its own.

An entry either returns the facts it used (printed with the step) or raises :class:`NotProved`. Nothing is searched
for here: inverses, antiderivatives and break points are part of the instance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from symrep.claim import Context
from symrep.kernel.assumed import speaks_of_densities, taken_apart
from symrep.kernel.calculus import derivative, unfold
from symrep.kernel.determinants import rank_one, sylvester, triangular
from symrep.kernel.each import independent, interchange_each
from symrep.kernel.fail import NotProved
from symrep.kernel.image import image_density, image_density_nd, in_order, same_end
from symrep.kernel.instance import Instance
from symrep.kernel.integrability import check_open, integrable
from symrep.kernel.integrals import evaluate, unit_mass
from symrep.kernel.interchange import interchange, leibniz, score
from symrep.kernel.jacobians import jacobian
from symrep.kernel.limits import continuous, limit, localise
from symrep.kernel.marginal import marginal, restrict
from symrep.kernel.merging import equal_when_merged
from symrep.kernel.normal import linear_parts
from symrep.kernel.recording import distinct, equal
from symrep.kernel.regular import integer_valued
from symrep.kernel.repeated import fubini
from symrep.kernel.series import sum_value
from symrep.kernel.signs import domain, prove_sign
from symrep.kernel.summability import summable
from symrep.kernel.summation import exchange, in_range, read_range, reindex, split, telescoping, without
from symrep.kernel.under import inside
from symrep.kernel.unit_steps import unit_steps
from symrep.term import MINUS_ONE, ONE, Term, add, fn, free_symbols, fresh, map_children, mul, substitute, sym, walk
from symrep.verdict import Reason

__all__ = ["THEOREMS", "Facts", "log_ratio"]

Facts = tuple[str, ...]


def _law_1d(law: Term) -> tuple[str, Term, Term, Term]:
    if law[0] != "law" or len(law[1]) != 1:
        raise NotProved("this theorem is about one variable", Reason.DOES_NOT_APPLY)
    ((x, lo, hi),) = law[1]
    return x, lo, hi, law[2]


def _integral_1d(t: Term) -> tuple[Term, tuple[str, Term, Term]]:
    if len(_head(t, "integral")) != 3:
        raise NotProved("this theorem is about one variable", Reason.DOES_NOT_APPLY)
    return t[1], t[2]


def _head(t: Term, head: str) -> Term:
    if t[0] != head:
        raise NotProved(f"needs {head} on the left, not {t[0]}", Reason.DOES_NOT_APPLY)
    return t


def identity(i: Instance, ctx: Context) -> Facts:
    """Equality by normal form."""
    equal(i.term("lhs"), i.term("rhs"), ctx)
    return ()


def pushforward(i: Instance, ctx: Context) -> Facts:
    """The density of h(X) at a point: see :mod:`symrep.kernel.image`."""
    _, law, maps, points = _head(i.term("lhs"), "push")
    taken = {*ctx.symbols, *free_symbols(law), *(b[0] for b in law[1])}
    if len(maps) != len(points):
        raise NotProved("a density is taken at as many numbers as there are maps", Reason.DOES_NOT_APPLY)
    if len(maps) == 1 and len(law[1]) == 1:
        t = i.name("target")
        value, seen = image_density(law, maps[0], i.subs("branches"), t, ctx)
        _off_ends(points, [b[2:] for b in seen], ctx)
        equal(i.term("rhs"), substitute(value, {t: points[0]}), ctx)
        return (f"the map is strictly monotone on {len(seen)} branch{'es' if len(seen) > 1 else ''} of the support",)
    ts = i.names("targets")
    if taken & set(ts) or len(set(ts)) != len(ts):
        raise NotProved("the target variables have to be fresh", Reason.ERROR)
    low, high = i.terms("low"), i.terms("high")
    if len(low) != len(high):
        raise NotProved("the image needs as many lower as upper ends", Reason.ERROR)
    box = tuple(zip(low, high, strict=True))
    value = image_density_nd(law, maps, i.terms("inverses"), box, ts, ctx)
    _off_ends(points, box, ctx)
    equal(i.term("rhs"), substitute(value, dict(zip(ts, points, strict=True))), ctx)
    return ("the map is a bijection of open boxes with non-vanishing Jacobian determinant",)


def _off_ends(points: Sequence[Term], ranges: Sequence[tuple[Term, ...]], ctx: Context) -> None:
    """A density is determined almost everywhere only: nothing is claimed of it at the ends of the image."""
    pairs = zip(points, ranges, strict=True) if len(points) == len(ranges) > 1 else ((points[0], r) for r in ranges)
    for point, ends in pairs:
        for end in ends:
            if end[0] != "inf":
                distinct(point, end, ctx)


def reparameterise(i: Instance, ctx: Context) -> Facts:
    """E_{x~p} b(x) = E_{ε~q} b(g(ε)) when p is the density of g(ε), ε ~ q (LOTUS). Both exist or neither does."""
    _, body, law = _head(i.term("lhs"), "expect")
    x, lo, hi, density = _law_1d(law)
    base, path = i.term("base"), i.term("path")
    e, _, _, _ = _law_1d(base)
    if e in free_symbols(body) - {x} or e in free_symbols(law) | free_symbols(base):
        raise NotProved(f"the noise {e} already occurs in the line", Reason.ERROR)
    t = i.name("target")
    value, seen = image_density(base, path, i.subs("branches"), t, ctx)
    for _, _, y_lo, y_hi in seen:
        for end, edge, op in ((y_lo, lo, ">="), (y_hi, hi, "<=")):
            if edge[0] == "inf":
                continue
            if end[0] == "inf" or not (
                same_end(end, edge, ctx) or prove_sign(add(end, mul(MINUS_ONE, edge)), op, domain(ctx))
            ):
                raise NotProved("the path leads out of the law's support", Reason.SUPPORT_WRONG)
    try:
        equal(value, substitute(density, {x: sym(t)}), ctx, {t: (lo, hi)})
    except NotProved as err:
        raise NotProved(
            f"the path is not known to push the noise onto the law ({err})", Reason.NOT_PUSHFORWARD
        ) from err
    if any(s[0] == "diff" for s in walk(body)):  # a derivative is taken before the path is put in
        plain = unfold(body, ctx)
        equal(body, plain, ctx, {x: (lo, hi)})
        body = plain
    result = ("expect", substitute(body, {x: path}), base)
    equal(i.term("rhs"), result, ctx)
    return ("the pushforward of the noise under the path is the law, support included",)


def substitution(i: Instance, ctx: Context) -> Facts:
    """∫ f(x) dx over (a, b) = ∫ f(φ(t)) |φ'(t)| dt for a C¹ bijection φ of (c, d) onto (a, b)."""
    lhs = i.term("lhs")
    body, (x, lo, hi) = _integral_1d(lhs)
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
    body, (x, lo, hi) = _integral_1d(lhs)
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
        x, lo, hi, density = _law_1d(lhs[2])
        t = mul(lhs[1], density)
    else:
        t, (x, lo, hi) = _integral_1d(lhs)
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
    """An expectation or integral in closed form: see :mod:`symrep.kernel.integrals`."""
    lhs = i.term("lhs")
    if lhs[0] == "expect":
        x, lo, hi, density = _law_1d(lhs[2])
        t = mul(lhs[1], density)
    else:
        t, (x, lo, hi) = _integral_1d(lhs)
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


def unbiased(i: Instance, ctx: Context) -> Facts:
    """E[(1/n) Σ b(x_i)] = E[b(x)] for n ≥ 1 independent draws."""
    _, mean = _head(i.term("lhs"), "expect_sample")
    _, body, law, n = _head(mean, "sample_mean")
    if not integer_valued(n, ctx) or not prove_sign(n, ">", domain(ctx)):
        raise NotProved("the number of draws has to be a positive integer", Reason.DOMAIN)
    unit_mass(law, i.subs("mass"), ctx)
    bound = integrable(mul(body, law[2]), law[1], ctx)
    equal(i.term("rhs"), ("expect", body, law), ctx)
    return (bound.text,)


def log_ratio(p: Term, q: Term) -> tuple[Term, Term]:
    """Log p/q and the law p, in one variable that occurs in neither."""
    x, lo, hi, p_density = _law_1d(p)
    y, q_lo, q_hi, q_density = _law_1d(q)
    if (lo, hi) != (q_lo, q_hi):
        raise NotProved("the factors live on different supports", Reason.SUPPORT_WRONG)
    z = fresh("z", free_symbols(p_density) | free_symbols(q_density) | free_symbols(p) | {x, y})
    law = ("law", ((z, lo, hi),), substitute(p_density, {x: sym(z)}))
    return add(fn("log", law[2]), mul(MINUS_ONE, fn("log", substitute(q_density, {y: sym(z)})))), law


def kl_product(i: Instance, ctx: Context) -> Facts:
    """KL(∏ p_j ‖ ∏ q_j) = Σ_j KL(p_j ‖ q_j), each factor of mass one and each term absolutely convergent."""
    _, p, q = _head(i.term("lhs"), "kl")
    if p[0] != "iprod" or q[0] != "iprod" or p[1:4] != q[1:4]:
        raise NotProved("needs two products over the same index", Reason.DOES_NOT_APPLY)
    _, j, lo, hi, pj = p
    unit_mass(pj, i.subs("mass_p"), ctx)
    unit_mass(q[4], i.subs("mass_q"), ctx)
    ratio, law = log_ratio(pj, q[4])
    integrable(mul(ratio, law[2]), law[1], ctx)
    equal(i.term("rhs"), ("sum", ("expect", ratio, law), (j, lo, hi)), ctx)
    return ("each factor has mass one and each term converges absolutely",)


def hypothesis(i: Instance, ctx: Context) -> Facts:
    """An equality that stands among the given relations."""
    lhs, rhs = i.term("lhs"), i.term("rhs")
    if ("rel", "==", lhs, rhs) not in ctx.given and ("rel", "==", rhs, lhs) not in ctx.given:
        raise NotProved("this equality was not given", Reason.NOT_DECLARED)
    return ("a given equality",)


def expectation(i: Instance, ctx: Context) -> Facts:
    """E_p[b] = ∫ b p over the law's box, which is what an expectation is."""
    _, body, law = _head(i.term("lhs"), "expect")
    equal(i.term("rhs"), ("integral", mul(body, law[2]), *law[1]), ctx)
    return ("an expectation is the integral against the density",)


def under_integral(i: Instance, ctx: Context) -> Facts:
    """An equality put in under an integral sign: see :mod:`symrep.kernel.under`."""
    return inside(i, ctx, THEOREMS)


def limit_value(i: Instance, ctx: Context) -> Facts:
    """lim_{x→a} t, from the sides the left side names, both alike where it names two: :mod:`symrep.kernel.limits`.

    Data: ``above``, ``below``: for the limit from above an end b > a such that t is looked at on (a, b) only, from
    below b < a; ``below`` alone for a = +∞, ``above`` alone for a = −∞.
    """
    body, (x, end, side) = _head(i.term("lhs"), "limit")[1:]
    sides = {1: ("+",), -1: ("-",), 0: ("+", "-")}[side[1]]
    if end[0] == "inf":
        sides = ("-",) if end[1] > 0 else ("+",)
    if x in free_symbols(end):
        raise NotProved("the point of a limit depends on its variable", Reason.DOMAIN)
    outer = localise(ctx, frozenset((x,)))
    for way in sides:
        b = i.term("above" if way == "+" else "below")
        if x in free_symbols(b) or b[0] == "inf":
            raise NotProved("the other end has to be a number free of the variable", Reason.ERROR)
        apart = add(b, mul(MINUS_ONE, end)) if way == "+" else add(end, mul(MINUS_ONE, b))
        if end[0] != "inf" and not prove_sign(apart, ">", domain(outer)):
            raise NotProved("the other end may lie on the wrong side of the point", Reason.DOMAIN)
        interval = (end, b) if way == "+" else (b, end)
        found = limit(body, x, end, way, outer, interval)
        if found[0] == "inf":
            raise NotProved("the limit is infinite", Reason.NOTHING_APPLIED)
        equal(i.term("rhs"), found, outer)
    return ("the limit exists",)


THEOREMS: Final[Mapping[str, Callable[[Instance, Context], Facts]]] = {
    "identity": identity,
    "pushforward": pushforward,
    "marginal": marginal,
    "restrict": restrict,
    "reparameterise": reparameterise,
    "substitution": substitution,
    "split_integral": split_integral,
    "interchange": interchange,
    "leibniz": leibniz,
    "score": score,
    "by_parts": by_parts,
    "value": value,
    "linearity": linearity,
    "unbiased": unbiased,
    "kl_product": kl_product,
    "hypothesis": hypothesis,
    "expectation": expectation,
    "inside": under_integral,
    "fubini": fubini,
    "limit": limit_value,
    "telescoping": telescoping,
    "split": split,
    "reindex": reindex,
    "exchange": exchange,
    "jacobian": jacobian,
    "sylvester": sylvester,
    "rank_one": rank_one,
    "triangular": triangular,
    "sum_value": sum_value,
    "independent": independent,
    "interchange_each": interchange_each,
    "unit_steps": unit_steps,
}
