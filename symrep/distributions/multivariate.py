"""Laws of vectors and matrices: entries only, no logic. Densities are with respect to what their space says."""

from __future__ import annotations

from typing import Any

from sympy import (
    FunctionMatrix,
    Identity,
    KroneckerDelta,
    Lambda,
    MatrixSymbol,
    S,
    Symbol,
    Trace,
    besseli,
    log,
    loggamma,
    pi,
    sqrt,
)
from sympy.matrices.expressions import Determinant as det
from sympy.matrices.expressions import DiagMatrix

from symrep.entry import KullbackLeibler, SciPy
from symrep.multivariate.entry import (
    COLUMN,
    NUMBER,
    ROW,
    MatrixPathwise,
    MultivariateFamily,
    Noise,
    Space,
    correlation,
    lower_triangular,
    matrices,
    positive,
    positive_definite,
    positive_vector,
    reals,
    simplex,
    sphere,
)
from symrep.multivariate.words import CholeskyFactor, digamma, log_gamma_of, multidigamma, quadratic, sum_over
from symrep.symbols import function

d, n, m = (Symbol(s, integer=True, positive=True) for s in ("d", "n", "m"))
i, j = ROW, COLUMN
x, mu, mu_2 = (MatrixSymbol(s, d, 1) for s in ("x", "mu", "mu_2"))
eps = MatrixSymbol("epsilon", d, 1)
Sigma, Sigma_2, L, X = (MatrixSymbol(s, d, d) for s in ("Sigma", "Sigma_2", "L", "X"))
alpha, alpha_2, p, p_2, G, s = (MatrixSymbol(name, d, 1) for name in ("alpha", "alpha_2", "p", "p_2", "G", "s"))
nu, nu_2, kappa, eta, beta, v = (Symbol(name, positive=True) for name in ("nu", "nu_2", "kappa", "eta", "beta", "v"))
V, V_2, A, Psi = (MatrixSymbol(name, d, d) for name in ("V", "V_2", "A", "Psi"))
AA = A * A.T
count = Symbol("N", integer=True, positive=True)
spherical = function("h")
TWO_PI = log(2 * pi)
SCIPY = "SciPy documentation, scipy.stats."
STAN = "Stan Math, "


def _log_det(matrix: Any) -> Any:
    return log(det(matrix))


def _pick(expression: Any) -> Any:
    """A column whose entry in row ROW is the expression."""
    return FunctionMatrix(d, 1, Lambda((i, j), expression))


MultivariateNormal = MultivariateFamily(
    name="MultivariateNormal",
    variable=x,
    space=reals(),
    dimensions=(d,),
    parameters={mu: reals("location"), Sigma: positive_definite("covariance")},
    log_density=-d * TWO_PI / 2 - _log_det(Sigma) / 2 - quadratic(x - mu, Sigma.I) / 2,
    mean=mu,
    covariance=Sigma,
    entropy=d * (1 + TWO_PI) / 2 + _log_det(Sigma) / 2,
    mode=mu,
    kl=(
        KullbackLeibler(
            "MultivariateNormal",
            (mu_2, Sigma_2),
            (Trace(Sigma_2.I * Sigma) + quadratic(mu_2 - mu, Sigma_2.I) - d + _log_det(Sigma_2) - _log_det(Sigma)) / 2,
        ),
    ),
    pathwise=(MatrixPathwise((Noise(eps),), mu + CholeskyFactor(Sigma) * eps),),
    scipy=SciPy("multivariate_normal", mean=mu, cov=Sigma),
    source=SCIPY + "multivariate_normal; The Book of Statistical Proofs, statproofbook.github.io/P/mvn-kl",
)

