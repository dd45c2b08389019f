"""From tokens to a tree with spans: Python's precedences, nothing of Python's meaning."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache, partial
from typing import Final, NamedTuple, NoReturn, final

from symrep.errors import BadInput
from symrep.reading.tokens import Token, at, tokens

__all__ = ["ATTRIBUTES", "MAX_NESTING", "Tree", "parse"]

#: operators inside one another; a bracket counts three times
MAX_NESTING: Final = 200
#: characters of a text whose tree is remembered
MAX_KEPT: Final = 2_000

_RELATIONS: Final = frozenset(("<", "<=", ">", ">=", "==", "!="))
#: what may follow a matrix and a dot
ATTRIBUTES: Final = frozenset("T det inv trace transpose".split())
#: words that are no names
WORDS: Final = frozenset("and or not True False None if else for in is lambda import yield".split())

_OR, _AND, _NOT, _RELATION, _BAR, _AMPERSAND, _SUM, _PRODUCT, _SIGN = range(1, 10)
_LEFT: Final = {
    "or": _OR,
    "and": _AND,
    "|": _BAR,
    "&": _AMPERSAND,
    "+": _SUM,
    "-": _SUM,
    "*": _PRODUCT,
    "/": _PRODUCT,
    **dict.fromkeys(_RELATIONS, _RELATION),
}


#: what ends a name or a number that stands for itself
_PLAINLY: Final = frozenset(("+", "-", "*", "/", ",", ")", ""))
_PREFIXES: Final = frozenset("-+~")
_ZERO: Final = Fraction(0)


@final
class Tree(NamedTuple):
    """A piece of text, read.

    ``head`` is ``"number"``, ``"name"``, ``"true"``, ``"false"``, ``"call"``, ``"tuple"``, ``"bracket"``, an operator
    (``"+"``, ``"and"`` …; n-ary ones are flat), ``"neg"``, ``"inverse"`` or ``"chain"`` (relations in a row, told in
    ``text``); ``"list"``, ``"item"`` (the matrix, its indices), ``"attribute"``. ``start`` and ``end`` are the span,
    ``place`` is where an error is best pointed to.
    """

    head: str
    start: int
    end: int
    text: str = ""
    value: Fraction = _ZERO
    parts: tuple[Tree, ...] = ()
    place: int = 0


#: a Tree of a tuple of everything, without the steps in between
_tree: Final[Callable[[tuple[object, ...]], Tree]] = partial(tuple.__new__, Tree)


def parse(text: str, where: str) -> Tree:
    """The tree of one expression or condition. A file often says one side many times.

    Raises:
        BadInput: it is none, with the place where it breaks off.
    """
    short = isinstance(text, str) and len(text) <= MAX_KEPT
    return _parsed(text, where) if short else _parsed.__wrapped__(text, where)


@lru_cache(maxsize=256)
def _parsed(text: str, where: str) -> Tree:
    parser = _Parser(tokens(text, where), where)
    tree = parser.expression(_OR, 0)
    parser.finish()
    return tree


@final
class _Parser:
    def __init__(self, row: list[Token], where: str) -> None:
        self._row = [*row, row[-1]]  # behind the end token is another one
        self._next = 0
        self._token = row[0]
        self._where = where

    def _take(self) -> Token:
        token = self._token
        self._next += 1
        self._token = self._row[self._next]
        return token

    def _fail(self, token: Token, needed: str) -> NoReturn:
        got = repr(token.text[:40]) if token.kind != "end" else "the end"
        raise BadInput("expression", needed, got, where=at(self._where, token.start))

    def finish(self) -> None:
        if self._token.kind == "end":
            return
        if self._token.text == ",":
            self._fail(self._token, "one expression")
        self._fail(self._token, "an operator between two expressions")

    def _deeper(self, depth: int, by: int = 1) -> int:
        if depth >= MAX_NESTING:
            place = at(self._where, self._token.start)
            raise BadInput("expression", "less nesting", "brackets or operators too deep in one another", where=place)
        return depth + by

    # --- operators ------------------------------------------------------------------------------------------------

    def expression(self, least: int, depth: int) -> Tree:
        """What binds at least as tightly as ``least``."""
        depth = self._deeper(depth) if depth >= MAX_NESTING else depth + 1
        left = self._prefixed(least, depth)
        while (binds := _LEFT.get(self._token.text, 0)) >= least:
            if binds == _RELATION:
                left = self._chain(left, depth)
                continue
            operator = self._take()
            right = self.expression(binds + 1, depth)
            left = _joined(operator, left, right)
        return left

    def _prefixed(self, least: int, depth: int) -> Tree:
        token = self._token
        if token.kind == "name" or token.kind == "number":
            after = self._row[self._next + 1]
            if after.text in _PLAINLY and token.text not in WORDS:
                self._next, self._token = self._next + 1, after
                return _tree((token.kind, token.start, token.end, token.text, token.value, (), token.start))
        if token.text == "not" and least <= _NOT:
            self._take()
            part = self.expression(_NOT, depth)
            return Tree("not", token.start, part.end, parts=(part,), place=token.start)
        if token.text in _PREFIXES:
            self._take()
            part = self.expression(_SIGN, depth)
            if token.text == "+":
                return part
            head = "neg" if token.text == "-" else "not"
            return Tree(head, token.start, part.end, parts=(part,), place=token.start)
        base = self._atom(depth)
        if self._token.text in ("[", "."):
            base = self._followed(base, depth)
        if self._token.text != "**":
            return base
        place = self._take().start
        exponent = self.expression(_SIGN, depth)
        return _tree(("**", base.start, exponent.end, "", _ZERO, (base, exponent), place))

    def _chain(self, left: Tree, depth: int) -> Tree:
        """``a < b <= c``: both."""
        parts, words, place = [left], [], self._token.start
        while self._token.text in _RELATIONS:
            words.append(self._take().text)
            parts.append(self.expression(_RELATION + 1, depth))
        return Tree("chain", left.start, parts[-1].end, " ".join(words), parts=tuple(parts), place=place)

    # --- atoms ----------------------------------------------------------------------------------------------------

    def _atom(self, depth: int) -> Tree:
        token = self._take()
        if token.kind == "number":
            if self._token.kind == "name" and self._token.start == token.end:
                self._fail(self._token, "an operator after a number, 2*x")
            return _tree(("number", token.start, token.end, token.text, token.value, (), token.start))
        if token.kind == "name":
            if token.text in ("True", "False"):
                return Tree(token.text.lower(), token.start, token.end, place=token.start)
            if token.text in WORDS:
                self._fail(token, "mathematics")
            return self._called(token, depth) if self._token.text == "(" else _name(token)
        if token.text == "(":
            return self._bracket(token, depth)
        if token.text == "[":
            parts = self._list(depth, "]")
            return Tree("list", token.start, self._close("]"), parts=tuple(parts), place=token.start)
        self._fail(token, "a number, a name or a bracket")

    def _followed(self, tree: Tree, depth: int) -> Tree:
        """What stands behind a matrix: ``[0, 1]``, ``.T``, ``.det()``."""
        while self._token.text in ("[", "."):
            token = self._take()
            if token.text == "[":
                parts = self._list(depth, "]")
                tree = Tree("item", tree.start, self._close("]"), parts=(tree, *parts), place=token.start)
                continue
            name = self._take()
            if name.kind != "name" or name.text not in ATTRIBUTES:
                raise BadInput(
                    "expression", "mathematics", repr("."), "names without attributes", at(self._where, token.start)
                )
            end = name.end
            if name.text != "T":
                if self._token.text != "(":
                    self._fail(self._token, f"{name.text}()")
                self._take()
                end = self._close()
            tree = Tree("attribute", tree.start, end, name.text, parts=(tree,), place=token.start)
        return tree

    def _called(self, name: Token, depth: int) -> Tree:
        self._take()
        parts = self._list(depth)
        end = self._close()
        if self._token.text == "(":
            self._fail(self._token, "an operator between two expressions")
        return _tree(("call", name.start, end, name.text, _ZERO, tuple(parts), name.start))

    def _bracket(self, opening: Token, depth: int) -> Tree:
        parts = self._list(depth)
        comma = self._row[self._next - 1].text == ","
        end = self._close()
        if self._token.text == "(":
            self._fail(self._token, "an operator between two expressions")
        if len(parts) == 1 and not comma:
            return _tree(("bracket", opening.start, end, "", _ZERO, tuple(parts), parts[0].place))
        return Tree("tuple", opening.start, end, parts=tuple(parts), place=opening.start)

    def _list(self, depth: int, closing: str = ")") -> list[Tree]:
        out: list[Tree] = []
        depth = self._deeper(depth, 2)
        while self._token.text != closing:
            out.append(self.expression(_OR, depth))
            if self._token.text != ",":
                break
            self._take()
        return out

    def _close(self, closing: str = ")") -> int:
        if self._token.text != closing:
            self._fail(self._token, "a closing bracket")
        return self._take().end


def _name(token: Token) -> Tree:
    return _tree(("name", token.start, token.end, token.text, _ZERO, (), token.start))


_FLAT: Final = {"|": "or", "&": "and"}


def _joined(operator: Token, left: Tree, right: Tree) -> Tree:
    """``a + b + c`` is one sum: a long row is not a deep tree. Brackets are kept as they were written."""
    head = _FLAT.get(operator.text, operator.text)
    place = operator.start
    if head in ("-", "/"):
        turned = Tree("neg" if head == "-" else "inverse", right.start, right.end, parts=(right,), place=place)
        head, right = ("+", turned) if head == "-" else ("*", turned)
    parts = (*left.parts, right) if left.head == head else (left, right)
    return _tree((head, left.start, right.end, "", _ZERO, parts, place))
