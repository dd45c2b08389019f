"""How large a constant is, before anybody computes it: 10**10**10 is refused where it stands."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Final

from symrep.term import Term

__all__ = ["MAX_BITS", "TooLarge", "rational"]

#: of a numerator or denominator
MAX_BITS: Final = 12_000


class TooLarge(Exception):
    """A constant with more digits than anybody can want."""


def rational(t: Term, parts: list[Fraction | None]) -> Fraction | None:
    """The value of a term whose parts have these values, when it is a rational constant; None when it is not.

    Raises:
        TooLarge: it is, and too large to be written down.
    """
    if t[0] == "num":
        return Fraction(t[1], t[2])
    values = [p for p in parts if p is not None]
    if not values or (len(values) == 1 < len(parts)):  # one constant among other things is no larger than it was
        return None
    known = bool(parts) and len(values) == len(parts)
    if t[0] in ("add", "mul"):  # the constants in a longer row are counted together too
        out = Fraction(0 if t[0] == "add" else 1)
        for v in values:
            out = _checked(out + v if t[0] == "add" else out * v)
        return out if known else None
    if not known:
        return None
    if t[0] == "pow":
        return _power(*values)
    return _function(t[1], values) if t[0] == "fn" else None


def _bits(v: Fraction) -> int:
    return max(v.numerator.bit_length(), v.denominator.bit_length())


def _checked(v: Fraction) -> Fraction:
    if _bits(v) > MAX_BITS:
        raise TooLarge
    return v


def _power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if abs(base) in (0, 1):
        return None if base == 0 or exponent.denominator != 1 else base ** (exponent.numerator % 2)
    if (_bits(base) - 1) * abs(exponent) > MAX_BITS:
        raise TooLarge
    return _checked(base ** int(exponent)) if exponent.denominator == 1 else None


def _function(name: str, values: list[Fraction]) -> Fraction | None:
    """Functions that turn small numbers into long ones; of their values only those of factorials are known here."""
    largest = max(abs(v) for v in values)
    if name in ("factorial", "gamma") and largest > 1 and largest * math.log2(largest) > MAX_BITS:
        raise TooLarge
    if name == "binomial":
        top, bottom = abs(values[0]) + 1, min(abs(values[1]), abs(values[0] - values[1]))
        if bottom > MAX_BITS or bottom * math.log2(top) > MAX_BITS:
            raise TooLarge
    if name in ("polygamma", "beta") and largest > MAX_BITS:
        raise TooLarge
    if name == "factorial" and values[0].denominator == 1 and values[0] >= 0:
        return Fraction(math.factorial(int(values[0])))
    return None
