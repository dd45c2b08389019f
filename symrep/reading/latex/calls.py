r"""Known functions: ``\log``, ``\sin^2 x``, ``exp(…)``; and which names are operators, families, indicators, sets."""

from __future__ import annotations

from typing import Final

from symrep.reading.latex import families, operators
from symrep.reading.latex.arguments import arguments, assembled, bracket_follows, double_bar
from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.expressions import node, simple_ahead, starts
from symrep.reading.latex.names import Base, dressed
from symrep.reading.latex.scripts import Scripts, inside, label
from symrep.reading.latex.specials import special
from symrep.reading.latex.tokens import Token
from symrep.reading.latex.trees import Tree, sexp, walk
from symrep.reading.latex.words import BLACK, CALLS, OPERATORS

__all__ = ["call", "known"]

_SETS: Final = frozenset("RNZQC")
#: operators that a letter of their own may also name; they need a bracket or a law below to be one
_SHY: Final = frozenset(("E", "P", "H", "V", "D", "h"))
_LAWS_BEGIN: Final = frozenset(("\\mathcal", "\\mathrm", "\\operatorname", "\\text"))
#: known functions whose derivatives are written with primes
_PRIMED: Final = frozenset(("sigmoid", "expit", "logit", "softplus"))
_INVERSES: Final = {"sin": "asin", "cos": "acos", "tan": "atan", "sinh": "asinh", "cosh": "acosh", "tanh": "atanh",
                    "erf": "erfinv"}  # fmt: skip


def known(p: Parsing, base: Base, s: Scripts) -> Tree | None:
    """The reading of a name that has one of its own; None for an ordinary name."""
    environment = p.environment
    if base.text == "gamma" and base.style == "" and (found := special(p, base, s)) is not None:
        return found
    if base.style in ("rm", "cal") and len(base.text) == 1 and (law := families.family_at(p, base, s)) is not None:
        return law
    if environment.is_symbol(base.text) or (environment.is_function(base.text) and base.text not in OPERATORS):
        return None
    if base.text in ("1", "0", "I") and base.style in ("bf", "bb"):
        return _one(p, base, s)
    if base.style == "bb" and base.text in _SETS:
        return _set(p, base, s)
    operator = _operator(p, base, s)
    if operator in ("H", "E") and _labelled(p, operator, s):
        return None
    if operator:
        return operators.operate(p, operator, base, s)
    law = families.family_at(p, base, s)
    if law is not None:
        return law
    if base.style == "rm" and base.text in CALLS and len(base.text) > 1:
        return call(p, CALLS[base.text], base, s)
    if base.style == "rm" and base.text == "B" and bracket_follows(p, "("):
        return call(p, "beta", base, s)
    return special(p, base, s)


