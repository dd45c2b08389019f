"""Which random variables a document says to be independent, and where: *let X and Y be independent*.

What is said holds to the next heading, what is said with *if* to the end of its sentence. Where it is denied, doubted,
only spoken of (*the hypothesis that …*) or dropped again (*X and Y need not be independent*, *in general*, *without
this assumption*) nothing is held, nor behind a sentence that speaks of a dependence, or introduces one of the names
anew: in another paragraph, or as another one (*now let X …*).
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
        rf"(?:\w+ly\s)?(?<!conditionally\s)\bindependent\s(?:(?:real|scalar|standard|normal|gaussian"
        rf"|continuous|discrete)\s)"
        rf"{{0,3}}(?:random\s)?(?:variables?|quantities)\s(?P<names>{MANY})(?!\s(?:given|conditional))",
        re.I,
    ),
    re.compile(  # Z ∼ N(0, 1) independent of Y
        rf"(?P<drawn>{ONE}),?\s(?:and\s)?{_HOW}independent(?:ly)?\sof\s(?P<others>{MANY})"
        r"(?!\s(?:given|conditional))",
        re.I,
    ),
    re.compile(rf"\b(?:with|for|and|,|let|where)\s(?P<names>{MANY})\sindependent(?!\s(?:of|given|conditional))", re.I),
    re.compile(rf"(?P<names>{MANY}),\sindependent(?=\s*\Z|,)", re.I),
    re.compile(
        rf"\b(?:with|where|let|for|and)\s(?P<names>{ONE}),?\sindependent\sof\s(?P<others>{MANY})"
        rf"(?!\s(?:is|are|be|being|has|have|and|or|given)\b)(?!,\s?{ONE})",
        re.I,
    ),
)
_PAIRWISE: Final = re.compile(r"pairwise\b", re.I)
_DENIED: Final = re.compile(
    r"\b(?:not|never|no longer|neither|nor|nobody|nothing|no one|none|n['’]t|without|unless|whether"
    r"|necessarily|conditionally|given|linearly)\b",
    re.I,
)
#: it is not said but spoken of, if these come before; or behind
_SPOKEN_OF: Final = re.compile(
    r"\b(?:hypothes[ei]s|wrong|false|untrue|mistak\w+|think|thought|believe\w*|pretend\w*|imagine\w*|claim\w*"
    r"|reject\w*|"
    r"tests?|testing|could|would|should|may|might|can|cannot|show\w*|prove\w*|check\w*|verif\w+|ask\w*|question\w*|"
    r"hope\w*|want\w*|wish\w*|doubt\w*|fail\w*|rarely|seldom|hardly|sometimes|usually|often|approximately|nearly|"
    r"almost|far from|instead of|rather than|contradict\w*|violat\w*|relax\w*|drop\w*|remove\w*|counterexample|"
    r"naively?|tempting|only)\b",
    re.I,
)
_TAKEN_BACK: Final = re.compile(
    r"\b(?:hypothes[ei]s|wrong|false|untrue|mistak\w+|reject\w*|doubt\w*|to be shown|unrealistic|implausible"
    r"|untenable|"
    r"questionable|too (?:strong|much|strict)|fails?|violat\w+|unlikely|does not|do not|cannot|need not|is not|never|"
    r"(?:only )?(?:if|when|unless|whenever|in case))\b",
    re.I,
)
#: of one of several things that the text speaks of
_HERE_ONLY: Final = re.compile(
    r"\A,?\s(?:only\s)?(?:in|under|for|at|during)\s(?:the|this|that|our|one)\s(?:\w+\s){0,2}?(?:experiments?"
    r"|models?|cases?|"
    r"examples?|settings?|scenarios?|regimes?|limits?|populations?|groups?|designs?|stud(?:y|ies)"
    r"|hypothes[ei]s|null)\b",
    re.I,
)
#: the ranks of X and Y
_GOVERNED: Final = re.compile(r"\b(?:of|to|between)\s(?:the|our|these|both|all|two)\s(?:\w+\s){0,2}\Z", re.I)
_IF: Final = re.compile(
    r"\b(?:case (?:that|where|when|in which)|at first|first|if|when|whenever|in case|provided"
    r"|suppose for a moment|were)\b",
    re.I,
)
#: a sentence with these ends what was said before
_OVER: Final = re.compile(
    r"\b(?:dependent|correlated|not independent|need not be|in general|more generally|arbitrary|no longer|any two|"
    r"(?:without|drop|drops|dropping|relax|relaxing|remove|removing|lift|lifting|violat\w+) "
    r"(?:this|that|the|our|any) \w*\s?(?:assumption|hypothesis|condition|independence))\b",
    re.I,
)
#: and one that introduces variables with these
_BOUND: Final = re.compile(
    r"\b(?:depend\w*|correlations?|covariances?|joint(?:ly)?|bivariate|multivariate|copula)\b", re.I
)
_INTRODUCED: Final = re.compile(r"\b(?:let|suppose|consider|assume|assuming|take|given|define|draw|sample)\b", re.I)
_ANOTHER: Final = re.compile(r"\b(?:now|next|instead|another|other|different|this time|second|finally|later)\b", re.I)
_PARAGRAPH: Final = re.compile(r"\n\s*\n")
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
        anew: list[tuple[int, str]] = []
        paragraphs = [m.start() for m in _PARAGRAPH.finditer(words.text)]
        for m in _SENTENCE.finditer(words.text):
            if m.end() - m.start() > _MOST or not words.text:
                continue
            sentence = re.sub(r"[~\s*_]", " ", m.group())
            start, end = words.source(m.start(), m.start() + 1)[0], words.ends[m.end() - 1]
            another = _ANOTHER.search(sentence) is not None
            introduced = _INTRODUCED.search(sentence) is not None
            if _OVER.search(sentence) or ((introduced or another) and _BOUND.search(sentence)):
                over.append(start)
                continue
            if introduced:
                anew.append((start, _shown(document, sentence)))
            if introduced and another:
                over.append(start)
            for pattern in _SAID:
                for k in pattern.finditer(re.sub(r"\s", " ", sentence)):
                    before, behind = sentence[: k.start()], sentence[k.end() :]
                    if _DENIED.search(before[-40:] + k.group() + behind[:12]):
                        continue
                    if _SPOKEN_OF.search(before) or _TAKEN_BACK.search(behind):
                        continue
                    if _GOVERNED.search(before):
                        continue
                    passing = _IF.search(before) or _HERE_ONLY.match(behind) or _HERE_ONLY.match(" " + before.lstrip())
                    until = end if passing else _heading(headings, start)
                    self._note(document, k, start, until)
        breaks = [words.source(at, at + 1)[0] for at in paragraphs]
        for i, said in enumerate(self._said):
            ends = [x for x in over if x > said.start]
            ends += [x for x, text in anew if _speaks(text, said) and any(said.start < p <= x for p in breaks)]
            self._said[i] = _Said(said.names, said.start, min([said.end, *ends]))

    def _note(self, document: Document, k: re.Match[str], start: int, until: int) -> None:
        drawn = k.groupdict().get("drawn")
        if drawn and r"\sim" not in _shown(document, drawn):
            return
        said = drawn or k["names"] or k["one"]
        names = _names(document, said, not drawn and k.end("names") == k.end())
        others = _names(document, k["others"], bool(drawn)) if "others" in k.re.groupindex else []
        groups = [frozenset((a, b)) for a in names for b in others] if others else [frozenset(names)]
        if not others and _PAIRWISE.search(k.group()):
            groups = [frozenset((a, b)) for a in names for b in names]
        self._said += [_Said(g, start, until) for g in groups if len(g) > 1]

    def at(self, offset: int, defined: Set[str] = frozenset()) -> tuple[frozenset[str], ...]:
        """The sets of variables that are independent at a place of the file, each set of all of its variables; not
        what is ``defined`` by others."""
        found = {g for s in self._said if s.start <= offset < s.end and len(g := s.names - defined) > 1}
        return tuple(sorted(found, key=sorted))


def _shown(document: Document, sentence: str) -> str:
    """A sentence with its formulas written out."""
    n = len(document.formulas)
    return "".join(document.formulas[c].body.text if 0 <= (c := ord(x) - SLOT) < n else x for x in sentence)


def _speaks(text: str, said: _Said) -> bool:
    return any(re.search(rf"(?<![A-Za-z\\]){re.escape(n)}(?![A-Za-z])", text) for n in said.names)


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
