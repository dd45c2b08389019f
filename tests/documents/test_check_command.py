"""``symrep check``: exit codes, the documents it prints and writes, and every other byte left alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from symrep.checking.files import Checked
from symrep.commands import check as command
from symrep.commands.check_output import shown
from symrep.commands.sarif import log
from symrep.reading.documents import Source

DATA = "# Ä\r\n\r\nWith $a > 0$: $(a+1)^2 = a^2 + a + 1$, $a = x$.\r\n\xff tab\there".encode("latin-1")


def symrep(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "symrep", *arguments], cwd=cwd, capture_output=True, text=True, timeout=300, check=False
    )


def step(**more: Any) -> dict[str, Any]:
    out: dict[str, Any] = {
        "line": 3, "column": 16, "end_line": 3, "end_column": 37, "lhs": "(a+1)^2", "relation": "=",
        "rhs": "a^2 + a + 1",
        "reading": "(= …)", "status": "refuted", "reason": "unequal", "message": "they differ", "witness":
        {"point": {"a": "2"}, "lhs": "9", "rhs": "7", "functions": {}, "of": ""}, "diagnosis":
        {"text": "off by the term -a", "corrected_latex": "a^2 + 2a + 1", "corrected_status": "proved"},
        "fix": {"latex": "2a", "start": 35, "end": 36}, "hypotheses": [], "notes": [], "guesses": [], "seconds": 0.1,
    }  # fmt: skip
    return out | more


def checked(**more: Any) -> Checked:
    return Checked(Source("a b.md", DATA), steps=[step(**more)])


# --- what is wrong with the call or the file ----------------------------------------------------------------------


def test_files_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "bad.ipynb").write_text("{")
    (tmp_path / "a.pdf").write_text("x")
    done = symrep("check", "nowhere.md", "a.pdf", "bad.ipynb", "--json", "--no-store", cwd=tmp_path)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert json.loads(done.stdout)["summary"]["exit_code"] == 2
    assert all(name in done.stderr for name in ("nowhere.md", "a.pdf", "bad.ipynb"))
    assert symrep("check", "--output", "x", "a.md", cwd=tmp_path).returncode == 2
    assert symrep("check", cwd=tmp_path).returncode == 2


def test_exit_codes() -> None:
    assert command._exit_code([checked()], [], False) == 1
    assert command._exit_code([checked()], ["bad pragma"], False) == 2
    assert command._exit_code([checked(status="undecided", fix=None)], [], False) == 0
    assert command._exit_code([checked(status="undecided", fix=None)], [], True) == 3
    assert command._exit_code([checked(status="not_checked", fix=None, message="wanted")], [], True) == 0
    assert command._exit_code([checked(status="proved", fix=None)], [], True) == 0


def test_corrections_that_overlap_are_not_both_made() -> None:
    c = checked()
    c.steps.append(step(fix={"latex": "b", "start": 35, "end": 40}))
    assert command._edits(c) == [(35, 36, "2a")]
    with pytest.raises(Exception, match="overlap"):
        c.source.edited([(1, 5, "x"), (3, 6, "y")])


# --- what is written ----------------------------------------------------------------------------------------------


def test_a_file_is_checked_corrected_and_reported(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(DATA)
    file.chmod(0o640)
    done = symrep("check", "a.md", "--fix", "--diff", "--json", "--no-store", "--sarif", "out.sarif", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert report["schema"] == "symrep.check/1" and report["summary"]["refuted"] == 1
    (entry,) = report["files"]
    assert set(entry) == {"path", "steps", "definitions", "not_checked"} and entry["path"] == "a.md"
    (bad,) = [s for s in entry["steps"] if s["status"] == "refuted"]
    keys = {"line", "column", "end_line", "end_column", "lhs", "relation", "rhs", "reading", "status", "reason"}
    assert keys | {"witness", "diagnosis", "fix"} <= set(bad)
    assert (bad["line"], bad["column"]) == (3, 16) and set(bad["fix"]) == {"latex", "start", "end"}
    fixed = file.read_bytes()
    assert fixed != DATA and file.stat().st_mode & 0o777 == 0o640
    start, end = bad["fix"]["start"], bad["fix"]["end"]
    text = DATA.decode("utf-8", "surrogateescape")
    assert fixed == (text[:start] + bad["fix"]["latex"] + text[end:]).encode("utf-8", "surrogateescape")
    assert "-With" in done.stderr and "+With" in done.stderr
    assert json.loads((tmp_path / "out.sarif").read_text())["version"] == "2.1.0"
    again = symrep("check", "a.md", "--no-store", cwd=tmp_path)
    assert again.returncode == 0 and "\x1b" not in again.stdout


def test_sarif_has_what_the_schema_requires() -> None:
    data = log([checked(), checked(status="undecided", fix=None), checked(status="proved", fix=None)])
    assert set(data) >= {"version", "runs"} and data["version"] == "2.1.0"
    (run,) = data["runs"]
    assert run["tool"]["driver"]["name"] == "symrep"
    rules = [r["id"] for r in run["tool"]["driver"]["rules"]]
    assert len(run["results"]) == 2 and run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        assert result["message"]["text"] and rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        (where,) = result["locations"]
        place = where["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "a%20b.md"
        assert all(place["region"][k] >= 1 for k in ("startLine", "startColumn", "endLine", "endColumn"))
    (fix,) = run["results"][0]["fixes"]
    (change,) = fix["artifactChanges"]
    (replacement,) = change["replacements"]
    assert set(replacement) == {"deletedRegion", "insertedContent"} and fix["description"]["text"]
    assert replacement["deletedRegion"] == {"startLine": 3, "startColumn": 29, "endLine": 3, "endColumn": 30}


def test_people_are_told_where_what_and_how_to_mend_it() -> None:
    lines = list(shown(checked(), False, False))
    assert lines[0].startswith("a b.md:3:16: refuted (unequal)")
    text = "\n".join(lines)
    assert "at a = 2: left 9, right 7" in text and "fix (proved): a^2 + 2a + 1" in text and "\x1b" not in text
    assert "\x1b[" in "\n".join(shown(checked(), False, True))
    assert list(shown(checked(status="proved", fix=None), False, False)) == []
    assert list(shown(checked(status="proved", fix=None, witness=None), True, False))


@pytest.mark.parametrize("colour", [False, True])
def test_lines_are_broken_and_not_cut(colour: bool) -> None:
    """Nothing is lost, nothing is wider than the terminal but what has no blank, the place stays in one piece."""
    words = " ".join(f"word{i}" for i in range(60))
    formula = " + ".join(rf"\frac{{{i}}}{{x}}" for i in range(40))
    lines = list(shown(checked(message=words, rhs=formula, notes=[words]), False, colour, 60))
    bare = [click.unstyle(line) for line in lines]
    assert bare[0].startswith("a b.md:3:16: refuted (unequal): word0")
    assert all(len(line) <= 60 for line in bare)
    text = " ".join(" ".join(bare).split())
    assert text.count(words) == 2 and formula in text and "…" not in text
    assert all(line.startswith("    ") for line in bare[1:])
    unbroken = "x" * 500
    assert any(unbroken in line for line in shown(checked(rhs=unbroken), False, colour, 60))


def test_a_file_does_not_speak_to_the_terminal() -> None:
    c = checked(lhs="\x1b[31mx\x07", notes=["\x9b31m\u202e"])
    text = "\n".join(shown(c, True, False))
    assert not set(text) & set("\x1b\x07\x9b\u202e")
    assert command._clean("\ud800\x07") == "\ufffd\ufffd"


def test_the_hooks_name_commands_that_exist() -> None:
    text = (Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text()
    assert text.count("- id: ") == 2 and text.count("entry: symrep check") == 2
    names = {p.name for p in command.command.params}
    assert {"fix", "diff", "explain", "strict", "timeout", "jobs", "sarif", "as_json", "output"} <= names
