"""What a document consists of, whatever it was written in: formulas, words between them, pragmas, what was left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, final

from symrep.reading.documents.mapped import Mapped
from symrep.reading.documents.source import Source

__all__ = ["BREAK", "SLOT", "Document", "Formula", "LeftOut", "Pragma"]

#: stands for a formula in the words around it: the n-th formula is one character, ``chr(SLOT + n)``
SLOT: Final = 0xF0000
#: ends a paragraph in the words
BREAK: Final = "\n\n"


@final
@dataclass(frozen=True)
class Formula:
    """One formula as it is written.

    Attributes:
        body: what is between the delimiters, comments and quotation marks of e-mail gone, macros not yet expanded.
        display: set off from the text.
        environment: ``align`` …, without its star; empty for dollars and brackets.
        start, end: delimiters included, in the file.
        cell: the cell of a notebook, counted from 0.
    """

    body: Mapped
    display: bool
    environment: str
    start: int
    end: int
    cell: int | None = None


@final
@dataclass(frozen=True)
class Pragma:
    """``symrep: …`` in a comment: the text after the colon, and where it is."""

    text: str
    start: int
    end: int


@final
@dataclass(frozen=True)
class LeftOut:
    """Something that was not read, and why."""

    text: str
    reason: str
    start: int
    end: int
    cell: int | None = None


@final
@dataclass
class Document:
    """A file taken apart, in its own order.

    Attributes:
        words: the text, a character of the private plane (``SLOT``) standing for each formula.
        definitions: the definitions of macros as they are written, with the offset from which they hold.
    """

    source: Source
    formulas: list[Formula] = field(default_factory=list)
    words: Mapped = field(default_factory=lambda: Mapped.plain(""))
    pragmas: list[Pragma] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    definitions: list[Mapped] = field(default_factory=list)
