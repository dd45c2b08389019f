"""All laws on one family, question by question; and the function a process of its own runs for that."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Final, final

from symrep.errors import BadInput, SymrepError
from symrep.family import Family
from symrep.laws.claims import agreement_in
from symrep.laws.law import LAWS, FamilyLaw, Finding, Question
from symrep.laws.refuting import apart
from symrep.running.worker import WorkerError, call
from symrep.verdict import Diagnosis, Evidence, Reason, Status, Verdict

__all__ = ["SECONDS", "Asking", "judge_family", "judge_law", "laws"]

#: what one question may cost, and the diagnosis of one that is refuted and that no hint names
SECONDS: Final = 10.0
DIAGNOSIS: Final = 6.0


def laws(names: Sequence[str] = ()) -> list[FamilyLaw]:
    """The laws of these names, or all of them, in order of rank.

    Raises:
        BadInput: no law has such a name.
    """
    import symrep.laws as package

    for module in sorted(m.name for m in iter_modules(package.__path__)):
        import_module(f"symrep.laws.{module}")
    unknown = sorted(set(names) - set(LAWS))
    if unknown:
        raise BadInput("laws", f"laws out of: {', '.join(sorted(LAWS))}", ", ".join(unknown)[:80])
    return sorted((w for n, w in LAWS.items() if not names or n in names), key=lambda w: (w.rank, w.name))


def judge_law(law: FamilyLaw, family: Any, seconds: float = SECONDS) -> Iterator[Finding]:
    """Every question of a law about a family, answered. A law that breaks off says so in a finding of its own."""
    asking = Asking(law, family, seconds)
    while (answer := asking.next()) is not None:
        yield answer()


@final
class Asking:
    """The questions of a law about a family, one after the other: putting one and answering it are two steps, so that
    whoever watches knows which of them takes too long.
    """

    def __init__(self, law: FamilyLaw, family: Any, seconds: float) -> None:
        self._law, self._family, self._seconds = law, family, seconds
        self._questions = iter(law.asks(family)) if isinstance(family, law.of) else iter(())
        self.what = ""

    def next(self) -> Callable[[], Finding] | None:
        """What answers the next question, which is then ``what``; None after the last."""
        start = time.monotonic()
        self.what = ""
        try:
            question = next(self._questions)
        except StopIteration:
            return None
        except Exception as e:  # a law must not take the others with it
            broken = _broken(self._law, "", e, time.monotonic() - start)
            self._questions = iter(())
            return lambda: broken
        self.what = question.what
        return lambda: _answered(self._law, question, self._family, self._seconds, start)


def judge_family(family: Any, names: Sequence[str] = (), seconds: float = SECONDS) -> Iterator[Finding]:
    for law in laws(names):
        yield from judge_law(law, family, seconds)


def _answered(law: FamilyLaw, question: Question, family: Any, seconds: float, start: float) -> Finding:
    try:
        verdict = question.decide(seconds)
        if verdict.status is Status.UNDECIDED and question.claim is not None and isinstance(family, Family):
            # where numbers agree at the judge's points, others would only be asked in vain
            verdict = verdict if agreement_in(verdict) else apart(question.claim, family) or verdict
    except Exception as e:
        return _broken(law, question.what, e, time.monotonic() - start)
    mistake = ""
    if verdict.status is Status.REFUTED and question.hint is not None:
        mistake = _guarded(lambda: question.hint(verdict) if question.hint else "")
    # where no field is to blame, a consequence fails, of a formula that has been diagnosed itself
    nameless = not mistake and question.stated and question.claim and verdict.reason is not Reason.NOT_INTEGRABLE
    if verdict.status is Status.REFUTED and nameless and verdict.diagnosis is None:
        verdict = replace(verdict, diagnosis=_diagnosis(question, min(DIAGNOSIS, seconds)))
    parts = [mistake, verdict.message, verdict.diagnosis.text if verdict.diagnosis else ""]
    message = "; ".join(dict.fromkeys(p for p in parts if p))
    if not message:
        message = str(verdict.reason)
    return Finding(
        law.name,
        question.what,
        verdict,
        message,
        time.monotonic() - start,
        question.derived,
        question.stated,
        mistake,
        question.claim,
    )


def _broken(law: FamilyLaw, what: str, e: Exception, seconds: float) -> Finding:
    said = str(e) if isinstance(e, SymrepError) else f"{type(e).__name__}: {str(e)[:200]}"
    words = f"the law could not be put: {said}"
    verdict = Verdict(Status.UNDECIDED, Reason.ERROR, words, (Evidence("laws", words),))
    return Finding(law.name, what or law.says, verdict, words, seconds)


def _guarded(make: Callable[[], str]) -> str:
    """A hint is a courtesy: when it fails, the verdict stands without it."""
    try:
        return make()
    except Exception:
        return ""


def _diagnosis(question: Question, seconds: float) -> Diagnosis | None:
    """By which factor or term the sides differ, and which small edit would mend one. A courtesy, too."""
    if question.claim is None:
        return None
    try:
        answer = call("verify.diagnose", {"claim": question.claim.to_json(), "seconds": seconds}, seconds)
    except (WorkerError, BadInput):
        return None
    return Diagnosis.from_json(answer) if answer else None
