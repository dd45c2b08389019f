"""The theorems a step may rest on. Each takes an instance ``lhs = rhs`` as data and checks every condition of its own.

An entry either returns the facts it used (printed with the step) or raises :class:`NotProved`. Nothing is searched
for here: inverses, antiderivatives and break points are part of the instance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from symrep.claim import Context
from symrep.kernel.calculus import derivative
from symrep.kernel.fail import NotProved
from symrep.kernel.image import image_density, image_density_nd, same_end
from symrep.kernel.instance import Instance
from symrep.kernel.integrability import integrable
from symrep.kernel.integrals import evaluate, unit_mass
from symrep.kernel.interchange import interchange, leibniz, score
from symrep.kernel.limits import continuous, limit
from symrep.kernel.normal import linear_parts
from symrep.kernel.recording import equal
from symrep.kernel.signs import domain, prove_sign
from symrep.term import MINUS_ONE, ONE, Term, add, fn, free_symbols, fresh, map_children, mul, substitute, sym
from symrep.verdict import Reason

__all__ = ["THEOREMS", "Facts"]

Facts = tuple[str, ...]


def _law_1d(law: Term) -> tuple[str, Term, Term, Term]:
    if law[0] != "law" or len(law[1]) != 1:
        raise NotProved("this theorem is about one variable", Reason.DOES_NOT_APPLY)
    ((x, lo, hi),) = law[1]
    return x, lo, hi, law[2]


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
    if len(maps) == 1 and len(law[1]) == 1:
        t = i.name("target")
        value, seen = image_density(law, maps[0], i.subs("branches"), t, ctx)
        equal(i.term("rhs"), substitute(value, {t: points[0]}), ctx)
        return (f"the map is strictly monotone on {len(seen)} branch{'es' if len(seen) > 1 else ''} of the support",)
    ts = i.names("targets")
    if taken & set(ts) or len(set(ts)) != len(ts):
        raise NotProved("the target variables have to be fresh", Reason.ERROR)
    box = tuple(zip(i.terms("low"), i.terms("high"), strict=True))
    value = image_density_nd(law, maps, i.terms("inverses"), box, ts, ctx)
    equal(i.term("rhs"), substitute(value, dict(zip(ts, points, strict=True))), ctx)
    return ("the map is a bijection of open boxes with non-vanishing Jacobian determinant",)


def reparameterise(i: Instance, ctx: Context) -> Facts:
    """E_{x~p} b(x) = E_{ε~q} b(g(ε)) when p is the density of g(ε), ε ~ q (LOTUS). Both exist or neither does."""
    _, body, law = _head(i.term("lhs"), "expect")
    x, lo, hi, density = _law_1d(law)
    base, path = i.term("base"), i.term("path")
    e, _, _, _ = _law_1d(base)
    if e in free_symbols(body) - {x} or e in free_symbols(law):
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
    result = ("expect", substitute(body, {x: path}), base)
    equal(i.term("rhs"), result, ctx)
    return ("the pushforward of the noise under the path is the law, support included",)


def substitution(i: Instance, ctx: Context) -> Facts:
    """∫ f(x) dx over (a, b) = ∫ f(φ(t)) |φ'(t)| dt for a C¹ bijection φ of (c, d) onto (a, b)."""
    lhs = _head(i.term("lhs"), "integral")
    if len(lhs) != 3:
        raise NotProved("this theorem is about one variable", Reason.DOES_NOT_APPLY)
    x, lo, hi = lhs[2]
    t, phi = i.name("variable"), i.term("path")
    c, d = i.term("low"), i.term("high")
    # read Lebesgue measure on (c, d) as a "law" of density 1: its image under φ has density |(φ⁻¹)'| on (a, b)
    (branch,) = i.subs("branches")
    s = i.name("target")
    _, seen = image_density(("law", ((t, c, d),), ONE), phi, (branch,), s, ctx)
    ((_, _, y_lo, y_hi),) = seen
    if not (same_end(y_lo, lo, ctx) and same_end(y_hi, hi, ctx)):
        raise NotProved("the substitution does not map onto the range of integration", Reason.SUPPORT_WRONG)
    dphi = derivative(phi, t, ctx)
    if not prove_sign(dphi, ">", domain(ctx, {t: (c, d)})):
        dphi = mul(MINUS_ONE, dphi)
    equal(i.term("rhs"), ("integral", mul(substitute(lhs[1], {x: phi}), dphi), (t, c, d)), ctx)
    return ("the substitution is a bijection of the ranges of integration",)


