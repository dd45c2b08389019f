"""Formulas as people write them, read into symrep's own expressions. See ``docs/reading.md``."""

from symrep.reading.latex.environment import Definition, Environment, Macro
from symrep.reading.latex.macros import macros_in
from symrep.reading.latex.reading import Defined, defines, read
from symrep.reading.latex.results import Guess, Reading, Row, Side, Sign, Statement, Unread
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.statements import parse
from symrep.reading.latex.trees import Tree, sexp, walk

__all__ = [
    "Defined",
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
    "defines",
    "macros_in",
    "name_of",
    "parse",
    "read",
    "sexp",
    "walk",
]