def _operator(p: Parsing, base: Base, s: Scripts) -> str:
    text, style = base.text, base.style
    sub = label(p.row[s.below[0] : s.below[1]]) if s.below else ""
    bracket = bracket_follows(p, "([{") or p.at("left|")
    if (text == "D" and "KL" in sub.replace(" ", "")) or OPERATORS.get(text) == "KL":
        return "KL" if bracket or not _over(p) else ""  # KL = …: the name of a number
    if style == "bb":
        found = BLACK.get(text, "")
        if found == "KL" and not bracket:
            return ""
        return found if found != "1" else ""
    if style == "rm" and text in OPERATORS:
        return OPERATORS[text]
    if style == "rm" and text in ("H", "h") and bracket:
        return "H"
    if (
        style in ("rm", "bf", "")
        and text == "E"
        and not (style == "" and sub.isdigit())
        and (bracket or (s.below and style == "rm"))
    ):
        if style == "":
            p.guess(base.start, base.end, "an expectation", "E before a bracket", "expectation")
        return "E"
    if style == "" and text == "E" and sub.isdigit() and bracket_follows(p, "("):
        return ""  # the exponential integral
    if style == "" and text == "E" and s.below and _after_below(p):
        p.guess(base.start, base.end, "an expectation", "E with a law below", "expectation")
        return "E"
    if style == "" and text == "E" and s.below is None and s.above is None and _of_chance(p):
        p.guess(base.start, base.end, "an expectation", "E before what is random", "expectation")
        return "E"
    if style == "" and text in ("H", "h") and bracket_follows(p, "([") and _of_random(p, text):
        p.guess(base.start, base.end, "an entropy", "of a random variable", "entropy")
        return "H"
    if style == "" and text in ("H", "h") and s.below is None and bracket_follows(p, "([") and _of_several(p):
        p.guess(base.start, base.end, "an entropy", "of several random variables", "entropy")
        return "H"
    if style == "" and text == "H" and bracket_follows(p, "([") and p.peek(1).text in _LAWS_BEGIN:
        p.guess(base.start, base.end, "an entropy", "of a law", "entropy")
        return "H"
    if style == "" and text == "H" and bracket_follows(p, "([") and _of_density(p):
        p.guess(base.start, base.end, "an entropy", "of a density", "entropy")
        return "H"
    if style in ("rm", "bf", "") and text == "P" and bracket and (style == "rm" or _event(p)):
        if style == "":
            p.guess(base.start, base.end, "a probability", "P of an event", "probability")
        return "P"
    if style == "cal" and text == "H" and bracket:
        return "H"
    if style == "" and text in ("V",) and bracket and s.below is None and bracket_follows(p, "["):
        p.guess(base.start, base.end, "a variance", "V before a bracket", "variance")
        return "Var"
    if text == "D" and bracket and double_bar(p) and s.below is not None:
        p.unread(base.start, s.end, "the Kullback-Leibler divergence", f"another, D_{sub}", "unsupported")
    if text == "D" and bracket and double_bar(p):
        p.guess(base.start, base.end, "a Kullback-Leibler divergence", "D with a double bar", "divergence")
        return "KL"
    return ""


def _over(p: Parsing) -> bool:
    """Is a side, a term, a bracket or the row over here?"""
    token = p.peek()
    return token.kind in ("rel", "end", "nl", "close", "}", "quad") or (token.kind == "op" and token.text in ",.;+-")


def _after_below(p: Parsing) -> bool:
    return p.peek().kind in ("let", "cmd", "{") and p.peek().text != "\\,"


def _of_chance(p: Parsing) -> bool:
    """E X^2, E e^{tX}, E|X|: a product behind E with something random in it; E c is a product."""
    if p.peek().kind == "let" and p.peek().text in "XYZ":
        return True
    depth = 0
    for token in p.row[p.i :]:
        depth += (token.kind in ("open", "{", "begin")) - (token.kind in ("close", "}", "end"))
        ends = token.kind in ("rel", "nl", "quad") or (token.kind == "op" and token.text in "+-,;=")
        if depth < 0 or (depth == 0 and ends):
            return False
        if token.kind in ("let", "cmd") and token.text.lstrip("\\") in p.environment.random:
            return True
    return False


def _of_random(p: Parsing, operator: str) -> bool:
    """A bracket that holds one random variable of the document; h(x) of a small letter is a map of it."""
    inside_ = p.row[p.i + 1 : p.fence_end(p.i)]
    if len(inside_) != 1:
        return operator in ("h", "H") and _combined(p, inside_)
    name = inside_[0].text.lstrip("\\")
    return name in p.environment.random and (operator != "h" or name[:1].isupper() or p.peek().text == "[")


def _of_several(p: Parsing) -> bool:
    """A bracket that holds capital letters only, with a comma or a bar between: H(X, Y), H(X | Y); H(X) beside one, or
    in a text about entropies."""
    here = _capitals(p, p.i)
    if here != 1:
        return here > 1
    row = p.row
    others = (j + 1 for j in range(len(row) - 1) if row[j].text in ("H", "h") and row[j + 1].kind == "open")
    return "entropy" in p.environment.told or any(_capitals(p, j) > 1 for j in others)


