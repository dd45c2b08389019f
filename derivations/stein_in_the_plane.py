r"""Stein's lemma, Bonnet's and Price's theorems for two dependent normal variables: $z \sim \mathcal{N}(\mu, \Sigma)$
in the plane, with any positive definite $\Sigma$.

The variables are $z = \mu + L\epsilon$ with $\Sigma = LL^\top$, $L$ lower triangular, and independent standard normal
$\epsilon_1, \epsilon_2$; expectations are over these. Everything is shown for $d = 2$ and for that dimension only.
$f$ and its first derivatives, $h$ and its first two, grow at most quadratically. The entries $\Sigma_{12}$ and
$\Sigma_{21}$ are one variable, so that half of the Hessian counts twice there."""

from sympy import Rational, sqrt

from symrep import (
    D,
    E,
    algebra,
    chain_rule,
    derivation,
    differentiate_under_integral,
    fubini,
    function,
    integration_by_parts,
    lemma,
    linearity,
    positive,
    real,
)
from symrep.distributions import Normal

x1, x2, e1, e2, mu1, mu2 = real("x_1 x_2 epsilon_1 epsilon_2 mu_1 mu_2")
s, t, b, cov = real("s t L_21 Sigma_12")
a, c = positive("L_11 L_22")
var1, var2 = positive("Sigma_11 Sigma_22")
f = function("f", smooth=1, growth=2, arity=2)
h = function("h", smooth=2, growth=2, arity=2)

noise = Normal(0, 1)
half = Rational(1, 2)
z = (mu1 + a * e1, mu2 + b * e1 + c * e2)
along_first, along_second = (s + a * e1, t + b * e1), (s, t + c * e2)

STEIN = "Wikipedia, Stein's lemma, section Multidimensional"
REZENDE = (
    "Rezende, Mohamed & Wierstra, Stochastic Backpropagation and Approximate Inference in Deep Generative Models, "
    "ICML 2014, arXiv:1401.4082, section 3.1"
)
PARTS = "worked out here: integration by parts along one coordinate of the noise"


def partial(g, point, *order):
    r"""A derivative of a function of two variables at a point."""
    at = {x1: point[0], x2: point[1]}
    return (g(x1, x2).diff(*order) if order else g(x1, x2)).subs(at, simultaneous=True)


def mean(body):
    r"""The expectation over both coordinates of the noise."""
    return E(body, (e1, noise), (e2, noise))


# --- the noise by parts -------------------------------------------------------------------------------------------


@derivation(source=PARTS)
def first_noise_on_a_line():
    r"""With the second coordinate of the noise held fixed, $\mathbb{E}[\epsilon_1 f] = \mathbb{E}[\partial f/\partial
    \epsilon_1]$, and $\epsilon_1$ moves both variables."""
    at = along_first
    yield E(e1 * f(*at), (e1, noise))
    yield E(D(f(*at), e1), (e1, noise)), integration_by_parts(u=f(*at))
    yield E(a * partial(f, at, x1) + b * partial(f, at, x2), (e1, noise)), chain_rule


@derivation(source=PARTS)
def second_noise_on_a_line():
    r"""The second coordinate of the noise moves the second variable alone."""
    at = along_second
    yield E(e2 * f(*at), (e2, noise))
    yield E(D(f(*at), e2), (e2, noise)), integration_by_parts(u=f(*at))
    yield E(c * partial(f, at, x2), (e2, noise)), chain_rule


@derivation(source=PARTS)
def first_noise():
    r"""$\mathbb{E}[\epsilon_1 f(z)] = L_{11}\,\mathbb{E}[\partial_1 f(z)] + L_{21}\,\mathbb{E}[\partial_2 f(z)]$."""
    slopes = a * partial(f, z, x1) + b * partial(f, z, x2)
    yield mean(e1 * f(*z))
    yield E(E(e1 * f(*z), (e1, noise)), (e2, noise)), fubini
    yield E(E(slopes, (e1, noise)), (e2, noise)), lemma(first_noise_on_a_line, {s: mu1, t: mu2 + c * e2})
    yield mean(slopes), fubini
    yield a * mean(partial(f, z, x1)) + b * mean(partial(f, z, x2)), linearity


