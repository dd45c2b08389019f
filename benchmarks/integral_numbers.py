"""Values of integrals by mpmath alone: tanh–sinh on pieces between kinks. Nothing of symrep is used."""

from __future__ import annotations

from typing import Any

import mpmath as mp
import sympy as sp

__all__ = ["evaluate"]

KINKED = (sp.Abs, sp.sign, sp.Heaviside, sp.Max, sp.Min, sp.Piecewise)


def _exp(v: Any) -> Any:
    """0 far out, where an exact value of exp(-exp(x)) would take for ever."""
    if not mp.im(v) and v < -100_000:
        return mp.mpf(0)
    if not mp.im(v) and v > 1_000_000:
        raise OverflowError
    return mp.exp(v)


HALF = {"Heaviside": lambda v, at=None: mp.mpf(0) if v < 0 else mp.mpf(1) if v > 0 else mp.mpf("0.5"), "exp": _exp}


def _kinks(body: Any, x: Any) -> list[Any]:
    out = []
    for k in body.atoms(*KINKED):
        args = [k.args[0]] if isinstance(k, (sp.Abs, sp.sign, sp.Heaviside)) else []
        if isinstance(k, (sp.Max, sp.Min)):
            args = [a - b for i, a in enumerate(k.args) for b in k.args[i + 1 :]]
        if isinstance(k, sp.Piecewise):
            args = [r.lhs - r.rhs for _, c in k.args for r in c.atoms(sp.core.relational.Relational)]
        for a in args:
            if a.has(x) and not a.has(*KINKED):
                out += [s for s in sp.solve(a, x) if not s.has(sp.I)]
    return out


def evaluate(e: Any, at: dict[Any, Any]) -> Any:
    """The value of an expression with integrals at a point."""
    if isinstance(e, sp.Integral):
        return _integral(e, at)
    if isinstance(e, sp.Derivative):
        (x, n), body = e.args[1], e.args[0]
        return mp.diff(lambda v: evaluate(body, {**at, x: v}), at[x], int(n), h=mp.mpf(10) ** (-mp.mp.dps // 3))
    inner = e.atoms(sp.Integral, sp.Derivative)
    outer = [n for n in inner if not any(n is not o and o.has(n) for o in inner)]
    names = {n: sp.Dummy() for n in outer}
    plain = e.xreplace(names)
    symbols = sorted(plain.free_symbols, key=str)
    values = {**at, **{d: evaluate(n, at) for n, d in names.items()}}
    return sp.lambdify(symbols, plain, [HALF, "mpmath"], dummify=True)(*(values[s] for s in symbols))


def _integral(e: Any, at: dict[Any, Any]) -> Any:
    body = e.function
    for limit in e.limits[:-1]:
        body = sp.Integral(body, limit)
    x, low, high = e.limits[-1]
    a, b = (_end(end, at) for end in (low, high))
    if a == b:
        return mp.mpf(0)
    inside = [mp.mpf(evaluate(k, at)) for k in _kinks(body, x) if k.free_symbols <= set(at)]
    if mp.isinf(a) or mp.isinf(b):
        inside += [mp.mpf(v) for v in ((-7, -2, 0, 2, 7) if mp.mp.dps > 15 else (-3, 0, 3))]
    else:
        inside.append((a + b) / 2)
    points = [a, *sorted({p for p in inside if min(a, b) < p < max(a, b)}, reverse=bool(a > b)), b]
    symbols = sorted(body.free_symbols - {x}, key=str)
    if isinstance(body, sp.Integral):
        return mp.quad(lambda v: evaluate(body, {**at, x: v}), points, maxdegree=5)
    waves = [w.args[0] for w in body.atoms(sp.sin, sp.cos) if w.has(x)]
    if mp.isinf(b) and waves and not body.has(sp.exp):
        return _oscillating(body, x, a, b, at, waves[0])
    f = sp.lambdify([x, *symbols], body, [HALF, "mpmath"], dummify=True)
    rest = [at[s] for s in symbols]

    def safe(v: Any) -> Any:
        try:
            return f(v, *rest)
        except (ZeroDivisionError, ValueError, OverflowError, TypeError):
            return mp.mpf(0)

    return mp.quad(safe, points, maxdegree=9 if mp.mp.dps > 15 else 6)


def _oscillating(body: Any, x: Any, a: Any, b: Any, at: dict[Any, Any], angle: Any) -> Any:
    omega = abs(evaluate(sp.diff(angle, x), at))
    total = mp.mpf(0)
    for part in (body, body.subs(x, -x)) if mp.isinf(a) else (body,):
        symbols = sorted(part.free_symbols - {x}, key=str)
        f = sp.lambdify([x, *symbols], part, [HALF, "mpmath"], dummify=True)
        total += mp.quadosc(
            lambda v, f=f, r=[at[s] for s in symbols]: f(v, *r), [0 if mp.isinf(a) else a, b], omega=omega
        )
    return total


def _end(end: Any, at: dict[Any, Any]) -> Any:
    return mp.inf if end is sp.oo else -mp.inf if end is -sp.oo else mp.mpf(evaluate(end, at))
