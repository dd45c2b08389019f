"""Special functions on complex balls, on SymPy's branches; not-a-number on cuts, at poles, and where a ball meets one.

As in :mod:`symrep.checks.arith`: with ``analytic`` the function has to be analytic on the whole ball, without it the
result encloses the values at the real points of the ball.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from flint import acb, arb, ctx, fmpz

from symrep.checks.bessel import bessel_k

__all__ = ["SPECIAL"]

NAN: Final = acb("nan")
Ball = acb
Value = Callable[[list[acb], bool], acb]
#: orders and the like beyond it are not worth the time
LARGE: Final = 10**5
#: and of polylogarithms
LARGE_ORDER: Final = 200
#: an argument of a Bessel function that is best expanded at infinity
FAR: Final = 64


def _whole(z: acb) -> int | None:
    """The integer ``z`` is exactly, or None."""
    if not z.imag.is_zero() or not z.real.is_exact():
        return None
    n = z.real.unique_fmpz()
    return int(n) if n is not None else None


def _off(z: acb, edge: int, side: int, analytic: bool, closed: bool = False) -> bool:
    """Is the ball off the cut that runs from ``edge`` to ±∞ (side ±1) on the real axis?

    ``closed``: the edge itself belongs to the domain.
    """
    if not z.imag.contains(0):
        return True
    gap = (z.real - edge) * -side
    return bool(gap > 0) or (closed and not analytic and z.imag.is_zero() and bool(gap.is_zero()))


def _real(z: acb, *xs: acb) -> acb:
    """A value known to be real at real arguments, without its imaginary rounding."""
    return acb(z.real) if all(x.imag.is_zero() for x in xs) else z


def _moderate(*zs: acb) -> bool:
    return all(bool(abs(z) < LARGE) for z in zs)


# --- incomplete gamma and beta, exponential integrals -----------------------------------------------------------------


def _uppergamma(args: list[acb], analytic: bool) -> acb:
    s, x = args
    n = _whole(s)
    if not _moderate(s):
        return NAN
    if x.is_zero():
        return s.gamma() if bool(s.real > 0) else NAN
    if n is not None and n > 0:
        return _real(x.gamma_upper(s), x)
    return _real(x.gamma_upper(s), s, x) if _off(x, 0, -1, analytic) else NAN


def _lowergamma(args: list[acb], analytic: bool) -> acb:
    s, x = args
    n = _whole(s)
    if not _moderate(s) or (n is not None and n <= 0):
        return NAN
    if x.is_zero():
        return acb(0) if bool(s.real > 0) else NAN
    if n is not None:
        return _real(x.gamma_lower(s), x)
    return _real(x.gamma_lower(s), s, x) if _off(x, 0, -1, analytic) else NAN


def _expint(args: list[acb], analytic: bool) -> acb:
    s, x = args
    n = _whole(s)
    if not _moderate(s):
        return NAN
    if x.is_zero():
        return 1 / (s - 1) if bool(s.real > 1) else NAN
    if n is not None and n <= 0:
        return _real(x.expint(s), x)
    return _real(x.expint(s), s, x) if _off(x, 0, -1, analytic) else NAN


def _from_zero(x: acb, a: acb, b: acb, analytic: bool) -> acb:
    """∫₀ˣ t^(a−1) (1−t)^(b−1) dt for 0 ≤ x ≤ 1."""
    if x.is_zero():
        return acb(0) if bool(a.real > 0) else NAN
    if not analytic and bool((x - 1).is_zero()):
        return a.gamma() * b.gamma() * (a + b).rgamma() if bool(a.real > 0) and bool(b.real > 0) else NAN
    if not (bool(a.real > 0) and _off(x, 0, -1, analytic) and _off(x, 1, 1, analytic)):
        return NAN
    return _real(x.beta_lower(a, b), x, a, b)


def _betainc(args: list[acb], analytic: bool) -> acb:
    a, b, low, high = args
    if not _moderate(a, b):
        return NAN
    return _from_zero(high, a, b, analytic) - _from_zero(low, a, b, analytic)


def _betainc_regularized(args: list[acb], analytic: bool) -> acb:
    a, b = args[:2]
    return _betainc(args, analytic) * a.rgamma() * b.rgamma() * (a + b).gamma()


def _right_half(f: Callable[[acb], acb]) -> Value:
    """On the plane without the negative half-line and 0."""
    return lambda args, analytic: _real(f(args[0]), args[0]) if _off(args[0], 0, -1, analytic) else NAN


def _entire(f: Callable[[acb], acb]) -> Value:
    return lambda args, analytic: _real(f(args[0]), args[0])


def _ei(args: list[acb], analytic: bool) -> acb:
    """Real for real x ≠ 0; elsewhere cut along the negative half-line."""
    x = args[0]
    if x.imag.is_zero() and not analytic:
        return acb(x.ei().real) if not x.real.contains(0) else NAN
    return x.ei() if _off(x, 0, -1, analytic) else NAN


# --- Bessel -----------------------------------------------------------------------------------------------------------


def _bessel(name: str) -> Value:
    second = name in ("bessel_y", "bessel_k")

    def value(args: list[acb], analytic: bool) -> acb:
        order, z = args
        n = _whole(order)
        if not _moderate(order):
            return NAN
        if z.is_zero():
            if second:
                return NAN
            return acb(1) if n == 0 else acb(0) if n is not None or bool(order.real > 0) else NAN
        if not (n is not None and not second) and not _off(z, 0, -1, analytic):
            return NAN
        with _enough(z):
            found = bessel_k(order, z) if name == "bessel_k" else getattr(z, name)(order)
            return _real(found, order, z)

    return value


@contextmanager
def _enough(z: acb) -> Iterator[None]:
    """Fewer bits for a large argument, where the asymptotic series gives about 2.9 |z| of them at once, and the others
    take minutes."""
    old, size = ctx.prec, float(abs(z).mid())
    if size > FAR and old > 2.5 * size:
        ctx.prec = int(2.5 * size)
    try:
        yield
    finally:
        ctx.prec = old


# --- ζ, Li, W ---------------------------------------------------------------------------------------------------------


def _zeta(args: list[acb], analytic: bool) -> acb:
    s = args[0]
    if len(args) == 1:
        return _real(s.zeta(), s) if _moderate(s) else NAN
    a = args[1]
    if not bool(a.real > 0) or not _moderate(s, a):
        return NAN
    return _real(s.zeta(a), s, a)


def _polylog(args: list[acb], analytic: bool) -> acb:
    s, z = args
    n = _whole(s)
    if not bool(abs(s) < LARGE_ORDER):
        return NAN
    if not analytic and bool((z - 1).is_zero()):
        return _real(s.zeta(), s) if bool(s.real > 1) else NAN
    if n is not None and n <= 0:
        return _real(z.polylog(s), z)
    return _real(z.polylog(s), s, z) if _off(z, 1, 1, analytic) else NAN


def _lambertw(args: list[acb], analytic: bool) -> acb:
    z = args[0]
    edge = -acb(-1).exp()
    if not z.imag.contains(0) or bool(z.real > edge.real):
        return _real(z.lambertw(), z)
    return NAN


def _double_factorial(args: list[acb], analytic: bool) -> acb:
    """N!! for integers n ≥ −1 alone."""
    n = _whole(args[0])
    if n is None or analytic or not -1 <= n <= 2000:
        return NAN
    out = fmpz(1)
    while n > 1:
        out, n = out * n, n - 2
    return acb(out)


# --- parts of complex numbers -----------------------------------------------------------------------------------------


def _part(f: Callable[[acb], acb]) -> Value:
    """Analytic nowhere: of a ball in the complex plane no quadrature can use it."""

    def value(args: list[acb], analytic: bool) -> acb:
        z = args[0]
        return NAN if analytic and not z.imag.is_zero() else f(z)

    return value


def _argument(args: list[acb], analytic: bool) -> acb:
    z = args[0]
    if z.imag.is_zero():
        return acb(0) if bool(z.real > 0) else acb(arb.pi()) if bool(z.real < 0) and not analytic else NAN
    if analytic or (z.imag.contains(0) and not bool(z.real > 0)):
        return NAN
    return acb(z.arg())


SPECIAL: Final[Mapping[str, Value]] = {
    "uppergamma": _uppergamma,
    "lowergamma": _lowergamma,
    "expint": _expint,
    "betainc": _betainc,
    "betainc_regularized": _betainc_regularized,
    "erfi": _entire(lambda z: z.erfi()),
    "ei": _ei,
    "si": _entire(lambda z: z.si()),
    "shi": _entire(lambda z: z.shi()),
    "ci": _right_half(lambda z: z.ci()),
    "chi": _right_half(lambda z: z.chi()),
    "besselj": _bessel("bessel_j"),
    "bessely": _bessel("bessel_y"),
    "besseli": _bessel("bessel_i"),
    "besselk": _bessel("bessel_k"),
    "zeta": _zeta,
    "dirichlet_eta": _entire(lambda z: z.dirichlet_eta()),
    "polylog": _polylog,
    "lambertw": _lambertw,
    "factorial2": _double_factorial,
    "re": _part(lambda z: acb(z.real)),
    "im": _part(lambda z: acb(z.imag)),
    "conjugate": _part(lambda z: acb(z.real, -z.imag)),
    "arg": _argument,
}
