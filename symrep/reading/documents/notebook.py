"""Jupyter notebooks: the Markdown cells, every character where it stands in the notebook's JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, final

from symrep.errors import BadInput
from symrep.reading.documents import markdown
from symrep.reading.documents.mapped import Mapped, join
from symrep.reading.documents.model import Document

__all__ = ["escaped", "scan"]

_WHAT: Final = "notebook"
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_TOKEN: Final = re.compile(r'[\s\ufeff]*(?:([{}\[\],:])|("(?:[^"\\]|\\.)*")|([-+.0-9A-Za-z]+))', re.DOTALL)
_PIECE: Final = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.DOTALL
)
_DEPTH: Final = 100


def scan(document: Document) -> None:
    """Read a notebook into a document.

    Raises:
        BadInput: it is no notebook.
    """
    for number, cell in enumerate(_cells(document.source.text, document.source.path)):
        markdown.scan(document, cell.text, number) if cell.markdown else None


def escaped(text: str) -> str:
    """A text as it stands between the quotation marks of a JSON string, as Jupyter writes it."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


@final
@dataclass
class _Cell:
    markdown: bool = False
    text: Mapped = field(default_factory=lambda: Mapped.plain(""))


def _cells(text: str, path: str) -> Iterator[_Cell]:
    """The cells, in their order."""
    cell = _Cell()
    found = False
    for depth, keys, token, start in _walk(text, path):
        if keys[:1] != ["cells"]:
            continue
        if token == "{" and depth == 3:
            found = True
            cell = _Cell()
        elif token == "}" and depth == 3:
            yield cell
        elif token[0] == '"' and len(keys) >= 3 and keys[1] == "":
            if keys[2:] == ["cell_type"]:
                cell.markdown = _decoded(text, start, path).text == "markdown"
            elif keys[2:] in (["source"], ["source", ""]):
                cell.text = join((cell.text, _decoded(text, start, path)))
    if not found and not re.search(r'"cells"\s*:\s*\[\s*\]', text):
        raise BadInput(_WHAT, "a list of cells (nbformat 4)", "none", where=path)


def _walk(text: str, path: str) -> Iterator[tuple[int, list[str], str, int]]:
    """Every value and bracket: depth, the keys that lead to it (``""`` in a list), the token, its place."""
    stack: list[str] = []  # open brackets
    keys: list[str] = []
    at, key = 0, False
    end = len(text.rstrip())
    while at < end:
        m = _TOKEN.match(text, at)
        if m is None:
            raise BadInput(_WHAT, "JSON", repr(text[at : at + 20]), where=f"{path}:{text.count(chr(10), 0, at) + 1}")
        token, start = m.group().strip("\ufeff \t\r\n"), m.end()
        start -= len(token)
        at = m.end()
        if token in "{[":
            stack.append(token)
            keys.append("")
            key = token == "{"
            if len(stack) > _DEPTH:
                raise BadInput(_WHAT, f"JSON at most {_DEPTH} deep", "deeper", where=path)
            yield len(stack), keys[:-1], token, start
        elif token in "}]":
            if not stack or (stack[-1] == "{") != (token == "}"):
                raise BadInput(_WHAT, "JSON", f"a stray {token}", where=f"{path}:{text.count(chr(10), 0, at) + 1}")
            yield len(stack), keys[:-1], token, start
            stack.pop()
            keys.pop()
            key = False
        elif token == ",":
            key = bool(stack) and stack[-1] == "{"
        elif token == ":":
            key = False
        elif key and token[0] == '"':
            keys[-1] = token[1:-1]
        else:
            yield len(stack), keys, token, start
    if stack:
        raise BadInput(_WHAT, "JSON", "a text that ends in the middle", where=path)


def _decoded(text: str, start: int, path: str) -> Mapped:
    """The string that begins at ``start``, its escapes standing where they are."""
    m = _STRING.match(text, start)
    if m is None:
        raise BadInput(_WHAT, "a string", repr(text[start : start + 20]), where=path)
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece in _PIECE.finditer(text, start + 1, m.end() - 1):
        raw = piece.group()
        value: Any = raw
        if raw[0] == "\\":
            try:
                value = json.loads(f'"{raw}"')
            except ValueError as e:
                raise BadInput(_WHAT, "an escape of JSON", raw, where=path) from e
        for c in value:
            chars.append(c)
            starts.append(piece.start())
            ends.append(piece.end())
    return Mapped("".join(chars), starts, ends)
