"""The two ways a numeric check gives up: the value does not exist (or is out of reach), or time ran out."""

from __future__ import annotations

import time
from typing import final

__all__ = ["OutOfTime", "Unevaluable", "tick"]


@final
class Unevaluable(Exception):
    """No number can be stood behind: undefined at the point, divergent, or not a kind of term numbers can decide."""


@final
class OutOfTime(Exception):
    """The deadline passed."""


def tick(deadline: float) -> None:
    """Raise OutOfTime once ``time.monotonic()`` has passed ``deadline``."""
    if time.monotonic() > deadline:
        raise OutOfTime
