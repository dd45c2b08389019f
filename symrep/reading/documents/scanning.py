"""Finding the formulas in a text from which code, comments and the like are gone already."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, final

from symrep.errors import BadInput
from symrep.reading.documents.mapped import Mapped, join
from symrep.reading.documents.model import BREAK, SLOT, Document, Formula, LeftOut, Pragma

__all__ = ["ENVIRONMENTS", "GONE", "Scanner", "balanced", "blank_at"]

#: stands for a character that is not to be read
GONE: Final = "\ufffc"
#: environments that are formulas by themselves
ENVIRONMENTS: Final = frozenset(
    "equation align alignat flalign xalignat gather multline eqnarray displaymath math dmath dgroup subeqnarray "
    "IEEEeqnarray".split()
)
#: those that need one around them in TeX, and stand alone in Markdown
INNER: Final = frozenset("aligned alignedat split gathered cases".split())

_OPEN: Final = re.compile(
    r"\\begin\s{0,3}\{([A-Za-z]{1,20}\*?)\}|(\\\\?[\[(])|(\$\$?)|\\(?:[^\s\[(]|\s)|(\n[ \t]*\n)", re.DOTALL
)
_BLANK: Final = re.compile(r"\n[ \t]*\n")
_DOLLAR: Final = re.compile(r"\\.|[{}]|\$|\n[ \t]*\n", re.DOTALL)
_PROSE: Final = re.compile(r"(?<![\\A-Za-z{])(?:[A-Za-z]{2,} ){3}[A-Za-z]{2,}")
_COMMENT: Final = re.compile(r"(?<!\\)((?:\\\\)*)%([^\n]*)(\n[ \t]*)?")
_PRAGMA: Final = re.compile(r"\s*symrep\s*:(.*)", re.DOTALL)
#: what Markdown unescapes before a formula is typeset, where delimiters are doubled
_DOUBLED: Final = re.compile(r"\\\\\\\\|\\\\(?=[{}|,;:!>%#&_.])|\\(?=[_*])")
_INTERTEXT: Final = re.compile(r"\\(?:short)?intertext\s{0,3}\{")
_MOST_LEFT_OUT: Final = 500
_PATIENCE: Final = 1_000_000
#: of a formula in double dollars that may stand in a line; the words around it
_SHORT: Final = 120
_NEAR: Final = 12
_LAST_WORD: Final = re.compile(r"[A-Za-z][,;:]?[ \t]+\Z")
_NEXT_WORD: Final = re.compile(r"[ \t]?[,;)]?[ \t]+[a-z(]")
#: longest formula
MAX_LENGTH: Final = 20_000
#: of a document; each has a character of its own in the words around it
MAX_FORMULAS: Final = 20_000


def balanced(text: str, start: int, most: int = MAX_LENGTH) -> int | None:
    """The place after the brace that closes the one at ``start``, if it is no further than ``most``."""
    depth = 0
    for m in _BRACES.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(m.group(), 0)
        if depth == 0:
            return m.end()
        if m.end() - start > most:
            return None
    return None


_BRACES: Final = re.compile(r"\\.|[{}]", re.DOTALL)


def _running(text: str, start: int, end: int) -> bool:
    """Does a short formula in double dollars stand within a line of words, as kramdown sets it, or is it a display?"""
    if end - start > _SHORT or "\n" in text[start:end] or "\\begin" in text[start:end]:
        return False
    return (
        _LAST_WORD.search(text[max(0, start - _NEAR) : start]) is not None and _NEXT_WORD.match(text, end) is not None
    )


@final
@dataclass
class Scanner:
    """Collects what a document holds. ``markdown``: dollars need company, brackets may be doubled."""

    document: Document
    markdown: bool
    cell: int | None = None
    _words: list[Mapped] = field(default_factory=list)
    #: how far one may still look in vain for the ends of formulas
    _patience: int = _PATIENCE

    def scan(self, text: Mapped) -> None:
        """Take the formulas out of a text; the rest is words."""
        at = end = 0
        while (m := _OPEN.search(text.text, at)) is not None:
            at = m.end()
            found = self._formula(text, m) if self._patience > 0 else None
            if found is None:
                if m.lastindex and m.lastindex <= 3:
                    self._patience -= min(MAX_LENGTH, len(text) - at)
                continue
            body, environment, display, at = found
            self._say(text.cut(end, m.start()))
            end = at
            start, stop = text.source(m.start(), at)
            self.add(body, environment, display, start, stop)
        self._say(text.cut(end))

    def add(self, body: Mapped, environment: str, display: bool, start: int, end: int) -> None:
        """A formula that was found.

        Raises:
            BadInput: one too many.
        """
        n = len(self.document.formulas)
        if n >= MAX_FORMULAS:
            raise BadInput("document", f"at most {MAX_FORMULAS} formulas", "more", "several files")
        self._words.append(Mapped(chr(SLOT + n), [start], [end]))
        if self.markdown:
            body = self._without_comments(body)
        body, said = _without_intertext(body)
        self.document.formulas.append(Formula(body, display, environment, start, end, self.cell))
        self._words += said

    def finish(self) -> None:
        """End of a text: what was said so far are the document's words, and a paragraph."""
        end = self._words[-1].ends[-1] if self._words else 0
        pause = Mapped(BREAK, [end] * len(BREAK), [end] * len(BREAK))
        self.document.words = join((self.document.words, *self._words, pause))
        self._words.clear()

    def leave_out(self, text: Mapped, reason: str) -> None:
        if len(self.document.left_out) >= _MOST_LEFT_OUT:
            return
        start, end = text.source(0, len(text))
        shown = " ".join(text.text[:80].split())
        self.document.left_out.append(LeftOut(shown, reason, start, end, self.cell))

    def pragma(self, text: Mapped) -> bool:
        """Note a comment that speaks to symrep; whether it was one."""
        m = _PRAGMA.fullmatch(text.text)
        if m is None:
            return False
        start, end = text.source(0, len(text))
        self.document.pragmas.append(Pragma(m.group(1).strip(), start, end))
        return True

    def _say(self, words: Mapped) -> None:
        if words.text:
            self._words.append(words)

    # --- one formula -------------------------------------------------------------------------------------------

    def _formula(self, text: Mapped, m: re.Match[str]) -> tuple[Mapped, str, bool, int] | None:
        """(body, environment, display, place after it) of the formula that opens at ``m``."""
        name, bracket, dollars, _ = m.groups()
        if name is not None:
            return self._environment(text, m, name)
        if bracket is not None:
            if len(bracket) == 3 and not self.markdown:
                return None  # \\[4pt] and \\( in the text
            return self._bracket(text, m, bracket)
        if dollars == "$$":
            return self._double(text, m)
        if dollars == "$":
            return self._single(text, m)
        return None

    def _environment(self, text: Mapped, m: re.Match[str], name: str) -> tuple[Mapped, str, bool, int] | None:
        bare = name.rstrip("*")
        if bare not in ENVIRONMENTS and not (self.markdown and bare in INNER):
            return None
        depth, at = 1, m.end()
        limit = m.end() + MAX_LENGTH
        mark = re.compile(r"\\(begin|end)\s{0,3}\{" + re.escape(name) + r"\}")
        while (e := mark.search(text.text, at, limit)) is not None:
            depth += 1 if e.group(1) == "begin" else -1
            at = e.end()
            if depth == 0:
                return text.cut(m.end(), e.start()), bare, bare != "math", e.end()
        self.leave_out(text.cut(m.start(), m.start() + 80), self._unclosed(name))
        return None

    def _bracket(self, text: Mapped, m: re.Match[str], bracket: str) -> tuple[Mapped, str, bool, int] | None:
        close = bracket[:-1] + {"[": "]", "(": ")"}[bracket[-1]]
        limit = m.end() + MAX_LENGTH
        at = text.text.find(close, m.end(), limit)
        while at > 0 and text.text[at - 1] == "\\" and len(close) == 2:  # \\[4pt], \\) inside
            at = text.text.find(close, at + 1, limit)
        inner = text.text[m.end() : at] if at >= 0 else ""
        if at < 0 or (bracket[-1] == "(" and _BLANK.search(inner)) or GONE in inner:
            if len(bracket) == 2:
                self.leave_out(text.cut(m.start(), m.start() + 80), self._unclosed(bracket))
            return None
        body = text.cut(m.end(), at)
        return _unescaped(body) if len(bracket) == 3 else body, "", bracket[-1] == "[", at + len(close)

    def _double(self, text: Mapped, m: re.Match[str]) -> tuple[Mapped, str, bool, int] | None:
        at = m.end()
        for e in re.finditer(r"\\.|\$\$", text.text[at : at + MAX_LENGTH], re.DOTALL):
            if e.group() == "$$":
                body = text.cut(at, at + e.start())
                if GONE in body.text or (_BLANK.search(body.text) and _PROSE.search(body.text)):
                    break
                return body, "", not (self.markdown and _running(text.text, m.start(), at + e.end())), at + e.end()
        self.leave_out(text.cut(m.start(), m.start() + 80), self._unclosed("$$"))
        return None

    def _single(self, text: Mapped, m: re.Match[str]) -> tuple[Mapped, str, bool, int] | None:
        at = m.end()
        depth = 0
        if self.markdown and (text.text[at : at + 1].isspace() or at == len(text)):
            return None
        first: int | None = None
        for e in _DOLLAR.finditer(text.text, at, at + MAX_LENGTH):
            mark = e.group()
            if mark in "{}":
                depth += 1 if mark == "{" else -1
            elif mark.startswith("\n"):
                break
            elif mark == "$":
                after = text.text[e.end() : e.end() + 1]
                if self.markdown and text.text[e.start() - 1].isspace():
                    if depth <= 0 and after and not after.isspace():
                        return None  # the beginning of another one: the first was money
                    continue
                if self.markdown and after.isdigit():
                    continue
                first = e.start() if first is None else first
                if depth <= 0:
                    break
        else:
            e = None
        close = e.start() if e is not None and e.group() == "$" else first
        if close is None or close == at or GONE in text.text[at:close]:
            if not self.markdown:
                self.leave_out(text.cut(m.start(), m.start() + 60), self._unclosed("$"))
            return None
        body = text.cut(at, close)
        return body, "", False, close + 1

    @staticmethod
    def _unclosed(what: str) -> str:
        return f"{what} is not closed"

    def _without_comments(self, body: Mapped) -> Mapped:
        """A formula of Markdown without TeX's comments; those that are pragmas are noted."""
        if "%" not in body.text:
            return body
        parts, at = [], 0
        for m in _COMMENT.finditer(body.text):
            self.pragma(body.cut(m.start(2), m.end(2)))
            parts.append(body.cut(at, m.end(1)))
            at = m.end()
            if m.group(3):  # a comment ends its line; a blank keeps words apart
                parts.append(blank_at(body, m.start(3)))
        return join((*parts, body.cut(at)))


