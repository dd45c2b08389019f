"""Values of SymPy trees at many points at once, in double precision: fast and untrusted, for sifting candidates.

Two readings of a binder. ``pointwise``: expectations, sums and integrals that are all the same functional are replaced
by their body (times a weight), so that an edit inside can be located; otherwise they are added up. What
has no value of its own here (an image density, a derivative of an expectation) gets values made from its text.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping
from functools import reduce
from itertools import pairwise
from typing import Any, Final, final

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from symrep.clock import now
from symrep.distribution import Pushforward
from symrep.notation import Binder, Density, Derivative_, Divergence, Expectation, Variance
from symrep.repair.grids import JUMPS, KINKS, breakpoints, nodes
from symrep.repair.special import SPECIAL, cost_of, special
from symrep.rules.base import pointwise_derivative
from symrep.symbols import Undetermined, as_expr

__all__ = ["EFFORT", "Array", "Sheet", "noise"]

#: real where nothing is complex
Array = NDArray[Any]


def _complex(x: Array, outside: Array) -> Array:
    """Complex if something lies outside the domain of the real function."""
    return x.astype(np.complex128) if not np.iscomplexobj(x) and outside.any() else x


def _log(x: Array) -> Any:
    return np.log(_complex(x, x.real < 0))


def _inside(f: Callable[[Any], Any]) -> Callable[[Array], Any]:
    return lambda x: f(_complex(x, np.abs(x) > 1))


def _power(base: Array, power: Array) -> Any:
    n = power.flat[0]
    if n.imag == 0 and n == np.round(n) and abs(n) < _WHOLE and (power == n).all():
        return base ** int(n.real)
    if np.iscomplexobj(base) or np.iscomplexobj(power):
        return np.power(base.astype(np.complex128), power)
    return np.power(_complex(base, (base < 0) & (power != np.round(power))), power)


_UNARY: Final[Mapping[Any, Callable[[Any], Any]]] = {
    sp.exp: np.exp,
    sp.log: _log,
    sp.Abs: np.abs,
    sp.sign: lambda x: np.sign(x.real),
    sp.sin: np.sin,
    sp.cos: np.cos,
    sp.tan: np.tan,
    sp.asin: _inside(np.arcsin),
    sp.acos: _inside(np.arccos),
    sp.atan: np.arctan,
    sp.sinh: np.sinh,
    sp.cosh: np.cosh,
    sp.tanh: np.tanh,
    sp.asinh: np.arcsinh,
    sp.acosh: lambda x: np.arccosh(_complex(x, x.real < 1)),
    sp.atanh: _inside(np.arctanh),
    sp.floor: lambda x: np.floor(x.real),
    sp.ceiling: lambda x: np.ceil(x.real),
}
_ARITHMETIC: Final = (sp.Add, sp.Mul, sp.Pow, sp.Heaviside, sp.Max, sp.Min)
#: what the candidates for one line may cost, in units of some 10 ns: a count and not a clock, so that what is found
#: does not depend on how busy a machine is
EFFORT: Final = 60_000_000
_BASE: Final = 150
_TERMS: Final = 120
#: an exponent beyond it is no integer to multiply out
_WHOLE: Final = 1000
#: so many values are remembered before a sheet begins anew
_KEPT: Final = 6_000_000


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
        tiles: how often the points of a smaller sheet are repeated in this one.
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
        self.tiles = 1
        self._memo: dict[Any, Array] = {}
        self._held = 0
        self._fewer: Sheet | None = None
        self._inner: dict[Any, list[tuple[Sheet, Array]]] = {}

    def value(self, e: Any) -> Array:
        """The values of ``e``; NaN where it has none."""
        known = self._memo.get(e)
        if known is not None:
            return known
        with np.errstate(all="ignore"):
            return self._value(e)

    def _value(self, e: Any) -> Array:
        known = self._memo.get(e)
        if known is None:
            known = np.asarray(self._make(e))
            if known.shape != self.shape and len(self.shape) == 1:  # on a grid, what does not vary stays small
                known = np.broadcast_to(known, self.shape)
            self.effort[0] += _BASE + known.size
            if not np.isfinite(known).all():
                known = np.where(np.isfinite(known), known, np.nan)
            self._held += known.size
            if self._held > _KEPT:
                self._memo.clear()
                self._held = 0
            self._memo[e] = known
        return known

    def with_symbols(self, more: Mapping[Any, Array]) -> Sheet:
        """The same points with other values of some symbols; ``more`` may hold several rows for each, one after the
        other: then every other symbol's values are repeated.
        """
        tiles = max((len(v) // self.count for v in more.values()), default=1)
        tiled = {k: np.tile(v, tiles) for k, v in self.symbols.items()} if tiles > 1 else self.symbols
        out = Sheet({**tiled, **more}, self.count * tiles, self.pointwise)
        out.tiles = self.tiles * tiles
        out.tolerance = self.tolerance
        out.deadline, out.effort = self.deadline, self.effort
        return out

    def fewer(self, count: int) -> Sheet:
        """The first ``count`` of the points."""
        if self._fewer is None:
            self._fewer = Sheet({k: v[:count] for k, v in self.symbols.items()}, min(count, self.count), self.pointwise)
            self._fewer.effort = self.effort
        self._fewer.deadline = self.deadline
        self._fewer.tolerance = max(self._fewer.tolerance, self.tolerance)
        return self._fewer

    def renew(self) -> None:
        """As if nothing had been spent."""
        self.effort[0] = 0

    def spent(self, more: int = 0) -> bool:
        """Is enough spent? ``more`` is what the next candidate costs beside its values."""
        self.effort[0] += more
        return self.effort[0] > EFFORT or now() > self.deadline

    def same(self, a: Array, b: Array) -> bool:
        """Equal, as far as these values can tell; a point where exactly one has no value speaks against it."""
        return bool(self.agree(a[None, :], b)[0])

    def agree(self, rows: Array, b: Array) -> NDArray[np.bool_]:
        """Which of the rows are the same as ``b``?"""
        here, there = np.isfinite(rows), np.isfinite(b)
        both = here & there
        enough = both.sum(axis=-1) >= max(3, self.count // 3)
        astray = (here != there).sum(axis=-1) > self.count // 4
        with np.errstate(all="ignore"):
            near = np.abs(rows - b) <= self.tolerance * (np.abs(rows) + np.abs(b)) + 1e-13
        return np.asarray(enough & ~astray & (near | ~both).all(axis=-1), dtype=np.bool_)

    # --- nodes ----------------------------------------------------------------------------------------------------

    def _make(self, e: Any) -> Any:
        if isinstance(e, sp.Symbol):
            return self.symbols.get(e, np.nan)
        if not e.args and e.is_number:
            if not e.is_finite:
                return np.nan
            return float(e) if e.is_real else complex(e)
        if self.applicable(e):
            return self.applied(e, [self._value(a) for a in e.args])
        if isinstance(e, sp.Piecewise):
            return self.pieces(e, [self._value(v) for v, _ in e.args])
        return self._notation(e)

    def applicable(self, e: Any) -> bool:
        """Are the values of ``e`` a function of those of its arguments, point by point?"""
        return isinstance(e, (*_ARITHMETIC, Undetermined)) or type(e) in _UNARY or type(e) in SPECIAL

    def applied(self, e: Any, args: list[Array]) -> Any:
        """The values of ``e`` if its arguments had these; some may hold several rows."""
        kind = type(e)
        if isinstance(e, sp.Add):
            return reduce(np.add, args)
        if isinstance(e, sp.Mul):
            return reduce(np.multiply, args)
        if isinstance(e, sp.Pow):
            return _power(args[0], args[1])
        if kind in _UNARY:
            return _UNARY[kind](args[0])
        if kind in SPECIAL:
            return self._special(kind, e, args)
        if isinstance(e, sp.Heaviside):
            return np.heaviside(args[0].real, 0.5)
        if isinstance(e, (sp.Max, sp.Min)):
            return reduce(np.maximum if isinstance(e, sp.Max) else np.minimum, [a.real for a in args])
        return _instance(e, args)

    def _special(self, kind: Any, e: Any, args: list[Array]) -> Any:
        cost = cost_of(kind, int(np.broadcast(*args).size))
        if self.spent(cost) or (kind is sp.polygamma and not e.args[0].is_Integer):
            return np.nan
        return special(kind, args)

    def pieces(self, e: Any, values: list[Array]) -> Any:
        """A piecewise expression whose branches have these values."""
        out: Any = np.nan
        for value, (_, cond) in zip(reversed(values), reversed(e.args), strict=True):
            out = np.where(self.condition(cond), value, out)
        return out

    def _notation(self, e: Any) -> Any:
        if isinstance(e, Density) and not isinstance(e.law, Pushforward):
            return self._value(e.formula())
        if isinstance(e, sp.Derivative):
            return self._value(sp.diff(e.expr, *e.variable_count))
        if isinstance(e, Derivative_):
            if not e.body.has(Binder, sp.Integral, sp.Sum) and not _has_image(e.body):
                return self._value(pointwise_derivative(e.body, e.variable))
            return self._opaque(e)
        if isinstance(e, Divergence) and not any(hasattr(a, "limits") for a in e.args):
            return self._value(e.expectation())
        if isinstance(e, Variance):
            second, first = e.moments()
            return self._value(second) - self._value(first) ** 2
        if isinstance(e, (Expectation, sp.Sum, sp.Integral)):
            body = e.body if isinstance(e, Expectation) else e.function
            out = self.over(e, body, lambda inner: inner.value(body))
            return self._opaque(e) if out is None else out
        return self._opaque(e)

    def _opaque(self, e: Any) -> Any:
        count = self.count // self.tiles
        rows = noise(str(e), count)
        if isinstance(e, sp.Indexed) and not e.is_positive:
            rows = np.where(noise(f"sign {e}", count) > 1.25, rows, -rows)
        rows = np.tile(rows, self.tiles)
        return rows if len(self.shape) == 1 else rows[:, None]

    def condition(self, c: Any) -> NDArray[np.bool_]:
        if c is sp.true:
            return np.ones(self.shape, dtype=bool)
        if isinstance(c, (sp.And, sp.Or)):
            parts = [self.condition(a) for a in c.args]
            joined: NDArray[np.bool_] = reduce(np.logical_and if isinstance(c, sp.And) else np.logical_or, parts)
            return joined
        if isinstance(c, sp.Not):
            return ~self.condition(c.args[0])
        ops = {">": np.greater, "<": np.less, ">=": np.greater_equal, "<=": np.less_equal}
        op = ops.get(getattr(c, "rel_op", ""))
        if op is None:
            return np.zeros(self.shape, dtype=bool)
        return np.asarray(op(self.value(c.lhs).real, self.value(c.rhs).real), dtype=np.bool_)

    # --- binders --------------------------------------------------------------------------------------------------

    def over(self, e: Any, body: Any, f: Callable[[Sheet], Array]) -> Array | None:
        """The binder ``e`` over what ``f`` says of its body at sheets where the bound variable has values; leading axes
        stay. None where no sum or quadrature is known.
        """
        if self.pointwise:
            inner = f(self)
            return inner if isinstance(e, Expectation) else np.asarray(noise(str(e.limits), 1)[0] * inner)
        countable = len(self.shape) == 1 and not e.has(sp.Indexed)
        if isinstance(e, sp.Sum):
            return self._sum(sp.S.One, e.limits[0], f) if countable and len(e.limits) == 1 else None
        if len(self.shape) > 1:
            return None
        if isinstance(e, sp.Integral):
            if len(e.limits) != 1 or len(e.limits[0]) != 3:
                return None
            return self._quadrature(body, sp.S.One, e.limits[0], f)
        law, variables = e.law, e.variables
        if isinstance(law, Pushforward) and len(law.variables) == 1 and len(variables) == 1:
            image = body = body.subs(variables[0], law.images[0])
            variables, law = law.variables, law.base
            f = lambda inner: inner.value(image)  # noqa: E731
        if isinstance(law, Pushforward) or len(variables) != 1:
            return None
        x, support = variables[0], law.ranges()[0]
        low, high = as_expr(support.low), as_expr(support.high)
        if law.discrete():
            return self._sum(law.weight_at(x), (x, low, high), f) if countable else None
        return self._quadrature(body, law.density_at(x), (x, low, high), f)

    def _quadrature(self, body: Any, weight: Any, over: Any, f: Callable[[Sheet], Array]) -> Array:
        out: Any = 0
        for inner, jac in self._panels(body * weight, *over):
            rows = f(inner)
            with np.errstate(all="ignore"):
                terms = rows * inner.value(weight) * jac
                out = out + np.where(np.isfinite(terms), terms, 0).sum(axis=-1)
        return np.asarray(out)

    def _panels(self, both: Any, x: Any, low: Any, high: Any) -> list[tuple[Sheet, Array]]:
        """Sheets in which x takes the values of a quadrature's points, with weights; cut at the kinks of ``both``."""
        breaks = breakpoints(both, x)
        rough = 3e-2 if both.has(*JUMPS) else 2e-3 if both.has(*KINKS) else 1e-6
        self.tolerance = max(self.tolerance, rough if breaks is None else 1e-6)
        key = (x, low, high, tuple(breaks or ()))
        known = self._inner.get(key)
        if known is None:
            first, last = self._end(low), self._end(high)
            ends = [np.clip(self.value(c).real, np.minimum(first, last), np.maximum(first, last)) for c in breaks or ()]
            if any(np.isnan(e).any() for e in ends):
                ends = []
            whole = not ends or (first > last).any()
            rows = [first, last] if whole else [first, *np.sort(np.array(ends), axis=0), last]
            grids = [nodes(a, b) for a, b in pairwise(rows)]
            known = self._inner[key] = [(self._wide(x, at), jac) for at, jac in grids]
        return known

    def _wide(self, x: Any, at: NDArray[np.float64]) -> Sheet:
        """A sheet in which x takes the values ``at``, a row of them for each point."""
        inner = Sheet({k: np.asarray(v)[:, None] for k, v in self.symbols.items()}, self.count)
        inner.shape = at.shape
        inner.tiles = self.tiles
        inner.deadline, inner.effort = self.deadline, self.effort
        inner.symbols[x] = at
        return inner

    def _sum(self, weight: Any, over: Any, f: Callable[[Sheet], Array]) -> Array:
        j, low, high = over
        first, last = self._end(low), self._end(high)
        if (np.isfinite(last) & (last - first >= _TERMS)).any():
            return np.full(self.shape, np.nan)
        key = (j, low, high)
        at = first[:, None] + np.arange(_TERMS)[None, :]
        if key not in self._inner:
            self._inner[key] = [(self._wide(j, at), (at <= last[:, None] + 1e-9).astype(np.float64))]
        inner, inside = self._inner[key][0]
        out = np.where(inside > 0, f(inner) * inner.value(weight), 0)
        tail = np.abs(out[..., -8:]).sum(axis=-1) > 1e-9 * np.abs(out).sum(axis=-1)
        return np.where(tail & np.isinf(last), np.nan, out.sum(axis=-1))

    def _end(self, e: Any) -> NDArray[np.float64]:
        if e in (sp.oo, -sp.oo):
            return np.full(self.count, math.inf if e is sp.oo else -math.inf)
        out: NDArray[np.float64] = self.value(e).real
        return out


