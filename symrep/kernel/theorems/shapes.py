"""What a theorem finds on its left side: a node of one head, a law or an integral in one variable."""

from __future__ import annotations

from symrep.kernel.fail import NotProved
from symrep.term import Term
from symrep.verdict import Reason

__all__ = ["head", "integral_1d", "law_1d"]


def head(t: Term, name: str) -> Term:
    """t, if its head is ``name``."""
    if t[0] != name:
        raise NotProved(f"needs {name} on the left, not {t[0]}", Reason.DOES_NOT_APPLY)
    return t


def law_1d(law: Term) -> tuple[str, Term, Term, Term]:
    """A law in one variable: its name, its ends, its density."""
    if law[0] != "law" or len(law[1]) != 1:
        raise NotProved("this theorem is about one variable", Reason.DOES_NOT_APPLY)
    ((x, lo, hi),) = law[1]
    return x, lo, hi, law[2]


def integral_1d(t: Term) -> tuple[Term, tuple[str, Term, Term]]:
    """An integral in one variable: its integrand, and (name, lower, upper)."""
    if len(head(t, "integral")) != 3:
        raise NotProved("this theorem is about one variable", Reason.DOES_NOT_APPLY)
    return t[1], t[2]
