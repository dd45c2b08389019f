"""An equation that fails: a condition on its names, or a slip?"""

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


def checked(text: str, workers: Workers) -> list[dict[str, Any]]:
    found = check(Source("post.md", text.encode()), 5.0, 2, workers)
    assert not found.errors
    return found.steps


CONDITIONS = [
    r"As $f$ is a density, $A \int_{-\infty}^\infty e^{-k x^2/2}\,dx = 1$.",
    r"The integral is to be one: $$\frac{2A^2}{k}\left(\int_{-\infty}^\infty e^{-u^2}\,du\right)^2 = 1$$",
    r"Let us write $$e^{-k x^2/2} e^C = A e^{-k x^2/2}.$$",
    r"On the circle $$x^2 + y^2 = 1.$$",
    r"A fair coin has $$p = 1 - p = \frac12.$$",
    r"Both precisions add up: $$\frac{1}{s^2} = \frac{1}{a^2} + \frac{1}{b^2}$$",
    r"The temperature solves $$a x e^{-b x} - c x^2 = \frac{d}{x}.$$",
]

SLIPS = [
    (r"$$(a + b)^2 = a^2 + ab + b^2$$", "2ab"),
    (r"$$\frac{a}{b} - \frac{c}{d} = \frac{ad + bc}{bd}$$", "-"),
    (r"$$\frac{d}{dx} k^2 x = 2 k x$$", ""),
    (r"$$\int_0^1 x^n\,dx = \frac{1}{n}, \quad n > 0$$", "n"),
    (r"$$\log\frac{a}{b} = \log a + \log b$$", "-"),
    (r"Let $X \sim \mathcal N(\mu, \sigma^2)$. Then $$E[X^2] = \mu^2 - \sigma^2$$", "+"),
    (r"Let $X \sim \mathrm{Exp}(\lambda)$. Then $$E[X^2] = \frac{7}{\lambda^3}$$", ""),
    (r"$$\binom{48}{5} = 1712305$$", "1712304"),
]

NEARLY = [
    r"$$\binom{48}{5} 0.25^5 \cdot 0.75^{43} = 1712304 \cdot 9.765625 \cdot 10^{-4} \cdot 4.24262 \cdot 10^{-6}$$",
    r"$$e^{-12} \frac{12^5}{5!} = 6.14421 \cdot 10^{-6} \cdot \frac{248832}{120}$$",
]

NOT_NEARLY = [
    r"$$e^{-12} \frac{12^5}{5!} = 6.15421 \cdot 10^{-6} \cdot \frac{248832}{120}$$",
    r"$$\frac{1}{\sqrt{2\pi}} = 0.3999$$",
    r"$$0.25 \cdot 0.75 = 0.1885$$",
    r"$$\frac{1}{3} + \frac{1}{4} = \frac{2}{7}$$",
]


@pytest.mark.parametrize("text", CONDITIONS)
def test_a_condition_is_no_mistake(text: str, workers: Workers) -> None:
    assert "refuted" not in {s["status"] for s in checked(text, workers)}


@pytest.mark.parametrize(("text", "right"), SLIPS)
def test_a_slip_is_one(text: str, right: str, workers: Workers) -> None:
    wrong = [s for s in checked(text, workers) if s["status"] == "refuted"]
    assert wrong
    assert not right or right in "".join(str((s["diagnosis"] or {}).get("corrected_latex")) for s in wrong).replace(
        " ", ""
    )


@pytest.mark.parametrize("text", NEARLY)
def test_rounded_numbers_are_neither_right_nor_wrong(text: str, workers: Workers) -> None:
    assert [s["status"] for s in checked(text, workers)] == ["undecided"]


@pytest.mark.parametrize("text", NOT_NEARLY)
def test_wrong_digits_are_wrong(text: str, workers: Workers) -> None:
    assert [s["status"] for s in checked(text, workers)] == ["refuted"]
