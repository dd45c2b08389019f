"""What a statement says of its names without saying it: that one is a matrix, that parameters are positive."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from symrep.checking.facts import Fact, plain_name
from symrep.checking.model import Chain
from symrep.checking.names import head_of
from symrep.reading.documents import Document

__all__ = ["lengths_in", "matrices_of", "matrices_said", "positive_parameters"]

_SQUARE: Final = re.compile(
    r"(?P<names>[A-Za-z\\{}]{1,20}(?:\s?,\s?[A-Za-z\\{}]{1,20}){0,4})\s?\\in\s?(?:\\mathbb\s?\{?\s?R\s?\}?|\\R|ℝ)\s?\^\s?"
    r"\{\s?(?P<n>\w)\s?\\times\s?(?P=n)\s?\}"
)


def matrices_of(chain: Chain) -> list[str]:
    """Names beside a matrix that is not read, J = (∂x/∂u …): they are no numbers anywhere else."""
    trees = [p.tree for p in chain.places if p.tree is not None and p.parsed.expr is None]
    if not any(t.head == "matrix" for t in trees) or any(s.op != "=" for s in chain.signs):
        return []
    return [h.name for p in chain.places if (h := head_of(p)) is not None and not h.parameters]


def matrices_said(facts: Iterable[Fact], document: Document, kinds: Iterable[str]) -> list[str]:
    r"""Names that prose calls matrices, or that are said to lie in ℝ^{n × n}; capital letters that are no numbers."""
    found = dict.fromkeys(f.name for f in facts if f.what == "matrix")
    for f in document.formulas:
        for m in _SQUARE.finditer(f.body.text):
            found.update(dict.fromkeys(n for n in map(plain_name, m["names"].split(",")) if n is not None))
    return [n for n in found if n not in set(kinds) and n[:1].isupper()]


_LENGTH: Final = re.compile(
    r"\\int(?:\\limits)?\s*_\s*\{?\s*0\s*\}?\s*\^\s*(?:\{\s*(?P<a>\\?[A-Za-z]+)\s*\}|(?P<b>[A-Za-z]))"
)


def lengths_in(latex: str) -> list[str]:
    """LaTeX of what is meant of a name up to which something is integrated from 0: P > 0."""
    names = (m["a"] or m["b"] for m in _LENGTH.finditer(latex))
    return [f"{n} > 0" for n in dict.fromkeys(names) if n not in ("\\infty", "\\pi") and (len(n) == 1 or n[0] == "\\")]


def positive_parameters(chain: Chain, document: Document) -> list[str]:
    """LaTeX of what the parameters in X ~ Wald(γ, α) are, a family nobody knows: γ > 0, α > 0.

    Where they may not be is no place to refute a line at.
    """
    out: list[str] = []
    for sign, place in zip(chain.signs, chain.places[1:], strict=False):
        t = place.tree
        if sign.op.startswith("~") and place.parsed.expr is None and t is not None and t.head == "app":
            body = document.formulas[place.formula].body.text
            out += [f"{body[p.start : p.end].strip()} > 0" for p in t.parts[1:] if p.head == "name"]
    return out
