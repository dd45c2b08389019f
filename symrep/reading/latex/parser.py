"""The parser, put together; the tree of one statement."""

from __future__ import annotations

from typing import final

from symrep.reading.latex import atoms, expressions
from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.trees import Tree

__all__ = ["Parser"]


@final
class Parser(Parsing):
    def listed(self) -> Tree:
        return expressions.listed(self)

    def chain(self) -> Tree:
        return expressions.chain(self)

    def total(self) -> Tree:
        return expressions.total(self)

    def product(self) -> Tree:
        return expressions.product(self)

    def factor(self) -> Tree:
        return atoms.factor(self)

    def argument(self) -> Tree:
        return atoms.argument(self)