MultivariateNormalCholesky = MultivariateFamily(
    name="MultivariateNormalCholesky",
    variable=x,
    space=reals(),
    dimensions=(d,),
    parameters={mu: reals("location"), L: lower_triangular("scale")},
    log_density=-d * TWO_PI / 2 - sum_over(i, d, log(L[i, i])) - quadratic(x - mu, (L * L.T).I) / 2,
    mean=mu,
    covariance=L * L.T,
    entropy=d * (1 + TWO_PI) / 2 + sum_over(i, d, log(L[i, i])),
    mode=mu,
    pathwise=(MatrixPathwise((Noise(eps),), mu + L * eps),),
    scipy=SciPy("multivariate_normal", mean=mu, cov=L * L.T),
    note="log |det L| is the sum of log L_ii; the covariance is L L^T, not L",
    source=SCIPY + "multivariate_normal, with cov = L L^T",
)

W = MatrixSymbol("W", d, m)
eps_1 = MatrixSymbol("epsilon_1", m, 1)
LowRankNormal = MultivariateFamily(
    name="LowRankNormal",
    variable=x,
    space=reals(),
    dimensions=(d, m),
    parameters={mu: reals("location"), W: matrices("factors"), s: positive_vector("standard deviations")},
    log_density=-d * TWO_PI / 2
    - _log_det(W * W.T + DiagMatrix(s) * DiagMatrix(s)) / 2
    - quadratic(x - mu, (W * W.T + DiagMatrix(s) * DiagMatrix(s)).I) / 2,
    mean=mu,
    covariance=W * W.T + DiagMatrix(s) * DiagMatrix(s),
    entropy=d * (1 + TWO_PI) / 2 + _log_det(W * W.T + DiagMatrix(s) * DiagMatrix(s)) / 2,
    pathwise=(
        MatrixPathwise(
            (Noise(eps_1), Noise(eps)),
            mu + W * eps_1 + DiagMatrix(s) * eps,
            not_injective="m + d noises onto d coordinates; LOTUS holds",
        ),
    ),
    scipy=SciPy("multivariate_normal", mean=mu, cov=W * W.T + DiagMatrix(s) * DiagMatrix(s)),
    source=SCIPY + "multivariate_normal, with cov = W W^T + diag(s)^2",
)

MultivariateT = MultivariateFamily(
    name="MultivariateT",
    variable=x,
    space=reals(),
    dimensions=(d,),
    parameters={
        nu: positive("degrees of freedom", 2, least=0),
        mu: reals("location"),
        Sigma: positive_definite("shape"),
    },
    conditions={"mean": nu > 1, "covariance": nu > 2},
    log_density=loggamma((nu + d) / 2)
    - loggamma(nu / 2)
    - d * log(nu * pi) / 2
    - _log_det(Sigma) / 2
    - (nu + d) / 2 * log(1 + quadratic(x - mu, Sigma.I) / nu),
    mean=mu,
    covariance=nu / (nu - 2) * Sigma,
    entropy=-loggamma((nu + d) / 2)
    + loggamma(nu / 2)
    + d * log(nu * pi) / 2
    + _log_det(Sigma) / 2
    + (nu + d) / 2 * (digamma((nu + d) / 2) - digamma(nu / 2)),
    mode=mu,
    pathwise=(
        MatrixPathwise(
            (Noise(eps), Noise(v, "chi-squared", nu)),
            mu + sqrt(nu / v) * CholeskyFactor(Sigma) * eps,
            not_injective="d + 1 noises onto d coordinates; LOTUS holds",
        ),
    ),
    scipy=SciPy("multivariate_t", loc=mu, shape=Sigma, df=nu),
    note="Sigma is no covariance: that is nu/(nu - 2) Sigma",
    source=SCIPY + "multivariate_t",
)

Elliptical = MultivariateFamily(
    name="Elliptical",
    variable=x,
    space=reals(),
    dimensions=(d,),
    parameters={mu: reals("location"), L: lower_triangular("scale")},
    log_density=spherical(quadratic(x - mu, (L * L.T).I)) - sum_over(i, d, log(L[i, i])),
    pathwise=(MatrixPathwise((Noise(eps, "spherical", spherical),), mu + L * eps),),
    note="h is undetermined: a spherical noise has the density exp(h(|z|^2))",
    source="Wikipedia, Elliptical distribution",
)

