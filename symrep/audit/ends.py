r"""How a term behaves at one end of an interval: its expansion in s → +∞ with x = s, x = −s, x = c + 1/s or x = c −
1/s.

Rules are identities, Taylor's formula where a function is smooth, the classical expansions of Γ, ψ and erfc for large
arguments, or bounds. Coefficients are numbers free of x; that they are defined, and continuous in a parameter in
which everything is to be uniform, is checked where they first occur.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, final

from symrep.audit.context import Ctx
from symrep.audit.data import (
    MINUS,
    PI,
    TWO,
    No,
    Term,
    div,
    free,
    num,
    sqrt,
    sub,
)
from symrep.audit.ends_functions import RULES
from symrep.audit.normal import simplify
from symrep.audit.regular import CONTINUOUS, Interior, defined, whole
from symrep.audit.scale import ONE_SIZE, Numbers, log_size
from symrep.audit.series import Expansions, Series
from symrep.audit.signs import holds, sign

__all__ = ["End", "limit", "numbers"]

#: |f| ≤ const on the line
_BOUNDED: Final = frozenset("sin cos tanh atan erf erfc sign heaviside asin acos".split())
_TWO_OVER_ROOT_PI: Final[Term] = div(TWO, sqrt(PI))


def numbers(ctx: Ctx) -> Numbers:
    """Arithmetic of terms in the parameters of a context."""

    def proved(t: Term) -> int | None:
        found = sign(t, ctx)
        return next(iter(found)) if len(found) == 1 else None

    return Numbers(lambda t: simplify(t, ctx), proved)


@final
class End:
    """Expansions in x at ``end`` (a term, or an infinity) from inside the interval; ``side`` 1 above, −1 below it.

    ``theta``: the parameter in which everything is to be uniform, if there is one. ``strict``: what is used holds, and
    every part is defined, at every point near the end, not only at almost every one.
    """

    def __init__(
        self,
        ctx: Ctx,
        x: str,
        interval: tuple[Term, Term],
        at: int,
        theta: str | None = None,
        order: int = 3,
        strict: bool = False,
    ) -> None:
        self.ctx, self.x, self.theta = ctx, x, theta
        self.end = interval[at]
        self.inside = ctx.inside({x: interval})
        if strict:
            self.inside = replace(self.inside, fibre=frozenset(), memory={})
        self.strict = strict
        self.e = Expansions(numbers(ctx), order)
        self.order = order
        self.infinite = self.end[0] == "inf"
        self._fixed = Interior(ctx, (theta,) if theta else ())
        self._known: dict[Term, Series] = {}
        self.inverse_square = log_size(0, num(-2))
        if x in free(self.end):
            raise No("an end of an interval depends on its variable")
        if self.infinite:
            if self.end[1] != (1 if at else -1):
                raise No("the interval is empty")
            self.variable = self.e.single(log_size(0), num(self.end[1]))
        else:
            near = self.e.single(log_size(0, MINUS), num(-1 if at else 1))
            self.variable = self.e.plus(self._constant(self.end), near)

    def _constant(self, t: Term) -> Series:
        if self._fixed.level(t) < CONTINUOUS:
            raise No("a coefficient may jump with the parameter")
        return self.e.constant(t)

    def expand(self, t: Term) -> Series:
        """The expansion; raises No where there is no rule."""
        if t not in self._known:
            self._known[t] = self._expand(t)
        return self._known[t]

    def _expand(self, t: Term) -> Series:
        if self.x not in free(t):
            return self._constant(t)
        head = t[0]
        if head == "sym":
            return self.variable
        if head == "add":
            return self.e.plus(*map(self.expand, t[1:]))
        if head == "mul":
            return self.e.product([*map(self.expand, t[1:])])
        if head == "pow":
            return self._power(t[1], t[2])
        if head == "fn":
            rule = RULES.get(t[1])
            if rule is None:
                raise No(f"nothing is known of {t[1]} at an end of an interval", covered=False)
            return rule(self, t)
        if head == "app":
            return self._declared(t)
        if head == "piecewise":
            return self._cases(t)
        raise No(f"nothing is known of {head} at an end of an interval", covered=False)

    # --- signs near the end

    def side(self, t: Term) -> int | None:
        """The sign of t near the end: 1, −1, 0 if it is identically 0, None if not known."""
        found = sign(t, self.inside)
        if len(found) == 1:
            return next(iter(found))
        try:
            a = self.expand(t)
        except No:
            return None
        if not a.sizes:
            return 0
        lead = self.e.lead(a)
        return lead[2] if lead else None

    # --- powers and declared functions

    def _power(self, b: Term, p: Term) -> Series:
        if self.x in free(p):
            return self.e.exp(self.e.times(self.expand(p), self.e.log(self.expand(b))))
        self._constant(p)
        p = self.e.n.neat(p)
        is_whole = whole(p, self.ctx)
        try:
            return self.e.power(self.expand(b), p, is_whole)
        except No:
            if holds(p, ">", self.ctx) and (is_whole or holds(b, ">=", self.inside)):  # (Σ|a_i|)^p ≤ C Σ |a_i|^p
                return self.e.bound([self.e.scale.power(m, p) for m in self.expand(b).sizes])
            if b[0] == "add" and holds(p, "<", self.ctx) and all(holds(c, ">=", self.inside) for c in b[1:]):
                return self._not_below(b[1:], p)
            raise

    def _not_below(self, parts: tuple[Term, ...], p: Term) -> Series:
        """(Σ c_i)^p ≤ c_j^p for nonnegative c_i and p < 0."""
        failed: No | None = None
        for c in parts:
            try:
                return self.e.magnitude(self.expand(("pow", c, p)))
            except No as no:
                failed = no
        raise failed or No("an empty sum")

    def _declared(self, t: Term) -> Series:
        _, name, orders, args = t
        spec, order = self.ctx.functions.get(name), sum(orders)
        if spec is None or spec.arity != len(args) or spec.smooth is None or spec.smooth < order:
            raise No(f"{name} is not declared to have {order} continuous derivatives")
        inner = [*map(self.expand, args)]
        if all(self.e.bounded(a) for a in inner):
            at = [self.e.near_constant(a) for a in inner]
            if spec.smooth == order or any(a is None for a in at):
                return self.e.bound([ONE_SIZE])
            value = ("app", name, orders, tuple(a[0] for a in at if a))
            return self.e.make([(ONE_SIZE, self.e.n.neat(value))], [m for a in at if a for m in a[1].sizes])
        if spec.growth is None:
            raise No(f"the growth of {name} is not declared")
        g = num(spec.growth)
        return self.e.bound([ONE_SIZE, *(self.e.scale.power(m, g) for a in inner for m in a.sizes)])

    def _cases(self, t: Term) -> Series:
        reached: list[Series] = []
        for c, v in t[1:]:
            truth = self._truth(c)
            if truth is False:
                continue
            if truth is True and not reached:
                return self.expand(v)
            reached.append(self.expand(v))
            if truth is True:
                return self.e.bound([m for a in reached for m in a.sizes])
        raise No("a case distinction does not cover everything")

    def _truth(self, c: Term) -> bool | None:
        if c[0] == "true":
            return True
        if c[0] == "not":
            inner = self._truth(c[1])
            return None if inner is None else not inner
        if c[0] in ("and", "or"):
            parts = [*map(self._truth, c[1:])]
            decisive = c[0] == "or"
            return decisive if decisive in parts else None if None in parts else not decisive
        if c[0] != "rel":
            raise No("a condition that is no relation")
        s = self.side(sub(c[2], c[3]))
        if s is None:
            return None
        return {"<": s < 0, "<=": s <= 0, ">": s > 0, ">=": s >= 0, "==": s == 0, "!=": s != 0}[c[1]]


# --- limits ---------------------------------------------------------------------------------------------------------


def limit(t: Term, x: str, interval: tuple[Term, Term], at: int, ctx: Ctx, *, strict: bool = False) -> Term:
    """The limit of t at the lower (0) or upper (1) end of the interval, from inside, for every value of the parameters.

    A term free of x, or an infinity. Raises No if it is not known.
    """
    failed: No | None = None
    for order in (3, 7):
        try:
            end = End(ctx, x, interval, at, order=order, strict=strict)
            found = end.e.limit(end.expand(t))
        except No as no:
            failed = no
            continue
        if found is not None:
            return found
    found = _by_continuity(t, x, interval, at, ctx, strict)
    if found is None:
        raise failed or No("a limit is not known")
    return found


def _by_continuity(t: Term, x: str, interval: tuple[Term, Term], at: int, ctx: Ctx, strict: bool) -> Term | None:
    """Sums and products of finite limits; continuous functions; monotone ones that map the line onto itself."""
    if x not in free(t):
        defined(t, ctx)
        return t
    if t[0] in ("add", "mul"):
        parts = [limit(c, x, interval, at, ctx, strict=strict) for c in t[1:]]
        return (t[0], *parts) if all(p[0] != "inf" for p in parts) else None
    if t[0] != "app":
        return None
    _, name, orders, args = t
    spec = ctx.functions.get(name)
    if spec is None or spec.arity != len(args):
        return None
    inner = [limit(a, x, interval, at, ctx, strict=strict) for a in args]
    onto = (
        spec.monotone is not None
        and not any(orders)
        and not any(x in free(a) for a in args[1:])
        and (spec.inverse is not None or any(s.inverse == name and s.monotone for s in ctx.functions.values()))
    )
    if all(a[0] != "inf" for a in inner) and (onto or (spec.smooth is not None and spec.smooth >= sum(orders))):
        return ("app", name, orders, tuple(inner))
    if onto and inner[0][0] == "inf":
        return ("inf", inner[0][1] if spec.monotone == "increasing" else -inner[0][1])
    return None
