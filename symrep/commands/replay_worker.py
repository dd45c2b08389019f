"""The worker's side of ``symrep replay``: the kernel and nothing else. No SymPy is imported here, or by what is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symrep.errors import BadInput
from symrep.kernel.certificate import replay
from symrep.kernel.fail import NotProved

__all__ = ["replay_in_worker"]


def replay_in_worker(payload: Mapping[str, Any]) -> dict[str, Any]:
    """``{"certificate": …}`` in; ``{"status": "ok" | "fails" | "malformed", "says": …}`` out."""
    try:
        verdict = replay(payload["certificate"])
    except NotProved as e:
        return {"status": "fails", "says": str(e)}
    except BadInput as e:
        return {"status": "malformed", "says": str(e)}
    return {"status": "ok", "says": verdict.evidence[0].says}
