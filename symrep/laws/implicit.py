"""The implicit gradient −∂_θF/p: that of every map of noise that is one to one; in the mean, the derivative of E[x]."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any, Final

import sympy as sp

from symrep.entry import Pathwise
from symrep.family import FAMILIES, Family
from symrep.laws.by_map import ideas
from symrep.laws.claims import ambient, equation, open_verdict, point, slope, total, where_in
from symrep.laws.derived import implicit_gradient
from symrep.laws.gradients import on_the_bank, under_expectation
from symrep.laws.images import base_law, noise_in, support_of
from symrep.laws.law import Question, family_law
from symrep.laws.score import continuous_parameters
from symrep.rules.guess import guess_sign
from symrep.symbols import as_expr
from symrep.verdict import Evidence, Reason, Status, Verdict

__all__: list[str] = []


@family_law("implicit gradient", "-dF/dtheta / p is the gradient of every map that is one to one", rank=51)
def implicit(family: Family) -> Iterator[Question]:
    """For x = g(e, θ) with F(g(e, θ), θ) = F_base(e), differentiate by θ: p ∂_θ g + ∂_θ F = 0.

    Without such a map: E[−∂_θF/p] = ∂_θ E[x]. Source: Figurnov, Mohamed & Mnih, Implicit Reparameterization Gradients,
    arXiv:1805.08498.
    """
    if family.cdf is None or family.discrete:
        return
    x, f = family.variable, as_expr(family.cdf)
    ways = [w for w in family.pathwise if len(w.noises) == 1 and w.bases[0][0] in FAMILIES and w.fixed]
    ways = [w for w in ways if _one_to_one(w, family)]
    for s in continuous_parameters(family):
        at_a_point = bool(ways) and any(isinstance(r, sp.Eq) and r.has(s) for r in ways[0].given)
        if ways and not at_a_point:
            _, path = noise_in(ways[0], family)
            if not (path.has(s) or f.has(s)):
                continue
            what = f"d/d{s} of {ways[0].path} is the implicit gradient -dF/d{s} / p"
            implied = implicit_gradient(family, s).subs(x, path)
            given = (*family.given("cdf"), *ways[0].given)
            yield equation(what, sp.diff(path, s), implied, given, derived=True, almost_everywhere=True)
        elif family.mean is not None:
            what = f"E[-dF/d{s} / p], the implicit gradient, is d/d{s} E[x]"
            left, given = total(family, -slope(f, s)), (*family.given("cdf"), *family.given("mean"))
            if x.has(s) or as_expr(family.support.low).has(s) or as_expr(family.support.high).has(s):
                continue
            by_map = ideas(family, -slope(f, s) / family.density)
            inner = equation(what, left, sp.diff(family.mean, s), given, derived=True, **by_map)
            yield replace(inner, decide=partial(_or_by_fubini, family, s, inner))


def _one_to_one(way: Pathwise, family: Family) -> bool:
    """Does the map rise or fall throughout, as far as numbers tell? |μ + σε| has other gradients."""
    e, path = noise_in(way, family)
    low, high = support_of(base_law(way.bases[0]))
    return guess_sign(slope(path, e), e, low, high, ambient((*family.given(), *way.given))) != 0


FUBINI: Final = (
    "by Fubini's theorem, which is not put to the kernel, from three claims it proved: cdf' = density, d/d{s} passes "
    "under E[f] for bounded f, and E[x score of {s}] = d/d{s} E[x]"
)


def _or_by_fubini(family: Family, s: Any, inner: Question, seconds: float) -> Verdict:
    """−∫ ∂_θF dx = −∫ ∫^x ∂_θp dt dx = ∫ t ∂_θp dt on a support free of θ, once ∂_θ passes under ∫^x p dt and t ∂_θp is
    integrable. For cdfs whose derivative by θ has no name.
    """
    verdict = inner.decide(seconds / 2)
    if verdict.status is not Status.UNDECIDED:
        return verdict
    z, x = point(family), family.variable
    here = (*family.given("cdf"), *where_in(family, z))
    rise, p = slope(as_expr(family.cdf), x).subs(x, z), as_expr(family.density).subs(x, z)
    needed = [equation("", rise, p, here, almost_everywhere=True), *under_expectation(family, s)[:1]]
    needed += on_the_bank(family, s)[:1]
    # with the whole time: the law of gradients asks the same again, and it is remembered
    if len(needed) == 3 and all(q.decide(seconds).status is Status.PROVED for q in needed):
        words = FUBINI.format(s=s)
        return Verdict(Status.SUPPORTED, Reason.HOLDS, words, (Evidence("laws", words),))
    if verdict.reason is Reason.ERROR:
        words = f"the derivative of the cdf by {s} has no form that symrep can compute with"
        return open_verdict(words)
    return verdict
