"""The numeric checks as worker entries: a claim as JSON in, a verdict or evidence as JSON out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symrep.claim import Claim, Context
from symrep.clock import now
from symrep.term import Term
from symrep.verdict import Evidence, Reason, Status, Verdict, Witness
from symrep.wire import from_json

__all__ = [
    "compare_in_worker",
    "evidence_from_json",
    "refutation_from_json",
    "sampling_in_worker",
]


def _claim(payload: Mapping[str, Any]) -> Claim:
    data = payload["claim"]
    terms: dict[str, Any] = {
        k: v if isinstance(v, (str, bool)) else _term(v) for k, v in data["data"].items() if k in _KEYS
    }
    return Claim(data["kind"], terms, Context.from_json(data["context"]))


_KEYS = ("lhs", "rhs", "op", "expr", "almost_everywhere")


def _term(v: Any) -> Term:
    return from_json(v)


def _deadline(payload: Mapping[str, Any]) -> float:
    return now() + float(payload["seconds"])


def compare_in_worker(payload: Mapping[str, Any]) -> dict[str, Any]:
    """One pass over the points: ``{"refutation", "agreement", "points"}``, the first two possibly None."""
    from symrep.checks.balls import compare_sides

    found = compare_sides(_claim(payload), _deadline(payload), guard=bool(payload.get("guard", False)))
    return {
        "refutation": None if found.refutation is None else found.refutation.to_json(),
        "agreement": None if found.agreement is None else found.agreement.to_json(),
        "points": found.points,
    }


def sampling_in_worker(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    from symrep.checks.sampling import alarm

    evidence = alarm(_claim(payload), _deadline(payload))
    return None if evidence is None else evidence.to_json()


def evidence_from_json(data: Mapping[str, Any]) -> Evidence:
    return Evidence(data["method"], data["says"], data["data"])


def refutation_from_json(data: Mapping[str, Any]) -> Verdict:
    """A refutation that came back from a worker. Nothing else can: a worker's word makes no other verdict."""
    witness = data["witness"]
    return Verdict(
        Status.REFUTED,
        Reason(data["reason"]),
        data["message"],
        tuple(evidence_from_json(e) for e in data["evidence"]),
        Witness(witness["point"], witness["lhs"], witness["rhs"], witness["functions"]) if witness else None,
    )
