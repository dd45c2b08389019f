"""Atoms: what the generalised polynomials are made of, and what is known of the range of each."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

from symrep.audit.data import No, Term
from symrep.audit.sums import Sum

__all__ = ["ANY", "LINE", "NONNEGATIVE", "POSITIVE", "Atom", "Finer", "Interval", "Signs", "Unknown"]

Signs = frozenset[int]
ANY: Final[Signs] = frozenset({-1, 0, 1})
#: (low, low is excluded, high, high is excluded); None is infinite
Interval = tuple[Fraction | None, bool, Fraction | None, bool]
LINE: Final[Interval] = (None, True, None, True)
POSITIVE: Final[Interval] = (Fraction(0), True, None, True)
NONNEGATIVE: Final[Interval] = (Fraction(0), False, None, True)


class Finer(Exception):
    """A finer fraction of an angle is needed: start again."""


class Unknown(No):
    """A sign stood in the way."""


class Atom:
    """Something the polynomials are made of.

    Attributes:
        kind: sym, index, const, i, prime, base, abs, sign, log, exp, sin, cos, or the name of a function or node.
        term: what it stands for.
        args: normal forms of what it depends on.
        range: an interval that contains it.
        nonzero: it does not vanish.
        smooth: analytic in its arguments where it is defined.
    """

    __slots__ = ("_range", "args", "data", "find", "free", "index", "kind", "nonzero", "real", "smooth", "term")

    def __init__(self, index: int, kind: str, term: Term, **more: Any) -> None:
        self.index, self.kind, self.term = index, kind, term
        self.args: tuple[Sum, ...] = more.get("args", ())
        self.data: Any = more.get("data")
        self.free: frozenset[str] = more.get("free", frozenset())
        self._range: Interval = more.get("range", LINE)
        #: says a narrower range, when one is first asked for
        self.find: Callable[[], Interval] | None = more.get("find")
        self.nonzero: bool = more.get("nonzero", False)
        self.real: bool = more.get("real", True)
        self.smooth: bool = more.get("smooth", True)

    @property
    def range(self) -> Interval:
        if self.find is not None:
            find, self.find = self.find, None
            self._range = find()
        return self._range

    @range.setter
    def range(self, interval: Interval) -> None:
        self._range, self.find = interval, None

    def signs(self) -> Signs:
        lo, _, hi, _ = self.range
        out = set()
        if hi is None or hi > 0:
            out.add(1)
        if lo is None or lo < 0:
            out.add(-1)
        if self.holds(Fraction(0)):
            out.add(0)
        return frozenset(out)

    def holds(self, v: Fraction) -> bool:
        """Is the number a value the atom may have?"""
        lo, lo_open, hi, hi_open = self.range
        low = lo is None or v > lo or (v == lo and not lo_open)
        high = hi is None or v < hi or (v == hi and not hi_open)
        return low and high and not (self.nonzero and v == 0)
