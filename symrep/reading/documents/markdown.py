"""Markdown as people write it: code, front matter and comments put aside, quotations unwrapped, formulas found.

A scanner of our own and not a library: those that parse Markdown give lines, not places, and know no formulas.
"""

from __future__ import annotations

import re
from typing import Final

from symrep.reading.documents.mapped import Mapped, join
from symrep.reading.documents.model import Document
from symrep.reading.documents.scanning import GONE, Scanner

__all__ = ["scan"]

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_QUOTE: Final = re.compile(r" {0,3}>[ ]?")
_FENCE: Final = re.compile(r"([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(`{3,}|~{3,})[ \t]*(\{?[^\s`{}]*\}?)[^`\r\n]*")
_ITEM: Final = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_MATHS: Final = frozenset(("math", "{math}", "maths", ".math", "{.math}"))
#: a formula may be open at the end of a line: then indentation is not code
_DELIMITERS: Final = re.compile(r"\\.|\$\$", re.DOTALL)
_INLINE: Final = re.compile(
    r"(?P<comment><!--)|(?P<raw><(?P<tag>pre|code|script|style|textarea|del|s|strike)\b[^<>]{0,300}>)|(?P<slash>\\.)|(?P<ticks>`+)|"
    r"(?P<liquid>\{%-?\s{0,3}(?P<word>\w+))|(?P<struck>(?<!~)~~(?=[^\s~]))",
    re.DOTALL | re.IGNORECASE,
)
_LIQUID_BLOCKS: Final = frozenset(("highlight", "comment", "codeblock"))


def scan(document: Document, text: Mapped, cell: int | None = None) -> None:
    """Read a text of Markdown into a document."""
    scanner = Scanner(document, True, cell)
    _inline(scanner, _blocks(scanner, text))
    scanner.finish()


def _gone(text: Mapped) -> Mapped:
    return Mapped(re.sub(r"[^\n]", GONE, text.text), text.starts, text.ends)


def _newline(line: Mapped) -> Mapped:
    """A line with one line feed at its end, whatever it had."""
    body = line.text.rstrip("\r\n")
    if len(body) == len(line.text):
        return line
    start, end = line.source(len(body), len(line.text))
    return join((line.cut(0, len(body)), Mapped("\n", [start], [end])))


# --- lines --------------------------------------------------------------------------------------------------------


def _lines(text: Mapped) -> list[Mapped]:
    out = []
    at = 0
    while at < len(text.text):
        m = _LINE.match(text.text, at)
        end = m.end() if m is not None else len(text.text)
        out.append(_newline(text.cut(at, end)))
        at = end
    return out


def _unquoted(line: Mapped) -> tuple[Mapped, int]:
    """A line without its marks of quotation, and how many they were."""
    depth = 0
    while depth < 20 and (m := _QUOTE.match(line.text)) is not None:
        line = line.cut(m.end())
        depth += 1
    return line, depth


def _blocks(scanner: Scanner, text: Mapped) -> Mapped:
    """The text without front matter, fences, indented code and marks of quotation."""
    lines = _lines(text)
    out: list[Mapped] = []
    i = _front_matter(lines)
    out += map(_gone, lines[:i])
    depth, blank, listed, open_ = 0, True, False, False
    while i < len(lines):
        line, level = _unquoted(lines[i])
        if open_ and level > depth:  # a > inside a formula that is not quoted
            line, level = lines[i], depth
        if level != depth and not open_:
            out.append(Mapped("\n", line.starts[:1] or [0], line.starts[:1] or [0]))
            depth, blank = level, True
        fence = None if open_ else _FENCE.match(line.text)
        if fence is not None and _is_fence(fence):
            i = _fenced(scanner, lines, i, fence, depth, out)
            blank = True
            continue
        empty = not line.text.strip()
        indented = line.text.startswith(("    ", "\t"))
        if not open_ and indented and blank and not listed and not empty:
            out.append(_gone(line))
            i += 1
            continue
        if not empty:
            listed = bool(_ITEM.match(line.text)) or (listed and (not blank or line.text[:1] in " \t"))
        open_ = _still_open(line.text, open_)
        out.append(line)
        blank = empty
        i += 1
    return join(out)


def _is_fence(m: re.Match[str]) -> bool:
    """Backticks in the rest of the line make it inline code."""
    return m.group(2)[0] == "~" or "`" not in m.string[m.end(2) :]


def _still_open(line: str, open_: bool) -> bool:
    for m in _DELIMITERS.finditer(line):
        if m.group() == "$$":
            open_ = not open_
        elif m.group() == r"\[":
            open_ = True
        elif m.group() == r"\]":
            open_ = False
    return open_


def _front_matter(lines: list[Mapped]) -> int:
    """How many lines it takes."""
    if not lines or lines[0].text.lstrip("\ufeff").rstrip() not in ("---", "+++"):
        return 0
    mark = lines[0].text.lstrip("\ufeff").rstrip()
    for n, line in enumerate(lines[1:400], 1):
        if line.text.rstrip() in (mark, "..." if mark == "---" else mark):
            return n + 1
    return 0


