"""Three ways to one gradient: by the map of noise, by the score, and the derivative of the expectation itself.

For every f of a class the two rules are proved, with their conditions; for f = x and f = x² both are compared with the
derivative of the closed expectation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import sympy as sp

from symrep.entry import Pathwise
from symrep.family import FAMILIES, Family
from symrep.laws.by_map import ideas
from symrep.laws.by_mass import gradient_by_value
from symrep.laws.claims import equation, fresh, step, times, total, where
from symrep.laws.images import base_law, noise_in, support_of
from symrep.laws.law import Question, family_law
from symrep.laws.score import boundary, continuous_parameters, score_of
from symrep.notation import D, E
from symrep.rules import differentiate_under_integral, score_function
from symrep.symbols import as_expr, function
from symrep.verdict import Verdict

__all__: list[str] = []


def _ways(family: Family, s: Any) -> list[Pathwise]:
    """The first map of one noise whose law is fixed, if it is one for all values of ``s`` near any: a map given k = 1
    says nothing of d/dk.
    """
    first = [w for w in family.pathwise if len(w.noises) == 1 and w.fixed and w.bases[0][0] in FAMILIES][:1]
    return [w for w in first if not any(isinstance(r, sp.Eq) and r.has(s) for r in w.given)]


@family_law("gradients", "map of noise, score and closed expectation have one gradient", rank=55)
def gradients(family: Family) -> Iterator[Question]:
    if family.discrete:
        yield from _by_score_alone(family)
        return
    for s in continuous_parameters(family):
        yield from _for_all_functions(family, s)
        yield from _on_the_bank(family, s)


def under_expectation(family: Family, s: Any) -> list[Question]:
    """That ∂_θ passes under E[f], for bounded continuous f; nothing where the support moves with θ."""
    moves = as_expr(family.support.low).has(s) or as_expr(family.support.high).has(s)
    return [] if moves else list(_for_all_functions(family, s))


def on_the_bank(family: Family, s: Any) -> list[Question]:
    """The score against the closed E[x] first."""
    return list(_on_the_bank(family, s)) if family.mean is not None else []


def _for_all_functions(family: Family, s: Any) -> Iterator[Question]:
    law, x = family(*family.parameters), fresh("y", "real", family)
    moves = as_expr(family.support.low).has(s) or as_expr(family.support.high).has(s)
    if not moves:
        f = function("f", smooth=0, growth=0)
        value = score_of(family, s).subs(family.variable, x)
        what = f"d/d{s} E[f(x)] = E[f(x) score of {s}] for every bounded continuous f"
        before = D(E(f(x), (x, law)), s)
        yield step(what, before, E(f(x) * value, (x, law)), score_function(s), family.given(), derived=True)
    for way in _ways(family, s) if family.mean is not None else []:  # E|dg/dθ| is finite as a rule where E|x| is
        e, path = noise_in(way, family)
        if not path.has(s):
            continue
        f = function("f", smooth=1, growth=0)
        base = base_law(way.bases[0])
        what = f"d/d{s} E[f(g)] = E[f'(g) dg/d{s}] for g = {way.path} and every f with f and f' bounded, f' continuous"
        before = D(E(f(path), (e, base)), s)
        after = E(sp.diff(f(path), s), (e, base))
        told = (r for r in way.given if not isinstance(r, sp.Eq) or r.free_symbols & path.free_symbols)
        given = (*family.given("mean"), *told)  # both sides are about the map alone
        yield step(what, before, after, differentiate_under_integral(s), given, derived=True)


def _on_the_bank(family: Family, s: Any) -> Iterator[Question]:
    x = family.variable
    if family.mean is None:
        yield from _without_mean(family, s)
        return
    bank = [("x", x, as_expr(family.mean), family.given("mean"))]
    if family.variance is not None:
        second = as_expr(family.variance) + as_expr(family.mean) ** 2
        bank.append(("x**2", x**2, second, (*family.given("mean"), *family.given("variance"))))
    for name, b, closed, given in bank:
        right = sp.diff(closed, s)
        found = boundary(family, s, b)
        if found is not None:
            edge, holds = found
            within = (*given, *holds)
            what = f"E[{name} score of {s}]{' + boundary term' if edge != 0 else ''} = d/d{s} E[{name}]{where(holds)}"
            rule = score_of(family, s)
            whole = total(family, times(b * rule, family.density)) + edge
            inner = equation(what, whole, right, within, **ideas(family, b * rule))
            known = partial(gradient_by_value, family, b, rule, closed, s, given=within) if edge == 0 else None
            yield replace(inner, decide=partial(_first, known, inner))
        for way in _ways(family, s):
            e, path = noise_in(way, family)
            base = base_law(way.bases[0])
            q = base.weight_at(e)
            body = sp.diff(b.subs(x, path), s) * q
            what = f"E[d/d{s} ({name} at {way.path})] = d/d{s} E[{name}]"
            left = sp.Integral(body, (e, *support_of(base))) if body != 0 else sp.S.Zero
            yield equation(what, left, right, (*given, *way.given))


def _first(known: Callable[..., Verdict | None] | None, inner: Question, seconds: float) -> Verdict:
    proved = known(seconds=seconds / 2) if known is not None else None
    return proved or inner.decide(seconds)


def _without_mean(family: Family, s: Any) -> Iterator[Question]:
    """No E[x], or none in closed form: the two ways for f = atan, against one another."""
    x, b = family.variable, sp.atan(family.variable)
    found = boundary(family, s, b)
    if found is None:
        return
    edge, holds = found
    for way in _ways(family, s):
        e, path = noise_in(way, family)
        base = base_law(way.bases[0])
        body = sp.diff(b.subs(x, path), s) * base.weight_at(e)
        left = sp.Integral(body, (e, *support_of(base))) if body != 0 else sp.S.Zero
        right = total(family, b * score_of(family, s) * family.density) + edge
        what = f"E[d/d{s} atan({way.path})] = E[atan(x) score of {s}]{' + boundary term' if edge != 0 else ''}"
        yield equation(what + where(holds), left, right, (*family.given(), *holds, *way.given))


def _by_score_alone(family: Family) -> Iterator[Question]:
    """A discrete law has no map of noise that could be differentiated: the score is the unbiased way."""
    if family.mean is None:
        return
    x = family.variable
    for s in continuous_parameters(family):
        what = f"E[x score of {s}] = d/d{s} E[x]"
        rule, closed, given = score_of(family, s), as_expr(family.mean), family.given("mean")
        inner = equation(what, total(family, times(x * rule, family.pmf)), sp.diff(closed, s), given)
        known = partial(gradient_by_value, family, x, rule, closed, s, given=given)
        yield replace(inner, decide=partial(_first, known, inner))
