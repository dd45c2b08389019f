"""Lines with limits: their values are put in on either side, and what is left is compared."""

from __future__ import annotations

from typing import Any

from symrep.claim import Claim
from symrep.errors import BadInput
from symrep.judge.deciding import Limits, ask_kernel, decide
from symrep.judge.parts import PartVerdict
from symrep.running.worker import WorkerError, call
from symrep.term import contains
from symrep.verdict import Evidence, Reason, Status, Verdict
from symrep.wire import from_json

__all__ = ["by_limits"]

_AHEAD, _BACK = "the rule: values of limits", "the rule, read backwards: values of limits"


def by_limits(claim: Claim, limits: Limits) -> list[PartVerdict]:
    """What an equality with limits in it rests on: what they are on each side, and that the sides are equal then."""
    parts, sides = [], {}
    for side, what in (("lhs", _AHEAD), ("rhs", _BACK)):
        sides[side] = claim.data[side]
        if contains(claim.data[side], ("limit",)):
            found = _values(claim, claim.data[side], limits)
            if found is None:
                words = "neither proved nor refuted: the value of a limit is not known"
                open_ = Verdict(Status.UNDECIDED, Reason.NOTHING_APPLIED, words, (Evidence("kernel", words),))
                return [PartVerdict("the line as stated", open_, claim)]
            verdict, value = found
            sides[side] = value.data["after"]
            parts.append(PartVerdict(what, verdict, value))
    plain = Claim("equal", sides, claim.context)
    stated = PartVerdict("the line as stated", decide(plain, limits), plain)
    return [*(p for p in parts if p.what == _AHEAD), stated, *(p for p in parts if p.what == _BACK)]


def _values(claim: Claim, side: Any, limits: Limits) -> tuple[Verdict, Claim] | None:
    """The kernel's word that the limits on one side are what they are."""
    alone = Claim("equal", {"lhs": side, "rhs": ("num", 0, 1)}, claim.context)
    try:
        answer: Any = call("verify.limits", {"claim": alone.to_json(), "seconds": limits.kernel}, limits.kernel,
                           limits.memory)  # fmt: skip
    except (WorkerError, BadInput):
        return None
    if answer is None or "infinite" in answer:
        return None
    values = Claim("rewrite", {**answer["data"], "after": from_json(answer["lhs"])}, claim.context)
    verdict = ask_kernel(values, limits)
    return (verdict, values) if isinstance(verdict, Verdict) else None
