"""How posts and appendices of the field write: recursions, likelihoods, bounds. What is wrong comes first."""

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


STEPS = r"""Let $\alpha_t = 1 - \beta_t$ with $0 < \beta_t < 1$.

$$
\begin{aligned}
x_t &= \sqrt{\alpha_t} x_{t-1} + \sqrt{1-\alpha_t}\epsilon_{t-1} \\
&= \sqrt{\alpha_t}\left(\sqrt{\alpha_{t-1}} x_{t-2} + SECOND\right) + \sqrt{1-\alpha_t}\epsilon_{t-1} \\
&= \sqrt{\alpha_t\alpha_{t-1}} x_{t-2} + \sqrt{\alpha_t(1-\alpha_{t-1})}\epsilon_{t-2} + \sqrt{1-\alpha_t}\epsilon_{t-1} \\
&= \sqrt{\alpha_t\alpha_{t-1}} x_{t-2} + \sqrt{MERGED}\bar\epsilon_{t-2}
\end{aligned}
$$
"""
SECOND, MERGED = r"\sqrt{1-\alpha_{t-1}}\epsilon_{t-2}", r"1-\alpha_t\alpha_{t-1}"


@pytest.mark.parametrize(
    ("second", "merged", "wrong"),
    [
        (r"\sqrt{1-\alpha_{t}}\epsilon_{t-2}", MERGED, 6),
        (SECOND, r"1-\alpha_t", 8),
        (SECOND, r"1+\alpha_t\alpha_{t-1}", 8),
        (SECOND, MERGED, 0),
    ],
)
def test_a_recursion_is_put_into_itself_and_noises_merge(
    second: str, merged: str, wrong: int, workers: Workers
) -> None:
    c = checked(STEPS.replace("SECOND", second).replace("MERGED", merged), workers)
    assert [s["line"] for s in c.steps if s["status"] == "refuted"] == ([wrong] if wrong else [])
    if not wrong:  # of laws, so the kernel has not shown it
        assert [s["status"] for s in c.steps] == ["proved", "proved", "supported"]
        assert "equal in law" in c.steps[-1]["hypotheses"][0]


LIKELIHOODS = [
    (r"\frac{\partial \ell}{\partial \mu} = \frac{1}{2\sigma^2}\sum_{i=1}^n (x_i - \mu)", False),
    (r"\frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{2\sigma^2} + \frac{1}{\sigma^4}\sum_{i=1}^n (x_i-\mu)^2", False),
    (r"\frac{\partial \ell}{\partial \mu} = \frac{1}{\sigma^2}\sum_{i=1}^n (x_i - \mu)", True),
    (r"\frac{\partial \ell(\mu, \sigma^2)}{\partial \sigma^2} = -\frac{n}{2\sigma^2} + \frac{1}{2\sigma^4}\sum_{i=1}^n (x_i-\mu)^2", True),
]  # fmt: skip


