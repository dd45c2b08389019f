"""docs/tutorial-family.md: what it shows happens."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "tutorial-family.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_the_tutorial(tmp_path: Path) -> None:
    env = {**os.environ, "SYMREP_STORE": str(tmp_path / "verdicts.sqlite"), "PYTHONPATH": str(tmp_path)}

    def run(*command: str) -> str:
        done = subprocess.run([sys.executable, "-m", *command], cwd=tmp_path, env=env, capture_output=True, text=True)
        return done.stdout + done.stderr

    ran = []
    for kind, text in BLOCKS:
        first, _, rest = text.partition("\n")
        if kind in ("python", "text"):
            name, path = first.removeprefix("# "), tmp_path / first.removeprefix("# ")
            if kind == "text":
                path.write_text(re.sub(r" *entropy=.*\n", rest, path.read_text()))
            else:
                path.write_text(rest)
            if name.startswith("test_"):
                out = run("pytest", "-q", "-p", "no:cacheprovider", name)
                assert "1 passed" in out, out
                ran.append("pytest")
        elif kind == "console":
            command = first.removeprefix("$ ").split()
            out = run(*command)
            for line in rest.splitlines():
                assert line in out, f"{first} does not say {line!r}:\n{out}"
            ran.append(command[1])
            corrected = "2 - log(2) + log(s)" in (tmp_path / "halflogistic.py").read_text()
            if command[1] == "laws":
                assert ("REFUTED" in out) is not corrected, out
    assert ran == ["new", "laws", "laws", "pytest"]


def test_the_group_is_the_one_that_is_read() -> None:
    from symrep.laws.catalogue import GROUP

    (toml,) = (text for kind, text in BLOCKS if kind == "toml")
    assert f'[project.entry-points."{GROUP}"]' in toml
