"""What an entry does not state and follows from it: the entropy by integration, the score and the implicit gradient by
differentiation. The formulas are proposals; the laws judge them like stated ones, marked as derived.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import sympy as sp

from symrep.claim import Context
from symrep.errors import BadInput
from symrep.family import Family
from symrep.laws.claims import equation, log_of, slope, total
from symrep.laws.law import Question, family_law
from symrep.laws.score import derived_score
from symrep.rules.integrate import parts_of, value_of
from symrep.running.worker import TimedOut, WorkerError, call
from symrep.symbols import DomainSymbol, as_expr
from symrep.translate import context_of, from_term, to_term
from symrep.wire import from_json

__all__ = ["entropy_by_integration", "entropy_in_worker", "implicit_gradient", "score_by_differentiation"]


#: seconds the search for a closed form may take, in a worker that is killed then
SEARCH: Final = 4.0


def entropy_by_integration(family: Family, seconds: float = SEARCH) -> Any:
    """-E[log p] in closed form as far as symrep's integration finds one, else None.

    Raises:
        BadInput: the family is discrete.
        TimedOut: nothing was found in ``seconds``.
    """
    if family.discrete:
        raise BadInput("entropy by integration", "a law with a density", family.name)
    x, density = family.variable, as_expr(family.density)
    low, high = as_expr(family.support.low), as_expr(family.support.high)
    payload = {
        "density": to_term(density),
        "variable": x.name,
        "low": to_term(low),
        "high": to_term(high),
        "context": context_of([density, low, high, x, *family.parameters]).to_json(),
    }
    answer = call("laws.entropy", payload, seconds)
    names = {s.name: s for s in (*family.parameters, x)}
    return None if answer is None else from_term(from_json(answer), names)


def entropy_in_worker(payload: Mapping[str, Any]) -> Any:
    """A density with its support in, the term of the entropy out, or None."""
    context = Context.from_json(payload["context"])
    names: dict[str, Any] = {n: DomainSymbol(n, kind) for n, kind in context.symbols.items()}
    density, low, high = (from_term(from_json(payload[k]), names) for k in ("density", "low", "high"))
    body = -sp.expand(log_of(density)) * density
    parts = parts_of(body, names[payload["variable"]], low, high)
    if parts is None:
        return None
    return to_term(sp.expand_log(sp.logcombine(sp.simplify(value_of(parts))), deep=True))


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
    try:
        found = entropy_by_integration(family, SEARCH)
    except (TimedOut, WorkerError):
        return  # nothing was stated and nothing was found: there is nothing to judge
    if found is None:
        return
    right = -total(family, family.weight * log_of(family.weight))
    yield equation(f"entropy = {found}", right, found, family.given(), derived=True)
