"""Values of terms as balls: every rounding is enclosed, so two disjoint balls are two different numbers.

A term is compiled to a closure over the values of its free symbols; whatever does not depend on a variable of
integration is computed once. Values are complex balls on the principal branch; :func:`evaluate` insists on a real
one. What a value rests on beyond ball arithmetic (a tail cut off, a numerical derivative) is written into the
:class:`Report`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias, final

from flint import acb, arb, ctx, fmpq

from symrep.checks import arith
from symrep.checks.cantor import settled
from symrep.checks.derive import carried_out
from symrep.checks.determinants import determinant, jacobian
from symrep.checks.exact import COMPARE, rational
from symrep.checks.faults import OutOfTime, Unevaluable, tick
from symrep.checks.instances import Instance, instantiate
from symrep.clock import now
from symrep.term import MINUS_ONE, Term, free_symbols, mul

__all__ = ["Compiler", "OutOfTime", "Part", "Report", "Run", "Unevaluable", "evaluate", "evaluate_complex", "precision"]

Vals = dict[str, acb]
Run = Callable[[Vals, bool], acb]
Part: TypeAlias = "acb | Run"

MAX_TERMS = 20_000
_STEPS = ("sign", "heaviside", "floor", "ceiling", "abs", "min", "max")


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Let flint work at ``bits`` inside; its precision is a global, so it is put back whatever happens."""
    old = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = old


@final
@dataclass
class Report:
    """What a value rests on.

    Attributes:
        rigorous: nothing but ball arithmetic was used.
        quadrature: an integral was computed on the way.
        scale: the size of what was summed up before it may have cancelled.
        notes: the pieces that are not rigorous, in words.
    """

    rigorous: bool = True
    quadrature: bool = False
    scale: float = 0.0
    notes: set[str] = field(default_factory=set)

    def estimate(self, note: str) -> None:
        self.rigorous = False
        self.notes.add(note)


def _is_run(p: Part) -> bool:
    return not isinstance(p, acb)


def _call(p: Part, vals: Vals, analytic: bool) -> acb:
    return p if isinstance(p, acb) else p(vals, analytic)


def lift(op: Callable[[list[acb], bool], acb], parts: Sequence[Part]) -> Part:
    """``op`` of the parts: now if all are known, else when the variables are."""
    if not any(_is_run(p) for p in parts):
        return op([p for p in parts if isinstance(p, acb)], False)

    def run(vals: Vals, analytic: bool) -> acb:
        return op([p if isinstance(p, acb) else p(vals, analytic) for p in parts], analytic)

    return run


def _add(xs: list[acb], analytic: bool) -> acb:
    out = xs[0]
    for x in xs[1:]:
        out = out + x
    return out


def _mul(xs: list[acb], analytic: bool) -> acb:
    out = xs[0]
    for x in xs[1:]:
        out = out * x
    return out


def _fold(op: Callable[[list[acb], bool], acb], parts: list[Part]) -> Part:
    """A sum or a product with its constants folded into one."""
    known = [p for p in parts if isinstance(p, acb)]
    runs = [p for p in parts if not isinstance(p, acb)]
    if not runs:
        return op(known, False)
    if len(runs) == 1 and not known:
        return runs[0]
    if known:
        start, later = op(known, False), runs

        if op is _add:
            return lambda vals, a: _summed(start, later, vals, a)
        return lambda vals, a: _multiplied(start, later, vals, a)
    head, rest = runs[0], runs[1:]
    if op is _add:
        return lambda vals, a: _summed(head(vals, a), rest, vals, a)
    return lambda vals, a: _multiplied(head(vals, a), rest, vals, a)


def _summed(out: acb, runs: list[Run], vals: Vals, analytic: bool) -> acb:
    for r in runs:
        out = out + r(vals, analytic)
    return out


def _multiplied(out: acb, runs: list[Run], vals: Vals, analytic: bool) -> acb:
    for r in runs:
        out = out * r(vals, analytic)
    return out


