r"""What stands in the brackets of a function, an expectation, a family: several things and what separates them."""

from __future__ import annotations

from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.expressions import node
from symrep.reading.latex.shapes import CLOSERS
from symrep.reading.latex.trees import Tree

__all__ = ["arguments", "assembled", "bracket_follows", "inside_of"]

Items = list[tuple[str, Tree]]


def bracket_follows(p: Parsing, kinds: str = "([", at: int = 0) -> bool:
    """Whether a bracket of these kinds opens here."""
    token = p.peek(at)
    return token.kind == "open" and (token.text in kinds or (token.text == "\\{" and "{" in kinds))


def inside_of(p: Parsing) -> tuple[int, int]:
    """The range of tokens inside the bracket that opens here."""
    return p.i + 1, p.fence_end(p.i)


def arguments(p: Parsing, parts: bool = False) -> Items:
    """The bracket that opens here: (what stands before it, tree), … — the first before is empty. Takes the bracket.

    ``parts``: a double bar separates, as in a divergence.
    """
    opening = p.take()
    items: Items = []
    before = ""
    with p.group(separates=True, parts=parts):
        while True:
            items.append((before, p.chain()))
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
        for sep, tree in items:
            if sep in ("|", "||"):
                groups.append([])
            groups[-1].append(tree)
        joined = [g[0] if len(g) == 1 else node("list", g[0].start, g[-1].end, *g) for g in groups]
        return (node("|", joined[0].start, joined[-1].end, *joined),)
    out: list[Tree] = []
    for sep, tree in items:
        if sep in (";", ":"):
            out.append(Tree("mark", tree.start, tree.start, ";"))
        out.append(tree)
    return tuple(out)
