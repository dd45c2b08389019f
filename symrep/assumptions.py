r"""What a derivation declares of integrals that nobody can show to converge: ``given=(integrable(h, (z, q)),)``.

Where a density is undetermined, E|h| < ∞ is a hypothesis like any other: it is stated, carried by every claim and every
certificate, printed with the derivation, and asked of whoever uses the derivation as a lemma.
"""

from __future__ import annotations

from typing import Any, final

import sympy as sp
from sympy import Basic, Tuple

from symrep.claim import Assumed
from symrep.errors import BadInput
from symrep.law import ToTerm
from symrep.notation import Expectation, _pairs
from symrep.symbols import as_expr
from symrep.term import contains, mul

__all__ = ["Declared", "dominated", "integrable", "relations_in"]


@final
class Declared(Basic):
    """args (the expectation or integral that converges, the parameter or an empty tuple)."""

    @property
    def of(self) -> Any:
        return self.args[0]

    @property
    def parameter(self) -> Any:
        return None if isinstance(self.args[1], Tuple) else self.args[1]

    def to_assumed(self, go: ToTerm) -> Assumed:
        """As the kernel reads it.

        Raises:
            BadInput: the expectation is a sum.
        """
        t = go(self.of)
        if t[0] == "expect":
            t = ("integral", mul(t[1], t[2][2]), *t[2][1])
        if t[0] != "integral":
            raise BadInput("integrable", "an integral or an expectation under a law with a density", str(self.of)[:80])
        if not contains(t, ("app",)):
            raise BadInput(
                "integrable", "an undetermined function or law in it", str(self.of)[:80], "a relation: given=[nu > 2]"
            )
        return Assumed(t, self.parameter.name if self.parameter is not None else None)


def _integral(what: str, body: Any, bindings: tuple[Any, ...]) -> Any:
    body = as_expr(body)
    if bindings and all(isinstance(b, (tuple, Tuple)) and len(b) == 3 for b in bindings):
        return sp.Integral(body, *bindings)
    vs, law = _pairs(what, bindings)
    if law.discrete():
        raise BadInput(what, "a law with a density", str(law))
    return Expectation(body, Tuple(*vs), law)


def integrable(body: Any, *bindings: Any) -> Declared:
    """The hypothesis E|body| < ∞, with bindings as for ``E``: ``integrable(f(z), (z, q))``; or ∫|body| < ∞, with
    ranges: ``integrable(f(z), (z, -oo, oo))``.

    It is meant for every value of the symbols in it, in their domains. One that is seen to be false is refused.
    Nothing is declared of laws and functions that are spelled out: that is shown, under relations such as ν > 2.

    Raises:
        BadInput: no law or range, or a discrete law, or nothing undetermined in it.
    """
    return Declared(_integral("integrable", body, bindings), Tuple())


def dominated(body: Any, *bindings: Any, by: Any) -> Declared:
    r"""The hypothesis that lets ``E(body)`` be differentiated in ``by`` under the integral sign.

    For h, the body times the density: ∫|h| < ∞, and on a neighbourhood of every value of the parameter |∂h| is at most
    one integrable function free of it. That h is differentiable is no part of it: it is shown from what is ``smooth``.

    Raises:
        BadInput: no law or range, a discrete law, or a parameter that is no symbol or is integrated over.
    """
    of = _integral("dominated", body, bindings)
    if not isinstance(by, sp.Symbol) or by not in of.free_symbols:
        raise BadInput("dominated", "a parameter of the integrand or of the law", str(by), "by=theta")
    return Declared(of, by)


def relations_in(given: tuple[Any, ...]) -> tuple[Any, ...]:
    """What is given without what is declared of integrals."""
    return tuple(g for g in given if not isinstance(g, Declared))
