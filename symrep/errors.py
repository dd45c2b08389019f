"""Typed errors: where it happened, which rule or option, what was needed, what was given, what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

__all__ = [
    "BadInput",
    "ConditionFails",
    "NotApplicable",
    "RuleError",
    "ScriptError",
    "SymrepError",
    "shown",
]


def shown(x: object, most: int = 60) -> str:
    """The beginning of a value's spelling, for a message; it may be anything at all."""
    try:
        return repr(x)[:most]
    except (RecursionError, ValueError):  # nested too deeply; a number with more digits than Python prints
        return f"a {type(x).__name__}"


@dataclass(eq=False)
class SymrepError(Exception):
    """Base of every error symrep raises on purpose.

    Attributes:
        what: the rule, option or construct that complained (``"change_of_variables"``, ``"--jobs"``).
        needed: what it needs.
        got: what it was given.
        instead: what to write instead; empty when there is nothing better to say.
        where: ``file:line`` when known; filled in by whoever knows it.
        code: the machine-readable reason (a value of :class:`symrep.verdict.Reason`), when there is one.
    """

    what: str
    needed: str
    got: str = ""
    instead: str = ""
    where: str = ""
    code: str = ""

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        parts = [f"{place}{self.what}: {self.needed}"]
        if self.got:
            parts.append(f"got {self.got}")
        if self.instead:
            parts.append(f"write instead: {self.instead}")
        return "; ".join(parts)

    def __reduce__(self) -> tuple[type, tuple[str, str, str, str, str, str]]:
        return type(self), (self.what, self.needed, self.got, self.instead, self.where, self.code)


@final
class BadInput(SymrepError):
    """A value, option, name or file symrep cannot use."""


@final
class ScriptError(SymrepError):
    """A derivation script is malformed: a forgotten ``yield``, a line that is no expression, no reason given."""


class RuleError(SymrepError):
    """A rule cannot produce the next line from this one."""


@final
class NotApplicable(RuleError):
    """The rule does not apply to this line at all: nothing of the shape it rewrites. Decides nothing."""


@final
class ConditionFails(RuleError):
    """The rule applies in shape, but one of the conditions it rests on is known to be false."""
