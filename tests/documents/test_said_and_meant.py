"""What names, brackets and laws mean by the words around them, and where a chain is meant; wrong lines first."""

# ruff: noqa: E501

from __future__ import annotations

import json
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


def readings(text: str, name: str = "a.md") -> list[tuple[str, str]]:
    """The first readings of both sides of every claim."""
    links = Surveyor(open_document(Source(name, text.encode()))).run().links
    return [tuple(str(p.variants[0][1].expr) for p in (n.left, n.right)) for n in links if not n.solve]  # type: ignore[misc]


def laws(text: str) -> dict[str, str]:
    lets = Surveyor(open_document(Source("a.md", text.encode()))).run().lets
    return {x.name: x.body for x in lets if x.what == "law"}


def statuses(text: str, workers: Workers) -> list[str]:
    found = check(Source("a.md", text.encode()), 5.0, 1, workers, fix=False)
    assert not found.errors
    return [s["status"] for s in found.steps]


ITEMS = (
    "* Gamma: $w(a) = a$ and $m(a) = 2\\sqrt a$, so that $m'(a)^2 w(a) = %s$\n"
    "* Binomial, $w(r) = r(1-r)$ and $m(r) = 2\\arcsin\\sqrt r$: then $m'(r)^2 w(r) = %s$\n"
)
CHAIN = (
    "Let $b(r) = r\\log r + (1-r)\\log(1-r)$. Then\n\n$$ b''(r) = \\frac1r + \\frac1{1-r} = \\frac{1}{r(1-r)} %s $$\n"
)
SPECTRUM = "$$ \\int_{-\\infty}^\\infty e^{-c|z|}\\cos(tz)\\,dz = \\frac{2c}{c^2+t^2}, \\qquad \\int_{-\\infty}^\\infty\\frac{2c}{c^2+t^2}\\,\\frac{dt}{2\\pi} = %s $$\n"
SCALE = "We use $\\frac{1}{h}\\int_0^\\infty r\\,e^{-r/h}\\,dr = %s$.\n"
EULER = "The mean is $-\\int_0^\\infty e^{-r}\\log r\\,dr = %s$, where $\\gamma$ is Euler's constant.\n"
LOGGED = "If $\\log V\\sim N(m, s^2)$ with $s > 0$, then $E[V] = %s$.\n"
MILLS = "With $\\phi$ and $\\Phi$ the standard normal density and distribution function, and $c > 0$:\n\n$$ \\int_c^\\infty r\\,\\phi(r)\\,dr = %s, $$\n\n$$ \\int_{-c}^c \\phi(r)\\,dr = 2\\Phi(c) - 1. $$\n"
Q = "In the E step $Q(m, v^2) = -\\frac{k}{2}\\log v^2 - \\frac{(r-m)^2}{2v^2}$ with $v>0$, so\n\n$$ \\frac{\\partial Q}{\\partial v^2} = -\\frac{k}{2v^2} + \\frac{(r-m)^2}{%s} $$\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (ITEMS % ("1", r"\tfrac12"), ["proved", "refuted"]),
        (ITEMS % ("2", "1"), ["refuted", "proved"]),
        (ITEMS % ("1", "1"), ["proved", "proved"]),
        (CHAIN % "< 4", ["proved", "proved", "refuted"]),
        (CHAIN % "> 5", ["proved", "proved", "refuted"]),
        (CHAIN % "> 0", ["proved"] * 3),
        (SPECTRUM % "2", ["proved", "refuted"]),
        (SPECTRUM % "1", ["proved", "undecided"]),
        (SCALE % "h^2", ["refuted"]),
        (SCALE % "h", ["proved"]),
        (EULER % r"-\gamma", ["refuted"]),
        (EULER % r"\gamma", ["proved"]),
        (LOGGED % "e^{m+s^2}", ["refuted"]),
        (LOGGED % "e^{m+s^2/2}", ["proved"]),
        (MILLS % r"c\,\phi(c)", ["refuted", "proved"]),
        (MILLS % r"\phi(c)", ["proved", "proved"]),
        (Q % "v^3", ["refuted"]),
        (Q % "4v^4", ["refuted"]),
        (Q % "2v^4", ["proved"]),
    ],
)
def test_lines_are_judged_as_they_are_meant(text: str, wanted: list[str], workers: Workers) -> None:
    found = statuses(text, workers)
    assert [s.replace("supported", "proved") for s in found] == wanted


