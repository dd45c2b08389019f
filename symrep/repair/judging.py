"""Judging what is about to be suggested, within what is left of a diagnosis' time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, final

from symrep.claim import Claim, Context
from symrep.clock import now
from symrep.errors import BadInput
from symrep.judge import Limits, decide
from symrep.term import Term, contains
from symrep.translate import to_term
from symrep.verdict import Status, Verdict

__all__ = ["BUDGET", "SURE", "Bench", "within"]

#: seconds a diagnosis may take
BUDGET: Final = 2.0
#: one that takes no longer was not hurried
SURE: Final = BUDGET - 1.0
_HEAVY: Final = ("expect", "integral", "expect_sample", "expect_each", "push")


def within(limits: Limits, seconds: float) -> Limits:
    """Limits cut down so that one decision takes no longer than ``seconds``, near enough."""
    return replace(
        limits,
        kernel=min(limits.kernel, 0.3 * seconds + 0.3),
        refute=min(limits.refute, 0.15 * seconds + 0.3),
        agree=min(limits.agree, 0.5 * seconds + 0.3),
        sample=min(limits.sample, 0.1 * seconds + 0.1),
        guard=min(limits.guard, 0.1 * seconds + 0.1),
    )


@final
class Bench:
    """Decides claims of one context until the time is up; then everything is UNDECIDED."""

    def __init__(self, context: Context, limits: Limits, seconds: float = BUDGET) -> None:
        self.context = context
        self.limits = limits
        self.deadline = now() + seconds

    @property
    def left(self) -> float:
        return self.deadline - now()

    def budget(self) -> Limits:
        """The author's limits, cut down to what is left."""
        return within(self.limits, max(0.25, self.left))

    def _equal(self, left: Term, right: Term) -> Verdict:
        if contains(left, ("expect",)):  # constants pulled out of expectations, as the judge allows
            step = {"theorem": "linearity", "lhs": left, "rhs": right, "masses": []}
            claim = Claim("rewrite", {"before": left, "after": right, "rewrites": [step]}, self.context)
            verdict = decide(claim, self.budget())
            if verdict.status is Status.PROVED:
                return verdict
        # of a status alone there is nothing an oracle could change
        return decide(Claim("equal", {"lhs": left, "rhs": right}, self.context), self.budget(), oracle=False)

    def equal(self, lhs: Any, rhs: Any) -> Verdict | None:
        """What is known of lhs = rhs, both defined; None when the time is up or one of them cannot be read."""
        if self.left <= 0:
            return None
        try:
            left, right = to_term(lhs), to_term(rhs)
        except BadInput:
            return None
        verdict = self._equal(left, right)
        if verdict.status >= Status.SUPPORTED and contains(right, _HEAVY) and self.left > 0:
            defined = decide(Claim("defined", {"term": right}, self.context), self.budget())
            if defined.status is Status.REFUTED:
                return defined
            if defined.status < verdict.status:
                return Verdict(Status.SUPPORTED, verdict.reason, verdict.message, verdict.evidence)
        return verdict
