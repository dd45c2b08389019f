"""The worker's side of the second opinion: the auditor and nothing of the kernel.

SymPy's polynomials are set to Python's own integers before SymPy is loaded, so that not even the arithmetic is shared.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

os.environ.setdefault("SYMPY_GROUND_TYPES", "python")

from sympy.polys import rings

from symrep.audit.check import check
from symrep.audit.data import Bad

__all__ = ["audit_in_worker", "rings"]


def audit_in_worker(payload: Mapping[str, Any]) -> dict[str, Any]:
    """``{"certificate": …}`` in; ``{"status": "ok" | "fails" | "not covered" | "malformed", "says": …}`` out."""
    try:
        answer = check(payload["certificate"])
    except Bad as e:
        return {"status": "malformed", "says": str(e)}
    return {"status": answer.status, "says": answer.reason}
