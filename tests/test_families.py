"""Every closed form of a continuous entry against quadrature of its density, and against SciPy's values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest
import scipy.special as special
import scipy.stats as stats
import sympy as sp
from quadrature import pieces

import symrep.distributions
from symrep.family import FAMILIES, LEVEL, Family

NAMES = sorted(n for n in symrep.distributions.__all__ if not FAMILIES[n].discrete)
#: three members of every family, none of them symmetric: where in each typical range
PARTS = (
    (0.1416, 0.618, 0.3026, 0.807, 0.43),
    (0.7183, 0.236, 0.9129, 0.354, 0.11),
    (0.4142, 0.866, 0.5773, 0.12, 0.77),
)
#: what NumPy lacks
FUNCTIONS = {
    "expint": lambda n, x: special.expn(int(n), x),
    "erfinv": special.erfinv,
    "lowergamma": lambda a, x: special.gammainc(a, x) * special.gamma(a),
    "uppergamma": lambda a, x: special.gammaincc(a, x) * special.gamma(a),
    "regularized": lambda a, b, low, high: special.betainc(a, b, high) - special.betainc(a, b, low),
}
Env = Mapping[Any, float]
NOTHING = sp.Dummy()


@cache
def _compiled(e: Any, names: tuple[Any, ...]) -> Callable[..., Any]:
    plain = {s: sp.Dummy() for s in names}
    e = e.xreplace(plain).replace(sp.betainc_regularized, sp.Function("regularized"))  # SymPy prints it unbracketed
    return sp.lambdify(list(plain.values()), e, modules=[FUNCTIONS, "scipy", "numpy"])


def function(e: Any, variable: Any, env: Env) -> Callable[[Any], Any]:
    """A formula as a function of one symbol, the others put in."""
    body = _compiled(sp.sympify(e), (variable, *env))

    def call(x: Any) -> Any:
        with np.errstate(all="ignore"):
            return np.broadcast_to(body(x, *env.values()), np.shape(x))

    return call


def value(e: Any, env: Env) -> float:
    e = sp.sympify(e)
    return float(e) if e.is_number else float(function(e, NOTHING, env)(0.0))


def member(family: Family, part: tuple[float, ...]) -> dict[Any, float]:
    env = {}
    for (s, domain), q in zip(family.parameters.items(), part, strict=False):
        low, high = domain.typical
        env[s] = low + (high - low) * q
        if domain.kind.endswith("integer"):
            env[s] = float(round(env[s]))
    return env


def holds(family: Family, formula: str, env: Env) -> bool:
    return all(bool(sp.sympify(r).subs(env)) for r in family.given(formula))


def counterpart(family: Family, env: Env) -> Any:
    if family.scipy is None:
        return None
    return getattr(stats, family.scipy.name)(**{k: value(v, env) for k, v in family.scipy.arguments.items()})


def close(a: Any, b: Any, tolerance: float = 1e-6) -> bool:
    return bool(np.all(np.abs(np.asarray(a) - b) <= tolerance * (1 + np.abs(b))))


class Member:
    """A family at one point of its parameters, with nodes to integrate over its support."""

    def __init__(self, family: Family, env: Env) -> None:
        self.family, self.env = family, env
        self.low, self.high = value(family.support.low, env), value(family.support.high, env)
        self.density = function(family.density, family.variable, env)
        self.scipy = counterpart(family, env)
        if family.quantile is not None:
            inside = function(family.quantile, LEVEL, env)(np.array([0.1, 0.5, 0.9]))
        elif self.scipy is not None:
            inside = self.scipy.ppf([0.1, 0.5, 0.9])
        else:
            mean, sd = value(family.mean, env), value(family.variance, env) ** 0.5
            inside = mean + sd * np.array([-1.2, 0.0, 1.2])
        kinks = {c for c in (*env.values(), 0.0, 1.0, 2.0) if self.low < c < self.high}
        self.cuts = sorted(kinks | {float(c) for c in inside if self.low < c < self.high})
        self.pieces = pieces(self.low, self.high, self.cuts)

    def integral(self, g: Callable[[Any], Any]) -> float:
        return float(sum(self.parts(g)))

    def parts(self, g: Callable[[Any], Any]) -> list[float]:
        """Piece by piece; next to an end floating point may have no value, and the mass shows that none is missed."""
        out = []
        for x, w in self.pieces:
            with np.errstate(all="ignore"):
                y = w * g(x) * self.density(x)
            out.append(float(np.sum(y[np.isfinite(y)])))
        return out

    def surprise(self, x: Any) -> Any:
        with np.errstate(all="ignore"):
            p = self.density(x)
            return np.where(p > 1e-290, -np.log(p), 0.0)


@cache
def members(name: str) -> tuple[Member, ...]:
    return tuple(Member(FAMILIES[name], member(FAMILIES[name], part)) for part in PARTS)


@pytest.mark.parametrize("name", NAMES)
def test_moments(name: str) -> None:
    family = FAMILIES[name]
    for m in members(name):
        assert close(m.integral(np.ones_like), 1)
        if family.mean is not None and holds(family, "mean", m.env):
            assert close(m.integral(lambda x: x), value(family.mean, m.env))
        if family.variance is not None and holds(family, "variance", m.env):
            mean = value(family.mean, m.env)
            assert close(m.integral(lambda x, mean=mean: (x - mean) ** 2), value(family.variance, m.env), 1e-5)
        if family.entropy is not None:
            assert close(m.integral(m.surprise), value(family.entropy, m.env))
        if family.mode is not None and holds(family, "mode", m.env):
            at = min(max(value(family.mode, m.env), m.low + 1e-12), m.high - 1e-12)
            around = np.concatenate([x for x, _ in m.pieces])
            around = around[(around > m.low + 1e-12) & (around < m.high - 1e-12)]
            assert np.nanmax(m.density(around)) <= float(m.density(at)) * (1 + 1e-9)


@pytest.mark.parametrize("name", [n for n in NAMES if FAMILIES[n].cdf is not None])
def test_distribution_function(name: str) -> None:
    family = FAMILIES[name]
    for m in members(name):
        cdf = function(family.cdf, family.variable, m.env)
        upto = np.cumsum(m.parts(np.ones_like))[:-1]
        assert close(cdf(np.array(m.cuts)), upto)
        if family.quantile is not None:
            u = np.array([0.07, 0.31, 0.83])
            assert close(cdf(function(family.quantile, LEVEL, m.env)(u)), u, 1e-9)
        for way in family.pathwise:
            if len(way.noises) > 1 or way.given:
                continue
            ((base_name, values),) = way.bases
            base = FAMILIES[base_name]
            fixed = {s: value(v, m.env) for s, v in zip(base.parameters, values, strict=True)}
            if base.quantile is None:
                continue
            u = np.linspace(0.02, 0.98, 49)
            x = function(way.path, way.noise, m.env)(function(base.quantile, LEVEL, fixed)(u))
            steps = np.sign(np.diff(x))
            if np.all(steps == steps[0]):  # F(path(q)) = F_noise(q), or 1 - F_noise(q) of a decreasing path
                assert close(cdf(x), u if steps[0] > 0 else 1 - u, 1e-9), way.path


@pytest.mark.parametrize("name", [n for n in NAMES if FAMILIES[n].scipy is not None])
def test_scipy(name: str) -> None:
    """Values; moments and entropy where SciPy has them in closed form."""
    family = FAMILIES[name]
    for m in members(name):
        x = m.scipy.ppf([0.07, 0.31, 0.83])
        assert close(m.density(x), m.scipy.pdf(x), 1e-9)
        if family.cdf is not None:
            assert close(function(family.cdf, family.variable, m.env)(x), [0.07, 0.31, 0.83], 1e-8)
        own = vars(type(m.scipy.dist))
        if "_stats" in own or "_munp" in own:
            mean, variance = m.scipy.stats("mv")
            if family.mean is not None and holds(family, "mean", m.env):
                assert close(value(family.mean, m.env), mean)
            if family.variance is not None and holds(family, "variance", m.env):
                assert close(value(family.variance, m.env), variance)
        if family.entropy is not None and "_entropy" in own:
            assert close(value(family.entropy, m.env), float(m.scipy.entropy()))


def _others(m: Member, kl: Any, part: tuple[float, ...]) -> dict[Any, float]:
    """Parameters of the other law, moved until the divergence's conditions hold."""
    env = dict(zip(kl.parameters, member(FAMILIES[kl.other], part).values(), strict=True))
    for relation in kl.given:
        here = [s for s in kl.parameters if relation.has(s)]
        for s, shift in ((s, shift) for s in here for shift in (-0.7, 0.7, 0.0)):
            if not bool(relation.subs({**m.env, **env})):
                rest = relation.free_symbols - {s}
                env[s] = ({**m.env, **env}[rest.pop()] if rest else env[s]) + shift
    return env


