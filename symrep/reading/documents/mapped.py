"""Text that remembers where in a file each of its characters came from, through everything that is cut, joined and
unescaped on the way to a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import final

__all__ = ["Mapped", "join"]


@final
@dataclass(frozen=True)
class Mapped:
    """Text, and for each of its characters the stretch ``[start, end)`` of the file that it stands for.

    A stretch may be longer than one: an escape, the end of a line and the mark of quotation after it.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def __len__(self) -> int:
        return len(self.text)

    def cut(self, start: int, end: int | None = None) -> Mapped:
        return Mapped(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def stripped(self) -> Mapped:
        text = self.text
        start = len(text) - len(text.lstrip())
        return self.cut(start, max(start, len(text.rstrip())))

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Where in the file ``text[start:end]`` is; for an empty one, the place between its neighbours."""
        if start < end:
            return self.starts[start], self.ends[end - 1]
        if start < len(self.text):
            return self.starts[start], self.starts[start]
        place = self.ends[-1] if self.text else 0
        return place, place

    @classmethod
    def plain(cls, text: str, start: int = 0) -> Mapped:
        """The text of a file, each character where it is."""
        return cls(text, range(start, start + len(text)), range(start + 1, start + len(text) + 1))


def join(parts: Iterable[Mapped]) -> Mapped:
    some = [p for p in parts if p.text]
    if len(some) == 1:
        return some[0]
    starts: list[int] = []
    ends: list[int] = []
    for p in some:
        starts += p.starts
        ends += p.ends
    return Mapped("".join(p.text for p in some), starts, ends)
