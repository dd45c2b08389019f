r"""What stands in the brackets of a function, an expectation, a family: several things and what separates them."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.expressions import node
from symrep.reading.latex.shapes import CLOSERS
from symrep.reading.latex.trees import Tree

__all__ = ["PLACE", "arguments", "assembled", "bracket_follows", "double_bar", "inside_of"]

#: the name of what may stand in a place
PLACE: Final = "cdot"
_AFTER: Final = ("bar", "mid", "dbar", "close")
Items = list[tuple[str, Tree]]


def bracket_follows(p: Parsing, kinds: str = "([", at: int = 0) -> bool:
    """Whether a bracket of these kinds opens here."""
    token = p.peek(at)
    return token.kind == "open" and (token.text in kinds or (token.text == "\\{" and "{" in kinds))


def inside_of(p: Parsing) -> tuple[int, int]:
    """The range of tokens inside the bracket that opens here."""
    return p.i + 1, p.fence_end(p.i)


def double_bar(p: Parsing) -> int:
    """How many double bars are in the bracket that opens here."""
    first, end = inside_of(p)
    row = p.row[first:end]
    pairs = sum(a.kind == "bar" == b.kind and a.end == b.start for a, b in pairwise(row))
    return sum(t.kind == "dbar" for t in row) + pairs


def arguments(p: Parsing, parts: bool = False) -> Items:
    """The bracket that opens here: (what stands before it, tree), … — the first before is empty. Takes the bracket.

    ``parts``: a double bar separates, as in a divergence.
    """
    opening = p.take()
    items: Items = []
    before = ""
    with p.group(separates=True, parts=parts):
        while True:
            items.append((before, _place(p) or p.chain()))
            token = p.peek()
            if token.kind == "op" and token.text in (",", ";", ":"):
                before = p.take().text
            elif token.kind in ("bar", "mid"):
                p.take()
                before = "|"
                if p.peek().kind in ("bar", "mid") and parts:  # || as two bars
                    p.take()
                    before = "||"
            elif token.kind == "dbar":
                p.take()
                before = "||"
            else:
                break
            if p.at("close"):
                break
    close(p, opening.text)
    return items


def _place(p: Parsing) -> Tree | None:
    r"""The \cdot of q(\cdot | x): the place of what has that law."""
    after = p.peek(1)
    if p.peek().kind != "op" or p.peek().text != "*" or not (after.kind in _AFTER or after.text in (",", ";")):
        return None
    token = p.take()
    return Tree("name", token.start, token.end, PLACE)


def close(p: Parsing, opening: str) -> None:
    """The closing bracket: any that fits, half-open intervals aside."""
    token = p.peek()
    wanted = CLOSERS.get(opening, ")")
    if token.kind == "close" and (token.text == wanted or token.text == "." or opening == "."):
        p.take()
        return
    p.fail(token, f"a closing {wanted.lstrip(chr(92))}")


def assembled(items: Items) -> tuple[Tree, ...]:
    """Arguments as parts of a tree: a bar joins the two groups it separates, a semicolon stays as a mark."""
    if any(sep in ("|", "||") for sep, _ in items):
        groups: list[list[Tree]] = [[]]
        last: list[str] = [""]
        for sep, tree in items:
            if sep in ("|", "||"):
                groups.append([])
                last.append("")
            elif groups[-1]:
                last[-1] = sep
            groups[-1].append(tree)
        joined = [
            g[0] if len(g) == 1 else node("list", g[0].start, g[-1].end, *g, text=";" * (sep == ";"))
            for g, sep in zip(groups, last, strict=True)
        ]
        return (node("|", joined[0].start, joined[-1].end, *joined),)
    out: list[Tree] = []
    for sep, tree in items:
        if sep in (";", ":"):
            out.append(Tree("mark", tree.start, tree.start, ";"))
        out.append(tree)
    return tuple(out)
