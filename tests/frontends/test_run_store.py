"""``symrep run`` from the store: the same reports and files at once, and never those of another script."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from symrep.commands.options import Script
from symrep.commands.remembered_scripts import Asked
from symrep.render.html import Section
from symrep.report import DerivationReport, StepReport
from symrep.running.alone import plain_text
from symrep.running.standing import Standing
from symrep.verdict import Status

from .scripts import symrep
from .test_verify_store import PROGRAM

SCRIPT = '''"""A square."""

from symrep import algebra, derivation, real

x, y = real("x y")


@derivation
def square():
    yield (x + y)**2
    yield x**2 + 2*x*y + y**2, algebra


@derivation
def wrong():
    yield (x + y)**2
    yield x**2 + y**2, algebra
'''

HELPED = SCRIPT.replace("x, y = real", "from helper import two\n\nx, y = real").replace("+ 2*x*y", "+ two*x*y")


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return symrep(folder, "run", "one.py", "--json", *options, SYMREP_STORE=str(folder / "store" / "v.sqlite"))


def statuses(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [d["status"] for d in json.loads(done.stdout)["scripts"][0]["derivations"]]


def asked(folder: Path, what: str = "script") -> int:
    with closing(sqlite3.connect(folder / "store" / "v.sqlite")) as db:
        query = f'SELECT count(*) FROM verdicts WHERE question LIKE \'%"ask":"{what}"%\''
        return int(db.execute(query).fetchone()[0])


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted((folder / "build").rglob("*")) if p.is_file()}


def test_the_second_run_says_and_writes_the_same_at_once(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(SCRIPT)
    first = run(tmp_path)
    assert statuses(first) == ["proved", "refuted"]
    written = files(tmp_path)
    for path in (tmp_path / "build").rglob("*.*"):
        path.unlink()
    again = subprocess.run(
        [sys.executable, "-c", PROGRAM, "run", "one.py", "--json", "--store", "store/v.sqlite"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.stdout == first.stdout
    assert again.returncode == first.returncode == 1
    assert files(tmp_path) == written
    assert "sympy: False; worker: False" in again.stderr
    assert "one.py  square  PROVED" in again.stderr


def test_only_what_is_not_there_is_written_again(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(SCRIPT)
    run(tmp_path)
    written = files(tmp_path)
    certificates = tmp_path / "build" / "certificates" / "one"
    (certificates / "square.json").write_text("{}")  # touched by somebody
    (certificates / "wrong.json").unlink()
    (certificates / "old.json").write_text("{}")  # of a derivation the script had once
    untouched = (certificates.parent.parent / "latex" / "one.tex").read_bytes()
    run(tmp_path)
    assert files(tmp_path) == written
    assert (certificates.parent.parent / "latex" / "one.tex").read_bytes() == untouched


def test_the_page_of_another_library_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYMREP_STORE", str(tmp_path / "v.sqlite"))
    (tmp_path / "one.py").write_text(SCRIPT)
    asked = Asked(Script(tmp_path / "one.py", "one.py", "one"), 120.0)
    asked.ended(result(PROVED, path=str(tmp_path / "one.py")))
    monkeypatch.setattr("symrep.commands.remembered_scripts.mathml_version", lambda: "another")
    monkeypatch.setattr("symrep.commands.pieces.section", lambda r: Section("a", "k", "row", "head", "tail"))
    found = asked.known()
    assert found is not None
    assert found.sections[0].row == "row"
    elsewhere = Asked(Script(tmp_path / "one.py", "there/one.py", "one"), 120.0).known()
    assert elsewhere is not None
    assert elsewhere.outcome.script.shown == "there/one.py"
    assert '"path": "there/one.py"' in elsewhere.entry


def test_an_edited_script_is_run_again(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(SCRIPT)
    assert statuses(run(tmp_path)) == ["proved", "refuted"]
    (tmp_path / "one.py").write_text(SCRIPT.replace("2*x*y", "3*x*y"))
    assert statuses(run(tmp_path)) == ["refuted", "refuted"]
    (tmp_path / "one.py").write_text(SCRIPT)
    assert statuses(run(tmp_path)) == ["proved", "refuted"]


def test_a_script_that_rests_on_another_file_is_not_stored_whole(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(HELPED)
    (tmp_path / "helper.py").write_text("two = 2\n")
    assert statuses(run(tmp_path)) == ["proved", "refuted"]
    assert asked(tmp_path) == 0
    assert asked(tmp_path, "kernel.prove") > 0
    before = (tmp_path / "helper.py").stat()
    (tmp_path / "helper.py").write_text("two = 3\n")
    os.utime(tmp_path / "helper.py", (before.st_atime, before.st_mtime))  # of the same size, within the same second
    assert statuses(run(tmp_path)) == ["refuted", "refuted"]


LOOKED_ON = """
import sys
from symrep.running.alone import Alone
folder = sys.argv[1]
sys.path.insert(0, folder)
look = Alone(folder + "/one.py")
open(folder + "/one.py").close()
import colorsys, symrep.claim
assert look.found() == "", look.found()
exec(sys.argv[2])
print(look.found())
"""


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ("pass", ""),
        ("import os; open(os.devnull).close()", ""),
        ("open(folder + '/data').close()", "it reads"),
        ("import pathlib; pathlib.Path(folder, 'data').read_text()", "it reads"),
        ("import helper", "it reads"),
        ("import this_is_mine.helper", "it reads"),
        ("import types; sys.modules['mine'] = types.ModuleType('mine')", "it imports mine"),
        ("import tempfile; tempfile.gettempdir()", ""),
        ("open(folder + '/new', 'x').close(); open(folder + '/new').close()", "it reads"),
        ("import multiprocessing", ""),  # gives the main module a second name
        ("import subprocess; subprocess.run(['true'])", "subprocess.Popen"),
        ("import os; os.system('true')", "os.system"),
        ("import socket; socket.socket(socket.AF_UNIX).connect_ex(folder + '/data')", "socket.connect"),
    ],
)
def test_what_a_script_rests_on_is_seen_when_it_runs(tmp_path: Path, what: str, found: str) -> None:
    (tmp_path / "this_is_mine").mkdir()
    for name in ("one.py", "data", "helper.py", "this_is_mine/helper.py"):
        (tmp_path / name).write_text("")
    command = [sys.executable, "-c", LOOKED_ON, str(tmp_path), what]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(found)
    assert bool(done.stdout.strip()) is bool(found)


FORGED = {
    "what came of it": ("DELETE FROM verdicts WHERE question LIKE '%\"script.written\"%'", "'refuted', 'proved'"),
    "what is written of it": ("SELECT 1", """'"error":""', '"error":"x"'"""),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_report_is_not_believed(tmp_path: Path, what: str) -> None:
    (tmp_path / "one.py").write_text(SCRIPT)
    run(tmp_path)
    first, change = FORGED[what]
    with closing(sqlite3.connect(tmp_path / "store" / "v.sqlite")) as db, db:
        assert db.execute(first)
        assert db.execute(f"UPDATE verdicts SET answer = replace(answer, {change})").rowcount
    again = run(tmp_path)
    assert statuses(again) == ["proved", "refuted"]
    assert "not what was written" in again.stderr


def test_without_a_store_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(SCRIPT)
    assert statuses(run(tmp_path, "--no-store")) == ["proved", "refuted"]
    assert not (tmp_path / "store").exists()


# --- what is worth keeping ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "import time",
        "import os.path",
        "import helper",
        "from . import helper",
        "from symrep.running import store",
        "from symrep import running",
        "import numpy as np",
        "import random",
        "from sympy import random",
        "from sympy.core import random as r",
        "data = open('x').read()",
        "data = eval('1')",
        "data = __import__('os')",
        "data = input()",
        "data = sympy.os.environ",
        "def f(:",
    ],
)
def test_a_text_that_may_say_something_else_tomorrow(line: str) -> None:
    assert plain_text(SCRIPT)
    assert not plain_text(f"{SCRIPT}\n{line}\n")


def step(status: str, corrected: str | None = None) -> StepReport:
    diagnosis = None if corrected is None else {"corrected_latex": corrected}
    return StepReport(1, 1, "=", "x", "", "", Status[status.upper()], "", "", diagnosis=diagnosis)


def result(*steps: StepReport, **more: Any) -> dict[str, Any]:
    report = DerivationReport("d", "one.py", 1, "", "", steps).to_json()
    derivation = {"name": "d", "outcome": "done", "events": [{"event": "line"}], "report": report, "error": None}
    whole = {"path": "one.py", "derivations": [derivation], "events": [], "error": None}
    return {**whole, "alone": True, "standing": int(Standing.SETTLED), **more}


PROVED, OPEN = step("proved"), step("undecided")
TIMED_OUT = {"name": "d", "outcome": "timed-out", "events": [], "report": None, "error": None}


@pytest.mark.parametrize(
    ("what", "kept"),
    [
        (result(PROVED, OPEN), True),
        (result(PROVED, OPEN, standing=1), True),
        (result(PROVED, OPEN, standing=2), False),
        (result(PROVED, step("supported"), standing=2), False),
        (result(PROVED, step("refuted"), standing=2), False),
        (result(PROVED, step("refuted", ""), standing=2), False),
        (result(PROVED, step("refuted", "x"), standing=2), True),
        (result(PROVED, PROVED, standing=2), True),
        (result(PROVED, alone=False), False),
        (result(PROVED, error={"type": "TimedOut", "message": ""}), False),
        (result(PROVED, derivations=[TIMED_OUT]), False),
    ],
)
def test_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: dict[str, Any], kept: bool) -> None:
    monkeypatch.setenv("SYMREP_STORE", str(tmp_path / "v.sqlite"))
    script = tmp_path / "one.py"
    script.write_text(SCRIPT)
    named = Script(script, "one.py", "one")
    asked = Asked(named, 120.0)
    assert asked.known() is None
    made = asked.ended({**what, "path": str(script)})
    assert (asked.known() == made) is kept
    assert (asked.known() is not None) is kept
    assert Asked(named, 60.0).known() is None
    script.write_text(SCRIPT + "\n")
    assert Asked(named, 120.0).known() is None
    asked.ended(result(PROVED, path=str(script)))  # what was run may have been either
    script.write_text(SCRIPT)
    assert (Asked(named, 120.0).known() == made) is kept
