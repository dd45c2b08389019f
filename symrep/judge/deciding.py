"""What is known of one claim: the kernel, balls, agreement of points, sampling and an oracle are asked in turn."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Final, final

from symrep.checks.generic import why_unsupportable
from symrep.checks.remote import evidence_from_json, refutation_from_json
from symrep.claim import Claim
from symrep.errors import BadInput
from symrep.judge.wording import plain
from symrep.kernel.certificate import verdict_from_json
from symrep.kernel.fail import NotProved
from symrep.running.standing import Standing, note, watching
from symrep.running.worker import RemoteError, TimedOut, WorkerDied, call
from symrep.term import contains
from symrep.verdict import Evidence, Reason, Status, Verdict

__all__ = [
    "Limits",
    "Numbers",
    "agreement",
    "ask_kernel",
    "compared",
    "decide",
    "first_look",
    "linear_claim",
    "refuted",
]


@final
@dataclass(frozen=True)
class Limits:
    """Budgets, in seconds a check and MB a worker."""

    kernel: float = 20.0
    #: what the kernel gets before numbers have had a look
    first: float = 2.5
    refute: float = 3.0
    agree: float = 3.0
    sample: float = 3.0
    memory: int = 2000
    #: for a line the kernel proved, which numbers only guard: they stop by themselves long before, after a few points
    guard: float = 20.0


_BROKEN: Final = (TimedOut, WorkerDied, RemoteError)


_MISSING: Final = object()
#: answers to what was asked in this process already; an answer is a function of the question alone
_ANSWERS: Final[OrderedDict[tuple[Any, ...], Any]] = OrderedDict()
_REMEMBERED: Final = 256
_LOCK: Final = Lock()


def _key(name: str, claim: Claim, seconds: float, memory: int, more: Mapping[str, bool]) -> tuple[Any, ...]:
    return name, claim.key(), seconds, memory, tuple(sorted(more.items()))


def _keep(key: tuple[Any, ...], answer: Any, standing: Standing) -> None:
    with _LOCK:
        _ANSWERS[key] = (answer, standing)
        if len(_ANSWERS) > _REMEMBERED:
            _ANSWERS.popitem(last=False)


def first_look(claim: Claim, limits: Limits) -> bool | None:
    """Ask for everything that an equation between closed forms usually needs in one go: whether its hypotheses can hold
    together (the answer; None if that was not found out), the kernel, and numbers unless it is proved. What the worker
    found is remembered, and :func:`decide` asks for nothing of it again.
    """
    payload = {"claim": claim.to_json(), "seconds": limits.first}
    with watching(quiet=True) as seen:  # what it did not find in time is asked again
        try:
            answer: Any = call("judge.first", payload, limits.first, limits.memory)
        except (*_BROKEN, BadInput):
            return None
    if answer["kernel"] is not None:
        _keep(_key("kernel.prove", claim, limits.first, limits.memory, {}), answer["kernel"], seen.worst)
    if answer["numbers"] is not None:
        seconds = limits.refute + limits.agree
        _keep(_key("balls.compare", claim, seconds, limits.memory, {"guard": False}), answer["numbers"], seen.worst)
    return bool(answer["consistent"])


def _ask(name: str, claim: Claim, seconds: float, memory: int, **more: bool) -> Any:
    key = _key(name, claim, seconds, memory, more)
    with _LOCK:
        known = _ANSWERS.get(key, _MISSING)
        if known is not _MISSING:
            _ANSWERS.move_to_end(key)
    if known is not _MISSING:
        answer, standing = known
        note(standing)
        return answer
    payload = {"claim": claim.to_json(), "seconds": max(0.2, seconds - 0.3), **more}
    with watching() as seen:
        answer = call(name, payload, seconds, memory)
    _keep(key, answer, seen.worst)
    return answer


def ask_kernel(claim: Claim, limits: Limits) -> Verdict | NotProved:
    try:
        return verdict_from_json(claim, _ask("kernel.prove", claim, limits.kernel, limits.memory))
    except NotProved as e:
        return plain(e)
    except TimedOut:
        return NotProved(f"the kernel's {limits.kernel:g} s were spent", Reason.TIMEOUT)
    except (WorkerDied, RemoteError, BadInput) as e:
        return NotProved(f"the kernel broke off: {e}", Reason.ERROR)


@final
@dataclass(frozen=True)
class Numbers:
    """What the values of both sides say: a refutation, or agreement, or neither."""

    refutation: Verdict | None = None
    agreement: Evidence | None = None


def compared(claim: Claim, limits: Limits, *, guard: bool = False) -> Numbers:
    """The two sides at many points, in one pass.

    Args:
        guard: the claim is proved already; a few points will do.
    """
    seconds = limits.guard if guard else limits.refute + limits.agree
    try:
        answer = _ask("balls.compare", claim, seconds, limits.memory, guard=guard)
    except (*_BROKEN, BadInput):
        return Numbers()
    return Numbers(
        refutation_from_json(answer["refutation"]) if answer["refutation"] else None,
        evidence_from_json(answer["agreement"]) if answer["agreement"] else None,
    )


def refuted(claim: Claim, limits: Limits) -> Verdict | None:
    return compared(claim, limits).refutation


def agreement(claim: Claim, limits: Limits) -> Evidence | None:
    return compared(claim, limits).agreement


def _alarm(claim: Claim, limits: Limits) -> Evidence | None:
    try:
        answer = _ask("sampling.alarm", claim, limits.sample, limits.memory)
    except (*_BROKEN, BadInput):
        return None
    return evidence_from_json(answer) if answer else None


def _oracle(claim: Claim, limits: Limits) -> Evidence | None:
    if claim.kind != "equal" or contains(claim.data["lhs"], ("app",)):
        return None
    payload = {"lhs": claim.data["lhs"], "rhs": claim.data["rhs"], "context": claim.context.to_json()}
    try:
        answer = call("sympy.zero", payload, limits.refute, limits.memory)
    except (*_BROKEN, BadInput):
        return None
    return Evidence("sympy", "simplify turns the difference into 0") if answer.get("zero") else None


def linear_claim(claim: Claim, masses: Sequence[Any] = ()) -> Claim:
    """The claim that two sides are equal by linearity of the expectation."""
    lhs, rhs = claim.data["lhs"], claim.data["rhs"]
    step = {"theorem": "linearity", "lhs": lhs, "rhs": rhs, "masses": list(masses)}
    return Claim("rewrite", {"before": lhs, "after": rhs, "rewrites": [step]}, claim.context)


def _regrouped(claim: Claim, masses: Sequence[Any], limits: Limits) -> Verdict | None:
    """A line that differs by pulling constants out of expectations, as one does on paper."""
    answer = ask_kernel(linear_claim(claim, masses), replace(limits, kernel=limits.first))
    return answer if isinstance(answer, Verdict) else None


def _kernel_again(claim: Claim, limits: Limits, first: NotProved) -> Verdict | NotProved:
    """With the whole budget, when the first try ran out of its own."""
    return ask_kernel(claim, limits) if first.reason is Reason.TIMEOUT and limits.kernel > limits.first else first


def _why_not(claim: Claim) -> str:
    """In words, why numbers did not support what was neither proved nor refuted."""
    why = why_unsupportable(claim.data["lhs"], claim.data.get("op", "=="), claim.data["rhs"], claim.context)
    if not why:
        why = "too few points could be evaluated, or some agree only roughly"
        why += "; can all that is given hold at one point?" if claim.context.given else ""
    return f"neither proved nor refuted: {why}"


def decide(
    claim: Claim,
    limits: Limits = Limits(),
    *,
    prove: bool = True,
    regroup: Sequence[Any] | None = None,
    oracle: bool = True,
) -> Verdict:
    """What is known of a claim of kind ``equal`` or ``relation`` (others: kernel only).

    Args:
        oracle: ask SymPy about what numbers support already; its word is evidence and changes no status.
    """
    numeric = claim.kind in ("equal", "relation")
    answer: Verdict | NotProved = NotProved("not tried")
    if prove:
        answer = ask_kernel(claim, replace(limits, kernel=limits.first) if numeric else limits)
        if isinstance(answer, Verdict):
            return answer
        if answer.definite:
            return Verdict(Status.REFUTED, answer.reason, str(answer), (Evidence("kernel", str(answer)),))
        if not numeric:
            return Verdict(Status.UNDECIDED, answer.reason, str(answer), (Evidence("kernel", f"not proved: {answer}"),))
    numbers = compared(claim, limits)
    if numbers.refutation is not None:
        return numbers.refutation
    if prove and isinstance(answer, NotProved):
        regrouped = None if regroup is None else _regrouped(claim, regroup, limits)
        answer = regrouped or _kernel_again(claim, limits, answer)
        if isinstance(answer, Verdict):
            return answer
    tried = [Evidence("kernel", f"not proved: {answer}")]
    agreed = numbers.agreement
    if agreed is None:
        return Verdict(Status.UNDECIDED, Reason.NOTHING_APPLIED, _why_not(claim), tuple(tried))
    evidence = [agreed]
    if contains(claim.data["lhs"], ("expect", "push")) or contains(claim.data["rhs"], ("expect", "push")):
        alarm = _alarm(claim, limits)
        if alarm is not None:
            evidence.append(alarm)
            if alarm.data.get("alarm"):
                return Verdict(
                    Status.UNDECIDED, Reason.CONTRADICTION, f"a sampling alarm: {alarm.says}", tuple(evidence)
                )
    elif oracle and (word := _oracle(claim, limits)) is not None:
        evidence.append(word)
    return Verdict(Status.SUPPORTED, Reason.HOLDS, agreed.says, (*evidence, *tried))
