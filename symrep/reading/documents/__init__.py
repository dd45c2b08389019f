"""Documents: Markdown, TeX and notebooks taken apart into formulas, words and pragmas, every one where it stands.

Knows no mathematics: what a formula says is for :mod:`symrep.reading.latex`.
"""

from symrep.reading.documents.model import BREAK, SLOT, Document, Formula, LeftOut, Pragma
from symrep.reading.documents.opening import KINDS, open_document
from symrep.reading.documents.source import Source, load

__all__ = [
    "BREAK",
    "KINDS",
    "SLOT",
    "Document",
    "Formula",
    "LeftOut",
    "Pragma",
    "Source",
    "load",
    "open_document",
]
