r"""The path derivative of a variational bound for every encoder with a path, not only the normal one.

The sample is $z = T(\epsilon, \phi)$ with noise of any positive density $\rho$, and $S(\cdot, \phi)$ undoes the path,
so that $q_\phi(z) = \rho(S(z, \phi))\,\partial_z S(z, \phi)$: a flow in one dimension, and any other standardization.
$\ell(z) = \log p(x, z)$ is the logarithm of a joint density."""

from sympy import Integral, exp, log, oo

from symrep import (
    D,
    E,
    chain_rule,
    change_of_variables,
    conditional_law,
    definition,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    evaluate,
    function,
    integrable,
    inverse,
    lemma,
    linearity,
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
slope, score = q.diff(z) / q, q.diff(phi) / q
rho = noise.density_at(e)

ROEDER = "Roeder, Wu & Duvenaud, Sticking the Landing, arXiv:1703.09194"


@derivation(source=ROEDER)
def density_of_the_encoder():
    r"""The sample has the density $q_\phi(z) = \rho(S(z, \phi))\,\partial_z S(z, \phi)$."""
    yield density(Z)(z)
    yield q, change_of_variables(inverse=S(z, phi))


@derivation(source=ROEDER)
def mass_of_the_encoder():
    r"""Whatever $\phi$ is, $q_\phi$ has mass one: that of the noise."""
    yield Integral(q, (z, -oo, oo))
    yield Integral(rho, (e, -oo, oo)), substitution(z, path, e)
    yield 1, evaluate


may_be_swapped = dominated(q, (z, -oo, oo), by=phi)


@derivation(source=ROEDER, given=(may_be_swapped,))
def score_at_the_sample_has_mean_zero():
    r"""$\mathbb{E}_\epsilon[\partial_\phi\log q_\phi(z)] = 0$ at $z = T(\epsilon, \phi)$ held fixed: the mass does not
    change with $\phi$."""
    at_the_sample = score.subs(z, path)
    yield E(at_the_sample, (e, noise))
    yield Integral(at_the_sample * rho, (e, -oo, oo)), definition
    yield Integral(D(q, phi), (z, -oo, oo)), substitution(e, S(z, phi), z)
    yield D(Integral(q, (z, -oo, oo)), phi), differentiate_under_integral(phi)
    yield D(1, phi), lemma(mass_of_the_encoder)
    yield 0, chain_rule


along = ell(path) - log(q.subs(z, path))
by_the_path = (ell(z).diff(z) - slope).subs(z, path)
finite = (
    may_be_swapped,
    dominated(along, (e, noise), by=phi),
    integrable(by_the_path * path.diff(phi), (e, noise)),
)


@derivation(source=ROEDER, given=finite)
def total_derivative_of_the_bound():
    r"""The gradient of $\mathcal{L} = \mathbb{E}_{q_\phi}[\ell(z) - \log q_\phi(z)]$ along the path has two parts: the
    path derivative $\partial_z(\ell - \log q_\phi)\,\partial_\phi z$, and the score $\partial_\phi\log q_\phi$ at the
    sample."""
    yield D(E(ell(z) - log(q), (z, Z)), phi)
    yield D(E(along, (e, noise)), phi), definition
    yield E(D(along, phi), (e, noise)), differentiate_under_integral(phi)
    yield E(by_the_path * D(path, phi) - score.subs(z, path), (e, noise)), chain_rule


@derivation(source=ROEDER, given=finite)
def path_derivative_of_the_bound():
    r"""The score has mean zero: the gradient is the mean of the path derivative alone,
    $\mathbb{E}_\epsilon[\partial_z(\ell - \log q_\phi)(z)\,\partial_\phi z]$."""
    yield D(E(ell(z) - log(q), (z, Z)), phi)
    yield E(by_the_path * D(path, phi) - score.subs(z, path), (e, noise)), lemma(total_derivative_of_the_bound)
    yield E(by_the_path * D(path, phi), (e, noise)) - E(score.subs(z, path), (e, noise)), linearity
    yield E(by_the_path * D(path, phi), (e, noise)), lemma(score_at_the_sample_has_mean_zero)


@derivation(source=ROEDER)
def nothing_is_left_at_the_posterior():
    r"""Where $q_\phi(z) = c\,e^{\ell(z)}$, the posterior, what the path derivative multiplies with $\partial_\phi z$ is
    0 at every sample: an estimate without variance."""
    yield D(ell(z) - log(c * exp(ell(z))), z)
    yield 0, chain_rule
