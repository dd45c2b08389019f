"""Values of SymPy trees at many points at once, in double precision: fast and untrusted, for sifting candidates.

Two readings of a binder. ``pointwise``: expectations, sums and integrals that are all the same functional are replaced
by their body (times a weight), so that an edit inside can be located; otherwise they are added up. What
has no value of its own here (an image density, a derivative of an expectation) gets values made from its text.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, Final, final

import mpmath
import numpy as np
import sympy as sp
from numpy.typing import NDArray

from symrep.distribution import Pushforward
from symrep.notation import Binder, Density, Derivative_, Divergence, Expectation, Variance
from symrep.repair.grids import JUMPS, KINKS, breakpoints, nodes
from symrep.rules.base import pointwise_derivative
from symrep.symbols import Undetermined, as_expr

__all__ = ["EFFORT", "Array", "Sheet", "noise"]

Array = NDArray[np.complex128]

_UNARY: Final[Mapping[Any, Callable[[Any], Any]]] = {
    sp.exp: np.exp,
    sp.log: np.log,
    sp.Abs: np.abs,
    sp.sign: lambda x: np.sign(x.real),
    sp.sin: np.sin,
    sp.cos: np.cos,
    sp.tan: np.tan,
    sp.asin: np.arcsin,
    sp.acos: np.arccos,
    sp.atan: np.arctan,
    sp.sinh: np.sinh,
    sp.cosh: np.cosh,
    sp.tanh: np.tanh,
    sp.asinh: np.arcsinh,
    sp.acosh: np.arccosh,
    sp.atanh: np.arctanh,
    sp.floor: lambda x: np.floor(x.real),
    sp.ceiling: lambda x: np.ceil(x.real),
}
_MPMATH: Final[Mapping[Any, Callable[..., Any]]] = {
    sp.erf: mpmath.erf,
    sp.erfc: mpmath.erfc,
    sp.erfinv: mpmath.erfinv,
    sp.gamma: mpmath.gamma,
    sp.loggamma: mpmath.loggamma,
    sp.polygamma: mpmath.polygamma,
    sp.beta: mpmath.beta,
    sp.factorial: mpmath.factorial,
    sp.binomial: mpmath.binomial,
    sp.besseli: mpmath.besseli,
    sp.besselk: mpmath.besselk,
    sp.besselj: mpmath.besselj,
    sp.bessely: mpmath.bessely,
    sp.zeta: mpmath.zeta,
    sp.dirichlet_eta: mpmath.altzeta,
    sp.polylog: mpmath.polylog,
    sp.LambertW: mpmath.lambertw,
    sp.erfi: mpmath.erfi,
    sp.lowergamma: lambda s, x: mpmath.fp.gammainc(s, 0, x),
    sp.uppergamma: lambda s, x: mpmath.fp.gammainc(s, x),
    sp.betainc: mpmath.betainc,
    sp.betainc_regularized: lambda a, b, x, y: mpmath.betainc(a, b, x, y, regularized=True),
    sp.expint: mpmath.expint,
    sp.Ei: mpmath.ei,
    sp.Si: mpmath.si,
    sp.Ci: mpmath.ci,
    sp.Shi: mpmath.shi,
    sp.Chi: mpmath.chi,
    sp.harmonic: mpmath.harmonic,
    sp.factorial2: mpmath.fac2,
    sp.RisingFactorial: mpmath.rf,
    sp.FallingFactorial: mpmath.ff,
}


def _beta(a: float, b: float) -> float | None:
    return math.exp(math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)) if min(a, b) > 0 else None


def _binomial(n: float, k: float) -> float | None:
    if not 0 <= k <= n:
        return None
    return math.exp(math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1))


#: the same in double precision where that is easy, else None
_QUICK: Final[Mapping[Callable[..., Any], Callable[..., float | None]]] = {
    mpmath.erf: math.erf,
    mpmath.erfc: math.erfc,
    mpmath.gamma: lambda x: math.gamma(x) if 0 < x < 100 else None,
    mpmath.loggamma: lambda x: math.lgamma(x) if x > 0 else None,
    mpmath.factorial: lambda x: math.gamma(x + 1) if 0 <= x < 100 else None,
    mpmath.beta: _beta,
    mpmath.binomial: _binomial,
}
#: what the candidates for one line may cost, in units of some 10 ns: a count and not a clock, so that what is found
#: does not depend on how busy a machine is
EFFORT: Final = 60_000_000
_BASE: Final = 150
_QUICKLY: Final = 100
_SLOWLY: Final = 30_000
#: beyond this an argument of a special function is not worth its time
_FAR: Final = 1e4
_TERMS: Final = 120


def noise(text: str, count: int) -> NDArray[np.float64]:
    """``count`` numbers in (0.5, 2) that depend on nothing but the text."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    return 0.5 + 1.5 * np.random.default_rng(seed).random(count)


