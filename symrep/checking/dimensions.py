"""Lines about vectors, read in two dimensions and in three."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from symrep.checking.judging import Judged
from symrep.checking.scope import Scope
from symrep.reading.latex.vectors import COMPONENT, DIMENSIONS
from symrep.verdict import Evidence, Reason, Status, Verdict

__all__ = ["OF_WHICH", "SIZES", "both_sizes", "meant_of_some", "sized"]

SIZES: Final = (2, 3)
_ENTRY: Final = re.compile(rf"{COMPONENT}\d\d")
_GOOD: Final = (Status.PROVED, Status.SUPPORTED)
OF_WHICH: Final = "it holds in some dimensions and not in others, and it is not told how many there are"
_SAYS: Final = "shown for vectors and square matrices of 2 and of 3 dimensions, entry by entry"


def sized(scope: Scope, size: int) -> Scope:
    """The scope with its vectors as columns of so many numbers."""
    out = Scope(replace(scope.base, size=size))
    out.lets, out.seen, out.headings = list(scope.lets), scope.seen, scope.headings
    out.breaks = scope.breaks
    out.rebase(out.base)
    return out


def meant_of_some(op: str, *sides: Any) -> str:
    """Why a line that fails for vectors and matrices of one size may be meant otherwise; empty where it may not.

    A letter beside the components may count dimensions; an order may be one that definite matrices keep.
    """
    names = {s.name for e in sides for s in getattr(e, "free_symbols", ()) if hasattr(s, "name")}
    if op != "=" and any(_ENTRY.search(n) for n in names):
        return "an order that not every matrix keeps"
    counts = any(n in DIMENSIONS for n in names) and any(COMPONENT in n for n in names)
    return "vectors, beside a letter that may be their dimension" if counts else ""


def both_sizes(first: Judged, second: Judged) -> Judged:
    """What two sizes say of a line: no more than supported; of one that holds in some only, nothing."""
    worse = first if first.status is None or second.status is None or first.status <= second.status else second
    refuted = Status.REFUTED
    if (first.status in _GOOD and second.status is refuted) or (first.status is refuted and second.status in _GOOD):
        return Judged(None, first.pairs, apart=OF_WHICH)
    if first.status is refuted:
        return first
    if first.status is None or second.status is None or worse.status not in (Status.PROVED, Status.SUPPORTED):
        return worse if worse.status is not None else first
    trust = Evidence("kernel", _SAYS)
    verdict = Verdict(Status.SUPPORTED, Reason.HOLDS, _SAYS, (trust,))
    return replace(first, verdict=verdict, notes=tuple(dict.fromkeys((*first.notes, _SAYS))))