PowerExponential = MultivariateFamily(
    name="PowerExponential",
    variable=x,
    space=reals(),
    dimensions=(d,),
    parameters={mu: reals("location"), Sigma: positive_definite("shape"), beta: positive("shape")},
    log_density=log(d)
    + loggamma(d / S(2))
    - d * log(pi) / 2
    - loggamma(1 + d / (2 * beta))
    - (1 + d / (2 * beta)) * log(2)
    - _log_det(Sigma) / 2
    - quadratic(x - mu, Sigma.I) ** beta / 2,
    mean=mu,
    mode=mu,
    note="elliptical; normal at beta = 1. LaplacesDemon prints (x - mu)^T Sigma (x - mu), without the inverse",
    source="R package LaplacesDemon, dmvpe, after Gomez, Gomez-Villegas & Marin 1998",
)

Dirichlet = MultivariateFamily(
    name="Dirichlet",
    variable=x,
    space=simplex(),
    dimensions=(d,),
    parameters={alpha: positive_vector("concentration")},
    log_density=sum_over(i, d, (alpha[i, 0] - 1) * log(x[i, 0]) - loggamma(alpha[i, 0]))
    + loggamma(sum_over(i, d, alpha[i, 0])),
    mean=_pick(alpha[i, 0] / sum_over(COLUMN, d, alpha[COLUMN, 0])),
    covariance=FunctionMatrix(
        d,
        d,
        Lambda(
            (i, j),
            alpha[i, 0]
            * (KroneckerDelta(i, j) * sum_over(NUMBER, d, alpha[NUMBER, 0]) - alpha[j, 0])
            / (sum_over(NUMBER, d, alpha[NUMBER, 0]) ** 2 * (sum_over(NUMBER, d, alpha[NUMBER, 0]) + 1)),
        ),
    ),
    entropy=sum_over(i, d, loggamma(alpha[i, 0]) - (alpha[i, 0] - 1) * digamma(alpha[i, 0]))
    - loggamma(sum_over(i, d, alpha[i, 0]))
    + (sum_over(i, d, alpha[i, 0]) - d) * digamma(sum_over(i, d, alpha[i, 0])),
    kl=(
        KullbackLeibler(
            "Dirichlet",
            (alpha_2,),
            loggamma(sum_over(i, d, alpha[i, 0]))
            - loggamma(sum_over(i, d, alpha_2[i, 0]))
            + sum_over(
                i,
                d,
                loggamma(alpha_2[i, 0])
                - loggamma(alpha[i, 0])
                + (alpha[i, 0] - alpha_2[i, 0]) * (digamma(alpha[i, 0]) - digamma(sum_over(j, d, alpha[j, 0]))),
            ),
        ),
    ),
    pathwise=(
        MatrixPathwise(
            (Noise(G, "gamma", alpha),),
            _pick(G[i, 0] / sum_over(COLUMN, d, G[COLUMN, 0])),
            completion=(sum_over(i, d, G[i, 0]), sum_over(i, d, alpha[i, 0])),
        ),
    ),
    scipy=SciPy("dirichlet", alpha=alpha),
    note="normalised Gammas; their sum is independent of them",
    source=SCIPY + "dirichlet; divergence: The Book of Statistical Proofs, statproofbook.github.io/P/dir-kl",
)

