"""Slips in path derivatives: scores dropped or kept where they are not, signs, points, masses."""

from sympy import Integral, exp, log, oo

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    chain_rule,
    change_of_variables,
    conditional_law,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    function,
    integrable,
    inverse,
    positive,
    pushforward,
    real,
    substitution,
)

z, e, phi = real("z epsilon phi")
c = positive("c")

S, T = inverse(function("S", smooth=2, increasing=True, arity=2), "T")
noise = conditional_law("rho", smooth=1, positive=True)
ell = function("ell", smooth=1)

path = T(e, phi)
Z = pushforward(noise, e, path)
q = noise.density_at(S(z, phi)) * S(z, phi).diff(z)
rho = noise.density_at(e)
slope, score = q.diff(z) / q, q.diff(phi) / q
along = ell(path) - log(q.subs(z, path))
by_the_path = (ell(z).diff(z) - slope).subs(z, path)


def unequal(line):
    return Expected(Status.REFUTED, Reason.UNEQUAL, line=line)


@derivation(expected=unequal(2))
def density_of_the_noise_for_that_of_the_sample():
    """The density of the sample has a factor for the stretching."""
    yield density(Z)(z)
    yield noise.density_at(S(z, phi)), change_of_variables(inverse=S(z, phi))


@derivation(expected=unequal(2))
def density_through_the_path():
    r"""From the sample back to the noise leads $S$, not $T$."""
    yield density(Z)(z)
    yield noise.density_at(T(z, phi)) * T(z, phi).diff(z), change_of_variables(inverse=S(z, phi))


@derivation(expected=unequal(2))
def mass_that_depends_on_the_parameter():
    """The slope is part of the density: it does not stand before the integral."""
    yield Integral(q, (z, -oo, oo))
    yield S(0, phi) * Integral(rho, (e, -oo, oo)), substitution(z, path, e)


@derivation(expected=unequal(2))
def mass_of_one_half():
    """The path runs over all of the line."""
    yield Integral(q, (z, -oo, oo))
    yield Integral(rho, (e, 0, oo)), substitution(z, path, e)


@derivation(expected=unequal(2))
def score_along_the_path():
    r"""The sample is held fixed: along the path $\log q_\phi$ changes by another amount."""
    yield score.subs(z, path)
    yield D(log(q.subs(z, path)), phi), chain_rule


@derivation(
    given=(integrable(score.subs(z, path) * rho, (e, -oo, oo)),),
    expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=2),
)
def nobody_said_that_the_mass_may_be_differentiated():
    """A mass of one need not be differentiable under the integral sign."""
    yield Integral(D(q, phi), (z, -oo, oo))
    yield D(Integral(q, (z, -oo, oo)), phi), differentiate_under_integral(phi)


@derivation(expected=unequal(2))
def score_forgotten():
    r"""For a single $\epsilon$ the score at the sample is not 0: only its mean is."""
    yield D(along, phi)
    yield by_the_path * D(path, phi), chain_rule


@derivation(expected=unequal(2))
def sign_of_the_score():
    r"""$\log q$ is subtracted, and so is its score."""
    yield D(along, phi)
    yield by_the_path * D(path, phi) + score.subs(z, path), chain_rule


@derivation(expected=unequal(2))
def path_derivative_without_the_path():
    r"""$\partial_z(\ell - \log q)$ is multiplied with $\partial_\phi z$."""
    yield D(along, phi) + score.subs(z, path)
    yield by_the_path, chain_rule


@derivation(given=(dominated(along, (e, noise), by=phi),), expected=Expected(Status.REFUTED, Reason.LAW_MOVES, line=2))
def derivative_before_the_path():
    r"""The law of the sample depends on $\phi$: first the path, then the derivative."""
    yield D(E(ell(z), (z, conditional_law("q", parameters=phi, positive=True, smooth=1))), phi)
    yield (
        E(D(ell(z), phi), (z, conditional_law("q", parameters=phi, positive=True, smooth=1))),
        (differentiate_under_integral(phi)),
    )


@derivation(expected=unequal(2))
def logarithm_of_the_constant_differentiated():
    r"""The evidence does not depend on z."""
    yield D(ell(z) - log(c * exp(ell(z))), z)
    yield -1 / c, chain_rule


@derivation(expected=unequal(2))
def posterior_without_its_exponential():
    r"""$\ell$ is the logarithm of the joint density."""
    yield D(ell(z) - log(c * ell(z) ** 2), z)
    yield 0, chain_rule
