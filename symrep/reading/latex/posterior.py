r"""The law of a parameter given one observation, by Bayes' rule, where the two are conjugate: E[μ | y] of μ ~ N(0, τ²),
y | μ ~ N(aμ + b, σ²); θ ~ Beta, k | θ ~ Bin(n, θ); λ ~ Gamma, x | λ ~ Poisson(cλ) or Exp(cλ).

The normal density in μ is the product of two, exp(−(μ − m)²/2s² − (y − aμ − b)²/2σ²): its precision is
1/s² + a²/σ², its mean (m/s² + a(y − b)/σ²) over that. Of the others the exponents add up.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.distribution import FAMILIES, Distribution

__all__ = ["posterior"]


def posterior(prior: Any, likelihood: Any, parameter: Any, value: Any) -> Any:
    """The law of the parameter given that what has the likelihood has a value; None where they are not conjugate."""
    if not isinstance(prior, Distribution) or not isinstance(likelihood, Distribution):
        return None
    pair, a, b = (prior.family.name, likelihood.family.name), prior.values, likelihood.values
    if pair == ("Normal", "Normal"):
        return _normal(a, b, parameter, value)
    if pair == ("Beta", "Binomial") and b[1] == parameter and not b[0].has(parameter):
        return FAMILIES["Beta"](a[0] + value, a[1] + b[0] - value)
    if pair == ("Beta", "Bernoulli") and b[0] == parameter:
        return FAMILIES["Beta"](a[0] + value, a[1] + 1 - value)
    times = sp.cancel(b[0] / parameter) if pair[0] == "Gamma" and len(b) == 1 else parameter
    if times.has(parameter):
        return None
    if pair == ("Gamma", "Poisson"):
        return FAMILIES["Gamma"](a[0] + value, a[1] + times)
    if pair == ("Gamma", "Exponential"):
        return FAMILIES["Gamma"](a[0] + 1, a[1] + times * value)
    return None


def _normal(prior: Any, likelihood: Any, parameter: Any, value: Any) -> Any:
    mean, deviation = prior
    line, spread = likelihood
    slope = sp.diff(line, parameter)
    if spread.has(parameter) or slope.has(parameter) or slope == 0:
        return None
    precision = 1 / deviation**2 + slope**2 / spread**2
    seen = value - sp.expand(line - slope * parameter)
    return FAMILIES["Normal"]((mean / deviation**2 + slope * seen / spread**2) / precision, 1 / sp.sqrt(precision))
