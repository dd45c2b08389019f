"""Convolutions, transformations, sufficient statistics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from symrep.entry import Fact
from symrep.family import FAMILIES, Family
from symrep.laws.claims import equation, fresh, open_verdict, point, where_in
from symrep.laws.images import base_law, image_density
from symrep.laws.law import Question, family_law
from symrep.laws.score import continuous_parameters, score_of
from symrep.symbols import as_expr
from symrep.verdict import Reason, Verdict

__all__: list[str] = []


@family_law("facts", "sums and transforms of independent laws are what is stated", rank=70)
def facts(family: Family) -> Iterator[Question]:
    for fact in family.facts:
        laws = ", ".join(f"{n} ~ {b[0]}({', '.join(map(str, b[1]))})" for n, b in fact.noises)
        what = f"{fact.image} ~ {fact.law[0]}({', '.join(map(str, fact.law[1]))}) for {laws}"
        unknown = [n for n in (fact.law[0], *(b[0] for _, b in fact.noises)) if n not in FAMILIES]
        if unknown:
            yield Question(what, _open(f"no family is called {unknown[0]}"), stated="facts")
        elif FAMILIES[fact.law[0]].discrete:
            yield _sum_of_integers(family, fact, what)
        else:
            yield _image(family, fact, what)


def _open(words: str) -> Any:
    return lambda _: open_verdict(words, Reason.NOT_DECLARED)


def _image(family: Family, fact: Fact, what: str) -> Question:
    law = base_law(fact.law)
    z = _point_of(law.family, family, fact)
    density = image_density(fact.noises, fact.image, z)
    if density is None:
        return Question(what, _open("the map could not be inverted in any of the variables"), stated="facts")
    given = (*family.given(), *fact.given, *_inside(law, z))
    return equation(what, density, law.weight_at(z), given, stated="facts", almost_everywhere=True)


def _point_of(target: Family, family: Family, fact: Fact) -> Any:
    used = set().union(*(as_expr(v).free_symbols for _, b in (*fact.noises, (None, fact.law)) for v in b[1]))
    kind = getattr(point(target), "kind", "real")
    return fresh("z", kind, family, *used, *(n for n, _ in fact.noises))


def _inside(law: Any, z: Any) -> tuple[Any, ...]:
    return tuple(law.fill(r) if hasattr(r, "subs") else r for r in where_in(law.family, z))


def _sum_of_integers(family: Family, fact: Fact, what: str) -> Question:
    """X + Y for two laws on the integers from 0 on: the pmf is the sum over the ways."""
    if len(fact.noises) != 2 or as_expr(fact.image) != fact.noises[0][0] + fact.noises[1][0]:
        return Question(what, _open("only sums of two independent laws are read"), stated="facts")
    law, (first, second) = base_law(fact.law), (base_law(b) for _, b in fact.noises)
    if any(w.family.support.low != 0 for w in (law, first, second)):
        return Question(what, _open("only laws on 0, 1, 2, … are read"), stated="facts")
    z, j = _point_of(law.family, family, fact), fresh("j", "nonnegative integer", family)
    ways = sp.Sum(first.weight_at(j) * second.weight_at(z - j), (j, 0, z))
    given = (*family.given(), *fact.given, *_inside(law, z))
    return equation(what, ways, law.weight_at(z), given, stated="facts")


@family_law("statistics", "the statistics are sufficient", rank=71)
def statistics(family: Family) -> Iterator[Question]:
    """The score by θ is c₀(θ) + Σ c_i(θ) T_i(x): then p = h(x) exp(b(θ) + Σ a_i(θ) T_i(x)), and by the factorisation
    theorem T is sufficient. The c_i are proposed from points and the equation is judged. Parameters that are integers
    are fixed ones: of them nothing is said.
    """
    if not family.statistics:
        return
    x, z = family.variable, point(family)
    for s in family.parameters:
        what = f"the score of {s} is a combination of {', '.join(map(str, family.statistics))} and 1"
        if s not in continuous_parameters(family):
            continue  # an integer has no score: the statistics are meant for a fixed one
        if as_expr(family.support.low).has(s) or as_expr(family.support.high).has(s):
            yield Question(
                what, _open("the support moves with the parameter: no exponential family"), stated="statistics"
            )
            continue
        found = _combination(family, s)
        right = score_of(family, s).subs(x, z)
        if found is None:
            yield Question(what, _open("no coefficients could be found"), stated="statistics")
            continue
        left = found.subs(x, z)
        given = (*family.given(), *where_in(family, z))

        def hint(_: Verdict, s: Any = s) -> str:
            return (
                f"the score of {s} is no combination of the statistics stated: not sufficient, or no exponential family"
            )

        yield equation(what, left, right, given, hint=hint, stated="statistics", almost_everywhere=True)


def _combination(family: Family, s: Any) -> Any:
    """c₀ + Σ c_i T_i that agrees with the score at as many points as it has terms; exact in the parameters."""
    x = family.variable
    terms = [sp.S.One, *map(as_expr, family.statistics)]
    low, high = as_expr(family.support.low), as_expr(family.support.high)
    if family.discrete:
        start = low if low.is_finite else sp.S.Zero
        at = [start + k for k in range(len(terms))]
    elif (low, high) == (0, 1):
        at = [sp.Rational(k + 1, len(terms) + 2) for k in range(len(terms))]
    else:
        start = low if low.is_finite else high - 20 if high.is_finite else sp.S.Zero
        at = [start + 2**k for k in range(len(terms))]
    matrix = sp.Matrix([[t.subs(x, v) for t in terms] for v in at])
    right = sp.Matrix([score_of(family, s).subs(x, v) for v in at])
    try:
        solution = matrix.LUsolve(right)
    except (ValueError, ZeroDivisionError, NotImplementedError):
        return None
    if any(c.has(sp.nan, sp.zoo) for c in solution):
        return None
    return sp.Add(*(sp.simplify(c) * t for c, t in zip(solution, terms, strict=True)))
