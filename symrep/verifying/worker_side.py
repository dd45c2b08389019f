"""What verifying does in processes that can be killed besides proposing: diagnoses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import sympy as sp

from symrep.claim import Claim, Context
from symrep.errors import BadInput, SymrepError
from symrep.kernel.fail import NotProved
from symrep.symbols import DomainSymbol
from symrep.translate import from_term
from symrep.wire import from_json

__all__ = ["diagnose_in_worker"]

_FAILS: Final = (
    SymrepError,
    NotProved,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)


def diagnose_in_worker(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """``{"claim": …, "seconds": …}`` in, a diagnosis as JSON out, or None: what the right side should be."""
    from symrep.repair import diagnose_identity
    from symrep.verifying.deciding import limits_within
    from symrep.verifying.values import known_value

    data = payload["claim"]
    claim = Claim("equal", {k: from_json(data["data"][k]) for k in ("lhs", "rhs")}, Context.from_json(data["context"]))
    names: dict[str, Any] = {n: DomainSymbol(n, kind) for n, kind in claim.context.symbols.items()}
    relations = {
        "<": sp.StrictLessThan,
        "<=": sp.LessThan,
        ">": sp.StrictGreaterThan,
        ">=": sp.GreaterThan,
        "==": sp.Equality,
        "!=": sp.Unequality,
    }
    try:
        lhs, rhs = (from_term(claim.data[k], names) for k in ("lhs", "rhs"))
        given = tuple(relations[op](from_term(a, names), from_term(b, names)) for _, op, a, b in claim.context.given)
        known = known_value(claim, float(payload["seconds"]))
        value = None if known is None else (known[0], from_term(known[1], names))
        found = diagnose_identity(lhs, rhs, given, limits_within(float(payload["seconds"])), value)
    except (*_FAILS, BadInput):
        return None
    return None if found is None else found.to_json()
