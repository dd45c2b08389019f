"""Points at which a formula for a derivative need not hold: left out where they are a null set."""

from __future__ import annotations

from symrep.audit.algebra import Algebra
from symrep.audit.data import No, Term
from symrep.audit.derive import derivative
from symrep.audit.sums import Sum

__all__ = ["leave_out"]


def leave_out(alg: Algebra, a: Term, x: str, what: str) -> None:
    """The breakpoints are a null set. For a kink always: where u = 0 ≠ u′ the zero is isolated in x, and where u = u′ =
    0 the formula holds."""
    s = alg.norm(a)
    if alg.is_zero(s) and what == "kink":
        return
    if what != "steps" and 0 not in alg.sign(s):
        return
    if what != "steps" and not alg.is_zero(s) and all(alg.null_in(p, alg.ctx.fibre) for p in alg.zeros(s)):
        return
    if what != "kink" and not _rarely(alg, a, s, x, what):
        raise No(f"the jumps in {x} are not known to be a null set")
    alg.notes[f"off the breakpoints in {x}"] = None


def _rarely(alg: Algebra, a: Term, s: Sum, x: str, what: str) -> bool:
    if what == "jump" and not alg.is_zero(s) and all(alg.null(p) for p in alg.zeros(s)):
        return True
    try:
        slope = alg.norm(derivative(a, x, alg.ctx))
    except No:
        return False
    if alg.is_zero(slope):
        return True
    return all(alg.null(p) for p in alg.zeros(slope))
