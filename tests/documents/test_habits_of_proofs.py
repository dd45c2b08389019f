"""How collections of proofs write: antiderivatives, brackets at infinity, d(u), densities f and g, images of discrete
variables. Slips in them are not confirmed; the lines as they should be are."""

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
    found: list[dict[str, Any]] = check(Source("a.md", text.encode()), 8.0, 1, workers, fix=False).steps
    return found


PRIMITIVE = r"""
$$ \int x \, \exp[-a x^2] \, \mathrm{d}x = -\frac{1}{2a} \exp[-a x^2] $$
"""
BRACKET = r"""
Let $X \sim \mathrm{Exp}(\lambda)$ be exponential. Then

$$ \lambda \int_0^\infty x e^{-\lambda x} \, \mathrm{d}x = \lambda \left[ \left( -\frac{x}{\lambda} - \frac{1}{\lambda^2} \right) e^{-\lambda x} \right]_0^{+\infty} = \frac{1}{\lambda} $$
"""
SUBSTITUTED = r"""
With $b > 0$ and $a > 0$ we substitute $t = b z$ in

$$ \int_0^x z^{a-1} e^{-b z} \, \mathrm{d}z = \int_0^{b x} \left( \frac{t}{b} \right)^{a-1} e^{-t} \, \mathrm{d}\left( \frac{t}{b} \right) = \frac{1}{b^a} \int_0^{b x} t^{a-1} e^{-t} \, \mathrm{d}t $$
"""
DIVERGENCE = r"""
Let $f(x)$ and $g(x)$ be [probability density functions](/D/pdf). Then

$$ 0 \leq \mathrm{KL}[f||g] = \int_{\mathcal{X}} f(x) \log \frac{f(x)}{g(x)} \, \mathrm{d}x = - \mathrm{h}[f(x)] - \int_{\mathcal{X}} f(x) \log g(x) \, \mathrm{d}x $$
"""
IMAGE = r"""
Let $X$ be a [discrete](/D/rvar-disc) [random variable](/D/rvar) and let $g(x)$ be a strictly increasing function on its support. For $Y = g(X)$:

$$ f_Y(y) = \mathrm{Pr}(Y = y) = \mathrm{Pr}(g(X) = y) = \mathrm{Pr}(X = g^{-1}(y)) = f_X(g^{-1}(y)) $$
"""
SLOPE = r"""
Let $X$ be a continuous random variable and let $g(x)$ be a strictly decreasing function. Then

$$ -\frac{\mathrm{d}}{\mathrm{d}y} F_X(g^{-1}(y)) = -f_X(g^{-1}(y)) \, \frac{\mathrm{d} g^{-1}(y)}{\mathrm{d}y} $$
"""
BELOW = r"""
$$ \mathrm{E}\left[ n - x \right]_{\mathrm{Bin}(n, p)} = n - n p $$
"""
SMALL = r"""
Let $X \sim \mathcal{N}(\mu, \sigma^2)$. Then

$$ \mathrm{h}(X) = -\mathrm{E}[\ln p(x)] = \frac{1}{2} \ln(2 \pi \sigma^2) + \frac{1}{2 \sigma^2} \mathrm{E}[(x - \mu)^2] $$
"""
LOGARITHM = r"""
Let $X \sim \ln \mathcal{N}(\mu, \sigma^2)$. Then

$$ \mathrm{E}(X) = \exp\left( \mu + \frac{1}{2} \sigma^2 \right) $$
"""
DIGAMMA = r"""
Let $X \sim \mathrm{Gam}(a, b)$ and let $\psi$ be the digamma function. Then

$$ \mathrm{E}(\ln X) = \psi(a) - \ln b $$
"""
AT_A_VALUE = r"""
$$ \mathrm{H}(X|Y) = \sum_{y \in \mathcal{Y}} p(y) \, \mathrm{H}(X|Y=y) $$
"""

VECTORS = r"""
Let $X$ and $Y$ be random vectors. Then

$$ \mathrm{E}\left[ (X - \mathrm{E}[X]) (Y - \mathrm{E}[Y])^\mathrm{T} \right] = \mathrm{E}(X Y^\mathrm{T}) - \mathrm{E}(X) \mathrm{E}(Y)^\mathrm{T} $$

$$ \mathrm{E}[X^\mathrm{T} A Y] = \mathrm{E}[\mathrm{tr}(A^\mathrm{T} X Y^\mathrm{T})] = \mathrm{tr}(A^\mathrm{T} \mathrm{E}[X Y^\mathrm{T}]) $$
"""