def blank_at(text: Mapped, at: int) -> Mapped:
    """One blank that stands where a character did."""
    return Mapped(" ", text.starts[at : at + 1], text.ends[at : at + 1])


def _without_intertext(body: Mapped) -> tuple[Mapped, list[Mapped]]:
    """A formula without the words between its rows, and these."""
    parts: list[Mapped] = []
    said: list[Mapped] = []
    at = 0
    for m in _INTERTEXT.finditer(body.text):
        end = balanced(body.text, m.end() - 1)
        if m.start() < at or end is None:
            continue
        parts.append(body.cut(at, m.start()))
        said.append(body.cut(m.end(), end - 1))
        if not body.text[: m.start()].rstrip().endswith("\\\\"):
            start, _ = body.source(m.start(), end)
            parts.append(Mapped("\\\\", [start] * 2, [start] * 2))
        at = end
    return join((*parts, body.cut(at))), said


def _unescaped(body: Mapped) -> Mapped:
    r"""Jekyll's doubled backslashes: ``\\\\`` is a new row, ``\\{`` a brace, ``\_`` an index."""
    parts, at = [], 0
    for m in _DOUBLED.finditer(body.text):
        parts.append(body.cut(at, m.start()))
        start, end = body.source(m.start(), m.end())
        new = {4: "\\\\", 2: "\\", 1: ""}[len(m.group())]
        if new:
            half = (end - start) // len(new)
            cuts = [start + half * i for i in range(len(new))]
            parts.append(Mapped(new, cuts, [*cuts[1:], end]))
        elif m.end() < len(body.text):  # the mark after it stands for both
            parts.append(Mapped(body.text[m.end()], [start], [body.ends[m.end()]]))
            at = m.end() + 1
            continue
        at = m.end()
    return join((*parts, body.cut(at)))
