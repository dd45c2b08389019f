"""Is F(m) = 1/2, F(q_t, θ_t) = l(θ_t) what a function is at a point, or what it is?"""

from __future__ import annotations

from symrep.checking.model import Chain
from symrep.checking.names import Head, uses
from symrep.checking.scope import Scope

__all__ = ["valued_at"]


def valued_at(head: Head, chain: Chain, i: int, scope: Scope) -> bool:
    """Is it the value of a function at something defined, F(m) = 1/2, or at θ_t where it is one of θ?"""
    let = scope.function(head.name)
    if let is not None and any(_one_of(p, let.parameters) for p in head.parameters):
        return True
    told = let.mentions - set(let.parameters) if let is not None and let.mentions & set(let.parameters) else frozenset()
    if any(scope.symbol(p) is None and p not in told for p in head.parameters):
        return False
    return i + 2 == len(chain.places) and not uses(chain.places[i + 1]) & set(head.parameters)


def _one_of(name: str, parameters: tuple[str, ...]) -> bool:
    """Is it θ_t, θ', θ*, and θ a parameter?"""
    base = name.partition("_")[0].rstrip("'").removesuffix("star")
    return name not in parameters and base in parameters