def _unary(f: Callable[[acb, bool], acb], p: Part) -> Part:
    if isinstance(p, acb):
        return f(p, False)
    return lambda vals, a: f(p(vals, a), a)


def _power(b: Part, e: Part) -> Part:
    n = arith.integer_of(e) if isinstance(e, acb) else None
    if n is not None and abs(n) < arith.MAX_POWER and not isinstance(b, acb):
        return lambda vals, a: b(vals, a) ** n
    return lift(lambda xs, a: arith.power(xs[0], xs[1], a), [b, e])


Cond = Callable[[Vals, bool], bool | None]


@final
class Compiler:
    """Compiles terms at fixed values of their free symbols.

    Args:
        values: the values of symbols, and of indexed ones under their text, ``"mu[j]"`` or ``"mu[3]"``.
        deadline: on the clock of :mod:`symrep.clock`.
        report: filled in as values are computed.
        exact: those of the values that are rational: on a breakpoint a ball around 1/10 decides nothing.
    """

    def __init__(
        self, values: Mapping[str, acb], deadline: float, report: Report, exact: Mapping[str, Fraction] = {}
    ) -> None:
        self.values = dict(values)
        self.exact = dict(exact)
        self.deadline = deadline
        self.report = report

    def with_values(self, more: Mapping[str, acb]) -> Compiler:
        exact = {k: v for k, v in self.exact.items() if k not in more}
        return Compiler({**self.values, **more}, self.deadline, self.report, exact)

    def again(self) -> Compiler:
        """The rational values alone, at the precision of now."""
        values = {n: acb(fmpq(q.numerator, q.denominator)) for n, q in self.exact.items()}
        return Compiler(values, self.deadline, self.report, self.exact)

    def number(self, t: Term) -> acb:
        """The value of a term all of whose free symbols have values."""
        p = self.build(t, frozenset())
        if not isinstance(p, acb):
            raise Unevaluable("a value is missing")
        return p

    def build(self, t: Term, free: frozenset[str]) -> Part:
        """Compile ``t``; names in ``free`` get their values when the closure is called."""
        head = t[0]
        if head == "num":
            return acb(fmpq(t[1], t[2]))
        if head == "sym":
            return self._symbol(t[1], free)
        if head == "const":
            return arith.constant(t[1])
        if head == "add":
            return _fold(_add, [self.build(c, free) for c in t[1:]])
        if head == "mul":
            return _fold(_mul, [self.build(c, free) for c in t[1:]])
        if head == "pow":
            return _power(self.build(t[1], free), self.build(t[2], free))
        if head == "fn":
            name = t[1]
            if name in _STEPS and (value := self._rational(t, free)) is not None:
                return as_ball(value)
            if name in arith.UNARY:
                return _unary(arith.UNARY[name], self.build(t[2], free))
            return lift(lambda xs, a: arith.apply(name, xs, a), [self.build(c, free) for c in t[2:]])
        if head == "piecewise":
            return self._piecewise(t, free)
        if head == "index":
            return self._index(t, free)
        if head in ("sum", "product"):
            return self._series(t, free)
        if head in ("det", "jacobian"):
            total = determinant if head == "det" else jacobian
            if free & free_symbols(t):
                return lambda vals, a: total(t, self.with_values(vals).number)
            return total(t, self.number)
        if head == "diff":
            return self._diff(t, free)
        if head in ("integral", "expect"):
            return self._integral(t, free)
        if head == "expect_each":
            from symrep.checks.draws import drawn

            return drawn(t, self, free)
        if head == "push":
            from symrep.checks.pushforward import density

            if free & free_symbols(t):
                return lambda vals, a: arith.NAN if a else density(t, self.with_values(vals))
            return density(t, self)
        raise Unevaluable(f"no numeric value for {head}")

    def _rational(self, t: Term, free: frozenset[str]) -> Fraction | None:
        if not self.exact or (free and free & free_symbols(t)):
            return None
        return rational(t, self.exact)

    def _symbol(self, name: str, free: frozenset[str]) -> Part:
        if name in free:
            return lambda vals, a: vals[name]
        if name not in self.values:
            raise Unevaluable(f"no value for {name}")
        return self.values[name]

    def _index(self, t: Term, free: frozenset[str]) -> Part:
        if free & free_symbols(t):
            return lambda vals, a: self.with_values(vals).number(t)
        text = f"{t[1]}[{','.join(str(s[1]) for s in t[2:])}]"
        if text in self.values and all(s[0] in ("sym", "num") for s in t[2:]):
            return self.values[text]
        at = [arith.integer_of(self.number(s)) for s in t[2:]]
        key = f"{t[1]}[{','.join(map(str, at))}]"
        if key not in self.values:
            raise Unevaluable(f"no value for {key}")
        return self.values[key]

    # --- conditions -----------------------------------------------------------------------------------------------

    def condition(self, c: Term, free: frozenset[str]) -> Cond:
        """Decides a condition where the balls decide it (None where they do not)."""
        head = c[0]
        if head == "true":
            return lambda vals, a: True
        if head == "rel":
            if (value := self._rational(("add", c[2], mul(MINUS_ONE, c[3])), free)) is not None:
                known = COMPARE[c[1]](value, Fraction(0))
                return lambda vals, a: known
            op, diff = c[1], lift(lambda xs, a: xs[0] - xs[1], [self.build(c[2], free), self.build(c[3], free)])
            return lambda vals, a: arith.relation(op, _call(diff, vals, a), a)
        inner = [self.condition(s, free) for s in c[1:]]
        if head == "not":
            one = inner[0]

            def negated(vals: Vals, a: bool) -> bool | None:
                r = one(vals, a)
                return None if r is None else not r

            return negated
        if head not in ("and", "or"):
            raise Unevaluable(f"condition {head}")
        stop = bool(head == "or")

        def joined(vals: Vals, a: bool) -> bool | None:
            answers = {i(vals, a) for i in inner}
            if any(r is stop for r in answers):
                return stop
            return None if any(r is None for r in answers) else not stop

        return joined

    def _piecewise(self, t: Term, free: frozenset[str]) -> Part:
        branches: list[tuple[Cond, Part]] = []
        for c, v in t[1:]:
            cond = self.condition(c, free)
            if not (free & free_symbols(c)):
                known = cond({}, False)
                if known is False:
                    continue
                if known is True:
                    if not branches:
                        return self.build(v, free)
                    branches.append((cond, self.build(v, free)))
                    break
                if known is None:
                    raise Unevaluable("on a breakpoint of a piecewise term")
            branches.append((cond, self.build(v, free)))

        def run(vals: Vals, analytic: bool) -> acb:
            hull: acb | None = None
            for cond, value in branches:
                holds = cond(vals, analytic)
                if holds is False:
                    continue
                if holds is None and analytic:
                    return arith.NAN
                v = _call(value, vals, analytic)
                hull = v if hull is None else hull.union(v)
                if holds:
                    return hull
            return arith.NAN

        return run if branches else arith.NAN

    # --- sums, derivatives, integrals -----------------------------------------------------------------------------

    def _series(self, t: Term, free: frozenset[str]) -> Part:
        from symrep.checks.series import total

        if free & free_symbols(t):

            def run(vals: Vals, analytic: bool) -> acb:
                i, _, hi = t[2]
                if hi == ("inf", 1):
                    raise Unevaluable("infinite sum that depends on a variable of integration")
                outer = self.with_values(vals)
                return _finite(
                    t, outer, lambda k: _call(outer.with_values({i: acb(k)}).build(t[1], free), vals, analytic)
                )

            return run
        if t[2][2] == ("inf", 1):
            return total(t, self)
        return _finite(t, self, lambda k: self.with_values({t[2][0]: acb(k)}).number(t[1]))

    def _diff(self, t: Term, free: frozenset[str]) -> Part:
        if (done := carried_out(t)) is not None:
            value, kinks = self.build(done[0], free), []
            for g in done[1]:
                with suppress(Unevaluable):
                    kinks.append(self.build(g, free))
            # at a breakpoint the formula says nothing
            return lift(lambda xs, a: arith.NAN if any(_zero(x) for x in xs[1:]) else xs[0], [value, *kinks])
        if free & free_symbols(t):
            raise Unevaluable("numerical derivative inside an integral")
        from symrep.checks.differences import numerical_derivative

        return numerical_derivative(t, self)

    def _integral(self, t: Term, free: frozenset[str]) -> Part:
        from symrep.checks.quadrature import integral, nested

        body, boxes = (t[1], t[2:]) if t[0] == "integral" else (("mul", t[1], t[2][2]), t[2][1])
        if free & free_symbols(t):
            if len(boxes) != 1:
                raise Unevaluable("a double integral inside an integral")
            box = boxes[0]

            def run(vals: Vals, analytic: bool) -> acb:
                exact = not analytic and all(v.imag.is_zero() and v.real.is_exact() for v in vals.values())
                return nested(body, box, self.with_values(vals), analytic, exact)

            return run
        return integral(body, tuple(boxes), self)


