"""Symbols with domains and undetermined functions with declared properties.

A domain is a hypothesis: it travels with every claim made about the symbol. SymPy cannot say 0 < p < 1, so the domain
is symrep's own (``kind``); SymPy gets the part of it that it understands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any, Final, final

import sympy as sp
from sympy import Function, IndexedBase, Symbol, SympifyError
from sympy.core.function import ArgumentIndexError

from symrep.claim import KINDS, FunctionSpec
from symrep.errors import BadInput

__all__ = [
    "DomainSymbol",
    "Undetermined",
    "as_expr",
    "complex_number",
    "function",
    "indexed",
    "integer",
    "inverse",
    "kind_of",
    "negative",
    "nonnegative",
    "nonnegative_integer",
    "nonzero",
    "positive",
    "positive_integer",
    "real",
    "unit",
]

_ASSUMPTIONS: Final[dict[str, dict[str, bool]]] = {
    "real": {"real": True},
    "positive": {"positive": True},
    "nonnegative": {"nonnegative": True},
    "negative": {"negative": True},
    "nonzero": {"real": True, "nonzero": True},
    "complex": {"complex": True},
    "integer": {"integer": True},
    "positive integer": {"integer": True, "positive": True},
    "nonnegative integer": {"integer": True, "nonnegative": True},
    "unit": {"positive": True},
}


@final
class DomainSymbol(Symbol):
    """A SymPy symbol that also knows its domain, ``kind``."""

    __slots__ = ("kind",)
    kind: str

    def __new__(cls, name: str, kind: str = "real") -> DomainSymbol:
        if kind not in KINDS:
            raise BadInput(f"symbol {name}", f"a kind out of: {', '.join(KINDS)}", repr(kind))
        if not name or not all(c.isalnum() or c in "_'" for c in name):
            raise BadInput("symbol", "a name of letters, digits and underscores", repr(name))
        obj = Symbol.__xnew__(cls, name, **_ASSUMPTIONS[kind])
        obj.kind = kind
        return obj

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, Any]]:
        return (self.name, self.kind), {}

    def _hashable_content(self) -> tuple[Any, ...]:
        return (*super()._hashable_content(), self.kind)


def as_expr(value: Any) -> Any:
    """A SymPy object from one, or from a number; text is refused, for SymPy would run it.

    Raises:
        BadInput: anything else.
    """
    if not isinstance(value, (dict, list, tuple, set, frozenset)):  # SymPy would look into these for text
        try:
            return sp.sympify(value, strict=True)
        except SympifyError:
            pass
    raise BadInput("expression", "a SymPy expression or a number", f"{type(value).__name__}: {str(value)[:60]}")


def _make(names: str, kind: str) -> Any:
    out = tuple(DomainSymbol(n, kind) for n in names.replace(",", " ").split())
    if not out:
        raise BadInput("symbols", "at least one name", repr(names))
    return out[0] if len(out) == 1 else out


def real(names: str) -> Any:
    """Real variables: ``x, y = real("x y")``; one name gives one symbol."""
    return _make(names, "real")


def positive(names: str) -> Any:
    """Variables in (0, ∞)."""
    return _make(names, "positive")


def nonnegative(names: str) -> Any:
    """Variables in [0, ∞)."""
    return _make(names, "nonnegative")


def negative(names: str) -> Any:
    """Variables in (−∞, 0)."""
    return _make(names, "negative")


def nonzero(names: str) -> Any:
    """Real variables other than 0."""
    return _make(names, "nonzero")


def complex_number(names: str) -> Any:
    """Complex variables."""
    return _make(names, "complex")


def integer(names: str) -> Any:
    """Variables in ℤ."""
    return _make(names, "integer")


def positive_integer(names: str) -> Any:
    """Variables in {1, 2, …}."""
    return _make(names, "positive integer")


def nonnegative_integer(names: str) -> Any:
    """Variables in {0, 1, …}."""
    return _make(names, "nonnegative integer")


def unit(names: str) -> Any:
    """Variables in (0, 1)."""
    return _make(names, "unit")


@final
class UnitBase(IndexedBase):
    """A family of numbers in (0, 1), of which SymPy only knows that they are positive."""

    kind = "unit"

    def __new__(cls, label: Any, *shape: Any, **_: Any) -> Any:
        return IndexedBase.__new__(cls, label, *shape, positive=True)


def indexed(name: str, kind: str = "real") -> IndexedBase:
    """A family of parameters: ``mu = indexed("mu")`` gives ``mu[j]``, each of the stated kind."""
    if kind not in ("real", "positive", "negative", "nonnegative", "nonzero", "unit"):
        raise BadInput(
            f"indexed {name}", "a kind out of: real, positive, negative, nonnegative, nonzero, unit", repr(kind)
        )
    return UnitBase(name) if kind == "unit" else IndexedBase(name, **_ASSUMPTIONS[kind])


_BY_ASSUMPTION: Final[tuple[tuple[Callable[[Any], Any], str], ...]] = (
    (lambda s: s.is_integer and s.is_positive, "positive integer"),
    (lambda s: s.is_integer and s.is_nonnegative, "nonnegative integer"),
    (lambda s: s.is_integer, "integer"),
    (lambda s: s.is_positive, "positive"),
    (lambda s: s.is_negative, "negative"),
    (lambda s: s.is_nonnegative, "nonnegative"),
    (lambda s: s.is_real and s.is_nonzero, "nonzero"),
    (lambda s: s.is_real, "real"),
)


def kind_of(s: Any) -> str:
    """The domain of a symbol; a plain SymPy symbol's follows from its assumptions, and is ``complex`` without any.

    Raises:
        BadInput: a symbol that assumes more than any domain says (``even``, ``prime``, ``zero`` …).
    """
    if isinstance(s, (DomainSymbol, UnitBase)):
        return s.kind
    kind = next((kind for test, kind in _BY_ASSUMPTION if test(s)), "complex")
    if isinstance(s, Symbol):
        # SymPy has used every assumption already when the expression was built, so none may be left out
        known = Symbol("s", **_ASSUMPTIONS[kind]).assumptions0
        extra = sorted(k for k, v in s.assumptions0.items() if known.get(k) != v)
        if extra:
            raise BadInput(f"symbol {s}", f"a domain out of: {', '.join(KINDS)}", f"also {', '.join(extra)}")
    return kind


class Undetermined(Function):
    """A function nobody spelled out, applied: ``f(x)``, and by differentiation ``f'(x)``."""

    symbol: str = ""
    #: the indexed parameters a function defined by recursion is made of
    parameters: tuple[Any, ...] = ()
    spec: FunctionSpec = FunctionSpec()
    orders: tuple[int, ...] = (0,)

    def fdiff(self, argindex: int = 1) -> Any:
        if not 1 <= argindex <= len(self.args):
            out_of_range: Any = ArgumentIndexError
            raise out_of_range(self, argindex)
        orders = tuple(k + (i == argindex - 1) for i, k in enumerate(self.orders))
        return _function_class(self.symbol, self.spec, orders)(*self.args)

    def _sympystr(self, printer: Any) -> str:
        mark = (
            "'" * self.orders[0] if len(self.orders) == 1 else "".join(f"_{k}" for k in self.orders if any(self.orders))
        )
        return f"{self.symbol}{mark}({', '.join(map(printer.doprint, self.args))})"

    def _eval_is_extended_real(self) -> bool | None:
        return True if all(a.is_extended_real for a in self.args) else None

    def _eval_is_nonnegative(self) -> bool | None:
        return True if self.spec.density and not any(self.orders) else None


