"""Identity by e-graph rewriting, with egglog and a rule set of our own.

The rules are the usual ones: a commutative ring with rational coefficients, powers and logarithms of what is known
positive (a relation, derived by rules as well), exp, hyperbolic functions by exp, and the recurrence of gamma. It stops
when both sides are one class, when nothing is new, or after a few seconds.
"""

from __future__ import annotations

import time
from functools import cache
from typing import Any

from benchlib.dialects import _positive
from symrep.claim import Claim

__all__ = ["equal"]

Term = tuple[Any, ...]
_SECONDS, _ROUNDS, _MATCHES, _SIZE = 4.0, 14, 1500, 40_000


@cache
def _language() -> Any:
    """The language and its rules; egglog is imported when it is needed only."""
    import egglog as eg

    class M(eg.Expr):
        @eg.method(egg_fn="num")
        @classmethod
        def num(cls, v: eg.BigRat) -> M: ...

        @classmethod
        def var(cls, v: eg.StringLike) -> M: ...

        def __add__(self, other: M) -> M: ...

        def __mul__(self, other: M) -> M: ...

        def power(self, other: M) -> M: ...

        @classmethod
        def fn(cls, name: eg.StringLike, a: M) -> M: ...

        @classmethod
        def fn2(cls, name: eg.StringLike, a: M, b: M) -> M: ...

    return eg, M


@cache
def _rules() -> Any:
    eg, M = _language()
    pos = eg.relation("pos", M)
    x, y, z = eg.vars_("x y z", M)
    a, b = eg.vars_("a b", eg.BigRat)

    def n(p: int, q: int = 1) -> Any:
        return M.num(eg.BigRat(p, q))

    def f(name: str, t: Any) -> Any:
        return M.fn(name, t)

    rewrite, rule = eg.rewrite, eg.rule
    e, inverse = (lambda t: f("exp", t)), n(-1)
    rules = eg.ruleset(
        rewrite(x + y).to(y + x),
        rewrite((x + y) + z).to(x + (y + z)),
        rewrite(x * y).to(y * x),
        rewrite((x * y) * z).to(x * (y * z)),
        rewrite(x * (y + z)).to(x * y + x * z),
        rewrite(x * y + x * z).to(x * (y + z)),
        rewrite(M.num(a) + M.num(b)).to(M.num(a + b)),
        rewrite(M.num(a) * M.num(b)).to(M.num(a * b)),
        rewrite(x + n(0)).to(x),
        rewrite(x * n(1)).to(x),
        rewrite(x * n(0)).to(n(0)),
        rewrite(x + x).to(n(2) * x),
        rewrite(x + M.num(a) * x).to(M.num(a + eg.BigRat(1, 1)) * x),
        rewrite(x.power(n(1))).to(x),
        rewrite(x * x).to(x.power(n(2))),
        rewrite(x.power(n(2))).to(x * x),
        rewrite(x.power(n(3))).to(x * (x * x)),
        rewrite(x.power(y) * x.power(z)).to(x.power(y + z), pos(x)),
        rewrite(x * x.power(y)).to(x.power(y + n(1)), pos(x)),
        rewrite(x.power(y).power(z)).to(x.power(y * z), pos(x)),
        rewrite((x * y).power(z)).to(x.power(z) * y.power(z), pos(x), pos(y)),
        rewrite(x.power(z) * y.power(z)).to((x * y).power(z), pos(x), pos(y)),
        rewrite(x.power(n(0))).to(n(1), pos(x)),
        rewrite(n(1).power(x)).to(n(1)),
        rewrite(e(x) * e(y)).to(e(x + y)),
        rewrite(e(x + y)).to(e(x) * e(y)),
        rewrite(e(x).power(y)).to(e(x * y)),
        rewrite(e(n(0))).to(n(1)),
        rewrite(e(f("log", x))).to(x, pos(x)),
        rewrite(f("log", e(x))).to(x),
        rewrite(f("log", x * y)).to(f("log", x) + f("log", y), pos(x), pos(y)),
        rewrite(f("log", x.power(y))).to(y * f("log", x), pos(x)),
        rewrite(f("log", n(1))).to(n(0)),
        rewrite(x.power(y)).to(e(y * f("log", x)), pos(x)),
        rewrite(f("tanh", x)).to((e(x) + inverse * e(inverse * x)) * (e(x) + e(inverse * x)).power(inverse)),
        rewrite(f("sinh", x)).to(n(1, 2) * (e(x) + inverse * e(inverse * x))),
        rewrite(f("cosh", x)).to(n(1, 2) * (e(x) + e(inverse * x))),
        rewrite(f("abs", x)).to(x, pos(x)),
        rewrite(f("gamma", x + n(1))).to(x * f("gamma", x), pos(x)),
        rewrite(f("loggamma", x)).to(f("log", f("gamma", x)), pos(x)),
        rewrite(f("erfc", x)).to(n(1) + inverse * f("erf", x)),
        rewrite(f("erf", inverse * x)).to(inverse * f("erf", x)),
        rule(M.num(a), a > eg.BigRat(0, 1)).then(pos(M.num(a))),
        rule(e(x)).then(pos(e(x))),
        rule(f("cosh", x)).then(pos(f("cosh", x))),
        rule(f("gamma", x), pos(x)).then(pos(f("gamma", x))),
        rule(x + y, pos(x), pos(y)).then(pos(x + y)),
        rule(x * y, pos(x), pos(y)).then(pos(x * y)),
        rule(x.power(y), pos(x)).then(pos(x.power(y))),
    )
    return rules, pos


