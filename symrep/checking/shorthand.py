"""What is written for short: E_q and q(z), where the only q of the document is q_φ(z|x)."""

from __future__ import annotations

from symrep.checking.facts import GREEK
from symrep.notation import Density
from symrep.reading.latex import Environment
from symrep.reading.latex.joints import key_of

__all__ = ["shorter"]


def shorter(env: Environment, name: str, density: Density) -> Environment:
    """The environment in which the q(z) of E_q[log q(z)] is q_φ(z|x), where no other q is known.

    Not where the document speaks of an aggregated posterior, which is a q(z) of its own.
    """
    letter, _, below = name.partition("(")[0].partition("_")
    if letter != "q" or below not in GREEK.values() or "aggregate" in env.told:
        return env
    if any(k == "q" or k.startswith("q(") for k in (*env.densities, *env.definitions)):
        return env
    x = density.args[1]
    key = key_of(letter, (x.name,), ())
    return env.with_density(key, density.law).with_definition(key, [x], density)
