"""Values of integrals, sums and expectations inside one another, the inner ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import sympy as sp

from symrep.kernel.theorems.instance import replace
from symrep.notation import Expectation
from symrep.rules.base import swap
from symrep.term import Term
from symrep.translate import to_term

__all__ = ["innermost", "is_iterated", "iterated"]

_KINDS: Final = (Expectation, sp.Integral, sp.Sum)
Chain = tuple[Any, ...]
#: the value of one node that has none inside, and its theorem, if one is needed; None if there is none to be found
Valued = Callable[[Any], tuple[Any, Mapping[str, Any] | None] | None]


def _single(e: Any) -> bool:
    if isinstance(e, Expectation):
        return len(e.variables) == 1 and not hasattr(e.law, "images")
    return isinstance(e, (sp.Integral, sp.Sum)) and len(e.limits) == 1 and len(e.limits[0]) == 3


def _body(e: Any) -> Any:
    return e.body if isinstance(e, Expectation) else e.function


def is_iterated(expr: Any) -> bool:
    """Does an integral, sum or expectation over one variable stand inside another one?"""
    return any(len(chain) > 1 for chain in _chains(expr, ()))


def innermost(expr: Any) -> list[Any]:
    """What stands inside another integral, sum or expectation and has none inside itself."""
    return list(dict.fromkeys(chain[-1] for chain in _chains(expr, ()) if len(chain) > 1))


def _chains(e: Any, around: Chain) -> Iterator[Chain]:
    """(outermost, …, innermost) of each nest, in order; what is no integral over one variable is not entered. A sum
    that stands outside of all is no part of a nest."""
    if isinstance(e, _KINDS) and (around or not isinstance(e, sp.Sum)):
        if _single(e):
            deeper = list(_chains(_body(e), (*around, e)))
            yield from deeper or [(*around, e)]
        return
    for a in sorted(e.args, key=sp.default_sort_key) if isinstance(e, (sp.Add, sp.Mul)) else e.args:
        if isinstance(a, sp.Basic):
            yield from _chains(a, around)


def iterated(expr: Any, valued: Valued, kept: Callable[[Any], bool] = lambda _: False) -> tuple[Any, list[Any]]:
    """The line after as many values were put in as are found, and the theorems that lead there.

    Args:
        kept: says of a line that it is to stay as it is.
    """
    steps: list[Any] = []
    given_up: set[Any] = set()
    standing: list[tuple[Term, Term]] = []
    while not kept(expr):
        for chain in sorted(_chains(expr, ()), key=lambda c: len(c) == 1):
            if chain[-1] in given_up:
                continue
            found = valued(chain[-1])
            if found is None:
                given_up.add(chain[-1])
                continue
            old, (new, step) = chain[-1], found
            if step is not None:
                step = {**step, "lhs": _as_it_stands(old, standing)}
            for e in reversed(chain[:-1]):
                whole = _as_it_stands(e, standing)
                after = whole
                if step is not None:
                    body, _ = replace(whole[1], step["lhs"], step["rhs"])
                    after = (whole[0], body, *whole[2:])
                    step = {"theorem": "inside", "lhs": whole, "rhs": after, "step": step}
                old, new = e, _with_body(e, swap(_body(e), [(old, new)]))
                standing.append((to_term(new), after))
            expr = swap(expr, [(old, new)])
            steps += [] if step is None else [step]
            break
        else:
            break
    return expr, steps


def _as_it_stands(e: Any, standing: list[tuple[Term, Term]]) -> Term:
    """The node as the theorems so far leave it; SymPy may have put its new body into another form."""
    t = to_term(e)
    for written, found in standing:
        t, _ = replace(t, written, found)
    return t


def _with_body(e: Any, body: Any) -> Any:
    return Expectation(body, *e.args[1:]) if isinstance(e, Expectation) else type(e)(body, *e.limits)
