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
#: where sinh t ends on a line, by dimension
_WIDE: Final = {2: 12.0, 3: 9.0}
#: nodes whose weight is less than this part of the largest are left out, where densities say what is little
_FAINT: Final = 1e-40
#: the part of the whole that the outermost nodes of an axis may have
_EDGE: Final = 1e-12


def _axis(lo: float, hi: float, n: int, wide: float) -> tuple[Any, Any]:
    """Nodes and weights of the double-exponential rule on (lo, hi)."""
    import numpy as np

    if math.isinf(lo) and math.isinf(hi):
        t = np.linspace(-wide, wide, 2 * n + 1)
        return np.sinh(t), np.cosh(t) * (wide / n)
    reach = 3.0 if math.isfinite(lo) and math.isfinite(hi) else 4.2
    t = np.linspace(-reach, reach, 2 * n + 1)
    s, ds = math.pi / 2 * np.sinh(t), math.pi / 2 * np.cosh(t) * (reach / n)
    if math.isinf(hi):
        return lo + np.exp(s), np.exp(s) * ds
    if math.isinf(lo):
        return hi - np.exp(s), np.exp(s) * ds
    half = (hi - lo) / 2
    return (hi + lo) / 2 + half * np.tanh(s), half * ds / np.cosh(s) ** 2


def _limits(boxes: tuple[Term, ...], comp: Compiler) -> list[tuple[float, float]]:
    out = []
    for _, lo, hi in boxes:
        ends = [math.inf * e[1] if e[0] == "inf" else float(comp.number(e).real.mid()) for e in (lo, hi)]
        out.append((ends[0], ends[1]))
    return out


def _parameters(comp: Compiler) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, z in comp.values.items():
        if not z.imag.is_zero():
            raise Unevaluable("complex parameter")
        values[name] = float(z.real.mid())
    return values


def tensor(body: Term, boxes: tuple[Term, ...], comp: Compiler, densities: tuple[Term, ...] = ()) -> acb:
    """∫ body over a box, times one density for each variable if there are any; the difference of the last two steps,
    ten times over, is added to the radius.

    Where a density is next to nothing the body is not looked at. Refused is an integrand that is not little at the
    outermost nodes, since nobody knows what lies beyond.

    Raises:
        Unevaluable: no convergence, or too many dimensions.
    """
    import numpy as np

    from symrep.checks.vector import vector

    if len(boxes) not in _LADDER:
        raise Unevaluable(f"integrals in {len(boxes)} dimensions")
    values, limits = _parameters(comp), _limits(boxes, comp)
    last: float | None = None
    for n in _LADDER[len(boxes)] + ((2 * _LADDER[len(boxes)][-1],) if densities else ()):
        tick(comp.deadline)
        grids, weight = dict[str, Any](), np.ones(())
        for axis, (lo, hi) in enumerate(limits):
            x, w = _axis(lo, hi, n, _WIDE[len(boxes)])
            if densities:
                with np.errstate(all="ignore"):
                    w = w * vector(densities[axis], {**values, boxes[axis][0]: x})
                keep = np.flatnonzero(~(np.abs(w) < _FAINT * np.nanmax(np.abs(w))))
                x, w = x[keep[0] : keep[-1] + 1], w[keep[0] : keep[-1] + 1]
            shape = [1] * len(boxes)
            shape[axis] = x.size
            grids[boxes[axis][0]] = x.reshape(shape)
            weight = weight * w.reshape(shape)
        f = vector(body, {**values, **grids})
        with np.errstate(all="ignore"):
            terms = np.broadcast_to(np.where(weight == 0, 0.0, f * weight), weight.shape)
        if not np.all(np.isfinite(terms)):
            raise Unevaluable("not finite on the grid")
        total, mass = float(terms.sum()), float(np.abs(terms).sum())
        edges = [float(np.abs(terms.take(end, axis)).sum()) for axis in range(len(boxes)) for end in (0, -1)]
        if mass > 0 and max(edges) > _EDGE * mass:
            raise Unevaluable("not little at the outermost nodes")
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
