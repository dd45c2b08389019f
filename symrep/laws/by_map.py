r"""Integrals over a law as integrals over its noise: with x = g(ε), ∫ h p dx = ∫ h(g(ε)) q dε.

Where the entry has a map of one noise, a quantile, or a location and a scale, the integral of h against the density is
rewritten by the theorem of substitution and the value of the new one looked for: E[h(x)] of a generalized Pareto law is
a Gamma integral in ε. A worker searches (:mod:`symrep.laws.noise_worker`); the kernel replays the chain that is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final

import sympy as sp

from symrep.claim import Claim, Context
from symrep.errors import BadInput
from symrep.family import FAMILIES, LEVEL, Family
from symrep.judge.deciding import ask_kernel
from symrep.laws.claims import fresh
from symrep.laws.images import base_law, noise_in, support_of
from symrep.running.worker import WorkerError, call
from symrep.symbols import as_expr
from symrep.term import Term, canonical_json, contains, walk
from symrep.translate import to_term
from symrep.verdict import Verdict
from symrep.verifying.deciding import limits_within

__all__ = ["by_map", "ideas", "steps_by_map"]

#: of the time of a question, what this search may cost
_SHARE: Final = 0.35
Steps = Sequence[Mapping[str, Any]]
#: a question -> the longest time it was given, and what was found
_FOUND: Final[dict[str, tuple[float, Steps | None]]] = {}
_CONVERGING: Final = ("integral", "sum", "product", "limit")


def _maps(family: Family, bent: bool) -> Iterator[dict[str, Any]]:
    """Ways to write x as a function of something simpler, as plain data: those by a function that is not linear, or the
    others. Whether it is one to one is seen later.
    """
    x = family.variable
    for way in family.ways:
        if len(way.noises) != 1 or not way.fixed or way.given or way.bases[0][0] not in FAMILIES:
            continue
        base = base_law(way.bases[0])
        e, path = noise_in(way, family)
        if base.family.discrete or base.family is family or (sp.diff(path, e, 2) != 0) is not bent:
            continue
        known = way.noises[0] == LEVEL and family.cdf is not None and not family.conditions.get("cdf")
        yield _data(e, path, support_of(base), [family.cdf] if known else [], base.weight_at(e))
    if not bent:
        yield from _scaled(family, x)


def _scaled(family: Family, x: Any) -> Iterator[dict[str, Any]]:
    """X = location + scale t, where the roles and the support suggest it."""
    roles = {d.role: s for s, d in reversed(list(family.parameters.items()))}
    scale = next((roles[r] for r in ("scale", "standard deviation") if r in roles), None)
    scale = 1 / roles["rate"] if scale is None and "rate" in roles else scale
    if scale is None and "location" not in roles:
        return
    scale, centre = sp.S.One if scale is None else scale, roles.get("location", sp.S.Zero)
    low, high = as_expr(family.support.low), as_expr(family.support.high)
    ends = [e if e in (sp.oo, -sp.oo) else sp.cancel((e - centre) / scale) for e in (low, high)]
    if not any(e.free_symbols for e in ends):
        t = fresh("t", "positive" if ends[0].is_nonnegative else "real", family)
        yield _data(t, centre + scale * t, ends, [(x - centre) / scale], None)


def _data(e: Any, path: Any, ends: Sequence[Any], back: Iterable[Any], weight: Any) -> dict[str, Any]:
    return {
        "variable": e.name,
        "kind": e.kind,
        "path": to_term(as_expr(path)),
        "low": to_term(as_expr(ends[0])),
        "high": to_term(as_expr(ends[1])),
        "inverses": [to_term(as_expr(b)) for b in back],
        "weight": None if weight is None else to_term(as_expr(weight)),
    }


def by_map(family: Family, claim: Claim, factor: Any, seconds: float, bent: bool) -> Verdict | None:
    """The proof of an equation with one integral, ∫ factor·p dx over the support; None if none is found."""
    if family.discrete:
        return None
    sides = [claim.data["lhs"], claim.data["rhs"]]
    bound = [t for t in sides if contains(t, _CONVERGING)]
    if len(bound) != 1:
        return None
    before, after = sides if sides[0] is bound[0] else sides[::-1]
    steps = steps_by_map(family, before, after, factor, claim.context, seconds, bent)
    if steps is None:
        return None
    whole = Claim("rewrite", {"before": before, "after": after, "rewrites": steps}, claim.context)
    answer = ask_kernel(whole, limits_within(seconds))
    if not isinstance(answer, Verdict) or (answer.almost_everywhere and not claim.data["almost_everywhere"]):
        return None
    return answer


def steps_by_map(
    family: Family, before: Term, after: Term, factor: Any, context: Context, seconds: float, bent: bool
) -> Steps | None:
    """Theorems that lead from ``before``, in which the one integral is ∫ factor·p dx, to ``after``; None if none are
    found.
    """
    nodes = [s for s in walk(before) if s[0] in _CONVERGING]
    if len(nodes) != 1 or nodes[0][0] != "integral":
        return None
    try:
        maps = list(_maps(family, bent))
        payload = {
            "before": before,
            "after": after,
            "node": nodes[0],
            "factor": to_term(as_expr(factor)),
            "density": to_term(as_expr(family.density)),
            "maps": maps,
            "context": context.to_json(),
        }
    except BadInput:
        return None
    return _asked(payload, seconds) if maps else None


def _asked(payload: Mapping[str, Any], seconds: float) -> Steps | None:
    """What the worker finds, remembered: with no more time it finds no more."""
    key = canonical_json(payload)
    spent, found = _FOUND.get(key, (0.0, None))
    if found is None and seconds > spent:
        with suppress(WorkerError, BadInput):
            found = call("laws.by_map", payload, seconds)
        _FOUND[key] = seconds, found
    return found


def ideas(family: Family, factor: Any) -> dict[str, Any]:
    """For :func:`symrep.laws.claims.equation` about ∫ factor·p dx: maps that are not linear first; linear ones where no
    value is found at once.
    """

    def idea(claim: Claim, seconds: float, bent: bool) -> Verdict | None:
        return by_map(family, claim, factor, _SHARE * seconds, bent)

    return {"first": partial(idea, bent=True), "then": partial(idea, bent=False)}
