"""Numbers for terms, with mpmath: shares nothing with what it tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import mpmath

__all__ = ["number"]

FUNCTIONS: dict[str, Any] = {
    **{
        name: getattr(mpmath, name)
        for name in "exp log sin cos tan sinh cosh tanh asinh atan atanh erf gamma loggamma digamma sign beta".split()
    },
    "abs": abs,
    "polygamma": lambda n, x: mpmath.polygamma(int(n), x),
    "factorial": mpmath.factorial,
    "binomial": mpmath.binomial,
}
CONSTANTS = {"pi": mpmath.pi, "e": mpmath.e, "euler_gamma": mpmath.euler}


def number(t: Any, at: Mapping[str, Any]) -> Any:
    """The value where the symbols have the given ones."""
    head = t[0]
    if head == "num":
        return mpmath.mpf(t[1]) / t[2]
    if head == "sym":
        return at[t[1]]
    if head == "const":
        return +CONSTANTS[t[1]]
    if head == "inf":
        return t[1] * mpmath.inf
    if head in ("add", "mul"):
        return (mpmath.fsum if head == "add" else mpmath.fprod)([number(c, at) for c in t[1:]])
    if head == "pow":
        return mpmath.power(number(t[1], at), number(t[2], at))
    if head == "fn":
        return FUNCTIONS[t[1]](*(number(c, at) for c in t[2:]))
    if head in ("sum", "product"):
        ((k, lo, hi),) = t[2:]
        low, high = int(number(lo, at)), int(number(hi, at))
        items = [number(t[1], {**at, k: mpmath.mpf(i)}) for i in range(low, high + 1)]
        return (mpmath.fsum if head == "sum" else mpmath.fprod)(items)
    raise ValueError(head)
