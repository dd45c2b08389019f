r"""Sums, ratios and products of independent variables: what Kingma & Welling list under *composition*. Such a map is no
bijection; one variable is changed, the others are integrated out."""

from sympy import Integral, exp, gamma, log, oo, sqrt

from symrep import algebra, density, derivation, evaluate, joint, marginalise, positive, pushforward, real, unit
from symrep.distributions import Beta, Cauchy, ChiSquared, Exponential, Gamma, Normal, StudentT, Uniform

x, y, t, mu, m = real("x y t mu m")
sigma, s, lam, alpha, beta, g, h, r, v, nu, d1, d2 = positive("sigma s lambda alpha beta g h r v nu d_1 d_2")
u, w, p = unit("u w p")

LIST = "Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, section 2.4"
HERE = "worked out here from the joint density"


@derivation(source=HERE)
def sum_of_two_normals():
    r"""If $X \sim \mathcal{N}(\mu, \sigma^2)$ and $Y \sim \mathcal{N}(m, s^2)$ are independent, then $X + Y \sim
    \mathcal{N}(\mu + m, \sigma^2 + s^2)$: the density is the convolution, a Gaussian integral."""
    X, Y = Normal(mu, sigma), Normal(m, s)
    yield density(pushforward(joint(X, Y), (x, y), x + y))(t)
    yield Integral(density(X)(x) * density(Y)(t - x), (x, -oo, oo)), marginalise(y)
    yield density(Normal(mu + m, sqrt(sigma**2 + s**2)))(t), evaluate


@derivation(source=LIST)
def sum_of_two_exponentials():
    r"""The sum of two independent exponential variables has the Erlang law of order 2, a Gamma law. In the convolution
    the first variable runs up to $r$ only."""
    X = Exponential(lam)
    yield density(pushforward(joint(X, X), (g, h), g + h))(r)
    yield Integral(density(X)(g) * density(X)(r - g), (g, 0, r)), marginalise(h)
    yield lam**2 * r * exp(-lam * r), evaluate
    yield density(Gamma(2, lam))(r), algebra


@derivation(source=LIST)
def sum_of_two_gammas():
    r"""Shapes add up: $\mathrm{Gamma}(\alpha, \lambda) * \mathrm{Gamma}(\beta, \lambda) =
    \mathrm{Gamma}(\alpha + \beta, \lambda)$. The integral that is left is a Beta function. With integer shapes: the
    Erlang law as a sum of exponentials."""
    G, H = Gamma(alpha, lam), Gamma(beta, lam)
    yield density(pushforward(joint(G, H), (g, h), g + h))(r)
    yield Integral(density(G)(g) * density(H)(r - g), (g, 0, r)), marginalise(h)
    yield density(Gamma(alpha + beta, lam))(r), evaluate


@derivation(source=LIST)
def share_of_a_gamma():
    r"""A Gamma variable's share $G/(G + H)$ of the sum of two with the same rate has a Beta law, whatever the rate."""
    G, H = Gamma(alpha, lam), Gamma(beta, lam)
    yield density(pushforward(joint(G, H), (g, h), g / (g + h)))(p)
    yield Integral(density(G)(g) * density(H)(g * (1 - p) / p) * g / p**2, (g, 0, oo)), marginalise(h)
    yield density(Beta(alpha, beta))(p), evaluate


@derivation(source=LIST)
def student_as_a_ratio():
    r"""$\epsilon / \sqrt{V/\nu}$ with $\epsilon \sim \mathcal{N}(0, 1)$ and $V \sim \chi^2_\nu$ has Student's law with
    $\nu$ degrees of freedom."""
    N, V = Normal(0, 1), ChiSquared(nu)
    yield density(pushforward(joint(N, V), (x, v), x / sqrt(v / nu)))(t)
    yield Integral(density(N)(t * sqrt(v / nu)) * density(V)(v) * sqrt(v / nu), (v, 0, oo)), marginalise(x)
    yield density(StudentT(nu, 0, 1))(t), evaluate


@derivation(source=LIST)
def f_as_a_ratio():
    r"""$(V/d_1)/(W/d_2)$ with $V \sim \chi^2_{d_1}$ and $W \sim \chi^2_{d_2}$ has the F law."""
    V, W = ChiSquared(d1), ChiSquared(d2)
    yield density(pushforward(joint(V, W), (g, h), (g / d1) / (h / d2)))(r)
    yield Integral(density(V)(r * h * d1 / d2) * density(W)(h) * h * d1 / d2, (h, 0, oo)), marginalise(g)
    yield (
        gamma((d1 + d2) / 2) / (gamma(d1 / 2) * gamma(d2 / 2))
        * (d1 / d2) ** (d1 / 2) * r ** (d1 / 2 - 1) * (1 + d1 * r / d2) ** (-(d1 + d2) / 2),
        evaluate,
    )  # fmt: skip


@derivation(source=HERE)
def ratio_of_two_normals():
    r"""The ratio of two standard normal variables has a Cauchy law. Where the denominator is negative the map
    decreases, so the two half lines are looked at apart."""
    N = Normal(0, 1)
    yield density(pushforward(joint(N, N), (x, y), y / x))(t)
    yield (
        Integral(-x * density(N)(x) * density(N)(t * x), (x, -oo, 0))
        + Integral(x * density(N)(x) * density(N)(t * x), (x, 0, oo)),
        marginalise(y),
    )
    yield density(Cauchy(0, 1))(t), evaluate


@derivation(source=HERE)
def product_of_two_uniforms():
    r"""The product of two uniform variables has the density $-\log p$ on $(0, 1)$."""
    U = Uniform(0, 1)
    yield density(pushforward(joint(U, U), (u, w), u * w))(p)
    yield Integral(density(U)(u) * density(U)(p / u) / u, (u, p, 1)), marginalise(w)
    yield -log(p), evaluate
