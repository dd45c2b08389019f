r"""A constant that is said to be about a decimal number, π ≈ 3.14: right to the last digit that is shown, or not.

What is written has to be the value rounded or cut off there. Of anything else that is about equal nothing is said.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Final

import sympy as sp

from symrep.checking.judging import judge
from symrep.checking.model import Finding, Link, Place
from symrep.checking.spans import whole
from symrep.checking.worth import guarded
from symrep.errors import SymrepError
from symrep.verdict import Status

__all__ = ["NO_BOUND", "approximately", "in_decimals", "nearly", "rounds"]

NO_BOUND: Final = "an approximation is no equality; write the bound you mean"
_DECIMAL: Final = re.compile(r"\s*(?P<number>-?[0-9]{1,15}\.(?P<digits>[0-9]{1,15}))\s*[.,;]?\s*")
_SCIENTIFIC: Final = re.compile(
    r"\s*-?[0-9]\.[0-9]{1,15}\s*(?:\\times|\\cdot)\s*10\s*\^\s*(?:\{\s*-?[0-9]{1,3}\s*\}|[0-9])\s*[.,;]?\s*"
)
_NUMBER: Final = re.compile(r"[0-9]+\.[0-9]+")
_DIGITS: Final = 4
#: rounded numbers show so many figures at least; how many numbers are looked at in a side
_FIGURES: Final = 3
_MOST: Final = 6
_GOOD: Final = (Status.PROVED, Status.SUPPORTED)
_FAILS: Final = (SymrepError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def rounds(left: Place, right: Place) -> bool:
    """Is it a constant beside a decimal number?"""
    if _DECIMAL.fullmatch(right.latex) is None or left.tree is None or not isinstance(left.parsed.expr, sp.Expr):
        return False
    return not left.parsed.expr.free_symbols


def approximately(link: Link, text: str, seconds: float) -> Finding:
    """What becomes of it. ``text``: the body of the formula."""
    m = _DECIMAL.fullmatch(link.right.latex)
    value = link.left.parsed.expr
    if m is None or not isinstance(value, sp.Expr) or value.free_symbols:
        return Finding("not_checked", NO_BOUND)
    told = _DECIMAL.fullmatch(link.left.latex)
    digits = len(m["digits"]) if told is None else min(len(m["digits"]), len(told["digits"]))
    written = sp.Rational(m["number"])
    low, high = _range(written, digits, told is None)
    try:
        if status := _within(low, value, high, seconds):
            return Finding(status, "holds", "right to the digits shown", notes=("rounded or cut off",))
        if not any(x in _GOOD for x in (_order(value, "<", low, seconds), _order(high, "<", value, seconds))):
            return Finding("not_checked", NO_BOUND)
        for base in (2, 10) if value.has(sp.log) else ():
            other = value.replace(lambda e: isinstance(e, sp.log), lambda e, b=base: e / sp.log(b))
            if low <= other.evalf(30) <= high:
                return Finding("not_checked", f"right if the logarithm is to the base {base}: write it")
        number = Decimal(str(value.evalf(len(str(written)) + digits + 20)))
        right = str(number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN))
        again = _within(*_around(right, digits, value), seconds)
    except _FAILS:
        return Finding("not_checked", NO_BOUND)
    shown = str(number)[: digits + 6 + str(number).index(".")]
    out = Finding("refuted", "unequal", f"it is {shown}…, which is {right} to so many digits")
    out.witness = {"point": {}, "lhs": shown, "rhs": m["number"], "functions": {}, "of": ""}
    if not again:
        return out
    out.diagnosis = {"text": "", "corrected_latex": right, "corrected_status": again}
    start, end = whole(text, link.right.start, link.right.end)
    at = text.find(m["number"], start, end)
    out.fix = {"start": at, "end": at + len(m["number"]), "latex": right} if at >= 0 else None
    return out


def nearly(link: Link) -> bool:
    """Do two constants differ by no more than the decimal numbers in them were rounded by?

    A number after the sign counts with the digits it shows, others where they show four at least: 0.25 is a quarter.
    """
    a, b = link.left.parsed.expr, link.right.parsed.expr
    if not all(isinstance(x, sp.Expr) and not x.free_symbols for x in (a, b)):
        return False
    share = sp.Integer(0)
    for place in (link.left, link.right):
        alone = (
            place is link.right and (_DECIMAL.fullmatch(place.latex) or _SCIENTIFIC.fullmatch(place.latex)) is not None
        )
        for m in _NUMBER.finditer(place.latex):
            shown = m[0].replace(".", "").lstrip("0")
            if shown and (len(shown) >= _DIGITS or alone):
                share += sp.Rational(1, 2 * int(shown))
    try:
        apart, size = abs((a - b).evalf(30)), abs(b.evalf(30))
        return bool(share > 0 and apart < size * share)
    except _FAILS:
        return False


def in_decimals(link: Link) -> bool:
    r"""Is a constant without decimals worked out in rounded ones, ``\sqrt{15^2/36 + 20^2/49} = \sqrt{6.25 + 8.16}``?

    No further off than half a unit of the last digit of each number that is written takes it, to first order.
    """
    a, b = link.left.parsed.expr, link.right.parsed.expr
    latex = link.right.latex
    if not all(isinstance(x, sp.Expr) and not x.free_symbols for x in (a, b)):
        return False
    found = list(_NUMBER.finditer(latex))
    if not 2 <= len(found) <= _MOST or _NUMBER.search(link.left.latex) or not link.right.variants:
        return False
    try:
        value, reach = b.evalf(30), sp.Integer(0)
        for m in found:
            digits = len(m[0].partition(".")[2])
            if len(m[0].replace(".", "").lstrip("0")) < _FIGURES:
                continue
            moved = sp.Rational(m[0]) + sp.Rational(1, 2 * 10**digits)
            there = guarded(
                f"{latex[: m.start()]}{float(moved):.{digits + 1}f}{latex[m.end() :]}", link.right.variants[0][0]
            )
            if not isinstance(there, sp.Expr) or there.free_symbols:
                return False
            reach += abs(there.evalf(30) - value)
        return bool(0 < abs(a.evalf(30) - value) <= reach)
    except _FAILS:
        return False


def _range(written: Any, digits: int, cut: bool) -> tuple[Any, Any]:
    """The values that are this when rounded or, if ``cut``, cut off to so many digits; zero is both of either sign."""
    unit = sp.Rational(1, 10**digits)
    low, high = written - unit / 2, written + unit / 2
    return (written - unit if cut and written <= 0 else low), (written + unit if cut and written >= 0 else high)


def _around(right: str, digits: int, value: Any) -> tuple[Any, Any, Any]:
    low, high = _range(sp.Rational(right), digits, False)
    return low, value, high


def _within(low: Any, value: Any, high: Any, seconds: float) -> str:
    """The status of low ≤ value ≤ high; empty if it is not shown."""
    both = {_order(low, "<=", value, seconds), _order(value, "<=", high, seconds)}
    if not both <= set(_GOOD):
        return ""
    return "proved" if both == {Status.PROVED} else "supported"


def _order(a: Any, op: str, b: Any, seconds: float) -> Status | None:
    """What is known of an order of two constants."""
    return judge(a, op, b, "", (), seconds).status
