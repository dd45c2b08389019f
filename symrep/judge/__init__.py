"""The judge: every step becomes claims, every claim goes through the checks, the weakest verdict decides.

The kernel proves or names a condition that is false; balls and quadrature refute, at exact points; agreement of many
points supports; sampling and SymPy add weight. Every check runs in a process that is killed when its budget is spent.
"""

from symrep.judge.deciding import Limits, decide
from symrep.judge.parts import PartVerdict, Proven, StepVerdict
from symrep.judge.steps import judge_first, judge_line

__all__ = ["Limits", "PartVerdict", "Proven", "StepVerdict", "decide", "judge_first", "judge_line"]
