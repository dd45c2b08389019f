"""``symrep check``: documents, every claim in them judged, what is wrong corrected in the author's own LaTeX."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from symrep.commands import options
from symrep.errors import BadInput, SymrepError

if TYPE_CHECKING:
    from symrep.checking.files import Checked
    from symrep.reading.documents import Source

__all__ = ["command"]

SCHEMA: Final = "symrep.check/1"
_WHAT: Final = "symrep check"
_HOW: Final = "symrep check FILE, a post (.md), a paper (.tex) or a notebook (.ipynb)"
_STATUSES: Final = ("proved", "supported", "admitted", "undecided", "refuted", "not_checked")

Json = dict[str, Any]


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--fix", is_flag=True, help="Write the corrections into the files.")
@click.option("--output", metavar="FILE", help="With --fix and one file: write there instead.")
@click.option("--diff", is_flag=True, help="Show the corrections as a unified diff.")
@click.option("--explain", is_flag=True, help="Say how every formula was read, what was guessed, what was assumed.")
@click.option("--strict", is_flag=True, help="Exit with 3 when anything is undecided or not checked.")
@click.option("--sarif", metavar="FILE", help="Write a SARIF 2.1.0 log for code review.")
@options.jobs
@options.timeout(20.0, "How long one claim may take.")
@options.store
@options.as_json
def command(
    files: Sequence[str],
    fix: bool,
    output: str | None,
    diff: bool,
    explain: bool,
    strict: bool,
    sarif: str | None,
    jobs: int | None,
    timeout: float,
    as_json: bool,
) -> int:
    """Check documents: Markdown, TeX, notebooks. Every claimed equality is judged; what is wrong is corrected.

    Exit codes: 0 nothing is wrong; 1 something is refuted; 2 a file or a pragma cannot be used; 3 with --strict,
    something is undecided or not checked.
    """
    if output is not None and (not fix or len(files) != 1):
        raise BadInput("--output", "--fix and one file", f"{len(files)} files", f"{_WHAT} --fix --output NEW FILE")
    from symrep.reading.documents import load
    from symrep.reading.documents.opening import kind_of

    sources, errors = [], []
    for name in files:
        try:
            source = load(name)
            kind_of(source.path)
            sources.append(source)
        except BadInput as e:
            errors.append(str(e))
    found, broken = _checked(sources, timeout, min(jobs or options.cores(), 64), as_json)
    errors += broken
    errors += [e for c in found for e in c.errors]
    code = _exit_code(found, errors, strict)
    if sarif is not None:
        from symrep.commands.sarif import log

        _write(Path(sarif), json.dumps(log(found), indent=1, ensure_ascii=False).encode("utf-8", "replace"))
    if fix:
        for c in found:
            _fixed(c, output)
    if as_json:
        document = {
            "schema": SCHEMA,
            "files": [_file_json(c, explain) for c in found],
            "summary": _summary(found, errors, code),
        }
        click.echo(_clean(json.dumps(document, indent=1, ensure_ascii=False)))
    else:
        from symrep.commands.check_output import shown

        for c in found:
            for line in shown(c, explain, _coloured(), shutil.get_terminal_size().columns):
                click.echo(_clean(line), color=_coloured())
    if diff:
        for c in found:
            text = _diff(c)
            if text:
                click.echo(_clean(text), nl=False, err=as_json)
    if not as_json:
        click.echo(_counted(found, errors))
    for error in errors:
        click.echo(_clean(f"symrep: {' '.join(error.split())}"), err=True)
    return code


def _coloured() -> bool:
    import sys

    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and sys.stdout.isatty()


def _checked(sources: Sequence[Source], seconds: float, jobs: int, quiet: bool) -> tuple[list[Checked], list[str]]:
    """Every document; and what kept some from being checked."""
    from symrep.checking.files import check
    from symrep.running.worker import PRELOAD, Workers

    out: list[Checked] = []
    errors: list[str] = []
    if not sources:
        return out, errors
    with Workers(1, (*PRELOAD, "symrep.checking.child")) as workers:
        for source in sources:
            try:
                out.append(check(source, seconds, jobs, workers))
            except SymrepError as e:
                errors.append(str(e))
    return out, errors


# --- corrections --------------------------------------------------------------------------------------------------


def _edits(c: Checked) -> list[tuple[int, int, str]]:
    """The corrections of a document, none overlapping another."""
    out: list[tuple[int, int, str]] = []
    at = 0
    fixes = [s["fix"] for s in c.steps if s["fix"] is not None]
    for f in sorted(fixes, key=lambda f: (f["start"], f["end"])):
        if f["start"] >= at:
            out.append((f["start"], f["end"], f.get("text", f["latex"])))
            at = max(f["end"], f["start"] + 1)
    return out


def _fixed(c: Checked, output: str | None) -> None:
    """Write a document with its corrections, if it has any."""
    edits = _edits(c)
    if output is not None:
        _write(Path(output), c.source.edited(edits))
    elif edits:
        path = Path(c.source.path)
        if path.read_bytes() != c.source.data:
            raise BadInput("--fix", "a file that does not change meanwhile", c.source.path)
        _write(path, c.source.edited(edits))


def _write(path: Path, data: bytes) -> None:
    """All of it or nothing; a link stays one, and the file its mode."""
    path = path.resolve()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        if path.exists():
            os.chmod(name, path.stat().st_mode & 0o7777)
        else:
            umask = os.umask(0)
            os.umask(umask)
            os.chmod(name, 0o666 & ~umask)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _diff(c: Checked) -> str:
    import difflib

    new = c.source.edited(_edits(c)).decode(c.source.encoding, "replace").splitlines(keepends=True)
    old = c.source.data.decode(c.source.encoding, "replace").splitlines(keepends=True)
    lines = difflib.unified_diff(old, new, f"a/{c.source.path}", f"b/{c.source.path}")
    return "".join(x if x.endswith("\n") else x + "\n\\ No newline at end of file\n" for x in lines)


# --- saying it ----------------------------------------------------------------------------------------------------


def _file_json(c: Checked, explain: bool) -> Json:
    out = c.to_json()
    if explain:
        out |= {"guesses": c.guesses, "assumed": c.assumed}
    return out


def _counts(found: Sequence[Checked]) -> dict[str, int]:
    steps = [s for c in found for s in c.steps]
    return {status: sum(s["status"] == status for s in steps) for status in _STATUSES}


def _open(found: Sequence[Checked]) -> bool:
    """Is anything undecided, or not checked against its author's wish?"""
    steps = [s for c in found for s in c.steps]
    if any(s["status"] in ("undecided", "not_checked") and s["message"] != "wanted" for s in steps):
        return True
    return any(u["code"] != "wanted" for c in found for u in c.not_checked)


