r"""Chains, sums, products: precedence, side by side as a product, and what a slash takes."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.depends import mentions
from symrep.reading.latex.differentiated import by_of, reaching
from symrep.reading.latex.tokens import Token
from symrep.reading.latex.trees import Tree
from symrep.reading.latex.words import ACCENTS, GREEK, connects

__all__ = ["chain", "listed", "node", "placed", "product", "simple_ahead", "starts", "total"]

MAX_SLASHES: Final = 8
_PLUS: Final = frozenset(("+", "-", "\\pm", "\\mp"))
_NO_FACTOR: Final = frozenset(
    "\\pm \\mp \\odot \\circ \\oplus \\otimes \\ominus \\cup \\cap \\setminus \\wedge \\vee \\land \\lor \\mod "
    "\\forall \\exists \\therefore \\because \\over \\atop \\choose \\neg \\lnot \\star \\bullet \\top \\dagger "
    "\\middle \\And \\qed \\blacksquare \\square \\Box".split()
)
_BINARY: Final = {
    "\\odot": "hadamard", "\\circ": "compose", "\\otimes": "kron", "\\oplus": "oplus",
    "\\vee": "cup", "\\lor": "cup", "\\wedge": "cap", "\\land": "cap", "\\cup": "cup", "\\cap": "cap",
    "\\setminus": "setminus",
}  # fmt: skip


def node(head: str, start: int, end: int, *parts: Tree, text: str = "") -> Tree:
    return Tree(head, start, end, text, parts=parts)


def starts(p: Parsing, token: Token) -> bool:
    """Whether a factor can begin here."""
    kind = token.kind
    if kind == "text":
        return not connects(token.text)
    if kind in ("let", "num", "{", "open", "begin", "left|"):
        return True
    if kind == "bar":
        return p.level.bars == 0 and _bar_opens(p) and (not p.level.separates or _pair_left(p))
    if kind == "dbar":
        return p.level.doubles == 0 and not p.level.parts
    return kind == "cmd" and token.text not in _NO_FACTOR


def _bar_opens(p: Parsing) -> bool:
    """A bar after a factor opens an absolute value if another one closes it in this group."""
    if p.peek(1).kind == "_":
        return False
    depth = 0
    for j in range(p.i + 1, len(p.row)):
        kind = p.row[j].kind
        if kind in ("open", "{", "begin"):
            depth += 1
        elif kind in ("close", "}", "end"):
            depth -= 1
            if depth < 0:
                return False
        elif depth == 0 and kind == "bar":
            return True
        elif depth == 0 and kind in ("rel", "nl", "quad"):
            return False
    return False


def _pair_left(p: Parsing) -> bool:
    """Are there two bars left in a bracket, with something between: an absolute value, 1 - 2|u|, and no condition?"""
    depth, found = 0, []
    for j in range(p.i, len(p.row)):
        kind = p.row[j].kind
        if kind in ("open", "{", "begin"):
            depth += 1
        elif kind in ("close", "}", "end"):
            depth -= 1
            if depth < 0:
                break
        elif depth == 0 and kind in ("bar", "mid"):
            found.append(j)
    return len(found) == 2 and found[1] > found[0] + 1


def listed(p: Parsing) -> Tree:
    first = p.chain()
    parts = [first]
    while p.at("op", ","):
        comma, before, after = p.take(), p.peek(-2), p.peek()
        close = before.end == comma.start and comma.end == after.start
        if close and before.kind == after.kind == "num" and len(after.text) == 3:
            p.unread(before.start, after.end, "one number or two", f"{before.text},{after.text}", "ambiguous")
        if p.peek().kind in ("end", "close", "}", "right|", "nl"):
            break
        parts.append(p.chain())
    return first if len(parts) == 1 else node("list", first.start, parts[-1].end, *parts)


def chain(p: Parsing) -> Tree:
    first = p.total()
    parts, ops = [first], []
    while p.peek().kind == "rel":
        ops.append(p.take().text)
        parts.append(p.total())
    if ops in (["~"], ["~iid"]):
        parts[1] = placed(parts[1], first)
    return first if not ops else node("rel", first.start, parts[-1].end, *parts, text=" ".join(ops))


def placed(law: Tree, who: Tree) -> Tree:
    r"""The law of z \sim q(\cdot | x) as that of z \sim q(z | x)."""
    if law.head == "name" and law.text == "cdot" and who.head == "name":
        return replace(who, start=law.start, end=law.end)
    return replace(law, parts=tuple(placed(p, who) for p in law.parts)) if law.parts else law


def total(p: Parsing) -> Tree:
    with p.deeper():
        terms = [_signed(p)]
        while (token := p.peek()).text in _PLUS and token.kind in ("op", "cmd"):
            terms.append(_signed(p))
    if len(terms) == 1:
        return terms[0]
    start, end = terms[0].start, terms[-1].end
    if len(terms) == 2 and terms[1].head == "neg":
        return node("-", start, end, terms[0], terms[1].parts[0])
    return node("+", start, end, *terms)


def _signed(p: Parsing) -> Tree:
    """A term with its sign; + alone says nothing."""
    signs: list[Token] = []
    while p.peek().text in _PLUS and p.peek().kind in ("op", "cmd"):
        signs.append(p.take())
        if len(signs) > 3:
            p.fail(signs[-1], "a term after the signs")
    out = p.product()
    for s in reversed(signs):
        if s.text != "+":
            out = node("neg" if s.text == "-" else "pm", s.start, out.end, out)
    return out


def product(p: Parsing) -> Tree:
    r"""Factors; ``/`` takes what stands right behind it, ``\cdot`` and ``\times`` are plain products."""
    with p.deeper():
        rows: list[list[Tree]] = [[p.factor()]]
        signed: set[int] = set()
        links: list[str] = []
        slashes = 0
        while True:
            token = p.peek()
            if token.kind == "op" and token.text == "*":
                p.take()
                signed.add(len(rows[-1]))
                rows[-1].append(_after_sign(p))
            elif token.kind == "op" and token.text == "/":
                slashes += 1
                if slashes > MAX_SLASHES:
                    p.fail(token, "fewer slashes", code="size")
                rows[-1] = [_quotient(p, reaching(p, rows[-1], frozenset(signed)))]
                signed.clear()
                if p.peek().kind == "open":
                    p.guess(token.start, p.peek().end, "the bracket is not divided by", "a slash before it", "slash")
            elif token.kind == "cmd" and token.text in _BINARY:
                p.take()
                links.append(_BINARY[token.text])
                rows[-1] = reaching(p, rows[-1], frozenset(signed))
                signed.clear()
                rows.append([p.factor()])
            elif _differential(p) or not starts(p, token):
                break
            elif token.kind == "num" and rows[-1][-1].head == "num" and p.peek(-1).kind == "num":
                rows[-1][-1] = _grouped(p, rows[-1][-1])
            else:
                rows[-1].append(p.factor())
    rows[-1] = reaching(p, rows[-1], frozenset(signed))
    out = _linked(p, rows, links)
    while p.peek().kind in ("bar", "right|") and p.peek(1).kind == "_" and p.peek().text == "|":
        if p.level.bars and p.peek().kind == "right|":
            break
        if len(rows) > 1 or len(rows[0]) > 1:
            p.guess(out.start, p.peek().end, "the whole product is evaluated", "a bar behind it", "evaluation")
        from symrep.reading.latex.fences import evaluated

        out = evaluated(p, out)
    return out


def _grouped(p: Parsing, first: Tree) -> Tree:
    r"""``1\,000``: thousands apart. Two other numbers side by side are no product."""
    token = p.take()
    whole = first.value.denominator == 1 and first.value != 0
    if not (whole and len(token.text) == 3 and token.text.isdigit()):
        p.unread(first.start, token.end, "a sign between two numbers", "numbers side by side", "ambiguous")
    p.guess(first.start, token.end, "one number, its thousands apart", "three digits behind a gap", "digit")
    return replace(first, end=token.end, value=first.value * 1000 + int(token.text))


def _after_sign(p: Parsing) -> Tree:
    r"""After an explicit sign a minus may stand: ``a \cdot -b``."""
    if p.at("op", "-"):
        minus = p.take()
        part = p.factor()
        return node("neg", minus.start, part.end, part)
    return p.factor()


def _differential(p: Parsing) -> bool:
    """Whether the differential of an integral that waits for it stands here."""
    from symrep.reading.latex.integrals import differential_at

    return p.level.integrals > 0 and differential_at(p, p.i)


def _linked(p: Parsing, rows: list[list[Tree]], links: list[str]) -> Tree:
    parts = [_times(row) for row in rows]
    if not links:
        return parts[0]
    if len(set(links)) > 1:
        first, last = parts[0], parts[-1]
        p.unread(first.start, last.end, "brackets", "different operators side by side", "ambiguous")
    if links[0] == "compose":
        return _composed(rows, parts)
    return node(links[0], parts[0].start, parts[-1].end, *parts)


def _composed(rows: list[list[Tree]], parts: list[Tree]) -> Tree:
    """F ∘ g (x): the last one carries the arguments."""
    last = parts[-1]
    if last.head == "app":
        f = node("compose", parts[0].start, last.parts[0].end, *parts[:-1], last.parts[0])
        return node("app", f.start, last.end, f, *last.parts[1:])
    return node("compose", parts[0].start, last.end, *parts)


def _times(row: list[Tree]) -> Tree:
    if len(row) == 1:
        return row[0]
    flat: list[Tree] = []
    for f in row:
        flat.extend(f.parts if f.head == "*" and f.text == "" else (f,))
    return node("*", row[0].start, row[-1].end, *flat)


# --- slashes ------------------------------------------------------------------------------------------------------

_SIMPLE: Final = frozenset(("num", "name", "indexed", "sup", "star", "vec"))


def _simple(t: Tree) -> bool:
    return (
        t.head in _SIMPLE or (t.head == "^" and t.parts[0].head in _SIMPLE) or (t.head == "call" and t.text == "sqrt")
    )


def simple_ahead(p: Parsing) -> bool:
    """Whether a letter, a number or a root comes next: nothing with arguments, so that trying costs little."""
    token = p.peek()
    if token.kind == "num":
        return True
    if token.kind == "let":
        return token.text != "e" or p.peek(1).kind != "^"
    if token.kind != "cmd":
        return False
    word = token.text[1:]
    return word in GREEK or token.text in ACCENTS or token.text in ("\\sqrt", "\\mathbf", "\\mathcal")


def _quotient(p: Parsing, before: list[Tree]) -> Tree:
    r"""``1/2\sigma^2`` is 1/(2σ²): a slash takes the names that stand next to each other right behind it."""
    slash = p.take()
    if len(before) > 1 and before[-1].head in ("prod",):
        p.unread(before[-1].start, slash.end, "brackets", "a product over an index, then a slash", "ambiguous")
    below = [_after_sign(p)]
    whole = "slash" not in p.environment.turned
    while whole and _simple(below[-1]) and simple_ahead(p) and starts(p, token := p.peek()):
        if _differential(p):
            break
        close = token.start == p.last
        mark, kept = p.i, len(p.guesses)
        nxt = p.factor()
        if _simple(nxt) and close:
            below.append(nxt)
            continue
        p.i = mark
        del p.guesses[kept:]
        number = all(b.head == "num" for b in below)
        if _simple(nxt) and not (number and nxt.head == "name" and all(b.head == "num" for b in before)):
            p.unread(
                before[0].start,
                nxt.end,
                "brackets around what is divided by",
                "a/b c",
                "ambiguous",
                r"a/(b c) or \frac{a}{b} c",
            )
        if _simple(nxt):
            p.unread(before[0].start, nxt.end, "brackets around what is divided by", "1/2 x", "ambiguous", r"\frac12 x")
        if nxt.head == "call" and nxt.text == "exp" and not number:
            p.unread(before[0].start, nxt.end, "brackets around what is divided by", "a/b e^…", "ambiguous")
        break
    bottom = _times(below)
    if len(below) > 1:
        p.guess(slash.start, bottom.end, "all that stands close behind the slash is divided by", "as usual", "slash")
    top = _times(before)
    if (by := by_of(before[-1])) and mentions(bottom, by):
        p.unread(top.start, bottom.end, "brackets around what is differentiated", "a slash behind it", "ambiguous")
    return node("/", top.start, bottom.end, top, bottom)


def unscoped(p: Parsing, what: str, start: int, bound: frozenset[str], rest: Tree | None) -> None:
    """Refuses a factor beside an operator that could belong to its scope or not, when that makes a difference."""
    if rest is not None and mentions(rest, bound):
        p.unread(start, rest.end, f"brackets around the scope of {what}", "a product beside it", "ambiguous")
