"""How a term grows at one end of an interval: terms to expansions. See ``analysis.germs`` for what they mean.

Every rule below is an identity, Taylor's theorem at a point where the function is smooth, a classical asymptotic
expansion (erfc), or a bound valid on the whole line; what has no rule raises NotProved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, final

from symrep.claim import Context
from symrep.kernel.algebra.calculus import derivative
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.asymptotics import INCOMPLETE, SLOPE, at_infinity, erfinv_at_one, incomplete, taylor
from symrep.kernel.analysis.germs import UNIT, ZERO_EXPANSION, Expansion, Mono, Scale, exact, iterated_log
from symrep.kernel.analysis.regular import BOUNDED, CONTINUOUS, Regular, integer_valued, undeclared
from symrep.kernel.fail import NotProved
from symrep.term import MINUS_ONE, ONE, ZERO, Term, add, div, fn, free_symbols, mul, neg, num, power, sqrt, sub
from symrep.verdict import Reason

__all__ = ["Germs"]

TWO: Final[Term] = num(2)
HALF: Final[Term] = num(1, 2)

BOUNDED_FUNCTIONS: Final = frozenset("sin cos tanh atan erf erfc sign heaviside asin acos".split())


@final
class Germs:
    """Expansions of terms in x at one end: ``end`` a finite term with ``side`` ±1, or ``("inf", ±1)``.

    ``theta`` is the parameter in which everything must be uniform, if any; ``box`` the intervals of the variables.
    """

    def __init__(
        self,
        ctx: Context,
        x: str,
        end: Term,
        side: int,
        box: Mapping[str, tuple[Term, Term]],
        theta: str | None = None,
        scale: Scale | None = None,
    ) -> None:
        self.ctx, self.x, self.theta = ctx, x, theta
        self.scale = scale or Scale(ctx)
        self.infinite = end[0] == "inf"
        moving = {theta} if theta else set()
        self.constants = Regular(ctx, {}, moving)
        self.inside = domain(ctx, dict(box))
        self._known: dict[Term, Expansion] = {}
        if self.infinite:
            self.variable = exact(num(end[1]), iterated_log(0))
        else:
            inverse = iterated_log(0, MINUS_ONE)
            self.variable = self.scale.make([(self.scale.canon(end), UNIT), (num(side), inverse)], ())
            self._constant(end)

    # --- entry ----------------------------------------------------------------------------------------------------

    def expand(self, t: Term) -> Expansion:
        out = self._known.get(t)
        if out is None:
            out = self._known[t] = self._expand(t)
        return out

    def bound(self, t: Term) -> Expansion:
        return self.scale.upper(self.expand(t))

    def _constant(self, t: Term) -> Expansion:
        try:
            self.constants.check(t, CONTINUOUS)
        except NotProved:
            self.constants.check(t, BOUNDED)
            return Expansion((), (UNIT,))
        return exact(self.scale.canon(t))

    def _expand(self, t: Term) -> Expansion:
        s = self.scale
        if self.x not in free_symbols(t):
            return self._constant(t)
        head = t[0]
        if head == "sym":
            return self.variable
        if head == "add":
            return s.sum([self.expand(c) for c in t[1:]])
        if head == "mul":
            out = self.expand(t[1])
            for c in t[2:]:
                out = s.product(out, self.expand(c))
            return out
        if head == "pow":
            return self._power(t[1], t[2])
        if head == "fn":
            return self._function(t)
        if head == "app":
            return self._app(t)
        if head == "piecewise":
            return self._piecewise(t)
        if head == "diff":
            return self.expand(derivative(t[1], t[2], self.ctx))
        raise NotProved(f"no rule for the growth of {head}")

    # --- powers, exponentials, logarithms -------------------------------------------------------------------------

    def _power(self, b: Term, p: Term) -> Expansion:
        s = self.scale
        if self.x in free_symbols(p):
            return self.exp_term(mul(p, fn("log", b)))
        if b == ("const", "e"):
            return self.exp_term(p)
        if b[0] == "fn" and b[1] == "exp":
            return self.exp_term(mul(p, b[2]))  # the base is positive
        if b[0] == "pow" and b[1][0] == "fn" and b[1][1] == "exp" and self.x not in free_symbols(b[2]):
            return self.exp_term(mul(p, b[2], b[1][2]))
        exponent, base = self._constant(p), self.expand(b)
        if exponent == ZERO_EXPANSION:
            return exact(ONE)
        if len(exponent.terms) != 1 or exponent.err:
            raise NotProved("an exponent is not continuous in the parameter")
        p = exponent.terms[0][0]
        whole = integer_valued(p, self.ctx)
        if p[0] == "num" and p[2] == 1 and 0 < p[1] <= 16:
            out = base
            for _ in range(p[1] - 1):
                out = s.product(out, base)
            return out
        found = s.lead(base)
        if found is not None:
            c, m, delta = found
            if whole or s.sign(c) == 1:
                second = s.times(HALF, s.times(p, s.plus(p, MINUS_ONE)))
                series = s.series(delta, [p, second])
                return s.product(exact(s.power(c, p), s.mono_power(m, p)), series)
        if (whole or prove_sign(b, ">=", self.inside)) and s.sign(p) == 1:
            return s.make((), [s.mono_power(m, p) for m in base.monos()])
        if s.sign(p) == -1 and (bound := self._reciprocal_bound(b, p)) is not None:
            return bound
        if b[0] == "mul" and all(prove_sign(c, ">", self.inside) for c in b[1:]):
            return self.expand(mul(*(power(c, p) for c in b[1:])))
        raise NotProved("the leading behaviour of the base of a power is not known", Reason.NOTHING_APPLIED)

    def _reciprocal_bound(self, b: Term, p: Term) -> Expansion | None:
        """B = part + rest with rest ≥ 0 and part ~ cM, c > 0: then b^p ≤ C M^p for p < 0."""
        s = self.scale
        if b[0] != "add":
            return None
        for i, part in enumerate(b[1:], start=1):
            rest = b[1:i] + b[i + 1 :]
            if not all(prove_sign(r, ">=", self.inside) for r in rest):
                continue
            found = s.lead(self.expand(part))
            if found is not None and s.sign(found[0]) == 1:
                return s.make((), [s.mono_power(found[1], p)])
        return None

    def _exp(self, a: Expansion) -> Expansion:
        """Exp of an expansion whose remainder is bounded."""
        s = self.scale
        trends = [s.trend(e) for e in a.err]
        if not all(t == -1 or s.bounded(e) for t, e in zip(trends, a.err, strict=True)):
            found = s.lead(a)
            if found is not None and s.trend(found[1]) == 1 and s.sign(found[0]) == -1:
                # a = cM(1+δ) with c < 0 and δ → 0: exp a ≤ exp(cM/2) as soon as |δ| ≤ 1/2
                return s.upper(self._exp(exact(s.times(HALF, found[0]), found[1])))
            raise NotProved("an exponent is not known up to a bounded remainder")
        const: Term = ZERO
        exps: list[tuple[Term, Mono]] = []
        pw = [ZERO, ZERO, ZERO, ZERO]
        small: list[tuple[Term, Mono]] = []
        for c, m in a.terms:
            trend = s.trend(m)
            if trend is None:
                raise NotProved("an exponent has a term that grows or decays depending on the parameters")
            if trend == 0:
                const = s.plus(const, c)
            elif trend == -1:
                small.append((c, m))
            else:
                for i in (1, 2, 3):
                    if s.same(m, iterated_log(i)):
                        pw[i - 1] = s.plus(pw[i - 1], c)
                        break
                else:
                    exps.append((c, m))
        mono = Mono(tuple(exps), (pw[0], pw[1], pw[2], pw[3]))
        if any(t != -1 for t in trends):
            return Expansion((), (mono,))
        series = s.series(s.make(small, a.err), [ONE, HALF])
        return s.product(exact(s.apply("exp", const) if const != ZERO else ONE, mono), series)

    def exp_term(self, a: Term) -> Expansion:
        """exp(a); where a as a whole has no good expansion, summands proved ≤ 0 are dropped: exp of them is ≤ 1."""
        s = self.scale
        try:
            return self._exp(self.expand(a))
        except NotProved as no:
            out, parts = exact(ONE), _summands(a)
            dropped = False
            for part in parts:
                try:
                    if len(parts) == 1:
                        raise no
                    out = s.product(out, self._exp(self.expand(part)))
                except NotProved as why:
                    if not prove_sign(part, "<=", self.inside):
                        raise no from why
                    dropped = True
            return s.upper(out) if dropped else out

    def _log_term(self, a: Term) -> Expansion:
        """Log a; where that has no good expansion, the sum of the logarithms of the positive factors."""
        try:
            return self._log(self.expand(a), a)
        except NotProved as no:
            parts = self._log_parts(a)
            if parts is None or no.reason is Reason.TIMEOUT:
                raise
            if parts != [fn("log", a)]:
                return self.scale.sum([self.expand(part) for part in parts])
            return self._log_sum(a)

    def _log_sum(self, a: Term) -> Expansion:
        """A bound for log Σ t_i, t_i ≥ 0 and one of them > 0: max t_i ≤ Σ t_i ≤ n max t_i, so |log Σ t_i| is at most
        log n + Σ |log t_i| if all are > 0, and at most |log t_1| + |log C Σ m| if t_1 > 0 and Σ t_i ≤ C Σ m."""
        s = self.scale
        positive = [c for c in a[1:] if prove_sign(c, ">", self.inside)] if a[0] == "add" else []
        if not positive or not all(c in positive or prove_sign(c, ">=", self.inside) for c in a[1:]):
            raise NotProved("the leading behaviour of the argument of a logarithm is not known")
        below = [m for c in positive for m in self.expand(fn("log", c)).monos()]
        above = [] if len(positive) == len(a) - 1 else [n for m in self.expand(a).monos() for _, n in s.items(m)]
        return s.make((), [UNIT, *below, *above])

    def _log_parts(self, a: Term) -> list[Term] | None:
        """Terms whose sum is log a; None if some factor is not proved positive."""
        if a[0] == "mul":
            inner = [self._log_parts(c) for c in a[1:]]
            return None if any(p is None for p in inner) else [t for p in inner for t in p or ()]
        if a[0] == "fn" and a[1] == "exp":
            return [a[2]]
        if a[0] == "pow" and a[1] == ("const", "e"):
            return [a[2]]
        if not prove_sign(a if a[0] != "pow" else a[1], ">", self.inside):
            return None
        if a[0] == "pow":
            parts = self._log_parts(a[1])
            return None if parts is None else [mul(a[2], t) for t in parts]
        return [fn("log", a)]

    def _log(self, a: Expansion, t: Term) -> Expansion:
        s = self.scale
        found = s.lead(a)
        if found is None:
            if not prove_sign(sub(t, ONE), ">=", self.inside):
                raise NotProved("the leading behaviour of the argument of a logarithm is not known")
            # 0 ≤ log t ≤ log(C Σ m) ≤ C' + Σ |log m|
            return s.make((), [UNIT, *(n for m in a.monos() for _, n in s.items(m))])
        c, m, delta = found
        if s.sign(c) != 1:
            raise NotProved("the argument of a logarithm is not known to be positive")
        terms = s.items(m)
        if c != ONE:
            terms.append((s.apply("log", c), UNIT))
        series = s.series(delta, [ONE, num(-1, 2)])
        return s.sum([s.make(terms, ()), series, exact(MINUS_ONE)])

    # --- functions ------------------------------------------------------------------------------------------------

    def _function(self, t: Term) -> Expansion:
        s = self.scale
        name, a = t[1], t[2]
        if name == "exp":
            return self.exp_term(a)
        if name in ("min", "max"):
            return self._extreme(t)
        if name == "tan":
            return self.expand(div(fn("sin", a), fn("cos", a)))
        if name == "sinh":
            return self.expand(mul(HALF, sub(fn("exp", a), fn("exp", neg(a)))))
        if name == "cosh":
            return self.expand(mul(HALF, add(fn("exp", a), fn("exp", neg(a)))))
        if name == "atanh":
            return self.expand(mul(HALF, sub(fn("log", add(ONE, a)), fn("log", sub(ONE, a)))))
        if name == "acosh":
            return self.expand(fn("log", add(a, sqrt(sub(mul(a, a), ONE)))))
        if name == "factorial":
            return self.expand(fn("gamma", add(a, ONE)))
        if name in ("beta", "binomial", "polygamma"):
            raise NotProved(f"no rule for the growth of {name} in its argument")
        if name == "log":
            return self._log_term(a)
        if name in INCOMPLETE:
            near = incomplete(self, t)
            if near is None:
                raise NotProved(f"no rule for the growth of {name} there")
            return near
        arg = self.expand(a)
        if name in ("floor", "ceiling"):
            return s.sum([arg, Expansion((), (UNIT,))])
        found = s.lead(arg)
        direction = s.sign(found[0]) if found else None
        if name == "abs":
            return s.scaled(arg, num(direction)) if direction else s.upper(arg)
        if name in ("sign", "heaviside"):
            if arg == ZERO_EXPANSION:
                return ZERO_EXPANSION if name == "sign" else exact(HALF)
            if direction:
                return exact(num(direction) if name == "sign" else num((direction + 1) // 2))
            return Expansion((), (UNIT,))
        at = s.split_constant(arg)
        if at is not None and name in SLOPE:
            near = taylor(s, name, *at)
            if near is not None:
                return near
            if name == "erfinv" and at[0] in (ONE, MINUS_ONE):
                near = erfinv_at_one(self, a, at[0][1])
                if near is not None:
                    return near
        elif found and direction and s.trend(found[1]) == 1:
            large = at_infinity(self, name, a, direction)
            if large is not None:
                return large
        if name == "tanh":
            try:
                return self.expand(sub(ONE, mul(TWO, power(add(ONE, fn("exp", mul(TWO, a))), MINUS_ONE))))
            except NotProved:
                return Expansion((), (UNIT,))
        if name == "erfinv":
            # erfc y ≤ exp(-y²) for y ≥ 0, so |erfinv a| ≤ sqrt(-log(1-|a|))
            return self.bound(sqrt(add(ONE, neg(fn("log", sub(ONE, fn("abs", a)))))))
        if name == "asinh":
            # |asinh a| ≤ log(1 + 2|a|)
            return self.bound(fn("log", add(ONE, mul(TWO, fn("abs", a)))))
        if name in ("asin", "acos") and not (
            prove_sign(sub(a, ONE), "<=", self.inside) and prove_sign(add(a, ONE), ">=", self.inside)
        ):
            raise NotProved(f"the argument of {name} is not known to lie in its domain", Reason.DOMAIN)
        if name in BOUNDED_FUNCTIONS:
            return Expansion((), (UNIT,))
        raise NotProved(f"no rule for the growth of {name} there")

    def _extreme(self, t: Term) -> Expansion:
        s = self.scale
        best = t[2]
        for c in t[3:]:
            found = s.lead(self.expand(sub(best, c)))
            direction = s.sign(found[0]) if found else None
            if not direction:
                return s.make((), [m for d in t[2:] for m in self.expand(d).monos()])
            if (direction == 1) != (t[1] == "max"):
                best = c
        return self.expand(best)

    def _app(self, t: Term) -> Expansion:
        s = self.scale
        _, name, orders, args = t
        spec = self.ctx.functions.get(name)
        if spec is None or spec.smooth is None or spec.smooth < sum(orders):
            raise undeclared(name, spec, sum(orders), growth=False)
        inner = [self.expand(c) for c in args]
        if len(args) == 1 and spec.smooth > sum(orders) and (at := s.split_constant(inner[0])) is not None:
            return s.sum([exact(("app", name, orders, (at[0],))), s.upper(at[1])])
        monos = [m for a in inner for m in a.monos()]
        if all(s.bounded(m) for m in monos):
            return Expansion((), (UNIT,))
        if spec.growth is None:
            raise undeclared(name, spec, sum(orders), growth=True)
        if spec.growth <= 0:
            return Expansion((), (UNIT,))
        return s.make((), [UNIT, *(s.mono_power(m, num(spec.growth)) for m in monos)])

    def _truth(self, c: Term) -> bool | None:
        """Does the condition hold for all large s (uniformly), or fail for all of them?"""
        if c == ("true",):
            return True
        if c[0] == "not":
            v = self._truth(c[1])
            return None if v is None else not v
        if c[0] in ("and", "or"):
            values = [self._truth(d) for d in c[1:]]
            decisive = c[0] == "or"
            return decisive if decisive in values else None if None in values else not decisive
        a = self.expand(sub(c[2], c[3]))
        if a == ZERO_EXPANSION:
            return bool(c[1] in ("<=", ">=", "=="))
        found = self.scale.lead(a)
        direction = self.scale.sign(found[0]) if found else None
        return (
            None
            if not direction
            else {">": direction > 0, ">=": direction > 0, "!=": True, "==": False}.get(c[1], direction < 0)
        )

    def _piecewise(self, t: Term) -> Expansion:
        possible = []
        for c, v in t[1:]:
            truth = self._truth(c)
            if truth is None or truth:
                possible.append(v)
            if truth:
                break
        else:
            raise NotProved("a piecewise function is not defined everywhere")
        if len(possible) == 1:
            return self.expand(possible[0])
        return self.scale.make((), [m for v in possible for m in self.expand(v).monos()])


def _summands(t: Term) -> list[Term]:
    if t[0] == "add":
        return [p for c in t[1:] for p in _summands(c)]
    if t[0] == "mul":
        for i, c in enumerate(t[1:], start=1):
            if c[0] == "add":
                rest = t[1:i] + t[i + 1 :]
                return [mul(*rest, p) for p in _summands(c)]
    return [t]
