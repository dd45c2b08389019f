r"""One factor: a number, a name, a bracket, a fraction, an operator; with what hangs on it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Final

from symrep.reading.latex import arrays, fences, fractions, integrals
from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.expressions import node, starts
from symrep.reading.latex.names import Base, accented, dressed, letter, named, styled
from symrep.reading.latex.scripts import inside, scripts
from symrep.reading.latex.tokens import Token
from symrep.reading.latex.trees import Tree
from symrep.reading.latex.words import ACCENTS, CALLS, FAMILIES, GREEK, OPERATORS, STYLES

__all__ = ["argument", "factor"]

_SET_MACROS: Final = {"\\R": "R", "\\reals": "R", "\\Reals": "R", "\\Z": "Z", "\\C": "C", "\\Q": "Q"}
_CONSTANTS: Final = {"\\infty": "oo", "\\dots": "...", "\\emptyset": "emptyset", "\\varnothing": "emptyset"}
_BRACED: Final = frozenset("\\underbrace \\overbrace \\underbracket \\overbracket".split())


def factor(p: Parsing) -> Tree:
    """The factor here, and the factorials behind it."""
    with p.deeper():
        out = _atom(p)
        if p.at("^") and out.head in ("app", "KL", "P", "tr", "det", "int", "binom", "distpdf"):
            out = dressed(p, out, scripts(p))
        count = 0
        while p.at("op", "!"):
            p.take()
            count += 1
            if count > 3:
                p.fail(p.peek(), "fewer factorials", code="size")
            double = p.at("op", "!") and p.peek().start == p.last
            if double:
                p.take()
            out = node("!!" if double else "!", out.start, p.last, out)
            if p.peek().kind == "^":
                out = dressed(p, out, scripts(p))
    return out


def _atom(p: Parsing) -> Tree:
    token = p.peek()
    kind = token.kind
    if kind == "num":
        p.take()
        return _hung(p, Tree("num", token.start, token.end, token.text, Fraction(token.text)))
    if kind == "let":
        return _letter(p)
    if kind == "cmd":
        return _command(p)
    if kind == "{":
        return _group(p)
    if kind == "open":
        return fences.fence(p)
    if kind in ("left|", "bar"):
        return fences.bars(p)
    if kind == "dbar":
        return fences.double_bars(p)
    if kind == "begin":
        return arrays.environment(p)
    if kind == "text":
        return _word(p)
    p.fail(token, "a number, a name or a bracket")


def _hung(p: Parsing, tree: Tree) -> Tree:
    if p.peek().kind not in ("^", "_", "'"):
        return tree
    s = scripts(p)
    if tree.head == "num" and s.marks in (("plus",), ("minus",)) and s.sort == "" and s.below is None and not s.primes:
        return node(s.marks[0], tree.start, s.end, tree)
    if s.below is not None or s.primes or s.marks or s.sort in ("word",):
        p.unread(tree.start, s.end, "a power", "another script", "unsupported")
    return dressed(p, tree, s)


def _letter(p: Parsing) -> Tree:
    token = p.peek()
    if token.text == "d":
        found = fractions.inline_derivative(p)
        if found is not None:
            return found
        if integrals.differential_at(p, p.i) and _is_differential(p):
            return integrals.differential(p)
    base = letter(p)
    if base.text == "e" and base.style == "" and not p.environment.is_symbol("e"):
        return _euler(p, base)
    return named(p, base)


def _is_differential(p: Parsing) -> bool:
    """A d outside the direct reach of an integral."""
    if p.level.inside:
        return True
    close = p.peek(1).start == p.peek().end
    if not close or p.environment.is_symbol("d") or "d" in p.bare:
        return False
    p.guess(p.peek().start, p.peek(1).end, "a differential", "d close to a variable", "differential")
    return True


def _euler(p: Parsing, base: Base) -> Tree:
    """E with an exponent is the exponential function."""
    if p.peek().kind not in ("^", "_", "'"):
        return Tree("name", base.start, base.end, "e")
    if p.at("_"):
        return named(p, base)
    s = scripts(p)
    if s.below is None and not s.primes and not s.marks and s.above is not None and s.sort != "":
        exponent = inside(p, s.above)
        return node("call", base.start, s.end, exponent, text="exp")
    p.unread(base.start, s.end, "what e with such marks is", "e with a subscript or a mark", "ambiguous")


#: words that go on in what follows: number of outcomes in A
_LEADING: Final = frozenset("in of for with from at by to per on given".split())


def _word(p: Parsing) -> Tree:
    r"""``\text{Var}``, ``\text{loss}``."""
    token = p.take()
    text = "".join(c for c in token.text if c.isalnum())
    if not text or len(text) > 60 or not token.text.replace("-", "").replace(" ", "").isalnum():
        p.unread(token.start, token.end, "a formula", f"the words {token.text[:30]!r}", "unsupported")
    if (
        len(token.text.split()) > 1
        and token.text.split()[-1].lower() in _LEADING
        and p.peek().kind in ("let", "cmd", "num")
    ):
        p.unread(token.start, token.end, "a formula", f"the words {token.text[:30]!r}", "unsupported")
    return named(p, Base(text, token.start, token.end, "rm"))


def _group(p: Parsing) -> Tree:
    r"""{…}: no bracket of its own. ``{a \over b}``, ``{n \choose k}``."""
    opening = p.peek()
    close = p.closing(p.i)
    if close == p.i + 1:
        p.i = close + 1
        if p.peek().kind in ("_", "^") or not starts(p, p.peek()):
            p.fail(opening, "something between the braces", "nothing")
        return factor(p)
    cut = _over(p, close)
    if cut is not None:
        top, bottom = inside(p, (p.i + 1, cut), "total"), inside(p, (cut + 1, close), "total")
        head = "binom" if p.row[cut].text == "\\choose" else "/"
        p.i = close + 1
        return _hung(p, node(head, opening.start, p.last, top, bottom, text="frac" if head == "/" else ""))
    p.take()
    with p.group():
        body = p.listed()
        if p.i != close:
            p.fail(p.peek(), "an operator or a closing brace")
    p.take()
    if body.head in ("name", "vec") and p.peek().kind in ("^", "_", "'"):
        return _braced_name(p, body)
    if body.head in ("name", "vec", "sup") and p.at("open", "(") and p.environment.is_function(body.text):
        p.fail(p.peek(), "a function without braces around its name")
    return _hung(p, body)


def _braced_name(p: Parsing, body: Tree) -> Tree:
    """{x_i}^2: the scripts hang on the name inside."""
    s = scripts(p)
    if s.below is not None or s.primes:
        p.unread(body.start, s.end, "a name with one subscript", "scripts on a group", "unsupported")
    return dressed(p, body, s)


def _over(p: Parsing, close: int) -> int | None:
    depth = 0
    for j in range(p.i + 1, close):
        token = p.row[j]
        depth += {"{": 1, "}": -1}.get(token.kind, 0)
        if depth == 0 and token.text in ("\\over", "\\choose"):
            return j
    return None


def _command(p: Parsing) -> Tree:
    token = p.take()
    text = token.text
    word = text[1:]
    if word in GREEK:
        return named(p, Base(word, token.start, token.end))
    if text in ACCENTS:
        base = accented(p, token)
        if base is None:
            p.unread(token.start, token.end, "one letter under an accent", "a formula", "unsupported")
        return named(p, base)
    if text in STYLES:
        p.i -= 1
        n = integrals._d(p, p.i)
        if n and word in ("mathrm", "operatorname", "mathbf"):
            found = fractions.inline_derivative(p)
            if found is not None:
                return found
            if integrals.differential_at(p, p.i):
                return integrals.differential(p)
        p.i += 1
        base_or_tree = styled(p, token)
        return named(p, base_or_tree) if isinstance(base_or_tree, Base) else _hung(p, base_or_tree)
    if text == "\\frac":
        return _hung(p, fractions.fraction(p, token))
    if text == "\\sqrt":
        return _root(p, token)
    if text == "\\binom":
        top, bottom = argument(p), argument(p)
        return _hung(p, node("binom", token.start, p.last, top, bottom))
    if text in ("\\int", "\\iint", "\\iiint", "\\oint", "\\idotsint"):
        return integrals.integral(p, token)
    if text in ("\\sum", "\\prod"):
        return integrals.big(p, token)
    if text == "\\partial":
        return fractions.partial(p, token)
    if text == "\\nabla":
        return fractions.gradient(p, token)
    return _rarer(p, token)


def _rarer(p: Parsing, token: Token) -> Tree:
    text, word = token.text, token.text[1:]
    if text in _CONSTANTS:
        return _hung(p, Tree("name", token.start, token.end, _CONSTANTS[text]))
    if text in _BRACED:
        body = argument(p)
        while p.peek().kind in ("_", "^"):
            p.take()
            argument_skipped(p)
        return replace(body, start=token.start, end=p.last)
    if text == "\\underset":
        return _underset(p, token)
    if text in ("\\boxed", "\\fbox", "\\mathclap", "\\mathrlap", "\\mathllap"):
        body = argument(p)
        return _hung(p, replace(body, start=token.start, end=p.last))
    if word in OPERATORS or word in CALLS:
        return named(p, Base(word, token.start, token.end, "rm"))
    if text in ("\\dd", "\\diff", "\\dif", "\\differential"):
        p.i -= 1
        if integrals.differential_at(p, p.i):
            return integrals.differential(p)
        p.i += 1
    if text in _SET_MACROS:
        return named(p, Base(_SET_MACROS[text], token.start, token.end, "bb"))
    if word in FAMILIES and p.at("open", "("):
        return named(p, Base(word, token.start, token.end, "rm" if len(word) > 1 else "cal"))
    if text == "\\lVert":
        return fences.double_bars(p)
    p.unread(token.start, token.end, "a command known here", text[:40], "unsupported")


def argument_skipped(p: Parsing) -> None:
    """A label under or over a brace: prose, whatever it holds."""
    if p.at("{"):
        p.i = p.closing(p.i) + 1
    else:
        p.take()


def _underset(p: Parsing, token: Token) -> Tree:
    r"""``\underset{x \sim p}{\mathbb{E}}``: what stands below becomes a subscript."""
    if not p.at("{"):
        p.fail(p.peek(), r"braces after \underset")
    first = p.i
    close = p.closing(first)
    if close + 1 >= len(p.row):
        p.fail(token, r"two arguments of \underset")
    after = p.closing(close + 1) if p.row[close + 1].kind == "{" else close + 1
    below = p.row[first : close + 1]
    base = p.row[close + 2 : after] if p.row[close + 1].kind == "{" else [p.row[close + 1]]
    p.row[first : after + 1] = [*base, Token("_", "_", token.start, token.end), *below]
    out = factor(p)
    return replace(out, start=token.start, end=max(out.end, p.last))


def _root(p: Parsing, token: Token) -> Tree:
    degree: Tree | None = None
    if p.at("open", "["):
        end = p.fence_end(p.i)
        degree = inside(p, (p.i + 1, end))
        p.i = end + 1
    body = argument(p)
    if degree is None:
        out = node("call", token.start, p.last, body, text="sqrt")
    else:
        out = node("root", token.start, p.last, body, degree)
    return _hung(p, out)


def argument(p: Parsing) -> Tree:
    """A group, or one sign."""
    token = p.peek()
    if token.kind == "{":
        close = p.closing(p.i)
        out = inside(p, (p.i + 1, close))
        p.i = close + 1
        return replace(out, start=token.start, end=p.last) if out.head == "num" else out
    if token.kind == "num" and len(token.text) > 1:
        p.first_digit()
        token = p.peek()
    if token.kind in ("num", "let"):
        p.take()
        if token.kind == "num":
            return Tree("num", token.start, token.end, token.text, Fraction(token.text))
        return Tree("name", token.start, token.end, token.text)
    if token.kind == "cmd":
        return factor(p)
    p.fail(token, "an argument in braces")
