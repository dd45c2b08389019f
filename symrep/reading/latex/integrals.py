r"""Integrals, sums, products over an index; differentials and where they stand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Final

from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.depends import mentions, names
from symrep.reading.latex.expressions import node, starts
from symrep.reading.latex.scripts import inside, scripts
from symrep.reading.latex.tokens import Token
from symrep.reading.latex.trees import Tree
from symrep.reading.latex.words import ACCENTS, GREEK

__all__ = ["big", "differential", "differential_at", "integral"]

_MULTIPLE: Final = {"\\int": 1, "\\iint": 2, "\\iiint": 3, "\\oint": 0, "\\idotsint": 0}
_ONE: Final = Fraction(1)
_SIGNS: Final = frozenset(("+", "-", "\\pm", "\\mp"))
_RANDOM: Final = frozenset(("\\sim", "\\mathbb", "\\operatorname", "\\mathop", "E", "P", "\\Pr", "\\E", "\\mid"))
_OTHERS: Final = frozenset(("\\sum", "\\prod", "\\lim", "\\max", "\\min", "\\bigcup", "\\bigcap", *_MULTIPLE))
_STYLED: Final = frozenset(("\\mathrm", "\\mathbf", "\\operatorname"))
_MACROS: Final = frozenset(("\\dd", "\\diff", "\\dif", "\\differential"))


def _d(p: Parsing, k: int) -> int:
    r"""The number of tokens that say d at ``k``: d, \mathrm d, \mathrm{d}, \dd; 0 when there is none."""
    token = p.peek(k - p.i)
    if token.kind == "let" and token.text == "d":
        return 1
    if token.text in _MACROS:
        return 1
    if token.text in _STYLED:
        nxt, third, fourth = (p.peek(k - p.i + j) for j in (1, 2, 3))
        if nxt.text == "d":
            return 2
        if nxt.kind == "{" and third.text == "d" and fourth.kind == "}":
            return 4
    return 0


def differential_at(p: Parsing, k: int, within: bool = False) -> bool:
    """Whether a differential of a variable stands at token ``k``; ``within``: an integral ends here."""
    n = _d(p, k)
    if not n:
        return False
    after = p.peek(k - p.i + n)
    if after.kind == "let":
        return True
    if after.kind == "open":  # d(σs + μ), upright and under an integral
        return after.text == "(" and p.peek(k - p.i).kind != "let" and (within or p.level.integrals > 0)
    if after.kind == "{" and n in (1, 2, 4):
        inner = p.peek(k - p.i + n + 1)
        return inner.kind == "let" or (inner.kind == "cmd" and inner.text[1:] in GREEK)
    return after.kind == "cmd" and (
        after.text[1:] in GREEK or after.text in ACCENTS or after.text in ("\\mathbf", "\\mathcal", "\\mathrm")
    )


def differential(p: Parsing) -> Tree:
    """D and its variable, taken."""
    start = p.peek().start
    p.i += _d(p, p.i)
    if p.at("{"):
        p.take()
        x = p.factor()
        if not p.at("}"):
            p.fail(p.peek(), "a closing brace")
        p.take()
    else:
        x = p.factor() if p.at("open") else _variable(p)
    return node("d", start, p.last, x)


def _variable(p: Parsing) -> Tree:
    """One letter with its scripts; the next differential is no product with it."""
    from symrep.reading.latex.names import Base, accented, dressed, name_tree, styled

    token = p.take()
    base: Base | Tree | None
    if token.kind == "let":
        base = Base(token.text, token.start, token.end)
    elif token.text in ACCENTS:
        base = accented(p, token)
    elif token.text.startswith("\\math"):
        base = styled(p, token)
    else:
        base = Base(token.text[1:], token.start, token.end)
    if not isinstance(base, Base):
        p.fail(token, "a variable after d")
    s = scripts(p)
    tree = name_tree(p, base, s)
    if s.primes:
        tree = replace(tree, text=tree.text + "'" * s.primes)
    return dressed(p, tree, s)


def integral(p: Parsing, sign: Token) -> Tree:
    """The integral that begins here; its sign was taken.

    Raises:
        Unread: no differential, or one that does not show how far the integral goes.
    """
    count = _MULTIPLE[sign.text]
    if count == 0:
        p.unread(sign.start, sign.end, "an integral over an interval or the line", sign.text, "unsupported")
    s = scripts(p)
    low = inside(p, s.below) if s.below is not None else None
    high = inside(p, s.above) if s.above is not None else None
    if s.primes or s.marks or s.sort not in ("", "power", "T", "word"):
        p.fail(p.peek(), "limits of the integral")
    inner = p.level.inside + 1
    if differential_at(p, p.i):
        return _first(p, sign, low, high, count)
    with p.within(integrals=p.level.integrals + 1, inside=inner, bars=p.level.bars):
        body = p.total()
    variables: list[Tree] = []
    while len(variables) < count and differential_at(p, p.i, within=True):
        variables.append(differential(p).parts[0])
    if not variables:
        body, found = _extract(body)
        if len(found) != 1 or count != 1:
            p.unread(sign.start, body.end, "the differential of the integral, d x", "none", "syntax")
        variables = [found[0].parts[0]]
    if len(variables) < count:
        p.unread(sign.start, p.last, f"{count} differentials", str(len(variables)), "syntax")
    return _nested(p, sign, body, variables, low, high)


def _first(p: Parsing, sign: Token, low: Tree | None, high: Tree | None, count: int) -> Tree:
    r"""``\int dx\, f(x)``: the differential comes first, and the factors that follow are integrated."""
    variables = [differential(p).parts[0]]
    while len(variables) < count and differential_at(p, p.i):
        variables.append(differential(p).parts[0])
    if not starts(p, p.peek()) or (p.level.integrals and differential_at(p, p.i)):
        one = Tree("num", sign.start, p.last, "1", _ONE)
        return _nested(p, sign, one, variables, low, high)
    body = p.product()
    p.guess(
        sign.start,
        body.end,
        "the product after the differential is integrated",
        "the differential stands first",
        "scope",
    )
    return _nested(p, sign, body, variables, low, high)


def _nested(p: Parsing, sign: Token, body: Tree, variables: list[Tree], low: Tree | None, high: Tree | None) -> Tree:
    out = body
    end = p.last
    if low is not None and high is None:
        if low.head == "name" or low.head == "rel" or low.head == "app":
            where = node("in", low.start, low.end, low)
            for x in variables[:1]:
                out = node("int", sign.start, end, out, x, where)
            for x in variables[1:]:
                out = node("int", sign.start, end, out, x)
            return out
        p.unread(sign.start, end, "both limits of the integral", "one", "unsupported")
    if (low is None) != (high is None):
        p.unread(sign.start, end, "both limits of the integral", "one", "unsupported")
    if len(variables) > 1 and low is not None:
        p.unread(sign.start, end, "limits for each variable", "one pair", "unsupported")
    if low is not None and low.head == "rel" and low.text == "=" and names(low.parts[0]) == names(variables[0]):
        low = low.parts[1]
    for x in variables:
        out = node("int", sign.start, end, out, x, *((low, high) if low is not None and high is not None else ()))
    return out


def _extract(tree: Tree) -> tuple[Tree, list[Tree]]:
    """The differential out of a product or a numerator: ∫ dx/x."""
    if tree.head == "d":
        return Tree("num", tree.start, tree.end, "1", _ONE), [tree]
    if tree.head == "*":
        found: list[Tree] = []
        parts: list[Tree] = []
        for part in tree.parts:
            rest, more = _extract(part)
            found += more
            if part.head != "d":
                parts.append(rest)
        if not found:
            return tree, []
        return (parts[0] if len(parts) == 1 else replace(tree, parts=tuple(parts))), found
    if tree.head == "/":
        top, found = _extract(tree.parts[0])
        return (replace(tree, parts=(top, tree.parts[1])) if found else tree), found
    if tree.head == "neg":
        inner, found = _extract(tree.parts[0])
        return (replace(tree, parts=(inner,)) if found else tree), found
    return tree, []


# --- sums and products --------------------------------------------------------------------------------------------


def big(p: Parsing, sign: Token) -> Tree:
    r"""``\sum_{i=1}^n``, ``\prod_i``: over the product that follows.

    Raises:
        Unread: a ∏ beside factors that may or may not belong to it.
    """
    head = "sum" if sign.text == "\\sum" else "prod"
    s = scripts(p)
    low = inside(p, s.below) if s.below is not None else None
    high = inside(p, s.above) if s.above is not None else None
    if s.primes or s.marks:
        p.fail(p.peek(), "limits")
    if not starts(p, p.peek()) and not p.at("op", "-"):
        p.fail(p.peek(), "what is summed" if head == "sum" else "what is multiplied")
    minus = p.take() if p.at("op", "-") else None
    body = p.product()
    if minus is not None:
        body = node("neg", minus.start, body.end, body)
    index, limits = _index(low, high)
    if head == "sum" and (index or "sum" in p.environment.turned):
        body = _reaching(p, sign, index, body)
    out = node(head, sign.start, body.end, *limits, body)
    if head == "prod":
        _scope(p, out, index, body)
    return out


def _reaching(p: Parsing, sign: Token, index: frozenset[str], body: Tree) -> Tree:
    r"""What is summed, with the terms behind it that speak of the index: ``\sum_i y_i \log z_i + (1 - y_i)``.

    Raises:
        Unread: other terms follow these.
    """
    terms = _terms_behind(p)
    turned = "sum" in p.environment.turned
    reach = [k for k, (a, b) in enumerate(terms) if index & _subscripts(p, a, b) and not _binds(p, a, b)]
    if not terms or not (turned or reach):
        return body
    first = next(k for k, t in enumerate(p.row) if t is sign or t.start == sign.start)
    if not turned and index & (_letters(p, 0, first) | _letters(p, terms[-1][1], len(p.row))):
        return body  # an index of that name stands outside, too
    if reach and reach[-1] < len(terms) - 1:
        p.unread(sign.start, p.last, "brackets around what is summed", "terms with the index, then others", "ambiguous")
    rest = p.total()
    p.guess(sign.start, rest.end, "the sum over all that follows", "the index stands behind it", "sum")
    return node("+", body.start, rest.end, body, *(rest.parts if rest.head == "+" else (rest,)))


def _terms_behind(p: Parsing) -> list[tuple[int, int]]:
    """The terms that follow, with their signs, as stretches of the row."""
    out: list[tuple[int, int]] = []
    depth, start = 0, p.i
    for j in range(p.i, len(p.row)):
        t = p.row[j]
        if depth == 0 and (t.kind in ("rel", "nl", "end", "quad", "close", "}", "bar", "mid") or t.text == ","):
            break
        plus = depth == 0 and t.kind in ("op", "cmd") and t.text in _SIGNS
        if j == p.i and not plus:
            return []
        if plus and j > start:
            out.append((start, j))
            start = j
        depth += (t.kind in ("open", "{", "begin")) - (t.kind in ("close", "}", "end"))
    else:
        j = len(p.row)
    return [*out, (start, j)] if j > start else out


def _letters(p: Parsing, start: int, end: int) -> frozenset[str]:
    return frozenset(t.text for t in p.row[start:end] if t.kind == "let")


def _subscripts(p: Parsing, start: int, end: int) -> frozenset[str]:
    """The letters in subscripts."""
    out: list[str] = []
    for k in range(start, end - 1):
        if p.row[k].kind == "_":
            low, high = (k + 1, p.closing(k + 1)) if p.row[k + 1].kind == "{" else (k + 1, k + 2)
            out += [t.text for t in p.row[low:high] if t.kind == "let"]
    return frozenset(out)


def _binds(p: Parsing, start: int, end: int) -> bool:
    """Does another sum, product, integral or expectation stand there, which may have an index of that name?"""
    return any(t.text in _OTHERS or t.text in _RANDOM or t.kind == "rel" for t in p.row[start:end])


def _index(low: Tree | None, high: Tree | None) -> tuple[frozenset[str], tuple[Tree, ...]]:
    if low is None:
        return frozenset(), () if high is None else (high,)
    if low.head == "rel" and low.text == "=" and high is not None and low.parts[0].head == "name":
        return names(low.parts[0]), (low.parts[0], low.parts[1], high)
    limits = (low,) if high is None else (low, high)
    first = low.parts[0] if low.head in ("rel", "list") else low
    bound = names(low) if low.head == "list" else names(first)
    return bound, limits


def _scope(p: Parsing, out: Tree, index: frozenset[str], body: Tree) -> None:
    if not index:
        return
    if body.head == "/" and not mentions(body.parts[1], index) and p.row[p.i - 1].kind != "}":
        p.unread(out.start, body.end, "brackets around what is multiplied", "a product, then a slash", "ambiguous")
    if body.head == "*" and any(not mentions(f, index) for f in body.parts[1:]):
        after = [i for i, f in enumerate(body.parts) if mentions(f, index)]
        if not after or after[-1] < len(body.parts) - 1:
            p.unread(
                out.start, body.end, "brackets around what is multiplied", "factors without the index", "ambiguous"
            )
