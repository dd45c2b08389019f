"""A clock for budgets: seconds at work. What was spent waiting for a turn on the processor does not count.

On a busy machine a second by the wall is worth less than one; a budget that is counted by the wall makes what is found
depend on who else is at work. Linux tells how long a thread was ready to run and did not; elsewhere this is the clock
on the wall. At most FORGIVEN of any stretch is left out, so that whatever has a deadline ends.
"""

from __future__ import annotations

import os
import threading
import time
from typing import Final

__all__ = ["FORGIVEN", "Processor", "forgive", "now", "processor"]

#: of a second by the wall, how much may have been waiting: a busy machine stretches a budget to four times its length
FORGIVEN: Final = 0.75
#: seconds between two looks at how long was waited; the clock may go back by as much
_EVERY: Final = 0.01

#: nanoseconds on the processor, and waiting for one
Processor = tuple[int, int]


class _Here(threading.local):
    """When this thread last looked, how long it had waited by then, and what it has left out."""

    def __init__(self) -> None:
        self.seen = time.monotonic()
        self.waited = _waited()
        self.left_out = 0.0


def processor(pid: int | str = "self") -> Processor | None:
    """What a process (its first thread) has had of the processor so far; None where the system does not tell."""
    try:
        with open(f"/proc/{pid}/schedstat", "rb", buffering=0) as file:
            ran, waited = file.read(100).split()[:2]
        return int(ran), int(waited)
    except (OSError, ValueError):
        return None


def _waited() -> float:
    had = processor("thread-self")
    return had[1] / 1e9 if had is not None else 0.0


_here: Final = _Here()


def now() -> float:
    """Seconds, from an arbitrary start; for differences within a thread only."""
    wall = time.monotonic()
    past = wall - _here.seen
    if past >= _EVERY:
        waited = _waited()
        _here.left_out += min(max(0.0, waited - _here.waited), FORGIVEN * past)
        _here.seen, _here.waited = wall, waited
    return wall - _here.left_out


def forgive(begun: float, waited: float) -> None:
    """Leave out what another process, for which this thread has waited since ``begun`` (by the wall), waited itself."""
    wall = time.monotonic()
    _here.left_out += min(max(0.0, waited), FORGIVEN * max(0.0, wall - begun))
    _here.seen, _here.waited = wall, _waited()


def _forked() -> None:
    """A child's waits are its own."""
    _here.seen, _here.waited = time.monotonic(), _waited()


os.register_at_fork(after_in_child=_forked)
