"""One Python function used three ways: traced by SymPy and checked, typeset in its own term order, run on arrays."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import update_wrapper
from typing import Any, final

import sympy as sp

from symrep.errors import BadInput
from symrep.symbols import as_expr

__all__ = ["Transform", "transform"]


@final
class Transform:
    """A function of scalars written once.

    Called with SymPy expressions it returns an expression; called with numbers or numpy arrays it computes. ``names``
    maps parameter names to the names used in print, e.g. ``eps="epsilon"``.

    Raises:
        BadInput: wrong number of arguments, or a body that does not return an expression.
    """

    def __init__(self, func: Callable[..., Any], names: Mapping[str, str]) -> None:
        self.func = func
        self.names = dict(names)
        self.parameters = tuple(inspect.signature(func).parameters)
        unknown = sorted(set(names) - set(self.parameters))
        if unknown:
            raise BadInput(
                f"transform {func.__name__}", f"names of its parameters {self.parameters}", ", ".join(unknown)
            )
        update_wrapper(self, func)

    @property
    def name(self) -> str:
        return self.func.__name__

    def __call__(self, *args: Any) -> Any:
        if len(args) != len(self.parameters):
            raise BadInput(f"transform {self.name}", f"arguments ({', '.join(self.parameters)})", f"{len(args)}")
        if any(isinstance(a, sp.Basic) for a in args):
            return self._expression(args)
        return self._numeric()(*args)

    def _expression(self, args: tuple[Any, ...]) -> Any:
        out = self.func(*(as_expr(a) for a in args))
        if not isinstance(out, (sp.Expr, int)):
            raise BadInput(f"transform {self.name}", "to return an expression", type(out).__name__)
        return as_expr(out)

    def trace(self) -> tuple[tuple[Any, ...], Any]:
        """(symbols, expression): the function applied to one real symbol per parameter."""
        symbols = tuple(sp.Dummy(p, real=True) for p in self.parameters)
        return symbols, self._expression(symbols)

    def _numeric(self) -> Callable[..., Any]:
        symbols, expr = self.trace()
        free = expr.free_symbols - set(symbols)
        if free:
            raise BadInput(
                f"transform {self.name}",
                "every symbol it uses as a parameter, to be run on numbers",
                f"{', '.join(sorted(map(str, free)))} from outside",
            )
        run: Callable[..., Any] = sp.lambdify(symbols, expr, "numpy")
        return run

    def latex(self) -> str:
        """The function as its author wrote it, by latexify."""
        import latexify

        try:
            text: str = latexify.get_latex(self.func, identifiers=self.names, use_math_symbols=True)
        except Exception as e:  # latexify raises many types on constructs it cannot print
            raise BadInput(
                f"transform {self.name}", "a body latexify can print (one return of an expression)", str(e)[:120]
            ) from e
        return text


def transform(func: Callable[..., Any] | None = None, /, **names: str) -> Any:
    """Decorator: ``@transform`` or ``@transform(eps="epsilon")``. See :class:`Transform`."""
    if func is not None:
        return Transform(func, {})
    return lambda f: Transform(f, names)
