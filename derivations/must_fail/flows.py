"""Normalizing flows with slips: two for each derivation of the gallery."""

from sympy import Ne, Sum, cosh, exp, log, sqrt, tanh

from symrep import (
    D,
    Expected,
    Reason,
    Status,
    algebra,
    chain_rule,
    change_of_variables,
    continuous_law,
    delta,
    density,
    derivation,
    det,
    determinant_lemma,
    function,
    ge,
    gt,
    indexed,
    inverse,
    jacobian,
    joint,
    positive,
    positive_integer,
    pushforward,
    real,
    sylvester,
)
from symrep.distributions import Normal

z1, z2, z3, z4, y1, y2, w1, w2, u1, u2, b, b1, b2, c, a = real("z_1 z_2 z_3 z_4 y_1 y_2 w_1 w_2 u_1 u_2 b b_1 b_2 c a")
A11, A12, A21, A22 = real("A_11 A_12 A_21 A_22")
i, j, k, l, d, m = positive_integer("i j k l d m")
z, u, w, A, B, bias = map(indexed, ("z", "u", "w", "A", "B", "a"))
e1, e2, e3, m1, s1 = real("epsilon_1 epsilon_2 epsilon_3 mu_1 s_1")
alpha, r = positive("alpha r")
beta = real("beta")
h, s, t = function("h", smooth=1), function("s", smooth=1), function("t", smooth=1)
X1, X2 = continuous_law("X1"), continuous_law("X2")
AT = w1 * z1 + w2 * z2 + b
SECOND = Expected(Status.REFUTED, Reason.UNEQUAL, line=2)
THIRD = Expected(Status.REFUTED, Reason.UNEQUAL, line=3)
NOT_POSITIVE = Expected(Status.REFUTED, Reason.RELATION_FAILS, line=3)


AGAIN = Sum(w[k] * z[k], (k, 1, d)) + b


@derivation(expected=THIRD)
def planar_in_every_dimension_without_the_one():
    r"""The identity part of the map adds $1$."""
    bend = h(AGAIN).diff(b)
    yield det(jacobian(z[i] + u[i] * h(AGAIN), z, i, d))
    yield det(delta(i, j) + u[i] * bend * w[j], i, j, d), chain_rule
    yield Sum(u[i] * w[i], (i, 1, d)) * bend, determinant_lemma


@derivation(expected=SECOND)
def planar_in_every_dimension_with_the_value_for_the_slope():
    r"""$h'$, not $h$."""
    yield det(jacobian(z[i] + u[i] * h(AGAIN), z, i, d))
    yield det(delta(i, j) + u[i] * h(AGAIN) * w[j], i, j, d), chain_rule


def _planar():
    return det(jacobian((z1 + u1 * h(AT), z2 + u2 * h(AT)), (z1, z2)))


@derivation(expected=SECOND)
def planar_without_the_one():
    r"""The identity part of the map adds $1$."""
    yield _planar()
    yield (u1 * w1 + u2 * w2) * h(AT).diff(b), chain_rule


@derivation(expected=SECOND)
def planar_with_the_arguments_exchanged():
    r"""$u^\top w = u_1w_1 + u_2w_2$, not $u_1w_2 + u_2w_1$."""
    yield _planar()
    yield 1 + (u1 * w2 + u2 * w1) * h(AT).diff(b), chain_rule


@derivation(given=(c >= -1,), expected=SECOND)
def condition_with_the_value_for_the_slope():
    r"""The slope of $\tanh$ is $1 - \tanh^2$."""
    yield D(a + c * tanh(a), a)
    yield 1 + c * tanh(a), chain_rule


@derivation(given=(c >= -2,), expected=NOT_POSITIVE)
def condition_that_is_too_weak():
    r"""With $c = -2$ the slope at $a = 0$ is $-1$: the map folds."""
    yield D(a + c * tanh(a), a)
    yield 1 + c / cosh(a) ** 2, chain_rule
    yield ge(0), algebra


def _planar_law():
    F, G = inverse(function("F", smooth=1, increasing=True), "G")

    def step(t):
        return (F(t) - t) / (u1 * w1 + u2 * w2)

    back_to = G(w1 * y1 + w2 * y2 + b)
    back = (y1 - u1 * step(back_to), y2 - u2 * step(back_to))
    return pushforward(joint(X1, X2), (z1, z2), (z1 + u1 * step(AT), z2 + u2 * step(AT))), back, back_to, F


