"""May agreement at a few numbers of coordinates speak of all? Only where nothing can hide beyond them.

As a function of the number n of coordinates both sides have to be made of polynomials in n, their quotients and a few
exponentials bⁿ. Such a sum p₁(n) b₁ⁿ + … that is 0 at as many successive n as it has coefficients is 0 for all n
(the matrix is a confluent one of Vandermonde's). Whatever else n stands in may be 0 at 1, …, 5 and nowhere else, as
Π (n − k) over k ≤ 5, binom(n, 6) and exp(q(n)) − 1 show, and is evidence of nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, final

from symrep.checks.draws import counts
from symrep.term import Term, free_symbols, walk

__all__ = ["settled"]

#: numbers of coordinates that have to agree, however simple the sides are
_LEAST: Final = 3
#: exponentials there may be on both sides together
_EXPONENTIALS: Final = 2


@final
@dataclass(frozen=True)
class _Size:
    """Degrees in n of a numerator and a denominator, and how many exponentials bⁿ there are at most."""

    above: int = 0
    below: int = 0
    powers: int = 0


class _Hidden(Exception):
    """Something of which points say nothing."""


def settled(lhs: Term, rhs: Term, visited: Sequence[Mapping[str, Fraction]]) -> bool:
    """Did the points ask for enough numbers of coordinates, and can nothing hide from them?"""
    names = {*counts(lhs), *counts(rhs)}
    if not names:
        return True
    if len(names) > 1:
        return False
    (n,) = names
    try:
        a, b = _size(lhs, n, frozenset((n,))), _size(rhs, n, frozenset((n,)))
    except _Hidden:
        return False
    powers = a.powers + b.powers
    degree = max(a.above + b.below, b.above + a.below)
    asked = {p[n] for p in visited if n in p}
    wanted = max(_LEAST, (degree + 1) * (2**a.powers + 2**b.powers - 1))
    if powers > _EXPONENTIALS or len(asked) < wanted:
        return False
    return not powers or any(all(k + i in asked for i in range(wanted)) for k in asked)


def _size(t: Term, n: str, names: frozenset[str]) -> _Size:
    """``names``: n, and the indices that run up to it.

    Raises:
        _Hidden: n stands in something that is no polynomial, quotient or exponential.
    """
    head = t[0]
    if not names & free_symbols(t):
        return _Size()
    if head == "sym":
        return _Size(1)
    if head in ("add", "mul"):
        parts = [_size(s, n, names) for s in t[1:]]
        below = sum(p.below for p in parts)
        above = sum(p.above for p in parts) if head == "mul" else max(p.above + below - p.below for p in parts)
        return _Size(above, below, sum(p.powers for p in parts))
    if head == "pow":
        return _power(t, n, names)
    if head in ("sum", "product"):
        return _over(t, n, names)
    if head == "index" and all(_linear(s, n, names) for s in t[2:]):
        return _Size()
    if head == "expect_each":
        _, body, _, (_, i, lo, hi, law) = t
        if _plain(law, names | {i}) and all(_linear(e, n, names) for e in (lo, hi)):
            return _size(body, n, names)
    if head == "expect" and _plain(t[2], names):
        return _size(t[1], n, names)
    if head == "diff" and t[2] not in names:
        return _size(t[1], n, names)
    if head == "fn" and all(_of_draws(s, n, names) for s in t[2:]):
        return _Size(powers=1)
    raise _Hidden


def _power(t: Term, n: str, names: frozenset[str]) -> _Size:
    _, base, e = t
    if e[0] == "num" and e[2] == 1:
        b = _size(base, n, names)
        above, below = (b.above, b.below) if e[1] >= 0 else (b.below, b.above)
        if b.powers and e[1] != 1:
            raise _Hidden
        return _Size(above * abs(e[1]), below * abs(e[1]), b.powers)
    if not names & free_symbols(base) and _linear(e, n, names) and not free_symbols(e) & (names - {n}):
        return _Size(powers=1)
    raise _Hidden


def _over(t: Term, n: str, names: frozenset[str]) -> _Size:
    """A sum or a product up to n, or of a number of terms that does not depend on it."""
    head, body, (k, lo, hi) = t
    if not all(_linear(e, n, names) for e in (lo, hi)):
        raise _Hidden
    growing = bool(names & (free_symbols(lo) | free_symbols(hi)))
    inner = _size(body, n, names | {k} if growing else names)
    if not growing and head == "sum":
        return inner
    if growing and head == "sum" and not inner.powers and not inner.below:
        return _Size(inner.above + 1)
    if growing and inner == _Size():
        return _Size(powers=1)
    raise _Hidden


def _linear(t: Term, n: str, names: frozenset[str]) -> bool:
    """Is it a number, n or an index, or one of these with whole numbers added to it or before it?"""
    if not names & free_symbols(t):
        return True
    try:
        found = _size(t, n, names) if t[0] in ("sym", "add", "mul") else None
    except _Hidden:
        return False
    return found == _Size(1)


def _plain(law: Term, names: frozenset[str]) -> bool:
    """Do these names stand in a law in nothing but indices of its parameters?"""
    inside = [s for s in walk(law) if s[0] == "index" and len(s) == 3 and s[2][0] == "sym"]
    loose = [s for s in walk(law) if s[0] == "sym" and s[1] in names]
    return len(loose) == sum(s[2][1] in names for s in inside)


def _of_draws(t: Term, n: str, names: frozenset[str]) -> bool:
    """Does n stand in it only as the end of sums of what does not depend on it?"""
    try:
        return _size(t, n, names) in (_Size(), _Size(1)) and not any(
            s[0] == "sym" and s[1] in names for s in _outside_sums(t)
        )
    except _Hidden:
        return False


def _outside_sums(t: Term) -> list[Term]:
    if t[0] in ("sum", "index"):
        return []
    return [t, *(s for c in t[1:] if isinstance(c, tuple) for s in _outside_sums(c))]