def by_parts(i: Instance, ctx: Context) -> Facts:
    """∫ u v' = [u v] − ∫ u' v for u, v continuously differentiable inside, both integrals absolutely convergent."""
    lhs = i.term("lhs")
    if lhs[0] == "expect":
        x, lo, hi, density = _law_1d(lhs[2])
        t = mul(lhs[1], density)
    else:
        _head(lhs, "integral")
        ((x, lo, hi),) = lhs[2:]
        t = lhs[1]
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
        _head(lhs, "integral")
        if len(lhs) != 3:
            raise NotProved("this theorem is about one variable", Reason.DOES_NOT_APPLY)
        x, lo, hi = lhs[2]
        t = lhs[1]
    got = evaluate(t, x, lo, hi, i.subs("parts"), ctx)
    equal(i.term("rhs"), got, ctx)
    return ()


def linearity(i: Instance, ctx: Context) -> Facts:
    """E[Σ c_k m_k] = Σ c_k E[m_k], every E[m_k] absolutely convergent; E[1] = 1 where the mass is shown to be one."""
    masses: list[Term] = []
    for m in i.subs("masses"):
        law = m.term("law")
        unit_mass(law, m.subs("parts"), ctx)
        masses.append(law)

    def expand(t: Term) -> Term:
        t = map_children(t, expand, lambda s: s)
        if t[0] != "expect":
            return t
        law = t[2]
        box = {x: (lo, hi) for x, lo, hi in law[1]}
        out = []
        for c, m in linear_parts(t[1], tuple(box), domain(ctx, box)):
            if m == ONE and law in masses:
                out.append(c)
                continue
            integrable(mul(m, law[2]), law[1], ctx)
            out.append(mul(c, ("expect", m, law)))
        return add(*out) if out else ("num", 0, 1)

    equal(expand(i.term("lhs")), expand(i.term("rhs")), ctx)
    return ("every expectation taken apart converges absolutely",)


def unbiased(i: Instance, ctx: Context) -> Facts:
    """E[(1/n) Σ b(x_i)] = E[b(x)] for n ≥ 1 independent draws."""
    _, mean = _head(i.term("lhs"), "expect_sample")
    _, body, law, n = mean
    if not prove_sign(n, ">", domain(ctx)):
        raise NotProved("the number of draws has to be positive", Reason.DOMAIN)
    unit_mass(law, i.subs("mass"), ctx)
    bound = integrable(mul(body, law[2]), law[1], ctx)
    equal(i.term("rhs"), ("expect", body, law), ctx)
    return (bound.text,)


def kl_product(i: Instance, ctx: Context) -> Facts:
    """KL(∏ p_j ‖ ∏ q_j) = Σ_j KL(p_j ‖ q_j), each factor of mass one and each term absolutely convergent."""
    _, p, q = _head(i.term("lhs"), "kl")
    if p[0] != "iprod" or q[0] != "iprod" or p[1:4] != q[1:4]:
        raise NotProved("needs two products over the same index", Reason.DOES_NOT_APPLY)
    _, j, lo, hi, pj = p
    qj = q[4]
    x, _, _, p_density = _law_1d(pj)
    y, qlo, qhi, q_density = _law_1d(qj)
    if pj[1][0][1:] != (qlo, qhi):
        raise NotProved("the factors live on different supports", Reason.SUPPORT_WRONG)
    unit_mass(pj, i.subs("mass_p"), ctx)
    unit_mass(qj, i.subs("mass_q"), ctx)
    taken = free_symbols(p_density) | free_symbols(q_density) | {x, y, j}
    z = fresh("z", taken)
    law = ("law", ((z, *pj[1][0][1:]),), substitute(p_density, {x: sym(z)}))
    ratio = add(fn("log", law[2]), mul(MINUS_ONE, fn("log", substitute(q_density, {y: sym(z)}))))
    integrable(mul(ratio, law[2]), law[1], ctx)
    equal(i.term("rhs"), ("sum", ("expect", ratio, law), (j, lo, hi)), ctx)
    return ("each factor has mass one and each term converges absolutely",)


def hypothesis(i: Instance, ctx: Context) -> Facts:
    """An equality that stands among the given relations."""
    lhs, rhs = i.term("lhs"), i.term("rhs")
    if ("rel", "==", lhs, rhs) not in ctx.given and ("rel", "==", rhs, lhs) not in ctx.given:
        raise NotProved("this equality was not given", Reason.NOT_DECLARED)
    return ("a given equality",)


THEOREMS: Final[Mapping[str, Callable[[Instance, Context], Facts]]] = {
    "identity": identity,
    "pushforward": pushforward,
    "reparameterise": reparameterise,
    "substitution": substitution,
    "interchange": interchange,
    "leibniz": leibniz,
    "score": score,
    "by_parts": by_parts,
    "value": value,
    "linearity": linearity,
    "unbiased": unbiased,
    "kl_product": kl_product,
    "hypothesis": hypothesis,
}