#: the line as it should be, what is written in it, a slip, and which step it spoils
SLIPS = [
    (PRIMITIVE, r"= -\frac{1}{2a}", r"= -\frac{1}{a}", 0, "refuted"),
    (PRIMITIVE, r"= -\frac{1}{2a}", r"= \frac{1}{2a}", 0, "refuted"),
    (BRACKET, r"\left( -\frac{x}{\lambda} -", r"\left( -\frac{x}{\lambda} +", 0, ""),
    (BRACKET, r"= \frac{1}{\lambda} $$", r"= \frac{1}{\lambda^2} $$", 1, "refuted"),
    (SUBSTITUTED, r"\mathrm{d}\left( \frac{t}{b} \right)", r"\mathrm{d}t", 0, ""),
    (SUBSTITUTED, r"= \frac{1}{b^a}", r"= \frac{1}{b^{a-1}}", 1, ""),
    (DIVERGENCE, r"= - \mathrm{h}", r"= \mathrm{h}", 2, ""),
    (DIVERGENCE, r"\log \frac{f(x)}{g(x)}", r"\log \frac{g(x)}{f(x)}", 1, ""),
    (DIVERGENCE, r"0 \leq", r"0 \geq", 0, ""),
    (IMAGE, r"= f_X(g^{-1}(y))", r"= f_X(y)", 2, ""),
    (IMAGE, r"\mathrm{Pr}(X = g^{-1}(y))", r"\mathrm{Pr}(X = y)", 1, ""),
    (IMAGE, r"strictly increasing", r"", 2, ""),
    (IMAGE, r"[discrete](/D/rvar-disc)", r"continuous", 0, ""),
    (SLOPE, r"= -f_X", r"= f_X", 0, ""),
    (SLOPE, r"\, \frac{\mathrm{d} g^{-1}(y)}{\mathrm{d}y}", r"", 0, ""),
    (SLOPE, r"a continuous random", r"a random", 0, ""),
    (BELOW, r"n - n p", r"n p", 0, "refuted"),
    (SMALL, r"= -\mathrm{E}", r"= \mathrm{E}", 0, ""),
    (SMALL, r"\frac{1}{2 \sigma^2}", r"\frac{1}{\sigma^2}", 1, "refuted"),
    (LOGARITHM, r"\frac{1}{2} \sigma^2", r"\sigma^2", 0, "refuted"),
    (DIGAMMA, r"- \ln b", r"+ \ln b", 0, "refuted"),
    (VECTORS, r"- \mathrm{E}(X) \mathrm{E}(Y)^\mathrm{T}", r"+ \mathrm{E}(X) \mathrm{E}(Y)^\mathrm{T}", 0, ""),
    (VECTORS, r"= \mathrm{E}(X Y^\mathrm{T})", r"= \mathrm{E}(Y X^\mathrm{T})", 0, ""),
    (VECTORS, r"[\mathrm{tr}(A^\mathrm{T} X Y", r"[\mathrm{tr}(A X Y", 1, ""),
    (VECTORS, r"be random vectors", r"be random vectors of the regression with a design matrix", 0, ""),
    (
        VECTORS,
        r"= \mathrm{tr}(A^\mathrm{T} \mathrm{E}[X Y^\mathrm{T}])",
        r"= \mathrm{tr}(A^\mathrm{T} \mathrm{E}[X] \mathrm{E}[Y]^\mathrm{T})",
        2,
        "",
    ),
    (AT_A_VALUE, r"p(y) \,", r"p(x) \,", 0, ""),
    (AT_A_VALUE, r"\mathrm{H}(X|Y=y)", r"\mathrm{H}(X)", 0, ""),
]


@pytest.mark.parametrize(("text", "right", "wrong", "at", "status"), SLIPS)
def test_a_slip_is_not_confirmed(text: str, right: str, wrong: str, at: int, status: str, workers: Workers) -> None:
    assert text.count(right) == 1
    found = steps(text.replace(right, wrong), workers)[at]["status"]
    assert found not in GOOD
    assert status in ("", found)


@pytest.mark.parametrize(
    "text",
    [PRIMITIVE, BRACKET, SUBSTITUTED, DIVERGENCE, IMAGE, SLOPE, BELOW, SMALL, LOGARITHM, DIGAMMA, AT_A_VALUE, VECTORS],
)
def test_what_is_right_is_confirmed(text: str, workers: Workers) -> None:
    found = steps(text, workers)
    assert found
    assert [s["lhs"] for s in found if s["status"] not in GOOD] == []


