"""Functions defined by recursion on an integer: ``q(1, x) = …`` and ``q(t + 1, x) = …`` in terms of ``q(t, ·)``.

Such a function is a definition, not a hypothesis: there is exactly one. What it is for every t is shown by the rule
``induction``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import sympy as sp

from symrep.claim import FunctionSpec, Recursion
from symrep.errors import BadInput
from symrep.symbols import Undetermined, _function_class, as_expr, kind_of
from symrep.translate import to_term

__all__ = ["before_and_after", "lies_in", "recursive"]

#: what an argument may be declared to be, and the kinds whose numbers are all of that kind
KINDS: Final = {
    "real": {"real", "positive", "nonnegative", "negative", "nonzero", "unit"},
    "positive": {"positive", "unit"},
    "nonnegative": {"nonnegative", "positive", "unit"},
    "negative": {"negative"},
    "nonzero": {"nonzero", "positive", "negative", "unit"},
    "unit": {"unit"},
}

_RECURSIONS: Final[dict[tuple[str, FunctionSpec], tuple[tuple[Any, ...], Any, Any]]] = {}


def recursive(name: str, arguments: tuple[Any, ...], first: tuple[int, Any], then: Callable[[Any], Any]) -> Any:
    r"""The function $q(t, x, \dots)$ with $q(t_0, x, \dots)$ given and $q(t + 1, x, \dots)$ given by $q(t, \cdot)$.

    ``q = recursive("q", (t, x), (0, f(x)), lambda q: Integral(q(t, y)*k(x, y), (y, -oo, oo)))``

    Args:
        name: its name, as printed.
        arguments: the integer it runs over, and symbols for real numbers; where they are declared positive, say, it is
            for positive numbers that the recursion is meant.
        first: where it starts, an integer, and the value there.
        then: from the function, its value one further; it may use it at t only, at its own arguments or at what it
            integrates over. Besides its arguments it may use indexed parameters, nothing else.

    Raises:
        BadInput: arguments of other kinds, or a value that speaks of something else.
    """
    if not name.isidentifier() or not isinstance(arguments, tuple) or not arguments:
        raise BadInput(f"recursive {name}", "a name, and a tuple of arguments", repr(arguments)[:80])
    t, *xs = arguments
    if not isinstance(t, sp.Symbol) or not kind_of(t).endswith("integer"):
        raise BadInput(f"recursive {name}", "an integer as the first argument", str(t), 't = positive_integer("t")')
    if any(not isinstance(x, sp.Symbol) or kind_of(x) not in KINDS for x in xs):
        raise BadInput(f"recursive {name}", "symbols for numbers as further arguments", str(xs), 'x = real("x")')
    at, value = first
    if isinstance(at, bool) or not isinstance(at, int):
        raise BadInput(f"recursive {name}", "an integer to start at", str(at), "(0, …)")
    zeros = (0,) * len(arguments)
    bare = _function_class(name, FunctionSpec(arity=len(arguments)), zeros)
    value, after = as_expr(value), as_expr(then(bare))
    _speaks_of_the_step_before(name, bare, after, t)
    free = {s for e in (value, after) for s in e.free_symbols} - {t, *xs}
    families = {i.base for e in (value, after) for i in e.atoms(sp.Indexed)}
    labels = {b.label for b in families}
    others = sorted(
        (s for s in free if s not in labels and s not in families and not isinstance(s, sp.Indexed)), key=str
    )
    if others or t in value.free_symbols:
        said = ", ".join(map(str, others)) or f"{t} in the first value"
        said_so = f"{said} among the arguments: recursive({name!r}, ({', '.join(map(str, (*arguments, *others)))}), …)"
        raise BadInput(f"recursive {name}", "values in its arguments and indexed parameters", said, said_so)
    r = Recursion(t.name, tuple(x.name for x in xs), at, to_term(value), to_term(after))
    spec = FunctionSpec(arity=len(arguments), recursion=r)
    out = _function_class(name, spec, zeros)
    out.parameters = tuple(sorted(families, key=str))
    _RECURSIONS[name, spec] = (arguments, value, after)
    return out


def lies_in(x: Any, argument: Any) -> bool:
    """Is a symbol one for which the recursion is meant in the place of this argument?"""
    return kind_of(x) in KINDS[kind_of(argument)]


def _speaks_of_the_step_before(name: str, bare: Any, after: Any, t: Any) -> None:
    for e in after.atoms(Undetermined):
        if not isinstance(e, bare) or e.args[0] != t:
            raise BadInput(f"recursive {name}", f"the function itself, at {t}", str(e), f"{name}({t}, …)")


def before_and_after(q: Undetermined) -> tuple[tuple[Any, ...], Any, Any, Any]:
    """Of a function defined by :func:`recursive`: its arguments, the first value, the next one, and the function as the
    next value speaks of it."""
    arguments, value, after = _RECURSIONS[q.symbol, q.spec]
    return arguments, value, after, _function_class(q.symbol, FunctionSpec(arity=len(arguments)), q.orders)
