"""Bounds of models with latent variables, as EM writes them: sums over z, parameters behind a semicolon."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from symrep.checking.files import check
from symrep.checking.surveying import Surveyor
from symrep.reading.documents import Source, open_document
from symrep.running.worker import PRELOAD, Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as w:
        yield w


BOUND = r"\sum_h q(h)\log\frac{p(v,h;\phi)}{q(h)}"
GAP = r"\mathrm{KL}(q(h)\,\|\,p(h\mid v;\phi))"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (rf"{BOUND} = \log p(v;\phi) + {GAP}", "refuted"),
        (rf"{BOUND} = \log p(v;\phi) - \mathrm{{KL}}(p(h\mid v;\phi)\,\|\,q(h))", "refuted"),
        (r"p(v,h;\phi) = p(v\mid h;\phi)\,p(v;\phi)", "refuted"),
        (r"\log p(v;\phi) = \sum_h \log p(v,h;\phi)", "undecided"),
        (rf"{BOUND} = \log p(v;\phi) - {GAP}", "proved"),
        (r"\log p(v;\phi) = \log\sum_h q(h)\frac{p(v,h;\phi)}{q(h)}", "proved"),
        (r"p(v,h;\phi) = p(h\mid v;\phi)\,p(v;\phi)", "proved"),
    ],
)
def test_the_bound_of_em(line: str, wanted: str, workers: Workers) -> None:
    found = check(Source("a.md", f"Then we have\n\n$$ {line} $$\n".encode()), 5.0, 1, workers, fix=False)
    assert [s["status"] for s in found.steps] == [wanted]


def readings(text: str) -> list[tuple[str, str]]:
    links = Surveyor(open_document(Source("a.md", text.encode()))).run().links
    return [tuple(str(p.variants[0][1].expr) for p in (n.left, n.right)) for n in links]  # type: ignore[misc]


def test_two_parameters_are_two_densities() -> None:
    """p(v; φ) and p(v; φ′) are not the same: nothing is said of them."""
    ((left, right),) = readings("$$ p(v,h;\\phi) = p(h\\mid v;\\psi)\\,p(v;\\phi) $$")
    assert (left, right) == ("None", "None")


def test_a_sum_of_masses_that_are_known_is_no_integral() -> None:
    text = "Let $p(k) = 2^{-k}$.\n\n$$ \\sum_k p(k) = 1 $$"
    assert readings(text)[-1][0] == "None"


def test_a_sum_over_every_second_point_is_no_integral() -> None:
    assert readings("$$ \\sum_z q(2z) = \\frac12 $$")[-1][0] == "None"
