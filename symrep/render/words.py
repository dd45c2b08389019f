"""What the renderers say about a report, in words: shared by paper, page and terminal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from symrep.report import DerivationReport, StepReport
from symrep.verdict import Status

_INITIALS = frozenset("kl elbo vae iid cdf pdf mgf".split())

__all__ = ["heading", "local", "off_by", "outcome", "remark", "said", "sentence", "sides", "trusts", "witness_point"]


def heading(report: DerivationReport) -> str:
    """The derivation's name in words."""
    words = " ".join(w.upper() if w in _INITIALS else w for w in report.name.split("_") if w)
    return words[:1].upper() + words[1:]


def outcome(report: DerivationReport) -> str:
    """The status, and for a must-fail derivation whether it failed as it should."""
    if report.met is None:
        return report.status.name
    return f"{report.status.name}, {'as it should be' if report.met else 'which is not what was expected'}"


def local(text: str, path: str) -> str:
    """Text without the folder the script lies in: reports say the same wherever they were made."""
    folder = str(Path(path).parent)
    return text if folder in (".", "") else text.replace(folder.rstrip("/") + "/", "")


def remark(d: Mapping[str, str], said: str) -> str:
    """The diagnosis in words, unless it only repeats what is said elsewhere."""
    text = d.get("text", "").strip()
    repeats = text == said or (off_by(d)[0] and text.lower().rstrip(".") in ("off by a factor", "off by a term"))
    return "" if repeats else sentence(text)


_BALL = re.compile(r"\[(\S+) \+/- (\S+)\]")


def sides(witness: Mapping[str, Any]) -> tuple[str, str]:
    """The two values at the witness: six digits of tight enclosures, unless that hides the difference."""
    full = str(witness["lhs"]), str(witness["rhs"])
    short = _digits(full[0]), _digits(full[1])
    return full if short[0] == short[1] else short


def _digits(text: str) -> str:
    m = _BALL.fullmatch(text.strip())
    try:
        if m and float(m[2]) <= 1e-7 * abs(float(m[1])):
            return f"{float(m[1]):.6g}"
    except (ValueError, OverflowError):
        pass
    return text


def said(s: StepReport) -> str:
    """The message, unless the witness says the same with numbers."""
    return "" if s.witness and str(s.witness["lhs"]) in s.message else sentence(s.message)


def witness_point(witness: Mapping[str, Any]) -> str:
    """``μ = 0, σ = 2, f(t) = sin(t)`` without the Greek."""
    point = [f"{k} = {v}" for k, v in witness.get("point", {}).items()]
    functions = [f"{k}(t) = {v}" for k, v in witness.get("functions", {}).items()]
    return ", ".join([*point, *functions])


def sentence(text: str) -> str:
    """With a full stop, should it have none."""
    text = text.strip()
    return text if not text or text[-1] in ".!?:…" else text + "."


def trusts(step: StepReport) -> list[str]:
    """What a line that is not proved rests on: one sentence for each part that is not."""
    out: list[str] = []
    for part in step.parts:
        if part.status is Status.PROVED:
            continue
        said = [str(e["says"]) for e in part.verdict.get("evidence", ()) if e.get("says")]
        what = "; ".join(said) or str(part.verdict.get("message", ""))
        out.append(f"{part.what}: {what}" if what else part.what)
    if not out and step.message:
        out.append(step.message)
    return list(dict.fromkeys(out))


def off_by(diagnosis: Mapping[str, str]) -> tuple[str, str]:
    """("factor" or "term", its LaTeX); empty if the diagnosis names neither."""
    for kind in ("factor", "term"):
        if diagnosis.get(f"{kind}_latex"):
            return kind, diagnosis[f"{kind}_latex"]
    return "", ""
