"""Samples, laws given something, sums without limits, derivatives by one of a family, inverses told before their
functions; each line beside wrong ones of its shape."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator

import pytest

from symrep.checking.files import check
from symrep.checking.samples import samples_in
from symrep.checking.surveying import Surveyor
from symrep.reading.documents import Source, open_document
from symrep.running.worker import PRELOAD, Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as w:
        yield w


def statuses(text: str, workers: Workers) -> list[str]:
    found = check(Source("a.md", text.encode()), 8.0, 1, workers, fix=False)
    assert not found.errors
    return [s["status"] for s in found.steps]


MIXED = "Let $\\lambda \\sim \\text{Gamma}(\\alpha, \\beta)$ and $X \\mid \\lambda \\sim \\text{Poisson}(\\lambda)$.\n\n$$ %s $$\n"
GIVEN = "Let $\\mu \\sim \\mathcal{N}(0, \\tau^2)$ and $X \\sim \\mathcal{N}(\\mu, \\sigma^2)$.\n\n$$ %s $$\n"
PAIR = "Let $Y \\sim \\mathcal{N}(0, 1)$ and $X = rY + sZ$ with $Z \\sim \\mathcal{N}(0, 1)%s.\n\nThen\n\n$$ %s $$\n"
IID = "Let $X_1, \\dots, X_n$ be i.i.d. with mean $\\mu$ and variance $\\sigma^2$.\n\n$$ %s $$\n"
COINS = "Let $X_1, \\dots, X_n \\overset{iid}{\\sim} \\text{Bernoulli}(p)$.\n\n$$ %s $$\n"
DATA = "Let $x_1, \\dots, x_n$ be independent samples from $\\mathcal{N}(\\mu, \\sigma^2)$.\n\n$$ %s $$\n"
NOISE = "Let $a \\in \\mathbb{R}^d$ and $\\epsilon \\sim \\mathcal{N}(0, I_d)$.\n\n$$ %s $$\n"
SOFT = "Let $p_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}$.\n\n$$ %s $$\n"
CASES = "Let $X$ have the density\n\n$$ f(x) = \\begin{cases} 2x & 0 \\le x \\le 1 \\\\ 0 & \\text{otherwise.} \\end{cases} $$\n\n$$ %s $$\n"
WORDS = "Take $q$ to be Gaussian with mean $m$ and variance $s^2$, $s > 0$.\n\n$$ %s $$\n"
TAIL = "Let $X \\sim \\text{Exp}(\\lambda)$ with rate $\\lambda$.\n\n$$ %s $$\n"

RIGHT_AND_WRONG = [
    (MIXED, r"\mathbb{E}[X \mid \lambda] = \lambda", r"\mathbb{E}[X \mid \lambda] = \lambda^2"),
    (MIXED, r"\operatorname{Var}(X) = \frac{\alpha}{\beta} + \frac{\alpha}{\beta^2}", r"\operatorname{Var}(X) = \frac{\alpha}{\beta}(1 + \beta)"),
    (MIXED, r"\operatorname{Var}(\mathbb{E}[X \mid \lambda]) = \frac{\alpha}{\beta^2}", r"\operatorname{Var}(\mathbb{E}[X \mid \lambda]) = \frac{\alpha}{\beta}"),
    (MIXED, r"\operatorname{Cov}(X, \lambda) = \frac{\alpha}{\beta^2}", r"\operatorname{Cov}(X, \lambda) = \frac{\alpha}{\beta}"),
    (GIVEN, r"\operatorname{Var}(X) = \sigma^2 + \tau^2", r"\operatorname{Var}(X) = \sigma^2"),
    (GIVEN, r"\mathbb{E}[(X - \mu)^2] = \sigma^2", r"\mathbb{E}[(X - \mu)^2] = \sigma^2 + \tau^2"),
    (IID, r"\operatorname{Var}(\bar X) = \frac{\sigma^2}{n}", r"\operatorname{Var}(\bar X) = \frac{\sigma^2}{n^2}"),
    (IID, r"\mathbb{E}\left[\sum_{i=1}^n (X_i - \bar X)^2\right] = (n-1)\sigma^2", r"\mathbb{E}\left[\sum_{i=1}^n (X_i - \bar X)^2\right] = n\sigma^2"),
    (IID, r"\operatorname{Var}(X_1 - X_2) = 2\sigma^2", r"\operatorname{Var}(X_1 - X_2) = \sigma^2"),
    (IID, r"\operatorname{Var}(X_1 + X_1) = 4\sigma^2", r"\operatorname{Var}(X_1 + X_1) = 2\sigma^2"),
    (COINS, r"\operatorname{Var}\left(\sum_i X_i\right) = np(1-p)", r"\operatorname{Var}\left(\sum_i X_i\right) = n^2p(1-p)"),
    (COINS, r"\mathbb{E}[\bar X(1 - \bar X)] = \frac{n-1}{n}p(1-p)", r"\mathbb{E}[\bar X(1 - \bar X)] = p(1-p)"),
    (DATA, r"\mathbb{E}[\bar x^2] = \mu^2 + \frac{\sigma^2}{n}", r"\mathbb{E}[\bar x^2] = \mu^2 + \sigma^2"),
    (DATA, r"\mathbb{E}[x_1 x_2 x_3] = \mu^3", r"\mathbb{E}[x_1 x_2 x_3] = \mu^2"),
    (DATA, r"\operatorname{Cov}(x_i, \bar x) = \frac{\sigma^2}{n}", r"\operatorname{Cov}(x_i, \bar x) = \sigma^2"),
    (DATA, r"\frac{\partial}{\partial\mu}\sum_i \log p(x_i \mid \mu, \sigma^2) = \frac{1}{\sigma^2}\sum_i (x_i - \mu)", r"\frac{\partial}{\partial\mu}\sum_i \log p(x_i \mid \mu, \sigma^2) = \frac{1}{\sigma}\sum_i (x_i - \mu)"),
    (NOISE, r"\mathbb{E}\|\epsilon\|^2 = d", r"\mathbb{E}\|\epsilon\|^2 = 2d"),
    (NOISE, r"\mathbb{E}\left[\|a + s\epsilon\|^2\right] = \|a\|^2 + s^2 d", r"\mathbb{E}\left[\|a + s\epsilon\|^2\right] = \|a\|^2 + s^2"),
    (SOFT, r"\frac{\partial p_i}{\partial z_i} = p_i(1 - p_i)", r"\frac{\partial p_i}{\partial z_i} = p_i(1 + p_i)"),
    (SOFT, r"\sum_i p_i = 1", r"\sum_i p_i = 2"),
    (CASES, r"\operatorname{Var}(X) = \frac{1}{18}", r"\operatorname{Var}(X) = \frac{1}{12}"),
    (WORDS, r"\mathbb{E}_q[z^2] = m^2 + s^2", r"\mathbb{E}_q[z^2] = m^2 + s"),
    (TAIL, r"P(X > s + t \mid X > s) = e^{-\lambda t}", r"P(X > s + t \mid X > s) = e^{-\lambda s}"),
    (TAIL, r"P(a < X \le b) = e^{-\lambda a} - e^{-\lambda b}", r"P(a < X \le b) = e^{-\lambda a} - e^{\lambda b}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right", "wrong"), RIGHT_AND_WRONG, ids=[r[:50] for _, r, _ in RIGHT_AND_WRONG])
def test_right_beside_wrong(text: str, right: str, wrong: str, workers: Workers) -> None:
    assert set(statuses(text % wrong, workers)) == {"refuted"}
    assert set(statuses(text % right, workers)) <= {"proved", "supported"}


#: what is not told is not used
OPEN = [
    MIXED % r"\mathbb{E}[X \mid Y] = \lambda",
    MIXED % r"\mathbb{E}[X \mid \lambda, \alpha] = \alpha",
    PAIR % ("$", r"\operatorname{Cov}(X, Y) = r"),
    PAIR % ("$", r"\mathbb{E}[XY] = r"),
    PAIR % ("$", r"\mathbb{E}[X \mid Y = y] = ry"),
    "Let $X_1, \\dots, X_n$ have mean $\\mu$ and variance $\\sigma^2$.\n\n$$ \\operatorname{Var}(\\bar X) = \\frac{\\sigma^2}{n} $$\n",
    "Let $X_1, \\dots, X_n$ be dependent samples from $\\mathcal{N}(0, 1)$.\n\n$$ \\operatorname{Var}(\\bar X) = \\frac{1}{n} $$\n",
    IID % r"\mathbb{E}[X_1^3] = \mu^3",
    DATA % r"\mathbb{E}[x_0] = \mu",
    DATA % r"\mathbb{E}[x_i x_j] = \mu^2",
    DATA % r"\mathbb{E}[x_2 \bar x] = \mu^2",
    "$L = -\\sum_i y_i \\log p_i$ with $p_i = \\frac{e^{z_i}}{\\sum_j e^{z_j}}$, so\n\n$$ \\frac{\\partial L}{\\partial z_i} = p_i - y_i $$\n",
    "$$ \\sum_i x_i^2 - n = \\sum_i (x_i^2 - 1) $$\n",
    SOFT % r"\frac{\partial p_i}{\partial z_j} = -p_i p_j",
    "$$ G^{-1}(p) = p^2 $$\n",
]


@pytest.mark.parametrize("text", OPEN)
def test_what_is_not_told_is_not_used(text: str, workers: Workers) -> None:
    assert not set(statuses(text, workers)) & {"proved", "supported", "refuted"}


def test_independence_that_is_told(workers: Workers) -> None:
    lines = r"\mathbb{E}[X \mid Y = y] = ry, \qquad \operatorname{Var}(X \mid Y = y) = s^2, \qquad \operatorname{Cov}(X, Y) = r"
    assert statuses(PAIR % ("$ independent of $Y$", lines), workers) == ["proved"] * 3
    wrong = r"\mathbb{E}[X \mid Y = y] = r, \qquad \operatorname{Var}(X \mid Y = y) = r^2 + s^2, \qquad \operatorname{Cov}(X, Y) = s"
    assert statuses(PAIR % ("$ independent of $Y$", wrong), workers) == ["refuted"] * 3


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"Let $x_1, \dots, x_n \sim \mathcal{N}(0, 1)$ independently.", ["x"]),
        (r"Let $x_1, x_2, \ldots, x_n$ be a random sample from $\mathcal{N}(0, 1)$.", ["x"]),
        (r"For $\{z_i\}_{i=1}^K \overset{\text{i.i.d.}}{\sim} \mathcal{N}(0, 1)$.", ["z"]),
        (r"Draw $z_i \sim \mathcal{N}(0, 1)$, $i = 1, \dots, K$.", []),
        (r"Draw $z_i \sim \mathcal{N}(0, 1),\ i = 1, \dots, K$ independently.", ["z"]),
        (r"Let $x_1, \dots, x_n$ be i.i.d. standard normal variables.", ["x"]),
        (r"Let $x_1, \dots, x_n$ be numbers.", []),
        (r"If $x_1, \dots, x_n$ were i.i.d. $\mathcal{N}(0, 1)$, it would hold.", []),
        (r"Let $x_1, \dots, x_n$ be conditionally independent $\mathcal{N}(0, 1)$.", []),
        (r"Given $\mu$, let $x_1, \dots, x_n$ be i.i.d. $\mathcal{N}(\mu, 1)$.", []),
        (r"Let $x_1, \dots, x_n$ be independent, and let $y \sim \mathcal{N}(0, 1)$.", []),
    ],
)
def test_samples_by_their_words(text: str, wanted: list[str]) -> None:
    assert [let.name for let in samples_in(open_document(Source("a.md", text.encode())))] == wanted


def test_a_line_is_read_with_its_guesses_taken_back_before_it_is_wrong(workers: Workers) -> None:
    text = "Let $x > 0$.\n\n$$ \\log 2 x = x \\log 2 $$\n\n$$ \\log 2 x = x + \\log 2 $$\n"
    assert statuses(text, workers) == ["undecided", "refuted"]


def test_parameters_by_the_names_of_a_family() -> None:
    text = "$$ \\sum_{i=1}^n x_i = \\sum_{i=1}^n x_i $$\n\nLet $f(x_1, x_2) = x_1 + 2 x_2$. Then $f(1, 2) = 5$.\n"
    links = Surveyor(open_document(Source("a.md", text.encode()))).run().links
    assert str(links[-1].left.variants[0][1].expr) == "5"
