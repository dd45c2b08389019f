"""Mean, variance and entropy against their definitions."""

from __future__ import annotations

import math
from collections.abc import Iterator

from symrep.family import Family
from symrep.laws.by_map import ideas
from symrep.laws.claims import equation, existing, log_weight, or_standardised, total
from symrep.laws.law import Question, family_law
from symrep.laws.mistakes import mistake, named
from symrep.laws.numbers import points, values
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

    given = family.given("mean")
    question = equation(
        "mean = E[x]", right, family.mean, given, hint=hint, stated="mean", **ideas(family, family.variable)
    )
    whole = or_standardised(question, family, family.variable * family.weight, family.mean, given)
    yield existing(whole, right, family.mean, given, "mean")


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
        at = points(family, 6, given)
        first, second = values(total(family, x * p), at, 3.0), values(total(family, x**2 * p), at, 3.0)
        truth = [t - f**2 for f, t in zip(first, second, strict=True)]
        others = {
            "the standard deviation": [math.sqrt(t) if t > 0 else math.nan for t in truth],
            "E[x**2], the second moment": second,
            "the mean": first,
            "one over the variance, the precision": [1 / t if t else math.nan for t in truth],
        }
        return named(stated, truth, at, family, "variance", others)

    by_moments = equation("", honest, stated, given)
    by_mean = equation("", right, stated, given, **ideas(family, (x - centre) ** 2))
    known = equation("", total(family, x * p), centre, given, **ideas(family, x))

    def found(seconds: float) -> Verdict:
        """About the mean stated only where that is proved to be the mean."""
        if family.mean is not None and known.decide(seconds / 2).status is Status.PROVED:
            return by_mean.decide(seconds)
        return by_moments.decide(seconds)

    whole = Question("variance = E[(x - E[x])**2]", found, claim=by_moments.claim, hint=hint, stated="variance")
    yield existing(whole, total(family, x**2 * p), family.variance, given, "variance")


@family_law("entropy", "the entropy is -E[log density], in nats", rank=32)
def entropy(family: Family) -> Iterator[Question]:
    if family.entropy is None:
        return
    right = -total(family, family.weight * log_weight(family))
    given = family.given("entropy")

    def hint(_: Verdict) -> str:
        at = points(family, 6, given)
        truth = values(right, at, 5.0)
        others = {
            "the entropy in bits, not in nats": [t / math.log(2) for t in truth],
            "minus the entropy": [-t for t in truth],
        }
        return named(family.entropy, truth, at, family, "entropy", others)

    question = equation(
        "entropy = -E[log p(x)]",
        right,
        family.entropy,
        given,
        hint=hint,
        stated="entropy",
        **ideas(family, log_weight(family)),
    )
    body = -family.weight * log_weight(family)
    whole = or_standardised(question, family, body, family.entropy, given)
    yield existing(whole, right, family.entropy, given, "entropy")