def _exit_code(found: Sequence[Checked], errors: Sequence[str], strict: bool) -> int:
    if errors:
        return 2
    if any(s["status"] == "refuted" for c in found for s in c.steps):
        return 1
    return 3 if strict and _open(found) else 0


def _summary(found: Sequence[Checked], errors: Sequence[str], code: int) -> Json:
    return {
        "files": len(found),
        "steps": sum(len(c.steps) for c in found),
        **_counts(found),
        "definitions": sum(len(c.definitions) for c in found),
        "unread": sum(len(c.not_checked) for c in found),
        "fixes": sum(len(_edits(c)) for c in found),
        "errors": list(errors),
        "exit_code": code,
    }


def _counted(found: Sequence[Checked], errors: Sequence[str]) -> str:
    parts = [f"{n} {status.replace('_', ' ')}" for status, n in _counts(found).items() if n]
    left = sum(len(c.not_checked) for c in found)
    if left:
        parts.append(f"{left} formula{'s' if left > 1 else ''} not read")
    return ", ".join(parts) or ("nothing was checked" if errors else "no claims")


def _clean(text: str) -> str:
    """What may go to a terminal: no control characters but ends of lines and our own colours, no half characters."""
    return "".join("\ufffd" if _bad(c) else c for c in text)


def _bad(c: str) -> bool:
    return (c < " " and c not in "\n\t\x1b") or "\x7f" <= c < "\xa0" or "\ud800" <= c <= "\udfff"
