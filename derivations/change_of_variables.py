r"""What a map does to a density: monotone maps, maps with several branches, maps of the plane."""

from sympy import Integral, Rational, cos, exp, log, pi, sin, sqrt

from symrep import (
    algebra,
    chain_rule,
    change_of_variables,
    continuous_law,
    definition,
    density,
    derivation,
    det,
    evaluate,
    function,
    inverse,
    jacobian,
    joint,
    lemma,
    marginalise,
    nonzero,
    positive,
    pushforward,
    real,
    unit,
)
from symrep.distributions import ChiSquared, Exponential, LogNormal, Normal, Rayleigh, Uniform

x, x1, x2, y, y1, y2, mu, eps = real("x x1 x2 y y1 y2 mu epsilon")
sigma, lam, w, v = positive("sigma lambda w v")
a, d = nonzero("a d")
c = real("c")

X = continuous_law("X")


@derivation(source="The Book of Statistical Proofs, proof P185")
def increasing_map():
    r"""If $X$ has a density $f_X$ on $\mathbb{R}$ and $h$ maps the line onto itself, strictly increasing and
    continuously differentiable, with inverse $g = h^{-1}$ and $h' \neq 0$ (so that $g$ has a derivative), then $Y =
    h(X)$ has the density $f_X(g(y))\,g'(y)$."""
    h, g = inverse(function("h", smooth=1, increasing=True), "g")
    Y = pushforward(X, x, h(x))
    yield density(Y)(y)
    yield density(X)(g(y)) * g(y).diff(y), change_of_variables(inverse=g(y))


@derivation(source="The Book of Statistical Proofs, proof P188")
def decreasing_map():
    r"""If $h$ is strictly decreasing, the density of $Y = h(X)$ is $-f_X(g(y))\,g'(y) = f_X(g(y))\,|g'(y)|$: a density
    takes the absolute value of the derivative."""
    h, g = inverse(function("h", smooth=1, decreasing=True), "g")
    Y = pushforward(X, x, h(x))
    yield density(Y)(y)
    yield -density(X)(g(y)) * g(y).diff(y), change_of_variables(inverse=g(y))
    yield density(X)(g(y)) * abs(g(y).diff(y)), algebra


@derivation(source="Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, section 2.4")
def minus_logarithm():
    r"""A decreasing map turns the ends of the support round: if $U$ is uniform on $(0, 1)$, then $-\log(U)/\lambda$ has
    the exponential law with rate $\lambda$."""
    u = real("u")
    U = Uniform(0, 1)
    Y = pushforward(U, u, -log(u) / lam)
    yield density(Y)(w)
    yield density(U)(exp(-lam * w)) * lam * exp(-lam * w), change_of_variables(inverse=exp(-lam * w))
    yield lam * exp(-lam * w), definition(U)
    yield density(Exponential(lam))(w), algebra


@derivation(source="worked out here from the two branches of the square")
def square_of_a_normal():
    r"""The map $x \mapsto x^2$ has two branches, and both contribute: the square of a standard normal variable is
    $\chi^2$ with one degree of freedom."""
    N = Normal(0, 1)
    W = pushforward(N, x, x**2)
    yield density(W)(w)
    yield (density(N)(sqrt(w)) + density(N)(-sqrt(w))) / (2 * sqrt(w)), change_of_variables(inverse=(-sqrt(w), sqrt(w)))
    yield 1 / sqrt(2 * pi * w) * exp(-w / 2), definition(N)
    yield density(ChiSquared(1))(w), algebra


@derivation(source="Kingma & Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, section 2.4")
def lognormal():
    r"""If $X \sim \mathcal{N}(\mu, \sigma^2)$, then $e^X$ is log-normal."""
    N = Normal(mu, sigma)
    W = pushforward(N, x, exp(x))
    yield density(W)(w)
    yield density(N)(log(w)) / w, change_of_variables(inverse=log(w))
    yield 1 / (w * sqrt(2 * pi * sigma**2)) * exp(-((log(w) - mu) ** 2) / (2 * sigma**2)), definition(N)
    yield density(LogNormal(mu, sigma))(w), algebra


