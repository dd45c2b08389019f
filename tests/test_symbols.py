"""Symbols with domains, undetermined functions, inverses."""

from __future__ import annotations

import copy

import pytest
import sympy as sp
from sympy import Abs, Symbol, sqrt

from symrep import (
    BadInput,
    complex_number,
    function,
    indexed,
    integer,
    inverse,
    negative,
    nonnegative,
    nonnegative_integer,
    nonzero,
    positive,
    positive_integer,
    real,
    unit,
)
from symrep.claim import KINDS
from symrep.symbols import DomainSymbol, Undetermined, as_expr, kind_of
from symrep.translate import context_of

MAKERS = {
    "real": real,
    "positive": positive,
    "nonnegative": nonnegative,
    "negative": negative,
    "nonzero": nonzero,
    "complex": complex_number,
    "integer": integer,
    "positive integer": positive_integer,
    "nonnegative integer": nonnegative_integer,
    "unit": unit,
}


# --- must fail ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "  ", "a-b", "x+y", "__import__('os')", "a;b", "a.b", r"\mu", "x\ny()", "x()"])
def test_names_are_names(name: str) -> None:
    with pytest.raises(BadInput):
        real(name)


def test_kinds_are_kinds() -> None:
    with pytest.raises(BadInput, match="a kind out of"):
        DomainSymbol("x", "even")
    with pytest.raises(BadInput, match="a kind out of"):
        indexed("p", "integer")


@pytest.mark.parametrize("text", ["x**2", "", b"x", None, object(), {"a": 1}, "__import__('os').getcwd()"])
def test_text_and_things_are_no_expressions(text: object) -> None:
    with pytest.raises(BadInput, match="a SymPy expression or a number"):
        as_expr(text)


@pytest.mark.parametrize(
    "declared",
    [
        {"smooth": -1},
        {"smooth": 1.5},
        {"smooth": True},
        {"growth": -1},
        {"growth": "2"},
        {"increasing": True, "decreasing": True},
        {"arity": 0},
        {"arity": -1},
        {"arity": True},
    ],
    ids=str,
)
def test_declarations_that_mean_nothing(declared: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        function("f", **declared)  # type: ignore[arg-type]


def test_functions_have_names_and_arguments() -> None:
    for name in ("", "f g", "2f", "f'"):
        with pytest.raises(BadInput):
            function(name)
    x = real("x")
    with pytest.raises(TypeError):
        function("f", smooth=1)(x, x)


@pytest.mark.parametrize("declared", [{}, {"smooth": 1}, {"increasing": True}, {"smooth": 0, "increasing": True}])
def test_only_monotone_smooth_functions_have_inverses(declared: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="monotone"):
        inverse(function("f", **declared), "g")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "assumed",
    [{"even": True}, {"odd": True}, {"prime": True}, {"zero": True}, {"irrational": True}, {"imaginary": True}],
)
def test_assumptions_no_domain_expresses_are_refused(assumed: dict[str, bool]) -> None:
    with pytest.raises(BadInput, match="a domain out of"):
        kind_of(Symbol("n", **assumed))


# --- right --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_maker(kind: str) -> None:
    x = MAKERS[kind]("x")
    assert (x.kind, kind_of(x), x.name) == (kind, kind, "x")
    assert x == DomainSymbol("x", kind)
    assert hash(x) == hash(DomainSymbol("x", kind))
    assert x != DomainSymbol("x", "real" if kind != "real" else "positive")
    assert copy.deepcopy(x) == x
    first, second = MAKERS[kind]("a b")
    assert [first.name, second.name] == ["a", "b"]
    assert MAKERS[kind]("a, b") == (first, second)


def test_sympy_knows_what_it_can_know() -> None:
    assert sqrt(positive("s") ** 2) == positive("s")
    assert sqrt(real("x") ** 2) == Abs(real("x"))
    assert sqrt(unit("u") ** 2) == unit("u")
    assert (1 - unit("u")).is_positive is None
    assert complex_number("c").is_real is None
    assert positive("x") - real("x") != 0


@pytest.mark.parametrize(
    ("assumed", "kind"),
    [
        ({}, "complex"),
        ({"real": True}, "real"),
        ({"positive": True}, "positive"),
        ({"negative": True}, "negative"),
        ({"nonnegative": True}, "nonnegative"),
        ({"integer": True}, "integer"),
        ({"integer": True, "positive": True}, "positive integer"),
        ({"integer": True, "nonnegative": True}, "nonnegative integer"),
        ({"real": True, "nonzero": True}, "nonzero"),
        ({"complex": True}, "complex"),
    ],
)
def test_plain_symbols(assumed: dict[str, bool], kind: str) -> None:
    assert kind_of(Symbol("x", **assumed)) == kind


def test_derivatives_of_undetermined_functions() -> None:
    x, y = real("x y")
    f, h = function("f", smooth=2), function("h", smooth=2, arity=2)
    assert f(x).diff(x).orders == (1,)
    assert f(x).diff(x, 2).orders == (2,)
    assert f(3 * x).diff(x) == 3 * f(3 * x).fdiff()
    assert h(x, y).diff(x).orders == (1, 0)
    assert h(x, y).diff(x, y) == h(x, y).diff(y, x)
    assert h(x, x).diff(x) == h(x, x).fdiff(1) + h(x, x).fdiff(2)
    with pytest.raises(sp.core.function.ArgumentIndexError):
        f(x).fdiff(2)
    assert not f(x).has(sp.Subs)
    assert not f(x**2).diff(x).has(sp.Subs, sp.Derivative)


def test_one_declaration_is_one_function() -> None:
    x = real("x")
    assert function("f", smooth=1)(x) == function("f", smooth=1)(x)
    assert function("f", smooth=1)(x) != function("f", smooth=2)(x)
    assert function("f", growth=1)(x).spec.smooth == 0
    assert isinstance(function("f")(x), Undetermined)
    assert function("f")(x).is_extended_real is True
    assert function("f")(complex_number("c")).is_extended_real is None


def test_inverses_in_the_first_argument_know_each_other() -> None:
    f, g = inverse(function("f", smooth=2, growth=1, increasing=True, arity=3), "g")
    assert (f.spec.inverse, f.spec.growth, g.spec.inverse, g.spec.growth) == ("g", 1, "f", None)
    assert (g.spec.monotone, g.spec.smooth, g.spec.arity) == ("increasing", 2, 3)
    x, y, z = real("x y z")
    assert context_of([f(x, y, z)]).functions["g"] == g.spec  # also where the inverse does not occur


def test_inverses_know_each_other() -> None:
    f, g = inverse(function("f", smooth=1, decreasing=True), "g")
    assert (f.spec.inverse, g.spec.inverse) == ("g", "f")
    assert g.spec.monotone == "decreasing"
    assert g.spec.smooth == 1


def test_indexed_parameters() -> None:
    s = indexed("s", "positive")
    j = positive_integer("j")
    assert sqrt(s[j] ** 2) == s[j]
    assert kind_of(s) == "positive"
