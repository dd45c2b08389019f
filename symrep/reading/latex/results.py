"""What reading gives back: statements with their sides, guesses, and what was not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, final

from symrep.errors import SymrepError
from symrep.reading.latex.trees import Tree

__all__ = ["Guess", "Reading", "Row", "Side", "Sign", "Statement", "Unread"]


@final
@dataclass(frozen=True, slots=True)
class Guess:
    """A choice among several readings: what was read at the span, and why."""

    start: int
    end: int
    read: str
    why: str
    code: str = "guess"


@final
@dataclass(eq=False)
class Unread(SymrepError):
    """A span that is not understood; ``needed`` says what would make it readable, ``code`` the sort of trouble.

    Codes: ``syntax`` (no formula), ``size`` (too deep, too long, too large a number), ``ambiguous`` (two readings, none
    likelier), ``undefined`` (a name whose meaning the document does not tell), ``unsupported`` (understood, and symrep
    has no expression for it).
    """

    start: int = 0
    end: int = 0

    def __reduce__(self) -> Any:
        return type(self), (
            self.what, self.needed, self.got, self.instead, self.where, self.code, self.start, self.end,
        )  # fmt: skip


@final
@dataclass(frozen=True)
class Side:
    """One side of a statement: read (``expr``) or not (``unread``). An inherited one has no tree."""

    start: int
    end: int
    tree: Tree | None
    expr: Any = None
    unread: tuple[Unread, ...] = ()
    guesses: tuple[Guess, ...] = ()


@final
@dataclass(frozen=True, slots=True)
class Sign:
    """A relation sign."""

    op: str
    start: int
    end: int


@final
@dataclass(frozen=True)
class Statement:
    """A chain of relations, or a lone expression.

    ``role``: ``claim``, or beside an arrow ⇒ ``premise`` or ``consequence`` (of it, or of the row before).
    """

    start: int
    end: int
    sides: tuple[Side, ...]
    relations: tuple[Sign, ...] = ()
    conditions: tuple[Side, ...] = ()
    inherits: bool = False
    role: str = "claim"


@final
@dataclass(frozen=True)
class Row:
    r"""What stands between two ``\\``."""

    start: int
    end: int
    statements: tuple[Statement, ...]


@final
@dataclass(frozen=True)
class Reading:
    """A formula, read.

    Attributes:
        spelled: the names met, and the author's LaTeX for them.
        indexed: names whose subscripts were read as indices, beyond those declared.
        kinds: the kinds assumed for names nobody declared.
    """

    source: str
    rows: tuple[Row, ...]
    spelled: Mapping[str, str] = field(default_factory=dict)
    indexed: frozenset[str] = frozenset()
    kinds: Mapping[str, str] = field(default_factory=dict)

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(s for r in self.rows for s in r.statements)

    @property
    def guesses(self) -> tuple[Guess, ...]:
        return tuple(g for s in self.statements for side in (*s.sides, *s.conditions) for g in side.guesses)

    @property
    def unread(self) -> tuple[Unread, ...]:
        return tuple(u for s in self.statements for side in (*s.sides, *s.conditions) for u in side.unread)
