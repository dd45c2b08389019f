"""Laws of vectors and matrices at drawn dimensions, with numbers: SciPy's values, and samples of the maps of noise.

A sample refutes only in two stages with fresh seeds, each at its own α, and only where a t statistic means something
(:func:`symrep.checks.sampling.light`); what it would have missed is said.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterator
from statistics import NormalDist
from typing import Any, Final

import numpy as np

from symrep.checks.faults import Unevaluable
from symrep.checks.sampling import mean_stage
from symrep.errors import BadInput
from symrep.laws.claims import open_verdict
from symrep.laws.law import Question, family_law
from symrep.laws.matrix_slips import named_by
from symrep.multivariate.at import NUMBERS, at, size
from symrep.multivariate.draws import argument, parameters, point, sample, sizes
from symrep.multivariate.entry import COLUMN, ROW, MultivariateFamily
from symrep.verdict import Evidence, Reason, Status, Verdict, Witness

__all__ = ["ALPHA", "BETA", "DRAWS"]

#: false alarms of a stage of a comparison of one number with the mean of a sample, and how much is missed at most
ALPHA: Final = (1e-6, 1e-8)
BETA: Final = 1e-3
DRAWS: Final = 100_000
_PLACES: Final = 6
_CLOSE: Final = 1e-8
#: draws that are no further apart are the same number, rounded
_CONSTANT: Final = 1e-12
_SEED: Final = 20260727
#: spaces on which every law has moments of all orders
_BOUNDED: Final = ("simplex", "correlation", "sphere")

Array = np.ndarray[Any, Any]


def _scipy(family: MultivariateFamily) -> Any:
    """The law in scipy.stats, or None where SciPy is not installed."""
    try:
        import scipy.stats
    except ImportError:
        return None
    return getattr(scipy.stats, family.scipy.name) if family.scipy else None


def _flat(family: MultivariateFamily, x: Array) -> Any:
    return x[:, 0] if family.variable.shape[1] == 1 else x


@family_law("density against SciPy", "log density as in SciPy at drawn dimensions", rank=80, of=MultivariateFamily)
def against_scipy(family: MultivariateFamily) -> Iterator[Question]:
    if family.scipy is None:
        return

    def found(_: float) -> Verdict:
        law = _scipy(family)
        if law is None:
            return open_verdict("SciPy is not installed: pip install symrep[scipy]")

        def theirs(values: dict[Any, Any], x: Array) -> float:
            arguments = {k: argument(v, values) for k, v in family.scipy.arguments.items()} if family.scipy else {}
            log_density = getattr(law, "logpdf", None) or law.logpmf
            return float(log_density(_flat(family, x), **arguments))

        def ours(values: dict[Any, Any], x: Array) -> float:
            return float(at(family.log_density, {**values, family.variable: x}, NUMBERS))

        return _compared(family, ours, theirs, "log density", with_point=True)

    yield Question("log density = SciPy's", found, stated="log_density")


@family_law("numbers of SciPy", "mean and entropy as in SciPy at drawn dimensions", rank=81, of=MultivariateFamily)
def numbers_of_scipy(family: MultivariateFamily) -> Iterator[Question]:
    if family.scipy is None:
        return
    for name in ("mean", "entropy", "covariance", "variance"):
        stated, method = getattr(family, name), {"covariance": "cov", "variance": "var"}.get(name, name)
        law = _scipy(family)
        if stated is None or law is None or not callable(getattr(law, method, None)):
            continue

        def theirs(values: dict[Any, Any], x: Array, method: str = method, law: Any = law) -> Any:
            asked = getattr(law, method)
            takes = inspect.signature(asked).parameters
            stated = family.scipy.arguments if family.scipy else {}
            arguments = {k: argument(v, values) for k, v in stated.items() if k in takes}
            return np.asarray(asked(**arguments), dtype=float).ravel()

        def ours(values: dict[Any, Any], x: Array, stated: Any = stated, name: str = name) -> Any:
            if name == "variance":
                shape = [range(size(k, values)) for k in family.variable.shape]
                spots = [{**values, ROW: i, COLUMN: j} for i in shape[0] for j in shape[1]]
                return np.array([at(stated, spot, NUMBERS) for spot in spots], dtype=float)
            return np.asarray(at(stated, values, NUMBERS), dtype=float).ravel()

        def found(_: float, ours: Any = ours, theirs: Any = theirs, name: str = name) -> Verdict:
            return _compared(family, ours, theirs, name, with_point=False)

        yield Question(f"{name} = SciPy's", found, stated=name)


def _compared(
    family: MultivariateFamily, ours: Callable[..., Any], theirs: Callable[..., Any], what: str, *, with_point: bool
) -> Verdict:
    rng = np.random.default_rng(_SEED)
    shown, worst, gaps = [], 0.0, []
    features: dict[str, list[float]] = {}
    for dims in sizes(family, rng, _PLACES):
        values = parameters(family, dims, rng)
        x = point(family, values, rng) if with_point else np.zeros((1, 1))
        try:
            mine, other = ours(values, x), theirs(values, x)
        except (ArithmeticError, ValueError, TypeError, BadInput) as e:
            return open_verdict(f"no values at {_say(dims)}: {type(e).__name__}: {str(e)[:120]}")
        gap = float(np.max(np.abs(np.asarray(mine) - np.asarray(other)) / (1 + np.abs(np.asarray(other)))))
        shown.append(_say(dims))
        worst = max(worst, gap)
        if not gap <= _CLOSE:
            gaps.append((dims, values, mine, other))
            for name, f in _features(family, values):
                features.setdefault(name, []).append(f)
    places = "; ".join(dict.fromkeys(shown))
    if not gaps:
        words = f"SciPy agrees to {worst:.1g} at {places}, parameters drawn (seed {_SEED})"
        return Verdict(Status.SUPPORTED, Reason.HOLDS, words, (Evidence("scipy", words),))
    dims, values, mine, other = gaps[0]
    words = f"at {_say(dims)} SciPy's {what} is another"
    scalars = all(np.ndim(m) == 0 for _, _, m, _ in gaps)
    named = named_by([float(m - o) for _, _, m, o in gaps], features) if scalars else None
    if named is not None:
        c, name = named
        words += f": ours is too {'large' if c > 0 else 'small'} by {abs(c)} {name}"
    place = {str(k): str(np.round(v, 6).tolist() if isinstance(v, np.ndarray) else v) for k, v in values.items()}
    pair = [str(np.round(np.asarray(v, dtype=float).ravel()[:4], 9).tolist()) for v in (mine, other)]
    witness = Witness(place, pair[0], pair[1], of=what)
    return Verdict(Status.REFUTED, Reason.UNEQUAL, words, (Evidence("scipy", words, {"rigorous": False}),), witness)


def _features(family: MultivariateFamily, values: dict[Any, Any]) -> Iterator[tuple[str, float]]:
    for s, space in family.parameters.items():
        v = values[s]
        if space.kind in ("positive definite", "lower triangular"):
            yield f"log det {s}", float(np.linalg.slogdet(v)[1])
    size = math.prod(values[s] for s in family.dimensions)
    yield "d log(2 pi)", size * math.log(2 * math.pi)
    yield "log(2 pi)", math.log(2 * math.pi)
    yield "1", 1.0


def _say(dims: Any) -> str:
    return ", ".join(f"{s} = {n}" for s, n in dims.items())


# --- samples ------------------------------------------------------------------------------------------------------


@family_law(
    "samples of the map", "mean, covariance and entropy of the map of noise, drawn", rank=82, of=MultivariateFamily
)
def samples(family: MultivariateFamily) -> Iterator[Question]:
    """Of the map of noise, at two dimensions: each coordinate's mean and second moments where tails are light, and −log
    density."""
    for path in family.pathwise:
        if any(n.kind == "spherical" for n in path.noises):
            continue
        light = all(n.kind == "normal" for n in path.noises) or family.space.kind in _BOUNDED
        for name in ("mean", "covariance", "variance", "entropy"):
            stated = getattr(family, name)
            if stated is None or not (light or name == "entropy"):
                continue

            def found(_: float, name: str = name, path: Any = path) -> Verdict:
                return _sampled(family, path, name)

            yield Question(f"{name} of the samples", found, stated=name)


def _sampled(family: MultivariateFamily, path: Any, name: str) -> Verdict:
    rng = np.random.default_rng(_SEED + 1)
    tests = []
    for n, more in ((2, 3), (4, 2)):
        dims = {s: (n, more)[k % 2] for k, s in enumerate(family.dimensions)}
        values = parameters(family, dims, rng)
        fired, statistic = False, 0.0
        for stage, alpha in enumerate(ALPHA):
            draw = np.random.default_rng([_SEED, stage, *dims.values()])
            xs = sample(path, values, draw, DRAWS)
            try:
                fired, statistic = _stage(family, values, xs, name, alpha)
            except Unevaluable as e:
                return open_verdict(f"at {_say(dims)}: {e}: a sample says nothing here")
            if not fired:
                break
        tests.append((dims, fired, statistic))
    effect = (NormalDist().inv_cdf(1 - ALPHA[1] / 2) + NormalDist().inv_cdf(1 - BETA)) / math.sqrt(DRAWS)
    data = {"n": DRAWS, "alpha": ALPHA[0] * ALPHA[1], "beta": BETA, "effect": effect, "seed": _SEED}
    rates = (
        f"{DRAWS} draws; false alarm {ALPHA[0] * ALPHA[1]:.0e} a number, misses more than {effect:.2f} sd once in 1000"
    )
    for dims, fired, statistic in tests:
        if fired:
            words = f"at {_say(dims)} the samples have another {name}: {statistic:.1f} standard errors off; {rates}"
            return Verdict(Status.REFUTED, Reason.UNEQUAL, words, (Evidence("sampling", words, data),))
    words = f"samples agree at {'; '.join(_say(d) for d, _, _ in tests)}; {rates}"
    return Verdict(Status.SUPPORTED, Reason.HOLDS, words, (Evidence("sampling", words, data),))


def _stage(family: MultivariateFamily, values: Any, xs: Array, name: str, alpha: float) -> tuple[bool, float]:
    """(fired, the largest statistic) over the coordinates, α divided among them."""
    n = xs.shape[0]
    pairs: list[tuple[Array, float]] = []
    if name == "entropy":
        surprise = -at(family.log_density, {**values, family.variable: xs}, NUMBERS)
        pairs.append((surprise, float(at(family.entropy, values, NUMBERS))))
    elif name == "mean":
        mean = np.asarray(at(family.mean, values, NUMBERS), dtype=float)
        pairs += [(xs[:, i, j], float(mean[i, j])) for i, j in np.ndindex(*mean.shape)]
    else:
        mean = np.asarray(at(family.mean, values, NUMBERS), dtype=float)
        if name == "covariance":
            spread = np.asarray(at(family.covariance, values, NUMBERS), dtype=float)
            centred = xs.reshape(n, -1) - mean.reshape(1, -1)
            pairs += [
                (centred[:, i] * centred[:, j], float(spread[i, j])) for i, j in np.ndindex(*spread.shape) if i >= j
            ]
        else:
            for i, j in np.ndindex(*mean.shape):
                spread_ij = float(at(family.variance, {**values, ROW: i, COLUMN: j}, NUMBERS))
                pairs.append(((xs[:, i, j] - mean[i, j]) ** 2, spread_ij))
    worst, fired = 0.0, False
    for draws, target in pairs:
        if np.ptp(draws) < _CONSTANT:  # the diagonal of a correlation matrix
            if abs(float(draws[0]) - target) > _CLOSE:
                return True, math.inf
            continue
        one, t = mean_stage(draws, target, None, alpha / len(pairs))
        fired = fired or one
        worst = t if abs(t) > abs(worst) else worst
    return fired, worst
