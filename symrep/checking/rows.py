"""The statements of a formula as chains: those that inherit their left side are joined to what they continue."""

from __future__ import annotations

import re
from typing import Final

from symrep.checking.model import Chain, Place
from symrep.checking.spans import whole
from symrep.reading.documents import Formula
from symrep.reading.latex import Reading, Statement

__all__ = ["chains_of"]

#: the P of P: X ~ …, before a statement
_LABEL: Final = re.compile(r"(?:^|\\\\|[{};,&]|\s)([A-Z])\s{0,9}:(?:\s|\\[;,:! ]|&){0,9}$")


def chains_of(k: int, f: Formula, reading: Reading) -> list[Chain]:
    """The statements of a formula, those that inherit joined to what they continue."""
    out: list[Chain] = []
    open_: dict[int, Chain] = {}
    for r, row in enumerate(reading.rows):
        for s, statement in enumerate(row.statements):
            places = _places(k, r, s, f, statement)
            chain = open_.get(s) or (open_.get(0) if s == 0 or len(row.statements) == 1 else None)
            if statement.inherits and chain is not None:
                chain.places += places[1:]
                chain.signs += statement.relations
                chain.conditions += statement.conditions
                continue
            if statement.inherits:
                places, signs = places[1:], list(statement.relations[1:])
            else:
                signs = list(statement.relations)
            if not places:
                continue
            label = _LABEL.search(f.body.text[: places[0].start])
            called = label[1] if label is not None else ""
            chain = Chain(places, signs, list(statement.conditions), statement.role, called)
            out.append(chain)
            open_[s] = chain
    return out


def _places(k: int, r: int, s: int, f: Formula, statement: Statement) -> list[Place]:
    out = []
    n = len(f.body)
    for i, side in enumerate(statement.sides):
        start, end = whole(f.body.text, min(side.start, n), min(side.end, n))
        at, to = f.body.source(start, end)
        out.append(Place(k, r, s, i, start, end, at, to, f.body.text[start:end], side))
    return out
