"""The value of a term at a point, by mpmath: the second opinion of the benchmarks.

It shares nothing with ``symrep/checks`` (which works with python-flint's balls): neither code nor library. Its answers
are numbers with rounding errors, so nothing is concluded from one precision alone; see ``points.compare``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import mpmath as mp

__all__ = ["Undefined", "Value", "binds", "holds", "value"]

Term = tuple[Any, ...]
Value = Any  # mpf or mpc


class Undefined(Exception):
    """There is no value here, or none that rounding leaves any doubt about."""


@dataclass(frozen=True)
class Mode:
    """``grid``: which cuts of integrals. ``strict``: refuse what loses a number beyond recall, as 1 + 1e-90 does at 40
    digits; off inside integrals and sums, where tails are lost rightly.
    """

    grid: int = 0
    strict: bool = True


_CONSTANTS = {"pi": mp.pi, "e": mp.e, "euler_gamma": mp.euler, "catalan": mp.catalan, "i": mp.mpc(0, 1)}

#: most terms of a finite sum or product that are added up one by one
MOST_TERMS = 400


def binds(t: Term) -> bool:
    """Is there an integral, sum or product in the term?"""
    return t[0] in ("integral", "sum", "product") or any(binds(c) for c in t if isinstance(c, tuple) and c)


def value(t: Term, point: Mapping[str, Fraction | complex], digits: int, grid: int = 0) -> Value:
    """The value at the point, computed with ``digits`` decimal digits. Integrals are cut at other places for another
    ``grid``, so that two grids make two independent approximations.

    Raises:
        Undefined: it has no value, or the evaluator knows none.
    """
    with mp.workdps(digits):
        env = {k: _exact(v) for k, v in point.items()}
        try:
            out = _go(t, env, Mode(grid))
        except (ZeroDivisionError, ValueError, OverflowError, TypeError, ArithmeticError, mp.libmp.NoConvergence) as e:
            raise Undefined(str(e)) from e
        if not mp.isfinite(out):
            raise Undefined("not finite")
        return out * 1


def _exact(v: Fraction | complex) -> Value:
    """At the present precision; a complex number of Python's would go on being computed with 53 bits."""
    return mp.mpf(v.numerator) / v.denominator if isinstance(v, Fraction) else mp.mpc(v)


def holds(c: Term, point: Mapping[str, Fraction | complex], digits: int = 40) -> bool:
    """Does a condition hold at the point?"""
    with mp.workdps(digits):
        env = {k: _exact(v) for k, v in point.items()}
        try:
            return _condition(c, env, Mode())
        except (ZeroDivisionError, ValueError, OverflowError, TypeError, ArithmeticError) as e:
            raise Undefined(str(e)) from e


def _go(t: Term, env: Mapping[str, Value], mode: Mode) -> Value:
    head = t[0]
    if head == "num":
        return mp.mpf(t[1]) if t[2] == 1 else mp.mpf(t[1]) / t[2]
    if head == "sym":
        if t[1] not in env:
            raise Undefined(f"no value for {t[1]}")
        return env[t[1]]
    if head == "const":
        if t[1] not in _CONSTANTS:
            raise Undefined(f"no value for {t[1]}")
        return _CONSTANTS[t[1]] * 1
    if head == "add":
        parts = [_go(c, env, mode) for c in t[1:]]
        if mode.strict:
            most = max(map(abs, parts)) * _faint()
            if any(v != 0 and abs(v) < most for v in parts):
                raise Undefined("a term too small to be seen")
        out = parts[0]
        for v in parts[1:]:
            out = out + v
        return out
    if head == "mul":
        out = _go(t[1], env, mode)
        for c in t[2:]:
            out = out * _go(c, env, mode)
        return out
    if head == "pow":
        return _power(_go(t[1], env, mode), t[2], env, mode)
    if head == "fn":
        if t[1] not in FUNCTIONS:
            raise Undefined(f"no value for {t[1]}")
        arguments = [_go(c, env, mode) for c in t[2:]]
        if mode.strict and t[1] in _CUT:
            for v in arguments:
                _off_the_axes(v)
        out = FUNCTIONS[t[1]](*arguments)
        if mode.strict and (not mp.isfinite(out) or (out == 0 and t[1] == "exp")):
            raise Undefined("out of range")
        if mode.strict and t[1] not in _STEPS:
            _keeps(FUNCTIONS[t[1]], arguments, out)
        return out
    if head == "piecewise":
        for condition, case in t[1:]:
            if _condition(condition, env, mode):
                return _go(case, env, mode)
        raise Undefined("no case of a piecewise holds")
    if head == "diff":
        return mp.diff(lambda v: _go(t[1], {**env, t[2]: v}, replace(mode, strict=False)), env[t[2]])
    if head == "integral":
        return _integral(t[1], t[2:], env, mode)
    if head in ("sum", "product"):
        return _sum(head, t, env, mode)
    raise Undefined(f"no value for {head}")


