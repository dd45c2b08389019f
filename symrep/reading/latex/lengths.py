r"""Lengths of random vectors whose coordinates are a sample: ε ~ N(0, I_d), then E‖μ + σε‖².

‖v‖² is the sum of the squares of v's coordinates. Of what stands between the bars each term is a vector, and of a
product one factor: a name that is a sample, or holds one; a name that is a term by itself is a vector as well.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.trees import Tree, walk
from symrep.symbols import DomainSymbol, indexed

__all__ = ["length_of_sample", "plain_vectors"]


def length_of_sample(m: Meaning, t: Tree) -> Any:
    """The length as a root of a sum over the coordinates; None where the text tells no random vector.

    Raises:
        Unread: what is a vector in it cannot be told.
    """
    vectors = {n: s for n, s in m.sc.environment.samples.items() if s.vector}
    sizes = {s.size for s in vectors.values()}
    if t.head != "norm" or len(sizes) != 1 or m.sc.environment.size:
        return None
    if any(n.head in ("T", "norm", "matrix", "det", "tr", "inv", "D", "grad", "int", "E") for n in walk(t.parts[0])):
        return None
    (size,) = sizes
    k = DomainSymbol(m.sc.fresh("k"), "positive integer")
    inside = m.number(plain_vectors(t.parts[0]))
    if not any(isinstance(s, sp.Symbol) for s in inside.free_symbols) or inside.has(sp.Indexed, sp.Sum):
        m.sc.fail(t, "the coordinates of what is between the bars", "others")
    coordinate = _coordinate(m, t, inside, k, frozenset(vectors))
    m.sc.guess(t, f"the root of the sum of {size} squares", "the length of a vector", "matrix")
    return sp.sqrt(sp.Sum(coordinate**2, (k, 1, size)))


def plain_vectors(t: Tree) -> Tree:
    """A tree with bold names as plain ones."""
    head = "name" if t.head == "vec" else t.head
    return Tree(head, t.start, t.end, t.text, t.value, tuple(plain_vectors(p) for p in t.parts))


def _coordinate(m: Meaning, t: Tree, e: Any, k: Any, vectors: frozenset[str]) -> Any:
    """Coordinate k of an expression that stands for a vector."""
    if isinstance(e, sp.Symbol):
        if getattr(e, "kind", "real") != "real" and e.name not in vectors:
            m.sc.fail(t, f"{e.name} as a vector", f"a number, {getattr(e, 'kind', '')}")
        return indexed(e.name)[k]
    if isinstance(e, sp.Add):
        return sp.Add(*(_coordinate(m, t, a, k, vectors) for a in e.args))
    factors = sp.Mul.make_args(e)
    known = [f for f in factors if {s.name for s in f.free_symbols} & vectors]
    free = [f for f in factors if isinstance(f, (sp.Symbol, sp.Add)) and getattr(f, "kind", "real") == "real"]
    one = known if known else free
    if len(factors) < 2 or len(one) != 1:
        m.sc.fail(t, "one vector in each product", f"{len(one)}", "ambiguous")
    return _coordinate(m, t, one[0], k, vectors) * sp.Mul(*(f for f in factors if f is not one[0]))