Wishart = MultivariateFamily(
    name="Wishart",
    variable=X,
    space=positive_definite(),
    dimensions=(d,),
    parameters={nu: positive("degrees of freedom", d - 1), V: positive_definite("scale")},
    log_density=(nu - d - 1) / 2 * _log_det(X)
    - Trace(V.I * X) / 2
    - nu * d / 2 * log(2)
    - nu / 2 * _log_det(V)
    - log_gamma_of(nu / 2, d),
    mean=nu * V,
    variance=nu * (V[i, j] ** 2 + V[i, i] * V[j, j]),
    entropy=(d + 1) / S(2) * _log_det(V)
    + d * (d + 1) / 2 * log(2)
    + log_gamma_of(nu / 2, d)
    - (nu - d - 1) / 2 * multidigamma(nu / 2, d)
    + nu * d / 2,
    kl=(
        KullbackLeibler(
            "Wishart",
            (nu_2, V_2),
            nu_2 / 2 * (_log_det(V_2) - _log_det(V))
            + nu / 2 * (Trace(V_2.I * V) - d)
            + log_gamma_of(nu_2 / 2, d)
            - log_gamma_of(nu / 2, d)
            + (nu - nu_2) / 2 * multidigamma(nu / 2, d),
        ),
    ),
    pathwise=(
        MatrixPathwise((Noise(A, "bartlett", nu - NUMBER + 1),), CholeskyFactor(V) * A * A.T * CholeskyFactor(V).T),
    ),
    scipy=SciPy("wishart", df=nu, scale=V),
    note="Bartlett: A_ii^2 is chi-squared with nu - i + 1 degrees of freedom, i from 1",
    source=SCIPY + "wishart; Bartlett: liquisearch.com/wishart_distribution",
)

InverseWishart = MultivariateFamily(
    name="InverseWishart",
    variable=X,
    space=positive_definite(),
    dimensions=(d,),
    parameters={nu: positive("degrees of freedom", d + 3, least=d - 1), Psi: positive_definite("scale")},
    conditions={"mean": nu > d + 1, "variance": nu > d + 3},
    log_density=nu / 2 * _log_det(Psi)
    - nu * d / 2 * log(2)
    - log_gamma_of(nu / 2, d)
    - (nu + d + 1) / 2 * _log_det(X)
    - Trace(Psi * X.I) / 2,
    mean=1 / (nu - d - 1) * Psi,
    variance=((nu - d + 1) * Psi[i, j] ** 2 + (nu - d - 1) * Psi[i, i] * Psi[j, j])
    / ((nu - d) * (nu - d - 1) ** 2 * (nu - d - 3)),
    mode=1 / (nu + d + 1) * Psi,
    pathwise=(
        MatrixPathwise(
            (Noise(A, "bartlett", nu - NUMBER + 1),),
            CholeskyFactor(Psi) * A.T.I * A.I * CholeskyFactor(Psi).T,
        ),
    ),
    scipy=SciPy("invwishart", df=nu, scale=Psi),
    note="X -> X^-1 has the Jacobian |X|^-(d + 1), hence the exponent -(nu + d + 1)/2; moments need nu > d + 3",
    source=SCIPY + "invwishart; moments: Wikipedia, Inverse-Wishart distribution",
)

M, Y, E = (MatrixSymbol(name, n, m) for name in ("M", "Y", "E"))
R, K = MatrixSymbol("U", n, n), MatrixSymbol("V", m, m)
MatrixNormal = MultivariateFamily(
    name="MatrixNormal",
    variable=Y,
    space=Space("real matrix"),
    dimensions=(n, m),
    parameters={M: matrices("location"), R: positive_definite("row covariance"), K: positive_definite("covariance")},
    log_density=-n * m * TWO_PI / 2
    - m * _log_det(R) / 2
    - n * _log_det(K) / 2
    - Trace(K.I * (Y - M).T * R.I * (Y - M)) / 2,
    mean=M,
    variance=R[i, i] * K[j, j],
    entropy=n * m * (1 + TWO_PI) / 2 + m * _log_det(R) / 2 + n * _log_det(K) / 2,
    mode=M,
    pathwise=(MatrixPathwise((Noise(E),), M + CholeskyFactor(R) * E * CholeskyFactor(K).T),),
    scipy=SciPy("matrix_normal", mean=M, rowcov=R, colcov=K),
    note="|U| enters with the number of columns, |V| with the number of rows",
    source=SCIPY + "matrix_normal",
)