def test_gamma_is_a_number_nobody_knows_unless_it_is_told(workers: Workers) -> None:
    assert statuses("For some $\\gamma > 0$ we have $-\\int_0^\\infty e^{-r}\\log r\\,dr = \\gamma$.", workers) == [
        "undecided"
    ]


def test_densities_at_a_primed_point_are_the_same_densities() -> None:
    text = "Let $\\pi(s) = e^{-s}$ be the target. Then $\\frac{\\pi(s')}{\\pi(s)} = e^{s'-s}$."
    assert readings(text) == [("exp(s)*exp(-s')", "exp(-s + s')")]


def test_transitions_there_and_back_are_one_function() -> None:
    ((there, back),) = readings("The flow is $m(s)\\,q(s' \\mid s) = m(s')\\,q(s \\mid s')$.")
    assert there == "m(s)*q__of__s_given_s(s', s)"
    assert back == "m(s')*q__of__s_given_s(s, s')"


def test_pi_after_a_number_is_the_number() -> None:
    text = "Let $\\pi(s) = s^2$ be the target. With $z = 1$ and $r = 0$ we have $z\\sqrt{2\\pi(1-r^2)} = \\sqrt{2\\pi}\\,z$."
    assert readings(text)[-1][0].endswith("sqrt(pi)*sqrt(1 - r**2)")


def test_twice_a_density_is_no_multiple_of_pi() -> None:
    assert readings("Let $\\pi(s) = s^2$ be the target. Then $2\\pi(s) = 2s^2$.") == [("2*s**2", "2*s**2")]


def test_phi_of_a_feature_map_is_no_density() -> None:
    text = "The feature map is $\\phi(r)$, and $\\Phi(r)$ of a standard normal variable.\n\n$$ \\int_0^1 \\phi(r)\\,dr = \\int_0^1 \\phi(s)\\,ds $$"
    assert "exp" not in readings(text)[-1][0]


def test_the_law_of_one_variable_given_another_is_no_law_of_the_other() -> None:
    assert laws("The conditional is $R \\mid V = v \\sim N(cv, 1-c^2)$, and $Z \\sim N(0, 1)$.") == {"Z": "N(0, 1)"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # what is only spoken of, or is no variable
        ("If $\\phi$ is the standard normal density, all is well.", {}),
        ("It is no loss to take $V$ not uniform on $(0,1)$.", {}),
        ("With $V$ uniform on $(0,1)$ it is easy.", {"V": r"\text{Uniform}(0, 1)"}),
        ("Let $R$ and $V$ be independent standard normals.", dict.fromkeys("RV", r"\text{Normal}(0, 1)")),
    ],
)
def test_laws_in_words(text: str, wanted: dict[str, str]) -> None:
    assert laws(text) == wanted


def test_functions_under_an_accent_and_derivatives_without_an_argument() -> None:
    text = "The survival function is $\\bar G(r) = (1+r)^{-2}$.\n\n$$ \\frac{\\bar G(a+r)}{\\bar G(a)} = \\left(1+\\frac{r}{1+a}\\right)^{-2} $$\n"
    assert readings(text) == [("(a + 1)**2/(a + r + 1)**2", "(r/(a + 1) + 1)**(-2)")]
    text = "With $g = G'$ we get $\\frac{d}{dx} G(x)^k = k\\,G(x)^{k-1} g(x)$."
    assert readings(text) == [("D(G(x)**k, x)", "k*G(x)**(k - 1)*G'(x)")]


def test_letters_behind_a_display_are_positive_but_not_its_arguments() -> None:
    text = "$$ k(x, y) = a^2 e^{-(x-y)^2/c}, \\qquad a, c > 0 $$\n\n$$ \\sqrt{a^2} = a $$"
    survey = Surveyor(open_document(Source("a.md", text.encode())))
    assert {n: k for n, k in survey.kinds.items() if n in "acxy"} == {"a": "positive", "c": "positive"}
    text = "$$ g(x, y) = e^{-x-y}, \\qquad x, y > 0 $$"
    assert not Surveyor(open_document(Source("a.md", text.encode()))).kinds.keys() & set("xy")


