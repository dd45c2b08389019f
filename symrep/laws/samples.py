r"""Draws through the stated maps of noise against the distribution function, with stated rates of both errors.

Of n draws with empirical distribution function $F_n$, Massart's form of the inequality of Dvoretzky, Kiefer and
Wolfowitz says $P(\sup|F_n - F| > \varepsilon) \le 2e^{-2n\varepsilon^2}$ for every n and F. A distance beyond the ε of
ALPHA refutes; ALPHA is a share of SUITE_ALPHA, so that all tests of a whole catalogue together raise a false alarm
with a probability of at most 10⁻⁹. F is looked at at LEVELS order statistics, by balls. A sampler whose law is DETECTED
or further away in Kolmogorov's distance is missed with a probability of at most BETA: by Hoeffding's inequality at the
point where the two are furthest apart, or at the neighbouring order statistic.

Source: Massart, Annals of Probability 18 (1990) 1269-1283, for the constant 2 (not looked up; the rates are tested).
"""

from __future__ import annotations

import math
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final, final

import sympy as sp

from symrep.entry import Pathwise
from symrep.errors import BadInput
from symrep.family import FAMILIES, LEVEL, Family
from symrep.laws.claims import open_verdict, total
from symrep.laws.law import Question, family_law
from symrep.laws.numbers import Point, points, value
from symrep.symbols import as_expr
from symrep.transforms.drawing import computed, draws, open_unit
from symrep.verdict import Evidence, Reason, Status, Verdict, Witness

__all__ = ["ALPHA", "BETA", "DETECTED", "LEVELS", "SIZE", "SUITE_ALPHA", "TESTS", "Distance", "alarm", "epsilon"]

SIZE: Final = 100_000
LEVELS: Final = 99
#: what all tests of a suite may raise together, and how many tests that suffices for
SUITE_ALPHA: Final = 1e-9
TESTS: Final = 4000
ALPHA: Final = SUITE_ALPHA / TESTS
BETA: Final = 1e-3
#: where nothing is known of a larger share of the draws, nothing is said
WIDEST: Final = 0.15
#: below this a double has lost digits
_TINY: Final = 1e-300
#: parameters tried of each family
_SPOTS: Final = 2


def epsilon(n: int, alpha: float) -> float:
    """The distance that n draws from the right law exceed with a probability of at most alpha."""
    return math.sqrt(math.log(2 / alpha) / (2 * n))


#: the smallest distance that is found with a probability of at least 1 − BETA
DETECTED: Final = epsilon(SIZE, ALPHA) + math.sqrt(math.log(1 / BETA) / (2 * SIZE)) + 1 / (LEVELS + 1)


@final
@dataclass(frozen=True)
class Distance:
    """The largest distance found, the point it was found at, and the two values there.

    ``gap`` is the largest share of the draws between two neighbouring points that were looked at, or beyond the last.
    """

    size: float
    at: float
    share: float
    expected: float
    gap: float = 1.0

    @property
    def detects(self) -> float:
        """The distance that is found with a probability of at least 1 − BETA, with SIZE draws."""
        return epsilon(SIZE, ALPHA) + math.sqrt(math.log(1 / BETA) / (2 * SIZE)) + self.gap


def alarm(
    sample: Any,
    cdf: Callable[[float], float],
    *,
    discrete: bool = False,
    levels: int = LEVELS,
    ends: tuple[float, float] = (-math.inf, math.inf),
) -> Distance:
    """How far the empirical distribution function is from ``cdf`` at order statistics; nan where too few are known.

    Far apart levels come first, so that a ``cdf`` that runs out of time leaves no side out. Draws of a continuous law
    that were rounded to an end of its support, or to 0, are not looked at.

    Raises:
        BadInput: draws that are no finite numbers.
    """
    import numpy as np

    x = np.sort(np.asarray(sample, dtype=float))
    n = len(x)
    if not np.isfinite(x).all():
        raise BadInput("draws", "finite numbers", f"{int((~np.isfinite(x)).sum())} of {n} that are not")
    worst = Distance(0.0, math.nan, math.nan, math.nan)
    known = [0, n]
    for k in sorted({round(j * n / (levels + 1)) for j in range(1, levels + 1)}, key=lambda k: _scattered(k, n)):
        at = float(x[k])
        rounded = not discrete and (
            abs(at) < _TINY or any(abs(at - e) <= 4 * math.ulp(e) for e in ends if math.isfinite(e))
        )
        f = math.nan if rounded else cdf(at)
        if math.isnan(f):
            continue
        known.append(k)
        up, down = np.searchsorted(x, at, "right") / n, np.searchsorted(x, at, "left") / n
        # at a jump F(at) is the upper of two values, and the draws at that very point belong below it
        gaps = [(abs(up - f), up)] if discrete else [(f - down, down), (up - f, up)]
        size, share = max(gaps, key=lambda g: g[0])
        if size > worst.size:
            worst = Distance(float(size), at, float(share), f)
    gap = max(b - a for a, b in pairwise(sorted(known))) / n
    return replace(worst, gap=gap, size=worst.size if gap <= WIDEST else math.nan)


def _scattered(k: int, n: int) -> int:
    """The levels in an order in which each halves a gap: by the binary digits of k/n, backwards."""
    return int(f"{round(k / n * (1 << 20)):020b}"[::-1], 2)


