"""Definite integrals of this field, each true, written by hand: (name, parameters, left, right, hypotheses, points).

Parameters are ``name:kind`` with kind r(eal), p(ositive), u(nit), n (positive integer), o (nonzero), m (negative);
points, where the default ones do not meet the hypotheses, are values in that order.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Row", "normal"]


class Row(NamedTuple):
    """One true identity."""

    name: str
    parameters: str
    lhs: str
    rhs: str
    given: tuple[str, ...] = ()
    points: tuple[tuple[str, ...], ...] = ()


def normal(x: str, m: str = "0", s: str = "1") -> str:
    """The normal density at x, as text."""
    centred = x if m == "0" else f"({x} - ({m}))"
    if s == "1":
        return f"exp(-{centred}**2/2)/sqrt(2*pi)"
    return f"exp(-{centred}**2/(2*({s})**2))/(sqrt(2*pi)*({s}))"
