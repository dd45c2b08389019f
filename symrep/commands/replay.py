"""``symrep replay``: check certificates again, with the kernel alone, in processes that can be killed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, final

import click

from symrep.commands import options
from symrep.errors import BadInput

if TYPE_CHECKING:
    from symrep.running.worker import Workers

__all__ = ["command"]

#: of a derivation, as symrep run writes it; and of a single claim
_DERIVATION: Final = "symrep.derivation/1"
_SINGLE: Final = "symrep.certificate/1"
_SCHEMA: Final = "symrep.replay/1"
_MAX_BYTES: Final = 64 << 20


@final
@dataclass
class _File:
    path: Path
    status: str = ""
    count: int = 0
    checked: int = 0
    wrong: list[str] = field(default_factory=list)
    unproved: list[str] = field(default_factory=list)
    malformed: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "path": self.path.as_posix(),
            "status": self.status or None,
            "certificates": self.count,
            "checked": self.checked,
            "checks": not (self.wrong or self.malformed),
            "wrong": self.wrong,
            "not_proved": self.unproved,
            "error": self.malformed or None,
        }


@click.command("replay")
@click.argument("certificates", nargs=-1, required=True, metavar="CERT...")
@options.jobs
@options.timeout(60.0, "How long one certificate may take.")
@options.as_json
def command(certificates: Sequence[str], jobs: int | None, timeout: float, as_json: bool) -> int:
    """Check certificates again: files, or folders of them, such as build/certificates.

    Every claim goes through the kernel once more, and the claims have to link one line to the next. Which formula a
    line was typeset as is beyond a certificate.

    Exit codes: 0 everything checks; 1 something does not; 2 a file is no certificate.
    """
    from concurrent.futures import ThreadPoolExecutor

    from symrep.running.worker import Workers

    files = [_File(p) for p in _find(certificates)]
    count = min(jobs or options.cores(), len(files))
    with Workers(count, preload=("symrep.commands.replay_worker",)) as workers, ThreadPoolExecutor(count) as pool:
        try:
            for file in pool.map(lambda f: _check(f, workers, timeout), files):
                _tell(file, err=as_json)
        except BaseException:
            workers.close()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    bad, malformed = sum(bool(f.wrong) for f in files), sum(bool(f.malformed) for f in files)
    good = len(files) - sum(bool(f.wrong or f.malformed) for f in files)
    code = 2 if malformed else 1 if bad else 0
    if as_json:
        summary = {"files": len(files), "check": good, "fail": bad, "malformed": malformed, "exit_code": code}
        document = {"schema": _SCHEMA, "files": [f.to_json() for f in files], "summary": summary}
        click.echo(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        click.echo(f"{good} of {len(files)} {'file checks' if len(files) == 1 else 'files check'}")
    return code


def _find(given: Sequence[str]) -> list[Path]:
    out: dict[Path, None] = {}
    for text in given:
        path = Path(text)
        if path.is_dir():
            found = sorted(path.rglob("*.json"))
            if not found:
                raise BadInput("symrep replay", "a folder with certificates (*.json) in it", text)
            out.update(dict.fromkeys(found))
        elif path.is_file():
            out[path] = None
        else:
            raise BadInput("symrep replay", "a certificate that exists", text, "symrep replay build/certificates")
    return list(out)


def _check(file: _File, workers: Workers, seconds: float) -> _File:
    from symrep.commands.chain import Chain, chain

    try:
        data = _load(file.path)
        schema = data.get("schema")
        if schema == _SINGLE:
            todo = Chain([(0, "the certificate", data)])
        elif schema == _DERIVATION:
            todo = chain(data, _SINGLE)
            file.status = str(data["status"])
        else:
            raise BadInput("certificate", f"a document with schema {_DERIVATION} or {_SINGLE}", str(schema)[:60])
        file.wrong += todo.wrong
        file.unproved += todo.unproved
        file.count = len(todo.todo)
        for number, what, certificate in todo.todo:
            said = _replay(certificate, workers, seconds)
            if said:
                file.wrong.append(f"line {number}: {what}: {said}" if number else said)
            else:
                file.checked += 1
    except BadInput as e:
        file.malformed = str(e)
    return file


def _load(path: Path) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise BadInput("certificate", f"a file of at most {_MAX_BYTES >> 20} MB", f"{path.stat().st_size >> 20} MB")
        data = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as e:
        raise BadInput("certificate", "a JSON document", f"{type(e).__name__}: {e}"[:120]) from e
    except OSError as e:
        raise BadInput("certificate", "a file that can be read", str(e.strerror)) from e
    if not isinstance(data, dict):
        raise BadInput("certificate", "a JSON object", type(data).__name__)
    return data


def _replay(certificate: Mapping[str, Any], workers: Workers, seconds: float) -> str:
    """What is wrong with it; empty if it checks.

    Raises:
        BadInput: it is no certificate.
    """
    from symrep.running.worker import RemoteError, TimedOut, WorkerDied

    try:
        answer = workers.call("kernel.replay", {"certificate": certificate}, seconds)
    except TimedOut:
        return f"not checked: {seconds:g} s were not enough; --timeout gives it longer"
    except WorkerDied:
        return "not checked: the process that checked it died"
    except RemoteError as e:
        return f"does not check: {e.type}: {e.message[:200]}"
    if answer["malformed"]:
        raise BadInput("certificate", "a claim the kernel can read", str(answer["says"])[:300])
    return "" if answer["checks"] else f"does not check: {answer['says']}"


def _tell(file: _File, err: bool) -> None:
    if file.malformed:
        click.echo(f"{file.path}: no certificate: {file.malformed}", err=True)
        return
    many = f"{file.checked} of {file.count} certificates check"
    status = f"{file.status.upper()}, " if file.status else ""
    open_ = f"; not certified: {', '.join(file.unproved)}" if file.unproved else ""
    click.echo(f"{file.path}: {'FAILS, ' if file.wrong else status}{many}{open_}", err=err)
    for wrong in file.wrong:
        click.echo(f"  {wrong}", err=err)