def _capitals(p: Parsing, at: int) -> int:
    """How many capital letters a bracket holds, with commas and bars between and nothing else; 0: it holds others."""
    inside_ = p.row[at + 1 : p.fence_end(at)]
    letters = [t for t in inside_ if t.kind == "let"]
    marks = [t for t in inside_ if t.kind in ("bar", "mid") or (t.kind == "op" and t.text == ",")]
    if any(t.text not in "XYZUVWST" for t in letters) or len(letters) + len(marks) < len(inside_):
        return 0
    return len(letters) if bool(marks) == (len(letters) > 1) else 0


def _of_density(p: Parsing) -> bool:
    """A bracket that holds q(z|x) and nothing else: no function of its values."""
    inside_ = p.row[p.i + 1 : p.fence_end(p.i)]
    named = bool(inside_) and inside_[0].kind == "let" and inside_[0].text in ("p", "q") and inside_[-1].kind == "close"
    bars = sum(t.kind in ("bar", "mid") for t in inside_)
    return named and bars == 1 and sum(t.kind == "open" for t in inside_) <= 2 and not p.environment.is_function("H")


def _labelled(p: Parsing, operator: str, s: Scripts) -> bool:
    r"""H_\mathrm{bern}(p), E_\mathrm{lbc}(n, p): functions of numbers by a word below."""
    if p.environment.random:  # beside an H(X) in nats it may be in bits
        return False
    row = p.row[s.below[0] : s.below[1]] if s.below is not None else []
    if not row or not (row[0].kind == "text" or row[0].text in ("\\mathrm", "\\operatorname")):
        return False
    word = label(row)
    known = word in p.environment.random or word in p.environment.densities or p.environment.is_function(word)
    if not word.isalpha() or len(word) < 2 or known or not bracket_follows(p, "("):
        return False
    inside_ = p.row[p.i + 1 : p.fence_end(p.i)]
    if any(t.kind in ("rel", "bar", "mid", "dbar") or (t.kind == "let" and t.text.isupper()) for t in inside_):
        return False
    return operator == "H" or any(t.kind == "op" and t.text == "," for t in inside_)


def _combined(p: Parsing, inside_: list[Token]) -> bool:
    """cX, aX + b of a capital letter with a law, outside brackets: E[h(cX)] is of a map h."""
    if any(t.kind == "open" for t in p.row[: p.i]) or any(t.kind not in ("let", "num", "op") for t in inside_):
        return False
    return any(t.text.isupper() and t.text in p.environment.random for t in inside_)


def _event(p: Parsing) -> bool:
    """A bracket with a relation in it."""
    end = p.fence_end(p.i)
    return any(t.kind == "rel" for t in p.row[p.i + 1 : end])


def _one(p: Parsing, base: Base, s: Scripts) -> Tree | None:
    """An indicator, a vector of ones, the identity."""
    if s.below is not None:
        condition = inside(p, s.below)
        if condition.head == "set" and len(condition.parts) == 1:
            condition = condition.parts[0]
        if condition.head == "rel":
            out = node("indicator", base.start, s.end, condition)
            if bracket_follows(p, "("):
                return node(
                    "app",
                    base.start,
                    base.end,
                    node("indicator", base.start, s.end, condition),
                    *assembled(arguments(p)),
                )
            return out
        if base.text == "1":
            out = node("indicator_of", base.start, s.end, condition)
            if bracket_follows(p, "("):
                items = assembled(arguments(p))
                return node("app", base.start, p.last, out, *items)
            return out
    if (base.text == "1" or base.style == "bb") and bracket_follows(p, "([{"):
        items = assembled(arguments(p))
        body = items[0] if len(items) == 1 else node("list", base.start, p.last, *items)
        return node("indicator", base.start, p.last, body)
    if base.text in ("1", "0"):
        from fractions import Fraction

        return dressed(p, Tree("vec", base.start, base.end, base.text, Fraction(int(base.text))), s)
    return None


