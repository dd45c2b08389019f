"""Denoising diffusion with slips: two for each derivation of the gallery."""

from sympy import Integral, Rational, Sum, oo, sqrt

from symrep import (
    KL,
    Expected,
    Independent,
    Reason,
    Status,
    algebra,
    density,
    derivation,
    evaluate,
    independence,
    indexed,
    joint,
    marginalise,
    positive,
    positive_integer,
    pushforward,
    real,
    unit,
)
from symrep.distributions import Normal

x, y, x0, xt, eps, e1, e2, mu1, mu2, xh, zt = real("x y x_0 x_t epsilon epsilon_1 epsilon_2 mu_1 mu_2 xhat z_t")
alpha, abar = unit("alpha alphabar")
sigma, at, as_, st, ss = positive("sigma alpha_t alpha_s sigma_t sigma_s")
half = Rational(1, 2)
X, N = Normal(sqrt(abar) * x0, sqrt(1 - abar)), Normal(0, 1)
STEP = pushforward(joint(X, N), (y, eps), sqrt(alpha) * y + sqrt(1 - alpha) * eps)
REFUTED, UNEQUAL = Status.REFUTED, Reason.UNEQUAL


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def forward_without_the_jacobian():
    r"""The inverse $(x - \sqrt{\alpha}y)/\sqrt{1-\alpha}$ brings $1/\sqrt{1-\alpha}$."""
    yield density(STEP)(x)
    yield Integral(density(X)(y) * density(N)((x - sqrt(alpha) * y) / sqrt(1 - alpha)), (y, -oo, oo)), marginalise(eps)


@derivation(expected=Expected(REFUTED, UNEQUAL, line=3))
def forward_with_added_variances():
    r"""The old variance is multiplied by $\alpha$ before the new one is added."""
    yield density(STEP)(x)
    yield (
        Integral(density(X)(y) * density(N)((x - sqrt(alpha) * y) / sqrt(1 - alpha)) / sqrt(1 - alpha), (y, -oo, oo)),
        marginalise(eps),
    )
    yield density(Normal(sqrt(abar * alpha) * x0, sqrt(1 - abar + 1 - alpha)))(x), evaluate


def _bayes():
    step, after = Normal(sqrt(alpha) * y, sqrt(1 - alpha)), Normal(sqrt(abar * alpha) * x0, sqrt(1 - abar * alpha))
    return density(step)(xt) * density(X)(y) / density(after)(xt)


MEAN = sqrt(abar) * (1 - alpha) / (1 - abar * alpha) * x0 + sqrt(alpha) * (1 - abar) / (1 - abar * alpha) * xt


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def posterior_with_the_forward_variance():
    r"""The posterior's variance is smaller than $\beta = 1 - \alpha$."""
    yield _bayes()
    yield density(Normal(MEAN, sqrt(1 - alpha)))(y), algebra


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def posterior_with_the_weights_exchanged():
    r"""$x_0$ has the weight $\sqrt{\bar\alpha}\beta$, $x_t$ the weight $\sqrt{\alpha}(1-\bar\alpha)$."""
    mean = sqrt(alpha) * (1 - abar) / (1 - abar * alpha) * x0 + sqrt(abar) * (1 - alpha) / (1 - abar * alpha) * xt
    yield _bayes()
    yield density(Normal(mean, sqrt((1 - abar) / (1 - abar * alpha) * (1 - alpha))))(y), algebra


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def mean_with_the_wrong_noise_level():
    r"""The noise in $x_t$ has the standard deviation $\sqrt{1 - \bar\alpha\alpha}$."""
    yield MEAN.subs(x0, (xt - sqrt(1 - abar * alpha) * eps) / sqrt(abar * alpha))
    yield (xt - (1 - alpha) / sqrt(1 - alpha) * eps) / sqrt(alpha), algebra


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def mean_with_the_sign_of_the_noise():
    r"""The noise is taken away."""
    yield MEAN.subs(x0, (xt - sqrt(1 - abar * alpha) * eps) / sqrt(abar * alpha))
    yield (xt + (1 - alpha) / sqrt(1 - abar * alpha) * eps) / sqrt(alpha), algebra


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def equal_variances_without_the_half():
    r"""$\frac{(\mu_1-\mu_2)^2}{2\sigma^2}$."""
    yield KL(Normal(mu1, sigma), Normal(mu2, sigma))
    yield (mu1 - mu2) ** 2 / sigma**2, evaluate


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def equal_variances_with_the_standard_deviation():
    r"""$\sigma^2$, not $\sigma$."""
    yield KL(Normal(mu1, sigma), Normal(mu2, sigma))
    yield (mu1 - mu2) ** 2 / (2 * sigma), evaluate


def _apart():
    first = (xt - (1 - alpha) / sqrt(1 - abar * alpha) * e1) / sqrt(alpha)
    second = (xt - (1 - alpha) / sqrt(1 - abar * alpha) * e2) / sqrt(alpha)
    return (first - second) ** 2 / (2 * sigma**2)


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def weight_with_beta_to_the_first():
    r"""$\beta^2 = (1-\alpha)^2$."""
    yield _apart()
    yield (1 - alpha) / (2 * sigma**2 * alpha * (1 - abar * alpha)) * (e1 - e2) ** 2, algebra


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def weight_without_alpha():
    r"""The factor $1/\sqrt{\alpha}$ of the mean is squared too."""
    yield _apart()
    yield (1 - alpha) ** 2 / (2 * sigma**2 * (1 - abar * alpha)) * (e1 - e2) ** 2, algebra


