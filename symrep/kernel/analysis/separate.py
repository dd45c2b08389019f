"""Bounds in several variables: |t| ≤ C Σ_j Π_i B_ij(x_i), each factor a term in one variable.

By Tonelli such a sum of products is integrable over a box if every factor is integrable over its interval. The
constant C is uniform for the parameter θ in a compact neighbourhood: the rules below use only that constants are
continuous in θ (checked by ``analysis.regular`` for the whole term) and that a strict sign persists.

Exponents: a polynomial of degree two whose quadratic part is negative definite (leading minors proved positive) is at
most ``-λ|x|² + linear part`` with λ > 0 its smallest eigenvalue, continuous in θ; λ appears as a new positive symbol.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from symrep.claim import Context
from symrep.kernel.algebra.everywhere import polynomial_everywhere
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.regular import CONTINUOUS, Regular, undeclared
from symrep.kernel.fail import NotProved
from symrep.term import ONE, ZERO, Term, add, fn, free_symbols, mul, neg, num, power, sub, sym
from symrep.verdict import Reason

__all__ = ["separate"]

Product = dict[str, Term]
Box = Mapping[str, tuple[Term, Term]]

BOUNDED_BY_ONE = frozenset("sin cos tanh erf erfc sign heaviside atan asin acos".split())
MAX_PRODUCTS = 200


def _factors(t: Term) -> list[Term]:
    return [f for c in t[1:] for f in _factors(c)] if t[0] == "mul" else [t]


def _times(a: Product, b: Product) -> Product:
    return {x: mul(a[x], b[x]) if x in a and x in b else a.get(x, b.get(x, ONE)) for x in {**a, **b}}


def separate(t: Term, box: Box, ctx: Context, theta: str | None) -> tuple[Context, list[Product]]:
    """(context with the new symbols, products); raises NotProved if t does not split."""
    s = _Separator(box, ctx, theta)
    out = s.go(t)
    return s.ctx, out


class _Separator:
    def __init__(self, box: Box, ctx: Context, theta: str | None) -> None:
        self.box, self.ctx, self.theta = box, ctx, theta
        self.dom = domain(ctx, dict(box))

    def go(self, t: Term) -> list[Product]:
        names = free_symbols(t) & set(self.box)
        if not names:
            if self.theta:
                Regular(self.ctx, {}, {self.theta}).check(t, 0)
            return [{}]
        if len(names) == 1:
            return [{next(iter(names)): t}]
        head = t[0]
        if head == "add":
            return self._limited([p for c in t[1:] for p in self.go(c)])
        if head == "mul":
            out: list[Product] = [{}]
            for c in self._together(t):
                out = self._limited([_times(p, q) for p in out for q in self.go(c)])
            return out
        if head == "pow":
            return self._power(t[1], t[2])
        if head == "app":
            return self._app(t)
        if head == "piecewise":
            return self._limited([p for _, v in t[1:] for p in self.go(v)])
        if head == "fn":
            name = t[1]
            if name in BOUNDED_BY_ONE:
                return [{}]
            if name in ("abs", "floor", "ceiling"):
                return self.go(t[2]) + ([{}] if name != "abs" else [])
            if name in ("min", "max"):
                return self._limited([p for c in t[2:] for p in self.go(c)])
            if name == "exp":
                return self._exp(t[2])
        raise NotProved("the integrand does not split into factors of one variable each", Reason.NOTHING_APPLIED)

    def _together(self, t: Term) -> list[Term]:
        """The factors, exponentials as one if some are of several variables: e^(−x²) e^(−(y−x)²) is integrable."""
        flat = _factors(t)
        exps = [c for c in flat if c[:2] == ("fn", "exp") and free_symbols(c) & set(self.box)]
        if len(exps) < 2 or all(len(free_symbols(c) & set(self.box)) < 2 for c in exps):
            return flat
        return [*(c for c in flat if c not in exps), fn("exp", add(*(c[2] for c in exps)))]

    def _limited(self, ps: list[Product]) -> list[Product]:
        unique = list({tuple(sorted(p.items())): p for p in ps}.values())
        if len(unique) > MAX_PRODUCTS:
            raise NotProved("too many products in the bound", Reason.TIMEOUT)
        return unique

    def _raised(self, ps: list[Product], e: Term) -> list[Product]:
        """(Σ |p|)^e ≤ C Σ |p|^e for e ≥ 0."""
        return [{x: power(fn("abs", f), e) for x, f in p.items()} for p in ps]

    def _power(self, b: Term, e: Term) -> list[Product]:
        if free_symbols(e) & set(self.box):
            raise NotProved("an exponent moves with a variable of integration")
        if b == ("const", "e") or (b[0] == "fn" and b[1] == "exp"):
            return self._exp(e if b[0] == "const" else mul(e, b[2]))
        if e[0] == "num" and e[2] == 1 and 0 < e[1] <= 3:
            return self.go(mul(*([b] * int(e[1]))))
        if prove_sign(e, ">=", self.dom):
            return self._raised(self.go(b), e)
        if prove_sign(sub(b, ONE), ">=", self.dom) and prove_sign(e, "<=", self.dom):
            return [{}]
        if b[0] == "mul":
            out: list[Product] = [{}]
            for c in b[1:]:
                out = [_times(p, q) for p in out for q in self.go(power(fn("abs", c), e))]
            return out
        if b[0] == "fn" and b[1] == "abs" and b[2][0] == "mul":
            return self._power(b[2], e)
        raise NotProved("a denominator does not split into factors of one variable each")

    def _app(self, t: Term) -> list[Product]:
        spec = self.ctx.functions.get(t[1])
        if spec is None or spec.smooth is None or spec.smooth < sum(t[2]):
            raise undeclared(t[1], spec, sum(t[2]), growth=False)
        if spec.growth is None:
            raise undeclared(t[1], spec, sum(t[2]), growth=True)
        if spec.growth <= 0:
            return [{}]
        return self._limited([{}, *(q for a in t[3] for q in self._raised(self.go(a), num(spec.growth)))])

    def _exp(self, a: Term) -> list[Product]:
        names = sorted(free_symbols(a) & set(self.box))
        parts: dict[str, list[Term]] = {}
        quadratic: dict[tuple[str, str], Term] = {}
        self._collect(a, names, parts, quadratic)
        mixed = {n for pair in quadratic for n in pair if pair[0] != pair[1]}
        square = {n: quadratic.get((n, n), ZERO) for n in names}
        for n in names:
            if n not in mixed and square[n] != ZERO:
                parts.setdefault(n, []).append(mul(square[n], sym(n), sym(n)))
        if mixed:
            order = sorted(mixed)
            matrix = [
                [square[m] if m == n else mul(num(1, 2), quadratic.get((m, n), ZERO)) for n in order] for m in order
            ]
            for k in range(1, len(order) + 1):
                minor = _determinant([[neg(c) for c in row[:k]] for row in matrix[:k]])
                if not prove_sign(minor, ">", self.dom):
                    raise NotProved("cannot show that the quadratic form in the exponent is negative definite")
            name = self._fresh()
            for n in order:
                parts.setdefault(n, []).append(neg(mul(sym(name), sym(n), sym(n))))
        return [{n: fn("exp", add(*ps)) for n, ps in parts.items()}]

    def _fresh(self) -> str:
        k = 0
        taken = {*self.ctx.symbols, *self.box}.union(*map(free_symbols, self.ctx.given))
        while f"lambda_{k}" in taken:
            k += 1
        self.ctx = replace(self.ctx, symbols={**self.ctx.symbols, f"lambda_{k}": "positive"})
        return f"lambda_{k}"

    def _collect(
        self, a: Term, names: list[str], parts: dict[str, list[Term]], quadratic: dict[tuple[str, str], Term]
    ) -> None:
        """Split the exponent: constants are dropped, one-variable summands kept, the rest as a quadratic polynomial."""
        if a[0] == "add":
            for c in a[1:]:
                self._collect(c, names, parts, quadratic)
            return
        here = sorted(free_symbols(a) & set(names))
        if not here:
            if self.theta:
                Regular(self.ctx, {}, {self.theta}).check(a, CONTINUOUS)
            return
        rest: Term = a
        polynomial: dict[tuple[str, ...], Term] = {(): rest}
        for n in here:
            step: dict[tuple[str, ...], Term] = {}
            for key, c in polynomial.items():
                cs = polynomial_everywhere(c, n, self.ctx, self.box)
                if cs is None:
                    if len(here) == 1:
                        parts.setdefault(n, []).append(a)
                        return
                    raise NotProved("an exponent does not split into parts of one variable each")
                for k, ck in enumerate(cs):
                    if ck != ZERO:
                        step[key + (n,) * k] = ck
            polynomial = step
        for key, c in polynomial.items():
            if len(key) == 2:
                pair = (key[0], key[1])
                quadratic[pair] = add(quadratic.get(pair, ZERO), c) if pair in quadratic else c
                if pair[0] != pair[1]:
                    quadratic[pair[::-1]] = quadratic[pair]
            elif len(set(key)) == 1:
                parts.setdefault(key[0], []).append(mul(c, power(sym(key[0]), num(len(key)))))
            elif key:
                raise NotProved("an exponent has mixed terms of degree above two")


def _determinant(m: list[list[Term]]) -> Term:
    if len(m) == 1:
        return m[0][0]
    out = []
    for j, c in enumerate(m[0]):
        minor = _determinant([[v for k, v in enumerate(row) if k != j] for row in m[1:]])
        out.append(mul(c, minor) if j % 2 == 0 else neg(mul(c, minor)))
    return add(*out)
