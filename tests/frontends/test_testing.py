"""Assertions: what fails says why."""

from __future__ import annotations

from importlib import util
from pathlib import Path
from types import ModuleType

import pytest
from sympy import Abs, exp, log, sin, sqrt

from symrep import BadInput, Status, function, positive, real
from symrep.testing import (
    DerivationFails,
    IdentityFails,
    assert_derivation,
    assert_fails_as_expected,
    assert_identity,
)

from . import scripts

x, y = real("x y")
s = positive("s")


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    folder: Path = tmp_path_factory.mktemp("scripts")
    body = scripts.GOOD + scripts.BAD + scripts.ADMITTED + scripts.OPEN + scripts.MUST_FAIL_AND_DOES_NOT
    scripts.write(folder, assertions=body + scripts.MUST_FAIL.replace("def bad", "def worse"))
    spec = util.spec_from_file_location("assertions", folder / "assertions.py")
    assert spec is not None and spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_wrong_identity_fails_with_a_witness_and_what_is_right() -> None:
    with pytest.raises(IdentityFails) as e:
        assert_identity((x + y) ** 2, x**2 + y**2)
    text = str(e.value)
    assert "REFUTED" in text
    assert "left side" in text and "right side" in text and "at x = " in text
    assert "Off by the term" in text
    assert e.value.verdict.witness is not None


@pytest.mark.parametrize(("lhs", "rhs"), [(sqrt(x**2), x), (log(x**2), 2 * log(x)), (exp(x), exp(x) + 10**-12)])
def test_wrong_identities_fail(lhs: object, rhs: object) -> None:
    with pytest.raises(IdentityFails):
        assert_identity(lhs, rhs)


def test_an_undecided_identity_fails_and_says_what_was_tried() -> None:
    f = function("f")
    g = function("g")
    with pytest.raises(IdentityFails) as e:
        assert_identity(f(x), g(f(x)), f(x) > g(x), f(x) < g(x))
    assert e.value.verdict.status <= Status.UNDECIDED


def test_identities_hold() -> None:
    assert assert_identity(log(1 + exp(x)), x + log(1 + exp(-x))).status >= Status.SUPPORTED
    assert_identity(Abs(x), x, x > 0)
    assert_identity(exp(2 * log(s)), s**2, at_least=Status.PROVED)
    assert_identity(sin(x), sin(x))


@pytest.mark.parametrize("at_least", [Status.UNDECIDED, Status.REFUTED, "PROVED"])
def test_undecided_is_never_enough(at_least: Status) -> None:
    with pytest.raises(BadInput):
        assert_identity(x, x, at_least=at_least)


def test_a_wrong_derivation_shows_its_line(script: ModuleType) -> None:
    with pytest.raises(DerivationFails) as e:
        assert_derivation(script.bad)
    text = str(e.value)
    for said in ("bad is REFUTED", "line 2", "[algebra]", "unequal", "line before", "this line", "It should read"):
        assert said in text, text


def test_less_than_supported_fails(script: ModuleType) -> None:
    with pytest.raises(DerivationFails, match="not-declared"):
        assert_derivation(script.open_question)
    with pytest.raises(DerivationFails, match="shown in class"):
        assert_derivation(script.admitted)
    assert assert_derivation(script.admitted, Status.ADMITTED).status is Status.ADMITTED


def test_derivations_hold(script: ModuleType) -> None:
    assert assert_derivation(script.square, Status.PROVED).status is Status.PROVED
    assert assert_fails_as_expected(script.worse).met


def test_one_that_does_not_fail_as_expected_fails(script: ModuleType) -> None:
    with pytest.raises(DerivationFails, match="fine is PROVED; it has to be REFUTED"):
        assert_fails_as_expected(script.fine)
    with pytest.raises(BadInput):
        assert_fails_as_expected(script.square)
    with pytest.raises(BadInput):
        assert_derivation(3)
