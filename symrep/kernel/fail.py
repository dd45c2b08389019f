"""How the kernel says no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from symrep.verdict import Reason

__all__ = ["NotProved"]


@final
@dataclass
class NotProved(Exception):
    """The kernel could not establish something.

    Attributes:
        message: what, in a sentence a user can read.
        reason: the machine-readable code.
        definite: True only if the kernel *proved* that the condition is false; then the step is refuted.
        undefined: True only if the term was proved to have no value at any point of the domain.
    """

    message: str
    reason: Reason = Reason.NOTHING_APPLIED
    definite: bool = False
    undefined: bool = False

    def __str__(self) -> str:
        return self.message
