"""The two ways a numeric check gives up: the value does not exist (or is out of reach), or time ran out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import final

from symrep.clock import now

__all__ = ["OutOfTime", "Unevaluable", "effort", "tick"]


@final
class Unevaluable(Exception):
    """No number can be stood behind: undefined at the point, divergent, or not a kind of term numbers can decide."""


@final
class OutOfTime(Exception):
    """The deadline passed."""


_left: list[int] = []


@contextmanager
def effort(evaluations: int | None) -> Iterator[None]:
    """Allow so many calls of :func:`tick` inside: a budget that does not depend on how busy the machine is."""
    if evaluations is None:
        yield
        return
    _left.append(evaluations)
    try:
        yield
    finally:
        _left.pop()


def tick(deadline: float) -> None:
    """Raise OutOfTime once the clock has passed ``deadline``, or the effort allowed is spent."""
    if _left:
        _left[-1] -= 1
        if _left[-1] < 0:
            raise OutOfTime
    if now() > deadline:
        raise OutOfTime
