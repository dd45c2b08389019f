"""What a document says that something is: one definition, and several in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, final

__all__ = ["Let", "by_use"]


@final
@dataclass(frozen=True)
class Let:
    """A definition.

    Attributes:
        what: ``function``, ``symbol``, ``law`` (of a random variable), ``sample`` (x_1, …, x_n), ``given`` (the law of
            X given the parameters), ``label`` (a law by its name: P: X ~ …),
            ``density``, ``inverse``; ``back``: a claim
            x = g(y) that goes back from y = h(x), by which dx/dy is read; ``image``: f_Y of Y = h(X), by the law of X.
        body: LaTeX of what it stands for; for an inverse, the name of the function.
        mentions: names in the body.
        start, end: the statement in the file; ``line`` its LaTeX.
        until: offset where it ceases to hold (*for k = 2*); -1: nowhere. given: the law itself, said by no LaTeX.
    """

    what: str
    name: str
    parameters: tuple[str, ...]
    body: str
    mentions: frozenset[str] = frozenset()
    start: int = 0
    end: int = 0
    line: str = ""
    until: int = -1
    given: Any = None


def by_use(lets: list[Let]) -> list[Let]:
    """Definitions, each after those it rests on, and else in the order they are in."""
    out: list[Let] = []
    open_: set[str] = set()

    def take(let: Let) -> None:
        if let in out or let.name in open_:
            return
        open_.add(let.name)
        for other in lets:
            if other.name in let.mentions and other is not let:
                take(other)
        open_.discard(let.name)
        out.append(let)

    for let in lets:
        take(let)
    return out
