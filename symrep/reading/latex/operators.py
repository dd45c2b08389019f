r"""Expectations, variances, divergences, probabilities, determinants, extrema: what takes a law below."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from symrep.reading.latex.arguments import arguments, assembled, bracket_follows
from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.expressions import node, starts
from symrep.reading.latex.scripts import Scripts, inside
from symrep.reading.latex.tokens import Token
from symrep.reading.latex.trees import Tree
from symrep.reading.latex.words import OPERATORS

__all__ = ["operate"]

_MOMENTS = frozenset("E Var Cov H Corr Std Skew Kurt Bias MSE MI P med mode median".split())

_STYLES = frozenset(("\\mathbb", "\\mathrm", "\\operatorname", "\\mathop", "\\mathsf", "{"))


def operate(p: Parsing, name: str, base: Any, s: Scripts) -> Tree | None:
    """The operator ``name`` with what stands below, above and behind it."""
    if name in _MOMENTS:
        return _moment(p, name, base, s)
    if name == "KL":
        return _divergence(p, base, s)
    if name in ("tr", "det", "diag", "rank", "vec", "adj"):
        return _matrix_function(p, name, base, s)
    if name in ("max", "min"):
        return _extreme(p, name, base, s)
    if name == "lim":
        return limit(p, base, s)
    if name == "arg_":
        return _argument(p, base, s)
    if name in ("sup_", "inf_", "argmin", "argmax", "limsup", "liminf"):
        return _over(p, name, base, s)
    if name == "softmax":
        if not bracket_follows(p, "("):
            return None
        f = Tree("name", base.start, base.end, name)
        items = assembled(arguments(p))
        return node("app", base.start, p.last, f, *items)
    if name == "grad" and bracket_follows(p, "("):
        return None
    return None


def _below(p: Parsing, s: Scripts) -> tuple[Tree, ...]:
    """What stands below, its parts; a law with several variables in a row is one."""
    if s.below is None:
        return ()
    tree = inside(p, s.below)
    if tree.head == "list" and not any(t.head == "rel" for t in tree.parts[:1]):
        firsts = [t for t in tree.parts if t.head == "rel"]
        if len(firsts) == 1 and tree.parts[-1] is firsts[0]:  # x, y \sim p
            law = firsts[0]
            who = node("list", tree.start, law.parts[0].end, *tree.parts[:-1], law.parts[0])
            return (replace(law, start=tree.start, parts=(who, *law.parts[1:])),)
    return tree.parts if tree.head == "list" else (tree,)


def _moment(p: Parsing, name: str, base: Any, s: Scripts) -> Tree:
    if s.primes or s.sort in ("T", "-T", "-1") or s.marks:
        p.fail(p.peek(-1), f"a power on {name}", "another mark")
    power = inside(p, s.above) if s.sort == "power" and s.above is not None else None
    below = _below(p, s)
    start = base.start
    if s.sort in ("label", "word") and s.above is not None:
        p.unread(start, s.end, f"{name} without a label above", "one with", "unsupported")
    if bracket_follows(p, "([{"):
        opened = p.i
        items = assembled(arguments(p))
        if name == "P":
            items = tuple(_without_braces(t) for t in items)
        if name == "E" and len(items) > 1:
            p.unread(start, p.last, "one thing in the expectation", "several", "unsupported")
        if name == "P" and len(items) > 1:
            items = (node("and", items[0].start, items[-1].end, *items),)
        if name in ("E", "Var") and not below and p.at("_"):
            below = _behind(p)
        out = node(name, start, p.last, *below, *items)
        if p.at("^") and power is None:
            return _raised(p, out, below, items, opened)
        if power is None and _summed(p, out, items, opened) and _random_bracket(p):
            return _product(p, out, below, replace(items[0], start=p.row[opened].start, end=p.last))
    elif name == "P" or not starts(p, p.peek()):
        p.fail(p.peek(), f"what {name} is of")
    else:
        body = _run(p, name)
        out = node(name, start, body.end, *below, body)
    return out if power is None else node("^", start, p.last, out, power)


def _without_braces(t: Tree) -> Tree:
    r"""The event of ``P(\{X = x\})``, ``P(\{X = x \mid Y = y\})``, ``P(\{X = x\} \cap \{Y = y\})``, where relations are
    in the braces."""
    if t.head == "cap" and all(p.head == "set" for p in t.parts):
        inner = [_without_braces(p) for p in t.parts]
        return node("and", t.start, t.end, *inner) if all(p.head in ("rel", "and") for p in inner) else t
    if t.head == "|":
        return replace(t, parts=tuple(_without_braces(p) for p in t.parts))
    if t.head not in ("set", "such") or not t.parts:
        return t
    if t.head == "such":
        return replace(t, head="|") if all(_relations(p) for p in t.parts) else t
    (body,) = t.parts if len(t.parts) == 1 else (t,)
    if body.head in ("such", "rel", "and", "or") or (body.head == "list" and _relations(body)):
        return _without_braces(replace(body, head="and" if body.head == "list" else body.head))
    return t


def _relations(t: Tree) -> bool:
    return t.head == "rel" if t.head != "list" else all(p.head == "rel" for p in t.parts)


def _raised(p: Parsing, out: Tree, below: tuple[Tree, ...], items: tuple[Tree, ...], opened: int) -> Tree:
    r"""``E[X]^2`` is a power of the mean, ``E(X - \mu)^2`` the mean of a power: a sum in round brackets, unless the row
    also has means of powers in brackets of their own, ``E[(X + Y)^2] - E(X + Y)^2``."""
    from symrep.reading.latex.names import dressed
    from symrep.reading.latex.scripts import scripts

    after = scripts(p)
    if out.head != "E" or not p.row[opened].text.endswith("(") or after.sort != "power":
        return dressed(p, out, after)
    start = p.row[opened].start
    above = p.row[after.above[0] : after.above[1]] if after.above is not None else []
    of_the_power = (_summed(p, out, items, opened) and not p.squared) or any(_random(p, t) for t in above)
    if of_the_power == ("power" in p.environment.turned):
        p.guess(out.start, p.last, "the power of E(…)", "as printed", "power")
        return dressed(p, out, after)
    p.guess(start, p.last, "E of the power", "round brackets", "power")
    inner = dressed(p, replace(items[0], start=start, end=p.row[p.fence_end(opened)].end), after)
    return _product(p, out, below, inner)


def _summed(p: Parsing, out: Tree, items: tuple[Tree, ...], opened: int) -> bool:
    """Is it E of a sum in round brackets?"""
    return out.head == "E" and len(items) == 1 and items[0].head in ("+", "-") and p.row[opened].text.endswith("(")


def _random_bracket(p: Parsing) -> bool:
    """Does a round bracket with something random in it follow?"""
    if not bracket_follows(p, "("):
        return False
    inside_ = p.row[p.i : p.fence_end(p.i)]
    return any(_random(p, t) for t in inside_)


def _random(p: Parsing, token: Token) -> bool:
    return token.text.lstrip("\\") in p.environment.random or (token.kind == "let" and token.text in "XYZ")


def _product(p: Parsing, out: Tree, below: tuple[Tree, ...], first: Tree) -> Tree:
    r"""``E(X - \mu)(Y - \nu)``: the mean of the product of the brackets."""
    parts = [first]
    while _random_bracket(p):
        parts.append(p.factor())
    if len(parts) == 1:
        return node(out.head, out.start, p.last, *below, first)
    body = node("*", first.start, p.last, *parts)
    p.guess(body.start, body.end, "E of the whole product", "sums in round brackets", "scope")
    return node(out.head, out.start, p.last, *below, body)


def _behind(p: Parsing) -> tuple[Tree, ...]:
    """The law that stands below, behind the bracket: E[x]_{Bin(n, p)}."""
    from symrep.reading.latex.scripts import scripts

    s = scripts(p)
    if s.above is not None or s.primes or s.marks:
        p.fail(p.peek(-1), "a law below the bracket", "another mark")
    return _below(p, s)


def _run(p: Parsing, name: str) -> Tree:
    """The factors that follow an operator without a bracket; all of them."""
    from symrep.reading.latex.integrals import differential_at

    alone = "scope" in p.environment.turned
    with p.deeper():
        parts = [p.factor()]
        while (
            not alone
            and starts(p, p.peek())
            and not (p.level.integrals and differential_at(p, p.i))
            and not moment_ahead(p, p.i)
        ):
            parts.append(p.factor())
    if len(parts) == 1:
        if parts[0].head == "^" and name == "E":
            p.guess(parts[0].start, parts[0].end, f"{name} of the power", "no brackets", "scope")
        return parts[0]
    body = node("*", parts[0].start, parts[-1].end, *parts)
    p.guess(body.start, body.end, f"{name} of the whole product", "no brackets", "scope")
    return body


def moment_ahead(p: Parsing, at: int) -> bool:
    r"""Does a token begin another moment, the second of ``\mathbb{E}X\,\mathbb{E}Y``?"""
    if at + 1 < len(p.row) and (p.row[at].kind, p.row[at].text) == ("let", "E") and not p.environment.is_symbol("E"):
        after = p.row[at + 1]
        return after.text in p.environment.random or (after.kind == "let" and after.text in "XYZ")
    letters = []
    for token in p.row[at : at + 8]:
        if token.kind == "let":
            letters.append(token.text)
        elif letters or token.kind not in ("cmd", "{") or token.text not in _STYLES:
            break
    word = "".join(letters)
    black = p.row[at].text == "\\mathbb" if at < len(p.row) else False
    styled = bool(letters) and p.row[at].kind == "cmd"
    return styled and (word[:1] in ("E", "V") if black else OPERATORS.get(word) in _MOMENTS)


def _divergence(p: Parsing, base: Any, s: Scripts) -> Tree:
    if not bracket_follows(p, "([{"):
        p.fail(p.peek(), "the two laws of a divergence in brackets")
    items = arguments(p, parts=True)
    groups: list[list[Tree]] = [[]]
    seps = [sep for sep, _ in items[1:]]
    cut = "||" if "||" in seps else "," if seps.count(",") == 1 else ";" if seps.count(";") == 1 else "|"
    for i, (sep, tree) in enumerate(items):
        if i and sep == cut:
            groups.append([])
        elif i:
            p.unread(base.start, p.last, "two laws, separated by a double bar", "more", "unsupported")
        groups[-1].append(tree)
    if len(groups) != 2:
        p.unread(base.start, p.last, "two laws, separated by a double bar", str(len(groups)), "syntax")
    if cut != "||":
        p.guess(base.start, p.last, f"two laws, separated by {cut}", "no double bar", "divergence")
    return node("KL", base.start, p.last, groups[0][0], groups[1][0])


def _matrix_function(p: Parsing, name: str, base: Any, s: Scripts) -> Tree:
    from symrep.reading.latex.names import dressed

    if bracket_follows(p, "([{"):
        items = assembled(arguments(p))
        if len(items) != 1:
            p.unread(base.start, p.last, f"{name} of one thing", "several", "syntax")
        body = items[0]
    else:
        body = _run(p, name)
    out = node(name, base.start, p.last, body)
    if s.below is not None or s.primes:
        p.unread(base.start, p.last, f"{name} without a subscript", "one with", "unsupported")
    return dressed(p, out, s)


def _extreme(p: Parsing, name: str, base: Any, s: Scripts) -> Tree:
    if s.below is not None:
        return _over(p, name, base, s)
    if not bracket_follows(p, "([{"):
        p.fail(p.peek(), f"the arguments of {name} in brackets")
    items = assembled(arguments(p))
    out = node("call", base.start, p.last, *items, text=name)
    if s.sort == "power" and s.above is not None:
        return node("^", base.start, p.last, out, inside(p, s.above))
    return out


def _over(p: Parsing, name: str, base: Any, s: Scripts) -> Tree:
    below = _below(p, s)
    body = p.product() if starts(p, p.peek()) else None
    if body is None:
        p.fail(p.peek(), f"what {name} is of")
    head = {"sup_": "supremum", "inf_": "infimum"}.get(name, name)
    return node(head, base.start, body.end, *below, body)


def _argument(p: Parsing, base: Any, s: Scripts) -> Tree:
    r"""``\arg\max``, ``\arg z``."""
    token = p.peek()
    if token.text in ("\\max", "\\min"):
        p.take()
        from symrep.reading.latex.scripts import scripts

        return _over(p, "arg" + token.text[1:], base, scripts(p))
    if bracket_follows(p, "("):
        items = assembled(arguments(p))
        return node("call", base.start, p.last, *items, text="arg")
    p.fail(token, "the argument of arg in brackets")


def limit(p: Parsing, base: Any, s: Scripts) -> Tree:
    r"""``\lim_{x \to a} …``."""
    if s.below is None:
        p.fail(p.peek(), "what tends to what, below the limit")
    where = inside(p, s.below)
    if where.head != "rel" or where.text != "->" or len(where.parts) != 2:
        p.unread(base.start, s.end, "x \\to a below the limit", "something else", "unsupported")
    x, to = where.parts
    side = ""
    if to.head in ("plus", "minus"):  # a^+
        side, to = "+" if to.head == "plus" else "-", to.parts[0]
    body = p.product()
    return node("lim", base.start, body.end, x, to, body, text=side)
