"""The theorems a step may rest on, by name. Each takes an instance ``lhs = rhs`` and checks all its conditions.

An entry either returns the facts it used (printed with the step) or raises :class:`NotProved`. Nothing is searched
for here: inverses, antiderivatives and break points are part of the instance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from symrep.claim import Context
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.determinants import rank_one, sylvester, triangular
from symrep.kernel.theorems.each import independent, interchange_each
from symrep.kernel.theorems.instance import Facts, Instance
from symrep.kernel.theorems.integration import by_parts, linearity, split_integral, substitution, value
from symrep.kernel.theorems.interchange import interchange, leibniz, score
from symrep.kernel.theorems.jacobians import jacobian
from symrep.kernel.theorems.laws import expectation, kl_product, pushforward, reparameterise, unbiased
from symrep.kernel.theorems.limit import limit_value
from symrep.kernel.theorems.marginal import marginal, restrict
from symrep.kernel.theorems.recording import equal
from symrep.kernel.theorems.repeated import fubini
from symrep.kernel.theorems.series import sum_value
from symrep.kernel.theorems.summation import exchange, reindex, split, telescoping
from symrep.kernel.theorems.through import through
from symrep.kernel.theorems.under import inside
from symrep.kernel.theorems.unit_steps import unit_steps
from symrep.kernel.theorems.vectors import interchange_vector, linear_each, parts_each
from symrep.verdict import Reason

__all__ = ["THEOREMS"]


def identity(i: Instance, ctx: Context) -> Facts:
    """Equality by normal form."""
    equal(i.term("lhs"), i.term("rhs"), ctx)
    return ()


def hypothesis(i: Instance, ctx: Context) -> Facts:
    """An equality that stands among the given relations."""
    lhs, rhs = i.term("lhs"), i.term("rhs")
    if ("rel", "==", lhs, rhs) not in ctx.given and ("rel", "==", rhs, lhs) not in ctx.given:
        raise NotProved("this equality was not given", Reason.NOT_DECLARED)
    return ("a given equality",)


def under_integral(i: Instance, ctx: Context) -> Facts:
    """An equality put in under an integral sign: see ``theorems.under``."""
    return inside(i, ctx, THEOREMS)


def through_integrals(i: Instance, ctx: Context) -> Facts:
    """The chain rule through integrals: see ``theorems.through``."""
    return through(i, ctx, THEOREMS)


THEOREMS: Final[Mapping[str, Callable[[Instance, Context], Facts]]] = {
    "identity": identity,
    "pushforward": pushforward,
    "marginal": marginal,
    "restrict": restrict,
    "reparameterise": reparameterise,
    "substitution": substitution,
    "split_integral": split_integral,
    "interchange": interchange,
    "leibniz": leibniz,
    "score": score,
    "by_parts": by_parts,
    "value": value,
    "linearity": linearity,
    "unbiased": unbiased,
    "kl_product": kl_product,
    "hypothesis": hypothesis,
    "expectation": expectation,
    "inside": under_integral,
    "through": through_integrals,
    "fubini": fubini,
    "limit": limit_value,
    "telescoping": telescoping,
    "split": split,
    "reindex": reindex,
    "exchange": exchange,
    "jacobian": jacobian,
    "sylvester": sylvester,
    "rank_one": rank_one,
    "triangular": triangular,
    "sum_value": sum_value,
    "independent": independent,
    "interchange_each": interchange_each,
    "unit_steps": unit_steps,
    "linear_each": linear_each,
    "interchange_vector": interchange_vector,
    "parts_each": parts_each,
}
