"""Known functions of known arguments, each through its constructor, and no number too large to be written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import sympy as sp

__all__ = ["KNOWN", "TooLarge", "power", "product"]

MAX_BITS: Final = 12_000
MAX_COUNT: Final = 2_000


class TooLarge(Exception):
    """A constant with more digits than anybody can want."""


def _bits(v: Any) -> int:
    return max(int(v.p).bit_length(), int(v.q).bit_length())


def power(base: Any, exponent: Any) -> Any:
    """base**exponent.

    Raises:
        TooLarge: a number with too many digits.
    """
    if isinstance(base, sp.Rational) and isinstance(exponent, sp.Rational) and abs(base) not in (0, 1):
        if (_bits(base) - 1) * abs(exponent) > MAX_BITS:
            raise TooLarge
    elif (isinstance(exponent, sp.Integer) and abs(exponent) > MAX_BITS) or (
        isinstance(exponent, sp.Rational) and _bits(exponent) > MAX_BITS
    ):
        raise TooLarge
    return sp.Pow(base, exponent)


def product(parts: list[Any]) -> Any:
    """The product; numbers are counted together."""
    total = 0
    for p in parts:
        if isinstance(p, sp.Rational):
            total += _bits(p)
    if total > MAX_BITS:
        raise TooLarge
    return sp.Mul(*parts)


def _counted(f: Callable[..., Any], most: int = MAX_COUNT) -> Callable[..., Any]:
    """A function that turns small numbers into long ones."""

    def run(*args: Any) -> Any:
        for a in args:
            if a.is_number and not a.free_symbols and (not isinstance(a, sp.Rational) or abs(a) > most or a.q > most):
                if isinstance(a, sp.Rational):
                    raise TooLarge
                return f(*args, evaluate=False)
        return f(*args)

    return run


def _compared(f: Callable[..., Any]) -> Callable[..., Any]:
    """A function whose constructor compares numbers: constants that are no rationals it is not asked to compare."""

    def run(*args: Any) -> Any:
        if any(not a.free_symbols and not isinstance(a, sp.Rational) for a in args):
            return f(*args, evaluate=False)
        return f(*args)

    return run


def _exp(x: Any) -> Any:
    """exp(x); no constant tower of exponentials, whose digits nobody can count."""
    if not x.free_symbols and any(e.args[0].has(sp.exp) for e in x.atoms(sp.exp)):
        raise TooLarge
    return sp.exp(x)


def _polygamma(n: Any, x: Any) -> Any:
    return _counted(sp.polygamma, 100)(n, x)


#: name in trees -> (fewest arguments, most, constructor)
KNOWN: Final[Mapping[str, tuple[int, int, Callable[..., Any]]]] = {
    **{
        n: (1, 1, getattr(sp, n))
        for n in "log sin cos tan sinh cosh tanh asin acos atan asinh acosh atanh acot "
        "asec acsc acoth asech acsch erf erfc erfi erfinv sinc Ei Si Ci Shi Chi li".split()
    },
    # the engine knows these by what they are made of
    "sec": (1, 1, lambda x: 1 / sp.cos(x)),
    "csc": (1, 1, lambda x: 1 / sp.sin(x)),
    "cot": (1, 1, lambda x: sp.cos(x) / sp.sin(x)),
    "sech": (1, 1, lambda x: 1 / sp.cosh(x)),
    "csch": (1, 1, lambda x: 1 / sp.sinh(x)),
    "coth": (1, 1, lambda x: sp.cosh(x) / sp.sinh(x)),
    "exp": (1, 1, _exp),
    "sqrt": (1, 1, sp.sqrt),
    "abs": (1, 1, _compared(sp.Abs)),
    "sign": (1, 1, _compared(sp.sign)),
    "floor": (1, 1, _compared(sp.floor)),
    "floor_": (1, 1, _compared(sp.floor)),
    "ceil": (1, 1, _compared(sp.ceiling)),
    "ceiling": (1, 1, _compared(sp.ceiling)),
    "frac": (1, 1, _compared(sp.frac)),
    "max": (1, 6, _compared(sp.Max)),
    "min": (1, 6, _compared(sp.Min)),
    "relu": (1, 1, lambda x: sp.Max(0, x)),
    "atan2": (2, 2, sp.atan2),
    "arg": (1, 1, sp.arg),
    "Re": (1, 1, sp.re),
    "Im": (1, 1, sp.im),
    "gamma": (1, 1, _counted(sp.gamma)),
    "uppergamma": (2, 2, _counted(sp.uppergamma, 100)),
    "lowergamma": (2, 2, _counted(sp.lowergamma, 100)),
    "beta": (2, 2, _counted(sp.beta, 100)),
    "lgamma": (1, 1, lambda x: sp.log(_counted(sp.gamma)(x))),
    "digamma": (1, 1, lambda x: _polygamma(sp.S.Zero, x)),
    "trigamma": (1, 1, lambda x: _polygamma(sp.S.One, x)),
    "polygamma": (2, 2, _polygamma),
    "zeta": (1, 1, _counted(sp.zeta, 100)),
    "besseli": (2, 2, _counted(sp.besseli, 100)),
    "besselj": (2, 2, _counted(sp.besselj, 100)),
    "besselk": (2, 2, _counted(sp.besselk, 100)),
    "bessely": (2, 2, _counted(sp.bessely, 100)),
    "expint": (2, 2, _counted(sp.expint, 100)),
    "betainc_regularized": (3, 3, lambda x, a, b: sp.betainc_regularized(a, b, 0, x)),
    "factorial": (1, 1, _counted(sp.factorial)),
    "factorial2": (1, 1, _counted(sp.factorial2)),
    "binomial": (2, 2, _counted(sp.binomial)),
    "softplus": (1, 1, lambda x: sp.log(1 + sp.exp(x))),
    "sigmoid": (1, 1, lambda x: 1 / (1 + sp.exp(-x))),
    "expit": (1, 1, lambda x: 1 / (1 + sp.exp(-x))),
    "logit": (1, 1, lambda x: sp.log(x / (1 - x))),
}
