r"""Denoising diffusion: the forward process after any number of steps, the posterior, the noise that is predicted and
its weight.

In the source $\alpha_t = 1 - \beta_t$ and $\bar\alpha_t = \prod_{s \le t} \alpha_s$; but for the first theorem
$\bar\alpha$ stands for $\bar\alpha_{t-1}$, so that $\bar\alpha_t = \bar\alpha\,\alpha$. All coordinates are
independent: one is shown."""

from sympy import Integral, Product, Rational, Sum, oo, sqrt

from symrep import (
    KL,
    Independent,
    algebra,
    density,
    derivation,
    evaluate,
    independence,
    indexed,
    induction,
    integer,
    joint,
    lemma,
    marginalise,
    positive,
    positive_integer,
    pushforward,
    real,
    recursive,
    unit,
)
from symrep.distributions import Normal

x, y, x0, xt, eps, e1, e2, mu1, mu2, xh, zt = real("x y x_0 x_t epsilon epsilon_1 epsilon_2 mu_1 mu_2 xhat z_t")
alpha, abar = unit("alpha alphabar")
sigma, at, as_, st, ss = positive("sigma alpha_t alpha_s sigma_t sigma_s")
half = Rational(1, 2)

HO = "Ho, Jain & Abbeel, Denoising Diffusion Probabilistic Models, NeurIPS 2020, arXiv:2006.11239, section 2"
HO_LOSS = (
    "Ho, Jain & Abbeel, Denoising Diffusion Probabilistic Models, NeurIPS 2020, arXiv:2006.11239, equations (9) to (12)"
)
VDM = "Kingma, Salimans, Poole & Ho, Variational Diffusion Models, NeurIPS 2021, arXiv:2107.00630"


t, s = positive_integer("t"), integer("s")
alpha_ = indexed("alpha", "unit")
alphabar = Product(alpha_[s], (s, 1, t))


def step(at, before):
    """The density at x of the step to the time ``at`` from the place ``before``."""
    return density(Normal(sqrt(alpha_[at]) * before, sqrt(1 - alpha_[at])))(x)


q = recursive(
    "q", (t, x, x0), (1, step(1, x0)), lambda q: Integral(q(t, y, x0) * step(t + 1, y), (y, -oo, oo))
)  # fmt: skip


@derivation(source=HO)
def forward_marginal():
    r"""By induction on $t$: if $q(x_1 \mid x_0) = \mathcal{N}(\sqrt{\alpha_1}\,x_0, 1 - \alpha_1)$ and every step adds
    noise, $q(x_{t+1} \mid x_0) = \int q(y \mid x_0)\,\mathcal{N}(x_{t+1} \mid \sqrt{\alpha_{t+1}}\,y,
    1 - \alpha_{t+1})\,dy$, then $q(x_t \mid x_0) = \mathcal{N}(\sqrt{\bar\alpha_t}\,x_0, 1 - \bar\alpha_t)$ with
    $\bar\alpha_t = \prod_{s=1}^t \alpha_s$, for every $t \ge 1$."""
    yield q(t, x, x0)
    yield density(Normal(sqrt(alphabar) * x0, sqrt(1 - alphabar)))(x), induction(t, step=evaluate)


@derivation(source=HO)
def one_step_forward():
    r"""One step of it, as an image of two variables: if $x_{t-1} \sim \mathcal{N}(\sqrt{\bar\alpha}\,x_0, 1 -
    \bar\alpha)$, then $x_t = \sqrt{\alpha}\,x_{t-1} + \sqrt{1 - \alpha}\,\epsilon$ has the law
    $\mathcal{N}(\sqrt{\bar\alpha\alpha}\,x_0, 1 - \bar\alpha\alpha)$."""
    X, N = Normal(sqrt(abar) * x0, sqrt(1 - abar)), Normal(0, 1)
    yield density(pushforward(joint(X, N), (y, eps), sqrt(alpha) * y + sqrt(1 - alpha) * eps))(x)
    yield (
        Integral(density(X)(y) * density(N)((x - sqrt(alpha) * y) / sqrt(1 - alpha)) / sqrt(1 - alpha), (y, -oo, oo)),
        marginalise(eps),
    )
    yield density(Normal(sqrt(abar * alpha) * x0, sqrt(1 - abar * alpha)))(x), evaluate


