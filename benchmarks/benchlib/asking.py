"""One method asked about one identity, in its killable process."""

from __future__ import annotations

from typing import Any

from benchlib.corpus import Identity
from benchlib.killable import Broken, Killable, TimeUp

__all__ = ["OURS", "ask", "payload", "worker"]

OURS = "symrep verify"


def payload(i: Identity, method: str, seconds: float) -> dict[str, Any] | None:
    """What a worker is asked; None when symrep's own reader cannot read the item (then only the engine is asked)."""
    entry = {k: i.entry.get(k) for k in ("id", "lhs", "rhs", "symbols", "given") if i.entry.get(k) is not None}
    out: dict[str, Any] = {"method": method, "seconds": seconds, "entry": entry}
    if i.claim is None:
        return out if method == OURS else None
    context = i.claim.context
    sides = {k: i.claim.data[k] for k in ("lhs", "rhs")}
    return {**out, **sides, "symbols": dict(context.symbols), "given": context.given}


def worker(method: str) -> Killable:
    preload = ("sympy", "symrep.verifying", *(("egglog",) if method == "e-graph" else ()))
    return Killable("benchlib.peer_child:job", 2500, preload)


def ask(worker: Killable, what: dict[str, Any] | None, limit: float) -> dict[str, Any]:
    """``{"answer", "seconds"}``; a time-out counts as the limit."""
    if what is None:
        return {"answer": "unread", "seconds": None}
    try:
        (message,) = worker.call(what, limit)
    except TimeUp:
        return {"answer": "time-out", "seconds": limit}
    except Broken as e:
        return {"answer": "error", "seconds": None, "error": str(e)}
    found: dict[str, Any] = message
    return found