@pytest.mark.parametrize(("line", "right"), LIKELIHOODS)
def test_a_likelihood_is_a_function_of_the_variance(line: str, right: bool, workers: Workers) -> None:
    text = r"$$\ell(\mu, \sigma^2) = -\frac{n}{2}\log(2\pi\sigma^2) - \frac{1}{2\sigma^2}\sum_{i=1}^n (x_i-\mu)^2$$"
    c = checked(f"{text}\n\nHence $${line}$$\n", workers)
    (step,) = c.steps
    assert step["status"] in (("proved", "supported") if right else ("refuted",))


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        # the logarithm of what is not defined says what it is
        (r"$$\log L(\theta) = \log\theta - \theta x$$ so $\frac{d \log L}{d\theta} = \frac{1}{\theta} + x$.", ["refuted"]),
        (r"$$\log L(\theta) = \log\theta - \theta x$$ so $\frac{d \log L}{d\theta} = \frac{1}{\theta} - x$.", ["proved"]),
        (r"$L(\theta \mid x) = \theta e^{-\theta x}$ has $\frac{\partial L}{\partial\theta} = e^{-\theta x}(1 - x)$.", ["refuted"]),
        # another function by the same letter
        (r"$I(\mu) = \frac{1}{\sigma^2}$. For coins $I(p) = \frac{1}{p} + \frac{1}{1-p} = \frac{1}{p(1-p)}$.", ["proved"]),
        (r"$I(\mu) = \frac{1}{\sigma^2}$. For coins $I(p) = \frac{1}{p} + \frac{1}{1-p} = \frac{p}{1-p}$.", ["refuted"]),
        # a letter that is an integer elsewhere, before a bracket at the beginning
        (r"$$m(k) = \binom{n}{k} p^k = \binom{n}{n-k} p^{k}$$", ["proved"]),
        (r"$$m(t) = m_0 e^{-2t}$$ and so $m'(t) = 2 m(t)$.", ["refuted"]),
        # an equation before an arrow
        (r"$$w\left(s + \lambda\right) = c \implies \hat{w} = \frac{c}{s + \lambda}$$", ["not_checked"]),
        # densities by their names
        (r"Let $p = \mathcal{N}(0, 1)$ and $q = \mathcal{N}(0, 4)$. Then $\frac{p(x)}{q(x)} = 2 e^{-x^2/8}$.", ["refuted"]),
        (r"Let $p = \mathcal{N}(0, 1)$ and $q = \mathcal{N}(0, 4)$. Then $\frac{p(x)}{q(x)} = 2 e^{-3x^2/8}$.", ["proved"]),
        # inverses that are spelled out are claimed of the function
        (r"Let $G(g) = \exp(-e^{-g})$. With $u \in (0,1)$, $G^{-1}(u) = \log(-\log u)$.", ["refuted"]),
        (r"Let $G(g) = \exp(-e^{-g})$. With $u \in (0,1)$, $G^{-1}(u) = -\log(-\log u)$.", ["proved"]),
        (r"Let $f(z) = e^{s} z + t$. Then $f^{-1}(x) = (x-t)e^{-s}$ and $f^{-1}(t) = e^{s} - 1$.", ["proved", "refuted"]),
        # a proposal, and the way back
        (r"Let $q(x'|x) = \frac{1}{x'} e^{-(\log x' - \log x)^2}$. So $\frac{q(x|x')}{q(x'|x)} = \frac{x}{x'}$", ["refuted"]),
        (r"Let $q(x'|x) = \frac{1}{x'} e^{-(\log x' - \log x)^2}$. So $\frac{q(x|x')}{q(x'|x)} = \frac{x'}{x}$", ["proved"]),
        (r"The variance solves $v = (1-h)^2 v + 2h$.", ["not_checked"]),
        # moments of whatever law
        (r"$\mathrm{Var}(aX+b) = a^2\mathrm{Var}(X)+b$", ["refuted"]),
        (r"$\mathrm{Var}(X) = E[X^2] - E[X]$", ["refuted"]),
        (r"$\mathrm{Var}(X+Y) = \mathrm{Var}(X) + \mathrm{Var}(Y) + \mathrm{Cov}(X,Y)$", ["refuted"]),
        (r"$\mathrm{Var}(X+Y) = \mathrm{Var}(X) + \mathrm{Var}(Y)$", ["undecided"]),  # of independent ones
        (r"$E[X^2] = \sigma^2 + \mu^2$ and $E[(X-\mu)^2] = E[X^2] - \mu^2$", ["undecided", "undecided"]),  # μ is its mean
        (r"$E[X_1] = E[X_0]$", ["undecided"]),  # of a martingale
        (r"$\mathrm{Var}(aX) = a\mathrm{Var}(X)$ where $X$ is an indicator", ["undecided"]),
        (r"$E[(\hat\theta-\theta)^2] = (E[\hat\theta]-\theta)^2 + \mathrm{Var}(\hat\theta)$", ["proved"]),
        # exponents, functions, limits
        (r"With $0<\gamma<1$, $$\sum_{k=0}^{T-1}\gamma^k = \frac{1-\gamma^{T+1}}{1-\gamma}$$", ["refuted"]),
        (r"With $0<\gamma<1$, $$\sum_{k=0}^{T-1}\gamma^k = \frac{1-\gamma^{T}}{1-\gamma}$$", ["proved"]),
        (r"$$\frac{d}{dx}\left(x\Phi(x)\right) = \Phi(x) - x\phi(x)$$", ["refuted"]),
        (r"$$\frac{e^{-x}}{(1+e^{-x})^2} = \frac14 \operatorname{sech}^2(x)$$", ["refuted"]),
        (r"$$\int_0^{R} r e^{-r^2/2}\,dr = 1 - e^{-R^2/2}$$", ["proved"]),
        (r"$k(x_*, x_1) = x_* x_1$ and $k(x_*, x_*) = x_*$.", ["refuted"]),
    ],
)  # fmt: skip
def test_habits(text: str, statuses: list[str], workers: Workers) -> None:
    c = checked(text, workers)
    assert [s["status"] for s in c.steps] == statuses, [
        (s["lhs"], s["rhs"], s["reason"], s["message"]) for s in c.steps
    ]


def test_what_a_term_too_many_is_taken_away(workers: Workers) -> None:
    c = checked(r"With $0<\gamma<1$, $$\sum_{k=0}^{T-1}\gamma^k = \frac{1-\gamma^{T+1}}{1-\gamma}$$", workers)
    fix = c.steps[0]["fix"]
    assert b"\\gamma^{T}}" in c.source.edited([(fix["start"], fix["end"], fix["latex"])])


def test_an_evidence_bound_is_followed_line_by_line(workers: Workers) -> None:
    text = r"""$$
\begin{aligned}
\log p_\theta(x) &= \mathbb{E}_{q_\phi(z|x)}\left[\log \frac{p_\theta(x,z)}{q_\phi(z|x)} \frac{q_\phi(z|x)}{p_\theta(z|x)}\right] \\
&= \mathbb{E}_{q_\phi(z|x)}\left[\log p_\theta(x|z)\right] - D_{KL}(q_\phi(z|x) \| p(z)) + D_{KL}(q_\phi(z|x) \| p_\theta(z|x))
\end{aligned}
$$"""
    c = checked(text, workers)
    assert [s["status"] for s in c.steps] == ["proved", "proved"]
    wrong = text.replace("- D_{KL}", "+ D_{KL}")
    c = checked(wrong, workers)
    assert [s["status"] for s in c.steps] == ["proved", "refuted"] and c.steps[1]["fix"]["latex"] == "-"


def test_a_factor_for_a_divisor_is_mended(workers: Workers) -> None:
    text = r"""Let $x \sim f_X(x)$, $y = h(x)$, $x = g(y) = h^{-1}(y)$, where $h$ is a strictly increasing continuously
differentiable function. By the change of variables $f_Y(y) = f_X(x)|\frac{dx}{dy}| = f_X(g(y))/g'(y)$."""
    bad = [s for s in checked(text, workers).steps if s["status"] == "refuted"]
    assert len(bad) == 1 and bad[0]["diagnosis"]["corrected_latex"].replace(" ", "") == "f_X(g(y))g'(y)"


@pytest.mark.parametrize(
    ("right", "status"),
    [
        (r"\mathbb{E}_\epsilon[2 f(g_\theta(\epsilon))]", "refuted"),
        (r"\mathbb{E}_\epsilon[f(g_\theta(\epsilon))]", "proved"),
    ],
)
def test_the_law_of_a_path_is_that_of_its_noise(right: str, status: str, workers: Workers) -> None:
    text = r"$$\epsilon \sim p(\epsilon), \quad x = g_\theta(\epsilon)$$" + "\n\nso that "
    c = checked(text + rf"$$\mathbb{{E}}_{{x\sim p_\theta(x)}}[f(x)] = {right}$$", workers)
    assert c.steps[-1]["status"] in ((status, "undecided") if status == "refuted" else (status,))


ROUNDED = [
    (r"$$ \frac{1}{3} \log \frac{32}{27} = 0.0576 $$", "refuted"),
    (r"$$ \log 2 = 0.683 $$", "refuted"),
    (r"$$ \frac{1}{8} + \log 2 = 0.125 $$", "refuted"),
    (r"$$ \frac{1}{5} + \frac{1}{20} = 0.251 $$", "refuted"),
    (r"$$ \frac{1}{3} + \frac{1}{4} = 0.585 $$", "refuted"),
    (r"$$ \frac{1}{3} + \frac{1}{4} = 0.583 $$", "not_checked"),
    (r"$$ \log 2 = 0.7 $$", "undecided"),  # to one digit it is
    (r"$$ \log 2 = 0.694 $$", "refuted"),  # within a unit, and on the wrong side
    (r"$$ -\log 2 = -0.694 $$", "refuted"),
    (r"$$ \sqrt{3} = 1.731 $$", "refuted"),
    (r"$$ -\log 2 = -0.693 $$", "not_checked"),
    (r"$$ \frac{2}{3} = 0.666 $$", "not_checked"),  # cut off
    (r"$$ \frac{1}{2} \log \frac{9}{8} = 0.0589 $$", "not_checked"),
    (r"$$ \sqrt{2} = 1.41421 $$", "not_checked"),
]


@pytest.mark.parametrize(("text", "status"), ROUNDED)
def test_a_rounded_number_is_right_to_its_digits(text: str, status: str, workers: Workers) -> None:
    assert [s["status"] for s in checked(text, workers).steps] == [status]
