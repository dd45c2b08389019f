"""Proposing antiderivatives and matching the kernel's table of integrals. Untrusted: the kernel checks all of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import sympy as sp
from sympy.core.relational import Relational

from symrep.notation import Notation
from symrep.rules.oracle import find_antiderivative, find_limit
from symrep.rules.pieces import cut
from symrep.symbols import DomainSymbol, Undetermined, as_expr
from symrep.translate import context_of, from_term, names_in, to_term

__all__ = ["antiderivative", "parts_of", "polynomial_times_exponential", "value_of"]

#: (part as the kernel reads it, its value)
Part = tuple[dict[str, Any], Any]


#: processor seconds of the search for an integral's value, when neither the table nor an antiderivative has it
SEARCH: Final = 4.0


def parts_of(
    t: Any, x: Any, low: Any, high: Any, *, quick: bool = False, given: tuple[Any, ...] = ()
) -> list[Part] | None:
    """∫_low^high t dx as a sum of parts with values, or None if some part is out of reach; ``quick`` asks no
    algorithm of SymPy's, ``given`` holds of the parameters.
    """
    relations = tuple(r for r in given if isinstance(r, Relational) and x not in r.free_symbols)
    return _parts_of(as_expr(t), x, as_expr(low), as_expr(high), quick, relations)


@lru_cache(maxsize=256)
def _parts_of(t: Any, x: Any, low: Any, high: Any, quick: bool, given: tuple[Any, ...]) -> list[Part] | None:
    """What takes no algorithm of SymPy's first."""
    for slow in (False,) if quick else (False, True):
        found = _at_once(t, x, low, high, slow)
        found = _searched(t, x, low, high, slow, given) if found is None else found
        if found is not None:
            return found
    return None


def _searched(t: Any, x: Any, low: Any, high: Any, slow: bool, given: tuple[Any, ...]) -> list[Part] | None:
    """By substitutions, halves and cuts, the kernel asked at each step."""
    from symrep.rules.solving import value_step

    if t.has(sp.Integral, sp.Sum, Notation) or t.atoms(Undetermined):
        return None
    kind = "unit" if (low, high) == (0, 1) else "positive" if low.is_nonnegative else "real"
    v = DomainSymbol(x.name, "negative" if high.is_nonpositive else kind)
    t = t.xreplace({x: v})
    context = context_of([t, low, high], given)
    inner = replace(context, symbols={n: k for n, k in context.symbols.items() if n != v.name})
    node = ("integral", to_term(t), (v.name, to_term(low), to_term(high)))
    found = value_step(node, inner, t, v, low, high, SEARCH, quick=not slow)
    if found is None or not found["parts"]:
        return None
    value = from_term(found["rhs"], names_in(t, low, high))
    return [(p, value if i == 0 else sp.S.Zero) for i, p in enumerate(found["parts"])]


def _at_once(t: Any, x: Any, low: Any, high: Any, slow: bool) -> list[Part] | None:
    if t == 0:
        return []
    mass = _mass(t, x) if (low, high) == (-sp.oo, sp.oo) else None  # a part of the line has less
    if (whole := mass or _of_known_total(t, x, low, high)) is not None:
        return [whole]
    pieces = cut(t, x, low, high)
    if pieces is None:
        return None
    if len(pieces) == 1:
        return _smooth(pieces[0][2], x, low, high, slow)
    found = [(a, b, f) for a, b, smooth in pieces for f in [antiderivative(smooth, x, slow)]]
    if any(f is None for _, _, f in found):
        return None
    return _ftc(t, x, found)


def value_of(parts: list[Part]) -> Any:
    return sp.Add(*(v for _, v in parts))


def _ftc(t: Any, x: Any, found: list[tuple[Any, Any, Any]]) -> list[Part] | None:
    total = sp.S.Zero
    for a, b, f in found:
        top, bottom = _limit(f, x, b, "-"), _limit(f, x, a, "+")
        if top is None or bottom is None:
            return None
        total += top - bottom
    data = {
        "kind": "ftc",
        "integrand": to_term(t),
        "pieces": [{"lo": to_term(a), "hi": to_term(b), "antiderivative": to_term(f)} for a, b, f in found],
    }
    return [(data, total)]


def _smooth(t: Any, x: Any, low: Any, high: Any, slow: bool) -> list[Part] | None:
    """Term by term: the table first, then an antiderivative for what is left."""
    rest = sp.S.Zero
    out: list[Part] = []
    for term in sp.Add.make_args(sp.expand(t)):
        matched = _table(term, x, low, high)
        if matched is None:
            rest += term
        else:
            out.append(matched)
    if rest != 0:
        f = antiderivative(rest, x, slow)
        if f is None:
            whole = antiderivative(as_expr(t), x, slow)
            if whole is None:
                return None
            return _ftc(t, x, [(low, high, whole)])
        more = _ftc(rest, x, [(low, high, f)])
        if more is None:
            return None
        out += more
    return out


