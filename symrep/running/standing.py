"""Whether an answer would be the same with more time: what a limit cut short is another matter than what is settled.

Calls say how they ended to whoever watches in their thread. Only so can one know, afterwards, whether a result may be
kept for good, only for the same limits, or not at all, because it says more about a busy machine than about the
question.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, final

from symrep.clock import Processor, now, processor

__all__ = ["Processor", "Seen", "Standing", "cut", "note", "processor", "timed", "watching"]


@final
class Standing(IntEnum):
    """How an answer came about; of several, the worst counts."""

    SETTLED = 0
    #: a limit of time or memory ended it, and it had had its share of the processor: another limit, another answer
    CUT = 1
    #: a limit ended it that others had used up, or it met with an accident
    STARVED = 2


@final
@dataclass
class Seen:
    """The worst there was, and the seconds workers were at it, without waits for a worker to be ready."""

    quiet: bool = False
    worst: Standing = Standing.SETTLED
    seconds: float = 0.0


_local: Final = threading.local()


@contextmanager
def watching(*, quiet: bool = False) -> Iterator[Seen]:
    """What is noted inside, in this thread. Watches may be nested; each sees what the inner ones see.

    Args:
        quiet: those outside see nothing of it. For a try that decides nothing when it fails.
    """
    stack: list[Seen] = _local.__dict__.setdefault("stack", [])
    seen = Seen(quiet)
    stack.append(seen)
    try:
        yield seen
    finally:
        stack.pop()


def note(standing: Standing, seconds: float = 0.0) -> None:
    for seen in reversed(_local.__dict__.get("stack", ())):
        seen.worst = max(seen.worst, standing)
        seen.seconds += seconds
        if seen.quiet:
            break


@contextmanager
def timed(seconds: float) -> Iterator[None]:
    """For what stops by itself when its time is up: if it takes longer than ``seconds``, the clock had a say in it."""
    start, before = now(), processor()
    try:
        yield
    finally:
        if now() - start > seconds:
            note(cut(before, processor()))


def cut(before: Processor | None, after: Processor | None) -> Standing:
    """The standing of what a limit ended: CUT if the process ran for at least as long as it waited for its turn."""
    if before is None or after is None:
        return Standing.STARVED
    return Standing.CUT if after[0] - before[0] >= after[1] - before[1] else Standing.STARVED
