"""``symrep replay``: check certificates again, twice over, in processes that can be killed.

The kernel checks them, and so does the auditor, which was written apart from it and shares no code with it: only what
both accept checks.
"""

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
    #: of each certificate: line, what, and the answer of each checker
    results: list[dict[str, Any]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    unproved: list[str] = field(default_factory=list)
    malformed: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "path": self.path.as_posix(),
            "status": self.status or None,
            "certificates": self.count,
            "checked": self.checked,
            "results": self.results,
            "checks": not (self.wrong or self.malformed),
            "wrong": self.wrong,
            "not_proved": self.unproved,
            "error": self.malformed or None,
        }


@click.command("replay")
@click.argument("certificates", nargs=-1, required=True, metavar="CERT...")
@options.jobs
@options.timeout(60.0, "How long one certificate may take each checker.")
@click.option(
    "--by",
    type=click.Choice(["both", "kernel", "auditor"]),
    default="both",
    help="Who checks: the kernel, the auditor that was written apart from it, or both. [default: both]",
)
@options.as_json
def command(certificates: Sequence[str], jobs: int | None, timeout: float, by: str, as_json: bool) -> int:
    """Check certificates again: files, or folders of them, such as build/certificates.

    Every claim goes through the kernel once more and through the auditor, a second checker that shares no code with
    the first, and the claims have to link one line to the next. What one of the two does not accept does not check.
    Which formula a line was typeset as is beyond a certificate.

    Exit codes: 0 everything checks; 1 something does not; 2 a file is no certificate.
    """
    from concurrent.futures import ThreadPoolExecutor

    from symrep.running.worker import Workers

    files = [_File(p) for p in _find(certificates)]
    count = min(jobs or options.cores(), len(files))
    checkers = tuple(_CHECKERS) if by == "both" else (by,)
    preload = tuple(_CHECKERS[c].module for c in checkers)
    with Workers(count, preload=preload) as workers, ThreadPoolExecutor(count) as pool:
        try:
            for file in pool.map(lambda f: _check(f, workers, timeout, checkers), files):
                _tell(file, err=as_json)
        except BaseException:
            workers.close()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    bad, malformed = sum(bool(f.wrong) for f in files), sum(bool(f.malformed) for f in files)
    good = len(files) - sum(bool(f.wrong or f.malformed) for f in files)
    code = 2 if malformed else 1 if bad else 0
    if as_json:
        summary: dict[str, Any] = {
            "files": len(files),
            "check": good,
            "fail": bad,
            "malformed": malformed,
            "exit_code": code,
        }
        summary |= {"checkers": list(checkers), "disagreements": sum(_disagree(r) for f in files for r in f.results)}
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


def _check(file: _File, workers: Workers, seconds: float, checkers: Sequence[str]) -> _File:
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
            answers = {c: _ask(c, certificate, workers, seconds) for c in checkers}
            file.results.append({"line": number or None, "what": what, **{c: a.to_json() for c, a in answers.items()}})
            for checker, answer in answers.items():
                if answer.status != "ok":
                    said = f"{checker}: {_WORDS[answer.status]}{answer.says}"
                    file.wrong.append(f"line {number}: {what}: {said}" if number else said)
            file.checked += all(a.status == "ok" for a in answers.values())
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


@final
@dataclass(frozen=True)
class _Checker:
    module: str
    function: str


_CHECKERS: Final = {
    "kernel": _Checker("symrep.commands.replay_worker", "kernel.replay"),
    "auditor": _Checker("symrep.commands.audit_worker", "audit.replay"),
}
#: what precedes the reason, by status
_WORDS: Final = {
    "fails": "does not check: ",
    "not covered": "does not check, not covered: ",
    "not checked": "not checked: ",
}


@final
@dataclass(frozen=True)
class _Answer:
    status: str
    says: str

    def to_json(self) -> dict[str, str]:
        return {"status": self.status, "says": self.says}


def _disagree(result: Mapping[str, Any]) -> bool:
    return len({result[c]["status"] == "ok" for c in _CHECKERS if c in result}) > 1


def _ask(checker: str, certificate: Mapping[str, Any], workers: Workers, seconds: float) -> _Answer:
    """What one checker says of a certificate: ok, fails, not covered, or not checked.

    Raises:
        BadInput: it is no certificate.
    """
    from symrep.running.worker import RemoteError, TimedOut, WorkerDied

    try:
        answer = workers.call(_CHECKERS[checker].function, {"certificate": certificate}, seconds)
    except TimedOut:
        return _Answer("not checked", f"{seconds:g} s were not enough; --timeout gives it longer")
    except WorkerDied:
        return _Answer("not checked", "the process that checked it died")
    except RemoteError as e:
        return _Answer("fails", f"{e.type}: {e.message[:200]}")
    says = str(answer["says"])[:300]
    if answer["status"] == "malformed":
        raise BadInput("certificate", f"a claim the {checker} can read", says)
    return _Answer(answer["status"], says)


def _tell(file: _File, err: bool) -> None:
    if file.malformed:
        click.echo(f"{file.path}: no certificate: {file.malformed}", err=True)
        return
    both = all(len(_CHECKERS.keys() & r.keys()) > 1 for r in file.results) and file.results
    many = f"{file.checked} of {file.count} certificates check" + (", by kernel and auditor" if both else "")
    status = f"{file.status.upper()}, " if file.status else ""
    open_ = f"; not certified: {', '.join(file.unproved)}" if file.unproved else ""
    click.echo(f"{file.path}: {'FAILS, ' if file.wrong else status}{many}{open_}", err=err)
    for wrong in file.wrong:
        click.echo(f"  {wrong}", err=err)
