"""The value of a term in float64, as a test suite would compute it. None where there is none."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping
from typing import Any

import mpmath as mp

__all__ = ["value"]

Term = tuple[Any, ...]


def value(t: Term, point: Mapping[str, Any]) -> complex | None:
    try:
        out = _go(t, {k: v if isinstance(v, complex) else float(v) for k, v in point.items()})
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return None
    return out if cmath.isfinite(out) else None


def _either(real: Callable[[float], float], other: Callable[[complex], complex]) -> Callable[[Any], Any]:
    def go(v: Any) -> Any:
        if isinstance(v, complex):
            return other(v)
        try:
            return real(v)
        except ValueError:
            return other(complex(v))

    return go


def _sign(v: float) -> float:
    return (v > 0) - (v < 0)


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{
        n: _either(getattr(math, n), getattr(cmath, n))
        for n in "exp log sin cos tan asin acos atan sinh cosh tanh".split()
    },
    **{n: _either(getattr(math, n), getattr(cmath, n)) for n in "asinh acosh atanh".split()},
    "abs": abs,
    "sign": _sign,
    "heaviside": lambda v: (1 + _sign(v)) / 2,
    "floor": math.floor,
    "ceiling": math.ceil,
    "min": min,
    "max": max,
    "erf": math.erf,
    "erfc": math.erfc,
    "erfinv": lambda v: float(mp.fp.mpf(mp.erfinv(v))),
    "gamma": math.gamma,
    "loggamma": math.lgamma,
    "factorial": lambda v: math.gamma(v + 1),
    "digamma": lambda v: mp.fp.psi(0, v),
    "polygamma": lambda n, v: mp.fp.psi(int(n), v),
    "beta": lambda a, b: math.exp(math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)),
    "binomial": lambda n, k: math.gamma(n + 1) / math.gamma(k + 1) / math.gamma(n - k + 1),
    "besseli": lambda n, v: mp.fp.besseli(n, v),
    "besselj": lambda n, v: mp.fp.besselj(n, v),
    "besselk": lambda n, v: mp.fp.besselk(n, v),
    "zeta": lambda v: mp.fp.zeta(v),
    "polylog": lambda s, v: mp.fp.polylog(s, v),
}


def _go(t: Term, env: Mapping[str, Any]) -> Any:
    head = t[0]
    if head == "num":
        return t[1] / t[2]
    if head == "sym":
        return env[t[1]]
    if head == "const":
        return {"pi": math.pi, "e": math.e, "euler_gamma": 0.5772156649015329, "i": 1j}[t[1]]
    if head == "inf":
        return math.inf * t[1]
    if head == "add":
        return sum(_go(c, env) for c in t[1:])
    if head == "mul":
        return math.prod(_go(c, env) for c in t[1:])
    if head == "pow":
        return _go(t[1], env) ** _go(t[2], env)
    if head == "fn":
        return _FUNCTIONS[t[1]](*[_go(c, env) for c in t[2:]])
    if head == "piecewise":
        return next(_go(case, env) for condition, case in t[1:] if _holds(condition, env))
    if head == "diff":
        h = 1e-6 * max(1.0, abs(env[t[2]]))
        up, down = ({**env, t[2]: env[t[2]] + s * h} for s in (1, -1))
        return (_go(t[1], up) - _go(t[1], down)) / (2 * h)
    if head == "integral":
        (x, low, high), rest = t[2], t[3:]
        if rest:
            raise ValueError("one variable only")
        from scipy.integrate import quad

        return quad(lambda v: _go(t[1], {**env, x: v}), _go(low, env), _go(high, env))[0]
    if head in ("sum", "product"):
        x, low, high = t[2]
        a, b = _go(low, env), min(_go(high, env), _go(low, env) + 2000)
        parts = (_go(t[1], {**env, x: float(k)}) for k in range(int(a), int(b) + 1))
        return math.fsum(parts) if head == "sum" else math.prod(parts)
    raise ValueError(f"no value for {head}")


def _holds(c: Term, env: Mapping[str, Any]) -> bool:
    head = c[0]
    if head == "true":
        return True
    if head == "not":
        return not _holds(c[1], env)
    if head in ("and", "or"):
        return (all if head == "and" else any)(_holds(x, env) for x in c[1:])
    a, b = _go(c[2], env), _go(c[3], env)
    return bool({"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a == b, "!=": a != b}[c[1]])
