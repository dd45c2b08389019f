"""Instance data of a theorem: entries read with the types asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, final

from symrep.audit.data import Bad, Term
from symrep.audit.decoding import read

__all__ = ["Data"]


@final
class Data:
    def __init__(self, raw: Any) -> None:
        if not isinstance(raw, Mapping):
            raise Bad("instance data are objects")
        self.raw: Mapping[str, Any] = raw

    def has(self, key: str) -> bool:
        return self.raw.get(key) is not None

    def _get(self, key: str) -> Any:
        if key not in self.raw:
            raise Bad(f"an entry {key!r} is missing")
        return self.raw[key]

    def _list(self, key: str) -> tuple[Any, ...]:
        found = self._get(key)
        if not isinstance(found, (list, tuple)):
            raise Bad(f"{key!r} is a list")
        return tuple(found)

    def term(self, key: str) -> Term:
        return read(self._get(key))

    def terms(self, key: str) -> tuple[Term, ...]:
        return tuple(map(read, self._list(key)))

    def name(self, key: str) -> str:
        found = self._get(key)
        if not isinstance(found, str) or not found:
            raise Bad(f"{key!r} is a name")
        return found

    def names(self, key: str) -> tuple[str, ...]:
        found = self._list(key)
        if any(not isinstance(n, str) or not n for n in found):
            raise Bad(f"{key!r} is a list of names")
        return found

    def sub(self, key: str) -> Data:
        return Data(self._get(key))

    def subs(self, key: str) -> tuple[Data, ...]:
        return tuple(map(Data, self._list(key)))
