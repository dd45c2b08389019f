"""Slips in short documents: what is wrong, and the correction that the document itself proposes. Wrong ones come first."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator

import pytest

from symrep.checking.borrowing import borrowed, sides_of
from symrep.checking.files import Checked, check
from symrep.reading.documents import Source
from symrep.running.worker import PRELOAD, Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as w:
        yield w


def checked(text: str, workers: Workers) -> Checked:
    return check(Source("a.md", text.encode()), 8.0, 1, workers)


NORMAL = r"Let $X \sim \mathcal N(\mu, \sigma^2)$. Then "

#: primes at a point that the law depends on: a false line of these was proved
POINTS = [
    (NORMAL + r"$F_X'(\mu + 1) = \frac{0}{\sigma}$.", "refuted"),
    (NORMAL + r"$F_X'(\mu) = 1$.", "refuted"),
    (NORMAL + r"$f''_X(\mu) = \frac{1}{\sqrt{2\pi}\sigma^3}$.", "refuted"),
    (NORMAL + r"$f''_X(\mu) = -\frac{1}{\sqrt{2\pi}\sigma^3}$.", "proved"),
    (NORMAL + r"$f'_X(\mu + \sigma) = -\frac{1}{\sigma^2\sqrt{2\pi e}}$.", "proved"),
    (NORMAL + r"$F_X'(\mu) = \frac{1}{\sqrt{2\pi}\sigma}$.", "proved"),
    (r"Let $X \sim \mathrm{Exp}(\lambda)$. Then $f_X'(\lambda) = (1-\lambda^2) e^{-\lambda^2}$.", "refuted"),
    (r"Let $X \sim \mathrm{Exp}(\lambda)$. Then $f_X'(\lambda) = -\lambda^2 e^{-\lambda^2}$.", "proved"),
]


@pytest.mark.parametrize(("text", "status"), POINTS, ids=range(len(POINTS)))
def test_a_prime_at_a_parameter_of_the_law(text: str, status: str, workers: Workers) -> None:
    assert [s["status"] for s in checked(text, workers).steps] == [status]


def test_a_moment_generating_function_is_not_differentiated_by_what_its_law_depends_on(workers: Workers) -> None:
    (step,) = checked(NORMAL + r"$M_X'(\mu) = 0$.", workers).steps
    assert step["status"] == "not_checked"


MAP = r"We have $y = h(x) = (x-\mu)/\sigma$ and $x = g(y) = \sigma y + \mu$. Therefore $"

CHANGE = r"Let $y = h(x)$ where $h$ is a strictly increasing continuously differentiable function and $x = g(y) = h^{-1}(y)$ with $x \sim f_X(x)$. $$f_Y(y) = f_X(x)"

#: what is wrong, and how it is mended
MENDED = [
    (MAP + r"g'(y) = \mu$.", r"g'(y) = \sigma$"),
    (MAP + r"g'(y) = -\sigma$.", r"g'(y) = \sigma$"),
    (MAP + r"g'(y) = \frac{1}{\sigma}$.", r"g'(y) = \sigma$"),
    (
        r"Let $\sigma > 0$ and $f(x) = \frac{1}{\sqrt{2\pi\sigma^2}} e^{-x^2/2}$. Then $f(0) = \frac{1}{\sqrt{2\pi}}$.",
        r"f(0) = \frac{1}{\sqrt{2\pi\sigma^2}}$",
    ),
    (r"With $g(y) = \sigma y + \mu$: $(g(y)-\mu)^2 = \sigma^2 y^2$ and $g(y)^2 = \sigma^2 y^2$.", r"$(g(y)-\mu)^2 = \sigma^2 y^2$."),
    (CHANGE + r"|\frac{dy}{dx}| = f_X(g(y))g'(y)$$", r"f_X(x)|\frac{dx}{dy}|"),
    (CHANGE + r"|\frac{dx}{dy}| = f_X(g(y))$$", r"f_X(g(y)) g'(y)$$"),
    (CHANGE + r"|\frac{dx}{dy}| = \frac{f_X(g(y))}{g'(y)}$$", r"f_X(g(y)) g'(y)$$"),
    (CHANGE + r"|\frac{dx}{dy}| = f_X(g(y))h'(y)$$", r"f_X(g(y))g'(y)$$"),
    (r"Let $a, b > 0$. $\left(\frac{1}{a}\right)^2 \left(\frac{1}{b}\right)^2 = (ab)^2$.", r"\frac{1}{(ab)^2}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mended"), MENDED, ids=range(len(MENDED)))
def test_the_right_correction(text: str, mended: str, workers: Workers) -> None:
    c = checked(text, workers)
    (fix,) = [s["fix"] for s in c.steps if s["status"] == "refuted"]
    new = c.source.edited([(fix["start"], fix["end"], fix["latex"])]).decode()
    assert mended in new


def test_what_a_function_is_at_a_point_may_be_a_name_nobody_met(workers: Workers) -> None:
    c = checked(r"Let $f(x) = ax + b$. Then $f(0) = c$ and $f'(x) = m$.", workers)
    assert {s["status"] for s in c.steps} == {"not_checked"}


def test_a_law_is_compared_at_the_argument_that_it_gets(workers: Workers) -> None:
    (step,) = checked(NORMAL + r"$f_X(y) = \mathcal{N}(0, 1)$.", workers).steps
    assert step["status"] == "refuted"


def test_edits_that_other_sides_propose_keep_brackets_in_pairs() -> None:
    others = sides_of({0: r"f_Y(y) = f_X(g(y))g'(y)", 9: r"e^{-\frac{1}{2}(a-b)^2}"}, 0)
    found = {side[:s] + new + side[e:] for side in (r"f_X(y)g'(y)",) for s, e, new, _ in borrowed(side, others)}
    assert r"f_X(g(y))g'(y)" in found
    assert all(x.count("(") == x.count(")") for x in found)
    assert list(borrowed(r"f_X(y)g'(y)", sides_of({50: r"f_X(g(y))g'(y)"}, 0))) == []
