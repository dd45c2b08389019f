"""The worker's side of ``symrep replay``: the kernel and nothing else. No SymPy is imported here, or by what is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symrep.errors import BadInput
from symrep.kernel.certificate import replay
from symrep.kernel.fail import NotProved

__all__ = ["replay_in_worker"]


def replay_in_worker(payload: Mapping[str, Any]) -> dict[str, Any]:
    """``{"certificate": …}`` in; ``{"checks": bool, "says": …, "malformed": bool}`` out."""
    try:
        verdict = replay(payload["certificate"])
    except NotProved as e:
        return {"checks": False, "says": str(e), "malformed": False}
    except BadInput as e:
        return {"checks": False, "says": str(e), "malformed": True}
    return {"checks": True, "says": verdict.evidence[0].says, "malformed": False}
