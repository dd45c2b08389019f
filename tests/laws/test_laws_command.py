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


def test_where_everything_disagrees_with_the_density_it_is_the_suspect(here: Path, capsys: Any) -> None:
    run(capsys, "new", "family", "Wrong")
    text = (here / "wrong.py").read_text()
    (here / "wrong.py").write_text(text.replace("density=lam * exp(-lam * x)", "density=exp(-x / lam) / lam"))
    only = [a for law in ("mass", "cdf", "quantile", "mean", "variance", "entropy") for a in ("--law", law)]
    code, out, _ = run(capsys, "laws", "wrong.py", "--json", *only)
    (family,) = json.loads(out)["families"]
    assert code == 1
    assert family["suspects"][0] == "density"


def test_a_second_run_is_answered_from_the_store(here: Path, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("SYMREP_STORE", str(here / "verdicts.sqlite"))
    asked = ("laws", "Exponential", "--law", "mass", "--law", "mean", "--json")
    first, second = run(capsys, *asked), run(capsys, *asked)
    assert "Exponential" in first[2] and "Exponential" not in second[2]
    assert first[1] == second[1]


def test_help_names_the_commands() -> None:
    out = CliRunner().invoke(_group, ["--help"]).output
    assert "laws" in out and "new" in out


TRANSFORMS = """
from sympy import S, exp, log, oo
from symrep import real, positive
from symrep.law import PositiveReals, Reals
from symrep.transforms import Entry
x, z = real("x"), positive("z")
Twice = Entry("Twice", x, exp(2*x), z, log(z)/2, 2*x + log(2), Reals, PositiveReals)
Thrice = Entry("Thrice", x, exp(3*x), z, log(z)/3, 3*x, Reals, PositiveReals)
"""


def test_transforms_of_a_file(here: Path, capsys: Any) -> None:
    (here / "maps.py").write_text(TRANSFORMS)
    code, out, _ = run(capsys, "laws", "maps.py", "--json")
    document = json.loads(out)
    assert code == 1 and document["families"] == []
    wrong, right = document["transforms"]
    assert (right["name"], right["status"]) == ("Twice", "proved")
    assert (wrong["name"], wrong["status"]) == ("Thrice", "refuted")
    assert [f["claim"] for f in wrong["findings"] if f["status"] == "refuted"] == ["log det"]
    assert "log|det J| is not log|T'|" in next(f["message"] for f in wrong["findings"] if f["status"] == "refuted")


def test_transforms_by_name(here: Path, capsys: Any) -> None:
    code, out, err = run(capsys, "laws", "Exp", "Softmax", "--json")
    document = json.loads(out)
    assert code == 0 and document["summary"]["transforms"] == 2 and document["summary"]["families"] == 0
    assert document["summary"]["proved"] == document["summary"]["claims"] == 7
    assert "1/2 Exp" in err or "2/2 Exp" in err  # whichever is done first
    assert run(capsys, "laws", "Expo")[0] == 2


def test_a_name_of_both_a_law_and_a_transform(here: Path, capsys: Any) -> None:
    code, out, _ = run(capsys, "laws", "Reciprocal", "--law", "mean", "--no-store", "--json")
    said = json.loads(out)
    assert code == 0 and said["summary"]["families"] == 1 and said["summary"]["transforms"] == 1


def test_list_transforms(here: Path, capsys: Any) -> None:
    code, out, _ = run(capsys, "list", "transforms", "--json")
    listed = {t["name"]: t for t in json.loads(out)["transforms"]}
    assert code == 0 and len(listed) >= 33
    assert "two-to-one" in listed["AbsoluteValue"]["says"] and listed["Exp"]["says"] == "x -> exp(x) on (-oo, oo)"
