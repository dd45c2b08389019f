r"""The evidence lower bound for densities nobody spelled out: what it leaves out, its two forms, scores of mean zero.

The latent variable and the observation are numbers; $q_\phi(z \mid x)$, $p_\theta(z)$ and $p_\theta(x \mid z)$ are any
positive densities. That $p_\theta(x) < \infty$ and which expectations exist is declared, and printed.
"""

from sympy import Integral, log, oo

from symrep import (
    KL,
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
    gibbs,
    integrable,
    jensen,
    le,
    lemma,
    linearity,
    monte_carlo,
    normalised_law,
    positive,
    positive_integer,
    real,
    sample_mean,
    unit,
)

x, z, theta, phi = real("x z theta phi")
c, k = positive("c k")
b = unit("b")
L = positive_integer("L")

q = conditional_law("q", given=x, parameters=phi, positive=True, smooth=1)
prior = conditional_law("p_z", parameters=theta, positive=True, letter="p")
decoder = conditional_law("p_x", given=z, parameters=theta, positive=True, letter="p")

joint = density(decoder)(x) * density(prior)(z)
evidence = Integral(joint, (z, -oo, oo))
posterior = normalised_law("p_zx", joint, z, given=x, parameters=theta, letter="p")

log_q, log_prior, log_decoder = log(density(q)(z)), log(density(prior)(z)), log(density(decoder)(x))
bound = E(log(joint) - log_q, (z, q))

finite_evidence = integrable(joint, (z, -oo, oo))
finite_bound = integrable(log(joint) - log_q, (z, q))

KINGMA_WELLING = "Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, section 2.2"
SGVB = "Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, section 2.3"
BURDA = "Burda, Grosse & Salakhutdinov, Importance Weighted Autoencoders, arXiv:1509.00519"
LI_TURNER = "Li & Turner, Rényi Divergence Variational Inference, NIPS 2016"
ROEDER = "Roeder, Wu & Duvenaud, Sticking the Landing, arXiv:1703.09194"


@derivation(source=KINGMA_WELLING, given=(finite_evidence, finite_bound))
def evidence_is_divergence_plus_bound():
    r"""$\log p_\theta(x) = \mathrm{KL}(q_\phi(z \mid x) \,\|\, p_\theta(z \mid x)) + \mathcal{L}$ with $\mathcal{L} =
    \mathbb{E}_{q_\phi(z \mid x)}[\log p_\theta(x, z) - \log q_\phi(z \mid x)]$."""
    yield log(evidence)
    yield E(log(evidence), (z, q)), linearity
    yield E(log(joint / density(posterior)(z)), (z, q)), algebra
    yield E(log_q - log(density(posterior)(z)), (z, q)) + bound, linearity
    yield KL(q, posterior) + bound, definition


@derivation(source=KINGMA_WELLING, given=(finite_evidence, finite_bound))
def divergence_from_the_posterior_is_not_negative():
    r"""So $\log p_\theta(x) \ge \mathcal{L}$: what is left out is a divergence."""
    yield log(evidence)
    yield KL(q, posterior) + bound, lemma(evidence_is_divergence_plus_bound)
    yield ge(bound), gibbs


@derivation(source=KINGMA_WELLING, given=(finite_evidence,))
def bound_attained_by_the_posterior():
    r"""With equality where $q$ is the posterior: under it $\log p_\theta(x, z) - \log p_\theta(z \mid x)$ is a
    constant."""
    yield E(log(joint / density(posterior)(z)), (z, posterior))
    yield E(log(evidence), (z, posterior)), algebra
    yield log(evidence), linearity


@derivation(source=KINGMA_WELLING, given=(finite_evidence, finite_bound))
def bound_by_jensen():
    r"""$\log p_\theta(x) \ge \mathcal{L}$ in one step, by Jensen's inequality for the logarithm."""
    yield log(evidence)
    yield log(E(joint / density(q)(z), (z, q))), definition
    yield ge(E(log(joint / density(q)(z)), (z, q))), jensen(log)
    yield bound, algebra


reconstruction = integrable(log_decoder, (z, q))
regulariser = integrable(log_q - log_prior, (z, q))


@derivation(source=KINGMA_WELLING, given=(reconstruction, regulariser))
def bound_with_the_divergence_from_the_prior():
    r"""The two forms of the bound, whose sample means are the estimators A and B: $\mathcal{L} =
    -\mathrm{KL}(q_\phi(z \mid x) \,\|\, p_\theta(z)) + \mathbb{E}_{q_\phi(z \mid x)}[\log p_\theta(x \mid z)]$."""
    yield bound
    yield E(log_decoder, (z, q)) - E(log_q - log_prior, (z, q)), linearity
    yield -KL(q, prior) + E(log_decoder, (z, q)), definition


@derivation(source=SGVB, given=(finite_bound,))
def estimator_a_is_unbiased():
    r"""$\tilde{\mathcal{L}}^A = \frac1L\sum_l (\log p_\theta(x, z_l) - \log q_\phi(z_l \mid x))$ for independent $z_l
    \sim q_\phi(z \mid x)$."""
    yield E(sample_mean(log(joint) - log_q, (z, q), L))
    yield E(log(joint) - log_q, (z, q)), monte_carlo


@derivation(source=SGVB, given=(reconstruction, regulariser))
def estimator_b_is_unbiased():
    r"""$\tilde{\mathcal{L}}^B = -\mathrm{KL}(q_\phi(z \mid x) \,\|\, p_\theta(z)) + \frac1L\sum_l \log p_\theta(x \mid
    z_l)$, where the divergence is known in closed form: only the reconstruction is sampled."""
    yield -KL(q, prior) + E(sample_mean(log_decoder, (z, q), L))
    yield -KL(q, prior) + E(log_decoder, (z, q)), monte_carlo
    yield bound, lemma(bound_with_the_divergence_from_the_prior)


weight = joint / density(q)(z)


@derivation(source=BURDA, given=(finite_evidence, integrable(log((weight + c) / k), (z, q))))
def bound_averaged_over_one_of_many_samples():
    r"""With $k$ samples the bound is $\mathbb{E}[\log\tfrac1k(w_1 + \dots + w_k)]$. Averaged over one of them, the
    others, of total weight $c$, held fixed, it is at most what it is with $p_\theta(x)$ in its place. For one
    sample after the other, which is not done here, the last line becomes $\log p_\theta(x)$."""
    yield E(log((weight + c) / k), (z, q))
    yield le(log(E((weight + c) / k, (z, q)))), jensen(log)
    yield log(E(weight, (z, q)) / k + c / k), linearity
    yield log((evidence + c) / k), definition


power = integrable(weight**b, (z, q))


@derivation(source=LI_TURNER, given=(finite_bound, power))
def renyi_bound_above_the_bound():
    r"""The variational Rényi bound of order $\alpha = 1 - b$, $\frac1b\log\mathbb{E}_q[w^b]$ with $0 < b < 1$ and $w =
    p_\theta(x, z)/q_\phi(z \mid x)$, lies above $\mathcal{L}$."""
    yield log(E(weight**b, (z, q))) / b
    yield ge(E(log(weight**b), (z, q)) / b), jensen(log)
    yield E(b * log(weight), (z, q)) / b, algebra
    yield E(log(weight), (z, q)), linearity
    yield bound, algebra


@derivation(source=LI_TURNER, given=(finite_evidence, power))
def renyi_bound_below_the_evidence():
    r"""And below $\log p_\theta(x)$: as $t^b$ is concave, $\mathbb{E}_q[w^b] \le p_\theta(x)^b$."""
    yield E(weight**b, (z, q))
    yield le(E(weight, (z, q)) ** b), jensen(lambda t: t**b)
    yield evidence**b, definition


smooth_mass = dominated(1, (z, q), by=phi)


@derivation(source=ROEDER, given=(smooth_mass,))
def score_has_mean_zero():
    r"""$\mathbb{E}_{q_\phi(z \mid x)}[\partial_\phi \log q_\phi(z \mid x)] = 0$: the term that the path derivative of
    the bound leaves out, for every density that may be differentiated under the integral sign."""
    yield E(D(log_q, phi), (z, q))
    yield Integral(D(density(q)(z), phi), (z, -oo, oo)), definition
    yield D(Integral(density(q)(z), (z, -oo, oo)), phi), differentiate_under_integral(phi)
    yield D(1, phi), evaluate
    yield 0, chain_rule
