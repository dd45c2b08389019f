r"""Orders of magnitude at s → +∞, and which of two is the larger.

A *size* is a function m(s) = s^{k₀} (log s)^{k₁} (log log s)^{k₂} (log log log s)^{k₃} exp(Σ c_j m_j(s)), each m_j a
size that tends to +∞, with exponents and coefficients that do not depend on s. Its logarithm is a sum of items
c·(something that tends to +∞): the m_j, log s, log log s, …. If every item whose coefficient is negative, or of
unknown sign, is of strictly smaller order than some item with a positive one, the sum tends to +∞ and so does m;
likewise with the signs exchanged. Two items are compared by the trend of their ratio, a size of smaller height.

*Uniformity.* Coefficients are continuous in a parameter θ and a strict sign persists in a neighbourhood of θ with a
bound away from 0, so that what is decided at θ holds, with one threshold for s, on a compact neighbourhood.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from symrep.audit.data import ONE, ZERO, No, Term

__all__ = ["DEPTH", "ONE_SIZE", "Numbers", "Scale", "Size", "log_size"]


#: s, log s, log log s, log log log s
DEPTH: Final = 4
MAX_STEPS: Final = 200_000


@dataclass(frozen=True)
class Size:
    """See the module: ``logs`` are the k_i, ``big`` the pairs (m_j, c_j), different m_j, sorted by their spelling."""

    logs: tuple[Term, ...] = (ZERO,) * DEPTH
    big: tuple[tuple[Size, Term], ...] = ()


ONE_SIZE: Final = Size()

#: an item of a logarithm is a size, or the number k for the (k+1)-fold logarithm of s
Item = Size | int


def log_size(k: int, exponent: Term = ONE) -> Size:
    """(log^k s)^exponent, with log^0 s = s."""
    return Size(tuple(exponent if i == k else ZERO for i in range(DEPTH)))


@dataclass
class Numbers:
    """Arithmetic of numbers free of s: one spelling for one number as far as that is known, and proved signs.

    ``tidy`` returns an equal term; ``sign`` answers 1, −1, 0 when that is proved of all values of the parameters.
    """

    tidy: Callable[[Term], Term]
    proved: Callable[[Term], int | None]

    def __post_init__(self) -> None:
        self._tidied: dict[Term, Term] = {}
        self._signs: dict[Term, int | None] = {}

    def neat(self, t: Term) -> Term:
        if t[0] == "num":
            return t
        if t not in self._tidied:
            self._tidied[t] = self.tidy(t)
        return self._tidied[t]

    def plus(self, *cs: Term) -> Term:
        rest = [c for c in cs if c != ZERO]
        return ZERO if not rest else rest[0] if len(rest) == 1 else self.neat(("add", *rest))

    def times(self, *cs: Term) -> Term:
        if ZERO in cs:
            return ZERO
        rest = [c for c in cs if c != ONE]
        return ONE if not rest else rest[0] if len(rest) == 1 else self.neat(("mul", *rest))

    def over(self, a: Term, b: Term) -> Term:
        return a if b == ONE else self.neat(("mul", a, ("pow", b, ("num", -1, 1))))

    def minus(self, c: Term) -> Term:
        return self.times(("num", -1, 1), c)

    def sign(self, c: Term) -> int | None:
        if c[0] == "num":
            return int(c[1] > 0) - int(c[1] < 0)
        if c not in self._signs:
            self._signs[c] = self.proved(c)
        return self._signs[c]


class Scale:
    """Comparison of sizes over one set of numbers."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self._trends: dict[Size, int | None] = {}
        self._steps = 0

    # --- arithmetic

    def times(self, a: Size, b: Size) -> Size:
        n = self.numbers
        logs = tuple(n.plus(p, q) for p, q in zip(a.logs, b.logs, strict=True))
        big = dict(a.big)
        for m, c in b.big:
            big[m] = n.plus(big[m], c) if m in big else c
        return Size(logs, _sorted(big))

    def power(self, a: Size, p: Term) -> Size:
        n = self.numbers
        return Size(tuple(n.times(p, k) for k in a.logs), _sorted({m: n.times(p, c) for m, c in a.big}))

    def over(self, a: Size, b: Size) -> Size:
        return self.times(a, self.power(b, ("num", -1, 1)))

    def exp_of(self, terms: list[tuple[Size, Term]]) -> Size:
        """exp(Σ c m) for sizes m that tend to +∞."""
        logs = [ZERO] * DEPTH
        big: dict[Size, Term] = {}
        for m, c in terms:
            for k in range(1, DEPTH):
                if m == log_size(k):
                    logs[k - 1] = self.numbers.plus(logs[k - 1], c)
                    break
            else:
                big[m] = self.numbers.plus(big[m], c) if m in big else c
        return Size(tuple(logs), _sorted(big))

    # --- comparison

    def items(self, m: Size) -> list[tuple[Item, Term]]:
        """Log m as a sum of items times coefficients."""
        return [*m.big, *((k, c) for k, c in enumerate(m.logs) if c != ZERO)]

    def trend(self, m: Size) -> int | None:
        """1 if m → ∞, −1 if m → 0, 0 if m = 1, None if that is not known."""
        if m not in self._trends:
            self._steps += 1
            if self._steps > MAX_STEPS:
                raise No("too many comparisons of orders of magnitude")
            self._trends[m] = self._trend(self.items(m))
        return self._trends[m]

    def _trend(self, items: list[tuple[Item, Term]]) -> int | None:
        signed = [(i, self.numbers.sign(c)) for i, c in items]
        signed = [(i, s) for i, s in signed if s != 0]
        if not signed:
            return 0
        for wanted in (1, -1):
            good = [i for i, s in signed if s == wanted]
            if good and all(any(self.smaller(i, g) for g in good) for i, s in signed if s != wanted):
                return wanted
        return None

    def smaller(self, a: Item, b: Item) -> bool:
        """Is a of strictly smaller order than b? Both tend to +∞."""
        if isinstance(a, int) and isinstance(b, int):
            return a > b
        if isinstance(a, int) and a + 1 >= DEPTH:  # log log log log s: smaller than every size that tends to +∞
            return isinstance(b, Size)
        if isinstance(b, int) and b + 1 >= DEPTH:
            return False
        first = log_size(a + 1) if isinstance(a, int) else a
        second = log_size(b + 1) if isinstance(b, int) else b
        return self.below(first, second)

    def below(self, a: Size, b: Size) -> bool:
        """A/b → 0, proved."""
        return self.trend(self.over(a, b)) == -1

    def at_most(self, a: Size, b: Size) -> bool:
        """A = O(b), proved."""
        return self.trend(self.over(a, b)) in (-1, 0)

    # --- integrals of sizes

    def integrable(self, m: Size) -> bool:
        """∫^∞ m ds < ∞, proved: m s ≤ s^(−η) for some η > 0, or m s = (log s)^k … with k < −1."""
        w = self.times(m, log_size(0))
        signed = [(i, self.numbers.sign(c)) for i, c in self.items(w)]
        falling = [i for i, s in signed if s == -1]
        fast = any(not self.smaller_than_log(i) for i in falling)
        if fast and all(any(self.smaller(i, g) for g in falling) for i, s in signed if s not in (0, -1)):
            return True
        if w.big or w.logs[0] != ZERO:
            return False
        # s = e^u: ∫ u^k … du
        return self.numbers.sign(self.numbers.plus(w.logs[1], ONE)) == -1

    def smaller_than_log(self, i: Item) -> bool:
        """Not known to be at least of the order of log s."""
        if isinstance(i, int):
            return i > 0
        return self.trend(self.over(i, log_size(1))) not in (0, 1)


def _sorted(big: dict[Size, Term]) -> tuple[tuple[Size, Term], ...]:
    return tuple(sorted(((m, c) for m, c in big.items() if c != ZERO), key=repr))
