"""The distribution function: its slope, its limits, that it rises; and the quantile, its inverse both ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any, Final

import sympy as sp

from symrep.family import LEVEL, Family
from symrep.laws.claims import either_side, equation, fresh, point, relation, slope, where_in
from symrep.laws.density import at_least_zero, inside, mass, on_pieces
from symrep.laws.law import Hint, Question, family_law
from symrep.laws.mistakes import named, same
from symrep.laws.numbers import Point, points, values
from symrep.symbols import as_expr
from symrep.verdict import Evidence, Reason, Status, Verdict

__all__ = ["mass_below", "spots"]

_OTHER_TAIL: Final = "the cdf is the one of the wrong tail: it is P(X > x), not P(X <= x)"


def mass_below(family: Family, x: Any) -> Any:
    """P(X <= x) by the density or pmf."""
    t = fresh("t", "integer" if family.discrete else "real", family, *as_expr(x).free_symbols)
    kind = sp.Sum if family.discrete else sp.Integral
    return kind(as_expr(family.weight).subs(family.variable, t), (t, as_expr(family.support.low), x))


def spots(family: Family, count: int = 3, given: tuple[Any, ...] = ()) -> list[Point]:
    """Parameters and a point of the support each."""
    out: list[Point] = []
    places = points(family, count, (*family.constraints, *given))
    if len(places) == 1:  # no parameters: one place for each point of the support
        return [{**places[0], family.variable.name: x} for x in inside(family, places[0], 5)]
    for n, at in enumerate(places):
        xs = inside(family, at, 5)
        if xs:
            out.append({**at, family.variable.name: xs[(2 * n + 1) % len(xs)]})
    return out


def _hint(family: Family) -> Hint:
    def words(_: Verdict) -> str:
        at, x, cdf = spots(family, 5), family.variable, as_expr(family.cdf)
        below = values(mass_below(family, x), at, 4.0)
        if same([1 - v for v in below], values(cdf, at)):
            return _OTHER_TAIL
        if family.discrete and same(values(mass_below(family, x - 1), at, 3.0), values(cdf, at)):
            return "the cdf is P(X < x), not P(X <= x): off by one"
        if not family.discrete and (words := _ratio(family, cdf)):
            return words
        others = {"the density": family.weight, "a centred one, cdf - 1/2": mass_below(family, x) - sp.Rational(1, 2)}
        return named(cdf, below, at, family, "cdf", others)

    return words


def _ratio(family: Family, cdf: Any) -> str:
    """Density over slope, where that is short: the factor the one has too much or the other too little."""
    rise = sp.diff(cdf, family.variable)
    if rise.has(sp.DiracDelta) or rise == 0 or (rise * family.density).count_ops() > 120:
        return ""
    ratio = sp.powsimp(sp.simplify(family.density / rise), force=True)
    if ratio == -1:
        return f"{_OTHER_TAIL}, or the sign is wrong: it falls where it should rise"
    if ratio == 1 or ratio.count_ops() > 8 or ratio.has(sp.Integral, sp.Derivative):
        return ""
    return f"the density is ({ratio}) times the slope of the cdf: one of the two is wrong by that factor"


@family_law("cdf", "the cdf has the density as its slope (the pmf as its step) and goes from 0 to 1", rank=20)
def cdf(family: Family) -> Iterator[Question]:
    if family.cdf is None:
        return
    x, z, hint = family.variable, point(family), _hint(family)
    f, low, high = as_expr(family.cdf), as_expr(family.support.low), as_expr(family.support.high)
    given = (*family.given("cdf"), *where_in(family, z))

    def put(*claim: Any, **more: Any) -> Question:
        return equation(*claim, hint=hint, stated="cdf", **more)

    if family.discrete:
        yield from _steps(family, f, z, hint)
        return
    rise = slope(f, x).subs(x, z)
    p = as_expr(family.density).subs(x, z)
    yield put("cdf' = density", rise, p, given, almost_everywhere=True)
    for words, end, side, value in (("lower", low, "+", sp.S.Zero), ("upper", high, "-", sp.S.One)):
        yield _limit(family, f, (end, side), value, f"the cdf is {value} at the {words} end", hint)
    for (place, part, here), (case, known) in product(on_pieces(family, rise, z), either_side(family.given("cdf"))):
        yield _rising(place + case, part, p, z, (*known, *here), hint)


def _rising(place: str, rise: Any, p: Any, z: Any, given: tuple[Any, ...], hint: Hint) -> Question:
    direct = at_least_zero(rise, z, given)
    same_slope = equation("", rise, p, given, almost_everywhere=True)
    positive = at_least_zero(p, z, given)

    def found(seconds: float) -> Verdict:
        verdict = direct.decide(seconds)
        if verdict.status is Status.UNDECIDED and all(
            q.decide(seconds).status is Status.PROVED for q in (same_slope, positive)
        ):
            words = "its slope is the density, which is not negative: both proved, off the jumps of signs in it"
            return Verdict(Status.SUPPORTED, Reason.HOLDS, words, (Evidence("laws", words),))
        return verdict

    return Question(f"the cdf does not fall on {place}", found, hint=hint, stated="cdf")


def _limit(family: Family, f: Any, at: tuple[Any, str], value: Any, what: str, hint: Hint) -> Question:
    """A one-sided limit, of a real variable: in one that is declared positive the kernel looks for none."""
    end, side = at
    r, given = fresh("r", "real", family), family.given("cdf")
    limit = equation("", sp.Limit(f.subs(family.variable, r), r, end, side), value, given)
    there = equation("", f.subs(family.variable, end), value, given) if end.is_finite is not False else None

    def found(seconds: float) -> Verdict:
        verdict = limit.decide(seconds)
        if verdict.status is Status.UNDECIDED and there is not None:
            at_end = there.decide(seconds)
            if at_end.status is Status.PROVED:
                words = f"the formula is {value} at the end itself, proved; that it is continuous there is not"
                return Verdict(Status.SUPPORTED, Reason.HOLDS, words, at_end.evidence)
        return verdict

    return Question(what, found, hint=hint, stated="cdf")


def _steps(family: Family, f: Any, z: Any, hint: Hint) -> Iterator[Question]:
    x, low, high = family.variable, as_expr(family.support.low), as_expr(family.support.high)
    given = family.given("cdf")
    p = as_expr(family.pmf)
    above = (*given, *where_in(family, z), *([z >= low + 1] if low.is_finite else []))
    step = f.subs(x, z) - f.subs(x, z - 1)
    more: dict[str, Any] = {"hint": hint, "stated": "cdf"}
    told = [r for r in above if r is not sp.true]
    steps = [equation("cdf(k) - cdf(k - 1) = pmf(k)", step, p.subs(x, z), told, **more)]
    if low.is_finite:
        steps.append(equation("cdf = pmf at the lowest point", f.subs(x, low), p.subs(x, low), given, **more))
    yield from steps
    if high.is_finite:
        yield equation("the cdf is 1 at the highest point", f.subs(x, high), sp.S.One, given, **more)
    else:
        r = fresh("r", "real", family)  # a limit ranges over the line
        limit = equation("the cdf goes to 1", sp.Limit(f.subs(x, r), r, sp.oo), sp.S.One, given, **more)
        yield _by_steps(family, limit, steps) if len(steps) == 2 else limit


BY_STEPS: Final = "cdf(k) is the sum of the pmf up to k, which goes to the mass, 1: steps, start and mass are proved"


def _by_steps(family: Family, limit: Question, steps: list[Question]) -> Question:
    """The limit itself, or what its steps, its start and the mass, all proved, say of it."""

    def found(seconds: float) -> Verdict:
        verdict = limit.decide(seconds / 2)
        if verdict.status is not Status.UNDECIDED:
            return verdict
        if all(q.decide(seconds / 4).status is Status.PROVED for q in (*steps, *mass(family))):
            return Verdict(Status.SUPPORTED, Reason.HOLDS, BY_STEPS, (Evidence("laws", BY_STEPS),))
        return verdict

    return replace(limit, decide=found)


@family_law("quantile", "the quantile is the inverse of the cdf, both ways", rank=21)
def quantile(family: Family) -> Iterator[Question]:
    if family.quantile is None:
        return
    x, z, q = family.variable, point(family), as_expr(family.quantile)
    given = (*family.given("quantile"), *family.given("cdf"))

    def hint(_: Verdict) -> str:
        return _quantile_words(family, q)

    more: dict[str, Any] = {"hint": hint, "stated": "quantile"}
    f = as_expr(family.cdf) if family.cdf is not None else None
    if family.discrete:
        below = f if f is not None else mass_below(family, x)
        yield relation("cdf(quantile(u)) >= u", sp.Ge(below.subs(x, q), LEVEL, evaluate=False), given, **more)
        yield relation("cdf(quantile(u) - 1) < u", sp.Lt(below.subs(x, q - 1), LEVEL, evaluate=False), given, **more)
        return
    if f is None:
        yield equation("P(X <= quantile(u)) = u", mass_below(family, q), LEVEL, given, **more)
        return
    yield equation("cdf(quantile(u)) = u", f.subs(x, q), LEVEL, given, **more)
    inverse = q.subs(LEVEL, f.subs(x, z))
    yield equation("quantile(cdf(x)) = x", inverse, z, (*given, *where_in(family, z)), **more)


def _quantile_words(family: Family, q: Any) -> str:
    from symrep.laws.inverting import quantiles

    at: list[Point] = []
    for n, p in enumerate(points(family, 5, family.given("quantile"))):
        at.append({**p, LEVEL.name: Fraction(3 + 2 * n, 16)})
    if family.discrete:
        return ""
    truth = quantiles(family, [float(p[LEVEL.name]) for p in at], at)
    if same(values(q.subs(LEVEL, 1 - LEVEL), at), truth):
        return "the quantile is the one of the wrong tail: u stands where 1 - u should"
    return named(q, truth, at, family, "quantile")
