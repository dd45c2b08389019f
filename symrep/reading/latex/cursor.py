"""Where the parser stands: the tokens, what encloses the place, guesses, and the depth that ends too deep a formula."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final, NoReturn, final

from symrep.reading.latex.environment import Environment
from symrep.reading.latex.results import Guess, Unread
from symrep.reading.latex.tokens import Token
from symrep.reading.latex.trees import Tree

__all__ = ["MAX_NESTING", "Cursor", "Level", "Parsing"]

#: groups, fences, scripts and operators inside one another
MAX_NESTING: Final = 40


@final
@dataclass(frozen=True, slots=True)
class Level:
    """What encloses the place.

    Attributes:
        bars, doubles: how many ``|``, ``‖`` are open in the innermost group.
        separates: ``|`` stands between arguments here. ``parts``: so does ``‖``.
        integrals: integrals of the innermost group that wait for their differential.
        inside: integrals around the place, in whatever group.
    """

    bars: int = 0
    doubles: int = 0
    separates: bool = False
    parts: bool = False
    integrals: int = 0
    inside: int = 0


class Cursor:
    """The tokens and the place in them."""

    def __init__(
        self, row: list[Token], environment: Environment, end: int, bare: frozenset[str] = frozenset()
    ) -> None:
        self.row = row
        self.i = 0
        self.environment = environment
        self.end = Token("end", "", end, end)
        self.level = Level()
        self.guesses: list[Guess] = []
        self.bare = bare
        #: of those in ``bare``, letters that stand without a subscript, too
        self.plain: frozenset[str] = bare
        #: letters that stand both plain and in script: two names
        self.twofold: frozenset[str] = frozenset()
        #: whether the formula has means of powers in brackets of their own: E[(X + Y)^2]
        self.squared = False
        self._depth = 0

    # --- tokens ---------------------------------------------------------------------------------------------------

    def peek(self, ahead: int = 0) -> Token:
        k = self.i + ahead
        return self.row[k] if 0 <= k < len(self.row) else self.end

    def take(self) -> Token:
        token = self.peek()
        self.i += 1
        return token

    def at(self, kind: str, text: str | None = None) -> bool:
        token = self.peek()
        return token.kind == kind and (text is None or token.text == text)

    def first_digit(self) -> None:
        """Cuts the number here after its first digit: what a command takes that has no braces behind it."""
        token = self.peek()
        if not token.text[0].isdigit():
            self.fail(token, "braces around a decimal")
        cut = token.start + 1
        first, rest = Token("num", token.text[0], token.start, cut), Token("num", token.text[1:], cut, token.end)
        self.row[self.i : self.i + 1] = [first, rest]

    @property
    def last(self) -> int:
        """Where what was read so far ends."""
        return self.row[self.i - 1].end if 0 < self.i <= len(self.row) else self.end.end

    def closing(self, k: int) -> int:
        """The token that closes the brace at ``k``; its index."""
        depth = 0
        for j in range(k, len(self.row)):
            depth += {"{": 1, "}": -1}.get(self.row[j].kind, 0)
            if depth == 0:
                return j
        token = self.row[k]
        raise Unread("formula", "a closing brace", "none", code="syntax", start=token.start, end=token.end)

    def fence_end(self, k: int) -> int:
        """The index of the token that closes the bracket at ``k``, or the number of tokens."""
        depth = 0
        for j in range(k, len(self.row)):
            kind = self.row[j].kind
            if kind in ("open", "{", "begin"):
                depth += 1
            elif kind in ("close", "}", "end"):
                depth -= 1
                if depth == 0:
                    return j
                if depth < 0:
                    return len(self.row)
        return len(self.row)

    # --- trouble and choices --------------------------------------------------------------------------------------

    def fail(self, token: Token, needed: str, got: str = "", code: str = "syntax") -> NoReturn:
        if not got:
            got = "the end" if token.kind == "end" else token.text or token.kind
        raise Unread("formula", needed, got[:60], code=code, start=token.start, end=token.end)

    def unread(self, start: int, end: int, needed: str, got: str, code: str, instead: str = "") -> NoReturn:
        raise Unread("formula", needed, got, instead, code=code, start=start, end=end)

    def guess(self, start: int, end: int, read: str, why: str, code: str = "guess") -> None:
        self.guesses.append(Guess(start, end, read, why, code))

    # --- nesting --------------------------------------------------------------------------------------------------

    @contextmanager
    def deeper(self) -> Iterator[None]:
        if self._depth >= MAX_NESTING:
            self.fail(self.peek(), "less nesting", "a formula too deep to be one", "size")
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    @contextmanager
    def group(self, separates: bool = False, parts: bool = False) -> Iterator[None]:
        """Inside a bracket or a group: open bars and integrals outside it do not reach in."""
        before = self.level
        self.level = Level(separates=separates, parts=parts, inside=before.inside)
        try:
            with self.deeper():
                yield
        finally:
            self.level = before

    @contextmanager
    def within(self, **changed: Any) -> Iterator[None]:
        before = self.level
        self.level = replace(before, **changed)
        try:
            with self.deeper():
                yield
        finally:
            self.level = before


class Parsing(Cursor):
    """What the modules of the parser call of one another."""

    def listed(self) -> Tree:
        """Chains of relations, separated by commas."""
        raise NotImplementedError

    def chain(self) -> Tree:
        """Sums, with relations between them."""
        raise NotImplementedError

    def total(self) -> Tree:
        """Terms with + and − between them."""
        raise NotImplementedError

    def product(self) -> Tree:
        """Factors side by side, with dots, slashes."""
        raise NotImplementedError

    def factor(self) -> Tree:
        """One factor with its scripts."""
        raise NotImplementedError

    def argument(self) -> Tree:
        r"""The argument of a command: a group, or one sign."""
        raise NotImplementedError
