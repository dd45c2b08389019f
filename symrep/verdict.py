"""Verdicts: the lattice ``REFUTED < UNDECIDED < ADMITTED < SUPPORTED < PROVED`` and what each of them carries.

Only the kernel can make a PROVED verdict: one needs a :class:`Certificate`, and a certificate needs the kernel's seal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import Any, Final, final

__all__ = [
    "Certificate",
    "Diagnosis",
    "Evidence",
    "Reason",
    "Status",
    "Suggestion",
    "Verdict",
    "Witness",
    "weakest",
]


@final
class Status(IntEnum):
    """How much is known of a claim; a derivation's status is the minimum over its steps and side conditions."""

    REFUTED = 0
    UNDECIDED = 1
    ADMITTED = 2
    SUPPORTED = 3
    PROVED = 4

    def __str__(self) -> str:
        return self.name


@final
class Reason(str, Enum):
    """Why a verdict is what it is, in one machine-readable word; the message says it in a sentence."""

    HOLDS = "holds"
    UNEQUAL = "unequal"
    RELATION_FAILS = "relation-fails"
    INVERSE_WRONG = "inverse-wrong"
    NOT_MONOTONE = "not-monotone"
    BRANCH_MISSING = "branch-missing"
    SUPPORT_WRONG = "support-wrong"
    SUPPORT_MOVES = "support-moves"
    LAW_MOVES = "law-depends-on-parameter"
    NOT_PUSHFORWARD = "not-the-pushforward"
    JUMP = "jump"
    NOT_DOMINATED = "not-dominated"
    NOT_INTEGRABLE = "not-integrable"
    NOT_DECLARED = "not-declared"
    BOUNDARY_TERM = "boundary-term"
    DOES_NOT_APPLY = "does-not-apply"
    DOMAIN = "outside-domain"
    ADMITTED = "admitted"
    ERROR = "error"
    TIMEOUT = "budget-spent"
    NOTHING_APPLIED = "nothing-applied"
    CONTRADICTION = "checks-disagree"

    def __str__(self) -> str:
        return self.value


@final
@dataclass(frozen=True)
class Evidence:
    """One check's contribution: ``method`` (``"kernel"``, ``"sympy"``, ``"balls"``, ``"quadrature"``, ``"sampling"``),
    what it says in words, and the plain-data facts behind it (points, bits, error bound, seed, error rates)."""

    method: str
    says: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {"method": self.method, "says": self.says, "data": dict(self.data)}


@final
@dataclass(frozen=True)
class Witness:
    """A point at which the two sides differ.

    ``point`` maps symbol names to exact rationals written ``"2"`` or ``"-7/3"``; ``functions`` maps the name of an
    undetermined function to the concrete instance used (``"sin(t)"``); ``lhs`` and ``rhs`` are decimal enclosures.
    ``of`` says what they are the two sides of, when that is a condition and not the line before and the line stated.
    """

    point: Mapping[str, str]
    lhs: str
    rhs: str
    functions: Mapping[str, str] = field(default_factory=dict)
    of: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "point": dict(self.point),
            "lhs": self.lhs,
            "rhs": self.rhs,
            "functions": dict(self.functions),
            "of": self.of,
        }


@final
@dataclass(frozen=True)
class Suggestion:
    """An edit of one side (``"lhs"`` or ``"rhs"``) that makes an identity true: the side as it should be, as text that
    ``symrep verify`` reads and as LaTeX, how the corrected claim was judged, and the edit in words.
    """

    side: str
    text: str
    latex: str
    status: str
    says: str = ""

    def to_json(self) -> dict[str, str]:
        return {"side": self.side, "text": self.text, "latex": self.latex, "status": self.status, "says": self.says}


@final
@dataclass(frozen=True)
class Diagnosis:
    """What is wrong with a refuted line: in words, the factor or term it is off by, and the line as it should be.

    ``factor_latex``/``term_latex`` give stated = factor * right and stated = right + term; where a condition failed,
    the term is the one that is missing. ``corrected_latex`` is the right line. Every correction shown was judged again
    first; ``corrected_status`` says how it fared. ``repairs`` are the edits of an identity that mend it, most likely
    first.
    """

    text: str
    factor_latex: str = ""
    term_latex: str = ""
    corrected_latex: str = ""
    corrected_status: str = ""
    repairs: tuple[Suggestion, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "factor_latex": self.factor_latex,
            "term_latex": self.term_latex,
            "corrected_latex": self.corrected_latex,
            "corrected_status": self.corrected_status,
            "repairs": [r.to_json() for r in self.repairs],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Diagnosis:
        return cls(**{**data, "repairs": tuple(Suggestion(**r) for r in data.get("repairs", ()))})


_SEAL: Final = object()


@final
@dataclass(frozen=True)
class Certificate:
    """A proof as plain data, replayable by the kernel. Made by :mod:`symrep.kernel.certificate` and nothing else."""

    data: Mapping[str, Any]
    seal: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.seal is not _SEAL:
            raise TypeError("only the kernel makes certificates")


@final
@dataclass(frozen=True)
class Verdict:
    """What is known of one claim, and why."""

    status: Status
    reason: Reason
    message: str = ""
    evidence: tuple[Evidence, ...] = ()
    witness: Witness | None = None
    diagnosis: Diagnosis | None = None
    certificate: Certificate | None = None
    hypotheses: tuple[str, ...] = ()
    almost_everywhere: bool = False

    def __post_init__(self) -> None:
        if self.status is Status.PROVED and self.certificate is None:
            raise TypeError("a PROVED verdict needs the kernel's certificate")

    def to_json(self) -> dict[str, Any]:
        return {
            "status": self.status.name.lower(),
            "reason": self.reason.value,
            "message": self.message,
            "evidence": [e.to_json() for e in self.evidence],
            "witness": self.witness.to_json() if self.witness else None,
            "diagnosis": self.diagnosis.to_json() if self.diagnosis else None,
            "certificate": dict(self.certificate.data) if self.certificate else None,
            "hypotheses": list(self.hypotheses),
            "almost_everywhere": self.almost_everywhere,
        }


def weakest(statuses: Iterable[Status]) -> Status:
    """The minimum of the lattice; an empty collection has nothing proved in it, so it is UNDECIDED."""
    return min(statuses, default=Status.UNDECIDED)
