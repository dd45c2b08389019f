"""By which parameters laws are given: what the words say of them is used, and what they leave open is not read.

Each wrong line is right under the registry's parameters, or the other way round: the first ones must not hold.
"""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator

import pytest

from symrep.checking.files import check
from symrep.reading.documents import Source
from symrep.running.worker import PRELOAD, Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as w:
        yield w


EXP = r"$X\sim\mathrm{Exp}(\theta)$"
GAM = r"$X\sim\mathrm{Gamma}(k,\theta)$"
GEO = r"$X\sim\mathrm{Geometric}(p)$"

LINES = [
    # must not hold: the registry's rate, where the words speak of a mean, a scale
    (rf"Let {EXP} with mean $\theta$. Then $E[X] = 1/\theta$.", "refuted"),
    (rf"If {EXP} has the scale $\theta$, $E[X] = 1/\theta$.", "refuted"),
    (rf"Let {GAM} with shape $k$ and scale $\theta$. Then $E[X] = k/\theta$.", "refuted"),
    (rf"Let {GAM}, where $\theta$ is the scale parameter. Then $E[X] = k/\theta$.", "refuted"),
    (rf"We use the shape/scale parametrization of the gamma law. Let {GAM}. Then $E[X] = k/\theta$.", "refuted"),
    (rf"Let {GEO} be the number of trials up to the first success. Then $E[X] = (1-p)/p$.", "refuted"),
    (r"Let $X\sim\mathrm{LogNormal}(\mu,\sigma^2)$. Then $E[X] = e^{\mu+\sigma^4/2}$.", "refuted"),
    # what cannot be told is not read
    (rf"Let {EXP} with mean $\theta$; or was $\theta$ the rate of the exponential law? Then $E[X] = \theta$.", "undecided"),
    (rf"Let {GAM} with mean $\theta$. Then $\mathrm{{Var}}(X) = k/\theta^2$.", "undecided"),
    (rf"Let {GEO} count the trials until a success. The failures before it are geometric, too. $E[X] = 1/p$.", "undecided"),
    (r"Let $X\sim\mathrm{NegBin}(r,p)$ be the number of successes before the $r$th failure. $E[X] = r(1-p)/p$.", "undecided"),
    # what is right
    (rf"Let {EXP} with mean $\theta$. Then $E[X] = \theta$.", "proved"),
    (rf"Let {EXP} with rate $\theta$, and so with mean $1/\theta$. Then $E[X] = 1/\theta$.", "proved"),
    (rf"Let {EXP}, whose rate is $\theta$. Then $E[X] = 1/\theta$.", "proved"),
    (rf"Let {GAM} with shape $k$ and scale $\theta$. Then $E[X] = k\theta$.", "proved"),
    (rf"Let {GAM} with shape $k$ and inverse scale $\theta$. Then $E[X] = k/\theta$.", "proved"),
    (r"An inverse gamma law has the scale $\theta$. With Gamma laws it is another thing. "
     rf"Let {GAM}. Then $E[X] = k/\theta$.", "proved"),
    (rf"Let {GEO} be the number of trials up to the first success. Then $E[X] = 1/p$.", "proved"),
    (rf"Let {GEO} count the failures before the first success. Then $E[X] = (1-p)/p$.", "proved"),
    (r"Let $X\sim\mathrm{LogNormal}(\mu,\sigma^2)$. Then $E[X] = e^{\mu+\sigma^2/2}$.", "proved"),
    (r"Let $X\sim\mathrm{Weibull}(\lambda, k)$ with scale $\lambda$. Then $E[X] = \lambda\Gamma(1+1/k)$.", "proved"),
    # a pragma is as in scripts
    ("<!-- symrep: random X ~ Gamma(k, theta) -->\nOf gamma laws with shape $k$ and scale $\\theta$: $E[X] = k/\\theta$.",
     "proved"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_parameters_are_what_the_words_say(text: str, expected: str, workers: Workers) -> None:
    c = check(Source("a.md", text.encode()), 8.0, 1, workers)
    found = [s["status"] for s in c.steps]
    assert found[-1:] == [expected], [(s["status"], s["reason"], s["message"]) for s in c.steps]