def _limit(f: Any, x: Any, end: Any, side: str) -> Any:
    if end.is_finite is not False:
        direct = f.subs(x, end)
        if direct.is_finite is not False and not direct.has(sp.nan, sp.zoo, sp.oo):
            return direct
    out = sp.S.Zero
    for term in sp.Add.make_args(sp.expand(f)):
        value = _term_limit(term, x, end, side)
        if value is None:
            return None
        out += value
    return out


def _term_limit(term: Any, x: Any, end: Any, side: str) -> Any:
    if not term.has(x):
        return term
    if end.is_infinite:
        inner = sp.powsimp(term, combine="exp")
        decays = _exponent(inner, x)
        if decays is not None and decays != 0:
            p = sp.Poly(decays, x)
            lead = p.LC() * (1 if end is sp.oo or p.degree() % 2 == 0 else -1)
            if lead.is_negative:
                return sp.S.Zero
        const, moving = term.as_independent(x)
        if isinstance(moving, sp.erf):
            try:
                slope = sp.Poly(moving.args[0], x).LC()
            except sp.PolynomialError:
                return None
            sign = slope * (1 if end is sp.oo else -1)
            return const if sign.is_positive else -const if sign.is_negative else None
    value = find_limit(term, x, end, side)
    return None if value is None or value.has(sp.oo, -sp.oo) else value


def _exponent(term: Any, x: Any) -> Any:
    """The polynomial Q with term = (something without exp) · e^Q, or None."""
    q = sp.S.Zero
    for f in sp.Mul.make_args(term):
        if isinstance(f, sp.exp):
            q += f.args[0]
        elif isinstance(f, sp.Pow) and isinstance(f.base, sp.exp):
            q += f.base.args[0] * f.exp
        elif not f.is_polynomial(x) and f.has(x):
            return None
    q = sp.expand(q)
    return q if q.is_polynomial(x) else None


def antiderivative(t: Any, x: Any, slow: bool = True) -> Any:
    """An F with F' = t, or None; ``slow`` asks SymPy where nothing else helps."""
    if not t.has(x):
        return t * x
    groups: dict[Any, Any] = defaultdict(lambda: sp.S.Zero)
    other = sp.S.Zero
    for term in sp.Add.make_args(sp.expand(sp.powsimp(sp.expand(t), combine="exp"))):
        q = _exponent(term, x)
        if q is None:
            other += term
            continue
        coefficient = sp.Mul(*(f for f in sp.Mul.make_args(term) if not _is_exponential(f)))
        moving = sp.Add(*(m for m in sp.Add.make_args(q) if m.has(x)))
        groups[moving] += coefficient * sp.exp(q - moving)
    out = sp.S.Zero
    for q in sorted(groups, key=sp.default_sort_key):
        f = polynomial_times_exponential(sp.expand(groups[q]), q, x)
        if f is None:
            return None
        out += f
    if other != 0:
        f = _ask_sympy(other, x) if slow else None
        if f is None:
            return None
        out += f
    return out


def _is_exponential(f: Any) -> bool:
    return isinstance(f, sp.exp) or (isinstance(f, sp.Pow) and isinstance(f.base, sp.exp))


def polynomial_times_exponential(p: Any, q: Any, x: Any) -> Any:
    """∫ P e^Q for polynomial P and Q of degree at most 2, by comparing coefficients; an erf takes what is left."""
    try:
        coeffs = sp.Poly(p, x).all_coeffs()[::-1]
        exponent = sp.Poly(q, x) if q != 0 else sp.Poly(0, x)
    except sp.PolynomialError:
        return None
    if exponent.is_zero:
        return sp.Add(*(c * x ** (k + 1) / (k + 1) for k, c in enumerate(coeffs)))
    if exponent.degree() > 2:
        return None
    a, b = exponent.coeff_monomial(x**2), exponent.coeff_monomial(x)
    c = list(coeffs)
    r: dict[int, Any] = {}
    if a == 0:  # R' + bR = P, from the top
        for k in range(len(c) - 1, -1, -1):
            r[k] = sp.cancel((c[k] - (k + 1) * r.get(k + 1, 0)) / b)
        return sp.Add(*(v * x**k for k, v in r.items())) * sp.exp(q)
    for k in range(len(c) - 1, 0, -1):  # R' + (2ax + b)R = P − const
        r[k - 1] = sp.cancel((c[k] - (k + 1) * r.get(k + 1, 0) - b * r.get(k, 0)) / (2 * a))
    left = sp.cancel(c[0] - r.get(1, 0) - b * r.get(0, 0))
    out = sp.Add(*(v * x**k for k, v in r.items())) * sp.exp(q)
    if left != 0:
        n = -a
        if n.is_positive is not True:
            return None
        root = sp.sqrt(n)
        shift = sp.exp(sp.cancel(b**2 / (4 * n)))
        out += left * shift * sp.sqrt(sp.pi) / (2 * root) * sp.erf(sp.expand(root * x - b / (2 * root)))
    return out


def _ask_sympy(t: Any, x: Any) -> Any:
    return None if sp.count_ops(t) > 80 else find_antiderivative(t, x)


