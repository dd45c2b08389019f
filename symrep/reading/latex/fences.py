r"""Brackets and bars of every size: grouping, absolute values, norms, determinants, floors, sets, evaluation."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from symrep.reading.latex.applying import SURE
from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.expressions import node
from symrep.reading.latex.names import dressed, is_matrix
from symrep.reading.latex.scripts import Scripts, inside, label, scripts
from symrep.reading.latex.trees import Tree

__all__ = ["bars", "double_bars", "evaluated", "fence"]

_HALF_OPEN: Final = {("(", "]"), ("[", ")"), ("]", "["), ("]", "]"), ("[", "[")}


def fence(p: Parsing) -> Tree:
    """The bracket that opens here, with what hangs on it."""
    opening = p.take()
    kind = opening.text
    with p.group():
        if kind == ".":
            with p.within(bars=1):
                body = p.listed()
        else:
            body = p.listed()
        body = _builder(p, kind, body)
    closing = p.peek()
    if closing.kind not in ("close", "right|"):
        p.fail(closing, f"a closing bracket for {kind.lstrip(chr(92))}")
    p.take()
    end = closing.end
    if closing.kind == "right|":
        if kind != ".":
            p.fail(closing, f"a closing bracket for {kind}")
        return _at(p, body, opening.start)
    return _closed(p, body, kind, closing.text, opening.start, end)


def _closed(p: Parsing, body: Tree, kind: str, closing: str, start: int, end: int) -> Tree:
    pair = (kind, closing)
    if (pair in _HALF_OPEN or pair == ("[", "]")) and body.head == "list" and len(body.parts) == 2:
        return node("interval", start, end, *body.parts, text=kind + closing)
    if kind == "\\lfloor" and closing == "\\rfloor":
        return _hung(p, node("call", start, end, body, text="floor"))
    if kind == "\\lceil" and closing == "\\rceil":
        return _hung(p, node("call", start, end, body, text="ceiling"))
    if kind == "\\langle":
        return _hung(p, node("inner", start, end, *(body.parts if body.head == "list" else (body,))))
    if kind == "\\{":
        if closing == "." and body.head in ("array", "cases"):
            return replace(body, head="cases", start=start, end=end)
        if closing != "\\}":
            p.unread(start, end, "a closing brace", closing or "nothing", "syntax")
        if body.head in ("rel", "list", "such", "and", "or"):
            return node("set", start, end, body)
        if p.at("_"):
            p.unread(start, p.peek().end, "a number", "a sequence in braces", "unsupported")
        if body.head == "name":
            p.unread(start, end, "round brackets", "a name in braces: a set of one, a fractional part?", "ambiguous")
    if pair not in (("(", ")"), ("[", "]"), ("\\{", "\\}")) and "." not in pair:
        p.unread(start, end, f"a closing bracket for {kind}", closing, "syntax")
    if kind == "[" and (p.at("_") or p.at("^")) and _limits_follow(p):
        return _at(p, body, start)
    inner = replace(body, start=start, end=end) if body.head not in ("list",) else node("list", start, end, *body.parts)
    if inner.head in ("*", "neg") or (inner.head in ("/", "D", "grad", "prod") and inner.text):
        inner = replace(inner, text="bracket")  # closed to what stands beside it
    if kind == "(" and (f := _function(p, body)) is not None:
        return _called(p, f, start)
    return _hung(p, inner)


def _function(p: Parsing, body: Tree) -> Tree | None:
    """A bracket that holds a function before another bracket: (f ∘ g)(x), (f^{-1})'(y)."""
    k = 0
    while p.peek(k).kind == "'":
        k += 1
    if not (p.peek(k).kind == "open" and p.peek(k).text == "("):
        return None
    if body.head in ("compose", "inverse"):
        return body
    if body.head == "^" and body.parts[1].head == "neg" and body.parts[0].head == "name":
        name, power = body.parts[0].text, body.parts[1].parts[0]
        if (name.split("_")[0] in SURE or p.environment.is_function(name)) and power.value == 1:
            return node("inverse", body.start, body.end, body.parts[0])
    if body.head == "name" and p.environment.is_function(body.text):
        return body
    return None


def _called(p: Parsing, f: Tree, start: int) -> Tree:
    from symrep.reading.latex.arguments import arguments, assembled

    primes = 0
    while p.at("'"):
        p.take()
        primes += 1
    if primes:
        f = node("prime", f.start, p.last, f, text=str(primes) if primes > 1 else "")
    items = assembled(arguments(p))
    return node("app", start, p.last, f, *items)


def _limits_follow(p: Parsing) -> bool:
    """[F(x)]_a^b: below and above."""
    mark = p.i
    try:
        s = scripts(p)
    finally:
        p.i = mark
    return s.below is not None


