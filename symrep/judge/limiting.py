"""Lines with limits: the kernel compares them with the values of the limits put in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from symrep.claim import Claim
from symrep.errors import BadInput
from symrep.judge.deciding import Limits, ask_kernel, refuted
from symrep.running.worker import WorkerError, call
from symrep.verdict import Evidence, Reason, Status, Verdict
from symrep.wire import from_json

__all__ = ["by_limits"]


def by_limits(claim: Claim, limits: Limits) -> tuple[Verdict, Claim]:
    """The verdict on an equality with limits in it, and the claim the kernel proved: their values lead from one side to
    the other, or from their difference to 0. Numbers can refute what is left when they are put in."""
    words = "neither proved nor refuted: the value of a limit is not known"
    unknown = Verdict(Status.UNDECIDED, Reason.NOTHING_APPLIED, words, (Evidence("kernel", words),))
    try:
        payload = {"claim": claim.to_json(), "seconds": limits.kernel}
        answer: Any = call("verify.limits", payload, limits.kernel, limits.memory)
    except (WorkerError, BadInput):
        return unknown, claim
    if answer is None or "infinite" in answer:
        return unknown, claim
    steps = Claim("rewrite", answer["data"], claim.context)
    proved = ask_kernel(steps, limits)
    if isinstance(proved, Verdict):
        return proved, steps
    sides = {k: from_json(answer[k]) for k in ("lhs", "rhs")}
    values = Claim("rewrite", {**answer["data"], "after": sides["lhs"]}, claim.context)
    if isinstance(ask_kernel(values, limits), Verdict):
        found = refuted(replace(claim, data={**claim.data, **sides}), limits)
        if found is not None:
            return found, claim
    return unknown, claim
