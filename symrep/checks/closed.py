"""Points that are no rational numbers: zeros in closed form of what a switch hangs on, √2, 2^(1/3), log 2, π.

A line may hold at every rational point and fail where x² = 2. A zero is proposed, by undoing one operation after the
other, and put in as a term. What then stands under a sign, a step or in a condition is a constant; that it is 0, and
that the point lies in the domain, the kernel has to prove. The rest are balls, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice
from typing import Final

from flint import acb, arb

from symrep.checks.breaks import arguments, resolved
from symrep.checks.evaluate import precision
from symrep.checks.exact import COMPARE, rational
from symrep.checks.points import INTEGERS, Point, real_value
from symrep.checks.radicals import solutions
from symrep.claim import Context
from symrep.kernel.algebra.normal import prove_equal
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.fail import NotProved
from symrep.spelling import spell
from symrep.term import ZERO, Term, contains, free_symbols, map_children, num, sub, substitute, walk

__all__ = ["closed_points"]

F = Fraction
#: what is neither a number nor made of numbers by the functions that are known here
_FOREIGN: Final = frozenset(
    (*("integral", "sum", "product", "limit", "diff", "det", "jacobian", "push", "expect", "law", "kl", "app"),
     *("index", "iprod", "sample_mean", "expect_sample", "inf"))
)  # fmt: skip
_MOST: Final = 16
_BITS: Final = 192
_NOBODY: Final = Context({})
#: what has to hold of a value of the kind: relations to numbers
_KINDS: Final[Mapping[str, tuple[tuple[str, int], ...]]] = {
    "real": (),
    "positive": ((">", 0),),
    "nonnegative": ((">=", 0),),
    "negative": (("<", 0),),
    "nonzero": (("!=", 0),),
    "unit": ((">", 0), ("<", 1)),
}


def closed_points(
    lhs: Term, rhs: Term, context: Context, base: Point
) -> Iterator[tuple[tuple[Term, Term], dict[str, str]]]:
    """The two sides with closed forms put in for one symbol and the values of ``base`` for all others, and the point as
    text; only points that are proved to lie in the domain, and at which a switch was proved to stand between its two
    positions."""
    names = sorted(free_symbols(lhs) | free_symbols(rhs))
    said = (lhs, rhs, *context.given)
    if any(contains(t, _FOREIGN) for t in said) or any(n not in context.symbols for n in names):
        return
    if any(context.symbols[n] == "complex" for n in names):
        return
    count = 0
    for x in names:
        if context.symbols[x] in INTEGERS:
            continue
        others = {n: num(v) for n, v in base.items() if n != x}
        seen: set[Term] = set()
        for value in _zeros((lhs, rhs), x, others):
            if value in seen:
                continue
            seen.add(value)
            table = {**others, x: value}
            if not _admitted(table, context):
                continue
            settled = [_settled(substitute(t, table)) for t in (lhs, rhs)]
            if all(s is not None for s in settled):
                yield (settled[0], settled[1]), {n: spell(t) for n, t in sorted(table.items())}  # type: ignore[misc]
            count += 1
            if count >= _MOST:
                return


def _zeros(sides: tuple[Term, Term], x: str, others: Mapping[str, Term]) -> Iterator[Term]:
    hinges: dict[Term, None] = {}
    for t in sides:
        hinges.update(dict.fromkeys(arguments(t, x)))
        for g in arguments(t, x, floors=True):
            if ("fn", "floor", g) in walk(t) or ("fn", "ceiling", g) in walk(t):
                hinges.update({sub(g, num(k)): None for k in (1, 2)})
    for g in hinges:
        for plain in islice(resolved(substitute(g, others)), 8):
            if free_symbols(plain) == {x}:
                yield from (v for v in solutions(plain, x) if rational(v, {}) is None)


def _admitted(table: Mapping[str, Term], context: Context) -> bool:
    """Do kinds and relations hold at the point, provably?"""
    for n, t in table.items():
        if n in context.symbols:
            with precision(_BITS):
                if real_value(t, {}) is None:
                    return False
            if context.symbols[n] in INTEGERS:
                v = rational(t, {})
                if v is None or v.denominator != 1:
                    return False
                continue
            if not all(_holds(t, op, num(b)) for op, b in _KINDS[context.symbols[n]]):
                return False
    return all(_holds(substitute(a, table), op, substitute(b, table)) for _, op, a, b in context.given)


def _holds(a: Term, op: str, b: Term) -> bool:
    if free_symbols(a) | free_symbols(b):
        return False
    d = sub(a, b)
    if (v := rational(d, {})) is not None:
        return COMPARE[op](v, F(0))
    return _is_zero(d) if op == "==" else prove_sign(d, op, domain(_NOBODY)) or (op in ("<=", ">=") and _is_zero(d))


def _is_zero(t: Term) -> bool:
    """Is a constant proved to be 0?"""
    if (v := rational(t, {})) is not None:
        return v == 0
    with precision(_BITS):
        z = real_value(t, {})
        if z is None or not z.contains(0):
            return False
    try:
        return not prove_equal(t, ZERO, _NOBODY, pointwise=True).almost_everywhere
    except NotProved:
        return False


def _settled(t: Term) -> Term | None:
    """A constant term with what its switches hang on put in exactly; None where that is not known."""
    unknown = False

    def exactly(v: Term, *, whole: bool) -> Term:
        """0, or an integer, if the value is proved to be that; else as it is, if it is provably something else."""
        nonlocal unknown
        if rational(v, {}) is not None:
            return v
        with precision(_BITS):
            z = real_value(v, {})
            k = 0 if z is None or not whole else _nearest(z)
            if z is not None and not (z - k).contains(0):
                return v
        if z is None or not _is_zero(sub(v, num(k))):
            unknown = True
            return v
        return num(k)

    def go(s: Term) -> Term:
        s = map_children(s, go, go)
        if s[0] == "fn" and s[1] in ("sign", "heaviside", "abs", "floor", "ceiling"):
            return ("fn", s[1], exactly(s[2], whole=s[1] in ("floor", "ceiling")))
        return ("rel", s[1], exactly(sub(s[2], s[3]), whole=False), ZERO) if s[0] == "rel" else s

    out = go(t)
    return None if unknown else out


def _nearest(z: acb) -> int:
    k = (z.real.mid() + arb(1) / 2).floor().unique_fmpz()
    return 0 if k is None else int(k)
