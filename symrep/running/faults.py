"""What can become of a call other than an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, final

from symrep.errors import SymrepError

__all__ = ["RemoteError", "TimedOut", "WorkerDied", "WorkerError", "died", "timed_out"]


class WorkerError(SymrepError):
    """A call that brought no answer. ``what`` is the function that was called."""


@final
class TimedOut(WorkerError):
    """The time was spent; the worker was killed."""


@final
class WorkerDied(WorkerError):
    """The worker ended without an answer: killed from outside, or by an abort in a library."""


@final
@dataclass(eq=False)
class RemoteError(WorkerError):
    """The function raised: the exception's type name and message, as plain words."""

    type: str = ""
    message: str = ""

    def __reduce__(self) -> Any:
        return type(self), (self.what, self.needed, self.got, self.instead, self.where, self.type, self.message)


def timed_out(function: str, limit: str) -> TimedOut:
    return TimedOut(function, f"an answer within {limit}", "none; its worker was killed")


def died(function: str) -> WorkerDied:
    return WorkerDied(function, "a worker that lives to answer", "a worker that ended without a word")
