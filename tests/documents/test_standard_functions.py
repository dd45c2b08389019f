"""Functions and constants that the words call by name; what is denied, only spoken of, or spelled out otherwise is none."""

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


HALVES = r"Then $\sigma(x) + \sigma(-x) = 1$."

LINES = [
    # must not hold
    (r"Let $\sigma$ be the sigmoid. Then $\sigma(x) + \sigma(-x) = 2$.", "refuted"),
    (r"Let $\sigma$ be the sigmoid. Then $\sigma'(x) = \sigma(x)$.", "refuted"),
    (r"With $N(\cdot)$ the cumulative distribution function of the standard normal, $N(d) - N(-d) = 1$.", "refuted"),
    (r"Let $\phi$ be the standard normal density. Then $\phi'(x) = x\phi(x)$.", "refuted"),
    (r"If $X\sim\mathrm{Gumbel}(0,1)$ then $E[X] = -\gamma$, where $\gamma$ is the Euler–Mascheroni constant.", "refuted"),
    # nothing is known
    (rf"Unlike $\sigma$, the sigmoid is symmetric. {HALVES}", "not_checked"),
    (rf"Let $\sigma(\cdot)$ be an activation. {HALVES}", "not_checked"),
    (r"With $N(\cdot)$ an activation, $N(d) + N(-d) = 1$.", "not_checked"),  # no product with N
    # what is spelled out goes before what it is called
    (r"Let $\sigma$ be the sigmoid. $\sigma(x) = \tanh x$. Then $\sigma(x) + \sigma(-x) = 0$.", "proved"),
    # what is right
    (rf"Let $\sigma$ be the sigmoid. {HALVES}", "proved"),
    (rf"Here $\sigma(\cdot)$ denotes the logistic sigmoid function. {HALVES}", "proved"),
    (rf"The noise has the variance $\sigma^2$; $\sigma(\cdot)$ is the sigmoid. {HALVES}", "proved"),
    (r"Let $\Phi$ be the standard normal CDF and $\phi$ the standard normal density. Then $\Phi'(x) = \phi(x)$.", "proved"),
    (r"With $N(\cdot)$ the cumulative distribution function of the standard normal, $N(d) + N(-d) = 1$.", "proved"),
    (r"If $X\sim\mathrm{Gumbel}(0,1)$ then $E[X] = \gamma$, where $\gamma$ is the Euler–Mascheroni constant.", "proved"),
    # a law is told of a variable, not of a function
    (r"Let $Z$ be a standard normal variable. Then $E[Z^2] = 1$.", "proved"),
    # the error e, where no exponential is written; and an e that is both
    (r"Let $a$ and $b$ be real and $e = a - b$ the error. Then $2e = 5.4$.", "undecided"),
    (r"Let $a > 0$, $e = a$ and $w = e^{-a}$.", "not_checked"),
    # N(0, I) is a law of vectors
    (r"Let $z\sim\mathcal{N}(0,I)$. Then $\mathbb{E}[z^2] = 1$.", "not_checked"),
    (r"Let $I>0$ and $z\sim\mathcal{N}(0,I)$. Then $\mathbb{E}[z^2] = I$.", "proved"),
    # two means side by side, of two variables
    (r"Let $X\sim\mathcal{N}(1,1)$, $Y\sim\mathcal{N}(2,4)$. Then $\mathrm{Var}X\,\mathrm{Var}Y = 5$.", "refuted"),
    (r"Let $X\sim\mathcal{N}(1,1)$, $Y\sim\mathcal{N}(2,4)$. Then $\mathrm{Var}X\,\mathrm{Var}Y = 16$.", "undecided"),  # right by standard deviations
    (r"Let $X\sim\mathcal{N}(1,1)$, $Y\sim\mathcal{N}(2,4)$. Then $\mathrm{Var}X\,\mathrm{Var}Y = 4$.", "proved"),
    (r"Let $X\sim\mathcal{N}(1,1)$, $Y\sim\mathcal{N}(2,4)$. Then $\mathbb{E}X\,\mathbb{E}Y = 2$.", "proved"),
    (r"Let $X\sim\mathcal{N}(1,1)$, $Y\sim\mathcal{N}(2,4)$. Then $E X E Y = 2$.", "proved"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LINES, ids=range(len(LINES)))
def test_what_the_words_call_by_name(text: str, expected: str, workers: Workers) -> None:
    c = check(Source("a.md", text.encode()), 8.0, 1, workers)
    found = [s["status"] for s in c.steps]
    assert found[-1:] == [expected], [(s["status"], s["reason"], s["message"]) for s in c.steps]


NAMES = [
    # σ(x) of a number σ, π(a) of a policy: no products
    (r"Let $a$ and $b$ be actions. The policies are $\pi(a)$ and $\mu(a)$. Then $\pi(a)/\mu(a) = \pi(b)/\mu(b)$.", "not_checked undecided"),
    (r"Let $\sigma>0$. Then $2\sigma(x) = 2x\sigma$.", "not_checked"),
    (r"Let $\lambda>0$ and $t>0$. The intensity is $\lambda(t) = \lambda e^{-t}$. Then $\lambda(0) + 1 = 1$.", "not_checked"),
    (r"Let $a$ and $b$ be real. Then $(a)(b) = ab$.", "proved"),
    # how far a logarithm reaches
    (r"$\log e^a e^b = a + b$.", "not_checked"),
    # positive parts
    (r"Let $X\sim\mathcal{N}(0,1)$. Then $E[X^+] = 0$.", "refuted"),
    (r"Let $X\sim\mathcal{N}(0,1)$. Then $E[X^+] = \frac{1}{\sqrt{2\pi}}$.", "proved supported"),
    # IG
    (r"The inverse Gaussian density is $\mathrm{IG}(x;\mu,\lambda) = \sqrt{\frac{\lambda}{2\pi x^3}}e^{-\lambda(x-\mu)^2/(2\mu^2x)}$ for $x>0$.", "proved"),
    (r"Of inverse gamma and inverse Gaussian laws: if $X\sim\mathrm{IG}(a,b)$ with $a>1$ then $E[X] = \frac{b}{a-1}$.", "undecided"),
    # a square that says what a deviation is
    (r"Let $\hat\sigma^2 = \frac1n\sum_{i=1}^n x_i^2$. Then $n\hat\sigma^2 = 2\sum_{i=1}^n x_i^2$.", "refuted"),
    (r"Let $\hat\sigma^2 = \frac1n\sum_{i=1}^n x_i^2$. Then $n\hat\sigma^2 = \sum_{i=1}^n x_i^2$.", "proved"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NAMES, ids=range(len(NAMES)))
def test_names_before_brackets_and_marks_on_them(text: str, expected: str, workers: Workers) -> None:
    c = check(Source("a.md", text.encode()), 8.0, 1, workers)
    assert c.steps[-1]["status"] in expected.split(), [(s["status"], s["reason"], s["message"]) for s in c.steps]


FAMILIES = [
    # w_i is one for each i: x_i is none of the sum's outside
    (r"Let $w_i = e^{-x_i}$. Then $\sum_{i=1}^n w_i = ne^{-x_i}$.", "refuted"),
    (r"Let $d_i = \sum_{j=1}^n(x_i-x_j)$. Then $\sum_{j=1}^n d_j^2 = 0$.", "undecided"),  # its j is not the sum's
    (r"Let $w_i = e^{-x_i}$. Then $\sum_{j=1}^n w_j = 1$.", "refuted"),
    (r"Let $w_i = e^{-x_i}$. Then $\sum_{j=1}^n w_j = \sum_{i=1}^n e^{-x_i}$.", "proved"),
    (r"The softmax is $y_i = \frac{e^{x_i}}{\sum_{j=1}^K e^{x_j}}$. Then $\sum_{j=1}^K y_j = 1$.", "proved"),
    (r"The softmax is $y_i = \frac{e^{x_i}}{\sum_{j=1}^K e^{x_j}}$. Then $\sum_{k=1}^K y_k = 1$.", "proved"),
    (r"Then $\lfloor x\rfloor+\{x\} = x$.", "not_checked"),  # the fractional part
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FAMILIES, ids=range(len(FAMILIES)))
def test_families_by_another_index(text: str, expected: str, workers: Workers) -> None:
    c = check(Source("a.md", text.encode()), 8.0, 1, workers)
    assert c.steps[-1]["status"] == expected, [(s["status"], s["reason"], s["message"]) for s in c.steps]
