"""The named functions on complex balls, with the real meaning symrep gives them.

Every function takes its ball arguments and a flag ``analytic``. With the flag set the caller (rigorous quadrature)
needs the function to be analytic on the whole ball, and gets a non-finite ball otherwise. Without it the result
encloses the values at every real point of the ball. Where computer algebra systems disagree about a branch (inverse
functions outside their real domain, log-gamma at negative numbers) the answer is not-a-number: such a point decides
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flint import acb, arb, fmpz

from symrep.checks.cantor import CANTOR
from symrep.checks.special_values import SPECIAL

__all__ = ["MAX_POWER", "NAN", "UNARY", "apply", "constant", "integer_of", "power", "relation"]

NAN: Final = acb("nan")
#: exponents below it are taken as integers
MAX_POWER: Final = 10**6
Ball = acb
Unary = Callable[[acb, bool], acb]


def integer_of(z: acb) -> int | None:
    """The integer ``z`` is exactly, or None."""
    if not z.imag.is_zero() or not z.real.is_exact():
        return None
    n = z.real.unique_fmpz()
    return int(n) if n is not None else None


def constant(name: str) -> acb:
    if name == "pi":
        return acb(arb.pi())
    if name == "e":
        return acb(arb.const_e())
    if name == "euler_gamma":
        return acb(arb.const_euler())
    if name == "catalan":
        return acb(arb.const_catalan())
    return acb(0, 1)


def relation(op: str, d: acb, analytic: bool) -> bool | None:
    """Does ``d op 0`` hold for the real part all over the ball? On a complex ball around a real segment a strict sign
    of the real part means the same branch on the segment.
    """
    if not d.is_finite() or not d.imag.contains(0):
        return None
    r = d.real
    if bool(r > 0):
        return op in (">", ">=", "!=")
    if bool(r < 0):
        return op in ("<", "<=", "!=")
    if d.is_zero() and not analytic:
        return op in ("<=", ">=", "==")
    return None


def _real_axis(z: acb) -> bool:
    return bool(z.imag.contains(0))


def _inside(z: acb, lo: int | None, hi: int | None, analytic: bool) -> bool:
    """Is the ball away from the cuts outside (lo, hi) on the real axis?"""
    if not _real_axis(z):
        return True
    ok_lo = lo is None or bool(z.real > lo) or (not analytic and z.real.is_exact() and bool(z.real >= lo))
    ok_hi = hi is None or bool(z.real < hi) or (not analytic and z.real.is_exact() and bool(z.real <= hi))
    return ok_lo and ok_hi


def _guarded(real: Callable[[arb], arb], f: Callable[[acb], acb], lo: int | None, hi: int | None) -> Unary:
    def g(z: acb, analytic: bool) -> acb:
        if z.imag.is_zero() and not analytic:
            return acb(real(z.real)) if _inside(z, lo, hi, False) else NAN
        return f(z) if _inside(z, lo, hi, analytic) else NAN

    return g


def _off_imaginary_cut(f: Callable[[acb], acb]) -> Unary:
    def g(z: acb, analytic: bool) -> acb:
        if z.imag.is_zero() or not z.real.contains(0) or bool(abs(z.imag) < 1):
            return f(z)
        return NAN

    return g


def _plain(f: Callable[[acb], acb]) -> Unary:
    return lambda z, analytic: f(z)


def _abs(z: acb, analytic: bool) -> acb:
    if not _real_axis(z):
        return NAN if analytic else acb(abs(z))
    if not analytic and not z.imag.is_zero():
        return acb(abs(z))
    return z.real_abs(analytic=analytic)


def _step(f: Callable[[acb, bool], acb]) -> Unary:
    def g(z: acb, analytic: bool) -> acb:
        return f(z, analytic) if _real_axis(z) else NAN

    return g


def _log(z: acb, analytic: bool) -> acb:
    return z.log(analytic=analytic)


def _erfinv(z: acb, analytic: bool) -> acb:
    if analytic or not z.imag.is_zero() or not bool(abs(z.real) < 1):
        return NAN
    return acb(z.real.erfinv())


def _log_gamma(z: acb, analytic: bool) -> acb:
    if _real_axis(z) and not bool(z.real > 0):
        return NAN
    return z.lgamma()


def _exp(z: acb, analytic: bool) -> acb:
    return z.exp()


UNARY: Final[Mapping[str, Unary]] = {
    "exp": _exp,
    "log": _log,
    "abs": _abs,
    "sign": _step(lambda z, a: z.real_sgn(analytic=a)),
    "heaviside": _step(lambda z, a: z.real_heaviside(analytic=a)),
    "floor": _step(lambda z, a: z.real_floor(analytic=a)),
    "ceiling": _step(lambda z, a: z.real_ceil(analytic=a)),
    "sin": _plain(lambda z: z.sin()),
    "cos": _plain(lambda z: z.cos()),
    "tan": _plain(lambda z: z.tan()),
    "asin": _guarded(lambda x: x.asin(), lambda z: z.asin(), -1, 1),
    "acos": _guarded(lambda x: x.acos(), lambda z: z.acos(), -1, 1),
    "atan": _off_imaginary_cut(lambda z: z.atan()),
    "sinh": _plain(lambda z: z.sinh()),
    "cosh": _plain(lambda z: z.cosh()),
    "tanh": _plain(lambda z: z.tanh()),
    "asinh": _off_imaginary_cut(lambda z: z.asinh()),
    "acosh": _guarded(lambda x: x.acosh(), lambda z: z.acosh(), 1, None),
    "atanh": _guarded(lambda x: x.atanh(), lambda z: z.atanh(), -1, 1),
    "erf": _plain(lambda z: z.erf()),
    "erfc": _plain(lambda z: z.erfc()),
    "erfinv": _erfinv,
    "gamma": _plain(lambda z: z.gamma()),
    "loggamma": _log_gamma,
    "digamma": _plain(lambda z: z.digamma()),
    "factorial": _plain(lambda z: (z + 1).gamma()),
    **CANTOR,
}


def _polygamma(args: list[acb]) -> acb:
    m = integer_of(args[0])
    if m is None or m < 0 or m > 50:
        return NAN
    return args[1].digamma() if m == 0 else args[1].polygamma(acb(m))


def _binomial(args: list[acb]) -> acb:
    n, k = args
    ni, ki = integer_of(n), integer_of(k)
    if ni is not None and ki is not None:
        if abs(ni) > 10**5 or ki > 10**5:
            return NAN
        if ni < 0:  # (−1)^k C(k − n − 1, k); 0 for negative k
            return acb((-1) ** ki * fmpz.bin_uiui(ki - ni - 1, ki)) if ki >= 0 else acb(0)
        return acb(fmpz.bin_uiui(ni, ki)) if 0 <= ki <= ni else acb(0)
    if ki is not None and -(10**5) < ki < 200:  # a polynomial in n
        return acb(0) if ki < 0 else _falling(n, ki)
    if bool(n.real > -1):
        return (n + 1).gamma() * (k + 1).rgamma() * (n - k + 1).rgamma()
    return NAN


def _falling(n: acb, k: int) -> acb:
    """n(n − 1)…(n − k + 1)/k!."""
    out = acb(1)
    for j in range(k):
        out = out * (n - j) / (j + 1)
    return out


def apply(name: str, args: list[acb], analytic: bool) -> acb:
    """The value of a named function; not-a-number where it has none that everybody agrees on."""
    if name in UNARY:
        return UNARY[name](args[0], analytic)
    if name in ("min", "max"):
        if not all(_real_axis(a) for a in args):
            return NAN
        out = args[0]
        for a in args[1:]:
            out = out.real_max(a, analytic=analytic) if name == "max" else out.real_min(a, analytic=analytic)
        return out
    if name == "beta":
        a, b = args
        return a.gamma() * b.gamma() * (a + b).rgamma()
    if name == "polygamma":
        return _polygamma(args)
    if name == "binomial":
        return _binomial(args)
    return SPECIAL[name](args, analytic) if name in SPECIAL else NAN


def power(b: acb, e: acb, analytic: bool) -> acb:
    """b**e on the principal branch; 0**e is 0 for e > 0 and 1 for e = 0."""
    n = integer_of(e)
    if n is not None and abs(n) < MAX_POWER:
        return b**n
    if b.is_zero():
        return acb(0) if bool(e.real > 0) else NAN
    if b.imag.is_zero() and not analytic and bool(b.real > 0) and e.imag.is_zero():
        return acb(b.real**e.real)
    out = b.pow(e, analytic=analytic)
    if not analytic and not out.is_finite() and b.is_finite() and e.imag.is_zero() and bool(e.real > 0):
        bound = arb(abs(b).upper()) ** e.real  # |b**e| = |b|**e for real e, 0 included
        return acb(arb(0, bound.upper()), arb(0, bound.upper()))
    return out


def real_ball(z: acb) -> arb | None:
    """The real ball of ``z`` when its imaginary part is exactly zero and it is finite."""
    return z.real if z.is_finite() and z.imag.is_zero() else None
