"""Everything the README shows is run here: its scripts, its test, its commands' output and its LaTeX."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"<!-- (script|output|latex|test|verify|laws|document|check)(?:: (\S+))? -->\n(````?)\w*\n(.*?)^\3$", re.S | re.M
)
BLOCKS = [(kind, name or "", body) for kind, name, _, body in BLOCK.findall(README)]
SCRIPTS = {name: body for kind, name, body in BLOCKS if kind == "script"}

EXPECTED = {
    "standardise": "proved",
    "slip": "refuted",
    "swapped": "refuted",
    "right": "proved",
}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], dict]:
    """Where the scripts were run, each script's terminal output, and the report of all of them."""
    folder = tmp_path_factory.mktemp("readme")
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    for name, body in SCRIPTS.items():
        (folder / name).write_text(body, encoding="utf-8")
    command = [sys.executable, "-m", "symrep", "run"]
    output = {
        name: subprocess.run(
            [*command, name], cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
        ).stdout
        for name in ("standardise.py",)
    }
    done = subprocess.run(
        [*command, *(n for n in SCRIPTS if n != "topp_leone.py"), "--json"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    return folder, output, json.loads(done.stdout)


def without_times(text: str) -> str:
    return re.sub(r"\s*\d+(\.\d+)? ?m?s\b", " …s", "\n".join(line.rstrip() for line in text.strip().splitlines()))


def test_the_readme_has_what_is_tested_here() -> None:
    assert {kind for kind, _, _ in BLOCKS} == {
        "script",
        "output",
        "latex",
        "test",
        "verify",
        "laws",
        "document",
        "check",
    }
    assert README.count("```python") == len(SCRIPTS) + 1
    assert "@@" not in README


def test_scripts_come_out_as_the_readme_says(ran: tuple[Path, dict[str, str], dict]) -> None:
    found = {}

    def visit(node: object) -> None:
        if isinstance(node, dict):
            if "steps" in node and "status" in node:
                found[node["name"]] = node["status"]
            for value in node.values():
                visit(value)
        elif isinstance(node, list):
            for value in node:
                visit(value)

    visit(ran[2])
    assert found == EXPECTED


def test_output_is_what_is_printed(ran: tuple[Path, dict[str, str], dict]) -> None:
    for kind, name, body in BLOCKS:
        if kind == "output":
            assert without_times(body) in without_times(ran[1][name])


def test_latex_is_what_is_written(ran: tuple[Path, dict[str, str], dict]) -> None:
    for kind, name, body in BLOCKS:
        if kind == "latex":
            script, _, _derivation = name.partition("::")
            document = (ran[0] / "build" / "latex" / script).with_suffix(".tex").read_text(encoding="utf-8")
            assert body.strip() in document


def test_laws_say_what_is_shown(tmp_path: Path) -> None:
    """Also that nothing else is wrong with the entry, once the factor is put in."""
    name, said = next((n, b) for k, n, b in BLOCKS if k == "laws")
    wrong, right = tmp_path / name, tmp_path / f"right_{name}"
    wrong.write_text(SCRIPTS[name], encoding="utf-8")
    right.write_text(SCRIPTS[name].replace("density=a *", "density=2 * a *"), encoding="utf-8")
    codes = []
    for file in (wrong, right):
        done = subprocess.run(
            [sys.executable, "-m", "symrep", "laws", file.name, "--no-store"],
            cwd=tmp_path,
            env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        codes.append(done.returncode)
        if file is wrong:
            assert said in done.stdout
    assert codes == [1, 0]


def test_documents_are_checked_as_shown(tmp_path: Path) -> None:
    name, said = next((n, b) for k, n, b in BLOCKS if k == "check")
    (tmp_path / name).write_text(next(b for k, n, b in BLOCKS if (k, n) == ("document", name)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "symrep", "check", name, "--diff", "--no-store"],
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert [line for line in lines if line in said.splitlines()] == said.splitlines()


def test_verify_says_what_is_shown() -> None:
    command, _, said = next(b for k, _, b in BLOCKS if k == "verify").partition("\n")
    words = shlex.split(command.removeprefix("$ symrep"))
    done = subprocess.run(
        [sys.executable, "-m", "symrep", *words, "--no-store"],
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == said


def test_the_test_passes(tmp_path: Path) -> None:
    (tmp_path / "test_shown.py").write_text(next(b for k, _, b in BLOCKS if k == "test"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "test_shown.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout
