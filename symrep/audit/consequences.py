"""What follows from one given relation: |q| < e says −e < q < e, and √m > √n says m > n."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symrep.audit import sums
from symrep.audit.algebra import Algebra
from symrep.audit.atoms import Signs
from symrep.audit.sums import Sum, number, plus, scaled

__all__ = ["consequences"]


def consequences(alg: Algebra, f: Sum, known: Signs) -> Iterator[tuple[Sum, Signs]]:
    """Further sums whose sign is in ``known``, or its opposite, where that of f is."""
    if known <= {0, -1}:
        f, known = scaled(f, -1), frozenset(-s for s in known)
    if not known <= {0, 1}:
        return
    for r in alg.of(f):
        parts = sums.parts_in(f, r.index)
        c = number(parts.get(1, {}))
        if r.kind == "abs" and not set(parts) - {0, 1} and c is not None and c < 0:
            for turn in (1, -1):  # e + c|q| > 0 with c < 0, and c|q| ≤ ±c q
                yield plus(parts.get(0, {}), scaled(r.args[0], c * turn)), known
    if len(f) == 2 and any(e == Fraction(1, 2) for m in f for _, e in m):
        (m, c), (n, d) = sorted(f.items(), key=lambda t: t[1], reverse=True)
        if c > 0 > d and all(alg.atoms[a].signs() <= {0, 1} for k in (m, n) for a, _ in k):
            yield plus(alg.mul({m: c}, {m: c}), scaled(alg.mul({n: d}, {n: d}), -1)), known
