"""Independence that prose tells, used where it is told and nowhere else. What must not follow comes first."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator

import pytest

from symrep.checking.files import Checked, check
from symrep.reading.documents import Source
from symrep.running.worker import PRELOAD, Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as w:
        yield w


def checked(text: str, workers: Workers) -> Checked:
    return check(Source("a.md", text.encode()), 8.0, 1, workers)


PRODUCT = r"$\mathrm{E}[XY] = \mathrm{E}[X]\mathrm{E}[Y]$"
VARIANCE = r"$\mathrm{Var}(X+Y) = \mathrm{Var}(X) + \mathrm{Var}(Y)$"
TOLD = "Let $X$ and $Y$ be independent random variables. "
LAWS = r"Suppose $X \sim \mathcal{N}(0, 1)$ and $Y \sim \mathcal{N}(0, 4)$"

#: not told, denied, over, of others, or false all the same
OPEN = [
    f"Let $X$ and $Y$ be random variables. Then {VARIANCE}.",
    f"Let $X$ and $Y$ not be independent. Then {PRODUCT}.",
    f"$X$ and $Y$ are not necessarily independent. Then {PRODUCT}.",
    f"$X$ and $Y$ are conditionally independent given $Z$. Then {PRODUCT}.",
    f"If $X$ and $Y$ are independent, then we are done. For all of them {PRODUCT}.",
    f"Unless $X$ and $Y$ are independent, {PRODUCT}.",
    TOLD + f"$X$ and $Y$ need not be independent any more. Now {PRODUCT}.",
    TOLD + f"In general things are worse. Then {PRODUCT}.",
    f"# One\n\n{TOLD}\n\n# Two\n\nWe have {PRODUCT}.",
    f"We have {PRODUCT}. Later on, let $X$ and $Y$ be independent.",
    f"$X$ and $Z$ are independent. Then {PRODUCT}.",
    f"$X$ is independent of $Z$ and $Y$ is independent of $Z$. Then {PRODUCT}.",
    f"$Z$ is independent of $X$ and $Y$ is independent of $W$. Then {PRODUCT}.",
    f"$Z$ is independent of $X$, $Y$ is independent of $W$. Then {PRODUCT}.",
    f"For any choice of $X$, $Y$ and $Z$ are independent. Then {PRODUCT}.",
    f"The variables $X$ and $Y$ are pairwise independent of $Z$. Then {PRODUCT}.",
    TOLD + f"Now let $Y = X^2$. Then {PRODUCT}.",
    TOLD + r"Then $\mathrm{Cov}(X, X) = 0$.",
    TOLD + r"Then $\mathrm{Var}(XY) = \mathrm{Var}(X)\mathrm{Var}(Y)$.",
    TOLD + r"Then $\mathrm{Var}(X-Y) = \mathrm{Var}(X) - \mathrm{Var}(Y)$.",
    TOLD + r"Then $\mathrm{E}[\frac{X}{X+Y}] = \frac{\mathrm{E}[X]}{\mathrm{E}[X+Y]}$.",
    r"$X$, $Y$ and $Z$ are pairwise independent. Then $\mathrm{E}[XYZ] = \mathrm{E}[X]\mathrm{E}[Y]\mathrm{E}[Z]$.",
    LAWS + r". Then $\mathrm{Var}(X+Y) = 5$.",
    TOLD + f"Now let $X$ and $Y$ have correlation $\\rho$. Then {PRODUCT}.",
    TOLD + f"So much for that.\n\nLet $(X, Y)$ be another pair. Then {PRODUCT}.",
    TOLD + f"So much for that.\n\nLet $X$ and $Y$ be heights of twins. Then {PRODUCT}.",
    TOLD + f"Let $X$ and $Y$ be jointly normal. Then {PRODUCT}.",
    TOLD + f"Without this assumption, {PRODUCT}.",
    f"The null hypothesis is that $X$ and $Y$ are independent. We reject it. Here {PRODUCT}.",
    f"It is wrong to think that $X$ and $Y$ are independent. Then {PRODUCT}.",
    f"That $X$ and $Y$ are independent is to be shown. Then {PRODUCT}.",
    f"We could show that $X$ and $Y$ are independent. Then {PRODUCT}.",
]


@pytest.mark.parametrize("text", OPEN, ids=range(len(OPEN)))
def test_what_is_not_told_is_not_used(text: str, workers: Workers) -> None:
    c = checked(text, workers)
    assert all(s["status"] not in ("proved", "supported") for s in c.steps)


PROVED = [
    TOLD + f"Then {VARIANCE}.",
    TOLD + f"Then {PRODUCT} and " + r"$\mathrm{Cov}(X, Y) = 0$.",
    f"If $X$ and $Y$ are independent, then {PRODUCT}.",
    f"$X$ is independent of $Y$. Then {PRODUCT}.",
    f"Since $X$ and $Y$ are independent, we can write {PRODUCT}.",
    TOLD + f"Suppose that both have a mean.\n\nThen {PRODUCT}.",
    TOLD + r"Then $\mathrm{E}[e^{X+Y}] = \mathrm{E}[e^X]\mathrm{E}[e^Y]$.",
    r"For independent random variables $X, Y, Z$, $\mathrm{Var}(X+Y-2Z) = \mathrm{Var}(X) + \mathrm{Var}(Y) + 4\mathrm{Var}(Z)$.",
    r"$X$, $Y$ and $Z$ are mutually independent. Then $\mathrm{E}[XYZ] = \mathrm{E}[X]\mathrm{E}[Y]\mathrm{E}[Z]$.",
    LAWS + r" are independent. Then $\mathrm{Var}(X+Y) = 5$ and $\mathrm{E}[XY] = 0$.",
]


@pytest.mark.parametrize("text", PROVED, ids=range(len(PROVED)))
def test_what_follows_for_independent_variables(text: str, workers: Workers) -> None:
    c = checked(text, workers)
    assert c.steps and {s["status"] for s in c.steps} == {"proved"}
    assert all(any(g["code"] == "independence" for g in s["guesses"]) for s in c.steps)


def test_what_is_wrong_of_independent_normal_variables_is_refuted(workers: Workers) -> None:
    (step,) = checked(LAWS + r" are independent. Then $\mathrm{Var}(X-Y) = 3$.", workers).steps
    assert step["status"] == "refuted"
