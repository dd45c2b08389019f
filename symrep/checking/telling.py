"""Do two expressions differ? Told cheaply, at two points; functions nobody spelled out are some of their kind there.

For proposals only: what differs for one function of the kind is not the same for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import sympy as sp

from symrep.checking.closed import OPEN
from symrep.errors import SymrepError
from symrep.symbols import Undetermined

__all__ = ["differ", "with_examples"]

_FAILS: Final = (
    SymrepError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)
_POINTS: Final = (
    sp.Rational(37, 23),
    sp.Rational(19, 29),
    sp.Rational(41, 17),
    sp.Rational(13, 31),
    sp.Rational(53, 19),
)


def differ(a: Any, b: Any) -> bool:
    """Do two expressions differ at a point, or is one missing? False also where that cannot be told cheaply."""
    if a is None or b is None:
        return True
    if a.has(*OPEN, sp.Product, sp.Limit) or b.has(*OPEN, sp.Product, sp.Limit):
        return False
    try:
        a, b = with_examples(a, b)
    except _FAILS:
        return False
    names = sorted(a.free_symbols | b.free_symbols, key=sp.default_sort_key)
    if any(not s.is_Symbol for s in names):
        return False
    for turn in range(2):
        point = {}
        for i, s in enumerate(names):
            v = _POINTS[(i + 2 * turn) % len(_POINTS)] + sp.Rational(i, 7)
            kind = getattr(s, "kind", "real")
            if "integer" in kind:
                v = sp.Integer(3 + i + 2 * turn)
            elif kind == "unit":
                v = 1 / (1 + v)
            elif kind == "negative":
                v = -v
            point[s] = v
        try:
            x, y = (complex(e.xreplace(point).evalf(25)) for e in (a, b))
        except _FAILS:
            return False
        if abs(x - y) > 1e-12 * max(abs(x), abs(y), 1e-300):
            return True
    return False


def with_examples(a: Any, b: Any) -> tuple[Any, Any]:
    """Both sides with a function of its kind for each that nobody spelled out, inverse ones for inverse ones."""
    found = {e.symbol: e for side in (a, b) for e in side.atoms(Undetermined)}
    if not found:
        return a, b
    numbers = {name: i for i, name in enumerate(sorted(found))}

    def example(e: Any) -> Any:
        t = sp.Dummy("t", real=True)
        slots = [sp.Dummy(f"u{k}", real=True) for k in range(len(e.args))]
        body = _example(e, t, numbers).subs(t, sum(u / (k + 1) for k, u in enumerate(slots)))
        for u, order in zip(slots, e.orders, strict=True):
            body = body.diff(u, order) if order else body
        return body.subs(dict(zip(slots, e.args, strict=True)), simultaneous=True)

    one, two = (side.replace(lambda e: isinstance(e, Undetermined), example) for side in (a, b))
    return one, two


def _example(e: Any, t: Any, numbers: Mapping[str, int]) -> Any:
    spec, n = e.spec, numbers[e.symbol]
    sign = -1 if spec.monotone == "decreasing" else 1
    if spec.inverse is not None:
        return sp.sinh(sign * t) if e.symbol < spec.inverse else sign * sp.asinh(t)
    if spec.monotone is not None:
        return sign * (sp.sinh(t / 2) + sp.Rational(n, 3))
    if spec.density or spec.positive:
        return 1 / (1 + (t - sp.Rational(n, 3)) ** 2)
    return sp.sin((n + 2) * t / 3) + sp.Rational(n + 3, 2) * t + sp.Rational(n + 1, 5)
