"""``symrep laws`` and ``symrep new family``: what is refused, what is found, what the document says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from symrep.cli import _group, _guarded


def run(capsys: Any, *arguments: str) -> tuple[int, str, str]:
    code = _guarded(lambda: _group.main(list(arguments), prog_name="symrep", standalone_mode=False))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def here(tmp_path: Path, monkeypatch: Any) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SYMREP_STORE", "off")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("laws", "Norml"), "Normal"),
        (("laws", "nowhere.py"), "a script that exists"),
        (("laws", "Normal", "--law", "charm"), "laws out of"),
        (("new", "family", "two words"), "letters, digits"),
    ],
)
def test_refused(here: Path, capsys: Any, arguments: tuple[str, ...], says: str) -> None:
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert says in err
    assert "Traceback" not in err


def test_a_file_that_breaks_and_one_without_families(here: Path, capsys: Any) -> None:
    (here / "broken.py").write_text("x = 1/0\n")
    (here / "empty.py").write_text("x = 1\n")
    code, _, err = run(capsys, "laws", "broken.py", "empty.py")
    assert code == 2
    assert "ZeroDivisionError" in err and "a file with a Family" in err


def test_a_new_family_is_never_written_over_and_can_be_judged_at_once(here: Path, capsys: Any) -> None:
    assert run(capsys, "new", "family", "Fresh")[0] == 0
    assert run(capsys, "new", "family", "Fresh")[0] == 2
    code, out, _ = run(capsys, "laws", "fresh.py", "--json", "--law", "mass", "--law", "mean")
    document = json.loads(out)
    assert code == 0
    assert document["schema"] == "symrep.laws/1"
    (family,) = document["families"]
    assert [f["status"] for f in family["findings"]] == ["proved", "proved"]
    assert document["summary"]["proved"] == 2 and document["summary"]["shares"]["proved"] == 1


def test_what_is_wrong_is_said_in_words(here: Path, capsys: Any) -> None:
    run(capsys, "new", "family", "Wrong")
    text = (here / "wrong.py").read_text()
    (here / "wrong.py").write_text(text.replace("mean=1 / lam", "mean=lam"))
    code, out, _ = run(capsys, "laws", "wrong.py", "--law", "mean")
    assert code == 1
    assert "REFUTED" in out and "lam is declared a rate and this is the formula for a scale" in out


def test_help_names_the_commands() -> None:
    out = CliRunner().invoke(_group, ["--help"]).output
    assert "laws" in out and "new" in out
