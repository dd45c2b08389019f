r"""How far a derivative without brackets reaches in a product: ``\frac{\partial}{\partial\mu} \frac12 (x - \mu)^2``.

A derivative takes the factor behind it first; here it is given the others that it has to reach. Factors before the
first that holds its variable would make it nought, so it reaches over them; a fraction d/dx reaches over the whole
product, as long as nothing speaks against it: another derivative, a sign of multiplication, a logarithm first, or
functions of which only the names are known, for which the rule of the product is written in the same signs. Then it is
left as it is, and whoever gives it a meaning refuses it where that makes a difference.
"""

from __future__ import annotations

from typing import Final

from symrep.reading.latex.cursor import Parsing
from symrep.reading.latex.depends import mentions, names
from symrep.reading.latex.trees import Tree, walk

__all__ = ["by_of", "reaching"]

_OPEN: Final = ("open", "ratio", "fenced")
_UNKNOWN: Final = ("app", "density", "D", "grad", "prime")
_LOGARITHMS: Final = ("log", "ln", "log2", "log10")


def by_of(t: Tree) -> frozenset[str]:
    """The names an open derivative is by; of other trees none."""
    if t.head not in ("D", "grad") or t.text not in _OPEN:
        return frozenset()
    by = t.parts[1:] if t.head == "D" else t.parts[:-1]
    bases = (v.parts[0] if v.head == "^" else v for v in by)
    return frozenset(b.text for b in bases if b.head in ("name", "vec"))


def reaching(p: Parsing, row: list[Tree], signed: frozenset[int]) -> list[Tree]:
    """The factors of a product, an open derivative among them given what it reaches over.

    Args:
        signed: numbers of the factors before which a sign of multiplication stands.
    """
    for i, t in enumerate(row[:-1]):
        variables = by_of(t)
        if not variables or "scope" in p.environment.turned:
            continue
        count = _reach(p, t, row[i + 1 :], variables, any(k in signed for k in range(i + 1, len(row))))
        if count:
            return [*row[:i], _over(p, t, row[i + 1 : i + 1 + count]), *row[i + 1 + count :]]
        return row
    return row


def _reach(p: Parsing, t: Tree, rest: list[Tree], variables: frozenset[str], signed: bool) -> int:
    """How many of the factors behind it a derivative reaches over, besides its own."""
    factors = [_body(t), *rest]
    holding = [k for k, f in enumerate(factors) if mentions(f, variables)]
    if factors[0].head == "T" and holding and not signed:  # of an inner product, a quadratic form
        return len(rest)
    if not holding or holding == [0]:
        return 0
    if len(holding) == 1:
        return holding[0] if all(_constant(p, f) for f in factors[: holding[0]]) else 0
    if t.text != "ratio" or signed or not _plain(factors):
        return 0
    return len(rest)


def _body(t: Tree) -> Tree:
    return t.parts[0] if t.head == "D" else t.parts[-1]


def _constant(p: Parsing, f: Tree) -> bool:
    """Is nothing in a factor that may depend on a variable behind its letters?"""
    known = p.environment.definitions
    return all(x.head not in _UNKNOWN for x in walk(f)) and not any(n in known for n in names(f))


def _plain(factors: list[Tree]) -> bool:
    """Are all of the factors spelled out, none of them a derivative or a logarithm in front?"""
    if factors[0].head == "log" or (factors[0].head == "call" and factors[0].text in _LOGARITHMS):
        return False
    spelled = (x for f in factors for x in walk(f))
    return all(x.head not in _UNKNOWN for x in spelled)


def _over(p: Parsing, t: Tree, more: list[Tree]) -> Tree:
    """The derivative with further factors under it."""
    own = _body(t)
    flat = [own] if own.head != "*" or own.text else list(own.parts)
    for f in more:
        flat += f.parts if f.head == "*" and f.text == "" else (f,)
    body = Tree("*", own.start, more[-1].end, "", parts=tuple(flat))
    p.guess(body.start, body.end, "the derivative of the whole product", "no brackets", "scope")
    parts = (body, *t.parts[1:]) if t.head == "D" else (*t.parts[:-1], body)
    return Tree(t.head, t.start, body.end, t.text, parts=parts)
