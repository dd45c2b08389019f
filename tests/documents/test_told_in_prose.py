"""Conditions and numbers that the words tell, and how far they reach. What must not be used comes first."""

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


ROOT, MINUS = r"$\sqrt{x^2} = x$", r"$\sqrt{x^2} = -x$"

LINES = [
    # an order in the words, without dollars, holds in its sentence; said behind a formula, of that one
    (f"For x > 0 we get {MINUS}.", "refuted"),
    (f"If x < 0 then {MINUS}.\n\nAnd {MINUS}.", "proved refuted"),
    (f"Not for x < 0 but else {MINUS}.", "refuted"),
    (f"The result is {ROOT} for x<0 and {MINUS} for x > 0.", "refuted refuted"),
    (f"For x<0 the result is {MINUS}, and {MINUS} for x > 0.", "proved refuted"),
    (r"If a > 1 then $\sqrt{(a-1)^2} = a - 1$. If a > 0 then $\sqrt{(a-1)^2} = a - 1$.", "proved refuted"),
    (f"The result is {MINUS} for x<0 and {ROOT} for x > 0.", "proved proved"),
    (f"The result for x<0 is {MINUS}. For x > 0 it is {ROOT}.", "proved proved"),
    # contradictory orders, each in its place
    ("For $x<0$, we have $|x| = -x$. For $x>0$, $|x| = x$. And then $|x| = x$.", "proved proved refuted"),
    ("Let $x > 0$. Then $|x| = x$.\n\nNow let $x < 0$. Then $|x| = -x$ and $|x| = x$.", "proved proved refuted"),
    # an equation with a condition of its own is a claim; one after *if* is over with its sentence
    ("If $|x| = -x$ then we are on the left. We always have $|x| = -x$.", "refuted"),
    ("Then $|x| = x$ if $x > 0$ and $|x| = -x$ if $x < 0$. Else we have $|x| = -x$.", "proved proved undecided"),
    ("Assume $a + b = 1$. Then $1 - a = b$.", "proved"),
    # a number for a name: not where it is spoken of generally, nor behind a heading
    ("Let $n = 2$. Then $n^2 = 2n$.\n\nIn general, $n^2 = 2n$.", "proved refuted"),
    ("Let $n = 2$. Then $n^2 = 2n$.\n\nFor every $n$ we have $n^2 = 2n$.", "proved refuted"),
    ("Let $n = 2$. Then $n^2 = 2n$.\n\nFor all positive integers $n$ we have $n^2 = 2n$.", "proved refuted"),
    ("Let $n = 2$. Then $n^2 = 2n$.\n\nWith $n$ samples we have $n^2 = 2n$.", "proved undecided"),
    ("- $n = 2$: $n^2 = 2n$\n- $n$ arbitrary: $n^2 = 2n$", "proved undecided"),
    ("Let $n = 2$. Then $n^2 = 2n$. Now $n$ is arbitrary. Then $n^2 = 2n$.", "proved undecided"),
    # behind "for every" a formula is no claim of its own
    ("Take $n = 2$: $n^2 = 2n$. This is not special, since for every sample size $n^2 + 1 = 2n + 1$.", "proved"),
    ("Let $n = 2$. Then $n^2 = 2n$. Next let $n$ be any positive number. Then $n^2 = 2n$.", "proved undecided"),
    ("Let $n = 2$. Then $n^2 = 2n$. With any number $n$ of samples, $n^2 = 2n$.", "proved undecided"),
    ("# Example\n\nLet $n = 2$. Then $n^2 = 2n$.\n\n# Theorem\n\nWe have $n^2 = 2n$.", "proved undecided"),
    ("We have $n > 1$. Take $n = 2$. Then $n^2 = 2n$.\n\nWe have $n^2 = 2n$.", "proved refuted"),
    ("Let $n = 2$. For every $x$ we have $x^n = x \\cdot x$. So $n^2 = 2n$.", "proved proved"),
]


UNIFORM = r"Let $X$ follow a discrete uniform distribution, $X \sim \mathcal{U}(a,b)$. "
LENGTH = r"We have $I_P = \int_0^P e^{-x^2} dx$. The radii are "

