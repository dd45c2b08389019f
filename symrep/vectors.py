r"""Vectors of any number of coordinates, and undetermined functions of them: ``f(vector(z[k], (k, 1, d)))``.

A vector is no number: it is the last argument of a function made by :func:`vector_function`. The derivative of f(v) by
a parameter is Σ_k ∂_k f(v)·∂v_k, where ∂_k f is another function, of the index k and of v.
"""

from __future__ import annotations

from functools import cache
from typing import Any, final

import sympy as sp

from symrep.claim import FunctionSpec
from symrep.errors import BadInput
from symrep.inert import Notation
from symrep.law import ToTerm, fresh_index
from symrep.symbols import Undetermined, as_expr, kind_of
from symrep.term import Term

__all__ = ["OfVector", "Vector", "partial", "slopes_at", "vector", "vector_function"]


@final
class Vector(Notation):
    """The vector with these coordinates; args = (coordinate, index, lo, hi)."""

    def _sympystr(self, printer: Any) -> str:
        entry, k, lo, hi = map(printer.doprint, self.args)
        return f"vector({entry}, ({k}, {lo}, {hi}))"

    @property
    def entry(self) -> Any:
        return self.args[0]

    @property
    def index(self) -> Any:
        return self.args[1]

    @property
    def limits(self) -> tuple[Any, Any, Any]:
        return self.args[1:]

    @property
    def bound_symbols(self) -> list[Any]:
        return [self.index]

    @property
    def free_symbols(self) -> set[Any]:
        _, _, lo, hi = self.args
        return (self.entry.free_symbols - {self.index}) | lo.free_symbols | hi.free_symbols

    def at(self, k: Any) -> Any:
        """The coordinate k."""
        return self.entry.subs(self.index, k)

    def _eval_subs(self, old: Any, new: Any) -> Any:
        new = as_expr(new)
        entry, k, lo, hi = self.args
        lo, hi = lo.subs(old, new), hi.subs(old, new)
        if old == k:
            return Vector(entry, k, lo, hi)
        if k in new.free_symbols and entry.subs(old, new) != entry:  # the index gives way to what is put in
            other = fresh_index(k.name, lo, entry.free_symbols | new.free_symbols | lo.free_symbols | hi.free_symbols)
            entry, k = entry.subs(k, other), other
        return Vector(entry.subs(old, new), k, lo, hi)

    def _eval_derivative(self, s: Any) -> Any:
        raise BadInput("D", "a function of a vector", str(self), "D(f(x), t)")

    def to_term(self, go: ToTerm) -> Term:
        entry, k, lo, hi = self.args
        return ("vector", go(entry), (k.name, go(lo), go(hi)))


class OfVector(Undetermined):
    """An undetermined function whose last argument is a vector, applied; the first ``times`` arguments are the
    coordinates by which it was differentiated."""

    times: int = 0
    #: the name of the function, and what is declared of it
    declared: tuple[str, FunctionSpec]
    #: its partial derivatives, if they exist
    slope: Any = None

    @property
    def declared_functions(self) -> dict[str, FunctionSpec]:
        name, base = self.declared
        of, out = _class(name, base, 0, (0,) * base.arity), dict[str, FunctionSpec]()
        while of is not None:
            out[of.symbol], of = of.spec, of.slope
        return out

    def fdiff(self, argindex: int = 1) -> Any:
        if argindex == len(self.args):
            raise BadInput(
                f"function {self.symbol}", "a coordinate to differentiate by", "the vector", "partial(f(x), k)"
            )
        orders = tuple(n + (i == argindex - 1) for i, n in enumerate(self.orders))
        return _class(*self.declared, self.times, orders)(*self.args)

    def base_name(self) -> str:
        return self.declared[0]

    def _eval_derivative(self, s: Any) -> Any:
        out = sp.S.Zero
        *others, v = self.args
        for i, a in enumerate(others):
            da = a.diff(s)
            if da != 0:
                out += da * self.fdiff(i + 1)
        k, lo, hi = v.limits
        new = fresh_index(k.name, lo, self.free_symbols | v.entry.free_symbols | {s} | as_expr(s).free_symbols)
        dv = v.at(new).diff(s)
        return out + sp.Sum(partial(self, new) * dv, (new, lo, hi)) if dv != 0 else out

    def _sympystr(self, printer: Any) -> str:
        by, rest = self.args[: self.times], self.args[self.times :]
        out = f"{self.base_name()}({', '.join(map(printer.doprint, rest))})"
        return f"partial({out}, {', '.join(map(printer.doprint, by))})" if by else out


@cache
def _class(name: str, base: FunctionSpec, times: int, orders: tuple[int, ...]) -> Any:
    """The partial derivatives of this order of a function that is so declared, differentiated by numbers besides."""
    smooth = (base.smooth or 0) - times
    symbol = name + "'" * times
    slope = f"{symbol}'" if smooth else None
    spec = FunctionSpec(smooth=smooth, growth=base.growth, arity=base.arity + times, vector=True, slope=slope)
    body = {"symbol": symbol, "spec": spec, "orders": orders, "nargs": spec.arity, "times": times}
    body["slope"] = _class(name, base, times + 1, (0, *orders)) if smooth else None
    return type(symbol, (OfVector,), {**body, "declared": (name, base)})


