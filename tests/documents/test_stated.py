"""What is stated as the density, or the distribution function, of a law that was told. Wrong ones, and what must not be
taken for a claim, come first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from symrep.checking.files import check
from symrep.reading.documents import Source
from symrep.running.worker import PRELOAD, Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(preload=PRELOAD) as pool:
        yield pool


NORMAL = "Let $X \\sim \\mathcal{N}(\\mu, \\sigma^2)$%s $f(x) = %s$.\n"
RIGHT, WRONG = (rf"\frac{{1}}{{\sqrt{{2\pi}}\sigma}} e^{{-(x-\mu)^2/{d}}}" for d in (r"(2\sigma^2)", r"\sigma^2"))
RATE = "Suppose $T$ is exponential with rate $\\lambda$. Its %s is $%s$ for $t > 0$.\n"
BETA = "Let $V \\sim \\mathrm{Beta}(a, b)$, whose density is\n$$f(v) = %s v^{a-1} (1-v)^{b-1}.$$\n"
EXP = "Let $X \\sim \\mathrm{Exp}(\\beta)$ with density $f(x) = \\frac{1}{\\beta} e^{-x/\\beta}$%s.\n"

TEXTS = [
    (NORMAL % (" with density", WRONG), "refuted"),
    (NORMAL % (", i.e.", WRONG), "refuted"),
    (NORMAL % (". The density of $X$ is", WRONG), "refuted"),
    (NORMAL % (", with probability density function", RIGHT), "proved"),
    (RATE % ("density", r"f(t) = \lambda e^{-t/\lambda}"), "refuted"),
    (RATE % ("density", r"f(t) = \frac{1}{\lambda} e^{-t/\lambda}"), "refuted"),
    (RATE % ("distribution function", r"F(t) = 1 - e^{-t/\lambda}"), "refuted"),
    (RATE % ("distribution function", r"F(t) = e^{-\lambda t}"), "refuted"),
    (BETA % r"\frac{\Gamma(a)\Gamma(b)}{\Gamma(a+b)}", "refuted"),
    # by another parameter: it tells which one is meant
    (EXP % "", "definition"),
    (EXP % r" and distribution function $F(x) = 1 - e^{-x/\beta}$", "definition"),
    # of another variable, of another law, of what is said besides
    (NORMAL % (". Under the alternative the density is", WRONG), "definition"),
    (NORMAL % (". Its proposal has density", WRONG), "definition"),
    (NORMAL % (". Truncated, it has density", WRONG), "definition"),
    (NORMAL % (". Let $Y$ be another variable with density", WRONG), "definition"),
    (NORMAL % (". Take", WRONG), "definition"),
    (NORMAL.replace("f(x)", "f(u)") % (" with density", r"e^{-u}"), "definition"),
    # right
    (NORMAL % (" with density", RIGHT), "proved"),
    (NORMAL % (", that is,", RIGHT), "proved"),
    (RATE % ("density", r"f(t) = \lambda e^{-\lambda t}"), "proved"),
    (RATE % ("cdf", r"F(t) = 1 - e^{-\lambda t}"), "proved"),
    (BETA % r"\frac{\Gamma(a+b)}{\Gamma(a)\Gamma(b)}", "proved"),
    (NORMAL % (" truncated to $(0, \\infty)$, with density", RIGHT), "definition"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "status"), TEXTS, ids=range(len(TEXTS)))
def test_what_is_stated_of_a_law(text: str, status: str, workers: Workers) -> None:
    steps = check(Source("a.md", text.encode()), 8.0, 1, workers, fix=False).steps
    assert [s["status"] for s in steps] == ([] if status == "definition" else [status])


def test_what_was_stated_is_what_f_is_from_there_on(workers: Workers) -> None:
    text = (
        NORMAL % (" with density", WRONG) + f"Then $f(\\mu) = \\frac{{1}}{{\\sqrt{{2\\pi}}\\sigma}}$, $f(x) = {WRONG}$."
    )
    steps = check(Source("a.md", text.encode()), 8.0, 1, workers, fix=False).steps
    assert [s["status"] for s in steps][:1] == ["refuted"] and "refuted" not in [s["status"] for s in steps[1:]]
    again = "## One\n\n" + NORMAL % (" with density", RIGHT) + "\n## Two\n\nLet $g$ be positive and $f(x) = e^{-x}$.\n"
    steps = check(Source("a.md", again.encode()), 8.0, 1, workers, fix=False).steps
    assert [s["status"] for s in steps] == ["proved"]
