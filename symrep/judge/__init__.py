"""The judge: every step becomes claims, every claim goes through the checks, the weakest verdict decides.

The kernel proves or names a condition that is false; balls and quadrature refute, at exact points; agreement of many
points supports; sampling and SymPy add weight. Every check runs in a process that is killed when its budget is spent.

Names are looked up when they are first used: the first look at a closed form takes no SymPy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

_PUBLIC: Final = {
    "Limits": "symrep.judge.deciding",
    "decide": "symrep.judge.deciding",
    "PartVerdict": "symrep.judge.parts",
    "Proven": "symrep.judge.parts",
    "StepVerdict": "symrep.judge.parts",
    "judge_first": "symrep.judge.steps",
    "judge_line": "symrep.judge.steps",
}

__all__ = ["Limits", "PartVerdict", "Proven", "StepVerdict", "decide", "judge_first", "judge_line"]

if TYPE_CHECKING:
    from symrep.judge.deciding import Limits as Limits
    from symrep.judge.deciding import decide as decide
    from symrep.judge.parts import PartVerdict as PartVerdict
    from symrep.judge.parts import Proven as Proven
    from symrep.judge.parts import StepVerdict as StepVerdict
    from symrep.judge.steps import judge_first as judge_first
    from symrep.judge.steps import judge_line as judge_line
else:

    def __getattr__(name: str) -> Any:
        module = _PUBLIC.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(module), name)
        globals()[name] = value
        return value
