"""Inert nodes of lines that know nothing of one another: derivatives, and expectations over families of coordinates."""

from __future__ import annotations

from typing import Any, final

import sympy as sp
from sympy import Expr

from symrep.errors import BadInput
from symrep.law import Law, ToTerm, fresh_variable
from symrep.symbols import as_expr
from symrep.term import Term

__all__ = ["Derivative_", "EachExpectation", "Notation"]


class Notation(Expr):
    """A real-valued inert expression."""

    is_commutative = True

    def _eval_is_extended_real(self) -> bool:
        return True

    def has(self, *patterns: Any) -> bool:
        """As SymPy's, but no case distinctions are found inside: its sums and products ask for them, and would draw a
        condition on a bound variable out of the scope of that variable."""
        return patterns != (sp.Piecewise,) and bool(super().has(*patterns))


@final
class Derivative_(Notation):
    """d(body)/d(variable), inert; args = (body, variable)."""

    def _sympystr(self, printer: Any) -> str:
        return f"D({printer.doprint(self.body)}, {printer.doprint(self.variable)})"

    @property
    def body(self) -> Any:
        return self.args[0]

    @property
    def variable(self) -> Any:
        return self.args[1]

    def _eval_derivative(self, s: Any) -> Any:
        return Derivative_(self, s)

    def _eval_subs(self, old: Any, new: Any) -> Any:
        if old == self.variable:
            new = as_expr(new)
            if isinstance(new, sp.Symbol) and new not in self.body.free_symbols:
                return Derivative_(self.body.subs(old, new), new)
            instead = f"the derivative carried out first (chain_rule), or ({self.body}).diff({old}).subs({old}, {new})"
            raise BadInput("D", f"the variable {old} to stay a variable", f"{old} replaced by {new}", instead[:200])
        inside = self.body.subs(old, new)
        if inside != self.body and self.variable in as_expr(new).free_symbols:
            raise BadInput("D", f"a value free of {self.variable}, by which is differentiated", f"{new} put for {old}")
        return Derivative_(inside, self.variable)

    def to_term(self, go: ToTerm) -> Term:
        return ("diff", go(self.body), self.variable.name)


@final
class EachExpectation(Notation):
    """E[body] over independent coordinates z_lo, …, z_hi, each with its law; args (body, z, product of the laws)."""

    def _sympystr(self, printer: Any) -> str:
        return f"E({printer.doprint(self.body)}, ({self.family.label}, {printer.doprint(self.law)}))"

    @property
    def body(self) -> Any:
        return self.args[0]

    @property
    def family(self) -> Any:
        return self.args[1]

    @property
    def law(self) -> Law:
        return self.args[2]

    @property
    def product(self) -> Any:
        """The law once more: each coordinate's ``law``, and the ``limits`` of the index."""
        return self.args[2]

    @property
    def variable(self) -> Any:
        """The variable in which each law is written."""
        return fresh_variable("x", self.product.law.free_symbols | {self.product.limits[0], self.family.label})

    def with_body(self, body: Any) -> EachExpectation:
        return EachExpectation(body, *self.args[1:])

    @property
    def bound_symbols(self) -> list[Any]:
        return [self.family.label]

    @property
    def free_symbols(self) -> set[Any]:
        own = {s for s in self.body.free_symbols if not self._mine(s)}
        return own | self.law.free_symbols

    def _mine(self, s: Any) -> bool:
        return bool(s == self.family.label or (isinstance(s, sp.Indexed) and s.base == self.family))

    def _eval_subs(self, old: Any, new: Any) -> Any:
        new = as_expr(new)
        if any(map(self._mine, old.free_symbols)):
            return EachExpectation(self.body, self.family, self.law.subs(old, new))
        body = self.body.subs(old, new)
        if body != self.body and any(map(self._mine, new.free_symbols)):
            raise BadInput("E", f"a value free of {self.family.label}, over which the expectation is taken", str(new))
        return EachExpectation(body, self.family, self.law.subs(old, new))

    def _eval_derivative(self, s: Any) -> Any:
        return Derivative_(self, s)

    def to_term(self, go: ToTerm) -> Term:
        i, lo, hi = self.product.limits
        law = self.product.law.law_term((self.variable.name,), go)
        return ("expect_each", go(self.body), str(self.family.label), ("iprod", i.name, go(lo), go(hi), law))
