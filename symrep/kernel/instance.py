"""Reading a theorem's instance: plain data in, checked terms out. Shapes are checked here, mathematics in theorems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, final

from symrep.claim import Context
from symrep.errors import BadInput
from symrep.kernel.fail import NotProved
from symrep.kernel.signs import domain, prove_sign
from symrep.term import Term, free_symbols, from_json, walk
from symrep.verdict import Reason

__all__ = ["Instance", "binders", "check_binders", "replace"]


@final
class Instance:
    """The data of one theorem application, read with the types the theorem expects."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    @property
    def raw(self) -> Mapping[str, Any]:
        return self._data

    def has(self, key: str) -> bool:
        return self._data.get(key) is not None

    def term(self, key: str) -> Term:
        if key not in self._data:
            raise BadInput("certificate", f"an entry {key!r}", "none")
        return from_json(self._data[key])

    def terms(self, key: str) -> tuple[Term, ...]:
        return tuple(from_json(t) for t in self._seq(key))

    def name(self, key: str) -> str:
        value = self._data.get(key)
        if not isinstance(value, str) or not value:
            raise BadInput("certificate", f"a name under {key!r}", repr(value)[:60])
        return value

    def names(self, key: str) -> tuple[str, ...]:
        out = tuple(self._seq(key))
        if any(not isinstance(n, str) or not n for n in out):
            raise BadInput("certificate", f"names under {key!r}", repr(out)[:60])
        return out

    def sub(self, key: str) -> Instance:
        value = self._data.get(key)
        if not isinstance(value, Mapping):
            raise BadInput("certificate", f"an object under {key!r}", repr(value)[:60])
        return Instance(value)

    def subs(self, key: str) -> tuple[Instance, ...]:
        out = []
        for value in self._seq(key):
            if not isinstance(value, Mapping):
                raise BadInput("certificate", f"objects under {key!r}", repr(value)[:60])
            out.append(Instance(value))
        return tuple(out)

    def _seq(self, key: str) -> list[Any]:
        value = self._data.get(key)
        if not isinstance(value, (list, tuple)):
            raise BadInput("certificate", f"a list under {key!r}", repr(value)[:60])
        return list(value)


def binders(t: Term) -> Iterator[tuple[str, str, Term, Term]]:
    """(head, name, low, high) of every variable bound anywhere in ``t``."""
    for s in walk(t):
        if s[0] in ("integral", "sum", "product"):
            yield from ((s[0], x, lo, hi) for x, lo, hi in s[2:])
        elif s[0] == "law":
            yield from (("law", x, lo, hi) for x, lo, hi in s[1])
        elif s[0] == "iprod":
            yield ("sum", s[1], s[2], s[3])


def check_binders(terms: tuple[Term, ...], ctx: Context) -> None:
    """A declared domain must not narrow what a variable ranges over where it is bound, nor hypotheses speak of it."""
    spoken_of: frozenset[str] = frozenset().union(*(free_symbols(r) for r in ctx.given)) if ctx.given else frozenset()
    for t in terms:
        for head, x, lo, _hi in binders(t):
            if x in spoken_of:
                raise NotProved(f"{x} is bound here and also occurs in a hypothesis; rename one of them", Reason.DOMAIN)
            kind = ctx.symbols.get(x, "integer" if head == "sum" else "real")
            if head == "sum":
                if "integer" not in kind or (kind != "integer" and lo[0] != "num"):
                    raise NotProved(f"the index {x} has to be declared an integer", Reason.DOMAIN)
                if kind == "positive integer" and lo[1] < lo[2]:
                    raise NotProved(f"the index {x} is declared positive but starts below 1", Reason.DOMAIN)
                if kind == "nonnegative integer" and lo[1] < 0:
                    raise NotProved(f"the index {x} is declared nonnegative but starts below 0", Reason.DOMAIN)
            elif kind in ("positive", "nonnegative"):
                if lo[0] == "inf" or not prove_sign(lo, ">=", domain(ctx)):
                    raise NotProved(f"{x} is declared {kind} but is bound over a wider range", Reason.DOMAIN)
            elif kind != "real" and not (kind == "unit" and (lo, _hi) == (("num", 0, 1), ("num", 1, 1))):
                raise NotProved(f"{x} is declared {kind} but is bound over a wider range", Reason.DOMAIN)


def replace(t: Term, old: Term, new: Term, ctx: Context) -> tuple[Term, int]:
    """Replace every occurrence of ``old``; returns the new term and how many there were.

    A theorem old = new holds for all values of its symbols in their declared domains under ``ctx.given``. Under a
    binder of one of those symbols it still applies, provided no hypothesis was made about that symbol
    (:func:`check_binders` has seen to that).
    """
    from symrep.term import map_children

    count = 0

    def go(s: Term) -> Term:
        nonlocal count
        if s == old:
            count += 1
            return new
        return map_children(s, go, go)

    return go(t), count
