r"""Implicit reparameterization in the plane: standardized by conditional distributions, and the Jacobian solved.

The first coordinate is standardized by itself, $\epsilon_1 = S_1(z_1, \theta)$, the second given the first,
$\epsilon_2 = S_2(z_2, z_1, \theta)$, each increasing in its own coordinate, as conditional distribution functions are.
The paths $z_1 = T_1(\epsilon_1, \theta)$ and $z_2 = T_2(\epsilon_2, z_1, \theta)$ are their inverses, which nobody can
write down. The noise has any two positive densities $\rho_1$, $\rho_2$. In more dimensions one goes on in the same way,
one coordinate after the other: see implicit_in_every_dimension."""

from symrep import (
    D,
    E,
    algebra,
    chain_rule,
    change_of_variables,
    conditional_law,
    definition,
    density,
    derivation,
    differentiate_under_integral,
    dominated,
    function,
    inverse,
    joint,
    lemma,
    pushforward,
    real,
)

z1, z2, e1, e2, theta = real("z_1 z_2 epsilon_1 epsilon_2 theta")

S1, T1 = inverse(function("S_1", smooth=2, increasing=True, arity=2), "T_1")
S2, T2 = inverse(function("S_2", smooth=2, increasing=True, arity=3), "T_2")
f = function("f", smooth=1, arity=2)(z1, z2)
noise = joint(*(conditional_law(f"rho_{n}", smooth=1, positive=True) for n in (1, 2)))
rho1, rho2 = noise.args

first = T1(e1, theta)
second = T2(e2, first, theta)
Z = pushforward(noise, (e1, e2), (first, second))
standard1, standard2 = S1(z1, theta), S2(z2, z1, theta)

at_the_sample = {z1: first, z2: second}
#: the entries of the Jacobian matrix of $S$ in $z$, lower triangular, and $\partial_\theta S$; at the sample
J11, J21, J22 = standard1.diff(z1), standard2.diff(z1), standard2.diff(z2)
b1, b2 = standard1.diff(theta), standard2.diff(theta)
v1 = -b1 / J11
v2 = -(b2 + J21 * v1) / J22
f1, f2 = f.diff(z1), f.diff(z2)
J11_, J21_, J22_, b1_, b2_, v1_, v2_, f_, f1_, f2_ = (
    t.subs(at_the_sample, simultaneous=True) for t in (J11, J21, J22, b1, b2, v1, v2, f, f1, f2)
)

FIGURNOV = "Figurnov, Mohamed & Mnih, Implicit Reparameterization Gradients, NeurIPS 2018, arXiv:1805.08498"


@derivation(source=FIGURNOV)
def density_of_the_sample():
    r"""The Jacobian matrix of $S$ is triangular, so that the sample has the density $q_\theta(z) = \rho_1(S_1)\,
    \rho_2(S_2)\,\partial_{z_1}S_1\,\partial_{z_2}S_2$."""
    yield density(Z)(z1, z2)
    yield (
        density(rho1)(standard1) * density(rho2)(standard2) * J11 * J22,
        change_of_variables(inverse=(standard1, standard2)),
    )


@derivation(source=FIGURNOV)
def first_coordinate():
    r"""$S_1(z_1, \theta) = \epsilon_1$ along the path, so $\partial_{z_1}S_1\,\partial_\theta z_1 + \partial_\theta S_1
    = 0$."""
    yield J11_ * D(first, theta) + b1_
    yield D(S1(first, theta), theta), chain_rule
    yield D(e1, theta), algebra
    yield 0, chain_rule


@derivation(source=FIGURNOV)
def second_coordinate():
    r"""$S_2(z_2, z_1, \theta) = \epsilon_2$ along the path, where $z_1$ moves, too: $\partial_{z_1}S_2\,\partial_\theta
    z_1 + \partial_{z_2}S_2\,\partial_\theta z_2 + \partial_\theta S_2 = 0$. The two equations are $J\,\partial_\theta z
    = -\partial_\theta S$ with the Jacobian matrix $J$ of $S$."""
    yield J21_ * D(first, theta) + J22_ * D(second, theta) + b2_
    yield D(S2(second, first, theta), theta), chain_rule
    yield D(e2, theta), algebra
    yield 0, chain_rule


@derivation(source=FIGURNOV)
def velocity_of_the_first_coordinate():
    r"""Solved from the top: $\partial_\theta z_1 = -\partial_\theta S_1/\partial_{z_1}S_1$."""
    yield D(first, theta)
    yield v1_, chain_rule


@derivation(source=FIGURNOV)
def velocity_of_the_second_coordinate():
    r"""Then $\partial_\theta z_2 = -(\partial_\theta S_2 + \partial_{z_1}S_2\,\partial_\theta z_1)/\partial_{z_2}S_2$:
    not $-\partial_\theta S_2/\partial_{z_2}S_2$, unless the coordinates are independent."""
    yield D(second, theta)
    yield -(b2_ + J21_ * D(first, theta)) / J22_, chain_rule
    yield v2_, lemma(velocity_of_the_first_coordinate)


@derivation(source=FIGURNOV, given=(dominated(f_, (e1, rho1), (e2, rho2), by=theta),))
def implicit_gradient():
    r"""$\partial_\theta\,\mathbb{E}_{q_\theta}[f(z)] = \mathbb{E}_{q_\theta}[\nabla f(z)^\top v]$ with $v = -J^{-1}
    \partial_\theta S$, written out: no path is left that one would have to know."""
    yield D(E(f, ((z1, z2), Z)), theta)
    yield D(E(f_, (e1, rho1), (e2, rho2)), theta), definition
    yield E(D(f_, theta), (e1, rho1), (e2, rho2)), differentiate_under_integral(theta)
    yield (
        E(f1_ * D(first, theta) + f2_ * D(second, theta), (e1, rho1), (e2, rho2)),
        chain_rule,
    )
    yield E(f1_ * v1_ + f2_ * v2_, (e1, rho1), (e2, rho2)), chain_rule
    yield E(f1 * v1 + f2 * v2, ((z1, z2), Z)), definition
