"""Jobs that misbehave, for the tests of ``killable``."""

from __future__ import annotations

import os
from collections.abc import Iterator

__all__ = ["job"]


def job(what: str) -> Iterator[str]:
    if what == "spin":
        while True:
            pass
    if what == "allocate":
        yield str(len([0] * 10**9))
    if what == "leave":
        os._exit(3)
    yield what
