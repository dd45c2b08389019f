"""What is wrong as it is read and right as it may be meant is not flagged; what is wrong in every reading is."""

from __future__ import annotations

from typing import Any

import pytest

from symrep.checking.files import check
from symrep.reading.documents import Source
from symrep.running.worker import PRELOAD, Workers


@pytest.fixture(scope="module")
def workers() -> Any:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as found:
        yield found


def judged(text: str, workers: Workers, fix: bool = False) -> dict[str, str]:
    found = check(Source("post.md", text.encode()), 5.0, 2, workers, fix=fix)
    assert not found.errors
    return {" ".join(s["rhs"].split()): s["status"] for s in found.steps}


ANEW = r"""The generating function of an exponential variable with rate $\lambda$ is $M(t) = \frac{\lambda}{\lambda-t}$,
whence $M'(0) = 1/\lambda$. For a Bernoulli variable it is $M(t) = 1-p+pe^t$, whence $M'(0) = p$.
"""
SCALE = r"""We use shape and scale. If $X \sim \mathrm{Gamma}(k, \theta)$, then $\mathbb E[X] = k\theta$ and
$\mathrm{Var}(X) = k\theta^2$.
"""
SPREAD = r"""Write $N(m, s)$ for the normal law with standard deviation $s$. If $X \sim N(1, 2)$ then
$\mathrm{Var}(X) = 4$ and $\mathbb E[X^2] = 5$.
"""
BITS = r"""Here $\log$ is to base 2, and we count bits: $\log 8 = 3$ and $\frac12\log(1 + 3) = 1$.
"""
INSTEAD = r"""Let $X$ be uniform on $(0,1)$. Then $\mathbb E[X] = \frac12$.

If instead $X$ is uniform on $(0,4)$, then $\mathbb E[X] = 2$ and $\mathrm{Var}(X) = \frac43$.
"""
AT_ONE = r"""The risk is $R(c) = c^2 + (c-1)^2t^2$. For $c = 1$ it is $R(1) = 1$. It is least at
$c = \frac{t^2}{1+t^2}$.
"""
ERROR = r"""The residual is $e = y - \hat y$ and half of its square is $\frac12e^2 = \frac12(y - \hat y)^2$.
"""
POLICY = r"""Let $\pi(a) = \frac{e^{ta}}{1+e^{t}}$. Then $\pi(0) + \pi(1) = 1$ and $\frac{\pi(1)}{\pi(0)} = e^t$, while
$\int_{-\infty}^\infty e^{-x^2}dx = \sqrt\pi$.
"""
CAUCHY = r"""Let $X \sim N(0, 1)$ with density $f_X(x) = \frac{1}{\sqrt{2\pi}}e^{-x^2/2}$.

Let $f_X(x) = \frac{1}{\pi(1+x^2)}$ now; then $f_X(1/x) = \frac{x^2}{\pi(1+x^2)}$.
"""
TRIALS = r"""Let $N \sim \mathrm{Geometric}(p)$ be the number of throws until the first six. Then $\mathbb E[N] = 1/p$
and
$\mathrm{Var}(N) = \frac{1-p}{p^2}$.
"""
WEIBULL = r"""Let $W \sim \mathrm{Weibull}(\lambda, k)$ with scale $\lambda$ and shape $k$. Then
$\mathbb E[W] = \lambda\,\Gamma(1 + 1/k)$.
"""
MEDIAN = r"""Let $m$ be the median of an exponential law: $1 - e^{-\lambda m} = \frac12$ for $\lambda > 0$. Here
$(m + 1)^2 - m^2 = 2m + 1$.
"""
PROBLEMS = r"""\textbf{Problem 1.} Let $X \sim N(0, 1)$ and $Y = X^2$. For $y > 0$ its density is
$f_Y(y) = \frac{1}{\sqrt{2\pi y}}e^{-y/2}$.

\textbf{Problem 2.} If $X$ has density $f_X(x) = \frac{1}{\pi(1+x^2)}$, then $Y = 1/X$ has density
\[ f_Y(y) = f_X(1/y)\cdot\frac{1}{y^2} = \frac{1}{\pi(1+y^{-2})y^2} = \frac{1}{\pi(1+y^2)}. \]
"""
ODDS = r"""The odds are $o = \frac{p}{1-p}$ for $0 < p < 1$.

At $p = \frac34$ the odds are $o = 3$.
"""
TWICE = r"""*Exponential.* $g(b) = n\log b - bs$ has $g'(b) = \frac nb - s$, so $\hat b = n/s$.

*Poisson.* $g(b) = s\log b - nb$ has $g'(b) = \frac sb - n$, so $\hat b = s/n$.
"""
#: document, what is right in it, what is put in its place and is to be flagged
CASES = (
    (ANEW, "M'(0) = p$", "M'(0) = 1 - p$", "1 - p"),
    (SCALE, r"k\theta^2$", r"k\theta^3$", r"k\theta^3"),
    (SPREAD, r"\mathbb E[X^2] = 5", r"\mathbb E[X^2] = 6", "6"),
    (BITS, r"\log 8 = 3", r"\log 8 = 4", "4"),
    (INSTEAD, r"\frac43", r"\frac83", r"\frac83"),
    (AT_ONE, "R(1) = 1", "R(1) = 2", "2"),
    (ERROR, r"\frac12(y - \hat y)^2", r"(y - \hat y)^2", r"(y - \hat y)^2"),
    (POLICY, "= e^t$", "= e^{2t}$", "e^{2t}"),
    (TRIALS, r"\frac{1-p}{p^2}", r"\frac{1-p}{p^3}", r"\frac{1-p}{p^3}"),
    (WEIBULL, "1 + 1/k", "2 + 1/k", r"\lambda\,\Gamma(2 + 1/k)"),
    (MEDIAN, "= 2m + 1", "= 2m - 1", "2m - 1"),
    (PROBLEMS, r"= \frac{1}{\pi(1+y^2)}", r"= \frac{1}{\pi(1-y^2)}", r"\frac{1}{\pi(1-y^2)}"),
    (ODDS, "$o = 3$", "$o = 4$", "4"),
    (TWICE, r"\frac sb - n", r"\frac sb + n", r"\frac sb + n"),
    (CAUCHY, r"\frac{x^2}{\pi(1+x^2)}", r"\frac{x}{\pi(1+x^2)}", r"\frac{x}{\pi(1+x^2)}"),
)


