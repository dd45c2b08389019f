"""What the agreement of points amounts to, counted as they are compared."""

from __future__ import annotations

from typing import Final, final

from symrep.checks.compare import Outcome, Pair, is_heavy, relate
from symrep.checks.nulls import every_branch
from symrep.checks.points import Point
from symrep.checks.sizes import settled
from symrep.claim import Context
from symrep.term import Term
from symrep.verdict import Evidence

__all__ = ["EXACT", "Tally"]

#: the bits of agreement of two sides that are the same ball of radius 0
EXACT: Final = 10**6
#: points needed for support, and bits of agreement at each, light and heavy
_ENOUGH: Final = (20, 6)
_BITS: Final = (100, 24)


@final
class Tally:
    """Counts agreement; :meth:`evidence` sums up."""

    def __init__(
        self, context: Context, lhs: Term, op: str, rhs: Term, seed: int, *, supportable: bool, guard: bool
    ) -> None:
        self.context, self.lhs, self.op, self.rhs, self.seed = context, lhs, op, rhs, seed
        self.supportable, self.guard = supportable, guard
        self.heavy = is_heavy(lhs, rhs)
        self.enough = 3 if guard and self.heavy else _ENOUGH[self.heavy]
        self.good, self.doubtful, self.half = 0, 0, 0
        self.notes: set[str] = set()
        self.worst, self.top, self.used = EXACT, 0, False
        self.visited: list[Point] = []

    def take(self, p: Point, pair: Pair) -> None:
        """Count one more point."""
        if not self.supportable or (self.heavy and self.good >= self.enough > 0):
            return  # as many as there is time for would not be the same number each time
        real = [z is not None and z.imag.is_zero() for z in (pair.lhs, pair.rhs)]
        if pair.outcome is Outcome.NONE or (pair.outcome is not Outcome.HALF and not any(real)):
            return
        if not all(real):
            self.half += 1
            return
        if self.op != "==":
            self._relation(p, pair)
        elif pair.outcome in (Outcome.DIFFERENT, Outcome.APART):
            self.supportable = False
            return
        elif pair.bits >= _BITS[self.heavy]:
            if self.heavy and not _sizeable(pair):
                return
            self.good, self.worst = self.good + 1, min(self.worst, pair.bits)
            self.visited.append(p)
            self.top = max(self.top, pair.prec)
        else:
            self.doubtful += 1
        self.used = self.used or pair.report.quadrature
        self.notes |= pair.report.notes

    def _relation(self, p: Point, pair: Pair) -> None:
        holds = None if pair.lhs is None or pair.rhs is None else relate(self.op, pair.lhs, pair.rhs)
        if holds is False:
            self.supportable = False
        self.good, self.doubtful = self.good + (holds is True), self.doubtful + (holds is None)
        self.visited.append(p)
        self.top = max(self.top, pair.prec)

    def content(self) -> bool:
        """Would more points add nothing that is asked for?"""
        return self.guard or not self.supportable or self.good >= self.enough

    def evidence(self) -> Evidence | None:
        """None when the points are too few, when any is in doubt, or when points cannot support such a claim."""
        good = self.good
        if not self.supportable or self.enough == 0 or good < self.enough:
            return None
        if self.doubtful > good // 4 or self.half > good // 4:
            return None
        if not self.guard and not settled(self.lhs, self.rhs, self.visited):
            return None
        if not self.guard and not every_branch(self.context, (self.lhs, self.rhs), self.visited):
            return None
        says = f"{good} point" if good == 1 else f"{good} points"
        says += ", quadrature" if self.used else ""
        if self.op != "==":
            says += ", the relation holds at each"
        elif self.worst == EXACT:
            says += ", the two sides are the same number"
        else:
            says += f", agreement to {self.worst} bits" + (" relative" if self.used else "")
        if self.notes:
            says += "; errors estimated, not proved"
        data = {
            "points": good,
            "bits": self.top,
            "agreeing_bits": self.worst,
            "worst_relative_difference": f"2^-{self.worst}",
            "rigorous": not self.notes,
            "notes": sorted(self.notes),
            "undecided_points": self.doubtful,
            "half_defined_points": self.half,
            "seed": self.seed,
        }
        return Evidence("quadrature" if self.used else "balls", says, data)


def _sizeable(pair: Pair) -> bool:
    """Is there something to agree about? Two integrals that are both next to nothing say little."""
    return any(z is not None and abs(z).lower() > 1e-6 for z in (pair.lhs, pair.rhs))
