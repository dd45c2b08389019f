"""The parts of a document: headings, items of lists, paragraphs. Each may say anew what a letter is."""

from __future__ import annotations

import re
from typing import Final

from symrep.checking.scope import Scope

__all__ = ["part"]

#: examples and exercises have letters of their own, as sections do
_HEADING: Final = re.compile(
    r'(?m)(?:^[ \t>]*|\\n|")#{1,6}[ \t]|\\(?:sub)*section\b|\\paragraph\b|\\chapter\b'
    r"|\\begin\{(?:[Ee]xamples?|ex|exm|exmp|exa|[Ee]xercises?|exer|[Pp]roblem)\*?\}"
    r"|^[ \t>]*(?:\\noindent\s*)?(?:\*\*|__|\\textbf\{|\{\\bf )[^*_{}\n]{1,60}(?:[.:](?:\*\*|__|\})|(?:\*\*|__|\})[.:])"
    # **Weibull** with shape k, **Exponential (rate).** at the beginning of a paragraph
    r'|^[ \t>]*"?(?:\*\*|__|\\textbf\{)(?!(?i:note|remark|proof|goal|step|hint|claim|answer|example))'
    r"[A-Z][^*_{}\n]{1,40}(?:\*\*|__|\})"
    r"[ \t]+(?:(?:distribution|law|density|variable)[ \t]+)?(?:with[ \t]|\(|from[ \t]|on[ \t]\$)"
)
_ITEM: Final = re.compile(r'(?m)^[ \t>]*"?(?:[-*+][ \t]|\\+item\b)')
_BREAK: Final = re.compile(r"\n[ \t>]*\n")
#: a blank line that ends a paragraph, and sets no display off
_PARAGRAPH: Final = re.compile(r"[.!?](?:[ \t]|\\n|\"|,|\$|\n(?![ \t>]*\n)|\\\]|\\end\{[a-z]+\*?\})*\n[ \t>]*\n")


def part(scope: Scope, text: str) -> None:
    """Tell a scope where the parts of its document begin and end."""
    scope.items = [m.start() for m in _ITEM.finditer(text)]
    scope.breaks = [m.start() for m in _BREAK.finditer(text)]
    scope.paragraphs = [m.end() for m in _PARAGRAPH.finditer(text)]
    scope.headings = [m.start() for m in _HEADING.finditer(text)]
