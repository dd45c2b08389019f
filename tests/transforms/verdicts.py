"""The laws of a transform, judged."""

from __future__ import annotations

from typing import Any

from symrep.judge import Limits, decide
from symrep.transforms.claims import statements
from symrep.verdict import Status

LIMITS = Limits(kernel=10.0, first=5.0, refute=3.0, agree=2.0)


def laws_of(t: Any) -> dict[str, Status]:
    """Law -> the weakest verdict of its claims over all cases."""
    out: dict[str, Status] = {}
    for s in statements(t):
        status = min(decide(c, LIMITS).status for c in s.claims)
        out[s.law] = min(status, out.get(s.law, Status.PROVED))
    return out
