"""A summand as a product of powers, Γ-factors and poles in its index."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from symrep.term import Term

__all__ = ["Part", "Shape", "Strange"]

#: the data of one part of a ``sum_value``
Part = dict[str, Any]


class Strange(Exception):
    """No shape that is known."""


@dataclass
class Shape:
    """c · k^m · Π b^(e·k) · Π b^(d − k) · Π Γ(±k + a)^(±1) / Π (k + a)^p."""

    coefficient: list[Term] = field(default_factory=list)
    m: int = 0
    up: list[tuple[Term, int]] = field(default_factory=list)
    down: list[tuple[Term, Term]] = field(default_factory=list)
    above: list[tuple[int, Term]] = field(default_factory=list)
    below: list[tuple[int, Term]] = field(default_factory=list)
    poles: list[tuple[Term, int]] = field(default_factory=list)
