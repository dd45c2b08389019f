"""What normal forms are made of: fractions of polynomials, and the generators in them with what is known of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final, NamedTuple

from symrep.kernel.ground import Poly
from symrep.term import Term

__all__ = ["LINE", "Box", "Elem", "Gen"]


@dataclass(frozen=True)
class Box:
    """An interval of reals; ``real=False`` means a complex symbol, of which nothing is known."""

    lo: Fraction | None = None
    hi: Fraction | None = None
    lo_open: bool = True
    hi_open: bool = True
    integer: bool = False
    nonzero: bool = False
    real: bool = True

    def signs(self) -> frozenset[int]:
        return self._signs

    @cached_property
    def _signs(self) -> frozenset[int]:
        out = {-1, 0, 1}
        if self.lo is not None and self.lo >= 0:
            out -= {-1, 0} if self.lo > 0 or self.lo_open else {-1}
        if self.hi is not None and self.hi <= 0:
            out -= {1, 0} if self.hi < 0 or self.hi_open else {1}
        return frozenset(out - {0} if self.nonzero else out)


LINE: Final = Box()
_UP: Final = frozenset({1})


class Elem(NamedTuple):
    """num/den, coprime, den with leading coefficient 1."""

    num: Poly
    den: Poly


class Gen:
    """A generator: the real number ``base ** (1/root)``, with what is known of it.

    ``base`` may be given as a function that writes it when somebody asks, and ``find`` as one that finds a box inside
    ``box``, or None: most are never looked at.
    ``args`` are elements it is built from (the argument of exp, erf, …); ``free`` the symbols it depends on.
    ``analytic`` holds when it is a real-analytic function of its symbols wherever it is defined on the domain.
    """

    __slots__ = (
        *("_box", "_find", "_written", "analytic", "args", "free"),
        *("index", "kind", "name", "poly", "positive", "real", "root"),
    )

    def __init__(
        self,
        name: str,
        kind: str,
        written: Term | Callable[[], Term],
        free: frozenset[str],
        root: int = 1,
        args: tuple[Elem, ...] = (),
        box: Box = LINE,
        analytic: bool = True,
        find: Callable[[], Box | None] | None = None,
    ) -> None:
        self.index = -1
        self.name, self.kind, self.free, self.root, self.args, self.analytic = name, kind, free, root, args, analytic
        self._written, self._box, self._find = written, box, find
        #: is it real; is it seen to be positive
        self.real, self.positive = box.real, box.signs() == _UP
        self.poly: Poly = None

    @property
    def base(self) -> Term:
        if callable(self._written):
            self._written = self._written()
        return self._written

    @property
    def box(self) -> Box:
        """An interval it lies in. It is looked for once, and meanwhile no more is known than before."""
        if self._find is not None:
            find, self._find = self._find, None
            self._box = find() or self._box
            self.positive = self._box.signs() == _UP
        return self._box

    @property
    def known(self) -> bool:
        """Is there nothing left to be looked for?"""
        return self._find is None

    @property
    def sure(self) -> Box:
        """The box as far as it is known without looking."""
        return self._box

    def signs(self) -> frozenset[int]:
        """The signs it may have."""
        seen = self._box.signs()
        return seen if len(seen) == 1 or self._find is None else self.box.signs()

    def endless(self) -> bool:
        """Is the box the whole line, as far as is known without looking?"""
        return self._box.lo is None and self._box.hi is None
