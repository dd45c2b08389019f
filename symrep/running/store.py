"""The verdict store: questions and answers as rows of plain JSON in an SQLite file. It knows nothing of what they mean.

A row is found by the SHA-256 of its question, in which the checker that answered stands too, and it carries a seal: an
HMAC of question and answer under a secret that lies beside the file, readable by its owner only. A row whose seal does
not fit is no answer. A row that :meth:`Store.put` has acknowledged survives the death of every process (WAL,
``synchronous=FULL``). Nothing here raises because of what is on the disk: a store that is not usable answers nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, final

from symrep.running.checker import Checker
from symrep.running.store_file import Foreign, opened, set_aside

__all__ = ["Row", "Store", "say"]

#: above this the rows of other checkers go, then the older half
MAX_BYTES: Final = 256 << 20
#: rows that are put ``later`` are written together, this many seconds after one another
LATER: Final = 0.2
_PRUNE_EVERY: Final = 2000
#: connections of a parent process; to close one here could disturb it
_LEFT_ALONE: Final[list[sqlite3.Connection]] = []


def say(words: str) -> None:
    sys.stderr.write(f"symrep: verdict store: {words}\n")
    sys.stderr.flush()


@final
@dataclass(frozen=True)
class Row:
    """A row as it stands in the file; ``sound`` if its seal fits."""

    key: str
    checker: str
    question: str
    answer: str
    sound: bool


def _text(data: Any) -> str:
    """JSON on one line, of ASCII only; the order of an answer's keys is kept."""
    return json.dumps(data, separators=(",", ":"))


def _canonical(data: Any) -> str:
    return json.dumps(data, separators=(",", ":"), sort_keys=True)


