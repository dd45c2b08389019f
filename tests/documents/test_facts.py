"""Pragmas and prose: what must not be taken for a fact comes first."""

from __future__ import annotations

import time

import pytest

from symrep.checking.facts import plain_name
from symrep.checking.pragmas import Directives, read_pragmas
from symrep.checking.prose import read_prose
from symrep.reading.documents import Source, open_document


def facts(text: str) -> list[tuple[str, str, object]]:
    found = read_prose(open_document(Source("a.md", text.encode())))
    return sorted({(f.what, f.name, f.value or f.traits) for f in found}, key=str)


def directives(text: str) -> Directives:
    d = open_document(Source("a.md", text.encode()))
    return read_pragmas(d.pragmas, d.source)


# --- what says nothing --------------------------------------------------------------------------------------------

NOTHING = [
    "Sometimes the function $f$ is not differentiable.",
    "A non differentiable function cannot be differentiable by change of variable.",
    "where $f$ is nowhere continuous",
    "if $n$ is a positive integer we are done",
    "ask whether $f$ is increasing",
    "unless $\\sigma$ is positive",
    "$\\Sigma$ is positive definite",
    "$\\Sigma$ is positive semi-definite",
    "$X$ and $Y$ are positively correlated",
    "the loss is increasing",
    "We have a positive result. Integer programming $n$ is hard.",
    "$p$ is positive or zero",
    "with a scalar $\\beta$",
    "where $\\beta$ is scalar",
    "where $b$ is deterministic and $c$ is random",
    "",
]


@pytest.mark.parametrize("text", NOTHING)
def test_prose_that_says_nothing(text: str) -> None:
    assert facts(text) == []


@pytest.mark.parametrize(
    "text", ["is " * 30_000, "$x$ and " * 10_000, "strictly increasing, " * 10_000 + "$f$", "a" * 100_000]
)
def test_hostile_prose_ends_soon(text: str) -> None:
    begin = time.process_time()
    facts(text)
    assert time.process_time() - begin < 4


BAD_PRAGMAS = [
    ("", "one of"),
    ("asume sigma > 0", "one of"),
    ("assume", "something after"),
    ("assume sigma", "a kind or a relation"),
    ("assume sigma quite big", "a kind out of"),
    ("assume 3 positive", "a name"),
    ("function", "something after"),
    ("function f (wiggly)", "increasing"),
    ("function __import__('os')", "a name"),
    ("random X", "NAME ~ LAW"),
    ("random X ~", "NAME ~ LAW"),
    ("random X ~ open", "a family"),
    ("variable", "something after"),
    ("variable 3e", "a name"),
    ("skip", "an end-skip"),
    ("end-skip", "a skip before"),
    ("ignore", "one of"),
    ("ignore all", "one of"),
]


@pytest.mark.parametrize(("text", "needed"), BAD_PRAGMAS)
def test_a_pragma_that_says_nothing_is_an_error_with_its_place(text: str, needed: str) -> None:
    d = directives(f"$x$\n\n  <!-- symrep: {text} -->\n")
    (e,) = d.errors
    assert needed in e.needed and e.where.startswith("a.md:3:")


def test_a_bad_pragma_does_not_take_the_others_with_it() -> None:
    d = directives("<!-- symrep: oops -->\n<!-- symrep: assume a > 0; nonsense; function f -->\n")
    assert [f.what for f in d.facts] == ["relation", "function"] and len(d.errors) == 2


# --- what says something ------------------------------------------------------------------------------------------