def vector(entry: Any, limits: tuple[Any, Any, Any]) -> Vector:
    """The vector whose coordinate k is ``entry``: ``vector(mu[k] + sigma[k] * eps[k], (k, 1, d))``.

    Raises:
        BadInput: the index is no symbol for an integer, or an end of its range is none or contains it.
    """
    how = 'vector(z[k], (k, 1, d)), with k, d = positive_integer("k d")'
    if not isinstance(limits, (tuple, sp.Tuple)) or len(limits) != 3:
        raise BadInput("vector", "an index and its range", str(limits)[:60], how)
    k, lo, hi = map(as_expr, limits)
    if not isinstance(k, sp.Symbol) or "integer" not in kind_of(k):
        raise BadInput("vector", "a symbol for an integer as the index", str(k), how)
    if not (lo.is_integer and hi.is_integer) or k in lo.free_symbols | hi.free_symbols:
        raise BadInput("vector", "two integers as the ends of the range", f"{lo}, {hi}", how)
    return Vector(as_expr(entry), k, lo, hi)


def vector_function(name: str, *, smooth: int = 0, growth: int | None = None, arity: int = 1) -> Any:
    r"""An undetermined real function of a vector, of whatever number of coordinates.

    Args:
        name: its name, as printed.
        smooth: f ∈ C^smooth(ℝ^d), for every d; jointly with its other arguments.
        growth: \|∂^α f(x)\| ≤ C(1 + ‖x‖)^growth for \|α\| ≤ smooth, derivatives by coordinates of x. Without it no
            expectation of f is known to exist. C may depend on the other arguments, locally bounded.
        arity: number of arguments, of which the vector is the last.

    Raises:
        BadInput: a negative order or growth, or no argument.
    """
    if not name.isidentifier():
        raise BadInput("function", "a name of letters, digits and underscores", repr(name))
    for label, v, least in (("smooth", smooth, 0), ("growth", growth, 0), ("arity", arity, 1)):
        if v is not None and (isinstance(v, bool) or not isinstance(v, int) or v < least):
            raise BadInput(f"function {name}", f"{label} as an integer from {least} on", repr(v))
    return _class(name, FunctionSpec(smooth=smooth, growth=growth, arity=arity, vector=True), 0, (0,) * arity)


def partial(value: Any, *coordinates: Any) -> Any:
    r"""$\partial_k\partial_l f(x)$: ``partial(f(x), k, l)``.

    Raises:
        BadInput: no function of a vector, or one that is not declared to be differentiable so often.
    """
    for k in reversed(coordinates):
        if not isinstance(value, OfVector):
            raise BadInput("partial", "a function of a vector", str(value)[:60], "partial(f(x), k)")
        if value.slope is None:
            so_often = value.times + 1
            raise BadInput(
                f"function {value.base_name()}",
                f"declared to be differentiable {so_often} times",
                f"smooth={value.times}",
                f'vector_function("{value.base_name()}", smooth={so_often})',
            )
        value = value.slope(as_expr(k), *value.args)
    return value


def slopes_at(t: Any, family: Any, a: Any) -> Any:
    """The derivative by the coordinate a of the family, Σ_k c_k δ_ka put down as c_a; None if it is not known."""
    out = sp.S.Zero
    for c, b in _parts(t, family, a):
        if b is not None and (b - a) != 0 and not (b - a).is_nonzero:
            return None
        out += c if b is None or b == a else 0
    return out


def _parts(t: Any, family: Any, a: Any) -> list[tuple[Any, Any]]:
    """∂t as c·δ_ba and c: (c, b) and (c, None)."""
    if not any(isinstance(e, sp.Indexed) and e.base == family for e in sp.preorder_traversal(t)):
        return []
    if isinstance(t, sp.Indexed):
        return [(sp.S.One, t.indices[0])]
    if isinstance(t, sp.Add):
        return [p for c in t.args for p in _parts(c, family, a)]
    if isinstance(t, sp.Mul):
        return [
            (sp.Mul(*t.args[:n], c, *t.args[n + 1 :]), b) for n, f in enumerate(t.args) for c, b in _parts(f, family, a)
        ]
    if isinstance(t, sp.Pow):
        return [(t.exp * t.base ** (t.exp - 1) * c, b) for c, b in _parts(t.base, family, a)]
    if isinstance(t, sp.Sum):
        if len(t.limits) > 1:
            t = sp.Sum(sp.Sum(t.function, *t.limits[:-1]), t.limits[-1])
        return _collapsed(t.function, t.limits[0], lambda k: sp.S.One, family, a)
    if isinstance(t, OfVector):
        v = t.args[-1]
        return _collapsed(v.entry, v.limits, lambda k: partial(t, k), family, a)
    return []


def _collapsed(body: Any, limits: Any, outer: Any, family: Any, a: Any) -> list[tuple[Any, Any]]:
    own, lo, hi = limits
    k = fresh_index(own.name, lo, outer(own).free_symbols | body.free_symbols | a.free_symbols)
    out = []
    for c, b in _parts(body.subs(own, k), family, a):
        whole = outer(k) * c
        out.append((whole.subs(k, a), None) if b == k else (sp.Sum(whole, (k, lo, hi)), b))
    return out
