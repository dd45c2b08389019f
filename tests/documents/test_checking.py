"""Whole documents: mistakes that have to be found at their line and mended, then right documents without an alarm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from symrep.checking.files import Checked, check
from symrep.errors import BadInput
from symrep.reading.documents import Source
from symrep.running.worker import PRELOAD, Workers

from .slips import SLIPS

DATA = Path(__file__).parent / "data"
SECONDS = 10.0

#: the others are for ``benchmarks/bench_documents.py``
SOME = SLIPS[::4]

# --- mistakes -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as pool:
        yield pool


def checked(name: str, data: bytes, workers: Workers, **more: Any) -> Checked:
    return check(Source(name, data), SECONDS, 2, workers, **more)


def refuted(c: Checked) -> list[dict[str, Any]]:
    return [s for s in c.steps if s["status"] == "refuted"]


def text_of(c: Checked) -> str:
    return c.source.text


@pytest.mark.parametrize(("name", "right", "wrong"), SOME, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(SOME)])
def test_a_slip_is_found_at_its_line_and_mended(name: str, right: str, wrong: str, workers: Workers) -> None:
    original = (DATA / name).read_bytes()
    assert original.count(right.encode()) == 1
    data = original.replace(right.encode(), wrong.encode())
    c = checked(name, data, workers)
    line = 1 + data[: data.index(wrong.encode())].count(b"\n")
    (bad,) = refuted(c)
    assert bad["line"] <= line <= bad["end_line"]
    assert bad["witness"] is None or bad["witness"]["lhs"] != bad["witness"]["rhs"]
    fix = bad["fix"]
    assert fix is not None
    start, end, new = fix["start"], fix["end"], fix.get("text", fix["latex"])
    mended = c.source.edited([(start, end, new)])
    text = c.source.text
    assert mended == (text[:start] + new + text[end:]).encode("utf-8", "surrogateescape")
    assert bad["diagnosis"]["corrected_status"] in ("proved", "supported")


def test_a_swap_that_a_jump_forbids_is_refuted_for_that_reason(workers: Workers) -> None:
    name, right, wrong = next(x for x in SLIPS if x[0] == "indicator.md")
    c = checked(name, (DATA / name).read_bytes().replace(right.encode(), wrong.encode()), workers)
    assert [s["reason"] for s in refuted(c)] == ["jump"]


def test_one_mistake_is_blamed_once(workers: Workers) -> None:
    inherited = r"""$$\begin{aligned}
