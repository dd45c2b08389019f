r"""Macros of a document: ``\newcommand``, ``\def``, ``\DeclareMathOperator`` read as data, and expanded in tokens.

What a macro's body brings stands, for spans, where the macro is called; its arguments keep their own places.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from symrep.reading.latex.environment import Environment, Macro
from symrep.reading.latex.results import Unread
from symrep.reading.latex.tokens import MAX_TOKENS, Token, tokens

__all__ = ["expand", "macros_in"]

_MAX_EXPANSIONS: Final = 2_000
_HEAD: Final = re.compile(
    r"\\(?P<how>(?:re)?newcommand\*?|providecommand\*?|def|DeclareMathOperator\*?)\s*\{?\s*(?P<name>\\[A-Za-z]+|\\[^A-Za-z])"
    r"\s*\}?\s*(?P<count>\[\s*[0-9]\s*\]|(?:\#[1-9])*)\s*(?P<optional>\[[^\]]{0,200}\])?\s*\{"
)
_BRACES: Final = re.compile(r"\\.|[{}]", re.DOTALL)


def macros_in(text: str, environment: Environment | None = None) -> Environment:
    """The environment with the macros a text defines; what is malformed or too long is left out."""
    out = environment or Environment()
    for m in _HEAD.finditer(text):
        end = _closing(text, m.end())
        if end < 0:
            continue
        body, count = text[m.end() : end], m["count"]
        arguments = len(count) // 2 if count.startswith("#") else int(count.strip("[] ") or "0") if count else 0
        if m["how"].startswith("Declare"):
            body = rf"\operatorname{{{body}}}"
        optional = m["optional"][1:-1] if m["optional"] is not None else None
        if len(body) <= 2000:
            out = out.with_macro(m["name"], arguments, body, optional)
    return out


def _closing(text: str, start: int) -> int:
    depth = 1
    for m in _BRACES.finditer(text, start, start + 4000):
        depth += {"{": 1, "}": -1}.get(m.group(), 0)
        if depth == 0:
            return m.start()
    return -1


def expand(row: list[Token], macros: Mapping[str, Macro]) -> list[Token]:
    """The tokens with every macro of the document replaced by what it stands for.

    Raises:
        Unread: a macro that calls itself, or an argument that is missing.
    """
    if not macros:
        return row
    out: list[Token] = []
    stack = row[::-1]
    expansions = 0
    while stack:
        token = stack.pop()
        macro = macros.get(token.text) if token.kind == "cmd" else None
        if macro is None:
            out.append(token)
            continue
        expansions += 1
        if expansions > _MAX_EXPANSIONS or len(stack) + len(out) > MAX_TOKENS:
            raise Unread(
                "macro", "macros that end", f"{token.text} again and again", code="size",
                start=token.start, end=token.end,
            )  # fmt: skip
        arguments = _arguments(token, macro, stack)
        end = max([token.end, *(t.end for a in arguments for t in a)])
        body = [t._replace(start=token.start, end=end) for t in tokens(macro.body.replace("\n", " "))]
        stack.extend(reversed(_filled(body, arguments)))
    return out


def _filled(body: list[Token], arguments: list[list[Token]]) -> list[Token]:
    out: list[Token] = []
    i = 0
    while i < len(body):
        if body[i].text == "#" and i + 1 < len(body) and body[i + 1].kind == "num":
            digits = body[i + 1].text
            which = int(digits[0])
            if which <= len(arguments):
                out.extend(arguments[which - 1])
            if len(digits) > 1:
                out.append(body[i + 1]._replace(text=digits[1:]))
            i += 2
            continue
        out.append(body[i])
        i += 1
    return out


def _arguments(call: Token, macro: Macro, stack: list[Token]) -> list[list[Token]]:
    out: list[list[Token]] = []
    for k in range(macro.arguments):
        if k == 0 and macro.optional is not None:
            if stack and stack[-1].text == "[":
                stack.pop()
                out.append(_until("]", stack, call))
            else:
                out.append([t._replace(start=call.start, end=call.end) for t in tokens(macro.optional)])
            continue
        if not stack:
            raise Unread(
                "macro", f"{macro.arguments} arguments after {call.text}", f"{k}", code="syntax",
                start=call.start, end=call.end,
            )  # fmt: skip
        token = stack.pop()
        out.append(_until("}", stack, token) if token.kind == "{" else [token])
    return out


def _until(closing: str, stack: list[Token], opening: Token) -> list[Token]:
    out: list[Token] = []
    depth = 0
    while stack:
        token = stack.pop()
        if depth == 0 and token.text == closing:
            return out
        depth += {"{": 1, "}": -1}.get(token.kind, 0)
        out.append(token)
    raise Unread("macro", f"the closing {closing}", "none", code="syntax", start=opening.start, end=opening.end)
