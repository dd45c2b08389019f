"""What a run leaves on disk: LaTeX and certificates, the same bytes for the same verdicts, and a report of the run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, final

from symrep.commands.outcome import Outcome, summary
from symrep.errors import BadInput
from symrep.render.html import page
from symrep.render.latex import document
from symrep.report import DerivationReport, Part, StepReport

__all__ = ["CERTIFICATE", "RUN", "Written", "run_document", "write"]

CERTIFICATE: Final = "symrep.derivation/1"
RUN: Final = "symrep.run/1"


@final
@dataclass
class Written:
    """Where things went, told from the output folder."""

    folder: Path
    latex: dict[str, str] = field(default_factory=dict)  # label of a script -> file
    certificates: dict[tuple[str, int], str] = field(default_factory=dict)  # label, number of the derivation -> file


def write(outcomes: Sequence[Outcome], folder: Path, code: int) -> Written:
    """Write everything; files of scripts that were not run stay as they are.

    Raises:
        BadInput: the folder cannot be written to.
    """
    done = Written(folder)
    try:
        for o in outcomes:
            if o.reports or not o.error:
                done.latex[o.script.label] = _put(
                    folder, f"latex/{o.script.label}.tex", document(o.script.shown, o.reports)
                )
            _certificates(o, done)
        _put(folder, "report.json", _json(run_document(outcomes, code, done), 8))
        _put(folder, "report.html", page([r for o in outcomes for r in o.reports], _links(outcomes, done)))
    except OSError as e:
        raise BadInput("--output", "a folder that can be written to", f"{e.filename}: {e.strerror}") from e
    return done


def _put(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
    return name


def _json(data: Any, deep: int) -> str:
    """JSON with a line for everything down to some depth, and what lies deeper on one line."""
    return _spread(data, deep, "") + "\n"


def _spread(data: Any, deep: int, indent: str) -> str:
    if not deep or not data or not isinstance(data, (dict, list, tuple)):
        return json.dumps(data, ensure_ascii=False)
    inner = indent + " "
    if isinstance(data, dict):
        items = [f"{json.dumps(str(k), ensure_ascii=False)}: {_spread(v, deep - 1, inner)}" for k, v in data.items()]
        left, right = "{}"
    else:
        items = [_spread(v, deep - 1, inner) for v in data]
        left, right = "[]"
    return f"{left}\n{inner}" + f",\n{inner}".join(items) + f"\n{indent}{right}"


# --- certificates -------------------------------------------------------------------------------------------------


def _certificates(o: Outcome, done: Written) -> None:
    """One file a derivation; those of derivations the script no longer has are removed."""
    base = f"certificates/{o.script.label}"
    wanted: set[str] = set()
    for number, report in enumerate(o.reports):
        stem, n = report.name, 1
        while f"{stem}.json" in wanted:
            n += 1
            stem = f"{report.name}-{n}"
        wanted.add(f"{stem}.json")
        text = _json(_certificate(o.script.label, report), 5)
        done.certificates[o.script.label, number] = _put(done.folder, f"{base}/{stem}.json", text)
    if not o.error:
        for file in (done.folder / base).glob("*.json"):
            if file.name not in wanted:
                file.unlink()


def _certificate(label: str, r: DerivationReport) -> dict[str, Any]:
    """A report without durations and folders: the same verdicts give the same bytes."""
    return {
        "schema": CERTIFICATE,
        "script": label,
        "name": r.name,
        "lineno": r.lineno,
        "theorem": r.theorem,
        "source": r.source,
        "status": r.status.name.lower(),
        "expected": dict(r.expected) if r.expected else None,
        "met": r.met,
        "error": r.error,
        "hypotheses": list(r.hypotheses),
        "steps": [{**_step(s), "parts": [_part(p) for p in s.parts]} for s in r.steps],
    }


def _step(s: StepReport) -> dict[str, Any]:
    data = s.to_json()
    del data["parts"], data["seconds"]
    return data


def _part(p: Part) -> dict[str, Any]:
    """The certificate says the claim; a part without one says it itself, once either way."""
    certificate = p.verdict.get("certificate")
    verdict = {k: v for k, v in p.verdict.items() if k != "certificate"}
    return {
        "what": p.what,
        **verdict,
        "certificate": certificate,
        "claim": None if certificate or not p.claim else dict(p.claim),
    }


# --- the run ------------------------------------------------------------------------------------------------------


def run_document(outcomes: Sequence[Outcome], code: int, done: Written) -> dict[str, Any]:
    """What ``--json`` and ``report.json`` say. Claims are left to the certificates."""
    return {
        "schema": RUN,
        "scripts": [_script(o, done) for o in outcomes],
        "summary": summary(outcomes, code),
    }


def _script(o: Outcome, done: Written) -> dict[str, Any]:
    label = o.script.label
    return {
        "path": o.script.shown,
        "latex": done.latex.get(label),
        "error": o.error or None,
        "derivations": [_derivation(r, done.certificates.get((label, n))) for n, r in enumerate(o.reports)],
    }


def _derivation(r: DerivationReport, certificate: str | None) -> dict[str, Any]:
    data = r.to_json()
    broken = r.first_broken
    data["first_broken"] = broken.number if broken else None
    data["error"] = r.error or None
    data["certificate"] = certificate
    data["steps"] = [
        {
            **_step(s),
            "seconds": round(s.seconds, 3),
            "parts": [{"what": p.what, **_brief(p.verdict)} for p in s.parts],
        }
        for s in r.steps
    ]
    data["seconds"] = round(r.seconds, 3)
    return data


def _brief(verdict: Mapping[str, Any]) -> dict[str, Any]:
    return {k: verdict[k] for k in ("status", "reason", "message") if k in verdict}


def _links(outcomes: Sequence[Outcome], done: Written) -> dict[str, str]:
    """The page knows a derivation by its script's name; names two scripts share get no link rather than a wrong one."""
    found: dict[str, set[str]] = {}
    for o in outcomes:
        for n, r in enumerate(o.reports):
            found.setdefault(f"{Path(r.path).name}::{r.name}", set()).add(done.certificates[o.script.label, n])
    return {key: next(iter(links)) for key, links in found.items() if len(links) == 1}
