"""What a run came to: the reports of every script, whatever happened to it, and the exit code that says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, final

from symrep.commands.options import Script
from symrep.report import DerivationReport, StepReport
from symrep.verdict import Status

__all__ = ["CRASH", "HOLDS", "OPEN", "REFUTED", "Outcome", "exit_code", "gather", "summary"]

HOLDS: Final = 0
REFUTED: Final = 1
CRASH: Final = 2
OPEN: Final = 3

#: errors that say what they are without their type's name
_SPEAKING: Final = (
    "ScriptError",
    "BadInput",
    "NotApplicable",
    "ConditionFails",
    "TimedOut",
    "WorkerDied",
    "BegunTwice",
)


@final
@dataclass(frozen=True)
class Outcome:
    """A script that was run. ``error`` is what kept it from being judged to its end, apart from its derivations."""

    script: Script
    reports: tuple[DerivationReport, ...]
    error: str = ""

    @property
    def broken(self) -> bool:
        return bool(self.error) or any(r.error for r in self.reports)

    @property
    def not_checked(self) -> bool:
        """Nothing broke and nothing was judged: there is no derivation in it."""
        return not self.reports and not self.error


def gather(scripts: Sequence[Script], results: Sequence[Mapping[str, Any]]) -> list[Outcome]:
    """The results of :func:`symrep.running.scripts.run_scripts`, in the order of ``scripts``."""
    by_path = {str(r["path"]): r for r in results}
    return [_outcome(s, by_path[str(s.path)]) for s in scripts]


def _outcome(script: Script, result: Mapping[str, Any]) -> Outcome:
    result = _relative(result, str(script.path)[: -len(script.shown)])
    error = _words(result["error"])
    if error and not error.startswith(script.shown):
        error = f"{script.shown}: {error}"
    return Outcome(script, tuple(_report(script, d) for d in result["derivations"]), error)


def _relative(data: Any, root: str) -> Any:
    """The same data with paths told from where the reader stands. Certificates, most of it, hold none."""
    if isinstance(data, str):
        return data.replace(root, "") if len(root) > 1 else data
    if isinstance(data, Mapping):
        return {k: v if k == "certificate" else _relative(v, root) for k, v in data.items()}
    if isinstance(data, list):
        return [_relative(v, root) for v in data]
    return data


def _report(script: Script, derivation: Mapping[str, Any]) -> DerivationReport:
    """The report a derivation ended with, or what it had said when it broke."""
    told = derivation["report"]
    if told is not None:
        return replace(DerivationReport.from_json(told), path=script.shown)
    events = derivation["events"]
    head = next((e["report"] for e in events if e.get("event") == "derivation-start" and "report" in e), None)
    name = derivation["name"]
    report = DerivationReport.from_json(head) if head else DerivationReport(name, script.shown, 1, "", "")
    steps = tuple(StepReport.from_json(e["step"]) for e in events if e.get("event") == "line")
    at = steps[-1].lineno if steps else report.lineno
    after = f" after line {len(steps)}" if steps else ""
    said = _words(derivation["error"]) or "it broke"
    error = said if said.startswith(script.shown) else f"{script.shown}:{at}: derivation {name}:{after} {said}"
    return replace(report, path=script.shown, steps=steps, error=error, seconds=sum(s.seconds for s in steps))


def _words(error: Mapping[str, str] | None) -> str:
    if error is None:
        return ""
    kind, message = error["type"], error["message"]
    if kind == "TimedOut":
        return f"{message}, and it was killed; --timeout gives it longer"
    if kind == "MemoryError":
        return "out of memory"
    return message if kind in _SPEAKING else f"{kind}: {message}"


# --- summing up ---------------------------------------------------------------------------------------------------


def exit_code(outcomes: Iterable[Outcome], strict: bool) -> int:
    """Of several that apply, a crash is told first: what was not judged may be anything. Then a refutation."""
    outcomes = list(outcomes)
    reports = [r for o in outcomes for r in o.reports]
    plain = [r.status for r in reports if r.met is None]
    if any(o.broken for o in outcomes):
        return CRASH
    if Status.REFUTED in plain or any(r.met is False for r in reports):
        return REFUTED
    if strict and (any(s < Status.SUPPORTED for s in plain) or any(o.not_checked for o in outcomes)):
        return OPEN
    return HOLDS


def summary(outcomes: Sequence[Outcome], code: int) -> dict[str, Any]:
    reports = [r for o in outcomes for r in o.reports]
    plain = [r for r in reports if r.met is None]
    counts = {s.name.lower(): sum(r.status is s for r in plain) for s in reversed(Status)}
    return {
        "scripts": len(outcomes),
        "derivations": len(reports),
        **counts,
        "must_fail": {
            "as_expected": sum(r.met is True for r in reports),
            "unexpected": sum(r.met is False for r in reports),
        },
        "broken": sum(bool(r.error) for r in reports) + sum(bool(o.error) for o in outcomes),
        "not_checked": sum(o.not_checked for o in outcomes),
        "exit_code": code,
    }
