"""The score, d/dtheta of the log density: as stated, and its mean with the boundary terms of a support that moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import sympy as sp

from symrep.family import Family
from symrep.laws.by_map import ideas
from symrep.laws.by_mass import score_by_mass
from symrep.laws.cdf import spots
from symrep.laws.claims import (
    ambient,
    equation,
    log_of,
    open_verdict,
    or_standardised,
    point,
    times,
    total,
    where,
    where_in,
)
from symrep.laws.law import Question, family_law
from symrep.laws.mistakes import named
from symrep.laws.numbers import values
from symrep.rules.guess import guess_value, tends_to
from symrep.symbols import as_expr
from symrep.verdict import Reason, Verdict

__all__ = ["boundary", "continuous_parameters", "score_of"]


def continuous_parameters(family: Family) -> list[Any]:
    """Those one can differentiate by."""
    return [s for s, d in family.parameters.items() if not d.kind.endswith("integer")]


def score_of(family: Family, s: Any) -> Any:
    """The score as stated, or derived."""
    stated = family.score.get(s)
    return as_expr(stated) if stated is not None else derived_score(family, s)


def derived_score(family: Family, s: Any) -> Any:
    return sp.diff(log_of(family.weight), s)


def boundary(family: Family, s: Any, body: Any = sp.S.One) -> tuple[Any, tuple[Any, ...]] | None:
    """[body * density * d end/d theta] between the ends, and where that is so: a density that is 0**k at an end has no
    value there but for k > 0. None where it has no finite value at a moving end.
    """
    out, holds = sp.S.Zero, []
    for end, sign in ((as_expr(family.support.high), 1), (as_expr(family.support.low), -1)):
        if end.has(s):
            at = _at_end(as_expr(body) * family.density, family, end, sign)
            powers = [p for p in at.atoms(sp.Pow) if p.base.is_zero]
            holds += [p.exp > 0 for p in powers]
            at = at.xreplace(dict.fromkeys(powers, sp.S.Zero))
            if at.has(sp.nan, sp.zoo, sp.oo, -sp.oo, sp.Limit, sp.AccumBounds):
                return None
            out += sign * at * sp.diff(end, s)
    return out, tuple(dict.fromkeys(holds))


def _at_end(f: Any, family: Family, end: Any, sign: int) -> Any:
    """The value at an end, or the limit; 0 where it seems to go there (what is built on it is judged)."""
    at = f.subs(family.variable, end)
    if not at.has(sp.nan, sp.zoo, sp.oo, -sp.oo):
        return at
    low, high = as_expr(family.support.low), as_expr(family.support.high)
    given, side = ambient(family.given()), "-" if sign > 0 else "+"
    if tends_to(f, family.variable, low, high, side, sp.S.Zero, given) or _vanishes(family, f, low, high, sign):
        return sp.S.Zero
    try:
        return sp.limit(f, family.variable, end, side)
    except (NotImplementedError, RecursionError, TypeError, ValueError):
        return sp.nan


def _vanishes(family: Family, f: Any, low: Any, high: Any, sign: int) -> bool:
    """Is it nothing, as far as numbers can tell, near an end already (as exp(-1/t) is)?"""
    near = [sp.Rational(10) ** (sign * k) for k in (4, 8)]
    found = [guess_value(f, family.variable, low, high, 1, ambient(family.given()), w) for w in near]
    return all(v is not None and abs(v) < 1e-20 for v in found)


@family_law("score", "the score stated is the derivative of the log density", rank=40)
def score(family: Family) -> Iterator[Question]:
    x, z = family.variable, point(family)
    for s, stated in family.score.items():
        right = derived_score(family, s)

        def hint(_: Verdict, s: Any = s, stated: Any = stated, right: Any = right) -> str:
            at = spots(family, 6)
            return named(stated, values(right, at), at, family, f"score of {s}")

        yield equation(
            f"score of {s} = d/d{s} log p",
            as_expr(stated).subs(x, z),
            right.subs(x, z),
            (*family.given(), *where_in(family, z)),
            hint=hint,
            stated="score",
            almost_everywhere=True,
        )


def _open(words: str, _: float) -> Verdict:
    return open_verdict(words, Reason.BOUNDARY_TERM)


@family_law("score mean", "the score has mean zero, or the boundary term where the support moves", rank=41)
def score_mean(family: Family) -> Iterator[Question]:
    for s in continuous_parameters(family):
        what = f"E[score of {s}] = 0"
        edge: Any = sp.S.Zero
        given = family.given()
        if not family.discrete:
            found_edge = boundary(family, s)
            if found_edge is None:
                words = f"the density is infinite at an end that moves with {s}: the boundary term does not exist"
                yield Question(what, partial(_open, words), derived=True)
                continue
            edge, given = found_edge[0], (*given, *found_edge[1])
            if edge != 0:
                what = f"E[score of {s}] = {-edge}, the boundary term, for the support moves with {s}"
            what += where(found_edge[1])
        body = times(score_of(family, s), family.weight)
        by_map = ideas(family, score_of(family, s))
        question = equation(what, total(family, body), -edge, given, derived=s not in family.score, **by_map)
        inner = or_standardised(question, family, body, -edge, given)

        def found(seconds: float, s: Any = s, inner: Question = inner, edge: Any = edge) -> Verdict:
            known = score_by_mass(family, s, score_of(family, s), seconds / 3) if edge == 0 else None
            return known or inner.decide(seconds)

        yield replace(inner, decide=found)
