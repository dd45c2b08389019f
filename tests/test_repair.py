"""Diagnosis and repair: single-edit mistakes in true lines of this field, and corrections that must never be shown.

Measured on the mutants below (each a true line with one slip): a correction that was judged again is found for every
one of them; see ``test_mutants`` for the counts of originals. A correction is never trusted: it is decided anew.
"""

from __future__ import annotations

import time
from typing import Any

import pytest
import sympy as sp
from sympy import Abs, Heaviside, Integer, Integral, Piecewise, Rational, Sum, erf, exp, gamma, log, oo, pi, sqrt, tanh

from symrep.claim import Claim
from symrep.derivation import Line, derivation
from symrep.distributions import Exponential, Normal, Uniform
from symrep.judge import Limits, StepVerdict, decide, judge_line
from symrep.notation import KL, D, E, Var, density
from symrep.distribution import pushforward
from symrep.repair import diagnose, diagnose_identity
from symrep.repair import diagnosis as module
from symrep.repair.diagnosis import repairs
from symrep.repair.edits import Edit
from symrep.repair.judging import Bench
from symrep.repair.offset import difference, plain, quotient, where_zero
from symrep.repair.recognise import constant
from symrep.rules import algebra, change_of_variables, definition, differentiate_under_integral, evaluate
from symrep.rules import reparameterise, score_function
from symrep.symbols import function, indexed, integer, positive, positive_integer, real, unit
from symrep.translate import context_of, to_term
from symrep.verdict import Status

mu, m, x, y, z, t, eps = real("mu m x y z t eps")
sigma, s, lam, a, b, w, theta = positive("sigma s lam a b w theta")
n, d = positive_integer("n d")
p, q = unit("p q")
f = function("f", smooth=1, growth=2)
X, Z = Normal(mu, sigma), Normal(0, 1)

NORMAL = exp(-((x - mu) ** 2) / (2 * sigma**2)) / (sqrt(2 * pi) * sigma)
STANDARD = exp(-(y**2) / 2) / sqrt(2 * pi)
KL_NORMAL = log(s / sigma) + (sigma**2 + (mu - m) ** 2) / (2 * s**2) - Rational(1, 2)
LOGISTIC = exp(-(x - mu) / s) / (s * (1 + exp(-(x - mu) / s)) ** 2)
LOGPDF = -log(sigma) - log(2 * pi) / 2 - (x - mu) ** 2 / (2 * sigma**2)
GAMMA = b**a * w ** (a - 1) * exp(-b * w) / gamma(a)

