"""Formulas computed on numpy arrays; log(1 + ·), exp(·) − 1 and log(1 + exp(·)) by functions that keep their digits."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import sympy as sp

from symrep.errors import BadInput

__all__ = ["lambdified", "run"]

#: SymPy's special functions that scipy has and numpy has not
_SCIPY: Final = (
    *(sp.erf, sp.erfc, sp.erfinv, sp.erfcinv, sp.gamma, sp.loggamma, sp.lowergamma, sp.uppergamma, sp.polygamma),
    *(sp.LambertW, sp.beta, sp.betainc, sp.betainc_regularized, sp.besseli, sp.besselk),
)


def run(expr: Any, variable: Any, x: Any) -> Any:
    """The expression at numbers, float64.

    Raises:
        BadInput: it contains other symbols, or functions of scipy's where that is not installed.
    """
    import numpy as np

    extra = expr.free_symbols - {variable}
    if extra:
        raise BadInput("numbers", "numbers for every parameter", f"the symbols {', '.join(sorted(map(str, extra)))}")
    x = np.asarray(x, dtype=complex if np.iscomplexobj(x) else float)
    with np.errstate(all="ignore"):
        return np.broadcast_to(np.asarray(lambdified(expr, (variable,))(x)), x.shape)


@lru_cache(maxsize=512)
def lambdified(expr: Any, variables: tuple[Any, ...]) -> Callable[..., Any]:
    """A numpy function of the variables."""
    plain = {v: sp.Dummy() for v in variables}
    careful = _careful(expr.xreplace(plain))
    modules: list[Any] = [{"logaddexp": _logaddexp}, "numpy"]
    if any(expr.has(f) for f in _SCIPY):
        try:
            import scipy.special  # noqa: F401
        except ImportError as e:
            raise BadInput(
                "numbers", "scipy, for its special functions", "none installed", "pip install symrep[scipy]"
            ) from e
        modules.insert(1, "scipy")
    function: Callable[..., Any] = sp.lambdify(list(plain.values()), careful, modules=modules)
    return function


def _logaddexp(a: Any, b: Any) -> Any:
    """Log(e^a + e^b) without overflow; numpy's own has no complex values."""
    import numpy as np

    if not np.iscomplexobj(a) and not np.iscomplexobj(b):
        return np.logaddexp(a, b)
    high = np.where(np.real(a) > np.real(b), a, b)
    return high + np.log1p(np.exp(a + b - 2 * high))


def _careful(expr: Any) -> Any:
    from sympy.codegen.cfunctions import expm1, log1p
    from sympy.codegen.numpy_nodes import logaddexp

    def logarithm(arg: Any) -> Any:
        rest = arg - 1
        if arg.is_Add and sp.S.One in arg.args:
            if isinstance(rest, sp.exp):
                return logaddexp(sp.S.Zero, rest.args[0])
            return log1p(rest)
        return sp.log(arg)

    expr = expr.replace(sp.log, logarithm)
    for sign in (1, -1):
        expr = expr.replace(
            lambda e, sign=sign: (
                e.is_Add and -sp.Integer(sign) in e.args and any(isinstance(sign * a, sp.exp) for a in e.args)
            ),
            lambda e, sign=sign: _exponential(e, sign, expm1),
        )
    return expr


def _exponential(e: Any, sign: int, expm1: Any) -> Any:
    first = next(a for a in e.args if isinstance(sign * a, sp.exp))
    return e - first + sign + sign * expm1((sign * first).args[0])
