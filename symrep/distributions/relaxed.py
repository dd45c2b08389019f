"""Continuous relaxations of discrete laws: entries only. Gradients through them are biased for the discrete law."""

from __future__ import annotations

from typing import Any

from sympy import FunctionMatrix, Lambda, MatrixSymbol, Symbol, exp, log, loggamma

from symrep.distribution import Family, Pathwise, UnitInterval, positive_line
from symrep.multivariate.entry import (
    COLUMN,
    ROW,
    MatrixPathwise,
    MultivariateFamily,
    Noise,
    positive,
    positive_vector,
    simplex,
)
from symrep.multivariate.words import sum_over
from symrep.symbols import positive as positive_symbol
from symrep.symbols import real, unit

y, u = unit("y u")
eps = real("epsilon")
a, lam = positive_symbol("alpha lambda")
LOGIT = log(y) - log(1 - y)

BinaryConcrete = Family(
    name="BinaryConcrete",
    variable=y,
    support=UnitInterval,
    parameters={a: positive_line(role="odds"), lam: positive_line((0.4, 2.0), role="temperature")},
    density=lam * a * y ** (-lam - 1) * (1 - y) ** (-lam - 1) / (a * y ** (-lam) + (1 - y) ** (-lam)) ** 2,
    cdf=1 / (1 + a * (y / (1 - y)) ** (-lam)),
    quantile=1 / (1 + (a * u / (1 - u)) ** (-1 / lam)),
    pathwise=(
        Pathwise(eps, ("Logistic", (0, 1)), 1 / (1 + exp(-(log(a) + eps) / lam))),
        Pathwise(u, ("Uniform", (0, 1)), 1 / (1 + (a * u / (1 - u)) ** (-1 / lam)), kind="inverse CDF"),
    ),
    note="biased for the Bernoulli it relaxes: at lambda = 1, alpha/(1 + alpha) = 0.3, E[y^2] is 0.206, not 0.300",
    source="Maddison, Mnih & Teh 2017, arXiv:1611.00712",
)

d = Symbol("d", integer=True, positive=True)
tau = Symbol("tau", positive=True)
x, alpha, E = (MatrixSymbol(name, d, 1) for name in ("x", "alpha", "E"))
i, j = ROW, COLUMN


def _power(k: Any) -> Any:
    return (alpha[k, 0] / E[k, 0]) ** (1 / tau)


Concrete = MultivariateFamily(
    name="Concrete",
    variable=x,
    space=simplex(),
    dimensions=(d,),
    parameters={alpha: positive_vector("odds"), tau: positive("temperature")},
    log_density=loggamma(d)
    + (d - 1) * log(tau)
    + sum_over(i, d, log(alpha[i, 0]) - (tau + 1) * log(x[i, 0]))
    - d * log(sum_over(i, d, alpha[i, 0] * x[i, 0] ** (-tau))),
    pathwise=(
        MatrixPathwise(
            (Noise(E, "gamma", 1),),
            FunctionMatrix(d, 1, Lambda((i, j), _power(i) / sum_over(j, d, _power(j)))),
            completion=(sum_over(i, d, E[i, 0]), d),
        ),
    ),
    note="biased for the Categorical it relaxes; -log E is Gumbel: softmax((log alpha + Gumbel)/tau); power d",
    source="Maddison, Mnih & Teh 2017, arXiv:1611.00712",
)
