"""What a rule hands to the judge, and helpers to find what a rule rewrites."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, final

import sympy as sp

from symrep.errors import BadInput
from symrep.notation import Binder, Derivative_, Expectation
from symrep.symbols import as_expr
from symrep.translate import to_term
from symrep.verdict import Reason

__all__ = ["NO_CLOSED_FORM", "Applied", "Guard", "fresh_name", "nodes", "pointwise_derivative", "the_node", "unfolded"]


#: code of the error by which a rule says that it applies but found no closed form; numbers may still support the line
NO_CLOSED_FORM: Final = "no-closed-form"


@final
@dataclass(frozen=True)
class Guard:
    """An equation the rule rests on. If numbers refute it, the step is refuted for ``reason``.

    ``symbols`` are bound by it: they range over the given open intervals.
    """

    what: str
    lhs: Any
    rhs: Any
    reason: Reason
    #: extra relations the point has to satisfy
    given: tuple[Any, ...] = ()
    #: what the author should write instead, when the rule knows
    instead: str = ""


@final
@dataclass(frozen=True)
class Applied:
    """A rule's own idea of the next line.

    Attributes:
        result: the line as the rule computes it, from the line before alone.
        rewrites: the theorem instances that lead there, as the kernel reads them; empty for a plain identity.
        guards: equations behind the rule that numbers can refute.
        notes: what was done, for the report.
        mentions: further expressions whose symbols and functions the claims speak of.
        op: how the line before stands to ``result``; for ``<=`` and ``>=`` the data of the inequality is in ``bound``.
    """

    result: Any
    rewrites: tuple[Mapping[str, Any], ...] = ()
    guards: tuple[Guard, ...] = ()
    notes: tuple[str, ...] = ()
    mentions: tuple[Any, ...] = ()
    op: str = "="
    bound: Mapping[str, Any] | None = None


def nodes(expr: Any, kind: type | tuple[type, ...], test: Callable[[Any], bool] = lambda _: True) -> list[Any]:
    """The outermost nodes of a kind, in a deterministic order."""
    found: list[Any] = []

    def visit(e: Any) -> None:
        if isinstance(e, kind) and test(e):
            if e not in found:
                found.append(e)
            return
        for a in sorted(e.args, key=sp.default_sort_key) if isinstance(e, (sp.Add, sp.Mul)) else e.args:
            if isinstance(a, sp.Basic):
                visit(a)

    visit(expr)
    return found


def the_node(
    rule: str, expr: Any, kind: type | tuple[type, ...], test: Callable[[Any], bool], needs: str, instead: str = ""
) -> list[Any]:
    """The nodes a rule acts on; refuses when there are none, and says what to write instead.

    Raises:
        NotApplicable: nothing of that shape in the line.
    """
    from symrep.errors import NotApplicable

    found = nodes(expr, kind, test)
    if not found:
        raise NotApplicable(rule, f"a line with {needs}", str(expr)[:120], instead=instead)
    return found


def fresh_name(base: str, *exprs: Any) -> str:
    """A name that occurs nowhere in the expressions, bound or free."""
    used: set[str] = set()
    for e in exprs:
        used |= {s.name for s in as_expr(e).atoms(sp.Symbol)} if not isinstance(e, (tuple, list)) else set()
    name, n = base, 1
    while name in used:
        name, n = f"{base}_{n}", n + 1
    return name


def pointwise_derivative(expr: Any, x: Any) -> Any:
    """The classical derivative, off the points where it does not exist (a jump has derivative 0 beside it)."""
    out = sp.diff(expr, x)
    return out.replace(lambda e: isinstance(e, sp.DiracDelta), lambda e: sp.S.Zero)


def unfolded(expr: Any) -> Any:
    """Carry out every derivative of a pointwise body, inside expectations too."""

    def go(e: Any) -> Any:
        if isinstance(e, Derivative_):
            body = go(e.body)
            if body.has(Binder, sp.Integral):
                return Derivative_(body, e.variable)
            return pointwise_derivative(body, e.variable)
        if isinstance(e, Binder):
            return e.func(go(e.body), *e.args[1:])
        if not e.args or not isinstance(e, sp.Expr) or not e.has(Derivative_):
            return e
        return e.func(*(go(a) if isinstance(a, sp.Basic) else a for a in e.args))

    return go(as_expr(expr))


def swap(expr: Any, table: Iterable[tuple[Any, Any]]) -> Any:
    """Replace nodes by their images, as wholes."""
    return expr.xreplace(dict(table))


def rewrite(theorem: str, lhs: Any, rhs: Any, **data: Any) -> dict[str, Any]:
    """A theorem instance in the kernel's words; SymPy expressions among the data are translated."""

    def convert(v: Any) -> Any:
        if isinstance(v, sp.Basic) and not isinstance(v, sp.Tuple):
            return to_term(v)
        if isinstance(v, Mapping):
            return {k: convert(w) for k, w in v.items()}
        if isinstance(v, list):
            return [convert(w) for w in v]
        return v

    out: dict[str, Any] = {"theorem": theorem, "lhs": to_term(lhs), "rhs": to_term(rhs)}
    out.update({k: convert(v) for k, v in data.items()})
    return out


def one_variable(rule: str, e: Expectation) -> tuple[Any, Any]:
    """(variable, support) of a one-dimensional expectation."""
    if len(e.variables) != 1:
        raise BadInput(rule, "an expectation over one variable", str(e)[:80])
    return e.variables[0], e.law.support()[0]
