"""What authors write without saying it: wrong lines that must not pass for it, then right ones.

Right ones must not be flagged.
"""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from symrep.checking.files import check
from symrep.reading.documents import Source
from symrep.running.worker import PRELOAD, Workers

GOOD = ("proved", "supported")


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as pool:
        yield pool


def steps(text: str, workers: Workers) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = check(Source("a.md", text.encode()), 10.0, 2, workers).steps
    return found


# --- wrong, and not to be believed ----------------------------------------------------------------------------------

#: text, where the last claim is wrong, and what it has to be
WRONG = [
    # what is said at a point is said for its sentence
    (r"At $t=0$ this gives $e^t = 1$. For $\lambda > 0$: $\frac{\lambda}{\lambda-t} = \frac{\lambda}{\lambda+t}$", "refuted"),
    (r"If $t=0$ then $e^t = 1$. For $\lambda > 0$: $\frac{\lambda}{\lambda-t} = \frac{\lambda}{\lambda+t}$", "undecided"),
    (r"Let $K \sim \mathrm{Bernoulli}(p)$. Then $H(K) = -p \log_2 p + (1-p) \log_2 (1-p)$", "refuted"),
    (r"With $f$ smooth: $\nabla_\theta \int p_\theta(x) f(x)\,dx = \int p_\theta(x) \nabla_\theta p_\theta(x) f(x)\,dx$", "undecided"),
    (r"Let $X \sim \mathrm{Exp}(\lambda)$. Then $f_X(x) = \lambda e^{\lambda x}$", "refuted"),
    (r"Let $X \sim \mathrm{Exp}(\lambda)$. Then $F_X(x) = 1 - e^{\lambda x}$", "refuted"),
    (r"Let $U \sim \mathrm{Uniform}(0,2)$. Then $f_U(u) = 1$", "refuted"),
    (r"Let $K \sim \mathrm{Poisson}(\lambda)$. Then $P(K = k) = \frac{\lambda^k e^{\lambda}}{k!}$", "refuted"),
    (r"Let $K \sim \mathrm{Bernoulli}(p)$. Then $\mathrm{Var}(K) = p(1+p)$", "refuted"),
    (r"Let $q_\phi(z) = \mathcal{N}(z; \mu, \sigma^2)$. Then $\mathbb{E}_{q_\phi(z)}[z^2] = \mu^2 - \sigma^2$", "refuted"),
    (r"Let $q(z|x) = \mathcal{N}(z; \mu, 1)$. Then $\mathbb{E}_{q(z|x)}[z] = 2\mu$", "refuted"),
    # p(x) beside p(z) is another density
    (r"Let $p(z) = \mathcal{N}(z; 0, 1)$. Then $\log p(x) = \log\frac{1}{\sqrt{2\pi}} - \frac{x^2}{2}$", "undecided"),
    (r"If $g(u) = \sqrt u$ with $u > 0$ then $g'(u)^2 \cdot u = \frac12$", "refuted"),
    (r"$u(x,t) = \frac{1}{\sqrt{t}} e^{-x^2/(4t)}$, $t > 0$. $$\frac{\partial u}{\partial t} = 2\frac{\partial^2 u}{\partial x^2}$$", "refuted"),
    (r"The function $\zeta(u) = \log(1 + e^u)$ has $\zeta'(u) = \frac{1}{1 + e^u}$", "refuted"),
    # true of some random variables only
    (r"$E[XY] = E[X] E[Y]$", "undecided"),
    (r"$\mathrm{Var}(X + Y) = \mathrm{Var}(X) + \mathrm{Var}(Y)$", "undecided"),
    (r"$\mathrm{Var}(aX) = a \mathrm{Var}(X)$", "refuted"),
    # 0 ≤ 1/4 says nothing of what stands between and is not read
    (r"Hence $0 \leq \|x\| \leq \frac14$", "not_checked"),
    (r"Hence $1 \leq \|x\| = 1$", "not_checked"),
    (r"$S = \sum_{i=1}^n X_i$. Here $\mathrm{Var}(X_i) = 0$", "not_checked"),
    (r"$S = \sum_{i=1}^n X_i$ and $X_1 \sim \mathcal{N}(0, 1)$. Here $E[X_1] = X_1$", "not_checked"),
    (r"$S = \sum_{i=1}^n x_i$. Here $\mathbb{E}_{x_i \sim \mathcal{N}(0, 1)}[x_i] = x_i$", "not_checked"),
    (r"$P(A \mid B) = \frac{P(B \mid A) P(B)}{P(A)}$", "refuted"),
    (r"If both $\alpha=1$ and $\beta=1$, then $\alpha + \beta = 3$", "refuted"),
    (r"Let $X \sim \mathrm{Beta}(a, b)$. If $a = 1$ and $b = 1$, then $E[X] = \frac13$", "refuted"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "status"), WRONG)
