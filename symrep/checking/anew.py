r"""Functions that a text introduces anew: *let $f: D \to D'$ be*, *there is a function $g$ with*, *any density $q$*.

What an earlier paragraph said that f is says nothing of the new one; nor, of *every map $f: D \to D'$*, this one.
"""

from __future__ import annotations

import re
from typing import Final

from symrep.checking.facts import plain_name
from symrep.checking.scope import Let, Scope
from symrep.reading.documents import SLOT, Document

__all__ = ["introduced"]

_MAP: Final = re.compile(
    r"\s*(?P<name>[^:,=$]{1,24}?)\s*(?::|\\colon)\s*(?!=)[^=]{1,80}\\(?:to|rightarrow|longrightarrow)(?![A-Za-z])"
)
_ANY: Final = re.compile(
    r"\b(?:a|an|any|some|every|each|another|arbitrary|unique)\s(?:[A-Za-z-]+\s){0,4}"
    r"(?:function|functional|map|mapping|transformation|density|kernel|polynomial)s?\s\Z",
    re.IGNORECASE,
)
_LET: Final = re.compile(
    r"\b(?:let|if|suppose(?: that)?|assume(?: that)?|for (?:any|every|all|each)|given)\s\Z", re.IGNORECASE
)
_BE: Final = re.compile(
    r"\s(?:be|is|are)\s(?:a|an|any|some|the)\s(?:[A-Za-z-]+\s){0,4}(?:function|map|transformation|density)"
)
_EXISTS: Final = re.compile(r"\b(?:there (?:is|exists|must be|will be)|find) (?:a|an|some)\s[^.]*\Z", re.IGNORECASE)
_BEFORE: Final = 120


def introduced(document: Document, formula: int, scope: Scope) -> list[Let]:
    """The definitions, of other paragraphs, of a function that a formula introduces."""
    f = document.formulas[formula]
    body = f.body.text
    m = _MAP.match(body)
    name = plain_name(m["name"] if m is not None else body)
    if name is None:
        return []
    text = document.words.text
    place = text.find(chr(SLOT + formula))
    before = re.sub(r"\s+", " ", text[max(0, place - _BEFORE) : place])
    one = _ANY.search(before) is not None
    if m is None:
        let = _LET.search(before) is not None and _BE.match(re.sub(r"\s+", " ", text[place + 1 : place + 1 + _BEFORE]))
        if not let and not one:
            return []
    mine = [x for x in scope.lets if x.name == name and x.what in ("function", "inverse")]
    new = one and (m is not None or _EXISTS.search(before) is not None)
    return [x for x in mine if new or scope.apart(x, f.start)]
