"""What else a document speaks of, by which its signs mean something of their own."""

from __future__ import annotations

import re
from typing import Final

from symrep.checking.facts import plain_name
from symrep.reading.documents import SLOT, Document

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
#: u depends on x, u varies with x, where u is a function of x
_F: Final = rf"[\U{SLOT:08x}-\U000ffffd]"
_DEPENDS: Final = re.compile(
    rf"(?P<a>{_F}(?:\s?(?:,|and)\s?{_F}){{0,3}})\s(?:\w+\s){{0,2}}?(?P<not>not\s|n['’]t\s)?"
    rf"(?:depends?\s(?:\w+\s)?(?:up)?on|var(?:y|ies)\swith|(?:is|are)\s(?:a\s|some\s)?(?:\w+\s)?(?:functions?\sof|determined\sby|"
    rf"computed\sfrom|given\sby\sa\sfunction\sof))\s(?:the\s|a\s)?(?:\w+\s){{0,2}}?(?P<b>{_F}(?:\s?(?:,|and)\s?{_F}){{0,3}})"
)


def _dependent(document: Document) -> list[str]:
    """``depends u x`` for what the words say to depend on what."""
    out: set[str] = set()
    for m in _DEPENDS.finditer(re.sub(r"[\s~]", " ", document.words.text)):
        if m["not"]:
            continue
        sides = [[plain_name(document.formulas[ord(c) - SLOT].body.text) for c in m[k] if ord(c) >= SLOT] for k in "ab"]
        out |= {f"depends {a} {b}" for a in sides[0] for b in sides[1] if a and b and a != b}
    return sorted(out)


def topics(document: Document) -> list[str]:
    """``aggregate`` posteriors q(z); ``tensors``, with Greek letters above that are indices; ``set A``;
    ``random x`` of what has a law anywhere; ``depends u x``."""
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
        + _dependent(document)
    )
