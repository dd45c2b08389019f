"""Slips in the Jacobian solve of a triangular standardization: rows, entries and signs lost, points confused."""

from symrep import (
    D,
    E,
    Expected,
    Reason,
    Status,
    algebra,
    chain_rule,
    change_of_variables,
    conditional_law,
    density,
    derivation,
    differentiate_under_integral,
    function,
    integrable,
    inverse,
    joint,
    pushforward,
    real,
)

z1, z2, e1, e2, theta, eta = real("z_1 z_2 epsilon_1 epsilon_2 theta eta")

S1, T1 = inverse(function("S_1", smooth=2, increasing=True, arity=2), "T_1")
S2, T2 = inverse(function("S_2", smooth=2, increasing=True, arity=3), "T_2")
f = function("f", smooth=1, arity=2)(z1, z2)
noise = joint(*(conditional_law(f"rho_{n}", smooth=1, positive=True) for n in (1, 2)))
rho1, rho2 = noise.args
draws = (e1, rho1), (e2, rho2)

first = T1(e1, theta)
second = T2(e2, first, theta)
law = pushforward(noise, (e1, e2), (first, second))
standard1, standard2 = S1(z1, theta), S2(z2, z1, theta)
a11, a21, a22 = standard1.diff(z1), standard2.diff(z1), standard2.diff(z2)
b1, b2 = standard1.diff(theta), standard2.diff(theta)
v1 = -b1 / a11
v2 = -(b2 + a21 * v1) / a22


def on_path(t):
    return t.subs(z2, second).subs(z1, first)


def unequal(line):
    return Expected(Status.REFUTED, Reason.UNEQUAL, line=line)


rho_at_s = density(rho1)(standard1) * density(rho2)(standard2)
back = change_of_variables(inverse=(standard1, standard2))


@derivation(expected=unequal(2))
def diagonal_entry_lost():
    """The determinant of a triangular matrix is the product of all its diagonal entries."""
    yield density(law)(z1, z2)
    yield rho_at_s * a11, back


@derivation(expected=unequal(2))
def entry_below_the_diagonal():
    """What stands below the diagonal does not enter the determinant."""
    yield density(law)(z1, z2)
    yield rho_at_s * a11 * a21, back


@derivation(expected=Expected(Status.REFUTED, Reason.INVERSE_WRONG, line=2))
def second_coordinate_given_the_noise():
    """The second standardization is given the first sample, not the first noise."""
    yield density(law)(z1, z2)
    yield (
        density(rho1)(standard1) * density(rho2)(S2(z2, standard1, theta)) * a11,
        change_of_variables(inverse=(standard1, S2(z2, standard1, theta))),
    )


@derivation(expected=unequal(2))
def first_equation_without_the_velocity():
    r"""$\partial_{z_1}S_1$ is multiplied with $\partial_\theta z_1$."""
    yield on_path(a11) + on_path(b1)
    yield D(S1(first, theta), theta), chain_rule


@derivation(expected=unequal(3))
def first_equation_that_moves_the_noise():
    r"""The noise does not depend on $\theta$: the total derivative is 0."""
    yield on_path(a11) * D(first, theta) + on_path(b1)
    yield D(S1(first, theta), theta), chain_rule
    yield D(theta, theta), algebra


@derivation(expected=unequal(2))
def second_equation_without_the_first_coordinate():
    r"""$z_1$ moves with $\theta$, and $S_2$ depends on it."""
    yield on_path(a22) * D(second, theta) + on_path(b2)
    yield D(S2(second, first, theta), theta), chain_rule


@derivation(expected=unequal(2))
def second_equation_with_the_rows_exchanged():
    r"""Each derivative goes with its own velocity."""
    yield on_path(a22) * D(first, theta) + on_path(a21) * D(second, theta) + on_path(b2)
    yield D(S2(second, first, theta), theta), chain_rule


@derivation(expected=unequal(2))
def sign_of_the_first_velocity():
    """What S gains by the parameter the sample has to make up for."""
    yield D(first, theta)
    yield on_path(-v1), chain_rule


@derivation(expected=unequal(2))
def first_velocity_at_the_noise():
    """The derivatives are taken at the sample."""
    yield D(first, theta)
    yield v1.subs(z1, e1), chain_rule


@derivation(expected=unequal(2))
def second_velocity_as_in_one_dimension():
    r"""$-\partial_\theta S_2/\partial_{z_2}S_2$ is right for independent coordinates only."""
    yield D(second, theta)
    yield on_path(-b2 / a22), chain_rule


@derivation(expected=unequal(2))
def sign_of_the_correction():
    r"""The velocity of the first coordinate is subtracted, too."""
    yield D(second, theta)
    yield on_path(-(b2 - a21 * v1) / a22), chain_rule


@derivation(expected=unequal(2))
def gradient_by_one_coordinate():
    """Both coordinates move."""
    yield D(on_path(f), theta)
    yield on_path(f.diff(z2)) * D(second, theta), chain_rule


@derivation(expected=unequal(2))
def gradient_by_the_diagonal():
    """The Jacobian matrix is inverted, not its diagonal."""
    yield D(on_path(f), theta)
    yield on_path(f.diff(z1) * v1 - f.diff(z2) * b2 / a22), chain_rule


@derivation(given=(integrable(on_path(f), *draws),), expected=Expected(Status.UNDECIDED, Reason.NOT_DECLARED, line=2))
def nobody_said_that_the_path_is_dominated():
    """That the mean of f exists does not let the derivative pass under the integral sign."""
    yield D(E(on_path(f), *draws), theta)
    yield E(D(on_path(f), theta), *draws), differentiate_under_integral(theta)
