"""Formulas that the text does not mean: warned of, asked, quoted, supposed for a contradiction; and those it means."""

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


def flagged(text: str, workers: Workers) -> list[str]:
    found = check(Source("post.md", text.encode()), 5.0, 2, workers, fix=False)
    assert not found.errors
    return [" ".join(s["rhs"].split()) for s in found.steps if s["status"] == "refuted"]


#: the words lead to the formula in earnest, or turn to it: a slip there is flagged
MEANT = (
    r"A common mistake is to forget the factor; the derivative is $\frac{d}{dx}x^3 = 2x^2$.",
    r"It is not $\frac{d}{dx}x^3 = x^2$ but $\frac{d}{dx}x^3 = 2x^2$.",
    r"Wrong would be $\frac{d}{dx}x^3 = x^2$; right is $\frac{d}{dx}x^3 = 2x^2$.",
    r"The standard error is small, so that $\frac{d}{dx}x^3 = 2x^2$.",
    r"The false positive rate needs $\frac{d}{dx}x^3 = 2x^2$.",
    r"As one would expect, $\frac{d}{dx}x^3 = 2x^2$.",
    r"Exercise: show that $\frac{d}{dx}x^3 = 2x^2$.",
    r"Why is $\frac{d}{dx}x^3 = 2x^2$?",
    r"It is wrong that $x + 1 = x$. Hence $\frac{d}{dx}x^3 = 2x^2$.",
    r"Suppose for contradiction that $x = x + 1$. Then $0 = 1$, which is impossible. We have $\frac{d}{dx}x^3 = 2x^2$.",
    r"The sample is large; up to now we know $\frac{d}{dx}x^3 = 2x^2$.",
    r"He says: the “rule” is $\frac{d}{dx}x^3 = 2x^2$.",
    r"$1 + x = x + 2x$ is wrong. But $\frac{d}{dx}x^3 = 2x^2$.",
)
NOT_MEANT = (
    r"A common mistake is to write $\frac{d}{dx}x^3 = 2x^2$.",
    "Warning: this is wrong:\n$$\\frac{d}{dx}x^3 = 2x^2 .$$",
    r"Another one is $\frac{d}{dx}x^3 = 2x^2$, which is wrong already for $x = 1$.",
    r"One might think that $\frac{d}{dx}x^3 = 2x^2$.",
    r"It is tempting to conclude $\frac{d}{dx}x^3 = 2x^2$ and $x + 1 = 2x$.",
    r"$\frac{d}{dx}x^3 = 2x^2$ is false. Do not write it.",
    r"Some write $\frac{d}{dx}x^3 = 2x^2$. This is a mistake.",
    r"It is not true that $\frac{d}{dx}x^3 = 2x^2$.",
    r"Is it true that $\frac{d}{dx}x^3 = 2x^2$? No.",
    r'A student writes: "$\frac{d}{dx}x^3 = 2x^2$". The power was forgotten.',
    r"The answer sheet said ``$\frac{d}{dx}x^3 = 2x^2$''.",
    r"Suppose for contradiction that $\log x = x + 1$ for some $x > 0$. Then $x + 1 = x$ follows.",
    r"If $X$ and $Y$ were equal, we would have $\frac{d}{dx}x^3 = 2x^2$.",
    r"For small $x$ we have $e^x = 1 + x$ roughly. To first order, $\log(1+x) = x$.",
)


@pytest.mark.parametrize("text", MEANT)
def test_what_is_said_in_earnest_is_flagged(text: str, workers: Workers) -> None:
    assert flagged(text, workers) == ["2x^2"]


@pytest.mark.parametrize("text", NOT_MEANT)
def test_what_is_not_meant_is_not(text: str, workers: Workers) -> None:
    assert flagged(text, workers) == []


def test_what_is_wrong_defines_nothing(workers: Workers) -> None:
    text = r"One might think that $s = a + b$. With $s > 0$ we have $(s - a)^2 = b^2$."
    found = check(Source("post.md", text.encode()), 5.0, 2, workers, fix=False)
    assert not any(s["status"] in ("proved", "supported") for s in found.steps)


def test_a_correction_at_the_end_of_a_definition(workers: Workers) -> None:
    text = (
        "Let $x > 0$ be given and $L(t) = t^x e^{-t}$ for $t > 0$. Put $x = 4$. Then $L(4) = 256e^{-4}$.\n\n"
        "For two of them the function is $L(t) = t^{x+y}e^{-2t}$ and $\\frac{d}{dt}\\log L(t) = \\frac{x+y}{t} - 2$.\n"
    )
    assert not check(Source("post.md", text.encode()), 5.0, 2, workers).errors