def _finite(t: Term, comp: Compiler, item: Callable[[int], acb]) -> acb:
    lo, hi = arith.integer_of(comp.number(t[2][1])), arith.integer_of(comp.number(t[2][2]))
    if lo is None or hi is None:
        raise Unevaluable("limits of a sum are no integers")
    if hi < lo - 1:
        raise Unevaluable("limits of a sum in the wrong order")
    if hi - lo > MAX_TERMS:
        raise Unevaluable("too many terms")
    out = acb(0 if t[0] == "sum" else 1)
    for k in range(lo, hi + 1):
        tick(comp.deadline)
        v = item(k)
        out = out + v if t[0] == "sum" else out * v
    return out


def _zero(z: acb) -> bool:
    return bool(z.is_finite()) and bool(z.contains(0))


def evaluate_complex(
    t: Term,
    point: Mapping[str, object],
    functions: Mapping[str, Instance],
    prec: int,
    deadline: float | None = None,
    report: Report | None = None,
) -> acb:
    """The principal-branch value of ``t`` as a complex ball; the point maps names to Fractions or balls.

    Raises:
        Unevaluable: it has no value there, or none that numbers can stand for.
        OutOfTime: the deadline passed.
    """
    with precision(prec):
        values = {k: as_ball(v) for k, v in point.items()}
        exact = {k: v for k, v in point.items() if isinstance(v, Fraction)}
        comp = Compiler(values, now() + 60 if deadline is None else deadline, report or Report(), exact)
        out = comp.number(settled(instantiate(t, functions)) if functions else t)
        if not out.is_finite():
            raise Unevaluable("not finite")
        return out


def as_ball(v: object) -> acb:
    """A ball around a Fraction, int or ball, at the current precision."""
    if isinstance(v, acb):
        return v
    if isinstance(v, arb):
        return acb(v)
    p, q = getattr(v, "numerator", None), getattr(v, "denominator", None)
    if isinstance(p, int) and isinstance(q, int):
        return acb(fmpq(p, q))
    raise Unevaluable(f"not an exact value: {v!r}")


def evaluate(
    t: Term,
    point: Mapping[str, object],
    functions: Mapping[str, Instance],
    prec: int,
    deadline: float | None = None,
    report: Report | None = None,
) -> arb:
    """The real value of ``t`` as a ball; see :func:`evaluate_complex`."""
    z = evaluate_complex(t, point, functions, prec, deadline, report)
    if not z.imag.is_zero():
        raise Unevaluable("not real")
    return z.real
