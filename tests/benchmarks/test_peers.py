"""``benchmarks/bench_peers.py``: every peer that is here answers, and a false one is nobody's truth."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import bench_peers
import pytest
from benchlib import egraph, floats
from benchlib.asking import payload
from benchlib.corpus import DATA, claim_of, identities
from benchlib.dialects import DIALECTS, Unread, script
from benchlib.killable import Broken, Killable, TimeUp
from benchlib.peer_child import METHODS, job

ROWS = {i.id: i for i in identities([DATA / "starter.json"])}
TRUE, FALSE = ROWS["kl-exponential"], ROWS["kl-exponential-turned"]


def answer(method: str, row: Any) -> str:
    (message,) = job(json.loads(json.dumps(payload(row, method, 20.0))))
    return str(message["answer"])


@pytest.mark.parametrize("method", METHODS)
def test_every_method_tells_a_true_one_from_a_false_one(method: str) -> None:
    if bench_peers.METHODS[method][1]() is not None:
        pytest.skip("not installed")
    assert answer(method, FALSE) in ("different", "unknown")
    assert answer(method, TRUE) in ("equal", "supported" if method == "balls" else "equal")


def test_the_table_counts(tmp_path: Path) -> None:
    corpus = tmp_path / "two.json"
    corpus.write_text(json.dumps([TRUE.entry, FALSE.entry, {**TRUE.entry, "id": "wrong label", "truth": False}]))
    out = tmp_path / "peers"
    words = ["--corpus", str(corpus), "--method", "kernel", "--method", "symrep verify", "--out", str(out)]
    assert bench_peers.main(words) == 0
    data = json.loads(out.with_suffix(".json").read_text())
    rows = {r["method"]: r for r in data["Closed forms"]["table"]}
    for r in rows.values():
        assert r["true equal"] == 1 and r["true called false"] == 0
        assert r["falsely accepted"] == ["wrong label"]  # a false accept would be seen
    assert rows["symrep verify"]["false called false"] == 1
    assert rows["symrep verify"]["median ratio"] == 1
    assert "| 1 of 1 |" in out.with_suffix(".md").read_text()


def test_what_is_not_installed_is_said_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert bench_peers.main(["--corpus", str(DATA / "starter.json"), "--sample", "1", "--method", "maxima"]) == 0
    assert "not installed" in capsys.readouterr().out


@pytest.mark.parametrize("system", DIALECTS)
def test_scripts_are_written_for_nearly_all(system: str) -> None:
    unread = 0
    for row in ROWS.values():
        try:
            text = script(system, row.claim)
        except Unread:
            unread += 1
            continue
        assert "RESULT equal" in text
    assert unread <= 2


def test_names_do_not_reach_the_systems() -> None:
    x = ("sym", "system")
    claim = claim_of(("mul", x, x), ("pow", x, ("num", 2, 1)), {"system": "positive"}, [])
    assert all("system" not in script(s, claim) for s in DIALECTS)


def test_float64_has_its_ways() -> None:
    one, tiny = ("num", 1, 1), ("num", 1, 10**20)
    assert floats.value(("add", one, tiny), {}) == 1
    assert floats.value(("pow", ("num", 0, 1), ("num", -1, 1)), {}) is None


def test_the_e_graph_needs_positivity() -> None:
    pytest.importorskip("egglog")
    x = ("sym", "x")
    root = ("pow", ("pow", x, ("num", 2, 1)), ("num", 1, 2))
    assert egraph.equal(claim_of(root, x, {"x": "positive"}, [])) == "equal"
    assert egraph.equal(claim_of(root, x, {"x": "real"}, [])) == "unknown"


@pytest.mark.parametrize(("what", "error"), [("spin", TimeUp), ("allocate", Broken), ("leave", Broken)])
def test_a_process_that_misbehaves_costs_its_item(what: str, error: type[Exception]) -> None:
    worker = Killable("benchlib.probe:job", 1000)
    try:
        with pytest.raises(error):
            list(worker.call(what, 0.3))
        assert list(worker.call("echo", 5.0)) == ["echo"]
    finally:
        worker.close()
