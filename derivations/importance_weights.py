r"""Bounds with any number of draws: they rise with the number, and their gradient with every weight reparameterized
twice.
The sample is $z = T(\epsilon, \phi)$ with noise of any positive density $\rho$, and $S(\cdot, \phi)$ undoes the path,
so that $q_\phi(z) = \rho(S(z, \phi))\,\partial_z S(z, \phi)$. The importance weights are $w = e^{\ell(z, \phi)}$."""

from sympy import Integral, Sum, exp, log, oo

from symrep import (
    D,
    E,
    Independent,
    algebra,
    chain_rule,
    conditional_law,
    definition,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    function,
    independence,
    indexed,
    integrable,
    inverse,
    jensen,
    le,
    lemma,
    linearity,
    more_draws,
    positive,
    positive_integer,
    real,
    substitution,
)

x, z, z1, e, phi, eta = real("x z z_1 epsilon_1 phi eta")
c = positive("c")
k, j, K = positive_integer("k j K")
sample, noises = indexed("z"), indexed("epsilon")

BURDA = "Burda, Grosse & Salakhutdinov, Importance Weighted Autoencoders, arXiv:1509.00519"
TUCKER = "Tucker, Lawson, Gu & Maddison, Doubly Reparameterized Gradient Estimators, arXiv:1810.04152"

# --- more draws are better ----------------------------------------------------------------------------------------

encoder = conditional_law("q", given=x, positive=True)
prior = conditional_law("prior", letter="p", positive=True)


def likelihood(z):
    r"""$p(x \mid z)$."""
    return density(conditional_law("likelihood", letter="p", given=z, positive=True))(x)


def ratio(z):
    r"""The importance weight $p(z)\,p(x \mid z) / q(z \mid x)$."""
    return density(prior)(z) * likelihood(z) / density(encoder)(z)


finite_weights = (integrable(log(ratio(z1)), (z1, encoder)), integrable(ratio(z1), (z1, encoder)))
first_draws, one_more = Independent(encoder, (k, 1, K)), Independent(encoder, (k, 1, K + 1))


@derivation(source=BURDA, given=finite_weights)
def bound_rises_with_the_number_of_draws():
    r"""$\mathcal{L}_K \le \mathcal{L}_{K + 1} \le \log p(x)$ for every $K$. The mean of $K + 1$ weights is the mean of
    the means of all but one of them; the logarithm is concave, and each of those has the law of the mean of $K$."""
    yield E(log(Sum(ratio(sample[k]), (k, 1, K)) / K), (sample, first_draws))
    yield le(E(log(Sum(ratio(sample[k]), (k, 1, K + 1)) / (K + 1)), (sample, one_more))), more_draws(log)
    yield le(log(E(Sum(ratio(sample[k]), (k, 1, K + 1)) / (K + 1), (sample, one_more)))), jensen(log)
    yield log(E(ratio(z1), (z1, encoder))), independence
    yield log(Integral(density(prior)(z1) * likelihood(z1), (z1, -oo, oo))), definition


# --- weights reparameterized twice --------------------------------------------------------------------------------

S, T = inverse(function("S", smooth=2, increasing=True, arity=2), "T")
noise = conditional_law("rho", smooth=1, positive=True)
log_joint = function("r", smooth=1)(z)
ell = function("ell", smooth=1, arity=2)

path, rho = T(e, phi), noise.density_at(e)
q = noise.density_at(S(z, phi)) * S(z, phi).diff(z)
weight_at_z = exp(ell(z, eta))
share_at_z = weight_at_z / (weight_at_z + c)
weight, share = weight_at_z.subs(z, path), share_at_z.subs(z, path)
score = (q.diff(phi) / q).subs(z, path)
slope = ell(z, eta).diff(z).subs(z, path) * path.diff(phi)
fixed = (dominated(share_at_z * q, (z, -oo, oo), by=phi), dominated(share, (e, noise), by=phi))
draws = Independent(noise, (k, 1, K))


def of_draw(t, k):
    """For the draw k, at one parameter."""
    return t.subs(eta, phi).subs(e, noises[k])


at_fixed_sample = ell(z, eta).diff(eta).subs(z, path)
weight_k, slope_k, score_k, fixed_k, weight_j = (
    of_draw(t, n) for t, n in ((weight, k), (slope, k), (score, k), (at_fixed_sample, k), (weight, j))
)
total = Sum(weight_j, (j, 1, K))
share_k = weight_k / total


@derivation(source=TUCKER)
def log_weight_at_a_fixed_sample():
    r"""For $w = e^{r(z)}/q_\phi(z)$, with any logarithm $r$ of a joint density, the derivative of $\ell = \log w$ by
    the parameter, the sample held fixed, is minus the score of $q_\phi$."""
    yield D(log_joint - log(q), phi)
    yield -q.diff(phi) / q, chain_rule


@derivation(source=BURDA, given=(dominated(log(weight.subs(eta, phi)), (e, noise), by=phi),))
def gradient_of_the_bound_along_the_path():
    r"""Along the path the gradient of $\mathbb{E}[\log\frac1K\sum_k w_k]$ is the mean of the total derivatives of $\log
    w_k$, the path derivative and that at a fixed sample, weighed by $w_k/\sum_j w_j$: for every $K$."""
    bound = log(Sum(weight_k, (k, 1, K)) / K)
    yield D(E(bound, (noises, draws)), phi)
    yield E(D(bound, phi), (noises, draws)), differentiate_under_integral(phi)
    yield E(Sum(weight_k * (slope_k + fixed_k), (k, 1, K)) / total, (noises, draws)), chain_rule
    yield E(Sum(share_k * (slope_k + fixed_k), (k, 1, K)), (noises, draws)), algebra


@derivation(source=TUCKER, given=fixed)
def weighted_score_of_one_draw():
    r"""The score $\partial_\phi\log q_\phi$ at the sample times the share $w/(w + c)$ of its weight, the others, $c$ in
    all, and the parameter $\eta$ of the weights held fixed: by a second reparameterization it has the mean of $w c/(w +
    c)^2$ times the path derivative $\partial_z\log w\,\partial_\phi z$."""
    yield E(share * score, (e, noise))
    yield Integral(share * score * rho, (e, -oo, oo)), definition
    yield Integral(share_at_z * D(q, phi), (z, -oo, oo)), substitution(e, S(z, phi), z)
    yield D(Integral(share_at_z * q, (z, -oo, oo)), phi), differentiate_under_integral(phi)
    yield D(Integral(share * rho, (e, -oo, oo)), phi), substitution(z, path, e)
    yield D(E(share, (e, noise)), phi), definition
    yield E(D(share, phi), (e, noise)), differentiate_under_integral(phi)
    yield E(share * (1 - share) * slope, (e, noise)), chain_rule


finite = tuple(integrable(h, (e, noise)) for h in (share * slope, share**2 * slope, share * score))


@derivation(source=TUCKER, given=(*fixed, *finite))
def one_draw_reparameterized_twice():
    r"""So the path derivative of $\log w$ less the score, weighed by the share, has the mean of the path derivative
    alone, weighed by the square of the share."""
    yield E(share * (slope - score), (e, noise))
    yield E(share * slope, (e, noise)) - E(share * score, (e, noise)), linearity
    yield E(share * slope, (e, noise)) - E(share * (1 - share) * slope, (e, noise)), lemma(weighted_score_of_one_draw)
    yield E(share**2 * slope, (e, noise)), linearity


at_one_parameter = (integrable(t.subs(eta, phi), (e, noise)) for t in (slope, slope - score))


@derivation(source=TUCKER, given=(*fixed, *finite, *at_one_parameter, K >= 2))
def doubly_reparameterized_gradient_for_any_number_of_draws():
    r"""For every $K \ge 2$: draw after draw, with what the others add up to for $c$. As $\ell = \log w$ moves by minus
    the score where the sample is fixed, the first line is the gradient of the bound, and the last one its doubly
    reparameterized form $\mathbb{E}[\sum_k (w_k/\sum_j w_j)^2\,\partial_z\log w_k\,\partial_\phi z_k]$."""
    yield E(Sum(share_k * (slope_k - score_k), (k, 1, K)), (noises, draws))
    yield (
        E(Sum(share_k**2 * slope_k, (k, 1, K)), (noises, draws)),
        lemma(one_draw_reparameterized_twice, {eta: phi}, others={c: total}),
    )
