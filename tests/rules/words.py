"""The symbols and laws the tables of the rules' tests are written in."""

from __future__ import annotations

from symrep import function, negative, positive, real, unit
from symrep.distributions import Cauchy, Exponential, Gamma, Laplace, Logistic, Normal, Uniform

x, y, z, mu, eps, m, b, t = real("x y z mu eps m b t")
sigma, s, lam, w, a, theta = positive("sigma s lam w a theta")
k = negative("k")
u = unit("u")

N, N01, EXP, U01, LOGISTIC = Normal(mu, sigma), Normal(0, 1), Exponential(lam), Uniform(0, 1), Logistic(m, s)
GAMMA, LAPLACE, CAUCHY = Gamma(a, lam), Laplace(m, s), Cauchy(m, s)
PATH = mu + sigma * eps

f = function("f", smooth=1, growth=2)
g = function("g", smooth=0, growth=0)  # bounded and continuous, enough for every law
rough = function("h")  # nothing declared
