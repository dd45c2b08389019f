"""The command line: exit codes, one document on standard output, the same bytes twice, and never a traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from . import scripts
from .scripts import symrep, write

#: what a shell starts in the background ignores interrupts, and so does what that starts
LISTEN = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def document(done: subprocess.CompletedProcess[str]) -> Any:
    assert "Traceback" not in done.stderr
    return json.loads(done.stdout)


# --- what must not pass -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "strict", "code"),
    [
        (scripts.BAD, False, 1),
        (scripts.GOOD + scripts.BAD, False, 1),
        (scripts.BAD + scripts.OPEN, True, 1),
        (scripts.MUST_FAIL_AND_DOES_NOT, False, 1),
        (scripts.OPEN, True, 3),
        (scripts.OPEN, False, 0),
        (scripts.ADMITTED, True, 3),
        (scripts.ADMITTED, False, 0),
        ("", True, 3),
        ("", False, 0),
        (scripts.GOOD, True, 0),
        (scripts.MUST_FAIL, True, 0),
        ("\nx = (\n", False, 2),
        ("\n1/0\n", False, 2),
        ("\n\n@derivation\ndef f():\n    x\n    yield x\n", False, 2),
        (scripts.GOOD + "    yield x/unknown, algebra\n", False, 2),
        (scripts.BAD + "    yield x/unknown, algebra\n", False, 2),
    ],
)
def test_exit_codes(tmp_path: Path, body: str, strict: bool, code: int) -> None:
    write(tmp_path / "derivations", one=body)
    done = symrep(tmp_path, "run", "--json", *(["--strict"] if strict else []))
    assert done.returncode == code, done.stderr
    said = document(done)
    assert said["schema"] == "symrep.run/1"
    assert said["summary"]["exit_code"] == code


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("\nx = (\n", 10, "valid Python"),
        ("\n\n1/0\n", 11, "ZeroDivisionError"),
        ("\nimport nonsense\n", 10, "nonsense"),
    ],
)
def test_a_script_that_does_not_import_says_where(tmp_path: Path, body: str, line: int, said: str) -> None:
    write(tmp_path, broken=body, fine=scripts.GOOD)
    done = symrep(tmp_path, "run", "broken.py", "fine.py")
    assert done.returncode == 2
    assert f"broken.py:{line}:" in done.stdout
    assert said in done.stdout
    assert str(tmp_path) not in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert (tmp_path / "build/certificates/fine/square.json").is_file()
    assert "square" in (tmp_path / "build/report.html").read_text("utf-8")


def test_a_script_that_hangs_is_killed_and_the_others_are_written(tmp_path: Path) -> None:
    write(tmp_path, hangs=scripts.HANGS + scripts.GOOD, fine=scripts.GOOD)
    start = time.monotonic()
    done = symrep(tmp_path, "run", "hangs.py", "fine.py", "--json", "--timeout", "15", "--jobs", "2")
    assert time.monotonic() - start < 120
    assert done.returncode == 2
    first, second = document(done)["scripts"]
    assert [d["status"] for d in first["derivations"]] == ["proved"]
    hung, after = second["derivations"]
    assert hung["status"] == "undecided"
    assert "killed" in hung["error"]
    assert len(hung["steps"]) == 2  # what it had said is kept
    assert hung["steps"][1]["status"] == "proved"
    assert (after["name"], after["status"]) == ("square", "proved")
    assert "killed" in (tmp_path / "build/latex/hangs.tex").read_text("utf-8")


@pytest.mark.parametrize("how", ["another number", "another claim", "another status", "a certificate less"])
def test_a_tampered_certificate_is_caught(tmp_path: Path, how: str) -> None:
    write(tmp_path, one=scripts.GOOD)
    symrep(tmp_path, "run", "one.py")
    path = tmp_path / "build/certificates/one/square.json"
    assert symrep(tmp_path, "replay", "build/certificates").returncode == 0
    data = json.loads(path.read_text("utf-8"))
    stated = data["steps"][1]["parts"][0]
    claim = stated["certificate"]["claim"]
    if how == "another number":
        text = json.dumps(claim["data"]["rhs"])
        claim["data"]["rhs"] = json.loads(text.replace('["num", 2, 1]', '["num", 3, 1]'))
        assert text != json.dumps(claim["data"]["rhs"])
    elif how == "another claim":  # a true one, only not about this line
        claim["data"] = {"lhs": ["num", 1, 1], "rhs": ["num", 1, 1]}
    elif how == "another status":
        stated["certificate"] = None
    else:
        data["steps"][1]["parts"] = []
    path.write_text(json.dumps(data), "utf-8")
    done = symrep(tmp_path, "replay", "build/certificates")
    assert done.returncode == 1, done.stdout
    assert "FAILS" in done.stdout
    assert "line 2" in done.stdout
    told = symrep(tmp_path, "replay", "build/certificates", "--json")
    assert told.returncode == 1
    assert not document(told)["files"][0]["checks"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"schema": "symrep.run/1"}', '{"schema": "symrep.derivation/1"}', "[" * 100_000, "\x00",
     '{"schema": "symrep.derivation/1", "status": "proved", "steps": [1]}',
     '{"schema": "symrep.certificate/1", "claim": {"kind": "equal", "data": {}}}'],
)  # fmt: skip
def test_a_file_that_is_no_certificate(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text, "utf-8")
    done = symrep(tmp_path, "replay", "x.json")
    assert done.returncode == 2
    assert "x.json" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_derivation_with_nothing_in_it_is_not_proved(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"schema": "symrep.derivation/1", "status": "proved", "steps": []}', "utf-8")
    assert symrep(tmp_path, "replay", "x.json").returncode == 1


def test_replaying_needs_no_computer_algebra(tmp_path: Path) -> None:
    code = "import sys, symrep.commands.replay_worker; sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "nowhere"),
        ("run", "file.txt"),
        ("run", "empty"),
        ("run", "--jobs", "0", "one.py"),
        ("run", "--jobs", "many", "one.py"),
        ("run", "--timeout", "-1", "one.py"),
        ("run", "--timeout", "nan", "one.py"),
        ("run", "--nonsense"),
        ("run", "one.py", "--output", "file.txt"),
        ("run",),
        ("list", "nowhere"),
        ("replay",),
        ("replay", "nowhere"),
        ("replay", "empty"),
        ("nonsense",),
        (),
    ],
    ids=" ".join,
)
def test_misuse_is_one_line_and_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "file.txt").write_text("", "utf-8")
    (tmp_path / "empty").mkdir()
    write(tmp_path, one=scripts.GOOD)
    done = symrep(tmp_path, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("symrep")


def test_an_interrupt_is_130_and_leaves_no_children(tmp_path: Path) -> None:
    mark = tmp_path / "started"
    tell = f"here = __import__('pathlib').Path({str(mark)!r}).write_text(str(__import__('os').getpid()))"
    write(tmp_path, hangs=scripts.HANGS.replace("    pause =", f"    {tell}\n    pause ="))
    run = subprocess.Popen(
        [sys.executable, "-c", f"{LISTEN}; from symrep.cli import main; main(['run', 'hangs.py'])"],
        cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while not (mark.exists() and mark.read_text("utf-8")) and time.monotonic() < deadline:
        time.sleep(0.1)
    child = int(mark.read_text("utf-8"))
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "Traceback" not in out + err
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


# --- what it says and writes --------------------------------------------------------------------------------------


def test_the_same_bytes_whatever_the_hash_seed_and_the_jobs(tmp_path: Path) -> None:
    body = scripts.GOOD + scripts.MUST_FAIL + scripts.OPEN + scripts.ADMITTED
    write(tmp_path / "derivations", one=body, topic__two=body, must_fail__three=scripts.MUST_FAIL)
    first = symrep(tmp_path, "run", "--jobs", "1", "--output", "a", PYTHONHASHSEED="1")
    second = symrep(tmp_path, "run", "--jobs", "3", "--output", "b", PYTHONHASHSEED="2")
    assert (first.returncode, second.returncode) == (0, 0)
    names = ("square", "bad", "open_question", "admitted")
    for kind in ("latex", "certificates"):
        assert tree(tmp_path / "a" / kind) == tree(tmp_path / "b" / kind)
    assert set(tree(tmp_path / "a")) == {
        "report.html",
        "report.json",
        "latex/one.tex",
        "latex/topic/two.tex",
        "latex/must_fail/three.tex",
        *(f"certificates/{s}/{d}.json" for s in ("one", "topic/two") for d in names),
        "certificates/must_fail/three/bad.json",
    }  # fmt: skip
    assert all(str(tmp_path).encode() not in data for data in tree(tmp_path / "a").values())


def test_files_of_other_scripts_stay(tmp_path: Path) -> None:
    write(tmp_path / "derivations", one=scripts.GOOD, two=scripts.GOOD)
    symrep(tmp_path, "run")
    (tmp_path / "build/keep").write_text("me", "utf-8")
    write(tmp_path / "derivations", one=scripts.MUST_FAIL)
    symrep(tmp_path, "run", "derivations/one.py")
    left = set(tree(tmp_path / "build"))
    assert {"keep", "latex/two.tex", "certificates/two/square.json", "certificates/one/bad.json"} <= left
    assert "certificates/one/square.json" not in left  # the script no longer has it


def test_hidden_scripts_are_not_run(tmp_path: Path) -> None:
    write(tmp_path / "derivations", one=scripts.GOOD, _helper=scripts.BAD, _folder__two=scripts.BAD)
    said = document(symrep(tmp_path, "run", "--json"))
    assert [s["path"] for s in said["scripts"]] == ["derivations/one.py"]


def test_scripts_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    write(here, one=scripts.GOOD)
    write(there, one=scripts.MUST_FAIL)
    where = tmp_path / "elsewhere"
    where.mkdir()
    said = document(symrep(where, "run", "--json", str(here / "one.py"), str(there / "one.py")))
    assert [s["latex"] for s in said["scripts"]] == ["latex/one.tex", "latex/one-2.tex"]


def test_plain_output_fits_eighty_columns_and_has_no_colours(tmp_path: Path) -> None:
    write(tmp_path / "derivations", one=scripts.GOOD + scripts.BAD + scripts.MUST_FAIL.replace("def bad", "def worse"))
    done = symrep(tmp_path, "run")
    assert done.returncode == 1
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    assert "\x1b" not in done.stdout + done.stderr
    for said in ("square", "PROVED", "bad", "REFUTED", "as expected", "line 2", "x = ", "LaTeX in build/latex"):
        assert said in done.stdout
    assert done.stderr.splitlines()[0].startswith("derivations/one.py  square  PROVED")


def test_list(tmp_path: Path) -> None:
    write(tmp_path / "derivations", one=scripts.GOOD, two=scripts.MUST_FAIL)
    done = symrep(tmp_path, "list", "--json")
    first, second = document(done)["derivations"]
    assert first["says"] == "The square of a sum."
    assert first["source"] == "Euclid, Elements II.4"
    assert first["at"] == "derivations/one.py:11"
    assert second["must_fail"]
    plain = symrep(tmp_path, "list").stdout
    assert "square" in plain and "derivations/one.py:11" in plain and "(must fail)" in plain


def test_list_does_not_run_scripts(tmp_path: Path) -> None:
    write(tmp_path, one="\nraise SystemExit('run')\n" + scripts.GOOD, broken="\nx = (\n")
    done = symrep(tmp_path, "list", "one.py", "broken.py")
    assert done.returncode == 2
    assert "square" in done.stdout
    assert "broken.py:10:" in done.stderr


def test_list_families_and_rules(tmp_path: Path) -> None:
    families = document(symrep(tmp_path, "list", "families", "--json"))["families"]
    assert "Normal(mu, sigma)" in {f["name"] for f in families}
    rules = {r["name"]: r for r in document(symrep(tmp_path, "list", "rules", "--json"))["rules"]}
    assert "change_of_variables" in rules
    assert all(r["says"] for r in rules.values())