def test_a_wrong_line_does_not_pass_for_a_habit(text: str, status: str, workers: Workers) -> None:
    last = steps(text, workers)[-1]
    assert last["status"] == status, last


def test_a_side_is_not_compared_with_the_name_it_defines(workers: Workers) -> None:
    """f_Y(y) = (unread) = b defines f_Y by b; that the two are equal says nothing of b."""
    text = r"$f_Y(y) = f_X(x)\left|\frac{dx}{dw}\right| = \frac{f_X(y)}{2}$"
    (claim,) = steps(text, workers)
    assert claim["status"] == "not_checked"


def test_a_jacobian_is_blamed_where_it_was_lost(workers: Workers) -> None:
    before = (
        "We define $x \\sim f_X(x)$, $y = h(x)$ and\n\n$$x = g(y) = h^{-1}(y)$$\n\n"
        "where $h$ is a strictly increasing continuously differentiable function. Then\n\n"
    )
    line = r"$$f_Y(y) = f_X(x)\left|\frac{dx}{dy}\right| = {}$$"
    right = steps(before + line.replace("{}", r"f_X(g(y)) g'(y)"), workers)
    assert [s["status"] for s in right if s["line"] > 6] == ["proved"]
    wrong = steps(before + line.replace("{}", r"\frac{f_X(g(y))}{g'(y)}"), workers)
    assert [(s["line"], s["status"]) for s in wrong if s["status"] not in GOOD] == [(7, "refuted")]
    after = (
        "\n\nWith $x \\sim \\mathcal{N}(\\mu, \\sigma^2)$, $y = h(x) = \\frac{x-\\mu}{\\sigma}$, "
        "$x = g(y) = \\sigma y + \\mu$:\n\n$$f_Y(y) = f_X(g(y)) g'(y) = \\frac{1}{\\sqrt{2\\pi}} e^{-y^2/2}$$"
    )
    once = steps(before + line.replace("{}", r"\frac{f_X(g(y))}{g'(y)}") + after, workers)
    assert [s["line"] for s in once if s["status"] == "refuted"] == [7]


# --- right, and not to be flagged -----------------------------------------------------------------------------------

