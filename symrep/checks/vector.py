"""Terms on floating-point arrays, for sampling and tensor rules only: fast, and never a proof."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from symrep.checks.derive import OPAQUE, derive
from symrep.checks.faults import Unevaluable
from symrep.term import Term

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
else:
    Array = Any

__all__ = ["Array", "vector"]


def _lifted(f: Callable[[float], float]) -> Callable[[Any], Any]:
    import numpy as np

    def safe(x: float) -> float:
        try:
            return f(float(x))
        except (ValueError, OverflowError):
            return math.nan

    return np.vectorize(safe, otypes=[float])


def _functions() -> Mapping[str, Callable[..., Any]]:
    import numpy as np

    plain: dict[str, Callable[..., Any]] = {
        "exp": np.exp,
        "log": np.log,
        "abs": np.abs,
        "sign": np.sign,
        "heaviside": lambda x: np.heaviside(x, 0.5),
        "sin": np.sin,
        "cos": np.cos,
        "tan": np.tan,
        "asin": np.arcsin,
        "acos": np.arccos,
        "atan": np.arctan,
        "sinh": np.sinh,
        "cosh": np.cosh,
        "tanh": np.tanh,
        "asinh": np.arcsinh,
        "acosh": np.arccosh,
        "atanh": np.arctanh,
        "floor": np.floor,
        "ceiling": np.ceil,
        "erf": _lifted(math.erf),
        "erfc": _lifted(math.erfc),
        "gamma": _lifted(math.gamma),
        "loggamma": _lifted(lambda v: math.lgamma(v) if v > 0 else math.nan),
        "factorial": _lifted(lambda v: math.gamma(v + 1)),
    }
    return plain


def vector(t: Term, values: Mapping[str, Any]) -> Any:
    """The values of ``t`` where symbols are numbers or arrays; NaN where it has none.

    Raises:
        Unevaluable: a head or function this does not do.
    """
    import numpy as np

    table = _functions()

    def cond(c: Term) -> Any:
        if c[0] == "true":
            return np.True_
        if c[0] == "rel":
            a, b = go(c[2]), go(c[3])
            ops: dict[str, Callable[[Any, Any], Any]] = {
                "<": np.less,
                "<=": np.less_equal,
                ">": np.greater,
                ">=": np.greater_equal,
                "==": np.equal,
                "!=": np.not_equal,
            }
            return ops[c[1]](a, b)
        if c[0] == "not":
            return np.logical_not(cond(c[1]))
        if c[0] not in ("and", "or"):
            raise Unevaluable(f"condition {c[0]}")
        out = cond(c[1])
        for s in c[2:]:
            out = np.logical_and(out, cond(s)) if c[0] == "and" else np.logical_or(out, cond(s))
        return out

    def function(s: Term) -> Any:
        name, args = s[1], [go(a) for a in s[2:]]
        if name in table:
            return table[name](*args)
        if name in ("min", "max"):
            pick = np.minimum if name == "min" else np.maximum
            out = args[0]
            for a in args[1:]:
                out = pick(out, a)
            return out
        if name == "beta":
            g = table["loggamma"]
            return np.exp(g(args[0]) + g(args[1]) - g(args[0] + args[1]))
        raise Unevaluable(f"{name} on arrays")

    def go(s: Term) -> Any:
        head = s[0]
        if head == "num":
            return s[1] / s[2]
        if head == "sym":
            if s[1] not in values:
                raise Unevaluable(f"no value for {s[1]}")
            return values[s[1]]
        if head == "const":
            return {"pi": math.pi, "e": math.e, "euler_gamma": 0.57721566490153286, "catalan": 0.915965594177219}[s[1]]
        if head == "add":
            out = go(s[1])
            for c in s[2:]:
                out = out + go(c)
            return out
        if head == "mul":
            out = go(s[1])
            for c in s[2:]:
                out = out * go(c)
            return out
        if head == "pow":
            e = go(s[2])
            return np.power(np.asarray(go(s[1]), dtype=float), e)
        if head == "fn":
            return function(s)
        if head == "piecewise":
            conds = [cond(c) for c, _ in s[1:]]
            vals = [go(v) for _, v in s[1:]]
            out = np.asarray(math.nan)
            for c, v in zip(reversed(conds), reversed(vals), strict=True):
                out = np.where(c, v, out)
            return out
        if head == "diff" and s[1][0] not in OPAQUE:
            return go(derive(s[1], s[2]))
        raise Unevaluable(f"{head} on arrays")

    with np.errstate(all="ignore"):
        return go(t)
