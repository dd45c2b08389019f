"""Every derivation of the gallery is proved, says what it proves and where it comes from, and ends in the right value.

The values are computed here a second time, by mpmath, from the definitions alone: densities, quadrature, differences.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import mpmath as mp
import pytest
import sympy as sp

from symrep.audit.check import check
from symrep.derivation import Admitted, Derivation
from symrep.determinant import Determinant_
from symrep.report import DerivationReport
from symrep.session import Session, derivations_of, load
from symrep.verdict import Status

FOLDER = Path(__file__).parents[1] / "derivations"
SCRIPTS = sorted(FOLDER.glob("*.py"))


@cache
def session(path: Path) -> tuple[Session, dict[str, Derivation]]:
    return Session(), {d.name: d for d in derivations_of(load(path))}


@cache
def report(path: Path, name: str) -> DerivationReport:
    judge, known = session(path)
    return judge.judge(known[name])


ALL = [(p, d) for p in SCRIPTS for d in session(p)[1].values()]
#: the scripts whose values are computed a second time below; names are their own only within a script
FIRST = ("change_of_variables", "estimators", "reparameterization", "standardisation", "vae", "without_smoothness")
BY_NAME = {d.name: d for p, d in ALL if p.stem in FIRST}
EVERY = pytest.mark.parametrize(("path", "name"), [pytest.param(p, d.name, id=f"{p.stem}-{d.name}") for p, d in ALL])


def test_the_gallery_is_there() -> None:
    assert {p.stem for p in SCRIPTS} >= set(FIRST)
    assert len({(p.stem, d.name) for p, d in ALL}) == len(ALL) >= 100
    assert len(BY_NAME) >= 50


@EVERY
def test_is_proved_and_says_what_on_whose_word(path: Path, name: str) -> None:
    """Judged by the kernel, then by the second checker; and what is told of it."""
    d = session(path)[1][name]
    assert d.theorem.endswith(".")
    assert d.theorem.count("$") % 2 == 0
    assert len(d.source) > 10
    assert d.expected is None
    assert not any(isinstance(line.reason, Admitted) for line in d.lines())
    r = report(path, name)
    assert r.error == ""
    lines = [*session(path)[1][name].lines()]
    least = [Status.SUPPORTED if line.op == "~" else Status.PROVED for line in lines]  # numbers alone say "about"
    weak = [(s.number, s.status.name, s.message) for s, at in zip(r.steps, least, strict=True) if s.status < at]
    assert not weak
    assert r.status is min(least)
    proofs = [p.verdict["certificate"] for step in r.steps for p in step.parts if p.verdict.get("certificate")]
    assert proofs
    answers = [check(json.loads(json.dumps(dict(data)))) for data in proofs]
    assert [a.reason for a in answers if a.status != "ok"] == []


# --- the values, computed here a second time ----------------------------------------------------------------------

POINTS = [(mp.mpf("0.7"), mp.mpf("1.3")), (mp.mpf("-0.4"), mp.mpf("0.6"))]
AT = pytest.mark.parametrize(("mu", "sigma"), POINTS, ids=["right", "left"])


def last(name: str, **at: Any) -> Any:
    """The last line of a derivation as a number."""
    expr = list(BY_NAME[name].lines())[-1].expr
    expr = expr.replace(lambda e: isinstance(e, Determinant_), lambda e: e.matrix().det())
    table = {s: sp.Float(str(at[s.name]), 30) for s in expr.free_symbols}
    return mp.mpf(str(sp.N(expr.replace(_is_density, lambda e: e.formula()).subs(table), 25)))


def _is_density(e: Any) -> bool:
    return type(e).__name__ == "Density"


def mean(f: Callable[[Any], Any], mu: Any, sigma: Any) -> Any:
    """E f(z), z normal, by quadrature cut at 0 where the functions of the gallery have their kinks and jumps."""
    cuts = sorted({mp.mpf(0), *(mu + k * sigma for k in range(-16, 17, 2))})
    return mp.fsum(mp.quad(lambda z: f(z) * mp.npdf(z, mu, sigma), [a, b]) for a, b in pairwise(cuts))


def slope(g: Callable[[Any], Any], at: Any) -> Any:
    h = mp.mpf("1e-3")
    return (8 * (g(at + h) - g(at - h)) - g(at + 2 * h) + g(at - 2 * h)) / (12 * h)


def by_mu(f: Callable[[Any], Any], mu: Any, sigma: Any) -> Any:
    return slope(lambda m: mean(f, m, sigma), mu)


def by_sigma(f: Callable[[Any], Any], mu: Any, sigma: Any) -> Any:
    return slope(lambda s: mean(f, mu, s), sigma)


def twice_by_mu(f: Callable[[Any], Any], mu: Any, sigma: Any) -> Any:
    h = mp.mpf("1e-3")
    return (mean(f, mu + h, sigma) - 2 * mean(f, mu, sigma) + mean(f, mu - h, sigma)) / h**2


def step(z: Any) -> int:
    return 1 if z > 0 else 0


def square(z: Any) -> Any:
    return z * z


def rectifier(z: Any) -> Any:
    return max(z, mp.mpf(0))


WAYS = ("pathwise", "score_function", "closed_form")
GRADIENTS = [
    *((f"{name}_{way}", by_mu, f) for name, f in (("square", square), ("sine", mp.sin)) for way in WAYS),
    *((f"exponential_{way}", by_mu, mp.exp) for way in WAYS),
    *((f"square_{way}_by_sigma", by_sigma, square) for way in WAYS),
    ("exponential_pathwise_by_sigma", by_sigma, mp.exp),
    *((f"step_{way}", by_mu, step) for way in WAYS),
    *((f"absolute_value_{way}", by_mu, abs) for way in WAYS),
    *((f"rectifier_{way}", by_mu, rectifier) for way in WAYS),
    ("missing_term_of_the_square", by_mu, square),
]


@AT
@pytest.mark.parametrize(("name", "derivative", "f"), [pytest.param(*g, id=g[0]) for g in GRADIENTS])
def test_gradients(name: str, derivative: Any, f: Any, mu: Any, sigma: Any) -> None:
    assert mp.almosteq(last(name, mu=mu, sigma=sigma), derivative(f, mu, sigma), 1e-8)


@AT
@pytest.mark.parametrize(
    ("name", "f"),
    [
        ("absolute_value_second_derivative", abs),
        ("absolute_value_second_derivative_by_the_score", abs),
        ("rectifier_second_derivative", rectifier),
    ],
)
def test_second_derivatives(name: str, f: Any, mu: Any, sigma: Any) -> None:
    assert mp.almosteq(last(name, mu=mu, sigma=sigma), twice_by_mu(f, mu, sigma), 1e-4)


@AT
def test_variances(mu: Any, sigma: Any) -> None:
    def score(z: Any) -> Any:
        return z**2 * (z - mu) / sigma**2

    def pathwise(z: Any) -> Any:
        return 2 * z

    def variance(f: Any) -> Any:
        return mean(lambda z: f(z) ** 2, mu, sigma) - mean(f, mu, sigma) ** 2

    assert mp.almosteq(last("score_function_variance", mu=mu, sigma=sigma), variance(score), 1e-9)
    assert mp.almosteq(last("pathwise_variance", mu=mu, sigma=sigma), variance(pathwise), 1e-9)
    assert variance(score) > variance(pathwise)
    assert mp.almosteq(variance(score), mu**4 / sigma**2 + 14 * mu**2 + 15 * sigma**2, 1e-9)
    assert mp.almosteq(variance(pathwise), 4 * sigma**2, 1e-9)


@AT
def test_divergence(mu: Any, sigma: Any) -> None:
    value = mean(lambda z: mp.log(mp.npdf(z, mu, sigma) / mp.npdf(z)), mu, sigma)
    assert mp.almosteq(last("gaussian_kl", mu=mu, sigma=sigma), value, 1e-9)
    last_line = list(BY_NAME["gaussian_kl_in_d_dimensions"].lines())[-1].expr
    (total,) = last_line.atoms(sp.Sum)
    summand = last_line.xreplace({total: total.function})  # the last line for d = 1
    table = {e: v for e in summand.atoms(sp.Indexed) for v in [mu if str(e.base) == "mu" else sigma]}
    assert mp.almosteq(mp.mpf(str(sp.N(summand.subs(table), 20))), value, 1e-9)


DENSITIES: list[tuple[str, dict[str, float], Callable[..., Any]]] = [
    ("standardisation", {"y": 0.8}, lambda y: mp.npdf(y)),
    ("normal_from_standard_normal", {"x": 0.8, "mu": 0.3, "sigma": 1.7}, lambda x, mu, sigma: mp.npdf(x, mu, sigma)),
    ("minus_logarithm", {"w": 0.9, "lambda": 1.7}, lambda w, **rate: rate["lambda"] * mp.exp(-rate["lambda"] * w)),
    # distribution functions differentiated
    ("square_of_a_normal", {"w": 0.9}, lambda w: mp.diff(lambda v: mp.erf(mp.sqrt(v / 2)), w)),
    (
        "lognormal",
        {"w": 0.9, "mu": 0.3, "sigma": 0.7},
        lambda w, mu, sigma: mp.diff(lambda v: mp.ncdf(mp.log(v), mu, sigma), w),
    ),
    (
        "triangular_map_of_the_plane",
        {"y1": 0.4, "y2": -0.3, "a": -1.2, "c": 0.5, "d": 0.8},
        lambda y1, y2, a, c, d: mp.npdf(y1, 0, abs(a)) * mp.npdf(y2, c * y1 / a, abs(d)),
    ),
]


@pytest.mark.parametrize(("name", "at", "value"), [pytest.param(*d, id=d[0]) for d in DENSITIES])
def test_densities(name: str, at: dict[str, float], value: Callable[..., Any]) -> None:
    numbers = {k: mp.mpf(str(v)) for k, v in at.items()}
    assert mp.almosteq(last(name, **numbers), value(**numbers), 1e-9)


# --- the post ------------------------------------------------------------------------------------------------------


def test_every_line_of_the_post_stands_as_the_post_prints_it() -> None:
    path = FOLDER / "standardisation.py"
    got = [s.latex.replace(" ", "") for s in report(path, "standardisation").steps]
    exponent = r"\exp\left(-\frac{1}{2\sigma^2}(g(y)-\mu)^2\right)"
    for line in (
        "f_Y(y)",
        r"\frac{1\cdot\sigma}{\sqrt{2\pi\sigma^2}}" + exponent,
        r"\frac{1}{\sqrt{2\pi}}" + exponent,
        r"\frac{1}{\sqrt{2\pi}}\exp\left(-\frac{\sigma^2y^2}{2\sigma^2}\right)",
        r"\frac{1}{\sqrt{2\pi}}\exp\left(-\frac{y^2}{2}\right)",
        r"\mathcal{N}(y\mid0,1)",
    ):
        assert line.replace(" ", "") in got
    assert any(line.startswith("f_X(g(y))") for line in got)


def test_three_ways_to_a_gradient_end_in_the_same_line() -> None:
    for stem in ("square", "sine", "exponential", "step", "absolute_value", "rectifier"):
        ends = {list(BY_NAME[f"{stem}_{way}"].lines())[-1].expr for way in WAYS}
        assert len(ends) == 1
