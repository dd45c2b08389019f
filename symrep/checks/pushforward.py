r"""Densities of images of laws, computed from preimages.

In one dimension the density at y of the image of p under h is Σ p(x)/\|h'(x)\| over the solutions of h(x) = y. They
are isolated with ball arithmetic: a block where h − y excludes 0 has none; a block where h' excludes 0 and h has no
breakpoint has at most one. Blocks reach from 2^-40 of an end to 2^40; what lies beyond is not looked at, so the value
is not called rigorous. Affine maps of several variables are inverted exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from flint import acb, acb_mat, arb, ctx

from symrep.checks.breaks import arguments
from symrep.checks.derive import derive
from symrep.checks.faults import Unevaluable, tick
from symrep.term import Term, free_symbols, sub

if TYPE_CHECKING:
    from symrep.checks.evaluate import Compiler

__all__ = ["density"]

_REACH = 40
#: blocks looked at before a point is given up; where preimages can be isolated, some hundreds suffice
_STEPS = 2_500


def density(t: Term, comp: Compiler) -> acb:
    """The value of ``("push", law, (h, …), (y, …))``."""
    _, law, hs, ys = t
    if len(hs) != len(law[1]) or len(ys) != len(hs):
        raise Unevaluable("an image of lower dimension")
    if len(hs) > 1:
        return _affine(law, hs, ys, comp)
    x, lo, hi = law[1][0]
    y = comp.number(ys[0])
    inner = comp.with_values({"y#": y})
    g, dg = _on(inner, sub(hs[0], ("sym", "y#")), x), _on(inner, derive(hs[0], x), x)
    kinks = [_on(inner, k, x) for k in arguments(hs[0], x)]
    p = _on(inner, law[2], x)
    out = acb(0)
    blocks = _blocks(lo, hi, comp)
    middle = blocks[_REACH - 10][0].union(blocks[9 - _REACH][1])

    def far(left: arb, right: arb) -> bool:
        return not middle.overlaps(left.union(right))

    for root in _roots(g, dg, kinks, blocks, comp, far, lambda z: p(z) / dg(z)):
        at = acb(root)
        out += p(at) / abs(dg(at).real)
    comp.report.estimate("preimages are looked for between 2^-40 and 2^40 only")
    return out


def _on(comp: Compiler, t: Term, x: str) -> Callable[[acb], acb]:
    part = comp.build(t, frozenset((x,)))
    return lambda z: part if isinstance(part, acb) else part({x: z}, False)


def _blocks(lo: Term, hi: Term, comp: Compiler) -> list[tuple[arb, arb]]:
    """Blocks that cover the interval up to the stated reach."""
    a = None if lo[0] == "inf" else comp.number(lo).real.mid()
    b = None if hi[0] == "inf" else comp.number(hi).real.mid()
    two = arb(2)
    if a is not None and b is not None:
        w = (b - a) / 2
        left = [a + w * two**-k for k in range(_REACH, -1, -1)]
        edges = left + [b - w * two**-k for k in range(1, _REACH + 1)]
    elif a is not None:
        edges = [a + two**k for k in range(-_REACH, _REACH + 1)]
    elif b is not None:
        edges = [b - two**k for k in range(_REACH, -_REACH - 1, -1)]
    else:
        # odd centre: a preimage at 0 is not on an edge
        c = arb(-1) / 3
        edges = [c - two**k for k in range(_REACH, -4, -1)] + [c + two**k for k in range(-3, _REACH + 1)]
    edges = [e.mid() for e in edges]
    return list(pairwise(edges))


def _sign(v: acb) -> int:
    return 1 if bool(v.real > 0) else -1 if bool(v.real < 0) else 0


def _roots(
    g: Callable[[acb], acb],
    dg: Callable[[acb], acb],
    kinks: list[Callable[[acb], acb]],
    blocks: list[tuple[arb, arb]],
    comp: Compiler,
    far: Callable[[arb, arb], bool],
    weight: Callable[[acb], acb],
) -> list[arb]:
    """All zeros of g on the blocks, as balls, each simple.

    Raises:
        Unevaluable: some block could not be decided.
    """
    out: list[arb] = []
    work = list(reversed(blocks))
    steps = 0
    while work:
        steps += 1
        if steps > _STEPS:
            raise Unevaluable("preimages were not isolated")
        tick(comp.deadline)
        a, b = work.pop()
        box = acb(a.union(b))
        if _sign(g(box)) != 0:
            continue
        slope = dg(box)
        if slope.is_finite() and _sign(slope) != 0 and all(_sign(k(box)) != 0 for k in kinks):
            sa, sb = _sign(g(acb(a))), _sign(g(acb(b)))
            if sa == 0 or sb == 0:
                raise Unevaluable("a preimage on an edge")
            if sa != sb:
                out.append(_bisect(g, dg, a, b, sa))
            continue
        if far(a, b) and _nothing(g, weight, a, b):
            continue
        m = ((a + b) / 2).mid()
        if bool(abs(b - a) < arb(2) ** (-ctx.prec // 2) * (1 + abs(m))):
            raise Unevaluable("preimages were not isolated")
        work += [(m, b), (a, m)]
    return out


def _nothing(g: Callable[[acb], acb], weight: Callable[[acb], acb], a: arb, b: arb) -> bool:
    """Far out, where balls are too wide to decide: no sign change at samples, and next to no density there."""
    at = [acb((a + (b - a) * k / 16).mid()) for k in range(17)]
    if len({_sign(g(z)) for z in at}) != 1:
        return False
    sizes = [weight(z) for z in at]
    return all(not s.is_finite() or bool(abs(s) < arb(2) ** -100) for s in sizes)


def _bisect(g: Callable[[acb], acb], dg: Callable[[acb], acb], a: arb, b: arb, sa: int) -> arb:
    for _ in range(24):
        m = ((a + b) / 2).mid()
        s = _sign(g(acb(m)))
        if s == 0:
            break
        a, b = (m, b) if s == sa else (a, m)
    box = a.union(b)
    for _ in range(12):
        m = box.mid()
        step = (m - g(acb(m)) / dg(acb(box))).real  # interval Newton: the zero is in it
        if not step.is_finite():
            break
        old = box.rad()
        try:
            box = box.intersection(step)
        except ValueError:
            raise Unevaluable("a preimage got lost") from None
        if bool(box.rad() > old / 2):
            break
    return box


def _affine(law: Term, hs: tuple[Term, ...], ys: tuple[Term, ...], comp: Compiler) -> acb:
    """For y = Ax + c: p(A⁻¹(y − c))/|det A|, and 0 outside the box."""
    names = [b[0] for b in law[1]]
    n = len(names)
    rows = [[derive(h, x) for x in names] for h in hs]
    if any(free_symbols(e) & set(names) for r in rows for e in r):
        raise Unevaluable("the image of a law of several variables under a map that is not affine")
    matrix = acb_mat(n, n, [comp.number(e) for r in rows for e in r])
    at0 = comp.with_values({x: acb(0) for x in names})
    rhs = acb_mat(n, 1, [comp.number(y) - at0.number(h) for y, h in zip(ys, hs, strict=True)])
    det = matrix.det()
    if not det.imag.is_zero() or det.contains(0):
        raise Unevaluable("a singular affine map")
    sol = matrix.solve(rhs)
    at = {x: acb(sol[i, 0].real) for i, x in enumerate(names)}
    for x, lo, hi in law[1]:
        for edge, sign in ((lo, 1), (hi, -1)):
            if edge[0] != "inf":
                s = _sign((at[x] - comp.number(edge)) * sign)
                if s < 0:
                    return acb(0)
                if s == 0:
                    raise Unevaluable("a preimage on an edge")
    return comp.with_values(at).number(law[2]) / abs(det.real)
