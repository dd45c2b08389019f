"""Balls around the value of an element at a rational point: rigorous, or ``None``."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symrep.kernel.algebra.field import Box, Elem, Gen
from symrep.kernel.ground import flint, rational

if TYPE_CHECKING:
    from symrep.kernel.algebra.signing import Signing

__all__ = ["enclosure", "inner_point", "range_of", "sample_value", "strictly_satisfied"]


def enclosure(eng: Signing, a: Elem, point: Mapping[str, Any], prec: int) -> Any:
    """A ball that contains a at the point, or None when some generator cannot be evaluated."""
    old = flint.ctx.prec
    flint.ctx.prec = prec
    try:
        memo: dict[int, Any] = {}
        top, bottom = _poly(eng, a.num, point, memo), _poly(eng, a.den, point, memo)
        if top is None or bottom is None or bottom.contains(0):
            return None
        out = top / bottom
        return out if out.is_finite() else None
    finally:
        flint.ctx.prec = old


def _poly(eng: Signing, p: Any, point: Mapping[str, Any], memo: dict[int, Any]) -> Any:
    values = {}
    for g in eng.field.used(p):
        if g.index not in memo:
            memo[g.index] = _gen(eng, g, point, memo)
        if memo[g.index] is None:
            return None
        values[g.index] = memo[g.index]
    total = flint.arb(0)
    for mono, c in p.terms():
        term = flint.arb(c)
        for i, e in enumerate(mono):
            if e:
                term *= values[i] ** int(e)
        total += term
    return total


def _gen(eng: Signing, g: Gen, point: Mapping[str, Any], memo: dict[int, Any]) -> Any:
    if g.kind == "sym":
        name = g.base[1]
        value = None
        if name in point:
            value = flint.arb(rational(point[name])) if isinstance(point[name], Fraction) else point[name]
    elif g.kind == "const":
        value = {"pi": flint.arb.pi, "euler_gamma": flint.arb.const_euler, "catalan": flint.arb.const_catalan}[
            g.base[1]
        ]()
    elif g.kind == "prime":
        value = flint.arb(g.base[1])
    else:
        if not g.args or g.kind not in _VALUES:
            return None
        args = []
        for a in g.args:
            top, bottom = _poly(eng, a.num, point, memo), _poly(eng, a.den, point, memo)
            if top is None or bottom is None or bottom.contains(0):
                return None
            args.append(top / bottom)
        value = _VALUES[g.kind](*args)
    if value is None:
        return None
    if g.root != 1:
        value = value.root(g.root)
    return value if value.is_finite() else None


_VALUES: dict[str, Any] = {
    "exp": lambda x: x.exp(),
    "log": lambda x: abs(x).log(),
    "root": lambda x: abs(x),
    "abs": lambda x: abs(x),
    "step": lambda x: flint.arb(1) if x > 0 else flint.arb(-1) if x < 0 else None,
    "sin": lambda x: x.sin(),
    "cos": lambda x: x.cos(),
    "atan": lambda x: x.atan(),
    "asin": lambda x: x.asin(),
    "erf": lambda x: x.erf(),
    "gamma": lambda x: x.gamma(),
    "digamma": lambda x: x.digamma(),
    "rgamma": lambda x: x.rgamma(),
    "uppergamma": lambda s, x: x.gamma_upper(s) if x > 0 else None,
    "incbeta": lambda a, b, x: x.beta_lower(a, b) if x > 0 and x < 1 else None,
    "erfi": lambda x: x.erfi(),
    "ei": lambda x: x.ei() if x > 0 else None,
    "si": lambda x: x.si(),
    "ci": lambda x: x.ci() if x > 0 else None,
    "besselj": lambda n, z: z.bessel_j(n) if z > 0 else None,
    "bessely": lambda n, z: z.bessel_y(n) if z > 0 else None,
    "besseli": lambda n, z: z.bessel_i(n) if z > 0 else None,
    "besselk": lambda n, z: z.bessel_k(n) if z > 0 else None,
    "zeta": lambda s: s.zeta() if not (s - 1).contains(0) else None,
    "lambertw": lambda x: x.lambertw() if x > flint.arb(-0.36) else None,
}


def range_of(eng: Signing, a: Elem) -> Any:
    """A ball that contains every value of a on the domain, its symbols ranging over bounded boxes; else None."""
    point: dict[str, Any] = {}
    for name in eng.field.free(a.num, a.den):
        box = eng.dom.boxes.get(name)
        if box is None or box.lo is None or box.hi is None:
            return None
        low, high = (flint.arb(rational(v)) for v in (box.lo, box.hi))
        point[name] = low.union(high)
    return enclosure(eng, a, point, 64)


def sample_value(eng: Signing, a: Elem) -> bool:
    """Is a proved nonzero at some rational point of the box of its symbols?"""
    names = sorted(eng.field.free(a.num, a.den))
    boxes: list[Box] = []
    for n in names:
        box = eng.dom.boxes.get(n)
        if box is None:
            return False
        boxes.append(box)
    for k in range(3):
        point = {n: _pick(b, i, k) for i, (n, b) in enumerate(zip(names, boxes, strict=True))}
        ball = enclosure(eng, a, point, 128)
        if ball is not None and not ball.contains(0):
            return True
    return False


def strictly_satisfied(eng: Signing, wanted: list[tuple[Elem, frozenset[int]]]) -> bool:
    """Is there a rational point of the boxes where every element has a sign out of its set?"""
    boxes = sorted(eng.dom.boxes.items())
    for k in range(24):
        point = {n: _pick(b, i * (k // 2 + 1), k // 2, down=k % 2 == 1) for i, (n, b) in enumerate(boxes)}
        balls = [enclosure(eng, a, point, 128) for a, _ in wanted]
        if all(
            b is not None and ((b > 0 and 1 in known) or (b < 0 and -1 in known))
            for b, (_, known) in zip(balls, wanted, strict=True)
        ):
            return True
    return False


def inner_point(eng: Signing, k: int) -> dict[str, Fraction] | None:
    """A rational point of the domain, its facts proved to hold there; the k-th try, None when it is none."""
    scale = Fraction(1, 4) ** (k // 2) if k % 2 else Fraction(3) ** (k // 2)
    point = {n: _pick(b, i, k, scale) for i, (n, b) in enumerate(sorted(eng.dom.boxes.items()))}
    for t, known in eng.dom.facts:
        ball = enclosure(eng, eng.norm(t), point, 128)
        if ball is None or not ((ball > 0 and 1 in known) or (ball < 0 and -1 in known)):
            return None
    return point


def _pick(box: Box, i: int, k: int, scale: Fraction = Fraction(1), *, down: bool = False) -> Fraction:
    """A point inside the box, different for different i and k; ``down``: a negative one if the box has no end. An
    integer where the box is one of integers: between them a hypothesis may say something else."""
    if box.integer:
        return _pick_integer(box, i + k, down)
    t = Fraction(7 + 5 * i + 3 * k, 11 + 13 * i + 2 * k) * scale
    if box.lo is not None and box.hi is not None:
        return box.lo + (box.hi - box.lo) * t / (1 + t)
    if box.lo is not None:
        return box.lo + t
    return box.hi - t if box.hi is not None else -t if down else t


def _pick_integer(box: Box, n: int, down: bool) -> Fraction:
    """An integer in the box, if there is one."""
    low = None if box.lo is None else box.lo.__floor__() + 1 if box.lo_open else box.lo.__ceil__()
    high = None if box.hi is None else box.hi.__ceil__() - 1 if box.hi_open else box.hi.__floor__()
    if low is not None:
        out = low + (n if high is None else n % max(high - low + 1, 1))
    else:
        out = high - n if high is not None else -n if down else n
    if out == 0 and box.nonzero:
        out = 1 if high is None or high > 0 else -1
    return Fraction(out)
