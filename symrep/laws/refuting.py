"""A refutation by quadrature at parameters in their typical ranges, where the judge's own points led nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from flint import arb

from symrep.checks.evaluate import Report, evaluate
from symrep.checks.faults import OutOfTime, Unevaluable
from symrep.checks.points import in_domain
from symrep.claim import Claim
from symrep.clock import now
from symrep.family import Family
from symrep.laws.numbers import points
from symrep.term import Term, free_symbols
from symrep.verdict import Evidence, Reason, Status, Verdict, Witness

__all__ = ["apart"]

_PRECISIONS: Final = (64, 128)
#: how many times the error, which is estimated, two sides have to be apart, at each precision
_GAP: Final = 1e6
#: points without a value after which no more are tried
_IN_VAIN: Final = 2
_FAILS: Final = (Unevaluable, OutOfTime, ArithmeticError, ValueError, RecursionError)


def apart(claim: Claim, family: Family, seconds: float = 6.0) -> Verdict | None:
    """A point at which the sides of an equation in the parameters alone differ by far more than the error, twice."""
    lhs, rhs = claim.data["lhs"], claim.data["rhs"]
    names = free_symbols(lhs) | free_symbols(rhs)
    if claim.kind != "equal" or not names <= {s.name for s in family.parameters}:
        return None
    until, in_vain = now() + seconds, 0
    for at in points(family, 4):
        if (
            now() > until
            or in_vain >= _IN_VAIN
            or not in_domain({k: v for k, v in at.items() if k in names}, claim.context)
        ):
            continue
        found: list[tuple[arb, arb]] = []
        for prec in _PRECISIONS:
            pair = _pair(lhs, rhs, at, prec, min(until, now() + 2))
            in_vain += pair is None
            if pair is None or not abs(pair[0] - pair[1]) > _GAP * (pair[0].rad() + pair[1].rad()):
                break
            found.append(pair)
        if len(found) == len(_PRECISIONS):
            left, right = (v.str(10) for v in found[-1])
            shown = {k: str(v) for k, v in sorted(at.items()) if k in names}
            place = f"at {', '.join(f'{k} = {v}' for k, v in shown.items())} " if shown else ""
            words = f"{place}the left side is {left}, the right side {right} (by quadrature, error estimated)"
            evidence = Evidence("quadrature", words, {"rigorous": False, "bits": list(_PRECISIONS)})
            return Verdict(Status.REFUTED, Reason.UNEQUAL, words, (evidence,), Witness(shown, left, right))
    return None


def _pair(lhs: Term, rhs: Term, at: Mapping[str, Fraction], prec: int, until: float) -> tuple[arb, arb] | None:
    try:
        a, b = (evaluate(t, at, {}, prec, until, Report()) for t in (lhs, rhs))
    except _FAILS:
        return None
    return (a, b) if a.is_finite() and b.is_finite() else None
