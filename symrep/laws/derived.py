"""What an entry does not state and follows from it: the entropy by integration, the score and the implicit gradient by
differentiation. The formulas are proposals; the laws judge them like stated ones, marked as derived.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import sympy as sp

from symrep.errors import BadInput
from symrep.family import Family
from symrep.laws.claims import equation, log_of, slope, total
from symrep.laws.law import Question, family_law
from symrep.laws.score import derived_score
from symrep.rules.integrate import parts_of, value_of
from symrep.symbols import as_expr

__all__ = ["entropy_by_integration", "implicit_gradient", "score_by_differentiation"]


@lru_cache(maxsize=64)
def entropy_by_integration(family: Family) -> Any:
    """-E[log p] in closed form as far as symrep's integration finds one, else None. May take some seconds.

    Raises:
        BadInput: the family is discrete.
    """
    if family.discrete:
        raise BadInput("entropy by integration", "a law with a density", family.name)
    x = family.variable
    body = -sp.expand(log_of(family.density)) * family.density
    parts = parts_of(body, x, as_expr(family.support.low), as_expr(family.support.high))
    if parts is None:
        return None
    return sp.expand_log(sp.logcombine(sp.simplify(value_of(parts))), deep=True)


def score_by_differentiation(family: Family, parameter: Any) -> Any:
    """d/dparameter of log p, off the kinks of p."""
    return derived_score(family, parameter)


def implicit_gradient(family: Family, parameter: Any) -> Any:
    """-dF/dparameter / p: the derivative of a draw by the parameter, from the cdf alone.

    Raises:
        BadInput: no cdf is stated, or the law is discrete.

    Source: Figurnov, Mohamed & Mnih, Implicit Reparameterization Gradients, arXiv:1805.08498.
    """
    if family.cdf is None or family.discrete:
        raise BadInput("implicit gradient", "a family with a density and a stated cdf", family.name)
    return -slope(as_expr(family.cdf), parameter) / as_expr(family.density)


@family_law("derived entropy", "where no entropy is stated, the one that integration finds", rank=34)
def derived_entropy(family: Family) -> Iterator[Question]:
    if family.entropy is not None or family.discrete:
        return
    found = entropy_by_integration(family)
    if found is None:
        return
    right = -total(family, family.weight * log_of(family.weight))
    yield equation(f"entropy = {found}", right, found, family.given(), derived=True)
