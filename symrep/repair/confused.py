"""Functions that are taken for one another: sine and cosine, an error function and its complement, least and most."""

from __future__ import annotations

from typing import Any, Final

import sympy as sp

__all__ = ["twins"]

_PAIRS: Final = (
    (sp.sin, sp.cos),
    (sp.sinh, sp.cosh),
    (sp.asin, sp.acos),
    (sp.erf, sp.erfc),
    (sp.floor, sp.ceiling),
    (sp.lowergamma, sp.uppergamma),
    (sp.besseli, sp.besselk),
    (sp.besselj, sp.bessely),
    (sp.Min, sp.Max),
)
_OTHER: Final = {a: b for pair in _PAIRS for a, b in (pair, pair[::-1])}


def twins(node: Any) -> list[Any]:
    """What may have been meant by a function that is written."""
    other = _OTHER.get(getattr(node, "func", None))
    return [] if other is None else [other(*node.args)]
