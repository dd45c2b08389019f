r"""Generalized reparameterization: noise whose law still depends on the parameter, and noise from rejection sampling.

With $z = T(\epsilon, \theta)$ and $\epsilon \sim q_\epsilon(\epsilon; \theta)$ the gradient has two parts:
$\nabla_\theta \mathbb{E}[f(z)] = \mathbb{E}[f'(T)\,\partial_\theta T]
+ \mathbb{E}[f(T)\,\partial_\theta\log q_\epsilon]$.
Where $q_\epsilon$ is free of $\theta$ the second is $0$; where $T$ is the identity the first is."""

from sympy import Integral, Rational, digamma, exp, gamma, log, oo, sqrt

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
    function,
    integrable,
    linearity,
    positive,
    real,
    reparameterise,
    score_function,
)
from symrep.distributions import Exponential, Gamma, Normal

z, e, theta, mu = real("z epsilon theta mu")
alpha, sigma, w, d = positive("alpha sigma epsilon d")
f = function("f", smooth=1, growth=2)
q, T = function("q", smooth=1, arity=2), function("T", smooth=2, arity=2)

RUIZ = "Ruiz, Titsias & Blei, The Generalized Reparameterization Gradient, NIPS 2016, arXiv:1610.02287"
REJECTION = "Naesseth, Ruiz, Linderman & Blei, Reparameterization Gradients through Acceptance-Rejection Sampling "
REJECTION += "Algorithms, AISTATS 2017, arXiv:1610.05683"
MARSAGLIA = "Marsaglia & Tsang, A Simple Method for Generating Gamma Variables, ACM Trans. Math. Softw. 26 (2000)"


@derivation(source=RUIZ, given=(q(T(e, theta), theta) > 0, T(e, theta).diff(e) > 0))
def correction_term():
    r"""The noise has the density $q_\epsilon(\epsilon; \theta) = q(T(\epsilon, \theta); \theta)\,\partial_\epsilon T$,
    so that $\partial_\theta\log q_\epsilon = \partial_z\log q\,\partial_\theta T + \partial_\theta\log q +
    \partial_\theta\log\partial_\epsilon T$."""
    at, slope = T(e, theta), T(e, theta).diff(e)
    by_z, by_theta = q(z, theta).diff(z).subs(z, at), q(z, theta).diff(theta).subs(z, at)
    yield D(log(q(at, theta) * slope), theta)
    yield (by_z * at.diff(theta) + by_theta) / q(at, theta) + slope.diff(theta) / slope, chain_rule


noise = conditional_law("q", parameters=theta, positive=True, smooth=1)
loss = function("f", smooth=1)
sample = T(e, theta)
along_the_path = loss(z).diff(z).subs(z, sample) * D(sample, theta)
of_the_noise = loss(sample) * D(density(noise)(e), theta)
exist = (integrable(along_the_path, (e, noise)), integrable(of_the_noise, (e, -oo, oo)))


@derivation(source=RUIZ, given=(dominated(loss(sample), (e, noise), by=theta), *exist))
def two_parts_of_the_gradient():
    r"""For every law of the noise, path and loss for which one may differentiate under the integral sign and both parts
    exist: $\partial_\theta\mathbb{E}[f(T)] = \mathbb{E}[f'(T)\,\partial_\theta T] + \mathbb{E}[f(T)\,
    \partial_\theta\log q_\theta]$, the reparameterization gradient and its correction."""
    q = density(noise)(e)
    yield D(E(loss(sample), (e, noise)), theta)
    yield D(Integral(loss(sample) * q, (e, -oo, oo)), theta), definition
    yield Integral(D(loss(sample) * q, theta), (e, -oo, oo)), differentiate_under_integral(theta)
    yield Integral(along_the_path * q + loss(sample) * D(q, theta), (e, -oo, oo)), chain_rule
    yield Integral(along_the_path * q, (e, -oo, oo)) + Integral(of_the_noise, (e, -oo, oo)), linearity
    yield E(along_the_path, (e, noise)) + E(loss(sample) * D(log(q), theta), (e, noise)), definition


