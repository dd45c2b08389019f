r"""Letters, Greek, words, styled and accented names: what they are, with what hangs on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, final

from symrep.reading.latex.applying import applies
from symrep.reading.latex.arguments import arguments, assembled, bracket_follows, double_bar
from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.expressions import node
from symrep.reading.latex.scope import plain_name
from symrep.reading.latex.scripts import Scripts, inside, scripts, subscript
from symrep.reading.latex.tokens import Token
from symrep.reading.latex.trees import Tree
from symrep.reading.latex.words import ACCENTS, BARE, GREEK, LABELS, bare_family

__all__ = ["Base", "dressed", "letter", "name_tree", "named", "styled"]

_ONE: Final = Fraction(1)
_LOWER_GREEK: Final = frozenset(g for g in GREEK if g.islower())
_BARE_GREEK: Final = frozenset(g for g in GREEK if len(g) > 3 or g in ("phi", "psi", "rho", "tau", "chi"))


@final
@dataclass(frozen=True, slots=True)
class Base:
    """A name before its scripts. ``style``: ``""``, ``bb``, ``cal``, ``bf``, ``rm`` (upright, a word or a letter)."""

    text: str
    start: int
    end: int
    style: str = ""


def letter(p: Parsing) -> Base:
    """The letter here, or the word it begins: ``exp``, ``sigma`` without a backslash.

    Raises:
        Unread: four letters or more that are no word known here: a product or a name?
    """
    token = p.peek()
    run = _run(p)
    word = next((w for w in BARE if run.startswith(w)), "")
    if not word and run in _BARE_GREEK:
        word = run
    if not word and (run in LABELS or (len(run) > 2 and bare_family(run)) or _declared(p, run)):
        word = run
    if not word and len(run) > 1 and run in ("mu", "nu", "xi", "pi", "eta") and not _known_letters(p, run):
        p.unread(token.start, token.start + len(run), rf"\{run} or a product", run, "ambiguous", rf"\{run}")
    if not word and run in ("ln", "tr", "Tr") and p.peek(2).kind in ("open", "{", "let", "cmd", "left|", "bar"):
        word = run
    if word:
        end = p.peek(len(word) - 1).end
        p.i += len(word)
        if word in GREEK or word not in LABELS:
            p.guess(token.start, end, f"the word {word}", "letters close together", "word")
        return Base(word, token.start, end, "rm" if word not in GREEK and not _declared(p, word) else "")
    if len(run) > 3 and not _letters(p, run):
        p.unread(
            token.start,
            token.start + len(run),
            "a product of letters or a name",
            run,
            "ambiguous",
            rf"\mathrm{{{run}}}",
        )
    p.take()
    return Base(token.text, token.start, token.end)


def _run(p: Parsing) -> str:
    """The letters that stand close together from here."""
    out = [p.peek().text]
    while p.peek(len(out)).kind == "let" and p.peek(len(out)).start == p.peek(len(out) - 1).end and len(out) < 20:
        out.append(p.peek(len(out)).text)
    return "".join(out)


def _declared(p: Parsing, run: str) -> bool:
    return len(run) > 1 and (p.environment.is_symbol(run) or p.environment.is_function(run))


def _known_letters(p: Parsing, run: str) -> bool:
    return all(p.environment.is_symbol(c) for c in run)


def _letters(p: Parsing, run: str) -> bool:
    """Letters each of which the formula or the document uses alone."""
    return all(c in p.bare or p.environment.is_symbol(c) for c in run)


#: black letters that begin a word -> its rest: \mathbb{V}\mathrm{ar}
_TAILS: Final = {"V": "ar", "C": "ov"}


def styled(p: Parsing, command: Token) -> Base | Tree:
    r"""What ``\mathrm``, ``\mathbf``, ``\mathbb`` … say: a name, or a formula set in that style."""
    style = {"\\mathbb": "bb", "\\mathcal": "cal", "\\mathbf": "bf", "\\mathfrak": "cal"}.get(command.text, "rm")
    token = p.peek()
    if token.kind == "let" or token.kind == "num":
        p.take()
        text = token.text if token.kind == "let" else token.text[0]
        return Base(text, command.start, p.last, style)
    if token.kind == "cmd":
        if token.text[1:] in GREEK or token.text in ("\\nabla",):
            p.take()
            return Base(token.text[1:], command.start, token.end, style)
        p.take()
        inner = accented(p, token) if token.text in ACCENTS else None
        if inner is None:
            p.fail(token, f"a letter after {command.text}")
        return replace(inner, style=style, start=command.start)
    if token.kind != "{":
        p.fail(token, f"a letter after {command.text}")
    close = p.closing(p.i)
    row = p.row[p.i + 1 : close]
    plain = [t for t in row if t.kind != "{" and t.kind != "}"]
    if plain and all(t.kind in ("let", "num") or t.text in ("-", ".") for t in plain):
        text = "".join(t.text for t in plain if t.text not in ("-", "."))
        p.i = close + 1
        if style == "bb" and text in _TAILS and (rest := _tail(p, _TAILS[text])):
            p.i += rest
            return Base(text + _TAILS[text], command.start, p.last, "rm")
        return Base(text, command.start, p.last, style)
    if len(plain) == 1 and plain[0].kind == "text":
        p.i = close + 1
        return Base(_squeezed(plain[0].text), command.start, p.last, "rm")
    if len(plain) == 1 and plain[0].kind == "cmd" and plain[0].text[1:] in GREEK:
        p.i = close + 1
        return Base(plain[0].text[1:], command.start, p.last, style)
    if plain and plain[0].text in ACCENTS:
        p.i += 1
        inner = accented(p, p.take())
        if inner is not None and p.i == close:
            p.i = close + 1
            return replace(inner, style=style, start=command.start, end=p.last)
        p.fail(p.peek(), f"one letter in {command.text}{{…}}")
    tree = inside(p, (p.i + 1, close))
    p.i = close + 1
    if style == "bf" and tree.head == "name":
        return replace(tree, head="vec", start=command.start, end=p.last)
    if style in ("rm", "bf") and tree.head in ("name", "num", "indexed", "app", "call", "dist"):
        return replace(tree, start=command.start, end=p.last)
    p.unread(command.start, p.last, "a name", f"{command.text}{{…}} of a formula", "unsupported")


def _tail(p: Parsing, wanted: str) -> int:
    r"""How many tokens behind ``\mathbb{V}`` spell the rest of Var: ``ar``, ``\mathrm{ar}``, ``\text{ar}``; 0: none."""
    token = p.peek()
    if token.kind == "text" and token.text.strip() == wanted:
        return 1
    first = 0
    if token.kind == "cmd" and token.text in ("\\mathrm", "\\operatorname", "\\text", "\\mathsf"):
        if p.peek(1).kind != "{":
            return 0
        first = 2
    letters = [p.peek(first + k) for k in range(len(wanted))]
    if "".join(t.text for t in letters) != wanted or any(t.kind != "let" for t in letters):
        return 0
    return first + len(wanted) + (first > 0)


def accented(p: Parsing, command: Token) -> Base | None:
    """A letter under an accent; None when it is more than a name."""
    accent = ACCENTS[command.text]
    mark = p.i
    braced = p.at("{")
    close = p.closing(p.i) if braced else p.i
    if braced:
        p.take()
    token = p.peek()
    base: Base | Tree | None = None
    if token.kind == "let":
        p.take()
        base = Base(token.text, token.start, token.end)
    elif token.kind == "cmd" and token.text[1:] in GREEK:
        p.take()
        base = Base(token.text[1:], token.start, token.end)
    elif token.kind == "cmd" and token.text in ACCENTS:
        p.take()
        base = accented(p, token)
    elif token.kind == "cmd" and token.text.startswith("\\math"):
        p.take()
        base = styled(p, token)
    if isinstance(base, Base) and (not braced or p.i == close):
        if braced:
            p.take()
        style = base.style if base.style == "bf" else ""
        return Base(f"{accent}({base.text})", command.start, p.last, style)
    p.i = mark
    return None


def _squeezed(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


# --- with scripts -------------------------------------------------------------------------------------------------


def named(p: Parsing, base: Base) -> Tree:
    """A name with everything that hangs on it, and its arguments if it is a function here."""
    from symrep.reading.latex.calls import known

    s = scripts(p)
    found = known(p, base, s)
    if found is not None:
        return found
    tree = name_tree(p, base, s)
    _doubtful(p, base, s)
    style = "word" if base.style == "rm" and len(base.text) > 1 else base.style
    if "(" in tree.text and bracket_follows(p, "([") and p.environment.is_function(plain_name(tree.text)):
        return applied(p, tree, s, base)  # \bar H(x) of an H̄ that was defined
    if bracket_follows(p, "(") and (base.text != "d" or double_bar(p) == 1) and applies(p, tree.text, s, style):
        return applied(p, tree, s, base)
    if bracket_follows(p, "[") and (p.environment.is_function(tree.text) or s.primes):
        return applied(p, tree, s, base)
    if s.primes:
        return _primed_name(p, tree, s)
    return dressed(p, tree, s)


def _doubtful(p: Parsing, base: Base, s: Scripts) -> None:
    r"""Letters that often mean something of their own: C_n^k, \Delta x, \delta(x).

    Raises:
        Unread: one of them, undeclared.
    """
    environment = p.environment
    if environment.is_symbol(base.text) or environment.is_function(base.text):
        return
    above = p.row[s.above[0] : s.above[1]] if s.above is not None and s.sort == "power" else []
    if base.text == "C" and s.below is not None and any(t.kind == "let" for t in above):
        p.unread(
            base.start,
            s.end,
            "a binomial coefficient or a power",
            "C with both scripts",
            "ambiguous",
            r"\binom{n}{k}",
        )
    after = p.peek()
    if (
        base.text == "Delta"
        and s.below is None
        and (after.kind == "let" or after.text[1:] in GREEK or after.text == "\\frac")
    ):
        p.unread(base.start, after.end, "a difference or a product", "Δ before a letter", "ambiguous", r"\Delta\cdot x")
    if base.text == "delta" and bracket_follows(p, "(") and "delta" not in p.bare:
        p.unread(base.start, after.end, "a function or a factor", "δ before a bracket", "ambiguous")


def name_tree(p: Parsing, base: Base, s: Scripts) -> Tree:
    """The name with its subscript, without what stands above."""
    if base.style == "cal" and base.text in p.twofold:
        base = replace(base, text=f"cal{base.text}")
    head = "vec" if base.style == "bf" and base.text not in ("1", "0") else "name"
    end = base.end
    if s.below is None:
        return Tree(head, base.start, end, base.text)
    spelled, parts = subscript(p, s.below)
    text = f"{base.text}_{spelled}" if spelled.isalnum() else f"{base.text}_{{{spelled}}}"
    end = (
        p.row[s.below[1]].end
        if s.below[1] < len(p.row) and p.row[s.below[1]].kind == "}"
        else p.row[s.below[1] - 1].end
    )
    return Tree(head, base.start, max(end, base.end), text, parts=parts)


def applied(p: Parsing, tree: Tree, s: Scripts, base: Base) -> Tree:
    """The name before its bracket, applied; a power on it is the value's."""
    f = tree
    power: Tree | None = None
    if s.primes:
        f = node("prime", tree.start, s.end, tree, text=str(s.primes) if s.primes > 1 else "")
    if s.sort == "-1":
        f = node("inverse", tree.start, s.end, f)
    elif s.sort == "label" and s.above is not None:
        f = _above(p, f, s)
    elif s.sort == "power" and s.above is not None:
        power = inside(p, s.above)
        p.guess(f.start, s.end, f"the power of the value of {tree.text}", "a function with an exponent", "power")
    elif s.sort in ("T", "-T"):
        p.unread(f.start, s.end, "a value", "the transpose of a function", "unsupported")
    elif s.sort == "word" and s.above is not None:
        f = _above(p, f, s)
    for m in s.marks:
        f = node(m, f.start, s.end, f)
    items = assembled(_of_two(arguments(p, parts=double_bar(p) == 1)))
    out = node("app", base.start, p.last, f, *items)
    return out if power is None else node("^", base.start, p.last, out, power)


