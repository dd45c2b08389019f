r"""A formula as statements whose sides are trees: ``parse`` for one of them, ``statements`` for all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

from symrep.reading.latex.environment import Environment
from symrep.reading.latex.expressions import placed
from symrep.reading.latex.macros import expand
from symrep.reading.latex.parser import Parser
from symrep.reading.latex.results import Guess, Sign, Unread
from symrep.reading.latex.rows import Piece, pieces, rows
from symrep.reading.latex.shapes import shaped
from symrep.reading.latex.tokens import Token, tokens
from symrep.reading.latex.trees import Tree
from symrep.reading.latex.words import GREEK

__all__ = ["ParsedSide", "ParsedStatement", "parse", "statements"]

_NOTHING = Environment()
#: letters without a bracket behind them, letters both plain and in script, those of the first without a subscript;
#: whether there are means of powers in brackets of their own
_Letters = tuple[frozenset[str], frozenset[str], frozenset[str], bool]


@final
@dataclass(frozen=True)
class ParsedSide:
    """A tree, or why there is none; both are missing where a side is inherited."""

    start: int
    end: int
    tree: Tree | None = None
    unread: Unread | None = None
    guesses: tuple[Guess, ...] = ()


@final
@dataclass(frozen=True)
class ParsedStatement:
    start: int
    end: int
    sides: tuple[ParsedSide, ...]
    relations: tuple[Sign, ...]
    conditions: tuple[ParsedSide, ...]
    role: str = "claim"


def parse(source: str, environment: Environment = _NOTHING, offset: int = 0) -> Tree:
    """The tree of a formula that says one thing.

    Raises:
        Unread: it is no formula, or one that says several things, or none.
    """
    found = [s for row in statements(source, environment, offset) for s in row]
    if len(found) != 1:
        raise Unread("formula", "one statement", f"{len(found)}", code="syntax", start=offset, end=offset + len(source))
    s = found[0]
    for side in (*s.sides, *s.conditions):
        if side.unread is not None:
            raise side.unread
    trees = [side.tree or Tree("empty", side.start, side.end) for side in s.sides]
    out = trees[0]
    if s.relations:
        out = Tree("rel", s.start, s.end, " ".join(r.op for r in s.relations), parts=tuple(trees))
    for c in s.conditions:
        if c.tree is not None:
            out = Tree("where", out.start, c.end, parts=(out, c.tree))
    return out


def statements(source: str, environment: Environment = _NOTHING, offset: int = 0) -> list[list[ParsedStatement]]:
    """The statements of each row.

    Raises:
        Unread: the source is too long, or broken beyond rows.
    """
    row = shaped(expand(tokens(source, offset), environment.macros))
    bare = _bare(row), _twofold(row), _bare(row, subscripted=False), _squared(row)
    end = offset + len(source)
    return [[_statement(p, environment, bare, end) for p in pieces(r)] for r in rows(row)]


def _statement(piece: Piece, environment: Environment, bare: _Letters, end: int) -> ParsedStatement:
    if piece.unparsed:
        trouble = Unread(
            "formula", "one statement", "alternatives, or a condition alone", code="unsupported", start=piece.start,
            end=piece.end,
        )  # fmt: skip
        alone = ParsedSide(piece.start, piece.end, None, trouble)
        return ParsedStatement(piece.start, piece.end, (alone,), (), (), piece.role)
    sides = []
    place = piece.start
    for i, side in enumerate(piece.sides):
        if not side and i == 0 and piece.signs:
            sides.append(ParsedSide(place, place))
            continue
        at = piece.signs[i - 1].end if i else place
        parsed = _side(list(side), environment, bare, at, end)
        if i and piece.signs[i - 1].op.startswith("~"):
            parsed = _law(parsed)
            if i == 1 and parsed.tree is not None and sides[0].tree is not None:
                parsed = replace(parsed, tree=placed(parsed.tree, sides[0].tree))
        sides.append(parsed)
    conditions = tuple(_side(list(c), environment, bare, c[0].start, end) for c in piece.conditions)
    return ParsedStatement(piece.start, piece.end, tuple(sides), piece.signs, conditions, piece.role)


def _law(side: ParsedSide) -> ParsedSide:
    r"""``x \sim f_X(x)``: what stands behind is a law, told by its density."""
    tree = side.tree
    if tree is not None and tree.head == "app" and tree.parts[0].text.startswith("f_"):
        return replace(side, tree=replace(tree, head="density"))
    return side


def _side(row: list[Token], environment: Environment, letters: _Letters, at: int, end: int) -> ParsedSide:
    if not row:
        return ParsedSide(
            at, at, None, Unread("formula", "something after the sign", "nothing", code="syntax", start=at, end=at)
        )
    start, stop = row[0].start, row[-1].end
    bare, twofold, plain, squared = letters
    parser = Parser(row, environment, stop, bare)
    parser.twofold, parser.plain, parser.squared = twofold, plain, squared
    try:
        tree = parser.listed()
        if parser.i < len(parser.row):
            parser.fail(parser.peek(), "an operator or the end")
    except Unread as trouble:
        return ParsedSide(start, stop, None, trouble)
    except RecursionError:
        deep = Unread("formula", "less nesting", "a formula too deep to be one", code="size", start=start, end=stop)
        return ParsedSide(start, stop, None, deep)
    return ParsedSide(start, stop, tree, None, tuple(dict.fromkeys(parser.guesses)))


def _squared(row: list[Token]) -> bool:
    """Is there a bracket with a power right within a bracket of an E: E[(X + Y)^2], E((X + Y)^2)?"""
    for k in range(1, len(row) - 1):
        if row[k].kind != "open" or row[k + 1].kind != "open" or row[k - 1].text not in ("E", "}", "]"):
            continue
        depth = 0
        for j in range(k + 1, len(row) - 1):
            depth += (row[j].kind in ("open", "{", "begin")) - (row[j].kind in ("close", "}", "end"))
            if depth == 0:
                if row[j + 1].kind == "^":
                    return True
                break
    return False


def _twofold(row: list[Token]) -> frozenset[str]:
    """Letters that stand both plain and in script."""
    script: set[str] = set()
    plain: set[str] = set()
    i = 0
    while i < len(row):
        token = row[i]
        if token.kind == "_" or token.text.startswith(("\\math", "\\operatorname")):
            after = _after(row, i + 1)
            if token.text == "\\mathcal":
                script.update(t.text for t in row[i + 1 : after] if t.kind == "let")
            i = after
            continue
        if token.kind == "let" and _run_of(row, i) == 1:
            plain.add(token.text)
        i += 1
    return frozenset(script & plain)


def _bare(row: list[Token], subscripted: bool = True) -> frozenset[str]:
    """Letters that stand somewhere without a bracket behind them: they are no functions there.

    ``subscripted``: with a subscript, too.
    """
    out: set[str] = set()
    i, n = 0, len(row)
    while i < n:
        token = row[i]
        if token.kind == "_" or (token.kind == "cmd" and token.text.startswith(("\\math", "\\operatorname"))):
            i = _after(row, i + 1)
            continue
        name = token.text if token.kind == "let" else token.text[1:] if token.text[1:] in GREEK else ""
        i += 1
        if not name:
            continue
        j = i
        while j < n and row[j].kind in ("_", "^", "'"):
            j = j + 1 if row[j].kind == "'" else _after(row, j + 1)
        if name == "d" and j < n and row[j].kind in ("let", "cmd"):
            continue
        if token.kind == "let" and _run_of(row, i - 1) > 3:
            continue
        if not subscripted and i < n and row[i].kind == "_":
            continue
        called = j < n and row[j].kind == "open" and row[j].text in "(["
        if not called and not (name == "T" and _above(row, i - 1)):
            out.add(name)
    return frozenset(out)


def _run_of(row: list[Token], k: int) -> int:
    """How many letters stand close together around the one at ``k``, up to four."""
    first, last = k, k
    while first > 0 and k - first < 4 and row[first - 1].kind == "let" and row[first - 1].end == row[first].start:
        first -= 1
    while (
        last + 1 < len(row)
        and last - first < 4
        and row[last + 1].kind == "let"
        and row[last + 1].start == row[last].end
    ):
        last += 1
    return last - first + 1


def _above(row: list[Token], k: int) -> bool:
    """The letter at ``k`` is a superscript by itself."""
    if k > 1 and row[k - 1].kind == "{" and row[k - 2].kind == "^":
        return k + 1 >= len(row) or row[k + 1].kind == "}"
    return k > 0 and row[k - 1].kind == "^"


def _after(row: list[Token], k: int) -> int:
    """Behind the argument at ``k``."""
    if k >= len(row) or row[k].kind != "{":
        return k + 1
    depth = 0
    for j in range(k, len(row)):
        depth += {"{": 1, "}": -1}.get(row[j].kind, 0)
        if depth == 0:
            return j + 1
    return len(row)
