"""What an ordinary Python error in a script probably means."""

from __future__ import annotations

import difflib
from importlib import import_module

__all__ = ["hint"]


def hint(e: BaseException) -> str:
    """What to write instead, when that can be guessed; else empty."""
    text = str(e)
    if isinstance(e, NameError):
        near = difflib.get_close_matches(getattr(e, "name", "") or "", dir(import_module("symrep")), 1)
        return f"{near[0]}, imported from symrep" if near else ""
    if isinstance(e, TypeError) and "'Exp1' object is not callable" in text:
        return "from symrep import E, after SymPy's own E (the number e) was imported"
    if isinstance(e, TypeError) and ("__init__()" in text or "__new__()" in text):
        return "the options that `symrep list rules` shows"
    if isinstance(e, TypeError) and "cannot determine truth value" in text:
        return "relations in given=[…] or in indicator(…), not in if"
    return ""
