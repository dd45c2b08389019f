"""What a claim rests on though nobody said it in so many words: no false line is right by it, nor a true one wrong."""

from __future__ import annotations

from typing import Any

import pytest

from symrep.checking.files import check
from symrep.reading.documents import Source
from symrep.running.worker import PRELOAD, Workers

DRAWS = "Let $x_1, \\dots, x_n$ be draws from $\\mathcal{N}(\\mu, \\sigma^2)$.%s\n$$\\mathrm{Var}(\\bar x) = %s$$\n"
LISTED = "Let $X_1, \\dots, X_n$ be independent $\\mathcal{N}(0, 1)$ variables%s.\n$$\\mathrm{Var}(\\bar X) = %s$$\n"
RATE = "Let $\\lambda \\sim \\mathrm{Gamma}(2, 1)$.\n\n%s $X \\sim \\mathrm{Poisson}(\\lambda)$. Then\n$$E[X] = %s$$\n"
DENSITY = "%s the density $f(x) = \\lambda e^{-\\lambda x}$%s.\n$$E[X] = %s$$\n"
CASES = (
    "Let $X$ have density $f(x) = \\begin{cases} 2x & 0 < x < 1 \\\\ 0 & \\text{otherwise}\\end{cases}$."
    "\n\n%s\n$$E[X] = %s$$\n"
)
MADE = "%s With $Z \\sim \\mathcal{N}(0,1)$ let $X = r + Z$.\n$$\\mathrm{Var}(X) = %s$$\n"
BAR = "Let $x_1, \\dots, x_n$ be i.i.d. $\\mathcal{N}(\\mu, \\sigma^2)$%s.\n$$\\mathrm{Var}(\\bar x) = %s$$\n"
WEIGHTS = (
    "Let $X_1, \\dots, X_n$ be i.i.d. with mean $\\mu$ and variance $\\sigma^2$. There are %s weights $w_i$.\n"
    "$$\\mathrm{Var}\\Big(\\sum_{i=1}^n w_i X_i\\Big) = %s$$\n"
)
NAMED = "Let $q$ be $\\mathcal{N}(m, s^2)$%s.\n$$E_q[%s] = %s$$\n"

TEXTS = [
    (DRAWS % (" They are correlated.", r"\frac{\sigma^2}{n}"), "undecided"),
    (DRAWS % (" They are correlated.", r"\frac{\sigma^2}{n} + \frac{(n-1) r}{n}"), "undecided"),
    (DRAWS % (" Any two of them have $\\mathrm{Cov}(x_i, x_j) = r$.", r"\frac{\sigma^2}{n}"), "undecided"),
    (DRAWS % (" They are taken without replacement.", r"\frac{\sigma^2}{n}"), "undecided"),
    (DRAWS % ("", r"\frac{\sigma^2}{n}"), "proved"),
    (DRAWS % ("", r"\frac{\sigma}{n}"), "refuted"),
    (LISTED % (", except that $X_2 = X_1$", r"\frac1n"), "undecided"),
    (LISTED % ("", r"\frac1n"), "proved"),
    (LISTED % ("", r"\frac{1}{n^2}"), "refuted"),
    (RATE % ("Now fix $\\lambda$ and let", "2"), "undecided"),
    (RATE % ("# Sampling\n\nLet", "2"), "undecided"),
    (RATE % ("Let", "2"), "proved"),
    (RATE % ("Let", "3"), "refuted"),
    (DENSITY % ("The proposal has", ", but $X$ is drawn from the target instead", r"\frac1\lambda"), "undecided"),
    (
        DENSITY % ("Lifetimes have", ", but $X$ is what is recorded until $x = 1$", r"\frac1\lambda"),
        "undecided",
    ),
    (DENSITY % ("Lifetimes have", "", r"\frac1\lambda"), "proved"),
    (DENSITY % ("Lifetimes have", "", r"\lambda"), "refuted"),
    (CASES % ("If $X$ is conditioned to lie below one half,", r"\frac23"), "undecided"),
    (CASES % ("Then", r"\frac23"), "proved"),
    (CASES % ("Then", r"\frac13"), "refuted"),
    (MADE % ("The growth rate $r$ fluctuates from year to year.", "1"), "undecided"),
    (MADE % ("The rate $r$ is a fixed number.", "1"), "proved"),
    (MADE % ("", "1"), "proved"),
    (MADE % ("", "2"), "refuted"),
    (BAR % (" and $\\bar x$ the mean of the first two of them", r"\frac{\sigma^2}{n}"), "undecided"),
    (BAR % (". Write $\\bar x$ for the sample median", r"\frac{\sigma^2}{n}"), "undecided"),
    (BAR % (", where $\\bar x = \\frac{1}{n-1}\\sum_{i=1}^n x_i$", r"\frac{\sigma^2}{n}"), "refuted"),
    (BAR % (", where $\\bar x = \\frac{1}{n}\\sum_{i=1}^n x_i$", r"\frac{\sigma^2}{n}"), "proved"),
    (BAR % (" and $\\bar x$ their mean", r"\frac{\sigma^2}{n}"), "proved"),
    (WEIGHTS % ("random", r"\sigma^2 \sum_{i=1}^n w_i^2"), "undecided"),
    (WEIGHTS % ("fixed", r"\sigma^2 \sum_{i=1}^n w_i^2"), "proved"),
    (NAMED % (" and let $c$ be drawn from $\\{0, 1\\}$", "c^2", "m^2 + s^2"), "undecided"),
    (NAMED % (". For a constant $c$", "c", "m"), "undecided"),
    (NAMED % ("", "z^2", "m^2 + s^2"), "proved"),
    (NAMED % ("", "z^2", "m^2 + s"), "refuted"),
    ("Let $X\\sim\\mathcal{N}(m, s^2)$. Now $E[X^2] = s^2$ precisely when the mean vanishes.", "undecided"),
    ("Let $X\\sim\\mathcal{N}(m, s^2)$. Now $E[X^2] = s^2$.", "refuted"),
]


@pytest.fixture(scope="module")
def workers() -> Any:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as found:
        yield found


@pytest.mark.parametrize(("text", "status"), TEXTS)
def test_what_a_claim_rests_on(text: str, status: str, workers: Workers) -> None:
    found = check(Source("post.md", text.encode()), 5.0, 2, workers, fix=False)
    last = found.steps[-1]["status"]
    assert ("proved" if last == "supported" else last) == status
