"""Two sides at one point: provably different, apparently different, in agreement to so many bits, or undecided."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Final, final

from flint import acb, arb

from symrep.checks.evaluate import Report, evaluate_complex, precision
from symrep.checks.faults import OutOfTime, Unevaluable
from symrep.checks.instances import Instance
from symrep.clock import now
from symrep.term import Term, contains, walk

__all__ = ["HEAVY", "Outcome", "Pair", "compare", "decimals", "is_heavy", "relate"]

#: heads that need quadrature, root finding or summation
HEAVY = ("integral", "expect", "expect_each", "push")


@final
class Outcome(Enum):
    DIFFERENT = "provably different"
    APART = "apparently different"
    AGREE = "agree"
    OPEN = "not separated, not tight"
    HALF = "one side has no value"
    NONE = "no value"


@final
@dataclass(frozen=True)
class Pair:
    """What was found at one point."""

    outcome: Outcome
    lhs: acb | None = None
    rhs: acb | None = None
    bits: int = 0
    gap: float = 0.0
    prec: int = 0
    report: Report = field(default_factory=Report)


def is_heavy(*terms: Term) -> bool:
    """Does evaluation need more than arithmetic?"""
    return any(contains(t, HEAVY) or any(s[0] == "sum" and s[2][2][0] == "inf" for s in walk(t)) for t in terms)


def decimals(z: acb | arb, gap: float = 0.0) -> str:
    """A decimal enclosure, long enough to show a relative difference of ``gap``."""
    more = int(-math.log10(gap)) if 0 < gap < 1 else 0
    return str(z.str(12 + more))


def side(
    t: Term,
    point: Mapping[str, Fraction],
    functions: Mapping[str, Instance],
    prec: int,
    deadline: float,
    report: Report,
) -> acb | None:
    """The value, or None where there is none.

    Raises:
        OutOfTime: the deadline passed.
    """
    if now() > deadline:
        raise OutOfTime
    try:
        return evaluate_complex(t, point, functions, prec, deadline, report)
    except (Unevaluable, ZeroDivisionError, OverflowError, ValueError, RecursionError):
        return None


def _magnitude(*zs: acb) -> arb:
    out = arb(0)
    for z in zs:
        out = out.max(arb(abs(z).lower()))
    return out


#: more agreement than anybody asks for
_MOST: Final = 1e6


def _agreement(left: acb, right: acb, report: Report) -> int:
    """−log2 of the relative difference that cannot be excluded; of the difference over the size of what was summed up
    when both sides may be 0.
    """
    worst = arb(abs(left - right).upper())
    if bool(worst == 0):
        return 10**6
    size = _magnitude(left, right)
    if not bool(size > 0):
        size = arb(report.scale) if report.quadrature and report.scale > 0 else arb(1)
        # an absolute statement: only half of the digits count
        return _bits((size / worst).log().mid(), 1.3863)
    return _bits((size / worst).log().lower(), 0.6932)


def _bits(log: arb, unit: float) -> int:
    """Log/unit as an integer, for numbers beyond floats too: exp(exp(40)) is one."""
    value = float(log)
    if math.isnan(value):
        return 0
    return int(min(max(value, -_MOST), _MOST) / unit)


def compare(
    lhs: Term,
    rhs: Term,
    point: Mapping[str, Fraction],
    functions: Mapping[str, Instance],
    deadline: float,
    *,
    precs: tuple[int, ...] = (64, 256, 1024),
    wanted: int = 100,
    real: bool = False,
) -> Pair:
    """Evaluate at rising precision until the balls separate or agree to ``wanted`` bits.

    Args:
        real: values that are not real count as no value.
    """
    last = Pair(Outcome.NONE)
    for prec in precs:
        report = Report()
        left = side(lhs, point, functions, prec, deadline, report)
        right = side(rhs, point, functions, prec, deadline, report)
        if real:
            left = left if left is not None and left.imag.is_zero() else None
            right = right if right is not None and right.imag.is_zero() else None
        if left is None and right is None:
            return Pair(Outcome.NONE)
        if left is None or right is None:
            last = Pair(Outcome.HALF, left, right)
            continue
        with precision(prec):
            if not left.overlaps(right):
                gap = abs(left - right)
                size = float(gap.mid() / arb(abs(left).upper()).max(arb(abs(right).upper())))
                if report.rigorous:
                    return Pair(Outcome.DIFFERENT, left, right, 0, size, prec, report)
                error = left.real.rad() + right.real.rad() + left.imag.rad() + right.imag.rad()
                if bool(gap.mid() > error * 10**6) and size > 1e-7:
                    return Pair(Outcome.APART, left, right, 0, size, prec, report)
                last = Pair(Outcome.OPEN, left, right, 0, size, prec, report)
                continue
            bits = _agreement(left, right, report)
        last = Pair(Outcome.AGREE if bits >= wanted else Outcome.OPEN, left, right, bits, 0.0, prec, report)
        if bits >= wanted:
            return last
    return last


def relate(op: str, pair_left: acb, pair_right: acb) -> bool | None:
    """Does ``left op right`` hold provably (True), fail provably (False), or neither (None)? Real balls."""
    d = pair_left.real - pair_right.real
    positive, negative, zero = bool(d > 0), bool(d < 0), bool(d.is_zero())
    nonneg, nonpos = bool(d >= 0), bool(d <= 0)
    table = {
        "<": (negative, nonneg),
        "<=": (nonpos, positive),
        ">": (positive, nonpos),
        ">=": (nonneg, negative),
        "==": (zero, positive or negative),
        "!=": (positive or negative, zero),
    }
    holds, fails = table[op]
    return True if holds else False if fails else None
