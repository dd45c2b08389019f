r"""Moment generating functions, cumulants, and what moments say of the tails: Markov, Chebyshev, Chernoff.

The moment generating function is $M(t) = \mathbb{E}[e^{tx}]$, the cumulants are the derivatives of $\log M$ at $t = 0$.
$X$ has any positive continuous density $p$; a probability is the integral of $p$."""

from sympy import Abs, Integral, exp, log, oo

from symrep import (
    D,
    E,
    algebra,
    chain_rule,
    conditional_law,
    definition,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    evaluate,
    ge,
    integrable,
    linearity,
    nonnegative_integer,
    positive,
    positive_integer,
    real,
    split_at,
    unit,
)
from symrep.distributions import Binomial, Gamma, Normal, Poisson

x, z, t, m, mu = real("x z t m mu")
sigma, lam, a, s, c, w = positive("sigma lambda alpha s c w")
k, n, p_ = nonnegative_integer("k"), positive_integer("n"), unit("p")

X = conditional_law("p", positive=True, smooth=0)
p = density(X)(x)

MATHLIB = "Mathlib, Mathlib/Probability/Moments"
PROOFS = "The Book of Statistical Proofs"
CHERNOFF = f"{MATHLIB}: measure_ge_le_exp_mul_mgf"
MARKOV = "Mathlib, Chebyshev–Markov inequality, in Mathlib/MeasureTheory/Function/LpSeminorm/ChebyshevMarkov.lean"
HERE = "worked out here"


# --- generating functions -----------------------------------------------------------------------------------------


@derivation(source=f"{PROOFS}, proof P153", given=(dominated(exp(t * x), (x, X), by=t),))
def derivative_of_the_generating_function():
    r"""For every law for which one may differentiate under the integral sign, $M'(t) = \mathbb{E}[x\,e^{tx}]$: at $t
    = 0$ the mean."""
    yield D(E(exp(t * x), (x, X)), t)
    yield E(D(exp(t * x), t), (x, X)), differentiate_under_integral(t)
    yield E(x * exp(t * x), (x, X)), chain_rule


@derivation(source=f"{PROOFS}, proof P71")
def cumulants_of_a_normal_law():
    r"""$\log M(t) = \mu t + \frac12\sigma^2t^2$: the mean and the variance, and all higher cumulants are zero."""
    yield log(E(exp(t * z), (z, Normal(mu, sigma))))
    yield log(exp(mu * t + sigma**2 * t**2 / 2)), evaluate
    yield mu * t + sigma**2 * t**2 / 2, algebra


@derivation(source=HERE)
def cumulants_of_a_poisson_law():
    r"""$\log M(t) = \lambda(e^t - 1)$, with the derivative $\lambda e^t$, and so on: every cumulant is $\lambda$."""
    yield D(log(E(exp(t * k), (k, Poisson(lam)))), t)
    yield D(log(exp(lam * (exp(t) - 1))), t), evaluate
    yield lam * exp(t), chain_rule


@derivation(source=HERE)
def generating_function_of_a_binomial_law():
    r"""$M(t) = (1 - p + p\,e^t)^n$: that of one trial, $n$ times."""
    yield E(exp(t * k), (k, Binomial(n, p_)))
    yield (1 - p_ + p_ * exp(t)) ** n, evaluate


@derivation(source=f"{PROOFS}, proof P437, at $-s$")
def laplace_transform_of_a_gamma_law():
    r"""With shape $\alpha$ and rate $\lambda$, $\mathbb{E}[e^{-sw}] = (\frac{\lambda}{\lambda + s})^\alpha$."""
    yield E(exp(-s * w), (w, Gamma(a, lam)))
    yield (lam / (lam + s)) ** a, evaluate


# --- tails --------------------------------------------------------------------------------------------------------