@pytest.mark.parametrize(
    "line",
    [
        # over the whole line, not an antiderivative
        r"\int \frac{1}{\sqrt{2\pi}} e^{-x^2/2} \, \mathrm{d}x = 1",
        r"\left[ s \, t \right]_0^1 = s",
        r"\int_0^{b \infty} e^{-x} \, \mathrm{d}x = 1",
        r"\int_0^1 s \, t \, \mathrm{d}(s t) = \frac{1}{2}",
        r"\mathrm{E}[x + y]_{\mathrm{Bin}(n, p)} = n p + y",
        # which matrices keep it is not told
        r"a^\mathrm{T} \Sigma a \geq 0",
    ],
)
def test_what_cannot_be_told_is_left_open(line: str, workers: Workers) -> None:
    assert [s["status"] for s in steps(f"$$ {line} $$", workers)] == ["not_checked"]


ANOTHER = r"""
Let $X \sim \ln \mathcal{N}(\mu, \sigma^2)$. The [density function](/D/pdf) of a normal distribution is

$$ f_X(x) = \frac{1}{\sqrt{2\pi} \sigma} \exp\left[ -\frac{(x-\mu)^2}{2\sigma^2} \right] $$
"""
SPECIAL = r"""
Let $X \sim \mathrm{Gam}(a, b)$ and consider the special case that $b = 1$. Then the density is

$$ f_X(x) = \frac{1}{\Gamma(a)} x^{a-1} e^{-x} \; . $$
"""


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        (ANOTHER, ["not_checked"]),
        # of the law that the text speaks of, and that X has
        (ANOTHER.replace("a normal", "a log-normal"), ["refuted"]),
        (ANOTHER.replace("The [density", "So the [density").replace(" of a normal distribution", ""), ["refuted"]),
        (SPECIAL, ["proved"]),
        (SPECIAL.replace("a-1", "a"), ["refuted"]),
        (SPECIAL.replace("consider the special case that", "write"), ["refuted"]),
    ],
)
def test_lines_about_another_law_or_a_special_case(text: str, statuses: list[str], workers: Workers) -> None:
    assert [s["status"] for s in steps(text, workers)] == statuses


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (r"|\lambda| = \lambda", "proved"),  # of an exponential law
        (r"|\mu| = \mu", "refuted"),
        (r"|\lambda - 1| = 1 - \lambda", "refuted"),
    ],
)
def test_parameters_are_what_their_laws_need(line: str, status: str, workers: Workers) -> None:
    text = rf"Let $X \sim \mathrm{{Exp}}(\lambda)$ and $Y \sim \mathcal{{N}}(\mu, 1)$. Then $${line}$$"
    assert [s["status"] for s in steps(text, workers)] == [status]


@pytest.mark.parametrize("said", [r"$\Gamma(x)$", r"$\Gamma$"])
@pytest.mark.parametrize(("wrong", "status"), [("x", "proved"), ("(x + 1)", "refuted")])
def test_the_gamma_function_stays_what_it_is(said: str, wrong: str, status: str, workers: Workers) -> None:
    text = rf"For $x > 0$, where {said} is the gamma function, $$\Gamma(x + 1) = {wrong} \, \Gamma(x)$$"
    assert [s["status"] for s in steps(text, workers)] == [status]


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        (r"The complement: $$1 - p(E) = p(\overline{E})$$", {"proved"}),
        (r"The complement: $$p(E) = p(\overline{E})$$", {"undecided", "not_checked"}),
        (
            r"Let $X$ be a [continuous](/D/c) [random variable](/D/r). Then $$\mathrm{E}(2 X) = 2 \, \mathrm{E}(X)$$",
            {"proved"},
        ),
        (
            r"Let $X$ be a [continuous](/D/c) [random variable](/D/r). Then $$\mathrm{E}(2 X) = \mathrm{E}(X)$$",
            {"refuted"},
        ),
        # x is no density where p(x) is one
        (r"A map of $x$ and $p(x)$ and $q(x)$ are [densities](/D/pdf): $$x + x = 2 x$$", {"proved"}),
        (r"A map of $x$ and $p(x)$ and $q(x)$ are [densities](/D/pdf): $$x + x = 3 x$$", {"refuted"}),
    ],
)
def test_events_and_variables_told_with_links(text: str, statuses: set[str], workers: Workers) -> None:
    assert {s["status"] for s in steps(text, workers)} <= statuses


def test_the_law_of_the_variable_is_its_own() -> None:
    """E[x] below a law whose parameter x is: nothing is random then."""
    from symrep.reading.latex import read

    (statement,) = read(r"\mathrm{E}[p]_{\mathrm{Bin}(n, p)} = p").statements
    assert statement.sides[0].expr is None
