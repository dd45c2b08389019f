"""Continuous families on the line, a topic a file."""

from symrep.distributions.continuous import bounded, extremes, gammas, lifetimes, line, radii, skewed
from symrep.family import Family

__all__ = ["MODULES"]

MODULES = (line, skewed, gammas, lifetimes, radii, extremes, bounded)


def __getattr__(name: str) -> Family:
    for module in MODULES:
        found = vars(module).get(name)
        if isinstance(found, Family):
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