#: (what went wrong, the truth in another form or the same, the true line, the line with the slip)
MUTANTS: list[tuple[str, Any, Any, Any]] = [
    ("variance left in the exponent", STANDARD, STANDARD, exp(-(y**2) / (2 * sigma**2)) / sqrt(2 * pi)),
    ("sigma for sigma**2", NORMAL, NORMAL, exp(-((x - mu) ** 2) / (2 * sigma)) / (sqrt(2 * pi) * sigma)),
    ("no 2 in the exponent", NORMAL, NORMAL, exp(-((x - mu) ** 2) / sigma**2) / (sqrt(2 * pi) * sigma)),
    ("sigma lost in front", NORMAL, NORMAL, exp(-((x - mu) ** 2) / (2 * sigma**2)) / sqrt(2 * pi)),
    ("sigma**2 in front", NORMAL, NORMAL, exp(-((x - mu) ** 2) / (2 * sigma**2)) / (sqrt(2 * pi) * sigma**2)),
    ("mean with the wrong sign", NORMAL, NORMAL, exp(-((x + mu) ** 2) / (2 * sigma**2)) / (sqrt(2 * pi) * sigma)),
    ("mean forgotten", NORMAL, NORMAL, exp(-(x**2) / (2 * sigma**2)) / (sqrt(2 * pi) * sigma)),
    ("square lost", NORMAL, NORMAL, exp(-(x - mu) / (2 * sigma**2)) / (sqrt(2 * pi) * sigma)),
    ("sign of the exponent", NORMAL, NORMAL, exp((x - mu) ** 2 / (2 * sigma**2)) / (sqrt(2 * pi) * sigma)),
    ("pi without root", STANDARD, STANDARD, exp(-(y**2) / 2) / (2 * pi)),
    ("root of pi, not of 2 pi", STANDARD, STANDARD, exp(-(y**2) / 2) / sqrt(pi)),
    ("KL: half lost", KL_NORMAL, KL_NORMAL, KL_NORMAL + Rational(1, 2)),
    ("KL: ratio upside down", KL_NORMAL, KL_NORMAL, KL_NORMAL - 2 * log(s / sigma)),
    ("KL: scales exchanged", KL_NORMAL, KL_NORMAL, KL_NORMAL.subs({s: sigma, sigma: s}, simultaneous=True)),
    (
        "KL: 2 lost",
        KL_NORMAL,
        KL_NORMAL,
        log(s / sigma) + (sigma**2 + (mu - m) ** 2) / s**2 - Rational(1, 2),
    ),
    ("KL: mean term dropped", KL_NORMAL, KL_NORMAL, log(s / sigma) + sigma**2 / (2 * s**2) - Rational(1, 2)),
    (
        "KL: sign of the variance",
        KL_NORMAL,
        KL_NORMAL,
        log(s / sigma) + (-(sigma**2) + (mu - m) ** 2) / (2 * s**2) - Rational(1, 2),
    ),
    (
        "VAE: sign",
        (mu**2 + sigma**2 - 1 - log(sigma**2)) / 2,
        -(1 + log(sigma**2) - mu**2 - sigma**2) / 2,
        -(1 + log(sigma**2) + mu**2 - sigma**2) / 2,
    ),
    (
        "VAE: log sigma",
        (mu**2 + sigma**2 - 1 - 2 * log(sigma)) / 2,
        (mu**2 + sigma**2 - 1) / 2 - log(sigma),
        (mu**2 + sigma**2 - 1) / 2 - log(sigma) / 2,
    ),
    ("score in mu: sigma", (x - mu) / sigma**2, (x - mu) / sigma**2, (x - mu) / sigma),
    ("score in mu: sign", (x - mu) / sigma**2, (x - mu) / sigma**2, (mu - x) / sigma**2),
    (
        "score in sigma: power",
        -1 / sigma + (x - mu) ** 2 / sigma**3,
        -1 / sigma + (x - mu) ** 2 / sigma**3,
        -1 / sigma + (x - mu) ** 2 / sigma**2,
    ),
    (
        "score in sigma: term dropped",
        ((x - mu) ** 2 - sigma**2) / sigma**3,
        -1 / sigma + (x - mu) ** 2 / sigma**3,
        (x - mu) ** 2 / sigma**3,
    ),
    ("log-density: half lost", LOGPDF, LOGPDF, -log(sigma) - log(2 * pi) - (x - mu) ** 2 / (2 * sigma**2)),
    ("log-density: sign of log sigma", LOGPDF, LOGPDF, log(sigma) - log(2 * pi) / 2 - (x - mu) ** 2 / (2 * sigma**2)),
    ("log-density: log sigma dropped", LOGPDF, LOGPDF, -log(2 * pi) / 2 - (x - mu) ** 2 / (2 * sigma**2)),
    (
        "Jacobian of exp dropped",
        exp(-((log(w) - mu) ** 2) / 2) / (sqrt(2 * pi) * w),
        exp(-((log(w) - mu) ** 2) / 2) / (sqrt(2 * pi) * w),
        exp(-((log(w) - mu) ** 2) / 2) / sqrt(2 * pi),
    ),
    (
        "Jacobian of exp inverted",
        exp(-((log(w) - mu) ** 2) / 2) / (sqrt(2 * pi) * w),
        exp(-((log(w) - mu) ** 2) / 2) / (sqrt(2 * pi) * w),
        w * exp(-((log(w) - mu) ** 2) / 2) / sqrt(2 * pi),
    ),
    (
        "Jacobian of the square: 2",
        exp(-w / 2) / sqrt(2 * pi * w),
        exp(-w / 2) / sqrt(2 * pi * w),
        exp(-w / 2) / (2 * sqrt(2 * pi * w)),
    ),
    ("logistic: no square", LOGISTIC, LOGISTIC, exp(-(x - mu) / s) / (s * (1 + exp(-(x - mu) / s)))),
    ("logistic: scale lost", LOGISTIC, LOGISTIC, exp(-(x - mu) / s) / (1 + exp(-(x - mu) / s)) ** 2),
    (
        "logistic: minus in the denominator",
        LOGISTIC,
        LOGISTIC,
        exp(-(x - mu) / s) / (s * (1 - exp(-(x - mu) / s)) ** 2),
    ),
    ("exponential: scale for rate", lam * exp(-lam * w), lam * exp(-lam * w), lam * exp(-w / lam)),
    ("exponential: rate lost", lam * exp(-lam * w), lam * exp(-lam * w), exp(-lam * w)),
    ("gamma: exponent a", GAMMA, GAMMA, b**a * w**a * exp(-b * w) / gamma(a)),
    ("gamma: rate lost in front", GAMMA, GAMMA, w ** (a - 1) * exp(-b * w) / gamma(a)),
    ("gamma: a + 1", GAMMA, GAMMA, b**a * w ** (a - 1) * exp(-b * w) / gamma(a + 1)),
    ("second moment: sigma", mu**2 + sigma**2, mu**2 + sigma**2, mu**2 + sigma),
    ("second moment: mean dropped", mu**2 + sigma**2, mu**2 + sigma**2, sigma**2),
    (
        "variance of the score estimate",
        mu**4 / sigma**2 + 14 * mu**2 + 15 * sigma**2,
        mu**4 / sigma**2 + 14 * mu**2 + 15 * sigma**2,
        mu**4 / sigma**2 + 14 * mu**2 + 15 * sigma,
    ),
    ("log-normal mean: half", exp(mu + sigma**2 / 2), exp(mu + sigma**2 / 2), exp(mu + sigma**2)),
    ("log-normal mean: sigma", exp(mu + sigma**2 / 2), exp(mu + sigma**2 / 2), exp(mu + sigma / 2)),
    ("entropy: half", log(2 * pi * sigma**2) / 2, log(2 * pi * sigma**2) / 2, log(2 * pi * sigma**2)),
    ("tanh: sign", 1 - tanh(x) ** 2, 1 - tanh(x) ** 2, 1 + tanh(x) ** 2),
    ("softplus: sign", log(1 + exp(x)), x + log(1 + exp(-x)), -x + log(1 + exp(-x))),
    ("mixture: weights exchanged", p * x + (1 - p) * y, p * x + (1 - p) * y, (1 - p) * x + p * y),
    ("folded: root of 2", erf(w / sqrt(2)), erf(w / sqrt(2)), erf(w)),
]


def _bench(right: Any, bad: Any) -> Bench:
    return Bench(context_of([right, bad], ()), Limits())


def _count() -> tuple[int, int, int, list[str], float]:
    repaired, among, first, lost, slowest = 0, 0, 0, [], 0.0
    for what, right, line, bad in MUTANTS:
        start = time.monotonic()
        found = [r for r in repairs(bad, right, _bench(right, bad)) if r.edit is not None]
        slowest = max(slowest, time.monotonic() - start)
        same = [sp.expand(r.expr - line) == 0 for r in found]
        repaired += bool(found)
        among += any(same)
        first += bool(same) and same[0]
        if not (same and same[0]):
            lost.append(f"{what}: {[str(r.expr) for r in found]}")
    return repaired, among, first, lost, slowest


def test_mutants() -> None:
    repaired, among, first, lost, slowest = _count()
    print(repaired, among, first, len(MUTANTS), slowest, *lost, sep="\n")
    assert repaired == len(MUTANTS)
