r"""Elliptical laws: the images of a spherical one, of density $g(x_1^2 + \dots + x_n^2)$ with any generator $g$, under
$x \mapsto \mu + Lx$. In the list of Kingma & Welling they stand under *location-scale*; the normal law, Student's and
Laplace's symmetric kin are among them.

In the plane $L = \begin{pmatrix} a & 0 \\ c & d \end{pmatrix}$ is the Cholesky factor of
$\Sigma = LL^\top = \begin{pmatrix} a^2 & ac \\ ac & c^2 + d^2 \end{pmatrix}$."""

from sympy import exp, gamma, oo, pi, sqrt

from symrep import (
    D,
    E,
    algebra,
    chain_rule,
    change_of_variables,
    definition,
    density,
    derivation,
    det,
    differentiate_under_integral,
    dominated,
    function,
    positive,
    pushforward,
    real,
    spherical_law,
)
from symrep.distributions import Normal, StudentT

x, y, mu, m1, m2, c = real("x y mu mu_1 mu_2 c")
e, e1, e2, y1, y2 = real("epsilon epsilon_1 epsilon_2 y_1 y_2")
sigma, a, d, nu = positive("sigma a d nu")
g, f = function("g", smooth=0), function("f", smooth=1)

LIST = "Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, section 2.4"
WIKI = "Wikipedia, Elliptical distribution"
S1, S2 = spherical_law(g, 1), spherical_law(g, 2)
X, Y = pushforward(S1, e, mu + sigma * e), pushforward(S2, (e1, e2), (m1 + a * e1, m2 + c * e1 + d * e2))


@derivation(source=LIST)
def on_the_line():
    r"""$\mu + \sigma\epsilon$ has the density $\frac1\sigma\,g\big((y - \mu)^2/\sigma^2\big)$, whatever $g$ is."""
    yield density(X)(y)
    yield density(S1)((y - mu) / sigma) / sigma, change_of_variables
    yield g((y - mu) ** 2 / sigma**2) / sigma, definition


@derivation(source=WIKI)
def in_the_plane():
    r"""$\mu + L\epsilon$ has the density $|\Sigma|^{-1/2}\,g\big((y - \mu)^\top\Sigma^{-1}(y - \mu)\big)$, where
    $\Sigma^{-1}$ is the adjugate over $|\Sigma|$."""
    u1, u2 = y1 - m1, y2 - m2
    back = (u1 / a, (u2 - c * u1 / a) / d)
    covariance = det([[a**2, a * c], [a * c, c**2 + d**2]])
    form = (c**2 + d**2) * u1**2 - 2 * a * c * u1 * u2 + a**2 * u2**2
    yield density(Y)(y1, y2)
    yield density(S2)(u1 / a, (u2 - c * u1 / a) / d) / (a * d), change_of_variables(inverse=back)
    yield g(back[0] ** 2 + back[1] ** 2) / (a * d), definition
    yield g(form / covariance) / sqrt(covariance), algebra


@derivation(source=WIKI)
def normal_law_of_the_line():
    r"""With $g(r) = e^{-r/2}/\sqrt{2\pi}$ it is $\mathcal{N}(\mu, \sigma^2)$."""
    N = spherical_law(lambda r: exp(-r / 2) / sqrt(2 * pi), 1)
    yield density(pushforward(N, e, mu + sigma * e))(y)
    yield density(N)((y - mu) / sigma) / sigma, change_of_variables
    yield density(Normal(mu, sigma))(y), definition


@derivation(source=WIKI)
def student_law_of_the_line():
    r"""With $g(r) = \Gamma(\frac{\nu+1}{2})\,(1 + r/\nu)^{-(\nu+1)/2} \big/ \big(\sqrt{\pi\nu}\,\Gamma(\frac\nu2)\big)$
    it is Student's law."""
    constant = gamma((nu + 1) / 2) / (sqrt(pi * nu) * gamma(nu / 2))
    T = spherical_law(lambda r: constant * (1 + r / nu) ** (-(nu + 1) / 2), 1)
    yield density(pushforward(T, e, mu + sigma * e))(y)
    yield density(T)((y - mu) / sigma) / sigma, change_of_variables
    yield density(StudentT(nu, mu, sigma))(y), definition


@derivation(source=LIST, given=(dominated(f(mu + sigma * e) * g(e**2), (e, -oo, oo), by=mu),))
def gradient_by_the_location():
    r"""The gradient of $\mathbb{E}[f(\mu + \sigma\epsilon)]$ by the location goes inside, for every $g$ for which it is
    dominated."""
    path = mu + sigma * e
    yield D(E(f(path), (e, S1)), mu)
    yield E(D(f(path), mu), (e, S1)), differentiate_under_integral(mu)
    yield E(f(path).diff(mu), (e, S1)), chain_rule
