r"""Independent noises that become one: √a ε₁ + √b ε₂ = √(a + b) ε is true of laws, not of numbers.

Where the sides of an equation differ in letters of noise only, and are linear in them, it says that the two have the
same law when the noises are independent and standard normal: what is left without them is equal, and so are the sums
of the squares of their coefficients (sums of independent normal variables are normal).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import sympy as sp

from symrep.checking.judging import Judged
from symrep.law import Law
from symrep.reading.latex import Environment
from symrep.reading.latex.vectors import COMPONENT
from symrep.symbols import DomainSymbol
from symrep.verdict import Evidence, Reason, Status, Verdict

__all__ = ["IN_LAW", "as_laws", "in_law"]

_LETTERS: Final = frozenset("epsilon varepsilon eps xi eta zeta z".split())
_ACCENTS: Final = ("bar", "hat", "tilde", "star")
IN_LAW: Final = "equal in law, the noises being independent and standard normal"


def in_law(
    lhs: Any, rhs: Any, environment: Environment, besides: frozenset[str] = frozenset()
) -> tuple[Any, Any] | None:
    """Two sides whose equality says that of the laws: a pair without noise; None where it is no such equation.

    ``besides``: names that may stand in one side only.
    """
    if isinstance(lhs, sp.MatrixBase) and isinstance(rhs, sp.MatrixBase) and lhs.shape == rhs.shape:
        # of vectors, entry by entry: their noises are independent, too
        entries = [in_law(x, y, environment, besides) for x, y in zip(lhs, rhs, strict=True)]
        pairs = [e for e in entries if e is not None]
        if len(pairs) < len(entries) or not pairs:
            return None
        return sp.ImmutableMatrix([x for x, _ in pairs]), sp.ImmutableMatrix([y for _, y in pairs])
    if not isinstance(lhs, sp.Expr) or not isinstance(rhs, sp.Expr):
        return None
    a, b = ({s for s in e.free_symbols if isinstance(s, DomainSymbol)} for e in (lhs, rhs))
    left, right = ({s for s in x if s.name not in besides} for x in (a - b, b - a))
    if not left or not right or not all(_noise(s.name, environment) for s in left | right):
        return None
    one, other = _parts(lhs, left), _parts(rhs, right)
    if one is None or other is None:
        return None
    # both at once, the part without noise and the variance: equal as polynomials in a new name
    mark = DomainSymbol(next(n for n in ("k", "k_0", "k_00") if n not in {s.name for s in a | b}), "real")
    return mark * one[0] + one[1], mark * other[0] + other[1]


def as_laws(judged: Judged) -> Judged:
    """What was found of such a pair, as a verdict on the line: of laws, so none that the kernel has shown."""
    notes = (*judged.notes, IN_LAW)
    if judged.status is not Status.PROVED:
        return replace(judged, notes=notes)
    trust = Evidence("kernel", "the parts without noise and the variances are equal; sums of normals are normal")
    verdict = Verdict(Status.SUPPORTED, Reason.HOLDS, IN_LAW, (trust,), hypotheses=(IN_LAW,))
    return replace(judged, verdict=verdict, notes=notes)


def _noise(name: str, environment: Environment) -> bool:
    base = name.partition("_")[0].partition(COMPONENT)[0]
    for accent in _ACCENTS:
        base = base.removesuffix(accent)
    law = environment.random.get(name)
    standard = law is None or (isinstance(law, Law) and str(law) in ("Normal(0, 1)",))
    return base in _LETTERS and standard


def _parts(side: Any, noises: set[Any]) -> tuple[Any, Any] | None:
    """What a side is without its noises, and the sum of the squares of their coefficients."""
    rest, square = side, sp.S.Zero
    for e in sorted(noises, key=sp.default_sort_key):
        slope = sp.diff(side, e)
        if slope.free_symbols & noises:
            return None
        rest, square = rest.subs(e, 0), square + slope**2
    return rest, square
