"""Derivations as scripts write them: what is refused, where, and what is kept. Nothing is judged here."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
import sympy as sp
from scripting import BEFORE, chain, script

from symrep import BadInput, ScriptError, admit, derivation, lemma
from symrep.derivation import Admitted, Derivation, LemmaUse, Line
from symrep.rules import algebra

# --- refused when it is defined -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "line", "match"),
    [
        ("@derivation\ndef it():\n    yield x\n    x + 0, algebra\n", 4, "a bare expression"),
        ("@derivation\ndef it():\n    yield x\n    for k in range(2):\n        x*k, algebra\n", 5, "a bare expression"),
        ("@derivation\ndef it():\n    x\n    yield x\n", 3, "a bare expression"),
        ("@derivation\ndef it():\n    '''Doc.'''\n    'again'\n    yield x\n", 4, "a bare expression"),
        ("@derivation\ndef it():\n    return x\n", 1, "at least one yield"),
        ("@derivation\ndef it(k):\n    yield x\n", 1, "without parameters"),
        ("@derivation\nclass It:\n    pass\n", 0, "a function"),
        ("derivation(3)\n", 0, "a function"),
    ],
    ids="forgotten loop first second-docstring no-yield parameter class number".split(),
)
def test_scripts_that_are_refused(tmp_path: Path, body: str, line: int, match: str) -> None:
    with pytest.raises(ScriptError, match=match) as e:
        script(tmp_path, body)
    if line:
        assert e.value.where.endswith(f":{BEFORE + line}")


# --- refused while it runs: the lines before are kept -------------------------------------------------------------

BAD_LINES = {
    "no-reason": ("x + 0", "a reason for every line"),
    "text": ("'x', algebra", "got text"),
    "latex": (r"r'\frac{1}{2}', algebra", "got text"),
    "bool": ("True, algebra", "an expression"),
    "relation": ("Eq(x, y), algebra", "an expression"),
    "law": ("Normal(0, 1), algebra", "an expression"),
    "matrix": ("Matrix([1]), algebra", "an expression"),
    "none": ("None", "an expression"),
    "three": ("x, algebra, 'so'", "3 things"),
    "words": ("x, 'clearly'", "a rule, a derivation or admit"),
    "function": ("x, sin", "a rule, a derivation or admit"),
    "rule-without-its-parameter": ("x, leibniz", "the rule with its arguments"),
    "float": ("x*0.5, algebra", "exact numbers"),
    "rounded": ("x*(1 + 1e-20), algebra", "exact numbers"),
    "floating-bound": ("le(0.1), algebra", "exact numbers"),
    "crash": ("1/0, algebra", "ZeroDivisionError"),
    "name": ("nowhere, algebra", "NameError"),
    "own-error": ("Normal(0, -1), algebra", "sigma"),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_lines_that_are_refused(tmp_path: Path, name: str) -> None:
    line, match = BAD_LINES[name]
    it = script(tmp_path, chain("x", "x + 0, algebra", line, "x, algebra")).it
    got: list[Line] = []
    with pytest.raises(ScriptError, match=match) as e:
        got.extend(it.lines())  # keeps what came before the error
    assert [v.lineno for v in got] == [BEFORE + 3, BEFORE + 4]
    assert e.value.where == f"{it.path}:{BEFORE + 5}"


def test_the_first_line_stands_alone(tmp_path: Path) -> None:
    for line, match in (("x, algebra", "no reason for the first line"), ("le(x)", "a plain first line")):
        with pytest.raises(ScriptError, match=match):
            list(script(tmp_path, chain(line)).it.lines())


def test_reasons_of_authors() -> None:
    for bad in ("", "  ", None, 3):
        with pytest.raises(BadInput, match="a reason in words"):
            admit(bad)  # type: ignore[arg-type]
    for bad in (algebra, "d", None, lambda: None):
        with pytest.raises(BadInput, match="a derivation"):
            lemma(bad)  # type: ignore[arg-type]
    assert admit(" shown elsewhere ") == Admitted("shown elsewhere")


# --- right --------------------------------------------------------------------------------------------------------


def test_lines_know_where_they_stand(tmp_path: Path) -> None:
    body = """
    @derivation(source="a book", given=[a < b])
    def it():
        r'''The theorem,
            in two lines.'''
        yield x**2

        yield (
            x*x
        ), algebra
        for k in (1, 2):
            yield k*x**2/k, algebra
        yield from more()
        yield le(2*x**2), algebra
        yield approx(2.01*x**2), algebra
        yield 2*x**2, admit("seen")
        yield 2*x**2, other
        yield 2*x**2, lemma(other, {x: y})

    def more():
        yield x**2, algebra

    @derivation
    def other():
        yield x
        yield x, algebra
    """
    text = textwrap.dedent(body).lstrip("\n")
    it = script(tmp_path, text).it
    lines = list(it.lines())
    rows = text.splitlines()
    assert (it.name, it.source, it.theorem) == ("it", "a book", "The theorem,\nin two lines.")
    assert it.lineno == BEFORE + 1
    assert len(it.given) == 1
    assert [v.op for v in lines] == [*["="] * 5, "<=", "~", "=", "=", "="]
    for v in lines:
        assert "yield" in rows[v.lineno - BEFORE - 1] or "x*x" in rows[v.lineno - BEFORE - 1]
    assert isinstance(lines[-3].reason, Admitted)
    assert isinstance(lines[-2].reason, LemmaUse)
    assert isinstance(lines[-1].reason, LemmaUse)
    assert lines[1].reason == algebra()
    assert lines[-4].tolerance == sp.Rational(1, 100)


def test_lines_are_made_one_at_a_time(tmp_path: Path) -> None:
    it = script(tmp_path, chain("x", "x, algebra", "1/0, algebra")).it
    assert isinstance(it, Derivation)
    run = it.lines()
    assert next(run).expr.name == "x"
    assert next(run).expr.name == "x"
    with pytest.raises(ScriptError):
        next(run)
    assert len([next(it.lines()) for _ in range(3)]) == 3  # it can be run again


def test_two_yields_on_one_line_have_no_source(tmp_path: Path) -> None:
    it = script(tmp_path, "@derivation\ndef it():\n    yield x; yield sqrt(x**2), algebra\n").it
    assert [v.source for v in it.lines()] == [None, None]
    assert [v.lineno for v in it.lines()] == [BEFORE + 3] * 2


def test_helpers_and_defaults_are_allowed(tmp_path: Path) -> None:
    body = """
    @derivation
    def it(k=2):
        '''Doc.'''
        def square(v):
            '''A helper's own docstring.'''
            return v**k
        print("working")
        yield square(x)
        yield x*x, algebra
    """
    assert len(list(script(tmp_path, body).it.lines())) == 2


def test_without_a_file() -> None:
    namespace: dict[str, object] = {}
    exec("def it():\n    yield 1\n    yield 1, algebra\n", {"algebra": algebra}, namespace)  # noqa: S102
    it = derivation(namespace["it"])
    assert [v.source for v in it.lines()] == [None, None]
