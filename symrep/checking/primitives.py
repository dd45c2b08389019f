"""Lines between antiderivatives: right if their derivatives agree."""

from __future__ import annotations

from typing import Final

from symrep.checking.judging import judge
from symrep.checking.model import Finding, Link, Place
from symrep.reading.latex.primitives import differentiated_sides
from symrep.verdict import Status

__all__ = ["by_derivatives"]

_NOTE: Final = "antiderivatives: the derivatives of both sides are compared, for they may differ by a constant"


def by_derivatives(left: Place, link: Link, seconds: float) -> Finding | None:
    """A finding on ∫ f(x) dx = F(x), from F' = f; None for other lines."""
    if link.op != "=" or left.tree is None or link.right.tree is None or not link.right.variants:
        return None
    sides = differentiated_sides(left.tree, link.right.tree, link.right.variants[0][0])
    judged = judge(sides[0], "=", sides[1], "", (), seconds) if sides is not None else None
    v = judged.verdict if judged is not None else None
    if judged is None or v is None or v.status is Status.UNDECIDED:
        return None
    notes = (*judged.notes, _NOTE)
    witness = v.witness.to_json() if v.witness else None
    return Finding(v.status.name.lower(), v.reason.value, v.message, witness, hypotheses=v.hypotheses, notes=notes)
