"""How the draws of a sample are printed: x_i, and the mean over them."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep import typeset as ts
from symrep.typeset import Piece

__all__ = ["average", "drawn_at", "index_of"]


def index_of(variables: Any, body: Any, size: Any) -> str:
    """The index of a sample's draws: the first letter that is free."""
    taken = {s.name for s in body.free_symbols | size.free_symbols | set(variables) if isinstance(s, sp.Symbol)}
    return next((c for c in "ijklm" if c not in taken), "i'")


def drawn_at(variables: Any, index: str) -> dict[Any, Piece]:
    """The draws that stand for the variables: x_i."""
    return {v: ts.symbol(f"{v.name}_{index}") for v in variables}


def average(size: Piece, index: str, body: Piece) -> Piece:
    """(1/n) Σ over the index."""
    total = ts.big(rf"\sum_{{{index}=1}}^{{{ts.flat(size).tex}}}", body)
    return ts.product([ts.fraction(ts.number("1"), size), total])
