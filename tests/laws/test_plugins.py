"""Families of other packages, and assert_laws: what goes wrong first."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from sympy import exp, oo

from symrep import BadInput, Family, PositiveReals, positive, positive_line, real
from symrep.distributions import Exponential, Normal
from symrep.family import FAMILIES, collecting
from symrep.laws import Question, family_law, judge_law
from symrep.laws.catalogue import GROUP, chosen, load_all
from symrep.laws.law import LAWS
from symrep.testing import LawsFail, assert_laws
from symrep.verdict import Status

x = real("x")
lam = positive("lam")
GOOD = """
from sympy import exp
from symrep import Family, PositiveReals, positive, positive_line
x, lam = positive("x lam")
PluginLaw = Family(name="PluginLaw", variable=x, support=PositiveReals, parameters={lam: positive_line()},
                   density=lam * exp(-lam * x), mean=1 / lam)
"""


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    before = dict(FAMILIES)
    yield
    FAMILIES.clear()
    FAMILIES.update(before)


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: Any) -> Any:
    monkeypatch.syspath_prepend(str(tmp_path))

    def make(name: str, text: str) -> EntryPoint:
        (tmp_path / f"{name}.py").write_text(text)
        sys.modules.pop(name, None)
        return EntryPoint(name, name, GROUP)

    return make


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("import not_there", "ModuleNotFoundError"),
        ("1/0", "ZeroDivisionError"),
        ("def (", "SyntaxError"),
        ("raise RuntimeError('x' * 10000)", "RuntimeError"),
        (GOOD.replace('"PluginLaw"', '"Normal"'), "a name already taken"),
        (GOOD + "\n1/0", "ZeroDivisionError"),
    ],
)
def test_a_broken_package_is_reported_and_left_out(plugin: Any, text: str, says: str) -> None:
    families, complaints = load_all([plugin("broken_plugin", text), plugin("good_plugin", "")])
    (complaint,) = complaints
    assert isinstance(complaint, BadInput)
    assert says in str(complaint) and "broken_plugin" in str(complaint) and len(str(complaint)) < 600
    assert "PluginLaw" not in FAMILIES and FAMILIES["Normal"] is Normal
    assert "Normal" in [f.name for f in families]


def test_a_package_adds_families_under_the_same_laws(plugin: Any) -> None:
    families, complaints = load_all([plugin("good_plugin", GOOD)])
    assert complaints == []
    assert "PluginLaw" in [f.name for f in families]
    assert_laws(FAMILIES["PluginLaw"], "mass", "mean", at_least=Status.PROVED, undecided=False)


def test_names_that_are_none() -> None:
    with pytest.raises(BadInput, match="Normal"):
        chosen(["normal"])
    with pytest.raises(BadInput, match="laws out of"):
        assert_laws(Exponential, "charm")
    with pytest.raises(BadInput, match="the entry itself"):
        assert_laws(Normal(0, 1))  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="at_least"):
        assert_laws(Exponential, "mass", at_least=Status.REFUTED)
    with pytest.raises(BadInput, match="a name of its own"):
        family_law("mass", "twice")(lambda family: [])


def test_what_is_wrong_is_in_the_failure() -> None:
    with collecting():
        wrong = Family(
            name="WrongLaw",
            variable=x,
            support=PositiveReals,
            parameters={lam: positive_line()},
            density=lam * exp(-lam * x),
            mean=lam,
        )
    with pytest.raises(LawsFail, match="1/lam should stand for lam") as caught:
        assert_laws(wrong, "mass", "mean")
    assert [f.status for f in caught.value.findings] == [Status.PROVED, Status.REFUTED]


def test_a_law_that_breaks_is_a_finding_and_no_crash() -> None:
    @family_law("broken law", "breaks off")
    def broken(family: Family) -> Iterator[Question]:
        raise RuntimeError("no")
        yield

    try:
        (found,) = judge_law(LAWS["broken law"], Exponential)
        assert found.status is Status.UNDECIDED and "RuntimeError" in found.message
    finally:
        del LAWS["broken law"]


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_parameters_outside_their_domain_are_named(name: str) -> None:
    """Boundary, invalid and not-a-number parameters, for every parameter of every family."""
    family = FAMILIES[name]
    middle: dict[Any, Any] = dict.fromkeys(family.parameters)
    for s, d in family.parameters.items():
        low, high = d.typical
        middle[s] = round((low + high) / 2) if d.kind.endswith("integer") else (low + high) / 2
    for s, d in family.parameters.items():
        outside: list[Any] = [float("nan"), oo, -oo]
        outside += {"positive": [0, -1], "unit": [0, 1, -0.5, 1.5], "nonnegative": [-1]}.get(d.kind, [])
        if d.kind.endswith("integer"):
            outside += [0.5] + ([0] if d.kind.startswith("positive") else [])
        for v in outside:
            with pytest.raises(BadInput, match=rf"{name}\({s.name}=…\): {s.name} in its domain"):
                family(**{str(t): (v if t == s else w) for t, w in middle.items()})