@derivation(given=(Ne(u1 * w1 + u2 * w2, 0),), expected=SECOND)
def planar_density_without_the_determinant():
    r"""The map stretches across the planes."""
    Y, back, _, _ = _planar_law()
    yield density(Y)(y1, y2)
    yield density(joint(X1, X2))(*back), change_of_variables(inverse=back)


@derivation(given=(Ne(u1 * w1 + u2 * w2, 0),), expected=SECOND)
def planar_density_with_the_determinant_upside_down():
    r"""The density is divided by the determinant of the forward map."""
    Y, back, back_to, F = _planar_law()
    yield density(Y)(y1, y2)
    yield density(joint(X1, X2))(*back) * F(a).diff(a).subs(a, back_to), change_of_variables(inverse=back)


R = sqrt(z1**2 + z2**2)


length = Sum(z[i] ** 2, (i, 1, d))
AROUND, BEND = 1 + beta * h(r), h(b).diff(b).subs(b, r)


@derivation(given=(Ne(AROUND, 0),), expected=SECOND)
def radial_in_every_dimension_with_the_power_of_the_dimension():
    r"""Around the centre there are $d - 1$ directions, along the radius one."""
    yield det(AROUND * delta(i, j) + beta * BEND / r * z[i] * z[j], i, j, d)
    yield AROUND**d * (AROUND + beta * BEND / r * length), determinant_lemma


@derivation(given=(Ne(AROUND, 0),), expected=SECOND)
def radial_in_every_dimension_with_the_sum_for_the_length():
    r"""$z^\top z = \sum z_i^2$."""
    yield det(AROUND * delta(i, j) + beta * BEND / r * z[i] * z[j], i, j, d)
    yield AROUND ** (d - 1) * (AROUND + beta * BEND / r * Sum(z[i], (i, 1, d))), determinant_lemma


def _radial():
    return det(jacobian((z1 + beta * h(R) * z1, z2 + beta * h(R) * z2), (z1, z2)))


@derivation(given=(Ne(z1, 0),), expected=SECOND)
def radial_without_the_radius():
    r"""Along the radius the slope is $1 + \beta h + \beta h' r$."""
    yield _radial()
    yield (1 + beta * h(R)) * (1 + beta * h(R) + beta * h(r).diff(r).subs(r, R)), chain_rule


@derivation(given=(Ne(z1, 0),), expected=SECOND)
def radial_with_the_power_of_another_dimension():
    r"""In the plane there is one direction around the centre, not two."""
    yield _radial()
    yield (1 + beta * h(R)) ** 2 * (1 + beta * h(R) + beta * h(r).diff(r).subs(r, R) * R), chain_rule


RS, SPACE = sqrt(z1**2 + z2**2 + z3**2), (z1, z2, z3)


@derivation(given=(Ne(z1, 0),), expected=SECOND)
def radial_in_space_with_the_power_of_the_plane():
    r"""In space there are two directions around the centre."""
    yield det(jacobian([v + beta * h(RS) * v for v in SPACE], SPACE))
    yield (1 + beta * h(RS)) * (1 + beta * h(RS) + beta * h(r).diff(r).subs(r, RS) * RS), chain_rule


@derivation(given=(Ne(z1, 0),), expected=SECOND)
def radial_in_space_with_the_other_sign():
    r"""$\beta h' r$ is added; it is $h'$ that is negative for $h = 1/(\alpha + r)$."""
    yield det(jacobian([v + beta * h(RS) * v for v in SPACE], SPACE))
    yield (1 + beta * h(RS)) ** 2 * (1 + beta * h(RS) - beta * h(r).diff(r).subs(r, RS) * RS), chain_rule


@derivation(given=(beta > -alpha,), expected=SECOND)
def radial_slope_without_the_square():
    r"""$\left(\frac{r}{\alpha + r}\right)' = \frac{\alpha}{(\alpha + r)^2}$."""
    yield D(r + beta * r / (alpha + r), r)
    yield 1 + beta * alpha / (alpha + r), chain_rule


@derivation(given=(beta > -2 * alpha,), expected=NOT_POSITIVE)
def radial_condition_that_is_too_weak():
    r"""Near the centre the slope is $1 + \beta/\alpha$."""
    yield D(r + beta * r / (alpha + r), r)
    yield 1 + beta * alpha / (alpha + r) ** 2, chain_rule
    yield gt(0), algebra


def hidden(unit):
    return Sum(B[unit, l] * z[l], (l, 1, d)) + bias[unit]


