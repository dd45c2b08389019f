r"""Implicit reparameterization: the derivative of a sample by the parameter, without inverting a distribution function.

A standardization $S(z, \theta)$, increasing in $z$, turns the sample into noise, $\epsilon = S(z, \theta)$; the path is
its inverse, $z = T(\epsilon, \theta)$, which nobody can write down. The noise has any law with a positive density
$\rho$. The distribution function is one such standardization, with uniform noise; all of them lead to one velocity."""

from sympy import Integral, digamma, erf, exp, gamma, log, lowergamma, oo, sqrt

from symrep import (
    D,
    E,
    algebra,
    chain_rule,
    change_of_variables,
    conditional_law,
    definition,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    function,
    integration_by_parts,
    inverse,
    leibniz,
    lemma,
    positive,
    pushforward,
    real,
    substitution,
    unit,
)
from symrep.distributions import Exponential, Gamma, Normal

x, z, e, theta, mu, m = real("x z epsilon theta mu m")
sigma, s, lam, alpha, beta, w, v = positive("sigma s lambda alpha beta w v")
weight = unit("pi")

S, T = inverse(function("S", smooth=2, increasing=True, arity=2), "T")
noise = conditional_law("rho", smooth=1, positive=True)
f = function("f", smooth=1)

path = T(e, theta)
Z = pushforward(noise, e, path)
S_z, S_theta = S(z, theta).diff(z), S(z, theta).diff(theta)
q = density(noise)(S(z, theta)) * S_z
F = Integral(q.subs(z, x), (x, -oo, z))

FIGURNOV = "Figurnov, Mohamed & Mnih, Implicit Reparameterization Gradients, NeurIPS 2018, arXiv:1805.08498"
GRAVES = "Graves, Stochastic Backpropagation through Mixture Density Distributions, arXiv:1607.05690"


# --- any standardization ------------------------------------------------------------------------------------------


@derivation(source=FIGURNOV)
def implicit_differentiation():
    r"""$S(z, \theta) = \epsilon$ differentiated in $\theta$ along $z = T(\epsilon, \theta)$: the noise stays, so
    $\partial_z S\,\partial_\theta z + \partial_\theta S = 0$, and $\partial_\theta z = -\partial_\theta S/\partial_z S$
    at $(z, \theta)$. No $T$ is left that one would have to know."""
    yield D(path, theta)
    yield (D(S(path, theta), theta) - S_theta.subs(z, path)) / S_z.subs(z, path), chain_rule
    yield (D(e, theta) - S_theta.subs(z, path)) / S_z.subs(z, path), algebra
    yield -S_theta.subs(z, path) / S_z.subs(z, path), chain_rule


@derivation(source=FIGURNOV)
def density_of_the_sample():
    r"""The sample has the density $q_\theta(z) = \rho(S(z, \theta))\,\partial_z S(z, \theta)$."""
    yield density(Z)(z)
    yield q, change_of_variables(inverse=S(z, theta))


@derivation(source=FIGURNOV, given=(dominated(f(path), (e, noise), by=theta),))
def implicit_gradient():
    r"""$\partial_\theta\,\mathbb{E}_{q_\theta}[f(z)] = \mathbb{E}_{q_\theta}[f'(z)\,\partial_\theta z]$ with
    $\partial_\theta z = -\partial_\theta S/\partial_z S$, which is $-\partial_\theta F/q_\theta$ (see below), for every
    $f \in C^1$ for which one may differentiate under the integral sign along the path."""
    yield D(E(f(z), (z, Z)), theta)
    yield D(E(f(path), (e, noise)), theta), definition
    yield E(D(f(path), theta), (e, noise)), differentiate_under_integral(theta)
    yield E(f(z).diff(z).subs(z, path) * D(path, theta), (e, noise)), chain_rule
    yield (
        E(-f(z).diff(z).subs(z, path) * S_theta.subs(z, path) / S_z.subs(z, path), (e, noise)),
        lemma(implicit_differentiation),
    )
    yield E(-f(z).diff(z) * S_theta / S_z, (z, Z)), definition


# --- the distribution function ------------------------------------------------------------------------------------


@derivation(source=FIGURNOV)
def distribution_function():
    r"""$F(z; \theta) = \int_{-\infty}^z q_\theta(x)\,dx$ is the distribution function of the noise, at $S(z, \theta)$:
    at a sample it does not move with $\theta$, $F(z; \theta) = u$."""
    yield F
    yield Integral(density(noise)(e), (e, -oo, S(z, theta))), substitution(x, T(e, theta), e)


@derivation(source=FIGURNOV)
def slope_of_the_distribution_function():
    r"""$\partial_z F = q_\theta$."""
    yield D(F, z)
    yield q, leibniz(z)


@derivation(source=FIGURNOV)
def velocity_by_the_distribution_function():
    r"""In one dimension $-\partial_\theta F(z; \theta)/q_\theta(z) = -\partial_\theta S/\partial_z S$, whatever the
    standardization and its noise: only the law of $z$ counts."""
    yield -D(F, theta) / q
    yield -D(Integral(density(noise)(e), (e, -oo, S(z, theta))), theta) / q, lemma(distribution_function)
    yield -density(noise)(S(z, theta)) * S_theta / q, leibniz(theta)
    yield -S_theta / S_z, algebra


