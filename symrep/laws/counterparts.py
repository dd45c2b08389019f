"""Values against those of SciPy, torch.distributions and numpyro, where an entry says what it is called there.

Only libraries that are installed are compared with (:func:`missing` names the others). Ours are computed by balls, so a
difference is a wrong entry, wrong arguments for the library, or a library's bug: in the bulk of the law and for moments
it refutes, far out in the tails, where libraries lose digits, it leaves the law open. Asymmetrical parameters.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, final

from symrep.entry import Counterpart
from symrep.errors import BadInput
from symrep.family import LEVEL, Family
from symrep.laws.claims import log_of, open_verdict
from symrep.laws.law import Question, family_law
from symrep.laws.numbers import Point, points, value
from symrep.symbols import as_expr
from symrep.verdict import Evidence, Reason, Status, Verdict, Witness

__all__ = ["MODULES", "PROBABILITIES", "TOLERANCE", "member", "missing"]

#: what is imported for each library
MODULES: Final[Mapping[str, str]] = {"scipy": "scipy.stats", "torch": "torch", "numpyro": "numpyro"}
#: levels in the bulk, and in the tails
PROBABILITIES: Final = (0.03, 0.31, 0.77, 0.995)
TAILS: Final = (1e-12, 1e-6, 1 - 1e-9)
#: relative, of the value or of its logarithm
TOLERANCE: Final = 1e-6
_SPOTS: Final = 3

#: what a library calls it -> one number in, one out; or None where it has no such thing
Functions = Mapping[str, Callable[..., float]]


def missing() -> list[str]:
    """The libraries that are not installed here."""
    return [name for name in MODULES if find_spec(name) is None]


def member(library: str, counterpart: Counterpart, arguments: Mapping[str, float]) -> Functions:
    """The law in a library: functions ``log_weight``, ``cdf``, ``quantile``, ``mean``, ``variance``, ``entropy``.

    Raises:
        BadInput: the library has no such law, or does not take these arguments.
    """
    try:
        return _MAKERS[library](counterpart.name, arguments)
    except (AttributeError, TypeError, ValueError, ImportError) as e:
        shown = f"{counterpart.name}({', '.join(arguments)}): {type(e).__name__}: {str(e)[:80]}"
        raise BadInput(library, "a law it has, with the arguments it takes", shown) from e


def _scipy(name: str, arguments: Mapping[str, float]) -> Functions:
    from scipy import stats

    law = getattr(stats, name)(**arguments)
    weight = law.logpmf if hasattr(law.dist, "pmf") else law.logpdf
    float(law.mean())  # arguments out of range make nan, which is looked at later
    return {
        "log_weight": lambda x: float(weight(x)),
        "cdf": lambda x: float(law.cdf(x)),
        "quantile": lambda p: float(law.ppf(p)),
        "mean": lambda: float(law.mean()),
        "variance": lambda: float(law.var()),
        "entropy": lambda: float(law.entropy()),
    }


def _torch(name: str, arguments: Mapping[str, float]) -> Functions:
    import torch

    def wide(v: float) -> Any:
        return torch.tensor(v, dtype=torch.float64)

    law = getattr(torch.distributions, name)(**{k: wide(v) for k, v in arguments.items()})
    return {
        "log_weight": lambda x: float(law.log_prob(wide(x))),
        "cdf": lambda x: float(law.cdf(wide(x))),
        "quantile": lambda p: float(law.icdf(wide(p))),
        "mean": lambda: float(law.mean),
        "variance": lambda: float(law.variance),
        "entropy": lambda: float(law.entropy()),
    }


def _numpyro(name: str, arguments: Mapping[str, float]) -> Functions:
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp
    import numpyro.distributions as laws

    law = getattr(laws, name)(**{k: jnp.asarray(v, dtype=float) for k, v in arguments.items()})
    return {
        "log_weight": lambda x: float(law.log_prob(jnp.asarray(x))),
        "cdf": lambda x: float(law.cdf(jnp.asarray(x))),
        "quantile": lambda p: float(law.icdf(jnp.asarray(p))),
        "mean": lambda: float(law.mean),
        "variance": lambda: float(law.variance),
        "entropy": lambda: float(law.entropy()),
    }


_MAKERS: Final[Mapping[str, Callable[[str, Mapping[str, float]], Functions]]] = {
    "scipy": _scipy,
    "torch": _torch,
    "numpyro": _numpyro,
}


@final
@dataclass(frozen=True)
class _Pair:
    """One value, ours and theirs; ``far`` in the tails."""

    what: str
    at: Mapping[str, Fraction]
    ours: float
    theirs: float
    far: bool = False

    @property
    def apart(self) -> bool:
        return not abs(self.ours - self.theirs) <= TOLERANCE * (1 + abs(self.ours))


def _law(library: str) -> None:
    @family_law(library, f"density, distribution function, quantile, moments and entropy are {library}'s", rank=95)
    def values(family: Family) -> Iterator[Question]:
        counterpart = getattr(family, library)
        if counterpart is None or find_spec(library) is None:
            return
        yield Question(
            f"values of {library}'s {counterpart.name}",
            lambda seconds: _judged(library, family, counterpart, seconds),
            stated=library,
        )


for _library in MODULES:
    _law(_library)


def _judged(library: str, family: Family, counterpart: Counterpart, seconds: float) -> Verdict:
    import_module(MODULES[library])
    # a busy machine is no reason to leave a law open; but no more than twice as long by the clock on the wall
    until, late = time.process_time() + 0.9 * seconds, time.monotonic() + 1.8 * seconds
    pairs: list[_Pair] = []
    for at in points(family, _SPOTS):
        try:
            theirs = member(library, counterpart, {k: value(v, at) for k, v in counterpart.arguments.items()})
        except BadInput as e:
            return open_verdict(str(e))
        for pair in _pairs(family, at, theirs, lambda: time.process_time() > until or time.monotonic() > late):
            pairs.append(pair)
            if pair.apart and not pair.far:
                return _apart(library, family, pair)
    far = next((p for p in pairs if p.apart), None)
    if far is not None:
        shown = ", ".join(f"{k} = {float(v):.6g}" for k, v in far.at.items())
        words = f"the {far.what} far out, at {shown}: {far.ours:.12g} here, {far.theirs:.12g} in {library}"
        return open_verdict(f"{words}; the other values agree", Reason.CONTRADICTION)
    if not pairs:
        return open_verdict(f"no value that {library} has could be compared in time")
    kinds = ", ".join(dict.fromkeys(p.what for p in pairs))
    says = f"{len(pairs)} values agree with {library}'s to {TOLERANCE:g}: {kinds}"
    data = {"values": len(pairs), "tolerance": TOLERANCE, "rigorous": False}
    return Verdict(Status.SUPPORTED, Reason.HOLDS, says, (Evidence(library, says, data),))


def _apart(library: str, family: Family, pair: _Pair) -> Verdict:
    shown = ", ".join(f"{k} = {float(v):.6g}" for k, v in pair.at.items())
    says = (
        f"the {pair.what} at {shown} is {pair.ours:.10g} here and {pair.theirs:.10g} in {library}: "
        f"are the arguments that {library}= passes the right ones, or is the formula wrong?"
    )
    witness = Witness({k: str(v) for k, v in pair.at.items()}, f"{pair.ours:.12g}", f"{pair.theirs:.12g}", of=pair.what)
    evidence = (Evidence(library, says, {"rigorous": False}),)
    return Verdict(Status.REFUTED, Reason.UNEQUAL, says, evidence, witness)


def _pairs(family: Family, at: Point, theirs: Functions, over: Callable[[], bool]) -> Iterator[_Pair]:
    def asked(what: str, *point: float) -> float:
        try:
            return theirs[what](*point)
        except Exception:  # a library says in many ways that it has no such thing
            return math.nan

    def ours(expr: Any, more: Mapping[str, Fraction]) -> float:
        return math.nan if over() else value(expr, {**at, **more}, 2.0)

    def pair(what: str, mine: float, other: float, more: Mapping[str, Fraction], far: bool = False) -> Iterator[_Pair]:
        if math.isfinite(mine) and math.isfinite(other):
            yield _Pair(what, {**at, **more}, mine, other, far)

    for what in ("mean", "variance", "entropy"):
        formula = getattr(family, what)
        if formula is not None and _holds(family, what, at):
            yield from pair(what, ours(as_expr(formula), {}), asked(what), {})
    x = family.variable.name
    log_weight = log_of(family.weight)
    for p in (*PROBABILITIES, *TAILS):
        far = p in TAILS
        point = asked("quantile", p)
        if family.quantile is not None and not family.discrete:
            own = ours(as_expr(family.quantile), {LEVEL.name: Fraction(p)})
            yield from pair("quantile", own, point, {LEVEL.name: Fraction(p)}, far)
            point = own if math.isnan(point) else point
        if not math.isfinite(point) or not _within(family, at, point):
            continue
        exact = Fraction(round(point)) if family.discrete else Fraction(point)
        more = {x: exact}
        yield from pair(
            "logarithm of the density", ours(log_weight, more), asked("log_weight", float(exact)), more, far
        )
        if family.cdf is not None:
            yield from pair(
                "distribution function", ours(as_expr(family.cdf), more), asked("cdf", float(exact)), more, far
            )


def _holds(family: Family, formula: str, at: Point) -> bool:
    """Do the relations hold under which a formula is stated?"""
    from symrep.checks.points import in_domain
    from symrep.laws.claims import ambient
    from symrep.translate import context_of

    return in_domain(at, context_of(list(family.parameters), ambient(family.given(formula))))


def _within(family: Family, at: Point, x: float) -> bool:
    low, high = value(family.support.low, at), value(family.support.high, at)
    if family.discrete:
        return not (x < low or x > high)
    return not (x <= low or x >= high)
