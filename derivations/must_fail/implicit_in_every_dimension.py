r"""Implicit reparameterization in every dimension with slips: two for each derivation of the gallery."""

from sympy import Eq, Ne, Sum

from symrep import (
    D,
    Expected,
    Reason,
    Status,
    chain_rule,
    derivation,
    function,
    hypothesis,
    partial,
    positive_integer,
    real,
    split_at,
    vector,
    vector_function,
)

i, k, l, d = positive_integer("i k l d")
theta = real("theta")
z = function("z", smooth=1, arity=2)
S = vector_function("S", smooth=1, arity=3)
f = vector_function("f", smooth=1)

path = vector(z(l, theta), (l, 1, d))
standard = S(i, theta, vector(z(l, theta), (l, 1, i)))
whole = S(i, theta, path)
b = standard.fdiff(2)


def velocity(n):
    r"""The velocity of a coordinate, $\partial_\theta z_n$."""
    return z(n, theta).diff(theta)


def J(n):
    r"""The entry of the Jacobian matrix in row $i$ and column $n$."""
    return partial(standard, n)


stays = Eq(Sum(J(k) * velocity(k), (k, 1, i)), -b)
before = Sum(J(k) * velocity(k), (k, 1, i - 1))


def wrong(line):
    return Expected(Status.REFUTED, Reason.UNEQUAL, line=line)


@derivation(expected=wrong(2))
def own_parameter_forgotten():
    r"""$S$ depends on $\theta$ itself, besides by the path."""
    yield D(whole, theta)
    yield Sum(partial(whole, k) * velocity(k), (k, 1, d)), chain_rule


@derivation(expected=wrong(2))
def diagonal_of_the_jacobian_alone():
    r"""Every coordinate that moves counts, not the one of that number."""
    yield D(whole, theta)
    yield partial(whole, i) * velocity(i) + whole.fdiff(2), chain_rule


@derivation(expected=wrong(2))
def last_coordinate_left_out():
    r"""$S_i$ depends on $z_i$, too."""
    yield D(standard, theta)
    yield Sum(J(k) * velocity(k), (k, 1, i - 1)) + b, chain_rule


@derivation(expected=wrong(2))
def velocity_of_the_row():
    r"""The column $k$ belongs to $z_k$."""
    yield D(standard, theta)
    yield Sum(J(k) * velocity(i), (k, 1, i)) + b, chain_rule


@derivation(expected=wrong(3), given=(Ne(J(i), 0),))
def any_path():
    r"""It has to be a path on which $S$ stays fixed, and that was not said."""
    yield velocity(i)
    yield (Sum(J(k) * velocity(k), (k, 1, i)) - before) / J(i), split_at(i - 1)
    yield (-b - before) / J(i), hypothesis(stays)


@derivation(expected=wrong(2), given=(Ne(J(i), 0),))
def earlier_coordinates_added():
    r"""What the coordinates before move by is taken off."""
    yield velocity(i)
    yield (Sum(J(k) * velocity(k), (k, 1, i)) + before) / J(i), split_at(i - 1)


@derivation(expected=wrong(2))
def sum_one_short():
    r"""All coordinates move."""
    yield D(f(path), theta)
    yield Sum(partial(f(path), k) * velocity(k), (k, 1, d - 1)), chain_rule


@derivation(expected=wrong(2))
def slopes_without_velocities():
    r"""The chain rule has a second factor."""
    yield D(f(path), theta)
    yield Sum(partial(f(path), k), (k, 1, d)), chain_rule
