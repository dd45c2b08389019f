"""Change of variables in two dimensions."""

from sympy import cos, exp, log, oo, pi, sin, sqrt

from symrep import (
    D,
    Expected,
    Reason,
    Status,
    chain_rule,
    change_of_variables,
    definition,
    density,
    derivation,
    joint,
    positive,
    pushforward,
    real,
    unit,
)
from symrep.distributions import Exponential, Normal

x1, x2, y1, y2 = real("x_1 x_2 y_1 y_2")
a = positive("a")
N01 = Normal(0, 1)
X = joint(N01, N01)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def determinant_of_the_rotation():
    r"""The map $(x_1 + x_2, x_1 - x_2)$ has the inverse determinant $-\frac12$; its modulus was taken for 1."""
    g = ((y1 + y2) / 2, (y1 - y2) / 2)
    yield density(pushforward(X, (x1, x2), (x1 + x2, x1 - x2)))(y1, y2)
    yield density(X)(*g), change_of_variables(inverse=g)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def determinant_with_its_sign():
    r"""The determinant $-\frac12$ enters without the modulus."""
    g = ((y1 + y2) / 2, (y1 - y2) / 2)
    yield density(pushforward(X, (x1, x2), (x1 + x2, x1 - x2)))(y1, y2)
    yield -density(X)(*g) / 2, change_of_variables(inverse=g)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def determinant_is_not_the_trace():
    r"""For $(a x_1, a x_2)$ the factor is $1/a^2$, not $1/a$."""
    g = (y1 / a, y2 / a)
    yield density(pushforward(X, (x1, x2), (a * x1, a * x2)))(y1, y2)
    yield density(X)(*g) / a, change_of_variables(inverse=g)


@derivation(expected=Expected(Status.REFUTED, Reason.INVERSE_WRONG, line=2))
def inverse_of_the_shear():
    r"""$(x_1, x_1 + x_2)$ is undone by $(y_1, y_2 - y_1)$, not by $(y_1, y_1 - y_2)$."""
    g = (y1, y1 - y2)
    yield density(pushforward(X, (x1, x2), (x1, x1 + x2)))(y1, y2)
    yield density(X)(*g), change_of_variables(inverse=g)


@derivation(expected=Expected(Status.REFUTED, Reason.INVERSE_WRONG, line=2))
def not_injective():
    r"""$(x_1^2, x_2)$ is two to one: $\sqrt{y_1}$ undoes it only where $x_1 > 0$."""
    v = positive("v")
    g = (sqrt(v), y2)
    yield density(pushforward(X, (x1, x2), (x1**2, x2)))(v, y2)
    yield density(X)(*g) / (2 * sqrt(v)), change_of_variables(inverse=g, image=((0, oo), (-oo, oo)))


@derivation(expected=Expected(Status.REFUTED, Reason.DOES_NOT_APPLY, line=2))
def fewer_coordinates():
    r"""A sum of two coordinates is no bijection of the plane: its density is an integral, not a product with a
    Jacobian."""
    yield density(pushforward(X, (x1, x2), (x1 + x2,)))(y1)
    yield density(N01)(y1), change_of_variables(inverse=(y1, 0))


@derivation(expected=Expected(Status.REFUTED, Reason.SUPPORT_WRONG, line=2))
def quadrant_forgotten():
    r"""Two exponential coordinates are scaled; the stated density lives on the whole plane."""
    W = joint(Exponential(1), Exponential(1))
    yield density(pushforward(W, (x1, x2), (x1, a * x2)))(y1, y2)
    yield exp(-y1 - y2 / a) / a, change_of_variables(inverse=(y1, y2 / a), image=((0, oo), (0, oo)))


# --- the method of Box and Muller ---------------------------------------------------------------------------------

u1, u2 = unit("u_1 u_2")
radius = sqrt(-2 * log(u1))
first, second = radius * cos(2 * pi * u2), radius * sin(2 * pi * u2)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def box_muller_permanent():
    r"""In a determinant the second product is subtracted."""
    yield D(first, u1) * D(second, u2) + D(first, u2) * D(second, u1)
    yield -2 * pi / u1, chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def box_muller_without_the_angle():
    r"""The angle is $2\pi u_2$: its derivative brings $2\pi$."""
    yield D(first, u1) * D(second, u2) - D(first, u2) * D(second, u1)
    yield -1 / u1, chain_rule


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def box_muller_divided_by_the_jacobian():
    r"""The density of the normal pair is multiplied by the determinant of the map to it."""
    yield density(N01)(first) * density(N01)(second) * u1 / (2 * pi)
    yield 1, definition(N01)


@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, line=2))
def box_muller_without_the_two():
    r"""With $\sqrt{-\log u_1}$ the variance is one half."""
    x, y = first / sqrt(2), second / sqrt(2)
    yield density(N01)(x) * density(N01)(y) * 2 * pi / u1
    yield 1, definition(N01)