def slope(unit):
    return h(b).diff(b).subs(b, hidden(unit))


def _sylvester():
    return det(jacobian(z[i] + Sum(A[i, k] * h(hidden(k)), (k, 1, m)), z, i, d))


@derivation(expected=SECOND)
def sylvester_without_the_inner_weights():
    r"""The chain rule brings $B$."""
    yield _sylvester()
    yield det(delta(i, j) + Sum(A[i, k] * slope(k), (k, 1, m)), i, j, d), chain_rule


@derivation(expected=THIRD)
def sylvester_with_one_slope_for_all_units():
    r"""Each hidden unit has its own slope."""
    yield _sylvester()
    yield det(delta(i, j) + Sum(A[i, k] * slope(k) * B[k, j], (k, 1, m)), i, j, d), chain_rule
    yield (
        det(delta(k, l) + Sum(slope(1) * B[k, i] * A[i, l], (i, 1, d)), k, l, m),
        sylvester(A[i, k], slope(k) * B[k, j], (k, m)),
    )


def _coupling():
    parts = [function(n, smooth=1, arity=2)(z1, z2) for n in ("s_1", "s_2", "t_1", "t_2")]
    maps = (z1, z2, z3 * exp(parts[0]) + parts[2], z4 * exp(parts[1]) + parts[3])
    return log(abs(det(jacobian(maps, (z1, z2, z3, z4))))), parts


@derivation(expected=SECOND)
def coupling_with_the_scale_for_its_logarithm():
    r"""$\log e^{s} = s$."""
    start, parts = _coupling()
    yield start
    yield exp(parts[0]) + exp(parts[1]), chain_rule


@derivation(expected=SECOND)
def coupling_that_loses_a_scale():
    r"""Every scaled coordinate counts."""
    start, parts = _coupling()
    yield start
    yield parts[0], chain_rule


def _coupled():
    back = (y1, (y2 - t(y1)) * exp(-s(y1)))
    return pushforward(joint(X1, X2), (z1, z2), (z1, z2 * exp(s(z1)) + t(z1))), back


@derivation(expected=SECOND)
def coupling_density_with_the_sign_of_the_scale():
    r"""Stretching thins the density out: the log scale is taken away."""
    Y, back = _coupled()
    yield density(Y)(y1, y2)
    yield density(joint(X1, X2))(*back) * exp(s(y1)), change_of_variables(inverse=back)


@derivation(expected=Expected(Status.REFUTED, Reason.INVERSE_WRONG, line=2))
def coupling_inverted_in_the_wrong_order():
    r"""First the shift is taken away, then the scale."""
    Y, _ = _coupled()
    back = (y1, y2 * exp(-s(y1)) - t(y1))
    yield density(Y)(y1, y2)
    yield density(joint(X1, X2))(*back) * exp(-s(y1)), change_of_variables(inverse=back)


def _convolution():
    out = [A11 * z1 + A12 * z2, A21 * z1 + A22 * z2, A11 * z3 + A12 * z4, A21 * z3 + A22 * z4]
    return log(abs(det(jacobian(out, (z1, z2, z3, z4)))))


@derivation(given=(Ne(A11 * A22 - A12 * A21, 0),), expected=SECOND)
def convolution_at_one_pixel():
    r"""The matrix is applied at every pixel."""
    yield _convolution()
    yield log(abs(A11 * A22 - A12 * A21)), chain_rule


@derivation(given=(Ne(A11 * A22 - A12 * A21, 0),), expected=SECOND)
def convolution_with_the_permanent():
    r"""$\det W = W_{11}W_{22} - W_{12}W_{21}$."""
    yield _convolution()
    yield 2 * log(abs(A11 * A22 + A12 * A21)), chain_rule


def _actnorm():
    return log(abs(det(jacobian((b1 * z1 + y1, b2 * z2 + y2, b1 * z3 + y1, b2 * z4 + y2), (z1, z2, z3, z4)))))


@derivation(given=(Ne(b1, 0), Ne(b2, 0)), expected=SECOND)
def actnorm_at_one_pixel():
    r"""Each channel is scaled at every pixel."""
    yield _actnorm()
    yield log(abs(b1)) + log(abs(b2)), chain_rule


@derivation(given=(Ne(b1, 0), Ne(b2, 0)), expected=SECOND)
def actnorm_with_the_logarithm_of_the_sum():
    r"""The scales are multiplied, so their logarithms are added."""
    yield _actnorm()
    yield 2 * log(abs(b1) + abs(b2)), chain_rule