LKJ = MultivariateFamily(
    name="LKJ",
    variable=X,
    space=correlation(),
    dimensions=(d,),
    parameters={eta: positive("shape")},
    log_density=(eta - 1) * _log_det(X)
    + (d - 1) * loggamma(eta + (d - 1) / S(2))
    - sum_over(i, d - 1, (i + 1) * log(pi) / 2 + loggamma(eta + (d - 2 - i) / S(2))),
    mean=Identity(d),
    variance=(1 - KroneckerDelta(i, j)) / (2 * eta + d - 1),
    pathwise=(
        MatrixPathwise(
            (Noise(A, "bartlett", 2 * eta + d - NUMBER),),
            FunctionMatrix(d, d, Lambda((i, j), AA[i, j] / sqrt(AA[i, i] * AA[j, j]))),
            not_injective="the scales of the Wishart matrix A Aᵀ, with 2 eta + d - 1 degrees of freedom, are lost",
        ),
    ),
    note="the correlations of a Wishart matrix with scale I have the density |X|^((nu - d - 1)/2)",
    source=STAN + "lkj_corr_lpdf; Distributions.jl, matrix/lkj.jl; marginals: R package ggdist, lkjcorr_marginal",
)

unit_mu = MatrixSymbol("mu", d, 1)
VonMisesFisher = MultivariateFamily(
    name="VonMisesFisher",
    variable=x,
    space=sphere(),
    dimensions=(d,),
    parameters={unit_mu: sphere("direction"), kappa: positive("concentration")},
    log_density=(d / S(2) - 1) * log(kappa)
    - d * TWO_PI / 2
    - log(besseli(d / S(2) - 1, kappa))
    + kappa * (unit_mu.T * x)[0, 0],
    mean=besseli(d / S(2), kappa) / besseli(d / S(2) - 1, kappa) * unit_mu,
    entropy=-(d / S(2) - 1) * log(kappa)
    + d * TWO_PI / 2
    + log(besseli(d / S(2) - 1, kappa))
    - kappa * besseli(d / S(2), kappa) / besseli(d / S(2) - 1, kappa),
    mode=unit_mu,
    note="drawn by rejection: no map of noise of a fixed law is known for all d, so none is stated",
    scipy=SciPy("vonmises_fisher", mu=unit_mu, kappa=kappa),
    source=SCIPY + "vonmises_fisher",
)

Categorical = MultivariateFamily(
    name="Categorical",
    variable=x,
    space=Space("one-hot"),
    dimensions=(d,),
    parameters={p: simplex("probability")},
    log_density=sum_over(i, d, x[i, 0] * log(p[i, 0])),
    mean=p,
    covariance=DiagMatrix(p) - p * p.T,
    entropy=-sum_over(i, d, p[i, 0] * log(p[i, 0])),
    kl=(KullbackLeibler("Categorical", (p_2,), sum_over(i, d, p[i, 0] * (log(p[i, 0]) - log(p_2[i, 0])))),),
    scipy=SciPy("multinomial", n=S.One, p=p),
    note="one-hot; no unbiased pathwise gradient exists: Gumbel-max is exact, not differentiable; Concrete is biased",
    source=SCIPY + "multinomial, with n = 1",
)

Multinomial = MultivariateFamily(
    name="Multinomial",
    variable=x,
    space=Space("counts", bound=count),
    dimensions=(d,),
    parameters={count: Space("positive integer", "count", typical=(2, 5)), p: simplex("probability")},
    log_density=loggamma(count + 1) + sum_over(i, d, x[i, 0] * log(p[i, 0]) - loggamma(x[i, 0] + 1)),
    mean=count * p,
    covariance=count * (DiagMatrix(p) - p * p.T),
    scipy=SciPy("multinomial", n=count, p=p),
    note="no unbiased pathwise gradient exists",
    source=SCIPY + "multinomial",
)
