r"""Limits: relaxations that cool down or heat up, laws that become others, divergences that meet.

A limit is what the kernel's own analysis of the expression finds, for every value of the parameters; a line with a
limit says that it exists."""

from sympy import Integral, Limit, Rational, exp, log, oo

from symrep import KL, algebra, definition, density, derivation, evaluate, positive, positive_integer, real, unit
from symrep.distributions import Normal

x, c, mu1, mu2 = real("x c mu_1 mu_2")
a, tau, nu, w, lam, alpha, s = positive("a tau nu w lambda alpha s")
p = unit("p")
n = positive_integer("n")

HERE = "worked out here"
RENYI = "van Erven & Harremoes, Rényi Divergence and Kullback-Leibler Divergence, arXiv:1206.2459"


@derivation(source=HERE)
def relaxation_at_zero_temperature():
    r"""Where the perturbed logit $a$ is positive, the binary Concrete sample $1/(1 + e^{-a/\tau})$ becomes the discrete
    one, 1, as the temperature goes to 0; at $-a$ it becomes 0, and both add up to 1 at every temperature."""
    yield Limit(1 / (1 + exp(-a / tau)), tau, 0) + Limit(1 / (1 + exp(a / tau)), tau, 0)
    yield 1 + Limit(1 / (1 + exp(a / tau)), tau, 0), evaluate
    yield 1, evaluate


@derivation(source=HERE)
def relaxation_without_information():
    r"""When it is hot every sample is $\frac12$, whatever the logit: nothing of it is left."""
    yield Limit(1 / (1 + exp(-c / tau)), tau, oo)
    yield Rational(1, 2), evaluate


@derivation(source=HERE)
def slope_that_vanishes_with_the_temperature():
    r"""Off the threshold the slope of the relaxed sample, $y\,(1 - y)/\tau$, vanishes as the temperature goes to 0: the
    gradient of the discrete sample is 0 almost everywhere."""
    yield Limit(exp(-a / tau) / (tau * (1 + exp(-a / tau)) ** 2), tau, 0)
    yield 0, evaluate


@derivation(source=HERE)
def student_to_normal():
    r"""Up to their constants, Student's densities with more and more degrees of freedom become the normal density."""
    yield Limit((1 + x**2 / nu) ** (-(nu + 1) / 2), nu, oo)
    yield Limit(exp(-(nu + 1) / 2 * log(1 + x**2 / nu)), nu, oo), algebra
    yield exp(-(x**2) / 2), evaluate
    yield density(Normal(0, 1))(x) / density(Normal(0, 1))(0), definition


@derivation(source=HERE)
def no_event_in_many_trials():
    r"""$n$ trials with the chance $p/n$ each, $0 < p < 1$: that none of them succeeds has the probability $e^{-p}$ in
    the limit, that of no event under $\mathrm{Poisson}(p)$."""
    yield Limit((1 - p / n) ** n, n, oo)
    yield Limit(exp(n * log(1 - p / n)), n, oo), algebra
    yield exp(-p), evaluate


@derivation(source=HERE)
def box_cox_to_the_logarithm():
    r"""$(w^\lambda - 1)/\lambda$ becomes $\log w$ as $\lambda$ goes to 0, from both sides."""
    yield Limit((w**c - 1) / c, c, 0, "+-")
    yield log(w), evaluate


P, Q = Normal(mu1, s), Normal(mu2, s)
powers = Integral(density(P)(x) ** alpha * density(Q)(x) ** (1 - alpha), (x, -oo, oo))


@derivation(source=RENYI)
def renyi_to_kullback_leibler():
    r"""The Rényi divergence of order $\alpha$, $\frac{1}{\alpha - 1}\log\int p^\alpha q^{1 - \alpha}\,dx$, becomes the
    Kullback-Leibler divergence as $\alpha$ goes to 1: for two normal laws of one variance."""
    yield Limit(log(powers) / (alpha - 1), alpha, 1, "+-")
    yield Limit(alpha * (mu1 - mu2) ** 2 / (2 * s**2), alpha, 1, "+-"), evaluate
    yield (mu1 - mu2) ** 2 / (2 * s**2), evaluate
    yield KL(P, Q), evaluate
