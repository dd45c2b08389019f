r"""Implicit reparameterization in every dimension, solved where coordinates are standardized one after the other.

A sample is given by $S(\theta, z) = \epsilon$ with the noise $\epsilon$ held fixed: $d$ equations for the path
$z(\theta)$ in $\mathbb{R}^d$, which nobody can write down. Standardized by conditional distributions $S_i$ depends on
$z_1, \dots, z_i$ alone, and the Jacobian matrix $J$ of $S$ in $z$ is lower triangular. That the path is $C^1$ is
assumed here."""

from sympy import Eq, Ne, Sum

from symrep import (
    D,
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

FIGURNOV = "Figurnov, Mohamed & Mnih, Implicit Reparameterization Gradients, NeurIPS 2018, arXiv:1805.08498"

path = vector(z(l, theta), (l, 1, d))
#: what the coordinate $i$ is standardized by, given those before it
standard = S(i, theta, vector(z(l, theta), (l, 1, i)))
b = standard.fdiff(2)


def velocity(n):
    r"""The velocity of a coordinate, $\partial_\theta z_n$."""
    return z(n, theta).diff(theta)


def J(n):
    r"""The entry of the Jacobian matrix in row $i$ and column $n$."""
    return partial(standard, n)


@derivation(source=FIGURNOV)
def implicit_equations():
    r"""Along the path $\partial_\theta\left[S(\theta, z)\right] = J\,\partial_\theta z + \partial_\theta S$, which is 0
    where $S(\theta, z) = \epsilon$ stays fixed: $\partial_\theta z = -J^{-1}\,\partial_\theta S$, for every $d$. Here
    the coordinate $i$ of it."""
    whole = S(i, theta, path)
    yield D(whole, theta)
    yield Sum(partial(whole, k) * velocity(k), (k, 1, d)) + whole.fdiff(2), chain_rule


@derivation(source=FIGURNOV)
def implicit_equations_one_after_the_other():
    r"""If $S_i$ depends on $z_1, \dots, z_i$ alone, $J$ is lower triangular."""
    yield D(standard, theta)
    yield Sum(J(k) * velocity(k), (k, 1, i)) + b, chain_rule


stays = Eq(Sum(J(k) * velocity(k), (k, 1, i)), -b)


@derivation(source=FIGURNOV, given=(stays, Ne(J(i), 0)))
def velocities_one_after_the_other():
    r"""Where $S_i$ stays fixed, $\partial_\theta z_i = -\left(\partial_\theta S_i + \sum_{k<i} J_{ik}\,\partial_\theta
    z_k\right)/J_{ii}$, for $i = 1, 2, \dots$: the system is solved from the top."""
    before = Sum(J(k) * velocity(k), (k, 1, i - 1))
    yield velocity(i)
    yield (Sum(J(k) * velocity(k), (k, 1, i)) - before) / J(i), split_at(i - 1)
    yield (-b - before) / J(i), hypothesis(stays)


@derivation(source=FIGURNOV)
def along_the_path():
    r"""$\partial_\theta f(z) = \nabla f(z)^\top\partial_\theta z$, whose mean is the gradient of $\mathbb{E}[f(z)]$
    where one may differentiate under the integral sign."""
    yield D(f(path), theta)
    yield Sum(partial(f(path), k) * velocity(k), (k, 1, d)), chain_rule
