r"""What ``\newcommand``, ``\def``, ``\DeclareMathOperator`` and ``\let`` define, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, final

from symrep.reading.documents.scanning import balanced

__all__ = ["Definition", "definition_at", "definition_of", "definitions_in"]

_NAME: Final = r"\s{0,5}(?:\{\s{0,5}(\\[A-Za-z@]{1,50}|\\[^A-Za-z\s])\s{0,5}\}|(\\[A-Za-z@]{1,50}|\\[^A-Za-z\s]))"
_HEAD: Final = re.compile(rf"(?P<word>\\(?:newcommand|renewcommand|providecommand|DeclareMathOperator)\*?){_NAME}")
_ARGUMENTS: Final = re.compile(r"\s{0,5}\[([0-9])\]\s{0,5}(?:\[([^\[\]\n]{0,100})\])?\s{0,5}")
_DEF: Final = re.compile(r"\\def\s{0,5}(\\[A-Za-z@]{1,50}|\\[^A-Za-z\s])((?:#[1-9])*)\s{0,5}(?=\{)")
_LET: Final = re.compile(r"\\let\s{0,5}(\\[A-Za-z@]{1,50})\s{0,5}=?\s{0,5}(\\[A-Za-z@]{1,50})")
_ANY: Final = re.compile(r"\\(?:newcommand|renewcommand|providecommand|DeclareMathOperator|def|let)(?![A-Za-z])")


@final
@dataclass(frozen=True)
class Definition:
    """``name`` with a backslash, how many arguments, what they become, and the first one where it may be left out."""

    name: str
    arguments: int
    body: str
    optional: str | None = None


def definition_at(text: str, start: int) -> int | None:
    """The place after the definition that begins at ``start``; None if it is not one."""
    found = _parse(text, start)
    return None if found is None else found[1]


def definition_of(text: str) -> Definition | None:
    """What a text, all of it, defines."""
    found = _parse(text, 0)
    return None if found is None else found[0]


def definitions_in(text: str) -> list[tuple[int, int, Definition]]:
    """Those inside a formula or the words of a text of Markdown, with their places."""
    out = []
    at = 0
    while (m := _ANY.search(text, at)) is not None:
        found = _parse(text, m.start())
        at = m.end()
        if found is not None:
            out.append((m.start(), found[1], found[0]))
            at = found[1]
    return out


def _parse(text: str, start: int) -> tuple[Definition, int] | None:
    m = _HEAD.match(text, start)
    if m is not None:
        name = m.group(2) or m.group(3)
        at, arguments, optional = m.end(), 0, None
        operator = m["word"].startswith(r"\DeclareMathOperator")
        if not operator and (a := _ARGUMENTS.match(text, at)) is not None:
            arguments, optional, at = int(a.group(1)), a.group(2), a.end()
        body = _braced(text, at)
        if body is None:
            return None
        inner, end = body
        if operator:
            inner = rf"\operatorname{{{inner}}}"
        return Definition(name, arguments, inner, optional), end
    m = _DEF.match(text, start)
    if m is not None:
        body = _braced(text, m.end())
        return None if body is None else (Definition(m.group(1), len(m.group(2)) // 2, body[0]), body[1])
    m = _LET.match(text, start)
    return None if m is None else (Definition(m.group(1), 0, m.group(2)), m.end())


#: longest body of a macro
_MOST: Final = 1000
_SPACE: Final = re.compile(r"\s{0,20}")


def _braced(text: str, at: int) -> tuple[str, int] | None:
    m = _SPACE.match(text, at)
    start = m.end() if m is not None else at
    if text[start : start + 1] != "{":
        return None
    end = balanced(text, start, _MOST)
    return None if end is None else (text[start + 1 : end - 1], end)
