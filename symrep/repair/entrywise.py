"""Corrections of equalities between matrices, which are judged as Σ t_ij a_ij, written as matrices again."""

from __future__ import annotations

import re
from typing import Any, Final

import sympy as sp

from symrep.printing import latex
from symrep.repair.offset import plain

__all__ = ["is_entrywise", "written"]

#: as ``symrep.reading.matrices`` calls the t_ij
_NAME: Final = re.compile(r"entry_([1-9]\d*)_([1-9]\d*)")


def _entries(e: Any) -> dict[tuple[int, int], Any]:
    found = ((_NAME.fullmatch(s.name), s) for s in e.free_symbols if isinstance(s, sp.Symbol))
    return {(int(m[1]), int(m[2])): s for m, s in found if m is not None}


def is_entrywise(lhs: Any, rhs: Any) -> bool:
    """Are both sides linear in the t_ij, and is there one for each entry of a matrix?"""
    keys = _entries(lhs + rhs).keys()
    full = {(i, j) for i in range(1, 1 + max((k[0] for k in keys), default=0))
            for j in range(1, 1 + max((k[1] for k in keys), default=0))}  # fmt: skip
    return bool(keys) and keys == full and all(_matrix(e, keys) is not None for e in (lhs, rhs))


def _matrix(e: Any, keys: Any) -> list[list[Any]] | None:
    named = _entries(e)
    parts = {k: sp.diff(e, s) for k, s in named.items()}
    if any(_entries(p) for p in parts.values()) or e.xreplace(dict.fromkeys(named.values(), sp.S.Zero)) != 0:
        return None
    rows, columns = (max(k[i] for k in keys) for i in (0, 1))
    return [[parts.get((i, j), sp.S.Zero) for j in range(1, columns + 1)] for i in range(1, rows + 1)]


def written(e: Any, lhs: Any, rhs: Any) -> tuple[str, str] | None:
    """A side as text for ``symrep verify`` and as LaTeX, where ``lhs`` and ``rhs`` are entrywise; None if it is no
    matrix."""
    table = _matrix(e, _entries(lhs + rhs).keys())
    if table is None:
        return None
    text = ", ".join(f"[{', '.join(map(plain, row))}]" for row in table)
    inside = r" \\ ".join(" & ".join(map(latex, row)) for row in table)
    return f"Matrix([{text}])", rf"\begin{{pmatrix}} {inside} \end{{pmatrix}}"