@final
class Sheet:
    """One row of values for every subtree, remembered.

    Attributes:
        symbols: what the free symbols (and, read pointwise, the bound ones) are worth.
        tolerance: the relative error to expect; grows when a quadrature was needed.
    """

    def __init__(self, symbols: Mapping[Any, Array], count: int, pointwise: bool = False) -> None:
        self.symbols = dict(symbols)
        self.count = count
        self.pointwise = pointwise
        self.tolerance = 1e-9
        self.deadline = math.inf
        #: what was spent, shared with the sheets made from this one
        self.effort = [0]
        self.shape: tuple[int, ...] = (count,)
        self._memo: dict[Any, Array] = {}

    def value(self, e: Any) -> Array:
        """The values of ``e``; NaN where it has none."""
        known = self._memo.get(e)
        if known is None:
            self.effort[0] += _BASE + math.prod(self.shape)
            with np.errstate(all="ignore"):
                known = np.asarray(self._make(e), dtype=np.complex128)
                if known.shape != self.shape:
                    known = np.broadcast_to(known, self.shape)
                known = np.where(np.isfinite(known), known, np.nan)
            self._memo[e] = known
        return known

    def with_symbols(self, more: Mapping[Any, Array]) -> Sheet:
        out = Sheet({**self.symbols, **more}, self.count, self.pointwise)
        out.shape = self.shape
        out.tolerance = self.tolerance
        out.deadline, out.effort = self.deadline, self.effort
        return out

    def spent(self, more: int = 0) -> bool:
        """Is enough spent? ``more`` is what the next candidate costs beside its values."""
        self.effort[0] += more
        return self.effort[0] > EFFORT or time.monotonic() > self.deadline

    def same(self, a: Array, b: Array) -> bool:
        """Equal, as far as these values can tell; a point where exactly one has no value speaks against it."""
        here, there = np.isfinite(a), np.isfinite(b)
        both = here & there
        if both.sum() < max(3, self.count // 3) or (here != there).sum() > self.count // 4:
            return False
        gap = np.abs(a[both] - b[both])
        return bool((gap <= self.tolerance * (np.abs(a[both]) + np.abs(b[both])) + 1e-13).all())

    # --- nodes ----------------------------------------------------------------------------------------------------

    def _make(self, e: Any) -> Any:
        if isinstance(e, sp.Symbol):
            return self.symbols.get(e, np.nan)
        if e.is_number and not e.args:
            return complex(e) if e.is_finite else np.nan
        if isinstance(e, sp.Add):
            return sum((self.value(a) for a in e.args[1:]), start=self.value(e.args[0]))
        if isinstance(e, sp.Mul):
            out = self.value(e.args[0])
            for a in e.args[1:]:
                out = out * self.value(a)
            return out
        if isinstance(e, sp.Pow):
            return self._pow(e)
        kind = type(e)
        if kind in _UNARY:
            return _UNARY[kind](self.value(e.args[0]))
        if kind in _MPMATH:
            if kind is sp.polygamma and not e.args[0].is_Integer:
                return np.nan
            return _each(_MPMATH[kind], [self.value(a) for a in e.args], self)
        if isinstance(e, sp.Heaviside):
            return np.heaviside(self.value(e.args[0]).real, 0.5)
        if isinstance(e, (sp.Max, sp.Min)):
            pick = np.maximum if isinstance(e, sp.Max) else np.minimum
            return pick.reduce([self.value(a).real for a in e.args])
        if isinstance(e, sp.Piecewise):
            out = np.full(self.shape, np.nan, dtype=np.complex128)
            for value, cond in reversed(e.args):
                out = np.where(self.condition(cond), self.value(value), out)
            return out
        if isinstance(e, Undetermined):
            return _instance(e, [self.value(a) for a in e.args])
        return self._notation(e)

    def _pow(self, e: Any) -> Any:
        base, power = self.value(e.base), self.value(e.exp)
        if e.exp.is_Integer:
            return base ** int(e.exp)
        return np.power(base, power)

    def _notation(self, e: Any) -> Any:
        if isinstance(e, Density) and not isinstance(e.law, Pushforward):
            return self.value(e.formula())
        if isinstance(e, sp.Derivative):
            return self.value(sp.diff(e.expr, *e.variable_count))
        if isinstance(e, Derivative_):
            if not e.body.has(Binder, sp.Integral, sp.Sum) and not _has_image(e.body):
                return self.value(pointwise_derivative(e.body, e.variable))
            return self._opaque(e)
        if isinstance(e, Divergence) and not any(hasattr(a, "limits") for a in e.args):
            return self.value(e.expectation())
        if isinstance(e, Variance):
            second, first = e.moments()
            return self.value(second) - self.value(first) ** 2
        if isinstance(e, Expectation):
            return self.value(e.body) if self.pointwise else self._expectation(e)
        if isinstance(e, (sp.Sum, sp.Integral)):
            if self.pointwise:
                return noise(str(e.limits), 1)[0] * self.value(e.function)
            if isinstance(e, sp.Integral) and len(e.limits) == 1 and len(e.limits[0]) == 3:
                x, low, high = e.limits[0]
                return self._integral(e.function, sp.S.One, x, low, high)
            if isinstance(e, sp.Sum) and len(e.limits) == 1 and len(self.shape) == 1 and not e.has(sp.Indexed):
                return self._sum(e.function, *e.limits[0])
        return self._opaque(e)

    def _opaque(self, e: Any) -> Any:
        if isinstance(e, sp.Indexed):
            sign = 1.0 if e.is_positive else -1.0
            rows = noise(str(e), self.count)
            rows = rows if sign > 0 else np.where(noise(f"sign {e}", self.count) > 1.25, rows, -rows)
        else:
            rows = noise(str(e), self.count)
        return rows if len(self.shape) == 1 else rows[:, None]

    def condition(self, c: Any) -> NDArray[np.bool_]:
        if c is sp.true:
            return np.ones(self.shape, dtype=bool)
        if isinstance(c, (sp.And, sp.Or)):
            parts = [self.condition(a) for a in c.args]
            joined: NDArray[np.bool_] = (np.logical_and if isinstance(c, sp.And) else np.logical_or).reduce(parts)
            return joined
        if isinstance(c, sp.Not):
            return ~self.condition(c.args[0])
        ops = {">": np.greater, "<": np.less, ">=": np.greater_equal, "<=": np.less_equal}
        op = ops.get(getattr(c, "rel_op", ""))
        if op is None:
            return np.zeros(self.shape, dtype=bool)
        return np.asarray(op(self.value(c.lhs).real, self.value(c.rhs).real), dtype=np.bool_)

    # --- binders --------------------------------------------------------------------------------------------------

    def _expectation(self, e: Any) -> Any:
        law = e.law
        body, variables = e.body, e.variables
        if isinstance(law, Pushforward) and len(law.variables) == 1 and len(variables) == 1:
            body, variables, law = body.subs(variables[0], law.images[0]), law.variables, law.base
        if isinstance(law, Pushforward) or len(variables) != 1:
            return self._opaque(e)
        if law.discrete():
            (k,), (over,) = variables, law.ranges()
            plain = len(self.shape) == 1 and not e.has(sp.Indexed)
            return self._sum(body * law.weight_at(k), k, over.low, over.high) if plain else self._opaque(e)
        (x,), support = variables, law.support()[0]
        return self._integral(body, law.density_at(x), x, as_expr(support.low), as_expr(support.high))

    def _integral(self, body: Any, weight: Any, x: Any, low: Any, high: Any) -> Any:
        if len(self.shape) > 1:
            return self._opaque(body)
        both = body * weight
        breaks = breakpoints(both, x)
        rough = 3e-2 if both.has(*JUMPS) else 2e-3 if both.has(*KINKS) else 1e-6
        self.tolerance = max(self.tolerance, rough if breaks is None else 1e-6)
        first, last = self._end(low), self._end(high)
        ends = [np.clip(self.value(c).real, np.minimum(first, last), np.maximum(first, last)) for c in breaks or ()]
        if any(np.isnan(e).any() for e in ends):
            ends = []
        rows = [first, *np.sort(np.array(ends), axis=0), last] if ends and not (first > last).any() else [first, last]
        out = np.zeros(self.count, dtype=np.complex128)
        for a, b in pairwise(rows):
            at, jac = nodes(a, b)
            inner = self._wide(x, at)
            terms = inner.value(body) * inner.value(weight) * jac
            out = out + np.where(np.isfinite(terms), terms, 0).sum(axis=1)
        return out

    def _wide(self, x: Any, at: NDArray[np.float64]) -> Sheet:
        """A sheet in which x takes the values ``at``, a row of them for each point."""
        inner = Sheet({k: np.asarray(v)[:, None] for k, v in self.symbols.items()}, self.count)
        inner.shape = at.shape
        inner.deadline, inner.effort = self.deadline, self.effort
        inner.symbols[x] = at.astype(np.complex128)
        return inner

    def _sum(self, body: Any, j: Any, low: Any, high: Any) -> Any:
        first, last = self._end(low), self._end(high)
        at = first[:, None] + np.arange(_TERMS)[None, :]
        terms = self._wide(j, at).value(body)
        inside = at <= last[:, None] + 1e-9
        if (np.isfinite(last) & (last - first >= _TERMS)).any():
            return np.nan
        out = np.where(inside, terms, 0)
        tail = np.abs(out[:, -8:]).sum(axis=1) > 1e-9 * np.abs(out).sum(axis=1)
        return np.where(tail & np.isinf(last), np.nan, out.sum(axis=1))

    def _end(self, e: Any) -> NDArray[np.float64]:
        if e in (sp.oo, -sp.oo):
            return np.full(self.count, math.inf if e is sp.oo else -math.inf)
        return self.value(e).real


def _has_image(e: Any) -> bool:
    return any(isinstance(d.law, Pushforward) for d in e.atoms(Density))


def _each(f: Callable[..., Any], rows: list[Array], sheet: Sheet) -> Array:
    quick = _QUICK.get(f)
    rows = list(np.broadcast_arrays(*rows))
    out = np.full(rows[0].shape, np.nan, dtype=np.complex128)
    for i in np.ndindex(rows[0].shape):
        args = [complex(r[i]) for r in rows]
        if sheet.spent(_QUICKLY) or max(map(abs, args)) > _FAR:
            continue
        real = [a.real for a in args]
        try:
            if quick is not None and all(a.imag == 0 for a in args) and (v := quick(*real)) is not None:
                out[i] = v
            else:
                sheet.effort[0] += _SLOWLY
                out[i] = complex(f(*(a.real if a.imag == 0 else a for a in args)))
        except (ValueError, ZeroDivisionError, OverflowError, TypeError, mpmath.libmp.NoConvergence):
            continue
    return out


def _instance(e: Any, args: list[Array]) -> Any:
    """An undetermined function as a concrete one, its derivatives with it; an inverse as the inverse."""
    spec, orders = e.spec, e.orders
    if spec.inverse is not None:
        first, second = sorted((e.symbol, spec.inverse))
        shift = noise(first + second, 1)[0]
        way = -1.0 if spec.monotone == "decreasing" else 1.0
        t, k = args[0], orders[0]
        if e.symbol == first:
            return way * (np.sinh if k % 2 == 0 else np.cosh)(t + shift)
        if k > 1:
            return np.nan
        return np.arcsinh(way * t) - shift if k == 0 else way / np.sqrt(1 + t**2)
    rates = noise(e.symbol, len(args) + 1)
    if spec.density and orders in ((0,), (1,)):
        t = args[0] - rates[0]
        return np.exp(-(t**2) / 2) / math.sqrt(2 * math.pi) * (1 if orders == (0,) else -t)
    phase = sum((a * r for a, r in zip(args, rates, strict=False)), start=np.complex128(rates[-1]))
    scale = math.prod(r**k for r, k in zip(rates, orders, strict=False))
    small = math.prod((0.3 * r) ** k for r, k in zip(rates, orders, strict=False))
    return scale * np.sin(phase + sum(orders) * math.pi / 2) + 0.3 * small * np.exp(0.3 * phase)
