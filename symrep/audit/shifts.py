"""Arguments that differ by integers: one representative for each class, the lowest that is asked for."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import Any, Final

from symrep.audit.algebra import Algebra
from symrep.audit.atoms import Atom, Finer, Unknown
from symrep.audit.data import No
from symrep.audit.sums import Sum, constant, minus, number, plus, scaled

__all__ = ["MAX_SHIFT", "anchored", "multiple", "need_positive", "opposite", "parts", "representative", "shifted_atom"]

MAX_SHIFT: Final = 60
#: f(na) is multiplied out up to this n
MOST_FACTORS: Final = 8


def need_positive(alg: Algebra, a: Sum, what: str) -> None:
    if not alg.real(a):
        raise No(f"{what} is complex")
    if not alg.sign(a) <= {1}:
        alg.wish_factors(a)
        raise Unknown(f"{what} is not known to be positive: {alg.text(a)}")


def whole_gap(alg: Algebra, a: Sum, b: Sum) -> int | None:
    """A − b when it is an integer of moderate size."""
    gap = number(alg.canon(minus(a, b)))
    return int(gap) if gap is not None and gap.denominator == 1 and abs(gap) <= MAX_SHIFT else None


def shifted_atom(alg: Algebra, kind: str, a: Sum) -> tuple[Atom, int] | None:
    """(atom of the kind, k) with a = its argument + k."""
    for g in alg.atoms:
        if g.kind == kind and (k := whole_gap(alg, a, g.args[0])) is not None:
            return g, k
    return None


def opposite(alg: Algebra, kind: str, a: Sum) -> tuple[Atom, int] | None:
    """(atom of the kind, m) with a + its argument = m, a positive integer."""
    for g in alg.atoms:
        m = whole_gap(alg, a, scaled(g.args[0], -1)) if g.kind == kind else None
        if m is not None and m >= 1:
            return g, m
    return None


def representative(alg: Algebra, a: Sum) -> tuple[Sum, int]:
    """(r, k) with a = r + k, and the constant term of r in [0, 1)."""
    a = alg.canon(a)
    c = a.get((), Fraction(0))
    k = c.numerator // c.denominator
    if abs(k) > MAX_SHIFT:
        raise No("arguments far apart")
    return minus(a, constant(k)), k


def anchored(alg: Algebra, kind: str, a: Sum, *others: Sum) -> tuple[Sum, int]:
    """(b, k) with a = b + k and k ≥ 0, b the lowest argument of the class that is asked for beside the same other
    arguments. A lower one than before starts everything again."""
    r, k = representative(alg, a)
    key: Any = (kind, alg.term(r), *map(alg.term, others))
    low = alg.hints.setdefault(key, k)
    if k < low:
        alg.hints[key] = k
        raise Finer
    return plus(r, constant(low)), k - low


def multiple(alg: Algebra, a: Sum) -> int:
    """The n for which a = n·z + c, z the unit in which arguments of this direction are measured."""
    moving = {m: c for m, c in alg.canon(a).items() if m}
    if not moving:
        return 1
    top, bottom = 0, 1
    for c in moving.values():
        top, bottom = gcd(top * c.denominator, c.numerator * bottom), bottom * c.denominator
        shrink = gcd(top, bottom)
        top, bottom = top // shrink, bottom // shrink
    content = Fraction(top, bottom)
    key = ("unit", alg.term(scaled(moving, 1 / content)))
    unit = alg.hints.setdefault(key, content.denominator)
    finer = lcm(unit, content.denominator)
    if finer != unit and finer <= MOST_FACTORS:
        alg.hints[key] = finer
        raise Finer
    n = content * unit
    return int(n) if n.denominator == 1 and n <= MOST_FACTORS else 1


def parts(a: Sum, n: int) -> list[Sum]:
    """(a + j)/n for 0 ≤ j < n."""
    return [scaled(plus(a, constant(j)), Fraction(1, n)) for j in range(n)]
