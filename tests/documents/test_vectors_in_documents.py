"""Lines about vectors and matrices by name: what fails in two dimensions is false, what holds is supported only."""

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


WRONG = [
    (r"\|\mathbf{x} - \mathbf{w}\|^2 = \|\mathbf{x}\|^2 - \mathbf{w}^\top\mathbf{x} + \|\mathbf{w}\|^2", "2"),
    (r"\nabla_{\mathbf{w}}\|\mathbf{y}-X\mathbf{w}\|^2 = 2X^\top(\mathbf{y}-X\mathbf{w})", "-"),
    (r"\nabla_{\mathbf{x}} \mathbf{x}^\top A \mathbf{x} = 2A\mathbf{x}", None),  # A is not symmetric
    (r"\mathrm{tr}(AB) = \mathrm{tr}(A)\mathrm{tr}(B)", None),
    (r"\langle \mathbf{x}, \mathbf{y}\rangle = \|\mathbf{x}\| \|\mathbf{y}\|", None),  # true in one
]
RIGHT = [
    r"\|\mathbf{x} - \mathbf{w}\|^2 = \|\mathbf{x}\|^2 - 2\mathbf{w}^\top\mathbf{x} + \|\mathbf{w}\|^2",
    r"\nabla_{\mathbf{w}}\|\mathbf{y}-X\mathbf{w}\|_2^2 = -2X^\top(\mathbf{y}-X\mathbf{w})",
    r"\nabla_{\mathbf{x}} \mathbf{x}^\top A \mathbf{x} = (A + A^\top)\mathbf{x}",
    r"\mathrm{tr}(AB) = \mathrm{tr}(BA)",
    r"(x-\mu)^\top\Sigma^{-1}(x-\mu) = x^\top\Sigma^{-1}x - 2\mu^\top\Sigma^{-1}x + \mu^\top\Sigma^{-1}\mu",
    r"(AB)^\top = B^\top A^\top",
]


@pytest.mark.parametrize(("line", "fix"), WRONG)
def test_what_fails_in_two_dimensions_is_false(line: str, fix: str | None, workers: Workers) -> None:
    (step,) = checked(f"$${line}$$", workers).steps
    assert step["status"] == "refuted"
    if fix is not None:
        assert step["fix"]["latex"] in (fix, "-2")


@pytest.mark.parametrize("line", RIGHT)
def test_what_holds_in_two_and_three_is_supported_and_no_more(line: str, workers: Workers) -> None:
    (step,) = checked(f"$${line}$$", workers).steps
    assert step["status"] == "supported" and any("dimensions" in n for n in step["notes"])


def test_a_letter_that_counts_dimensions_is_no_number_beside_them(workers: Workers) -> None:
    (step,) = checked(r"$$\mathrm{tr}(\mathbf{I}) + \mathbf{x}^\top\mathbf{x} = d + \|\mathbf{x}\|^2$$", workers).steps
    assert step["status"] == "not_checked" and "dimension" in step["reason"]


def test_a_matrix_said_to_be_symmetric(workers: Workers) -> None:
    text = r"Let $A$ be symmetric. Then $$\nabla_{\mathbf{x}} \mathbf{x}^\top A \mathbf{x} = 2A\mathbf{x}.$$"
    assert checked(text, workers).steps[-1]["status"] == "supported"


def test_recursions_and_noises_of_vectors(workers: Workers) -> None:
    text = r"""$$
\begin{aligned}
\mathbf{x}_t &= \sqrt{\alpha_t}\mathbf{x}_{t-1} + \sqrt{1-\alpha_t}\boldsymbol{\epsilon}_{t-1}\\
&= \sqrt{\alpha_t}(\sqrt{\alpha_{t-1}}\mathbf{x}_{t-2} + \sqrt{1-\alpha_{t-1}}\boldsymbol{\epsilon}_{t-2}) + \sqrt{1-\alpha_t}\boldsymbol{\epsilon}_{t-1}\\
&= \sqrt{\alpha_t\alpha_{t-1}}\mathbf{x}_{t-2} + \sqrt{LAST}\bar{\boldsymbol{\epsilon}}_{t-2}
\end{aligned}
$$"""
    right = checked(text.replace("LAST", r"1-\alpha_t\alpha_{t-1}"), workers)
    assert [s["status"] for s in right.steps] == ["supported", "supported"]
    wrong = checked(text.replace("LAST", r"1-\alpha_t"), workers)
    assert [s["status"] for s in wrong.steps] == ["supported", "refuted"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (r"For a start, $x + x = 3x$.", "refuted"),
        (r"If the mean is zero, $x + x = 3x$.", "refuted"),
        (r"Suppose, for simplicity, $c = 1$. Then $c x + x = 2x$.", "proved"),
        (r"If $a = 1$ and $b = 1$, $a b x = x$.", "proved"),
    ],
)
def test_what_is_said_before_a_comma_is_no_assumption(text: str, status: str, workers: Workers) -> None:
    assert [s["status"] for s in checked(text, workers).steps] == [status]
