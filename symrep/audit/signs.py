"""Signs of terms, proved at every point of a context."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from symrep.audit.atoms import ANY, Finer, Signs
from symrep.audit.context import Ctx
from symrep.audit.data import No, Term, free, sub
from symrep.audit.signing import OPS

__all__ = ["compare", "holds", "nonzero", "null_zeros", "sign", "with_algebra"]


def with_algebra(ctx: Ctx, job: Any) -> Any:
    """Runs the job on the context's normal forms, anew when finer angles are needed.

    Raises:
        No: what the job raises, and when arithmetic gets out of hand.
    """
    from symrep.audit.names import algebra

    for _ in range(40):
        alg = algebra(ctx)
        try:
            return job(alg)
        except Finer:
            ctx.memory.clear()  # what is finer stands in the hints, which contexts share
        except (ArithmeticError, RecursionError, MemoryError) as e:
            raise No(f"too large ({type(e).__name__})") from e
    raise No("finer and finer spellings do not come to an end")


def sign(t: Term, ctx: Ctx) -> Signs:
    """A set that contains the sign at every point; all three when nothing is known."""
    if t[0] == "num":
        return frozenset({(t[1] > 0) - (t[1] < 0)})
    if t[0] == "inf":
        return frozenset({t[1]})
    if free(t) - ctx.known():
        return ANY
    try:

        def job(alg: Any) -> Signs:
            found, notes = alg.quietly(lambda: alg.norm(t))
            if notes:
                return ANY
            out: Signs = frozenset({0}) if alg.real(found) and alg.is_zero(found) else alg.sign(found)
            return out

        out: Signs = with_algebra(ctx, job)
        return out
    except No:
        return ANY


def holds(t: Term, op: str, ctx: Ctx) -> bool:
    """Is t op 0 proved at every point?"""
    return sign(t, ctx) <= OPS[op]


def compare(a: Term, op: str, b: Term, ctx: Ctx) -> bool:
    return holds(sub(a, b), op, ctx)


def nonzero(t: Term, ctx: Ctx) -> bool:
    return 0 not in sign(t, ctx)


def null_zeros(t: Term, names: Iterable[str], ctx: Ctx) -> bool:
    """Is {t = 0} null in the named variables, for every value of the others?"""
    if nonzero(t, ctx):
        return True
    wanted = frozenset(names)
    try:

        def job(alg: Any) -> bool:
            found, notes = alg.quietly(lambda: alg.norm(t))
            return not notes and not alg.is_zero(found) and all(alg.null_in(p, wanted) for p in alg.zeros(found))

        return bool(with_algebra(ctx, job))
    except No:
        return False
