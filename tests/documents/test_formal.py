"""Claims about laws nobody told, in documents: slips are not confirmed, what follows for all laws is."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from symrep.checking.files import check
from symrep.reading.documents import Source
from symrep.running.worker import PRELOAD, Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as pool:
        yield pool


def statuses(text: str, workers: Workers) -> list[str]:
    found: list[dict[str, Any]] = check(Source("a.md", text.encode()), 8.0, 1, workers).steps
    return [s["status"] for s in found]


CHAIN = r"""
$$ \begin{split}
\mathrm{E}(X + Y) &= \sum_{x \in \mathcal{X}} \sum_{y \in \mathcal{Y}} (x+y) \cdot f_{X,Y}(x,y) \\
&= \sum_{x \in \mathcal{X}} \sum_{y \in \mathcal{Y}} x \cdot f_{X,Y}(x,y) + \sum_{x \in \mathcal{X}} \sum_{y \in \mathcal{Y}} y \cdot f_{X,Y}(x,y) \\
&= \sum_{x \in \mathcal{X}} x \cdot f_X(x) + \sum_{y \in \mathcal{Y}} y \cdot f_Y(y) \\
&= \mathrm{E}(X) + \mathrm{E}(Y) \; .
\end{split} $$
"""


@pytest.mark.parametrize(
    ("right", "wrong", "at"),
    [
        (r"y \cdot f_Y(y)", r"y \cdot f_X(y)", 2),
        (r"(x+y) \cdot f_{X,Y}", r"(x-y) \cdot f_{X,Y}", 0),
        (r"\mathrm{E}(X) + \mathrm{E}(Y)", r"\mathrm{E}(X) - \mathrm{E}(Y)", 3),
    ],
)
def test_a_slip_is_not_confirmed(right: str, wrong: str, at: int, workers: Workers) -> None:
    assert statuses(CHAIN, workers) == ["proved"] * 4
    assert CHAIN.count(right) == 1
    assert statuses(CHAIN.replace(right, wrong), workers)[at] not in ("proved", "supported")


@pytest.mark.parametrize(
    "text",
    [
        # a letter that stands for something definite is no density
        r"Let $q(x) = 2x$. Then $$\sum_{x \in \mathcal{X}} q(x) = 1$$",
        r"With $p > 0$ a number: $$\mathrm{Pr}(A \cup B) = p + \mathrm{Pr}(B)$$",
        r"$$\mathrm{Pr}(A \cup B) = \mathrm{Pr}(A) + \mathrm{Pr}(B) + \mathrm{Pr}(A \cap B)$$",
        r"$$p(A \cup B \cap C) = p(A) + p(B \cap C) - p(A \cap B \cap C)$$",
    ],
)
def test_what_is_wrong_or_unclear_is_not_confirmed(text: str, workers: Workers) -> None:
    assert not {"proved", "supported"} & set(statuses(text, workers))


def test_events(workers: Workers) -> None:
    text = r"$$p(A \cup B) = p(A) + p(B \setminus [A \cap B])$$ and $$p(B \setminus [A \cap B]) = p(B) - p(A \cap B)$$"
    assert statuses(text, workers) == ["proved", "proved"]


LABELLED = r"""
Let $X$ have one of two laws, $P$ and $Q$:

$$ \begin{split}
P: \; X &\sim \mathrm{Bern}(p_1) \\
Q: \; X &\sim \mathrm{Bern}(p_2) \; .
\end{split} $$

Then

$$ \begin{split}
\mathrm{KL}[P\,||\,Q] &= \sum_{x \in \left\lbrace 0,1 \right\rbrace} p(x) \, \ln \frac{p(x)}{q(x)} \\
&= p(X=0) \cdot \ln \frac{p(X=0)}{q(X=0)} + p(X=1) \cdot \ln \frac{p(X=1)}{q(X=1)} \\
&= (1-p_1) \cdot \ln \frac{1-p_1}{1-p_2} + p_1 \cdot \ln \frac{p_1}{p_2} \; .
\end{split} $$
"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"p_1 \cdot \ln \frac{p_1}{p_2}", r"p_2 \cdot \ln \frac{p_1}{p_2}"),
        (r"p(X=1) \cdot \ln \frac{p(X=1)}", r"p(X=1) \cdot \ln \frac{p(X=0)}"),
    ],
)
def test_a_slip_beside_laws_with_names_is_flagged(right: str, wrong: str, workers: Workers) -> None:
    assert set(statuses(LABELLED, workers)) <= {"proved", "supported"}
    assert LABELLED.count(right) == 1
    assert "refuted" in statuses(LABELLED.replace(right, wrong), workers)


def test_of_two_laws_a_variable_has_neither(workers: Workers) -> None:
    """E(X) is not that of the law that was named last."""
    text = LABELLED + r"Moreover $$\mathrm{E}(X) = p_2$$"
    assert statuses(text, workers)[-1] not in ("proved", "supported", "refuted")


