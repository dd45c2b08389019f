"""Double-exponential nodes and weights over an interval cut in pieces: tanh-sinh inside, exp-sinh to infinity."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

H = 1 / 24


def pieces(low: float, high: float, cuts: Sequence[float]) -> list[tuple[Any, Any]]:
    """(nodes, weights) of each piece between neighbours of low, cuts …, high."""
    ends = [low, *cuts, high]
    width = max(np.diff(cuts), default=1.0) or 1.0
    return [_piece(a, b, width) for a, b in pairwise(ends)]


def _piece(a: float, b: float, width: float) -> tuple[Any, Any]:
    if np.isfinite(a) and np.isfinite(b):
        t = np.arange(-3.4, 3.4, H)
        u = np.pi / 2 * np.sinh(t)
        share = 1 / (1 + np.exp(-2 * u))  # from the left end
        x = np.where(share < 0.5, a + (b - a) * share, b - (b - a) / (1 + np.exp(2 * u)))
        w = H * (b - a) * np.pi / 2 * np.cosh(t) * 2 * share * (1 - share)
        keep = (x > a) & (x < b)
        return x[keep], w[keep]
    t = np.arange(-3.6, 4.2, H)
    far = width * np.exp(np.pi / 2 * np.sinh(t))
    w = H * np.pi / 2 * np.cosh(t) * far
    return (a + far, w) if np.isfinite(a) else (b - far, w)