def _log(density: Any) -> Any:
    """Its logarithm, in a form that does not underflow with it."""
    return sp.expand_log(sp.log(density), force=True)


def _divergences() -> Iterator[tuple[str, int]]:
    return ((n, i) for n in NAMES for i, _ in enumerate(FAMILIES[n].kl))


@pytest.mark.parametrize(("name", "i"), list(_divergences()))
def test_divergences(name: str, i: int) -> None:
    kl = FAMILIES[name].kl[i]
    other = FAMILIES[kl.other]
    for m, part in zip(members(name), PARTS, strict=True):
        env = _others(m, kl, tuple(1 - q for q in part))
        q = function(_log(other.density), other.variable, dict(zip(other.parameters, env.values(), strict=True)))
        want = m.integral(lambda x, m=m, q=q: -q(x) - m.surprise(x))
        got = value(kl.value, {**m.env, **env})
        assert want > 0
        assert close(got, want, 1e-5), (kl.other, env)
        if other is FAMILIES[name]:  # of a law from itself
            assert abs(value(kl.value, {**m.env, **dict(zip(kl.parameters, m.env.values(), strict=True))})) < 1e-12


@pytest.mark.parametrize(("family", "shape"), [("ContinuousBernoulli", 0.17), ("ContinuousBernoulli", 0.43)])
def test_the_other_sign(family: str, shape: float) -> None:
    """Where a formula has two regimes and the typical range shows one."""
    entry = FAMILIES[family]
    m = Member(entry, {**member(entry, PARTS[0]), list(entry.parameters)[-1]: shape})
    mean = m.integral(lambda x: x)
    assert close(m.integral(np.ones_like), 1)
    assert close(mean, value(entry.mean, m.env))
    assert close(m.integral(lambda x: (x - mean) ** 2), value(entry.variance, m.env), 1e-5)
    assert close(m.integral(m.surprise), value(entry.entropy, m.env))


