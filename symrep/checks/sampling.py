"""A smoke alarm by simulation: it never refutes, it says that somebody should look.

Means are compared by a t statistic, laws by the distance of Kolmogorov (with the bound of Dvoretzky, Kiefer,
Wolfowitz and Massart, which holds for every n). An alarm takes two stages: the second draws afresh and uses a far
smaller α. A central limit theorem promises nothing about heavy tails, so a sample whose fourth moment is carried by a
few draws, or differs between batches, gives no statement at all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Final, final

from symrep.checks.balls import SEED
from symrep.checks.compare import side
from symrep.checks.evaluate import Report
from symrep.checks.faults import OutOfTime, Unevaluable, tick
from symrep.checks.instances import Instance, families, instantiate, within
from symrep.checks.points import Point, points
from symrep.checks.vector import vector
from symrep.claim import Claim
from symrep.term import Term, free_symbols, walk
from symrep.verdict import Evidence

__all__ = ["ALPHA", "alarm", "draw", "ks_stage", "mean_stage"]

#: false-alarm rates of the two stages; both must fire
ALPHA: Final = (1e-4, 1e-6)
_N: Final = 100_000
_GRID: Final = 40_001
_BETA: Final = 2e-3
_SPOTS: Final = 2


@final
@dataclass(frozen=True)
class _Test:
    """One comparison: the statistic in units of its threshold at either stage, and the effect it would have seen."""

    fired: bool
    statistic: float
    effect: float
    point: Mapping[str, str]
    what: str


def _grid(lo: float, hi: float) -> Any:
    """Nodes that resolve every scale between 1e-9 and 1e9 (ends of the interval included)."""
    import numpy as np

    s = np.linspace(-1.0, 1.0, _GRID)
    if math.isinf(lo) and math.isinf(hi):
        return np.sinh(21.0 * s)
    u = np.exp(np.linspace(-24.0, 21.0, _GRID))
    if math.isinf(hi):
        return lo + u
    if math.isinf(lo):
        return (hi - u)[::-1]
    half = np.exp(np.linspace(-24.0, math.log(0.5), _GRID // 2)) * (hi - lo)
    nodes = np.concatenate([lo + half, (hi - half)[::-1][1:]])
    return nodes if len(nodes) % 2 else nodes[1:]


def _cdf(density: Term, x: str, lo: float, hi: float, values: Mapping[str, Any]) -> tuple[Any, Any]:
    """Nodes and the distribution function there.

    Raises:
        Unevaluable: negative, or of a mass far from 1.
    """
    import numpy as np

    nodes = _grid(lo, hi)
    with np.errstate(all="ignore"):
        p = np.broadcast_to(np.asarray(vector(density, {**values, x: nodes}), dtype=float), nodes.shape)
    p = np.where(np.isfinite(p), p, 0.0)
    if float(p.min()) < -1e-9:
        raise Unevaluable("a density takes negative values")
    pieces = (p[1:] + p[:-1]) / 2 * np.diff(nodes)
    cumulated = np.concatenate([[0.0], np.cumsum(pieces)])
    coarse = np.concatenate([[0.0], np.cumsum((p[2::2] + p[:-2:2]) / 2 * np.diff(nodes[::2]))])
    if float(np.abs(coarse - cumulated[::2]).max()) > 3e-5:
        raise Unevaluable("the grid does not resolve the density")
    return nodes, cumulated


def draw(law: Term, values: Mapping[str, Any], n: int, seed: int) -> dict[str, Any]:
    """Draws from a law of one variable, by its inverse distribution function on a grid.

    Raises:
        Unevaluable: several variables, or no density of mass 1 within 10^-4 on the grid.
    """
    import numpy as np

    if law[0] != "law" or len(law[1]) != 1:
        raise Unevaluable("sampling needs a law of one variable")
    x, lo, hi = law[1][0]
    nodes, cumulated = _cdf(law[2], x, _edge(lo, values), _edge(hi, values), values)
    mass = float(cumulated[-1])
    if not abs(mass - 1) < 1e-4:
        raise Unevaluable("the grid does not carry the mass of the law")
    u = np.random.default_rng(seed).random(n) * mass
    keep = np.concatenate([[True], np.diff(cumulated) > 0])
    return {x: np.interp(u, cumulated[keep], nodes[keep])}


def _edge(t: Term, values: Mapping[str, Any]) -> float:
    return math.inf * float(t[1]) if t[0] == "inf" else float(vector(t, values))


def light(sample: Any) -> bool:
    """Is the fourth moment spread over many draws and steady over batches, so that a t statistic means something?"""
    import numpy as np

    c = (sample - sample.mean()) ** 4
    total = float(c.sum())
    if total == 0:
        return True
    batches = c[: len(c) // 16 * 16].reshape(16, -1).mean(axis=1)
    return float(c.max()) < 0.05 * total and float(batches.max()) < 4 * float(np.median(batches))


def mean_stage(sample: Any, target: float, other: Any | None, alpha: float) -> tuple[bool, float]:
    """(fired, t): is the mean of the sample off the target (or off the mean of another sample)?

    Raises:
        Unevaluable: heavy tails.
    """
    import numpy as np

    if not np.all(np.isfinite(sample)) or not light(sample):
        raise Unevaluable("heavy tails")
    variance = float(sample.var(ddof=1)) / len(sample)
    centre = target
    if other is not None:
        if not np.all(np.isfinite(other)) or not light(other):
            raise Unevaluable("heavy tails")
        variance += float(other.var(ddof=1)) / len(other)
        centre = float(other.mean())
    gap = float(sample.mean()) - centre
    # the grid's own error, far below what a stage can see
    slack = 1e-6 * (abs(centre) + math.sqrt(variance * len(sample)))
    t = math.copysign(max(0.0, abs(gap) - slack), gap) / math.sqrt(variance) if variance > 0 else 0.0
    return abs(t) > NormalDist().inv_cdf(1 - alpha / 2), t


def ks_stage(sample: Any, nodes: Any, cumulated: Any, alpha: float) -> tuple[bool, float]:
    """(fired, distance): Kolmogorov's distance against sqrt(log(2/α)/(2n)), with 10^-4 for the grid."""
    import numpy as np

    s = np.sort(sample)
    n = len(s)
    f = np.interp(s, nodes, cumulated)
    upper, lower = np.arange(1, n + 1) / n - f, f - np.arange(0, n) / n
    distance = float(max(upper.max(), lower.max()))
    return distance > math.sqrt(math.log(2 / alpha) / (2 * n)) + 1e-4, distance


