"""Edits that the document itself proposes: a side that is much like another may have been meant to be like it.

*exp(−(g(y) − μ)/(2σ²))* beside *exp(−(g(y) − μ)²/(2σ²))* a line further lacks a square. Nothing here decides anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

__all__ = ["borrowed", "sides_of"]

_TOKEN: Final = re.compile(r"\\[A-Za-z]+|\\.|[0-9]+|[A-Za-z]|\S")
_CUT: Final = re.compile(
    r"\\\\|=|&|\\(?:begin|end)\{[a-z*]+\}"
    r"|\\(?:sim|therefore|quad|qquad|(?:long)?rightarrow|Rightarrow|rArr|to|mapsto|implies|approx|propto|leq?|geq?)"
    r"(?![A-Za-z])|[;\n]"
)
_ALIKE: Final = 0.55
_MOST_TOKENS: Final = 120
#: how many tokens an edit may change, and how many may stand between two that belong together
_SHORT: Final = 8
_BETWEEN: Final = 8
_MOST: Final = 40
#: how much likelier an edit is after which the two say the same
_SAME: Final = 0.3
#: how many formulas before and behind are looked at
_REACH: Final = 40


def sides_of(bodies: Mapping[int, str], near: int) -> list[str]:
    """The sides in the formulas around one, cut at signs and rows; those long enough to be compared with others."""
    out: dict[str, None] = {}
    for body in (bodies[k] for k in sorted(bodies) if abs(k - near) <= _REACH):
        for side in _CUT.split(body):
            if 3 <= len(_TOKEN.findall(side)) <= _MOST_TOKENS:
                out.setdefault(side.strip())
    return list(out)


def borrowed(side: str, others: Sequence[str]) -> Iterator[tuple[int, int, str, float]]:
    """(start, end, LaTeX, cost): what makes a side more like another one that is much the same."""
    mine = list(_TOKEN.finditer(side))
    tokens = [m.group() for m in mine]
    if not 3 <= len(tokens) <= _MOST_TOKENS:
        return
    found: dict[tuple[int, int, str], float] = {}
    for other in others:
        theirs = list(_TOKEN.finditer(other))
        matcher = SequenceMatcher(None, tokens, [m.group() for m in theirs], autojunk=False)
        if other.strip() == side.strip() or matcher.quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
            continue
        hunks = [h[1:] for h in matcher.get_opcodes() if h[0] != "equal"]
        spans = [(h, h) for h in hunks] + list(pairwise(hunks))
        for (a, _, c, _), (_, b, _, d) in spans:
            changed = max(b - a, d - c)
            if changed > _SHORT + _BETWEEN or not _balanced(tokens[a:b], [m.group() for m in theirs[c:d]]):
                continue
            start = mine[a].start() if a < len(mine) else len(side)
            end = mine[b - 1].end() if b > a else start
            latex = other[theirs[c].start() : theirs[d - 1].end()] if d > c else ""
            pad = " " if latex and b == a and _joins(side[start : start + 1], latex[-1:]) else ""
            key = (start, end, latex + pad)
            cost = 1.0 + 0.05 * changed + (1.0 - matcher.ratio())
            same = "".join((side[:start] + latex + pad + side[end:]).split()) == "".join(other.split())
            cost -= _SAME if same else 0.0
            found[key] = min(cost, found.get(key, cost))
    for key, cost in sorted(found.items(), key=lambda x: (x[1], x[0]))[:_MOST]:
        yield *key, cost


def _joins(first: str, last: str) -> bool:
    return first.isalpha() and last.isalpha()


def _balanced(old: list[str], new: list[str]) -> bool:
    """Does an edit leave the brackets as they were, in number?"""
    return all(old.count(x) - old.count(y) == new.count(x) - new.count(y) for x, y in ("{}", "()", "[]"))