@derivation(source=MARKOV, given=(integrable(Abs(x), (x, X)),))
def markov():
    r"""$P(|X| \ge c) \le \mathbb{E}|X|/c$: what is dropped is $\int_{-c}^c |x|\,p\,dx$ and, in the tails, $\int (|x| -
    c)\,p\,dx$."""
    middle = Integral(Abs(x) * p, (x, -c, c))
    chance = Integral(p, (x, -oo, -c)) + Integral(p, (x, c, oo))
    excess = Integral((-x - c) * p, (x, -oo, -c)) + Integral((x - c) * p, (x, c, oo))
    yield E(Abs(x), (x, X)) / c
    yield Integral(Abs(x) * p, (x, -oo, oo)) / c, definition
    yield (Integral(Abs(x) * p, (x, -oo, -c)) + Integral(Abs(x) * p, (x, -c, oo))) / c, split_at(-c)
    yield (Integral(Abs(x) * p, (x, -oo, -c)) + middle + Integral(Abs(x) * p, (x, c, oo))) / c, split_at(c)
    yield (excess + middle) / c + chance, linearity
    yield ge(chance), algebra


@derivation(source=f"{PROOFS}, proof P482", given=(integrable(x, (x, X)), integrable(x**2, (x, X))))
def chebyshev():
    r"""$P(|X - m| \ge c) \le \mathbb{E}[(X - m)^2]/c^2$ for every $m$ and $c > 0$; for the mean it is
    $\mathrm{Var}(X)/c^2$."""
    left, middle, right = (
        Integral((x - m) ** 2 * p, (x, *ends)) for ends in ((-oo, m - c), (m - c, m + c), (m + c, oo))
    )
    chance = Integral(p, (x, -oo, m - c)) + Integral(p, (x, m + c, oo))
    excess = Integral(((x - m) ** 2 - c**2) * p, (x, -oo, m - c)) + Integral(((x - m) ** 2 - c**2) * p, (x, m + c, oo))
    yield E((x - m) ** 2, (x, X)) / c**2
    yield Integral((x - m) ** 2 * p, (x, -oo, oo)) / c**2, definition
    yield (left + Integral((x - m) ** 2 * p, (x, m - c, oo))) / c**2, split_at(m - c)
    yield (left + middle + right) / c**2, split_at(m + c)
    yield (excess + middle) / c**2 + chance, linearity
    yield ge(chance), algebra


@derivation(source=CHERNOFF, given=(integrable(exp(s * x), (x, X)),))
def chernoff():
    r"""$P(X \ge m) \le e^{-sm}\,M(s)$ for every $s > 0$ for which $M(s)$ is finite."""
    tilted = exp(s * (x - m)) * p
    chance = Integral(p, (x, m, oo))
    yield exp(-s * m) * E(exp(s * x), (x, X))
    yield exp(-s * m) * Integral(exp(s * x) * p, (x, -oo, oo)), definition
    yield Integral(tilted, (x, -oo, oo)), linearity
    yield Integral(tilted, (x, -oo, m)) + Integral(tilted, (x, m, oo)), split_at(m)
    yield Integral(tilted, (x, -oo, m)) + Integral((exp(s * (x - m)) - 1) * p, (x, m, oo)) + chance, linearity
    yield ge(chance), algebra


@derivation(source=CHERNOFF)
def chernoff_for_a_normal_law():
    r"""For $\mathcal{N}(0, 1)$ the bound $e^{-sc + s^2/2}$ is least at $s = c$: $P(X \ge c) \le e^{-c^2/2}$."""
    N = Normal(0, 1)
    q, tilted = density(N)(x), exp(c * (x - c))
    low, high = (Integral(tilted * q, (x, *ends)) for ends in ((-oo, c), (c, oo)))
    yield exp(-(c**2) / 2)
    yield Integral(tilted * q, (x, -oo, oo)), evaluate
    yield low + high, split_at(c)
    yield low + Integral((tilted - 1) * q, (x, c, oo)) + Integral(q, (x, c, oo)), linearity
    yield ge(Integral(q, (x, c, oo))), algebra