def _set(p: Parsing, base: Base, s: Scripts) -> Tree:
    text = base.text
    if s.above is not None:
        text += "^" + label(p.row[s.above[0] : s.above[1]])
    for m in s.marks:
        text += "_" + m
    if s.below is not None:
        text += "_" + label(p.row[s.below[0] : s.below[1]])
    return Tree("name", base.start, s.end, text)


# --- functions with or without a bracket --------------------------------------------------------------------------


def call(p: Parsing, name: str, base: Base, s: Scripts) -> Tree:
    r"""A known function: its power stands on the name, its argument follows with or without a bracket.

    Raises:
        Unread: what it is a function of cannot be told: ``\log(x)^2``, ``\log a/b``.
    """
    if s.primes and name in _PRIMED and bracket_follows(p, "(["):
        f = Tree("name", base.start, base.end, name)
        items = assembled(arguments(p))
        return node("app", base.start, p.last, Tree("prime", base.start, s.end, str(s.primes), parts=(f,)), *items)
    name, power = _powered(p, name, s)
    if bracket_follows(p, "([{"):
        start = p.i
        items = assembled(arguments(p))
        if name == "log" and len(items) == 1 and p.at("op", "!"):
            bang = p.take()
            items = (node("!", items[0].start, bang.end, items[0]),)
            p.guess(base.start, bang.end, f"{name} of the factorial", "as the field writes it", "factorial")
        out = _call(p, name, base, items, s)
        if p.at("^") and power is None:
            out = _power_after(p, out, name, start)
    elif p.at("{"):
        start = p.i
        over = any(t.text in ("\\choose", "\\over") for t in p.row[start : p.closing(start)])
        out = _call(p, name, base, (p.factor() if over else p.argument(),), s)
        if p.at("^") and power is None:
            out = _power_after(p, out, name, start)
    else:
        out = _call(p, name, base, (_bare(p, name, base),), s)
    if power is not None:
        out = node("^", base.start, p.last, out, power)
    return out


def _powered(p: Parsing, name: str, s: Scripts) -> tuple[str, Tree | None]:
    if s.primes or s.sort in ("T", "-T", "label", "word"):
        p.fail(p.peek(-1), f"a power of {name}", "another mark")
    if s.sort == "-1":
        if name not in _INVERSES:
            p.fail(p.peek(-1), f"{name}(…)^{{-1}}, or the inverse by its name", "^{-1}", "ambiguous")
        p.guess(p.peek(-1).start, p.last, f"the inverse of {name}", "−1 on the name of a function", "inverse")
        return _INVERSES[name], None
    return name, inside(p, s.above) if s.sort == "power" and s.above is not None else None


def _call(p: Parsing, name: str, base: Base, items: tuple[Tree, ...], s: Scripts) -> Tree:
    out = node("call", base.start, p.last, *items, text=name)
    if s.below is not None:
        if name != "log":
            p.unread(base.start, p.last, f"{name} without a subscript", "one with", "unsupported")
        low = inside(p, s.below)
        return node("/", base.start, p.last, out, node("call", low.start, low.end, low, text="log"))
    return out


def _power_after(p: Parsing, out: Tree, name: str, start: int) -> Tree:
    from symrep.reading.latex.scripts import scripts

    if name == "log":
        p.unread(out.start, p.last, "brackets around what is raised to the power", r"\log(…)^n", "ambiguous")
    s = scripts(p)
    p.guess(out.start, p.last, f"the power of {name}(…)", "as printed", "power")
    return dressed(p, out, s)