G = function("F", smooth=2, arity=2)(z, theta)


@derivation(source=FIGURNOV, given=(G > 0, G < 1, G.diff(z) > 0))
def one_standardization_is_as_good_as_another():
    r"""Any increasing function of $F$ standardizes as well; $\log\frac{F}{1 - F}$, onto the line, with logistic noise:
    its $-\partial_\theta S/\partial_z S$ is $-\partial_\theta F/\partial_z F$, that of $F$ and uniform noise."""
    logit = log(G / (1 - G))
    yield -D(logit, theta) / D(logit, z)
    yield -G.diff(theta) / G.diff(z), chain_rule


# --- laws ---------------------------------------------------------------------------------------------------------


F_1 = (1 + erf((z - mu) / (sqrt(2) * sigma))) / 2
F_2 = (1 + erf((z - m) / (sqrt(2) * s))) / 2


@derivation(source=FIGURNOV)
def normal_law():
    r"""The normal law has $F = \frac12(1 + \operatorname{erf}\frac{z - \mu}{\sqrt2\,\sigma})$, and
    $-\partial_\sigma F/q = (z - \mu)/\sigma$: the $\epsilon$ of the path $\mu + \sigma\epsilon$."""
    yield -D(F_1, sigma) / density(Normal(mu, sigma))(z)
    yield (z - mu) / sigma, chain_rule


@derivation(source=FIGURNOV)
def exponential_law():
    r"""The exponential law has $F = 1 - e^{-\lambda w}$, and $-\partial_\lambda F/q = -w/\lambda$: the derivative
    $\log(1 - u)/\lambda^2$ of the path $-\log(1 - u)/\lambda$ at $u = F$."""
    u = 1 - exp(-lam * w)
    yield -D(u, lam) / density(Exponential(lam))(w)
    yield -w / lam, chain_rule
    yield log(1 - u) / lam**2, algebra


@derivation(source=FIGURNOV)
def gamma_law_by_the_rate():
    r"""The Gamma law has $F = \gamma(\alpha, \beta w)/\Gamma(\alpha)$, and $-\partial_\beta F/q = -w/\beta$: $\beta$
    only scales."""
    yield -D(lowergamma(alpha, beta * w) / gamma(alpha), beta) / density(Gamma(alpha, beta))(w)
    yield -w / beta, chain_rule


@derivation(source=FIGURNOV)
def gamma_law_by_the_shape():
    r"""No inverse of $F$ is elementary, and its derivative by the shape is an integral of the score, to be computed:
    $-\partial_\alpha F/q = -\frac{1}{q(w)}\int_0^w q(v)\,(\log\beta v - \psi(\alpha))\,dv$."""
    G = Gamma(alpha, beta)
    yield -D(Integral(density(G)(v), (v, 0, w)), alpha) / density(G)(w)
    yield -Integral(D(density(G)(v), alpha), (v, 0, w)) / density(G)(w), differentiate_under_integral(alpha)
    yield -Integral(density(G)(v) * (log(beta * v) - digamma(alpha)), (v, 0, w)) / density(G)(w), chain_rule


p1, p2 = density(Normal(mu, sigma))(z), density(Normal(m, s))(z)
mixture = weight * p1 + (1 - weight) * p2
F_mixture = weight * F_1 + (1 - weight) * F_2


@derivation(source=GRAVES)
def mixture_by_a_mean():
    r"""A sample of the mixture $\pi\,\mathcal{N}(\mu, \sigma^2) + (1 - \pi)\,\mathcal{N}(m, s^2)$ moves with the mean
    of one component by that component's share of the density."""
    yield -D(F_mixture, mu) / mixture
    yield weight * p1 / mixture, chain_rule


@derivation(source=GRAVES)
def mixture_by_the_weight():
    r"""In the weight a sample of the mixture moves by $(F_2 - F_1)/q$: not drawn by a component's index, it has no
    jump."""
    yield -D(F_mixture, weight) / mixture
    yield (F_2 - F_1) / mixture, chain_rule


g = function("f", smooth=1, growth=2)


@derivation(source=GRAVES)
def gradient_by_the_weight():
    r"""So $\partial_\pi\,\mathbb{E}_q[f(z)] = \mathbb{E}_q[f'(z)\,\partial_\pi z]$ with $\partial_\pi z = (F_2 -
    F_1)/q$, here by parts: $F_1 - F_2$ vanishes at both ends."""
    yield D(Integral(g(z) * mixture, (z, -oo, oo)), weight)
    yield Integral(g(z) * (p1 - p2), (z, -oo, oo)), differentiate_under_integral(weight)
    by_parts = integration_by_parts(u=g(z), v=F_1 - F_2)
    yield Integral(g(z).diff(z) * (F_2 - F_1), (z, -oo, oo)), by_parts
    yield Integral(g(z).diff(z) * ((F_2 - F_1) / mixture) * mixture, (z, -oo, oo)), algebra
