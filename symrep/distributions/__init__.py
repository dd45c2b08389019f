"""The families symrep knows. One entry each, in the files beside this one."""

from symrep.distributions.continuous import (
    Beta,
    Cauchy,
    ChiSquared,
    Exponential,
    Gamma,
    Gumbel,
    HalfNormal,
    Laplace,
    Logistic,
    LogNormal,
    Normal,
    Pareto,
    Rayleigh,
    StudentT,
    Uniform,
    Weibull,
)

__all__ = [
    "Beta",
    "Cauchy",
    "ChiSquared",
    "Exponential",
    "Gamma",
    "Gumbel",
    "HalfNormal",
    "Laplace",
    "LogNormal",
    "Logistic",
    "Normal",
    "Pareto",
    "Rayleigh",
    "StudentT",
    "Uniform",
    "Weibull",
]