(a+b)^2 - (a-b)^2 &= a^2 + 2ab + b^2 - (a-b)^2 \\
&= a^2 + 2ab + b^2 - a^2 - 2ab - b^2 \\
&= 0
\end{aligned}$$"""
    c = checked("a.md", inherited.encode(), workers)
    assert [s["line"] for s in refuted(c)] == [3]
    assert "follows from the line before" in " ".join(c.steps[-1]["notes"])
    alone = inherited.replace("&= 0", "&= 4ab")
    c = checked("a.md", alone.encode(), workers)
    assert [s["line"] for s in refuted(c)] == [3]
    assert c.steps[-1]["status"] == "proved" and "the line before is wrong" in " ".join(c.steps[-1]["notes"])


def test_two_mistakes_are_blamed_twice(workers: Workers) -> None:
    text = r"$$\begin{aligned} (x+1)^2 &= x^2 + x + 1 \\ &= x^2 + 3x + 1 \end{aligned}$$"
    assert len(refuted(checked("a.md", text.encode(), workers))) == 2


# --- what must not be flagged -------------------------------------------------------------------------------------

FINE = [
    r"An entropy: with $\sigma > 0$, $\frac12\log(2\pi e \sigma^2) = \frac12 + \frac12\log(2\pi) + \log\sigma$.",
    r"Let $g(y) = \sigma y + \mu$, $\sigma > 0$. $$\exp\left(-\frac{1}{2\sigma^2}(g(y)-\mu)^2\right) = e^{-y^2/2}$$",
    r"With $\sigma > 0$: $e^{-x^2/2\sigma^2} = \exp\left(-\frac{x^2}{2\sigma^2}\right)$",
    r"$\frac{2x}{4} = \frac{x}{2}$ and $\log(e^x) = x$",
    r"For $\lambda > 0$, $\beta = 1/\lambda$: $\lambda e^{-\lambda x} = \frac{1}{\beta}e^{-x/\beta}$",
    r"$z \approx 3$, $p \propto q$, $x \to 0$, $a \Rightarrow b$, $x \sim \mathcal{N}(0, 1)$",
    r"Let $n = 5$. If $x = 2$ then $x^2 = 4$.",
    r"Setting $\frac{x-\mu}{\sigma} = 0$ and solving, $x = \mu$.",
    r"We define $\sigma^2 = \frac{1}{n}\sum_{i=1}^n x_i$ and $\tau := 1/\sigma$.",
    r"We get $x^2 = 4$ when $x = 2$, and $x^2 = 9$ when $x = 3$.",
    r"On the circle $x^2 + y^2 = 1$ the weights satisfy $a + b = 1$.",
    r"First $y = (x - m)/s$. Elsewhere $y = ax + b$.",
    r"By symmetry $f(-x) = f(x)$.",
    r"Let $p(z) = \mathcal{N}(z \mid 0, 1)$. The marginal is $p(x) = \mathcal{N}(x \mid 0, 2)$.",
    r"First $z = a + b$. Later, let $z = a - b$.",
    r"$\log p(x) = -\frac{x^2}{2}$",
    r"$\mathcal{L}(\theta) = 3\theta$",
    r"Nothing is claimed by $f(x) + g(x)$ or $\sigma > 0$ or $0 < p < 1$.",
    r"$\log(xy) = \log x + \log y$",
]


@pytest.mark.parametrize("text", FINE)
def test_what_is_not_wrong_is_not_flagged(text: str, workers: Workers) -> None:
    c = checked("a.md", text.encode(), workers)
    assert refuted(c) == [] and c.errors == []


@pytest.mark.parametrize("name", sorted(p.name for p in DATA.iterdir()))
def test_right_documents_hold(name: str, workers: Workers) -> None:
    c = checked(name, (DATA / name).read_bytes(), workers)
    assert c.errors == []
    assert [s for s in c.steps if s["status"] in ("refuted", "undecided")] == []
    held = [s for s in c.steps if s["status"] in ("proved", "supported")]
    assert len(held) >= len(c.steps) - 1 and held
    assert len(text_of(c)) > 0


# --- hostile documents --------------------------------------------------------------------------------------------

HOSTILE = [
    r"$10^{10^{10^{10}}} = x$",
    r"$9999999999! = x$",
    "$" + "(" * 5000 + "x" + ")" * 5000 + " = x$",
    "$" + r"\frac{1}{" * 2000 + "x" + "}" * 2000 + " = x$",
    "$x" + "^{x" * 3000 + "}" * 3000 + " = x$",
    r"\newcommand{\a}{\a\a} $\a = x$",
    r"$\newcommand{\a}{\b\b}\newcommand{\b}{\a} \a = 1$",
    r"$__import__('os').system('true') = x$",
    r"$\input{/etc/passwd} = \write18{true}$",
    r"$x = = = x$ $= x$ $x =$ $=$ $\\$ $&=&$ $x = {$ $}$",
    "$x = " + "x + " * 2000 + "x$",
    r"<!-- symrep: random X ~ __import__('os')(1, 2) --> $X = 1$",
    "$\x1b[31mx = 2x\x1b[0m$",
    "$\ud800$".encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape"),
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_documents_end_in_words(text: str, workers: Workers) -> None:
    c = checked("a.md", text.encode("utf-8", "surrogateescape"), workers)
    assert all(s["status"] in ("undecided", "not_checked", "refuted", "proved", "supported") for s in c.steps)
    assert not any(s["status"] in ("proved", "supported") for s in c.steps if "os" in s["lhs"])


def test_a_broken_notebook_is_an_error(workers: Workers) -> None:
    with pytest.raises(BadInput):
        checked("a.ipynb", b'{"cells": [', workers)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Let $\\alpha > 1$.\n\n$$|\\alpha - 1| = \\alpha - 1$$\n", 0),
        ("Let $a > 0$, $\\alpha > 1$.\n\nLet $b > 2$.\n\n$$|\\alpha - 1| = \\alpha - 1$$\n", 0),
        ("Let $\\alpha > 1$.\n\nLet $\\alpha < 1$.\n\n$$|\\alpha - 1| = 1 - \\alpha$$\n", 0),
        ("Let $\\alpha > 1$.\n\nLet $\\alpha < 1$.\n\n$$|\\alpha - 1| = \\alpha - 1$$\n", 1),
        ("Let $\\alpha > 1$.\n\n$$|\\alpha - 2| = \\alpha - 2$$\n", 1),
        ("If $\\alpha > 1$ all is well.\n\n$$|\\alpha - 1| = \\alpha - 1$$\n", 1),
    ],
)
def test_what_let_says_lasts_until_it_is_said_anew(text: str, wrong: int, workers: Workers) -> None:
    assert len(refuted(checked("a.md", text.encode(), workers))) == wrong


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Suppose $\\gamma > 1$.\n\nThen $|\\gamma - 1| = 1 - \\gamma$.\n", "refuted"),
        ("Suppose $\\gamma > 1$.\n\nThen $|\\gamma - 2| = \\gamma - 2$.\n", "refuted"),
        ("Suppose $\\delta > 1$.\n\nThen $|\\gamma - 1| = \\gamma - 1$.\n", "refuted"),
        ("Suppose $\\gamma > 1$.\n\nThen $|\\gamma - 1| = \\gamma - 1$.\n", "undecided"),
        ("Assume that $\\gamma > 1$. Then $|\\gamma - 1| = \\gamma - 1$.\n", "proved"),
    ],
)
def test_what_was_supposed_before_keeps_a_line_from_being_called_wrong(
    text: str, status: str, workers: Workers
) -> None:
    """Whether it holds on, nobody knows: a line that is wrong only where it fails is neither wrong nor proved."""
    assert [s["status"] for s in checked("a.md", text.encode(), workers).steps] == [status]


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        (r"\pi \approx 3", "approximation"),
        (r"f(x) \propto e^{-x}", "factor"),
        (r"\frac{x}{|x|} = 1", "may say what a name is"),
    ],
)
def test_what_is_no_claim_is_not_left_out_without_a_word(formula: str, why: str, workers: Workers) -> None:
    c = checked("a.md", f"Clearly\n\n$$\n{formula}\n$$\n".encode(), workers)
    assert not c.steps
    (left,) = c.not_checked
    assert why in left["reason"]
