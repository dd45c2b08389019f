r"""Functions whose letters stand for numbers, too: ``f''(x)`` of an exponent f, then ``s + f`` of f failures; σ(θ) = …
of a section and the deviation σ of the next one; h(p) = −p log p − (1 − p) log(1 − p) beside a density p(x).

Only what no function could be is taken for a number: 1 − p, \sigma^2, the sum of it and a letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from symrep.checking.names import latex_name
from symrep.reading.documents import Document
from symrep.reading.latex import Environment, Reading

__all__ = ["numbers_ahead", "numbers_in"]

_BEFORE: Final = r"(?<![A-Za-z\\_^])(?<!_\{)(?<!\^\{)"
#: not applied, no accent, index or prime behind it
_BEHIND: Final = r"(?![A-Za-z])(?!\s*(?:[_'({\[:]|\\left|\\[bB]ig|\\circ|\\prime|\\\||\\mid|\|))"
_NUMBER: Final = r"[0-9]"
_LETTER: Final = re.compile(r"(?<![A-Za-z\\_^{])([a-z])\s*[+-]\s*\Z")
#: what is said of a function without its argument
_WITHOUT: Final = re.compile(r"an argument for (\w+)\Z")
_AHEAD: Final = 30
_NEVER: Final = frozenset(("e", "i", "d", "E", "P", "KL", "Gamma", "B", "Phi", "phi"))
_GREEK: Final = frozenset("sigma tau kappa theta lambda mu alpha beta eta gamma nu omega delta".split())


def numbers_in(text: str, environment: Environment) -> frozenset[str]:
    """The functions of the document that a formula uses as numbers."""
    known = {*environment.functions, *environment.densities, *environment.definitions}
    names = {n.partition("(")[0] for n in known} - environment.called - _NEVER
    plain = (n for n in sorted(names) if n.isalpha() and environment.is_function(n) and not environment.is_symbol(n))
    return frozenset(n for n in plain if _number(n, text, environment))


def numbers_ahead(
    document: Document, formula: int, reading: Reading, environment: Environment, headings: Sequence[int]
) -> frozenset[str]:
    """Of the functions that stand in a formula without their arguments, those that are numbers in what follows it."""
    bare = {m[1] for u in reading.unread if (m := _WITHOUT.match(u.needed)) is not None}
    if not bare:
        return frozenset()
    start = document.formulas[formula].start
    stop = min((h for h in headings if h > start), default=len(document.source.text) + 1)
    after = (f.body.text for f in document.formulas[formula : formula + _AHEAD] if f.start < stop)
    return frozenset(n for text in after for n in numbers_in(text, environment) if n in bare)


def _number(name: str, text: str, environment: Environment) -> bool:
    if name not in _GREEK and len(name) > 1:
        return False
    letter = re.escape(latex_name(name))
    power = rf"\s*\^\s*\{{?\s*{_NUMBER}\s*\}}?(?!\s*(?:\(|\\left|\\[bB]ig))"
    if name in _GREEK and re.search(rf"{_BEFORE}{letter}(?![A-Za-z]){power}", text):
        return True
    bare = rf"{_BEFORE}{letter}{_BEHIND}"
    if re.search(rf"{_NUMBER}\s*[+-]\s*{bare}(?!\s*\^)|{bare}\s*[+-]\s*{_NUMBER}", text):
        return True
    found = (m for m in re.finditer(bare, text))
    letters = (_LETTER.search(text[: m.start()]) for m in found)
    return any(m is not None and not environment.is_function(m[1]) for m in letters)
