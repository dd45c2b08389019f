"""One identity from text to result, whatever happens on the way."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, final

from symrep.claim import Claim
from symrep.errors import BadInput, SymrepError
from symrep.reading import NotRead
from symrep.running.standing import Standing, watching
from symrep.running.worker import WorkerError, call
from symrep.verdict import Diagnosis, Evidence, Reason, Status, Verdict
from symrep.verifying.deciding import consistent, verdict_of
from symrep.verifying.items import Item, Read, read

__all__ = ["DIAGNOSIS", "SECONDS", "Result", "verify", "verify_item"]

#: what one identity may cost, and what its diagnosis may at most when it is refuted (it aims at a fifth of that)
SECONDS: Final = 20.0
DIAGNOSIS: Final = 10.0


@final
@dataclass(frozen=True)
class Result:
    """What became of one item. ``error`` is what made it unusable (bad input) or broke off; it is empty otherwise.
    ``standing`` tells whether a limit had a say in it.
    """

    item: Item
    verdict: Verdict
    seconds: float
    error: SymrepError | None = None
    standing: Standing = Standing.SETTLED

    def to_json(self) -> dict[str, Any]:
        v = self.verdict
        out: dict[str, Any] = {
            "id": self.item.id,
            "status": v.status.name.lower(),
            "reason": v.reason.value,
            "message": v.message,
            "witness": v.witness.to_json() if v.witness else None,
            "diagnosis": v.diagnosis.to_json() if v.diagnosis else None,
            "evidence": [e.to_json() for e in v.evidence],
            "hypotheses": list(v.hypotheses),
            "almost_everywhere": v.almost_everywhere,
            "certificate": dict(v.certificate.data) if v.certificate else None,
            "seconds": round(self.seconds, 4),
        }
        if self.error is not None:
            e = self.error
            out["error"] = {
                "type": type(e).__name__,
                "where": e.where,
                "what": e.what,
                "needed": e.needed,
                "got": e.got,
                "instead": e.instead,
            }
        return out


def _open(reason: Reason, method: str, words: str) -> Verdict:
    return Verdict(Status.UNDECIDED, reason, words, (Evidence(method, words),))


def verify_item(item: Item, seconds: float = SECONDS, diagnose: bool = True) -> Result:
    """The result of one item. Never raises: what goes wrong is part of the result."""
    start = time.monotonic()
    error: SymrepError | None = None
    with watching() as seen:
        try:
            verdict = _verdict(read(item), seconds, diagnose)
        except NotRead as e:
            verdict = _open(Reason.NOTHING_APPLIED, "reading", str(e))
        except BadInput as e:
            verdict, error = _open(Reason.ERROR, "reading", str(e)), e
        except Exception as e:  # one item must not take the others with it
            words = f"internal error, please report it: {type(e).__name__}: {str(e)[:200]}"
            verdict, error = _open(Reason.ERROR, "symrep", words), WorkerError("verify", words)
    return Result(item, verdict, time.monotonic() - start, error, seen.worst)


def _verdict(what: Read, seconds: float, diagnose: bool) -> Verdict:
    claim = what.claim
    if not consistent(claim, seconds):
        raise BadInput("given", "relations that can hold together", "a contradiction", where="given")
    verdict = verdict_of(claim, seconds)
    if what.assumed:
        notes = tuple(f"{n} is taken to be {kind}, since nobody declared it" for n, kind in what.assumed.items())
        verdict = replace(verdict, hypotheses=(*verdict.hypotheses, *notes))
    known = (
        verdict.diagnosis is not None or verdict.reason is Reason.NOT_INTEGRABLE
    )  # no edit is right where it diverges
    if diagnose and verdict.status is Status.REFUTED and not known:
        verdict = replace(verdict, diagnosis=_diagnosis(claim, min(DIAGNOSIS, seconds)))
    return verdict


def _diagnosis(claim: Claim, seconds: float) -> Diagnosis | None:
    """A courtesy: when it fails, the verdict stands without it."""
    try:
        answer = call("verify.diagnose", {"claim": claim.to_json(), "seconds": seconds}, seconds)
    except (WorkerError, BadInput):
        return None
    return Diagnosis.from_json(answer) if answer else None


def verify(
    lhs: Any,
    rhs: Any,
    given: Iterable[Any] | Any = (),
    symbols: Mapping[str, str] | None = None,
    *,
    timeout: float = SECONDS,
    diagnose: bool = True,
) -> Verdict:
    """What is known of ``lhs = rhs``.

    Args:
        lhs, rhs: SymPy expressions in symrep's notation, or texts in Python's syntax over SymPy's names.
        given: relations that are assumed, ``"a < b"`` or SymPy's; one or several.
        symbols: the kinds of symbols in texts, ``{"sigma": "positive"}``; what is not declared is taken to be real, and
            the verdict's ``hypotheses`` say so.
        timeout: seconds.

    Raises:
        BadInput: a text that cannot be read, or hypotheses that contradict each other.
    """
    given = [given] if isinstance(given, str) or not isinstance(given, Iterable) else list(given)
    if isinstance(lhs, str) and isinstance(rhs, str) and all(isinstance(g, str) for g in given):
        item = Item("", lhs, rhs, dict(symbols or {}), tuple(given), default="real")
        try:
            what = read(item)
        except NotRead as e:
            return _open(Reason.NOTHING_APPLIED, "reading", str(e))
        return _verdict(what, timeout, diagnose)
    return _verdict(_of_expressions(lhs, rhs, given, symbols or {}), timeout, diagnose)


def _of_expressions(lhs: Any, rhs: Any, given: list[Any], symbols: Mapping[str, str]) -> Read:
    from symrep.symbols import as_expr
    from symrep.translate import context_of, to_term

    if symbols or any(isinstance(t, str) for t in (lhs, rhs, *given)):
        raise BadInput("verify", "texts only, or SymPy expressions only", "some of each", "verify(lhs, rhs, given=[…])")
    left, right = as_expr(lhs), as_expr(rhs)
    data = {"lhs": to_term(left), "rhs": to_term(right), "almost_everywhere": False}
    claim = Claim("equal", data, context_of([left, right], tuple(given)))
    return Read(claim, {})