#: claims that are confirmed
CONFIRMED = [
    r"Let $X \sim \mathrm{Exp}(\lambda)$. Then $f_X(x) = \lambda e^{-\lambda x}$ and $F_X(x) = 1 - e^{-\lambda x}$.",
    r"Let $U \sim \mathrm{Uniform}(0,1)$. Then $f_U(u) = 1$.",
    r"Let $K \sim \mathrm{Poisson}(\lambda)$. Then $P(K = k) = \frac{\lambda^k e^{-\lambda}}{k!}$.",
    r"Let $K \sim \mathrm{Bernoulli}(p)$. Then $\mathrm{Var}(K) = p(1-p)$ and $E[K^2] = p$.",
    r"With $X \sim \mathcal{N}(0, 1)$: $p(z) = \mathcal{N}(z; 0, 1)$, $\mathbb{E}_{p(z)}[z^2] = E[X^2]$.",
    r"Let $q(z|x) = \mathcal{N}(z; \mu, \sigma^2)$, $p(z) = \mathcal{N}(z; 0, 1)$. "
    r"$$KL(q(z|x)\|p(z)) = \frac12(\mu^2 + \sigma^2 - 1) - \log\sigma$$",
    r"$\mathrm{Cov}(X,Y) = E[(X-E[X])(Y-E[Y])]$ and $\mathrm{Var}(aX + b) = a^2\mathrm{Var}(X)$.",
    r"$\mathrm{Var}(X+Y) = \mathrm{Var}(X) + \mathrm{Var}(Y) + 2\,\mathrm{Cov}(X,Y)$.",
    r"$P(A \mid B) = \frac{P(B \mid A) P(A)}{P(B)}$ and $\Pr(A, B) = \Pr(A \mid B)\Pr(B)$.",
    r"If both $\alpha=1$ and $\beta=1$, then $\alpha + \beta = 2$.",
    r"Let $X \sim \mathrm{Beta}(a, b)$. If both $a = 1$ and $b = 1$, then $f_X(x) = 1$ and $E[X] = \frac12$.",
    r"Let $K \sim \mathrm{Bernoulli}(p)$. Then $H(K) = -p \log_2 p - (1-p) \log_2 (1-p)$.",
    r"$\nabla_\theta \mathbb{E}_{x\sim p_\theta(x)}[f(x)] = \nabla_\theta \int p_\theta(x) f(x)\,dx$.",
    "Let $x_i > 0$, $b > 0$. $$L(b) = \\log\\prod_{i=1}^n b e^{-b x_i} = n\\log b - b\\sum_{i=1}^n x_i$$ "
    "Then $L'(b) = \\frac{n}{b} - \\sum_{i=1}^n x_i$ and $L''(b) = -\\frac{n}{b^2}$.",
    r"The function $\zeta(u) = \log(1 + e^u)$ has $\zeta'(u) = \frac{1}{1 + e^{-u}}$.",
    r"Let $n$ and $x_i$ be given. $$L(b) = n\log b - b\sum_{i=1}^n x_i$$ Then $L''(b) = -\frac{n}{b^2}$.",
    r"With $m$ a positive integer, $\int_0^1 m x^m\,dx = \frac{m}{m+1}$.",
    r"$u(x,t) = \frac{1}{\sqrt{t}} e^{-x^2/(4t)}$, $t > 0$. $$\frac{\partial u}{\partial t} = \frac{\partial^2 u}{\partial x^2}$$",
    "Let $X \\sim \\mathcal{N}(\\mu, \\sigma^2)$.\n\n* $g(x) = x$: $E[(X-\\mu)g(X)] = \\sigma^2$\n* $g(x) = x^2$: $E[(X-\\mu)g(X)] = 2\\mu\\sigma^2$",
]  # fmt: skip


@pytest.mark.parametrize("text", CONFIRMED)
def test_a_right_line_is_confirmed(text: str, workers: Workers) -> None:
    found = steps(text, workers)
    assert found and [s["status"] for s in found if s["status"] not in GOOD] == []


#: nothing in them is a claim that could be wrong
QUIET = [
    r"Under the null hypothesis $\mu_1 = \ldots = \mu_k = \mu$.",
    r"Note that $B^{(1)} + B^{(2)} = I_n$.",
    r"Then $e_i X I_p = e_i X$.",
    r"Let $X_i \sim \mathcal{N}(0, 1)$ and $Y \sim \chi^2(k)$; then $Y = \sum_{i=1}^k X_i^2$.",
    r"The model is $l = x b + c$. The log-odds are $l = \log\frac{r}{1-r}$.",
    r"It is constant, $1 = \mathrm{const.}$, and $m^{\overline{n}} = m (m + 1)$.",
    r"We find the maximum: $$\begin{aligned} (x-1)(a-x) = 0 \\ a + 1 - x &= x \\ x &= a \end{aligned}$$",
    r"$$\begin{aligned} 2x &= 4a \\ &\Leftrightarrow \\ x &= 2a + 1 \end{aligned}$$",
    r"$$g(a) < 0, \quad \text{if} \quad a > 1 \quad \text{and} \quad b > 1$$",
    r"If $a > 1$ then $0 < x = \frac{a-1}{a} < 1$.",
    r"Let $X \sim \mathrm{Beta}(a, b)$. There $f'_X(x) = 0$, and $\max[\mathrm{Var}(X)] = \frac14$.",
    r"If $x = 2$ then $x^2 = 4$. In that case $x + 1 = 3$.",
]  # fmt: skip


@pytest.mark.parametrize("text", QUIET)
def test_what_is_no_claim_is_not_flagged(text: str, workers: Workers) -> None:
    assert [s for s in steps(text, workers) if s["status"] == "refuted"] == []