def _of_two(items: list[tuple[str, Tree]]) -> list[tuple[str, Tree]]:
    r"""d(p \| q): a function of two things, as d(p, q) is."""
    if len(items) == 2 and items[1][0] == "||":
        return [items[0], (",", items[1][1])]
    return items


def _primed_name(p: Parsing, tree: Tree, s: Scripts) -> Tree:
    """x′ as another variable; f′ as a function without its argument."""
    out = replace(tree, text=tree.text + "'" * s.primes, end=s.end)
    return dressed(p, out, s)


def _above(p: Parsing, tree: Tree, s: Scripts) -> Tree:
    """A label above: x^{(i)}."""
    if s.above is None:
        return tree
    first, end = s.above
    row = p.row[first:end]
    if s.sort == "word":
        text = "".join(
            _squeezed(t.text) if t.kind == "text" else t.text for t in row if t.kind in ("text", "let", "num")
        )
        return node("sup", tree.start, s.end, tree, Tree("name", row[0].start, row[-1].end, text))
    listed = inside(p, (first + 1, end - 1))
    parts = listed.parts if listed.head == "list" else (listed,)
    return node("sup", tree.start, s.end, tree, *parts)


def dressed(p: Parsing, tree: Tree, s: Scripts) -> Tree:
    """A value with what stands above it."""
    out = tree
    for m in s.marks:
        out = node(m, out.start, s.end, out)
    if s.sort == "" or s.above is None:
        return out
    if s.sort == "power":
        return node("^", out.start, s.end, out, inside(p, s.above))
    if s.sort == "-1":
        return _minus_one(p, out, s)
    if s.sort == "-T":
        return node("T", out.start, s.end, node("inv", out.start, s.end, out))
    if s.sort == "T":
        return _transposed(p, out, s)
    if s.sort == "label" and out.head not in ("name", "vec", "indexed", "star"):
        return node("^", out.start, s.end, out, inside(p, s.above))
    return _above(p, out, s)


