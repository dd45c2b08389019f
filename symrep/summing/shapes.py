"""What a summand looks like in its index: k^m X^k with Γ-factors and poles; and which lemmas fit (proposals only)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from math import comb, factorial, isqrt
from typing import Final

from symrep.claim import Context
from symrep.kernel.algebra.normal import linear_parts, polynomial_in, simplify
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.summation import Range, in_range
from symrep.summing.beta_sums import beta_parts, gauss_parts
from symrep.summing.dirichlet import zeta_parts
from symrep.summing.gosper import fractions_of, hypergeometric
from symrep.summing.shape import Part, Shape, Strange
from symrep.term import (
    MINUS_ONE,
    ONE,
    PI,
    ZERO,
    Term,
    add,
    div,
    fn,
    free_symbols,
    mul,
    neg,
    num,
    power,
    sqrt,
    sub,
    sym,
    walk,
)

__all__ = ["Part", "parts_of_sum"]

MAX_POWER: Final = 12


class Summand:
    """One sum, and the proposals for its summand."""

    def __init__(self, bounds: Range, ctx: Context) -> None:
        self.k, self.lo, self.hi = bounds
        self.outer = domain(ctx)
        self.inside = domain(in_range(ctx, self.k, self.lo, self.hi))

    # --- reading ----------------------------------------------------------------------------------------------------

    def shape(self, piece: Term) -> Shape:
        out = Shape()
        self._read(piece, 1, out)
        return out

    def _linear(self, t: Term) -> tuple[Term, Term]:
        """(c0, c1) with t = c0 + c1·k."""
        coefficients = polynomial_in(t, self.k, self.inside)
        if coefficients is None or len(coefficients) > 2:
            raise Strange
        return coefficients[0], coefficients[1] if len(coefficients) == 2 else ZERO

    def _read(self, t: Term, e: int, out: Shape) -> None:
        if self.k not in free_symbols(t):
            out.coefficient.append(power(t, num(e)) if e != 1 else t)
        elif t[0] == "mul":
            for c in t[1:]:
                self._read(c, e, out)
        elif t == sym(self.k):
            if e > 0:
                out.m += e
            else:
                out.poles.append((ZERO, -e))
        elif t[0] == "pow" and t[2][0] == "num" and t[2][2] == 1:
            self._read(t[1], e * t[2][1], out)
        elif t[0] == "pow" and self.k not in free_symbols(t[1]):
            self._exponential(t[1], t[2], e, out)
        elif t[:2] == ("fn", "exp"):
            c0, c1 = self._linear(t[2])
            if c0 != ZERO:
                out.coefficient.append(fn("exp", mul(num(e), c0)))
            base = fn("exp", mul(num(e), c1))
            out.up.append((base if _complex(base) else simplify(base, self.outer), 1))
        elif t[:2] == ("fn", "factorial"):
            self._read(fn("gamma", add(t[2], ONE)), e, out)
        elif t[:2] == ("fn", "gamma"):
            c0, c1 = self._linear(t[2])
            if c1 not in (ONE, MINUS_ONE) or abs(e) > 3:
                raise Strange
            (out.above if e > 0 else out.below).extend([(c1[1], c0)] * abs(e))
        elif t[0] == "add" and e < 0:
            c0, c1 = self._linear(t)
            out.coefficient.append(power(c1, num(e)))
            out.poles.append((simplify(div(c0, c1), self.outer), -e))
        else:
            raise Strange

    def _exponential(self, base: Term, exponent: Term, e: int, out: Shape) -> None:
        c0, c1 = self._linear(exponent)
        if c1[0] != "num" or c1[2] != 1:
            raise Strange
        if c1[1] * e == -1:
            out.down.append((base, mul(num(e), c0)))
            return
        out.coefficient.append(power(base, mul(num(e), c0)) if c0 != ZERO else ONE)
        out.up.append((base, e * c1[1]))

    def chosen(self, body: Term) -> list[Part]:
        """k^m C(a, k)·C(b, n − k) and constants."""
        factors = list(body[1:]) if body[0] == "mul" else [body]
        moving = [f for f in factors if self.k in free_symbols(f)]
        rest = [f for f in factors if self.k not in free_symbols(f)]
        pair = [f for f in moving if f[:2] == ("fn", "binomial")]
        numerator = polynomial_in(mul(*(f for f in moving if f not in pair)), self.k, self.inside)
        if len(pair) != 2 or numerator is None or len(numerator) > MAX_POWER:
            raise Strange
        pair.sort(key=lambda f: f[3] != sym(self.k))
        one, two = pair
        if one[3] != sym(self.k) or simplify(sub(add(two[3], sym(self.k)), self.hi), self.inside) != ZERO:
            raise Strange
        common: Part = {"kind": "vandermonde", "a": one[2], "b": two[2], "offset": ZERO, "start": ZERO}
        whole = [(mul(*rest, c, q), i) for m, c in enumerate(numerator) for q, i in self.falling(m, ZERO)]
        return [{"c": c, "m": num(i), **common} for c, i in whole]

    def fractions(self, body: Term, ctx: Context) -> list[Part]:
        """A rational function of the index by its poles, or (−1)^k times one."""
        found = fractions_of(body, self.k, ctx)
        if not found and self.hi[0] == "inf":
            turned = fractions_of(mul(body, power(MINUS_ONE, sym(self.k))), self.k, ctx)
            return [p for c, a, e in turned or () for p in self._of_powers(c, MINUS_ONE, a, e)]
        if not found:
            raise Strange
        k, out, simple = sym(self.k), list[Part](), list[tuple[Term, Term]]()
        for c, a, p in found:
            if self.hi[0] != "inf":
                out.append({"kind": "telescoping", "antidifference": mul(c, _polygamma(add(k, a), p))})
            elif p > 1:
                out += self._of_powers(c, ONE, a, p)
            else:
                simple.append((c, simplify(add(a, self.lo), self.outer)))
        if simple:
            at = {"cs": [c for c, _ in simple], "as": [a for _, a in simple]}
            out.append({"kind": "rational", "offset": self.lo, "start": ZERO, **at})
        return out

    def tidied(self, part: Part) -> Part:
        """The factor in front without x·x^(−1), which would have to be defined."""
        with suppress(NotProved):
            return {**part, "c": simplify(part["c"], self.outer)} if "c" in part else part
        return part

    # --- what fits --------------------------------------------------------------------------------------------------

    def proposals(self, c: Term, piece: Term) -> list[Part]:
        """Parts whose summands add up to c·piece, it is hoped."""
        s = self.shape(piece)
        c = mul(c, *s.coefficient)
        if self.hi[0] == "inf":
            return self._infinite(c, s)
        if any(sign < 0 for sign, _ in s.below):
            return self._binomial(c, s)
        return self._finite(c, s)

    def _base(self, s: Shape, down: bool = True) -> Term:
        bases = [power(b, num(e)) if e != 1 else b for b, e in s.up]
        if down:
            bases += [power(b, MINUS_ONE) for b, _ in s.down]
        whole = mul(*bases)
        return whole if _complex(whole) else simplify(whole, self.outer)

    def _downs(self, s: Shape) -> list[Term]:
        return [power(b, d) for b, d in s.down]

    def start(self, offset: Term) -> tuple[Term, int]:
        """The offset as far as it leads to a literal start ≥ 0; else the lower end itself."""
        d = simplify(sub(self.lo, offset), self.outer)
        if d[0] == "num" and d[2] == 1 and d[1] >= 0:
            return simplify(offset, self.outer), d[1]
        raise Strange

    def falling(self, m: int, offset: Term, extra: tuple[Fraction, ...] = ()) -> list[tuple[Term, int]]:
        """k^m Π (k + e) = Σ c_i j^(i) with k = j + o."""
        coefficients = [Fraction(0)] * m + [Fraction(1)]
        for e in extra:
            up, same = [Fraction(0), *coefficients], [*coefficients, Fraction(0)]
            coefficients = [u + e * c for u, c in zip(up, same, strict=True)]
        out = []
        for i in range(len(coefficients)):
            terms = [
                mul(num(c * comb(q, p) * _stirling(p, i)), power(offset, num(q - p)) if q > p else ONE)
                for q, c in enumerate(coefficients)
                for p in range(i, q + 1)
                if c and _stirling(p, i) and (q == p or offset != ZERO)
            ]
            if terms:
                out.append((add(*terms), i))
        return out

    def _infinite(self, c: Term, s: Shape) -> list[Part]:
        x = self._base(s)
        c = mul(c, *self._downs(s))
        if any(sign < 0 for sign, _ in (*s.above, *s.below)):
            raise Strange
        above, below = [a for _, a in s.above], [a for _, a in s.below]
        if len(below) == 2 and not above:
            return self._circular(c, s, below)
        if len(below) == 1 and len(above) <= 1:
            a, extra = self._absorbed(below[0], s.poles)
            offset, start = self.start(sub(ONE, a))
            common: Part = {"x": x, "offset": offset, "start": num(start)}
            c = mul(c, power(x, offset)) if offset != ZERO else c
            numerator = self.falling(s.m, offset, extra)
            if not above:
                return [{"kind": "exponential", "c": mul(c, q), "m": num(i), **common} for q, i in numerator]
            b = simplify(add(above[0], ONE, neg(a)), self.outer)
            common = {"kind": "negative_binomial", "a": b, **common}
            return [{"c": mul(c, fn("gamma", b), q), "m": num(i), **common} for q, i in numerator]
        if len(above) == len(below) == 2 and x == ONE:
            return gauss_parts(self, c, s, above, below)
        if above or below:
            raise Strange
        if not s.poles:
            return self._geometric(c, x, s.m)
        if len(s.poles) != 1:
            raise Strange
        a, p = s.poles[0]
        if x in (ONE, MINUS_ONE) and s.m == 0 and (p > 1 or x == MINUS_ONE):
            return self._of_powers(c, x, a, p)
        if p == 1 and x != ONE:
            return self._logarithmic(c, x, s, a)
        raise Strange

    def _of_powers(self, c: Term, x: Term, a: Term, p: int) -> list[Part]:
        """(±1)^k (k + a)^(−p) from the lower end on."""
        offset = self.lo
        c = mul(c, power(MINUS_ONE, offset)) if x == MINUS_ONE else c
        kind = "power" if x == ONE else "alternating"
        at = simplify(add(a, offset), self.outer)
        return [{"kind": kind, "c": c, "a": at, "p": num(p), "offset": offset, "start": ZERO}]

    def _geometric(self, c: Term, x: Term, m: int) -> list[Part]:
        try:
            offset, start = self.start(ZERO)
        except Strange:
            offset, start = self.lo, 0
        c = mul(c, power(x, offset)) if offset != ZERO else c
        common = {"kind": "geometric", "x": x, "offset": offset, "start": num(start)}
        return [{"c": mul(c, q), "m": num(i), **common} for q, i in self.falling(m, offset)]

    def _absorbed(self, a: Term, poles: list[tuple[Term, int]]) -> tuple[Term, tuple[Fraction, ...]]:
        """1/((k + b) Γ(k + a)) = (k + a)…(k + b − 1)/Γ(k + b + 1) for b − a = 0, 1, …: the new a, and the numerator."""
        left, extra = list(poles), list[Fraction]()
        while left:
            gaps = [(simplify(sub(b, a), self.outer), b) for b, p in left if p == 1]
            steps = sorted((g[1], b) for g, b in gaps if g[0] == "num" and g[2] == 1 and 0 <= g[1] <= MAX_POWER)
            if not steps or (steps[0][0] and a[0] != "num"):
                raise Strange
            gap, b = steps[0]
            extra += [Fraction(a[1], a[2]) + i for i in range(gap)] if gap else []
            left.remove((b, 1))
            a = simplify(add(b, ONE), self.outer)
        return a, tuple(extra)

    def _root(self, x: Term, scale: int) -> tuple[Term, int]:
        """(y, ±1) with ±y² = scale·x."""
        x = simplify(mul(num(scale), x), self.outer)
        r, bases = Fraction(1), list[Term]()
        for b in x[1:] if x[0] == "mul" else (x,):
            if b[0] == "num":
                r *= Fraction(b[1], b[2])
            elif b[0] == "pow" and b[2][0] == "num" and b[2][2] == 1 and b[2][1] % 2 == 0:
                bases.append(power(b[1], num(b[2][1] // 2)) if b[2][1] != 2 else b[1])
            else:
                sign = -1 if prove_sign(x, "<", self.outer) else 1
                return sqrt(x if sign > 0 else neg(x)), sign
        sign, r = (1, r) if r > 0 else (-1, -r)
        p, q = isqrt(r.numerator), isqrt(r.denominator)
        root = num(p, q) if p * p == r.numerator and q * q == r.denominator else sqrt(num(r))
        return mul(root, *bases) if bases else root, sign

    def _circular(self, c: Term, s: Shape, below: list[Term]) -> list[Part]:
        """X^k/(Γ(k+½)Γ(k+1)) = (4X)^k/(√π (2k)!), X^k/(Γ(k+1)Γ(k+3/2)) = 2(4X)^k/(√π (2k+1)!)."""
        if s.m:
            raise Strange
        for pole in s.poles:
            if pole[1] != 1 or pole[0] not in below:
                raise Strange
            below[below.index(pole[0])] = simplify(add(pole[0], ONE), self.outer)
        values = sorted(Fraction(b[1], b[2]) for b in below if b[0] == "num")
        if len(values) != 2 or values[1] - values[0] != Fraction(1, 2):
            raise Strange
        odd = values[0].denominator == 1
        shift = values[0] - (1 if odd else Fraction(1, 2))
        x = self._base(s)
        y, sign = self._root(x, 4)
        offset, start = self.start(num(-shift))
        c = mul(c, power(PI, num(-1, 2)), *([num(2), power(y, MINUS_ONE)] if odd else []))
        c = mul(c, power(x, offset)) if offset != ZERO else c
        kind = {(1, False): "cosh", (-1, False): "cos", (1, True): "sinh", (-1, True): "sin"}[sign, odd]
        return [{"kind": kind, "c": c, "x": y, "offset": offset, "start": num(start)}]

    def _logarithmic(self, c: Term, x: Term, s: Shape, a: Term) -> list[Part]:
        """k^m = Q(k)(k + a) + (−a)^m."""
        out: list[Part] = []
        for i in range(s.m):
            rest = mul(c, power(neg(a), num(s.m - 1 - i))) if i < s.m - 1 else c
            out += self._geometric(rest, x, i)
        c = mul(c, power(neg(a), num(s.m))) if s.m else c
        if a[0] == "num" and a[2] == 2:
            y, sign = self._root(x, 1)
            offset, start = self.start(num(Fraction(1 - a[1], 2)))
            c = mul(c, num(2), power(y, MINUS_ONE))
            c = mul(c, power(x, offset)) if offset != ZERO else c
            kind = "atanh" if sign > 0 else "atan"
            return [*out, {"kind": kind, "c": c, "x": y, "offset": offset, "start": num(start)}]
        offset, start = self.start(neg(a))
        c = mul(c, power(x, offset)) if offset != ZERO else c
        return [*out, {"kind": "logarithm", "c": c, "x": x, "offset": offset, "start": num(start)}]

    def _binomial(self, c: Term, s: Shape) -> list[Part]:
        up = [a for sign, a in s.below if sign > 0]
        high = [a for sign, a in s.below if sign < 0]
        if len(up) != 1 or len(high) != 1:
            raise Strange
        if s.above:
            return beta_parts(self, c, s, up[0], high[0])
        a, extra = self._absorbed(up[0], s.poles)
        offset, start = self.start(sub(ONE, a))
        n = sub(self.hi, offset)
        if simplify(sub(high[0], add(self.hi, ONE)), self.outer) != ZERO:
            raise Strange
        x, y = self._base(s, down=False), mul(*(b for b, _ in s.down)) if s.down else ONE
        c = mul(c, power(fn("factorial", n), MINUS_ONE), *(power(b, sub(d, self.hi)) for b, d in s.down))
        c = mul(c, power(x, offset)) if offset != ZERO else c
        common = {"kind": "binomial", "x": x, "y": y, "offset": offset, "start": num(start)}
        return [{"c": mul(c, q), "m": num(i), **common} for q, i in self.falling(s.m, offset, extra)]

    def _finite(self, c: Term, s: Shape) -> list[Part]:
        """Antidifferences."""
        if s.above or s.below:
            raise Strange
        x = self._base(s)
        c, k = mul(c, *self._downs(s)), sym(self.k)
        if not s.poles:
            pieces = [mul(q, _antidifference(x, k, i)) for q, i in self.falling(s.m, ZERO)]
            return [{"kind": "telescoping", "antidifference": mul(c, add(*pieces))}]
        if len(s.poles) == 1 and x == ONE and s.m == 0:
            a, p = s.poles[0]
            return [{"kind": "telescoping", "antidifference": mul(c, _polygamma(add(k, a), p))}]
        raise Strange


def _polygamma(x: Term, p: int) -> Term:
    """T with T(x + 1) − T(x) = x^(−p)."""
    if p == 1:
        return fn("digamma", x)
    return mul(num((-1) ** (p - 1), factorial(p - 1)), fn("polygamma", num(p - 1), x))


def _stirling(n: int, k: int) -> int:
    """Ways to part n things into k."""
    if n == k:
        return 1
    if k == 0 or k > n:
        return 0
    return k * _stirling(n - 1, k) + _stirling(n - 1, k - 1)


def _antidifference(x: Term, k: Term, m: int) -> Term:
    """T with T(k+1) − T(k) = x^k k^(m)."""
    down = [sub(k, num(i)) if i else k for i in range(m + 1)]
    if x == ONE:
        return mul(num(1, m + 1), *down)
    first = mul(power(x, k), *down[:m])
    if m:
        first = sub(first, mul(x, num(m), _antidifference(x, k, m - 1)))
    return div(first, sub(x, ONE))


def _complex(t: Term) -> bool:
    return any(s == ("const", "i") for s in walk(t))


def parts_of_sum(body: Term, bounds: Range, ctx: Context) -> Iterator[list[Part]]:
    """Ways to take a sum apart into known ones."""
    try:
        here = Summand(bounds, ctx)
        split = linear_parts(body, [bounds[0]], here.inside)
    except NotProved:
        return
    with suppress(Strange):
        yield here.chosen(body)
    if _complex(body):  # as it stands: a normal form has sines and cosines instead
        with suppress(Strange, NotProved):
            yield here.proposals(ONE, body)
    out: list[Part] = []
    for c, piece in split:
        with suppress(Strange, NotProved):
            out += here.proposals(c, piece)
            continue
        anti = hypergeometric(piece, bounds[0], ctx)
        if anti is None:
            break
        out.append({"kind": "telescoping", "antidifference": mul(c, anti)})
    else:
        yield [here.tidied(p) for p in out]
    with suppress(Strange, NotProved):
        yield here.fractions(body, ctx)
    zetas = zeta_parts(body, bounds, ctx)
    if zetas:
        yield [dict(p) for p in zetas]
    if len(split) > 1:
        anti = hypergeometric(body, bounds[0], ctx)
        if anti is not None:
            yield [{"kind": "telescoping", "antidifference": anti}]
