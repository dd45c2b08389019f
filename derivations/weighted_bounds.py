r"""Gradients of variational bounds: the path derivative, importance weights, and weights reparameterized twice.

The encoder is $\mathcal{N}(\mu, \sigma^2)$, one number; $\ell$ is the logarithm of a joint density or of an importance
weight, any function with a continuous derivative.
"""

from sympy import Integral, Sum, exp, log, oo

from symrep import (
    D,
    E,
    Independent,
    chain_rule,
    conditional_law,
    definition,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    evaluate,
    function,
    independence,
    indexed,
    integrable,
    jensen,
    le,
    lemma,
    linearity,
    positive,
    positive_integer,
    real,
    reparameterise,
    score_function,
)
from symrep.distributions import Normal

z, mu, eps, phi, eps1, eps2 = real("z mu epsilon phi epsilon_1 epsilon_2")
sigma, c = positive("sigma c")

q = Normal(mu, sigma)
base = Normal(0, 1)
path = mu + sigma * eps

ROEDER = "Roeder, Wu & Duvenaud, Sticking the Landing, arXiv:1703.09194"
BURDA = "Burda, Grosse & Salakhutdinov, Importance Weighted Autoencoders, arXiv:1509.00519"
TUCKER = "Tucker, Lawson, Gu & Maddison, Doubly Reparameterized Gradient Estimators, arXiv:1810.04152"

joint = function("ell", smooth=1, growth=2)
along = joint(path).diff(mu)


@derivation(source=ROEDER)
def path_derivative_in_the_mean():
    r"""With $\ell(z) = \log p(x, z)$ the gradient of the bound in $\mu$ is the mean of the path derivative
    $\partial_z(\ell - \log q) \, \partial_\mu z$ alone, where $-\partial_z \log q \, \partial_\mu z = \epsilon /
    \sigma$: the score of q, $\epsilon / \sigma$ at the sample, has mean zero."""
    yield D(E(joint(z) - log(density(q)(z)), (z, q)), mu)
    yield D(E(joint(path) - log(density(q)(path)), (eps, base)), mu), reparameterise(eps, path)
    yield E(D(joint(path) - log(density(q)(path)), mu), (eps, base)), differentiate_under_integral(mu)
    yield E(along, (eps, base)), chain_rule
    yield E(along, (eps, base)) + E(eps, (eps, base)) / sigma, evaluate
    yield E(along + eps / sigma, (eps, base)), linearity


@derivation(source=ROEDER)
def path_derivative_in_the_scale():
    r"""The same in $\sigma$: $-\partial_z \log q \, \partial_\sigma z = \epsilon^2 / \sigma$, and the score of q at the
    sample, $(\epsilon^2 - 1)/\sigma$, has mean zero."""
    yield D(E(joint(z) - log(density(q)(z)), (z, q)), sigma)
    yield D(E(joint(path) - log(density(q)(path)), (eps, base)), sigma), reparameterise(eps, path)
    yield E(D(joint(path) - log(density(q)(path)), sigma), (eps, base)), differentiate_under_integral(sigma)
    yield E(joint(path).diff(sigma) + 1 / sigma, (eps, base)), chain_rule
    yield E(joint(path).diff(sigma) + 1 / sigma, (eps, base)) + E((eps**2 - 1) / sigma, (eps, base)), evaluate
    yield E(joint(path).diff(sigma) + eps**2 / sigma, (eps, base)), linearity


noise = conditional_law("rho", smooth=0)
weight = function("ell", smooth=1, arity=2)
first, second = exp(weight(eps1, phi)), exp(weight(eps2, phi))
mean_weight = log((first + second) / 2)
draws = (eps1, noise), (eps2, noise)


@derivation(source=BURDA, given=(dominated(mean_weight, *draws, by=phi),))
def gradient_of_the_bound_with_two_samples():
    r"""For two samples with weights $w_i = e^{\ell(\epsilon_i, \phi)}$ the gradient of $\mathbb{E}[\log\tfrac12(w_1 +
    w_2)]$ is the mean of the gradients of $\log w_i$, weighed by $w_i / (w_1 + w_2)$: for any noise, and any path."""
    yield D(E(mean_weight, *draws), phi)
    yield E(D(mean_weight, phi), *draws), differentiate_under_integral(phi)
    yield (
        E(
            first / (first + second) * weight(eps1, phi).diff(phi)
            + second / (first + second) * weight(eps2, phi).diff(phi),
            *draws,
        ),
        chain_rule,
    )


# --- any number of samples ----------------------------------------------------------------------------------------