def _autoregressive():
    m2, s2 = function("mu_2", smooth=1), function("s_2", smooth=1)
    m3, s3 = function("mu_3", smooth=1, arity=2), function("s_3", smooth=1, arity=2)
    maps = (m1 + exp(s1) * e1, m2(e1) + exp(s2(e1)) * e2, m3(e1, e2) + exp(s3(e1, e2)) * e3)
    return log(abs(det(jacobian(maps, (e1, e2, e3))))), s2, s3


@derivation(expected=SECOND)
def autoregressive_that_loses_the_first_scale():
    r"""The first coordinate is scaled too."""
    start, s2, s3 = _autoregressive()
    yield start
    yield s2(e1) + s3(e1, e2), chain_rule


@derivation(expected=SECOND)
def autoregressive_with_the_index_moved():
    r"""$\sigma_2$ is a function of $\epsilon_1$."""
    start, s2, s3 = _autoregressive()
    yield start
    yield s1 + s2(e2) + s3(e1, e2), chain_rule


N = Normal(0, 1)


def _sample():
    m = function("mu_2", smooth=1)
    first = (z1 - m1) * exp(-s1)
    return (
        pushforward(joint(N, N), (e1, e2), (m1 + exp(s1) * e1, m(e1) + exp(s(e1)) * e2)),
        (first, (z2 - m(first)) * exp(-s(first))),
    )


@derivation(expected=SECOND)
def autoregressive_density_with_the_sign_of_the_scales():
    r"""$-\sum_i \log\sigma_i$."""
    Z, back = _sample()
    yield log(density(Z)(z1, z2))
    yield log(density(joint(N, N))(*back)) + s1 + s(back[0]), change_of_variables(inverse=back)


@derivation(expected=SECOND)
def autoregressive_density_with_the_scale_of_the_sample():
    r"""The scale was computed from the noise $\epsilon_1$, not from $z_1$."""
    Z, back = _sample()
    yield log(density(Z)(z1, z2))
    yield log(density(joint(N, N))(*back)) - s1 - s(z1), change_of_variables(inverse=back)


# --- radial flows from the map, and the planar condition enforced -------------------------------------------------

n = positive("n")
g = function("g", smooth=1)
SQUARED = Sum(z[k] ** 2, (k, 1, d))
SLOPE = g(b).diff(b).subs(b, SQUARED)


@derivation(expected=SECOND)
def radial_map_without_the_two():
    r"""$\partial_j |z|^2 = 2z_j$."""
    yield det(jacobian(z[i] + beta * g(SQUARED) * z[i], z, i, d))
    yield det((1 + beta * g(SQUARED)) * delta(i, j) + beta * SLOPE * z[i] * z[j], i, j, d), chain_rule


@derivation(given=(Ne(1 + beta * g(SQUARED), 0),), expected=THIRD)
def radial_map_with_the_power_of_the_dimension():
    r"""$d - 1$ directions are across."""
    around = 1 + beta * g(SQUARED)
    yield det(jacobian(z[i] + beta * g(SQUARED) * z[i], z, i, d))
    yield det(around * delta(i, j) + 2 * beta * SLOPE * z[i] * z[j], i, j, d), chain_rule
    yield around**d * (around + 2 * beta * SLOPE * SQUARED), determinant_lemma


@derivation(expected=SECOND)
def radial_slope_without_the_two():
    r"""The chain rule brings $2r$."""
    yield r * D(g(r**2), r)
    yield g(b).diff(b).subs(b, r**2) * r**2, chain_rule


@derivation(expected=SECOND)
def radial_slope_at_the_radius():
    r"""$g'$ is taken at $r^2$."""
    yield r * D(g(r**2), r)
    yield 2 * g(b).diff(b).subs(b, r) * r**2, chain_rule


@derivation(expected=SECOND)
def condition_enforced_with_the_sum_for_the_norm():
    r"""$w^\top w = \sum_i w_i^2$."""
    m = log(1 + exp(c)) - 1
    yield Sum(w[i] * (u[i] + (m - c) * w[i] / n), (i, 1, d))
    yield Sum(w[i] * u[i], (i, 1, d)) + (m - c) / n * Sum(w[i], (i, 1, d)), algebra


@derivation(expected=Expected(Status.REFUTED, Reason.RELATION_FAILS, line=2))
def condition_enforced_with_too_much():
    r"""$m(c) > -1$, and no more."""
    yield log(1 + exp(c)) - 1
    yield gt(0), algebra
