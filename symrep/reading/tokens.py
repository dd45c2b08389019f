"""From text to tokens with places. Whatever is no mathematics (strings, attributes, lambda) ends here, located."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Final, NamedTuple, final

from symrep.errors import BadInput, SymrepError

__all__ = ["MAX_CHARACTERS", "NotRead", "Token", "at", "tokens"]

MAX_CHARACTERS: Final = 50_000
MAX_TOKENS: Final = 10_000
MAX_DIGITS: Final = 1000
MAX_NAME: Final = 100

_TOKEN: Final = re.compile(
    r"(?P<number>(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[^\W\d]\w*|'(?:\+|-|\+-)'|\"(?:\+|-|\+-)\")"
    r"|(?P<op>\*\*|<=|>=|==|!=|//|<<|>>|->|:=|[-+*/<>&|~(),=%^@.:;\[\]{}!])"
)
_ZERO: Final = Fraction(0)
_DIGITS: Final = {str(n): Fraction(n) for n in range(10)}
_OPERATORS: Final = frozenset("** <= >= == != + - * / < > & | ~ ( ) [ ] . ,".split())
_INSTEAD: Final = {
    "=": "== between the two sides of a relation",
    "^": "** for a power",
    "//": "floor(a/b)",
    "%": "a - b*floor(a/b)",
    ":": "no lambda and no slice",
    "{": "round brackets",
    "!": "factorial(n), or != between two sides",
}


@final
class NotRead(SymrepError):
    """A construct that is known, and that symrep has no terms for: nothing is decided about the expression."""


@final
class Token(NamedTuple):
    """``kind`` is ``"number"``, ``"name"``, ``"op"`` or ``"end"``; ``start`` and ``end`` count characters from 0."""

    kind: str
    text: str
    start: int
    end: int
    value: Fraction = _ZERO


#: a Token of a tuple, without the steps in between
_token: Final[Callable[[tuple[str, str, int, int, Fraction]], Token]] = partial(tuple.__new__, Token)


def at(where: str, start: int) -> str:
    """A place, as errors name it: columns count from 1."""
    return f"{where}:{start + 1}"


def tokens(text: str, where: str) -> list[Token]:
    """The tokens of a text, an ``"end"`` token last.

    Raises:
        BadInput: a character that stands for nothing here, a number nobody can want, or far too much text.
    """
    if not isinstance(text, str):
        raise BadInput("expression", "text", type(text).__name__, where=where)
    if len(text) > MAX_CHARACTERS:
        raise BadInput("expression", f"at most {MAX_CHARACTERS} characters", f"{len(text)}", where=where)
    out: list[Token] = []
    place = 0
    for m in _TOKEN.finditer(text):
        start, end = m.span()
        if start != place:
            _only_space(text[place:start], where, place)
        place, kind, word = end, m.lastgroup, m.group()
        if kind == "op":
            if word not in _OPERATORS:
                raise _stray(word, where, start)
            out.append(_token(("op", word, start, end, _ZERO)))
        elif kind == "number":
            out.append(_token(("number", word, start, end, _number(word, where, start))))
        elif len(word) <= MAX_NAME:
            out.append(_token(("name", word, start, end, _ZERO)))
        else:
            needed = f"names of at most {MAX_NAME} characters"
            raise BadInput("expression", needed, f"{len(word)}", where=at(where, start))
        if len(out) > MAX_TOKENS:
            raise BadInput("expression", f"at most {MAX_TOKENS} tokens", "more", where=at(where, start))
    _only_space(text[place:], where, place)
    out.append(Token("end", "", len(text), len(text)))
    return out


def _only_space(between: str, where: str, place: int) -> None:
    if between and not between.isspace():
        skipped = len(between) - len(between.lstrip())
        raise _stray(between[skipped], where, place + skipped)


def _stray(text: str, where: str, start: int) -> BadInput:
    if text in "\"'`":
        return BadInput("expression", "mathematics", "a string", where=at(where, start))
    return BadInput("expression", "mathematics", repr(text), _INSTEAD.get(text, ""), at(where, start))


def _number(text: str, where: str, start: int) -> Fraction:
    """A decimal, exactly."""
    if (known := _DIGITS.get(text)) is not None:
        return known
    if text.isdecimal() and len(text) <= MAX_DIGITS:
        return Fraction(int(text))
    plain = text.replace("_", "")
    mantissa, _, exponent = plain.lower().partition("e")
    if "__" in text or text.endswith("_") or len(mantissa) > MAX_DIGITS or len(exponent) > 5:
        raise _too_long(where, start)
    if abs(int(exponent or "0")) > MAX_DIGITS:
        raise _too_long(where, start)
    return Fraction(plain)


def _too_long(where: str, start: int) -> BadInput:
    return BadInput("number", f"at most {MAX_DIGITS} digits", "more", where=at(where, start))
