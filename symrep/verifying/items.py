"""Identities as they come in: entries of a JSON array, or two texts and what is assumed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, final

from symrep.claim import Claim, Context
from symrep.errors import BadInput
from symrep.reading import Reader
from symrep.term import Term, free_symbols

__all__ = ["MAX_BYTES", "Item", "Read", "load", "read"]

MAX_BYTES: Final = 64 << 20
_EXAMPLE: Final = '[{"id": "1", "symbols": {"x": "real"}, "given": [], "lhs": "…", "rhs": "…"}]'


@final
@dataclass(frozen=True)
class Item:
    """One identity, not yet read. ``error`` is what keeps it from being one; ``default`` is the kind of undeclared
    symbols, ``None`` if there must be none.
    """

    id: Any
    lhs: str = ""
    rhs: str = ""
    symbols: Mapping[str, str] = field(default_factory=dict)
    given: tuple[str, ...] = ()
    default: str | None = None
    error: BadInput | None = None


@final
@dataclass(frozen=True)
class Read:
    """An identity as a claim, and the kinds that were assumed because nobody declared them."""

    claim: Claim
    assumed: Mapping[str, str]


def read(item: Item) -> Read:
    """The claim an item makes.

    Raises:
        BadInput: some part of it cannot be used; ``where`` says which, ``"rhs:12"``.
        NotRead: it is in order, but symrep has no terms for some part.
    """
    if item.error is not None:
        raise item.error
    symbols = dict(item.symbols)
    while True:
        reader = Reader(symbols, item.default)
        lhs, rhs = reader.sides(item.lhs, item.rhs)
        given = tuple(r for i, g in enumerate(item.given) for r in reader.given(g, f"given[{i}]"))
        used = frozenset[str]().union(*map(free_symbols, (lhs, rhs, *given)))
        bound_only = [n for n in symbols if n not in used and n not in reader.met]
        if not bound_only:
            break
        for n in bound_only:  # declared for the sake of a bound variable, which has its domain from its limits
            del symbols[n]
    _check_complex(given, reader.symbols)
    context = Context({n: k for n, k in reader.symbols.items() if n in used}, {}, given)
    data = {"lhs": lhs, "rhs": rhs, "almost_everywhere": False}
    return Read(Claim("equal", data, context), {n: reader.assumed[n] for n in reader.assumed})


def _check_complex(given: tuple[Term, ...], symbols: Mapping[str, str]) -> None:
    for i, (_, op, a, b) in enumerate(given):
        for side in (a, b):
            if op not in ("==", "!=") and side[0] == "sym" and symbols.get(side[1]) == "complex":
                raise BadInput("given", "an order between real numbers", f"{side[1]}, complex", where=f"given[{i}]")


def load(text: str, where: str) -> list[Item]:
    """The items of a JSON array; an entry that is no identity becomes an item with an error.

    Raises:
        BadInput: it is no JSON array.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as e:
        raise BadInput("identities", "a JSON array", f"{type(e).__name__}: {e}"[:160], _EXAMPLE, where) from e
    if not isinstance(data, list):
        raise BadInput("identities", "a JSON array", type(data).__name__, _EXAMPLE, where)
    return [_item(entry, i) for i, entry in enumerate(data)]


def _item(entry: Any, number: int) -> Item:
    name = entry.get("id", number) if isinstance(entry, Mapping) else number
    if isinstance(name, bool) or not isinstance(name, (str, int)):
        name = number
    try:
        return _checked(entry, name)
    except BadInput as e:
        return Item(name, error=e)


def _checked(entry: Any, name: str | int) -> Item:
    if not isinstance(entry, Mapping):
        raise BadInput("identity", "an object with lhs and rhs", type(entry).__name__, _EXAMPLE)
    for side in ("lhs", "rhs"):
        if not isinstance(entry.get(side), str):
            raise BadInput("identity", f"text under {side!r}", repr(entry.get(side))[:60], _EXAMPLE, side)
    symbols, given = entry.get("symbols", {}), entry.get("given", [])
    if not isinstance(symbols, Mapping) or any(not isinstance(k, str) for k in symbols.values()):
        raise BadInput("symbols", "an object, name: kind", repr(symbols)[:60], '{"sigma": "positive"}', "symbols")
    if isinstance(given, str) or not isinstance(given, list) or any(not isinstance(g, str) for g in given):
        raise BadInput("given", "a list of relations as text", repr(given)[:60], '["a < b"]', "given")
    return Item(name, entry["lhs"], entry["rhs"], dict(symbols), tuple(given))