@derivation(source=PARTS)
def second_noise():
    r"""$\mathbb{E}[\epsilon_2 f(z)] = L_{22}\,\mathbb{E}[\partial_2 f(z)]$."""
    slope = c * partial(f, z, x2)
    yield mean(e2 * f(*z))
    yield E(E(e2 * f(*z), (e2, noise)), (e1, noise)), fubini
    yield E(E(slope, (e2, noise)), (e1, noise)), lemma(second_noise_on_a_line, {s: z[0], t: mu2 + b * e1})
    yield mean(slope), fubini
    yield c * mean(partial(f, z, x2)), linearity


# --- Stein and Bonnet ---------------------------------------------------------------------------------------------


@derivation(source=STEIN)
def stein_for_the_first_variable():
    r"""$\mathbb{E}[(z_1 - \mu_1) f(z)] = \Sigma_{11}\,\mathbb{E}[\partial_1 f(z)] + \Sigma_{12}\,\mathbb{E}[\partial_2
    f(z)]$ with $\Sigma_{11} = L_{11}^2$, $\Sigma_{12} = L_{11}L_{21}$."""
    slopes = [mean(partial(f, z, x)) for x in (x1, x2)]
    yield mean((z[0] - mu1) * f(*z))
    yield a * mean(e1 * f(*z)), linearity
    yield a * (a * slopes[0] + b * slopes[1]), lemma(first_noise)
    yield a**2 * slopes[0] + a * b * slopes[1], algebra


@derivation(source=STEIN)
def stein_for_the_second_variable():
    r"""$\mathbb{E}[(z_2 - \mu_2) f(z)] = \Sigma_{21}\,\mathbb{E}[\partial_1 f(z)] + \Sigma_{22}\,\mathbb{E}[\partial_2
    f(z)]$ with $\Sigma_{22} = L_{21}^2 + L_{22}^2$."""
    slopes = [mean(partial(f, z, x)) for x in (x1, x2)]
    yield mean((z[1] - mu2) * f(*z))
    yield b * mean(e1 * f(*z)) + c * mean(e2 * f(*z)), linearity
    yield b * (a * slopes[0] + b * slopes[1]) + c * mean(e2 * f(*z)), lemma(first_noise)
    yield b * (a * slopes[0] + b * slopes[1]) + c * (c * slopes[1]), lemma(second_noise)
    yield a * b * slopes[0] + (b**2 + c**2) * slopes[1], algebra


@derivation(source=REZENDE)
def bonnet_in_the_plane():
    r"""$\partial_{\mu_2}\mathbb{E}[f(z)] = \mathbb{E}[\partial_2 f(z)]$; with $\mu_1$ for $\mu_2$ it is the same."""
    yield D(mean(f(*z)), mu2)
    yield mean(D(f(*z), mu2)), differentiate_under_integral(mu2)
    yield mean(partial(f, z, x2)), chain_rule


# --- Price --------------------------------------------------------------------------------------------------------


@derivation(source=PARTS)
def first_noise_beside_a_slope():
    r"""With $\partial_2 h$ for $f$: $\mathbb{E}[\epsilon_1\,\partial_2 h(z)] = L_{11}\,\mathbb{E}[\partial_1\partial_2
    h(z)] + L_{21}\,\mathbb{E}[\partial_2^2 h(z)]$, on a line."""
    at = along_first
    yield E(e1 * partial(h, at, x2), (e1, noise))
    yield E(D(partial(h, at, x2), e1), (e1, noise)), integration_by_parts(u=partial(h, at, x2))
    yield E(a * partial(h, at, x1, x2) + b * partial(h, at, x2, x2), (e1, noise)), chain_rule


