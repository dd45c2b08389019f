r"""``cases``, ``array``, ``pmatrix`` and their kin: rows of cells."""

from __future__ import annotations

from typing import Final

from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.expressions import node
from symrep.reading.latex.names import dressed
from symrep.reading.latex.scripts import scripts
from symrep.reading.latex.tokens import Token
from symrep.reading.latex.trees import Tree

__all__ = ["condition", "environment"]

_CASES: Final = frozenset("cases dcases rcases numcases".split())
_MATRICES: Final = frozenset("matrix pmatrix bmatrix Bmatrix smallmatrix psmallmatrix bsmallmatrix".split())
_DETERMINANTS: Final = frozenset(("vmatrix",))
_OTHERWISE: Final = ("otherwise", "else", "elsewhere", "sonst", "in all other cases", "o.w.")
_WORDS: Final = ("if", "for", "when", "where", "whenever", "on", "as")


def environment(p: Parsing) -> Tree:
    """The environment that begins here."""
    begin = p.take()
    name = begin.text
    if name == "array" and p.at("{"):
        p.i = p.closing(p.i) + 1
    if name in _CASES or name == "array":
        rows = _rows(p, name == "array")
    elif name in _MATRICES or name in _DETERMINANTS:
        rows = _rows(p, True)
    else:
        p.unread(begin.start, begin.end, "an environment known here", name, "unsupported")
    end = p.take()
    if end.kind != "end" or end.text != name:
        p.fail(end, f"the end of {name}")
    if name in _CASES:
        return node("cases", begin.start, end.end, *(_case(p, r) for r in rows))
    if name == "array":
        if p.at("close", "."):
            return node("array", begin.start, end.end, *(_case(p, r) for r in rows))
        return node("matrix", begin.start, end.end, *_square(p, rows))
    out = node("matrix", begin.start, end.end, *_square(p, rows))
    if name in _DETERMINANTS:
        out = node("det", begin.start, end.end, out)
    return dressed(p, out, scripts(p)) if p.peek().kind in ("^", "'") else out


def _square(p: Parsing, rows: list[list[Tree]]) -> list[Tree]:
    if not rows or len({len(r) for r in rows}) != 1:
        p.fail(p.peek(-1), "rows of one length")
    return [node("row", r[0].start, r[-1].end, *r) for r in rows]


def _case(p: Parsing, cells: list[Tree]) -> Tree:
    if len(cells) == 1:
        return node("case", cells[0].start, cells[0].end, cells[0])
    if len(cells) != 2:
        p.unread(cells[0].start, cells[-1].end, "a value and a condition", f"{len(cells)} cells", "syntax")
    return node("case", cells[0].start, cells[1].end, *cells)


def _rows(p: Parsing, plain: bool) -> list[list[Tree]]:
    out: list[list[Tree]] = []
    with p.group():
        row: list[Tree] = []
        while not p.at("end"):
            if p.peek().kind == "nl":
                p.take()
                if row:
                    out.append(row)
                row = []
                continue
            if p.at("op", "&"):
                p.take()
                continue
            row.append(_cell(p))
            if p.peek().kind not in ("nl", "end") and not p.at("op", "&"):
                p.fail(p.peek(), "the end of a cell")
        if row:
            out.append(row)
    return out


def _cell(p: Parsing) -> Tree:
    """A value, or a condition with the words around it."""
    while p.peek().kind in ("quad",):
        p.take()
    token = p.peek()
    said = token.text.strip(" ,.:;").lower() if token.kind == "text" else ""
    if said in _OTHERWISE:
        p.take()
        _punctuation(p)
        return Tree("true", token.start, token.end)
    if said in _WORDS:
        p.take()
    out = condition(p)
    _punctuation(p)
    if p.peek().kind == "text" and p.peek().text.strip(" ,.:;").lower() in _WORDS:  # value, if condition in one cell
        p.fail(p.peek(), "& before the condition")
    return out


def _punctuation(p: Parsing) -> None:
    while p.peek().kind == "quad" or (p.peek().kind == "op" and p.peek().text in ",;."):
        p.take()


def _more(token: Token) -> bool:
    return token.kind not in ("end", "nl", "quad", "text") and token.text != "&"


def condition(p: Parsing) -> Tree:
    """Relations joined by and, or, commas."""
    first = p.chain()
    parts, word = [first], ""
    while True:
        token = p.peek()
        said = token.text.strip().lower() if token.kind == "text" else ""
        if token.text in ("\\wedge", "\\land") or said == "and":
            joined = "and"
        elif token.text in ("\\vee", "\\lor") or said == "or":
            joined = "or"
        elif first.head == "rel" and p.at("op", ",") and _more(p.peek(1)):
            joined = "and"
        else:
            break
        if word and word != joined:
            p.fail(token, "brackets between and and or", code="ambiguous")
        word = joined
        p.take()
        parts.append(p.chain())
    return first if not word else node(word, first.start, parts[-1].end, *parts)
