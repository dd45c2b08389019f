"""Laws that a density tells, products up to t beside the one before; wrong lines first."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sympy as sp

from symrep.checking.files import check
from symrep.checking.recognising import law_of
from symrep.reading.documents import Source
from symrep.running.worker import PRELOAD, Workers
from symrep.symbols import DomainSymbol


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as w:
        yield w


def statuses(text: str, workers: Workers) -> list[str]:
    found = check(Source("a.md", text.encode()), 5.0, 1, workers, fix=False)
    assert not found.errors
    return [s["status"] for s in found.steps]


POISSON = "$p(k \\mid c) = \\frac{c^k e^{-c}}{k!}$:\n\n$$ \\frac{E[k]}{c^2} = \\frac{1}{%s} $$\n"
NORMAL = (
    "$p(x \\mid m, s) = \\mathcal{N}(x \\mid m, s^2)$:\n\n"
    "$$ E\\left[\\left(\\frac{x-m}{s^2}\\right)^2\\right] = \\frac{1}{%s} $$\n"
)
RAYLEIGH = "## Rayleigh\n\n$f(x; s) = \\frac{x}{s^2} e^{-x^2/(2s^2)}$.\n\n$$ E[X^2] = %s $$\n"
NEXT = "## One\n\n$f(x) = \\frac{1}{2b} e^{-|x|/b}$.\n\n## Two\n\nOf some other $X$:\n\n$$ E[X^2] = %s $$\n"
BOTH = (
    "The prior is $p(z) = \\mathcal{N}(z; 0, 1)$, the encoder $q(z) = \\mathcal{N}(z; m, s^2)$.\n\n$$ E[z^2] = %s $$\n"
)
SCHEDULE = "Let $\\alpha_t = 1 - \\beta_t$ and $\\bar\\alpha_t = \\prod_{i=1}^t \\alpha_i$.\n\n$$ \\bar\\alpha_{t-1} - \\bar\\alpha_t = %s $$\n"
RECURSION = "Let $\\bar\\alpha_t = \\prod_{i=1}^t \\alpha_i$. Then\n\n$$ \\bar\\alpha_t = %s \\bar\\alpha_{t-1} $$\n"
SUMS = "Let $S_t = \\sum_{i=1}^t a_i$.\n\n$$ S_t - S_{t-1} = %s $$\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (POISSON % "c^2", "refuted"),
        (POISSON % "c", "right"),
        (NORMAL % "s^4", "refuted"),
        (NORMAL % "s^2", "right"),
        (RAYLEIGH % "s^2", "refuted"),
        (RAYLEIGH % "2 s^2", "right"),
        (NEXT % "b^2", "undecided"),
        (NEXT % "2 b^2", "undecided"),
        (BOTH % "1", "not_checked"),
        (BOTH % "m^2 + s^2", "not_checked"),
        (SCHEDULE % r"\bar\alpha_{t-1} \beta_{t-1}", "refuted"),
        (SCHEDULE % r"\bar\alpha_{t} \beta_t", "refuted"),
        (SCHEDULE % r"\bar\alpha_{t-1} \beta_t", "right"),
        (RECURSION % r"\alpha_{t-1}", "refuted"),
        (RECURSION % r"\alpha_t", "right"),
        (SUMS % "a_{t-1}", "refuted"),
        (SUMS % "a_t", "right"),
    ],
)
def test_lines(text: str, wanted: str, workers: Workers) -> None:
    found = statuses(text, workers)[-1]
    assert found in ("proved", "supported") if wanted == "right" else found == wanted


def test_a_density_is_recognised_by_its_values_and_parameters() -> None:
    x, a, b = DomainSymbol("x", "real"), DomainSymbol("a", "real"), DomainSymbol("b", "positive")
    law = law_of(b * sp.exp(-b * x), x)
    assert law is not None
    assert law.family.name == "Exponential"
    assert law.args[-1] == b
    assert law_of(2 * b * sp.exp(-b * x), x) is None
    assert law_of(b * sp.exp(-2 * b * x), x) is None
    assert law_of(a * x**2, x) is None
    assert law_of(sp.exp(-((x - a) ** 2) / 2), x) is None
    pareto = law_of(a * b**a / x ** (a + 1), x)
    assert pareto is not None
    assert pareto.family.name == "Pareto"
    assert tuple(pareto.args[1:]) == (b, a)


FAMILY = "A law with location $\\phi$ has the CDF\n\n$$ F_\\phi(g) = \\exp(-e^{-(g-\\phi)}) $$\n\n$$ F_{\\phi_1}(g) F_{\\phi_2}(g) = \\exp(-(%s) e^{-g}) $$\n"
REMARK = (
    "With $c > 0$:\n\n$$\n\\begin{aligned}\n\\int_{-\\infty}^\\infty e^{-g} e^{-c e^{-g}} dg &= \\int_0^\\infty e^{-cv} dv && (v = e^{-g}) \\\\\n"
    "&= %s\n\\end{aligned}\n$$\n"
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (FAMILY % r"e^{\phi_1 + \phi_2}", "refuted"),
        (FAMILY % r"e^{\phi_1} + e^{\phi_2}", "proved"),
        (REMARK % "c", "refuted"),
        (REMARK % r"\frac1c", "proved"),
    ],
)
def test_members_and_remarks(text: str, wanted: str, workers: Workers) -> None:
    assert statuses(text, workers)[-1] == wanted