def _bayes_of_a_variational_diffusion_model():
    between = st**2 - at**2 * ss**2 / as_**2
    step, before, after = Normal(at / as_ * y, sqrt(between)), Normal(as_ * x, ss), Normal(at * x, st)
    return density(step)(zt) * density(before)(y) / density(after)(zt), between


@derivation(given=(at * ss < as_ * st,), expected=Expected(REFUTED, UNEQUAL, line=2))
def variational_posterior_with_the_forward_variance():
    r"""Knowing $x$ makes $z_s$ less uncertain than the step alone."""
    start, between = _bayes_of_a_variational_diffusion_model()
    mean = at * ss**2 / (as_ * st**2) * zt + as_ * between / st**2 * x
    yield start
    yield density(Normal(mean, sqrt(between)))(y), algebra


@derivation(given=(at * ss < as_ * st,), expected=Expected(REFUTED, UNEQUAL, line=2))
def variational_posterior_with_the_wrong_scale():
    r"""$x$ counts with $\alpha_s$."""
    start, between = _bayes_of_a_variational_diffusion_model()
    mean = at * ss**2 / (as_ * st**2) * zt + at * between / st**2 * x
    yield start
    yield density(Normal(mean, sqrt(between * ss**2 / st**2)))(y), algebra


@derivation(given=(at * ss < as_ * st,), expected=Expected(REFUTED, UNEQUAL, line=2))
def ratios_in_the_wrong_order():
    r"""The earlier time has the larger signal-to-noise ratio."""
    between = st**2 - at**2 * ss**2 / as_**2
    yield (as_ * between / st**2 * (x - xh)) ** 2 / (2 * between * ss**2 / st**2)
    yield half * (at**2 / st**2 - as_**2 / ss**2) * (x - xh) ** 2, algebra


@derivation(given=(at * ss < as_ * st,), expected=Expected(REFUTED, UNEQUAL, line=2))
def ratios_without_squares():
    r"""$\mathrm{SNR} = \alpha^2/\sigma^2$."""
    between = st**2 - at**2 * ss**2 / as_**2
    yield (as_ * between / st**2 * (x - xh)) ** 2 / (2 * between * ss**2 / st**2)
    yield half * (as_ / ss - at / st) * (x - xh) ** 2, algebra


i, d = positive_integer("i d")
x_, e_, eh_ = map(indexed, ("x", "epsilon", "e"))
TRUE, PREDICTED = (
    Normal((x_[i] - (1 - alpha) / sqrt(1 - abar * alpha) * noise[i]) / sqrt(alpha), sigma) for noise in (e_, eh_)
)


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def weight_in_d_dimensions_of_one_coordinate():
    r"""The divergences of the coordinates add up; they are not one of them times $d$."""
    yield KL(Independent(TRUE, (i, 1, d)), Independent(PREDICTED, (i, 1, d)))
    yield d * KL(TRUE.subs(i, 1), PREDICTED.subs(i, 1)), independence


@derivation(expected=Expected(REFUTED, UNEQUAL, line=2))
def weight_in_d_dimensions_without_the_two():
    r"""The divergence is $|\cdot|^2/(2\sigma^2)$."""
    weight = (1 - alpha) ** 2 / (2 * sigma**2 * alpha * (1 - abar * alpha))
    yield Sum(KL(TRUE, PREDICTED), (i, 1, d))
    yield 2 * weight * Sum((e_[i] - eh_[i]) ** 2, (i, 1, d)), evaluate


y_, z_ = indexed("y"), indexed("z")
BETWEEN = st**2 - at**2 * ss**2 / as_**2
SPREAD = sqrt(BETWEEN * ss**2 / st**2)
AT_THE_DATA, AT_THE_GUESS = (
    Normal(at * ss**2 / (as_ * st**2) * z_[i] + as_ * BETWEEN / st**2 * v[i], SPREAD) for v in (y_, eh_)
)


@derivation(given=(at * ss < as_ * st,), expected=Expected(REFUTED, UNEQUAL, line=2))
def signal_to_noise_ratios_in_d_dimensions_exchanged():
    r"""The ratio falls with time: $\mathrm{SNR}(s) - \mathrm{SNR}(t)$."""
    yield Sum(KL(AT_THE_DATA, AT_THE_GUESS), (i, 1, d))
    yield half * (at**2 / st**2 - as_**2 / ss**2) * Sum((y_[i] - eh_[i]) ** 2, (i, 1, d)), evaluate


@derivation(given=(at * ss < as_ * st,), expected=Expected(REFUTED, UNEQUAL, line=2))
def signal_to_noise_ratios_in_d_dimensions_without_the_half():
    r"""Half of it."""
    yield Sum(KL(AT_THE_DATA, AT_THE_GUESS), (i, 1, d))
    yield (as_**2 / ss**2 - at**2 / st**2) * Sum((y_[i] - eh_[i]) ** 2, (i, 1, d)), evaluate
