r"""Sums and products without limits: \sum_i x_i^2, \prod_i p(x_i), \sum_x p(x).

An index runs over the sample that it numbers; else as far as the document lets that letter run elsewhere; else over as
many as there are, one unknown number for all such sums. Of a variable on the integers, over the values of its law.
"""

from __future__ import annotations

from typing import Any, Final

import sympy as sp

from symrep.law import Integers
from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.scope import INDICES, name_of, plain_name
from symrep.reading.latex.trees import Tree, walk
from symrep.symbols import DomainSymbol

__all__ = ["SIZE", "ends_of"]

#: how many there are, where nobody says so
SIZE: Final = "size"
_COUNTS: Final = frozenset("n N m M K D d k L T J S B".split())
_MORE: Final = frozenset("s t r".split())


def ends_of(m: Meaning, t: Tree) -> tuple[Any, Any] | None:
    """From where to where a sum or product with an index alone runs; None where that cannot be told."""
    index, body = t.parts
    name = name_of(index)
    if index.head != "name" or index.parts or not name or name in m.sc.bound:
        return None
    numbered = {plain_name(n.text).partition("_")[0] for n in walk(body) if any(name_of(p) == name for p in n.parts)}
    if not numbered:
        return _support(m, t, name, body)
    if name not in INDICES | _MORE:
        return None
    sizes = {s.size for b in numbered if (s := _sample(m, b)) is not None}
    if len(sizes) == 1:
        (size,) = sizes
        m.sc.guess(t, f"{name} = 1, …, {size}", "the indices of the sample", "limits")
        return sp.S.One, size
    if sizes:
        return None
    if name in m.sc.environment.ranges:
        high = m.sc.environment.ranges[name]
        kind = m.sc.environment.symbols.get(high, "positive integer")
        m.sc.guess(t, f"{name} = 1, …, {high}", f"{name} runs so wherever the document says so", "limits")
        return sp.S.One, DomainSymbol(high, kind if "integer" in kind else "positive integer")
    if m.sc.taken & _COUNTS or _beyond(body, name):
        return None
    m.sc.guess(t, f"over all {name}", "however many there are", "limits")
    return sp.S.One, DomainSymbol(SIZE, "positive integer")


def _sample(m: Meaning, base: str) -> Any:
    samples = m.sc.environment.samples
    return samples.get(base) or samples.get(base[:1].upper() + base[1:])


def _beyond(body: Tree, name: str) -> bool:
    """Does an index stand elsewhere than below a name, i x_i, or in a subscript with something else, x_{i-1}?"""
    below = {id(p) for n in walk(body) for p in n.parts if n.head == "name" and name_of(p) == name}
    for n in walk(body):
        if n.head == "name" and name_of(n) == name and id(n) not in below:
            return True
        if n.head == "name" and any(p.head != "name" and any(name_of(q) == name for q in walk(p)) for p in n.parts):
            return True
    return False


def _support(m: Meaning, t: Tree, name: str, body: Tree) -> tuple[Any, Any] | None:
    r"""\sum_x p(x) of a variable X with a law on the integers: over its values."""
    random = m.sc.environment.random
    law = next((random[n] for n in (name, name[:1].upper() + name[1:]) if n in random), None)
    if law is None or law.arity() != 1 or not law.discrete():
        return None
    if not any(n.head in ("app", "P", "density") and any(name_of(q) == name for q in walk(n)) for n in walk(body)):
        return None  # no probabilities of it
    (values,) = law.ranges()
    if not isinstance(values, Integers):
        return None
    m.sc.guess(t, f"over the values of {law}", f"{name} is a value of what has this law", "limits")
    return values.low, values.high
