"""The verdict store: what was acknowledged is there, what was touched is not believed, and no file breaks it."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from symrep.running import store as store_module
from symrep.running import store_file
from symrep.running.checker import Checker, checker, describe
from symrep.running.store import Store

QUESTION = {"ask": "test", "lhs": "x", "given": ["x > 0"], "seconds": 20.0}
ANSWER = {"status": "refuted", "id": 1, "seconds": 0.25, "words": "σ ≠ ∞", "empty": None}


def who(name: str = "this") -> Checker:
    return Checker(name, {"name": name}, Path("nowhere"), {})


class Told(list[str]):
    """What a store said, as its ``tell``."""

    def __call__(self, words: str) -> None:
        self.append(words)


def opened(folder: Path, tell: Callable[[str], None] | None = None, checker: Checker | None = None) -> Store:
    return Store(folder / "v.sqlite", checker or who(), Told() if tell is None else tell)


def filled(folder: Path) -> Path:
    """The file of a store with one row, closed."""
    store = opened(folder)
    assert store.put(QUESTION, ANSWER)
    store.close()
    return folder / "v.sqlite"


def change(path: Path, sql: str, *values: Any) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        assert db.execute(sql, values).rowcount


# --- what must not be believed ------------------------------------------------------------------------------------

TAMPERED = {
    "answer": ("UPDATE verdicts SET answer = replace(answer, 'refuted', 'proved')", ()),
    "one bit": ("UPDATE verdicts SET answer = replace(answer, '0.25', '0.26')", ()),
    "not json": ("UPDATE verdicts SET answer = '{'", ()),
    "a blob": ("UPDATE verdicts SET answer = x'00ff'", ()),
    "no text": ("UPDATE verdicts SET answer = 1", ()),
    "question": ("UPDATE verdicts SET question = replace(question, 'x > 0', 'x < 0')", ()),
    "seal": ("UPDATE verdicts SET seal = 'ab' || substr(seal, 3) WHERE seal NOT LIKE 'ab%'", ()),
    "no seal": ("UPDATE verdicts SET seal = ''", ()),
    "odd seal": ("UPDATE verdicts SET seal = 'é'", ()),
    "surrogates": ("UPDATE verdicts SET answer = ?", (b"\xed\xa0\x80",)),
}


@pytest.mark.parametrize(("sql", "values"), TAMPERED.values(), ids=TAMPERED)
def test_a_touched_row_is_no_answer_and_this_is_said(tmp_path: Path, sql: str, values: tuple[Any, ...]) -> None:
    change(filled(tmp_path), sql, *values)
    told = Told()
    store = opened(tmp_path, told)
    assert store.get(QUESTION) is None
    assert len(told) == 1
    assert "not what was written" in told[0]
    assert [r.sound for r in store.rows()] == [False]
    assert store.put(QUESTION, ANSWER)
    assert store.get(QUESTION) == ANSWER


def test_a_row_under_another_key_is_no_answer(tmp_path: Path) -> None:
    other = {**QUESTION, "lhs": "y"}
    store = opened(tmp_path)
    store.put(QUESTION, {"status": "proved"})
    store.put(other, {"status": "refuted"})
    keys = [r.key for r in store.rows()]
    store.close()
    for columns in ("answer", "answer, seal", "question, answer, seal"):
        names = columns.split(", ")
        sets = ", ".join(f"{c} = (SELECT {c} FROM verdicts WHERE key = ?)" for c in names)
        change(tmp_path / "v.sqlite", f"UPDATE verdicts SET {sets} WHERE key = ?", *[keys[0]] * len(names), keys[1])
        told = Told()
        again = opened(tmp_path, told)
        assert again.get(other) is None
        assert told
        assert again.get(QUESTION) == {"status": "proved"}
        again.put(other, {"status": "refuted"})
        again.close()


def test_a_key_written_anew_is_no_answer(tmp_path: Path) -> None:
    """The proved row of x, passed off as the row of y with a right key and question but the seal of x."""
    other = {**QUESTION, "lhs": "y"}
    store = opened(tmp_path)
    key, text = store._key(other)
    store.put(QUESTION, {"status": "proved"})
    store.close()
    change(tmp_path / "v.sqlite", "UPDATE verdicts SET key = ?, question = ?", key, text)
    told = Told()
    assert opened(tmp_path, told).get(other) is None
    assert told


def test_a_row_from_another_store_is_no_answer(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    filled(one)
    filled(two)
    change(two / "v.sqlite", "DELETE FROM verdicts")
    with contextlib.closing(sqlite3.connect(two / "v.sqlite")) as db, db:
        db.execute("ATTACH ? AS other", (str(one / "v.sqlite"),))
        db.execute("INSERT INTO verdicts SELECT * FROM other.verdicts")
    told = Told()
    assert opened(two, told).get(QUESTION) is None
    assert told
    shutil.copy(one / "v.sqlite", two / "v.sqlite")
    told = Told()
    store = opened(two, told)
    assert store.get(QUESTION) is None
    assert "another secret" in told[0]
    assert store.put(QUESTION, ANSWER)


@pytest.mark.parametrize("change_of", ["lhs", "given", "seconds"])
def test_another_question_has_another_answer(tmp_path: Path, change_of: str) -> None:
    store = opened(tmp_path)
    store.put(QUESTION, ANSWER)
    assert store.get({**QUESTION, change_of: {"lhs": "y", "given": [], "seconds": 21.0}[change_of]}) is None
    assert store.get(dict(reversed(QUESTION.items()))) == ANSWER
    assert list(store.get(QUESTION)) == list(ANSWER)  # the order of the keys, too


def test_another_checker_has_another_answer(tmp_path: Path) -> None:
    filled(tmp_path)
    assert opened(tmp_path, checker=who("later")).get(QUESTION) is None
    assert opened(tmp_path).get(QUESTION) == ANSWER


# --- files that are no stores -------------------------------------------------------------------------------------


def _truncated(path: Path) -> None:
    os.truncate(path, 6000)


def _shorter_than_a_page(path: Path) -> None:
    os.truncate(path, 100)


def _garbage(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(20_000))


def _garbage_inside(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:100] + random.Random(1).randbytes(len(data) - 100))


def _newer(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA user_version = 99")


def _other_tables(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE VIEW more AS SELECT 1")


def _no_secret(path: Path) -> None:
    path.with_name("v.sqlite.secret").unlink()


def _other_secret(path: Path) -> None:
    path.with_name("v.sqlite.secret").write_bytes(b"0" * 32)


def _short_secret(path: Path) -> None:
    path.with_name("v.sqlite.secret").write_bytes(b"")


def _open_secret(path: Path) -> None:
    path.with_name("v.sqlite.secret").chmod(0o644)


DAMAGE = [
    _truncated,
    _shorter_than_a_page,
    _garbage,
    _garbage_inside,
    _newer,
    _other_tables,
    _no_secret,
    _other_secret,
    _short_secret,
    _open_secret,
]


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda f: f.__name__[1:])
def test_a_damaged_store_is_set_aside(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    path = filled(tmp_path)
    damage(path)
    left = path.read_bytes()
    told = Told()
    store = opened(tmp_path, told)
    assert store.get(QUESTION) is None
    assert len(told) == 1
    assert "set aside as v.sqlite.aside-1" in told[0]
    assert (tmp_path / "v.sqlite.aside-1").read_bytes()[200:6000] == left[200:6000]
    assert store.put(QUESTION, ANSWER)
    store.close()
    told = Told()
    assert opened(tmp_path, told).get(QUESTION) == ANSWER
    assert told == []


def test_damage_while_it_is_open(tmp_path: Path) -> None:
    told = Told()
    store = opened(tmp_path, told)
    for i in range(200):
        store.put({"i": i}, "x" * 500)
    store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
    _garbage(tmp_path / "v.sqlite")
    store._db.execute("PRAGMA shrink_memory")  # type: ignore[union-attr]
    assert {store.get({"i": i}) for i in range(200)} == {None}
    assert told
    store.put(QUESTION, ANSWER)
    store.close()
    assert opened(tmp_path).get(QUESTION) in (ANSWER, None)


@pytest.mark.parametrize("content", [b"[1, 2]", b"SQLite format 3\0" + bytes(200)])
def test_a_file_that_is_no_store_is_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "v.sqlite").write_bytes(content)
    told = Told()
    store = opened(tmp_path, told)
    assert not store.put(QUESTION, ANSWER)
    assert store.get(QUESTION) is None
    assert "not a verdict store" in told[0]
    assert (tmp_path / "v.sqlite").read_bytes() == content


def test_a_database_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "v.sqlite")) as db, db:
        db.execute("CREATE TABLE poems (text)")
    told = Told()
    assert not opened(tmp_path, told).put(QUESTION, ANSWER)
    assert "not a verdict store" in told[0]
    assert os.listdir(tmp_path) == ["v.sqlite"]


def test_where_nothing_can_be_written_nothing_is_stored(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "v.sqlite").mkdir()
    for path in (tmp_path / "file" / "v.sqlite", tmp_path / "v.sqlite"):
        told = Told()
        store = Store(path, who(), told)
        assert not store.usable
        assert not store.put(QUESTION, ANSWER)
        assert store.get(QUESTION) is None
        assert list(store.rows()) == []
        assert store.clear() == 0
        assert len(told) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_one_may_not_write_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    told = Told()
    assert not opened(tmp_path, told).put(QUESTION, ANSWER)
    assert len(told) == 1


# --- what was acknowledged is there -------------------------------------------------------------------------------

WRITER = """
import os, sys
from pathlib import Path
from symrep.running.checker import Checker
from symrep.running.store import Store
store = Store(Path(sys.argv[1]), Checker("this", {}, Path("nowhere"), {}))
name = sys.argv[2]
for i in range(int(sys.argv[3])):
    if store.put({"writer": name, "i": i}, {"i": i, "pad": "x" * (i % 3000)}):
        os.write(1, f"{i}\\n".encode())
