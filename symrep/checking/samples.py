r"""Samples: *let x_1, …, x_n be i.i.d. \mathcal{N}(\mu, \sigma^2)*, *X_1, …, X_n are independent with mean μ and …*.

Names with an index are a sample where the document enumerates them, says a law, or a mean and a variance, and calls
them independent, or samples, draws, observations. What is only supposed, asked or denied is none.
"""

from __future__ import annotations

import re
from typing import Any, Final

from symrep.checking.facts import plain_name
from symrep.checking.model import Chain, Place
from symrep.checking.names import uses
from symrep.checking.scope import Let
from symrep.checking.told_laws import VECTOR
from symrep.distribution import Law
from symrep.reading.documents import SLOT, Document, Formula

__all__ = ["bars_defined", "densities_told", "given_law", "ranges_in", "samples_in", "take_given"]

_NAME: Final = r"(?P<base>\\?[A-Za-z]+)\s*_\s*"
_DOTS: Final = r"\\(?:l|c)?dots[a-z]?"
_COMMA: Final = r"\s*,?\s*(?:\\[,;!]\s*)?"
_END: Final = r"(?:\{\s*(?P<to>\\?[A-Za-z]+)\s*\}|(?P<one>[A-Za-z]))"
_SIM: Final = r"(?:\\(?:overset|stackrel)\s*\{[^$]{1,40}?\}\s*\{\s*\\sim\s*\}|\\sim)\s*"
_MARK: Final = rf"(?:\s*{_SIM}(?P<law>[^$]{{2,120}}?)[\s.,;]*)?"
#: x_1, …, x_n and {x_i}_{i=1}^n, with a law or without
_LISTED: Final = re.compile(
    rf"\s*(?:\\left)?\s*(?:\\?[{{(\[])?\s*{_NAME}\{{?\s*1\s*\}}?{_COMMA}(?:(?P=base)\s*_\s*\{{?\s*2\s*\}}?{_COMMA})?{_DOTS}{_COMMA}"
    rf"(?P=base)\s*_\s*{_END}\s*(?:(?:\\right)?\s*\\?[}})\]])?{_MARK}"
)
_BRACED: Final = re.compile(
    rf"\s*(?:\\left)?\\?[{{(]\s*{_NAME}\{{?\s*(?P<index>[a-z])\s*\}}?\s*(?:\\right)?\\?[}})]\s*_\s*\{{?\s*(?P=index)\s*=\s*1\s*\}}?"
    rf"\s*\^\s*{_END}{_MARK}"
)
#: x_i ∼ law, i = 1, …, n
_EACH: Final = re.compile(
    rf"\s*{_NAME}\{{?\s*(?P<index>[a-z])\s*\}}?\s*{_SIM}"
    rf"(?P<law>[^$]{{2,120}}?)\s*,(?:\s|\\quad|\\qquad|\\[,;! ]|\\text\s?\{{\s?for\s?\}})*(?P=index)\s*=\s*1\s*,\s*"
    rf"(?:2\s*,\s*)?{_DOTS}\s*,\s*(?P<one>[A-Za-z])[\s.,;]*"
)
_IID: Final = re.compile(r"\\(?:overset|stackrel)\s*\{[^}]*i\W*i\W*d", re.I)
_INDEPENDENT: Final = re.compile(
    r"\b(?:independent(?:ly)?|iid|samples?|draws?|drawn|observations?|data|replicates?)\b", re.I
)
#: independence that is conditional, or of something else, or no whole one
_NOT_MEANT: Final = re.compile(
    r"\b(?:not|never|no longer|neither|n['’]t|without|unless|whether|if|suppose for|dependent|correlated|pairwise|"
    r"conditionally|given|conditional|exchangeable|weighted|importance|Markov|chain|MCMC|replacement|order(?:ed)?|sorted|"
    r"independent of)\b",
    re.I,
)
_JOINED: Final = re.compile(
    r"\b(?:be|are|is|from|with|law|distributed|distribution|follow|random variables?|each)\b|^\W*$"
)
_MOMENTS: Final = re.compile(
    r"\bmean\s(?P<a>.)(?:,|\s)\s?(?:and\s)?(?:common\s|finite\s)?(?P<what>variance|standard deviation)\s(?P<b>.)"
)
_STOP: Final = re.compile(r"[.;!?](?=\s|$)")
_IIDS: Final = re.compile(r"\bi\.\s?i\.\s?d\.?|\bIID\b")
_SQUARE: Final = "standard deviation"
_REACH: Final = 140
#: \sum_{i=1}^n: letters of indices with their ends
_SUM: Final = re.compile(
    r"\\(?:sum|prod)(?:\\limits|\\nolimits)?\s*_\s*\{\s*(?P<index>[a-z])\s*=\s*1\s*\}\s*\^\s*(?:\{\s*(?P<to>[A-Za-z])\s*\}|(?P<one>[A-Za-z]))"
)
_SUMMED: Final = re.compile(
    r"\\(?:sum|prod)(?:\\limits|\\nolimits)?\s*(?:_\s*\{\s*(?P<index>[a-z])\s*=[^}]*\}|\^[^_]{1,12}_\s*\{\s*(?P<turned>[a-z])\s*=)"
)


