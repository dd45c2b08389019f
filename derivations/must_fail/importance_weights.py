"""Slips with any number of draws: bounds turned round, shares that are not squared, scores that are dropped."""

from sympy import Integral, Sum, exp, log, oo

from symrep import (
    D,
    E,
    Expected,
    Independent,
    Reason,
    Status,
    chain_rule,
    conditional_law,
    definition,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    function,
    ge,
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
from symrep.distributions import Normal

x, z, z1, e, phi, eta, mu = real("x z z_1 epsilon_1 phi eta mu")
c, sigma = positive("c sigma")
k, j, K = positive_integer("k j K")
sample, noises = indexed("z"), indexed("epsilon")

# --- more draws are better ----------------------------------------------------------------------------------------

encoder = conditional_law("q", given=x, positive=True)
prior = conditional_law("prior", letter="p", positive=True)


def ratio(z):
    return density(prior)(z) / density(encoder)(z)


finite_weights = (integrable(log(ratio(z1)), (z1, encoder)), integrable(ratio(z1), (z1, encoder)))


def bound_of(size, count):
    return E(log(Sum(ratio(sample[k]), (k, 1, size)) / count), (sample, Independent(encoder, (k, 1, size))))


@derivation(given=finite_weights, expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def bound_falls_with_the_number_of_draws():
    r"""The logarithm is concave: a mean of more draws is nearer to its own mean, and the bound higher."""
    yield bound_of(K, K)
    yield ge(bound_of(K + 1, K + 1)), more_draws(log)


@derivation(given=finite_weights, expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def weights_divided_by_another_number():
    r"""$K + 1$ weights are divided by $K + 1$."""
    yield bound_of(K, K)
    yield le(bound_of(K + 1, K + 2)), more_draws(log)


@derivation(given=finite_weights[1:], expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=1))
def bound_that_may_be_infinite():
    """Nobody said that the bound of one draw is finite."""
    yield bound_of(K, K)
    yield le(bound_of(K + 1, K + 1)), more_draws(log)


@derivation(expected=Expected(Status.UNDECIDED, Reason.DOES_NOT_APPLY, line=2))
def draws_with_a_law_each():
    """A further draw need not be like the others if each has a law of its own."""
    place = indexed("mu")
    draws = Independent(Normal(place[k], sigma), (k, 1, K))
    yield E((Sum(sample[k], (k, 1, K)) / K) ** 2, (sample, draws))
    yield (
        ge(E((Sum(sample[k], (k, 1, K + 1)) / (K + 1)) ** 2, (sample, Independent(draws.law, (k, 1, K + 1))))),
        more_draws(lambda t: t**2),
    )


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
    return t.subs(eta, phi).subs(e, noises[k])


weight_k, slope_k, score_k, weight_j = (of_draw(t, n) for t, n in ((weight, k), (slope, k), (score, k), (weight, j)))
total = Sum(weight_j, (j, 1, K))
share_k = weight_k / total


def unequal(line):
    return Expected(Status.REFUTED, Reason.UNEQUAL, line=line)


@derivation(expected=unequal(2))
def sign_of_the_score():
    r"""$q$ stands in the denominator of the weight."""
    yield D(log_joint - log(q), phi)
    yield q.diff(phi) / q, chain_rule


@derivation(expected=unequal(2))
def derivative_of_the_density_for_the_score():
    r"""The score is the derivative of the logarithm."""
    yield D(log_joint - log(q), phi)
    yield -q.diff(phi), chain_rule


@derivation(expected=unequal(2))
def total_derivative_without_the_path():
    r"""The sample moves."""
    yield D(ell(path, phi), phi)
    yield ell(z, phi).diff(phi).subs(z, path), chain_rule


@derivation(expected=unequal(2))
def total_derivative_without_the_parameter():
    r"""The weight depends on the parameter where the sample is fixed, too."""
    yield D(ell(path, phi), phi)
    yield ell(z, phi).diff(z).subs(z, path) * path.diff(phi), chain_rule


@derivation(expected=unequal(2))
def share_without_the_others():
    r"""The derivative of a share has the share of the others as a factor."""
    yield D(share, phi)
    yield share * slope, chain_rule


@derivation(expected=unequal(2))
def square_of_the_others():
    r"""$w c/(w + c)^2$ is the share times that of the others, once."""
    yield D(share, phi)
    yield share * (1 - share) ** 2 * slope, chain_rule


@derivation(
    given=(fixed[1], integrable(share * score, (e, noise))),
    expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=4),
)
def nobody_said_that_the_density_is_dominated():
    r"""The derivative passes under the integral sign twice, and twice it is a hypothesis."""
    yield E(share * score, (e, noise))
    yield Integral(share * score * rho, (e, -oo, oo)), definition
    yield Integral(share_at_z * D(q, phi), (z, -oo, oo)), substitution(e, S(z, phi), z)
    yield D(Integral(share_at_z * q, (z, -oo, oo)), phi), differentiate_under_integral(phi)


finite = tuple(integrable(h, (e, noise)) for h in (share * slope, share**2 * slope, share * score))


@derivation(given=fixed)
def weighted_score_of_one_draw():
    r"""What the next ones rest on."""
    yield E(share * score, (e, noise))
    yield Integral(share * score * rho, (e, -oo, oo)), definition
    yield Integral(share_at_z * D(q, phi), (z, -oo, oo)), substitution(e, S(z, phi), z)
    yield D(Integral(share_at_z * q, (z, -oo, oo)), phi), differentiate_under_integral(phi)
    yield D(Integral(share * rho, (e, -oo, oo)), phi), substitution(z, path, e)
    yield D(E(share, (e, noise)), phi), definition
    yield E(D(share, phi), (e, noise)), differentiate_under_integral(phi)
    yield E(share * (1 - share) * slope, (e, noise)), chain_rule


@derivation(given=(*fixed, *finite))
def one_draw_reparameterized_twice():
    r"""What the next ones rest on."""
    yield E(share * (slope - score), (e, noise))
    yield E(share * slope, (e, noise)) - E(share * score, (e, noise)), linearity
    yield E(share * slope, (e, noise)) - E(share * (1 - share) * slope, (e, noise)), lemma(weighted_score_of_one_draw)
    yield E(share**2 * slope, (e, noise)), linearity


@derivation(given=(*fixed, *finite), expected=Expected(Status.UNDECIDED, Reason.NOTHING_APPLIED, line=3))
def score_of_one_draw_dropped():
    r"""Weighed by a share the score has no mean of zero: the path derivative alone is biased."""
    yield E(share * (slope - score), (e, noise))
    yield E(share * slope, (e, noise)) - E(share * score, (e, noise)), linearity
    yield E(share * slope, (e, noise)), lemma(weighted_score_of_one_draw)


at_one_parameter = tuple(integrable(t.subs(eta, phi), (e, noise)) for t in (slope, slope - score, slope + score))
everything = (*fixed, *finite, *at_one_parameter)
twice = lemma(one_draw_reparameterized_twice, {eta: phi}, others={c: total})
by_the_score = E(Sum(share_k * (slope_k - score_k), (k, 1, K)), (noises, draws))


@derivation(given=(*everything, K >= 2), expected=Expected(Status.UNDECIDED, Reason.NOTHING_APPLIED, line=2))
def shares_that_are_not_squared():
    r"""That would be the path derivative alone."""
    yield by_the_score
    yield E(Sum(share_k * slope_k, (k, 1, K)), (noises, draws)), twice


@derivation(given=(*everything, K >= 2), expected=Expected(Status.UNDECIDED, Reason.NOTHING_APPLIED, line=2))
def sign_of_the_score_for_every_draw():
    r"""The score is taken off."""
    yield E(Sum(share_k * (slope_k + score_k), (k, 1, K)), (noises, draws))
    yield E(Sum(share_k**2 * slope_k, (k, 1, K)), (noises, draws)), twice


@derivation(given=everything, expected=Expected(Status.UNDECIDED, Reason.DOMAIN, line=2))
def one_draw_without_others():
    r"""The others add up to a positive number only if there are any: $K \ge 2$ is needed here."""
    yield by_the_score
    yield E(Sum(share_k**2 * slope_k, (k, 1, K)), (noises, draws)), twice


@derivation(given=(*everything, K >= 2), expected=Expected(Status.UNDECIDED, Reason.DOMAIN, line=2))
def a_total_of_something_else():
    r"""$c$ stands for what the other *weights* add up to."""
    others = Sum(weight_j**2, (j, 1, K))
    yield by_the_score
    yield (
        E(Sum(share_k**2 * slope_k, (k, 1, K)), (noises, draws)),
        lemma(one_draw_reparameterized_twice, {eta: phi}, others={c: others}),
    )


ell_k = ell(T(noises[k], phi), phi)
bound = log(Sum(exp(ell_k), (k, 1, K)) / K)


@derivation(given=(dominated(ell(path, phi), (e, noise), by=phi),), expected=unequal(3))
def gradient_with_equal_weights():
    r"""The derivatives of $\log w_k$ are weighed by $w_k/\sum_j w_j$, not by $1/K$."""
    yield D(E(bound, (noises, draws)), phi)
    yield E(D(bound, phi), (noises, draws)), differentiate_under_integral(phi)
    yield E(Sum(ell_k.diff(phi), (k, 1, K)) / K, (noises, draws)), chain_rule


@derivation(given=finite_weights, expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=3))
def bound_above_the_evidence():
    r"""The logarithm of a mean lies above."""
    yield bound_of(K, K)
    yield le(bound_of(K + 1, K + 1)), more_draws(log)
    yield le(log(E(ratio(z1), (z1, encoder))) - 1), jensen(log)
