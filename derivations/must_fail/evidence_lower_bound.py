"""Slips in the evidence lower bound, and hypotheses about integrals that are missing, false, or not handed on."""

from sympy import Integral, log, oo

from symrep import (
    KL,
    D,
    E,
    Expected,
    Reason,
    Status,
    algebra,
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

x, z, theta, phi, mu = real("x z theta phi mu")
s, c, k = positive("s c k")
b = unit("b")

q = conditional_law("q", given=x, parameters=phi, positive=True, smooth=1)
prior = conditional_law("p_z", parameters=theta, positive=True, smooth=1, letter="p")
decoder = conditional_law("p_x", given=z, parameters=theta, positive=True, smooth=1, letter="p")

joint = density(decoder)(x) * density(prior)(z)
evidence = Integral(joint, (z, -oo, oo))
posterior = normalised_law("p_zx", joint, z, given=x, parameters=theta, letter="p")

log_q, log_prior, log_decoder = log(density(q)(z)), log(density(prior)(z)), log(density(decoder)(x))
bound = E(log(joint) - log_q, (z, q))

finite_evidence = integrable(joint, (z, -oo, oo))
finite_bound = integrable(log(joint) - log_q, (z, q))
model = (finite_evidence, finite_bound)
reconstruction = integrable(log_decoder, (z, q))
regulariser = integrable(log_q - log_prior, (z, q))


@derivation(given=(finite_evidence,), expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=4))
def nobody_said_that_the_bound_is_finite():
    """Two expectations whose sum exists need not exist."""
    yield log(evidence)
    yield E(log(evidence), (z, q)), linearity
    yield E(log(joint / density(posterior)(z)), (z, q)), algebra
    yield E(log_q - log(density(posterior)(z)), (z, q)) + bound, linearity


@derivation(given=(finite_bound,), expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=1))
def nobody_said_that_the_evidence_is_finite():
    """The integral of a joint density over z is finite for almost every x only."""
    yield log(evidence)
    yield E(log(evidence), (z, q)), linearity


@derivation(given=model, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=4))
def divergence_the_other_way_round():
    """What the bound leaves out is the divergence from the approximation to the posterior, not back."""
    yield log(evidence)
    yield E(log(evidence), (z, q)), linearity
    yield E(log(joint / density(posterior)(z)), (z, q)), algebra
    yield KL(posterior, q) + bound, linearity


