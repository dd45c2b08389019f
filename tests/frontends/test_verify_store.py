"""``symrep verify`` from the store: the same bytes as computed, at once, and never a verdict somebody wrote into it."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from symrep.errors import BadInput
from symrep.running import remember
from symrep.running.standing import Standing
from symrep.running.worker import WorkerError
from symrep.verdict import Diagnosis, Reason, Status, Verdict
from symrep.verifying import Item, Result
from symrep.verifying.remembered import keep, known

from .scripts import symrep

IDENTITIES: list[dict[str, Any]] = [
    {"id": "true", "symbols": {"s": "positive"}, "lhs": "exp(2*log(s))", "rhs": "s**2"},
    {"id": "false", "symbols": {"x": "real"}, "lhs": "sqrt(x**2)", "rhs": "x"},
    {"id": "given", "symbols": {"x": "real"}, "given": ["x > 0"], "lhs": "sqrt(x**2)", "rhs": "x"},
    {"id": "not read", "symbols": {"x": "real"}, "lhs": "Integral(x, x)", "rhs": "x"},
    {"id": "unreadable", "symbols": {}, "lhs": "foo", "rhs": "1"},
    {"id": "at odds", "symbols": {"x": "real"}, "given": ["x > 1", "x < 0"], "lhs": "x", "rhs": "x"},
]

#: runs the command and says on standard error whether SymPy was imported
PROGRAM = """
import sys
from symrep.cli import main
try:
    main()
finally:
    sys.stderr.write(f"sympy: {'sympy' in sys.modules}; worker: {'symrep.running.worker' in sys.modules}\\n")