@derivation(source="worked out here from the Cholesky factor of a covariance")
def triangular_map_of_the_plane():
    r"""In several variables the derivative becomes the determinant. If $X_1, X_2$ are independent standard normal
    variables, the density of $(aX_1,\ cX_1 + dX_2)$ with $a, d \neq 0$ is that of the normal law with covariance
    $\Sigma = LL^\top$, $L = \begin{pmatrix} a & 0 \\ c & d \end{pmatrix}$: $\frac{1}{2\pi\sqrt{\det\Sigma}}
    \exp(-\frac12 y^\top\Sigma^{-1}y)$, where $\Sigma^{-1}$ is the adjugate over $\det\Sigma$."""
    N = Normal(0, 1)
    Y = pushforward(joint(N, N), (x1, x2), (a * x1, c * x1 + d * x2))
    back = (y1 / a, (y2 - c * y1 / a) / d)
    yield density(Y)(y1, y2)
    yield density(joint(N, N))(y1 / a, (y2 - c * y1 / a) / d) / abs(a * d), change_of_variables(inverse=back)
    yield (
        1 / (2 * pi * abs(a * d)) * exp(-((y1 / a) ** 2 + ((y2 - c * y1 / a) / d) ** 2) / 2),
        definition(joint(N, N)),
    )
    covariance = det([[a**2, a * c], [a * c, c**2 + d**2]])
    form = (c**2 + d**2) * y1**2 - 2 * a * c * y1 * y2 + a**2 * y2**2
    yield 1 / (2 * pi * sqrt(covariance)) * exp(-form / (2 * covariance)), algebra


# --- the method of Box and Muller ---------------------------------------------------------------------------------

u1, u2 = unit("u_1 u_2")
radius = sqrt(-2 * log(u1))
first, second = radius * cos(2 * pi * u2), radius * sin(2 * pi * u2)
BOX_MULLER = "Box & Muller, A Note on the Generation of Random Normal Deviates, Ann. Math. Statist. 29 (1958)"
LENGTH = "Boost C++ Libraries, Rayleigh distribution; worked out here from the two squares"


@derivation(source=BOX_MULLER)
def box_muller_jacobian():
    r"""The map $x_1 = \sqrt{-2\log u_1}\cos 2\pi u_2$, $x_2 = \sqrt{-2\log u_1}\sin 2\pi u_2$ of the unit square has
    the Jacobian determinant $-2\pi/u_1$."""
    yield det(jacobian((first, second), (u1, u2)))
    yield -2 * pi * cos(2 * pi * u2) ** 2 / u1 - 2 * pi * sin(2 * pi * u2) ** 2 / u1, chain_rule
    yield -2 * pi / u1, algebra


@derivation(source=BOX_MULLER)
def box_muller_density():
    r"""Two independent standard normal densities at $(x_1, x_2)$, times the Jacobian determinant's absolute value
    $2\pi/u_1$, are the density of two independent uniform variables. The map is one to one, onto the plane without a
    half line (which is not shown here), so that $x_1$ and $x_2$ are independent and standard normal."""
    N = Normal(0, 1)
    yield density(N)(first) * density(N)(second) * abs(det(jacobian((first, second), (u1, u2))))
    yield density(N)(first) * density(N)(second) * abs(-2 * pi / u1), lemma(box_muller_jacobian)
    yield exp(-(first**2 + second**2) / 2) / (2 * pi) * 2 * pi / u1, definition(N)
    yield density(joint(Uniform(0, 1), Uniform(0, 1)))(u1, u2), algebra


# --- the length of a normal vector in the plane -------------------------------------------------------------------


@derivation(source=LENGTH)
def squared_length_in_the_plane():
    r"""The squares of two independent standard normal variables are $\chi^2_1$ each, as above, and their sum is
    exponential with the rate $\frac12$: the squared length."""
    S = ChiSquared(1)
    yield density(pushforward(joint(S, S), (w, v), w + v))(lam)
    yield Integral(density(S)(w) * density(S)(lam - w), (w, 0, lam)), marginalise(v)
    yield density(Exponential(Rational(1, 2)))(lam), evaluate


@derivation(source=LENGTH)
def length_in_the_plane():
    r"""The length $\sigma\sqrt W$ of a vector of two independent $\mathcal{N}(0, \sigma^2)$ variables, with that $W$,
    has the Rayleigh law."""
    W = Exponential(Rational(1, 2))
    yield density(pushforward(W, v, sigma * sqrt(v)))(w)
    yield density(W)(w**2 / sigma**2) * 2 * w / sigma**2, change_of_variables(inverse=w**2 / sigma**2)
    yield w / sigma**2 * exp(-(w**2) / (2 * sigma**2)), definition(W)
    yield density(Rayleigh(sigma))(w), algebra
