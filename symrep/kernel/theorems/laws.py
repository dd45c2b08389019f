"""Theorems about laws: images, reparameterizations, expectations, divergences of products."""

from __future__ import annotations

from collections.abc import Sequence

from symrep.claim import Context
from symrep.kernel.algebra.calculus import unfold
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.integrability import integrable
from symrep.kernel.analysis.regular import integer_valued
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.image import image_density, image_density_nd, same_end
from symrep.kernel.theorems.instance import Facts, Instance
from symrep.kernel.theorems.integrals import unit_mass
from symrep.kernel.theorems.recording import distinct, equal
from symrep.kernel.theorems.shapes import head, law_1d
from symrep.term import MINUS_ONE, Term, add, fn, free_symbols, fresh, mul, substitute, sym, walk
from symrep.verdict import Reason

__all__ = ["expectation", "kl_product", "log_ratio", "pushforward", "reparameterise", "unbiased"]


def pushforward(i: Instance, ctx: Context) -> Facts:
    """The density of h(X) at a point: see ``theorems.image``."""
    _, law, maps, points = head(i.term("lhs"), "push")
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
    _, body, law = head(i.term("lhs"), "expect")
    x, lo, hi, density = law_1d(law)
    base, path = i.term("base"), i.term("path")
    e, _, _, _ = law_1d(base)
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


def unbiased(i: Instance, ctx: Context) -> Facts:
    """E[(1/n) Σ b(x_i)] = E[b(x)] for n ≥ 1 independent draws."""
    _, mean = head(i.term("lhs"), "expect_sample")
    _, body, law, n = head(mean, "sample_mean")
    if not integer_valued(n, ctx) or not prove_sign(n, ">", domain(ctx)):
        raise NotProved("the number of draws has to be a positive integer", Reason.DOMAIN)
    unit_mass(law, i.subs("mass"), ctx)
    bound = integrable(mul(body, law[2]), law[1], ctx)
    equal(i.term("rhs"), ("expect", body, law), ctx)
    return (bound.text,)


def log_ratio(p: Term, q: Term) -> tuple[Term, Term]:
    """Log p/q and the law p, in one variable that occurs in neither."""
    x, lo, hi, p_density = law_1d(p)
    y, q_lo, q_hi, q_density = law_1d(q)
    if (lo, hi) != (q_lo, q_hi):
        raise NotProved("the factors live on different supports", Reason.SUPPORT_WRONG)
    z = fresh("z", free_symbols(p_density) | free_symbols(q_density) | free_symbols(p) | {x, y})
    law = ("law", ((z, lo, hi),), substitute(p_density, {x: sym(z)}))
    return add(fn("log", law[2]), mul(MINUS_ONE, fn("log", substitute(q_density, {y: sym(z)})))), law


def kl_product(i: Instance, ctx: Context) -> Facts:
    """KL(∏ p_j ‖ ∏ q_j) = Σ_j KL(p_j ‖ q_j), each factor of mass one and each term absolutely convergent."""
    _, p, q = head(i.term("lhs"), "kl")
    if p[0] != "iprod" or q[0] != "iprod" or p[1:4] != q[1:4]:
        raise NotProved("needs two products over the same index", Reason.DOES_NOT_APPLY)
    _, j, lo, hi, pj = p
    unit_mass(pj, i.subs("mass_p"), ctx)
    unit_mass(q[4], i.subs("mass_q"), ctx)
    ratio, law = log_ratio(pj, q[4])
    integrable(mul(ratio, law[2]), law[1], ctx)
    equal(i.term("rhs"), ("sum", ("expect", ratio, law), (j, lo, hi)), ctx)
    return ("each factor has mass one and each term converges absolutely",)


def expectation(i: Instance, ctx: Context) -> Facts:
    """E_p[b] = ∫ b p over the law's box, which is what an expectation is."""
    _, body, law = head(i.term("lhs"), "expect")
    equal(i.term("rhs"), ("integral", mul(body, law[2]), *law[1]), ctx)
    return ("an expectation is the integral against the density",)
