"""Moments, divergences and entropies with a slip, mended on their closed forms; densities of which only names are known."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from symrep.checking.files import Checked, check
from symrep.reading.documents import Source
from symrep.running.worker import PRELOAD, Workers

SECONDS = 10.0


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as pool:
        yield pool


def checked(text: str, workers: Workers) -> Checked:
    return check(Source("a.md", text.encode()), SECONDS, 1, workers)


def statuses(c: Checked) -> list[str]:
    return [s["status"] for s in c.steps]


#: the line, the slip in it, what stands there when it is mended, what the diagnosis says
SLIPS = [
    (
        r"$$\mathrm{KL}(\mathcal{N}(\mu, \sigma^2) \,\|\, \mathcal{N}(0, 1)) = \frac12 (\mu^2 + \sigma^2 - 1 - \log\sigma)$$",
        r"\log\sigma^2)$$",
        "off by the term log(sigma)/2",
    ),
    (
        r"$$H(\mathcal{N}(\mu, \sigma^2)) = \frac12 \log(2\pi e \sigma)$$",
        r"2\pi e \sigma^2)$$",
        "off by the term -log(sigma)/2",
    ),
    (
        r"$$\mathrm{Var}_{x \sim \mathrm{Laplace}(\mu, \sigma)}[x] = \sigma^2$$",
        r"= 2\sigma^2$$",
        "off by the factor 1/2",
    ),
    (
        r"$$\mathbb{E}_{x \sim \mathcal{N}(\mu, \sigma^2)}[x^2] = \mu^2 - \sigma^2$$",
        r"\mu^2 + \sigma^2$$",
        "off by the term -2*sigma**2",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("line", "mended", "said"), SLIPS)
def test_a_wrong_closed_form_is_mended(line: str, mended: str, said: str, workers: Workers) -> None:
    c = checked(f"With $\\sigma > 0$,\n\n{line}\n", workers)
    (bad,) = c.steps
    assert (bad["line"], bad["status"]) == (3, "refuted")
    assert bad["diagnosis"]["text"] == said and bad["diagnosis"]["corrected_status"] == "proved"
    fix = bad["fix"]
    assert c.source.edited([(fix["start"], fix["end"], fix["latex"])]).decode().rstrip().endswith(mended)


def test_a_derivative_reaches_over_the_bracket(workers: Workers) -> None:
    line = r"$\frac{\partial}{\partial\mu} \frac12 (\mu^2 + \sigma^2) = "
    assert statuses(checked(line + r"\mu$", workers)) == ["proved"]
    (bad,) = checked(line + r"2\mu$", workers).steps
    assert bad["status"] == "refuted" and bad["fix"]["latex"] in ("", r"\mu")
    assert bad["diagnosis"]["text"] == "off by the factor 2"
    assert any(g["code"] == "scope" for g in bad["guesses"])


# --- densities of which only the names are known --------------------------------------------------------------------

NAMES = [
    r"p(x \mid z) p(z) = p(z \mid x) p(x)",
    r"p(z \mid x) = \frac{p(x \mid z) p(z)}{p(x)}",
    r"\log p(x, z) = \log p(x \mid z) + \log p(z)",
    r"\log \frac{p(x, z)}{q_\phi(z \mid x)} = \log p(x \mid z) - \log \frac{q_\phi(z \mid x)}{p(z)}",
    r"\frac{p(x, z)}{p(z)} = p(x \mid z)",
    r"p(x) = \int p(x \mid z) p(z)\,dz",
    r"\int p(z \mid x)\,dz = 1",
    r"p(A, B) = p(A \mid B) p(B)",
]
#: wrong of all but densities nobody thinks of: refuted where the document says nothing of them
FALSE_NAMES = [
    r"p(z|x) p(z) = p(x|z) p(x)",
    r"\log p(x, z) = \log p(x \mid z) - \log p(z)",
    r"p(y) = \int p(y \mid z) p(y)\,dz",
    r"p(z \mid x) = \frac{p(x \mid z) p(x)}{p(z)}",
    r"\mathrm{KL}(q(z \mid x) \| p(z \mid x)) = \mathbb{E}_{q(z \mid x)}[\log q(z \mid x) - \log p(x, z)] - \log p(x)",
]
#: true of Markov chains, of independent variables, of one prior only, of symmetric proposals
WRONG_NAMES = [
    r"q(x_t \mid x_0) = \int q(x_t \mid x_{1}) q(x_1 \mid x_0) dx_1",
    r"p(a, b) = p(a) p(b)",
    r"p(a \mid b, c) = p(a \mid b)",
    r"\int p(x \mid z)\,dz = 1",
    r"q(y \mid x) = q(x \mid y)",
    r"\mathbb{E}_{q(z)}[\log p(x \mid z)] = \log p(x \mid z)",
    r"\mathbb{E}_{q(z \mid x)}[\log p(x \mid z)] = \log p(x \mid z)",
]
BEFORE = [
    "",
    r"Let $p(z) = \mathcal{N}(z \mid 0, 1)$. ",
    r"Let $z \sim \mathcal{N}(0, 1)$ and $p(x) = \mathcal{N}(x \mid 0, 2)$. ",
    r"With $q_\phi(z) = \mathcal{N}(z \mid \mu, 1)$ and $p(x, z) = p(x) p(z)$: ",
]


@pytest.mark.parametrize("before", BEFORE)
def test_of_conditional_densities_only_what_follows_from_their_definition_is_confirmed(
    before: str, workers: Workers
) -> None:
    lines = (*NAMES, *WRONG_NAMES, *FALSE_NAMES)
    text = before + "\n\n" + "\n\n".join(f"$${line}$$" for line in lines)
    c = checked(text, workers)
    assert not [s for s in c.steps if s["status"] == "refuted"]  # it says p(a, b) = p(a) p(b)
    first = [s for s in c.steps if s["line"] > 2]
    good = {s["line"] for s in first if s["status"] in ("proved", "supported")}
    assert not good & {3 + 2 * lines.index(line) for line in (*WRONG_NAMES, *FALSE_NAMES)}
    if not before:
        assert {3 + 2 * i for i in range(len(NAMES))} <= good


@pytest.mark.parametrize(
    ("before", "refuted"),
    [("", True), ("Here $x$ and $z$ are independent. ", False), (r"Let $p(z) = \mathcal{N}(z \mid 0, 1)$. ", False)],
)
def test_what_is_wrong_of_normal_densities_is_wrong(before: str, refuted: bool, workers: Workers) -> None:
    lines = FALSE_NAMES if refuted else FALSE_NAMES[:1]
    text = before + "\n\n" + "\n\n".join(f"$${line}$$" for line in (*lines, *NAMES, r"q(y \mid x) = q(x \mid y)"))
    c = checked(text, workers)
    assert len([s for s in c.steps if s["status"] == "refuted"]) == refuted * len(lines)
    assert all(s["line"] < 3 + 2 * len(lines) for s in c.steps if s["status"] == "refuted")
    if refuted:
        (mended,) = (s["fix"] for s in c.steps if "KL" in s["lhs"])
        assert mended["latex"] == "+"


# --- h(x): a map; H(x), h(X): entropies -----------------------------------------------------------------------------


def test_h_of_a_small_letter_is_a_map(workers: Workers) -> None:
    before = r"Let $x \sim \mathcal{N}(\mu, \sigma^2)$ with $\sigma > 0$ and "
    c = checked(
        before + r"$y = h(x) = \frac{x - \mu}{\sigma}$. So $h(x) + 1 = \frac{x - \mu + \sigma}{\sigma}$.", workers
    )
    assert statuses(c) == ["proved"]
    entropy: list[Any] = checked(before + r"$y = 2x$. Then $H(x) = \frac12\log(2\pi e\sigma^2)$.", workers).steps
    assert [s["status"] for s in entropy] == ["proved"]
