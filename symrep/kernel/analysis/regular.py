"""Regularity inside an open box: is a term defined, locally bounded, continuous, locally Lipschitz or C¹ there?

The box is spanned by the *moving* names: integration variables on their open intervals and, for questions about a
derivative in θ, θ itself on its open domain. Every other symbol has one fixed value its context allows. Then on the set
of all moving values (open, for fixed others) a term has a level

* BOUNDED: real, Borel, and bounded on every compact subset of the box;
* CONTINUOUS; LIPSCHITZ: on every compact subset; SMOOTH: C¹.

Rules are compositions: a function that is C¹ on an open set passes every level on, once the argument is *proved* to
stay in that set; if the function is unbounded there (1/b, log b) the argument must be continuous, so that on a compact
set it stays away from the boundary. |.|, max and min are Lipschitz. A sign or step is locally constant where its
argument is continuous and nonzero, and a jump otherwise. A branch of a piecewise is checked on the *closed* set its
condition describes as soon as the condition moves, since compact pieces of the box reach that closure.

*Kinks*: for the level LIPSCHITZ the arguments of |.| and differences of max/min that may vanish are collected; a
Lipschitz function is differentiable in θ off the set where one of them is zero, and by the chain rule (and since a C¹
function has derivative 0 at almost every point of its own zero set) the formal derivative, with sign(0) = 0, is the
derivative for almost every θ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, final

from symrep.claim import Context, FunctionSpec
from symrep.kernel.algebra.calculus import derivative
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.fail import NotProved
from symrep.term import MINUS_ONE, ONE, PI, Term, add, free_symbols, mul, neg, num, sub, sym
from symrep.verdict import Reason

__all__ = [
    "BOUNDED",
    "CONTINUOUS",
    "LIPSCHITZ",
    "SMOOTH",
    "Regular",
    "integer_valued",
    "negation",
    "undeclared",
]

BOUNDED, CONTINUOUS, LIPSCHITZ, SMOOTH = range(4)

ENTIRE: Final = frozenset("exp sin cos sinh cosh tanh atan asinh erf erfc".split())
HALF_PI: Final[Term] = mul(num(1, 2), PI)
NEGATED: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
CLOSED: Final = {"<": "<=", ">": ">="}

#: functions C¹ exactly on an open set given by strict inequalities of the argument: list of (offset, sign)
OPEN_DOMAIN: Final[Mapping[str, tuple[tuple[Term, str], ...]]] = {
    "log": ((num(0), ">"),),
    "gamma": ((num(0), ">"),),
    "loggamma": ((num(0), ">"),),
    "digamma": ((num(0), ">"),),
    "factorial": ((ONE, ">"),),
    "atanh": ((ONE, ">"), (MINUS_ONE, "<")),
    "erfinv": ((ONE, ">"), (MINUS_ONE, "<")),
    "asin": ((ONE, ">"), (MINUS_ONE, "<")),
    "acos": ((ONE, ">"), (MINUS_ONE, "<")),
    "acosh": ((MINUS_ONE, ">"),),
    "tan": ((HALF_PI, ">"), (neg(HALF_PI), "<")),
}


def undeclared(name: str, spec: FunctionSpec | None, order: int, growth: bool) -> NotProved:
    g = max(spec.growth if spec and spec.growth is not None else 2, 0)
    s = max(order, spec.smooth if spec and spec.smooth is not None else 0)
    what = (
        f"the growth of {name} is not declared"
        if growth
        else f"{name} is not declared to be {'continuous' if order == 0 else f'C^{order}'}"
    )
    words = f'function("{name}", smooth={s}, growth={g})'
    return NotProved(
        f"{what}: write {words}, meaning |{name}^(k)(t)| <= C(1+|t|)^{g} for k <= {s}", Reason.NOT_DECLARED
    )


def negation(c: Term) -> Term | None:
    return ("rel", NEGATED[c[1]], c[2], c[3]) if c[0] == "rel" else None


def integer_valued(p: Term, ctx: Context) -> bool:
    if p[0] == "num":
        return bool(p[2] == 1)
    if p[0] in ("sym", "index"):
        return "integer" in ctx.symbols.get(p[1], "")
    return p[0] in ("add", "mul") and all(integer_valued(c, ctx) for c in p[1:])


@final
class Regular:
    """Checks levels over one box; ``removable`` are step arguments at which the integrand was proved continuous."""

    def __init__(
        self,
        ctx: Context,
        box: Mapping[str, tuple[Term, Term]],
        moving: Iterable[str],
        removable: Iterable[Term] = (),
    ) -> None:
        self.ctx = ctx
        self.box = dict(box)
        self.moving = frozenset(moving)
        self.removable = frozenset(removable)
        self.kinks: list[Term] = []
        self._done: set[tuple[Term, int, tuple[Term, ...]]] = set()
        self._domains: dict[tuple[Term, ...], object] = {}

    def proves(self, t: Term, op: str, given: tuple[Term, ...]) -> bool:
        if t[0] == "num":
            return prove_sign(t, op, domain(self.ctx, {}))
        if given not in self._domains:
            ctx = replace(self.ctx, given=self.ctx.given + given) if given else self.ctx
            self._domains[given] = domain(ctx, self.box)
        if prove_sign(t, op, self._domains[given]):  # type: ignore[arg-type]
            return True
        return self._by_parts(t, op, given)

    def _by_parts(self, t: Term, op: str, given: tuple[Term, ...]) -> bool:
        """Sums of nonnegative terms, products of nonzero or positive ones, even powers."""
        if op in ("<", "<="):
            return t[0] == "mul" and t[1] == MINUS_ONE and self.proves(mul(*t[2:]), ">" + op[1:], given)
        if t[0] == "mul":
            return all(self.proves(c, op, given) for c in t[1:])
        if op == "!=":
            return t[0] in ("add", "pow") and self._by_parts(t, ">", given)
        if t[0] == "add" and op in (">", ">="):
            parts = all(self.proves(c, ">=", given) for c in t[1:])
            return parts and (op == ">=" or any(self.proves(c, ">", given) for c in t[1:]))
        if t[0] == "pow" and t[2][0] == "num" and t[2][2] == 1 and t[2][1] > 0 and op in (">", ">="):
            even = t[2][1] % 2 == 0
            return (even and op == ">=") or self.proves(t[1], "!=" if even else op, given)
        return False

    def need(self, t: Term, op: str, given: tuple[Term, ...], why: str) -> None:
        if not self.proves(t, op, given):
            raise NotProved(f"cannot show that {why}", Reason.DOMAIN)

    def check(self, t: Term, level: int, given: tuple[Term, ...] = ()) -> None:
        """Raises NotProved unless t has the level."""
        if not (free_symbols(t) & self.moving):
            level = BOUNDED  # one fixed value: being defined is all there is
        key = (t, level, given)
        if key in self._done:
            return
        self._check(t, level, given)
        self._done.add(key)

    def _check(self, t: Term, level: int, given: tuple[Term, ...]) -> None:
        head = t[0]
        if head == "num" or (head == "const" and t[1] != "i"):
            return
        if head in ("sym", "index"):
            kind = "real" if t[1] in self.box else self.ctx.symbols.get(t[1])
            if kind is None or kind == "complex":
                raise NotProved(f"{t[1]} is not known to be real", Reason.DOMAIN)
            for c in t[2:]:
                if free_symbols(c) & self.moving:
                    raise NotProved("an index depends on the variable", Reason.DOMAIN)
            return
        if head in ("add", "mul"):
            for c in t[1:]:
                self.check(c, level, given)
        elif head == "pow":
            self._power(t, level, given)
        elif head == "fn":
            self._function(t, level, given)
        elif head == "app":
            self._app(t, level, given)
        elif head == "piecewise":
            self._piecewise(t, level, given)
        elif head == "diff":
            Regular(self.ctx, self.box, {t[2]}).check(t[1], SMOOTH, given)
            self.check(derivative(t[1], t[2], self.ctx), level, given)
        elif head in ("sum", "product", "vector") and not any(c[0] == "inf" for c in t[2][1:]):
            i, lo, hi = t[2]
            if i in self.box or i in self.moving or i in free_symbols(lo) | free_symbols(hi):
                raise NotProved("the index of a sum shadows another name")
            if any(i in free_symbols(g) for g in (*self.ctx.given, *given)):
                raise NotProved("a hypothesis names the index of a sum")
            if (free_symbols(lo) | free_symbols(hi)) & self.moving:
                raise NotProved("the number of summands depends on the variable")
            if not (integer_valued(lo, self.ctx) and integer_valued(hi, self.ctx)):
                raise NotProved("the limits of a sum are not known to be integers")
            inner = Regular(
                replace(
                    self.ctx,
                    symbols={**self.ctx.symbols, i: "integer"},
                    given=(*self.ctx.given, ("rel", "<=", lo, sym(i)), ("rel", "<=", sym(i), hi)),
                ),
                self.box,
                self.moving,
            )
            inner.check(t[1], level if level != LIPSCHITZ else SMOOTH, given)
        elif head == "const":  # i: the real ones were told apart above
            raise NotProved("an integrand is not real: its real and imaginary parts are integrals of their own")
        else:
            raise NotProved(f"no rule for the regularity of {head}")

    def _power(self, t: Term, level: int, given: tuple[Term, ...]) -> None:
        _, b, e = t
        if free_symbols(e) & self.moving:
            self.need(b, ">", given, "the base of a power with a moving exponent is positive")
            self.check(b, max(CONTINUOUS, level), given)
            self.check(e, level, given)
            return
        self.check(e, BOUNDED, given)
        whole = integer_valued(e, self.ctx)
        if whole and self.proves(e, ">=", given):
            self.check(b, level, given)
        elif whole:
            self.need(b, "!=", given, "a denominator is nonzero")
            self.check(b, max(CONTINUOUS, level), given)
        elif self.proves(b, ">", given):
            self.check(b, max(CONTINUOUS, level), given)
        else:
            self.need(b, ">=", given, "the base of a power is not negative")
            self.need(e, ">", given, "a power is finite where its base vanishes")
            if level == LIPSCHITZ:
                self.need(sub(e, ONE), ">=", given, "a power is Lipschitz where its base vanishes")
            if level == SMOOTH:
                self.need(sub(e, ONE), ">", given, "a power is differentiable where its base vanishes")
            self.check(b, level, given)

    def _function(self, t: Term, level: int, given: tuple[Term, ...]) -> None:
        name, args = t[1], t[2:]
        a = args[0]
        if name in ENTIRE:
            self.check(a, level, given)
        elif name == "abs":
            self.check(a, level, given)
            self._kink(a, level, given)
        elif name in ("min", "max"):
            for c in args:
                self.check(c, level, given)
            for i, c in enumerate(args):
                for d in args[i + 1 :]:
                    self._kink(sub(c, d), level, given)
        elif name in ("sign", "heaviside"):
            self._step(a, level, given)
        elif name in ("floor", "ceiling"):
            self.check(a, BOUNDED, given)
            if level > BOUNDED:
                raise NotProved(f"{name} jumps", Reason.JUMP)
        elif name in OPEN_DOMAIN:
            closed = name in ("asin", "acos", "acosh") and level <= CONTINUOUS
            for offset, op in OPEN_DOMAIN[name]:
                t2 = add(a, offset)
                self.need(t2, CLOSED[op] if closed else op, given, f"the argument of {name} lies in its domain")
            self.check(a, level if closed else max(CONTINUOUS, level), given)
        elif name == "polygamma":
            if a[0] != "num" or a[2] != 1 or a[1] < 0:
                raise NotProved("polygamma needs a whole order")
            self.need(args[1], ">", given, "the argument of polygamma is positive")
            self.check(args[1], max(CONTINUOUS, level), given)
        elif name == "beta":
            for c in args:
                self.need(c, ">", given, "the arguments of beta are positive")
                self.check(c, max(CONTINUOUS, level), given)
        elif name == "binomial":
            self.need(add(a, ONE), ">", given, "the upper argument of binomial is above -1")
            for c in args:
                self.check(c, max(CONTINUOUS, level), given)
        else:
            raise NotProved(f"no rule for the regularity of {name}")

    def _kink(self, a: Term, level: int, given: tuple[Term, ...]) -> None:
        if level < LIPSCHITZ or not (free_symbols(a) & self.moving) or self.proves(a, "!=", given):
            return
        if level == SMOOTH:
            raise NotProved("an absolute value, max or min has a kink where its argument may vanish")
        self.kinks.append(a)

    def _step(self, a: Term, level: int, given: tuple[Term, ...]) -> None:
        moves = bool(free_symbols(a) & self.moving)
        if level == BOUNDED or not moves:
            self.check(a, BOUNDED, given)
            return
        self.check(a, CONTINUOUS, given)
        if a in self.removable and level <= LIPSCHITZ:
            self.kinks.append(a)
        elif not self.proves(a, "!=", given):
            raise NotProved("a step or sign jumps where its argument vanishes", Reason.JUMP)

    def _app(self, t: Term, level: int, given: tuple[Term, ...]) -> None:
        _, name, orders, args = t
        spec = self.ctx.functions.get(name)
        needed = sum(orders) + (1 if level >= LIPSCHITZ else 0)
        if spec is None or spec.smooth is None or spec.smooth < needed:
            raise undeclared(name, spec, needed, growth=False)
        if spec.arity != len(args):
            raise NotProved(f"{name} has {spec.arity} argument(s)", Reason.DOES_NOT_APPLY)
        if spec.vector:
            if orders[-1] or any(free_symbols(c) & self.moving for c in args[:-1]):
                raise NotProved(f"{name} is declared smooth in its vector alone", Reason.NOT_DECLARED)
        elif any(c[0] == "vector" for c in args):
            raise NotProved(f"{name} is no function of a vector", Reason.DOES_NOT_APPLY)
        for c in args:
            self.check(c, level, given)

    def _relations(self, c: Term) -> list[Term]:
        if c[0] in ("and", "or", "not"):
            return [r for d in c[1:] for r in self._relations(d)]
        return [c] if c[0] == "rel" else []

    def _piecewise(self, t: Term, level: int, given: tuple[Term, ...]) -> None:
        if t[-1][0] != ("true",):
            raise NotProved("a piecewise function is not defined everywhere")
        before: tuple[Term, ...] = ()
        for c, v in t[1:]:
            for r in self._relations(c):
                difference = sub(r[2], r[3])
                self.check(difference, CONTINUOUS, given)
                self._step(difference, level, given)
            here = [*before]
            if c[0] in ("rel", "and"):
                here += [r for r in ([c] if c[0] == "rel" else c[1:]) if r[0] == "rel"]
            known = [self._closure(r) for r in here]
            self.check(v, level, (*given, *(r for r in known if r is not None)))
            no = negation(c)
            if no is not None:
                before = (*before, no)

    def _closure(self, r: Term) -> Term | None:
        """The relation on the closure of the set it describes (as is, if the set does not move)."""
        if not (free_symbols(r) & self.moving):
            return r
        if r[1] == "!=":
            return None
        return ("rel", CLOSED.get(r[1], r[1]), r[2], r[3])
