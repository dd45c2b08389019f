"""Whether the certificates of a derivation belong together: what links one line to the next, read from plain data.

A certificate proves its own claim. That the claims are about the lines they stand at is another matter: line k has to
begin where line k-1 ended, and a line may be called proved only if all it rests on is. Nothing is proved here: an
equation that has to be is handed out as a claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, final

from symrep.errors import BadInput
from symrep.verdict import Status

__all__ = ["Chain", "chain"]

Json = Mapping[str, Any]

#: a part that adds weight to a line and that the line does not rest on
_ASIDE: Final = "numbers"
#: how a line may stand to the one before after an inequality, if what follows it stands so to what the rule computed
_ALLOWS: Final[Mapping[str, tuple[str, ...]]] = {"<=": ("<=", "<"), ">=": (">=", ">")}


@final
@dataclass
class Chain:
    """What to check: (line, what, certificate), and what is wrong already."""

    todo: list[tuple[int, str, Json]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    unproved: list[str] = field(default_factory=list)


def chain(data: Json, schema: str) -> Chain:
    """Read a derivation's file. ``schema`` is what the certificates made for links are called.

    Raises:
        BadInput: it is not one.
    """
    out = Chain()
    try:
        _read(data, schema, out)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as e:
        raise BadInput("certificate", "a derivation as symrep run writes it", f"{type(e).__name__}: {e}"[:80]) from e
    return out


def _read(data: Json, schema: str, out: Chain) -> None:
    statuses = []
    end: Any = None  # the term the line before ended with
    contexts: list[Json] = []
    for count, step in enumerate(data["steps"], 1):
        number = step["number"]
        if number != count:
            out.wrong.append(f"line {count} is missing")
        status = _status(step)
        statuses.append(status)
        ruling = [p for p in step["parts"] if p["what"] != _ASIDE]
        for p in step["parts"]:
            if p.get("certificate"):
                out.todo.append((number, p["what"], p["certificate"]))
                contexts.append(p["certificate"]["claim"]["context"])
            elif _status(p) is Status.PROVED:
                out.wrong.append(f"line {number}: {p['what']}: called proved without a certificate")
        if status is not Status.PROVED:
            out.unproved.append(f"line {number} is {step['status']}")
        elif not ruling or any(_status(p) is not Status.PROVED for p in ruling):
            out.wrong.append(f"line {number} is called proved and rests on what is not")
        end = _line(step, number, status, ruling, end, schema, out)
    if data.get("error"):
        statuses.append(Status.UNDECIDED)
    if _status(data) > min(statuses, default=Status.UNDECIDED):
        out.wrong.append(f"the derivation is called {data['status']} and its weakest line is not")
    out.wrong += _at_odds(contexts)


def _status(thing: Json) -> Status:
    return Status[thing["status"].upper()]


def _line(step: Json, number: int, status: Status, ruling: Sequence[Json], end: Any, schema: str, out: Chain) -> Any:
    """Check the links of one line; returns the term it ends with, None if its claims do not tell."""
    claims = [(p["what"], (p.get("certificate") or {}).get("claim") or p.get("claim")) for p in ruling]
    stated = next((c for what, c in claims if c and what.startswith("the line as stated")), None)
    back = next((c for what, c in claims if c and what.startswith("the rule, read backwards")), None)
    rules = [c for what, c in claims if c and what.startswith("the rule") and c is not back]
    if number == 1:
        whole = (c["data"] for _, c in claims if c and c["kind"] == "defined")
        defined = [d["term"] for d in whole if not d.get("summands")]  # with them it is one sum of the line alone
        return defined[0] if defined else None
    if stated is None:
        if status is Status.PROVED:
            out.wrong.append(f"line {number} is called proved and no certificate states it")
        return None
    left, right = _sides(stated)
    if status is Status.PROVED:
        if step["op"] != (stated["data"]["op"] if stated["kind"] == "relation" else "="):
            out.wrong.append(f"line {number}: its certificate is for another relation than {step['op']}")
        for one in (*rules, *([back] if back else [])):
            if one["kind"] == "bound" and (one is back or step["op"] not in _ALLOWS.get(one["data"]["op"], ())):
                out.wrong.append(f"line {number}: an inequality {one['data']['op']} does not make it {step['op']}")
        links, at = [], end
        for one in rules:  # from the line before
            before, after = _sides(one)
            links.append((at, before))
            at = after
        links.append((at, left))
        if back:  # from the stated line to what the line before is, or was computed to be
            if step["op"] != "=":
                out.wrong.append(f"line {number}: only an equality is read backwards")
            before, after = _sides(back)
            links.append((right, after))
            right = before
        for a, b in links:
            if a is not None and a != b:
                claim = {"kind": "equal", "data": {"lhs": a, "rhs": b}, "context": stated["context"]}
                out.todo.append((number, "the link to the line before", {"schema": schema, "claim": claim}))
    return right


def _sides(claim: Json) -> tuple[Any, Any]:
    d = claim["data"]
    return (d["before"], d["after"]) if claim["kind"] in ("rewrite", "bound") else (d["lhs"], d["rhs"])


def _at_odds(contexts: Sequence[Json]) -> Iterator[str]:
    """Certificates of one derivation stand under one set of hypotheses."""
    for what in ("symbols", "functions"):
        seen: dict[str, Any] = {}
        told: set[str] = set()
        for context in contexts:
            for name, kind in context.get(what, {}).items():
                if seen.setdefault(name, kind) != kind and name not in told:
                    told.add(name)
                    yield f"{name} is not the same thing in all certificates"
    for what, words in (("given", "given relations"), ("assumed", "declared integrals")):
        if any(c.get(what, []) != contexts[0].get(what, []) for c in contexts):
            yield f"the certificates do not stand under the same {words}"
