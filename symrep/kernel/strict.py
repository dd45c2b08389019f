"""What stands under an expectation over a family of coordinates: equal for all their values, with no exception."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symrep.kernel import signs
from symrep.kernel.fail import NotProved
from symrep.term import contains, free_symbols
from symrep.verdict import Reason

if TYPE_CHECKING:
    from symrep.kernel.engine import Engine

__all__ = ["each_engine"]


def each_engine(eng: Engine, x: str) -> Engine:
    """The engine for what stands under an expectation over the coordinates x_i: nothing is known of them but the kind
    of x, and what holds off a null set is not enough, for there may be fewer coordinates than are spoken of."""
    from symrep.kernel.engine import engine

    dom = eng.dom
    if any(x in free_symbols(t) for t in (*(f for f, _ in dom.facts), *dom.subst.values())):
        raise NotProved(f"something is known of {x}, over which an expectation is taken", Reason.DOMAIN)
    key = ("each", x)
    if key not in eng.inner:
        plain = tuple(f for f in dom.facts if not contains(f[0], signs.BINDERS))
        thin = dom.thin or len(plain) < len(dom.facts)
        eng.inner[key] = engine(
            dom.change(
                facts=plain, thin=thin, fibre=frozenset(), depth=dom.depth + 1, inside=False, everywhere=True,
                principal=False,
            )
        )  # fmt: skip
    return eng.inner[key]
