"""SymPy as an oracle. It may add weight to what numbers already say; alone it decides nothing. Runs in a worker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symrep.claim import Context
from symrep.wire import from_json

__all__ = ["zero_in_worker"]


def zero_in_worker(payload: Mapping[str, Any]) -> dict[str, Any]:
    """``{"lhs", "rhs", "context"}`` in, ``{"zero": bool}`` out: whether ``simplify`` turns the difference into 0."""
    import sympy as sp

    from symrep.errors import BadInput
    from symrep.symbols import DomainSymbol
    from symrep.translate import from_term

    context = Context.from_json(payload["context"])
    names: dict[str, Any] = {n: DomainSymbol(n, kind) for n, kind in context.symbols.items()}
    try:
        difference = from_term(from_json(payload["lhs"]), names) - from_term(from_json(payload["rhs"]), names)
        return {"zero": sp.simplify(difference) == 0}
    except (BadInput, NotImplementedError, ValueError, TypeError, AttributeError, RecursionError) as e:
        return {"zero": False, "error": f"{type(e).__name__}: {e}"[:200]}