@derivation(source=HO)
def posterior():
    r"""By Bayes' rule $q(x_{t-1} \mid x_t, x_0) = q(x_t \mid x_{t-1})\,q(x_{t-1} \mid x_0) / q(x_t \mid x_0)$ is normal
    with mean $\frac{\sqrt{\bar\alpha}\,(1-\alpha)}{1-\bar\alpha\alpha}x_0 + \frac{\sqrt{\alpha}\,(1-\bar\alpha)}
    {1-\bar\alpha\alpha}x_t$ and variance $\frac{1-\bar\alpha}{1-\bar\alpha\alpha}(1 - \alpha)$."""
    step = Normal(sqrt(alpha) * y, sqrt(1 - alpha))
    before = Normal(sqrt(abar) * x0, sqrt(1 - abar))
    after = Normal(sqrt(abar * alpha) * x0, sqrt(1 - abar * alpha))
    mean = sqrt(abar) * (1 - alpha) / (1 - abar * alpha) * x0 + sqrt(alpha) * (1 - abar) / (1 - abar * alpha) * xt
    variance = (1 - abar) / (1 - abar * alpha) * (1 - alpha)
    yield density(step)(xt) * density(before)(y) / density(after)(xt)
    yield density(Normal(mean, sqrt(variance)))(y), algebra


@derivation(source=HO_LOSS)
def mean_from_the_noise():
    r"""With $x_t = \sqrt{\bar\alpha\alpha}\,x_0 + \sqrt{1 - \bar\alpha\alpha}\,\epsilon$ solved for $x_0$, the
    posterior's mean is $\frac{1}{\sqrt{\alpha}}\left(x_t -
    \frac{1-\alpha}{\sqrt{1-\bar\alpha\alpha}}\,\epsilon\right)$."""
    start = (xt - sqrt(1 - abar * alpha) * eps) / sqrt(abar * alpha)
    yield sqrt(abar) * (1 - alpha) / (1 - abar * alpha) * start + sqrt(alpha) * (1 - abar) / (1 - abar * alpha) * xt
    yield (xt - (1 - alpha) / sqrt(1 - abar * alpha) * eps) / sqrt(alpha), algebra


@derivation(source="The Book of Statistical Proofs, proof P193, with equal variances")
def divergence_with_equal_variances():
    r"""Between two normal laws of one variance the divergence is the squared distance of the means over $2\sigma^2$."""
    yield KL(Normal(mu1, sigma), Normal(mu2, sigma))
    yield (mu1 - mu2) ** 2 / (2 * sigma**2), evaluate


@derivation(source=HO_LOSS)
def weight_of_the_noise_loss():
    r"""The divergence between two reverse steps that differ in the predicted noise is $\frac{(1-\alpha)^2}{2\sigma^2
    \alpha\,(1-\bar\alpha\alpha)}(\epsilon_1 - \epsilon_2)^2$: the weight that the simplified loss drops."""
    first = (xt - (1 - alpha) / sqrt(1 - abar * alpha) * e1) / sqrt(alpha)
    second = (xt - (1 - alpha) / sqrt(1 - abar * alpha) * e2) / sqrt(alpha)
    yield KL(Normal(first, sigma), Normal(second, sigma))
    yield (first - second) ** 2 / (2 * sigma**2), lemma(divergence_with_equal_variances, {mu1: first, mu2: second})
    yield (1 - alpha) ** 2 / (2 * sigma**2 * alpha * (1 - abar * alpha)) * (e1 - e2) ** 2, algebra


i, d = positive_integer("i d")
x_, y_, z_, e_, eh_ = map(indexed, ("x", "y", "z", "epsilon", "e"))


@derivation(source=HO_LOSS)
def weight_of_the_noise_loss_in_d_dimensions():
    r"""With independent coordinates the divergences add up, whatever $d$ is: $\frac{(1-\alpha)^2}{2\sigma^2
    \alpha\,(1-\bar\alpha\alpha)}|\epsilon - e|^2$ for the noise $\epsilon$ and the prediction $e$."""
    true = (x_[i] - (1 - alpha) / sqrt(1 - abar * alpha) * e_[i]) / sqrt(alpha)
    predicted = (x_[i] - (1 - alpha) / sqrt(1 - abar * alpha) * eh_[i]) / sqrt(alpha)
    p, q = Normal(true, sigma), Normal(predicted, sigma)
    each = lemma(divergence_with_equal_variances, {mu1: true, mu2: predicted})
    yield KL(Independent(p, (i, 1, d)), Independent(q, (i, 1, d)))
    yield Sum(KL(p, q), (i, 1, d)), independence
    yield Sum((true - predicted) ** 2 / (2 * sigma**2), (i, 1, d)), each
    weight = (1 - alpha) ** 2 / (2 * sigma**2 * alpha * (1 - abar * alpha))
    yield weight * Sum((e_[i] - eh_[i]) ** 2, (i, 1, d)), algebra