def _floats(p: Point) -> dict[str, Any]:
    return {k: float(v) for k, v in p.items()}


def _mean_test(lhs: Term, rhs: Term, p: Point, functions: Mapping[str, Instance], deadline: float) -> _Test | None:
    if lhs[0] != "expect":
        lhs, rhs = rhs, lhs
    values, target = _floats(p), 0.0
    both = rhs[0] == "expect"
    if not both:
        z = side(rhs, p, functions, 64, deadline, Report())
        if z is None or not z.imag.is_zero():
            return None
        target = float(z.real.mid())
    fired, t = False, 0.0
    for stage, alpha in enumerate(ALPHA):
        tick(deadline)
        samples = []
        for k, s in enumerate((lhs, rhs) if both else (lhs,)):
            at = draw(s[2], values, _N, SEED + 10 * stage + k + 1)
            import numpy as np

            v = np.asarray(vector(s[1], {**values, **at}), dtype=float)
            samples.append(np.broadcast_to(v, (_N,)))
        fired, t = mean_stage(samples[0], target, samples[1] if both else None, alpha)
        if not fired:
            break
    effect = (NormalDist().inv_cdf(1 - ALPHA[1] / 2) + NormalDist().inv_cdf(1 - _BETA)) / math.sqrt(_N)
    return _Test(fired, t, effect, {k: str(v) for k, v in p.items()}, "mean")


