r"""``\hat\sigma^2 = …``, the square of a deviation that was not met before, says what the deviation is."""

from __future__ import annotations

from typing import Final

from symrep.checking.model import Place
from symrep.checking.names import name_of_tree, uses
from symrep.checking.scope import Let, Scope

__all__ = ["deviation"]

_DEVIATIONS: Final = frozenset(f"{a}{b}" for a in ("sigma", "s", "tau") for b in ("", "hat", "tilde", "bar"))


def deviation(left: Place, right: Place, scope: Scope, where: bool = False) -> Let | None:
    """The root of the right side by the name whose square is the left one; None for others.

    ``where``: a clause *where …* says it, of a name that stood before it.
    """
    t = left.tree
    if t is None or t.head != "^" or t.parts[1].head != "num" or t.parts[1].value != 2 or right.tree is None:
        return None
    name = name_of_tree(t.parts[0])
    if name.partition("_")[0] not in _DEVIATIONS or name in uses(right) or (name in scope.seen and not where):
        return None
    body = rf"\sqrt{{{right.latex.strip().rstrip('.,;')}}}"
    line = " ".join(f"{left.latex.strip()} = {right.latex.strip()}".split())
    return Let("symbol", name, (), body, uses(right), left.at, right.to, line)