def _builder(p: Parsing, kind: str, body: Tree) -> Tree:
    r"""``\{x : x > 0\}``; conditions joined by words."""
    token = p.peek()
    if kind == "\\{" and (token.kind in ("bar", "mid") or (token.kind == "op" and token.text == ":")):
        p.take()
        return node("such", body.start, p.last, body, p.listed())
    if token.kind == "text" and token.text.strip().lower() in ("and", "or"):
        word = token.text.strip().lower()
        parts = [body]
        while p.peek().kind == "text" and p.peek().text.strip().lower() == word:
            p.take()
            parts.append(p.listed())
        return node(word, body.start, parts[-1].end, *parts)
    return body


def _hung(p: Parsing, tree: Tree) -> Tree:
    """Scripts on a bracket: powers, transposes; subscripts have no reading."""
    if p.peek().kind not in ("^", "_", "'"):
        return tree
    s = scripts(p)
    if s.primes:
        tree = node("prime", tree.start, s.end, tree, text=str(s.primes) if s.primes > 1 else "")
    if s.below is not None:
        index = inside(p, s.below)
        tree = node("below", tree.start, s.end, tree, index)
    return dressed(p, tree, s)


def bars(p: Parsing) -> Tree:
    """|x|, or ‖x‖ written with two bars."""
    opening = p.take()
    if opening.kind == "left|" and opening.text == "||":
        return _norm(p, opening.start, "right|")
    if opening.kind == "bar" and p.at("bar") and p.peek().start == opening.end and _two_later(p):
        p.take()
        return _norm(p, opening.start, "bar")
    closing = "right|" if opening.kind == "left|" else "bar"
    with p.within(bars=p.level.bars + 1) if closing == "bar" else p.group():
        if closing == "right|":
            with p.within(bars=1):
                body = p.total()
        else:
            body = p.total()
    token = p.peek()
    if token.kind not in ("bar", "right|", "mid") or (closing == "right|" and token.kind != "right|"):
        p.fail(token, "a closing bar")
    p.take()
    if token.kind == "right|" and token.text == "||":
        p.fail(token, "one closing bar")
    head = "det" if is_matrix(p, body) or body.head in ("matrix",) or _matrices(p, body) else "abs"
    if head == "det":
        p.guess(opening.start, p.last, "a determinant", "bars around a matrix", "determinant")
    return _hung(p, node(head, opening.start, p.last, body))


def _matrices(p: Parsing, body: Tree) -> bool:
    if body.head in ("*", "+", "-"):
        return any(is_matrix(p, t) or _matrices(p, t) for t in body.parts)
    return body.head == "^" and is_matrix(p, body.parts[0])


def _two_later(p: Parsing) -> bool:
    """Two bars close together further on."""
    row = p.row
    for j in range(p.i + 1, len(row) - 1):
        if row[j].kind == "bar" and row[j + 1].kind == "bar" and row[j].end == row[j + 1].start:
            return True
        if row[j].kind in ("rel", "}", "nl"):
            return False
    return False


def double_bars(p: Parsing) -> Tree:
    opening = p.take()
    return _norm(p, opening.start, "dbar")


def _norm(p: Parsing, start: int, closing: str) -> Tree:
    with p.group():
        level = {"bars": 1} if closing in ("bar", "right|") else {"doubles": 1}
        with p.within(**level):
            body = p.total()
    token = p.take()
    if token.kind != closing and not (closing == "dbar" and token.kind in ("dbar", "right|")):
        p.fail(token, "a closing double bar")
    if closing == "bar" and not p.at("bar"):
        p.fail(p.peek(), "a closing double bar")
    if closing == "bar":
        p.take()
    s = scripts(p)
    which = label(p.row[s.below[0] : s.below[1]]) if s.below is not None else ""
    if which not in ("", "1", "2", "infty"):
        return dressed(p, node("norm_in", start, s.end, body, Tree("name", start, s.end, which)), replace_below(s))
    out = node("norm" + {"infty": "oo"}.get(which, which), start, s.end, body)
    return dressed(p, out, replace_below(s))


def replace_below(s: Scripts) -> Scripts:
    return replace(s, below=None)


def evaluated(p: Parsing, body: Tree) -> Tree:
    r"""``f\Big|_{x=0}``: the bar and its scripts."""
    p.take()
    return _at(p, body, body.start)


def _at(p: Parsing, body: Tree, start: int) -> Tree:
    s = scripts(p)
    if s.below is None:
        p.fail(p.peek(), "where it is evaluated, below the bar")
    low = inside(p, s.below)
    if s.above is None:
        return node("at", start, s.end, body, low)
    return node("at", start, s.end, body, low, inside(p, s.above))
