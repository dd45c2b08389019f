"""Special functions at many points in double precision: by the standard library where that will do, else by balls.

Untrusted, for sifting candidates; what has no value everybody agrees on is NaN.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import sympy as sp
from flint import acb, ctx
from numpy.typing import NDArray

from symrep.checks import arith

__all__ = ["SPECIAL", "cost_of", "special"]

Array = NDArray[Any]

#: SymPy's class, and the name of the function among the balls
SPECIAL: Final[Mapping[Any, str]] = {
    sp.erf: "erf",
    sp.erfc: "erfc",
    sp.erfinv: "erfinv",
    sp.gamma: "gamma",
    sp.loggamma: "loggamma",
    sp.polygamma: "polygamma",
    sp.beta: "beta",
    sp.factorial: "factorial",
    sp.binomial: "binomial",
    sp.besseli: "besseli",
    sp.besselk: "besselk",
    sp.besselj: "besselj",
    sp.bessely: "bessely",
    sp.zeta: "zeta",
    sp.dirichlet_eta: "dirichlet_eta",
    sp.polylog: "polylog",
    sp.LambertW: "lambertw",
    sp.erfi: "erfi",
    sp.lowergamma: "lowergamma",
    sp.uppergamma: "uppergamma",
    sp.betainc: "betainc",
    sp.betainc_regularized: "betainc_regularized",
    sp.expint: "expint",
    sp.Ei: "ei",
    sp.Si: "si",
    sp.Ci: "ci",
    sp.Shi: "shi",
    sp.Chi: "chi",
    sp.factorial2: "factorial2",
    sp.harmonic: "harmonic",
    sp.RisingFactorial: "rising",
    sp.FallingFactorial: "falling",
}


def _gamma(x: float) -> float | None:
    return math.gamma(x) if 0 < x < 100 else None


def _factorial(x: float) -> float | None:
    return _gamma(x + 1)


def _log_gamma(x: float) -> float | None:
    return math.lgamma(x) if x > 0 else None


def _beta(a: float, b: float) -> float | None:
    return math.exp(math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)) if min(a, b) > 0 else None


def _binomial(n: float, k: float) -> float | None:
    if not 0 <= k <= n:
        return None
    return math.exp(math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1))


#: the same in double precision where that is easy, else None
_QUICK: Final[Mapping[str, Callable[..., float | None]]] = {
    "erf": math.erf,
    "erfc": math.erfc,
    "gamma": _gamma,
    "loggamma": _log_gamma,
    "factorial": _factorial,
    "beta": _beta,
    "binomial": _binomial,
}
#: in the units of a sheet's effort, some 10 ns
_QUICKLY: Final = 50
_SLOWLY: Final = 1500
#: beyond this an argument is not worth its time
_FAR: Final = 1e4
_BITS: Final = 80
_ENOUGH: Final = 1e-12


def cost_of(kind: Any, count: int) -> int:
    """The effort that ``count`` values may cost."""
    return count * (_QUICKLY if SPECIAL[kind] in _QUICK else _SLOWLY)


def special(kind: Any, args: list[Array]) -> Array:
    """The values of a function of :data:`SPECIAL` at arrays that broadcast against each other."""
    name = SPECIAL[kind]
    quick = _QUICK.get(name)
    rows = np.broadcast_arrays(*args)
    shape = rows[0].shape
    lists = [_plain(r.ravel()) for r in rows]
    known: dict[tuple[Any, ...], complex] = {}  # along one axis of a grid the arguments are often the same
    out = []
    for at in zip(*lists, strict=True):
        value = known.get(at)
        if value is None:
            value = known[at] = _value(name, quick, at)
        out.append(value)
    values = np.array(out, dtype=np.complex128).reshape(shape)
    return values.real if not values.imag.any() else values


def _plain(row: Array) -> list[Any]:
    if np.iscomplexobj(row):
        return row.real.tolist() if not row.imag.any() else row.tolist()
    listed: list[Any] = row.tolist()
    return listed


def _value(name: str, quick: Callable[..., float | None] | None, at: tuple[Any, ...]) -> complex:
    if not all(abs(a) <= _FAR for a in at):
        return complex(math.nan)
    try:
        if quick is not None and not any(isinstance(a, complex) for a in at):
            value = quick(*at)
            if value is not None:
                return complex(value)
        return _ball(name, at)
    except (ValueError, ZeroDivisionError, OverflowError, TypeError):
        return complex(math.nan)


def _ball(name: str, at: tuple[Any, ...]) -> complex:
    before = ctx.prec
    try:
        for bits in (_BITS, 4 * _BITS):
            ctx.prec = bits
            z = _of_balls(name, [acb(a.real, a.imag) if isinstance(a, complex) else acb(a) for a in at])
            if not z.is_finite():
                continue
            middle = complex(z)
            if float(z.real.rad()) + float(z.imag.rad()) <= _ENOUGH * abs(middle) + 1e-300:
                return middle
    finally:
        ctx.prec = before
    return complex(math.nan)


def _of_balls(name: str, args: list[acb]) -> acb:
    if name == "harmonic":
        return (args[0] + 1).digamma() + arith.constant("euler_gamma")
    if name == "rising":
        return (args[0] + args[1]).gamma() * args[0].rgamma()
    if name == "falling":
        return (args[0] + 1).gamma() * (args[0] - args[1] + 1).rgamma()
    return arith.apply(name, args, False)
