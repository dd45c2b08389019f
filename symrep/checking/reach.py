"""How far what a text assumes reaches: may it be meant at a claim, by the words around it, the claim and between?

Nothing is said here of whether it holds. A reason to doubt that it is meant is enough: what is denied or excepted
(*unless n = 2*, *we do not assume a = 1*), said of a case (*if x > 1*, *for b = a*) that is over (*otherwise*, *in
general*), in a footnote or a caption, or of a name that is introduced again (*for every real a*, *now let y be any …*).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice
from typing import Final, final

from symrep.checking.facts import plain_name
from symrep.checking.introduced import BARE, HERE, REALS, SIGNED, SIGNS, WIDE
from symrep.reading.documents import BREAK, SLOT, Document

__all__ = ["ANOTHER_LAW", "CASE", "DEFINED", "ELSEWHERE", "KIND", "LAW", "VALUE", "Reach"]

#: what is assumed: a relation; a kind; what a name is; the law of one; that a name is a number or another name
ELSEWHERE, ANOTHER_LAW = "it was said of a case in another part", "the claim may be of another law"
CASE, DEFINED, KIND, LAW, VALUE = "case", "defined", "kind", "law", "value"

_I: Final = re.IGNORECASE
_F: Final = rf"[\U{SLOT:08x}-\U000ffffd]"
_STOP: Final = re.compile(
    rf"[.!?;](?=[\s\"'”’)*_{{}}\\]|{_F}|$)|{BREAK}|\n[ \t]*(?:[-*+#|]|\d+[.)]|\\item)[ \t]|\n[ \t]*\|"
)
#: a few words that lead on to a formula, and nothing else in earnest
_GAP: Final = (
    r"(?:[\s~](?!(?:but|and|so|then|since|because|where|let|thus|hence|we|it|is|are|for)\b)[\w'’-]+){0,5}"
    r"(?:[\s~](?:that|if|when|for|of|where|we have|we had|in which|it is|a case of)){0,2}[\s~(]*"
)
_DENIED: Final = re.compile(
    r"(?:\b(?:unless|except|excepting|whether|not only|even|regardless|irrespective|no matter|without|unlike"
    r"|other than|"
    r"apart from|rather than|instead of|in contrast to|as opposed to|contrary to|no longer|never|not|cannot"
    r"|equality|equalities|neither|nor|"
    r"nobody|nothing|dropp?\w*|often|sometimes|usually|typically|frequently|others|authors|students?|textbooks"
    r"|relax\w*|abandon\w*|lift(?:ing|ed)|would|beyond|fail\w*|false|wrong|only (?:if|when|for|in)|"
    r"iff|deny|denies|denied|had (?:we|one|been)|as if)|n['’]t|(?:\A|[,;(]\s*)(?:had|were))" + _GAP + r"\Z"
    r"|\b(?:in contrast to|unlike|contrary to|as opposed to)\b[^.;]{0,60}\b(?:where|with|in which|whose)\s*\Z",
    _I,
)
#: said behind it, to the next formula or comma
_TAKEN_BACK: Final = re.compile(
    r"\A[\s,)]{0,3}(?:or not\b|(?:(?!\b(?:but|and|so|then)\b)[\w'’~\s-]){0,40}?(?:\b(?:not|never|no longer"
    r"|excluded|violated|"
    r"dropped|would|cannot|simplest|easiest|only an?|merely|just an?|worst|best|extreme|an example|for example|"
    r"(?:does|do|is|are|need|has|have|can|must) not)\b|n['’]t\b))",
    _I,
)
_CONDITIONAL: Final = re.compile(
    r"\b(?P<if>if|when|whenever|in case|should|as long as|once|provided|suppose first|assume first|first assume|"
    r"first suppose|for the moment|for now|as soon as|(?:in|under) (?:the|this) case)\b|\b(?P<for>for|with|at"
    r"|under|case|"
    r"take|example|instance|say)\b|\b(?:let|where|assume|assuming|suppose|supposing|given"
    r"|set|put|define\w*|denote\w*|"
    r"then|so|hence|thus|have|is|are|since|because|consider)\b",
    _I,
)
#: Y = 2X if the coin shows heads: words, and no formula, say when
_AT_TIMES: Final = re.compile(
    r"[\s,(]{0,3}(?:with (?:probability|chance)\b|(?:if|when|whenever|unless|in case|as long as|while|until"
    rf"|half the time|sometimes|on (?:days|heads|tails|odd|even|success|failure))\b(?!\s(?:and only)?\s?{_F}))",
    _I,
)
#: x is positive if t > 3
_IF_BEHIND: Final = re.compile(
    r"\A\s?,?\s?(?:only\s)?(?:if|when|whenever|unless|provided|with probability|in the "
    r"(?:first|second|last|other))\b",
    _I,
)
#: the sentence goes on from the one before
_GOES_ON: Final = re.compile(
    r"\b(?:then|so|hence|thus|therefore|here|consequently|follows|this|that|such|these|moreover|also|again|similarly|"
    r"there|again|next|now)\b",
    _I,
)
_OTHERWISE: Final = re.compile(
    r"\b(?:otherwise|in any case|in (?:all|every|each|the other|other|both|either"
    r"|any other) (?:other )?(?:cases?|settings?)|"
    r"whatsoever|whatever|no matter|if not|elsewhere|everywhere|always|in general|generally"
    r"|the general (?:case|law|formula|"
    r"setting|result)|general (?:case|setting|formula|result)|arbitrary|unrestricted|(?:all )?(?:the )?other cases|"
    r"for (?:the )?other|regardless|holds? for (?:all|every|any)|of any (?:kind|sign)|never(?:theless)?"
    r"|unconditionally|"
    r"without (?:assum\w+|requir\w+|this|that|the|any|these|such)|not (?:assum\w+|requir\w+)|no longer|"
    r"drop\w*|relax\w*|abandon\w*|in the (?:second|third|last|latter|other|next|unrestricted)|on the other hand)\b",
    _I,
)
#: what leads to a value that is meant
_LED: Final = re.compile(
    rf"(?:\b(?:let|for|if|when|whenever|with|where|assum\w+|suppos\w+|sett?(?:ing|s)?|put(?:s|ting)?|tak(?:e"
    rf"|es|ing)|fix(?:ing)?|"
    rf"given|at|using|choos\w+|case|provided|that|here|now|have|is|are|so|since|because|by|under|then|define"
    rf"|write|denote|"
    rf"consider|namely|via|gives?|equals?)(?:\s(?:also|both|now|that|all|we|have|us|the|of|special|case|by"
    rf"|in which|where))"
    rf"{{0,4}}|:|{_F}|\b(?:for|of|with|in|under)\b[^,.;]{{1,40}},|\A|(?:\A|\n)[ \t>]*(?:[-*+]|\d+[.)]"
    r"|\\item)|[*_]{1,2})"
    r"[\s~]*(?:,?[\s~]*(?:and|both)?[\s~]*)?\Z",
    _I,
)
_OPENS: Final = re.compile(
    r"(?:(?:but|and|however|still|yet|even|now|so|also),?\s)?(?:for|with|in|under|at|on|if|when|whenever|given"
    r"|condition\w*|"
    r"after|before|among|of|by contrast|back in|outside|where)\b",
    _I,
)
_EACH: Final = re.compile(rf"(?:\w+\s)?for\s(?:every|all|any|each|an?)\s(?:[\w-]+\s){{0,4}}(?P<of>{_F})", _I)
_REFERS: Final = re.compile(
    r"\b(?:this|these|that|such|it|them|particular|fact|total|sum|short|other words|what follows|the same|our"
    r"|view|addition|"
    r"turn|closed|terms|order|place|the limit|hand|the (?:mean|variance|moments?|density"
    r"|expectation|integral|sum))\b",
    _I,
)
_CONTRAST: Final = re.compile(
    r"\b(?:but|however|still|yet|instead|other|others|too|rather|in truth|free(?:ly)?|var(?:y|ies|ying)|larger"
    r"|smaller|"
    r"the rest|nonetheless|nevertheless|remaining|in theory|in practice|original)\b",
    _I,
)
#: of a variable that is not distributed as was said
_OF_OTHERS: Final = re.compile(
    r"\b(?:given(?: that)?|condition\w+ (?:on|that|upon)|conditionally|on the (?:event|set)|under"
    r"|(?<!gradient )(?<!gradients )(?<!derivative )(?<!derivatives )with respect to|a posteriori|"
    r"posterior\w*|after \w+|alternative|restricted|truncat\w+|clipp\w+|cens\w+|in (?:minutes|hours|days"
    r"|seconds|units|metres|dollars)|for (?:women|men|these|those)|among)\b",
    _I,
)
#: of everything of a kind
_EVERY: Final = re.compile(
    r"\b(?:every|any|all|each|arbitrary|general)\s(?:[\w-]+\s){0,3}(?:functions?|maps?|laws?|distributions?|densit\w+"
    r"|"
    r"random variables?|variables?)\b|\b(?:in general|generally)\b",
    _I,
)
_DROPPED: Final = re.compile(
    r"\b(?:without (?:assum\w+|requir\w+|this|that|these|such|the assumption)|no longer|drop(?:s|ped|ping)?|"
    r"relax\w*|abandon\w*|(?:not|n['’]t|cannot) (?:assum\w+|requir\w+)|in general|generally|unrestricted)\b",
    _I,
)
_ASIDE: Final = re.compile(r"\\(?:footnote|caption|footnotetext|marginpar|sidenote)(?:\[[^\]]{0,80}\])?\s*\{")
_NOTE: Final = re.compile(r"(?m)^[ \t>]*(?:\[\^[^\]\n]{1,40}\]:|!\[|\||(?:fig(?:ure|\.)|table)\s?\d).*$", _I)
_FLOAT: Final = re.compile(r"\\begin\{(figure|table|tabular|thebibliography|example|remark)\*?\}")
_STATED: Final = re.compile(
    r"\\(?:begin|end)\{(?:theorem|lemma|proposition|corollary|example|remark|definition|claim|proof|exercise)\*?\}"
)
#: for all x
_ALL: Final = re.compile(rf"for[\s~](?:all|any|every|each)[\s~]{_F}(?:[\s~]?(?:,|and)?[\s~]?{_F}){{0,3}}", _I)
_HEAD: Final = re.compile(r"\s*(\\?[A-Za-z]+(?:_\w)?\s*\([^()=]{1,20}\))\s*=")
_MOST: Final = 4000


@final
class Reach:
    """What the words of a document say of how far its assumptions reach. ``headings`` are their offsets."""

    def __init__(self, document: Document, headings: Sequence[int]) -> None:
        self._document, self._text, self._ends = document, document.words.text, list(document.words.ends)
        self._known: dict[tuple[int, int, frozenset[str], str], str] = {}
        source = document.source.text
        self._parts = sorted([*headings, *(m.start() for m in _STATED.finditer(source))])
        self._proofs = [m.start() for m in re.finditer(r"\\begin\{proof\}|(?m:^[ \t>]*[*_]{1,3}Proof\b)", source)]
        self._asides = [(m.start(), m.end()) for m in _NOTE.finditer(source)]
        for m in _FLOAT.finditer(source):
            end = source.find("\\end{" + m[1], m.end(), m.end() + 2 * _MOST)
            self._asides += [(m.start(), end)] if end > 0 and len(self._asides) < _MOST else []
        notes = islice(_ASIDE.finditer(source), _MOST)
        self._asides += [(m.start(), _closing(source, m.end())) for m in notes]
        self._cuts = [0, *sorted(set(self._stops())), len(self._text)]

    def _stops(self) -> list[int]:
        text, formulas = self._text, self._document.formulas
        out = []
        for m in _STOP.finditer(text):
            if m.group() == BREAK:
                line = text[text.rfind("\n", 0, m.start()) + 1 : m.start()].lstrip()
                last = text[: m.start()].rstrip(" ")[-1:]
                if last and last not in ".!?" and not line.startswith("#") and not self._heading(m.end()):
                    continue  # what has no full stop goes on
            out.append(m.start() if m.group().startswith("\n") and m.group() != BREAK else m.end())
        for i, c in enumerate(text):
            k = ord(c) - SLOT
            if 0 <= k < len(formulas) and formulas[k].display and _ended(formulas[k].body.text):
                out.append(i + 1)
        return out

    def _heading(self, position: int) -> bool:
        """Does a part of the document begin at a place in the words?"""
        at = self._document.words.starts[position] if position < len(self._text) else -1
        return any(at - 3 <= h <= at + 1 for h in self._parts)

    def place(self, offset: int) -> int:
        """Where in the words an offset of the file is."""
        return min(bisect_right(self._ends, offset), max(0, len(self._text) - 1))

    def sentence(self, position: int) -> tuple[int, int]:
        k = bisect_right(self._cuts, position)
        return self._cuts[k - 1], self._cuts[k] if k < len(self._cuts) else len(self._text)

    def section(self, claim: int) -> tuple[int, int]:
        """The words from the heading before a claim to the end of the sentence after its own."""
        start = max((h for h in self._parts if h <= claim), default=0)
        _, end = self.sentence(self.place(claim))
        return self.place(start) if start else 0, self.sentence(min(end, len(self._text)))[1]

    def words(self, low: int, high: int) -> str:
        """The words from place to place, without formulas."""
        return re.sub(_F, " ", self._text[low:high])

    def between(self, offset: int, claim: int) -> str:
        """The words from the sentence at an offset to the end of the one of a claim."""
        return self.words(self.sentence(self.place(offset))[0], self.sentence(self.place(claim))[1])

    def slots(self, offset: int, claim: int) -> str:
        """The sentences from one offset of the file to another, a character for each formula."""
        return self._text[self.sentence(self.place(offset))[0] : self.sentence(self.place(claim))[1]]

    def words_of(self, offset: int) -> str:
        """The sentence at an offset of the file, formulas written out."""
        return self.shown(self.slots(offset, offset)[:_MOST])

    def shown(self, text: str) -> str:
        n = len(self._document.formulas)
        return "".join(
            self._document.formulas[ord(c) - SLOT].body.text if SLOT <= ord(c) < SLOT + n else c for c in text
        )

    def by_cases(self, offset: int) -> bool:
        """Does its sentence say twice, with conditions, what is at the left: *f(x) = x² on (0, 1), f(x) = x else*?"""
        low, high = self.sentence(self.place(offset))
        text = self._text[low:high]
        heads = [m[1] for c in text if ord(c) >= SLOT if (m := _HEAD.match(self.shown(c)))]
        f = next((f for f in self._document.formulas if f.start <= offset < f.end), None)
        mine = _HEAD.match(f.body.text) if f is not None else None
        if mine is None or heads.count(mine[1]) < 2:
            return False
        return re.search(rf"{_F}[\s,]{{0,2}}(?:on|if|for|when|in|else|otherwise|elsewhere)\b", text, _I) is not None

    def by_chance(self, end: int) -> bool:
        """Do words right behind a definition say when it holds: *Y = 2X if the coin shows heads*?"""
        at = self.place(end - 1) + 1
        return _AT_TIMES.match(self._text[at : self.sentence(at - 1)[1]]) is not None

    def conditional(self, claim: int) -> bool:
        """Is a claim made under a condition: *given X + Y = 1*?"""
        low, high = self.sentence(self.place(claim))
        return re.search(r"\b(?:given|condition\w*)\b", self._text[low:high], _I) is not None

    def asked(self, offset: int) -> bool:
        """Does it stand in a question?"""
        _, high = self.sentence(self.place(offset))
        return self._text[:high].rstrip()[-1:] == "?"

    def denied(self, offset: int, end: int = -1) -> bool:
        """Does its own sentence deny or except what is said at an offset, of the words up to ``end``?"""
        at = self.place(offset)
        low, high = self.sentence(at)
        behind = self.place(end - 1) + 1 if end > offset else at + 1
        before = self._text[max(low, at - 200) : at]
        said = re.split(rf"{_F}|{BREAK}|[,:]", self._text[behind : min(high, behind + 80)])
        if self.asked(offset):
            return True
        return _DENIED.search(before) is not None or _TAKEN_BACK.match(said[0] or ("".join(said[:2]))) is not None

    def excepted(self, offset: int) -> bool:
        """Does the sentence of a claim except something: *unless x < 0*?"""
        low, high = self.sentence(self.place(offset))
        return (
            re.search(
                rf"\b(?:unless|except(?:ing)?|apart from|other than|outside)\b[^.;]{{0,40}}{_F}",
                self._text[low:high],
                _I,
            )
            is not None
        )

    def over(self, offset: int, claim: int, names: frozenset[str], what: str, end: int = -1) -> str:
        """Why what was said at an offset may not be meant at a claim, an offset too; empty: it is."""
        key = (offset, self.place(claim), names, what)
        if key not in self._known:
            self._known[key] = self._over(offset, claim, names, what, end)
        return self._known[key]

    def _over(self, offset: int, claim: int, names: frozenset[str], what: str, end: int) -> str:
        if self.denied(offset, end):
            return "its sentence denies it, or excepts it"
        if what in (CASE, KIND, LAW) and end > offset and not self._same(offset, claim):
            behind = self.place(end - 1) + 1
            if _IF_BEHIND.match(self._text[behind : behind + 40]):
                return "it is said with a condition"
        if what in (CASE, KIND, VALUE) and any(a <= offset < b and not a <= claim < b for a, b in self._asides):
            return "it stands in a note, a caption or a table"
        at, here = self.place(offset), self.place(claim)
        low, high = self.sentence(at)
        own, stop = self.sentence(here)
        if here < at:
            return ""
        if what == VALUE and not _LED.search(self._text[max(low, at - 80) : at]):
            return "it is not said that it holds"
        if low == own:
            between, before = self._text[at + 1 : here], ""
            rest = between
        else:
            between, before = self._text[high:own], self._text[own:here]
            between = between if len(between) < _MOST else between[: _MOST // 4] + " . " + between[-_MOST:]
            rest = before + self._text[here + 1 : stop]
        cue = None
        for m in _CONDITIONAL.finditer(self._text[max(low, at - 120) : at]):
            cue = m
        conditional = cue is not None and cue["if"] is not None
        case = what in (CASE, KIND, VALUE) and (
            what == VALUE or (cue is not None and (cue["if"] or cue["for"]) is not None)
        )
        if conditional and self._proved_there(offset, claim):
            return ""  # if a > 1 then …, and its proof
        if conditional and low != own and not _GOES_ON.search(" ".join(before.split()[:8])):
            return "what was said with a condition is over with its sentence"
        if low != own and what in (CASE, VALUE, KIND) and (why := self._elsewhere(before, names, what)):
            return why
        if (case or conditional) and _OTHERWISE.search(f"{between} {rest}"):
            return "the text goes on to other cases"
        if what in (CASE, KIND, VALUE) or conditional:
            if (case or conditional) and any(offset < h <= claim for h in self._parts):
                return ELSEWHERE
            if _DROPPED.search(rest):
                return "the text speaks generally"
        if what == LAW and low != own:
            other = _OF_OTHERS.search(f"{before} {rest}")
            if other is not None and other.group().lower() not in self._text[low:high].lower():
                return ANOTHER_LAW
        if what in (DEFINED, LAW) and low != own and _EVERY.search(rest):
            return "the text speaks of all of them"
        return "it is introduced again" if self._again(at, here, own, stop, names, what) else ""

    def _elsewhere(self, before: str, names: frozenset[str], what: str) -> str:
        """Why a sentence that begins with these words is of something else: for a bent coin, …; if x is below one, …"""
        start = " ".join(before.split())
        m = _OPENS.match(start)
        if m is not None and (every := _EACH.match(start)) is not None and not names & self._named(every["of"]):
            return ""  # for every x, of other names
        opens = m is not None and not _REFERS.search(" ".join(start[m.end() :].split()[:2]))
        if opens and (what != KIND or any(names & self._named(c) for c in start if ord(c) >= SLOT)):
            return "the sentence has a condition of its own"
        if what != KIND and _CONTRAST.search(start):
            return "the text goes on to other cases"
        return ""

    def _proved_there(self, offset: int, claim: int) -> bool:
        """Is a claim in the proof of what is stated at an offset?"""
        begun = next((p for p in self._proofs if offset < p <= claim), None)
        if begun is None:
            return False
        text = self._document.source.text[offset:claim]
        return (
            re.search(
                r"\\begin\{(?:theorem|lemma|proposition|corollary|example|remark)|\\(?:sub)*section|\n#|\\end\{proof",
                text,
            )
            is None
        )

    def _same(self, offset: int, claim: int) -> bool:
        return self.sentence(self.place(offset)) == self.sentence(self.place(claim))

    def _again(self, at: int, here: int, own: int, stop: int, names: frozenset[str], what: str) -> bool:
        """Is one of the names introduced again behind ``at``, up to the sentence of the claim?"""
        high = self.sentence(at)[1]
        start = max(high if high <= own else at + 1, here - 2 * _MOST)
        text = self._text[start : max(here, stop)]
        found = [(m.start(), m["of"] or m["be"] or m["both"]) for m in WIDE.finditer(text)]
        of = what not in (DEFINED, LAW)
        found += [(m.start(), m["let"] or (m["of"] if of else None)) for m in BARE.finditer(text)]
        found += (
            [(m.start(), m["of"] or m["anew"] or m["new"]) for m in HERE.finditer(text)]
            if what in (DEFINED, LAW)
            else []
        )
        for k, c in enumerate(text):
            if ord(c) >= SLOT and REALS.search(self.shown(c)):
                found.append((k, c))
        return any(names & self._named(slots) for k, slots in found if slots)

    def _named(self, slots: str) -> set[str]:
        out: set[str] = set()
        for c in slots:
            if ord(c) >= SLOT:
                text = self.shown(c)
                head = re.split(r"\\in(?![a-z])|∈|\\ne|≠", text)[0]
                out |= {n for n in map(plain_name, re.split(r",|\\text\{[^}]*\}", head)) if n is not None}
        return out

    def signed(self) -> frozenset[str]:
        """The names of which the document says that they may be negative."""
        out: set[str] = set()
        for m in SIGNED.finditer(self._text):
            ends = [self.shown(m[k] or "").strip()[:1] for k in ("one", "two")]
            out |= self._named(m["of"]) if m["one"] is None or ends.count("-") == 1 else set()
        for f in self._document.formulas:
            if (said := SIGNS.match(f.body.text[:80])) and (name := plain_name(said["of"])) is not None:
                out.add(name)
        return frozenset(out)

    def wide(self, claim: int) -> set[str]:
        """The names of which the words from the heading to a claim say that they are any: real, of either sign."""
        low, high = self.sentence(self.place(claim))
        text = self._text[self.section(claim)[0] : high]
        out: set[str] = set()
        for m in WIDE.finditer(text):
            out |= self._named(m["of"] or m["be"] or m["both"])
        for c in text:
            if ord(c) >= SLOT and REALS.search(self.shown(c)):
                out |= self._named(c)
        for m in BARE.finditer(self._text[low:high]):
            if re.search(r"\b(?:number|value|real)", m.group(), _I) or _ALL.fullmatch(m.group()):
                out |= self._named(m["of"] or "")
        return out


def _ended(body: str) -> bool:
    """Does a display end with a full stop?"""
    return re.search(r"[.!?](?:\s|\\(?:end|label|tag)\{[^{}]*\}|\\[,;:!)\]]|\$)*\Z", body[-120:]) is not None


def _closing(text: str, at: int) -> int:
    """Behind the brace that closes one opened before ``at``."""
    depth = 1
    for i in range(at, min(len(text), at + _MOST)):
        depth += (text[i] == "{") - (text[i] == "}")
        if depth == 0:
            return i + 1
    return at
