"""What is neither claimed nor assumed: *where* x − a = r > 0, *with* μ = ν say where something is looked at."""

from __future__ import annotations

from symrep.checking.cues import Cue
from symrep.checking.model import Chain
from symrep.checking.names import head_of, uses
from symrep.checking.products import met
from symrep.checking.sayings import ORDER
from symrep.checking.scope import Scope

__all__ = ["stipulated"]


def stipulated(chain: Chain, start: int, end: int, cue: Cue, scope: Scope) -> bool:
    """Is something looked at where it is so: *where* x − a = r > 0, *with* μ = ν of two known names?"""
    if cue.word not in ("with", "where", "if", "when", "for"):
        return False
    places, ops = chain.places[start : end + 1], [s.op for s in chain.signs[start:end]]
    heads = [head_of(p, scope.environment) for p in places]
    if ops == ["="] and cue.word != "where":
        bare = [h is not None and not h.parameters and not h.logarithm for h in heads]
        return all(bare) and all(met(h.name, scope.seen) for h in heads if h is not None)
    ended = ops[-1:] != ["="] and ops[-1] in ORDER and all(o == "=" for o in ops[:-1]) and len(ops) > 1
    return ended and not uses(places[-1]) and heads[0] is None