def test_an_empty_subscript_is_none() -> None:
    text = "\\newcommand{\\Ex}[2]{\\mathbb{E}_{#1}[#2]} Let $R \\sim N(0, 1)$. $\\Ex{}{R^2} = 1$"
    assert readings(text, "a.tex")[-1] == ("E(R**2, (R, Normal(0, 1)))", "1")


def test_items_of_lists_in_notebooks_are_items() -> None:
    cell = {"cell_type": "markdown", "metadata": {}, "source": ITEMS.splitlines(True)}
    text = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)
    assert [right for _, right in readings(text % ("1", "1"), "a.ipynb")] == ["1", "1"]
    assert "asin" in readings(text % ("1", "1"), "a.ipynb")[1][0]


SURVIVAL = (
    "With $S(t) = \\frac{1}{1+(t/a)^2}$ and $a > 0$ half of them live to $a$ because $S(a) = %s$.\n\nSo $S(2a) = %s$.\n"
)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ((r"\tfrac13", r"\tfrac15"), ["refuted", "proved"]),
        ((r"\tfrac12", r"\tfrac12"), ["proved", "refuted"]),
        ((r"\tfrac12", r"\tfrac15"), ["proved", "proved"]),
    ],
)
def test_the_value_of_a_function_is_no_definition(values: tuple[str, str], wanted: list[str], workers: Workers) -> None:
    assert statuses(SURVIVAL % values, workers) == wanted


def test_the_median_is_what_the_equation_says(workers: Workers) -> None:
    text = "With $F(t) = 1 - e^{-t}$ the median $m$ has $F(m) = \\tfrac12$.\n\nWe still have $1 - F(t) = %s$.\n"
    assert statuses(text % "e^{-t}", workers) == ["proved"]
    assert statuses(text % r"\tfrac12", workers) == ["refuted"]


def test_a_hypothesis_about_what_is_random_is_no_claim(workers: Workers) -> None:
    assert statuses("Compare $r \\sim U(0,1)$ with $r=\\tfrac12$ here.\n", workers) == []


SQUARED = (
    "Let $X \\sim \\text{Exp}(a)$ and $Y\\sim \\text{Exp}(b)$ be waiting times.\n\n# Squares\n\nIf $V\\sim N(0,1)$, the density of $Y = V^2$ is\n\n"
    "$$ f_Y(y) = \\frac{1}{\\sqrt{2\\pi}} e^{-y/2}\\cdot\\frac{1}{\\sqrt y} = \\frac{1}{\\sqrt{2\\pi y}}e^{-%s},\\quad y>0 $$\n"
)


def test_a_letter_of_another_section_is_another_variable(workers: Workers) -> None:
    assert statuses(SQUARED % "y", workers) == ["proved", "refuted"]
    assert statuses(SQUARED % "y/2", workers) == ["proved", "proved"]


def test_in_the_same_section_nothing_is_known_of_it(workers: Workers) -> None:
    found = statuses(SQUARED.replace("# Squares", "Squares:") % "y/2", workers)
    assert found == ["not_checked", "undecided", "proved"]  # the density of Y: which of the two?


def test_the_same_letter_in_another_item_after_its_name(workers: Workers) -> None:
    text = "* square, $m(r) = r^2$: $m'(r) = 2r$\n* odds, $m(r) = \\frac{r}{1-r}$: $m'(r) = %s$\n"
    assert statuses(text % r"\frac{1}{1-r}", workers) == ["proved", "refuted"]
    assert statuses(text % r"\frac{1}{(1-r)^2}", workers) == ["proved", "proved"]


def test_an_item_that_concludes_defines_nothing(workers: Workers) -> None:
    text = "Let $m(r) = r^2$.\n\n* Hence, $m(r) = r^3$ for all $r$.\n"
    assert statuses(text, workers) == ["refuted"]


def test_a_constant_under_an_integral_needs_what_it_needs_outside(workers: Workers) -> None:
    text = "Here $$\\int_0^1 c^{1/2}\\,t\\,dt = %s. $$"
    assert statuses(text % r"\frac{\sqrt c}{3}", workers) == ["refuted"]
    assert statuses(text % r"\frac{c}{2\sqrt c}", workers) == ["proved"]
