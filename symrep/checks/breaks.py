"""Where a term may fail to be smooth: zeros of the arguments of its steps, absolute values, maxima and conditions.

:func:`arguments` lists them, :func:`freeze` rewrites a term on a region where their signs are known, so that the rest
is analytic there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symrep.term import MINUS_ONE, ONE, ZERO, Term, free_symbols, map_children, mul, neg, sub, walk

__all__ = ["arguments", "centres", "freeze", "resolved"]

_KINKED = ("abs", "sign", "heaviside")


def _bound(t: Term) -> frozenset[str]:
    """Names the top node of ``t`` binds."""
    head = t[0]
    if head in ("integral", "sum", "product", "limit", "det", "vector"):
        return frozenset(b[0] for b in t[2:])
    if head == "jacobian":
        return frozenset((t[2][0],))
    if head == "law":
        return frozenset(b[0] for b in t[1])
    if head == "iprod":
        return frozenset((t[1],))
    if head in ("expect", "sample_mean"):
        return _bound(t[2])
    if head == "push":
        return _bound(t[1])
    return frozenset()


def _own(s: Term, roots: bool) -> list[Term]:
    """The break arguments the top node of ``s`` contributes."""
    if s[0] == "fn" and s[1] in _KINKED:
        return [s[2]]
    if s[0] == "fn" and s[1] in ("min", "max"):
        xs = s[2:]
        return [sub(xs[i], xs[j]) for i in range(len(xs)) for j in range(i + 1, len(xs))]
    if s[0] == "rel":
        return [sub(s[2], s[3])]
    if roots and s[0] == "fn" and s[1] == "log":
        return [s[2]]
    if roots and s[0] == "pow" and not (s[2][0] == "num" and s[2][2] == 1):
        return [s[1]]
    return []


def arguments(t: Term, x: str | None = None, *, roots: bool = False, floors: bool = False) -> list[Term]:
    """Terms whose zeros are breakpoints of ``t``; with ``x`` only those in which x occurs free.

    Args:
        roots: bases of fractional powers and arguments of logarithms too.
        floors: arguments of floor and ceiling too (their breakpoints are the integers).
    """
    out: dict[Term, None] = {}

    def go(s: Term, hidden: frozenset[str]) -> Term:
        own = _own(s, roots)
        if floors and s[0] == "fn" and s[1] in ("floor", "ceiling"):
            own = [s[2]]
        for g in own:
            names = free_symbols(g)
            if names and not names & hidden and (x is None or x in names):
                out[g] = None
        inside = hidden | _bound(s)
        outside = hidden | {s[2]} if s[0] == "expect_each" else hidden  # a family of coordinates is its own
        if x is None or x not in _bound(s):
            map_children(s, lambda c: go(c, outside), lambda c: go(c, inside))
        return s

    go(t, frozenset())
    return list(out)


def centres(t: Term, x: str) -> list[Term]:
    """Bases of powers and arguments of exponentials and their kin in which x occurs.

    A density is likely to be centred at a zero of one of them.
    """
    out: dict[Term, None] = {}

    def go(s: Term, hidden: frozenset[str]) -> Term:
        found = s[1] if s[0] == "pow" else s[2] if s[0] == "fn" and s[1] in _PEAKED else None
        if found is not None and x in (names := free_symbols(found)) and not names & hidden:
            out[found] = None
        if x not in _bound(s):
            inside = hidden | _bound(s)
            map_children(s, lambda c: go(c, hidden), lambda c: go(c, inside))
        return s

    go(t, frozenset())
    return list(out)


_PEAKED = ("exp", "cosh", "sinh", "tanh", "erf", "erfc")
_FALSE: Term = ("not", ("true",))


def freeze(t: Term, signs: Mapping[Term, int], x: str) -> Term:
    """``t`` where every break argument in ``signs`` has the strict sign stated there."""

    def go(s: Term) -> Term:
        if x in _bound(s):
            return s
        if s[0] == "fn" and s[1] in _KINKED and s[2] in signs:
            sign = signs[s[2]]
            if s[1] == "abs":
                return go(s[2]) if sign > 0 else neg(go(s[2]))
            if s[1] == "sign":
                return ONE if sign > 0 else MINUS_ONE
            return ONE if sign > 0 else ZERO
        if s[0] == "fn" and s[1] in ("min", "max") and len(s) == 4 and sub(s[2], s[3]) in signs:
            first = (signs[sub(s[2], s[3])] > 0) == (s[1] == "max")
            return go(s[2] if first else s[3])
        if s[0] == "rel" and sub(s[2], s[3]) in signs:
            sign = signs[sub(s[2], s[3])]
            holds = s[1] in ((">", ">=", "!=") if sign > 0 else ("<", "<=", "!="))
            return ("true",) if holds else _FALSE
        if s[0] == "mul":
            factors = [go(c) for c in s[1:]]
            # 0 times a finite value: off the breakpoints a step that is 0 switches the rest off
            return ZERO if ZERO in factors else mul(*factors)
        return map_children(s, go, go)

    return go(t)


def resolved(t: Term) -> Iterator[Term]:
    """The term with each switch in it replaced by one of its branches."""
    for s in walk(t):
        ways = _ways(s)
        if ways:
            for w in ways:
                yield from resolved(_replaced(t, s, w))
            return
    yield t


def _ways(s: Term) -> tuple[Term, ...]:
    if s[0] == "fn" and s[1] == "abs":
        return (s[2], neg(s[2]))
    if s[0] == "fn" and s[1] in ("min", "max"):
        return tuple(s[2:])
    if s[0] == "fn" and s[1] == "sign":
        return (ONE, MINUS_ONE)
    if s[0] == "fn" and s[1] == "heaviside":
        return (ONE, ZERO)
    return tuple(v for _, v in s[1:]) if s[0] == "piecewise" else ()


def _replaced(t: Term, old: Term, new: Term) -> Term:
    def go(s: Term) -> Term:
        return new if s == old else map_children(s, go, go)

    return go(t)