@cache
def _function_class(name: str, spec: FunctionSpec, orders: tuple[int, ...]) -> Any:
    marks = "".join(map(str, orders))
    label = name if not any(orders) else f"{name}_d{marks}"
    body = {"symbol": name, "spec": spec, "orders": orders, "nargs": spec.arity}
    return type(label, (Undetermined,), body)


def function(
    name: str,
    *,
    smooth: int | None = None,
    growth: int | None = None,
    increasing: bool = False,
    decreasing: bool = False,
    arity: int = 1,
) -> Any:
    """An undetermined real function, with what you are willing to assume of it.

    Args:
        name: its name, as printed.
        smooth: f ∈ C^smooth(ℝ). Without it nothing may be differentiated.
        growth: |f^(k)(t)| ≤ C(1+|t|)^growth for all k ≤ smooth. Without it no expectation of f is known to exist.
        increasing, decreasing: strictly monotone, in the first argument, whatever the others are; such a function may
            have an :func:`inverse`.
        arity: number of arguments.

    Raises:
        BadInput: a negative order, no argument, or both monotonicities at once.
    """
    if not name.isidentifier():
        raise BadInput("function", "a name of letters, digits and underscores", repr(name))
    for label, v in (("smooth", smooth), ("growth", growth)):
        if v is not None and (isinstance(v, bool) or not isinstance(v, int) or v < 0):
            raise BadInput(f"function {name}", f"{label} as a non-negative integer", repr(v))
    if isinstance(arity, bool) or not isinstance(arity, int) or arity < 1:
        raise BadInput(f"function {name}", "arity as a positive integer", repr(arity))
    if increasing and decreasing:
        raise BadInput(f"function {name}", "at most one of increasing and decreasing", "both")
    monotone = "increasing" if increasing else "decreasing" if decreasing else None
    if growth is not None and smooth is None:
        smooth = 0
    spec = FunctionSpec(smooth=smooth, growth=growth, monotone=monotone, arity=arity)
    return _function_class(name, spec, (0,) * arity)


def inverse(f: Any, name: str) -> Any:
    """The inverse of a strictly monotone C¹ function onto ℝ whose derivative vanishes nowhere; it is C¹ too.

    Of several arguments it is the inverse in the first one, f(g(y, p), p) = y and g(f(x, p), p) = x: for every p that
    is fixed, f(·, p) is such a function. By the implicit function theorem g is C¹ in all its arguments.

    Returns the pair ``(f, g)``: the function, now knowing its inverse, and the inverse.

    Raises:
        BadInput: f was not declared monotone and ``smooth=1``.
    """
    spec: FunctionSpec = f.spec
    if spec.monotone is None or not spec.smooth:
        raise BadInput(
            f"inverse of {f.symbol}",
            "a function declared strictly monotone and continuously differentiable",
            str(f.symbol),
            f'function("{f.symbol}", smooth=1, increasing=True)',
        )
    fs = replace(spec, inverse=name)
    gs = FunctionSpec(smooth=spec.smooth, monotone=spec.monotone, inverse=f.symbol, arity=spec.arity)
    plain = (0,) * spec.arity
    return _function_class(f.symbol, fs, plain), _function_class(name, gs, plain)
