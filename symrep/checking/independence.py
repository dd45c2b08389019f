"""Which random variables a document says to be independent, and where: *let X and Y be independent*.

What is said holds to the next heading, what is said with *if* to the end of its sentence. Where it is denied, doubted
or dropped again (*X and Y need not be independent*, *in general*) nothing is held.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from typing import Final, final

from symrep.checking.facts import plain_name
from symrep.checking.prose import MANY, ONE
from symrep.reading.documents import SLOT, Document

__all__ = ["Independence"]

_HOW: Final = r"(?:(?:mutually|statistically|jointly|stochastically|also|all|both|assumed|taken|supposed|to|be)\s){0,3}"
_SAID: Final = (
    re.compile(
        rf"(?<!for\s)(?<!of\s)(?<!on\s)(?<!to\s)(?P<names>{MANY})\s(?:are|be|being)\s{_HOW}"
        r"independent(?!\s(?:of|given|conditional))",
        re.I,
    ),
    re.compile(
        rf"(?:(?P<one>{ONE})\sis|(?P<names>{MANY})\s(?:are|be|being))\s{_HOW}independent\sof\s"
        rf"(?P<others>{MANY})(?!\s(?:is|are|be|being|has|have|and|or)\b)(?!,\s?{ONE})",
        re.I,
    ),
    re.compile(
        rf"(?:\w+ly\s)?(?<!conditionally\s)\bindependent\s(?:(?:real|scalar|standard|normal|gaussian|continuous|discrete)\s)"
        rf"{{0,3}}(?:random\s)?(?:variables?|quantities)\s(?P<names>{MANY})(?!\s(?:given|conditional))",
        re.I,
    ),
    re.compile(rf"\b(?:with|for|and|,|let|where)\s(?P<names>{MANY})\sindependent(?!\s(?:of|given|conditional))", re.I),
)
_PAIRWISE: Final = re.compile(r"pairwise\b", re.I)
_DENIED: Final = re.compile(
    r"\b(?:not|never|no longer|neither|nor|n['’]t|without|unless|whether|necessarily|conditionally|given|linearly)\b",
    re.I,
)
_IF: Final = re.compile(r"\b(?:if|when|whenever|in case|provided|suppose for a moment|were)\b", re.I)
#: a sentence with these ends what was said before
_OVER: Final = re.compile(
    r"\b(?:dependent|correlated|not independent|need not be|in general|more generally|arbitrary|no longer|any two)\b",
    re.I,
)
_SENTENCE: Final = re.compile(r"[^.;!?\n]+(?:\n(?!\s*\n)[^.;!?\n]*)*")
_MOST: Final = 3000


@final
@dataclass(frozen=True)
class _Said:
    """``names`` are independent, from ``start`` to ``end`` in the file."""

    names: frozenset[str]
    start: int
    end: int


@final
class Independence:
    """What is said of a document's random variables."""

    def __init__(self, document: Document, headings: list[int]) -> None:
        self._said: list[_Said] = []
        words = document.words
        over: list[int] = []
        for m in _SENTENCE.finditer(words.text):
            if m.end() - m.start() > _MOST or not words.text:
                continue
            sentence = re.sub(r"[~\s*_]", " ", m.group())
            start, end = words.source(m.start(), m.start() + 1)[0], words.ends[m.end() - 1]
            if _OVER.search(sentence):
                over.append(start)
                continue
            for pattern in _SAID:
                for k in pattern.finditer(re.sub(r"\s", " ", sentence)):
                    if _DENIED.search(sentence[max(0, k.start() - 40) : k.end() + 12]):
                        continue
                    until = end if _IF.search(sentence[: k.start()]) else _heading(headings, start)
                    self._note(document, k, start, until)
        for i, said in enumerate(self._said):
            stop = min((x for x in over if x >= said.start), default=said.end)
            self._said[i] = _Said(said.names, said.start, min(said.end, stop))

    def _note(self, document: Document, k: re.Match[str], start: int, until: int) -> None:
        said = k["names"] or k["one"]
        names = _names(document, said, k.end("names") == k.end())
        others = _names(document, k["others"]) if "others" in k.re.groupindex else []
        groups = [frozenset((a, b)) for a in names for b in others] if others else [frozenset(names)]
        if not others and _PAIRWISE.search(k.group()):
            groups = [frozenset((a, b)) for a in names for b in names]
        self._said += [_Said(g, start, until) for g in groups if len(g) > 1]

    def at(self, offset: int, defined: Set[str] = frozenset()) -> tuple[frozenset[str], ...]:
        """The sets of variables that are independent at a place of the file, each set of all of its variables; not
        what is ``defined`` by others."""
        found = {g for s in self._said if s.start <= offset < s.end and len(g := s.names - defined) > 1}
        return tuple(sorted(found, key=sorted))


def _heading(headings: list[int], start: int) -> int:
    return min((h for h in headings if h > start), default=1 << 60)


def _names(document: Document, text: str, last: bool = False) -> list[str]:
    """The names in some words; of X ~ N(0, 1) that of the variable. ``last``: other formulas may follow them."""
    out: list[str] = []
    n = len(document.formulas)
    for m in re.finditer(ONE, text):
        c = ord(m.group()[0])
        shown = document.formulas[c - SLOT].body.text if SLOT <= c < SLOT + n else m.group()
        for part in re.split(r"\\sim\b|\\overset|~", shown)[0].split(","):
            name = plain_name(part)
            if name is None:
                return out if last else []
            out.append(name)
    return out
