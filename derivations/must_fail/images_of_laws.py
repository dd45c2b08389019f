"""Slips in images of laws: Jacobians lost or turned over, branches and ends forgotten, signs of entropies."""

from sympy import Abs, Integral, Ne, Sum, exp, log, oo, sqrt

from symrep import (
    E,
    Expected,
    Independent,
    Reason,
    Status,
    change_of_variables,
    conditional_law,
    definition,
    density,
    derivation,
    det,
    function,
    independence,
    indexed,
    integrable,
    inverse,
    linearity,
    positive,
    positive_integer,
    pushforward,
    real,
    split_at,
    substitution,
)

x, y, z, e, theta, a = real("x y z epsilon theta a")
w, s = positive("w sigma")

X = conditional_law("p", smooth=0, positive=True)
p = density(X)
f = function("f", smooth=0)
anything = function("g", smooth=0)
g, h = inverse(function("g", smooth=1, increasing=True), "h")
down, back = inverse(function("g", smooth=1, decreasing=True), "h")
q, q_down = p(h(y)) * h(y).diff(y), p(back(y)) * abs(back(y).diff(y))


def unequal(line):
    return Expected(Status.REFUTED, Reason.UNEQUAL, line=line)


# --- the law of the unconscious statistician ----------------------------------------------------------------------

along_g = (integrable(f(anything(x)), (x, X)),)


@derivation(given=along_g, expected=unequal(2))
def function_at_the_value_before():
    r"""It is f of $g(X)$: the law of Y is not that of X."""
    yield E(f(y), (y, pushforward(X, x, anything(x))))
    yield E(f(x), (x, X)), definition


@derivation(given=along_g, expected=unequal(2))
def maps_in_the_wrong_order():
    r"""$f(g(X))$, not $g(f(X))$."""
    yield E(f(y), (y, pushforward(X, x, anything(x))))
    yield Integral(anything(f(x)) * p(x), (x, -oo, oo)), definition


increasing = (integrable(f(y) * q, (y, -oo, oo)),)


@derivation(given=increasing, expected=unequal(2))
def jacobian_counted_twice():
    r"""The density of Y has the factor $h'$ already; the substitution takes it away again."""
    yield Integral(f(y) * q, (y, -oo, oo))
    yield Integral(f(g(x)) * p(x) * g(x).diff(x), (x, -oo, oo)), substitution(y, g(x), x)


@derivation(given=(integrable(f(y) * p(h(y)), (y, -oo, oo)),), expected=unequal(2))
def density_without_its_jacobian():
    r"""$p(h(y))$ is no density: the mean by it is weighed with $g'$."""
    yield Integral(f(y) * p(h(y)), (y, -oo, oo))
    yield Integral(f(g(x)) * p(x), (x, -oo, oo)), substitution(y, g(x), x)


@derivation(given=(integrable(f(y) * q_down, (y, -oo, oo)),), expected=unequal(2))
def ends_that_changed_places():
    """The ends change places and the derivative is negative: together no sign is left."""
    yield Integral(f(y) * q_down, (y, -oo, oo))
    yield -Integral(f(down(x)) * p(x), (x, -oo, oo)), substitution(y, down(x), x)


@derivation(given=(integrable(f(y) * q_down, (y, -oo, oo)),), expected=unequal(2))
def negative_density():
    r"""The density of a decreasing image has $-h'$, which is positive."""
    yield Integral(f(y) * p(back(y)) * back(y).diff(y), (y, -oo, oo))
    yield Integral(f(down(x)) * p(x), (x, -oo, oo)), substitution(y, down(x), x)


left, right = f(w) * p(-sqrt(w)) / (2 * sqrt(w)), f(w) * p(sqrt(w)) / (2 * sqrt(w))
branches = (integrable(f(x**2), (x, X)), integrable(left, (w, 0, oo)), integrable(right, (w, 0, oo)))