@derivation(source=RUIZ)
def half_standardised_normal():
    r"""Dividing $z \sim \mathcal{N}(\mu, \sigma^2)$ by $\sigma$ alone leaves the noise $\mathcal{N}(\mu/\sigma, 1)$,
    which still depends on $\sigma$: the gradient is a pathwise part and a score part, for every $f$."""
    yield D(E(f(z), (z, Normal(mu, sigma))), sigma)
    yield (
        D(E(f(sigma * e), (e, Normal(mu / sigma, 1))), sigma),
        reparameterise(e, sigma * e, base=Normal(mu / sigma, 1)),
    )
    yield (
        E(
            f(z).diff(z).subs(z, sigma * e) * e - f(sigma * e) * (e - mu / sigma) * mu / sigma**2,
            (e, Normal(mu / sigma, 1)),
        ),
        score_function(sigma),
    )


@derivation(source=RUIZ)
def gamma_divided_by_its_mean():
    r"""A Gamma variable with shape $\alpha$ divided by its mean $\alpha$ has the law $\mathrm{Gamma}(\alpha, \alpha)$,
    which depends on $\alpha$ only weakly: no inverse distribution function is needed."""
    base = Gamma(alpha, alpha)
    yield D(E(f(z), (z, Gamma(alpha, 1))), alpha)
    yield D(E(f(alpha * w), (w, base)), alpha), reparameterise(w, alpha * w, base=base)
    yield (
        E(f(z).diff(z).subs(z, alpha * w) * w + f(alpha * w) * (log(alpha * w) + 1 - w - digamma(alpha)), (w, base)),
        score_function(alpha),
    )


@derivation(source=REJECTION)
def law_of_the_accepted_noise():
    r"""A rejection sampler proposes $z = h(\epsilon) = \alpha\epsilon$, $\epsilon \sim s$ exponential, so that $z$ has
    the density $r$ of $\mathrm{Exponential}(1/\alpha)$, and accepts with a probability proportional to $q/r$, which is
    bounded for $\alpha \geq 1$. The accepted noise has the density $s(\epsilon)\,q(h(\epsilon))/r(h(\epsilon))$."""
    s, r, target = Exponential(1), Exponential(1 / alpha), Gamma(alpha, 1)
    yield density(s)(w) * density(target)(alpha * w) / density(r)(alpha * w)
    yield density(Gamma(alpha, alpha))(w), algebra


@derivation(source=REJECTION)
def correction_of_the_rejection_sampler():
    r"""Since $s$ is free of $\alpha$, the score of the accepted noise is $\partial_\alpha\log\frac{q(h(\epsilon);
    \alpha)}{r(h(\epsilon); \alpha)}$: proposal and target are all it takes."""
    r, target = Exponential(1 / alpha), Gamma(alpha, 1)
    yield D(log(density(target)(alpha * w) / density(r)(alpha * w)), alpha)
    yield D(log(density(Gamma(alpha, alpha))(w)), alpha), chain_rule
    yield log(alpha * w) + 1 - w - digamma(alpha), chain_rule


root = 1 + e / (3 * sqrt(d))


@derivation(source=MARSAGLIA, given=(root > 0,))
def proposal_of_marsaglia_and_tsang():
    r"""A Gamma variable of shape $\alpha = d + \frac13$ as $d\,v$, $v = (1 + \epsilon/\sqrt{9d})^3$: at $dv$ its
    density times the slope of the map is proportional to $e^{d\log v - dv}$, against $e^{-\epsilon^2/2}$ of the
    proposal. The accepted noise has that density, and $\log U < \frac12\epsilon^2 + d - dv + d\log v$ accepts it."""
    target = density(Gamma(d + Rational(1, 3), 1))(d * root**3)
    yield target * D(d * root**3, e)
    yield target * sqrt(d) * root**2, chain_rule
    yield d ** (d - Rational(1, 6)) / gamma(d + Rational(1, 3)) * exp(3 * d * log(root) - d * root**3), definition
