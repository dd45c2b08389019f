"""What a process of its own does for ``symrep laws``: every law on all entries of a file, or on one of the catalogue.

Events as :mod:`symrep.running.scripts` expects them, a law on a family being what a derivation is in a script.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, Final

from symrep.laws.bijections import Transformation, described_transform, judge_transform, named
from symrep.laws.catalogue import Entry, chosen, entries_in, where
from symrep.laws.judging import SECONDS, Asking, laws
from symrep.laws.law import FamilyLaw

__all__ = ["PREFIX", "TRANSFORM", "judge_families"]

#: a "path" that means a family of the catalogue
PREFIX: Final = "family:"
#: and one that means a transform
TRANSFORM: Final = "transform:"


def judge_families(path: str, on_event: Callable[[dict[str, Any]], None], options: Mapping[str, Any]) -> None:
    """Judge the families and transforms of ``path``.

    Events: ``family`` (one per family: what it is), then ``derivation-start``, ``line`` (a finding each) and
    ``derivation-end`` for each step of a law. ``options``: ``seconds`` a question, ``laws`` to apply, what
    to ``skip``.
    """
    seconds = float(options.get("seconds", SECONDS))
    skip = set(options.get("skip", ()))
    families: list[Entry] = []
    transforms: list[Transformation] = []
    if path.startswith(PREFIX):
        families = chosen([path.removeprefix(PREFIX)])[0]
    elif path.startswith(TRANSFORM):
        transforms = [named(path.removeprefix(TRANSFORM))]
    else:
        families, transforms = entries_in(path)
    for family in families:
        on_event({"event": "family", "family": described(family)})
    for t in transforms:
        on_event({"event": "family", "family": described_transform(t)})
    for family in families:
        for law in laws(options.get("laws", ())):
            if isinstance(family, law.of):
                _judge_law(law, family, seconds, skip, on_event)
    for t in transforms if not options.get("laws") else ():
        _judge_transform(t, seconds, skip, on_event)


def _judge_law(
    law: FamilyLaw, family: Entry, seconds: float, skip: set[str], on_event: Callable[[dict[str, Any]], None]
) -> None:
    """Each step is what a derivation is in a script: to put a question, ``F.law.3?``, and to answer it, ``F.law.3``.
    One that was broken off is not tried again; when no question could be put, the rest of the law is lost.
    """
    name = f"{family.name}.{law.name}"
    if f"{name}.end" in skip:
        return
    asking = Asking(law, family, seconds)
    for i in count():
        step, put = f"{name}.{i}", f"{name}.{i}?"
        again = put in skip
        if again and step not in skip:
            break
        if not again:
            on_event({"event": "derivation-start", "name": put})
        answer = asking.next()
        if not again:
            on_event({"event": "derivation-end", "name": put, "report": None})
        if answer is None:
            break
        if step in skip:
            continue
        on_event({"event": "derivation-start", "name": step})
        on_event({"event": "question", "name": step, "what": asking.what})
        on_event({"event": "line", "name": step, "finding": answer().to_json()})
        on_event({"event": "derivation-end", "name": step, "report": None})
    on_event({"event": "derivation-start", "name": f"{name}.end"})
    on_event({"event": "derivation-end", "name": f"{name}.end", "report": None})


def _judge_transform(
    t: Transformation, seconds: float, skip: set[str], on_event: Callable[[dict[str, Any]], None]
) -> None:
    """A statement is what a derivation is in a script; one that was broken off is not put again."""
    for what, answer in judge_transform(t):
        name = f"{t.name}.{what}"
        if name in skip:
            continue
        on_event({"event": "derivation-start", "name": name})
        on_event({"event": "line", "name": name, "finding": answer(seconds).to_json()})
        on_event({"event": "derivation-end", "name": name, "report": None})


def described(family: Entry) -> dict[str, Any]:
    """An entry's head as plain data."""
    return {
        "name": family.name,
        "parameters": {str(s): d.kind + (f", {d.role}" if d.role else "") for s, d in family.parameters.items()},
        "support": where(family),
        "discrete": family.discrete,
        "source": family.source,
        "note": family.note,
    }