k, j, K = positive_integer("k j K")
sample, noises = indexed("z"), indexed("epsilon")
x, z1 = real("x z_1")
encoder = conditional_law("q", given=x, positive=True)
prior = conditional_law("prior", letter="p", positive=True)
samples = Independent(encoder, (k, 1, K))


def likelihood(z):
    r"""$p(x \mid z)$."""
    return density(conditional_law("likelihood", letter="p", given=z, positive=True))(x)


def ratio(z):
    r"""The importance weight $p(z)\,p(x \mid z) / q(z \mid x)$."""
    return density(prior)(z) * likelihood(z) / density(encoder)(z)


finite_weights = (integrable(log(ratio(z1)), (z1, encoder)), integrable(ratio(z1), (z1, encoder)))


@derivation(source=BURDA, given=finite_weights)
def bound_with_any_number_of_samples():
    r"""The importance-weighted bound lies below the evidence for every number $K$ of independent samples: Jensen's
    inequality under their joint law. The evidence bound of one sample is to be finite; so, by that alone, is this."""
    yield E(log(Sum(ratio(sample[k]), (k, 1, K)) / K), (sample, samples))
    yield le(log(E(Sum(ratio(sample[k]), (k, 1, K)) / K, (sample, samples)))), jensen(log)
    yield log(E(ratio(z1), (z1, encoder))), independence
    yield log(Integral(density(prior)(z1) * likelihood(z1), (z1, -oo, oo))), definition


log_weight = function("ell", smooth=1, arity=2)
noise_draws = Independent(noise, (k, 1, K))
bound = log(Sum(exp(log_weight(noises[k], phi)), (k, 1, K)) / K)
weighed = Sum(exp(log_weight(noises[k], phi)) * log_weight(noises[k], phi).diff(phi), (k, 1, K))


@derivation(source=BURDA, given=(dominated(log_weight(eps1, phi), (eps1, noise), by=phi),))
def gradient_of_the_bound_with_any_number_of_samples():
    r"""For $K$ samples with weights $w_k = e^{\ell(\epsilon_k, \phi)}$ the gradient of the bound is the mean of the
    gradients of $\log w_k$, weighed by $w_k / \sum_j w_j$, for every $K$. It may be taken under the integral sign if it
    may for one sample, whatever the weights are."""
    yield D(E(bound, (noises, noise_draws)), phi)
    yield E(D(bound, phi), (noises, noise_draws)), differentiate_under_integral(phi)
    yield E(weighed / Sum(exp(log_weight(noises[j], phi)), (j, 1, K)), (noises, noise_draws)), chain_rule


# --- weights reparameterized twice --------------------------------------------------------------------------------

w = function("ell", smooth=1)
share, share_on_path = exp(w(z)) / (exp(w(z)) + c), exp(w(path)) / (exp(w(path)) + c)
score = (z - mu) / sigma**2
slope = w(path).diff(mu)
finite = (integrable(share_on_path * slope, (eps, base)), integrable(share_on_path**2 * slope, (eps, base)))
fixed = (dominated(share, (z, q), by=mu), dominated(share_on_path, (eps, base), by=mu))


@derivation(source=TUCKER, given=fixed)
def weighted_score_as_a_path_derivative():
    r"""The score times a normalised weight $w/(w + c)$, with $w = e^{\ell(z)}$ and $c$ the other weights: not of mean
    zero, but of the mean of $w c/(w + c)^2$ times the path derivative of $\log w$, by a second reparameterization."""
    yield E(share * score, (z, q))
    yield D(E(share, (z, q)), mu), score_function(mu)
    yield D(E(share_on_path, (eps, base)), mu), reparameterise(eps, path)
    yield E(D(share_on_path, mu), (eps, base)), differentiate_under_integral(mu)
    yield E(c * exp(w(path)) / (exp(w(path)) + c) ** 2 * slope, (eps, base)), chain_rule


@derivation(source=TUCKER, given=(*fixed, *finite))
def doubly_reparameterized_gradient():
    r"""One sample's part of the gradient of the bound with any number of samples, the others, of total weight $c$, held
    fixed: the weight is squared. The path derivative of $\log w$ weighed by $w/(w + c)$, less the score so weighed, has
    the mean of the path derivative weighed by $w^2/(w + c)^2$."""
    yield E(share_on_path * slope, (eps, base)) - E(share * score, (z, q))
    yield (
        E(share_on_path * slope, (eps, base)) - E(c * exp(w(path)) / (exp(w(path)) + c) ** 2 * slope, (eps, base)),
        lemma(weighted_score_as_a_path_derivative),
    )
    yield E(share_on_path**2 * slope, (eps, base)), linearity