SAYS = [
    (
        "where h is a strictly increasing continuously differentiable function",
        [("function", "h", (("monotone", "increasing"), ("smooth", 1)))],
    ),
    ("where $h$ is strictly increasing", [("function", "h", (("monotone", "increasing"),))]),
    ("Let $f$ be differentiable.", [("function", "f", (("smooth", 1),))]),
    ("for any smooth function $f$", [("function", "f", (("smooth", 8),))]),
    ("a strictly decreasing, differentiable map $g$", [("function", "g", (("monotone", "decreasing"), ("smooth", 1)))]),
    ("Let $n$ be a positive integer", [("kind", "n", "positive integer")]),
    ("for a positive integer $n$", [("kind", "n", "positive integer")]),
    ("for positive integers $n$ and $k$", [("kind", "k", "positive integer"), ("kind", "n", "positive integer")]),
    ("with $\\sigma$ positive constant", []),
    (
        "where $\\sigma_1$ and $\\sigma_2$ are positive",
        [("kind", "sigma_1", "positive"), ("kind", "sigma_2", "positive")],
    ),
    ("real numbers $a, b$", [("kind", "a", "real"), ("kind", "b", "real")]),
    ("a positive constant $c$", [("kind", "c", "positive")]),
    ("σ is positive", [("kind", "sigma", "positive")]),
    (
        "$X$ is normally distributed with mean $\\mu$ and variance $\\sigma^2$",
        [("law", "X", "\\mathcal{N}(\\mu, \\sigma^2)")],
    ),
    ("$\\epsilon$ has a standard normal distribution", [("law", "epsilon", "\\text{Normal}(0, 1)")]),
    ("$T$ is exponentially distributed with rate $\\lambda$", [("law", "T", "\\text{Exponential}(\\lambda)")]),
]


@pytest.mark.parametrize(("text", "says"), SAYS)
def test_prose(text: str, says: list[tuple[str, str, object]]) -> None:
    assert facts(text) == sorted(says, key=str)


PRAGMAS = [
    ("assume sigma > 0", [("relation", "", "sigma > 0")]),
    ("assume sigma > 0, n positive integer", [("relation", "", "sigma > 0"), ("kind", "n", "positive integer")]),
    ("assume a, b positive", [("kind", "a", "positive"), ("kind", "b", "positive")]),
    ("assume $\\sigma$ positive", [("kind", "sigma", "positive")]),
    ("function f, g", [("function", "f", ()), ("function", "g", ())]),
    (
        "function f (smooth=1, growth 2), h (increasing)",
        [("function", "f", (("smooth", 1), ("growth", 2))), ("function", "h", (("monotone", "increasing"),))],
    ),
    ("random X ~ Normal(mu, sigma)", [("law", "X", "Normal(mu, sigma)")]),
    ("random X, Y ~ \\mathcal{N}(0, 1)", [("law", "X", "\\mathcal{N}(0, 1)"), ("law", "Y", "\\mathcal{N}(0, 1)")]),
    ("variable e", [("variable", "e", "")]),
]


@pytest.mark.parametrize(("text", "says"), PRAGMAS)
def test_pragmas(text: str, says: list[tuple[str, str, object]]) -> None:
    d = directives(f"<!-- symrep: {text} -->")
    assert not d.errors
    assert [(f.what, f.name, f.value or f.traits if f.what != "variable" else f.value) for f in d.facts] == says
    assert all(f.declared for f in d.facts)


def test_stretches_that_are_skipped() -> None:
    text = "$a$\n<!-- symrep: skip -->\n$b$\n<!-- symrep: end-skip -->\n$c$ <!-- symrep: ignore next -->"
    d = open_document(Source("a.md", text.encode()))
    found = read_pragmas(d.pragmas, d.source)
    assert [f.body.text for f in d.formulas if not found.skips(f.start)] == ["a", "c"]
    assert len(found.ignored) == 1 and not found.errors


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x", "x"),
        (r"\sigma", "sigma"),
        (r"\sigma_1", "sigma_1"),
        ("σ", "sigma"),
        (r"\varepsilon", "epsilon"),
        (r"x_{new}", "x_new"),
        (r"\mathbf{x}", "x"),
        (r"\boldsymbol{\mu}", "mu"),
        ("mu", "mu"),
        ("x+y", None),
        ("f(x)", None),
        ("", None),
        ("3", None),
        ("x^2", None),
    ],
)
def test_names(text: str, name: str | None) -> None:
    assert plain_name(text) == name