"""


def _writer(path: Path, name: str, count: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path), name, str(count)], stdout=subprocess.PIPE)


def test_kill_9_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    chance = random.Random(7)
    acknowledged: list[tuple[str, int]] = []
    for n in range(8):
        child = _writer(path, str(n), 10**6)
        assert child.stdout is not None
        said = [int(child.stdout.readline()) for _ in range(10)]
        time.sleep(chance.uniform(0.0, 0.15))
        child.send_signal(signal.SIGKILL)
        said += map(int, child.stdout.read().split())
        child.wait()
        child.stdout.close()
        acknowledged += [(str(n), i) for i in said]
    told = Told()
    store = opened(tmp_path, told)
    for name, i in acknowledged:
        assert store.get({"writer": name, "i": i}) == {"i": i, "pad": "x" * (i % 3000)}
    assert len(acknowledged) >= 80
    assert told == []
    assert all(r.sound for r in store.rows())


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    children = [_writer(path, str(n), 60) for n in range(4)]  # they make the file, all at once
    for child in children:
        assert child.wait(60) == 0
        assert child.stdout is not None
        assert len(child.stdout.read().split()) == 60
        child.stdout.close()
    store = opened(tmp_path)
    assert all(store.get({"writer": str(n), "i": i}) is not None for n in range(4) for i in range(60))


def test_a_file_that_is_being_made_is_waited_for(tmp_path: Path) -> None:
    """In WAL mode a new file has SQLite's head before it has ours, and before there is a secret beside it."""
    path = tmp_path / "v.sqlite"
    path.write_bytes(b"SQLite format 3\0" + bytes(84))
    with store_file._alone(path):
        later = threading.Timer(0.3, path.unlink)
        later.start()
        waiting = threading.Thread(target=lambda: found.append(opened(tmp_path)))
        found: list[Any] = []
        waiting.start()
        later.join()
        assert waiting.is_alive()
    waiting.join(30)
    assert len(found) == 1
    assert found[0].put({"i": 1}, 1)


