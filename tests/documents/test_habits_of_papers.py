"""How papers and lecture notes put it: levels of tests, several values at once, letters taken twice; wrong lines first."""

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


def statuses(text: str, workers: Workers, name: str = "a.md") -> list[str]:
    found = check(Source(name, text.encode()), 5.0, 1, workers, fix=False)
    assert not found.errors
    return [s["status"] for s in found.steps]


PATH = r"Let $Z \sim \mathcal{N}(0, 1)$ and $G_T = g_0\exp(mT + s\sqrt{T}Z)$ where $g_0, s, T > 0$. Then $\mathbb{E}[G_T] = %s$ and $\operatorname{Var}(\log G_T) = %s$."
MIXTURE = r"Let $B \sim \text{Bernoulli}(w)$ and $X = a + bB + sZ$, where $Z \sim \mathcal{N}(0, 1)$ %s. Then $\mathbb{E}[X] = a + wb$ and $\operatorname{Var}(X) = %s$."
SQUARE = r"Let $Z \sim \mathcal{N}(0, 1)$ and $Y = Z^2$. Then $\mathbb{E}[YZ^2] = %s$ and $\mathbb{E}[YZ] = 0$."
NOISE = r"Let $Z \sim \mathcal{N}(0, 1)$ and let $b$ be %s. Put $T = b + Z$. Then $\mathbb{E}[T] = b$."
LEVEL = r"The test rejects above $z_\alpha$, where $\Phi(z_\alpha) = 1 - \alpha$. Its power at $d$ is $g(d) = 1 - \Phi(z_\alpha - d)$, so that $g(0) = %s$ and $g'(0) = %s$ with the standard normal density $\varphi$."
HALF = r"Let $\Phi(z_{\alpha/2}) = 1 - \frac{\alpha}{2}$. Then $2(1 - \Phi(z_{\alpha/2})) = %s$."
TOLD = r"Let $\Phi$ be the distribution function and $\varphi$ the density of the standard normal law. Then $\Phi'(x) = \varphi(x)$ and $\varphi'(x) = %s$."
SIGMOID = r"We have $\operatorname{sigmoid}'(u) = \operatorname{sigmoid}(u)(1 %s \operatorname{sigmoid}(u))$."
CUMULANTS = r"The cumulant generating function of $Y$ is $K_Y(t) = \lambda(e^t - 1)$, so that $K_Y''(0) = %s$."
PRIMED = r"""Let $K(t) = \log M(t)$. Then

$$ K'(t) = \frac{M'(t)}{M(t)}, \qquad K''(t) = \frac{M''(t)}{M(t)} - %s. $$
"""
FAILURES = r"""The exponent is $f(x) = n\log x - x$, and $f'(x) = %s$.

After $s$ successes and $f$ failures let $g(r) = s\log r + f\log(1 - r)$. Then $g'(r) = \frac{s}{r} - \frac{f}{1 - r}$ and, with $\hat r = \frac{s}{s+f}$, $1 - \hat r = %s$."""
ENTROPY = r"Let $p(x) = \frac{1}{\sqrt{2\pi}}e^{-x^2/2}$. The binary entropy $h(p) = -p\log p - (1 - p)\log(1 - p)$ has $h''(p) = %s$."
DEVIATION = r"""Let $\sigma(r) = \frac{1}{1 + e^{-r}}$, so that $\sigma'(r) = \sigma(r)(1 - \sigma(r))$.

## Noise

Let $\varepsilon \sim \mathcal{N}(0, 1)$ and $a = \mu + \sigma\varepsilon$. Then $\mathbb{E}[(a - c)^2] = (\mu - c)^2 + %s$."""
SECOND = r"""(a) *Exponential.* $F_X(x) = 1 - e^{-x}$. Then $F_X(1) = 1 - e^{-1}$.

(b) *Pareto.* $F_X(x) = 1 - x^{-a}$ for $x > 1$. Then $F_X(2) = %s$."""
EXAMPLES = r"""\begin{example}[Weibull]
Let $S(t) = e^{-(t/c)^k}$ with $c, k > 0$. Then $S(c) = e^{-1}$.
\end{example}
\begin{example}[Gompertz]
Here $S(t) = \exp\bigl(-\frac{b}{a}(e^{at} - 1)\bigr)$ and $-\frac{S'(t)}{S(t)} = %s$.
\end{example}
"""
WHERE = r"""\begin{equation}
\frac{(r - m)^2}{c^2} + \frac{n(y - r)^2}{v^2} = \frac{(r - m_n)^2}{\tau_n^2} + \frac{n(y - m)^2}{v^2 + %sc^2},
\end{equation}
where
\begin{align}
\tau_n^2 &= \Bigl(\frac{1}{c^2} + \frac{n}{v^2}\Bigr)^{-1}, \\
m_n &= \tau_n^2\Bigl(\frac{m}{c^2} + \frac{ny}{v^2}\Bigr).
\end{align}
"""
RATES = r"For $t > 0$ the survival function is $S(t) = w e^{-at} + (1 - w)e^{-bt}$. Its mean is $\int_0^\infty S(t)\,dt = \frac{w}{a} + %s$."
SHAPE = r"The Gamma law with shape $k$ and rate $h$ has the skewness $\frac{2k/h^3}{(k/h^2)^{3/2}} = %s$."
VALUES = r"Let $g(u) = u^2$. With $u = \sqrt{T}$ and $u = 2\sqrt{T}$ we get $g(2\sqrt{T}) = %s$."
SOLUTION = r"Let $s > 0$. At the mode this becomes $3s^4 + s^2 = 1$, with solution $s^2 = \frac{\sqrt{13} - 1}{6}$. But $(s + 1)^2 = %s$."
CALLED = r"Let $q$ be $\mathcal{N}(m, s^2)$. Then $\mathbb{E}_q[z^4] = m^4 + 6m^2s^2 + %s$."
POSTERIOR = r"With a $\text{Beta}(a, b)$ posterior for the probability $r$ of success, $\mathbb{E}[r] = %s$."
PERHAPS = r"We do not know whether $X$ is $\mathcal{N}(0, 1)$. Then $\mathbb{E}[X^2] = 1$."
LIFETIMES = r"Let $T_1$ and $T_2$ be independent and exponential with rates $a$ and $b$. For $t > 0$ we have $P(T_1 > t)P(T_2 > t) = e^{-%st}$."
COUNTS = r"Let $N$ be Poisson with mean $c$. Then $\mathbb{E}[N^2] = %s$."
SUMMED = r"With $S = \sum_{i=1}^n y_i$ and $b = \frac{S}{n+1}$ we have $\frac{S}{b^2} = \frac{(n+1)^2}{%s}$."
PEAK = r"Let $K(u) = r u - e^u$. It peaks at $u_* = \log r$ with $K''(u_*) = %s$."
SPREAD = r"The noise has variance $s^2$, so that $\sqrt{s^2} = %s$."
ARMS = r"Counts $A \sim \text{Binomial}(n, p)$ and $B \sim \text{Binomial}(m, r)$%s. Then $\operatorname{Var}(A - B) = np(1-p) %s mr(1-r)$."
ARM = r"With a $\text{Beta}(a, b)$ prior for the rate $q$ of an arm, $\mathbb{E}[q(1-q)] = \frac{ab}{(a+b)%s(a+b+1)}$."
PROOF = "\\begin{align*} (a - b)(a + b) &= a^2 %s b^2. \\qedhere \\end{align*}\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (PATH % (r"g_0e^{mT + s^2T}", "s^2T"), ["refuted", "proved"]),
        (PATH % (r"g_0e^{mT + s^2T/2}", r"s\sqrt{T}"), ["proved", "refuted"]),
        (PATH % (r"g_0e^{mT + s^2T/2}", "s^2T"), ["proved", "proved"]),
        (MIXTURE % ("independent of $B$", "bw(1-w) + s^2"), ["proved", "refuted"]),
        (MIXTURE % ("", "b^2w(1-w) + s^2"), ["proved", "undecided"]),
        (MIXTURE % ("independent of $B$", "b^2w(1-w) + s^2"), ["proved", "proved"]),
        (SQUARE % "1", ["refuted", "proved"]),
        (SQUARE % "3", ["proved", "proved"]),
        (NOISE % "a random variable", ["undecided"]),
        (NOISE % "a number", ["proved"]),
        (LEVEL % (r"1 - \alpha", r"\varphi(z_\alpha)"), ["refuted", "proved"]),
        (LEVEL % (r"\alpha", r"-\varphi(z_\alpha)"), ["proved", "refuted"]),
        (LEVEL % (r"\alpha", r"\varphi(z_\alpha)"), ["proved", "proved"]),
        (HALF % r"\alpha/2", ["refuted"]),
        (HALF % r"\alpha", ["proved"]),
        (TOLD % r"x\varphi(x)", ["proved", "refuted"]),
        (TOLD % r"-x\varphi(x)", ["proved", "proved"]),
        (SIGMOID % "+", ["refuted"]),
        (SIGMOID % "-", ["proved"]),
        (CUMULANTS % r"2\lambda", ["refuted"]),
        (CUMULANTS % r"\lambda", ["proved"]),
        (PRIMED % r"\frac{M'(t)}{M(t)}", ["proved", "refuted"]),
        (PRIMED % r"\Bigl(\frac{M'(t)}{M(t)}\Bigr)^2", ["proved", "proved"]),
        (FAILURES % (r"\frac{n}{x}", r"\frac{f}{s + f}"), ["refuted", "proved", "proved"]),
        (FAILURES % (r"\frac{n}{x} - 1", r"\frac{s}{s + f}"), ["proved", "proved", "refuted"]),
        (FAILURES % (r"\frac{n}{x} - 1", r"\frac{f}{s + f}"), ["proved", "proved", "proved"]),
        (ENTROPY % r"\frac{1}{p(1 - p)}", ["refuted"]),
        (ENTROPY % r"-\frac{1}{p(1 - p)}", ["proved"]),
        (DEVIATION % r"\sigma", ["proved", "refuted"]),
        (DEVIATION % r"\sigma^2", ["proved", "proved"]),
        (SECOND % r"1 - 3^{-a}", ["proved", "refuted"]),
        (SECOND % r"1 - 2^{-a}", ["proved", "proved"]),
        (RATES % r"\frac{1 - w}{b^2}", ["refuted"]),
        (RATES % r"\frac{1 - w}{b}", ["proved"]),
        (SUMMED % "S^2", ["refuted"]),
        (SUMMED % "S", ["proved"]),
        (PEAK % r"-\frac1r", ["refuted"]),
        (PEAK % "-r", ["proved"]),
        (SPREAD % "2s", ["refuted"]),
        (SPREAD % "s", ["proved"]),
        (ARMS % (", independent", "-"), ["refuted"]),
        (ARMS % ("", "+"), ["undecided"]),
        (ARMS % (", independent", "+"), ["proved"]),
        (ARM % "^2", ["refuted"]),
        (ARM % "", ["proved"]),
        (CALLED % "3s^2", ["refuted"]),
        (CALLED % "3s^4", ["proved"]),
        (POSTERIOR % r"\frac{b}{a + b}", ["refuted"]),
        (POSTERIOR % r"\frac{a}{a + b}", ["proved"]),
        (PERHAPS, ["undecided"]),
        (LIFETIMES % "(ab)", ["refuted"]),
        (LIFETIMES % "(a + b)", ["proved"]),
        (COUNTS % "c^2", ["refuted"]),
        (COUNTS % "c^2 + c", ["proved"]),
        (SHAPE % r"\frac{1}{\sqrt{k}}", ["refuted"]),
        (SHAPE % r"\frac{2}{\sqrt{k}}", ["proved"]),
        (VALUES % "2T", ["not_checked", "refuted"]),
        (VALUES % "4T", ["not_checked", "proved"]),
        (SOLUTION % "s^2 + s + 1", ["not_checked", "refuted"]),
        (SOLUTION % "s^2 + 2s + 1", ["not_checked", "proved"]),
    ],
)
def test_habits_of_papers(text: str, wanted: list[str], workers: Workers) -> None:
    assert statuses(text, workers) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (EXAMPLES % "ae^{bt}", ["proved", "refuted"]),
        (EXAMPLES % "be^{at}", ["proved", "proved"]),
        (WHERE % "", ["refuted"]),
        (WHERE % "n", ["proved"]),
        (PROOF % "+", ["refuted"]),
        (PROOF % "-", ["proved"]),
    ],
)
def test_habits_of_papers_in_tex(text: str, wanted: list[str], workers: Workers) -> None:
    assert statuses(text, workers, "a.tex") == wanted
