"""Cutting a function with kinks and jumps into smooth pieces. Untrusted: the kernel checks every piece."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import sympy as sp
from sympy.core.relational import Relational

from symrep.rules.invert import zeros

__all__ = ["Piece", "breakpoints", "cut"]

#: the sign of an expression, in x between two ends if they are given, as far as somebody knows it
SignOf = Callable[[Any, "tuple[Any, Any, Any] | None"], "int | None"]

#: (low, high, the smooth expression that is equal to the body in between)
Piece = tuple[Any, Any, Any]

_KINKED = (sp.Abs, sp.sign, sp.Heaviside, sp.Max, sp.Min, sp.Piecewise)


_ROUNDED = (sp.floor, sp.ceiling)
#: most steps of a rounding that are cut apart
MAX_STEPS = 24


def _deciders(body: Any, x: Any, low: Any, high: Any) -> list[Any]:
    """Expressions in x whose sign decides which branch applies."""
    out: list[Any] = []

    def note(a: Any) -> None:
        if a.has(x) and a not in out and -a not in out:
            out.append(a)

    for k in sorted(body.atoms(*_KINKED), key=sp.default_sort_key):
        if isinstance(k, (sp.Abs, sp.sign, sp.Heaviside)):
            note(k.args[0])
        elif isinstance(k, (sp.Max, sp.Min)):
            args = sorted(k.args, key=sp.default_sort_key)
            for i, a in enumerate(args):
                for b in args[i + 1 :]:
                    note(a - b)
        else:
            for _, c in k.args:
                for r in c.atoms(Relational):
                    note(r.lhs - r.rhs)
    for k in sorted((k for k in body.atoms(*_ROUNDED) if k.has(x)), key=sp.default_sort_key):
        for m in _steps(k.args[0], x, low, high):
            note(k.args[0] - m)
    return out


def _steps(a: Any, x: Any, low: Any, high: Any) -> range:
    """The integers that something linear in x passes between two numbers; none if they are many or not known."""
    slope = sp.diff(a, x)
    ends = [sp.simplify(a.subs(x, e)) for e in (low, high)] if low.is_finite and high.is_finite else []
    if not slope.is_number or slope == 0 or not ends or not all(e.is_number and e.is_real for e in ends):
        return range(0)
    first, last = int(sp.floor(min(ends))), int(sp.ceiling(max(ends)))
    return range(first, last + 1) if last - first <= MAX_STEPS else range(0)


def breakpoints(body: Any, x: Any, low: Any, high: Any, sign: SignOf | None = None) -> list[Any] | None:
    """Where the branch changes inside (low, high), in increasing order; None if the order is not known."""

    def sign_of(gap: Any) -> int | None:
        gap = _in_the_open(sp.simplify(gap))
        if gap.is_positive or gap.is_negative or gap.is_zero:
            return 1 if gap.is_positive else -1 if gap.is_negative else 0
        return sign(gap, None) if sign is not None else None

    points: list[Any] = []
    for d in _deciders(body, x, low, high):
        for z in zeros(d, x):
            z = sp.factor_terms(sp.expand(z))
            if z.is_extended_real is False or any(sp.simplify(z - p) == 0 for p in points):
                continue
            if (low.is_finite and (z - low).is_nonpositive) or (high.is_finite and (high - z).is_nonpositive):
                continue
            if sign is not None and low.is_infinite is not True and sign_of(z - low) in (0, -1):
                continue
            if sign is not None and high.is_infinite is not True and sign_of(high - z) in (0, -1):
                continue
            points.append(z)
    ordered: list[Any] = []
    for z in points:
        at = 0
        for q in ordered:
            side = sign_of(z - q)
            if side == 1:
                at += 1
            elif side != -1:
                return None
        ordered.insert(at, z)
    return ordered


def _in_the_open(expr: Any) -> Any:
    """With w/(1 + w), w > 0, for every p of (0, 1), for SymPy only knows that p > 0."""
    units = sorted((s for s in expr.free_symbols if getattr(s, "kind", "") == "unit"), key=sp.default_sort_key)
    if not units:
        return expr
    positives = (sp.Dummy(s.name, positive=True) for s in units)
    return sp.factor(sp.together(expr.xreplace({s: w / (1 + w) for s, w in zip(units, positives, strict=True)})))


def cut(body: Any, x: Any, low: Any, high: Any, sign: SignOf | None = None) -> list[Piece] | None:
    """The pieces of ``body`` on (low, high); None if some branch cannot be decided."""
    points = breakpoints(body, x, low, high, sign)
    if points is None:
        return None
    edges = [low, *points, high]
    out = []
    for a, b in pairwise(edges):
        smooth = _branch(body, x, a, b, sign)
        if smooth is None:
            return None
        out.append((a, b, smooth))
    return out


def _branch(body: Any, x: Any, a: Any, b: Any, sign: SignOf | None = None) -> Any:
    """``body`` on (a, b) with every sign decided."""
    w = sp.Dummy("w", positive=True)
    if a.is_finite and b.is_finite:
        inside = a + (b - a) * w / (1 + w)
    elif a.is_finite:
        inside = a + w
    elif b.is_finite:
        inside = b - w
    else:
        inside = sp.Dummy("w", real=True)

    def sign_of(d: Any) -> int | None:
        value = sp.simplify(sp.together(sp.expand(_in_the_open(d.subs(x, inside)))))
        if value.is_positive:
            return 1
        if value.is_negative:
            return -1
        return sign(d, (x, a, b)) if sign is not None else None

    failed = False

    def decide(e: Any) -> Any:
        nonlocal failed
        if isinstance(e, (sp.Abs, sp.sign, sp.Heaviside)) and e.args[0].has(x):
            s = sign_of(e.args[0])
            if s is None:
                failed = True
                return e
            if isinstance(e, sp.Abs):
                return s * e.args[0]
            return sp.Integer(s) if isinstance(e, sp.sign) else sp.Integer((1 + s) // 2)
        if isinstance(e, _ROUNDED):
            value = e.func(e.args[0].subs(x, (a + b) / 2))
            failed = failed or value.has(*_ROUNDED)
            return value
        if isinstance(e, (sp.Max, sp.Min)) and e.has(x):
            best = None
            for c in e.args:
                signs = [sign_of(c - o) for o in e.args if o != c]
                want = 1 if isinstance(e, sp.Max) else -1
                if all(s == want for s in signs):
                    best = c
            if best is None:
                failed = True
                return e
            return best
        if isinstance(e, sp.Piecewise) and e.has(x):
            for value, cond in e.args:
                truth = _truth(cond, sign_of)
                if truth is None:
                    failed = True
                    return e
                if truth:
                    return value
            failed = True
        return e

    out = body
    for _ in range(20):
        todo = [k for k in out.atoms(*_KINKED, *_ROUNDED) if k.has(x)]
        inner = [k for k in todo if not any(k is not o and k.has(o) for o in todo)]
        if not inner:
            break
        out = out.xreplace({k: decide(k) for k in inner})
        if failed:
            return None
    return None if any(k.has(x) for k in out.atoms(*_KINKED, *_ROUNDED)) else out


def _truth(cond: Any, sign_of: Any) -> bool | None:
    if cond is sp.true or cond is sp.false:
        return bool(cond)
    if isinstance(cond, Relational):
        s = sign_of(cond.lhs - cond.rhs)
        if s is None:
            return None
        return {"<": s < 0, "<=": s < 0, ">": s > 0, ">=": s > 0, "==": False, "!=": True}.get(cond.rel_op)
    if isinstance(cond, (sp.And, sp.Or)):
        parts = [_truth(c, sign_of) for c in cond.args]
        if isinstance(cond, sp.And):
            return False if False in parts else None if None in parts else True
        return True if True in parts else None if None in parts else False
    if isinstance(cond, sp.Not):
        t = _truth(cond.args[0], sign_of)
        return None if t is None else not t
    return None