def _bare(p: Parsing, name: str, base: Base) -> Tree:
    r"""The argument without a bracket: one application, or the letters and numbers that follow."""
    if p.at("op", "-"):
        minus = p.take()
        if name != "exp":
            p.fail(minus, f"brackets around the argument of {name}", code="ambiguous")
        inner = p.product()
        p.guess(base.start, p.last, f"{name} of the whole product", "no brackets", "argument")
        return node("neg", minus.start, inner.end, inner)
    if not starts(p, p.peek()):
        p.fail(p.peek(), f"the argument of {name}")
    first = p.factor()
    if name == "log" and _of_densities(first):
        first = _ratios(p, base, first)
    if first.head == "call" and first.text == "exp" and p.peek().kind == "let" and p.peek().text == "e":
        p.unread(base.start, p.last, f"brackets around the argument of {name}", f"{name} e^a e^b", "ambiguous")
    parts = [first]
    other = "argument" in p.environment.turned
    if other and not (_joins(first) and _may_join(p, p.peek())):
        while starts(p, p.peek()) and not _differential(p):  # log n! x^n: of all of it
            parts.append(p.factor())
    while not other and _joins(parts[-1]) and _may_join(p, p.peek()):
        mark, kept = p.i, len(p.guesses)
        loose = (
            p.peek().kind == "let" and p.peek().start - p.last > (p.peek(-1).kind == "cmd") and parts[-1].head != "num"
        )
        nxt = p.factor()
        if _joins(nxt) and loose:
            p.unread(base.start, p.last, f"brackets around the argument of {name}", f"{name} x y", "ambiguous")
        if not _joins(nxt):
            p.i = mark
            del p.guesses[kept:]
            break
        parts.append(nxt)
    if len(parts) > 1:
        p.guess(base.start, p.last, f"{name} of the product that follows", "no brackets", "argument")
        first = node("*", first.start, parts[-1].end, *parts)
    if p.at("op", "/") and p.level is not None:
        after = p.peek(1)
        if after.kind != "num" or first.head == "num":
            p.unread(base.start, after.end, f"brackets around the argument of {name}", f"{name} a/b", "ambiguous")
        p.guess(base.start, after.end, f"{name} divided by {after.text}", "a slash after a function", "slash")
    return first


def _of_densities(t: Tree) -> bool:
    """A fraction of densities."""
    return t.head == "/" and all(any(x.head in ("app", "density") for x in walk(part)) for part in t.parts)


def _ratios(p: Parsing, base: Base, first: Tree) -> Tree:
    r"""``\log \frac{p(x,z)}{q(z)} \frac{q(z)}{p(z|x)}``: the logarithm of all the fractions of densities in the row.

    With a dot between them only of those that cancel: q(z) above and below.
    """
    parts = [first]
    while True:
        mark, kept = p.i, len(p.guesses)
        dot = p.at("op", "*")
        if dot:
            p.take()
        after = p.factor() if p.peek().text in ("\\frac", "\\dfrac", "\\tfrac") else None
        if after is None or not _of_densities(after) or (dot and sexp(after.parts[0]) != sexp(parts[-1].parts[1])):
            p.i = mark
            del p.guesses[kept:]
            break
        parts.append(after)
    if len(parts) == 1:
        return first
    p.guess(base.start, p.last, "the logarithm of the product of the fractions", "fractions of densities", "argument")
    return node("*", first.start, parts[-1].end, *parts)


def _joins(t: Tree) -> bool:
    simple = ("num", "name", "indexed", "sup", "star", "vec")
    return t.head in simple or (t.head == "^" and t.parts[0].head in simple) or (t.head == "call" and t.text == "sqrt")


def _differential(p: Parsing) -> bool:
    from symrep.reading.latex.integrals import differential_at

    return p.level.integrals > 0 and differential_at(p, p.i)


def _may_join(p: Parsing, token: Token) -> bool:
    if _differential(p):
        return False
    return starts(p, token) and simple_ahead(p)