def _fenced(scanner: Scanner, lines: list[Mapped], i: int, m: re.Match[str], depth: int, out: list[Mapped]) -> int:
    """The place after a fenced block; one of formulas is read."""
    mark, word = m.group(2), m.group(3)
    inside: list[Mapped] = []
    first, _ = _unquoted(lines[i])
    n = i + 1
    while n < len(lines):
        line, level = _unquoted(lines[n]) if depth else (lines[n], 0)
        if level < depth:
            break
        bare = line.text.strip()
        if bare.startswith(mark) and not bare.strip(mark[0]):
            n += 1
            break
        inside.append(line)
        n += 1
    body = join(inside)
    if word.lower() in _MATHS:
        out.append(_marked(body, first))
    else:
        out.append(_gone(first))
        out += map(_gone, inside)
        out.append(Mapped("\n", [first.starts[0]] if len(first) else [0], [first.starts[0]] if len(first) else [0]))
    return n


def _marked(body: Mapped, fence: Mapped) -> Mapped:
    """A block of formulas as a display: the fence stands for its delimiters. Blank lines in it are nothing."""
    s, e = fence.source(0, max(1, len(fence) - 1))
    end = body.ends[-1] if len(body) else e
    parts = [p for p in (body.cut(k.start(), k.end()) for k in _LINE.finditer(body.text)) if p.text.strip()]
    opening = Mapped("\n$$", [s] * 3, [s] * 2 + [e])
    closing = Mapped("$$\n", [end] * 3, [end] * 3)
    return join((opening, *parts, closing))


# --- within lines -------------------------------------------------------------------------------------------------


def _inline(scanner: Scanner, text: Mapped) -> None:
    """Put aside what is code or comment, then look for formulas."""
    parts: list[Mapped] = []
    at = done = 0
    missing: dict[int, int] = {}  # no run of so many backticks before there
    unclosed: set[str] = set()
    small = text.text.lower()
    while (m := _INLINE.search(text.text, at)) is not None:
        at = m.end()
        end: int | None = None
        kept: Mapped | None = None
        if m["comment"]:
            close = text.text.find("-->", at)
            if close < 0:
                continue
            end = close + 3
            scanner.pragma(text.cut(at, close))
            kept = text.cut(0, 0)
        elif m["raw"]:
            tag = m["tag"].lower()
            close = -1 if tag in unclosed else small.find(f"</{tag}", at)
            if close < 0:
                unclosed.add(tag)
                continue
            end = text.text.find(">", close) + 1 or len(text)
        elif m["ticks"]:
            n = len(m["ticks"])
            if at < missing.get(n, 0):
                continue
            after, closed = _ticks(text.text, at, n)
            if not closed:
                missing[n] = after
                continue
            dollars = n == 1 and text.text[m.start() - 1 : m.start()] == "$" and text.text[after : after + 1] == "$"
            if dollars:  # GitHub's $`…`$
                parts.append(text.cut(done, m.start() - 1))
                body = text.cut(at, after - 1)
                start, stop = text.source(m.start() - 1, after + 1)
                parts.append(_placed(scanner, body, start, stop))
                at = done = after + 1
                continue
            end = after
        elif m["liquid"]:
            close = text.text.find("%}", at)
            if close < 0 or close - at > 300:
                continue
            end = close + 2
            word = m["word"].lower()
            if word in _LIQUID_BLOCKS:
                mark = re.compile(r"\{%-?\s{0,3}end" + re.escape(word) + r"\s{0,3}-?%\}")
                stop_at = mark.search(text.text, end)
                end = stop_at.end() if stop_at is not None else end
        elif m["struck"]:
            end = _struck(text.text, m.start(), at)
        if end is None:
            continue
        parts += (text.cut(done, m.start()), _gone(text.cut(m.start(), end)) if kept is None else kept)
        at = done = end
    parts.append(text.cut(done))
    scanner.scan(join(parts))


def _placed(scanner: Scanner, body: Mapped, start: int, end: int) -> Mapped:
    r"""A formula between dollars and backticks, as ``\( … \)``."""
    return join((Mapped(r"\(", [start] * 2, [start] * 2), body, Mapped(r"\)", [end] * 2, [end] * 2)))


_FAR: Final = 2000
_STRUCK: Final = re.compile(r"(?<=[^\s~])~~(?!~)|\n[ \t]*\n")


def _struck(text: str, start: int, at: int) -> int | None:
    """The place after words that are struck out, ~~so~~; None within a formula, where ~ is a space."""
    low = max(0, start - _FAR)
    before = text[max(text.rfind("\n\n", low, start), low) : start]
    close = _STRUCK.search(text, at, at + _FAR)
    if close is None or close.group()[0] == "\n" or _dollars(before) % 2 or _dollars(text[at : close.start()]) % 2:
        return None
    return close.end()


def _dollars(text: str) -> int:
    return len(re.findall(r"(?<!\\)\$", text))


_TICKS: Final = re.compile(r"`+|\n[ \t]*\n")


def _ticks(text: str, at: int, n: int) -> tuple[int, bool]:
    """The place after the run of n backticks that closes a code span, or the end of its paragraph and False."""
    for m in _TICKS.finditer(text, at):
        if m.group()[0] == "\n":
            return m.start(), False
        if len(m.group()) == n:
            return m.end(), True
    return len(text), False
