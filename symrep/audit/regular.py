r"""How regular a term is in some of its variables, the others held fixed: computed from the inside out.

The *moving* variables range over an open set (intervals of integration, and an open set of values of a parameter). On
it a term is found to be

* ``BOUNDED``: defined, real, Borel and bounded on compact subsets;
* ``CONTINUOUS``; ``LIPSCHITZ``, on compact subsets; ``SMOOTH``, continuously differentiable,

or nothing is found. A composition f(u) takes over what u has where f is C¹ on an open set that u is proved not to
leave; where f is unbounded near the edge of that set u has to be continuous, so as to stay away from the edge on
compact sets. A sign or a case distinction is locally constant where what it asks about is continuous and proved
nonzero, and only bounded otherwise; the branches of a case distinction are looked at on the closure of the set they
are chosen on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, final

from symrep.audit.context import Ctx
from symrep.audit.data import HALF, ONE, PI, No, Term, add, fn, free, mul, sub, value
from symrep.audit.signs import compare, holds

__all__ = ["BOUNDED", "CONTINUOUS", "LIPSCHITZ", "SMOOTH", "Interior", "defined", "proved", "relations", "whole"]

BOUNDED, CONTINUOUS, LIPSCHITZ, SMOOTH = range(1, 5)

_EVERYWHERE: Final = frozenset("exp sin cos sinh cosh tanh atan asinh erf erfc".split())
_STEPS: Final = frozenset("sign heaviside".split())
_HALF_PI: Final[Term] = mul(HALF, PI)


def whole(t: Term, ctx: Ctx) -> bool:
    """Is t an integer, as far as its form shows?"""
    number = value(t)
    if number is not None:
        return number.denominator == 1
    if t[0] in ("sym", "index"):
        return "integer" in (ctx.kind_of(t[1]) or "")
    if t[0] in ("add", "mul"):
        return all(whole(c, ctx) for c in t[1:])
    return t[0] == "pow" and whole(t[1], ctx) and (e := value(t[2])) is not None and e.denominator == 1 and e >= 0


def relations(c: Term) -> list[Term]:
    """The comparisons a condition is made of."""
    if c[0] == "rel":
        return [c]
    return [r for d in c[1:] for r in relations(d)] if c[0] in ("and", "or", "not") else []


def defined(t: Term, ctx: Ctx) -> None:
    """Raises No unless t is a real number for all values of its symbols."""
    Interior(ctx, ()).level(t)


def proved(t: Term, op: str, ctx: Ctx) -> bool:
    """T op 0 everywhere, also where only the parts of a sum, product or even power show it. The parts are real."""
    if holds(t, op, ctx):
        return True
    if op == "!=":
        return (t[0] in ("add", "pow") and proved(t, ">", ctx)) or (
            t[0] == "mul" and all(proved(c, op, ctx) for c in t[1:])
        )
    if op not in (">", ">="):
        return False
    if t[0] == "mul":
        return all(proved(c, op, ctx) for c in t[1:])
    if t[0] == "add":
        return all(proved(c, ">=", ctx) for c in t[1:]) and (op == ">=" or any(proved(c, ">", ctx) for c in t[1:]))
    if t[0] == "pow" and (e := value(t[2])) is not None and e.denominator == 1 and e > 0:
        if e % 2 == 0:
            return op == ">=" or proved(t[1], "!=", ctx)
        return proved(t[1], op, ctx)
    return False


@final
class Interior:
    """Regularity in the names ``moving``; ``ctx`` says where they and everything else may lie.

    ``kinks`` collects arguments at whose zeros |·|, max and min have kinks, ``jumps`` those at whose zeros a step or a
    case distinction may jump. Arguments in ``glued`` are known to be no jumps of the whole.
    """

    def __init__(self, ctx: Ctx, moving: Iterable[str], glued: Iterable[Term] = ()) -> None:
        self.ctx = ctx
        self.moving = frozenset(moving)
        self.glued = frozenset(glued)
        self.kinks: list[Term] = []
        self.jumps: list[Term] = []
        self._known: dict[tuple[Any, ...], int] = {}

    def level(self, t: Term) -> int:
        """The level of t; raises No if there is none."""
        return self._level(t, self.ctx)

    def need(self, t: Term, level: int) -> None:
        if self.level(t) < level:
            names = {1: "bounded", 2: "continuous", 3: "Lipschitz", 4: "continuously differentiable"}
            raise No(f"a term is not known to be {names[level]} in {', '.join(sorted(self.moving))}")

    def _moves(self, t: Term) -> bool:
        return bool(free(t) & self.moving)

    def _level(self, t: Term, ctx: Ctx) -> int:
        key = (t, ctx.facts, ctx.bound)
        if key not in self._known:
            found = self._find(t, ctx)
            self._known[key] = found if self._moves(t) else SMOOTH
        return self._known[key]

    def _least(self, ts: Iterable[Term], ctx: Ctx) -> int:
        return min((self._level(c, ctx) for c in ts), default=SMOOTH)

    def _find(self, t: Term, ctx: Ctx) -> int:
        head = t[0]
        if head == "num" or (head == "const" and t[1] != "i"):
            return SMOOTH
        if head in ("sym", "index"):
            if ctx.kind_of(t[1]) in (None, "complex"):
                raise No(f"{t[1]} is not known to be real")
            if head == "index" and (t[1] in self.moving or any(map(self._moves, t[2:]))):
                raise No("an index moves")
            return SMOOTH
        if head in ("add", "mul"):
            return self._least(t[1:], ctx)
        if head == "pow":
            return self._power(t[1], t[2], ctx)
        if head == "fn":
            return self._function(t, ctx)
        if head == "app":
            return self._declared(t, ctx)
        if head == "piecewise":
            return self._cases(t, ctx)
        if head in ("sum", "product"):
            return self._sum(t, ctx)
        raise No(f"nothing is known of the regularity of {head}", covered=head == "diff")

    def _held(self, t: Term, op: str, ctx: Ctx, what: str) -> None:
        if not proved(t, op, ctx):
            raise No(f"it is not known that {what}")

    def _continuous(self, t: Term, ctx: Ctx) -> int:
        """The level of t, at least CONTINUOUS, as is needed near the edge of an open set."""
        found = self._level(t, ctx)
        if found < CONTINUOUS:
            raise No("a term that may jump stands where a continuous one is needed")
        return found

    def _power(self, b: Term, e: Term, ctx: Ctx) -> int:
        if self._moves(e):
            self._held(b, ">", ctx, "the base of a power with a moving exponent is positive")
            return min(self._continuous(b, ctx), self._level(e, ctx))
        self._level(e, ctx)
        if whole(e, ctx):
            if proved(e, ">=", ctx):
                return self._level(b, ctx)
            if not proved(b, "!=", ctx):
                raise No("a denominator is not known to be nonzero")
            return self._continuous(b, ctx)
        if proved(b, ">", ctx):
            return self._continuous(b, ctx)
        self._held(b, ">=", ctx, "the base of a real power is not negative")
        self._held(e, ">", ctx, "the exponent is positive where its base may vanish")
        most = SMOOTH if compare(e, ">", ONE, ctx) else LIPSCHITZ if compare(e, ">=", ONE, ctx) else CONTINUOUS
        return min(most, self._level(b, ctx))

    def _function(self, t: Term, ctx: Ctx) -> int:
        name, args = t[1], t[2:]
        a = args[0]
        if name in _EVERYWHERE:
            return self._level(a, ctx)
        if name == "abs":
            return self._kinked(args, [a], ctx)
        if name in ("min", "max"):
            return self._kinked(args, [sub(c, d) for i, c in enumerate(args) for d in args[i + 1 :]], ctx)
        if name in _STEPS:
            return self._step(a, ctx)
        if name in ("floor", "ceiling"):
            self._level(a, ctx)
            return BOUNDED
        if name in ("asin", "acos", "acosh"):
            closed = [sub(a, ONE)] if name == "acosh" else [add(a, ONE), sub(ONE, a)]
            if all(proved(c, ">", ctx) for c in closed):
                return self._continuous(a, ctx)
            for c in closed:
                self._held(c, ">=", ctx, f"the argument of {name} lies in its domain")
            return min(CONTINUOUS, self._level(a, ctx))
        for c in self._open(name, args):
            self._held(c, ">", ctx, f"the argument of {name} lies in its domain")
        if name == "tan":
            between = proved(add(a, _HALF_PI), ">", ctx) and proved(sub(_HALF_PI, a), ">", ctx)
            if not between and not proved(fn("cos", a), "!=", ctx):
                raise No("a tangent may have a pole")
        if name == "polygamma" and ((order := value(a)) is None or order.denominator != 1 or order < 0):
            raise No("a polygamma function has a whole order")
        return min(self._continuous(c, ctx) for c in args)

    @staticmethod
    def _open(name: str, args: tuple[Term, ...]) -> list[Term]:
        """What has to be positive of the arguments."""
        a = args[0]
        if name in ("log", "gamma", "loggamma", "digamma"):
            return [a]
        if name in ("atanh", "erfinv"):
            return [add(a, ONE), sub(ONE, a)]
        if name == "factorial" or name == "binomial":
            return [add(a, ONE)]
        if name == "beta":
            return list(args)
        if name == "polygamma":
            return [args[1]]
        if name == "tan":
            return []
        raise No(f"nothing is known of the regularity of {name}", covered=False)

    def _kinked(self, args: tuple[Term, ...], corners: list[Term], ctx: Ctx) -> int:
        found = self._least(args, ctx)
        for c in corners:
            if found > CONTINUOUS and self._moves(c) and not proved(c, "!=", ctx):
                found = LIPSCHITZ
                self.kinks.append(c)
        return found

    def _step(self, a: Term, ctx: Ctx) -> int:
        found = self._level(a, ctx)
        if not self._moves(a):
            return SMOOTH
        if found >= CONTINUOUS and proved(a, "!=", ctx):
            return SMOOTH
        if a in self.glued and found >= LIPSCHITZ:
            self.kinks.append(a)
            return LIPSCHITZ
        self.jumps.append(a)
        return BOUNDED

    def _declared(self, t: Term, ctx: Ctx) -> int:
        _, name, orders, args = t
        spec, order = ctx.functions.get(name), sum(orders)
        if spec is None or spec.arity != len(args):
            raise No(f"{name} is not declared as a function of {len(args)} arguments")
        if spec.vector:
            if args[-1][0] != "vector" or orders[-1] or any(map(self._moves, args[:-1])):
                raise No(f"{name} is declared smooth in its vector alone")
            inner = min(self._least(args[:-1], ctx), self._sum(args[-1], ctx))
        else:
            inner = self._least(args, ctx)
        if not self._moves(t) and order == 0:
            return SMOOTH
        if spec.smooth is None or spec.smooth < order:
            raise No(f"{name} is not declared to have continuous derivatives of order {order}")
        return inner if spec.smooth > order else min(inner, CONTINUOUS)

    def _sum(self, t: Term, ctx: Ctx) -> int:
        i, lo, hi = t[2]
        if lo[0] == "inf" or hi[0] == "inf":
            raise No("nothing is known of the regularity of an infinite sum", covered=False)
        if self._moves(lo) or self._moves(hi) or not (whole(lo, ctx) and whole(hi, ctx)):
            raise No("the limits of a sum are not known to be fixed integers")
        return self._level(t[1], ctx.summing(i, lo, hi)) if i not in self.moving else self._shadowed(i)

    def _shadowed(self, i: str) -> int:
        raise No(f"{i} names an index and a variable")

    def _cases(self, t: Term, ctx: Ctx) -> int:
        if t[-1][0] != ("true",):
            raise No("a case distinction does not cover everything")
        found, here = SMOOTH, ctx
        for c, v in t[1:]:
            for r in relations(c):
                found = min(found, self._step(sub(r[2], r[3]), here))
                if self._moves(r) and self._level(sub(r[2], r[3]), here) < CONTINUOUS:
                    raise No("a condition asks about something that jumps")
            inner = here
            for r in [c] if c[0] == "rel" else c[1:] if c[0] == "and" else ():
                inner = self._closed(r, inner)
            found = min(found, self._level(v, inner))
            if c[0] == "rel":
                here = self._closed(("rel", _OTHERWISE[c[1]], c[2], c[3]), here)
        return found

    def _closed(self, r: Term, ctx: Ctx) -> Ctx:
        """Where r holds, and the limit points of that."""
        if r[0] != "rel":
            return ctx
        op = r[1] if not self._moves(r) else {"<": "<=", ">": ">=", "!=": ""}.get(r[1], r[1])
        return ctx.assume(r[2], op, r[3]) if op else ctx


_OTHERWISE: Final = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