LINES += [
    # whole numbers: by the family, and in words
    (UNIFORM + r"$\mathrm{E}(X) = \frac{a+b+1}{2}$.", "refuted"),
    (UNIFORM + r"$\lfloor a/2 \rfloor = a/2$.", "refuted"),
    (UNIFORM + r"$\mathrm{E}(X) = \frac{a+b}{2}$ and $\mathrm{Var}(X) = \frac{(b-a+1)^2-1}{12}$.", "proved proved"),
    (UNIFORM + r"$\lfloor a + b \rfloor = a + b$ and $\sum_{x=a}^b x = \frac{(a+b)(b-a+1)}{2}$.", "proved proved"),
    (r"With $a$ and $b$ we have $\lfloor a + b \rfloor = a + b$.", "refuted"),
    (r"With integer-valued parameters $a$ and $b$, $\lfloor a + b \rfloor = a + b$.", "proved"),
    (
        r"Where $N$ is the number of samples and $s$ is the number of nats, $\lfloor N/2 + s \rfloor = N/2 + s$.",
        "refuted",
    ),
    (
        r"Let $N$ be the number of training samples, $n \in \{0, 1, 2, \ldots\}$. Then $\lfloor N + n \rfloor = N + n$.",
        "proved",
    ),
    # what is integrated up to is no place to refute a root at below zero
    (LENGTH + r"$r_1 = \sqrt{P^2} = 2P$ and $r_2 = \sqrt{2 Q^2} = Q \sqrt{2}$.", "refuted refuted"),
    (LENGTH + r"$r_1 = \sqrt{P^2} = P$ and $r_2 = \sqrt{2 P^2} = P \sqrt{2}$.", "undecided undecided"),
]


@pytest.mark.parametrize(("text", "statuses"), LINES, ids=range(len(LINES)))
def test_how_far_what_is_said_reaches(text: str, statuses: str, workers: Workers) -> None:
    c = check(Source("a.md", text.encode()), 8.0, 1, workers)
    assert " ".join(s["status"] for s in c.steps) == statuses


VARIANCE = (
    "Let $\\mu$ be real and $\\sigma > 0$. The variance is\n\n"
    "$$ e^{2\\mu+2\\sigma^2} - e^{2\\mu+\\sigma^2} = e^{%s}\\left(e^{\\sigma^2}-1\\right) $$\n\n%s\n"
)


@pytest.mark.parametrize(
    ("exponent", "after", "wanted"),
    [
        # a number for an example after the line is not what the line means: a false line came back proved
        (r"\mu+\sigma^2", r"With numbers: $\mu=0$, $\sigma=1$ gives the variance $e^2-e$.", "refuted"),
        (r"\mu+\sigma^2", r"With, for example, $\mu=0$ it is small.", "refuted"),
        # a sentence of its own: nobody knows whether the line means it
        (r"\mu+\sigma^2", r"Here $\mu=0$, as before.", "undecided"),
        # its own sentence goes on
        (r"\mu+\sigma^2", r"where $\mu=0$ is taken.", "proved"),
        (r"2\mu+\sigma^2", r"With numbers: $\mu=0$, $\sigma=1$ gives the variance $e^2-e$.", "proved"),
        (r"2\mu+\sigma^2", r"Here $\mu=0$, as before.", "proved"),
        # words between: nobody knows whether the line means it; false lines came back proved
        (r"\mu+\sigma^2", r"with a minimum at $\mu=0$.", "undecided"),
        (r"\mu+\sigma^2", r"where, in the plots, $\mu=0$.", "undecided"),
        (r"\mu+\sigma^2", r"where we take $\mu=0$.", "proved"),
    ],
)
def test_numbers_after_a_display(exponent: str, after: str, wanted: str, workers: Workers) -> None:
    c = check(Source("a.md", (VARIANCE % (exponent, after)).encode()), 8.0, 1, workers)
    assert c.steps[0]["status"] == wanted


#: an equation for σ², then a clause that ends what the paragraphs before said
MATCHED = r"""Let $\sigma > 0$.

**Matching.** Given a mean $m>0$ and a variance $v>0$ solve for the parameters:
$\sigma^2 = \ln\left(1+v/m^2\right)$ and

$$ \mu = \ln m - \frac12\ln\left(1+\frac{v}{m^2}\right) $$

**The mode.** We differentiate:

$$ \frac{d}{dx}\left(-\ln x\right) = -\frac1x $$

which is zero at $x = e^{\mu-\sigma^2}$.

**Entropy.** It is

$$ \mu + \ln\left(\sigma\sqrt{2\pi}\right) + \frac12 = \mu + \frac12\ln\left(SIDE\right) . $$
"""


@pytest.mark.parametrize(("side", "wanted"), [(r"2\pi\sigma^2", "refuted"), (r"2\pi e\sigma^2", "proved")])
def test_an_equation_of_an_earlier_paragraph_excuses_nothing_that_fails_under_it(
    side: str, wanted: str, workers: Workers
) -> None:
    c = check(Source("a.md", MATCHED.replace("SIDE", side).encode()), 8.0, 1, workers)
    assert c.steps[-1]["status"] == wanted
