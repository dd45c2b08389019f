"""Several values of one name, told together: *with u = σ√T and u = 2σ√T we obtain*; *at x = 0 or x = 1*."""

from __future__ import annotations

import re
from typing import Final

from symrep.checking.names import head_of
from symrep.checking.scope import Scope
from symrep.reading.documents import SLOT, Document

__all__ = ["told_together"]

_SLOT: Final = rf"[\U{SLOT:08x}-\U000ffffd]"
_BETWEEN: Final = re.compile(r"\s*,?\s*(?:and|or|respectively|and then|and also)?\s*(?:with|for|at|to)?\s*")
_PUT: Final = re.compile(
    rf"\b(?:with|for|at|put(?:ting)?|setting|set|tak(?:e|ing)|choos(?:e|ing)|using|letting|let|insert(?:ing)?|when|if)\s"
    rf"(?:{_SLOT}|[\s,]|and|or|first|then|both|either|respectively)*\Z",
    re.IGNORECASE,
)
_REACH: Final = 200
_WHY: Final = "one of several values of the name, told together"


def told_together(document: Document, formula: int, scope: Scope, left: object) -> str:
    """Why ``u = b`` is no claim where ``u = a`` stands right before it, both being put in; empty where it is one.

    Which of the values is meant after that nobody knows: the name stands for none.
    """
    head = head_of(left)  # type: ignore[arg-type]
    let = scope.symbol(head.name) if head is not None and not head.parameters else None
    before = document.formulas[formula - 1] if formula else None
    if let is None or before is None or not before.start <= let.start <= before.end:
        return ""
    text = document.words.text
    a, b = text.find(chr(SLOT + formula - 1)), text.find(chr(SLOT + formula))
    put = _BETWEEN.fullmatch(text, a + 1, b) and _PUT.search(text[max(0, b - _REACH) : b])
    if not put:
        return ""
    scope.drop([let])
    return _WHY
