"""What the words call by name: *σ is the sigmoid*, *N(·) is the standard normal CDF*. Φ, φ and γ are read elsewhere.

They stand for what they are from the beginning of the document on, unless it spells them out; a name that stands for a
number as well is a function before a bracket only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from symrep.checking.facts import plain_name
from symrep.checking.names import latex_name
from symrep.checking.scope import Let
from symrep.reading.documents import SLOT, Document

__all__ = ["applied_to_a_dot", "standard_lets"]

_SLOT: Final = rf"[\U{SLOT:08x}-\U000ffffd]"
_SENTENCE: Final = re.compile(r"[^.;!?\n]+(?:\.(?=[\w])[^.;!?\n]*|\n(?!\s*\n)[^.;!?\n]*)*")
_CDF: Final = (
    r"(?:cumulative\s(?:distribution|density)\sfunction|distribution\sfunction|c\.?d\.?f\.?|cumulative\sdistribution)"
)
_PDF: Final = r"(?:probability\s)?(?:density(?:\sfunction)?|p\.?d\.?f\.?)"
_NORMAL: Final = r"standard\s(?:normal|gaussian)"
_OF_NORMAL: Final = rf"of\s(?:a|an|the)\s{_NORMAL}"
#: what is named -> its LaTeX in x
_BODIES: Final = {
    "sigmoid": r"\frac{1}{1+e^{-x}}",
    "cdf": r"\frac12\left(1+\operatorname{erf}\left(\frac{x}{\sqrt{2}}\right)\right)",
    "pdf": r"\frac{1}{\sqrt{2\pi}}e^{-x^2/2}",
}
_THINGS: Final = {
    "sigmoid": r"(?:(?:logistic|standard)\s)?sigmoid(?:al)?(?:\sfunction)?|(?:standard\s)?logistic\sfunction",
    "cdf": rf"{_NORMAL}\s{_CDF}|{_CDF}\s{_OF_NORMAL}",
    "pdf": rf"{_NORMAL}\s{_PDF}|{_PDF}\s{_OF_NORMAL}",
}
_BE: Final = r"(?:\sis|\sdenotes|\sbe|\sbeing|\sas|,|\sfor|\sdenoting|\sstands for)"
_PATTERNS: Final = {
    what: (
        re.compile(
            rf"(?P<name>{_SLOT})(?:{_BE}\s(?:the\s|a\s)?|\sthe\s)(?:usual\s)?(?:{thing})(?![\w-])(?!\s{_SLOT})",
            re.IGNORECASE,
        ),
        re.compile(rf"(?<![\w-])(?:{thing})\s(?:is\s|by\s|denoted(?:\sby)?\s)?\(?(?P<name>{_SLOT})", re.IGNORECASE),
    )
    for what, thing in _THINGS.items()
}
_DENIED: Final = re.compile(r"\b(?:not|no|unlike|approximat\w*|replace\w*|instead)\b", re.IGNORECASE)
#: σ, σ(·), σ(x), σ: R → (0, 1)
_HEAD: Final = re.compile(
    r"\s*(?P<name>\\?[A-Za-z]+(?:_\{?\w+\}?)?)\s*(?:\(\s*(?:\\cdot|\\?[a-z]+)\s*\)|:.*)?\s*", re.DOTALL
)
_DOT: Final = re.compile(r"\s*(?P<name>\\?[A-Za-z]+)\s*\(\s*\\cdot\s*\)\s*")
_KNOWN: Final = frozenset(
    ("Gamma", "B", "zeta", "Phi", "phi", "varphi", "psi", "p", "q", "P", "Q", "E", "I", "H", "KL")
)
#: names that are read as such where the document speaks of them
_READ: Final = frozenset(("Phi", "phi", "varphi"))
_MOST: Final = 4000


def standard_lets(document: Document) -> list[Let]:
    """What the words call by a name that everybody knows."""
    found: dict[str, Let] = {}
    for what, name, start, end in _named(document):
        body = _BODIES[what]
        line = f"{latex_name(name)}(x) = {body}"
        let = Let("function", name, ("x",), body, frozenset(), start, end, line)
        found.setdefault(name, let)
    return list(found.values())


def _named(document: Document) -> Iterator[tuple[str, str, int, int]]:
    for m in _SENTENCE.finditer(document.words.text):
        if len(m.group()) > _MOST:
            continue
        sentence = re.sub(r"[*_]", "", re.sub(r"[~\s]+", " ", m.group()))
        for what, patterns in _PATTERNS.items():
            for pattern in patterns:
                for k in pattern.finditer(sentence):
                    if _DENIED.search(sentence[max(0, k.start() - 25) : k.end()]):
                        continue
                    n = ord(k["name"]) - SLOT
                    if not 0 <= n < len(document.formulas):
                        continue
                    head = _HEAD.fullmatch(document.formulas[n].body.text)
                    name = plain_name(head["name"]) if head is not None else None
                    if name is not None and name not in _READ and not _spelled_out(document, latex_name(name)):
                        f = document.formulas[n]
                        yield what, name, f.start, f.end


def _spelled_out(document: Document, latex: str) -> bool:
    line = re.compile(
        r"(?:\A|[&\n,;])\s*" + re.escape(latex) + r"\s*(?:\(\s*\\?\w+\s*\)\s*)?(?::=|=|\\coloneqq|\\triangleq)"
    )
    return any(line.search(f.body.text) for f in document.formulas)


def applied_to_a_dot(document: Document) -> frozenset[str]:
    r"""The names of functions written with a dot for their argument: ``N(\cdot)``."""
    found = (_DOT.fullmatch(f.body.text) for f in document.formulas)
    names = {plain_name(m["name"]) for m in found if m is not None}
    return frozenset(n for n in names if n is not None and n not in _KNOWN)
