r"""What is differentiated is differentiable: ``U''(x)`` of a U that nobody spelled out says it of U."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from symrep.checking.facts import Fact
from symrep.reading.documents import Document

__all__ = ["smooth_where_primed"]

#: a letter that is no subscript, label or style
_ALONE: Final = r"(?<![A-Za-z\\_^])(?<!_\{)(?<!\^\{)(?<!mathbb\{)(?<!mathbf\{)(?<!mathcal\{)"
#: U'(, M''(, but no y' = (…
_OPEN: Final = r"\s*(?:\\left|\\[bB]igl?)?\("
_PRIMED: Final = re.compile(
    _ALONE + r"(?P<f>[f-hF-HU-WKMLR])(?:(?P<primes>'{1,4})|\^\{?(?P<words>(?:\\prime\s*){1,4})\}?)" + _OPEN
)


def smooth_where_primed(document: Document) -> Iterator[Fact]:
    """A fact for each function that is written with primes and not spelled out anywhere, of the highest order."""
    found: dict[str, Fact] = {}
    for f in document.formulas:
        for m in _PRIMED.finditer(f.body.text):
            order = len(m["primes"] or "") or m["words"].count("prime")
            known = found.get(m["f"])
            if known is None or order > dict(known.traits)["smooth"]:  # type: ignore[operator]
                said = f"{m['f']}{chr(39) * order}(…) is written"
                found[m["f"]] = Fact("function", m["f"], "", (("smooth", order),), said, f.start, f.end)
    for name, fact in found.items():
        if not _spelled_out(document, name):
            yield fact


def _spelled_out(document: Document, name: str) -> bool:
    """Does the document say what the function is, or use the letter as a number?"""
    told = re.compile(
        rf"{_ALONE}{name}{_OPEN}[^()=]{{1,40}}\)\s*(?:&\s*)?(?::=|=|\\coloneqq|\\triangleq|\\equiv|\\sim)"
        rf"|{_ALONE}{name}(?![A-Za-z'(_^]|{_OPEN}|\s*\^\{{?\s*\\prime)"
    )
    bodies = (f.body.text for f in document.formulas)
    return any(told.search(b) for b in bodies if b.strip(" .,;") != name)  # of f, in words, nothing is said
