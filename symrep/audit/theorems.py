"""The theorems a step may rest on: ``lhs = rhs`` with the data of an instance, every condition checked from its
statement.

An entry returns nothing, or raises :class:`symrep.audit.data.No`. What holds off a null set only is noted in the
context.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from symrep.audit.algebra import Algebra
from symrep.audit.context import Ctx
from symrep.audit.coordinates import COORDINATE_THEOREMS
from symrep.audit.data import (
    MINUS,
    ONE,
    ZERO,
    No,
    Term,
    add,
    fn,
    free,
    fresh,
    has,
    mul,
    neg,
    rebuild,
    sub,
    substitute,
    sym,
)
from symrep.audit.declared import merged, speaks_of_declarations
from symrep.audit.derive import derivative
from symrep.audit.determinants import DETERMINANT_THEOREMS
from symrep.audit.ends import limit
from symrep.audit.gradients import integrand, interchange, leibniz, score
from symrep.audit.images import Image, image, image_in_space, monotone, same_end
from symrep.audit.instance import Data
from symrep.audit.integrability import integrable, open_domain, ordered, unfolded
from symrep.audit.jacobians import jacobian
from symrep.audit.limits import limit_value
from symrep.audit.nested import inside
from symrep.audit.normal import need_same, same, split_linear
from symrep.audit.regular import SMOOTH, Interior, whole
from symrep.audit.repeated import fubini
from symrep.audit.series_values import sum_value
from symrep.audit.signs import compare, holds, nonzero, with_algebra
from symrep.audit.summability import series_apart
from symrep.audit.summing import SUM_THEOREMS
from symrep.audit.through import through
from symrep.audit.unit_steps import unit_steps
from symrep.audit.values import unit_mass, value_of

__all__ = ["THEOREMS", "log_ratio"]


def _is(t: Term, *heads: str) -> Term:
    if t[0] not in heads:
        raise No(f"this theorem is not about {t[0]}")
    return t


def _one_variable(box: Sequence[tuple[str, Term, Term]]) -> tuple[str, Term, Term]:
    if len(box) != 1:
        raise No("this theorem is about one variable")
    return box[0]


def identity(i: Data, ctx: Ctx) -> None:
    need_same(i.term("lhs"), i.term("rhs"), ctx, "the two sides are not the same")


def hypothesis(i: Data, ctx: Ctx) -> None:
    """An equality that is given, word for word."""
    a, b = i.term("lhs"), i.term("rhs")
    if ("rel", "==", a, b) not in ctx.given and ("rel", "==", b, a) not in ctx.given:
        raise No("this equality is not given")


def expectation(i: Data, ctx: Ctx) -> None:
    """E_p b is the integral of b p."""
    t, box = integrand(_is(i.term("lhs"), "expect"))
    need_same(i.term("rhs"), ("integral", t, *box), ctx, "this is not the integral against the density")


# --- images -----------------------------------------------------------------------------------------------------------


def pushforward(i: Data, ctx: Ctx) -> None:
    """The density of an image at a point that is no end of the image of a branch."""
    _, law, maps, points = _is(i.term("lhs"), "push")
    if len(maps) != len(points):
        raise No("a density is taken at one number for each map")
    if len(law[1]) == len(maps) == 1:
        ts: Sequence[str] = (i.name("target"),)
        found = image(law, maps[0], i.subs("branches"), ts[0], ctx)
        for interval in found.intervals:
            _not_at_ends(points[0], interval, ctx)
    else:
        ts = i.names("targets")
        low, high = i.terms("low"), i.terms("high")
        if len(low) != len(high):
            raise No("an image has as many lower ends as upper ones")
        found = image_in_space(law, maps, i.terms("inverses"), [*zip(low, high, strict=True)], ts, ctx)
        for point, interval in zip(points, found.intervals, strict=True):
            _not_at_ends(point, interval, ctx)
    put = dict(zip(ts, points, strict=True))
    _any_density(found, lambda density: (i.term("rhs"), substitute(density, put), ctx))


def _any_density(found: Image, sides: Callable[[Term], tuple[Term, Term, Ctx]]) -> None:
    """The density in one of its spellings."""
    for density in found.densities[:-1]:
        a, b, ctx = sides(density)
        alone = ctx.quiet()
        if same(a, b, alone):
            ctx.notes.extend(alone.notes)
            return
    need_same(*sides(found.densities[-1]), "the density of the image is another one")


def marginal(i: Data, ctx: Ctx) -> None:
    """The density of one function of several variables: one of them changed, the others integrated out (Tonelli)."""
    _, law, maps, points = _is(i.term("lhs"), "push")
    y, t = i.name("changed"), i.name("target")
    box = {x: (lo, hi) for x, lo, hi in _is(law, "law")[1]}
    if len(maps) != 1 or len(points) != 1 or len(box) < 2 or len(box) != len(law[1]) or y not in box:
        raise No("this theorem is about one function of several variables")
    point, ends = points[0], [e for pair in box.values() for e in pair]
    if point[0] != "sym" or point[1] in box or t in box or any(free(e) & set(box) for e in ends):
        raise No("a density at a symbol, under a law on a box that depends on none of its variables")
    open_domain(point[1], ctx)
    if not all(ordered(lo, hi, ctx) for lo, hi in box.values()) or not holds(law[2], ">=", ctx.inside(box)):
        raise No("the density may be negative, or a range turned round")
    rest = [b for b in law[1] if b[0] != y]
    parts: tuple[list[Term], list[Term]] = ([], [])
    for cell, ranges in _cells(i.subs("cells"), rest, ctx):
        around = ctx.inside({x: (lo, hi) for x, lo, hi in ranges})
        found = image(("law", ((y, *box[y]),), law[2]), maps[0], cell.subs("branches"), t, around)
        for out, density in zip(parts, (found.densities[0], found.densities[-1]), strict=True):
            out.append(("integral", substitute(density, {t: point}), *ranges))
    _any_density(Image(tuple(add(*p) for p in parts), ()), lambda whole: (i.term("rhs"), whole, ctx))


def _cells(
    cells: Sequence[Data], rest: list[tuple[str, Term, Term]], ctx: Ctx
) -> list[tuple[Data, list[tuple[str, Term, Term]]]]:
    """The cells with their ranges: one for several variables, else consecutive parts of the one range."""
    if len(rest) > 1 and len(cells) == 1:
        return [(cells[0], rest)]
    if len(rest) > 1 or not cells:
        raise No("a box is not cut into cells", covered=not cells)
    x, at, end = rest[0]
    out = []
    for cell in cells:
        low, high = cell.term("low"), cell.term("high")
        if x in free(low) | free(high) or not same_end(at, low, ctx) or not ordered(low, high, ctx):
            raise No("the cells of a range do not follow each other")
        out.append((cell, [(x, low, high)]))
        at = high
    if not same_end(at, end, ctx):
        raise No("the cells do not cover the range")
    return out


def restrict(i: Data, ctx: Ctx) -> None:
    """An integrand that vanishes outside a smaller range."""
    lhs, rhs = _is(i.term("lhs"), "integral"), _is(i.term("rhs"), "integral")
    (x, a, b), (y, c, d) = _one_variable(lhs[2:]), _one_variable(rhs[2:])
    if x != y or not ordered(c, d, ctx):
        raise No("the smaller range is over another variable, or may be empty")
    need_same(lhs[1], rhs[1], ctx.inside({x: (c, d)}), "the integrands differ on the smaller range")
    for low, high in ((a, c), (d, b)):
        if not same_end(low, high, ctx):
            if not ordered(low, high, ctx):
                raise No("the smaller range may lead out of the larger one")
            need_same(lhs[1], ZERO, ctx.inside({x: (low, high)}), "the integrand does not vanish outside")


def _not_at_ends(point: Term, interval: tuple[Term, Term], ctx: Ctx) -> None:
    for end in interval:
        if end[0] == "inf":
            continue
        difference = sub(point, end)
        if nonzero(difference, ctx):
            continue
        if not _null(difference, ctx):
            raise No("a density is asked for where the theorem leaves it open")
        ctx.notes.append("where the point is no end of the image")


def _null(t: Term, ctx: Ctx) -> bool:
    """Is {t = 0} a null set of what the hypotheses leave?"""

    def job(alg: Algebra) -> bool:
        found, notes = alg.quietly(lambda: alg.norm(t))
        return not notes and alg.null(found)

    try:
        return bool(with_algebra(ctx, job))
    except No:
        return False


def reparameterise(i: Data, ctx: Ctx) -> None:
    """E_{x~p} b(x) = E_{ε~q} b(g(ε)) if p is the density of g(ε): substitute in the integral."""
    lhs = _is(i.term("lhs"), "expect")
    body, law = lhs[1], lhs[2]
    x, lo, hi = _one_variable(law[1])
    base, path, t = _is(i.term("base"), "law"), i.term("path"), i.name("target")
    e, _, _ = _one_variable(base[1])
    if e in (free(body) - {x}) | free(law) | free(base) or x in free(path) - {e}:
        raise No("the noise, or the variable of the law, already means something else")
    if t in free(body):
        raise No("the symbol for the value of the path already occurs")
    found = image(base, path, i.subs("branches"), t, ctx)
    for low, high in found.intervals:
        if not (_at_most(lo, low, ctx) and _at_most(high, hi, ctx)):
            raise No("the path leads out of the support of the law")
    inside = ctx.inside({t: (lo, hi)})
    density = substitute(law[2], {x: sym(t)})
    _any_density(found, lambda d: (d, density, inside))
    if has(body, "diff"):
        body = unfolded(body, ctx, law[1])
    need_same(i.term("rhs"), ("expect", substitute(body, {x: path}), base), ctx, "the path is not put in")


def _at_most(a: Term, b: Term, ctx: Ctx) -> bool:
    """A ≤ b, of ends of intervals."""
    if a == ("inf", -1) or b == ("inf", 1):
        return True
    if a[0] == "inf" or b[0] == "inf":
        return a == b
    return same_end(a, b, ctx) or compare(a, "<=", b, ctx)


def substitution(i: Data, ctx: Ctx) -> None:
    """∫_a^b f(x) dx = ∫_c^d f(φ(t)) |φ'(t)| dt for a C¹ map φ with φ' ≠ 0 of (c, d) onto (a, b)."""
    lhs = _is(i.term("lhs"), "integral")
    x, lo, hi = _one_variable(lhs[2:])
    t, phi, c, d = i.name("variable"), i.term("path"), i.term("low"), i.term("high")
    if t in free(lhs) | free(c) | free(d) or (x != t and x in free(phi)):
        raise No("the new variable, or the old one, already means something else")
    direction, slope, low, high = monotone(phi, t, c, d, ctx)
    if not (same_end(low, lo, ctx) and same_end(high, hi, ctx)):
        raise No("the new variable does not run over the range of integration")
    body = unfolded(lhs[1], ctx, lhs[2:]) if has(lhs[1], "diff") else lhs[1]
    result = mul(substitute(body, {x: phi}), slope if direction > 0 else neg(slope))
    need_same(i.term("rhs"), ("integral", result, (t, c, d)), ctx, "the integrand is not the substituted one")


# --- values -----------------------------------------------------------------------------------------------------------


def value(i: Data, ctx: Ctx) -> None:
    """An integral or expectation in closed form."""
    t, box = integrand(i.term("lhs"))
    x, lo, hi = _one_variable(box)
    need_same(i.term("rhs"), value_of(t, x, lo, hi, i.subs("parts"), ctx), ctx, "the value is another one")


def split_integral(i: Data, ctx: Ctx) -> None:
    """A range of integration cut at a point of it; ∫ |f| over the whole is finite."""
    lhs, c = _is(i.term("lhs"), "integral"), i.term("at")
    x, lo, hi = _one_variable(lhs[2:])
    if x in free(c) or c[0] == "inf" or not ordered(lo, c, ctx) or not ordered(c, hi, ctx):
        raise No("a range is not known to be cut at a point of it")
    integrable(lhs[1], lhs[2:], ctx)
    parts = add(*(("integral", lhs[1], (x, a, b)) for a, b in ((lo, c), (c, hi))))
    need_same(i.term("rhs"), parts, ctx, "the parts are others")


def by_parts(i: Data, ctx: Ctx) -> None:
    """∫ u v' = [u v] − ∫ u' v, u and v C¹ inside, both integrals absolutely convergent, the limits of u v finite."""
    lhs = i.term("lhs")
    t, box = integrand(lhs)
    x, lo, hi = _one_variable(box)
    u, v = i.term("u"), i.term("v")
    inside = ctx.inside({x: (lo, hi)})
    regular = Interior(inside, {x})
    for s in (u, v):
        regular.need(s, SMOOTH)
    du, dv = derivative(u, x, inside), derivative(v, x, inside)
    need_same(t, mul(u, dv), inside, "the integrand is not u v'")
    for s in (mul(u, dv), mul(du, v)):
        integrable(s, box, ctx)
    low, high = (limit(mul(u, v), x, (lo, hi), at, ctx) for at in (0, 1))
    if "inf" in (low[0], high[0]):
        raise No("a boundary term is infinite")
    rest = mul(MINUS, du, v)
    if i.has("per_density"):
        if lhs[0] != "expect":
            raise No("only an expectation can be written as one again")
        w = i.term("per_density")
        need_same(rest, mul(w, lhs[2][2]), inside, "a factor of the density is wrong")
        remaining: Term = ("expect", w, lhs[2])
    else:
        remaining = ("integral", rest, *box)
    need_same(i.term("rhs"), add(high, neg(low), remaining), ctx, "the other side is not that of partial integration")


# --- linearity and samples --------------------------------------------------------------------------------------------


def linearity(i: Data, ctx: Ctx) -> None:
    """∫ Σ c_k m_k = Σ c_k ∫ m_k with every ∫ |m_k| finite, series likewise; E 1 = 1 for laws of mass proved 1."""
    masses = []
    for m in i.subs("masses"):
        law = m.term("law")
        unit_mass(law, m.subs("parts"), ctx)
        masses.append(law)

    def apart(t: Term) -> Term:
        if t[0] == "diff" and has(t[1], "expect", "integral", "sum"):
            open_domain(t[2], ctx)
        t = rebuild(t, apart, lambda s: s)
        if t[0] == "sum" and t[2][2] == ("inf", 1):
            return series_apart(t, ctx)
        if t[0] not in ("expect", "integral"):
            return t
        _, box = integrand(t)
        inside = ctx.inside({x: (lo, hi) for x, lo, hi in box})
        names = [b[0] for b in box]
        pieces = split_linear(t[1], names, inside)
        need_same(t[1], add(*(mul(c, m) for c, m in pieces)), inside, "an integrand is not the sum of its parts")
        out = []
        for c, m in pieces:
            if free(c) & set(names):
                raise No("a coefficient depends on a variable of integration")
            if t[0] == "expect" and m == ONE and t[2] in masses:
                out.append(c)
                continue
            integrable(mul(m, t[2][2]) if t[0] == "expect" else m, box, ctx)
            out.append(mul(c, (t[0], m, *t[2:])))
        return add(*out) if out else ZERO

    lhs, rhs = i.term("lhs"), i.term("rhs")
    try:
        need_same(apart(lhs), apart(rhs), ctx, "the two sides do not have the same parts")
    except No:
        if not any(speaks_of_declarations(t, ctx) for t in (lhs, rhs)) or not merged(lhs, rhs, ctx, integrable):
            raise


def unbiased(i: Data, ctx: Ctx) -> None:
    """The mean of n ≥ 1 independent copies has the expectation of one."""
    mean = _is(_is(i.term("lhs"), "expect_sample")[1], "sample_mean")
    _, body, law, n = mean
    if not whole(n, ctx) or not holds(n, ">", ctx):
        raise No("the number of copies is not known to be a positive integer")
    unit_mass(law, i.subs("mass"), ctx)
    integrable(mul(body, law[2]), law[1], ctx)
    need_same(i.term("rhs"), ("expect", body, law), ctx, "the other side is not the expectation of one copy")


def log_ratio(p: Term, q: Term) -> tuple[Term, Term]:
    """log(p/q) and p, for two laws on one and the same interval, in a variable that occurs in neither."""
    for law in (p, q):
        _is(law, "law")
    x, lo, hi = _one_variable(p[1])
    y, low, high = _one_variable(q[1])
    if (lo, hi) != (low, high):
        raise No("two laws live on different sets")
    z = fresh(free(p) | free(q) | free(p[2]) | free(q[2]) | {x, y}, "z")
    top, bottom = substitute(p[2], {x: sym(z)}), substitute(q[2], {y: sym(z)})
    return sub(fn("log", top), fn("log", bottom)), ("law", ((z, lo, hi),), top)


def kl_product(i: Data, ctx: Ctx) -> None:
    """KL of products over one finite index set is the sum of the KLs, every factor of mass 1 and every term finite."""
    _, p, q = _is(i.term("lhs"), "kl")
    if p[0] != "iprod" or q[0] != "iprod" or p[1:4] != q[1:4] or any(e[0] == "inf" for e in p[2:4]):
        raise No("needs two products over one finite index set")
    _, j, lo, hi, factor = p
    within = ctx.summing(j, lo, hi)
    unit_mass(factor, i.subs("mass_p"), within)
    unit_mass(q[4], i.subs("mass_q"), within)
    ratio, law = log_ratio(factor, q[4])
    integrable(mul(ratio, law[2]), law[1], within)
    need_same(
        i.term("rhs"), ("sum", ("expect", ratio, law), (j, lo, hi)), ctx, "the other side is not the sum of the KLs"
    )


def under_integral(i: Data, ctx: Ctx) -> None:
    """A value put in under an integral sign."""
    inside(i, ctx, THEOREMS)


def through_integrals(i: Data, ctx: Ctx) -> None:
    """The derivative of a function of integrals."""
    through(i, ctx, THEOREMS)


THEOREMS: Final[Mapping[str, Callable[[Data, Ctx], None]]] = {
    "identity": identity,
    "hypothesis": hypothesis,
    "expectation": expectation,
    "pushforward": pushforward,
    "marginal": marginal,
    "restrict": restrict,
    "reparameterise": reparameterise,
    "substitution": substitution,
    "value": value,
    "by_parts": by_parts,
    "split_integral": split_integral,
    "linearity": linearity,
    "unbiased": unbiased,
    "kl_product": kl_product,
    "interchange": interchange,
    "leibniz": leibniz,
    "score": score,
    "inside": under_integral,
    "through": through_integrals,
    "fubini": fubini,
    "sum_value": sum_value,
    "unit_steps": unit_steps,
    "limit": limit_value,
    **SUM_THEOREMS,
    **DETERMINANT_THEOREMS,
    "jacobian": jacobian,
    **COORDINATE_THEOREMS,
}
