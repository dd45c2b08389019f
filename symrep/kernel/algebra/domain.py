"""Where a claim is to hold: boxes for the symbols, linear hypotheses solved by substitution, others kept as facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from symrep.claim import Context
from symrep.kernel.algebra.field import Box
from symrep.kernel.fail import NotProved
from symrep.term import Term, free_symbols
from symrep.verdict import Reason

__all__ = ["Domain", "kind_box", "open_domain", "spelled"]


_ZERO, _ONE = Fraction(0), Fraction(1)
_BOXES: Mapping[str, Box] = {
    "real": Box(),
    "positive": Box(lo=_ZERO),
    "nonnegative": Box(lo=_ZERO, lo_open=False),
    "negative": Box(hi=_ZERO),
    "nonzero": Box(nonzero=True),
    "complex": Box(real=False),
    "integer": Box(integer=True),
    "positive integer": Box(lo=_ONE, lo_open=False, integer=True),
    "nonnegative integer": Box(lo=_ZERO, lo_open=False, integer=True),
    "unit": Box(lo=_ZERO, hi=_ONE),
}


def kind_box(kind: str) -> Box:
    """The box of a kind of symbol (see ``symrep.claim.KINDS``)."""
    return _BOXES[kind]


def spelled(name: str) -> str:
    """A name no other kind of generator can have."""
    return name if name.isidentifier() else f"name({name!r})"


@dataclass
class Domain:
    """A set of points.

    Attributes:
        ctx: the context, for declared functions and for the kinds of indexed parameters.
        boxes: symbol -> interval. Symbols that are not listed have no domain.
        subst: symbol -> term in other symbols, from hypotheses linear in it.
        back: auxiliary symbol made by such a substitution -> what it stands for.
        facts: pairs (t, S): the sign of t lies in S.
        thin: an equality holds that was not solved, so "off a null set" means nothing here.
        empty: the hypotheses were proved to contradict each other.
        names: the symbols an author may write.
        fibre: the variables of the innermost binder that range over an interval.
        history: the hypotheses and binders it was made by, so that it can be made again without substitutions.
        depth: how many binders were entered.
        inside: the domain of an integrand: what differs on a null set of the bound variables does not matter.
        everywhere: nothing may be left out, not even a null set.
        principal: roots and logarithms of negative numbers are complex, with principal values; else they are refused.
    """

    ctx: Context
    boxes: Mapping[str, Box] = field(default_factory=dict)
    subst: Mapping[str, Term] = field(default_factory=dict)
    back: Mapping[str, Term] = field(default_factory=dict)
    facts: tuple[tuple[Term, frozenset[int]], ...] = ()
    thin: bool = False
    empty: bool = False
    names: frozenset[str] = frozenset()
    fibre: frozenset[str] = frozenset()
    history: tuple[tuple[Any, ...], ...] = ()
    depth: int = 0
    inside: bool = False
    everywhere: bool = False
    principal: bool = False
    engine: Any = field(default=None, repr=False, compare=False)

    def change(self, **kw: Any) -> Domain:
        """A copy with other fields (and no engine yet)."""
        return replace(self, engine=None, **kw)

    def with_box(self, name: str, box: Box) -> Domain:
        return self.change(boxes={**self.boxes, name: box})

    def fibre_coordinates(self) -> frozenset[str]:
        """Symbols that run over the bound variables while all others stay fixed; empty when there is no such choice.

        A bound variable that was substituted, x = (±w − r)/c, is an affine image of its own w. But a w made by solving
        for another symbol in a relation that involves x moves with x too: then there are more such w than solved x.
        """
        solved = self.fibre & set(self.subst)
        moving = {w for w, t in self.back.items() if free_symbols(t) & self.fibre}
        if len(moving) != len(solved):
            return frozenset()
        return (self.fibre - solved) | moving

    def fresh(self) -> str:
        """A name for an auxiliary symbol that nothing else uses."""
        taken = {*self.boxes, *self.ctx.symbols, *self.subst, *self.back, *self.names}
        n = len(self.back)
        while f"_w{n}" in taken:
            n += 1
        return f"_w{n}"


def open_domain(dom: Domain, x: str) -> Domain:
    """The kinds alone, no relations: an equality there holds on a neighbourhood of every value of x."""
    boxes = {}
    for name in [*dom.boxes, *dom.subst]:
        if name in dom.back:
            continue
        kind = dom.ctx.symbols.get(name)
        boxes[name] = kind_box(kind) if kind is not None else Box()
    own = boxes.get(x)
    if own is None or own.integer or not own.real:
        raise NotProved(f"a derivative in {x}, which does not range over an interval", Reason.DOMAIN)
    if own.nonzero or (own.lo is not None and not own.lo_open):
        boxes[x] = Box(nonzero=own.nonzero)
    return Domain(dom.ctx, boxes, names=dom.names, depth=dom.depth)
