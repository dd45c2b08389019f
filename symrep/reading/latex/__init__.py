"""Formulas as people write them, read into symrep's own expressions. See ``docs/reading.md``."""

from symrep.reading.latex.environment import Definition, Environment, Macro
from symrep.reading.latex.macros import macros_in
from symrep.reading.latex.results import Guess, Reading, Row, Side, Sign, Statement, Unread
from symrep.reading.latex.statements import parse
from symrep.reading.latex.trees import Tree, sexp, walk

__all__ = [
    "Definition",
    "Environment",
    "Guess",
    "Macro",
    "Reading",
    "Row",
    "Side",
    "Sign",
    "Statement",
    "Tree",
    "Unread",
    "macros_in",
    "parse",
    "sexp",
    "walk",
]
