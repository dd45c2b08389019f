r"""Laws whose densities nobody spelled out, $q_\phi(z \mid x)$, and laws known up to their mass, as a posterior is.

Of an undetermined density on ℝ this much is declared: it is ≥ 0 (or > 0) and has mass one for every value of what
stands behind the bar and of the parameters, and it may be C^k in all its arguments together. Nothing else is known of
it: whether an expectation under it exists is a hypothesis of its own (:mod:`symrep.assumptions`).
"""

from __future__ import annotations

from typing import Any, final

import sympy as sp
from sympy import Basic, Tuple
from sympy.core.symbol import Str

from symrep.claim import FunctionSpec
from symrep.errors import BadInput
from symrep.law import Interval, Law, Reals, fresh_variable
from symrep.symbols import _function_class, as_expr

__all__ = ["Conditional", "Normalised", "conditional_law", "normalised_law"]


class Shown(Law):
    """A law on ℝ printed as a letter with what it depends on: args (name, letter, behind the bar, parameters, …)."""

    @property
    def letter(self) -> str:
        return str(self.args[1].name)

    @property
    def behind(self) -> tuple[Any, ...]:
        """What stands behind the bar."""
        return tuple(self.args[2])

    @property
    def parameters(self) -> tuple[Any, ...]:
        return tuple(self.args[3])

    def _sympystr(self, printer: Any) -> str:
        return str(self.args[0].name)

    def support(self) -> tuple[Interval, ...]:
        return (Reals,)


@final
class Conditional(Shown):
    """A law on ℝ with an undetermined density; args (name, letter, behind the bar, parameters, (positive, smooth))."""

    @property
    def spec(self) -> FunctionSpec:
        positive, smooth = self.args[4]
        arity = 1 + len(self.behind) + len(self.parameters)
        order = int(smooth) if smooth >= 0 else None
        return FunctionSpec(smooth=order, density=True, arity=arity, positive=positive is sp.true)

    @property
    def declared_functions(self) -> dict[str, FunctionSpec]:
        return {self.args[0].name: self.spec}

    def density_at(self, *points: Any) -> Any:
        cls = _function_class(self.args[0].name, self.spec, (0,) * self.spec.arity)
        return cls(*points, *self.behind, *self.parameters)


@final
class Normalised(Shown):
    """The law on ℝ whose density is a multiple of ``body``; args (name, letter, behind, parameters, body, variable)."""

    @property
    def body(self) -> Any:
        return self.args[4]

    @property
    def variable(self) -> Any:
        return self.args[5]

    @property
    def free_symbols(self) -> set[Any]:
        out: set[Any] = self.body.free_symbols - {self.variable}
        return out.union(*(e.free_symbols for e in (*self.behind, *self.parameters)))

    @property
    def bound_symbols(self) -> list[Any]:
        return [self.variable]

    def _eval_subs(self, old: Any, new: Any) -> Any:
        w, new = self.variable, as_expr(new)
        body = self.body
        if w not in old.free_symbols:
            if w in new.free_symbols and body.has(old):
                taken = body.free_symbols | new.free_symbols
                w = fresh_variable(w.name, taken)
                body = body.xreplace({self.variable: w})
            body = body.subs(old, new)
        behind, parameters = (Tuple(*(e.subs(old, new) for e in t)) for t in (self.behind, self.parameters))
        return Normalised(*self.args[:2], behind, parameters, body, w)

    def density_at(self, *points: Any) -> Any:
        (z,) = points
        w = self.variable
        if w in as_expr(z).free_symbols:
            w = fresh_variable(w.name, self.body.free_symbols | as_expr(z).free_symbols)
        total = sp.Integral(self.body.xreplace({self.variable: w}), (w, -sp.oo, sp.oo))
        return self.body.xreplace({self.variable: z}) / total


def _name(what: str, name: Any) -> Str:
    if not isinstance(name, str) or not name.isidentifier():
        raise BadInput(what, "a name of letters, digits and underscores", repr(name))
    return Str(name)


def _several(values: Any) -> Tuple:
    return Tuple(*map(as_expr, values if isinstance(values, (tuple, list, Tuple)) else (values,)))


def conditional_law(
    name: str,
    *,
    given: Any = (),
    parameters: Any = (),
    positive: bool = False,
    smooth: int | None = None,
    letter: str | None = None,
) -> Conditional:
    """Some law on ℝ with a density ``name``(z | given; parameters), of which nothing else is assumed.

    Args:
        name: the name of the density; two different densities have two names.
        given: what it is conditioned on, a number or several.
        parameters: further numbers it depends on.
        positive: the density is above 0 everywhere.
        smooth: the density is C^smooth in all its arguments together.
        letter: how it is printed, the name by default: p(x | z) and p(z) may both be called p.

    Raises:
        BadInput: a name that is none, or a negative order.
    """
    if smooth is not None and (isinstance(smooth, bool) or not isinstance(smooth, int) or smooth < 0):
        raise BadInput("conditional_law", "smooth as a non-negative integer", repr(smooth))
    declared = Tuple(sp.true if positive else sp.false, sp.Integer(-1 if smooth is None else smooth))
    own = _name("conditional_law", name)
    shown = own if letter is None else _name("conditional_law", letter)
    made: Any = Basic.__new__(Conditional, own, shown, _several(given), _several(parameters), declared)
    return made


def normalised_law(
    name: str, body: Any, variable: Any, *, given: Any = (), parameters: Any = (), letter: str | None = None
) -> Normalised:
    """The law on ℝ with density body / ∫ body: Bayes' rule, where ``body`` is the joint density as a function of the
    variable. ``given`` and ``parameters`` say how it is printed.

    That the body is nowhere negative and its integral finite and above 0 is asked wherever a theorem needs it.

    Raises:
        BadInput: the variable is no symbol, or the body does not depend on it.
    """
    body = as_expr(body)
    if not isinstance(variable, sp.Symbol) or variable not in body.free_symbols:
        raise BadInput("normalised_law", "a function of the variable", f"{body} in {variable}")
    own = _name("normalised_law", name)
    shown = own if letter is None else _name("normalised_law", letter)
    behind, more = _several(given), _several(parameters)
    made: Any = Basic.__new__(Normalised, own, shown, behind, more, body, variable)
    return made