def samples_in(document: Document) -> list[Let]:
    """The samples a document speaks of, by their bases, in their order."""
    out: list[Let] = []
    words = document.words.text
    for at, c in enumerate(words):
        k = ord(c) - SLOT
        if not 0 <= k < len(document.formulas):
            continue
        f = document.formulas[k]
        m = _LISTED.fullmatch(f.body.text) or _BRACED.fullmatch(f.body.text) or _EACH.fullmatch(f.body.text)
        if m is not None and (let := _sample(document, f, m, words, at)) is not None:
            out.append(let)
    return sorted([*out, *_vectors(document)], key=lambda let: let.start)


_VECTOR: Final = re.compile(
    r"\s*(?:\\(?:boldsymbol|mathbf|bm)\s*)?\{?\s*(?P<base>\\?[A-Za-z]+)\s*\}?\s*\\sim\s*(?:\\mathcal\s*\{?\s*N\s*\}?|N)\s*"
    r"(?:\\left\s*)?\(\s*(?:0|\\(?:mathbf|boldsymbol)\s*\{?\s*0\s*\}?)\s*,\s*(?:\\[,;!]\s*)?(?P<factor>[^I(),]{0,40}?)\s*"
    r"(?:I|\\(?:mathbf|mathrm|boldsymbol)\s*\{?\s*I\s*\}?)\s*(?:_\s*\{?\s*(?P<size>[A-Za-z])\s*\}?)?\s*(?:\\right\s*)?\)[\s.,;]*"
)
_SPACE: Final = re.compile(r"\\mathbb\s*\{?\s*R\s*\}?\s*\^\s*\{?\s*(?P<size>[A-Za-z])\s*\}?(?!\s*\\times)")
_SCALAR: Final = re.compile(r"(?:\\?[A-Za-z]+|[0-9]+)?(?:\s*\^\s*\{?\s*2\s*\}?)?")


def _vectors(document: Document) -> list[Let]:
    r"""ε ~ N(0, σ² I_d), also of N(0, I) where the one space there is has d dimensions."""
    spaces = {m["size"] for f in document.formulas for m in _SPACE.finditer(f.body.text)}
    out = []
    for f in document.formulas:
        m = _VECTOR.fullmatch(f.body.text)
        if m is None or not (size := m["size"] or (next(iter(spaces)) if len(spaces) == 1 else "")):
            continue
        base, factor = plain_name(m["base"]), m["factor"].strip()
        if base is None or "_" in base or _SCALAR.fullmatch(factor) is None or (m["size"] and spaces - {m["size"]}):
            continue
        law = rf"\mathcal{{N}}(0, {factor or 1})"
        out.append(Let("sample", base, (size, VECTOR), law, frozenset(), f.start, f.end, " ".join(f.body.text.split())))
    return out


def _sample(document: Document, f: Formula, m: re.Match[str], words: str, at: int) -> Let | None:
    base, size = plain_name(m["base"]), plain_name(m.groupdict().get("to") or m["one"])
    if base is None or size is None or base == size or "_" in base + size:
        return None
    before = _STOP.split(_plain(words[max(0, at - _REACH) : at]))[-1].rpartition("\n\n")[2]
    behind = _STOP.split(_plain(words[at + 1 : at + 1 + _REACH]))[0].partition("\n\n")[0]
    around = f"{_slots(before)} {_slots(behind)}"
    if _NOT_MEANT.search(around) or not (_IID.search(f.body.text) or _INDEPENDENT.search(around)):
        return None
    parameters: tuple[str, ...] = (size,)
    law, end = (m["law"] or "").strip(), f.end
    if not law:
        found = _told(document, behind)
        if found is None:
            return None
        law, parameters = found[0], (size, *found[1:])
    line = " ".join(f"{m['base']}_1, …, {m['base']}_{size} \\sim {law or 'a law'}".split())
    return Let("sample", base, parameters, law, frozenset(), f.start, end, line)


def _plain(text: str) -> str:
    return re.sub(r"[~*]", " ", _IIDS.sub("iid", text))


def _slots(text: str) -> str:
    """The words in some text."""
    return "".join(" " if ord(c) >= SLOT else c for c in text)


def _told(document: Document, behind: str) -> tuple[str, ...] | None:
    """The law that the words behind a list tell, or its mean and variance."""
    n = len(document.formulas)

    def shown(c: str) -> str:
        return document.formulas[ord(c) - SLOT].body.text.strip() if SLOT <= ord(c) < SLOT + n else c

    text = " ".join(behind.split())
    if re.search(r"\bstandard (?:normal|gaussian)", text, re.I):
        return (r"\mathcal{N}(0, 1)",)
    if (m := _MOMENTS.search(text)) is not None and ord(m["b"]) >= SLOT:
        mean, spread = shown(m["a"]), shown(m["b"])
        spread = f"({spread})^2" if m["what"] == _SQUARE else spread
        normal = re.search(r"\b(?:normal|gaussian)", text[: m.start()], re.I)
        return (rf"\mathcal{{N}}({mean}, {spread})",) if normal else ("", mean, spread)
    for i, c in enumerate(text):
        if ord(c) >= SLOT:
            law = shown(c)
            return (law,) if "(" in law and not re.search(r"=|\\sim", law) and _JOINED.search(text[:i]) else None
    return None


