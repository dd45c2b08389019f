"""Sums, ratios and products with slips."""

from sympy import Integral, exp, log, oo, sqrt

from symrep import (
    Expected,
    Reason,
    Status,
    algebra,
    density,
    derivation,
    evaluate,
    joint,
    marginalise,
    positive,
    pushforward,
    real,
    unit,
)
from symrep.distributions import Beta, Cauchy, ChiSquared, Exponential, Gamma, Normal, StudentT, Uniform

x, y, t, mu, m = real("x y t mu m")
sigma, s, lam, alpha, beta, g, h, r, v, nu, d1, d2 = positive("sigma s lambda alpha beta g h r v nu d_1 d_2")
u, w, p = unit("u w p")
X, Y, N = Normal(mu, sigma), Normal(m, s), Normal(0, 1)
REFUTED, UNEQUAL = Status.REFUTED, Reason.UNEQUAL


@derivation(expected=Expected(REFUTED, UNEQUAL, line=3))
def standard_deviations_add_up():
    r"""Variances add up, not standard deviations."""
    yield density(pushforward(joint(X, Y), (x, y), x + y))(t)
    yield Integral(density(X)(x) * density(Y)(t - x), (x, -oo, oo)), marginalise(y)
    yield density(Normal(mu + m, sigma + s))(t), evaluate


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def convolution_with_the_wrong_argument():
    r"""$y = t - x$."""
    yield density(pushforward(joint(X, Y), (x, y), x + y))(t)
    yield Integral(density(X)(x) * density(Y)(t + x), (x, -oo, oo)), marginalise(y)


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def convolution_without_the_jacobian():
    r"""For $x + 2y$ the inverse brings a factor $\frac12$."""
    yield density(pushforward(joint(X, Y), (x, y), x + 2 * y))(t)
    yield Integral(density(X)(x) * density(Y)((t - x) / 2), (x, -oo, oo)), marginalise(y)


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def waiting_times_over_the_wrong_range():
    r"""The first time cannot exceed the sum; $e^{-\lambda g} e^{-\lambda(r - g)}$ does not fall off by itself."""
    E = Exponential(lam)
    yield density(pushforward(joint(E, E), (g, h), g + h))(r)
    yield Integral(lam**2 * exp(-lam * r), (g, 0, 2 * r)), marginalise(h)


@derivation(expected=Expected(REFUTED, UNEQUAL, line=3))
def waiting_times_without_the_length():
    r"""The range has length $r$."""
    E = Exponential(lam)
    yield density(pushforward(joint(E, E), (g, h), g + h))(r)
    yield Integral(density(E)(g) * density(E)(r - g), (g, 0, r)), marginalise(h)
    yield lam**2 * exp(-lam * r), evaluate


@derivation(expected=Expected(REFUTED, UNEQUAL, line=3))
def shapes_multiplied():
    r"""Shapes add up."""
    G, H = Gamma(alpha, lam), Gamma(beta, lam)
    yield density(pushforward(joint(G, H), (g, h), g + h))(r)
    yield Integral(density(G)(g) * density(H)(r - g), (g, 0, r)), marginalise(h)
    yield density(Gamma(alpha * beta, lam))(r), evaluate


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def shapes_of_different_rates():
    r"""With different rates the sum is no Gamma variable."""
    yield density(pushforward(joint(Gamma(1, 1), Gamma(1, 2)), (g, h), g + h))(r)
    yield density(Gamma(2, 1))(r), marginalise(h)


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def share_without_the_jacobian():
    r"""$h = g(1-p)/p$ has the derivative $-g/p^2$."""
    G, H = Gamma(alpha, lam), Gamma(beta, lam)
    yield density(pushforward(joint(G, H), (g, h), g / (g + h)))(p)
    yield Integral(density(G)(g) * density(H)(g * (1 - p) / p), (g, 0, oo)), marginalise(h)


@derivation(expected=Expected(REFUTED, UNEQUAL, line=3))
def share_of_the_other():
    r"""$G/(G + H)$, not $H/(G + H)$."""
    G, H = Gamma(alpha, lam), Gamma(beta, lam)
    yield density(pushforward(joint(G, H), (g, h), g / (g + h)))(p)
    yield Integral(density(G)(g) * density(H)(g * (1 - p) / p) * g / p**2, (g, 0, oo)), marginalise(h)
    yield density(Beta(beta, alpha))(p), evaluate


@derivation(expected=Expected(REFUTED, UNEQUAL, line=3))
def student_without_the_degrees():
    r"""$V$ has to be divided by $\nu$."""
    V = ChiSquared(nu)
    yield density(pushforward(joint(N, V), (x, v), x / sqrt(v)))(t)
    yield Integral(density(N)(t * sqrt(v)) * density(V)(v) * sqrt(v), (v, 0, oo)), marginalise(x)
    yield density(StudentT(nu, 0, 1))(t), evaluate


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def student_with_the_jacobian_inverted():
    r"""$x = t\sqrt{v/\nu}$ has the derivative $\sqrt{v/\nu}$."""
    V = ChiSquared(nu)
    yield density(pushforward(joint(N, V), (x, v), x / sqrt(v / nu)))(t)
    yield Integral(density(N)(t * sqrt(v / nu)) * density(V)(v) / sqrt(v / nu), (v, 0, oo)), marginalise(x)


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def f_with_the_degrees_exchanged():
    r"""$g = r h d_1/d_2$."""
    V, W = ChiSquared(d1), ChiSquared(d2)
    yield density(pushforward(joint(V, W), (g, h), (g / d1) / (h / d2)))(r)
    yield Integral(density(V)(r * h * d2 / d1) * density(W)(h) * h * d2 / d1, (h, 0, oo)), marginalise(g)


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def ratio_without_the_absolute_value():
    r"""On the left half line the Jacobian is $-x$; with $x$ everything cancels."""
    yield density(pushforward(joint(N, N), (x, y), y / x))(t)
    yield Integral(x * density(N)(x) * density(N)(t * x), (x, -oo, oo)), marginalise(y)


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def ratio_on_half_of_the_line():
    r"""Negative denominators give the other half of the mass."""
    yield density(pushforward(joint(N, N), (x, y), y / x))(t)
    yield Integral(x * density(N)(x) * density(N)(t * x), (x, 0, oo)), marginalise(y)


@derivation(expected=Expected(REFUTED, UNEQUAL, line=3))
def product_with_the_wrong_sign():
    r"""$-\log p > 0$ on $(0, 1)$."""
    U = Uniform(0, 1)
    yield density(pushforward(joint(U, U), (u, w), u * w))(p)
    yield Integral(density(U)(u) * density(U)(p / u) / u, (u, p, 1)), marginalise(w)
    yield log(p), evaluate


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def product_over_the_whole_range():
    r"""$p/u$ is a value of a uniform variable for $u > p$ only; beyond, the density is 0 and not 1."""
    U = Uniform(0, 1)
    yield density(pushforward(joint(U, U), (u, w), u * w))(p)
    yield Integral(1 / u, (u, p / 2, 1)), marginalise(w)


@derivation(expected=Expected(Status.UNDECIDED, Reason.NOTHING_APPLIED, line=2))
def ratio_without_a_reason():
    r"""The ratio of laws with different scales is not standard; algebra knows nothing of images, nor do points."""
    yield density(pushforward(joint(N, Normal(0, 2)), (x, y), y / x))(t)
    yield density(Cauchy(0, 1))(t), algebra
