"""TeX: comments, verbatim and the preamble put aside, what is read from other files said, formulas found."""

from __future__ import annotations

import re
from typing import Final

from symrep.reading.documents.macros import definition_at
from symrep.reading.documents.mapped import Mapped, join
from symrep.reading.documents.model import Document
from symrep.reading.documents.scanning import GONE, Scanner, balanced, blank_at

__all__ = ["scan"]

_VERBATIM: Final = frozenset(
    "verbatim Verbatim BVerbatim LVerbatim lstlisting minted comment filecontents alltt tikzpicture tabular tabular* "
    "algorithmic".split()
)
#: in these dollars are formulas all the same, but rows are none of a derivation
_KEPT: Final = frozenset(("tabular", "tabular*", "algorithmic"))
_NEXT: Final = re.compile(
    r"(?P<comment>%[^\n]*\n?[ \t]*)|\\begin\s{0,3}\{(?P<env>[A-Za-z]{1,20}\*?)\}|"
    r"\\(?:verb\*?|lstinline|mintinline\{\w{0,20}\})(?P<verb>[^A-Za-z\s*])|"
    r"(?P<define>\\(?:newcommand|renewcommand|providecommand|DeclareMathOperator|def|let)(?![A-Za-z]))|"
    r"\\(?P<input>input|include|subfile|import)(?![A-Za-z])|(?P<never>\\(?:iffalse(?![A-Za-z])|if\s?0(?!\d)))|"
    r"(?P<struck>\\(?:sout|xout)(?=\s?\{))|(?P<slash>\\.)",
    re.DOTALL,
)
#: conditionals of TeX; ``\iff`` is an arrow
_IFS: Final = re.compile(
    r"(?<!\\)\\(?:(?P<if>if(?!f(?![A-Za-z])|thenelse)[A-Za-z@]*)|(?P<else>else)|(?P<fi>fi))(?![A-Za-z])"
)
_BEGIN: Final = re.compile(r"\\begin\s*\{document\}")
_END: Final = re.compile(r"\\end\s*\{document\}")
_FILE: Final = re.compile(r"\s*(?:\{[^{}\n]{0,200}\}){1,2}|\s*[^\s\\{}]{1,100}")


def scan(document: Document, text: Mapped) -> None:
    """Read a text of TeX into a document. Files that it takes in are not followed, and this is said."""
    scanner = Scanner(document, False)
    text = _lines(text)
    begin, end = _ends(text.text)
    _clean(scanner, text.cut(0, begin))
    scanner.scan(_clean(scanner, text.cut(begin, end)))
    scanner.finish()


def _lines(text: Mapped) -> Mapped:
    """Every end of a line as a line feed that stands for what is there."""
    if "\r" not in text.text:
        return text
    parts: list[Mapped] = []
    at = 0
    for m in re.finditer(r"\r\n?", text.text):
        start, end = text.source(m.start(), m.end())
        parts += (text.cut(at, m.start()), Mapped("\n", [start], [end]))
        at = m.end()
    return join((*parts, text.cut(at)))


def _ends(text: str) -> tuple[int, int]:
    """Where the body begins and ends; a fragment is all body. Neither counts in a comment."""

    def outside(m: re.Match[str]) -> bool:
        line = text[text.rfind("\n", 0, m.start()) + 1 : m.start()]
        return re.search(r"(?<!\\)(?:\\\\)*%", line) is None

    begin = next((m.end() for m in _BEGIN.finditer(text) if outside(m)), 0)
    end = next((m.start() for m in _END.finditer(text, begin) if outside(m)), len(text))
    return begin, end


def _clean(scanner: Scanner, text: Mapped) -> Mapped:
    """The text without comments, verbatim parts and definitions; what they say to symrep is noted."""
    parts: list[Mapped] = []
    at = done = 0
    while (m := _NEXT.search(text.text, at)) is not None:
        at = m.end()
        end = at
        if m["slash"]:
            continue
        if m["comment"]:
            line = m["comment"].rstrip("\n \t")
            scanner.pragma(text.cut(m.start() + 1, m.start() + len(line)))
            kept = text.cut(0, 0)
            if m["comment"] != line and text.text[m.start() - 1 : m.start()].isalpha():
                kept = blank_at(text, m.start())
            if text.text[text.text.rfind("\n", 0, m.start()) + 1 : m.start()].strip() == "" and _paragraph(
                text.text, at
            ):
                end = m.start() + len(line)  # a blank line after it stays one
        elif m["env"]:
            if m["env"] not in _VERBATIM or m["env"] in _KEPT:
                continue
            close = re.compile(r"\\end\s{0,3}\{" + re.escape(m["env"]) + r"\}").search(text.text, at)
            end = close.end() if close is not None else len(text.text)
            kept = _gone(text.cut(m.start(), end))
        elif m["verb"]:
            mark = {"{": "}"}.get(m["verb"], m["verb"])
            close_at = text.text.find(mark, at, at + 500)
            if close_at < 0 or "\n" in text.text[at:close_at]:
                continue
            end = close_at + 1
            kept = _gone(text.cut(m.start(), end))
        elif m["never"]:
            end = _never(text.text, at)
            kept = _gone(text.cut(m.start(), end))
        elif m["struck"]:
            closing = balanced(text.text, text.text.index("{", at, at + 3), 300)
            if closing is None:
                continue
            end = closing
            kept = _gone(text.cut(m.start(), end))
        elif m["define"]:
            stop = definition_at(text.text, m.start())
            if stop is None:
                continue
            scanner.document.definitions.append(text.cut(m.start(), stop))
            end = stop
            kept = text.cut(0, 0)
        else:
            name = _FILE.match(text.text, at)
            if name is None:
                continue
            end = name.end()
            scanner.leave_out(text.cut(m.start(), end), "what is in other files is not read; check that file, too")
            kept = text.cut(0, 0)
        parts += (text.cut(done, m.start()), kept)
        at = done = end
    return join((*parts, text.cut(done)))


def _never(text: str, at: int) -> int:
    r"""The place after the part of a conditional that TeX never takes: behind its ``\else`` or ``\fi``."""
    depth = 1
    for m in _IFS.finditer(text, at):
        depth += (m["if"] is not None) - (m["fi"] is not None)
        if depth == 0 or (depth == 1 and m["else"] is not None):
            return m.end()
    return len(text)


def _paragraph(text: str, at: int) -> bool:
    """Is the next line blank?"""
    return text[at : at + 1] == "\n"


def _gone(text: Mapped) -> Mapped:
    return Mapped(re.sub(r"[^\n]", GONE, text.text), text.starts, text.ends)
