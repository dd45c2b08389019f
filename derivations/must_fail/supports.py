"""Supports of images: not recomputed, not flipped, forgotten; branches dropped."""

from sympy import And, Piecewise, exp, log, pi, sqrt

from symrep import (
    Expected,
    Reason,
    Status,
    change_of_variables,
    density,
    derivation,
    positive,
    pushforward,
    real,
)
from symrep.distributions import Exponential, Normal, Uniform

mu, x, y, w = real("mu x y w")
lam, sigma = positive("lam sigma")


@derivation(expected=Expected(Status.REFUTED, Reason.SUPPORT_WRONG, line=2))
def support_not_flipped():
    r"""$-X$ lives on $y < 0$ when $X$ is exponential; here the density is placed on $y > 0$."""
    yield density(pushforward(Exponential(lam), x, -x))(y)
    yield Piecewise((lam * exp(lam * y), y > 0), (0, True)), change_of_variables(inverse=-y)


@derivation(expected=Expected(Status.REFUTED, Reason.SUPPORT_WRONG, line=2))
def end_points_not_swapped():
    r"""$1/X$ maps $(1, 2)$ onto $(\frac12, 1)$; the support of $X$ is kept."""
    yield density(pushforward(Uniform(1, 2), x, 1 / x))(y)
    yield Piecewise((1 / y**2, And(y > 1, y < 2)), (0, True)), change_of_variables(inverse=1 / y)


@derivation(expected=Expected(Status.REFUTED, Reason.SUPPORT_WRONG, line=2))
def support_forgotten():
    r"""$-\log U$ has the density $e^{-y}$ on $y > 0$ only; here it stands on all reals, with infinite mass."""
    yield density(pushforward(Uniform(0, 1), x, -log(x)))(y)
    yield exp(-y), change_of_variables(inverse=exp(-y))


@derivation(expected=Expected(Status.REFUTED, Reason.SUPPORT_WRONG, line=2))
def lognormal_on_all_reals():
    r"""$e^X$ is positive; the formula with $\log y$ is stated for every real $y$."""
    X = Normal(mu, sigma)
    yield density(pushforward(X, x, exp(x)))(y)
    yield density(X)(log(y)) / y, change_of_variables(inverse=log(y))


@derivation(expected=Expected(Status.REFUTED, Reason.SUPPORT_WRONG, line=2))
def lognormal_by_the_square():
    r"""$\log y$ written as $\frac12\log y^2$ puts as much mass on the negative half line as on the positive one."""
    X = Normal(mu, sigma)
    yield density(pushforward(X, x, exp(x)))(y)
    yield density(X)(log(y**2) / 2) / sqrt(y**2), change_of_variables(inverse=log(y))


@derivation(expected=Expected(Status.REFUTED, Reason.BRANCH_MISSING, line=2))
def dropped_branch():
    r"""$x^2$ has two branches; with one of them half of the mass is lost."""
    N = Normal(0, 1)
    v = positive("v")
    yield density(pushforward(N, x, x**2))(v)
    yield density(N)(sqrt(v)) / (2 * sqrt(v)), change_of_variables(inverse=sqrt(v))


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def dropped_branch_unannounced():
    r"""The same loss without an inverse stated: the density integrates to one half."""
    N = Normal(0, 1)
    v = positive("v")
    yield density(pushforward(N, x, x**2))(v)
    yield exp(-v / 2) / (2 * sqrt(2 * pi * v)), change_of_variables


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def branch_doubled_off_centre():
    r"""The two branches of $x^2$ weigh the same only if $\mu = 0$; doubling one of them is wrong elsewhere."""
    X = Normal(mu, 1)
    v = positive("v")
    yield density(pushforward(X, x, x**2))(v)
    yield density(X)(sqrt(v)) / sqrt(v), change_of_variables(inverse=(sqrt(v), -sqrt(v)))


@derivation(expected=Expected(Status.REFUTED, Reason.SUPPORT_WRONG, line=2))
def scaled_uniform_keeps_its_interval():
    r"""$\lambda U$ lives on $(0, \lambda)$, not on $(0, 1)$."""
    yield density(pushforward(Uniform(0, 1), x, lam * x))(y)
    yield Piecewise((1 / lam, And(y > 0, y < 1)), (0, True)), change_of_variables(inverse=y / lam)