def test_wrong_forms_are_seen() -> None:
    """The quadrature tells the law from mistakes people print."""
    gamma, beta = members("Gamma")[0], members("Beta")[0]
    al, be = FAMILIES["Gamma"].parameters
    assert not close(gamma.integral(lambda x: x), value(al * be, gamma.env))  # rate for scale
    assert not close(gamma.integral(gamma.surprise), value(FAMILIES["Gamma"].entropy + 2 * sp.log(be), gamma.env))
    a, b = FAMILIES["Beta"].parameters
    mean = beta.integral(lambda x: x)
    scipys_page = a * b * (a + b + 1) / (a + b) ** 2
    assert not close(beta.integral(lambda x: (x - mean) ** 2), value(scipys_page, beta.env))
    burr = members("BurrXII")[0]
    c, d, s = FAMILIES["BurrXII"].parameters
    u = np.array([0.31])
    page = function(s * ((1 - LEVEL) ** (-1 / d) - 1) ** (-1 / c), LEVEL, burr.env)(u)
    assert not close(function(FAMILIES["BurrXII"].cdf, FAMILIES["BurrXII"].variable, burr.env)(page), u)


def test_sources() -> None:
    assert all(FAMILIES[name].source for name in NAMES)


def test_at_least_fifty() -> None:
    assert len(NAMES) >= 50
