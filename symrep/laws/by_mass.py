r"""Proofs that rest on what the entry says of itself: the mass by the cdf, the mean of the score by the mass.

∫ p = F(b) − F(a) when F' = p (:func:`mass_by_cdf`); with no cdf stated the integral is looked for. And where the
support is free of θ, the score has the mean ∂_θ ∫ p = ∂_θ 1 = 0 once the derivative is seen to pass under the integral
or sum (:func:`score_by_mass`). The kernel checks both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import sympy as sp

from symrep.claim import Claim
from symrep.errors import BadInput
from symrep.family import Family
from symrep.judge.deciding import ask_kernel
from symrep.laws.by_map import steps_by_map
from symrep.laws.claims import ambient, equation, fresh, point, where_in
from symrep.rules.base import rewrite
from symrep.rules.counting import closed_sum
from symrep.rules.integrate import parts_of, value_of
from symrep.running.worker import WorkerError, call
from symrep.symbols import as_expr
from symrep.translate import context_of, to_term
from symrep.verdict import Evidence, Reason, Status, Verdict
from symrep.verifying.deciding import limits_within
from symrep.wire import from_json

__all__ = ["gradient_by_value", "mass_by_cdf", "mass_by_steps", "score_by_mass"]

Steps = Sequence[Mapping[str, Any]]

#: what was looked for, the longest time it was given, and the theorems found
_VALUED: Final[dict[Any, tuple[float, tuple[Any, Steps] | None]]] = {}


def _mass(family: Family) -> tuple[Any, Steps] | None:
    """The mass as an integral or sum, and the theorems by which it is 1; None when none are known."""
    x, weight = family.variable, as_expr(family.weight)
    low, high = as_expr(family.support.low), as_expr(family.support.high)
    if family.discrete:
        if low == -sp.oo:
            return None
        whole = sp.Sum(weight, (x, low, high))
        found = closed_sum(whole, weight, ambient(family.given()))
        return None if found is None else (whole, found[1] or [rewrite("identity", whole, sp.S.One)])
    whole = sp.Integral(weight, (x, low, high))
    if family.cdf is None or family.conditions.get("cdf"):
        parts = parts_of(weight, x, low, high, quick=True)
        if not parts:
            return None
        value = value_of(parts)
        steps = [rewrite("value", whole, value, parts=[p for p, _ in parts])]
        return whole, steps if value == 1 else [*steps, rewrite("identity", value, sp.S.One)]
    pieces = [{"lo": to_term(low), "hi": to_term(high), "antiderivative": to_term(as_expr(family.cdf))}]
    part = {"kind": "ftc", "integrand": to_term(weight), "pieces": pieces}
    return whole, [rewrite("value", whole, sp.S.One, parts=[part])]


def _asked(
    before: Any, after: Any, steps: Steps, family: Family, seconds: float, given: Sequence[Any] | None = None
) -> Verdict | None:
    told = family.given() if given is None else given
    context = context_of([before, after, *family.parameters], ambient(told))
    data = {"before": to_term(before), "after": to_term(after), "rewrites": list(steps)}
    answer = ask_kernel(Claim("rewrite", data, context), limits_within(seconds))
    return answer if isinstance(answer, Verdict) else None


def mass_by_cdf(family: Family, seconds: float) -> Verdict | None:
    """The density integrates to one, the stated cdf being its antiderivative; None when that is not proved."""
    if family.discrete or family.cdf is None or family.conditions.get("cdf"):
        return None
    try:
        found = _mass(family)
        return None if found is None else _asked(found[0], sp.S.One, found[1], family, seconds)
    except BadInput:
        return None


BY_STEPS: Final = "the pmf is the step of the cdf, which begins with it and ends at 1: all three proved"


def mass_by_steps(family: Family, seconds: float) -> Verdict | None:
    """The pmf sums to one, the stated cdf being its partial sums; None when that is not proved."""
    low, high = as_expr(family.support.low), as_expr(family.support.high)
    reached = high == sp.oo or (high.is_integer and (high - low).is_nonnegative)
    if family.cdf is None or family.conditions.get("cdf") or not (low.is_finite and reached):
        return None
    x, f, p, given = family.variable, as_expr(family.cdf), as_expr(family.pmf), family.given()
    k, r = fresh("k", point(family).kind, family), fresh("r", "real", family)
    above = [c for c in (*given, *where_in(family, k), k >= low + 1) if c is not sp.true]
    claims = [
        equation("", f.subs(x, k) - f.subs(x, k - 1), p.subs(x, k), above),
        equation("", f.subs(x, low), p.subs(x, low), given),
        equation("", sp.Limit(f.subs(x, r), r, sp.oo) if high == sp.oo else f.subs(x, high), sp.S.One, given),
    ]
    if all(c.decide(seconds / 3).status is Status.PROVED for c in claims):
        return Verdict(Status.SUPPORTED, Reason.HOLDS, BY_STEPS, (Evidence("laws", BY_STEPS),))
    return None


def score_by_mass(family: Family, s: Any, score: Any, seconds: float) -> Verdict | None:
    """E[score] = 0 on a support free of ``s``; None when that is not proved."""
    if as_expr(family.support.low).has(s) or as_expr(family.support.high).has(s):
        return None
    try:
        found = _mass(family)
        if found is None:
            return None
        whole, steps = found
        mean = whole.func(as_expr(score) * as_expr(family.weight), *whole.limits)
        return _asked(mean, sp.S.Zero, [_passing(whole, mean, s), *steps], family, seconds)
    except BadInput:
        return None


def _passing(whole: Any, inside: Any, s: Any) -> Mapping[str, Any]:
    """``inside`` is d/ds of ``whole``, the derivative taken under the sign."""
    lhs = ("diff", to_term(whole), s.name)
    return {"theorem": "interchange", "lhs": lhs, "rhs": to_term(inside), "backward": True}


def _valued(family: Family, body: Any, closed: Any, given: Sequence[Any], seconds: float) -> tuple[Any, Steps] | None:
    """The integral or sum of body·p over the support, and the theorems that lead to ``closed``; found once for all
    parameters by which it is differentiated.
    """
    ends = as_expr(family.support.low), as_expr(family.support.high)
    key = (family.name, body, closed, family.weight, ends, tuple(given))
    if key not in _VALUED or (_VALUED[key][1] is None and _VALUED[key][0] < seconds):
        _VALUED[key] = seconds, _searched(family, body, closed, given, seconds)
    return _VALUED[key][1]


def _searched(family: Family, body: Any, closed: Any, given: Sequence[Any], seconds: float) -> tuple[Any, Steps] | None:
    x, low, high = family.variable, as_expr(family.support.low), as_expr(family.support.high)
    weighted = as_expr(body) * as_expr(family.weight)
    if family.discrete:
        total = sp.Sum(weighted, (x, low, high))
        found = closed_sum(total, weighted, ambient(tuple(given)))
        return None if found is None else (total, [*found[1], *_same(found[0], closed)])
    total, context = sp.Integral(weighted, (x, low, high)), context_of([weighted, low, high, closed], ambient(given))
    payload = {
        "integrand": to_term(weighted),
        "variable": x.name,
        "low": to_term(low),
        "high": to_term(high),
        "context": context.to_json(),
    }
    bent = steps_by_map(family, to_term(total), to_term(closed), body, context, seconds / 2, bent=True)
    if bent is not None:
        return total, bent
    try:
        parts: Any = call("laws.parts", payload, seconds / 2)
    except WorkerError:
        parts = None
    if parts is not None:
        value, end = from_json(parts["value"]), to_term(closed)
        step = {"theorem": "value", "lhs": to_term(total), "rhs": value, "parts": parts["parts"]}
        last = [] if value == end else [{"theorem": "identity", "lhs": value, "rhs": end}]
        return total, [step, *last]
    steps = steps_by_map(family, to_term(total), to_term(closed), body, context, seconds / 2, bent=False)
    return None if steps is None else (total, steps)


def _same(value: Any, closed: Any) -> Steps:
    return [] if value == closed else [rewrite("identity", value, closed)]


def gradient_by_value(
    family: Family, body: Any, score: Any, closed: Any, s: Any, seconds: float, given: Sequence[Any]
) -> Verdict | None:
    """E[body score] = d/ds E[body] on a support free of ``s``, E[body] being ``closed``; None when not proved."""
    if as_expr(family.support.low).has(s) or as_expr(family.support.high).has(s):
        return None
    try:
        closed = as_expr(closed)
        found = _valued(family, body, closed, given, seconds)
        if found is None:
            return None
        whole, steps = found
        inside = whole.func(as_expr(score) * as_expr(body) * as_expr(family.weight), *whole.limits)
        return _asked(inside, sp.diff(closed, s), [_passing(whole, inside, s), *steps], family, seconds, given)
    except BadInput:
        return None
