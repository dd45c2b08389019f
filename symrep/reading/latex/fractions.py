r"""Fractions, and derivatives: ``\frac{\partial f}{\partial\sigma^2}``, ``dx/dy``, ``\partial_x``, ``\nabla``."""

from __future__ import annotations

from typing import Final

from symrep.reading.latex.arguments import bracket_follows
from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.expressions import node, starts
from symrep.reading.latex.integrals import _d, _variable, differential_at
from symrep.reading.latex.scripts import inside, scripts
from symrep.reading.latex.tokens import Token
from symrep.reading.latex.trees import Tree

__all__ = ["fraction", "gradient", "inline_derivative", "partial"]

MAX_ORDER: Final = 8


def fraction(p: Parsing, command: Token) -> Tree:
    r"""``\frac`` with its two arguments; the command was taken."""
    top, bottom = _span(p), _span(p)
    found = _derivative(p, command, top, bottom)
    if found is not None:
        return found
    end = p.last
    over, under = _part(p, top), _part(p, bottom)
    return node("/", command.start, end, over, under, text="frac")


def _span(p: Parsing) -> tuple[int, int]:
    """The tokens of an argument; one digit only without braces."""
    token = p.peek()
    if token.kind == "{":
        close = p.closing(p.i)
        first = p.i + 1
        p.i = close + 1
        return first, close
    if token.kind == "num" and len(token.text) > 1:
        p.first_digit()
    elif token.kind not in ("num", "let", "cmd"):
        p.fail(token, r"the arguments of \frac")
    p.i += 1
    return p.i - 1, p.i


def _part(p: Parsing, span: tuple[int, int]) -> Tree:
    return inside(p, span, "total")


def _sign(p: Parsing, k: int) -> int:
    r"""Tokens that say d or ∂ at ``k``."""
    if p.peek(k - p.i).text == "\\partial":
        return 1
    return _d(p, k)


def _derivative(p: Parsing, command: Token, top: tuple[int, int], bottom: tuple[int, int]) -> Tree | None:
    """The fraction as a derivative; None if it is an ordinary one."""
    n = _sign(p, top[0])
    m = _sign(p, bottom[0])
    if not n or not m or top[0] + n > top[1] or bottom[0] + m >= bottom[1]:
        return None
    after = p.row[bottom[0] + m]
    if not (after.kind in ("let", "cmd", "{") or (after.kind == "open" and after.text == "(")):
        return None
    if p.row[bottom[0]].text != "\\partial" and not (differential_at(p, bottom[0]) or after.kind in ("open", "{")):
        return None
    rest = (top[0] + n, top[1])
    order = 1
    if rest[0] < rest[1] and p.row[rest[0]].kind == "^":
        mark = p.i
        p.i = rest[0]
        s = scripts(p)
        rest, p.i = (p.i, rest[1]), mark
        power = inside(p, s.above) if s.above is not None else None
        if power is None or power.head != "num" or not 1 <= power.value <= MAX_ORDER:
            p.unread(command.start, p.last, f"a derivative of an order up to {MAX_ORDER}", "another", "unsupported")
        order = int(power.value)
    if rest[0] < rest[1] and p.row[rest[0]].kind in ("op", "rel"):
        return None
    end = p.last
    variables = _variables(p, bottom, order, command)
    if rest[0] < rest[1]:
        return node("D", command.start, end, _part(p, rest), *variables)
    return _of_next(p, command.start, variables, "ratio")


def _of_next(p: Parsing, start: int, variables: tuple[Tree, ...], sort: str = "open") -> Tree:
    """The derivative of the factor that follows."""
    if not starts(p, p.peek()):
        p.fail(p.peek(), "what is differentiated")
    fence = _fence(p)
    body = p.factor()
    return node("D", start, body.end, body, *variables, text=_scope(p, fence, sort))


def _fence(p: Parsing) -> str:
    """The bracket that follows an operator; empty if none does."""
    return "(" if bracket_follows(p, "(") else "[" if bracket_follows(p, "[{") else ""


def _scope(p: Parsing, fence: str, sort: str) -> str:
    """How sure it is that only what was read is differentiated: [x] ends it; (x - 1)(x + 1) has brackets, too."""
    if not fence or p.peek(-1).kind not in ("close", "}"):
        return sort
    return "fenced" if fence == "(" else ""