def test_a_foreign_file_is_left_alone_with_a_lock_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    path.write_bytes(b"SQLite format 3\0" + bytes(84))
    path.with_name("v.sqlite.lock").touch()
    with pytest.raises(store_file.Foreign):
        store_file.opened(path, lambda _: None)


def test_rows_written_later_are_written_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "LATER", 1000.0)
    store, other = opened(tmp_path), opened(tmp_path)
    store.put({"i": 0}, 0)
    assert not store.put({"i": 1}, 1, later=True)
    assert store.get({"i": 1}) == 1
    assert other.get({"i": 1}) is None
    assert store.put({"i": 2}, 2)
    assert (other.get({"i": 1}), other.get({"i": 2})) == (1, 2)
    store.put({"i": 3}, 3, later=True)
    assert other.get({"i": 3}) is None
    monkeypatch.setattr(store_module, "LATER", 0.0)
    assert store.put({"i": 4}, 4, later=True)
    assert other.get({"i": 3}) == 3


def test_a_store_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = opened(tmp_path, checker=who("old"))
    for i in range(50):
        old.put({"i": i}, "x" * 4000)
    old.close()
    monkeypatch.setattr(store_module, "MAX_BYTES", 100_000)
    store = opened(tmp_path)
    assert list(store.rows()) == []
    for i in range(50):
        store.put({"i": i}, "y" * 4000)
    store.close()
    kept = [json.loads(r.question)["question"]["i"] for r in opened(tmp_path).rows()]
    assert kept == list(range(25, 50))


