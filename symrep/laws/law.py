"""What a law about families is: a name, what it says, and the questions it asks of a family. Laws register themselves.

A law lives in a file of its own in this package and nothing else has to be touched::

    @family_law("mass", "the density integrates to one", rank=20)
    def mass(family: Family) -> Iterator[Question]:
        yield equation("∫ density = 1", family.integral(family.density), ONE, family.given(), hint=…)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, final

from symrep.claim import Claim
from symrep.errors import BadInput
from symrep.family import Family
from symrep.verdict import Status, Verdict

__all__ = ["LAWS", "FamilyLaw", "Finding", "Question", "family_law"]

#: seconds -> what is known after at most about so many
Decide = Callable[[float], Verdict]
#: a refutation -> what mistake it is likely to be, in words; "" when nothing can be said
Hint = Callable[[Verdict], str]


@final
@dataclass(frozen=True)
class Question:
    """One claim about one family.

    Attributes:
        what: the claim, as a reader would say it.
        decide: finds its verdict.
        derived: it is about something the entry does not state and symrep derived.
        claim: the equation it is about, where it is one: a refutation nobody could name is diagnosed by it, if a field
            of the entry is to blame.
        hint: names the likely mistake behind a refutation. Only asked then; may take a second.
        stated: the field of the entry that is to blame if it is wrong.
    """

    what: str
    decide: Decide
    derived: bool = False
    claim: Claim | None = None
    hint: Hint | None = None
    stated: str = ""


@final
@dataclass(frozen=True)
class FamilyLaw:
    """``asks`` yields the questions, none where the law does not apply; lower ``rank`` first."""

    name: str
    says: str
    asks: Callable[[Any], Iterable[Question]]
    rank: int = 50
    #: the kind of entry it speaks of
    of: type = Family


@final
@dataclass(frozen=True)
class Finding:
    """One question answered. ``message`` is the reason in words; of a refutation it begins with the likely mistake."""

    law: str
    what: str
    verdict: Verdict
    message: str
    seconds: float = 0.0
    derived: bool = False
    stated: str = ""
    mistake: str = ""
    claim: Claim | None = field(default=None, repr=False)

    @property
    def status(self) -> Status:
        return self.verdict.status

    def to_json(self) -> dict[str, Any]:
        v = self.verdict
        return {
            "law": self.law,
            "claim": self.what,
            "status": v.status.name.lower(),
            "reason": v.reason.value,
            "message": self.message,
            "mistake": self.mistake,
            "stated": self.stated,
            "derived": self.derived,
            "witness": v.witness.to_json() if v.witness else None,
            "diagnosis": v.diagnosis.to_json() if v.diagnosis else None,
            "evidence": [e.to_json() for e in v.evidence],
            "hypotheses": list(v.hypotheses),
            "almost_everywhere": v.almost_everywhere,
            "certificate": dict(v.certificate.data) if v.certificate else None,
            "seconds": round(self.seconds, 3),
        }


#: name -> law; filled by importing the modules of this package (:func:`symrep.laws.judging.laws`)
LAWS: Final[dict[str, FamilyLaw]] = {}

Asks = Callable[[Any], Iterable[Question]]


def family_law(name: str, says: str, rank: int = 50, of: type = Family) -> Callable[[Asks], Asks]:
    """Register a law. ``asks`` should yield lazily: what it computes between two questions counts for the second.

    Raises:
        BadInput: the name is taken.
    """

    def register(asks: Asks) -> Asks:
        known: Mapping[str, FamilyLaw] = LAWS
        if name in known and known[name].asks.__module__ != asks.__module__:
            raise BadInput(f"law {name}", "a name of its own", f"one taken by {known[name].asks.__module__}")
        LAWS[name] = FamilyLaw(name, says, asks, rank, of)
        return asks

    return register
