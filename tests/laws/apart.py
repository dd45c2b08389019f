"""Families under names that are taken, for the while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from symrep.family import FAMILIES, collecting


@contextmanager
def apart() -> Iterator[None]:
    """What is made meanwhile is forgotten, and the catalogue is what it was."""
    known = dict(FAMILIES)
    try:
        with collecting():
            yield
    finally:
        FAMILIES.clear()
        FAMILIES.update(known)
