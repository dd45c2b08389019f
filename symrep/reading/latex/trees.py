r"""What a formula says, as a tree with a span on every node; its s-expression.

==========================================  =======================================================================
head (text; parts)                          meaning
==========================================  =======================================================================
``num`` (value)                             a number, exactly
``name`` (text)                             a letter or word with its subscript and accent: ``sigma``, ``x_t``
``vec`` (text)                              the same set in bold
``+`` ``*`` (a, b, …)                       sums and products, flat; a − b is ``-`` when alone, else ``neg`` in a ``+``
``-`` ``/`` ``^`` (a, b)                    difference, quotient, power
``neg`` ``pm`` (a)                          −a; ±a
``call`` (text; a, …)                       a known function: exp, log, sqrt, gamma …
``app`` (f, a, …)                           a function of arguments; f a name, ``prime``, ``inverse``, ``compose``
``|`` ``;`` (group, group)                  what separates arguments: p(x | z)
``prime`` (text order; f)                   f', f''
``inverse`` ``inv`` ``T`` (a)               inverse function, inverse matrix, transpose
``sup`` (a, i, …)                           a label above: x^{(i)}
``D`` (a, x, x, …)                          derivative by x, …; ``grad`` (x, a); ``d`` (x) a differential alone
``int`` (a, x, lo, hi)                      integral; without limits (a, x); over a set (a, x, in)
``sum`` ``prod`` (i, lo, hi, a)             also (i, a), (condition, a)
``lim`` (x, to, a; text side)               limit
``E`` ``Var`` ``Cov`` ``H`` (subscript…, a) expectation …; a subscript is a name or ``~``
``cup`` ``cap`` ``setminus`` (a, b, …)      sets made of others
``KL`` (p, q); ``P`` (event)                divergence, probability
``dist`` ``distpdf`` (text; …)              a family of laws; its density at a point
``abs`` ``norm`` ``det`` ``tr`` (a)         and ``floor``, ``ceiling``, ``at`` (a, where)
``indicator`` (condition)                   1 where it holds
``cases`` (case, …); ``case`` (a, when)     by cases
``matrix`` (row, …)                         rows are ``row`` (a, …)
``list`` (a, …)                             several, in a row
``rel`` (text operators; a, b, …)           a chain of relations, operators separated by blanks
``where`` (a, condition)                    a statement and its condition
==========================================  =======================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import final

__all__ = ["Tree", "sexp", "walk"]

_ZERO = Fraction(0)


@final
@dataclass(frozen=True, slots=True)
class Tree:
    """A piece of a formula, read; ``[start, end)`` is where it stands."""

    head: str
    start: int
    end: int
    text: str = ""
    value: Fraction = _ZERO
    parts: tuple[Tree, ...] = ()


def walk(tree: Tree) -> Iterator[Tree]:
    """Every node, parents first."""
    stack = [tree]
    while stack:
        t = stack.pop()
        yield t
        stack.extend(reversed(t.parts))


def sexp(tree: Tree) -> str:
    """The tree as text: ``(= y (/ (- x mu) sigma))``."""
    inside = [sexp(p) for p in tree.parts]
    head = tree.head
    if head == "num":
        return _decimal(tree.value) if tree.text == "" else tree.text
    if head in ("name", "vec", "mark"):
        return tree.text
    if head == "rel":
        ops = tree.text.split()
        if len(set(ops)) == 1:
            return f"({ops[0]} {' '.join(inside)})"
        between = " ".join(f"{op} {side}" for op, side in zip(ops, inside[1:], strict=True))
        return f"(chain {inside[0]} {between})"
    if head in ("call", "dist", "distpdf"):
        words = [tree.text] if head == "call" else [head, tree.text]
        return f"({' '.join([*words, *inside])})"
    if head == "prime":
        return f"(prime{tree.text if tree.text not in ('', '1') else ''} {inside[0]})"
    return f"({' '.join([head, *inside])})"


def _decimal(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
