"""Integrals in two to four dimensions: double-exponential tensor rules in floating point, the step halved until it
settles.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from flint import acb, arb

from symrep.checks.faults import Unevaluable, tick
from symrep.term import Term

if TYPE_CHECKING:
    from symrep.checks.evaluate import Compiler

__all__ = ["tensor"]

#: half numbers of nodes per axis, by dimension
_LADDER: Final = {2: (40, 80, 160, 320), 3: (20, 40, 80)}


def _axis(lo: float, hi: float, n: int) -> tuple[Any, Any]:
    """Nodes and weights of the double-exponential rule on (lo, hi)."""
    import numpy as np

    t = np.linspace(-3.0, 3.0, 2 * n + 1)
    s, ds = math.pi / 2 * np.sinh(t), math.pi / 2 * np.cosh(t) * (3.0 / n)
    if math.isinf(lo) and math.isinf(hi):
        t = np.linspace(-9.0, 9.0, 2 * n + 1)
        return np.sinh(t), np.cosh(t) * (9.0 / n)
    if math.isinf(hi):
        return lo + np.exp(s), np.exp(s) * ds
    if math.isinf(lo):
        return hi - np.exp(s), np.exp(s) * ds
    half = (hi - lo) / 2
    return (hi + lo) / 2 + half * np.tanh(s), half * ds / np.cosh(s) ** 2


def tensor(body: Term, boxes: tuple[Term, ...], comp: Compiler) -> acb:
    """∫ body over a box; the difference of the last two steps, ten times over, is added to the radius.

    Raises:
        Unevaluable: no convergence, or too many dimensions.
    """
    import numpy as np

    from symrep.checks.vector import vector

    if len(boxes) not in _LADDER:
        raise Unevaluable(f"integrals in {len(boxes)} dimensions")
    values: dict[str, Any] = {}
    for name, z in comp.values.items():
        if not z.imag.is_zero():
            raise Unevaluable("complex parameter")
        values[name] = float(z.real.mid())
    limits = []
    for _, lo, hi in boxes:
        ends = [math.inf * e[1] if e[0] == "inf" else float(comp.number(e).real.mid()) for e in (lo, hi)]
        limits.append((ends[0], ends[1]))
    last: float | None = None
    for n in _LADDER[len(boxes)]:
        tick(comp.deadline)
        grids, weight = [], np.ones(())
        for axis, (lo, hi) in enumerate(limits):
            x, w = _axis(lo, hi, n)
            shape = [1] * len(boxes)
            shape[axis] = x.size
            grids.append(x.reshape(shape))
            weight = weight * w.reshape(shape)
        f = vector(body, {**values, **{b[0]: g for b, g in zip(boxes, grids, strict=True)}})
        with np.errstate(all="ignore"):
            terms = np.where(weight == 0, 0.0, f * weight)
        terms = np.broadcast_to(terms, weight.shape)
        if not np.all(np.isfinite(terms)):
            raise Unevaluable("not finite on the grid")
        total, mass = float(terms.sum()), float(np.abs(terms).sum())
        if mass == 0 or float(np.abs(terms).max()) > 0.2 * mass:
            last = None
            continue
        if last is not None and abs(total - last) < 1e-9 * mass:
            error = 10 * abs(total - last) + 1e-13 * mass
            comp.report.estimate("a tensor rule in floating point, its error estimated by halving the step")
            comp.report.scale = max(comp.report.scale, mass)
            return acb(arb(total, error))
        last = total
    raise Unevaluable("the tensor rule did not settle")
