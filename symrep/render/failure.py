"""What a failing test prints: one derivation or one identity, in plain text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from symrep.render.plain import plain
from symrep.render.words import findings, labels, said, sentence, sides, text_of, witness_point
from symrep.report import DerivationReport, StepReport
from symrep.verdict import Diagnosis, Status, Verdict

__all__ = ["derivation_failure", "identity_failure"]


def derivation_failure(r: DerivationReport, needed: Status) -> str:
    """Why a derivation is not what a test needs it to be; the line that decides is shown."""
    out: list[str] = []
    if r.expected is not None:
        e = r.expected
        out.append(
            f"{r.name} is {_found(r)}; it has to be {str(e['status']).upper()} ({e['reason']}) at line {e['line']}"
        )
    else:
        out.append(f"{r.name} is {r.status.name}; at least {needed.name} is needed")
    weakest = r.first_broken or next((s for s in r.steps if s.status < needed), None)
    if weakest is not None:
        out += [f"{Path(r.path).name}:{weakest.lineno}: line {weakest.number}", *_step(weakest)]
    if r.error:
        out.append(sentence(r.error))
    return "\n".join(out)


def _found(r: DerivationReport) -> str:
    broken = r.first_broken
    return f"{r.status.name} ({broken.code}) at line {broken.number}" if broken else r.status.name


def _step(s: StepReport) -> list[str]:
    out = [f"  {s.op} {plain(s.latex)}" + (f"   [{s.reason}]" if s.reason else "")]
    out.append(f"  {s.status.name} ({s.code}): {said(s)}".removesuffix(": "))
    out += _witness(s.witness, *labels(s.witness or {}))
    out += _diagnosis(s.diagnosis, s.message)
    if s.status is Status.UNDECIDED:
        for part in s.parts:
            if part.status is Status.UNDECIDED:
                out += [f"  tried for {part.what}: {said}" for said in _tried(part.verdict.get("evidence", ()))]
    return out


def identity_failure(lhs: Any, rhs: Any, verdict: Verdict, needed: Status, diagnosis: Diagnosis | None) -> str:
    out = [f"{lhs} = {rhs}", f"  is {verdict.status.name} ({verdict.reason}); at least {needed.name} is needed"]
    told = verdict.witness is not None and verdict.witness.lhs in verdict.message
    if verdict.message and not told:
        out.append(f"  {sentence(verdict.message)}")
    out += _witness(verdict.witness.to_json() if verdict.witness else None, "left side", "right side")
    found = diagnosis or verdict.diagnosis
    out += _diagnosis(found.to_json() if found else None, verdict.message)
    if verdict.status > Status.REFUTED:
        out += [f"  tried: {said}" for said in _tried([e.to_json() for e in verdict.evidence])]
    return "\n".join(out)


def _tried(evidence: Any) -> list[str]:
    return list(dict.fromkeys(f"{e['method']}: {e['says']}" for e in evidence))


def _witness(w: Mapping[str, Any] | None, left: str, right: str) -> list[str]:
    if not w:
        return []
    point = witness_point(w)
    width = max(len(left), len(right))
    at = f"  at {point}:" if point else "  everywhere:"
    lhs, rhs = sides(w)
    return [at, f"    {left:{width}}  {lhs}", f"    {right:{width}}  {rhs}"]


def _diagnosis(d: Mapping[str, str] | None, message: str) -> list[str]:
    if not d:
        return []
    out = [f"  {text_of(found)}" for found in findings(d, message)]
    if d.get("corrected_latex"):
        status = d.get("corrected_status", "")
        out.append(f"  It should read{f' ({status.lower()})' if status else ''}: {plain(d['corrected_latex'])}")
    return out
