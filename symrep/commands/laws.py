"""``symrep laws``: every law on families and transforms of the catalogue, of installed packages, or of a file."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from symrep.commands import options
from symrep.errors import SymrepError

if TYPE_CHECKING:
    from symrep.laws.catalogue import Entry

__all__ = ["command"]

Json = dict[str, Any]

SCHEMA: Final = "symrep.laws/1"
#: fields that are judged by the density: when hardly one agrees with it, it is the density that is wrong
_OF_DENSITY: Final = frozenset({"cdf", "quantile", "mean", "variance", "entropy", "mode", "pathwise"})
_ORDER: Final = ("refuted", "undecided", "admitted", "supported", "proved")
#: silence of a family's process, beyond what a question may cost, before it is killed
_GRACE: Final = 25.0


@click.command("laws")
@click.argument("what", nargs=-1, metavar="[FAMILY | TRANSFORM | FILE.py]...")
@click.option("--law", "names", multiple=True, metavar="LAW", help="Only this law; may be repeated.")
@options.jobs
@options.timeout(10.0, "How long one question may take.")
@click.option("--strict", is_flag=True, help="Exit with 3 when anything is undecided.")
@click.option("--verbose", "-v", is_flag=True, help="Show also what holds.")
@click.option("--certificates", is_flag=True, help="With --json: the kernel's certificates, too.")
@options.store
@options.as_json
def command(
    what: Sequence[str],
    names: Sequence[str],
    jobs: int | None,
    timeout: float,
    strict: bool,
    verbose: bool,
    certificates: bool,
    as_json: bool,
) -> int:
    """Judge families and transforms by the laws each has to obey: those named, those of a file, or the whole catalogue.

    The word transforms stands for all transforms.

    Exit codes: 0 everything is proved or supported; 1 something is refuted; 2 a file or a package cannot be used, or
    the call is wrong; 3 with --strict, something is undecided.
    """
    from symrep.laws.counterparts import missing
    from symrep.laws.judging import laws

    laws(names)
    files = [w for w in what if w.endswith(".py") or "/" in w]
    entries, transforms, complaints = _entries([w for w in what if w not in files], files, names)
    results = _judged(entries, transforms, files, names, jobs or options.cores(), timeout)
    code = _exit_code(results, complaints, strict)
    if not certificates:
        for r in results:
            for f in r["findings"]:
                f.pop("certificate", None)
    if as_json:
        document = {
            "schema": SCHEMA,
            "families": [r for r in results if not _is_transform(r)],
            "transforms": [r for r in results if _is_transform(r)],
            "plugins": [str(c) for c in complaints],
            "not_compared": missing(),
            "summary": _summary(results, code),
        }
        click.echo(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        for r in results:
            _show(r, verbose or len(results) == 1)
        click.echo(_counted(results))
    if missing():
        click.echo(f"not compared with {', '.join(missing())}: not installed", err=True)
    for c in complaints:
        click.echo(str(c), err=True)
    for r in results:
        if r["error"]:
            click.echo(f"{r['name']}: {r['error']}", err=True)
    return code


def _entries(
    what: Sequence[str], files: Sequence[str], names: Sequence[str]
) -> tuple[list[Entry], list[str], Sequence[SymrepError]]:
    """Families, names of transforms, and packages that could not be used."""
    if files and not what:
        return [], [], []
    from symrep.laws.bijections import all_transforms
    from symrep.laws.catalogue import chosen, load_all

    known = all_transforms()
    transforms = [w for w in what if w in known] if "transforms" not in what else list(known)
    both = {f.name for f in load_all()[0]}  # Reciprocal is a law and a map: both are meant
    families = [w for w in what if w != "transforms" and (w not in known or w in both)]
    if what and not families:
        return [], transforms, load_all()[1]
    entries, complaints = chosen(families)
    return entries, transforms if what or names else list(known), complaints


def _is_transform(r: Mapping[str, Any]) -> bool:
    return r.get("kind") == "transform"


# --- judging ------------------------------------------------------------------------------------------------------


def _judged(
    entries: Sequence[Entry],
    transforms: Sequence[str],
    files: Sequence[str],
    names: Sequence[str],
    jobs: int,
    seconds: float,
) -> list[Json]:
    from symrep.laws.remembered import keep, known
    from symrep.laws.remote import PREFIX, TRANSFORM
    from symrep.running.scripts import run_scripts

    found = {f.name: known(f, names, seconds) for f in entries}
    todo = {PREFIX + f.name: f for f in entries if found[f.name] is None}
    paths = [*todo, *(TRANSFORM + t for t in transforms), *(str(Path(f)) for f in files)]
    watch = _Watch(len(paths))
    say = {"seconds": seconds, "laws": list(names)}
    out = [r for r in found.values() if r is not None]

    def done(run: Mapping[str, Any]) -> None:
        """Kept at once: a long run that is interrupted goes on where it was."""
        results = _results(run)
        out.extend(results)
        if run["path"] in todo and len(results) == 1:
            keep(todo[run["path"]], names, seconds, results[0], run["standing"])

    if paths:
        run_scripts(paths, jobs, 2 * seconds + _GRACE, watch, say, judge="laws", on_result=done)
    return sorted(out, key=lambda r: (r["file"], r["name"]))


def _results(run: Mapping[str, Any]) -> list[Json]:
    """What a process told, by family."""
    path = run["path"] if run["path"].endswith(".py") or "/" in run["path"] else ""
    out: dict[str, Json] = {}
    for event in run["events"]:
        if event.get("event") == "family" and event["family"]["name"] not in out:
            head = event["family"]
            out[head["name"]] = {**head, "file": path, "status": "", "findings": [], "seconds": 0.0, "error": None}
    for d in run["derivations"]:
        name, _, step = d["name"].partition(".")
        law = step.partition(".")[0]
        findings = [e["finding"] for e in d["events"] if e.get("event") == "line"]
        if d["outcome"] != "done":
            findings.append(_broken(law, d))
        if name in out:
            out[name]["findings"] += findings
    error = run["error"]
    if error is not None and not out:
        shown = path or run["path"].partition(":")[2]
        out[shown] = {"name": shown, "file": path, "status": "", "findings": [], "seconds": 0.0, "error": None}
    for r in out.values():
        r["error"] = f"{error['message']}" if error is not None else None
        r["seconds"] = round(sum(f["seconds"] for f in r["findings"]), 3)
        statuses = [f["status"] for f in r["findings"]]
        r["status"] = next((s for s in _ORDER if s in statuses), "undecided")
        r["suspects"] = _suspects(r["findings"])
    return list(out.values())


def _suspects(findings: Sequence[Json]) -> list[str]:
    """The fields that are likely to be wrong: where most of an entry disagrees with its density, that."""
    refuted = [f for f in findings if f["status"] == "refuted"]
    if any(f["law"] in ("nonnegative", "mass") for f in refuted):
        return ["density", "support"]
    fields = list(dict.fromkeys(f["stated"] for f in refuted if f["stated"]))
    stated = {f["stated"] for f in findings if f["stated"] in _OF_DENSITY}
    if len(stated) >= 3 and len(stated - set(fields)) <= len(stated) / 4:
        return ["density", *fields]
    return fields or sorted({f["law"] for f in refuted})


def _broken(law: str, d: Mapping[str, Any]) -> Json:
    what = next((e["what"] for e in d["events"] if e.get("event") == "question"), "")
    doing = "answering it" if what else "finding out what there is to ask"
    why = d["error"]["message"] if d["error"] else d["outcome"]
    words = f"{doing} took too long or failed, and was broken off: {why}"
    return {
        "law": law,
        "claim": what or law,
        "status": "undecided",
        "reason": "budget-spent" if d["outcome"] == "timed-out" else "error",
        "message": words,
        "mistake": "",
        "stated": "",
        "derived": False,
        "witness": None,
        "diagnosis": None,
        "evidence": [],
        "hypotheses": [],
        "almost_everywhere": False,
        "seconds": d["seconds"],
    }


class _Watch:
    """Progress on standard error: a line for each family when it is begun, and how many that makes."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._begun: set[str] = set()

    def __call__(self, event: Mapping[str, Any]) -> None:
        if event.get("event") != "family":
            return
        name = event["family"]["name"]
        if name not in self._begun:
            self._begun.add(name)
            click.echo(f"{len(self._begun)}/{max(self._total, len(self._begun))} {name}", err=True)