def _variables(p: Parsing, span: tuple[int, int], order: int, command: Token) -> tuple[Tree, ...]:
    r"""What is differentiated by: ∂x∂y, dx^2, ∂σ² as a variable of its own.

    Raises:
        Unread: the orders above and below differ.
    """
    mark, row = p.i, p.row
    p.i, p.row = span[0], row[: span[1]]
    found: list[Tree] = []
    try:
        while p.i < len(p.row):
            n = _sign(p, p.i)
            if not n:
                p.fail(p.peek(), "d and a variable below")
            p.i += n
            if p.at("open", "("):
                found.append(p.factor())
            elif p.at("{"):
                close = p.closing(p.i)
                found.append(inside(p, (p.i + 1, close)))
                p.i = close + 1
            else:
                found.append(_variable(p))
    finally:
        p.i, p.row = mark, row
    powers = [int(t.parts[1].value) if _numeric_power(t) else 1 for t in found]
    if sum(powers) == order:
        out: list[Tree] = []
        for t, k in zip(found, powers, strict=True):
            out += [t.parts[0] if k > 1 else t] * k
        return tuple(out)
    if len(found) == order:
        for t in found:
            if t.head == "^":
                p.guess(t.start, t.end, "the derivative by the power itself", "the order above is one", "derivative")
        return tuple(found)
    p.unread(command.start, p.last, "the same order above and below", f"{order} and {sum(powers)}", "syntax")


def _numeric_power(t: Tree) -> bool:
    return (
        t.head == "^" and t.parts[1].head == "num" and t.parts[1].value.denominator == 1 and 1 <= t.parts[1].value <= 9
    )


# --- written in the line ------------------------------------------------------------------------------------------


def partial(p: Parsing, sign: Token) -> Tree:
    r"""``\partial_x f``, ``\partial f / \partial x``, ``\partial / \partial x``; the sign was taken."""
    s = scripts(p)
    if s.below is not None:
        by = inside(p, s.below)
        order = 1
        if s.above is not None:
            power = inside(p, s.above)
            if power.head != "num" or not 1 <= power.value <= MAX_ORDER:
                p.unread(sign.start, s.end, f"a derivative of an order up to {MAX_ORDER}", "another", "unsupported")
            order = int(power.value)
        if by.head == "list" or by.head == "*":
            return _of_next(p, sign.start, by.parts)
        return _of_next(p, sign.start, (by,) * order)
    order = 1
    if s.above is not None:
        power = inside(p, s.above)
        order = int(power.value) if power.head == "num" and 1 <= power.value <= MAX_ORDER else 0
    if p.at("op", "/") and _sign(p, p.i + 1):
        return _of_next(p, sign.start, _by(p, sign, order), "ratio")
    body = p.factor()
    if p.at("op", "/") and _sign(p, p.i + 1):
        variables = _by(p, sign, order)
        return node("D", sign.start, p.last, body, *variables)
    p.unread(sign.start, body.end, "what is differentiated by", r"\partial without a variable", "unsupported")


def _by(p: Parsing, sign: Token, order: int) -> tuple[Tree, ...]:
    p.take()
    first = p.i
    while n := _sign(p, p.i):
        p.i += n
        if p.at("open", "("):
            p.factor()
        else:
            _variable(p)
    return _variables(p, (first, p.i), order, sign)


def inline_derivative(p: Parsing) -> Tree | None:
    """``d/dx f``, ``dy/dx``; None if d is something else here."""
    n = _d(p, p.i)
    start = p.peek()
    if not n:
        return None
    after = p.peek(n)
    mark, kept = p.i, len(p.guesses)
    if after.kind == "op" and after.text == "/" and differential_at(p, p.i + n + 1):
        p.i += n
        return _of_next(p, start.start, _by(p, start, 1), "ratio")
    if differential_at(p, p.i) and p.level.integrals == 0 and any(t.text == "/" for t in p.row[p.i : p.i + 80]):
        p.i += n
        body = p.factor()
        if p.at("op", "/") and differential_at(p, p.i + 1):
            variables = _by(p, start, 1)
            return node("D", start.start, p.last, body, *variables)
        p.i = mark
        del p.guesses[kept:]
    return None


def gradient(p: Parsing, sign: Token) -> Tree:
    r"""``\nabla_\theta f``: of the factor that follows; the sign was taken."""
    s = scripts(p)
    if s.above is not None or s.marks or s.primes:
        p.unread(sign.start, s.end, "a gradient", "another operator with nabla", "unsupported")
    below: tuple[Tree, ...] = ()
    if s.below is not None:
        tree = inside(p, s.below)
        below = tree.parts if tree.head == "list" else (tree,)
    if not starts(p, p.peek()):
        p.fail(p.peek(), "what the gradient is of")
    fence = _fence(p)
    body = p.factor()
    return node("grad", sign.start, body.end, *below, body, text=_scope(p, fence, "open"))
