"""Textbook entries, right, and with one mistake planted each: the field that is wrong, and words that name it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import EulerGamma, Piecewise, Rational, S, exp, gamma, log, oo, pi, polygamma, sign, sqrt

from symrep import (
    Interval,
    KullbackLeibler,
    Pathwise,
    PositiveReals,
    Reals,
    UnitInterval,
    positive,
    positive_line,
    real,
    real_line,
    unit,
)
from symrep.entry import Integers, unit_interval
from symrep.symbols import nonnegative_integer, positive_integer

x, m, a, b = real("x m a b")
y, al, be, s, sg, e, sg2, la, ta = positive("y alpha beta s sigma e sigma_2 lam tau")
m2 = real("m_2")
al2, be2 = positive("alpha_2 beta_2")
u, p = unit("u p")
k = nonnegative_integer("k")
n = positive_integer("n")
k1 = positive_integer("k")
U01 = ("Uniform", (0, 1))
N01 = ("Normal", (0, 1))

NORMAL_KL = log(sg2 / sg) + (sg**2 + (m - m2) ** 2) / (2 * sg2**2) - Rational(1, 2)
TURNED_KL = log(sg / sg2) + (sg2**2 + (m - m2) ** 2) / (2 * sg**2) - Rational(1, 2)

#: name -> a right entry
RIGHT: Mapping[str, dict[str, Any]] = {
    "MyGamma": {
        "variable": x,
        "support": PositiveReals,
        "parameters": {al: positive_line(role="shape"), be: positive_line(role="rate")},
        "density": be**al * x ** (al - 1) * exp(-be * x) / gamma(al),
        "mean": al / be,
        "variance": al / be**2,
        "entropy": al - log(be) + log(gamma(al)) + (1 - al) * polygamma(0, al),
        "mode": (al - 1) / be,
        "conditions": {"mode": al > 1},
        "statistics": (log(x), x),
        "kl": (
            KullbackLeibler(
                "MyGamma",
                (al2, be2),
                (al - al2) * polygamma(0, al)
                - log(gamma(al))
                + log(gamma(al2))
                + al2 * (log(be) - log(be2))
                + al * (be2 - be) / be,
            ),
        ),
    },
    "MyNormal": {
        "variable": x,
        "support": Reals,
        "parameters": {m: real_line(role="location"), sg: positive_line(role="standard deviation")},
        "density": exp(-((x - m) ** 2) / (2 * sg**2)) / (sg * sqrt(2 * pi)),
        "mean": m,
        "variance": sg**2,
        "entropy": log(2 * pi * S.Exp1 * sg**2) / 2,
        "mode": m,
        "score": {m: (x - m) / sg**2, sg: (x - m) ** 2 / sg**3 - 1 / sg},
        "kl": (
            KullbackLeibler(
                "MyNormal", (m2, sg2), log(sg2 / sg) + (sg**2 + (m - m2) ** 2) / (2 * sg2**2) - Rational(1, 2)
            ),
        ),
        "pathwise": (Pathwise(x, N01, m + sg * x),),
    },
    "MyGumbel": {
        "variable": x,
        "support": Reals,
        "parameters": {m: real_line(role="location"), s: positive_line(role="scale")},
        "density": exp(-(x - m) / s - exp(-(x - m) / s)) / s,
        "cdf": exp(-exp(-(x - m) / s)),
        "quantile": m - s * log(-log(u)),
        "mean": m + EulerGamma * s,
        "variance": pi**2 * s**2 / 6,
        "entropy": log(s) + EulerGamma + 1,
        "mode": m,
        "pathwise": (Pathwise(u, U01, m - s * log(-log(u))),),
    },
    "MyPareto": {
        "variable": y,
        "support": Interval(ta, oo),
        "parameters": {ta: positive_line(role="scale"), al: positive_line((1.5, 4.0), role="shape")},
        "density": al * ta**al / y ** (al + 1),
        "cdf": 1 - (ta / y) ** al,
        "quantile": ta * (1 - u) ** (-1 / al),
        "mean": al * ta / (al - 1),
        "conditions": {"mean": al > 1},
        "entropy": log(ta / al) + 1 + 1 / al,
        "mode": ta,
        "pathwise": (Pathwise(u, U01, ta * (1 - u) ** (-1 / al)),),
    },
    "MyRayleigh": {
        "variable": y,
        "support": PositiveReals,
        "parameters": {s: positive_line(role="scale")},
        "density": y / s**2 * exp(-(y**2) / (2 * s**2)),
        "cdf": 1 - exp(-(y**2) / (2 * s**2)),
        "quantile": s * sqrt(-2 * log(1 - u)),
        "mean": s * sqrt(pi / 2),
        "variance": (4 - pi) * s**2 / 2,
        "entropy": 1 + log(s / sqrt(2)) + EulerGamma / 2,
        "mode": s,
        "pathwise": (Pathwise(u, U01, s * sqrt(-2 * log(1 - u))),),
    },
    "MyLaplace": {
        "variable": x,
        "support": Reals,
        "parameters": {m: real_line(role="location"), s: positive_line(role="scale")},
        "density": exp(-abs(x - m) / s) / (2 * s),
        "cdf": Rational(1, 2) + sign(x - m) * (1 - exp(-abs(x - m) / s)) / 2,
        "mean": m,
        "variance": 2 * s**2,
        "entropy": 1 + log(2 * s),
        "mode": m,
    },
    "MyKumaraswamy": {
        "variable": x,
        "support": UnitInterval,
        "parameters": {al: positive_line(role="shape"), be: positive_line(role="shape")},
        "density": al * be * x ** (al - 1) * (1 - x**al) ** (be - 1),
        "cdf": 1 - (1 - x**al) ** be,
        "quantile": (1 - (1 - u) ** (1 / be)) ** (1 / al),
        "pathwise": (Pathwise(u, U01, (1 - (1 - u) ** (1 / be)) ** (1 / al)),),
    },
    "MyPoisson": {
        "variable": k,
        "support": Integers(0, oo),
        "parameters": {la: positive_line(role="rate")},
        "pmf": la**k * exp(-la) / gamma(k + 1),
        "mean": la,
        "variance": la,
        "statistics": (k,),
    },
    "MyGeometric": {
        "variable": k,
        "support": Integers(0, oo),
        "parameters": {p: unit_interval(role="probability")},
        "pmf": p * (1 - p) ** k,
        "cdf": 1 - (1 - p) ** (k + 1),
        "mean": (1 - p) / p,
        "variance": (1 - p) / p**2,
        "mode": 0,
    },
}

#: textbook laws that the catalogue has not
RIGHT = {
    **RIGHT,
    "MyBates": {  # the mean of two uniform numbers
        "variable": x,
        "support": UnitInterval,
        "parameters": {},
        "density": Piecewise((4 * x, x < Rational(1, 2)), (4 * (1 - x), True)),
        "cdf": Piecewise((2 * x**2, x < Rational(1, 2)), (1 - 2 * (1 - x) ** 2, True)),
        "mean": Rational(1, 2),
        "variance": Rational(1, 24),
        "mode": Rational(1, 2),
    },
    "MyExponentiatedExponential": {
        "variable": y,
        "support": PositiveReals,
        "parameters": {al: positive_line(role="shape"), la: positive_line(role="rate")},
        "density": al * la * exp(-la * y) * (1 - exp(-la * y)) ** (al - 1),
        "cdf": (1 - exp(-la * y)) ** al,
        "quantile": -log(1 - u ** (1 / al)) / la,
        "mean": (polygamma(0, al + 1) + EulerGamma) / la,
        "variance": (pi**2 / 6 - polygamma(1, al + 1)) / la**2,
        "entropy": -log(al * la) + polygamma(0, al + 1) + EulerGamma + 1 - 1 / al,
        "mode": log(al) / la,
        "conditions": {"mode": al > 1},
    },
    "MyGumbelOfTheSecondType": {
        "variable": y,
        "support": PositiveReals,
        "parameters": {al: positive_line((2.5, 5.0), "shape"), be: positive_line()},
        "density": al * be * y ** (-al - 1) * exp(-be * y ** (-al)),
        "cdf": exp(-be * y ** (-al)),
        "mean": be ** (1 / al) * gamma(1 - 1 / al),
        "conditions": {"mean": al > 1},
    },
    "MyFlorySchulz": {
        "variable": k1,
        "support": Integers(1, oo),
        "parameters": {p: unit_interval()},
        "pmf": p**2 * k1 * (1 - p) ** (k1 - 1),
        "cdf": 1 - (1 - p) ** k1 * (1 + p * k1),
        "mean": 2 / p - 1,
        "variance": (2 - 2 * p) / p**2,
        "statistics": (k1,),
    },
    "MyGaussKuzmin": {
        "variable": k1,
        "support": Integers(1, oo),
        "parameters": {},
        "pmf": -log(1 - 1 / (k1 + 1) ** 2) / log(2),
        "cdf": 1 - log((k1 + 2) / (k1 + 1)) / log(2),
        "mode": 1,
    },
}

#: (entry, the field changed and what it is changed to, the law that finds it, words the naming has)
PLANTS: list[tuple[str, dict[str, Any], str, str]] = [
    # support
    ("MyNormal", {"support": PositiveReals}, "mass", "is the support right?"),
    ("MyKumaraswamy", {"support": PositiveReals}, "nonnegative", "is the support right?"),
    ("MyPareto", {"support": PositiveReals}, "mass", "is the support right?"),
    ("MyRayleigh", {"support": Reals}, "nonnegative", "the support"),
    ("MyPoisson", {"support": Integers(1, oo)}, "mass", "is the support right?"),
    # factor, normalising constant
    ("MyNormal", {"density": exp(-((x - m) ** 2) / (2 * sg**2)) / sqrt(2 * pi * sg)}, "mass", "sqrt(sigma)"),
    ("MyLaplace", {"density": exp(-abs(x - m) / s) / s}, "mass", "to 2"),
    ("MyGamma", {"density": be**al * x ** (al - 1) * exp(-be * x)}, "mass", "gamma(alpha)"),
    ("MyGumbel", {"variance": pi**2 * s**2 / 3}, "variance", "factor 2"),
    ("MyLaplace", {"variance": s**2}, "variance", "factor 1/2"),
    ("MyRayleigh", {"mean": s * sqrt(pi) / 2}, "mean", "factor sqrt(2)/2"),
    # sign
    ("MyGumbel", {"mean": m - EulerGamma * s}, "mean", "sign"),
    ("MyNormal", {"mean": -m}, "mean", "sign"),
    ("MyNormal", {"score": {m: (m - x) / sg**2}}, "score", "sign"),
    ("MyLaplace", {"cdf": Rational(1, 2) - sign(x - m) * (1 - exp(-abs(x - m) / s)) / 2}, "cdf", "wrong tail"),
    # rate for scale
    ("MyGamma", {"mean": al * be}, "mean", "beta is declared a rate and this is the formula for a scale"),
    ("MyGamma", {"variance": al * be**2}, "variance", "beta is declared a rate and this is the formula for a scale"),
    (
        "MyGamma",
        {"density": x ** (al - 1) * exp(-x / be) / (gamma(al) * be**al)},
        "roles",
        "beta is declared a rate, but the density is the one for a scale",
    ),
    ("MyRayleigh", {"quantile": sqrt(-2 * log(1 - u)) / s}, "quantile", "formula for a rate"),
    # sigma for sigma**2
    ("MyNormal", {"variance": sg}, "variance", "standard deviation"),
    (
        "MyNormal",
        {"density": exp(-((x - m) ** 2) / (2 * sg)) / sqrt(2 * pi * sg)},
        "roles",
        "sigma is declared a standard deviation, but the density is the one for a variance",
    ),
    # entropies copied wrongly
    ("MyGumbel", {"entropy": log(s) + EulerGamma}, "entropy", "off by -1"),
    ("MyLaplace", {"entropy": 1 + log(s)}, "entropy", "off by -log(2)"),
    ("MyNormal", {"entropy": log(2 * pi * sg**2) / 2}, "entropy", "off by -1/2"),
    ("MyNormal", {"entropy": log(2 * pi * S.Exp1 * sg) / 2}, "entropy", "sigma"),
    ("MyRayleigh", {"entropy": 1 + log(s / sqrt(2)) - EulerGamma / 2}, "entropy", "Euler"),
    ("MyGamma", {"entropy": al + log(be) + log(gamma(al)) + (1 - al) * polygamma(0, al)}, "entropy", "rate"),
    ("MyPareto", {"entropy": log(al / ta) + 1 + 1 / al}, "entropy", ""),
    # mode
    ("MyGamma", {"mode": al / be}, "mode", "the mean"),
    ("MyGumbel", {"mode": m + EulerGamma * s}, "mode", "the mean"),
    ("MyPareto", {"mode": 0}, "mode", "outside of the support"),
    ("MyGeometric", {"mode": 1}, "mode", ""),
    # the cdf of the wrong tail
    ("MyPareto", {"cdf": (ta / y) ** al}, "cdf", "wrong tail"),
    ("MyRayleigh", {"cdf": exp(-(y**2) / (2 * s**2))}, "cdf", "wrong tail"),
    ("MyGeometric", {"cdf": 1 - (1 - p) ** k}, "cdf", "off by one"),
    ("MyPareto", {"quantile": ta * u ** (-1 / al)}, "quantile", "wrong tail"),
    # maps of noise: a Jacobian lost, ends exchanged, a rate for a scale
    ("MyRayleigh", {"pathwise": (Pathwise(u, U01, s * -2 * log(1 - u)),)}, "pathwise", ""),
    ("MyRayleigh", {"pathwise": (Pathwise(u, U01, sqrt(-2 * log(1 - u)) / s),)}, "pathwise", "formula for a rate"),
    ("MyPareto", {"pathwise": (Pathwise(u, U01, ta * (1 - u) ** (1 / al)),)}, "pathwise", "out of the support"),
    ("MyNormal", {"pathwise": (Pathwise(x, N01, m + sg**2 * x),)}, "pathwise", "sigma**2 stands where sigma should"),
    ("MyGumbel", {"pathwise": (Pathwise(u, U01, m + s * log(-log(u))),)}, "pathwise", ""),
    # divergences
    (
        "MyNormal",
        {
            "kl": (
                KullbackLeibler(
                    "MyNormal", (m2, sg2), log(sg / sg2) + (sg2**2 + (m - m2) ** 2) / (2 * sg**2) - Rational(1, 2)
                ),
            )
        },
        "divergence",
        "the arguments are exchanged",
    ),
    (
        "MyNormal",
        {"kl": (KullbackLeibler("MyNormal", (m2, sg2), NORMAL_KL + Rational(1, 2)),)},
        "divergence",
        "off by",
    ),
    # discrete
    ("MyPoisson", {"variance": la**2}, "variance", "lam"),
    ("MyGeometric", {"mean": 1 / p}, "mean", "off by 1"),
    ("MyGeometric", {"mean": p / (1 - p)}, "mean", "success for failure"),
    ("MyGeometric", {"pmf": p * (1 - p) ** (k - 1)}, "mass", ""),
    ("MyPoisson", {"statistics": (k**2,)}, "statistics", "not sufficient"),
    # laws the catalogue has not
    ("MyBates", {"variance": Rational(1, 12)}, "variance", "factor 2"),  # that of one uniform number
    ("MyBates", {"entropy": Rational(1, 2)}, "entropy", "off by log(2)"),
    ("MyExponentiatedExponential", {"conditions": {}}, "mode", "is a condition on the parameters missing"),
    (
        "MyExponentiatedExponential",
        {"entropy": -log(al * la) + polygamma(0, al + 1) + EulerGamma - 1 + 1 / al},
        "entropy",
        "off by -2 + 2/alpha",
    ),
    ("MyExponentiatedExponential", {"mean": (polygamma(0, al) + EulerGamma) / la}, "mean", "off by one"),
    (
        "MyGumbelOfTheSecondType",
        {"mean": be ** (1 / al) * gamma(1 + 1 / al)},
        "mean",
        "1 + 1/alpha stands where 1 - 1/alpha should",
    ),
    ("MyFlorySchulz", {"mean": 2 / p}, "mean", "off by 1"),
    ("MyGaussKuzmin", {"cdf": 1 - log((k1 + 1) / k1) / log(2)}, "cdf", "P(X < x), not P(X <= x)"),
    ("MyGaussKuzmin", {"mode": 2}, "mode", ""),
]