#: what is not to be called wrong
MEANT = [
    # a discrete law by the letter of a continuous one
    r"Let $X$ have a discrete uniform distribution: $$X \sim \mathcal{U}(a, b)$$ Then $$\mathcal{U}(x; a, b) = \frac{1}{b-a+1}$$",
    # a matrix that is not read, and its determinant
    r"The Jacobian is $$J = \left[ \begin{matrix} \frac{\mathrm{d}X}{\mathrm{d}G} & \frac{\mathrm{d}X}{\mathrm{d}W} \end{matrix} \right]$$ so $$w^2 \lvert J \rvert = w^3$$",
    # weights
    r"An arbitrary number of points with $q_i \geq 0$ and $\sum_{i=1}^n q_i = 1$, such that $$g\left( \sum_{i=1}^n q_i x_i \right) \leq \sum_{i=1}^n q_i g(x_i)$$",
    r"$$Z = X + Y = a X + b Y \quad \text{with} \quad a = b = 1$$",
    # rows that begin with a minus, and have a sign of their own
    r"$$\begin{split} p &= 1 - \exp[-\lambda x] \\ \exp[-\lambda x] &= 1-p \\ -\lambda x &= \ln(1-p) \end{split}$$",
    # the value of a density at the end of its support
    r"Let $X \sim \mathrm{Exp}(\lambda)$. Then $$f_X(0) = \lambda$$",
    # logarithms of a family
    r"Here $$\ln \left( \prod_{i=1}^n x_i \right) = \sum_{i=1}^n \ln x_i$$",
    # means that the text tells of in words
    r"With the sample mean $\bar{x}$: $$\sum_{i=1}^n (x_i - \bar{x})^2 = \sum_{i=1}^n x_i^2 - n \bar{x}^2$$",
    # a label above is part of the name
    r"$$\mu_1^{*} = \frac{\mathrm{E}[(X-\mu)^1]}{\sigma^1}$$ With $\mu = \mathrm{E}(X)$ we have $$\mu_1^{*} = \frac{\mathrm{E}[X-\mu]}{\sigma} = 0$$",
    # parameters of a family nobody knows, negative
    r"Let $X \sim \mathrm{Wald}(\gamma, \alpha)$. $$\sqrt{\alpha^2 \gamma^2} = \alpha \gamma$$",
]


@pytest.mark.parametrize("text", MEANT)
def test_what_is_meant_otherwise_is_not_flagged(text: str, workers: Workers) -> None:
    assert "refuted" not in statuses(text, workers)


@pytest.mark.parametrize(
    "text",
    [
        r"Let $X$ be uniform on an interval: $$X \sim \mathcal{U}(a, b)$$ Then $$\mathcal{U}(x; a, b) = \frac{1}{b-a+1}$$",
        r"Let $p_i = \frac{i}{6}$. Then $$\sum_{i=1}^3 p_i = 2$$",
        r"Then $$X + Y = a X + b Y \quad \text{with} \quad a = b = 2$$",
        r"Let $X \sim \mathrm{Wald}(\gamma, \alpha)$. $$\sqrt{\alpha^2 \gamma^2} = 2\alpha \gamma$$",
        r"Let $X \sim \mathrm{Exp}(\lambda)$. Then $$f_X(1) = \lambda$$",
        r"Here $$\ln \left( \prod_{i=1}^n x_i \right) = n \sum_{i=1}^n \ln x_i$$",
        r"$$\begin{split} 4 &= 2 + 3 \\ &\quad - 2 \\ -3 &= 1 - 4 \end{split}$$",
        r"Let $\bar{x} = \frac1n \sum_{i=1}^n x_i$. $$\sum_{i=1}^n (x_i - \bar{x})^2 = \sum_{i=1}^n x_i^2 + n \bar{x}^2$$",
    ],
)
def test_what_is_wrong_all_the_same_is_flagged(text: str, workers: Workers) -> None:
    assert "refuted" in statuses(text, workers)


def test_orders(workers: Workers) -> None:
    """What is nowhere negative has no negative mean; equal things are in any order."""
    text = r"""$$\mathrm{E}(X^2) \geq 0$$ $$0 \leq \mathrm{Pr}(A)$$ $$\mathrm{E}(X^2) - \mathrm{E}(X)^2 \leq \mathrm{Var}(X)$$"""
    assert statuses(text, workers) == ["proved"] * 3
    text = r"""$$\mathrm{E}(X) \geq 0$$ $$\mathrm{Cov}(X, Y) \geq 0$$ $$\mathrm{Pr}(A \cup B) \leq \mathrm{Pr}(A)$$"""
    assert not {"proved", "supported"} & set(statuses(text, workers))


def test_a_map_of_a_random_variable(workers: Workers) -> None:
    text = r"""
Let $Y = g(X)$ where $g$ is a strictly MONOTONE function. Then

$$ \mathrm{Pr}(Y \leq y) = \mathrm{Pr}(g(X) \leq y) $$
$$ \mathrm{Pr}(g(X) \leq y) = F_X(g^{-1}(y)) $$
"""
    assert statuses(text.replace("MONOTONE", "increasing"), workers)[-2:] == ["proved", "proved"]
    assert statuses(text.replace("MONOTONE", "decreasing"), workers)[-1] != "proved"
