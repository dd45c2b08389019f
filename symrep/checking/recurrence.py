r"""Recursions put into themselves: with x_t = a x_{t-1} + ε_{t-1} said, x_{t-1} is a x_{t-2} + ε_{t-2} a row later.

Only where a formula speaks of both x_{t-1} and x_{t-2} does the first stand for what the recursion, one step earlier,
says it is; an equality that holds for every x_{t-1} holds for this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from symrep.checking.scope import Scope
from symrep.checking.worth import value
from symrep.errors import SymrepError
from symrep.reading.latex import Environment
from symrep.symbols import DomainSymbol

__all__ = ["stepped"]

_STEP: Final = re.compile(r"(.+_[a-z])(?:([mp])(\d{1,2}))?")
_MOST: Final = 4


def _place(name: str) -> tuple[str, int] | None:
    """``x_tm1`` as (x_t, −1); None for names without an index letter."""
    m = _STEP.fullmatch(name)
    if m is None:
        return None
    step = int(m.group(3) or 0)
    return m.group(1), -step if m.group(2) == "m" else step


def _named(base: str, step: int) -> str:
    return base if step == 0 else f"{base}{'m' if step < 0 else 'p'}{abs(step)}"


def stepped(scope: Scope, mentioned: Iterable[str]) -> Environment | None:
    """The environment in which earlier terms of a recursion are what it makes of them; None where there is none."""
    steps: dict[str, set[int]] = {}
    for name in mentioned:
        if (at := _place(name)) is not None:
            steps.setdefault(at[0], set()).add(at[1])
    env, found = scope.environment, False
    for base, there in sorted(steps.items()):
        for let in scope.lets:
            own = _place(let.name)
            if let.what != "symbol" or own is None or own[0] != base or _named(base, own[1] - 1) not in let.mentions:
                continue
            wanted = [s for s in sorted(there) if s < own[1] and s - 1 in there]
            if any(scope.symbol(_named(base, s)) is not None for s in wanted) or len(wanted) > _MOST:
                continue
            for s in wanted:
                try:
                    body = value(let.body, env)
                    if body is not None:
                        env = env.with_definition(_named(base, s), (), _shifted(body, base[-1], s - own[1]))
                        found = True
                except (SymrepError, AttributeError, TypeError, ValueError):
                    continue
    return env if found else None


def _shifted(body: Any, letter: str, by: int) -> Any:
    """Every name with that index letter, and the letter itself, moved."""
    table = {}
    for s in body.free_symbols:
        at = _place(getattr(s, "name", ""))
        if at is not None and at[0][-1] == letter and isinstance(s, DomainSymbol):
            table[s] = DomainSymbol(_named(at[0], at[1] + by), s.kind)
        elif getattr(s, "name", "") == letter:
            table[s] = s + by
    return body.subs(table, simultaneous=True)
