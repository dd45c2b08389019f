r"""Laws that stand alone in a formula, the words around telling whose they are: *let q be* ``\mathcal{N}(m, s^2)``,
*with a* ``\text{Beta}(a, b)`` *posterior for the probability p*."""

from __future__ import annotations

import re
from typing import Final

from symrep.checking.facts import plain_name
from symrep.checking.names import latex_name
from symrep.checking.prose import MANY, ONE
from symrep.checking.scope import Let, Scope
from symrep.law import Law
from symrep.reading.documents import SLOT, Document
from symrep.reading.latex import Reading
from symrep.reading.latex.joints import LETTERS

__all__ = ["laws_told"]

_BEFORE: Final = re.compile(
    rf"\b(?:let|where|with|take|suppose|assume|choose|if|and|,|given|say|for)\s(?P<names>{MANY})\s"
    r"(?:is|are|be|being|has|have|follows?)\s"
    r"(?:(?:a|an|the|two|both|all|independent|i\.?i\.?d\.?|distributed|as|law|distribution|random|variables?),?\s)"
    r"{0,4}\Z",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    r"\s(?:prior|posterior|law|distribution|belief)\s(?:for|on|of|over)\s(?:[A-Za-z-]+\s){0,4}?"
    rf"(?P<names>{ONE})",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"\b(?:not|never|no|if|whether|unless|instead of|rather than|approximat\w+|conditional\w*|given)\b", re.IGNORECASE
)
_REACH: Final = 160


def laws_told(document: Document, formula: int, reading: Reading, scope: Scope) -> list[Let]:
    """What a law is of, taken in; of one that has a law, or is something else, nothing is said anew."""
    sides = [side for statement in reading.statements for side in statement.sides]
    if len(sides) != 1 or not isinstance(sides[0].expr, Law):
        return []
    f, text = document.formulas[formula], re.sub(r"[~\s]", " ", document.words.text)
    place = text.find(chr(SLOT + formula))
    before = text[max(0, place - _REACH) : place]
    sentence = re.split(r"[.;!?](?=\s)", before)[-1]
    behind = _BEHIND.match(text, place + 1)  # a prior for q: q is what is random, and no density
    m = _BEFORE.search(sentence) or behind
    if m is None or _DENIED.search(sentence):
        return []
    latex, out = f.body.text.strip().rstrip(" .,;"), []
    for slot in re.findall(ONE, m["names"]):
        c = ord(slot) - SLOT
        name = plain_name(document.formulas[c].body.text if 0 <= c < len(document.formulas) else slot)
        if name is None or name in scope.environment.random or scope.symbol(name) or scope.known_function(name):
            return []
        if scope.environment.is_symbol(name) and name in LETTERS:
            return []
        what, sign = ("symbol", "=") if name in LETTERS and m is not behind else ("law", r"\sim")
        line = rf"{latex_name(name)} {sign} {latex}"
        out.append(Let(what, name, (), latex, frozenset(), f.start, f.end, line))
    for let in out:
        scope.add(let)
    return out
