r"""Bounds in several variables, |t| ≤ C Σ_j Π_i b_ij(x_i), with one C for a parameter in a compact neighbourhood."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations, product
from typing import Final, final

from symrep.audit.context import Ctx
from symrep.audit.data import ONE, ZERO, No, Term, add, fn, free, fresh, mul, neg, num, power, sym
from symrep.audit.normal import coefficients
from symrep.audit.regular import CONTINUOUS, Interior, whole
from symrep.audit.signs import holds

__all__ = ["Product", "products"]

#: variable -> a term in it
Product = dict[str, Term]
Box = Mapping[str, tuple[Term, Term]]
_BOUNDED: Final = frozenset("sin cos tanh erf erfc sign heaviside atan asin acos".split())
MAX_PRODUCTS: Final = 200


def products(t: Term, box: Box, ctx: Ctx, theta: str | None) -> tuple[Ctx, list[Product]]:
    """(the context with auxiliary positive symbols, the b_ij); raises No if there is no such bound here."""
    splitter = _Splitter(box, ctx, theta, t)
    out = splitter.bound(t)
    return splitter.ctx, out


@final
class _Splitter:
    def __init__(self, box: Box, ctx: Ctx, theta: str | None, t: Term) -> None:
        self.box, self.ctx, self.theta = box, ctx, theta
        self.inside = ctx.inside(box)
        self.taken = {*free(t), *ctx.known(), *box}

    def bound(self, t: Term) -> list[Product]:
        names = free(t) & set(self.box)
        if not names:
            Interior(self.ctx, {self.theta} if self.theta else ()).need(t, CONTINUOUS)
            return [{}]
        if len(names) == 1:
            return [{next(iter(names)): t}]
        head = t[0]
        if head == "add":
            return self._few([p for c in t[1:] for p in self.bound(c)])
        if head == "mul":
            return self._times([self.bound(c) for c in self._one_exponential(t)])
        if head == "pow":
            return self._power(t[1], t[2])
        if head == "piecewise":
            return self._few([p for _, v in t[1:] for p in self.bound(v)])
        if head == "app":
            return self._declared(t)
        if head == "fn":
            if t[1] in _BOUNDED:
                return [{}]
            if t[1] in ("abs", "min", "max"):
                return self._few([p for c in t[2:] for p in self.bound(c)])
            if t[1] == "exp":
                return self._exp(t[2])
            if t[1] == "log" and t[2][0] == "mul" and all(holds(c, ">", self.inside) for c in t[2][1:]):
                return self.bound(add(*(fn("log", c) for c in t[2][1:])))
        raise No("an integrand in several variables is not known to be bounded by products", covered=False)

    def _one_exponential(self, product: Term) -> list[Term]:
        """The factors of a product; if an exponent is in several variables, e^a e^b is taken as e^(a + b)."""
        exponents, others, todo = [], [], [*reversed(product[1:])]
        while todo:
            c = todo.pop()
            if c[0] == "mul":
                todo += reversed(c[1:])
            elif c[0] == "fn" and c[1] == "exp" and free(c) & set(self.box):
                exponents.append(c[2])
            else:
                others.append(c)
        if any(len(free(a) & set(self.box)) > 1 for a in exponents):
            return [*others, fn("exp", add(*exponents))]
        return [*others, *(fn("exp", a) for a in exponents)]

    @staticmethod
    def _few(ps: list[Product]) -> list[Product]:
        if len(ps) > MAX_PRODUCTS:
            raise No("too many products in a bound")
        return ps

    def _times(self, factors: list[list[Product]]) -> list[Product]:
        out: list[Product] = [{}]
        for f in factors:
            out = self._few([_merged(p, q) for p in out for q in f])
        return out

    def _power(self, b: Term, e: Term) -> list[Product]:
        if free(e) & set(self.box):
            raise No("a power with a moving exponent in several variables", covered=False)
        if b[0] == "mul" and (whole(e, self.ctx) or all(holds(c, ">=", self.inside) for c in b[1:])):
            return self._times([self.bound(power(c, e)) for c in b[1:]])
        if b[0] == "pow" and holds(b[1], ">", self.inside):
            return self.bound(power(b[1], mul(b[2], e)))
        if holds(e, ">=", self.ctx):  # |Σ a|^e ≤ C Σ |a|^e, also with a further 1 for what vanishes
            return [{}, *({x: power(fn("abs", v), e) for x, v in p.items()} for p in self.bound(b))]
        # not smaller than any of its parts, and the exponent is negative
        if holds(e, "<=", self.ctx) and b[0] == "add" and all(holds(c, ">=", self.inside) for c in b[1:]):
            fixed = [c for c in b[1:] if not free(c) & set(self.box) and holds(c, ">", self.ctx)]
            single = [c for c in b[1:] if len(free(c) & set(self.box)) == 1 and holds(c, ">", self.inside)]
            for c in (*fixed, *single):
                return self.bound(power(c, e))
        raise No("a denominator in several variables", covered=False)

    def _declared(self, t: Term) -> list[Product]:
        _, name, orders, args = t
        spec = self.ctx.functions.get(name)
        if (
            spec is None
            or spec.arity != len(args)
            or spec.smooth is None
            or spec.smooth < sum(orders)
            or spec.growth is None
        ):
            raise No(f"the growth of {name} is not declared")
        if spec.growth == 0:
            return [{}]
        g = num(spec.growth)
        inner = [p for a in args for p in self.bound(a)]
        return [{}, *({x: power(fn("abs", v), g) for x, v in p.items()} for p in inner)]

    # --- exponentials

    def _exp(self, t: Term) -> list[Product]:
        parts = t[1:] if t[0] == "add" else (t,)
        if all(len(free(c) & set(self.box)) <= 1 for c in parts):
            return self._times([self.bound(fn("exp", c)) for c in parts])
        names = sorted(free(t) & set(self.box))
        monomials = self._polynomial(t, names)
        if any(sum(k) > 2 for k in monomials):
            raise No("the exponent is no polynomial of degree two", covered=False)
        n = len(names)

        def at(*xs: int) -> Term:
            return monomials.get(tuple(xs.count(i) for i in range(n)), ZERO)

        constant = self.bound(fn("exp", at()))
        if all(at(i, j) == ZERO for i in range(n) for j in range(i)):
            squares = [at(i, i) for i in range(n)]
        else:
            half = num(-1, 2)
            form = [[neg(at(i, i)) if i == j else mul(half, at(i, j)) for j in range(n)] for i in range(n)]
            for size in range(1, n + 1):
                minor = determinant([row[:size] for row in form[:size]])
                if not holds(minor, ">", self.ctx):
                    raise No("a quadratic form is not known to be negative definite")
            lam = fresh(self.taken, "lambda")
            self.taken.add(lam)
            self.ctx = self.ctx.with_kind(lam, "positive")
            squares = [neg(sym(lam))] * n
        single = {
            x: fn("exp", add(mul(c, power(sym(x), 2)), mul(at(i), sym(x))))
            for i, (x, c) in enumerate(zip(names, squares, strict=True))
        }
        for c in (*squares, *(at(i) for i in range(n))):
            Interior(self.ctx, {self.theta} if self.theta else ()).need(c, CONTINUOUS)
        return self._times([constant, [single]])

    def _polynomial(self, t: Term, names: list[str]) -> dict[tuple[int, ...], Term]:
        if not names:
            return {(): t} if t != ZERO else {}
        cs = coefficients(t, names[0], self.inside)
        if cs is None:
            raise No("the exponent is no polynomial", covered=False)
        return {(k, *rest): c for k, a in enumerate(cs) for rest, c in self._polynomial(a, names[1:]).items()}


def _merged(p: Product, q: Product) -> Product:
    return {x: mul(p[x], q[x]) if x in p and x in q else p.get(x, q.get(x, ONE)) for x in {**p, **q}}


def determinant(rows: list[list[Term]]) -> Term:
    """Leibniz' formula."""
    n = len(rows)
    if n > 4:
        raise No("determinants beyond four by four are not taken", covered=False)
    out = []
    for p in permutations(range(n)):
        odd = sum(p[i] > p[j] for i, j in product(range(n), repeat=2) if i < j) % 2
        out.append(mul(num(-1 if odd else 1), *(rows[i][p[i]] for i in range(n))))
    return add(*out)
