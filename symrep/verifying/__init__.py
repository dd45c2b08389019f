"""Identities, one by one: read, decided by the judge's checks, explained when they are wrong.

Names are looked up when they are first used: to read identities and find their verdicts in the store takes no SymPy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

_PUBLIC: Final = {
    "Item": "symrep.verifying.items",
    "load": "symrep.verifying.items",
    "Result": "symrep.verifying.verifier",
    "verify": "symrep.verifying.verifier",
    "verify_item": "symrep.verifying.verifier",
    "verdict_of": "symrep.verifying.deciding",
}

__all__ = ["Item", "Result", "load", "verdict_of", "verify", "verify_item"]

if TYPE_CHECKING:
    from symrep.verifying.deciding import verdict_of as verdict_of
    from symrep.verifying.items import Item as Item
    from symrep.verifying.items import load as load
    from symrep.verifying.verifier import Result as Result
    from symrep.verifying.verifier import verify as verify
    from symrep.verifying.verifier import verify_item as verify_item
else:

    def __getattr__(name: str) -> Any:
        module = _PUBLIC.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(module), name)
        globals()[name] = value
        return value
