"""Hostile files end: soon, with an exit code of the contract, in words, and nothing of what is in them is run."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from symrep.checking.files import check
from symrep.errors import BadInput
from symrep.reading.documents import Source, open_document
from symrep.reading.latex import Environment, read
from symrep.running.worker import PRELOAD, Workers
from tests.documents.hostile import KINDS, hostile


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as w:
        yield w


def test_a_number_is_a_document() -> None:
    assert [hostile(n) for n in range(30)] == [hostile(n) for n in range(30)]
    assert len({hostile(n) for n in range(200)}) > 150


@pytest.mark.parametrize("kind", range(len(KINDS)), ids=[k.__name__.strip("_") for k in KINDS])
def test_files_are_opened_and_read_within_seconds(kind: int) -> None:
    for number in range(kind, 12 * len(KINDS), len(KINDS)):
        name, data = hostile(number)
        begin = time.process_time()
        try:
            document = open_document(Source(name, data))
        except BadInput:
            continue
        for f in document.formulas[:40]:
            if len(f.body.text) <= 10_000:
                read(f.body.text, Environment())  # in words, never an exception
        assert time.process_time() - begin < 20, number


@pytest.mark.parametrize("number", [0, 1, 3, 5, 7, 8, 9])
def test_files_are_checked_to_the_end(number: int, workers: Workers) -> None:
    name, data = hostile(number)
    try:
        c = check(Source(name, data), 1.0, 1, workers, fix=False)
    except BadInput:
        return  # in words
    assert all(s["status"] in ("proved", "supported", "undecided", "refuted", "not_checked") for s in c.steps)
    assert not any("given up" in e for e in c.errors)


def test_functions_that_mention_each_other_are_read_to_the_end(workers: Workers) -> None:
    text = r"$$ f(x) = g(x) + x $$" + "\n\n" + r"$$ g(x) = f(x) - x $$" + "\n\n" + r"$$ f(2) - g(2) = 2 + 0 $$"
    begin = time.monotonic()
    c = check(Source("a.md", text.encode()), 1.0, 1, workers, fix=False)
    assert not [u for u in c.not_checked if "nothing happened" in str(u)]
    assert time.monotonic() - begin < 30


def test_a_document_has_so_many_formulas_and_no_more() -> None:
    assert len(open_document(Source("a.md", b"$x$ " * 2000)).formulas) == 2000
    with pytest.raises(BadInput, match="at most 20000 formulas"):
        open_document(Source("a.md", b"$x$ " * 20_001))


def test_the_command_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(b"[" * 20_000)
    (tmp_path / "b.md").write_bytes(b"$x = x$\x00")
    command = [sys.executable, "-m", "symrep", "check", "--no-store", "a.ipynb", "b.md"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=tmp_path, check=False)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2 and "Traceback" not in done.stderr