def _encoded(t: Term) -> Any:
    eg, M = _language()
    head = t[0]
    if head == "num":
        return M.num(eg.BigRat(t[1], t[2]))
    if head == "sym":
        return M.var(t[1])
    if head == "const":
        return M.fn("exp", M.num(eg.BigRat(1, 1))) if t[1] == "e" else M.var(f"constant {t[1]}")
    if head in ("add", "mul"):
        out = _encoded(t[-1])
        for c in reversed(t[1:-1]):
            out = _encoded(c) + out if head == "add" else _encoded(c) * out
        return out
    if head == "pow":
        return _encoded(t[1]).power(_encoded(t[2]))
    if head == "fn" and len(t) == 3:
        return M.fn(t[1], _encoded(t[2]))
    if head == "fn" and len(t) == 4:
        return M.fn2(t[1], _encoded(t[2]), _encoded(t[3]))
    raise LookupError(head)


def equal(claim: Claim) -> str:
    try:
        lhs, rhs = (_encoded(claim.data[k]) for k in ("lhs", "rhs"))
    except LookupError:
        return "unread"
    eg, M = _language()
    rules, pos = _rules()
    graph = eg.EGraph()
    above = _positive(claim.context.given)
    for n, kind in claim.context.symbols.items():
        if kind in ("positive", "unit", "positive integer") or n in above:
            graph.register(pos(M.var(n)))
        if kind == "unit":
            graph.register(pos(M.num(eg.BigRat(1, 1)) + M.num(eg.BigRat(-1, 1)) * M.var(n)))
    graph.register(pos(M.var("constant pi")))
    left, right = graph.let("left", lhs), graph.let("right", rhs)
    clock = time.perf_counter()
    # a rule that matches too often sits out for a while, so that associativity does not drown the others
    once = eg.run(rules, scheduler=eg.back_off(match_limit=_MATCHES, ban_length=2))
    for _ in range(_ROUNDS):
        graph.run(once)
        if graph.check_bool(left == right):
            return "equal"
        size = sum(count for _, count in graph.all_function_sizes())
        if size > _SIZE or time.perf_counter() - clock > _SECONDS:
            break
    return "unknown"
