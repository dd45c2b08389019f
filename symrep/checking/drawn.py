"""Y ~ law as a claim: *let X ~ N(μ, σ²) and Z = (X − μ)/σ; then Z ~ N(0, 1)*. The densities are compared."""

from __future__ import annotations

from typing import Any, Final

from symrep.checking.cues import Cue
from symrep.checking.holding import given_of
from symrep.checking.judging import Judged, judge
from symrep.checking.model import Chain, Link, Place
from symrep.checking.names import name_of_tree, names_of
from symrep.checking.scope import Scope
from symrep.law import Law
from symrep.notation import Density
from symrep.symbols import DomainSymbol
from symrep.verdict import Status

__all__ = ["DRAWN", "claimed", "compared"]

DRAWN: Final = "~"
_FOLLOWS: Final = (
    "then",
    "so",
    "hence",
    "thus",
    "therefore",
    "obtain",
    "get",
    "follow",
    "it follows",
    "conclude",
    "show",
    "see",
)
_LOST: Final = "what it is made of is not known"


def claimed(chain: Chain, i: int, cue: Cue, scope: Scope) -> bool:
    """Does ``Y ~ law`` follow from what Y is made of, rather than tell it? Then the law of Y is known before."""
    if cue.says != "claim" or not cue.word.lower().startswith(_FOLLOWS) or chain.signs[i].op != DRAWN:
        return False
    left, right = chain.places[i], chain.places[i + 1]
    names = names_of(left)
    if len(names) != 1 or not _one_dimensional(right.parsed.expr):
        return False
    let = scope.symbol(names[0])
    if let is None or scope.parted(let, left.at) or names[0] in scope.environment.random:
        return False
    scope.take_images((_key(names[0]),))
    return scope.imaged(_key(names[0]))


def compared(left: Place, link: Link, seconds: float) -> tuple[Judged, int]:
    """What is known of it, and in which reading of the parameters."""
    name = "" if left.tree is None else name_of_tree(left.tree)
    lets = () if link.scope is None else link.scope.lets
    law = next((x.given for x in lets if x.what == "image" and x.name == _key(name)), None)
    found: list[tuple[Judged, int]] = []
    for v, (env, side) in enumerate(link.right.variants):
        if law is None or not _one_dimensional(side.expr):
            continue
        taken = {s.name for s in law.free_symbols | side.expr.free_symbols}
        t = DomainSymbol(next(n for n in ("t", "u", "v", "t_0") if n not in taken), "real")
        sides = Density(law, t), Density(side.expr, t)
        judged = judge(sides[0], "=", sides[1], "", tuple(given_of(link, env, *sides)), seconds)
        if judged.status in (Status.PROVED, Status.SUPPORTED):
            return judged, v
        found.append((judged, v))
    opened = [x for x in found if x[0].status is not Status.REFUTED]
    return (opened or found or [(Judged(None, apart=_LOST), 0)])[-1]


def _one_dimensional(law: Any) -> bool:
    return isinstance(law, Law) and law.arity() == 1 and not law.discrete()


def _key(name: str) -> str:
    return f"law({name})"