@family_law("samples", "draws through the stated maps have the stated distribution function", rank=90)
def samples(family: Family) -> Iterator[Question]:
    """For each way to write the law as a map of noise: SUPPORTED, or refuted by draws that are too improbable."""
    ways: list[tuple[str, Pathwise | None]] = [(f"{p.path}", p) for p in family.pathwise]
    if not ways and family.quantile is not None and not family.discrete:
        ways = [("the quantile", None)]
    for words, way in ways:
        yield Question(
            f"{SIZE} draws through {words}",
            lambda seconds, way=way: _judged(family, way, seconds),  # type: ignore[misc]
            stated="pathwise" if way is not None else "quantile",
        )


def _judged(family: Family, way: Pathwise | None, seconds: float) -> Verdict:
    spent = _clock(seconds)
    data = {"n": SIZE, "alpha": ALPHA, "beta": BETA, "rigorous": False}
    threshold = epsilon(SIZE, ALPHA)
    largest, detects, done = 0.0, 0.0, 0
    for i, at in enumerate(_spots(family, way.given if way is not None else ())):
        if spent() > 0.9:
            break
        seed = zlib.crc32(f"{family.name} {way.path if way else ''} {i}".encode())
        try:
            sample = drawn(family, way, at, SIZE, seed)
            ends = (value(family.support.low, at), value(family.support.high, at))
            share = spent() + (1 - spent()) / (_SPOTS - i)
            cdf = _cdf(family, at, lambda share=share: spent() > share)  # type: ignore[misc]
            found = alarm(sample, cdf, discrete=family.discrete, ends=ends)
        except BadInput as e:
            return open_verdict(f"no draws: {e}")
        if math.isnan(found.size):
            if done:
                break
            return open_verdict("the distribution function could not be evaluated at enough points")
        done += 1
        largest, detects = max(largest, found.size), max(detects, found.detects)
        if found.size > threshold:
            return _alarmed(family, at, found, {**data, "seed": seed, "distance": found.size, "detects": found.detects})
    if not done:
        return open_verdict("no parameters to draw at, or no time", Reason.TIMEOUT)
    says = f"{SIZE} draws at {done} parameters are within {largest:.4f} of F; {detects:.3f} would be seen"
    evidence = Evidence("sampling", says, {**data, "distance": largest, "detects": round(detects, 5)})
    return Verdict(Status.SUPPORTED, Reason.HOLDS, says, (evidence,))


def _alarmed(family: Family, at: Point, found: Distance, data: Mapping[str, Any]) -> Verdict:
    where = ", ".join(f"{k} = {v}" for k, v in at.items())
    says = (
        f"of {SIZE} draws{f' with {where}' if where else ''} the share up to {family.variable} = {found.at:.6g} is "
        f"{found.share:.4f}, where F is {found.expected:.4f}; right draws do this with a probability below {ALPHA:.1g}"
    )
    point = {**{k: str(v) for k, v in at.items()}, family.variable.name: str(Fraction(found.at))}
    witness = Witness(point, f"{found.share:.6f}", f"{found.expected:.6f}", of="share of the draws, and F")
    evidence = (Evidence("sampling", says, dict(data)),)
    return Verdict(Status.REFUTED, Reason.NOT_PUSHFORWARD, says, evidence, witness)


def _clock(seconds: float) -> Callable[[], float]:
    """The share of the budget that is spent: in processor time, for a busy machine is no reason to leave a law open;
    but no more than twice as long by the clock on the wall.
    """
    start, wall = time.process_time(), time.monotonic()
    return lambda: max(time.process_time() - start, (time.monotonic() - wall) / 2) / seconds


def _spots(family: Family, given: tuple[Any, ...]) -> list[Point]:
    """Parameters to draw at; those a way is stated for one value of have that value."""
    fixed = {
        r.lhs.name: Fraction(int(r.rhs.p), int(r.rhs.q))
        for r in given
        if isinstance(r, sp.Eq) and r.lhs in family.parameters and r.rhs.is_Rational
    }
    others = tuple(r for r in given if not (isinstance(r, sp.Eq) and getattr(r.lhs, "name", "") in fixed))
    found = [{**at, **fixed} for at in points(family, _SPOTS, others)]
    return [at for i, at in enumerate(found) if at not in found[:i]]


def _cdf(family: Family, at: Point, over: Callable[[], bool]) -> Callable[[float], float]:
    x = family.variable
    stated = as_expr(family.cdf) if family.cdf is not None else _integrated(family)

    def cdf(t: float) -> float:
        if over():
            return math.nan
        exact = Fraction(round(t)) if family.discrete else Fraction(t)
        return value(stated, {**at, x.name: exact}, 2.0)

    return cdf


def _integrated(family: Family) -> Any:
    """The distribution function as an integral or sum of the weight up to the variable."""
    whole = total(family, family.weight)
    t, low, _ = whole.limits[0]
    inner = sp.Dummy("t_", integer=True) if family.discrete else sp.Dummy("t_", real=True)
    bound = sp.Symbol("t__", integer=True) if family.discrete else sp.Symbol("t__", real=True)
    return whole.func(whole.function.subs(t, inner).subs(inner, bound), (bound, low, family.variable))


def drawn(family: Family, way: Pathwise | None, at: Point, n: int, seed: int) -> Any:
    """Draws of the law through a way, or through its quantile.

    Raises:
        BadInput: the noise of a law that cannot be drawn here, or a map that numpy cannot compute.
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    table = {s: sp.Rational(at[s.name].numerator, at[s.name].denominator) for s in family.parameters}
    if way is None:
        return computed(as_expr(family.quantile).subs(table), (LEVEL,), [open_unit(rng, n)])
    noises = [
        draws(FAMILIES[name], [as_expr(v).subs(table, simultaneous=True) for v in values], rng, n)
        for name, values in way.bases
    ]
    return computed(as_expr(way.path).subs(table, simultaneous=True), way.noises, noises)