_SLOTS: Final = rf"[\U{SLOT:08x}-\U000ffffd]"
_HAS: Final = re.compile(
    rf"(?P<x>{_SLOTS})\s(?:has|have|having|with|be a random variable with)\s(?:a\s|the\s)?(?:probability\s)?"
    rf"(?:density|pdf)(?:\sfunction)?(?:\s\(pdf\))?(?:\sgiven\sby)?:?\s{{0,3}}(?P<f>{_SLOTS})",
    re.I,
)
_FUNCTION: Final = re.compile(r"\s*([A-Za-z])(?:_\{?[A-Za-z]\}?)?\s*\(\s*[a-z]\s*\)\s*=")


def densities_told(document: Document) -> dict[str, str]:
    """X and the f of *let X have the density f(x) = …*, where one density of it is told."""
    found: dict[str, set[str]] = {}
    words = " ".join(document.words.text.split())
    for m in _HAS.finditer(words):
        x, f = (document.formulas[ord(m[k]) - SLOT].body.text for k in "xf")
        name, function = plain_name(x), _FUNCTION.match(f)
        if name is not None and function is not None and name[:1].isupper():
            found.setdefault(name, set()).add(function[1])
    return {x: next(iter(of)) for x, of in found.items() if len(of) == 1}


_BARRED: Final = re.compile(
    r"\\(?:bar|overline)\s*\{?\s*(?P<base>\\?[A-Za-z]+)\s*\}?(?:_\{?\w\}?)?\s*&?\s*(?::=|=|\\equiv|\\coloneqq|\\triangleq)"
)


def bars_defined(document: Document) -> frozenset[str]:
    r"""``defined xbar`` for each \bar x of which a formula says what it is: it need not be the mean of all x_i."""
    found = (m["base"] for f in document.formulas for m in _BARRED.finditer(f.body.text))
    return frozenset(f"defined {name}bar" for base in found if (name := plain_name(base)) is not None)


def ranges_in(document: Document) -> dict[str, str]:
    """Letters of indices with the one name to which they run, from 1, wherever the document says so."""
    found: dict[str, set[str]] = {}
    for f in document.formulas:
        for m in _SUM.finditer(f.body.text):
            found.setdefault(m["index"], set()).add(m["to"] or m["one"])
        for m in _SUMMED.finditer(f.body.text):  # from 0, or to n - 1: another range of the letter
            if not _SUM.match(f.body.text, m.start()):
                found.setdefault(m["index"] or m["turned"], set()).add("")
    return {i: next(iter(ends)) for i, ends in found.items() if len(ends) == 1 and "" not in ends}


_BAR: Final = re.compile(r"\\(?:mid|given|vert|middle\s*\|)(?![A-Za-z])|\|")
_SPACING: Final = re.compile(r"\\(?:[,;!: ]|quad|qquad|left|right|big[lr]?|Big[lr]?)(?![A-Za-z])")


def given_law(before: Place | None, left: Place, right: Place) -> Let | None:
    r"""What X \mid Y \sim law tells, or X \mid Y = y \sim law, of which ``before`` is the part before the sign."""
    text = left.latex if before is None else f"{before.latex} = {left.latex}"
    parts = _BAR.split(_SPACING.sub(" ", text))
    if len(parts) != 2 or not isinstance(right.parsed.expr, Law):
        return None
    name = plain_name(parts[0].strip().removeprefix("("))
    given = []
    for part in parts[1].strip().removesuffix(")").split(","):
        sides = [plain_name(x) for x in part.split("=")]
        if len(sides) > 2 or any(x is None for x in sides):
            return None
        given.append("=".join(x for x in sides if x is not None))
    if name is None or not given or name in {g.partition("=")[0] for g in given}:
        return None
    line = " ".join(f"{text.strip()} \\sim {right.latex.strip()}".split())
    mentions = frozenset(uses(right) - set(given))
    return Let("given", name, tuple(given), right.latex, mentions, (before or left).at, right.to, line)


def take_given(chain: Chain, i: int, out: Any) -> bool:
    """Note what a sign of a law tells of a variable given others; False where it tells something else."""
    left, right = chain.places[i], chain.places[i + 1]
    before = chain.places[i - 1] if i > 0 and chain.signs[i - 1].op == "=" else None
    if not _BAR.search((before or left).latex) or (let := given_law(before, left, right)) is None:
        return False
    out.lets.append(let)
    out.defined |= {i} if before is None else {i - 1, i}
    out.pairs = [p for p in out.pairs if p[1] != i]
    return True
