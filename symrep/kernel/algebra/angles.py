"""A sum of inverse sines and tangents that vanishes: its sine is 0 and its cosine 1, it is continuous, and small at one
point.

Let d be continuous on a connected set, k an integer, sin kd = 0 and cos kd = 1 there. Then kd is a multiple of 2π at
every point, hence constant; if |kd| < 2π at one point, d = 0.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from symrep.kernel.algebra.field import Elem, Gen
from symrep.kernel.algebra.numbers import enclosure, inner_point
from symrep.kernel.algebra.trig import sin_cos
from symrep.kernel.ground import Poly, flint, fraction, rational

if TYPE_CHECKING:
    from symrep.kernel.algebra.engine import Engine

__all__ = ["vanishes"]

INVERSE = ("atan", "asin")
CONTINUOUS = ("sym", "const", "prime", "exp", "log", "root", "abs", "sin", "cos", "atan", "asin", "erf", "erfinv")
MAX_MULTIPLE = 12
TRIES = 8


def vanishes(eng: Engine, difference: Elem) -> bool:
    """Is the element proved to be 0 at every point of the domain by one of its factors being such a sum?"""
    f = eng.field
    if len(difference.num) > 60 or not any(g.kind in INVERSE for g in f.used(difference.num)):
        return False
    return any(_is_zero(eng, p) for p, _ in f.factor(difference.num)[1])


def _is_zero(eng: Engine, p: Poly) -> bool:
    f = eng.field
    used = f.used(p)
    inverse = [g for g in used if g.kind in INVERSE]
    if not inverse or len(p) > 12 or not all(g.real for g in used):
        return False
    multiples = [_coefficient(eng, p, g) for g in inverse]
    if any(c is None for c in multiples):
        return False
    k = lcm(*(c.denominator for c in multiples if c is not None))
    if any(abs(c * k) > MAX_MULTIPLE for c in multiples if c is not None):
        return False
    angle = Elem(p * rational(k), f.one_poly)
    sin, cos = sin_cos(eng, angle)
    if sin.num != 0 or f.sub(cos, f.one).num != 0:
        if sin.num != 0:
            _note(eng, sin)
        return False
    if not _connected(eng, p):
        return False
    if not _continuous(eng, Elem(p, f.one_poly)):
        return False
    return _small_somewhere(eng, angle)


def _note(eng: Engine, sin: Elem) -> None:
    """What is known of signs decides whether roots of squares cancel."""
    for g in eng.field.used(sin.num):
        if g.kind == "abs":
            eng.note_unknown(g.args[0])


def _coefficient(eng: Engine, p: Poly, g: Gen) -> Fraction | None:
    """The rational coefficient of an inverse function in p, which holds it in that one term."""
    parts = eng.field.coefficients(p, g.index)
    c = parts.get(1)
    if g.root != 1 or set(parts) - {0, 1} or c is None or not c.is_constant():
        return None
    return fraction(c.leading_coefficient())


def _connected(eng: Engine, p: Poly) -> bool:
    """Is the domain convex in the symbols that matter: a box, cut by half-spaces?"""
    f, dom = eng.field, eng.dom
    matter = f.free(p)
    facts = [(eng.norm(t), known) for t, known in dom.facts]
    for _ in facts:
        for a, _known in facts:
            own = f.free(a.num, a.den)
            matter |= own if own & matter else frozenset()
    for name in matter:
        box = dom.boxes.get(name)
        if box is None or box.integer or not box.real or (box.nonzero and replace(box, nonzero=False).signs() > {0}):
            return False
    halves = ({1}, {-1}, {0, 1}, {0, -1})
    return all(known in halves and _linear(eng, a) for a, known in facts if f.free(a.num, a.den) & matter)


def _linear(eng: Engine, a: Elem) -> bool:
    """Is a a polynomial of degree one in symbols, with constant coefficients?"""
    gens = eng.field.gens
    moving = [[(gens[i], int(e)) for i, e in enumerate(mono) if e and gens[i].free] for mono in a.num.monoms()]
    return a.den.is_constant() and all(
        len(m) <= 1 and all(e == 1 and g.kind == "sym" and g.root == 1 for g, e in m) for m in moving
    )


def _continuous(eng: Engine, a: Elem) -> bool:
    """Continuous on the domain: made of continuous functions, no denominator ever 0; what is not known to be so is
    noted as a case."""
    f = eng.field
    if 0 in eng.sign_poly(a.den):
        for p, _ in f.factor(a.den)[1]:
            if 0 in eng.sign_poly(p):
                eng.note_split(p)
        return False
    for g in f.used(a.num, a.den):
        if g.kind not in CONTINUOUS or not all(_continuous(eng, b) for b in g.args):
            return False
        if g.kind == "log" and 0 in eng.sign(g.args[0]):
            return False
    return True


def _small_somewhere(eng: Engine, angle: Elem) -> bool:
    for k in range(TRIES):
        point = inner_point(eng, k)
        ball = None if point is None else enclosure(eng, angle, point, 128)
        if ball is not None:
            return bool(abs(ball) < 2 * flint.arb.pi() * rational(Fraction(999, 1000)))
    return False
