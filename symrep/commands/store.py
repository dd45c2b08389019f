"""``symrep store``: where verdicts are kept, what is there, whether it still holds; and a way to be rid of it."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, final

import click

from symrep.commands import options
from symrep.errors import BadInput

if TYPE_CHECKING:
    from symrep.running.store import Row, Store
    from symrep.running.worker import Workers

__all__ = ["command"]

_SCHEMA: Final = "symrep.store/1"
_CERTIFICATE: Final = "symrep.certificate/1"

Json = dict[str, Any]


@click.group("store")
def command() -> None:
    """The verdict store: what was decided once is not decided again."""


@command.command("path")
@options.store
def path() -> int:
    """Print where verdicts are kept."""
    click.echo(_store().path)
    return 0


@command.command("stats")
@options.store
@options.as_json
def stats(as_json: bool) -> int:
    """Count the rows, by what was asked and by who answered."""
    store = _store()
    asked: Counter[str] = Counter()
    mine = total = 0
    for row in store.rows():
        total += 1
        mine += row.checker == store.checker.digest
        asked[_asked(row)] += 1
    used = store.bytes()
    said = {
        "schema": _SCHEMA,
        "path": str(store.path),
        "bytes": used,
        "rows": total,
        "of_this_checker": mine,
        "asked": dict(sorted(asked.items())),
        "checker": store.checker.about,
    }
    if as_json:
        click.echo(json.dumps(said, indent=1, ensure_ascii=False))
    else:
        click.echo(f"{store.path}: {total} rows in {used / 1e6:.1f} MB, {mine} of them of this checker")
        for name, count in sorted(asked.items()):
            click.echo(f"  {name}: {count}")
    return 0


@command.command("clear")
@options.store
def clear() -> int:
    """Remove every row."""
    store = _store()
    click.echo(f"{store.clear()} rows removed from {store.path}")
    return 0


@command.command("check")
@options.store
@options.jobs
@options.timeout(60.0, "How long one certificate may take.")
@options.as_json
def check(jobs: int | None, timeout: float, as_json: bool) -> int:
    """Look at every seal, and send the certificate of everything proved through the kernel once more.

    Rows that are not what was written, and rows a certificate of which does not check, are removed. Rows of other
    versions of symrep or its libraries are never answered from; their certificates are not looked at.

    Exit codes: 0 everything checks; 1 something did not.
    """
    from concurrent.futures import ThreadPoolExecutor

    from symrep.running.worker import Workers

    store = _store()
    found = _Found()
    for row in store.rows():
        found.take(row, store.checker.digest)
    count = jobs or options.cores()
    with Workers(count, preload=("symrep.commands.replay_worker",)) as workers, ThreadPoolExecutor(count) as pool:
        try:
            for said, keys in pool.map(lambda c: (_replay(c[0], workers, timeout), c[1]), found.certificates.items()):
                found.judge(said, keys)
        except BaseException:
            workers.close()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    store.remove(sorted({*found.touched, *found.failed}))
    for key, why in (*((k, "not what was written") for k in found.touched), *found.failed.items()):
        click.echo(f"{key[:12]}…: {why}; removed", err=True)
    for why in found.unchecked:
        click.echo(why, err=True)
    if as_json:
        click.echo(json.dumps({"schema": _SCHEMA, "path": str(store.path), **found.to_json()}, indent=1))
    else:
        click.echo(found.in_words())
    return 1 if found.touched or found.failed else 0


def _store() -> Store:
    """The store in use.

    Raises:
        BadInput: there is none.
    """
    from symrep.running.remember import VARIABLE, current

    store: Store | None = current()
    if store is None:
        raise BadInput("symrep store", "a store", f"none ({VARIABLE}={os.environ.get(VARIABLE, '')})", "--store PATH")
    return store


def _asked(row: Row) -> str:
    try:
        return str(json.loads(row.question)["question"]["ask"])
    except (ValueError, RecursionError, LookupError, TypeError):
        return "unreadable"


# --- certificates -------------------------------------------------------------------------------------------------


@final
@dataclass
class _Found:
    """What a check found; ``certificates`` maps the text of each to the keys of the rows that rest on it."""

    rows: int = 0
    others: int = 0
    checked: int = 0
    touched: list[str] = field(default_factory=list)
    certificates: dict[str, list[str]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    unchecked: list[str] = field(default_factory=list)

    def take(self, row: Row, checker: str) -> None:
        self.rows += 1
        if not row.sound:
            self.touched.append(row.key)
        elif row.checker != checker:
            self.others += 1
        else:
            for certificate in _certificates(json.loads(row.question)["question"], json.loads(row.answer)):
                text = json.dumps(certificate, separators=(",", ":"), sort_keys=True)
                self.certificates.setdefault(text, []).append(row.key)

    def judge(self, said: tuple[bool | None, str], keys: list[str]) -> None:
        checks, words = said
        if checks is None:
            self.unchecked.append(f"{keys[0][:12]}…: {words}")
        elif checks:
            self.checked += 1
        else:
            self.failed |= dict.fromkeys(keys, words)

    def to_json(self) -> Json:
        return {
            "rows": self.rows,
            "of_other_checkers": self.others,
            "touched": len(self.touched),
            "certificates": len(self.certificates),
            "checked": self.checked,
            "not_checked": len(self.unchecked),
            "failed": sorted(self.failed),
        }

    def in_words(self) -> str:
        parts = [f"{self.rows} rows", f"{self.checked} of {len(self.certificates)} certificates check"]
        if self.others:
            parts.append(f"{self.others} rows of other checkers, not looked into")
        if self.touched:
            parts.append(f"{len(self.touched)} rows were touched and are removed")
        if self.failed:
            parts.append(f"{len(self.failed)} rows rest on what does not check and are removed")
        return "; ".join(parts)


def _certificates(question: Mapping[str, Any], answer: Any) -> Iterator[Json]:
    """The certificates behind whatever a row calls proved; one that is missing comes out as one that cannot check."""
    if question["ask"] == "kernel.prove":
        if answer.get("value", {}).get("proved"):
            yield {"schema": _CERTIFICATE, "claim": question["payload"]["claim"]}
    elif question["ask"] == "verify":
        if answer["status"] == "proved":
            yield answer["certificate"] or {}
    elif question["ask"] == "script":
        for d in answer["derivations"]:
            for part in _parts(d["report"]):
                if part["verdict"]["status"] == "proved":
                    yield part["verdict"]["certificate"] or {}
    elif question["ask"] == "script.written":
        from symrep.commands.pieces import certificates_in

        for d in certificates_in(answer):
            for part in _parts(d):
                if part["status"] == "proved":
                    yield part["certificate"] or {}


def _parts(derivation: Mapping[str, Any]) -> Iterator[Json]:
    for step in derivation["steps"]:
        yield from step["parts"]


def _replay(certificate: str, workers: Workers, seconds: float) -> tuple[bool | None, str]:
    """Whether it checks, None if that was not found out; and what there is to say."""
    from symrep.running.worker import RemoteError, TimedOut, WorkerError

    try:
        answer = workers.call("kernel.replay", {"certificate": json.loads(certificate)}, seconds)
    except TimedOut:
        return None, f"not checked: {seconds:g} s were not enough; --timeout gives it longer"
    except RemoteError as e:
        return None, f"not checked: {e.type}: {e.message[:200]}"
    except WorkerError as e:
        return None, f"not checked: {e}"
    return answer["status"] == "ok", f"its certificate does not check: {answer['says']}"
