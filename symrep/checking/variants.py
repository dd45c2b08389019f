"""The ways to read the sides of claims: as they stand, and with what their names stand for, by definition or claim.

*With ᾱ_t = α_t ᾱ_{t−1} we can write …*: an equation that says what a name is, beside another that defined it, is one
more way to read the lines after it. What holds in such a reading alone is not called right: the claim may be wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from symrep.checking.dimensions import SIZES, sized
from symrep.checking.model import Link, Place
from symrep.checking.names import head_of, name_of_tree, uses
from symrep.checking.recurrence import stepped
from symrep.checking.scope import Let, Scope
from symrep.reading.latex import Environment, Reading, read, walk
from symrep.reading.latex.vectors import speaks_of_vectors

__all__ = ["read_again", "said_by", "side_of"]

_MOST = 6


def read_again(text: str, links: list[Link], scope: Scope, said: list[Let]) -> None:
    """Give every place of the links of one formula its variants."""
    places = {id(p): p for n in links for p in (n.left, n.right, *n.before)}
    mentioned = frozenset().union(*(uses(p) for p in places.values()))
    by = _differentiated(places.values())
    derived = by is not None
    environments = _environments(scope, mentioned, derived, said)
    if by and any(scope.symbol(n) is not None for n in by):  # y = σ(ℓ/τ) with ℓ = log α, and ∂y/∂ℓ
        environments += scope.closed(mentioned, derived, by)
    transposable = "vectors" in scope.environment.told  # Cov(X, Y) is not Cov(Y, X) then
    if any(speaks_of_vectors(p.tree, transposable) for p in places.values()):
        environments = [e for d in SIZES for e in _environments(sized(scope, d), mentioned, derived, ())]
    readings = [(e, read(text, e)) for e in environments]
    for p in places.values():
        p.variants = [(e, side) for e, r in readings if (side := side_of(r, p)) is not None]
        if not p.variants:
            p.variants = [(scope.environment, p.parsed)]


def _differentiated(places: Iterable[Place]) -> frozenset[str] | None:
    """The names by which something is differentiated; None where nothing is."""
    found = [t for p in places if p.tree is not None for t in walk(p.tree) if t.head == "D"]
    return frozenset(n for t in found for v in t.parts[1:] if (n := name_of_tree(v))) if found else None


def _environments(scope: Scope, mentioned: frozenset[str], derived: bool, said: Any) -> list[Environment]:
    out = [stepped(scope, mentioned) or scope.environment, *scope.closed(mentioned, derived)]
    there = [x for x in said if x.name in mentioned]
    if there and any(x.mentions & mentioned for x in there):
        lines = tuple(x.line for x in there)
        out += [replace(e, supposed=lines) for e in scope.besides(said).closed(mentioned, derived)]
    return out


def said_by(links: list[Link], known: list[Let], lets: Sequence[Let] = ()) -> list[Let]:
    """What claims say of single names: ``name = …`` without the name at the right. The last word on a name counts.

    Of W = L/λ = 1/(μ − λ), where L = λW was said, the side that does not go round in a circle.
    """
    out = list(known)
    told: set[int] = set()
    for n in links:
        first = (n.before or [n.left])[0]
        head = head_of(first)
        if n.op != "=" or head is None or head.parameters or id(first) in told:
            continue
        if head.name in uses(n.right) or n.right.tree is None or n.right.tree.head in ("num", "name"):
            continue
        if any(x.name in uses(n.right) and head.name in x.mentions for x in lets if x.what == "symbol"):
            continue
        told.add(id(first))
        line = f"{first.latex.strip()} = {n.right.latex.strip()}"
        let = Let("symbol", head.name, (), n.right.latex, uses(n.right), first.at, n.right.to, line)
        out = [x for x in out if x.name != let.name] + [let]
    return out[-_MOST:]


def side_of(reading: Reading, p: Place) -> Any:
    """The side of another reading at a place; None where it was taken apart otherwise."""
    try:
        side = reading.rows[p.row].statements[p.statement].sides[p.side]
    except IndexError:
        return None
    return side if (side.start, side.end) == (p.parsed.start, p.parsed.end) else None
