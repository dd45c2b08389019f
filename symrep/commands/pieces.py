"""What one script adds to the output of a run: files, its entry in the report, its part of the page; all as text.

Typesetting takes longer than reading, so pieces are what the verdict store keeps of a script. A piece is made of an
outcome and knows nothing of other scripts; :mod:`symrep.commands.output` puts them together.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, final

from symrep.commands.options import Script
from symrep.commands.outcome import Outcome
from symrep.errors import BadInput
from symrep.render.html import Section, section
from symrep.render.latex import document
from symrep.report import DerivationReport, Part, StepReport

__all__ = ["CERTIFICATE", "Certificate", "Piece", "certificates_in", "from_json", "piece", "spread"]

CERTIFICATE: Final = "symrep.derivation/1"

#: how deep the entry of a script has a line for everything, and how far it is indented in the report
_DEEP: Final = (6, "  ")


@final
@dataclass(frozen=True)
class Certificate:
    """A file of certificates: its name in the output folder, its bytes, packed, and what they hash to."""

    name: str
    sha256: str
    packed: str

    @classmethod
    def of(cls, name: str, text: str) -> Certificate:
        content = text.encode()
        return cls(name, hashlib.sha256(content).hexdigest(), _pack(content))

    @property
    def content(self) -> bytes:
        """Raises BadInput if it is not what was packed."""
        content = _unpack(self.packed)
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise BadInput(self.name, "the certificates that were kept", "other bytes", "symrep store check")
        return content


@final
@dataclass(frozen=True)
class Piece:
    """``outcome`` without claims and certificates, and what is written of it."""

    outcome: Outcome
    latex: str | None  # None: nothing is written
    certificates: tuple[Certificate, ...]  # one a derivation
    entry: str  # JSON
    sections: tuple[Section, ...]  # one a derivation

    def to_json(self) -> dict[str, Any]:
        """Text that is looked at only as a whole is packed."""
        bulk = {
            "latex": self.latex,
            "entry": self.entry,
            "sections": [asdict(s) for s in self.sections],
            "reports": [r.to_json() for r in self.outcome.reports],
        }
        return {
            "error": self.outcome.error,
            "certificates": [asdict(c) for c in self.certificates],
            "bulk": _pack(json.dumps(bulk, separators=(",", ":")).encode()),
        }


def from_json(script: Script, data: Mapping[str, Any]) -> Piece:
    bulk = json.loads(_unpack(data["bulk"]))
    return Piece(
        Outcome(script, tuple(map(DerivationReport.from_json, bulk["reports"])), data["error"]),
        bulk["latex"],
        tuple(Certificate(**c) for c in data["certificates"]),
        bulk["entry"],
        tuple(Section(**s) for s in bulk["sections"]),
    )


def certificates_in(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What stands behind the verdicts of a piece that :meth:`Piece.to_json` made, one file after the other."""
    for c in data["certificates"]:
        yield json.loads(Certificate(**c).content)


def piece(o: Outcome) -> Piece:
    label = o.script.label
    latex = document(o.script.shown, o.reports) if o.reports or not o.error else None
    certificates = tuple(
        Certificate.of(name, spread(_certificate(label, r), 5) + "\n")
        for name, r in zip(_names(o), o.reports, strict=True)
    )
    entry = {
        "path": o.script.shown,
        "latex": None if latex is None else f"latex/{label}.tex",
        "error": o.error or None,
        "derivations": [_derivation(r, c.name) for r, c in zip(o.reports, certificates, strict=True)],
    }
    return Piece(
        replace(o, reports=tuple(map(_light, o.reports))),
        latex,
        certificates,
        spread(entry, *_DEEP),
        tuple(map(section, o.reports)),
    )


def spread(data: Any, deep: int, indent: str = "") -> str:
    """JSON with a line for everything down to some depth, and what lies deeper on one line."""
    if not deep or not data or not isinstance(data, (dict, list, tuple)):
        return json.dumps(data, ensure_ascii=False)
    inner = indent + " "
    if isinstance(data, dict):
        items = [f"{json.dumps(str(k), ensure_ascii=False)}: {spread(v, deep - 1, inner)}" for k, v in data.items()]
        left, right = "{}"
    else:
        items = [spread(v, deep - 1, inner) for v in data]
        left, right = "[]"
    return f"{left}\n{inner}" + f",\n{inner}".join(items) + f"\n{indent}{right}"


def _pack(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content, 6)).decode()


def _unpack(text: str) -> bytes:
    return zlib.decompress(base64.b64decode(text))


def _light(r: DerivationReport) -> DerivationReport:
    """Without what a certificate replays, which is most of it."""
    steps = (replace(s, parts=tuple(Part(p.what, _without(p.verdict)) for p in s.parts)) for s in r.steps)
    return replace(r, steps=tuple(steps))


def _without(verdict: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in verdict.items() if k != "certificate"}


# --- certificates -------------------------------------------------------------------------------------------------


def _names(o: Outcome) -> Iterator[str]:
    """A file for every derivation, whatever two of them are called."""
    taken: set[str] = set()
    for r in o.reports:
        stem, n = r.name, 1
        while stem in taken:
            n += 1
            stem = f"{r.name}-{n}"
        taken.add(stem)
        yield f"certificates/{o.script.label}/{stem}.json"


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
    return {
        "what": p.what,
        **_without(p.verdict),
        "certificate": certificate,
        "claim": None if certificate or not p.claim else dict(p.claim),
    }


# --- the entry in the report --------------------------------------------------------------------------------------


def _derivation(r: DerivationReport, certificate: str) -> dict[str, Any]:
    """Claims are left to the certificates."""
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