@pytest.mark.parametrize(("text", "right", "wrong", "flagged"), CASES)
def test_a_slip_is_wrong_in_every_reading(text: str, right: str, wrong: str, flagged: str, workers: Workers) -> None:
    assert right in text
    assert judged(text.replace(right, wrong, 1), workers)[flagged] == "refuted"


@pytest.mark.parametrize("text", [text for text, *_ in CASES])
def test_what_may_be_meant_otherwise_is_not_flagged(text: str, workers: Workers) -> None:
    assert "refuted" not in judged(text, workers).values()


#: nothing speaks for another reading, or lines that hold speak against it
NO_EXCUSE = (
    (r"Let $X \sim \mathrm{Exp}(\lambda)$. Then $\mathbb E[X] = \lambda$.", r"\lambda"),
    (
        r"We use the scale. Let $X \sim \mathrm{Gamma}(k, \theta)$. Then $\mathrm{Var}(X) = k/\theta^2$ and "
        r"$\mathbb E[X] = k\theta$.",
        r"k\theta",
    ),
    (
        r"Let $X \sim N(\mu, \sigma^2)$. Its standard deviation is $\sigma$ and $\mathrm{Var}(X) = \sigma^4$.",
        r"\sigma^4",
    ),
    (r"Now $\log 8 = 3$.", "3"),
    (r"Let $f(x) = x^2$ for all $x$. Then $f'(1) = 2$. Recall that $f(x) = x^3$.", "x^3"),
    (r"Let $f(x) = x^2$ for all $x$. Then $f'(1) = 2$ and $f(x) + 1 = x^2 + 2$.", "x^2 + 2"),
    (r"Let $X$ be uniform on $(0,1)$. If $Y$ is uniform on $(0,4)$, then $\mathbb E[X] = 2$.", "2"),
)


@pytest.mark.parametrize(("text", "flagged"), NO_EXCUSE)
def test_no_other_reading_is_made_up(text: str, flagged: str, workers: Workers) -> None:
    assert judged(text, workers, fix=True)[flagged] == "refuted"


def test_what_the_line_would_need_is_said(workers: Workers) -> None:
    found = check(Source("post.md", SCALE.encode()), 5.0, 2, workers, fix=False)
    assert all("given by the scale" in s["message"] for s in found.steps if s["status"] == "undecided")
    assert any(s["status"] == "undecided" for s in found.steps)
