r"""Normalizing flows: the map, its Jacobian determinant, the condition under which it can be inverted, the density.

Every derivation says for which dimensions it is shown. In all of them $h$, $s$, $t$, $m$ are whatever continuously
differentiable functions the network computes."""

from sympy import Eq, Matrix, Ne, Sum, cosh, exp, eye, log, sqrt, tanh

from symrep import (
    D,
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
    hypothesis,
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

i, j, k, l, d, m = positive_integer("i j k l d m")
z, u, w, A, B, bias = map(indexed, ("z", "u", "w", "A", "B", "a"))
z1, z2, z3, z4, y1, y2, w1, w2, u1, u2, b, b1, b2, c, a = real("z_1 z_2 z_3 z_4 y_1 y_2 w_1 w_2 u_1 u_2 b b_1 b_2 c a")
A11, A12, A21, A22 = real("A_11 A_12 A_21 A_22")
alpha, r = positive("alpha r")
n = positive("n")
beta = real("beta")
h, g = function("h", smooth=1), function("g", smooth=1)
X1, X2 = continuous_law("X1"), continuous_law("X2")

PLANAR = "Rezende & Mohamed, Variational Inference with Normalizing Flows, ICML 2015, arXiv:1505.05770, section 4.1"
CONDITION = "Rezende & Mohamed, Variational Inference with Normalizing Flows, ICML 2015, arXiv:1505.05770, appendix A"
SYLVESTER = "van den Berg, Hasenclever, Tomczak & Welling, Sylvester Normalizing Flows for Variational Inference, "
SYLVESTER += "UAI 2018, arXiv:1803.05649"
REALNVP = "Dinh, Sohl-Dickstein & Bengio, Density Estimation Using Real NVP, ICLR 2017, arXiv:1605.08803"
GLOW = "Kingma & Dhariwal, Glow, NeurIPS 2018, arXiv:1807.03039"
IAF = "Kingma et al., Improved Variational Inference with Inverse Autoregressive Flow, NIPS 2016, arXiv:1606.04934"


# --- planar: z + u h(w·z + b) -------------------------------------------------------------------------------------


def across(z):
    r"""$w^\top z + b$ in $d$ dimensions."""
    return Sum(w[k] * z[k], (k, 1, d)) + b


@derivation(source=PLANAR)
def planar_determinant_in_every_dimension():
    r"""$f(z) = z + u\,h(w^\top z + b)$ has $\det \frac{\partial f}{\partial z} = 1 + u^\top w\,h'(w^\top z + b)$ in
    every dimension $d$: the Jacobian is the identity and a matrix of rank one."""
    slope = h(across(z)).diff(b)
    yield det(jacobian(z[i] + u[i] * h(across(z)), z, i, d))
    yield det(delta(i, j) + u[i] * slope * w[j], i, j, d), chain_rule
    yield 1 + Sum(u[i] * w[i], (i, 1, d)) * slope, determinant_lemma


@derivation(source=PLANAR)
def planar_determinant_in_the_plane():
    r"""The same in the plane, multiplied out."""
    at = w1 * z1 + w2 * z2 + b
    yield det(jacobian((z1 + u1 * h(at), z2 + u2 * h(at)), (z1, z2)))
    slope = h(at).diff(b)
    yield det([[1 + u1 * w1 * slope, u1 * w2 * slope], [u2 * w1 * slope, 1 + u2 * w2 * slope]]), chain_rule
    yield 1 + (u1 * w1 + u2 * w2) * slope, algebra


@derivation(source=CONDITION, given=(c >= -1,))
def planar_condition():
    r"""For $h = \tanh$ the condition $c = u^\top w \geq -1$ suffices: across the planes, $a = w^\top z + b$ goes to
    $a + c\tanh a$, whose slope is nowhere negative, and zero only where $c = -1$ and $a = 0$."""
    yield D(a + c * tanh(a), a)
    yield 1 + c * (1 - tanh(a) ** 2), chain_rule
    yield tanh(a) ** 2 + (1 + c) / cosh(a) ** 2, algebra
    yield ge(tanh(a) ** 2), algebra
    yield ge(0), algebra


inner, norm = Eq(Sum(w[i] * u[i], (i, 1, d)), c), Eq(Sum(w[i] ** 2, (i, 1, d)), n)


@derivation(source=CONDITION, given=(inner, norm))
def planar_condition_enforced():
    r"""Any $u$ is made to meet it, in every dimension $d$: with $c = w^\top u$, $n = w^\top w > 0$ and $m(c) =
    \log(1 + e^c) - 1$ the vector $\hat u = u + (m(c) - c)\,w/n$ has $w^\top\hat u = m(c) > -1$."""
    m = log(1 + exp(c)) - 1
    yield Sum(w[i] * (u[i] + (m - c) * w[i] / n), (i, 1, d))
    yield Sum(w[i] * u[i], (i, 1, d)) + (m - c) / n * Sum(w[i] ** 2, (i, 1, d)), algebra
    yield c + (m - c) / n * Sum(w[i] ** 2, (i, 1, d)), hypothesis(inner)
    yield c + (m - c) / n * n, hypothesis(norm)
    yield log(1 + exp(c)) - 1, algebra
    yield gt(-1), algebra


@derivation(source=PLANAR, given=(Ne(u1 * w1 + u2 * w2, 0),))
def planar_density():
    r"""Let $F(a) = a + u^\top w\,h(a)$ increase from $-\infty$ to $\infty$ with inverse $G$. Then the planar map can
    be inverted, $z = y - u\,h(a)$ with $a = G(w^\top y + b)$, and the density of $y$ is $p(z)\,|1 + u^\top w\,
    h'(a)|^{-1} = p(z)\,G'(w^\top y + b)$. Shown in the plane, for coordinates of $z$ that are independent with any
    densities, and $u^\top w \neq 0$ (else $h(a)$ does not depend on the step, and $z = y - u\,h(w^\top y + b)$)."""
    F, G = inverse(function("F", smooth=1, increasing=True), "G")

    def step(t):
        return (F(t) - t) / (u1 * w1 + u2 * w2)

    across, back_to = w1 * z1 + w2 * z2 + b, G(w1 * y1 + w2 * y2 + b)
    Y = pushforward(joint(X1, X2), (z1, z2), (z1 + u1 * step(across), z2 + u2 * step(across)))
    back = (y1 - u1 * step(back_to), y2 - u2 * step(back_to))
    yield density(Y)(y1, y2)
    yield density(joint(X1, X2))(*back) * back_to.diff(b), change_of_variables(inverse=back)
    yield density(joint(X1, X2))(*back) / F(a).diff(a).subs(a, back_to), algebra


# --- radial: z + β(z − z₀)/(α + r) --------------------------------------------------------------------------------


length = Sum(z[i] ** 2, (i, 1, d))
squared = Sum(z[k] ** 2, (k, 1, d))


@derivation(source=PLANAR, given=(Ne(1 + beta * g(squared), 0),))
def radial_determinant_from_the_map():
    r"""With $z$ measured from the centre, $r = |z|$, and $h(r) = g(r^2)$ with a continuously differentiable $g$, so
    that the map is smooth at the centre too, $f(z) = z + \beta\,g(r^2)\,z$ has the determinant
    $(1 + \beta g)^{d-1}(1 + \beta g + 2\beta g' r^2)$ in every dimension $d$."""
    around, slope = 1 + beta * g(squared), g(b).diff(b).subs(b, squared)
    yield det(jacobian(z[i] + beta * g(squared) * z[i], z, i, d))
    yield det(around * delta(i, j) + 2 * beta * slope * z[i] * z[j], i, j, d), chain_rule
    yield around ** (d - 1) * (around + 2 * beta * slope * squared), determinant_lemma


@derivation(source=PLANAR)
def radial_slope():
    r"""In it $2 g'(r^2)\,r^2 = h'(r)\,r$: it is $(1 + \beta h)^{d-1}(1 + \beta h + \beta h' r)$."""
    yield r * D(g(r**2), r)
    yield 2 * g(b).diff(b).subs(b, r**2) * r**2, chain_rule


@derivation(source=PLANAR, given=(Eq(length, r**2), Ne(1 + beta * h(r), 0)))
def radial_determinant_in_every_dimension():
    r"""With $z$ measured from the centre and $r = |z|$, the Jacobian of $f(z) = z + \beta\,h(r)\,z$ has the entries
    $(1 + \beta h)\,\delta_{ij} + \beta h' z_i z_j/r$ and the determinant
    $(1 + \beta h)^{d-1}(1 + \beta h + \beta h' r)$, in every dimension $d$, where $h$ is any function of $r$. These
    derivatives are taken below, in two and three dimensions."""
    around, slope = 1 + beta * h(r), h(b).diff(b).subs(b, r)
    yield det(around * delta(i, j) + beta * slope / r * z[i] * z[j], i, j, d)
    yield around ** (d - 1) * (around + beta * slope / r * length), determinant_lemma
    yield around ** (d - 1) * (around + beta * slope / r * r**2), hypothesis(Eq(length, r**2))
    yield around ** (d - 1) * (around + beta * slope * r), algebra


@derivation(source=PLANAR, given=(Ne(z1, 0),))
def radial_determinant_in_the_plane():
    r"""With $z$ measured from the centre, $r = |z|$, $f(z) = z + \beta\,h(r)\,z$ has the determinant
    $(1 + \beta h)^{d-1}(1 + \beta h + \beta h'r)$, here for $d = 2$."""
    R = sqrt(z1**2 + z2**2)
    yield det(jacobian((z1 + beta * h(R) * z1, z2 + beta * h(R) * z2), (z1, z2)))
    slope = h(r).diff(r).subs(r, R)
    yield det((1 + beta * h(R)) * eye(2) + beta * slope / R * Matrix([z1, z2]) * Matrix([[z1, z2]])), chain_rule
    yield (1 + beta * h(R)) * (1 + beta * h(R) + beta * slope * R), algebra


@derivation(source=PLANAR, given=(Ne(z1, 0),))
def radial_determinant_in_space():
    r"""The same for $d = 3$: $(1 + \beta h)^2(1 + \beta h + \beta h' r)$."""
    R = sqrt(z1**2 + z2**2 + z3**2)
    slope, at = h(r).diff(r).subs(r, R), (z1, z2, z3)
    yield det(jacobian([v + beta * h(R) * v for v in at], at))
    yield det((1 + beta * h(R)) * eye(3) + beta * slope / R * Matrix(at) * Matrix(at).T), chain_rule
    yield (1 + beta * h(R)) ** 2 * (1 + beta * h(R) + beta * slope * R), algebra


@derivation(source=CONDITION, given=(beta > -alpha,))
def radial_condition():
    r"""For $h(r) = \frac{1}{\alpha + r}$ and $\beta > -\alpha$ the distance from the centre, $r + \frac{\beta r}
    {\alpha + r}$, increases with $r$: the map can be inverted."""
    yield D(r + beta * r / (alpha + r), r)
    yield 1 + beta * alpha / (alpha + r) ** 2, chain_rule
    yield gt(0), algebra


# --- Sylvester: z + A h(Bz + b) -----------------------------------------------------------------------------------


@derivation(source=SYLVESTER)
def sylvester_determinant_in_every_dimension():
    r"""With $m$ hidden units in $d$ dimensions, $f(z) = z + A\,h(Bz + b)$ has the $d \times d$ Jacobian
    $I_d + A\operatorname{diag}(h')B$. By Sylvester's identity its determinant is that of the $m \times m$ matrix
    $I_m + \operatorname{diag}(h')BA$, whatever $d$ and $m$ are."""

    def hidden(unit):
        return Sum(B[unit, l] * z[l], (l, 1, d)) + bias[unit]

    def slope(unit):
        return h(b).diff(b).subs(b, hidden(unit))

    yield det(jacobian(z[i] + Sum(A[i, k] * h(hidden(k)), (k, 1, m)), z, i, d))
    yield det(delta(i, j) + Sum(A[i, k] * slope(k) * B[k, j], (k, 1, m)), i, j, d), chain_rule
    yield (
        det(delta(k, l) + Sum(slope(k) * B[k, i] * A[i, l], (i, 1, d)), k, l, m),
        sylvester(A[i, k], slope(k) * B[k, j], (k, m)),
    )


# --- coupling: real NVP, Glow -------------------------------------------------------------------------------------


@derivation(source=REALNVP)
def coupling_determinant():
    r"""An affine coupling layer keeps $z_{1:2}$ and scales $z_{3:4}$ by $e^{s(z_{1:2})}$: its Jacobian is triangular
    and $\log|\det| = s_1 + s_2$, whatever the functions $s$ and $t$ are. Shown for two coordinates of each kind; in any
    number ``triangular_with_log_scales`` in ``determinants.py`` has the sum of the $s_i$, zero where $z_i$ is kept."""
    s1, s2, t1, t2 = (function(n, smooth=1, arity=2) for n in ("s_1", "s_2", "t_1", "t_2"))
    kept = (z1, z2)
    maps = (z1, z2, z3 * exp(s1(*kept)) + t1(*kept), z4 * exp(s2(*kept)) + t2(*kept))
    yield log(abs(det(jacobian(maps, (z1, z2, z3, z4)))))
    yield log(abs(exp(s1(*kept)) * exp(s2(*kept)))), chain_rule
    yield s1(*kept) + s2(*kept), algebra


@derivation(source=REALNVP)
def coupling_density():
    r"""The inverse needs no inverse of $s$ or $t$: $z_2 = (y_2 - t(y_1))\,e^{-s(y_1)}$, and the log density of $y$ is
    that of $z$ less $s(y_1)$. Shown for one coordinate of each kind, independent with any densities."""
    s, t = function("s", smooth=1), function("t", smooth=1)
    Y = pushforward(joint(X1, X2), (z1, z2), (z1, z2 * exp(s(z1)) + t(z1)))
    back = (y1, (y2 - t(y1)) * exp(-s(y1)))
    yield density(Y)(y1, y2)
    yield density(joint(X1, X2))(*back) * exp(-s(y1)), change_of_variables(inverse=back)


@derivation(source=GLOW, given=(Ne(A11 * A22 - A12 * A21, 0),))
def one_by_one_convolution():
    r"""An invertible $1 \times 1$ convolution applies one matrix $W$ at every pixel: over $h \cdot w$ pixels
    $\log|\det| = h\,w\,\log|\det W|$. Shown for two pixels with two channels."""
    W = Matrix([[A11, A12], [A21, A22]])
    out = [*(W * Matrix([z1, z2])), *(W * Matrix([z3, z4]))]
    yield log(abs(det(jacobian(out, (z1, z2, z3, z4)))))
    yield log(abs((A11 * A22 - A12 * A21) ** 2)), chain_rule
    yield 2 * log(abs(A11 * A22 - A12 * A21)), algebra


@derivation(source=GLOW, given=(Ne(b1, 0), Ne(b2, 0)))
def activation_normalisation():
    r"""Actnorm scales each channel, $y = s \odot z + b$: over $h \cdot w$ pixels $\log|\det| = h\,w \sum \log|s|$.
    Shown for two pixels with two channels."""
    yield log(abs(det(jacobian((b1 * z1 + y1, b2 * z2 + y2, b1 * z3 + y1, b2 * z4 + y2), (z1, z2, z3, z4)))))
    yield log(abs(b1**2 * b2**2)), chain_rule
    yield 2 * (log(abs(b1)) + log(abs(b2))), algebra


# --- autoregressive -----------------------------------------------------------------------------------------------


@derivation(source=IAF)
def autoregressive_determinant():
    r"""In an inverse autoregressive flow $z_i = \mu_i(\epsilon_{1:i-1}) + \sigma_i(\epsilon_{1:i-1})\,\epsilon_i$ with
    $\sigma_i = e^{s_i}$ the Jacobian is triangular: $\log|\det| = \sum_i \log\sigma_i$. Shown from the map in three
    dimensions; for a triangular Jacobian of every size see ``triangular_with_log_scales`` in ``determinants.py``."""
    m2, s2 = function("mu_2", smooth=1), function("s_2", smooth=1)
    m3, s3 = function("mu_3", smooth=1, arity=2), function("s_3", smooth=1, arity=2)
    e1, e2, e3, m1, s1 = real("epsilon_1 epsilon_2 epsilon_3 mu_1 s_1")
    maps = (m1 + exp(s1) * e1, m2(e1) + exp(s2(e1)) * e2, m3(e1, e2) + exp(s3(e1, e2)) * e3)
    yield log(abs(det(jacobian(maps, (e1, e2, e3)))))
    yield log(abs(exp(s1) * exp(s2(e1)) * exp(s3(e1, e2)))), chain_rule
    yield s1 + s2(e1) + s3(e1, e2), algebra


@derivation(source=IAF)
def autoregressive_density():
    r"""The density of the flow's sample at noise $\epsilon \sim \mathcal{N}(0, I)$:
    $\log q(z) = -\sum_i\left(\frac12\epsilon_i^2 + \frac12\log 2\pi + \log\sigma_i\right)$. Shown in the plane, with
    $\epsilon$ written in terms of $z$."""
    N = Normal(0, 1)
    m, s = function("mu_2", smooth=1), function("s_2", smooth=1)
    e1, e2 = real("epsilon_1 epsilon_2")
    m1, s1 = real("mu_1 s_1")
    Z = pushforward(joint(N, N), (e1, e2), (m1 + exp(s1) * e1, m(e1) + exp(s(e1)) * e2))
    first = (z1 - m1) * exp(-s1)
    second = (z2 - m(first)) * exp(-s(first))
    yield log(density(Z)(z1, z2))
    yield (
        log(density(joint(N, N))(first, second) * exp(-s1 - s(first))),
        change_of_variables(inverse=(first, second)),
    )
    yield log(density(N)(first)) - s1 + log(density(N)(second)) - s(first), algebra
