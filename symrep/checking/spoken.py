"""What a document as a whole speaks of: discrete or continuous variables, random vectors, φ as the normal density."""

from __future__ import annotations

import re
from typing import Final

from symrep.checking.facts import plain_name
from symrep.checking.prose import MANY, ONE, STANDARD_NORMAL, names_in, shown
from symrep.checking.topics import topics
from symrep.reading.documents import SLOT, Document

__all__ = ["spoken_of"]

_SLOT: Final = rf"[\U{SLOT:08x}-\U000ffffd]"
_DISCRETE: Final = re.compile(
    r"discrete\W[^.\n]{0,40}?random (?:variable|vector)|probability mass function", re.IGNORECASE
)
_VECTORS: Final = re.compile(r"random vectors?\b|covariance matri", re.IGNORECASE)
#: where X may be a matrix of data
_DESIGN: Final = re.compile(
    r"design|regress|linear model|predictor|random matri|data matri|matrix[- ]normal", re.IGNORECASE
)
_SHAPE: Final = re.compile(r"(?<![A-Za-z\\])[X-ZU-W](?![A-Za-z])[^$]{0,40}\\times")
_CONTINUOUS: Final = re.compile(
    r"continuous\W[^.\n]{0,40}?random (?:variable|vector)|probability density", re.IGNORECASE
)
#: γ ≈ 0.577, by its name
_EULER: Final = re.compile(
    rf"(?P<before>{_SLOT})?[^.{_SLOT[1:-1]}]{{0,30}}\bEuler(?:['’]s"
    rf"|\W{{1,3}}Mascheroni(?:['’]s)?)?\s(?:gamma\s)?constant\b\s?(?P<after>{_SLOT})?"
)
_RANDOM: Final = re.compile(
    rf"\b(?:random\s[a-z]+|noises?|errors?|shocks?|disturbances?|samples?|draws?)"
    rf"\s(?P<a>{MANY})"
    rf"|(?P<b>{MANY})\s(?:is|are|be|being|denotes?)\s(?:(?!not\b)[\w,.-]+\s){{0,4}}?"
    r"(?:random|noises?|errors?|shocks?|drawn|sampled|distributed|independent|i\.?i\.?d\.?|exponential|normal|gaussian|"
    r"uniform|poisson|bernoulli|binomial|geometric|gamma|beta|stochastic)\b",
    re.IGNORECASE,
)
#: b > 0
_ORDER: Final = re.compile(r"[<>]|\\(?:g|l)(?:t|e|eq|eqslant)(?![a-z])|\\in(?![a-z])|\\neq?(?![a-z])")
_PHI: Final = re.compile(r"\\(?:var)?phi(?![A-Za-z])\s?(?:\\[!,])?\s?(?:\\left)?\(")
_CAPITAL_PHI: Final = re.compile(r"\\Phi(?![A-Za-z])\s?(?:\\[!,])?\s?(?:\\left)?\(")
_OTHER_PHI: Final = re.compile(
    r"characteristic function|\bfeature|\bkernel|embedding|encoder|network|activation|test function|potential",
    re.IGNORECASE,
)


def spoken_of(document: Document) -> frozenset[str]:
    """What a document speaks of: the ``digamma`` function; ``discrete`` or ``continuous`` variables and not both;
    random ``vectors``, and what ``topics`` finds."""
    text = document.words.text
    kinds = [k for k, p in (("discrete", _DISCRETE), ("continuous", _CONTINUOUS)) if p.search(text)]
    beside = any("\\psi(" in f.body.text and "\\Gamma(" in f.body.text for f in document.formulas)
    told = kinds if len(kinds) == 1 else []
    told += ["phi"] if _normal_phi(document) else []
    told += ["euler"] if any(_euler(document, m) for m in _EULER.finditer(text)) else []
    told += ["entropy"] if re.search(r"\bentrop(?:y|ies)\b", text, re.IGNORECASE) else []
    told += topics(document)
    told += ["digamma"] if beside or "digamma" in text.lower() else []
    matrices = _DESIGN.search(text) or any(_SHAPE.search(f.body.text) for f in document.formulas)
    told += [f"random {name}" for name in _called_random(document)]
    told += ["vectors"] if _VECTORS.search(text) and not matrices else []
    return frozenset(told)


def _normal_phi(document: Document) -> bool:
    """Is φ the standard normal density: it is said, or Φ is somewhere, in a text about normal variables?"""
    text = document.words.text
    if _OTHER_PHI.search(text) or not any(_PHI.search(f.body.text) for f in document.formulas):
        return False
    if STANDARD_NORMAL.search(text):
        return True
    beside = any(_CAPITAL_PHI.search(f.body.text) for f in document.formulas)
    normal = re.search("normal|gaussian", text, re.IGNORECASE) or any(
        re.search(r"N\}?\s?\(\s?0\s?,\s?1\s?\)", f.body.text) for f in document.formulas
    )
    return beside and normal is not None


def _called_random(document: Document) -> list[str]:
    """The names that the words call random: *a random variable b*, *the noise r*, *where b > 0 is random*."""
    found = [m["a"] or m["b"] for m in _RANDOM.finditer(document.words.text)]
    names = {name for text in found for name in names_in(document, text)}
    within = (plain_name(_ORDER.split(shown(document, m[0]))[0]) for text in found for m in re.finditer(ONE, text))
    return sorted(names | {n for n in within if n is not None and n not in ("a", "A", "I")})


def _euler(document: Document, m: re.Match[str]) -> bool:
    """Is Euler's constant called γ?"""
    named = [shown(document, s) for s in (m["before"], m["after"]) if s]
    return any(s.lstrip().startswith(r"\gamma") for s in named)