@derivation(source=VDM, given=(at * ss < as_ * st,))
def posterior_of_a_variational_diffusion_model():
    r"""With $z_t = \alpha_t x + \sigma_t\epsilon$ at every time, $q(z_t \mid z_s) = \mathcal{N}(\alpha_{t|s} z_s,
    \sigma_{t|s}^2)$ for $s < t$, where $\alpha_{t|s} = \alpha_t/\alpha_s$ and $\sigma_{t|s}^2 = \sigma_t^2 -
    \alpha_{t|s}^2\sigma_s^2$; by Bayes' rule $q(z_s \mid z_t, x) = q(z_t \mid z_s)\,q(z_s \mid x)/q(z_t \mid x)$ has
    the mean $\frac{\alpha_{t|s}\sigma_s^2}{\sigma_t^2}z_t + \frac{\alpha_s\sigma_{t|s}^2}{\sigma_t^2}x$ and the
    variance $\sigma_{t|s}^2\sigma_s^2/\sigma_t^2$."""
    between = st**2 - at**2 * ss**2 / as_**2
    step, before, after = Normal(at / as_ * y, sqrt(between)), Normal(as_ * x, ss), Normal(at * x, st)
    mean = at * ss**2 / (as_ * st**2) * zt + as_ * between / st**2 * x
    yield density(step)(zt) * density(before)(y) / density(after)(zt)
    yield density(Normal(mean, sqrt(between * ss**2 / st**2)))(y), algebra


@derivation(source=VDM, given=(at * ss < as_ * st,))
def weight_is_a_difference_of_signal_to_noise_ratios():
    r"""In a variational diffusion model $z_t = \alpha_t x + \sigma_t\epsilon$, the posterior of $z_s$, $s < t$, has
    the mean $\frac{\alpha_t\sigma_s^2}{\alpha_s\sigma_t^2}z_t + \frac{\alpha_s\sigma_{t|s}^2}{\sigma_t^2}x$ and the
    variance $\sigma_{t|s}^2\sigma_s^2/\sigma_t^2$, with $\sigma_{t|s}^2 = \sigma_t^2 -
    \alpha_t^2\sigma_s^2/\alpha_s^2$. With a predicted $\hat x$ in place of $x$ the divergence is
    $\frac12(\mathrm{SNR}(s) - \mathrm{SNR}(t))(x - \hat x)^2$, where $\mathrm{SNR} = \alpha^2/\sigma^2$ decreases."""
    between = st**2 - at**2 * ss**2 / as_**2
    spread = sqrt(between * ss**2 / st**2)
    true = at * ss**2 / (as_ * st**2) * zt + as_ * between / st**2 * x
    predicted = at * ss**2 / (as_ * st**2) * zt + as_ * between / st**2 * xh
    yield KL(Normal(true, spread), Normal(predicted, spread))
    yield (
        (true - predicted) ** 2 / (2 * spread**2),
        lemma(divergence_with_equal_variances, {mu1: true, mu2: predicted, sigma: spread}),
    )
    yield half * (as_**2 / ss**2 - at**2 / st**2) * (x - xh) ** 2, algebra


@derivation(source=VDM, given=(at * ss < as_ * st,))
def difference_of_signal_to_noise_ratios_in_d_dimensions():
    r"""With independent coordinates the divergences add up, whatever $d$ is: $\frac12(\mathrm{SNR}(s) -
    \mathrm{SNR}(t))\,|y - e|^2$ for the data $y$ and the prediction $e$."""
    between = st**2 - at**2 * ss**2 / as_**2
    spread = sqrt(between * ss**2 / st**2)
    true = at * ss**2 / (as_ * st**2) * z_[i] + as_ * between / st**2 * y_[i]
    predicted = at * ss**2 / (as_ * st**2) * z_[i] + as_ * between / st**2 * eh_[i]
    p, q = Normal(true, spread), Normal(predicted, spread)
    each = lemma(divergence_with_equal_variances, {mu1: true, mu2: predicted, sigma: spread})
    yield KL(Independent(p, (i, 1, d)), Independent(q, (i, 1, d)))
    yield Sum(KL(p, q), (i, 1, d)), independence
    yield Sum((true - predicted) ** 2 / (2 * spread**2), (i, 1, d)), each
    yield half * (as_**2 / ss**2 - at**2 / st**2) * Sum((y_[i] - eh_[i]) ** 2, (i, 1, d)), algebra
