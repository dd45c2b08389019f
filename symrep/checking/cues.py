"""What the words before a formula make of it: a definition, an assumption, a claim, an equation to be solved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, final

from symrep.reading.documents import BREAK, SLOT, Document

__all__ = [
    "LASTING",
    "ONCE",
    "Cue",
    "before_in_paragraph",
    "cue_of",
    "paragraph_end",
    "sentence_before",
    "sentence_end",
    "values_after",
    "where_clause",
]

_LET: Final = (
    r"let|define[sd]?|defining|definition|set(?:ting)?|put(?:ting)?|denot(?:e|es|ed|ing)|write|writing|introduc(?:e|es|ing)|"
    r"call(?:ed)?|where|with|here|choos(?:e|ing)|tak(?:e|ing)|consider|substitut(?:e|es|ed|ing|ion)|namely|via|through|"
    r"by setting|now|instead|redefine|parametri[sz]ed? by|notation|abbreviat\w+|recall"
)
_ASSUME: Final = (
    r"case\s+(?:that|of|where|in which)|"
    r"if|when|whenever|for|assum(?:e|es|ing)|suppos(?:e|es|ing)|given|provided|at|unless|in case|"
    r"(?<!which )(?<!this )(?<!that )case|subject to|"
    r"such that|under|require[sd]?|conditions?|constraints?"
)
_CLAIM: Final = (
    r"then|so|hence|thus|therefore|have|has|gets?|obtains?|gives?|yields?|shows?|showing|follows|that|finds?|know|"
    r"clearly|indeed|since|because|using|by|is|are|implies|imply|conclude|verify|check|see|note|again|also|equals|becomes|to"
)
_CUE: Final = re.compile(
    rf"(?<![\w-])(?:(?P<let>{_LET})|(?P<assume>{_ASSUME})|(?P<claim>{_CLAIM}))(?![\w-])", re.IGNORECASE
)
#: these are said of one formula, not of those after it
ONCE: Final = frozenset("if when whenever at provided unless case under".split())
#: what these give a name holds for a paragraph
LASTING: Final = frozenset("let set put take choose fix setting putting taking choosing".split())
_SOLVE: Final = re.compile(
    r"\b(?:set(?:ting)?|sets|solv\w+|roots?|stationar\w+|vanish\w*|optim\w+|maxim\w+|minimi\w+|critical|first[- ]order|"
    r"equat(?:e|ing)|zero|estimat\w+|MLE|constraint|condition)\b",
    re.IGNORECASE,
)
_END: Final = re.compile(rf"[.!?](?=[\s{chr(SLOT)}-\U000ffffd]|$)|{BREAK}|\n[ \t]*(?:[-*+#]|\d+[.)])[ \t]")
_WHERE: Final = re.compile(r"[\s,;.)]*(?:where|with|here|in which|for which|and where)\b", re.IGNORECASE)
_FOR: Final = re.compile(rf"[\s,]*for\s(?=[{chr(SLOT)}-\U000ffffd])")
_WHEN: Final = re.compile(
    r"[\s,]{0,3}(?:if|when|whenever|for|provided(?: that)?|at|where|with)\s(?:any |all |every )?"
    rf"([{chr(SLOT)}-\U000ffffd])",
    re.IGNORECASE,
)
_NUMBER_FOR: Final = re.compile(
    r"\s*\\?[A-Za-z]+(?:_\w|_\{\w+\})?\s*=\s*-?\s*(?:[\d.]+|\\[dt]?frac\s*\{?\d+\}?\s*\{?\d+\}?|\d+\s*/\s*\d+)[\s.,;]*"
)
_PLAINLY: Final = re.compile(rf"[{chr(SLOT)}-\U000ffffd\s,]*(?:and|both|again|now|we (?:have|set|take|put|choose))?\s*")
_AT: Final = re.compile(r"\b(?:at|near|around|when|if|unless|only for|except for)\s+\Z")
_EXAMPLE: Final = re.compile(
    rf"\A[^{chr(SLOT)}-\U000ffffd]*(?::|\bnumbers?\b|\bexamples?\b|\binstance\b)", re.IGNORECASE
)
_SOLVING: Final = re.compile(r"\b(?:solv(?:e|es|ing)|rearrang(?:e|ing))\s(?:the\s)?(?:equation\s)?\Z", re.IGNORECASE)
_SOLVED: Final = re.compile(
    r"\s*,?\s(?:with|whose|which has|and has)\s(?:the\s)?(?:\w+\s)?(?:solutions?|roots?)\b", re.IGNORECASE
)
#: an item of a list, and what is called its name: * **Pearson.**, \item KL:
_ITEM: Final = re.compile(
    r"\n[ \t]*(?:[-*+]|\d+[.)]|\((?:[a-z]|\d|[ivx]{1,4})\)|\\item(?:\[[^\]\n]{0,40}\])?)[ \t]*"
    rf"(?:(?:\*\*|[*_]|\\(?:textbf|emph|textit)\{{)?[^\n:.*_{{}}{chr(SLOT)}-\U000ffffd]{{1,40}}(?:[:.,]\s*(?:\*\*|[*_}}])?|(?:\*\*|[*_}}])\s*[:.])\s*)?\Z"
)
#: what it is said to have is what it is from there on
_DENSITY: Final = re.compile(
    r"\b(?:if|let|suppose|assume|assuming|given)\b(?P<on>.{0,120}?)\b(?:ha(?:s|ve|ving)|with)\s(?:a\s|the\s)?(?:common\s)?"
    r"(?:probability\s)?(?:density|mass|pdf|pmf|p\.d\.f\.|p\.m\.f\.)(?:\sfunction)?(?:\s(?:is\s)?given\sby|:)?\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
_CONCLUDED: Final = re.compile(r"\b(?:then|so|hence|thus|therefore|show|prove|find|that)\b", re.IGNORECASE)
_REACH: Final = 400
#: what closes a display behind its full stop
_CLOSING: Final = re.compile(r"(?:\\end\{[a-z]+\*?\}|\\[,;:! ]|\\\\|[\s&])*\Z")
#: g(x) = e^{tx} gives the next one: a choice among others
_CHOSEN: Final = re.compile(
    r"\s*(?:gives?|yields?|recovers?|leads to|results in|turns into|reduces to|we (?:get|obtain))\b"
)
_LEADS: Final = re.compile(r"(?:[:,]|\b(?:with|where))\Z", re.IGNORECASE)
_FUNCTION_OF: Final = re.compile(r"\s*(?:\\?[A-Za-z]{1,7}|\\mathrm\{\w+\})\s*\(\s*\\?[A-Za-z]{1,7}\s*\)\s*=(?!.*=)")
_ORDERED: Final = re.compile(r"\s(?:all\s|any\s|every\s)?[A-Za-z]{1,7}\s?(?:[<>]=?|[≤≥])\s?-?[0-9]")
#: and a few words with a colon behind them say of what something is told
_OF: Final = ("for", "at", "under", "given")
_NAMED: Final = re.compile(r"(?!\s(?:example|instance)\b)(?:\s[\w'’-]+){1,5}:\s*")


@final
@dataclass(frozen=True)
class Cue:
    """``says``: ``let``, ``assume``, ``claim`` or nothing; ``solve``: the words that speak of solving, if any do."""

    says: str
    word: str = ""
    solve: str = ""


def cue_of(document: Document, formula: int) -> Cue:
    """What the words before a formula say, as far as its sentence goes."""
    text = document.words.text
    place = text.find(chr(SLOT + formula))
    before = text[max(0, place - _REACH) : place]
    ends = [m.end() for m in _END.finditer(before)]
    sentence = before[ends[-1] :] if ends else before
    item = _ITEM.search(before[-64:]) if not document.formulas[formula].display else None
    if item is not None and not ("," in item.group() and any(m["claim"] for m in _CUE.finditer(item.group()))):
        return Cue("let", "item")
    supposed = _DENSITY.search(sentence)
    if supposed is not None and _CONCLUDED.search(supposed["on"]) is None:
        return Cue("let", "density")
    f = document.formulas[formula]
    if not f.display and _FUNCTION_OF.match(f.body.text) and _CHOSEN.match(text, place + 1):
        return Cue("let", "choice")
    # a paragraph that ends without a full stop leads on to the formula after it
    if not sentence.strip() and _LEADS.search(before.rstrip(" \n")):
        paragraph = before.rstrip()
        ends = [m.end() for m in _END.finditer(paragraph[:-1])]
        sentence = paragraph[ends[-1] :] if ends else paragraph
    if _SOLVING.search(sentence) or _SOLVED.match(text, place + 1):
        return Cue("", "solve", "an equation that is solved")
    found = None
    for m in _CUE.finditer(sentence):
        found = m
    told = found.group().lower() if found is not None else ""
    told = "case" if told.startswith("case") else told  # case that, case of
    solve = _SOLVE.search(before[-200:]) or _SOLVE.search(text[place + 1 : place + 80])
    word = solve.group() if solve is not None else ""
    if found is None:
        return Cue("", "", word)
    says = "let" if found["let"] else "assume" if found["assume"] else "claim"
    last = found.end()
    ended = not _enumerated(sentence[last:]) or (
        told in ONCE and not re.search(r"(?<!\w)(?:and|or|both)\s*\Z", sentence)
    )
    if says == "assume" and "," in sentence[last:] and not _supposed(sentence[: found.start()]):
        return Cue("", found.group(), word)  # for least squares, if the variances are equal, …: said before the claim
    if told in _OF and _NAMED.fullmatch(sentence[last:]):
        return Cue("", found.group(), word)  # solving for the start: x_0 = …
    if says != "claim" and _ORDERED.match(sentence[last:]):
        return Cue("", found.group(), word)  # of x < 0, in words
    if says == "assume" and any(ord(c) >= SLOT for c in sentence[last:]) and _WHEN.match(text, place + 1):
        return Cue("", found.group(), word)  # if x > 0 and |x| = −x if x < 0: it has a condition of its own
    if says != "claim" and any(ord(c) >= SLOT for c in sentence[last:]) and ended:
        return Cue("", found.group(), word)  # it spoke of another formula
    return Cue(says, told, word)


def sentence_before(document: Document, formula: int) -> str:
    """The words of the sentence that leads to a formula, formulas in it as their marks."""
    text = document.words.text
    place = text.find(chr(SLOT + formula))
    before = text[max(0, place - _REACH) : place].rstrip()
    ends = [m.end() for m in _END.finditer(before[:-1]) if BREAK not in m.group()]
    return before[ends[-1] :] if ends else before


def _supposed(before: str) -> bool:
    """Is something supposed or defined earlier in the sentence?"""
    return any(m["let"] or m["assume"] for m in _CUE.finditer(before))


def _enumerated(text: str) -> bool:
    """``let a = 1, b = 2 and`` the formula: only formulas, commas and conjunctions between."""
    return re.fullmatch(rf"(?:[\s,]|and|or|both|{chr(SLOT)}|[{chr(SLOT)}-\U000ffffd])*", text) is not None


def where_clause(document: Document, formula: int) -> list[int]:
    """The formulas of a clause *where …* right after a display, or the one *when …* is said of in the text.

    A sentence of its own, *Here a = 1 …*, and words between, *with a minimum at x = 0*, say no values of names: see
    :func:`values_after`.
    """
    return [k for k, loose in _clause(document, formula) if not loose]


def values_after(document: Document, formula: int) -> list[str]:
    """The values that the words after a display give to names and that it need not mean; those of an example apart."""
    found = [k for k, loose in _clause(document, formula) if loose]
    if not found or _EXAMPLE.search(document.words.text.partition(chr(SLOT + formula))[2][:_REACH]):
        return []
    return [document.formulas[k].body.text.strip(" .,;") for k in found]


def _clause(document: Document, formula: int) -> list[tuple[int, bool]]:
    """The formulas of the clause; and whether one is a value that need not be meant."""
    text = document.words.text
    place = text.find(chr(SLOT + formula))
    if not document.formulas[formula].display:
        m = _WHEN.match(text, place + 1)
        said = ord(m.group(1)) - SLOT if m is not None else len(document.formulas)
        return [] if said >= len(document.formulas) or _applies(document, formula, said) else [(said, False)]
    m = _WHERE.match(text, place + 1) or _law_for(document, place)
    if m is None:
        return []
    ended = "." in m.group() or _ended(document, formula)
    ended = ended or m.group().strip(" \t\n,;.)")[:1].isupper()
    end = _END.search(text, m.end())
    stop = min(end.start() if end is not None else len(text), m.end() + _REACH)
    n = len(document.formulas)
    out: list[tuple[int, bool]] = []
    for at in (i for i in range(m.end(), stop) if SLOT <= ord(text[i]) < SLOT + n):
        k = ord(text[at]) - SLOT
        if document.formulas[k].display:
            if _NAMES_IT.fullmatch(text, m.end(), at) and _says_of(document, formula, k):
                out.append((k, False))
            break
        number = _NUMBER_FOR.fullmatch(document.formulas[k].body.text) is not None
        loose = number and (ended or _PLAINLY.fullmatch(text, m.end(), at) is None)
        out.append((k, loose or _AT.search(text, m.end(), at) is not None))
    return out


def _law_for(document: Document, place: int) -> re.Match[str] | None:
    """Does a display go on with the law of what is in it: *for x ~ N(0, 1)*?"""
    text = document.words.text
    m = _FOR.match(text, place + 1)
    if (
        m is None
        or _ended(document, ord(text[place]) - SLOT)
        or not 0 <= (k := ord(text[m.end()]) - SLOT) < len(document.formulas)
    ):
        return None
    return m if re.search(r"\\sim(?![a-z])", document.formulas[k].body.text) else None


#: *where* the gain is
_NAMES_IT: Final = re.compile(r"\s*(?:(?:the|an?)\s(?:[\w-]+\s){1,3}(?:is|equals)\s*)?")
#: a name, or its square, at the beginning of a display
_BEGINS: Final = re.compile(
    r"\s*(?:\\begin\{[a-z]+\*?\}\s*)?&?\s*(?P<name>\\?[A-Za-z]+(?:_(?:\w|\{\w{1,8}\}|\\[a-z]+))?)\s*(?:\^\s*\{?2\}?)?\s*&?\s*="
)


def _says_of(document: Document, formula: int, clause: int) -> bool:
    """Does a display right after *where* say what a name of the display before it is?"""
    m = _BEGINS.match(document.formulas[clause].body.text)
    said = re.escape(m["name"]) if m is not None else r"(?!)"
    return re.search(rf"(?<![A-Za-z\\]){said}(?![A-Za-z_(])", document.formulas[formula].body.text) is not None


#: x_* =, \hat\theta =
_NAMES: Final = re.compile(
    r"\s*(?P<name>(?:\\[a-z]+\s?\{?)?\\?[A-Za-z]+\}?(?:_(?:[\w*]|\\star|\{[\w*]{1,6}\}))?)\s*:?="
)
_DEFINED: Final = re.compile(r"(\\?[A-Za-z]+(?:_\w|_\{\w+\})?)\s*\([^()]{1,40}\)\s*:?=")


def _applies(document: Document, formula: int, said: int) -> bool:
    """Is a clause *with …* a display, or of the function or the name that the formula before it defines? Then it comes
    after."""
    clause = document.formulas[said]
    heads = _DEFINED.findall(document.formulas[formula].body.text)
    bare = _NAMES.match(document.formulas[formula].body.text)
    if bare is not None and re.search(rf"(?<![A-Za-z\\]){re.escape(bare['name'])}(?![A-Za-z_])", clause.body.text):
        return True
    used = (re.search(rf"(?<![A-Za-z\\]){re.escape(h)}\s*'*\s*\(", clause.body.text) for h in heads)
    return clause.display or any(u is not None for u in used)


def before_in_paragraph(document: Document, formula: int) -> str:
    """The words between the last blank line before a formula, but for the one that sets a display off, and it."""
    text = document.words.text
    place = text.find(chr(SLOT + formula))
    return text[max(0, place - 2 * _REACH) : max(place, 0)].rstrip().rpartition(BREAK)[2]


def _ended(document: Document, formula: int) -> bool:
    r"""Does a formula end with a full stop, be it before an ``\end{split}``?"""
    text = document.formulas[formula].body.text
    closing = _CLOSING.search(text[-_REACH:])
    return text[-_REACH:][: closing.start() if closing is not None else None][-1:] in (".", "!", "?")


def paragraph_end(document: Document, formula: int) -> int:
    """Offset in the file at which the paragraph of a formula ends: a blank line after a full stop."""
    text = document.words.text
    if not text:
        return 0
    at = text.find(chr(SLOT + formula))
    n = len(document.formulas)
    while True:
        at = text.find(BREAK, at)
        if at < 0:
            return document.words.ends[-1]
        last = text[:at].rstrip()[-1:]
        inside = ord(last) - SLOT if last else -1
        if last in ".!?" or (0 <= inside < n and _ended(document, inside)):
            return document.words.ends[at]
        at += len(BREAK)


def sentence_end(document: Document, formula: int) -> int:
    """Offset in the file at which the sentence of a formula ends."""
    text = document.words.text
    at = text.find(chr(SLOT + formula))
    if at < 0 or not document.words.ends:
        return 0
    n = len(document.formulas)
    for i in range(at, len(text)):
        k = ord(text[i]) - SLOT
        if 0 <= k < n and document.formulas[k].display and _ended(document, k):
            return document.formulas[k].end
        if i <= at or not (m := _END.match(text, i)):
            continue
        if m.group() != BREAK or text[:i].rstrip()[-1:] in ("", ".", "!", "?"):  # what has no full stop goes on
            return document.words.ends[i]
    return document.words.ends[-1]
