"""``symrep replay`` asks two checkers, and what one of them does not accept does not check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from symrep.commands import replay
from symrep.errors import BadInput

SCHEMA = "symrep.certificate/1"
X = ["sym", "x"]


def certificate(lhs: Any, rhs: Any, kind: str = "positive") -> dict[str, Any]:
    data = {"lhs": lhs, "rhs": rhs}
    return {"schema": SCHEMA, "claim": {"kind": "equal", "data": data, "context": {"symbols": {"x": kind}}}}


class Workers:
    """Answers from a table instead of processes."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def call(self, function: str, payload: Any, seconds: float) -> dict[str, str]:
        self.asked.append(function)
        return {"status": self.answers[function.partition(".")[0]], "says": "so"}


@pytest.mark.parametrize("kernel", ["ok", "fails"])
@pytest.mark.parametrize("audit", ["ok", "fails", "not covered"])
def test_both_have_to_accept(tmp_path: Path, kernel: str, audit: str) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(certificate(X, X)), "utf-8")
    workers = Workers(kernel=kernel, audit=audit)
    got = replay._check(replay._File(path), workers, 1.0, ("kernel", "auditor"))  # type: ignore[arg-type]
    assert sorted(workers.asked) == ["audit.replay", "kernel.replay"]
    assert got.to_json()["checks"] is (kernel == audit == "ok")
    assert got.checked == (kernel == audit == "ok")
    assert len(got.wrong) == (kernel != "ok") + (audit != "ok")
    assert replay._disagree(got.results[0]) is ((kernel == "ok") != (audit == "ok"))
    assert ("not covered" in " ".join(got.wrong)) is (audit == "not covered")


def test_what_one_cannot_read_is_no_certificate(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(certificate(X, X)), "utf-8")
    got = replay._check(replay._File(path), Workers(kernel="ok", audit="malformed"), 1.0, ("kernel", "auditor"))  # type: ignore[arg-type]
    assert "auditor" in got.malformed
    with pytest.raises(BadInput):
        replay._ask("auditor", {}, Workers(audit="malformed"), 1.0)  # type: ignore[arg-type]


def run(*arguments: str) -> tuple[int, dict[str, Any]]:
    done = CliRunner().invoke(replay.command, [*arguments, "--json"], standalone_mode=False)
    return done.return_value, json.loads(done.stdout)


def test_the_two_in_processes_of_their_own(tmp_path: Path) -> None:
    square = ["pow", ["mul", X, X], ["num", 1, 2]]
    (tmp_path / "right.json").write_text(json.dumps(certificate(square, X)), "utf-8")
    code, document = run(str(tmp_path))
    assert code == 0
    assert document["summary"]["checkers"] == ["kernel", "auditor"]
    (one,) = document["files"]
    assert [r[c]["status"] for r in one["results"] for c in ("kernel", "auditor")] == ["ok", "ok"]
    (tmp_path / "wrong.json").write_text(json.dumps(certificate(square, X, "real")), "utf-8")
    code, document = run(str(tmp_path))
    assert code == 1
    assert document["summary"]["disagreements"] == 0
    assert [w.partition(":")[0] for w in document["files"][1]["wrong"]] == ["kernel", "auditor"]
    code, document = run(str(tmp_path / "wrong.json"), "--by", "auditor")
    assert code == 1
    assert document["summary"]["checkers"] == ["auditor"]
    assert list(document["files"][0]["results"][0]) == ["line", "what", "auditor"]