@derivation(given=model, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def bound_subtracted():
    """The bound and the divergence add up."""
    yield log(evidence)
    yield E(log(evidence), (z, q)), linearity
    yield KL(q, posterior) - bound, linearity


@derivation(given=model, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def joint_density_for_the_posterior():
    """The joint density as a function of z is not normalised: the divergence from it is not what is left out."""
    yield log(evidence)
    yield E(log(evidence), (z, q)), linearity
    yield E(log_q - log(joint), (z, q)) + bound, linearity


@derivation(given=(regulariser,), expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def divergence_below_zero():
    """A divergence is not negative."""
    yield KL(q, prior)
    yield le(0), gibbs


@derivation(given=model)
def the_evidence():
    """What others here rest on."""
    yield log(evidence)
    yield E(log(evidence), (z, q)), linearity
    yield KL(q, posterior) + bound, linearity


@derivation(given=(finite_evidence,), expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=2))
def hypothesis_of_a_lemma_left_behind():
    """What a lemma declares has to be declared by whoever uses it."""
    yield log(evidence)
    yield KL(q, posterior) + bound, lemma(the_evidence)


@derivation(given=model, expected=Expected(Status.UNDECIDED, Reason.DOES_NOT_APPLY, line=2))
def divergence_from_what_is_not_normalised():
    """Gibbs' inequality is about two densities of mass one."""
    yield E(log_q - log(joint), (z, q))
    yield ge(0), gibbs


@derivation(given=model, expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=3))
def jensen_the_other_way_round():
    """The logarithm is concave."""
    yield log(evidence)
    yield log(E(joint / density(q)(z), (z, q))), definition
    yield le(E(log(joint / density(q)(z)), (z, q))), jensen(log)


@derivation(given=model, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def weight_forgotten():
    """Under q the joint density is weighed by 1/q."""
    yield log(evidence)
    yield log(E(joint, (z, q))), definition


@derivation(given=(reconstruction, regulariser), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def divergence_from_the_approximation_to_the_prior():
    """The regulariser is the divergence of q from the prior."""
    yield bound
    yield -KL(prior, q) + E(log_decoder, (z, q)), linearity


@derivation(given=(reconstruction, regulariser), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def divergence_added():
    """The divergence from the prior is subtracted."""
    yield bound
    yield KL(q, prior) + E(log_decoder, (z, q)), linearity


@derivation(given=(finite_bound,), expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=2))
def bound_taken_apart_without_its_parts():
    """That the bound is finite says nothing of its two terms."""
    yield bound
    yield E(log_decoder, (z, q)) - E(log_q - log_prior, (z, q)), linearity


weight = joint / density(q)(z)
averaged = (finite_evidence, integrable(log((weight + c) / k), (z, q)))


@derivation(given=averaged, expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def averaging_a_sample_lowers_the_bound():
    """The logarithm is concave: a weight replaced by its mean makes it larger."""
    yield E(log((weight + c) / k), (z, q))
    yield ge(log(E((weight + c) / k, (z, q)))), jensen(log)


@derivation(given=averaged, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=3))
def other_samples_forgotten():
    """The other weights stay under the logarithm."""
    yield E(log((weight + c) / k), (z, q))
    yield le(log(E((weight + c) / k, (z, q)))), jensen(log)
    yield log(E(weight, (z, q)) / k), linearity


smooth_mass = dominated(1, (z, q), by=phi)


@derivation(
    given=(smooth_mass, integrable(D(log_prior, theta), (z, q))),
    expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2),
)
def score_of_another_density():
    """The score of the prior has mean zero under the prior, not under q."""
    yield E(D(log_prior, theta), (z, q))
    yield Integral(D(density(prior)(z), theta), (z, -oo, oo)), definition


@derivation(
    given=(integrable(D(log_q, phi), (z, q)),), expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=3)
)
def nobody_said_that_the_score_is_dominated():
    """That the mean of the score exists does not let the derivative pass under the integral sign."""
    yield E(D(log_q, phi), (z, q))
    yield Integral(D(density(q)(z), phi), (z, -oo, oo)), definition
    yield D(Integral(density(q)(z), (z, -oo, oo)), phi), differentiate_under_integral(phi)


@derivation(given=(smooth_mass,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=4))
def derivative_of_a_mass():
    """The mass is one, and its derivative is not."""
    yield E(D(log_q, phi), (z, q))
    yield Integral(D(density(q)(z), phi), (z, -oo, oo)), definition
    yield D(Integral(density(q)(z), (z, -oo, oo)), phi), differentiate_under_integral(phi)
    yield 1, evaluate


@derivation(
    given=(dominated(log_decoder, (z, q), by=phi),), expected=Expected(Status.REFUTED, Reason.LAW_MOVES, line=2)
)
def derivative_past_a_law_that_moves():
    r"""$q_\phi$ depends on $\phi$: the derivative does not act on the integrand alone, whatever is dominated."""
    yield D(E(log_decoder, (z, q)), phi)
    yield E(D(log_decoder, phi), (z, q)), differentiate_under_integral(phi)


@derivation(
    given=(*model, integrable(1 / density(q)(z), (z, q))),
    expected=Expected(Status.REFUTED, Reason.NOT_INTEGRABLE, line=1),
)
def hypothesis_that_no_density_meets():
    r"""$\mathbb{E}_q[1/q] = \int 1\,dz$ is infinite for every density on the line."""
    yield log(evidence)
    yield E(log(evidence), (z, q)), linearity


L = positive_integer("L")


@derivation(given=(finite_evidence,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def bound_attained_upside_down():
    r"""$\log p(x, z) - \log p(z \mid x) = \log p(x)$."""
    yield E(log(joint / density(posterior)(z)), (z, posterior))
    yield -E(log(evidence), (z, posterior)), algebra


@derivation(given=(finite_evidence,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def bound_attained_without_the_evidence():
    r"""The posterior is normalised, the joint density is not."""
    yield E(log(joint / density(posterior)(z)), (z, posterior))
    yield 0, algebra


@derivation(given=(finite_bound,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def estimator_a_as_a_sum():
    r"""A mean over the draws, not their sum."""
    yield E(sample_mean(log(joint) - log_q, (z, q), L))
    yield L * E(log(joint) - log_q, (z, q)), monte_carlo


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=1))
def estimator_a_of_what_need_not_exist():
    r"""Nobody said that the bound is finite."""
    yield E(sample_mean(log(joint) - log_q, (z, q), L))
    yield E(log(joint) - log_q, (z, q)), monte_carlo


@derivation(given=(reconstruction, regulariser), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def estimator_b_with_the_sign_of_the_divergence():
    r"""The divergence is taken off."""
    yield -KL(q, prior) + E(sample_mean(log_decoder, (z, q), L))
    yield KL(q, prior) + E(log_decoder, (z, q)), monte_carlo


@derivation(given=(reconstruction,), expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=1))
def estimator_b_without_a_divergence():
    r"""Nobody said that the divergence is finite."""
    yield -KL(q, prior) + E(sample_mean(log_decoder, (z, q), L))
    yield -KL(q, prior) + E(log_decoder, (z, q)), monte_carlo


# --- the bound of Rényi -------------------------------------------------------------------------------------------

w = joint / density(q)(z)
power = integrable(w**b, (z, q))


@derivation(given=(finite_bound, power), expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def renyi_bound_turned_round():
    r"""The logarithm is concave."""
    yield log(E(w**b, (z, q))) / b
    yield le(E(log(w**b), (z, q)) / b), jensen(log)


@derivation(given=(finite_bound,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def renyi_bound_that_is_not_divided():
    r"""The logarithm of the power is divided by $b$."""
    yield E(b * (log(joint) - log_q), (z, q)) / b
    yield b * bound, linearity


@derivation(given=(finite_evidence, power), expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def renyi_bound_above_the_evidence():
    r"""$t^b$ is concave for $0 < b < 1$."""
    yield E(w**b, (z, q))
    yield ge(E(w, (z, q)) ** b), jensen(lambda t: t**b)


@derivation(given=(finite_evidence,), expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def renyi_bound_without_the_power():
    r"""What is bounded is the $b$-th power of the evidence."""
    yield E(w, (z, q)) ** b
    yield evidence, definition