def _push_test(push: Term, claimed: Term, reach: tuple[float, float], p: Point, deadline: float) -> _Test | None:
    _, law, hs, ys = push
    if len(hs) != 1 or len(ys) != 1 or ys[0][0] != "sym":
        return None
    y = ys[0][1]
    values = {k: v for k, v in _floats(p).items() if k != y}
    nodes, cumulated = _cdf(claimed, y, *reach, values)
    fired, d = False, 0.0
    for stage, alpha in enumerate(ALPHA):
        tick(deadline)
        at = draw(law, values, _N, SEED + 10 * stage + 1)
        fired, d = ks_stage(vector(hs[0], {**values, **at}), nodes, cumulated, alpha)
        if not fired:
            break
    effect = math.sqrt(math.log(2 / ALPHA[1]) / (2 * _N)) + 1e-4 + math.sqrt(math.log(2 / _BETA) / (2 * _N))
    return _Test(fired, d, effect, {k: str(v) for k, v in p.items() if k != y}, "law")


def _tests(claim: Claim, deadline: float) -> list[_Test]:
    lhs, rhs = claim.data["lhs"], claim.data["rhs"]
    context = claim.context
    names = {s[1] for t in (lhs, rhs, *(a.of for a in context.assumed)) for s in walk(t) if s[0] == "app"}
    specs = {n: s for n, s in context.functions.items() if n in names or s.inverse in names}
    choices = within(context, families(specs))
    out: list[_Test] = []
    for i, p in enumerate(points((lhs, rhs), context, SEED, _SPOTS) if choices else ()):
        functions = choices[i % len(choices)]
        left, right = instantiate(lhs, functions), instantiate(rhs, functions)
        try:
            if "expect" in (left[0], right[0]):
                test = _mean_test(left, right, p, {}, deadline)
            elif left[0] == "push" and not _bound_twice(left, right):
                test = _push_test(left, *_guarded(claim, left, right), p, deadline)
            elif right[0] == "push":
                test = _push_test(right, *_guarded(claim, right, left), p, deadline)
            else:
                return []
        except Unevaluable:
            continue
        if test is not None:
            out.append(test)
    return out


def _bound_twice(left: Term, right: Term) -> bool:
    return bool(left[0] == right[0] == "push")


_REACH: Final = {
    "positive": (0.0, math.inf),
    "nonnegative": (0.0, math.inf),
    "negative": (-math.inf, 0.0),
    "unit": (0.0, 1.0),
}


def _guarded(claim: Claim, push: Term, claimed: Term) -> tuple[Term, tuple[float, float]]:
    """The claimed density, 0 where the relations given for its variable fail, and the interval of the variable's
    kind.
    """
    y = push[3][0]
    name = y[1] if y[0] == "sym" else ""
    reach = _REACH.get(claim.context.symbols.get(name, ""), (-math.inf, math.inf))
    conds = [rel for rel in claim.context.given if name in free_symbols(rel)]
    if not conds:
        return claimed, reach
    return ("piecewise", (("and", *conds), claimed), (("true",), ("num", 0, 1))), reach


def alarm(claim: Claim, deadline: float) -> Evidence | None:
    """Simulate an equality about an expectation or a pushforward of one variable; None when there is nothing to say.

    ``data["alarm"]`` says whether both stages fired at some point. It never refutes alone.
    """
    if claim.kind != "equal":
        return None
    try:
        tests = _tests(claim, deadline)
    except OutOfTime:
        return None
    if not tests:
        return None
    fired = any(t.fired for t in tests)
    worst = max(tests, key=lambda t: (t.fired, abs(t.statistic)))
    alpha = min(1.0, len(tests) * ALPHA[0] * ALPHA[1])
    says = f"{_N} draws at {len(tests)} points: " + ("an alarm" if fired else "no alarm")
    data = {
        "alarm": fired,
        "n": _N,
        "seed": SEED,
        "alpha": alpha,
        "beta": _BETA,
        "effect": worst.effect,
        "statistic": worst.statistic,
        "test": worst.what,
        "point": dict(worst.point),
        "points": len(tests),
    }
    return Evidence("sampling", says, data)
