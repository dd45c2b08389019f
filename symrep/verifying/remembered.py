"""Whole results of identities in the verdict store: what was asked, and the result as it is printed.

A result from the store is the text of the one that was computed, ``seconds`` included: what it cost then. It is data
to be printed. No verdict is made of it here: PROVED has one door, the kernel's, and whoever wants to pass it again
replays the certificate (``symrep store check``, ``symrep replay``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symrep.errors import BadInput
from symrep.running import remember
from symrep.running.standing import Standing
from symrep.verdict import Status
from symrep.verifying.items import Item

if TYPE_CHECKING:
    from symrep.verifying.verifier import Result

__all__ = ["keep", "known"]

Json = dict[str, Any]


def _question(item: Item, seconds: float, diagnose: bool) -> Json:
    """Everything a result depends on but the checker; the name an item has is not part of it."""
    return {
        "ask": "verify",
        "lhs": item.lhs,
        "rhs": item.rhs,
        "symbols": list(map(list, item.symbols.items())),
        "given": list(item.given),
        "default": item.default,
        "seconds": seconds,
        "diagnose": diagnose,
    }


def known(item: Item, seconds: float, diagnose: bool) -> Json | None:
    """The result of an item, if the store has it."""
    store = remember.current()
    if store is None or item.error is not None:
        return None
    answer = store.get(_question(item, seconds, diagnose))
    return {"id": item.id, **answer} if isinstance(answer, dict) else None


def keep(result: Result, seconds: float, diagnose: bool) -> bool:
    """Store a result if it is worth keeping; true if it is on the disk."""
    store = remember.current()
    if store is None or result.item.error is not None or not _lasting(result, diagnose):
        return False
    answer = result.to_json()
    del answer["id"]
    return bool(store.put(_question(result.item, seconds, diagnose), answer))


def _lasting(r: Result, diagnose: bool) -> bool:
    """Not what says more about a busy machine than about the identity, and no accidents.

    What is proved, or refuted and corrected, is so for good. The rest counts if no limit was met, or one by a process
    that had its share of the processor: the limits are part of the question.
    """
    if r.error is not None and not isinstance(r.error, BadInput):
        return False
    v = r.verdict
    corrected = not diagnose or (v.diagnosis is not None and v.diagnosis.corrected_latex != "")
    settled = v.status is Status.PROVED or (v.status is Status.REFUTED and corrected)
    return settled or r.standing < Standing.STARVED