"""


def verify(folder: Path, *options: str, items: Any = IDENTITIES, **environment: str) -> Any:
    (folder / "identities.json").write_text(json.dumps(items), "utf-8")
    environment.setdefault("SYMREP_STORE", str(folder / "store" / "v.sqlite"))
    return symrep(folder, "verify", "identities.json", "--json", *options, **environment)


def statuses(done: Any) -> list[str]:
    return [r["status"] for r in json.loads(done.stdout)["results"]]


RIGHT = ["proved", "refuted", "proved", "undecided", "undecided", "undecided"]


def change(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        assert db.execute(sql).rowcount


def test_the_second_run_says_the_same_at_once(tmp_path: Path) -> None:
    first = verify(tmp_path)
    assert statuses(first) == RIGHT
    environment = {"SYMREP_STORE": str(tmp_path / "store" / "v.sqlite")}
    import os

    again = subprocess.run(
        [sys.executable, "-c", PROGRAM, "verify", "identities.json", "--json", "--jobs", "1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    assert again.stdout == first.stdout
    assert again.returncode == first.returncode == 2
    assert "sympy: False; worker: False" in again.stderr
    for text in ("unreadable: lhs:1: ", "at odds: given: "):
        assert text in first.stderr
        assert text in again.stderr
    plain = [symrep(tmp_path, "verify", "identities.json", **e) for e in (environment, {})]
    assert plain[0].stdout == plain[1].stdout


def test_names_and_order_of_identities_do_not_matter(tmp_path: Path) -> None:
    first = verify(tmp_path, items=IDENTITIES[:3])
    renamed = [{**i, "id": n} for n, i in enumerate(reversed(IDENTITIES[:3]))]
    again = verify(tmp_path, items=renamed)
    before, after = (json.loads(d.stdout)["results"] for d in (first, again))
    assert [{**r, "id": None} for r in after] == [{**r, "id": None} for r in reversed(before)]
    assert [r["id"] for r in after] == [0, 1, 2]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE verdicts SET answer = replace(replace(answer, 'refuted', 'proved'), 'false', 'true')",
        "UPDATE verdicts SET question = replace(question, 'sqrt', 'exp')",
        'UPDATE verdicts SET answer = (SELECT answer FROM verdicts WHERE answer LIKE \'%"status":"proved"%\')',
        "UPDATE verdicts SET seal = (SELECT max(seal) FROM verdicts), answer = (SELECT max(answer) FROM verdicts)",
    ],
)
def test_a_forged_verdict_is_not_believed(tmp_path: Path, sql: str) -> None:
    first = verify(tmp_path, items=IDENTITIES[:2])
    change(tmp_path / "store" / "v.sqlite", sql)
    again = verify(tmp_path, items=IDENTITIES[:2])
    assert statuses(again) == statuses(first) == ["proved", "refuted"]
    assert "not what was written" in again.stderr
    third = verify(tmp_path, items=IDENTITIES[:2])
    assert statuses(third) == ["proved", "refuted"]
    assert "not what was written" not in third.stderr


def test_a_broken_file_costs_a_message(tmp_path: Path) -> None:
    verify(tmp_path, items=IDENTITIES[:2])
    path = tmp_path / "store" / "v.sqlite"
    path.write_bytes(path.read_bytes()[:5000])
    again = verify(tmp_path, items=IDENTITIES[:2])
    assert statuses(again) == ["proved", "refuted"]
    assert again.stderr.count("set aside") == 1


def test_what_is_assumed_and_the_limits_are_part_of_the_question(tmp_path: Path) -> None:
    given = IDENTITIES[2]
    assert statuses(verify(tmp_path, items=[given])) == ["proved"]
    for other, status in (
        ({**given, "given": []}, "refuted"),
        ({**given, "given": ["x > -1"]}, "refuted"),
        ({**given, "given": [], "symbols": {"x": "positive"}}, "proved"),
        ({**given, "given": [], "symbols": {"x": "negative"}}, "refuted"),
        ({**given, "rhs": "-x"}, "refuted"),
    ):
        assert statuses(verify(tmp_path, "--no-diagnose", items=[other])) == [status]
    with closing(sqlite3.connect(tmp_path / "store" / "v.sqlite")) as db:
        count = 'SELECT count(*) FROM verdicts WHERE question LIKE \'%"ask":"verify"%\''
        assert db.execute(count).fetchone() == (6,)
        verify(tmp_path, "--timeout", "19", items=[given])
        verify(tmp_path, "--no-diagnose", items=[given])
        verify(tmp_path, items=[given])
        assert db.execute(count).fetchone() == (8,)


def test_where_the_store_is_told(tmp_path: Path) -> None:
    item = IDENTITIES[:1]
    cache, own = tmp_path / "cache", tmp_path / "own" / "my.sqlite"
    assert statuses(verify(tmp_path, items=item, SYMREP_STORE="", XDG_CACHE_HOME=str(cache))) == ["proved"]
    assert (cache / "symrep" / "verdicts.sqlite").is_file()
    verify(tmp_path, "--store", str(own), items=item)
    assert own.is_file()
    assert not (tmp_path / "store").exists()
    verify(tmp_path, "--no-store", items=item)
    assert not (tmp_path / "store").exists()
    wrong = verify(tmp_path, "--no-store", "--store", str(own), items=item)
    assert (wrong.returncode, wrong.stdout) == (2, "")


def test_without_a_place_to_write_everything_is_computed_and_this_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for environment in (
        {"SYMREP_STORE": str(tmp_path / "file" / "v.sqlite")},
        {"SYMREP_STORE": "", "XDG_CACHE_HOME": str(tmp_path / "file")},
        {"SYMREP_STORE": "/dev/null/no/v.sqlite"},
    ):
        done = verify(tmp_path, items=IDENTITIES[:2], **environment)
        assert statuses(done) == ["proved", "refuted"]
        assert done.stderr.count("nothing is stored") == 1


def test_it_does_not_overwrite_what_it_was_given_by_mistake(tmp_path: Path) -> None:
    done = verify(tmp_path, "--store", "identities.json", items=IDENTITIES[:1])
    assert statuses(done) == ["proved"]
    assert "not a verdict store" in done.stderr
    assert json.loads((tmp_path / "identities.json").read_text()) == IDENTITIES[:1]


# --- what is worth keeping ----------------------------------------------------------------------------------------

OPEN = Verdict(Status.UNDECIDED, Reason.NOTHING_APPLIED, "")
SUPPORTED = Verdict(Status.SUPPORTED, Reason.HOLDS, "")
REFUTED = Verdict(Status.REFUTED, Reason.UNEQUAL, "")


@pytest.mark.parametrize(
    ("verdict", "standing", "diagnose", "kept"),
    [
        (OPEN, Standing.SETTLED, True, True),
        (OPEN, Standing.CUT, True, True),
        (OPEN, Standing.STARVED, True, False),
        (SUPPORTED, Standing.CUT, False, True),
        (SUPPORTED, Standing.STARVED, False, False),
        (REFUTED, Standing.STARVED, True, False),
        (REFUTED, Standing.STARVED, False, True),
        (replace(REFUTED, diagnosis=Diagnosis("off")), Standing.STARVED, True, False),
        (replace(REFUTED, diagnosis=Diagnosis("off", corrected_latex="x")), Standing.STARVED, True, True),
    ],
)
def test_what_a_busy_machine_made_of_it_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verdict: Verdict, standing: Standing, diagnose: bool, kept: bool
) -> None:
    monkeypatch.setenv(remember.VARIABLE, str(tmp_path / "v.sqlite"))
    item = Item("1", "x", "y")
    assert keep(Result(item, verdict, 1.0, None, standing), 20.0, diagnose) is kept
    assert (known(item, 20.0, diagnose) is not None) is kept
    assert known(item, 19.0, diagnose) is None
    assert known(replace(item, given=("x > 0",)), 20.0, diagnose) is None
    assert known(replace(item, symbols={"x": "real"}), 20.0, diagnose) is None
    assert known(replace(item, default="real"), 20.0, diagnose) is None


def test_what_broke_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(remember.VARIABLE, str(tmp_path / "v.sqlite"))
    item = Item("1", "x", "y")
    assert not keep(Result(item, OPEN, 1.0, WorkerError("verify", "internal error")), 20.0, True)
    broken = Item("1", error=BadInput("lhs", "text"))
    assert not keep(Result(broken, OPEN, 1.0, broken.error), 20.0, True)
    assert known(broken, 20.0, True) is None
