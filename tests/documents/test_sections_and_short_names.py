"""What ends with a section, what is a choice, what solves an equation, what is written for short; wrong lines first."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator

import pytest

from symrep.checking.files import check
from symrep.checking.surveying import Surveyor
from symrep.reading.documents import Source, open_document
from symrep.reading.latex import parse, sexp
from symrep.running.worker import PRELOAD, Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as w:
        yield w


def statuses(text: str, workers: Workers) -> list[str]:
    found = check(Source("a.md", text.encode()), 5.0, 1, workers, fix=False)
    assert not found.errors
    return [s["status"] for s in found.steps]


#: a name in bold with its parameters begins a section: F is another function there
LAWS = (
    "**Exponential** with rate $a$. $F(x) = 1 - e^{-a x}$, hence\n\n$$ F^{-1}(u) = -\\frac{1}{a}\\log(1-u) $$\n\n"
    "**Weibull** with shape $k$ and scale $b$. $F(x) = 1 - e^{-(x/b)^k}$, hence\n\n$$ F^{-1}(u) = %s $$\n"
)
#: nobody spelled g out: its inverse is told, once a section, and is no line that follows
INVERSES = (
    "Let $y = g(x)$ with $g$ increasing.\n\n## Squares\n\nThe inverse is $g^{-1}(y) = \\sqrt y$, so\n\n"
    "$$ \\frac{d}{dy}\\sqrt y = %s $$\n\n## Exponentials\n\nHere $g^{-1}(y) = \\log y$.\n"
)
#: σ_1 = σ_2 = σ is a special case, and over at the next heading
EQUAL = (
    "With $a > 0$, $b > 0$:\n\n$$ \\log\\frac{a}{b} = \\log a - \\log b $$\n\n## Special cases\n\nWith equal scales, $a = b = c$, we have\n\n"
    "$$ \\frac{a^2 + b^2}{2} = c^2 $$\n\n## Sums\n\nWithout the case the sum is\n\n$$ (a + b)^2 = %s $$\n"
)
CHOICES = (
    "For $X \\sim N(0, 1)$, $E[X g(X)] = E[g'(X)]$ for nice $g$. Here $g(x) = x$ gives the variance, $g(x) = x^3$ gives the fourth moment\n\n"
    "$$ E[X^4] = %s $$\n"
)
SOLVES = "With $v > 1/2$ and $v = s^2$,\n\n$$ \\frac{d}{dv}\\frac{v}{\\sqrt{2v-1}} = %s = 0 $$\n\nthat is $v = 1$, of course.\n"
LOMAX = "With $a > 0$:\n\n$$ \\int_1^\\infty x \\cdot a x^{-a-1}\\,dx = %s $$\n"
TAIL = "For $X \\sim \\mathrm{Exp}(1)$, $P(X > a) = %s$.\n"
LINK = (
    "Let $y = \\sigma\\left(\\frac{\\ell + r}{h}\\right)$, where $\\sigma(a) = 1/(1+e^{-a})$ is the sigmoid, $h > 0$ and $\\ell = \\log w$. Then\n\n"
    "$$ \\frac{\\partial y}{\\partial \\ell} = \\frac{y(1-y)}{%s} $$\n"
)
SHORT = (
    "The encoder is $q_\\phi(z|x) = \\mathcal{N}(z; m, s^2)$ with $s > 0$, the prior $p(z) = \\mathcal{N}(z; 0, 1)$.\n\n"
    "$$ E_q[\\log q(z)] = -\\frac12\\log(2\\pi s^2) - %s $$\n"
)
#: q(z) is named as something of its own: no entropy of the encoder's
NAMED = SHORT.replace("The encoder", "Besides the marginal $q(z)$, the encoder")
DECODER = (
    "With mean $m$ and noise $g$, $p_\\theta(x|z) = \\mathcal{N}(x; m, g^2)$, so\n\n"
    "$$ \\frac{\\partial}{\\partial g}\\log p_\\theta(x|z) = \\frac{(x-m)^2}{g^3} - \\frac{%s}{g} $$\n"
)
#: what p and q are is told again in the example: w(x) follows
WEIGHTS = (
    "With weights $w(x) = p(x)/q(x)$.\n\n## Example\n\nTarget $p = N(0, 1)$, proposal $q = N(t, 1)$. The weight is\n\n"
    "$$ w(x) = \\exp\\left(-t x %s \\frac{t^2}{2}\\right) $$\n"
)
CONJUGATE = (
    "The posterior is $\\mathcal{N}(m_1, s_1^2)$ with\n\n$$ \\frac{1}{s_1^2} = \\frac{1}{s_0^2} + \\frac{1}{s^2}, $$\n\n"
    "$$ s_1^2\\left(\\frac{m_0}{s_0^2} + \\frac{x}{s^2}\\right) = \\frac{%s}{s_0^2 + s^2} $$\n"
)
NATURAL = "With $\\eta = -\\lambda < 0$,\n\n$$ \\int_0^\\infty e^{\\eta x}\\,dx = %s. $$\n"
#: one letter, two functions, in two sections
LETTERS = (
    "## One\n\n$f(x; l) = l e^{-l x}$ for $x \\ge 0$.\n\n## Two\n\n$f(x; a) = a x^{-a-1}$ for $x > 1$ and $a > 0$. Then\n\n"
    "$$ \\frac{\\partial}{\\partial a}\\log f(x; a) = \\frac1a %s \\log x $$\n"
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (LAWS % r"b(-\log(1-u))^{k}", ["proved", "refuted"]),
        (LAWS % r"b(-\log(1-u))^{1/k}", ["proved", "proved"]),
        (INVERSES % r"\frac{2}{\sqrt y}", ["refuted"]),
        (INVERSES % r"\frac{1}{2\sqrt y}", ["proved"]),
        (EQUAL % "4 a^2", ["proved", "proved", "refuted"]),
        (EQUAL % "a^2 + b^2", ["proved", "proved", "refuted"]),
        (EQUAL % "a^2 + 2ab + b^2", ["proved", "proved", "proved"]),
        (CHOICES % "4", ["proved", "refuted"]),
        (CHOICES % "3", ["proved", "proved"]),
        (SOLVES % r"\frac{v+1}{(2v-1)^{3/2}}", ["refuted", "not_checked", "not_checked"]),
        (SOLVES % r"\frac{v-1}{(2v-1)^{3/2}}", ["proved", "not_checked", "not_checked"]),
        (LOMAX % r"\frac{1}{a-1}", ["refuted"]),
        (LOMAX % r"\frac{a}{a-1}", ["proved"]),
        (TAIL % "1 - e^{-a}", ["refuted"]),
        (TAIL % "e^{-a}", ["proved"]),
        (LINK % "h^2", ["refuted"]),
        (LINK % "h", ["proved"]),
        (SHORT % r"\frac{s^2}{2}", ["refuted"]),
        (SHORT % r"\frac12", ["proved"]),
        (SHORT.replace("The encoder", "Beside the aggregated posterior $q(z)$, the encoder") % r"\frac12", ["not_checked"]),
        (NAMED % r"\frac12", ["not_checked"]),
        (DECODER % "2", ["refuted"]),
        (DECODER % "1", ["proved"]),
        (WEIGHTS % "-", ["refuted"]),
        (WEIGHTS % "+", ["proved"]),
        (CONJUGATE % "s_0^2 m_0 + s^2 x", ["refuted"]),
        (CONJUGATE % "s^2 m_0 + s_0^2 x", ["proved"]),
        (NATURAL % r"\frac{1}{\eta}", ["refuted"]),
        (NATURAL % r"-\frac{1}{\eta}", ["proved"]),
        (LETTERS % "+", ["refuted"]),
        (LETTERS % "-", ["proved"]),
    ],
)  # fmt: skip
def test_lines(text: str, wanted: list[str], workers: Workers) -> None:
    found = statuses(text, workers)
    if text.startswith("For $X \\sim N(0"):  # Stein's line itself rests on what g is
        found = found[-len(wanted) + 1 :]
        wanted = wanted[1:]
    assert found == wanted


def test_a_name_that_may_be_another_thing_does_not_matter_where_a_line_holds_whatever_it_is(workers: Workers) -> None:
    text = (
        "## One\n\nLet $x = -\\log(u)/c$.\n\n## Two\n\n$x = m + s u$ is another thing. Then\n\n$$ (x - a)^2 = %s $$\n"
    )
    assert statuses(text % "x^2 - 2ax + a^2", workers)[-1] == "proved"
    assert statuses(text % "x^2 - ax + a^2", workers)[-1] != "proved"
    assert statuses(text % "(c^{-1}\\log u + a)^2", workers)[-1] not in ("proved", "supported")


def test_a_told_inverse_is_no_step() -> None:
    text = INVERSES % r"\frac{1}{2\sqrt y}"
    links = Surveyor(open_document(Source("a.md", text.encode()))).run().links
    assert [n.right.latex.strip() for n in links] == [r"\frac{1}{2\sqrt y}"]


def test_the_logarithm_reaches_over_fractions_of_densities_that_cancel() -> None:
    both = r"\log \frac{p(x, z)}{q(z | x)} \cdot \frac{q(z|x)}{p(z|x)}"
    assert sexp(parse(both)).startswith("(log (*")
    apart = r"\log \frac{p(x)}{q(x)} \cdot \frac{r(x)}{p(x)}"
    assert sexp(parse(apart)).startswith("(* (log")
