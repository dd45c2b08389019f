r"""What hangs on a name: subscripts, superscripts, primes. Which superscripts are powers and which are labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.tokens import Token
from symrep.reading.latex.trees import Tree
from symrep.reading.latex.words import ACCENTS, GREEK, STYLES

__all__ = ["Scripts", "inside", "label", "scripts", "subscript"]

_STARS: Final = {
    "*": "star",
    "\\ast": "star",
    "\\star": "star",
    "\\dagger": "dagger",
    "\\circ": "ring",
    "+": "plus",
    "-": "minus",
}
_TRANSPOSED: Final = frozenset(
    ("\\top", "T", "\\mathrmT", "\\mathsfT", "\\rmT", "\\mathsf{T}", "\\mathrm{T}", "\\mathbf{T}")
)
_INDEX: Final = frozenset("ijklmnrst")
_WORDS: Final = frozenset("min sim lim mil sin int is it in".split())


@final
@dataclass(frozen=True, slots=True)
class Scripts:
    """``below`` and ``above`` are ranges of tokens (the insides of the braces); ``marks`` are stars and the like.

    ``sort`` of what stands above: ``""`` nothing, ``power``, ``-1``, ``T``, ``label`` (in brackets), ``word``.
    """

    below: tuple[int, int] | None = None
    above: tuple[int, int] | None = None
    sort: str = ""
    marks: tuple[str, ...] = ()
    primes: int = 0
    end: int = 0


def _extent(p: Parsing) -> tuple[int, int]:
    """The argument of ^ or _ : the range of its tokens, braces aside. One digit only when there are no braces."""
    token = p.peek()
    k = p.i
    if token.kind == "{":
        close = p.closing(k)
        p.i = close + 1
        return k + 1, close
    if token.kind == "num" and len(token.text) > 1 and token.text[0] != ".":
        if "." in token.text:
            p.fail(token, "braces around the script")
        p.first_digit()
        p.guess(token.start, token.end, f"only the digit {token.text[0]} is in the script", "as TeX sets it", "digit")
    if token.kind in ("end", "close", "}", "rel", "nl", "quad", "&"):
        p.fail(token, "a script")
    p.i += 1
    if token.kind == "cmd" and token.text in STYLES | ACCENTS.keys() | {"\\sqrt", "\\frac", "\\binom"}:
        for _ in range(2 if token.text in ("\\frac", "\\binom") else 1):
            if p.at("op", "["):
                p.fail(token, "braces around the script")
            if p.peek().kind == "end":
                p.fail(p.peek(), f"an argument of {token.text}")
            p.i = p.closing(p.i) + 1 if p.at("{") else p.i + 1
    return k, p.i


def scripts(p: Parsing) -> Scripts:
    """Everything that hangs on the name just read.

    Raises:
        Unread: two subscripts, or two superscripts.
    """
    below = above = None
    sort = ""
    marks: list[str] = []
    primes = 0
    end = p.last
    while True:
        token = p.peek()
        if token.kind == "'":
            p.take()
            primes += 1
            if primes > 8:
                p.fail(token, "fewer primes", code="size")
        elif token.kind == "_":
            if below is not None:
                p.fail(token, "one subscript")
            p.take()
            below = _extent(p)
            below = below if below[0] < below[1] else None  # E_{}[x], of a macro whose argument is empty
        elif token.kind == "^":
            p.take()
            span = _extent(p)
            count = _primes(p, span)
            if count:
                primes += count
                end = p.last
                continue
            if above is not None:
                p.fail(token, "one superscript")
            if p.row[span[0]].text in ("\\bar", "\\underline") and p.closing(span[0] + 1) + 1 >= span[1]:
                p.unread(
                    token.start,
                    p.last,
                    "a rising or falling factorial, written out",
                    "a line in an exponent",
                    "ambiguous",
                )
            span, found = _unmarked(p, span)
            marks += found
            sort = _sort(p, span) if span[0] < span[1] else ""
            above = span if sort else None
        else:
            return Scripts(below, above, sort, tuple(marks), primes, end)
        end = p.last


def _primes(p: Parsing, span: tuple[int, int]) -> int:
    row = p.row[span[0] : span[1]]
    return len(row) if row and all(t.kind == "'" for t in row) else 0


def _unmarked(p: Parsing, span: tuple[int, int]) -> tuple[tuple[int, int], list[str]]:
    r"""Without the stars in front: ``\sigma^{*2}``."""
    found: list[str] = []
    k, stop = span
    while k < stop and p.row[k].text in _STARS and (p.row[k].text not in "+-" or stop - k == 1):
        found.append(_STARS[p.row[k].text])
        k += 1
    return (k, stop), found


def _sort(p: Parsing, span: tuple[int, int]) -> str:
    row = p.row[span[0] : span[1]]
    text = "".join(t.text for t in row if t.kind not in ("{", "}"))
    if text in _TRANSPOSED:
        return "T"
    if text == "-1":
        return "-1"
    if text in ("-\\top", "-T"):
        return "-T"
    if row[0].kind == "text" or (
        row[0].text in ("\\mathrm", "\\operatorname", "\\mathbf") and len(text) > len(row[0].text) + 1
    ):
        return "word"
    if row[0].kind == "open" and row[0].text in ("(", "[") and p.fence_end(span[0]) == span[1] - 1:
        return "label"
    if len(row) > 2 and all(t.kind == "let" for t in row):
        return "word"
    return "power"


# --- subscripts ---------------------------------------------------------------------------------------------------


def subscript(p: Parsing, span: tuple[int, int]) -> tuple[str, tuple[Tree, ...]]:
    """How a subscript is spelled in a name, and its parts as trees: ``t-1``; (t − 1,)."""
    spelled = label(p.row[span[0] : span[1]])
    row = p.row[span[0] : span[1]]
    if all(t.kind in ("let", "num", "op") and (t.kind != "op" or t.text in "+-,") for t in row) and len(row) <= 9:
        letters = "".join(t.text for t in row if t.kind == "let")
        if len(letters) <= 2 or any(t.kind == "op" for t in row) or (set(letters) <= _INDEX and spelled not in _WORDS):
            return spelled, _indices(p, span)
    if len(row) == 1 and row[0].kind == "cmd" and row[0].text[1:] in GREEK:
        return spelled, (inside(p, span),)
    return spelled, ()


def _indices(p: Parsing, span: tuple[int, int]) -> tuple[Tree, ...]:
    row = p.row[span[0] : span[1]]
    if row[-1].kind == "op" or row[0].text == "+" or row[0].text == ",":
        return ()
    if len(row) > 1 and all(t.kind in ("let", "num") for t in row):
        if any(t.kind == "num" and t.text != "0" for t in row):
            return ()  # x_{2k}: is it the product or two indices?
        return tuple(
            Tree("name", t.start, t.end, t.text) if t.kind == "let" else Tree("num", t.start, t.end, "0") for t in row
        )
    tree = inside(p, span)
    return tree.parts if tree.head == "list" else (tree,)


def inside(p: Parsing, span: tuple[int, int], what: str = "listed") -> Tree:
    """The tokens of a range, read as a formula of its own."""
    mark, row = p.i, p.row
    p.i, p.row = span[0], row[: span[1]]
    try:
        with p.group():
            if p.i >= len(p.row):
                p.fail(p.peek(), "something between the braces", "nothing")
            tree = p.listed() if what == "listed" else p.total()
            if p.i != len(p.row):
                p.fail(p.peek(), "an operator")
    finally:
        p.i, p.row = mark, row
    return tree


def label(row: list[Token]) -> str:
    """The spelling of a label."""
    out: list[str] = []
    for t in row:
        if t.kind in ("{", "}") or t.text in STYLES:
            continue
        if t.kind == "text":
            out.append("".join(c for c in t.text if c.isalnum()))
        elif t.kind == "cmd" and t.text in ACCENTS:
            out.append(ACCENTS[t.text])
        elif t.text in ("\\sqrt", "\\frac", "\\binom", "\\sum", "\\prod", "\\int"):
            out.append(t.text)  # a formula, no label: the backslash keeps it from becoming a name
        else:
            out.append(t.text.lstrip("\\"))
    return "".join(out)
