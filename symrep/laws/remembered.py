"""Findings of a family in the verdict store: looked up by everything the entry says, and what its laws rest on."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from symrep.family import FAMILIES, Family
from symrep.laws.catalogue import Entry
from symrep.running import remember
from symrep.running.standing import Standing

__all__ = ["entry_text", "keep", "known"]

Json = dict[str, Any]

#: libraries whose values are compared with where they are installed
_COMPARED: Final = ("scipy", "torch", "numpyro")


def _plain(v: Any) -> Any:
    """A field as text that two different values do not share."""
    if dataclasses.is_dataclass(v) and not isinstance(v, type):
        return [type(v).__name__, [_plain(getattr(v, f.name)) for f in dataclasses.fields(v)]]
    if isinstance(v, Mapping):
        return [[_plain(k), _plain(x)] for k, x in v.items()]
    if isinstance(v, (tuple, list)):
        return [_plain(x) for x in v]
    if v is None or isinstance(v, (str, int, float, bool)):
        return v
    if hasattr(v, "__qualname__"):
        return [getattr(v, "__module__", ""), getattr(v, "__qualname__", str(type(v)))]  # code: the checker's, not ours
    inner = [_plain(a) for a in getattr(v, "args", ())]
    return [type(v).__name__, inner or str(v), getattr(v, "kind", "") if not inner else ""]


def _others(family: Entry) -> Iterator[str]:
    if not isinstance(family, Family):
        return
    for p in family.pathwise:
        yield from (name for name, _ in p.bases)
    yield from (k.other for k in family.kl)
    for f in family.facts:
        yield from (base[0] for _, base in f.noises)
        yield f.law[0]


def entry_text(family: Entry) -> str:
    """A digest of the entry and of those it refers to, once removed."""
    names = sorted({family.name, *(n for n in _others(family) if n in FAMILIES)})
    text = repr([_plain(family if n == family.name else FAMILIES[n]) for n in names])
    return hashlib.sha256(text.encode()).hexdigest()


def _question(family: Entry, laws: Sequence[str], seconds: float) -> Json:
    libraries = {}
    for name in _COMPARED:
        try:
            libraries[name] = version(name)
        except PackageNotFoundError:
            libraries[name] = ""
    return {
        "ask": "laws",
        "family": family.name,
        "entry": entry_text(family),
        "laws": list(laws),
        "seconds": seconds,
        "libraries": libraries,
    }


def known(family: Entry, laws: Sequence[str], seconds: float) -> Json | None:
    """What was found of a family, if the store has it."""
    store = remember.current()
    found = store.get(_question(family, laws, seconds)) if store is not None else None
    return found if isinstance(found, dict) else None


def keep(family: Entry, laws: Sequence[str], seconds: float, result: Json, standing: int) -> bool:
    """Store what was found, unless it says more about a busy machine than about the family."""
    store = remember.current()
    if store is None or result.get("error"):
        return False
    open_ = [f for f in result["findings"] if f["status"] == "undecided"]  # what holds or fails does so on any machine
    if open_ and standing >= Standing.STARVED:
        return False
    if any(f["reason"] in ("error", "budget-spent") for f in open_):
        return False
    return bool(store.put(_question(family, laws, seconds), result))
