"""``benchmarks/mutants.py``: it must be able to fail, say the same thing twice, and go on where it stopped."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import mutants
import pytest
from benchlib.corpus import DATA, identities
from benchlib.edits import MAX_NODES, mutate, places, put, size
from benchlib.mutant_child import _BEYOND_DOUBT, CHECKERS, FALSE, _alike_around, _at_points
from benchlib.points import DIFFERENT, around, compare, magnitude
from benchlib.printing import entry_of

from symrep.claim import Claim
from symrep.term import ONE, sym
from symrep.verifying.items import Item, read

STARTER = DATA / "starter.json"
BASES = [i for i in identities([STARTER]) if i.truth and i.claim is not None]


def run(folder: Path, *words: str, count: int = 24) -> tuple[int, dict[str, Any]]:
    out = folder / "found"
    common = ["--corpus", str(STARTER), "--count", str(count), "--chunk", "12", "--binders", "0", "--out", str(out)]
    return mutants.main([*common, *words]), json.loads(out.with_suffix(".json").read_text())


def test_a_checker_that_accepts_everything_is_caught(tmp_path: Path) -> None:
    code, found = run(tmp_path, "--checker", "always-accept", count=12)
    assert code == 1
    false = found["classes"]["false"]
    assert false > 3
    assert found["checkers"]["always-accept"]["false accepts"] == false == len(found["false accepts"])
    assert found["checkers"]["always-reject"]["false accepts"] == 0
    assert "FALSE ACCEPT" in (tmp_path / "found.md").read_text()


def test_the_kernel_accepts_nothing_false_and_the_run_can_go_on(tmp_path: Path) -> None:
    state = str(tmp_path / "state.jsonl")
    code, found = run(tmp_path, "--state", state, count=12)
    assert code == 0 and found["controls hold"] and found["mutants"] == 12
    assert found["checkers"]["kernel"]["false accepts"] == 0
    before = Path(state).read_text()
    with Path(state).open("a") as file:
        file.write('{"chunk": 1, "size"')  # killed while writing
        file.write("\n")
    code, found = run(tmp_path, "--state", state, "--seed", "1")
    assert code == 0 and found["mutants"] == 24
    assert Path(state).read_text().startswith(before)
    _, fresh = run(tmp_path)
    assert (fresh["classes"], fresh["checkers"]) == (found["classes"], found["checkers"])
    with pytest.raises(SystemExit, match="other settings"):
        run(tmp_path, "--state", state, "--seed", "2")


def test_what_is_proved_is_examined_whatever_is_left_out(tmp_path: Path) -> None:
    code, found = run(tmp_path, "--checker", "always-accept", "--examine", "6", count=12)
    assert code == 1 and found["checkers"]["always-accept"]["false accepts"] == found["classes"]["false"] > 3
    code, found = run(tmp_path, "--examine", "6")
    _, whole = run(tmp_path)
    assert code == 0 and found["controls hold"]
    assert found["checkers"]["kernel"] == whole["checkers"]["kernel"]
    left = found["classes"].pop(mutants.UNEXAMINED)
    assert left > 6 and sum(found["classes"].values()) + left == 24


def test_chunks_of_another_kernel_are_done_again(tmp_path: Path) -> None:
    state = tmp_path / "state.jsonl"
    _, found = run(tmp_path, "--state", str(state))
    head, first, second = state.read_text().splitlines()
    old = {**json.loads(first), "kernel": "another", "counts": {"false": 12, "kernel accepts false": 12}}
    state.write_text("\n".join([head, json.dumps(old), second]) + "\n")
    _, again = run(tmp_path, "--state", str(state))
    assert (again["classes"], again["checkers"]) == (found["classes"], found["checkers"])
    assert len(state.read_text().splitlines()) == 4


def test_controls_that_show_nothing_fail() -> None:
    how = {"checkers": ["kernel", *mutants.CONTROLS], "judged": ["kernel"], "corpus": [], "seed": 1}
    chunk = {"size": 3, "counts": {"undetermined": 3}, "seconds": {}, "hashes": [], "false accepts": []}
    found = mutants.summary([{**chunk, "accepted, no value": [], "open": []}], how)
    assert not found["controls hold"]


@pytest.mark.parametrize("base", BASES, ids=lambda i: i.id)
def test_mutants_are_new_well_formed_and_can_be_told(base: Any) -> None:
    """What is printed is read as the same claim, so that a find can be handed to ``symrep verify``."""
    claim: Claim = base.claim
    for seed in range(12):
        got, again = (mutate(claim, random.Random(f"{base.id}:{seed}")) for _ in range(2))
        assert got == again
        if got is None:
            continue
        assert got != claim
        assert sum(size(got.data[k]) for k in ("lhs", "rhs")) <= MAX_NODES
        entry = entry_of("x", got)
        back = read(Item("x", entry["lhs"], entry["rhs"], entry["symbols"], tuple(entry["given"]))).claim
        assert set(back.context.symbols) == set(got.context.symbols)


def test_places_can_be_replaced() -> None:
    for i in BASES:
        for side in ("lhs", "rhs"):
            t = i.claim.data[side]
            for path, s, _ in places(t):
                assert put(t, path, s) == t


@pytest.mark.parametrize("name", ["mean-of-exponential", "gaussian-mass-shifted", "triangle-second-moment"])
def test_integrals_are_proved_by_what_the_engine_proposes(name: str) -> None:
    """Without balls to guard it: or mutants of integrals would show nothing."""
    claims = {i.id: i.claim for i in identities([STARTER])}
    assert CHECKERS["kernel"](claims[name])


@pytest.mark.parametrize("name", ["mean-of-exponential-square", "gaussian-mass-variance", "sum-of-odd-numbers-off"])
def test_false_integrals_and_sums_are_not(name: str) -> None:
    claims = {i.id: i.claim for i in identities([STARTER])}
    assert not CHECKERS["kernel"](claims[name])


@pytest.mark.parametrize(
    ("lhs", "rhs", "x", "too_few"),
    [
        ("(cosh(x) + sinh(x))**18", "cosh(18*x) + sinh(18*x)", Fraction(-29129, 1009), 200),
        ("cosh(x**2)**2 - sinh(x**2)**2", "1", Fraction(93121, 1009), 2000),
    ],
)
def test_a_difference_that_rounding_makes_is_no_accusation(lhs: str, rhs: str, x: Fraction, too_few: int) -> None:
    item = read(Item("x", lhs, rhs, {"x": "real"})).claim
    a, b = item.data["lhs"], item.data["rhs"]
    assert compare(a, b, {"x": x}, too_few)[0] == DIFFERENT
    assert compare(a, b, {"x": x}, _BEYOND_DOUBT + 4 * magnitude({"x": x}, a, b))[0] != DIFFERENT


STEP = "Piecewise((1, x**8 < 1), (0, True))"


@pytest.mark.parametrize(
    ("rhs", "null"),
    [
        ("Heaviside(1 - x**2)", True),  # 0 and 1/2, at the ends alone
        ("Heaviside(1 - x**2) + Heaviside(-1 - x)", False),  # and to the left of one
        ("Heaviside(1 - x**2) - Heaviside(x + 1)*Heaviside(-x)/2", False),  # to the right of it
        ("Heaviside(1 - x**2) + 10**(-30)*x", False),
    ],
)
def test_a_point_that_stands_alone_is_told_from_one_that_does_not(rhs: str, null: bool) -> None:
    claim = read(Item("x", STEP, rhs, {"x": "real"})).claim
    point = {"x": Fraction(-1)}
    assert compare(claim.data["lhs"], claim.data["rhs"], point)[0] == DIFFERENT
    assert _alike_around(claim, point, "any") is null


def test_saying_almost_everywhere_excuses_no_line_that_is_false_on_an_interval() -> None:
    claim = read(Item("x", "x", "x + Heaviside(x + 1)", {"x": "real"})).claim
    assert _at_points(claim, "any", 6, 40, almost=True)[0] == FALSE
    assert not around(
        {"x": "real"}, [("rel", "==", sym("x"), ONE)], {"x": Fraction(1)}, "any"
    )  # no other point of the domain is near
