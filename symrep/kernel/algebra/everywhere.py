"""Normal forms that hold at every point of a domain, not only off a null set: growth is claimed for each parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from symrep.claim import Context
from symrep.kernel.algebra.domain import Domain
from symrep.kernel.algebra.engine import engine
from symrep.kernel.algebra.normal import polynomial_in, prove_equal, simplify
from symrep.kernel.algebra.signs import domain
from symrep.kernel.fail import NotProved
from symrep.term import Term

__all__ = ["equal_everywhere", "polynomial_everywhere", "simplify_everywhere"]

T = TypeVar("T")


def _strictly(dom: Domain, job: Callable[[], T]) -> T:
    eng = engine(dom)
    out, off_null_set, _ = eng.run(lambda: eng.quietly(job))
    if off_null_set:
        raise NotProved("the simpler form holds almost everywhere only")
    return out


def simplify_everywhere(t: Term, dom: Domain) -> Term:
    """``simplify``, on an engine of its own, so that the spelling does not depend on what came before."""
    own = dom.change()
    return _strictly(own, lambda: simplify(t, own))


def polynomial_everywhere(t: Term, x: str, ctx: Context, box: Mapping[str, tuple[Term, Term]]) -> list[Term] | None:
    """Coefficients of t as a polynomial in x, free of x, at every point of the box."""
    wide = {**box, x: (("inf", -1), ("inf", 1))}
    for around in (box, wide):
        own = domain(ctx, dict(around)).change()
        try:
            out = _strictly(own, lambda own=own: polynomial_in(t, x, own))  # type: ignore[misc]
        except NotProved:
            continue
        if out is not None:
            return out
    return None


def equal_everywhere(a: Term, b: Term, ctx: Context, box: Mapping[str, tuple[Term, Term]]) -> bool:
    try:
        return not prove_equal(a, b, ctx, dict(box)).almost_everywhere
    except NotProved:
        return False
