"""Maps of noise: each pushes its base onto the law, support included; the implicit gradient is the map's own."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import sympy as sp

from symrep.entry import Pathwise
from symrep.family import Family
from symrep.laws.claims import equation, fresh, open_verdict, point, step, where_in
from symrep.laws.density import end_value
from symrep.laws.images import base_law, image_density, noise_in, support_of
from symrep.laws.inverting import quantiles
from symrep.laws.law import Question, family_law
from symrep.laws.mistakes import named
from symrep.laws.numbers import Point, points, value, values
from symrep.notation import E
from symrep.rules import reparameterise
from symrep.symbols import as_expr, function
from symrep.verdict import Reason, Status, Verdict

__all__: list[str] = []


@family_law("pathwise", "each map of noise has the law, support included", rank=50)
def pathwise(family: Family) -> Iterator[Question]:
    if family.discrete:
        return
    for way in family.pathwise:
        words = ", ".join(
            f"{n} ~ {b[0]}({', '.join(map(str, b[1]))})" for n, b in zip(way.noises, way.bases, strict=True)
        )
        what = f"{family.variable} = {way.path}, {words}, has the law ({way.kind_or_seen()})"
        given = (*family.given(), *way.given)
        try:
            bases = [base_law(b) for b in way.bases]
        except KeyError as e:
            yield Question(what, _unknown(str(e.args[0])), stated="pathwise")
            continue
        if len(bases) == 1:
            yield _single(family, way, what, given)
        else:
            yield _several(family, way, what, given)


def _unknown(name: str) -> Any:
    words = f"no family is called {name}: the law of the noise is not known"
    return lambda _: open_verdict(words, Reason.NOT_DECLARED)


def _single(family: Family, way: Pathwise, what: str, given: tuple[Any, ...]) -> Question:
    e, path = noise_in(way, family)
    base, law = base_law(way.bases[0]), family(*family.parameters)
    x = fresh("y", "real", family)
    f = function("f", smooth=0, growth=0)
    by_rule = step("", E(f(x), (x, law)), E(f(path), (e, base)), reparameterise(e, path, base=base), given)
    by_cdf = _by_cdf(family, way, given)

    def found(seconds: float) -> Verdict:
        verdict = by_rule.decide(seconds)
        if verdict.status in (Status.PROVED, Status.REFUTED) or by_cdf is None:
            return verdict
        other = by_cdf.decide(seconds)
        return other if other.status is Status.SUPPORTED or other.status is Status.REFUTED else verdict

    return Question(what, found, hint=lambda _: _words(family, way), stated="pathwise")


def _by_cdf(family: Family, way: Pathwise, given: tuple[Any, ...]) -> Question | None:
    """F(path(e)) = F_base(e), or 1 − F_base(e) for a map that falls. Never more than SUPPORTED: that the map is
    monotone is seen by numbers alone.
    """
    base = base_law(way.bases[0])
    if family.cdf is None or base.family.cdf is None:
        return None
    e, path = noise_in(way, family)
    right = base.fill(base.family.cdf).subs(base.family.variable, e)
    left = as_expr(family.cdf).subs(family.variable, path)
    slopes = [value(sp.diff(path, e), p) for p in _spots(family, way, e)]
    if any(math.isnan(s) for s in slopes) or len({s > 0 for s in slopes}) != 1:
        return None
    inner = equation("", left, right if slopes[0] > 0 else 1 - right, given)

    def found(seconds: float) -> Verdict:
        verdict = inner.decide(seconds)
        if verdict.status is Status.PROVED:
            words = "F(path) is the cdf of the noise, proved; that the map is monotone and onto is seen by numbers"
            return Verdict(Status.SUPPORTED, Reason.HOLDS, words, verdict.evidence)
        return verdict

    return Question("", found)


def _spots(family: Family, way: Pathwise, e: Any, count: int = 5) -> list[Point]:
    """Parameters and a value of the noise each."""
    out: list[Point] = []
    for n, at in enumerate(points(family, count, (*family.given(), *way.given))):
        q = Fraction(2 * n + 1, 2 * count + 1)
        kind = getattr(e, "kind", "real")
        v = (
            q
            if kind == "unit"
            else q / (1 - q)
            if kind == "positive"
            else Fraction(math.tan(3 * (q - 0.5))).limit_denominator(99)
        )
        out.append({**at, e.name: v})
    return out


def _words(family: Family, way: Pathwise) -> str:
    """The slip in the map: with it undone, P(X <= path) is the probability of the noise below."""
    e, path = noise_in(way, family)
    at = _spots(family, way, e)
    base = base_law(way.bases[0])
    t = fresh("t", "real", family)
    right = values(sp.Integral(base.weight_at(t), (t, support_of(base)[0], e)), at, 3.0)
    wrong = [1 - r for r in right]
    ends = values(path, at, 1.0)
    low, high = ([end_value(e, p) for p in at] for e in (family.support.low, family.support.high))
    outside = any(x < a or x > b for x, a, b in zip(ends, low, high, strict=True))
    head = "the map leads out of the support" if outside else ""
    said = ""
    for levels in (right, wrong):  # a map may rise or fall
        said = said or named(path, quantiles(family, levels, at), at, family, "map")
    if head or said:
        return f"{head}: {said}" if head and said else head or said
    return "the map does not push the noise onto the law"


def _several(family: Family, way: Pathwise, what: str, given: tuple[Any, ...]) -> Question:
    z = point(family)
    noises = list(zip(way.noises, way.bases, strict=True))
    image = image_density(noises, way.path, z)
    if image is None:
        words = "the map could not be inverted in any of its noises, so that the density of the image is not known"
        return Question(what, lambda _: open_verdict(words), stated="pathwise")
    stated = as_expr(family.density).subs(family.variable, z)
    inner = equation(what, image, stated, (*given, *where_in(family, z)), stated="pathwise", almost_everywhere=True)
    return inner
