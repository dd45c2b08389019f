"""Reports: what was judged, as plain data. Built where a script runs, shipped as JSON, rendered anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, final

from symrep.verdict import Status, weakest

__all__ = ["DerivationReport", "Part", "StepReport"]


@final
@dataclass(frozen=True)
class Part:
    """One thing a step rests on: the rule's theorem, the identity, a side condition, that an integral exists …"""

    what: str
    verdict: Mapping[str, Any]  # Verdict.to_json()
    claim: Mapping[str, Any] | None = None  # Claim.to_json(), what a certificate replays

    @property
    def status(self) -> Status:
        return Status[str(self.verdict["status"]).upper()]

    def to_json(self) -> dict[str, Any]:
        return {"what": self.what, "verdict": dict(self.verdict), "claim": dict(self.claim) if self.claim else None}


@final
@dataclass(frozen=True)
class StepReport:
    """One displayed line with what became of it. ``number`` counts lines from 1; line 1 claims only to be defined.

    ``latex`` is the line as its author wrote it; ``reason_latex`` what is printed at its right. ``message`` says in
    words why the status is what it is; ``shown_hypotheses`` are LaTeX.
    """

    number: int
    lineno: int
    op: str
    latex: str
    reason: str
    reason_latex: str
    status: Status
    code: str
    message: str
    parts: tuple[Part, ...] = ()
    witness: Mapping[str, Any] | None = None
    diagnosis: Mapping[str, str] | None = None
    hypotheses: tuple[str, ...] = ()
    almost_everywhere: bool = False
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        out = {k: getattr(self, k) for k in self.__dataclass_fields__}
        out["status"] = self.status.name.lower()
        out["parts"] = [p.to_json() for p in self.parts]
        out["hypotheses"] = list(self.hypotheses)
        out["witness"] = dict(self.witness) if self.witness else None
        out["diagnosis"] = dict(self.diagnosis) if self.diagnosis else None
        return out

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> StepReport:
        values = dict(data)
        values["status"] = Status[str(data["status"]).upper()]
        values["parts"] = tuple(Part(p["what"], p["verdict"], p["claim"]) for p in data["parts"])
        values["hypotheses"] = tuple(data["hypotheses"])
        return cls(**values)


@final
@dataclass(frozen=True)
class DerivationReport:
    """A derivation and its lines.

    ``error`` is set when the script broke before its end: the lines before it are there all the same.
    ``expected`` is ``{"status", "reason", "line"}`` for a must-fail derivation, else None.
    ``hypotheses`` are LaTeX, in order of appearance: declared domains, properties of functions, ``given`` relations,
    admitted lines, lemmas used.
    """

    name: str
    path: str
    lineno: int
    theorem: str
    source: str
    steps: tuple[StepReport, ...] = ()
    hypotheses: tuple[str, ...] = ()
    expected: Mapping[str, Any] | None = None
    error: str = ""
    seconds: float = 0.0
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> Status:
        """The minimum over the lines; a script that broke, or says nothing, is UNDECIDED at best."""
        statuses = [s.status for s in self.steps]
        if self.error or len(self.steps) < 2:
            statuses.append(Status.UNDECIDED)
        return weakest(statuses)

    @property
    def first_broken(self) -> StepReport | None:
        """The first refuted line, else the first undecided one."""
        for bad in (Status.REFUTED, Status.UNDECIDED):
            for s in self.steps:
                if s.status is bad:
                    return s
        return None

    @property
    def met(self) -> bool | None:
        """Whether a must-fail derivation failed as it should; None if it is not one."""
        if self.expected is None:
            return None
        b = self.first_broken
        return (
            b is not None
            and self.status.name.lower() == self.expected["status"]
            and b.code == self.expected["reason"]
            and b.number == self.expected["line"]
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "path": self.path,
            "lineno": self.lineno,
            "theorem": self.theorem,
            "source": self.source,
            "status": self.status.name.lower(),
            "steps": [s.to_json() for s in self.steps],
            "hypotheses": list(self.hypotheses),
            "expected": dict(self.expected) if self.expected else None,
            "met": self.met,
            "error": self.error,
            "seconds": self.seconds,
            "extra": dict(self.extra),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> DerivationReport:
        return cls(
            name=data["name"],
            path=data["path"],
            lineno=data["lineno"],
            theorem=data["theorem"],
            source=data["source"],
            steps=tuple(StepReport.from_json(s) for s in data["steps"]),
            hypotheses=tuple(data["hypotheses"]),
            expected=data["expected"],
            error=data["error"],
            seconds=data["seconds"],
            extra=data.get("extra", {}),
        )
