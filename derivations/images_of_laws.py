r"""Expectations and entropies under a map: the law of the unconscious statistician, and what a map adds to an entropy.

$X$ has any positive continuous density $p$ on $\mathbb{R}$, and $Y = g(X)$; $h = g^{-1}$ where there is one. The
entropy is $H(Y) = -\mathbb{E}[\log q(Y)]$ with the density $q$ of $Y$."""

from sympy import Abs, Integral, Ne, Sum, exp, log, oo, sqrt

from symrep import (
    E,
    Independent,
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

LOTUS = "Wikipedia, Law of the unconscious statistician"
ENTROPY = "The Book of Statistical Proofs, proof P262"
ENTROPY_OF_A_VECTOR = "The Book of Statistical Proofs, proofs P261 and P262"


# --- the law of the unconscious statistician ----------------------------------------------------------------------

anything = function("g", smooth=0)


@derivation(source=LOTUS, given=(integrable(f(anything(x)), (x, X)),))
def any_map():
    r"""For any continuous $g$, injective or not, whether $g(X)$ has a density or not: the law of $Y = g(X)$ is by
    definition the image of that of $X$, so that $\mathbb{E}[f(Y)] = \int f(g(x))\,p(x)\,dx$."""
    yield E(f(y), (y, pushforward(X, x, anything(x))))
    yield E(f(anything(x)), (x, X)), definition
    yield Integral(f(anything(x)) * p(x), (x, -oo, oo)), definition


g, h = inverse(function("g", smooth=1, increasing=True), "h")
q = p(h(y)) * h(y).diff(y)


@derivation(source=LOTUS, given=(integrable(f(y) * q, (y, -oo, oo)),))
def increasing_map():
    r"""Where $Y = g(X)$ has the density $q(y) = p(h(y))\,h'(y)$, the mean of $f(Y)$ by it is the mean of $f(g(X))$ by
    $p$: $q$ need not be known. If one of the two exists, so does the other."""
    yield Integral(f(y) * q, (y, -oo, oo))
    yield Integral(f(g(x)) * p(x), (x, -oo, oo)), substitution(y, g(x), x)
    yield E(f(g(x)), (x, X)), definition


down, back = inverse(function("g", smooth=1, decreasing=True), "h")
q_down = p(back(y)) * abs(back(y).diff(y))


@derivation(source=LOTUS, given=(integrable(f(y) * q_down, (y, -oo, oo)),))
def decreasing_map():
    r"""The same for a decreasing map: the ends change places, and the density has $|h'|$."""
    yield Integral(f(y) * q_down, (y, -oo, oo))
    yield Integral(f(down(x)) * p(x), (x, -oo, oo)), substitution(y, down(x), x)
    yield E(f(down(x)), (x, X)), definition


left, right = f(w) * p(-sqrt(w)) / (2 * sqrt(w)), f(w) * p(sqrt(w)) / (2 * sqrt(w))


@derivation(
    source=LOTUS, given=(integrable(f(x**2), (x, X)), integrable(left, (w, 0, oo)), integrable(right, (w, 0, oo)))
)
def two_branches():
    r"""$Y = X^2$ is not injective. Its density has a part for each branch, $\frac{p(-\sqrt w) + p(\sqrt w)}{2\sqrt w}$,
    and each branch gives back its half of the line."""
    on_the_left, on_the_right = (Integral(f(x**2) * p(x), (x, *ends)) for ends in ((-oo, 0), (0, oo)))
    yield Integral(f(w) * (p(-sqrt(w)) + p(sqrt(w))) / (2 * sqrt(w)), (w, 0, oo))
    yield Integral(left, (w, 0, oo)) + Integral(right, (w, 0, oo)), linearity
    yield on_the_left + Integral(right, (w, 0, oo)), substitution(w, x**2, x, low=-oo, high=0)
    yield on_the_left + on_the_right, substitution(w, x**2, x, low=0, high=oo)
    yield Integral(f(x**2) * p(x), (x, -oo, oo)), split_at(0)
    yield E(f(x**2), (x, X)), definition


S, T = inverse(function("S", smooth=1, increasing=True, arity=2), "T")
sample = p(S(z, theta)) * S(z, theta).diff(z)


@derivation(source=LOTUS, given=(integrable(f(z) * sample, (z, -oo, oo)),))
def path():
    r"""Reparameterization is this law: a sample $z = T(\epsilon, \theta)$, $\epsilon \sim p$, has the density
    $q_\theta(z) = p(S(z, \theta))\,\partial_z S(z, \theta)$, and its mean is one over the noise."""
    yield Integral(f(z) * sample, (z, -oo, oo))
    yield Integral(f(T(e, theta)) * p(e), (e, -oo, oo)), substitution(z, T(e, theta), e)
    yield E(f(T(e, theta)), (e, X)), definition


# --- entropy ------------------------------------------------------------------------------------------------------

entropy = integrable(log(p(x)), (x, X))
Y = pushforward(X, x, g(x))


@derivation(source=ENTROPY)
def density_of_the_image():
    r"""$Y = g(X)$ has the density $p(h(y))\,h'(y)$."""
    yield density(Y)(y)
    yield q, change_of_variables(inverse=h(y))


@derivation(source=ENTROPY, given=(entropy, integrable(log(g(x).diff(x)), (x, X))))
def entropy_of_an_increasing_image():
    r"""$H(g(X)) = H(X) + \mathbb{E}[\log g'(X)]$, for every density and every increasing map for which both exist."""
    yield -E(log(q), (y, Y))
    yield -E(log(p(x) / g(x).diff(x)), (x, X)), definition
    yield -E(log(p(x)), (x, X)) + E(log(g(x).diff(x)), (x, X)), linearity


slope = abs(down(x).diff(x))


@derivation(source=ENTROPY, given=(entropy, integrable(log(slope), (x, X))))
def entropy_of_a_decreasing_image():
    r"""$H(g(X)) = H(X) + \mathbb{E}[\log|g'(X)|]$."""
    yield -E(log(q_down), (y, pushforward(X, x, down(x))))
    yield -E(log(p(x) / slope), (x, X)), definition
    yield -E(log(p(x)), (x, X)) + E(log(slope), (x, X)), linearity


@derivation(source="The Book of Statistical Proofs, proofs P199 and P200", given=(entropy,))
def entropy_of_an_affine_image():
    r"""$H(a + \sigma X) = H(X) + \log\sigma$: a shift changes nothing, and the entropy may become negative."""
    yield -E(log(p((y - a) / s) / s), (y, pushforward(X, x, a + s * x)))
    yield -E(log(p(x) / s), (x, X)), definition
    yield -E(log(p(x)), (x, X)) + log(s), linearity


@derivation(source=ENTROPY, given=(entropy, integrable(x, (x, X))))
def entropy_of_an_exponential():
    r"""$H(e^X) = H(X) + \mathbb{E}[X]$: for a normal law, the entropy of a log-normal one."""
    yield -E(log(p(log(w)) / w), (w, pushforward(X, x, exp(x))))
    yield -E(log(p(x)) - x, (x, X)), definition
    yield -E(log(p(x)), (x, X)) + E(x, (x, X)), linearity


# --- the entropy of a vector --------------------------------------------------------------------------------------

i, j, d = positive_integer("i j d")
A, z_ = indexed("A"), indexed("z")
volume = det(A[i, j], i, j, d)


slope_there = g(x).diff(x).subs(x, z_[i])


@derivation(source=ENTROPY_OF_A_VECTOR, given=(entropy, Ne(volume, 0)))
def entropy_of_a_linear_image_in_every_dimension():
    r"""Let $Z$ have $d$ independent coordinates with the density $p$, and $Y = AZ + b$ with $\det A \neq 0$. At $y = Az
    + b$ the density of $Y$ is $\prod_i p(z_i)/|\det A|$ (the change of variables, taken for granted here), so that
    $H(Y) = H(Z) + \log|\det A|$ with $H(Z) = -d\,\mathbb{E}[\log p(x)]$."""
    yield -E(Sum(log(p(z_[i])), (i, 1, d)) - log(Abs(volume)), (z_, Independent(X, (i, 1, d))))
    yield -d * E(log(p(x)), (x, X)) + log(Abs(volume)), independence


B = indexed("B")
mixed = det(B[i, j], i, j, d)


@derivation(source=ENTROPY_OF_A_VECTOR, given=(entropy, Ne(volume, 0), Ne(mixed, 0)))
def entropy_of_a_linear_image_of_dependent_coordinates():
    r"""Let $X = BZ + c$ with $\det B \neq 0$, so that its $d$ coordinates depend on one another, and $Y = AX + b$. The
    density of $X$ is $\prod_i p(z_i)/|\det B|$, that of $Y$ is this over $|\det A|$ (the change of variables, taken for
    granted here). So $H(Y) = H(X) + \log|\det A|$, with the entropy of $X$ as it stands, in every dimension."""
    noise = (z_, Independent(X, (i, 1, d)))
    log_density = Sum(log(p(z_[i])), (i, 1, d)) - log(Abs(mixed))
    yield -E(log_density - log(Abs(volume)), noise)
    yield -d * E(log(p(x)), (x, X)) + log(Abs(mixed)) + log(Abs(volume)), independence
    yield -E(log_density, noise) + log(Abs(volume)), independence


@derivation(source=ENTROPY_OF_A_VECTOR, given=(entropy, integrable(log(g(x).diff(x)), (x, X))))
def entropy_of_an_image_by_coordinates():
    r"""A bijection that maps each coordinate by one increasing $g$, as an activation does, has the determinant $\prod_i
    g'(z_i)$: $H(Y) = H(Z) + d\,\mathbb{E}[\log g'(x)]$, in every dimension $d$."""
    density_of_the_noise, of_the_map = Sum(log(p(z_[i])), (i, 1, d)), Sum(log(slope_there), (i, 1, d))
    yield -E(density_of_the_noise - of_the_map, (z_, Independent(X, (i, 1, d))))
    yield -d * E(log(p(x)), (x, X)) + d * E(log(g(x).diff(x)), (x, X)), independence
