"""A file becomes a document, by the kind its name tells."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from symrep.errors import BadInput
from symrep.reading.documents import markdown, notebook, tex
from symrep.reading.documents.macros import definitions_in
from symrep.reading.documents.mapped import Mapped
from symrep.reading.documents.model import Document
from symrep.reading.documents.source import Source

__all__ = ["KINDS", "kind_of", "open_document"]

#: suffix -> kind
KINDS: Final = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".mdx": "markdown",
    ".qmd": "markdown",
    ".rmd": "markdown",
    ".txt": "markdown",
    ".tex": "tex",
    ".ltx": "tex",
    ".latex": "tex",
    ".ipynb": "notebook",
}


def kind_of(path: str) -> str:
    """``markdown``, ``tex`` or ``notebook``.

    Raises:
        BadInput: the name ends in something else.
    """
    kind = KINDS.get(PurePath(path).suffix.lower())
    if kind is None:
        got = PurePath(path).suffix or "no suffix"
        raise BadInput("symrep check", "Markdown (.md), TeX (.tex) or a notebook (.ipynb)", got, where=path)
    return kind


def open_document(source: Source) -> Document:
    """Take a file apart.

    Raises:
        BadInput: a kind nobody knows, or a notebook that is none.
    """
    kind = kind_of(source.path)
    document = Document(source)
    if kind == "notebook":
        notebook.scan(document)
    elif kind == "tex":
        tex.scan(document, Mapped.plain(source.text))
    else:
        start = 1 if source.text.startswith("\ufeff") else 0
        markdown.scan(document, Mapped.plain(source.text[start:], start))
    if kind != "tex":
        for text in (document.words, *(f.body for f in document.formulas)):
            document.definitions += [text.cut(start, end) for start, end, _ in definitions_in(text.text)]
    document.left_out.sort(key=lambda n: n.start)
    document.pragmas.sort(key=lambda p: p.start)
    return document
