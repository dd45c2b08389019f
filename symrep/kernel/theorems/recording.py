"""Equality inside a theorem, with the record of what holds off a null set only.

A theorem proves several equalities on the way. When one of them holds almost everywhere, so does the step, unless the
exceptional set is null *for every value of the parameters* in the variables that are integrated over: integrals do not
see it then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from symrep.claim import Context
from symrep.kernel.algebra.engine import engine
from symrep.kernel.algebra.normal import prove_equal
from symrep.kernel.algebra.signs import domain, prove_sign, undeclared
from symrep.kernel.algebra.writing import to_term
from symrep.kernel.fail import NotProved
from symrep.spelling import spell
from symrep.term import Term, sub
from symrep.verdict import Reason

__all__ = ["distinct", "equal", "noted", "recording"]

_NOTED: ContextVar[list[str] | None] = ContextVar("noted", default=None)


@contextmanager
def recording() -> Iterator[list[str]]:
    """Collects the conditions under which the equalities proved inside hold."""
    conditions: list[str] = []
    token = _NOTED.set(conditions)
    try:
        yield conditions
    finally:
        _NOTED.reset(token)


def noted() -> int:
    """How many conditions were collected so far."""
    return len(_NOTED.get() or ())


def equal(lhs: Term, rhs: Term, ctx: Context, extra: Mapping[str, tuple[Term, Term]] = {}) -> None:
    """Prove lhs = rhs; ``extra`` are the variables that are integrated over.

    Raises:
        NotProved: it is not established.
    """
    found = prove_equal(lhs, rhs, ctx, extra)
    record = _NOTED.get()
    if found.almost_everywhere and record is not None and not (extra and found.fibrewise):
        record.extend(found.conditions or ("off a null set",))


def distinct(a: Term, b: Term, ctx: Context) -> None:
    """Prove a ≠ b, or leave out the null set on which they agree.

    Raises:
        NotProved: they may agree on more than a null set.
    """
    dom, difference = domain(ctx), sub(a, b)
    if prove_sign(difference, "!=", dom):
        return
    eng = engine(dom)
    if undeclared(dom, difference) or dom.thin or not eng.run(lambda: eng.null(eng.norm(difference).num)):
        raise NotProved("a point may lie where the theorem says nothing", Reason.DOMAIN)
    record = _NOTED.get()
    if record is not None:
        record.append(eng.run(lambda: f"{spell(to_term(eng, eng.norm(difference)))} != 0"))
