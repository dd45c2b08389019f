"""Equations in words that say of which case they speak: ($H = 1$) beside $H = 0$, a trial where $n_h = n_t$."""

from __future__ import annotations

import re
from typing import Final

from symrep.checking.cues import sentence_before
from symrep.checking.model import Link
from symrep.checking.sayings import valued
from symrep.reading.documents import SLOT, Document
from symrep.reading.latex import Tree, name_of

__all__ = ["in_passing", "of_members"]

_NAMES: Final = ("name", "indexed")
_OTHER: Final = "another value of {name} than the one that was told: a case, or a claim?"
_EVENT: Final = "two names that are said to be equal in passing: a case, or a claim?"
_IF: Final = re.compile(
    rf"\b(?:if|when|whenever|unless|for)\s(?:all\s|any\s|every\s|each\s|some\s)?([{chr(SLOT)}-\U000ffffd])",
    re.IGNORECASE,
)
_MEMBER: Final = re.compile(r"\\(?:not\s*\\?)?in\s*\{?[A-Z](?![A-Za-z])|\\notin(?![a-z])")
_MEMBERS: Final = "wrong in general; the sentence speaks of {}"


def of_members(link: Link, document: Document) -> str:
    """Why a refuted line that is said *if i ∈ A* may be right; empty where it is not said so."""
    for m in _IF.finditer(sentence_before(document, link.left.formula)):
        k = ord(m[1]) - SLOT
        if k < len(document.formulas) and _MEMBER.search(document.formulas[k].body.text):
            return _MEMBERS.format(" ".join(document.formulas[k].body.text.split())[:60])
    return ""


def in_passing(link: Link) -> str:
    """Why a refuted equation within a sentence may be no claim; empty where it is one."""
    left, right = link.left.tree, link.right.tree
    if link.op != "=" or len(link.before) > 1 or left is None or right is None or left.head not in _NAMES:
        return ""
    if right.head in _NAMES:
        return _EVENT
    return _OTHER.format(name=name_of(left)) if valued(right) and _told_a_number(link, left) else ""


def _told_a_number(link: Link, name: Tree) -> bool:
    """Is the name defined, by a plain number?"""
    let = link.scope.symbol(str(name_of(name))) if link.scope is not None else None
    return let is not None and let.body.strip(" .,;{}$-").replace(".", "", 1).isdigit()
