"""A transform of several variables tried with numbers at a random size: Jacobians by complex steps, numpy determinants.

f(x + ih) = f(x) + ih f'(x) + O(h²) for an analytic f, so that with h = 10⁻³⁰ the imaginary part is the derivative to
the last digit, and no difference is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, final

from symrep.transforms.several import Several

__all__ = ["CLOSE", "POINTS", "Trial", "random_parameters", "trial"]

#: points of each trial, and the relative difference that rounding explains
POINTS: Final = 40
CLOSE: Final = 1e-8
_STEP: Final = 1e-30


@final
@dataclass(frozen=True)
class Trial:
    """What was found at one size: differences relative to 1 + the value, nan where there is nothing to compare."""

    size: int
    coordinates: int
    seed: int
    log_det: float
    inverse: float
    #: the least of what has to be positive: the image's relations, and the conditions
    least: float
    stated: float
    found: float


def random_parameters(kinds: Mapping[str, str], rng: Any) -> dict[str, Any]:
    import numpy as np

    out: dict[str, Any] = {}
    for name, kind in kinds.items():
        if kind.startswith("functions of "):
            a, b, c = rng.normal(size=(3, int(kind.split()[-1]))), rng.normal(size=3), rng.normal(size=3)
            out[name] = _network(a, b, c)
        elif kind.startswith("permutation of "):
            out[name] = tuple(int(i) for i in rng.permutation(int(kind.split()[-1])))
        else:
            v = float(rng.normal())
            out[name] = float(np.exp(v / 2)) if kind in ("positive", "unit") else v
    return out


def _network(a: Any, b: Any, c: Any) -> Any:
    import numpy as np

    def body(*x: Any) -> Any:
        return sum(c[i] * np.tanh(b[i] + sum(a[i, j] * v for j, v in enumerate(x))) for i in range(len(c)))

    return body


def trial(t: Several, n: int, seed: int) -> Trial:
    """One size, random parameters, POINTS random points."""
    import numpy as np

    rng = np.random.default_rng(seed)
    p = random_parameters(t.parameters(n), rng)
    m = t.at(n, p)
    free = rng.normal(size=(POINTS, m.size))
    with np.errstate(all="ignore"):
        x = np.stack([np.broadcast_to(v, (POINTS,)) for v in t.start(np, list(free.T), n, p)], axis=-1)
        y, stated = m(x), m.log_abs_det(x)
        unit = np.eye(m.size) * (1j * _STEP)
        jacobian = np.stack([np.imag(m(x + unit[k])) / _STEP for k in range(m.size)], axis=-1)
        found = np.linalg.slogdet(jacobian)[1]
        apart = np.abs(stated - found) / (1 + np.abs(found))
        worst = int(np.argmax(np.where(np.isnan(apart), np.inf, apart)))
        back = np.nan
        if m.backward is not None:
            back = float(np.max(np.abs(m.inverse(y) - x) / (1 + np.abs(x))))
        columns, at = list(y.T), list(x.T)
        needed = [*t.image(np, columns, n, p), *(v for v, _ in t.conditions(np, at, n, p)), *t.domain(np, at, n, p)]
        least = min((float(np.min(v)) for v in needed), default=np.nan)
    return Trial(n, m.size, seed, float(apart[worst]), back, least, float(stated[worst]), float(found[worst]))
