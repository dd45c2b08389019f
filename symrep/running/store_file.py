"""The file of a verdict store, with its secret: found or made; set aside when damaged, left alone when not ours."""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

__all__ = ["SCHEMA", "Foreign", "opened", "set_aside"]

SCHEMA: Final = 1
#: "srvs", at bytes 68 to 71 of the file
_APPLICATION: Final = 0x73727673
_MAGIC: Final = b"SQLite format 3\0"
_BUSY_SECONDS: Final = 20.0
_SECRET_BYTES: Final = 32

_TABLES: Final = (
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE verdicts (key TEXT PRIMARY KEY, checker TEXT NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL,"
    " seal TEXT NOT NULL, made REAL NOT NULL)",
)

Tell = Callable[[str], None]


class Foreign(Exception):
    """The file belongs to somebody or something else; it is left as it is."""


class _Unusable(Exception):
    """It is a store of ours, but not one that can be used; in words."""


def opened(path: Path, tell: Tell) -> tuple[bytes, sqlite3.Connection]:
    """The secret and a connection, ready for use. One process at a time opens, makes or sets aside.

    Raises:
        Foreign: the file is not ours.
        OSError, sqlite3.Error: it can be neither used nor made.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _check_ours_settled(path)
    with _alone(path):
        for _ in range(2):
            try:
                return _connected(path)
            except _Unusable as e:
                set_aside(path, str(e), tell)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError as e:
                set_aside(path, str(e), tell)
        return _connected(path)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    fd = os.open(_beside(path, ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        end = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.01)
        yield
    finally:
        os.close(fd)


def _check_ours_settled(path: Path) -> None:
    """As below, but a file that another process is making just now is looked at again when it is made."""
    try:
        _check_ours(path)
    except Foreign:
        if not _beside(path, ".lock").exists():  # nothing is put beside a file that is not ours
            raise
        with _alone(path):
            _check_ours(path)


def _check_ours(path: Path) -> None:
    """A file that is neither a store nor lies beside a store's secret is somebody's work, given by mistake."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
            if os.fstat(file.fileno()).st_uid != os.geteuid():
                raise Foreign(f"{path} belongs to another user")
    except FileNotFoundError:
        return
    ours = head[:16] == _MAGIC and head[68:72] == _APPLICATION.to_bytes(4, "big")
    if head and not ours and not _beside(path, ".secret").exists():
        raise Foreign(f"{path} is not a verdict store")


def set_aside(path: Path, why: str, tell: Tell) -> None:
    """Move the file out of the way under a name nothing has yet."""
    n = 1
    while (new := _beside(path, f".aside-{n}")).exists():
        n += 1
    path.rename(new)
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            _beside(path, suffix).rename(_beside(new, suffix))
    tell(f"{path} cannot be read ({why}); it was set aside as {new.name} and a new one begun")


def _connected(path: Path) -> tuple[bytes, sqlite3.Connection]:
    db = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        os.chmod(path, 0o600)
        made = _is_new(db)
        if not made:
            _check_schema(db)
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        secret = _secret(path, make=made)
        mark = hmac.digest(secret, b"symrep verdict store", hashlib.sha256).hex()
        if made:
            db.execute("BEGIN IMMEDIATE")
            for table in _TABLES:
                db.execute(table)
            db.execute("INSERT INTO about VALUES ('secret', ?)", (mark,))
            db.execute(f"PRAGMA application_id = {_APPLICATION}")
            db.execute(f"PRAGMA user_version = {SCHEMA}")
            db.execute("COMMIT")
        else:
            found = db.execute("SELECT value FROM about WHERE name = 'secret'").fetchone()
            if found is None or not hmac.compare_digest(str(found[0]).encode(), mark.encode()):
                raise _Unusable("it was written under another secret")
            db.execute("SELECT key, checker, question, answer, seal, made FROM verdicts LIMIT 1").fetchone()
    except BaseException:
        with suppress(sqlite3.Error):
            db.close()
        raise
    return secret, db


def _is_new(db: sqlite3.Connection) -> bool:
    return (
        db.execute("PRAGMA user_version").fetchone()[0] == 0
        and db.execute("PRAGMA application_id").fetchone()[0] == 0
        and db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    )


def _check_schema(db: sqlite3.Connection) -> None:
    if db.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        raise _Unusable("it is a database of something else")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version != SCHEMA:
        raise _Unusable(f"its layout is version {version}, this is {SCHEMA}")
    names = {n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")}
    if names != {"about", "verdicts"}:
        raise _Unusable("its tables are not those of a verdict store")


def _secret(path: Path, make: bool) -> bytes:
    """The secret beside the file. A store without one, or with one others can read, proves nothing."""
    place = _beside(path, ".secret")
    try:
        with place.open("rb") as file:
            stat = os.fstat(file.fileno())
            secret = file.read(_SECRET_BYTES + 1)
        if stat.st_uid != os.geteuid():
            raise Foreign(f"{place} belongs to another user")
        if len(secret) == _SECRET_BYTES and not stat.st_mode & 0o077:
            return secret
        why = "its secret could be read by others" if stat.st_mode & 0o077 else "its secret is damaged"
    except FileNotFoundError:
        why = "its secret is gone"
    if not make:
        with suppress(FileNotFoundError):
            place.unlink()
        raise _Unusable(why)
    secret = secrets.token_bytes(_SECRET_BYTES)
    new = _beside(path, f".secret-{os.getpid()}")
    fd = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, place)
    return secret
