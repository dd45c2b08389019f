"""Proof by cases over the signs of terms: every cell is proved, and what is left out is proved to be a null set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from symrep.kernel.domain import Domain
from symrep.kernel.engine import Engine, engine
from symrep.kernel.fail import NotProved
from symrep.kernel.field import too_large
from symrep.kernel.signs import assume, flat
from symrep.term import Term
from symrep.verdict import Reason

__all__ = ["Outcome", "by_cases"]

MAX_CELLS = 64
MAX_DEPTH = 8

#: proves the claim on a domain or raises NotProved
Attempt = Callable[[Engine], None]


@dataclass
class Outcome:
    """What the proof used."""

    almost_everywhere: bool = False
    conditions: dict[str, None] = field(default_factory=dict)
    cells: int = 0


def by_cases(dom: Domain, attempt: Attempt) -> Outcome:
    """Prove on the whole domain, splitting where an unknown sign stood in the way."""
    out = Outcome()
    plain = flat(dom)
    if plain is not dom:
        try:
            _cell(plain, attempt, out, MAX_DEPTH)
        except NotProved:
            out = Outcome()
        else:
            return out
    _cell(dom, attempt, out, 0)
    return out


def _cell(dom: Domain, attempt: Attempt, out: Outcome, depth: int) -> None:
    if dom.empty:
        return
    out.cells += 1
    if out.cells > MAX_CELLS:
        raise too_large(f"more than {MAX_CELLS} cases")
    eng = engine(dom)
    try:
        _, off_null_set, conditions = eng.run(lambda: eng.quietly(lambda: attempt(eng)))
    except NotProved as failure:
        if failure.reason is Reason.TIMEOUT or not eng.splits or depth >= MAX_DEPTH:
            raise
        _split(dom, next(iter(eng.splits)), attempt, out, depth)
        return
    out.almost_everywhere = out.almost_everywhere or off_null_set
    out.conditions.update(dict.fromkeys(conditions))


def _split(dom: Domain, a: Term, attempt: Attempt, out: Outcome, depth: int) -> None:
    """A > 0, a < 0, and a = 0 or a reason why that is a null set."""
    for op in (">", "<"):
        _cell(assume(dom, a, op), attempt, out, depth + 1)
    border = assume(dom, a, "==")
    if border.empty:
        return
    if not border.thin:
        trial = Outcome(cells=out.cells)
        try:
            _cell(border, attempt, trial, depth + 1)
        except NotProved:
            out.cells = trial.cells
        else:
            out.cells = trial.cells
            out.almost_everywhere = out.almost_everywhere or trial.almost_everywhere
            out.conditions.update(trial.conditions)
            return
    eng = engine(dom)
    if not eng.run(lambda: eng.null(eng.norm(a).num)):
        raise NotProved("a case boundary is not known to be a null set", Reason.NOTHING_APPLIED)
    _, _, conditions = eng.run(lambda: eng.quietly(lambda: eng.except_zeros(eng.norm(a).num)))
    out.almost_everywhere = True
    out.conditions.update(dict.fromkeys(conditions))