@final
class Store:
    """One file of verdicts, for one process; threads may share it, and so may processes the file.

    Args:
        path: the file; it and its folder are made when needed.
        checker: who asks and answers.
        tell: is given a sentence for the user when something is wrong with the file; once each.
    """

    def __init__(self, path: Path, checker: Checker, tell: Callable[[str], None] = say) -> None:
        self.path = path
        self.checker = checker
        self.pid = os.getpid()
        self._tell = tell
        self._lock = threading.RLock()
        self._db: sqlite3.Connection | None = None
        self._waiting: dict[str, tuple[str, str]] = {}
        self._written = time.monotonic()
        self._count = 0
        self._told: set[str] = set()
        self._mended = False
        self._open()

    # --- opening and failing -----------------------------------------------------------------------------------

    @property
    def usable(self) -> bool:
        return self._db is not None

    def _open(self) -> None:
        try:
            self._secret, self._db = opened(self.path, self._say)
        except Foreign as e:
            self._say(f"{e}; nothing is stored")
        except (OSError, sqlite3.Error) as e:
            self._say(f"{self.path} cannot be used ({e}); nothing is stored")
        else:
            with self._lock:
                self._prune()

    def _say(self, words: str) -> None:
        if words not in self._told:
            self._told.add(words)
            self._tell(words)

    def _failed(self, error: sqlite3.Error) -> None:
        """A damaged file is set aside and a new one begun; any other trouble ends the store for this process."""
        db, self._db = self._db, None
        if db is not None:
            with suppress(sqlite3.Error):
                db.close()
        if isinstance(error, sqlite3.OperationalError) or self._mended:
            self._say(f"{self.path} cannot be used any more ({error}); nothing more is stored")
            return
        self._mended = True
        try:
            set_aside(self.path, str(error), self._say)
        except OSError as e:
            self._say(f"{self.path} is damaged and cannot be set aside ({e}); nothing is stored")
        else:
            self._open()

    # --- questions and answers ---------------------------------------------------------------------------------

    def _key(self, question: Mapping[str, Any]) -> tuple[str, str]:
        text = _canonical({"question": question, "checker": self.checker.digest})
        return hashlib.sha256(text.encode()).hexdigest(), text

    def _seal(self, key: str, question: str, answer: str) -> str:
        # the key has a fixed length, and lengths divide what follows: no two rows are sealed as the same bytes
        text = f"{key}{len(question)}:{question}{answer}"
        return hmac.digest(self._secret, text.encode(), "sha256").hex()

    def _sound(self, key: str, question: str, answer: str, seal: str) -> bool:
        if not all(isinstance(x, str) for x in (key, question, answer, seal)):
            return False
        if hashlib.sha256(question.encode("utf-8", "replace")).hexdigest() != key:
            return False
        try:
            return hmac.compare_digest(self._seal(key, question, answer), seal)
        except (UnicodeError, TypeError):
            return False

    def get(self, question: Mapping[str, Any]) -> Any | None:
        """What this checker answered to exactly this question, if it did and nobody has touched it since."""
        key, text = self._key(question)
        with self._lock:
            if self._db is None:
                return None
            waiting = self._waiting.get(key)
            if waiting is not None:
                return json.loads(waiting[1])
            try:
                found = self._db.execute("SELECT question, answer, seal FROM verdicts WHERE key = ?", (key,)).fetchone()
            except sqlite3.Error as e:
                self._failed(e)
                return None
            if found is None:
                return None
            if found[0] != text or not self._sound(key, *found):
                self._say(f"a row of {self.path} is not what was written ({key[:12]}…); it is computed anew")
                return None
        try:
            return json.loads(found[1])
        except (ValueError, RecursionError):
            return None

    def put(self, question: Mapping[str, Any], answer: Any, *, later: bool = False) -> bool:
        """Keep an answer. True: it is on the disk and outlives this process.

        Args:
            later: it may wait a moment for others to be written with it; False is returned until then.
        """
        key, text = self._key(question)
        with self._lock:
            if self._db is None:
                return False
            self._waiting[key] = (text, _text(answer))
            if later and time.monotonic() - self._written < LATER:
                return False
            return self.flush()

    def flush(self) -> bool:
        """Write what waits; True if it is on the disk."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
            self._written = time.monotonic()
            if self._db is None:
                return False
            if not waiting:
                return True
            if not self.checker.unchanged():
                self._say("the sources of symrep changed while it ran; what it finds is not stored")
                return False
            rows = [(k, self.checker.digest, q, a, self._seal(k, q, a), time.time()) for k, (q, a) in waiting.items()]
            try:
                self._db.execute("BEGIN IMMEDIATE")
                self._db.executemany("INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?, ?, ?)", rows)
                self._db.execute("COMMIT")
                self._count += len(rows)
                if self._count >= _PRUNE_EVERY:
                    self._prune()
            except sqlite3.Error as e:
                self._failed(e)
                return False
            return True

    def close(self) -> None:
        if self.pid != os.getpid():
            self.forget()
            return
        self.flush()
        with self._lock:
            db, self._db = self._db, None
            if db is not None:
                with suppress(sqlite3.Error):
                    db.close()

    def forget(self) -> None:
        """In a forked copy of the owner: the connection is its owner's; what waits is written there."""
        if self._db is not None:
            _LEFT_ALONE.append(self._db)
        self._db, self._waiting = None, {}

    # --- housekeeping ------------------------------------------------------------------------------------------

    def _prune(self) -> None:
        self._count = 0
        if self._db is None:
            return
        try:
            if self.bytes() > MAX_BYTES:
                self._db.execute("DELETE FROM verdicts WHERE checker != ?", (self.checker.digest,))
            if self.bytes() > MAX_BYTES:
                half = "SELECT rowid FROM verdicts ORDER BY made LIMIT (SELECT count(*) / 2 FROM verdicts)"
                self._db.execute(f"DELETE FROM verdicts WHERE rowid IN ({half})")
        except sqlite3.Error as e:
            self._failed(e)

    def bytes(self) -> int:
        """How much of the file is in use."""
        if self._db is None:
            return 0
        pages, free, size = (
            self._db.execute(f"PRAGMA {p}").fetchone()[0] for p in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * size)

    def rows(self) -> Iterator[Row]:
        """Every row, of every checker."""
        if self._db is None:
            return
        try:
            keys = [k for (k,) in self._db.execute("SELECT key FROM verdicts ORDER BY rowid")]
            for k in keys:
                query = "SELECT key, checker, question, answer, seal FROM verdicts WHERE key = ?"
                for key, who, question, answer, seal in self._db.execute(query, (k,)):
                    yield Row(str(key), str(who), question, answer, self._sound(key, question, answer, seal))
        except sqlite3.Error as e:
            self._failed(e)

    def remove(self, keys: list[str]) -> None:
        if self._db is not None:
            try:
                self._db.executemany("DELETE FROM verdicts WHERE key = ?", [(k,) for k in keys])
            except sqlite3.Error as e:
                self._failed(e)

    def clear(self) -> int:
        """Remove every row; returns how many there were."""
        if self._db is None:
            return 0
        try:
            count = int(self._db.execute("SELECT count(*) FROM verdicts").fetchone()[0])
            self._db.execute("DELETE FROM verdicts")
        except sqlite3.Error as e:
            self._failed(e)
            return 0
        with suppress(sqlite3.OperationalError):  # somebody else is reading: the space is used again later
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return count