def is_matrix(p: Parsing, tree: Tree) -> bool:
    """A name the document calls a matrix, or one set in bold, or a capital Greek Σ, Λ, Ψ."""
    if tree.head == "vec" or tree.head in ("matrix", "T", "inv"):
        return True
    if tree.head != "name" or p.environment.is_symbol(tree.text):
        return False
    base = tree.text.split("_")[0]
    return tree.text in p.environment.matrices | p.environment.square or base in ("Sigma", "Lambda", "Psi", "Omega")


def _minus_one(p: Parsing, tree: Tree, s: Scripts) -> Tree:
    if is_matrix(p, tree):
        p.guess(tree.start, s.end, "the inverse of a matrix", "a name for matrices", "matrix")
        return node("inv", tree.start, s.end, tree)
    if tree.head == "name" and p.environment.is_function(tree.text):
        return node("inverse", tree.start, s.end, tree)
    one = Tree("num", s.end - 1, s.end, "1", value=_ONE)
    return node("^", tree.start, s.end, tree, node("neg", s.end - 1, s.end, one))


def _transposed(p: Parsing, tree: Tree, s: Scripts) -> Tree:
    if s.above is None:
        return tree
    row = p.row[s.above[0] : s.above[1]]
    plain = len(row) == 1 and row[0].text == "T"
    if plain and (p.environment.is_symbol("T") or "T" in p.bare or tree.head == "num"):
        number = tree.head == "name" and tree.text.partition("_")[0] in _LOWER_GREEK and not is_matrix(p, tree)
        if number and not p.environment.is_symbol("T"):
            p.guess(tree.start, s.end, "a power", "T is a number elsewhere in the formula", "power")
        if number or tree.head == "num" or p.environment.is_symbol("T"):
            return node("^", tree.start, s.end, tree, inside(p, s.above))
        p.unread(tree.start, s.end, "whether T transposes or is an exponent", "…^T", "ambiguous", r"^\top or ^{T}")
    if plain:
        p.guess(tree.start, s.end, "the transpose", "T above", "transpose")
    return node("T", tree.start, s.end, tree)
