"""A file as it is: its bytes, its text, and lines and columns in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Final, final

from symrep.errors import BadInput

__all__ = ["MAX_BYTES", "Source", "load"]

MAX_BYTES: Final = 8 << 20
_WHAT: Final = "symrep check"
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_WIDE: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


@final
class Source:
    """Offsets count characters of the decoded file from 0, a byte-order mark and both characters of CRLF among them;
    lines and columns count from 1, a byte-order mark has no column. A byte that is no UTF-8 is one character.
    """

    def __init__(self, path: str, data: bytes) -> None:
        if len(data) > MAX_BYTES:
            raise BadInput(_WHAT, f"at most {MAX_BYTES >> 20} MB", f"{len(data) >> 20} MB", where=path)
        self.path = path
        self.data = data
        self.encoding = _WIDE.get(data[:2], "utf-8")
        try:
            self.text = data.decode(self.encoding, "surrogateescape" if self.encoding == "utf-8" else "strict")
        except UnicodeDecodeError as e:
            raise BadInput(_WHAT, "text", f"bytes that are no {self.encoding}, at {e.start}", where=path) from e
        if "\0" in self.text:
            raise BadInput(_WHAT, "text", f"a null byte, at {self.text.index(chr(0))}", where=path)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(m.end() for m in _LINE_END.finditer(self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        if line == 1 and self.text.startswith("\ufeff"):
            start = 1
        return line, max(1, offset - start + 1)

    def edited(self, edits: Iterable[tuple[int, int, str]]) -> bytes:
        """The file with ``(start, end, text)`` applied, every other byte as it was.

        Raises:
            BadInput: edits that overlap.
        """
        out: list[str] = []
        at = 0
        for start, end, text in sorted(edits):
            if start < at:
                raise BadInput(_WHAT, "corrections that do not overlap", f"two at {self.position(start)}")
            out += (self.text[at:start], text)
            at = end
        out.append(self.text[at:])
        return "".join(out).encode(self.encoding, "surrogateescape")


def load(name: str) -> Source:
    """The file of that name.

    Raises:
        BadInput: no file, one that is too big, or no text.
    """
    try:
        path = Path(name)
        if not path.is_file():
            raise BadInput(_WHAT, "a file that exists", name[:200], "symrep check FILE")
        with path.open("rb") as file:
            return Source(name, file.read(MAX_BYTES + 1))
    except ValueError as e:  # a null byte in the name
        raise BadInput(_WHAT, "a file that exists", repr(name)[:200], "symrep check FILE") from e