@derivation(given=branches, expected=unequal(2))
def one_branch_for_both():
    """A density need not be even: each branch has its own half of it."""
    yield Integral(left, (w, 0, oo)) + Integral(right, (w, 0, oo))
    yield 2 * Integral(f(x**2) * p(x), (x, 0, oo)), substitution(w, x**2, x, low=0, high=oo)


@derivation(given=branches, expected=unequal(2))
def half_of_the_line_forgotten():
    """Both halves of the line are needed."""
    yield Integral(f(x**2) * p(x), (x, 0, oo))
    yield Integral(f(x**2) * p(x), (x, -oo, oo)), split_at(0)


S, T = inverse(function("S", smooth=1, increasing=True, arity=2), "T")
sample = p(S(z, theta)) * S(z, theta).diff(z)
at_the_sample = (integrable(f(z) * sample, (z, -oo, oo)),)


@derivation(given=at_the_sample, expected=unequal(2))
def standardization_for_path():
    r"""The sample is $T(\epsilon, \theta)$, not $S(\epsilon, \theta)$."""
    yield Integral(f(z) * sample, (z, -oo, oo))
    yield Integral(f(S(e, theta)) * p(e), (e, -oo, oo)), substitution(z, T(e, theta), e)


@derivation(given=at_the_sample, expected=unequal(2))
def slope_by_the_parameter():
    r"""The factor is $\partial_z S$, not $\partial_\theta S$."""
    yield Integral(f(z) * p(S(z, theta)) * S(z, theta).diff(theta), (z, -oo, oo))
    yield Integral(f(T(e, theta)) * p(e), (e, -oo, oo)), substitution(z, T(e, theta), e)


# --- entropy ------------------------------------------------------------------------------------------------------

Y = pushforward(X, x, g(x))
entropy = integrable(log(p(x)), (x, X))
slope = integrable(log(g(x).diff(x)), (x, X))
slope_down = abs(down(x).diff(x))


@derivation(expected=unequal(2))
def slope_of_the_map_for_that_of_the_inverse():
    r"""$h'(y)$, the derivative of the inverse."""
    yield density(Y)(y)
    yield p(h(y)) * g(y).diff(y), change_of_variables(inverse=h(y))


@derivation(expected=unequal(2))
def density_at_the_value_itself():
    r"""The density of X is taken at $h(y)$."""
    yield density(Y)(y)
    yield p(y) * h(y).diff(y), change_of_variables(inverse=h(y))


@derivation(given=(entropy, slope), expected=unequal(2))
def sign_of_the_logarithmic_slope():
    """A map that stretches adds to the entropy."""
    yield -E(log(p(x) / g(x).diff(x)), (x, X))
    yield -E(log(p(x)), (x, X)) - E(log(g(x).diff(x)), (x, X)), linearity


@derivation(given=(entropy, slope), expected=unequal(2))
def entropy_that_does_not_change():
    """A differential entropy is not invariant."""
    yield -E(log(p(x) / g(x).diff(x)), (x, X))
    yield -E(log(p(x)), (x, X)), linearity


@derivation(given=(entropy, integrable(log(slope_down), (x, X))), expected=unequal(2))
def entropy_multiplied_with_the_slope():
    """The logarithm of the slope is added; nothing is multiplied."""
    yield -E(log(p(x) / slope_down), (x, X))
    yield -E(log(p(x)) * log(slope_down), (x, X)), linearity


@derivation(given=(integrable(log(p(x)), (x, X)),), expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=2))
def nobody_said_that_the_slope_has_a_mean():
    r"""That $H(X)$ exists does not give $\mathbb{E}[\log|g'(X)|]$."""
    yield -E(log(p(x)), (x, X))
    yield -E(log(p(x) * slope_down), (x, X)) + E(log(slope_down), (x, X)), linearity


@derivation(given=(entropy,), expected=unequal(2))
def scale_without_its_logarithm():
    r"""$H(\sigma X) = H(X) + \log\sigma$: it is the variance that is multiplied."""
    yield -E(log(p(x) / s), (x, X))
    yield -E(log(p(x)), (x, X)) + s, linearity


