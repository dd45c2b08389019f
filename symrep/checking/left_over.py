"""What of a formula is no claim, and what could not be read: nothing is left out without a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from symrep.checking.model import Chain, Link, Unchecked
from symrep.checking.settling import Settled
from symrep.reading.documents import Formula

__all__ = ["asides", "unread"]


def asides(chain: Chain, settled: Settled, f: Formula) -> Iterator[Unchecked]:
    """Relations that are no claims are said to be none."""
    for i, reason in settled.asides:
        left, right = chain.places[i], chain.places[i + 1]
        latex = f"{left.latex.strip()} {chain.signs[i].op} {right.latex.strip()}"
        at, to = (left.at if left.formula == right.formula else right.at), right.to
        yield Unchecked(at, to, " ".join(latex.split())[:400], reason, "aside", f.cell)


def unread(
    f: Formula, chains: Sequence[Chain], links: Sequence[Link], defined: Set[int], told: Set[int]
) -> Iterator[Unchecked]:
    """Sides that could not be read, are not being defined, and are part of no claim. ``told``: where samples are."""
    passed = {id(p) for n in links for p in (n.left, n.right)} | defined
    said: set[tuple[int, int]] = set()
    for p in (p for chain in chains for p in chain.places):
        if f.start in told and p.tree is not None and p.tree.head == "list":  # x_1, …, x_n
            continue
        if p.parsed.unread and id(p) not in passed and (p.at, p.to) not in said:
            said.add((p.at, p.to))
            u = p.parsed.unread[0]
            yield Unchecked(p.at, p.to, p.latex.strip(), str(u), u.code, f.cell)
