"""``symrep verify``: identities from a file or the command line, each decided within a budget of its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from symrep.commands import options
from symrep.errors import BadInput, SymrepError

if TYPE_CHECKING:
    from symrep.verifying import Item

__all__ = ["command"]

#: a result as Result.to_json makes it, computed now or earlier
Json = dict[str, Any]

SCHEMA: Final = "symrep.verify/1"
_WHAT: Final = "symrep verify"
_HOW: Final = "symrep verify FILE, or symrep verify 'LHS' 'RHS'"


@click.command("verify")
@click.argument("what", nargs=-1, required=True, metavar="FILE | LHS RHS")
@click.option("--given", multiple=True, metavar="RELATION", help="What is assumed, 'sigma > 0'; may be repeated.")
@click.option(
    "--symbol", "symbols", multiple=True, metavar="'NAME: KIND'", help="'n: positive integer'; may be repeated."
)
@options.jobs
@options.timeout(20.0, "How long one identity may take.")
@click.option("--strict", is_flag=True, help="Exit with 3 when anything is undecided.")
@click.option("--diagnose/--no-diagnose", default=True, help="Say what would make a refuted one right.")
@options.store
@options.as_json
def command(
    what: Sequence[str],
    given: Sequence[str],
    symbols: Sequence[str],
    jobs: int | None,
    timeout: float,
    strict: bool,
    diagnose: bool,
    as_json: bool,
) -> int:
    """Verify identities: those of a JSON file (- is standard input), or one, LHS = RHS.

    A file holds an array of {"id", "symbols": {"sigma": "positive"}, "given": ["a < b"], "lhs", "rhs"}. On the command
    line, a symbol nobody declared is taken to be real, and this is said.

    Exit codes: 0 everything is proved or supported; 1 something is refuted; 2 something cannot be read, or the call is
    wrong; 3 with --strict, something is undecided.
    """
    items = _items(what, given, symbols)
    results = _verified(items, min(jobs or options.cores(), max(1, len(items))), timeout, diagnose)
    code = _exit_code(results, strict)
    if as_json:
        document = {"schema": SCHEMA, "results": results, "summary": _summary(results, code)}
        click.echo(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        for r in results:
            _show(r, alone=len(what) == 2)
        if len(what) == 1:
            click.echo(_counted(results))
    for r in results:
        if "error" in r:
            click.echo(f"{_named(r)}{_complaint(r)}", err=True)
    return code


# --- what is asked ------------------------------------------------------------------------------------------------


def _items(what: Sequence[str], given: Sequence[str], symbols: Sequence[str]) -> list[Item]:
    from symrep.verifying import Item, load

    if len(what) == 2:
        return [Item("", what[0], what[1], _kinds(symbols), tuple(given), default="real")]
    if len(what) != 1:
        raise BadInput(_WHAT, "a file, or two sides", f"{len(what)} arguments", _HOW)
    if given or symbols:
        raise BadInput(_WHAT, "--given and --symbol with two sides only", what[0][:60], _HOW)
    return load(_text(what[0]), what[0])


def _kinds(symbols: Sequence[str]) -> dict[str, str]:
    out: dict[str, str] = {}
    for text in symbols:
        names, colon, kind = text.partition(":")
        if not colon or not names.strip():
            raise BadInput("--symbol", "NAME: KIND", repr(text)[:60], "--symbol 'n: positive integer'")
        for name in names.replace(",", " ").split():
            if out.setdefault(name, " ".join(kind.split())) != " ".join(kind.split()):
                raise BadInput("--symbol", f"one kind for {name}", f"{out[name]} and {kind.strip()}")
    return out


def _text(name: str) -> str:
    from symrep.verifying.items import MAX_BYTES

    try:
        if name == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        elif not Path(name).is_file():
            raise BadInput(_WHAT, "a file that exists", name[:120], _HOW)
        else:
            with Path(name).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise BadInput(_WHAT, f"at most {MAX_BYTES >> 20} MB", "more", where=name)
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise BadInput(_WHAT, "text in UTF-8", f"a stray byte at {e.start}", where=name) from e
    except ValueError as e:  # a path with a null byte
        raise BadInput(_WHAT, "a file that exists", repr(name)[:120], _HOW) from e


# --- deciding -----------------------------------------------------------------------------------------------------


def _verified(items: Sequence[Item], jobs: int, timeout: float, diagnose: bool) -> list[Json]:
    """The results, in the order of the items: from the store, or computed ``jobs`` at a time."""
    from symrep.verifying.remembered import known

    found = [known(i, timeout, diagnose) for i in items]
    todo = [i for i, r in zip(items, found, strict=True) if r is None]
    if not todo:
        return [r for r in found if r is not None]
    computed = _computed(todo, jobs, timeout, diagnose)
    return list(_watched((next(computed) if r is None else r for r in found), len(items)))


def _computed(items: Sequence[Item], jobs: int, timeout: float, diagnose: bool) -> Iterator[Json]:
    """Each runs its checks in worker processes, and is stored before it is handed on."""
    from symrep.running import worker

    worker.start(sympy=diagnose or any(map(_binds, items)))
    from symrep.verifying import verify_item
    from symrep.verifying.remembered import keep

    def result(item: Item) -> Json:
        r = verify_item(item, timeout, diagnose)
        keep(r, timeout, diagnose)
        return r.to_json()

    pool = ThreadPoolExecutor(jobs)
    try:
        yield from pool.map(result, items)
    except BaseException:
        worker.close()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _binds(item: Item) -> bool:
    """Is there a word in it that may need more than closed forms do? Then it is as well to be ready."""
    return any(word in side for side in (item.lhs, item.rhs) for word in ("Integral", "Sum", "Product", "imit"))


def _watched(results: Iterator[Json], total: int) -> Iterator[Json]:
    """The same results, with progress on standard error while they come in."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not console.is_terminal or total < 2:
        step = max(1, total // 10)
        for done, r in enumerate(results, 1):
            if total > 1 and (done % step == 0 or done == total):
                click.echo(f"{done}/{total}", err=True)
            yield r
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("identities", total=total)
        for r in results:
            bar.advance(task)
            yield r


# --- saying it ----------------------------------------------------------------------------------------------------


def _counts(results: Sequence[Json]) -> dict[str, int]:
    from symrep.verdict import Status

    names = [s.name.lower() for s in reversed(Status)]
    return {name: sum(r["status"] == name for r in results) for name in names}


def _counted(results: Sequence[Json]) -> str:
    return ", ".join(f"{n} {status}" for status, n in _counts(results).items() if n) or "no identities"


def _exit_code(results: Sequence[Json], strict: bool) -> int:
    from symrep.verdict import Status

    statuses = {Status[r["status"].upper()] for r in results}
    if any("error" in r for r in results):
        return 2
    if Status.REFUTED in statuses:
        return 1
    return 3 if strict and any(s < Status.SUPPORTED for s in statuses) else 0


def _summary(results: Sequence[Json], code: int) -> dict[str, Any]:
    return {
        "identities": len(results),
        **_counts(results),
        "errors": sum("error" in r for r in results),
        "seconds": round(sum(r["seconds"] for r in results), 3),
        "exit_code": code,
    }


def _complaint(r: Json) -> str:
    return str(SymrepError(**{k: v for k, v in r["error"].items() if k != "type"}))


def _named(r: Json) -> str:
    return f"{r['id']}: " if r["id"] != "" else "symrep: "


_SIDES: Final = {"lhs": "the left side", "rhs": "the right side"}


def _show(r: Json, alone: bool) -> None:
    """One identity for a reader: its status, and where and why it fails or stays open."""
    name = "" if alone else f"{r['id']}: "
    if "error" in r and alone:
        return
    click.echo(f"{name}{r['status'].upper()}{' almost everywhere' if r['almost_everywhere'] else ''}")
    if "error" in r:
        return
    message, diagnosis = r["message"], r["diagnosis"]
    if message and (alone or r["status"] in ("refuted", "undecided")):
        click.echo(f"  {message}")
    if diagnosis is not None:
        click.echo(f"  {diagnosis['text']}")
        if diagnosis["corrected_latex"]:
            click.echo(f"  right ({diagnosis['corrected_status']}): {diagnosis['corrected_latex']}")
        for repair in diagnosis["repairs"][: 4 if alone else 1]:
            click.echo(f"  {_SIDES[repair['side']]} should be ({repair['status']}): {repair['text']}")
    for h in r["hypotheses"]:
        click.echo(f"  {h}")
    if alone:
        for e in r["evidence"]:
            if e["says"] not in message:
                click.echo(f"  {e['method']}: {e['says']}")
