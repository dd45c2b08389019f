"""Antidifferences by SymPy: partial fractions, Gosper's algorithm, certificates for sums whose summand moves with n.

Proposals only; the kernel checks what comes out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import sympy as sp

from symrep.claim import Context
from symrep.symbols import DomainSymbol, _function_class
from symrep.term import Term
from symrep.translate import from_term, to_term

__all__ = ["certificate", "fractions_of", "hypergeometric", "product_of_linear"]

MAX_OPS: Final = 400
MAX_DEGREE: Final = 5
MAX_SHIFT: Final = 30
MAX_SYSTEM: Final = 2500


def _read(ctx: Context, k: str, *ts: Term) -> tuple[Any, list[Any]]:
    names: dict[str, Any] = {n: DomainSymbol(n, kind) for n, kind in ctx.symbols.items()}
    names[k] = DomainSymbol(k, "integer")
    functions = {n: _function_class(n, s, (0,) * s.arity) for n, s in ctx.functions.items()}
    return names, [from_term(t, names, functions) for t in ts]


def _rational_in(t: Any, k: Any) -> bool:
    return bool(t.is_rational_function(k))


def fractions_of(body: Term, k: str, ctx: Context) -> list[tuple[Term, Term, int]] | None:
    """The summand as Σ c/(k + a)^p, when it is a rational function with rational poles that vanishes at infinity."""
    names, (t,) = _read(ctx, k, body)
    x, t = names[k], sp.powsimp(t)
    if not _rational_in(t, x) or t.count_ops() > MAX_OPS:
        return None
    out = []
    for part in sp.Add.make_args(sp.apart(sp.factor(t), x)):
        top, bottom = sp.fraction(sp.together(part))
        if top.has(x):
            return None
        factors = [(b, e) for b, e in sp.factor_list(bottom, x)[1] if b.has(x)]
        if len(factors) != 1 or sp.degree(factors[0][0], x) != 1:
            return None
        (base, e) = factors[0]
        a1, a0 = sp.Poly(base, x).all_coeffs()
        c = sp.cancel(part * (x + a0 / a1) ** e)
        out.append((to_term(c), to_term(sp.cancel(a0 / a1)), int(e)))
    return out


def _factors(t: Any) -> dict[Any, Any]:
    """The factors of a term, Γ instead of factorials and binomials, with their exponents."""
    out: dict[Any, Any] = {}
    for f in sp.Mul.make_args(t.rewrite(sp.gamma)):
        for g in sp.Mul.make_args(sp.expand_power_base(f)):
            b, e = g.as_base_exp()
            if b.is_Mul and e.is_integer:
                for c in b.args:
                    d, i = c.as_base_exp()
                    out[d] = out.get(d, 0) + i * e
            else:
                out[b] = out.get(b, 0) + e
    return out


def _shifted_ratio(factors: dict[Any, Any], x: Any) -> Any | None:
    """t(x + 1)/t(x) as a rational function."""
    out = sp.S.One
    for b, e in factors.items():
        if isinstance(b, sp.gamma):
            a = b.args[0]
            d = sp.expand(a.subs(x, x + 1) - a)
            if not (d.is_Integer and e.is_Integer) or abs(d) > 4:
                return None
            rising = [a + i for i in range(int(d))] or [a - 1 - i for i in range(int(-d))]
            out *= sp.Mul(*rising) ** (e if d >= 0 else -e)
        elif e.has(x):
            d = sp.expand(e.subs(x, x + 1) - e)
            if b.has(x) or d.has(x):
                return None
            out *= b**d
        elif b.has(x):
            if not b.is_rational_function(x) or not e.is_Integer:
                return None
            out *= (b.subs(x, x + 1) / b) ** e
    return sp.factor(out)


def _normal(ratio: Any, x: Any) -> tuple[Any, Any, Any]:
    """(a, b, c) with ratio = a(x)/b(x)·c(x+1)/c(x), and no zero of b an integer ≥ 0 above one of a."""
    top, bottom = (sp.factor_list(part, x) for part in sp.fraction(sp.together(ratio)))
    above, below = ({sp.Poly(f, x).monic(): e for f, e in side[1] if f.has(x)} for side in (top, bottom))
    c = sp.Poly(1, x)
    for f in list(above):
        for g in list(below):
            j = _distance(f, g)
            if j is None:
                continue
            e = min(above[f], below[g])
            above[f], below[g] = above[f] - e, below[g] - e
            for i in range(1, j + 1):
                c *= f.compose(sp.Poly(x - i, x)) ** e
    b = sp.prod([g**e for g, e in below.items()], start=sp.Poly(1, x))
    a = sp.prod([f**e for f, e in above.items()], start=sp.Poly(1, x))
    leading = sp.cancel(ratio * b.as_expr() * c.as_expr() / (a * c.compose(sp.Poly(x + 1, x))).as_expr())
    return a.as_expr() * leading, b, c


def _distance(f: Any, g: Any) -> int | None:
    """The integer j ≥ 0 with f(x) = g(x + j)."""
    d = f.degree()
    if d != g.degree() or d < 1:
        return None
    j = sp.cancel((f.coeff_monomial(f.gen ** (d - 1)) - g.coeff_monomial(f.gen ** (d - 1))) / d)
    if not j.is_Integer or not 0 <= j <= MAX_SHIFT:
        return None
    return int(j) if (g.compose(sp.Poly(f.gen + j, f.gen)) - f).is_zero else None


def _gosper(ratio: Any, x: Any) -> Any | None:
    """The rational y with y(x+1)·t(x+1) − y(x)·t(x) = t(x), where t(x+1)/t(x) is the ratio."""
    a, below, c = _normal(ratio, x)
    b = below.compose(sp.Poly(x - 1, x)).as_expr()
    for degree in range(MAX_DEGREE):
        unknown = sp.symbols(f"_c0:{degree + 1}")
        y = sum(u * x**i for i, u in enumerate(unknown))
        equation = sp.Poly(
            sp.numer(sp.together(a)) * y.subs(x, x + 1) - sp.denom(sp.together(a)) * (b * y + c.as_expr()), x
        )
        if equation.degree() > 14:
            return None
        if sum(c.count_ops() for c in equation.coeffs()) > MAX_SYSTEM:
            return None
        found = next(iter(sp.linsolve(equation.coeffs(), unknown)), None)
        if found is not None:
            solution = dict(zip(unknown, found, strict=True))
            y = y.subs(solution).subs(dict.fromkeys(unknown, 0))
            return sp.factor(b * y / c.as_expr())
    return None


def _product(rational: Any, factors: dict[Any, Any], x: Any) -> Any:
    """The product, with 1/(a Γ(a)) as 1/Γ(a + 1): so that no pole is left at the ends of the range."""
    factors, out = dict(factors), sp.S.One
    top, bottom = sp.fraction(sp.factor(rational))
    content, poles = sp.factor_list(bottom)
    for b, e in poles:
        for s in (1, -1):
            while e and (g := sp.gamma(sp.expand(s * b))) in factors and factors[g] < 0 and b.has(x):
                n = min(e, -factors[g])
                factors[g] += n
                up = sp.gamma(sp.expand(s * b + 1))
                factors[up] = factors.get(up, 0) - n
                out, e = out * s**n, e - n
        out *= b**-e
    return top / content * out * sp.Mul(*(b**e for b, e in factors.items()))


def hypergeometric(body: Term, k: str, ctx: Context) -> Term | None:
    """T with T(k + 1) − T(k) = body, a rational multiple of it."""
    names, (t,) = _read(ctx, k, body)
    x = names[k]
    if t.count_ops() > MAX_OPS:
        return None
    factors = _factors(t)
    ratio = _shifted_ratio(factors, x)
    found = None if ratio is None else _gosper(ratio, x)
    return None if found is None else to_term(_product(found, factors, x))


def certificate(body: Term, value: Term, k: str, n: str, ctx: Context) -> Iterator[tuple[Term, Term]]:
    """(r, G) with F(n+1, k) = r·F(n, k) + G(k+1) − G(k), r free of k; ``value`` is what the sum is claimed to be."""
    names, (t, v) = _read(ctx, k, body, value)
    x, m = names[k], names[n]
    if t.count_ops() + v.count_ops() > MAX_OPS:
        return
    factors = _factors(t)
    ratio = _shifted_ratio(factors, m)
    if ratio is None:
        return
    if not ratio.has(x):
        yield to_term(ratio), to_term(sp.S.Zero)
        return
    growth = _shifted_ratio(_factors(v), m)
    moving = _shifted_ratio(factors, x)
    if growth is None or moving is None or growth.has(x):
        return
    rest = sp.factor(ratio - growth)
    found = _gosper(sp.factor(moving * rest.subs(x, x + 1) / rest), x) if rest != 0 else sp.S.Zero
    if found is not None:
        yield to_term(growth), to_term(_product(found * rest, factors, x))


def product_of_linear(body: Term, k: str, ctx: Context) -> Term | None:
    """T with T(k + 1) = body·T(k) for a rational body with rational roots: quotients of Γ(k + a)."""
    names, (t,) = _read(ctx, k, body)
    x = names[k]
    if not _rational_in(t, x) or t.count_ops() > MAX_OPS:
        return None
    out = sp.S.One
    content = sp.S.One
    for part, sign in zip(sp.fraction(sp.together(t)), (1, -1), strict=True):
        c, factors = sp.factor_list(part, x)
        content *= c**sign
        for b, e in factors:
            if not b.has(x):
                content *= b ** (sign * e)
                continue
            if sp.degree(b, x) != 1:
                return None
            a1, a0 = sp.Poly(b, x).all_coeffs()
            content *= a1 ** (sign * e)
            out *= sp.gamma(x + a0 / a1) ** (sign * e)
    return to_term(sp.gammasimp(out) * sp.cancel(content) ** x)