# --- whose answers they are ---------------------------------------------------------------------------------------


def test_the_checker_is_its_sources(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("one")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.py").write_text("two")
    later = time.time_ns() + 10**9
    first = describe(tmp_path, later)
    assert first is not None
    assert first.unchanged()
    seen = {first.digest}
    for content, name in (("1", "a.py"), ("2", "sub/b.py"), ("3", "c.py")):
        (tmp_path / name).write_text(content)
        assert not first.unchanged()
        changed = describe(tmp_path, later)
        assert changed is not None
        seen.add(changed.digest)
    (tmp_path / "c.py").rename(tmp_path / "d.py")
    renamed = describe(tmp_path, later)
    assert renamed is not None
    assert len({*seen, renamed.digest}) == 5
    os.utime(tmp_path / "d.py", (1, 1))  # setting a time back does not hide a change
    assert not renamed.unchanged()


def test_sources_that_changed_while_they_were_loaded_are_no_checker(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("one")
    assert describe(tmp_path, time.time_ns() - 10**9) is None
    assert describe(tmp_path / "nowhere", time.time_ns()) is None


def test_the_checker_is_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    here = checker()
    assert here is not None
    assert here.about["libraries"]["sympy"]
    assert here.about["libraries"]["python-flint"]
    monkeypatch.setattr("symrep.running.checker._version", lambda name: "9.9" if name == "sympy" else None)
    other = describe(here.folder, time.time_ns())
    assert other is not None
    assert other.about["sources"] == here.about["sources"]
    assert other.digest != here.digest


def test_what_was_computed_by_other_sources_is_not_stored(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("one")
    this = describe(tmp_path, time.time_ns() + 10**9)
    assert this is not None
    told = Told()
    store = Store(tmp_path / "store" / "v.sqlite", this, told)
    (tmp_path / "a.py").write_text("two")
    assert not store.put(QUESTION, ANSWER)
    assert "changed while it ran" in told[0]
    assert store.get(QUESTION) is None