# --- saying it ----------------------------------------------------------------------------------------------------


def _counts(findings: Sequence[Json]) -> dict[str, int]:
    return {s: sum(f["status"] == s for f in findings) for s in reversed(_ORDER)}


def _all(results: Sequence[Json]) -> list[Json]:
    return [f for r in results for f in r["findings"]]


def _in_words(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{n} {s}" for s, n in counts.items() if n) or "no claims"


def _wrapped(text: str, indent: int) -> str:
    """As wide as the terminal, further lines under the words."""
    room = max(40, shutil.get_terminal_size().columns)
    first, rest = " " * indent, " " * 12
    return textwrap.fill(text, room, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def _counted(results: Sequence[Json]) -> str:
    maps = sum(map(_is_transform, results))
    families = len(results) - maps
    parts = [f"{families} famil{'y' if families == 1 else 'ies'}"] if families or not maps else []
    parts += [f"{maps} transform{'' if maps == 1 else 's'}"] if maps else []
    return f"{', '.join(parts)}: {_in_words(_counts(_all(results)))}"


def _exit_code(results: Sequence[Json], complaints: Sequence[SymrepError], strict: bool) -> int:
    statuses = {f["status"] for f in _all(results)}
    if "refuted" in statuses:
        return 1
    if complaints or any(r["error"] for r in results):
        return 2
    return 3 if strict and "undecided" in statuses else 0


def _summary(results: Sequence[Json], code: int) -> Json:
    findings = _all(results)
    counts = _counts(findings)
    laws: dict[str, Json] = {}
    for f in findings:
        laws.setdefault(f["law"], dict.fromkeys(reversed(_ORDER), 0))[f["status"]] += 1
    return {
        "families": sum(not _is_transform(r) for r in results),
        "transforms": sum(map(_is_transform, results)),
        "families_by_status": {
            s: sum(r["status"] == s for r in results if not _is_transform(r)) for s in reversed(_ORDER)
        },
        "claims": len(findings),
        **counts,
        "shares": {s: round(n / len(findings), 4) if findings else 0.0 for s, n in counts.items()},
        "laws": laws,
        "undecided_without_reason": sum(f["status"] == "undecided" and not f["message"] for f in findings),
        "seconds": round(sum(r["seconds"] for r in results), 3),
        "exit_code": code,
    }


def _show(r: Json, everything: bool) -> None:
    if not r["findings"]:
        return
    head = f"{r['name']}({', '.join(r.get('parameters', {}))})"
    click.echo(f"{click.style(head, bold=True)}  {_in_words(_counts(r['findings']))}")
    for f in r["findings"]:
        if everything or f["status"] in ("refuted", "undecided"):
            derived = " (derived)" if f["derived"] else ""
            click.echo(_wrapped(f"{f['status'].upper():<9} {f['law']}: {f['claim']}{derived}", 2))
            if f["status"] in ("refuted", "undecided"):
                click.echo(_wrapped(f["message"], 12))
    if r.get("suspects"):
        click.echo(f"  look at: {', '.join(r['suspects'])}")
