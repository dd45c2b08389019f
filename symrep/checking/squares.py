r"""``\hat\sigma^2 = …``, the square of a deviation that was not met before, says what the deviation is.

So does its precision, ``\frac{1}{s_1^2} = …``; *with* and *where* say it of one whose name was met, too.
"""

from __future__ import annotations

from typing import Final

from symrep.checking.cues import Cue
from symrep.checking.model import Place
from symrep.checking.names import name_of_tree, uses
from symrep.checking.scope import Let, Scope

__all__ = ["deviation"]

_DEVIATIONS: Final = frozenset(f"{a}{b}" for a in ("sigma", "s", "tau") for b in ("", "hat", "tilde", "bar"))


def deviation(left: Place, right: Place, scope: Scope, cue: Cue) -> Let | None:
    """The root of the right side by the name whose square is the left one; None for others."""
    t = left.tree
    below = t is not None and t.head == "/" and t.parts[0].head == "num" and t.parts[0].value == 1
    if t is not None and below:
        t = t.parts[1]
    if t is None or t.head != "^" or t.parts[1].head != "num" or t.parts[1].value != 2 or right.tree is None:
        return None
    name = name_of_tree(t.parts[0])
    if name.partition("_")[0] not in _DEVIATIONS or name in uses(right) or scope.symbol(name) is not None:
        return None
    if name in scope.seen and cue.word not in ("with", "where"):
        return None
    body = rf"\sqrt{{{right.latex.strip().rstrip('.,;')}}}"
    body = rf"\frac{{1}}{{{body}}}" if below else body
    line = " ".join(f"{left.latex.strip()} = {right.latex.strip()}".split())
    return Let("symbol", name, (), body, uses(right), left.at, right.to, line)