def _has_image(e: Any) -> bool:
    return any(isinstance(d.law, Pushforward) for d in e.atoms(Density))


def _of_a_pair(e: Any, args: list[Array]) -> Any:
    """Inverses in the first of several arguments: ±sinh(t + Σ r_j p_j), and back."""
    spec, (k, *ks) = e.spec, e.orders
    first, second = sorted((e.symbol, spec.inverse))
    rates = noise(first + second, len(args) - 1)
    along = sum((r * p for r, p in zip(rates, args[1:], strict=True)), start=np.complex128(0.25))
    factor = math.prod(r**j for r, j in zip(rates, ks, strict=True))
    way, order = (-1.0 if spec.monotone == "decreasing" else 1.0), k + sum(ks)
    if e.symbol == first:
        return way * factor * (np.sinh if order % 2 == 0 else np.cosh)(args[0] + along)
    if order == 0:
        return np.arcsinh(way * args[0]) - along
    if sum(ks):
        return -factor if order == 1 else 0.0
    return way / np.sqrt(1 + args[0] ** 2) if k == 1 else np.nan


def _instance(e: Any, args: list[Array]) -> Any:
    """An undetermined function as a concrete one, its derivatives with it; an inverse as the inverse."""
    spec, orders = e.spec, e.orders
    if spec.inverse is not None and len(args) > 1:
        return _of_a_pair(e, args)
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
