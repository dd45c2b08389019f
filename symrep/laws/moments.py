"""Mean, variance and entropy against their definitions."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from symrep.family import Family
from symrep.laws.claims import equation, log_of, total
from symrep.laws.law import Question, family_law
from symrep.laws.mistakes import mistake
from symrep.symbols import as_expr
from symrep.verdict import Status, Verdict

__all__: list[str] = []


@family_law("mean", "the mean is E[x]", rank=30)
def mean(family: Family) -> Iterator[Question]:
    if family.mean is None:
        return
    right = total(family, family.variable * family.weight)
    others = {"the mode": family.mode, "the variance": family.variance}

    def hint(_: Verdict) -> str:
        return mistake(family.mean, right, family, "mean", family.given("mean"), others)

    yield equation("mean = E[x]", right, family.mean, family.given("mean"), hint=hint, stated="mean")


@family_law("variance", "the variance is E[(x - E[x])**2]", rank=31)
def variance(family: Family) -> Iterator[Question]:
    if family.variance is None:
        return
    x, p = family.variable, family.weight
    given = (*family.given("mean"), *family.given("variance"))
    centre = family.mean if family.mean is not None else total(family, x * p)
    right = total(family, (x - centre) ** 2 * p)
    honest = total(family, x**2 * p) - total(family, x * p) ** 2  # free of the mean that is stated
    stated = as_expr(family.variance)

    def hint(_: Verdict) -> str:
        others = {
            "the standard deviation": sp.sqrt(honest),
            "E[x**2], the second moment": total(family, x**2 * p),
            "the mean": family.mean,
            "one over the variance, the precision": 1 / honest,
        }
        return mistake(stated, honest, family, "variance", given, others)

    by_moments = equation("", honest, stated, given)
    by_mean = equation("", right, stated, given)
    known = equation("", total(family, x * p), centre, given)

    def found(seconds: float) -> Verdict:
        """About the mean stated only where that is proved to be the mean."""
        if family.mean is not None and known.decide(seconds / 2).status is Status.PROVED:
            return by_mean.decide(seconds)
        return by_moments.decide(seconds)

    yield Question("variance = E[(x - E[x])**2]", found, hint=hint, stated="variance")


@family_law("entropy", "the entropy is -E[log density], in nats", rank=32)
def entropy(family: Family) -> Iterator[Question]:
    if family.entropy is None:
        return
    right = -total(family, family.weight * log_of(family.weight))
    given = family.given("entropy")

    def hint(_: Verdict) -> str:
        others = {"the entropy in bits, not in nats": right / sp.log(2), "minus the entropy": -right}
        return mistake(family.entropy, right, family, "entropy", given, others)

    yield equation("entropy = -E[log p(x)]", right, family.entropy, given, hint=hint, stated="entropy")