@derivation(source=PARTS)
def second_noise_beside_a_slope():
    r"""$\mathbb{E}[\epsilon_2\,\partial_2 h(z)] = L_{22}\,\mathbb{E}[\partial_2^2 h(z)]$, on a line."""
    at = along_second
    yield E(e2 * partial(h, at, x2), (e2, noise))
    yield E(D(partial(h, at, x2), e2), (e2, noise)), integration_by_parts(u=partial(h, at, x2))
    yield E(c * partial(h, at, x2, x2), (e2, noise)), chain_rule


@derivation(source=PARTS)
def first_noise_beside_a_slope_in_the_plane():
    r"""The same in the plane."""
    slopes = a * partial(h, z, x1, x2) + b * partial(h, z, x2, x2)
    yield mean(e1 * partial(h, z, x2))
    yield E(E(e1 * partial(h, z, x2), (e1, noise)), (e2, noise)), fubini
    yield E(E(slopes, (e1, noise)), (e2, noise)), lemma(first_noise_beside_a_slope, {s: mu1, t: mu2 + c * e2})
    yield mean(slopes), fubini
    yield a * mean(partial(h, z, x1, x2)) + b * mean(partial(h, z, x2, x2)), linearity


@derivation(source=PARTS)
def second_noise_beside_a_slope_in_the_plane():
    r"""The same in the plane."""
    slope = c * partial(h, z, x2, x2)
    yield mean(e2 * partial(h, z, x2))
    yield E(E(e2 * partial(h, z, x2), (e2, noise)), (e1, noise)), fubini
    yield E(E(slope, (e2, noise)), (e1, noise)), lemma(second_noise_beside_a_slope, {s: z[0], t: mu2 + b * e1})
    yield mean(slope), fubini
    yield c * mean(partial(h, z, x2, x2)), linearity


#: Cholesky's factor of the covariance, written by its entries
factor = {a: sqrt(var1), b: cov / sqrt(var1), c: sqrt(var2 - cov**2 / var1)}
y = tuple(v.subs(factor) for v in z)


@derivation(source=REZENDE, given=(cov**2 < var1 * var2,))
def price_for_the_covariance():
    r"""$\partial_{\Sigma_{12}}\mathbb{E}[h(z)] = \mathbb{E}[\partial_1\partial_2 h(z)]$: half of the Hessian's two
    entries, for $\Sigma_{12}$ and $\Sigma_{21}$ move together. In $L$ it moves $L_{21}$ and $L_{22}$, and what the
    second adds cancels."""
    w, slope, mixed, second = factor[c], partial(h, y, x2), partial(h, y, x1, x2), partial(h, y, x2, x2)
    crossed = sqrt(var1) * mean(mixed) + cov / sqrt(var1) * mean(second)
    yield D(mean(h(*y)), cov)
    yield mean(D(h(*y), cov)), differentiate_under_integral(cov)
    yield mean(slope * (e1 / sqrt(var1) - cov * e2 / (var1 * w))), chain_rule
    yield mean(e1 * slope) / sqrt(var1) - cov / (var1 * w) * mean(e2 * slope), linearity
    yield (
        crossed / sqrt(var1) - cov / (var1 * w) * mean(e2 * slope),
        lemma(first_noise_beside_a_slope_in_the_plane, factor),
    )
    yield (
        crossed / sqrt(var1) - cov / (var1 * w) * (w * mean(second)),
        lemma(second_noise_beside_a_slope_in_the_plane, factor),
    )
    yield mean(mixed), algebra


@derivation(source=REZENDE, given=(cov**2 < var1 * var2,))
def price_for_a_variance():
    r"""$\partial_{\Sigma_{22}}\mathbb{E}[h(z)] = \frac12\mathbb{E}[\partial_2^2 h(z)]$: it moves $L_{22}$ alone. With
    the variables in the other order it is the same for $\Sigma_{11}$."""
    w, slope = factor[c], partial(h, y, x2)
    yield D(mean(h(*y)), var2)
    yield mean(D(h(*y), var2)), differentiate_under_integral(var2)
    yield mean(slope * e2 / (2 * w)), chain_rule
    yield mean(e2 * slope) / (2 * w), linearity
    yield half * mean(partial(h, y, x2, x2)), lemma(second_noise_beside_a_slope_in_the_plane, factor)
