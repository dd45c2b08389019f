"""Lines that hold where their text says: special cases, conditions told after them, equations for a name.

Wrong ones come first.
"""

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


GAMMA = r"Let $X \sim \mathrm{Gam}(a, b)$ and consider the special case that $b = 1$. In this case, the density is "
AT_ONE = r"\frac{1}{\Gamma(a)} x^{a-1} \exp[-x]"
BETA = r"Let $X \sim \mathrm{Beta}(\alpha, \beta)$. When $\alpha = \beta$ this becomes "
SAID = r"With $\bar\alpha_t = \alpha_t\bar\alpha_{t-1}$ and $\alpha_t = 1 - \beta_t$ we can write "
PRECISIONS = r"\frac{\alpha_t(1-\bar\alpha_{t-1}) + \beta_t}{\beta_t(1-\bar\alpha_{t-1})}"

LINES = [
    # a special case is one of its paragraph, and a line has to hold in it
    (GAMMA + r"$$ f_X(x) = \frac{1}{\Gamma(a)} x^{a} \exp[-x] . $$", "refuted"),
    (GAMMA + rf"$$ f_X(x) = {AT_ONE} . $$" + f"\n\nFor general $b$ it is\n\n$$ f_X(x) = {AT_ONE} . $$", "refuted"),
    (GAMMA + f"this.\n\nThere is more to say. The density is\n\n$$ f_X(x) = {AT_ONE} . $$", "refuted"),
    (GAMMA + rf"$$ f_X(x) = {AT_ONE} . $$", "proved"),
    (
        GAMMA + rf"$$ f_X(x) = {AT_ONE} . $$" + f"\n\nIn this case, we have again\n\n$$ f_X(x) = {AT_ONE} . $$",
        "proved",
    ),
    (BETA + r"$$ \mathrm{Var}(X) = \frac{1}{4(\alpha+1)}. $$", "refuted"),
    (BETA + r"$$ \mathrm{Var}(X) = \frac{1}{4(2\alpha+1)}. $$", "proved"),
    # a line of the same paragraph that does not say that it is about the case
    (GAMMA + rf"this. Here $a > 0$. The density is $$ f_X(x) = {AT_ONE} . $$", "undecided"),
    (GAMMA + rf"this. For general $b$ the density is $$ f_X(x) = {AT_ONE} . $$", "undecided"),
    # a number for a name that was met before is one case, and over with its paragraph
    (
        "Let $X \\sim \\mathrm{Beta}(\\alpha, \\beta)$. In the uniform case $\\alpha = \\beta = 1$ the variance is $1/12$.\n\n"
        "The other is $\\frac{r}{\\beta} + \\frac{r}{\\beta^2} = \\frac{r(1+\\beta)}{\\beta}$.",
        "refuted",
    ),
    (
        r"Let $X \sim \mathrm{Beta}(\alpha, \beta)$. In the uniform case $\alpha = \beta = 1$ we get $$\mathrm{Var}(X) = \frac{1}{6}.$$",
        "refuted",
    ),
    (
        r"Let $X \sim \mathrm{Beta}(\alpha, \beta)$. In the uniform case $\alpha = \beta = 1$ we get $$\mathrm{Var}(X) = \frac{1}{12}.$$",
        "proved",
    ),
    # what the rest of the sentence says
    (r"The identity $|t| = -t$ holds if $t \ge 0$.", "refuted"),
    (r"We have $|t| = -t$. It matters if $t \le 0$.", "refuted"),
    (r"The identity $|t| = -t$ holds if $t \le 0$, and it is used below.", "proved"),
    (r"Then $$ \sum_{k=1}^\infty k r^{k-1} = \frac{1}{(1-r)^3} $$ provided that $|r| < 1$.", "refuted"),
    (r"Then $$ \sum_{k=1}^\infty k r^{k-1} = \frac{1}{(1-r)^2} $$ provided that $|r| < 1$.", "proved"),
    # a name and an expression with that name: an equation for it, an update; what does not hold of a name alone is wrong
    (r"We have $e^m = \tanh(\beta m)$.", "undecided"),
    (r"We have $1 = \frac{R}{P+R} + \frac{Q}{R}$ for these.", "undecided"),
    (r"The Riccati equation $P = \frac{PR}{P+R} + Q$ has one positive solution.", "not_checked"),
    (r"The mean field equation $m = \tanh(\beta m)$ has a nonzero solution.", "not_checked"),
    (r"Each step is $\theta = \theta - \eta g$ with a small rate.", "not_checked"),
    # what was claimed of a name beside its definition
    (SAID + rf"$$ {PRECISIONS} = \frac{{1+\bar\alpha_t}}{{\beta_t(1-\bar\alpha_{{t-1}})}}. $$", "refuted"),
    (SAID + rf"$$ {PRECISIONS} = \frac{{1-\bar\alpha_t}}{{\beta_t(1-\bar\alpha_{{t-1}})}}. $$", "proved"),
    # a claim may be wrong, and so is then what follows from it
    ("Let $a > 0$ and $b = 2a$. Then $b = 3a$.\n\nSo $b + 1 = 3a + 1$.", "undecided"),
    ("Let $a > 0$ and $b = 2a$. Then $b = 3a$.\n\nSo $b + 1 = 4a + 1$.", "refuted"),
    (
        r"Let $\sigma > 0$ and $v = \sigma^2$. It follows that $v = 2\sigma$. Hence $\frac{x^2}{2v} = \frac{x^2}{4\sigma}$.",
        "undecided",
    ),
    # two decimals of what is irrational are a rounded number
    (r"It is $\frac12\log(2\pi e) = 1.43$ nats.", "refuted"),
    (r"It is $\frac12\log(2\pi e) = 1.42$ nats.", "not_checked"),
    (r"It is $\frac{1}{8} + \frac{1}{2} = 0.63$ here.", "refuted"),
    # a gain is a number, and before a sum in brackets a factor
    (r"The gain is $K = \frac{P}{P+R}$. Then $$m + K(y - m) = \frac{P m + R y}{P + R}$$", "refuted"),
    (r"The gain is $K = \frac{P}{P+R}$. Then $$m + K(y - m) = \frac{R m + P y}{P + R}$$", "proved"),
]


