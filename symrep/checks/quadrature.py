"""Integrals as balls.

One dimension: the interval is split where steps and kinks are; on each piece their signs are frozen, so what is left
is analytic, and ``acb.integral`` encloses it. Toward infinity and toward a singular end the piece is cut into blocks
that double in length. A block on which one ball evaluation bounds the integrand below the tolerance costs nothing
more. What lies beyond the last block is bounded where the integrand has a majorant that proves it (see
:mod:`symrep.checks.majorant`). Else, and at a singular end, it is estimated from the ratio of the last blocks: mere
evidence, and the report says so. Blocks that do not shrink mean the integral does not exist (a Cauchy mean),
whatever cancels between the two ends.

More dimensions: double-exponential tensor rules in floating point, halving the step (see :mod:`symrep.checks.tensor`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from flint import acb, arb, ctx

from symrep.checks.arith import NAN
from symrep.checks.breaks import arguments, centres, freeze
from symrep.checks.derive import derive
from symrep.checks.faults import Unevaluable, tick
from symrep.checks.majorant import Strange, beyond
from symrep.term import ZERO, Term, free_symbols

if TYPE_CHECKING:
    from symrep.checks.evaluate import Compiler

__all__ = ["integral", "nested"]

F = Callable[[acb, bool], acb]

_REACH: Final = 80
_MAX_BLOCKS: Final = 1500  # enough for x^(-9/10) at 90 bits
#: queued subintervals and evaluations per block
_QUEUE: Final = 20_000
_EVALS: Final = 60_000
_SAMPLES: Final = (3, 7, 17, 29, 41, 57)


def integral(body: Term, boxes: tuple[Term, ...], comp: Compiler) -> acb:
    """∫ body over the box, error included in the radius; ``comp.report`` says whether that error is proved.

    Raises:
        Unevaluable: the integral seems not to exist, or was not resolved.
    """
    comp.report.quadrature = True
    if len(boxes) > 1:
        from symrep.checks.tensor import tensor

        return tensor(body, boxes, comp)
    return _single(body, boxes[0], comp, False, False)


def nested(body: Term, box: Term, comp: Compiler, analytic: bool, exact: bool) -> acb:
    """An inner integral at a ball of the outer variable: not-a-number where it is not resolved there."""
    comp.report.quadrature = True
    try:
        return _single(body, box, comp, analytic, not exact)
    except Unevaluable:
        return NAN


def _single(body: Term, box: Term, comp: Compiler, parameter_analytic: bool, wide: bool) -> acb:
    x, lo, hi = box
    if (parameter_analytic or wide) and lo[0] != "inf" and hi[0] != "inf":
        # along the segment between two complex limits: analytic in them, and right for real ones
        line = _Line(body, x, None, None, comp, parameter_analytic)
        return line.block(line.function(body), comp.number(lo), comp.number(hi))
    a, b = _limit(lo, comp), _limit(hi, comp)
    if a is not None and b is not None:
        if bool(a > b):
            raise Unevaluable("limits in the wrong order")
        if bool(a == b) and a.is_exact():
            return acb(0)
    return _Line(body, x, a, b, comp, parameter_analytic).value()


def _limit(t: Term, comp: Compiler) -> arb | None:
    """A finite limit, or None for an infinite one."""
    if t[0] == "inf":
        return None
    z = comp.number(t)
    if not z.is_finite() or not z.imag.is_zero():
        raise Unevaluable("a limit of integration is not a real number")
    return z.real


def _size(z: acb) -> arb:
    return abs(z).upper()


class _Line:
    """One integral over an interval."""

    def __init__(self, body: Term, x: str, a: arb | None, b: arb | None, comp: Compiler, analytic: bool) -> None:
        self.body, self.x, self.a, self.b, self.comp, self.analytic = body, x, a, b, comp, analytic
        # blocks next to a singular end need the digits that are not asked for
        self.goal = min(max(30, (ctx.prec - 64) // 2 + 4), 90)
        self.scale = arb(0)
        self.real = True

    # --- splitting ------------------------------------------------------------------------------------------------

    def function(self, body: Term) -> F:
        part = self.comp.build(body, frozenset((self.x,)))
        x, outer, deadline = self.x, self.analytic, self.comp.deadline

        if isinstance(part, acb):
            return lambda z, analytic: part

        def f(z: acb, analytic: bool) -> acb:
            tick(deadline)
            return part({x: z}, bool(analytic) or outer)

        return f

    def value(self) -> acb:
        linear, roots = self._breakpoints()
        edges = [self.a, *roots, self.b]
        out = acb(0)
        for left, right in pairwise(edges):
            frozen = self._frozen(linear, left, right)
            if frozen != ZERO:
                out += self._piece(frozen, left, right)
        if not out.is_finite():
            raise Unevaluable("the integral is not finite")
        size = self.scale.max(_size(out))
        if bool(out.real.rad() > size * arb(2) ** -10):
            raise Unevaluable("the integral was not resolved")
        self.comp.report.scale = max(self.comp.report.scale, float(size.mid()))
        if self.real and out.imag.contains(0):
            return acb(out.real)
        return out

    def _breakpoints(self) -> tuple[list[Term], list[arb]]:
        """Arguments linear in x, and all breakpoints strictly inside, in order. Real parameters only."""
        linear: list[Term] = []
        roots: list[arb] = []
        if self.analytic:
            return linear, roots
        for g in arguments(self.body, self.x):
            try:
                root = self._root(g)
                if root is not None:
                    linear.append(g)
                    roots.append(root)
                else:
                    roots.extend(self._scan(g))
            except Unevaluable:
                continue
        roots += self._centres()
        inside = [r for r in roots if (self.a is None or bool(r > self.a)) and (self.b is None or bool(r < self.b))]
        inside.sort(key=lambda r: float(r.mid()))
        out: list[arb] = []
        for r in inside:
            if not out or bool(r > out[-1]):
                out.append(r)
        return linear, out

    def _root(self, g: Term) -> arb | None:
        """The zero of a term that is linear in x."""
        if self.x in free_symbols(derive(g, self.x)):
            return None
        part = self.function(g)
        at0, at1 = part(acb(0), False), part(acb(1), False)
        root = (-at0 / (at1 - at0)).real
        return root if root.is_finite() else None

    def _centres(self) -> list[arb]:
        """Where the integrand is likely to peak; splitting there keeps narrow peaks from being missed."""
        out: list[arb] = []
        for g in centres(self.body, self.x):
            try:
                root = self._root(g)
            except Unevaluable:
                continue
            if root is not None and all(not root.overlaps(r) for r in out) and len(out) < 6:
                out.append(root)
        return out

    def _scan(self, g: Term) -> list[arb]:
        """Sign changes of a nonlinear argument, to full precision by bisection: hints where to split, nothing more."""
        f = self.function(g)
        grid = [arb(k) / 8 + arb(1) / 64 for k in range(-40, 41)]
        grid += [s * arb(2) ** k for k in range(-8, 14) for s in (1, -1)]
        if self.a is not None and self.b is not None:
            grid += [self.a + (self.b - self.a) * k / 64 for k in range(1, 64)]
        grid = [p.mid() for p in grid]
        grid = [p for p in grid if (self.a is None or bool(p > self.a)) and (self.b is None or bool(p < self.b))]
        grid.sort(key=float)
        out = []
        signs = [(p, f(acb(p), False).real) for p in grid]
        known = [(p, 1 if bool(v > 0) else -1) for p, v in signs if bool(v > 0) or bool(v < 0)]
        for (p, s), (q, r) in pairwise(known):
            if s == r:
                continue
            for _ in range(ctx.prec):
                m = ((p + q) / 2).mid()
                v = f(acb(m), False).real
                if bool(v > 0) or bool(v < 0):
                    p, q = (m, q) if bool(v > 0) == (s > 0) else (p, m)
                else:
                    break
            out.append(((p + q) / 2).mid())
        return out

    def _frozen(self, linear: list[Term], left: arb | None, right: arb | None) -> Term:
        if not linear:
            return self.body
        if left is None and right is None:
            c = arb(0)
        elif left is None or right is None:
            c = left + 1 if left is not None else (right if right is not None else arb(0)) - 1
        else:
            c = (left + right) / 2
        signs: dict[Term, int] = {}
        for g in linear:
            v = self.function(g)(acb(c), False).real
            if bool(v > 0) or bool(v < 0):
                signs[g] = 1 if bool(v > 0) else -1
        return freeze(self.body, signs, self.x)

    # --- pieces ---------------------------------------------------------------------------------------------------

    def _piece(self, body: Term, left: arb | None, right: arb | None) -> acb:
        if left is not None and right is not None:
            return self._finite(self.function(body), left, right)
        if left is None and right is None:
            zero = arb(0)
            return self._tail(body, zero, 1) + self._tail(body, zero, -1)
        if left is not None:
            return self._tail(body, left, 1)
        return self._tail(body, right if right is not None else arb(0), -1)

    def block(self, f: F, a: arb | acb, b: arb | acb) -> acb:
        """A rigorous enclosure over [a, b], not necessarily a finite one."""
        tol = arb(2) ** -self.goal
        small = (tol * self.scale).mid() / 16 + arb(2) ** -100_000
        failure: list[BaseException] = []

        def quiet(z: acb, analytic: bool) -> acb:
            # flint keeps calling after an exception: keep the first, answer not-a-number from then on
            if failure:
                return NAN
            try:
                return f(z, analytic)
            except Exception as e:
                failure.append(e)
                return NAN

        out = acb.integral(
            quiet,
            acb(a),
            acb(b),
            rel_tol=tol,
            abs_tol=small.mid(),
            use_heap=True,
            depth_limit=_QUEUE,
            eval_limit=_EVALS,
        )
        if failure:
            raise failure[0]
        return out

    def _look(self, f: F, a: arb, b: arb) -> arb | None:
        """The length times max |f| at some points of [a, b]; None when f has no value at any of them."""
        top = None
        aside = 1 / arb.pi()  # blocks have dyadic ends: sin πx and x − ⌊x⌋ vanish at all points that are integers
        for k in _SAMPLES:
            p = (a + (b - a) * (k + aside) / 64).mid()
            v = f(acb(p), False)
            if v.is_finite():
                self.real = self.real and bool(v.imag.is_zero())
                s = _size(v)
                top = s if top is None else top.max(s)
        return None if top is None else (top * abs(b - a)).upper()

    def _singular(self, f: F, end: arb, inner: arb) -> bool:
        near = end + (inner - end) * arb(2) ** -30
        v = f(acb(end.union(near)), False)
        return not v.is_finite()

    def _finite(self, f: F, a: arb, b: arb) -> acb:
        m = ((a + b) / 2).mid()
        look = self._look(f, a, b)
        if look is None:
            raise Unevaluable("the integrand has no value")
        self.scale = self.scale.max(look)
        at_a, at_b = self._singular(f, a, b), self._singular(f, b, a)
        if not at_a and not at_b:
            v = self.block(f, a, b)
            if v.is_finite() and bool(v.real.rad() < self.scale * arb(2) ** (-self.goal // 2)):
                self.scale += _size(v)
                return v
            at_a = at_b = True
        left = self._toward(f, m, a) if at_a else self.block(f, a, m)
        right = self._toward(f, m, b) if at_b else self.block(f, m, b)
        return left + right

    def _toward(self, f: F, start: arb, end: arb) -> acb:
        """From ``start`` to a finite, perhaps singular, ``end``, whichever is the larger, by halving blocks."""
        w = start - end

        def edge(k: int) -> arb:
            return end + w * arb(2) ** -k

        return self._series(f, edge, bool(w > 0), "a singular end, cut off where blocks fall geometrically")

    def _tail(self, body: Term, a: arb, sign: int) -> acb:
        """From ``a`` to sign·∞ by doubling blocks."""
        f = self.function(body)

        def edge(k: int) -> arb:
            return a + sign * arb(2) ** k

        looks: list[arb | None] = []
        bounds: dict[int, arb | None] = {}
        seen = arb(0)
        for k in range(_REACH):
            lo, hi = (edge(k), edge(k + 1)) if sign > 0 else (edge(k + 1), edge(k))
            bounds[k] = bound = self._bound(f, lo, hi)
            if bound is None or not bool(bound <= seen * arb(2) ** (-2 * self.goal - 16)):
                bound = self._look(f, lo, hi)  # else one ball says that nothing is there
                seen = seen if bound is None else seen.max(bound)
            looks.append(bound)
        last = max((k for k, v in enumerate(looks) if v is not None), default=-1)
        if last < 8:
            raise Unevaluable("the integrand has no value far out")
        biggest = arb(0)
        for v in looks[: last + 1]:
            if v is not None:
                biggest = biggest.max(v)
        final, before = looks[last], looks[last - 8]
        tiny = biggest * arb(2) ** (-2 * self.goal)
        if final is not None and before is not None and bool(final > tiny) and bool(final > before * 0.98):
            raise Unevaluable("seems to diverge")
        self.scale = self.scale.max(biggest)
        head = self._finite(f, *((a, a + 1) if sign > 0 else (a - 1, a)))
        quiet = last + 1
        while quiet > 0 and ((v := looks[quiet - 1]) is None or bool(v < tiny)):
            quiet -= 1
        note = "a tail cut off where the integrand is negligible or falls geometrically"
        if last < _REACH - 1 and quiet > last:
            raise Unevaluable("the integrand has no value far out")

        def rest(p: arb) -> arb | None:
            try:
                return beyond(body, self.x, sign, sign * p, self.comp)
            except Strange:
                return None

        return head + self._series(f, edge, sign < 0, note, quiet if quiet <= last else 10**9, bounds, rest)

    def _series(
        self,
        f: F,
        edge: Callable[[int], arb],
        swap: bool,
        note: str,
        quiet: int = 0,
        bounds: Mapping[int, arb | None] = {},
        rest: Callable[[arb], arb | None] = lambda p: None,
    ) -> acb:
        """Σ over blocks between edge(k) and edge(k+1), of which some may have ``bounds`` already.

        A tail passes ``quiet`` > 0, the block from which on samples say that nothing is left: a far bump is not missed.
        Where ``rest`` bounds what lies beyond an edge and that is little, all is proved.
        """
        out = acb(0)
        sizes: list[arb] = []
        floor = arb(2) ** (-self.goal - 8)
        k = 0
        while k < _MAX_BLOCKS:
            tick(self.comp.deadline)
            p, q = edge(k), edge(k + 1)
            lo, hi = (q, p) if swap else (p, q)
            bound = bounds[k] if k in bounds else self._bound(f, lo, hi)
            if bound is not None and bool(bound <= floor * self.scale / 64):
                out += acb(arb(0, bound))
                sizes.append(bound)
                if k >= _REACH - 1:
                    break
            elif 0 < quiet < k:
                break
            else:
                v = self.block(f, lo, hi)
                if not v.is_finite():
                    raise Unevaluable("seems to diverge, or is not resolved on a block")
                out += v
                self.scale += _size(v)
                sizes.append(_size(v))
                done = self._remainder(sizes)
                if done is not None and (not quiet or k >= min(quiet, _REACH - 1)):
                    out += done
                    break
            if k >= 2 and (left := rest(q)) is not None and bool(left <= floor * self.scale):
                return out + acb(arb(0, left), arb(0, left))
            k += 1
        else:
            raise Unevaluable("seems to diverge, or converges too slowly")
        self.comp.report.estimate(note)
        return out

    def _bound(self, f: F, lo: arb, hi: arb) -> arb | None:
        v = f(acb(lo.union(hi)), False)
        return (_size(v) * (hi - lo)).upper() if v.is_finite() else None

    def _remainder(self, sizes: list[arb]) -> acb | None:
        """What lies beyond, once the ratio of blocks has settled; None to go on; raises when blocks do not shrink."""
        n = len(sizes)
        if n < 24:
            return None
        s1, s2 = sizes[-2:]
        if not bool(s1 > 0):
            return None
        if n >= 48 and all(bool(sizes[-j] > sizes[-j - 1] * 0.995) for j in range(1, 17)):
            raise Unevaluable("seems to diverge")
        ratio = (s2 / s1).mid()
        if bool(ratio > 0.995):
            return None
        rest = s2 * ratio / (1 - ratio)
        small = arb(2) ** (-self.goal) * self.scale
        return acb(arb(0, (2 * rest).upper())) if bool(rest < small) else None
