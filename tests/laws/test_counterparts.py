"""Values against other libraries: what is refuted, what is left open, and what agrees out to the tails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

import pytest
from laws.apart import apart
from sympy import S, log

from symrep.distribution import FAMILIES, Family, NumPyro, SciPy, Torch
from symrep.distributions import Exponential, Gumbel, Laplace, Normal, Weibull
from symrep.laws.counterparts import MODULES, member, missing
from symrep.laws.judging import judge_law, laws
from symrep.verdict import Status

pytest.importorskip("scipy")


@pytest.fixture(autouse=True)
def _apart() -> Iterator[None]:
    with apart():
        yield


def found(family: Family, library: str = "scipy") -> list[Any]:
    (law,) = laws([library])
    return list(judge_law(law, family, 20.0))


(lam,) = Exponential.parameters
mu, sigma = Normal.parameters
m, s = Laplace.parameters
k, scale = Weibull.parameters
with apart():  # under names that are taken
    EXPONENTIAL = replace(Exponential, scipy=SciPy("expon", scale=1 / lam))
    NORMAL = replace(Normal, scipy=SciPy("norm", loc=mu, scale=sigma), torch=Torch("Normal", loc=mu, scale=sigma),
                     numpyro=NumPyro("Normal", loc=mu, scale=sigma))  # fmt: skip
    LAPLACE = replace(Laplace, scipy=SciPy("laplace", loc=m, scale=s))
    WEIBULL = replace(Weibull, scipy=SciPy("weibull_min", c=k, scale=scale))

# --- must fail ----------------------------------------------------------------------------------------------------


with apart():
    PLANTED = [
        (replace(EXPONENTIAL, scipy=SciPy("expon", scale=lam)), "mean"),
        (replace(NORMAL, scipy=SciPy("norm", loc=mu, scale=sigma**2)), "variance"),
        (replace(NORMAL, scipy=SciPy("norm", loc=-mu, scale=sigma)), "mean"),
        (replace(NORMAL, scipy=SciPy("logistic", loc=mu, scale=sigma)), "variance"),
        (replace(WEIBULL, scipy=SciPy("weibull_min", c=scale, scale=k)), "mean"),
        (replace(EXPONENTIAL, entropy=log(lam) + 1), "entropy"),
        (replace(LAPLACE, entropy=log(2 * s)), "entropy"),
        (replace(LAPLACE, variance=s**2), "variance"),
        (replace(LAPLACE, mean=None, variance=None, entropy=None, density=2 * Laplace.density, name="L2"), "density"),
        (replace(NORMAL, mean=None, variance=None, entropy=None, cdf=Normal.cdf**2), "distribution function"),
    ]


@pytest.mark.parametrize(("entry", "words"), PLANTED)
def test_refuted(entry: Family, words: str) -> None:
    (f,) = found(entry)
    assert f.status is Status.REFUTED
    assert words in f.message and "scipy" in f.message and f.verdict.witness is not None


@pytest.mark.parametrize(
    ("counterpart", "words"),
    [(SciPy("gauss", loc=mu), "gauss"), (SciPy("norm", rate=mu), "rate"), (SciPy("norm", a=mu, b=mu, c=mu), "norm")],
)
def test_what_the_library_has_not(counterpart: SciPy, words: str) -> None:
    (f,) = found(replace(NORMAL, scipy=counterpart))
    assert f.status is Status.UNDECIDED and words in f.message


def test_far_out_a_difference_leaves_the_law_open() -> None:
    """Wrong by a factor beyond x = 12 standard deviations only: no library is trusted that far."""
    from sympy import Piecewise

    x = Normal.variable
    bent = Normal.density * Piecewise((1, (x - mu) / sigma < 4), (S(2), True))
    (f,) = found(replace(NORMAL, name="Bent", density=bent))
    assert f.status is Status.UNDECIDED and "far out" in f.message


# --- right --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", [EXPONENTIAL, NORMAL, LAPLACE, WEIBULL], ids=lambda f: f.name)
def test_supported(entry: Family) -> None:
    (f,) = found(entry)
    assert f.status is Status.SUPPORTED, f.message
    for what in ("mean", "variance", "density", "distribution function"):
        assert what in f.message


def test_without_a_counterpart_nothing_is_asked() -> None:
    assert found(replace(Gumbel, scipy=None)) == []


def test_missing_libraries_are_named() -> None:
    assert set(missing()) <= set(MODULES) and "scipy" not in missing()


@pytest.mark.parametrize("library", ["torch", "numpyro"])
def test_other_libraries(library: str) -> None:
    if find_spec(library) is None:
        pytest.skip(f"{library} is not installed: nothing is compared with it")
    (f,) = found(NORMAL, library)
    assert f.status is Status.SUPPORTED
    (f,) = found(replace(NORMAL, entropy=-Normal.entropy), library)
    assert f.status is Status.REFUTED and library in f.message
    both = member(library, getattr(NORMAL, library), {"loc": 0.0, "scale": 2.0})
    assert both["variance"]() == pytest.approx(4)


@pytest.mark.parametrize("library", ["torch", "numpyro"])
@pytest.mark.parametrize("name", sorted(n for n, f in FAMILIES.items() if f.torch or f.numpyro))
def test_the_catalogue_elsewhere(name: str, library: str) -> None:
    if find_spec(library) is None:
        pytest.skip(f"{library} is not installed: nothing is compared with it")
    for f in found(FAMILIES[name], library):
        assert f.status is not Status.REFUTED, f.message