def _table(term: Any, x: Any, low: Any, high: Any) -> Part | None:
    """One row of the kernel's table, if the term is one."""
    if (low, high) == (-sp.oo, sp.oo):
        return _wave(term, x) or _mass(term, x) or _logarithm(term, x)
    if (low, high) == (0, sp.oo):
        return _gamma(term, x)
    if (low, high) == (0, 1):
        return _beta(term, x)
    return None


def _logarithm(term: Any, x: Any) -> Part | None:
    """C log(r)/q for quadratics r, q: the logarithm against a Cauchy density."""
    from symrep.rules.rows import cauchy_wave

    row = cauchy_wave(term, x) if term.has(sp.log) else None
    if row is None:
        return None
    c, a, b, m, s = (from_term(row[k], names_in(term)) for k in ("c", "a", "b", "m", "s"))
    return row, c * sp.pi * s * sp.log((a - m) ** 2 + (b + s) ** 2)


def _gamma(term: Any, x: Any) -> Part | None:
    const, moving = sp.powsimp(term, combine="exp").as_independent(x, as_Add=False)
    a, q = sp.S.One, sp.S.Zero
    for f in sp.Mul.make_args(moving):
        base, e = f.as_base_exp() if not isinstance(f, sp.exp) else (f, sp.S.One)
        if base == x and not e.has(x):
            a += e
        elif isinstance(f, sp.exp):
            q += f.args[0]
        else:
            return None
    b = sp.cancel(-sp.expand(q) / x)
    if b.has(x) or b.is_positive is not True or a.is_positive is False:
        return None
    data = {"kind": "gamma", "c": to_term(const), "a": to_term(a), "b": to_term(b)}
    return data, const * sp.gamma(a) / b**a


def _beta(term: Any, x: Any) -> Part | None:
    const, moving = term.as_independent(x, as_Add=False)
    a = b = sp.S.One
    for f in sp.Mul.make_args(moving):
        base, e = f.as_base_exp()
        if base == x and not e.has(x):
            a += e
        elif sp.expand(base - (1 - x)) == 0 and not e.has(x):
            b += e
        else:
            return None
    if a == 1 and b == 1:
        return None
    data = {"kind": "beta", "c": to_term(const), "a": to_term(a), "b": to_term(b)}
    return data, const * sp.beta(a, b)


def _wave(term: Any, x: Any) -> Part | None:
    """C · cos(ωx+φ) · normal density."""
    const, moving = sp.powsimp(term, combine="exp").as_independent(x, as_Add=False)
    wave, q = None, sp.S.Zero
    for f in sp.Mul.make_args(moving):
        if isinstance(f, (sp.sin, sp.cos)) and wave is None:
            wave = f
        elif isinstance(f, sp.exp):
            q += f.args[0]
        else:
            return None
    if wave is None:
        return None
    try:
        angle, exponent = sp.Poly(wave.args[0], x), sp.Poly(sp.expand(q), x)
    except sp.PolynomialError:
        return None
    if angle.degree() != 1 or exponent.degree() != 2:
        return None
    a, b, c = (exponent.coeff_monomial(x**k) for k in (2, 1, 0))
    if (-a).is_positive is not True:
        return None
    omega, phi = angle.coeff_monomial(x), angle.coeff_monomial(1)
    s, m = 1 / sp.sqrt(-2 * a), sp.cancel(-b / (2 * a))
    # e^(ax²+bx+c) = e^(c − b²/4a) · s√(2π) · normal density
    scale = const * sp.exp(sp.cancel(c - b**2 / (4 * a))) * s * sp.sqrt(2 * sp.pi)
    name = "gaussian_sin" if isinstance(wave, sp.sin) else "gaussian_cos"
    data = {
        "kind": name,
        "c": to_term(scale),
        "omega": to_term(omega),
        "phi": to_term(phi),
        "m": to_term(m),
        "s": to_term(s),
    }
    return data, scale * wave.func(omega * m + phi) * sp.exp(-(omega**2) * s**2 / 2)


def _mass(term: Any, x: Any) -> Part | None:
    if not isinstance(term, Undetermined) or not term.spec.density or term.args[0] != x or any(term.orders):
        return None
    more = term.args[1:]
    if any(a.has(x) for a in more):
        return None
    data: dict[str, Any] = {"kind": "mass", "function": term.symbol}
    return ({**data, "at": [to_term(a) for a in more]} if more else data), sp.S.One


def _of_known_total(t: Any, x: Any, low: Any, high: Any) -> Part | None:
    """C·h with the integral of h among the factors of c: that integral cancels."""
    const, moving = t.as_independent(x, as_Add=False)
    for whole in sorted(const.atoms(sp.Integral), key=sp.default_sort_key):
        if len(whole.limits) != 1 or len(whole.limits[0]) != 3:
            continue
        w, a, b = whole.limits[0]
        if (a, b) == (low, high) and whole.function.xreplace({w: x}) == moving:
            data = {"kind": "scaled", "factor": to_term(const), "integrand": to_term(moving)}
            return data, const * whole
    return None
