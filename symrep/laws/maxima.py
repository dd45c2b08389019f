"""The mode: the density rises up to it and falls beyond it; where it does not, it is at least nowhere higher."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise
from typing import Any, Final

import sympy as sp

from symrep.family import Family
from symrep.laws.claims import equation, fresh, log_of, point, refuted, relation, where_in
from symrep.laws.law import Hint, Question, family_law
from symrep.laws.mistakes import named
from symrep.laws.numbers import Point, points, value
from symrep.laws.steps_to_mode import Side, cases, reached, sides
from symrep.symbols import as_expr
from symrep.verdict import Evidence, Reason, Status, Verdict

__all__: list[str] = []


@family_law("mode", "the density has its maximum at the mode", rank=33)
def mode(family: Family) -> Iterator[Question]:
    if family.mode is None:
        return
    z, given, m = point(family), family.given("mode"), as_expr(family.mode)
    word = "pmf" if family.discrete else "density"
    outside = any(r is sp.false for r in where_in(family, m)) and m not in (family.support.low, family.support.high)
    if outside:
        verdict = refuted("the mode stated lies outside of the support", Reason.SUPPORT_WRONG)
        yield Question(f"the {word} has its maximum at the mode", lambda _: verdict, stated="mode")
        return
    yield from _in_support(family, m, given)
    if family.discrete:
        yield from _by_steps(family, m, z, given)
        return
    slope = sp.factor_terms(sp.together(sp.diff(log_of(family.density.subs(family.variable, z)), z)))
    sides = (
        ("rises up to", sp.Ge(slope, 0, evaluate=False), z < m, family.support.low),
        ("falls beyond", sp.Le(slope, 0, evaluate=False), z > m, family.support.high),
    )
    concave = cache(partial(_one_peak, family, slope, z, m, given))  # one answer for both sides
    for words, sign, side, end in sides:
        if m == end:
            continue
        here = (*given, *where_in(family, z), *([] if side is sp.true else [side]))
        if z.is_positive and m.is_positive and side is not sp.true:  # a root in m is none in its square
            here = (*here, z**2 < m**2 if side == (z < m) else z**2 > m**2)
        rest = _highest(family, m, z, here, "")
        steep = relation("", sign, here)

        def found(seconds: float, steep: Question = steep, rest: Question = rest) -> Verdict:
            first = steep.decide(seconds / 2)
            if first.status is Status.PROVED:
                return first
            if first.status is Status.UNDECIDED and concave(seconds / 4):
                return Verdict(Status.SUPPORTED, Reason.HOLDS, ONE_PEAK, (Evidence("laws", ONE_PEAK),))
            second = rest.decide(seconds / 2)
            if second.status >= Status.SUPPORTED or second.status is Status.REFUTED:
                return second
            return first if first.status is not Status.REFUTED else second

        yield Question(f"the density {words} the mode", found, hint=rest.hint, stated="mode")


ONE_PEAK: Final = (
    "the slope is 0 at the mode and log p is concave, in x or in the log of the distance from an end: both proved"
)


MISSING: Final = "outside of the support the mode is none: is a condition on the parameters missing, or the support?"


def _in_support(family: Family, m: Any, given: tuple[Any, ...]) -> Iterator[Question]:
    """Rising up to a point below the support and falling beyond it is what every density does."""
    if family.discrete and m.is_integer is not True:
        for at in points(family, 4, given):
            v = value(m, at)
            if not math.isnan(v) and abs(v - round(v)) > 1e-6:
                place = ", ".join(f"{k} = {v}" for k, v in sorted(at.items()))
                words = f"at {place} the mode stated is {v:.6g}, no whole number: is a floor missing?"
                yield Question("the mode is a whole number", partial(_said, words), stated="mode")
                return
    low, high = as_expr(family.support.low), as_expr(family.support.high)
    for case, place, known in cases(m):
        for words, rel in (("above the lower", reached(place, low, 1)), ("below the upper", reached(place, high, -1))):
            if rel is not sp.true:
                at_end = replace(relation("", rel, (*given, *known), stated="mode"), hint=lambda _: MISSING)
                yield replace(at_end, what=f"the mode is at or {words} end of the support{case}")


def _said(words: str, _: float) -> Verdict:
    return refuted(words)


def _by_steps(family: Family, m: Any, z: Any, given: tuple[Any, ...]) -> Iterator[Question]:
    """Side by side; where the kernel does not prove one, by values."""
    whole = _highest(family, m, z, (*given, *where_in(family, z)), "the pmf is nowhere higher than at the mode")
    found = list(sides(family))
    unread = isinstance(m, sp.Piecewise) and len(list(cases(m))) < len(m.args)
    if not found or unread:
        yield whole
    for side in found:

        def decide(seconds: float, side: Side = side) -> Verdict:
            return side.proved(seconds / 2) or whole.decide(seconds / 2)

        yield replace(whole, what=f"the pmf {side.words}", decide=decide)


def _one_peak(family: Family, slope: Any, z: Any, m: Any, given: tuple[Any, ...], seconds: float) -> bool:
    """Is it proved that log p has slope 0 at m, a point of the support, and falling slope all over the support: in z,
    or in the logarithm of the distance from an end?
    """
    inside = [r for r in where_in(family, m) if r is not sp.true]
    if any(r is sp.false or not _proved(r, given, seconds) for r in inside):
        return False  # a zero of the formula beyond the ends says nothing
    here = (*given, *where_in(family, z))
    if equation("", slope.subs(z, m), sp.S.Zero, given).decide(seconds).status is Status.PROVED:
        for s in [slope, z * slope] if z.is_positive else [slope]:
            bend = sp.factor_terms(sp.simplify(sp.diff(sp.expand(s), z)))
            if _proved(sp.Le(bend, 0, evaluate=False), here, seconds):
                return True
    low, high = as_expr(family.support.low), as_expr(family.support.high)
    for end, way in ((low, 1), (high, -1)):
        if end.is_infinite or (end == 0 and z.is_positive):
            continue
        w = fresh("w", "positive", family)
        s = _by_distance(family, end + way * w, w)
        short = [] if not (high - low).is_finite else [w < high - low]
        at_mode = equation("", s.subs(w, sp.simplify(way * (m - end))), sp.S.Zero, given)
        if at_mode.decide(seconds).status is Status.PROVED:
            return _proved(sp.Le(sp.factor_terms(sp.diff(s, w)), 0, evaluate=False), (*given, *short), seconds)
    return False


def _by_distance(family: Family, place: Any, w: Any) -> Any:
    """The derivative of log p at ``place`` by log w."""
    log_p = log_of(sp.simplify(family.density.subs(family.variable, place)))
    return sp.expand(sp.powsimp(sp.expand(w * sp.diff(log_p, w))))


def _proved(rel: Any, given: tuple[Any, ...], seconds: float) -> bool:
    return rel is sp.true or relation("", rel, given).decide(seconds).status is Status.PROVED


def _highest(family: Family, m: Any, z: Any, given: tuple[Any, ...], what: str) -> Question:
    weight = as_expr(family.weight)
    below = sp.Le(weight.subs(family.variable, z), weight.subs(family.variable, m), evaluate=False)
    return replace(relation(what, below, given, stated="mode"), hint=_hint(family, m))


def _hint(family: Family, m: Any) -> Hint:
    def words(_: Verdict) -> str:
        at = points(family, 6, family.given("mode"))
        others = {"the mean": family.mean}
        return named(m, [_argmax(family, p) for p in at], at, family, "mode", others)

    return words


def _argmax(family: Family, at: Point) -> float:
    """The place of the maximum: a grid, then the zero of the slope by bisection. For a hint only."""
    from symrep.laws.density import inside

    if family.discrete:
        heights = {x: value(family.pmf, {**at, family.variable.name: x}) for x in inside(family, at, 40)}
        return float(max(heights, key=lambda x: heights[x])) if heights else math.nan
    slope = sp.diff(log_of(family.density), family.variable)
    grid = inside(family, at, 60)
    signs = [(x, value(slope, {**at, family.variable.name: x})) for x in grid]
    for (a, u), (b, v) in pairwise(signs):
        if u > 0 > v:
            for _ in range(60):
                c = (a + b) / 2
                w = value(slope, {**at, family.variable.name: c})
                a, b = (c, b) if w > 0 else (a, c)
            return float(a)
    return math.nan
