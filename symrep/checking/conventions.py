"""By which parameters a document's laws are given: *Exp(θ) with mean θ*, *shape k and scale θ*, *the number of trials*.

Only what is said of the very parameter, or of the parametrisation, counts; where both are said of the same one, nothing
can be known and the laws are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from symrep.checking.facts import Fact, plain_name
from symrep.reading.documents import SLOT, Document

__all__ = ["AMBIGUOUS", "conventions", "counted"]

AMBIGUOUS: Final = ""
_SENTENCE: Final = re.compile(r"[^.;!?\n]+(?:\.(?=\d)[^.;!?\n]*|\n(?!\s*\n)[^.;!?\n]*)*")
_SLOT: Final = rf"[\U{SLOT:08x}-\U000ffffd]"
#: family -> its words, its names in formulas, what is another family
_FAMILIES: Final = {
    "Exponential": (r"exponential(?!\sfamil)", r"\{\s*(?:Exp|Exponential|Expo|Expon)\b", r"double[- ]exp|laplace"),
    "Gamma": (
        r"gamma|erlang", r"\{\s*(?:Gamma|Gam|Ga|Erlang)\b|\\Gam\b|\\Gamma\b",
        r"inver(?:se|ted)[- ]?gamma|generali[sz]ed gamma|log-?gamma|Inv\W{0,3}G|\bIG\b|GenGamma",
    ),
    "Weibull": (r"weibull", r"Weibull|Wei\b", r"exponentiated"),
}  # fmt: skip
_ROLES: Final = {
    "rate": "rate", "intensity": "rate", "inverse scale": "rate", "inverse-scale": "rate", "scale": "scale",
    "mean": "mean", "average": "mean", "expected value": "mean", "expectation": "mean", "time constant": "scale",
    "shape": "shape",
}  # fmt: skip
_ROLE: Final = (
    r"(?P<role>(?:(?<!inverse )(?<!inverse-)scale|inverse[- ]scale|rate|intensity|mean|average|"
    r"expected value|expectation|time constant|shape)s?)"
    r"(?:\s(?:parameter|vector|(?:life|waiting |survival )?(?:time|span)|lifetime|duration|length|size|value))?"
)
_OF: Final = (
    re.compile(rf"(?<![\w-]){_ROLE}\s(?:of\s|is\s|equal\sto\s|given\sby\s)?\(?(?P<name>{_SLOT})", re.IGNORECASE),
    re.compile(
        rf"(?P<name>{_SLOT})\)?,?\s(?:is|denotes|being|as|be|for)?\s?(?:called\s)?(?:the|a|an|its"
        rf"|their)\s{_ROLE}(?![\w-])(?!\s{_SLOT})",
        re.IGNORECASE,
    ),
)
_BOTH: Final = re.compile(
    rf"(?<![\w-])shape(?:\sparameter)?\s(?P<first>{_SLOT})\s?,?\s(?:and|with)\s(?:a\s|an\s|the\s|its\s)?"
    rf"(?P<role>rate|scale)(?:\sparameter)?\s(?P<name>{_SLOT})",
    re.IGNORECASE,
)
_FORM: Final = re.compile(
    r"(?:shape[\s/–—-]{1,3}(?:and[\s-])?)?(?P<role>rate|scale)[\s-](?:parametri[sz]ation|convention|form)\b"
    rf"|(?:shape[\s/–—-]{{1,3}}(?:and[\s-])?)(?P<second>rate|scale)\b(?!\s(?:parameters?\s)?{_SLOT})"
    r"|parametri[sz]ed\sby\s(?:a\s|its\s|the\s)?(?P<third>rate|scale|mean)\b",
    re.IGNORECASE,
)
_TRIALS: Final = re.compile(
    r"number\sof\s(?:\w+\s){0,2}?(?:trials|tosses|flips|attempts|draws)\b"
    r"|(?:trials|tosses|flips|attempts)\s(?:needed|required|until|up to)",
    re.IGNORECASE,
)
_FAILURES: Final = re.compile(
    r"(?:number\sof\s|counts?\s(?:the\s)?)?failures\s(?:before|until)|failures\spreceding", re.IGNORECASE
)
_SUCCESSES: Final = re.compile(r"successes\s(?:before|until)|successes\spreceding", re.IGNORECASE)
_FROM_ONE: Final = re.compile(
    r"\(1\s*-\s*\\?[a-z]+\)\s*\^\s*\{?\s*\\?[a-z]\s*-\s*1\s*\}?"
    r"|q\s*\^\s*\{?\s*[a-z]\s*-\s*1"
)
#: the values it takes
_ONE_TWO: Final = re.compile(r"(?<![\d,]\s)(?<![\d,])1\s*,\s*2\s*,|(?:k|n|x|X)\s*\\geq?\s*1(?!\d)")
_OVER: Final = re.compile(r"/|\\[dt]?frac|\^\s*\{?\s*-")
_GEOMETRIC: Final = (r"geometric(?!\s(?:series|sum|progression|mean))", r"Geo(?:m|metric)?\b", "hypergeometric")
_NEGATIVE: Final = (r"negative[ -]binomial", r"NegBin|\{\s*NB\b", "beta negative")
_MOST: Final = 4000


def conventions(document: Document, facts: Iterable[Fact]) -> dict[tuple[str, str], str]:
    """(family, name of a parameter) -> its role there; the name ``*``: what is said of the parametrisation itself.

    Families that a pragma speaks of are left alone: there the registry's parameters hold.
    """
    declared = " ".join(f.value for f in facts if f.declared and f.what == "law")
    out: dict[tuple[str, str], str] = {}
    for family, name, role in _said(document):
        if family in declared:
            continue
        key = (family, name)
        out[key] = role if out.get(key, role) == role else AMBIGUOUS
    return out


def _said(document: Document) -> Iterator[tuple[str, str, str]]:
    for family, names in _FAMILIES.items():
        for sentence, here in _sentences(document, names):
            for pattern in (*_OF, _BOTH):
                for m in pattern.finditer(sentence):
                    shown = plain_name(_shown(document, m["name"]))
                    written = _shown(document, m["name"])
                    if shown is not None and not (len(written) > 1 and written.isalpha()):
                        yield family, shown, _role(family, m["role"])
                    elif family == "Gamma" and _role("Exponential", m["role"]) == "scale" and "mean" in _role_of(m):
                        yield family, "*", "rate" if _OVER.search(written) else "scale"
            for m in _FORM.finditer(sentence) if here else ():
                yield family, "*", _role(family, m["role"] or m["second"] or m["third"])


def _role_of(m: re.Match[str]) -> str:
    return _ROLES[m["role"].lower().removesuffix("s")]


def _role(family: str, word: str) -> str:
    """What a parameter of that role is; the mean of an exponential law is its scale, of others it is none of theirs."""
    role = _ROLES[word.lower().removesuffix("s")]
    return role if role != "mean" else "scale" if family == "Exponential" else AMBIGUOUS


def _sentences(document: Document, names: tuple[str, str, str]) -> Iterator[tuple[str, bool]]:
    """The sentences that speak of a family, and those right behind one (False)."""
    word, name, other = names
    before = False
    for m in _SENTENCE.finditer(document.words.text):
        if len(m.group()) > _MOST:
            continue
        sentence = re.sub(r"[*_]", "", re.sub(r"[~\s]+", " ", m.group()))
        slots = " ".join(_shown(document, c) for c in sentence if ord(c) >= SLOT)
        here = bool(re.search(word, sentence, re.IGNORECASE) or re.search(name, slots))
        if re.search(other, f"{sentence} {slots}", re.IGNORECASE):
            before = False
            continue
        if here or before:
            yield sentence, here
        before = here


def _shown(document: Document, slot: str) -> str:
    n = ord(slot) - SLOT
    return document.formulas[n].body.text.strip() if 0 <= n < len(document.formulas) else ""


def counted(document: Document) -> dict[str, str]:
    """What is called by one name for two kinds of laws -> the family meant here; empty: it cannot be told.

    The geometric law counts trials or failures, the negative binomial one successes or failures; IG is the inverse
    gamma law or the inverse Gaussian one.
    """
    out: dict[str, str] = {}
    text = [s for s, _ in _sentences(document, _GEOMETRIC)]
    shown = [[_shown(document, c) for c in s if ord(c) >= SLOT] for s in text]
    trials = any(_TRIALS.search(s) for s in text)
    trials = trials or any(_FROM_ONE.search(f) or _ONE_TWO.search(f) for of in shown for f in of)
    if trials:
        failures = any(_FAILURES.search(s) for s in text)
        out["Geometric"] = AMBIGUOUS if failures else "GeometricTrials"
    if any(_TRIALS.search(s) or _SUCCESSES.search(s) for s, _ in _sentences(document, _NEGATIVE)):
        out["NegativeBinomial"] = AMBIGUOUS
    words = document.words.text
    gaussian, gamma = (re.search(rf"inverse[- ]{w}", words, re.IGNORECASE) for w in ("gauss", "gamma"))
    if gaussian is not None:  # IG is one of two families
        out["IG"] = AMBIGUOUS if gamma is not None else "InverseGaussian"
    return out
