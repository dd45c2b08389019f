"""What else a document speaks of, by which its signs mean something of their own."""

from __future__ import annotations

import re
from typing import Final

from symrep.checking.facts import plain_name
from symrep.reading.documents import Document

__all__ = ["topics"]

#: q(z) by itself, or said to be something: no short form of q_φ(z|x)
_OWN_Q: Final = re.compile(
    r"(?<![A-Za-z\\])q\s*(?:\\left)?\(\s*\\?[A-Za-z]\w*\s*(?:\\right)?\)\s*&?\s*(?::?=|\\(?:approx|coloneqq|propto|equiv|sim)\b)"
    r"|\A\s*q\s*\(\s*\\?[A-Za-z]\w*\s*\)\s*\Z"
)
#: letters above that count components
_TENSORS: Final = re.compile(
    r"\b(?:tensors?|christoffel|contravariant|covariant (?:vector|component|derivative)|einstein (?:summation|"
    r"notation)|(?:upper|raised?|raising) ind(?:ex|ices)|indices up)\b",
    re.IGNORECASE,
)
_UPPER: Final = re.compile(r"[A-Za-z]\s*\^\s*\{?\s*\\(?:mu|nu|alpha|beta|sigma|rho|lambda|gamma)(?![A-Za-z])")
#: i ∈ A, A ⊆ S: a capital letter that is a set
_SET: Final = re.compile(
    r"\\(?:not)?in\s*\{?([A-Z])(?![A-Za-z])|(?<![A-Za-z\\])([A-Z])\s*\\subset(?:eq)?(?![A-Za-z])|"
    r"\\subset(?:eq)?\s*([A-Z])(?![A-Za-z])"
)
#: x ~ …
_DRAWN: Final = re.compile(
    r"(?:\A|[,;&\s(]|\\\\)(?P<name>\\?[A-Za-z]+(?:_(?:\w|\{\w{1,8}\}))?)\s*(?:\\(?:mid|vert)[^~]{1,30}?)?&?\s*"
    r"(?:\\(?:sim|thicksim)(?![A-Za-z])|\\(?:overset|stackrel)\{[^{}]{0,20}(?:\{[^{}]{0,20}\})?[^{}]{0,20}\}\{\\sim\})"
)


def topics(document: Document) -> list[str]:
    """``aggregate`` posteriors q(z); ``tensors``, with Greek letters above that are indices; ``set A``;
    ``random x`` of what has a law anywhere."""
    text = document.words.text
    own = re.search(r"\baggregat", text, re.IGNORECASE) or any(_OWN_Q.search(f.body.text) for f in document.formulas)
    upper = _TENSORS.search(text) and any(_UPPER.search(f.body.text) for f in document.formulas)
    drawn = {
        n for f in document.formulas for m in _DRAWN.finditer(f.body.text) if (n := plain_name(m["name"])) is not None
    }
    sets = {n for f in document.formulas for m in _SET.finditer(f.body.text) for n in m.groups() if n}
    return (
        ["aggregate"] * bool(own)
        + ["tensors"] * bool(upper)
        + [f"set {n}" for n in sorted(sets)]
        + [f"random {n}" for n in sorted(drawn)]
    )