@derivation(given=(entropy,), expected=unequal(2))
def shift_added():
    """A shift changes nothing."""
    yield -E(log(p((y - a) / s) / s), (y, pushforward(X, x, a + s * x)))
    yield -E(log(p(x) / s) - a, (x, X)), definition


@derivation(given=(entropy, integrable(x, (x, X))), expected=unequal(2))
def sign_of_the_mean():
    r"""$\log w = x$ is subtracted in the density, and added to the entropy."""
    yield -E(log(p(log(w)) / w), (w, pushforward(X, x, exp(x))))
    yield -E(log(p(x)), (x, X)) - E(x, (x, X)), linearity


@derivation(given=(entropy, integrable(x, (x, X))), expected=unequal(2))
def density_at_the_exponential():
    r"""The density of $e^X$ at w is $p(\log w)/w$."""
    yield density(pushforward(X, x, exp(x)))(w)
    yield p(exp(w)) / w, change_of_variables(inverse=log(w))


# --- the entropy of a vector --------------------------------------------------------------------------------------

i, j, d = positive_integer("i j d")
A, z_ = indexed("A"), indexed("z")
volume = det(A[i, j], i, j, d)
finite_entropy = integrable(log(p(x)), (x, X))
log_of_all = Sum(log(p(z_[i])), (i, 1, d))


@derivation(
    given=(finite_entropy, Ne(volume, 0)),
    expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2),
)
def entropy_of_a_linear_image_with_the_sign():
    r"""A map that spreads adds to the entropy."""
    yield -E(log_of_all - log(Abs(volume)), (z_, Independent(X, (i, 1, d))))
    yield -d * E(log(p(x)), (x, X)) - log(Abs(volume)), independence


@derivation(
    given=(finite_entropy, Ne(volume, 0)),
    expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2),
)
def entropy_of_a_linear_image_of_one_coordinate():
    r"""There are $d$ coordinates."""
    yield -E(log_of_all - log(Abs(volume)), (z_, Independent(X, (i, 1, d))))
    yield -E(log(p(x)), (x, X)) + log(Abs(volume)), independence


mixed = det(indexed("B")[i, j], i, j, d)


@derivation(given=(finite_entropy, Ne(volume, 0), Ne(mixed, 0)), expected=unequal(2))
def entropy_of_dependent_coordinates_as_if_they_were_not():
    r"""$H(X)$ has the logarithm of $|\det B|$ in it."""
    yield -E(log_of_all - log(Abs(mixed)) - log(Abs(volume)), (z_, Independent(X, (i, 1, d))))
    yield -d * E(log(p(x)), (x, X)) + log(Abs(volume)), independence


@derivation(given=(finite_entropy, Ne(volume, 0), Ne(mixed, 0)), expected=unequal(2))
def entropy_of_dependent_coordinates_with_a_quotient():
    r"""The determinants are multiplied."""
    yield -E(log_of_all - log(Abs(mixed)) - log(Abs(volume)), (z_, Independent(X, (i, 1, d))))
    yield -d * E(log(p(x)), (x, X)) + log(Abs(volume)) - log(Abs(mixed)), independence


up, _ = inverse(function("g", smooth=1, increasing=True), "h")
log_slopes = Sum(log(up(x).diff(x)).subs(x, z_[i]), (i, 1, d))
both_finite = (finite_entropy, integrable(log(up(x).diff(x)), (x, X)))


@derivation(given=both_finite, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def entropy_by_coordinates_with_the_sign():
    r"""A map that spreads adds to the entropy."""
    yield -E(log_of_all - log_slopes, (z_, Independent(X, (i, 1, d))))
    yield -d * E(log(p(x)), (x, X)) - d * E(log(up(x).diff(x)), (x, X)), independence


@derivation(given=both_finite, expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def entropy_by_coordinates_of_one_slope():
    r"""Every coordinate has its slope."""
    yield -E(log_of_all - log_slopes, (z_, Independent(X, (i, 1, d))))
    yield -d * E(log(p(x)), (x, X)) + E(log(up(x).diff(x)), (x, X)), independence
