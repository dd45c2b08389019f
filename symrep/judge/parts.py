"""What the judge says of a step: its parts and their sum."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, final

from symrep.claim import Claim, Context
from symrep.verdict import Diagnosis, Reason, Status, Verdict, Witness, weakest

__all__ = ["PartVerdict", "Proven", "StepVerdict", "sum_up"]


@final
@dataclass(frozen=True)
class PartVerdict:
    """One thing a step rests on, with what became of it."""

    what: str
    verdict: Verdict
    claim: Claim | None = None


@final
@dataclass(frozen=True)
class StepVerdict:
    """A step and its parts; ``result`` is what the rule computed, None when it computed nothing."""

    status: Status
    reason: Reason
    message: str
    parts: tuple[PartVerdict, ...] = ()
    witness: Witness | None = None
    diagnosis: Diagnosis | None = None
    hypotheses: tuple[str, ...] = ()
    almost_everywhere: bool = False
    result: Any = None
    seconds: float = 0.0
    extra: Mapping[str, Any] = field(default_factory=dict)


@final
@dataclass(frozen=True)
class Proven:
    """A judged derivation, as another may use it."""

    status: Status
    first: Any
    last: Any
    equality: bool
    context: Context
    steps: tuple[tuple[Mapping[str, Any], ...], ...]
    hypotheses: tuple[str, ...] = ()


#: a condition left open, and the reason to give when numbers then refute the line that rests on it
_CONDITIONS: Final[Mapping[Reason, Reason]] = {
    **{
        r: r
        for r in (
            Reason.DOMAIN,
            Reason.NOT_DOMINATED,
            Reason.JUMP,
            Reason.SUPPORT_MOVES,
            Reason.SUPPORT_WRONG,
            Reason.INVERSE_WRONG,
            Reason.BRANCH_MISSING,
            Reason.NOT_PUSHFORWARD,
            Reason.BOUNDARY_TERM,
        )
    },
    Reason.NOT_INTEGRABLE: Reason.NOT_DOMINATED,
}


def sum_up(parts: tuple[PartVerdict, ...], start: float, result: Any) -> StepVerdict:
    seconds = time.monotonic() - start
    ruling = [p for p in parts if p.what != "numbers"]
    numbers = next((p for p in parts if p.what == "numbers"), None)
    status = weakest(p.verdict.status for p in ruling) if ruling else Status.UNDECIDED
    almost = any(p.verdict.almost_everywhere for p in ruling)
    hypotheses = tuple(dict.fromkeys(h for p in ruling for h in p.verdict.hypotheses))
    deciding = next((p for p in ruling if p.verdict.status is status), parts[0])
    if numbers is not None and numbers.verdict.status is Status.REFUTED:
        if status is Status.PROVED:
            message = f"the checks disagree; please report this. Numbers say: {numbers.verdict.message}"
            return StepVerdict(
                Status.UNDECIDED,
                Reason.CONTRADICTION,
                message,
                parts,
                numbers.verdict.witness,
                result=result,
                seconds=seconds,
            )
        if status is not Status.REFUTED:
            deciding_was = deciding
            known = deciding.verdict.reason if status is Status.UNDECIDED else Reason.HOLDS
            deciding = numbers
            status = Status.REFUTED
            if known in _CONDITIONS:  # the condition that could not be established is the one that fails
                why = replace(numbers.verdict, reason=_CONDITIONS[known])
                if deciding_was.verdict.reason is Reason.SUPPORT_WRONG:
                    why = replace(why, message=deciding_was.verdict.message)
                deciding = replace(numbers, verdict=why)
            elif known is Reason.NOT_DECLARED and deciding_was.what.startswith("the rule: differentiate"):
                # nothing declared of a function rules out the rough one that numbers name
                message = f"{deciding_was.verdict.message}. {numbers.verdict.message}"
                deciding = replace(numbers, verdict=replace(numbers.verdict, reason=known, message=message))
    verdict = deciding.verdict
    witness = verdict.witness
    if status is Status.REFUTED and witness is None:
        witness = next((p.verdict.witness for p in parts if p.verdict.witness is not None), None)
    return StepVerdict(
        status,
        verdict.reason,
        verdict.message,
        parts,
        witness,
        hypotheses=hypotheses,
        almost_everywhere=almost,
        result=result,
        seconds=seconds,
    )
