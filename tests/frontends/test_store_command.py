"""``symrep store``: what is there, whether it holds, and that what does not is thrown out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from symrep.running.checker import checker
from symrep.running.store import Store

from .scripts import GOOD, symrep, write
from .test_verify_store import IDENTITIES


def store(folder: Path, *arguments: str) -> Any:
    return symrep(folder, "store", *arguments, SYMREP_STORE=str(folder / "store" / "v.sqlite"))


def check(folder: Path) -> tuple[int, dict[str, Any], str]:
    done = store(folder, "check", "--json")
    return done.returncode, json.loads(done.stdout), done.stderr


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    environment = {"SYMREP_STORE": str(tmp_path / "store" / "v.sqlite")}
    (tmp_path / "identities.json").write_text(json.dumps(IDENTITIES[:3]), "utf-8")
    symrep(tmp_path, "verify", "identities.json", **environment)
    write(tmp_path, one=GOOD)
    symrep(tmp_path, "run", "one.py", **environment)
    return tmp_path


def reopened(folder: Path) -> Store:
    who = checker()
    assert who is not None
    return Store(folder / "store" / "v.sqlite", who)


def test_everything_checks_and_can_be_cleared(filled: Path) -> None:
    assert store(filled, "path").stdout == f"{filled / 'store' / 'v.sqlite'}\n"
    stats = json.loads(store(filled, "stats", "--json").stdout)
    assert stats["asked"]["verify"] == 3
    assert stats["rows"] == stats["of_this_checker"] == sum(stats["asked"].values())
    assert "verify: 3" in store(filled, "stats").stdout
    code, said, error = check(filled)
    assert (code, error) == (0, "")
    assert said["certificates"] == said["checked"] >= 4
    assert said["failed"] == []
    assert store(filled, "clear").stdout.startswith(f"{stats['rows']} rows")
    assert check(filled)[1]["rows"] == 0


def test_a_sealed_lie_does_not_pass_the_kernel(filled: Path) -> None:
    """Somebody who has the secret can seal anything; a replay still finds it."""
    rows = reopened(filled)
    question = next(q for q in (json.loads(r.question)["question"] for r in rows.rows()) if "sqrt(x**2)" in q.values())
    claim = {
        "kind": "equal",
        "data": {"lhs": ["sym", "x"], "rhs": ["num", 1, 1]},
        "context": {"symbols": {"x": "real"}},
    }
    lie = {"status": "proved", "certificate": {"schema": "symrep.certificate/1", "claim": claim}}
    rows.put({**question, "given": []}, lie)
    rows.put({**question, "given": ["x < 9"]}, {"status": "proved", "certificate": None})
    rows.put(
        {"ask": "kernel.prove", "memory": 1, "payload": {"claim": claim}}, {"cost": 0.1, "value": {"proved": True}}
    )
    rows.put({"ask": "verify"}, {"status": "proved", "certificate": {"schema": "symrep.certificate/1", "claim": 5}})
    rows.close()
    code, said, error = check(filled)
    assert code == 1
    assert len(said["failed"]) == 4
    assert error.count("removed") == 4
    code, said, error = check(filled)
    assert (code, said["failed"], error) == (0, [], "")


def test_touched_rows_are_thrown_out(filled: Path) -> None:
    rows = reopened(filled)
    assert rows._db is not None
    rows._db.execute("UPDATE verdicts SET answer = answer || ' ' WHERE rowid = 1")
    rows.close()
    code, said, _ = check(filled)
    assert (code, said["touched"]) == (1, 1)
    assert check(filled)[0] == 0


def test_without_a_store(tmp_path: Path) -> None:
    for name in ("path", "stats", "check", "clear"):
        done = symrep(tmp_path, "store", name, SYMREP_STORE="off")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1
    assert symrep(tmp_path, "store", "nonsense").returncode == 2
    assert "check" in symrep(tmp_path, "store", "--help").stdout