@pytest.mark.parametrize(("text", "status"), LINES)
def test_a_line_is_judged_where_it_is_meant(text: str, status: str, workers: Workers) -> None:
    steps = checked(text, workers).steps
    assert steps
    assert steps[-1]["status"] == status


MATRICES = [
    # covariances of random vectors are matrices
    (r"Let $X$ and $Y$ be random vectors. Then $\mathrm{Cov}(X, Y) = \mathrm{Cov}(Y, X)$.", "undecided"),
    (r"Let $X$ and $Y$ be random vectors. Then $\mathrm{Cov}(X, Y)^T = \mathrm{Cov}(Y, X)$.", "supported"),
    (r"Let $X$ and $Y$ be random variables. Then $\mathrm{Cov}(X, Y) = \mathrm{Cov}(Y, X)$.", "proved"),
    # bars are a determinant where the document says that a letter is a matrix
    (r"For matrices $A, B$ we have $|A + B| = |A| + |B|$.", "refuted"),
    (r"For matrices $A, B \in \mathbb{R}^{n \times n}$ we have $|A^\top B| = |A| / |B|$.", "refuted"),
    (r"Let $A$ be an invertible matrix. Then $|A^{-1}| = |A|$.", "refuted"),
    (r"Let $A$ be an invertible $2 \times 2$ matrix. Then $|2A| = 2|A|$.", "refuted"),
    (r"Let $A$ be an invertible $2 \times 2$ matrix. Then $|2A| = 4|A|$.", "not_checked"),
    (r"Let $A$ be an invertible matrix. Then $|A^{-1}| = \frac{1}{|A|}$.", "supported"),
    (r"For matrices $A, B \in \mathbb{R}^{n \times n}$ we have $|AB| = |A||B|$.", "supported"),
    (r"For numbers $a$ and $b$ we have $|a + b| = |a| + |b|$.", "refuted"),
    (r"For numbers $a$ and $b$ we have $|a b| = |a||b|$.", "proved"),
]


@pytest.mark.parametrize(("text", "status"), MATRICES)
def test_bars_are_what_stands_between_them(text: str, status: str, workers: Workers) -> None:
    assert [s["status"] for s in checked(text, workers).steps] == [status]


SERIES = [
    (r"The sum is $\sum_{k=0}^\infty \rho^{2k} = \frac{1}{1-\rho}$.", "refuted"),
    (r"The sum is $\sum_{k=0}^\infty \rho^{2k} = \frac{1}{1-\rho^2}$.", "proved"),
    (r"For $X_1, \dots, X_n$ it is $\int_0^1 m \cdot n m^{n-1}\,dm = \frac{n}{n+2}$.", "refuted"),
    (r"For $X_1, \dots, X_n$ it is $\int_0^1 m \cdot n m^{n-1}\,dm = \frac{n}{n+1}$.", "proved"),
]


@pytest.mark.parametrize(("text", "status"), SERIES)
def test_sums_and_integrals_are_meant_where_they_converge(text: str, status: str, workers: Workers) -> None:
    assert [s["status"] for s in checked(text, workers).steps] == [status]


