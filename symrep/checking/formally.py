"""Claims that follow for all densities and events, confirmed where no law is known; never refuted."""

from __future__ import annotations

from typing import Any, Final

from symrep.checking.model import Finding, Link, Place
from symrep.claim import Claim
from symrep.errors import SymrepError
from symrep.judge import decide
from symrep.reading.latex.formal import formal_sides
from symrep.translate import context_of, to_term
from symrep.verdict import Reason, Status
from symrep.verifying.deciding import limits_within, verdict_of

__all__ = ["formally"]

_FAILS: Final = (SymrepError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_MOST: Final = 3
_NOTE: Final = (
    "it holds for all densities and events, as far as the sums and integrals converge: by what expectations, "
    "conditional densities and probabilities are"
)
_GIBBS: Final = "Gibbs' inequality: no divergence between two laws is below 0"
_SPELLED: Final = "the sums and integrals are the same but for constant factors; that they converge is not shown"


def formally(left: Place, link: Link, seconds: float) -> Finding | None:
    """A finding where a claim follows from what densities, expectations and probabilities are; else None."""
    if link.op not in ("=", "<=", ">=") or left.tree is None or link.right.tree is None:
        return None
    if _of_gibbs(left, link):
        return Finding("supported", Reason.HOLDS.value, _GIBBS)
    for environment, _ in link.right.variants[:_MOST]:  # as it stands, then with what its names stand for
        sides = formal_sides(left.tree, link.right.tree, environment)
        if sides is None:
            continue
        a, b, spelled = sides
        verdict = _verdict(a, link.op, b, seconds)
        if verdict is None:
            continue
        said = tuple(verdict.hypotheses)
        if spelled:
            return Finding("supported", verdict.reason.value, _SPELLED, hypotheses=said)
        return Finding("proved", verdict.reason.value, verdict.message, hypotheses=said, notes=(_NOTE,))
    return None


def _of_gibbs(left: Place, link: Link) -> bool:
    """Is it KL[f||g] ≥ 0, either way round?"""
    small, large = (left.tree, link.right.tree) if link.op == "<=" else (link.right.tree, left.tree)
    zero = small is not None and small.head == "num" and small.value == 0
    return link.op != "=" and zero and large is not None and large.head == "KL"


def _verdict(a: Any, op: str, b: Any, seconds: float) -> Any:
    """What the kernel proves, or None: an order also where both sides are equal."""
    try:
        left, right, context = to_term(a), to_term(b), context_of([a, b], ())
        verdict: Any = verdict_of(Claim("equal", {"lhs": left, "rhs": right}, context), min(2.0, seconds))
        if op != "=" and verdict.status is not Status.PROVED:
            order = Claim("relation", {"lhs": left, "op": op, "rhs": right}, context)
            verdict = decide(order, limits_within(min(2.0, seconds)))
    except _FAILS:
        return None
    return verdict if verdict.status is Status.PROVED else None