def _power(b: Value, e: Term, env: Mapping[str, Value], mode: Mode) -> Value:
    if e[0] == "num" and e[2] == 1:
        if abs(e[1]) > 10**6:
            raise Undefined("a huge power")
        return b ** e[1]
    if mode.strict:
        _off_the_axes(b)
    if e == ("num", 1, 2):
        return mp.sqrt(b)
    p = _go(e, env, mode)
    if b == 0:
        if mp.re(p) > 0:
            return mp.mpf(0)
        if p == 0:
            return mp.mpf(1)
        raise Undefined("0 to a power that is not positive")
    if abs(p * mp.log(abs(b))) > 10**5:
        raise Undefined("a huge power")
    out = b**p
    if mode.strict and e[0] != "num" and p != 0 and b != 1:
        _keeps(lambda x, y: x**y, [b, p], out)
    return out


def _off_the_axes(v: Value) -> None:
    """exp(log(-1)) is -1 and a speck of imaginary part, which rounding makes: where a function has its cut, the speck
    would choose the side, the same one at every precision.
    """
    small = min(abs(mp.re(v)), abs(mp.im(v)))
    if 0 < small < abs(v) * mp.mpf(10) ** (-mp.mp.dps // 2):
        raise Undefined("perhaps on a cut")


def _keeps(f: Callable[..., Value], arguments: list[Value], out: Value) -> None:
    """Can the arguments be told from the value? exp(1e-90) is 1 at 40 digits, and erf(20) too: rounding hid what they
    were, and what is computed from that is rubbish that does not even move with the precision. So the value has to move
    with each argument.
    """
    nudge = 1 + mp.mpf(2) ** -10
    for i, v in enumerate(arguments):
        if v != 0:
            moved = f(*arguments[:i], v * nudge, *arguments[i + 1 :])
            if abs(moved - out) <= abs(out) * _faint():
                raise Undefined("an argument that rounding hides")


def _faint() -> Value:
    """Relative size below which too few digits are left."""
    return mp.mpf(10) ** (-3 * mp.mp.dps // 4)


# --- conditions and what jumps ------------------------------------------------------------------------------------


def _real(*vs: Value) -> None:
    if any(isinstance(v, mp.mpc) and v.imag != 0 for v in vs):
        raise Undefined("an order of complex numbers")


def _clear(v: Value) -> Value:
    """The value, if rounding cannot have moved it across 0."""
    _real(v)
    v = mp.re(v)
    if not mp.isfinite(v) or (v != 0 and abs(v) < mp.mpf(10) ** (-mp.mp.dps // 2)):
        raise Undefined("too near a jump")
    return v


def _condition(c: Term, env: Mapping[str, Value], mode: Mode) -> bool:
    head = c[0]
    if head == "true":
        return True
    if head == "not":
        return not _condition(c[1], env, mode)
    if head == "and":
        return all(_condition(x, env, mode) for x in c[1:])
    if head == "or":
        return any(_condition(x, env, mode) for x in c[1:])
    a, b = _go(c[2], env, mode), _go(c[3], env, mode)
    if c[1] in ("==", "!="):
        d = a - b
        if d != 0 and abs(d) < mp.mpf(10) ** (-mp.mp.dps // 2):
            raise Undefined("too near an equality")
        return bool(d == 0) is (c[1] == "==")
    d = _clear(a - b)
    return bool({"<": d < 0, "<=": d <= 0, ">": d > 0, ">=": d >= 0}[c[1]])


def _sign(v: Value) -> Value:
    if isinstance(v, mp.mpc) and v.imag != 0:
        return v / abs(v)
    return mp.sign(_clear(v))


def _heaviside(v: Value) -> Value:
    return (1 + mp.sign(_clear(v))) / 2


def _rounded(down: bool) -> Callable[[Value], Value]:
    def go(v: Value) -> Value:
        _real(v)
        v = mp.re(v)
        _clear(v - mp.nint(v))
        return mp.floor(v) if down else mp.ceil(v)

    return go


def _extreme(pick: Callable[..., Value]) -> Callable[..., Value]:
    def go(*vs: Value) -> Value:
        _real(*vs)
        return pick(*[mp.re(v) for v in vs])

    return go


def _whole(v: Value) -> bool:
    return not (isinstance(v, mp.mpc) and v.imag != 0) and mp.re(v) == mp.nint(mp.re(v))


def _binomial(n: Value, k: Value) -> Value:
    if _whole(k) and 0 <= mp.re(k) <= 60:
        return mp.fprod((n - j) / (j + 1) for j in range(int(mp.re(k))))
    if _whole(n) and mp.re(n) < 0:
        raise Undefined("binomials of negative integers are a matter of convention")
    return mp.binomial(n, k)


def _polygamma(n: Value, v: Value) -> Value:
    if not _whole(n) or n < 0 or n > 30:
        raise Undefined("polygamma of that order")
    return mp.psi(int(n), v)


def _gamma(f: Callable[[Value], Value]) -> Callable[[Value], Value]:
    def go(v: Value) -> Value:
        if abs(v) > 10**6:
            raise Undefined("a huge argument")
        return f(v)

    return go


def _exp(v: Value) -> Value:
    """Infinite for huge arguments, which is out of range; only under an integral 1/(1 + exp(…)) is 0 then."""
    if mp.re(v) > 10**5:
        _real(v)
        return mp.inf
    return mp.mpf(0) if mp.re(v) < -(10**5) else mp.exp(v)


def _log(v: Value) -> Value:
    if v == 0:
        raise Undefined("log 0")
    return mp.log(v)


#: functions of few values, and those whose further arguments are integers
_STEPS = frozenset(
    "sign heaviside floor ceiling min max polygamma factorial2 arg re im besselj bessely binomial".split()
)

#: functions with cuts, all on the axes
_CUT = frozenset(
    "log arg asin acos atan asinh acosh atanh lambertw ei ci chi expint loggamma polylog besselk bessely".split()
)

#: names as in ``symrep.term`` or, for functions that are not there (yet), as in SymPy
FUNCTIONS: dict[str, Callable[..., Value]] = {
    **{n: getattr(mp, n) for n in "sin cos tan asin acos atan asinh acosh atanh erf erfc erfinv".split()},
    **{n: getattr(mp, n) for n in "besseli besselj besselk bessely airyai airybi polylog zeta expint".split()},
    "sinh": lambda v: (_exp(v) - _exp(-v)) / 2 if abs(v) > 10**5 else mp.sinh(v),
    "cosh": lambda v: (_exp(v) + _exp(-v)) / 2 if abs(v) > 10**5 else mp.cosh(v),
    "tanh": mp.tanh,
    "exp": _exp,
    "log": _log,
    "abs": abs,
    "sign": _sign,
    "heaviside": _heaviside,
    "floor": _rounded(True),
    "ceiling": _rounded(False),
    "min": _extreme(min),
    "max": _extreme(max),
    "gamma": _gamma(mp.gamma),
    "loggamma": _gamma(mp.loggamma),
    "factorial": _gamma(lambda v: mp.gamma(v + 1)),
    "digamma": _gamma(lambda v: mp.psi(0, v)),
    "polygamma": _polygamma,
    "beta": lambda a, b: _gamma(mp.gamma)(a) * _gamma(mp.gamma)(b) / _gamma(mp.gamma)(a + b),
    "binomial": _binomial,
    "lambertw": mp.lambertw,
    "ei": mp.ei,
    "si": mp.si,
    "ci": mp.ci,
    "shi": mp.shi,
    "chi": mp.chi,
    "erfi": mp.erfi,
    "dirichlet_eta": mp.altzeta,
    "factorial2": _gamma(mp.fac2),
    "lowergamma": lambda s, v: mp.gammainc(s, 0, v),
    "uppergamma": lambda s, v: mp.gammainc(s, v),
    "betainc": lambda a, b, u, v: mp.betainc(a, b, u, v),
    "betainc_regularized": lambda a, b, u, v: mp.betainc(a, b, u, v, regularized=True),
    "re": mp.re,
    "im": mp.im,
    "conjugate": mp.conj,
    "arg": mp.arg,
}


# --- integrals and sums -------------------------------------------------------------------------------------------

#: two ways to cut the line; quadrature on them errs in different ways
_CUTS = ((-30, -8, -3, -1, 0, 1, 3, 8, 30), (-50, -11, -5, "-1.7", "-0.6", 0, "0.6", "1.7", 5, 11, 50))


def _end(t: Term, env: Mapping[str, Value], mode: Mode) -> Value:
    if t[0] == "inf":
        return mp.inf if t[1] > 0 else -mp.inf
    return _go(t, env, mode)


def _integral(body: Term, limits: tuple[Term, ...], env: Mapping[str, Value], mode: Mode) -> Value:
    """By tanh-sinh on pieces; nothing is promised of the error, so callers compare two grids."""
    (x, low, high), rest = limits[-1], limits[:-1]
    if len(limits) > 2 or (rest and binds(body)):
        raise Undefined("an integral over many variables")
    a, b = _end(low, env, mode), _end(high, env, mode)
    _real(a, b)
    turned = a > b
    if turned:
        a, b = b, a
    cuts = [a, *(c for c in map(mp.mpf, _CUTS[mode.grid]) if a < c < b), b]
    if a > -mp.inf and b < mp.inf:
        cuts = [a + (b - a) * k / (3 + mode.grid) for k in range(4 + mode.grid)]

    loose = replace(mode, strict=False)

    def f(v: Value) -> Value:
        inner = {**env, x: v}
        return _integral(body, rest, inner, loose) if rest else _go(body, inner, loose)

    out = mp.quad(f, cuts, maxdegree=4)
    return -out if turned else out


def _sum(head: str, t: Term, env: Mapping[str, Value], mode: Mode) -> Value:
    x, low, high = t[2]
    a = _end(low, env, mode)
    if not _whole(a):
        raise Undefined("a limit that is no integer")

    def f(k: Value) -> Value:
        return _go(t[1], {**env, x: mp.mpf(k)}, replace(mode, strict=False))

    if high[0] == "inf":
        if head == "product":
            raise Undefined("an infinite product")
        return _series(f, int(a), mode.grid)
    b = _go(high, env, mode)
    if not _whole(b) or b - a > MOST_TERMS or b < a - 1:
        raise Undefined("limits that are no integers, far apart, or the wrong way round")
    parts = [f(k) for k in range(int(a), int(b) + 1)]
    return mp.fsum(parts) if head == "sum" else mp.fprod(parts)


def _series(f: Callable[[Value], Value], start: int, grid: int) -> Value:
    """Added up until the terms have long been negligible and shrink geometrically; else no value."""
    total, small, k = mp.mpf(0), 0, start
    most = 600 + 300 * grid
    while k < start + most:
        term = f(k)
        total += term
        small = small + 1 if abs(term) <= abs(total) * mp.eps * mp.mpf("1e-2") else 0
        k += 1
        if small >= 12 + 6 * grid:
            return total
    raise Undefined("a series that converges too slowly")
