"""The first look at an equation between closed forms, in a worker: hypotheses, kernel and numbers in one go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from symrep.checks.remote import compare_in_worker
from symrep.claim import Context
from symrep.clock import now
from symrep.errors import BadInput
from symrep.kernel.algebra.signs import domain
from symrep.kernel.certificate import prove_in_worker
from symrep.kernel.fail import NotProved
from symrep.wire import from_json

__all__ = ["consistent_in_worker", "first_in_worker"]

#: of the time given, what numbers may have used when they answer; later their answer may be an earlier stop's
_SETTLED: Final = 0.5


def consistent_in_worker(payload: Mapping[str, Any]) -> dict[str, bool]:
    """``{"context": …}`` in, ``{"consistent": bool}`` out; false if the kernel proves a contradiction."""
    try:
        return {"consistent": not domain(Context.from_json(payload["context"])).empty}
    except NotProved:
        return {"consistent": True}


def first_in_worker(payload: Mapping[str, Any]) -> dict[str, Any]:
    """``{"claim", "seconds"}`` in; ``{"consistent", "kernel", "numbers"}`` out, as ``kernel.prove`` and
    ``balls.compare`` answer; None for what was not asked, or not settled in good time."""
    start, seconds = now(), float(payload["seconds"])
    out: dict[str, Any] = {"consistent": True, "kernel": None, "numbers": None}
    payload = _with_terms(payload)
    context = payload["claim"]["context"]
    if context["given"]:
        try:
            out["consistent"] = not domain(Context.from_json(context)).empty
        except NotProved:
            pass
        except BadInput:
            return out
    if not out["consistent"]:
        return out
    kernel = prove_in_worker(payload)
    out["kernel"] = kernel
    if kernel["proved"] and not kernel["almost_everywhere"]:
        return out
    left = seconds - (now() - start)
    if left > _SETTLED * seconds:
        numbers = compare_in_worker({"claim": payload["claim"], "seconds": left})
        if now() - start < _SETTLED * seconds:
            out["numbers"] = numbers
    return out


def _with_terms(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same, its terms read, so that nobody reads them a second time; whoever needs one that is none will say so."""
    claim = payload["claim"]
    try:
        data = {k: from_json(v) if k in ("lhs", "rhs") else v for k, v in claim["data"].items()}
        context = {**claim["context"], "given": tuple(map(from_json, claim["context"]["given"]))}
    except BadInput:
        return payload
    return {**payload, "claim": {**claim, "data": data, "context": context}}