SCORES = [
    (r"$\nabla_\theta p_\theta(x) = \nabla_\theta \log p_\theta(x)$", ("refuted",)),
    (r"$\nabla_\theta \log p_\theta(x) = p_\theta(x) \nabla_\theta p_\theta(x)$", ("refuted",)),
    (
        r"$\int f(x) \nabla_\theta p_\theta(x)\, dx = \int f(x) \nabla_\theta \log p_\theta(x)\, dx$",
        ("refuted", "undecided"),
    ),
    # that the two may be exchanged nobody has said
    (
        r"$\nabla_\theta \mathbb{E}_{x \sim p_\theta}[f(x)] = \int f(x) \nabla_\theta p_\theta(x)\, dx$",
        ("undecided",),
    ),
    (r"$\nabla_\theta p_\theta(x) = p_\theta(x) \nabla_\theta \log p_\theta(x)$", ("proved",)),
    (
        r"$\int f(x) \nabla_\theta p_\theta(x)\, dx = \int f(x) p_\theta(x) \nabla_\theta \log p_\theta(x)\, dx$",
        ("proved",),
    ),
    (
        r"$\nabla_\theta \mathbb{E}_{x \sim p_\theta}[f(x)] = \nabla_\theta \int f(x) p_\theta(x)\, dx$",
        ("proved",),
    ),
]


@pytest.mark.parametrize(("text", "status"), SCORES)
@pytest.mark.parametrize("before", ["", r"Let $x \sim p_\theta(x)$. "])
def test_a_density_with_a_parameter_depends_on_it(
    text: str, before: str, status: tuple[str, ...], workers: Workers
) -> None:
    (step,) = checked(f"{before}It holds that {text}.", workers).steps
    assert step["status"] in (*status, "undecided") if before and status == ("refuted",) else status


FIXES = [
    # a derivative that was lost
    (r"Let $g(y) = \sigma y^3$ and $p(y) = e^{-y}$. Then $\frac{d}{dy} g(y)^2 = 2 g(y) g(y)$.", "2 g'(y) g(y)"),
    # what a name is, by another name
    (r"Here $\sigma > 0$. The output is $s = \log\sigma^2$, in which case $\sigma = e^{s}$.", "e^{s/2}"),
    # the side before the sign may be the wrong one
    (
        r"Let $P, R > 0$. The gain is $K = \frac{P}{P + R}$. Then $(1-K)^2 P + K R = (1-K)P$.",
        "(1-K)^2 P + K^2 R",
    ),
    # noises merge: the coefficient is worked out from the variances
    (
        r"$$\sqrt{a_t b_t}\, x + \sqrt{a_t(1 - b_t)}\,\epsilon_{2} + \sqrt{1-a_t}\,\epsilon_{1} = \sqrt{a_t b_t}\, x + \sqrt{a_t b_t}\,\bar\epsilon$$",
        r"\sqrt{a_t b_t}\, x + \sqrt{1-a_tb_t}\,\bar\epsilon",
    ),
    # integrals at both sides: what stands before one is worked out from their values
    (
        r"With $n$ a positive integer, $$\int_0^\infty t^n e^{-t}\, dt = n^{n} \int_0^\infty s^n e^{-ns}\, ds$$",
        r"n n^{n} \int_0^\infty s^n e^{-ns}\, ds",
    ),
    # a correction may rest on what an earlier paragraph assumed
    (
        "Let $|\\rho| < 1$ hold.\n\nThe variance is $s^2 \\sum_{k=0}^\\infty \\rho^{2k} = \\frac{s^2}{1-\\rho}$.",
        r"\frac{s^2}{1-\rho^2}",
    ),
]


@pytest.mark.parametrize(("text", "right"), FIXES)
def test_the_author_s_own_side_is_mended(text: str, right: str, workers: Workers) -> None:
    bad = [s for s in checked(text, workers).steps if s["status"] == "refuted"]
    assert [s["diagnosis"]["corrected_latex"] for s in bad] == [right]


def test_a_correction_may_stand_in_a_macro(workers: Workers) -> None:
    text = r"""\newcommand{\E}[2]{\mathbb{E}_{#1}\left[#2\right]}
\newcommand{\KL}[2]{D_{\mathrm{KL}}\left(#1 \,\|\, #2\right)}
\begin{document}
\begin{align}
\E{q(z \mid x)}{\log p(x \mid z)} + \E{q(z \mid x)}{\log \frac{p(z)}{q(z \mid x)}}
  &= \E{q(z \mid x)}{\log p(x \mid z)} + \KL{q(z \mid x)}{p(z)} .
\end{align}
\end{document}
"""
    c = check(Source("a.tex", text.encode()), 8.0, 1, workers)
    (step,) = (s for s in c.steps if s["status"] == "refuted")
    assert c.source.edited([(step["fix"]["start"], step["fix"]["end"], step["fix"]["latex"])]).decode() == text.replace(
        r"+ \KL", r"- \KL"
    )
