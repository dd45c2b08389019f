"""What an integrand looks like, and forms of it that a solver asks for before it takes an integral apart."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.rules.factors import shape
from symrep.symbols import kind_of
from symrep.term import Term, substitute
from symrep.translate import to_term

__all__ = [
    "at_ends",
    "bell_shaped",
    "both_ways",
    "by_antiderivative",
    "centre",
    "collected",
    "common_rate",
    "end_values",
    "exp_of",
    "exponential_in",
    "flips",
    "frullani",
    "known_of_ends",
    "log_squared",
    "put_in",
    "tidied",
]

Part = dict[str, Any]


def end_values(low: Any, high: Any, gap: Any) -> dict[Any, Any]:
    """What to put in for a symbol of the ends so that high = low + gap."""
    if low == -high:
        return {high: gap / 2, low: -gap / 2}
    difference = sp.expand(high - low)
    for s in sorted(difference.free_symbols, key=str):
        k = difference.coeff(s)
        if k in (1, -1) and not sp.expand(difference - k * s).has(s) and (k == -1 or not low.has(s)):
            return {s: sp.expand(s + k * (gap - difference))}
    return {}


def known_of_ends(ends: dict[Any, Any]) -> tuple[Term, ...]:
    """What the domains of the symbols that were put aside say of what stands for them."""
    out: list[Term] = []
    for s, e in ends.items():
        if s.is_Symbol and s.is_positive:
            out.append(("rel", ">", to_term(e), to_term(sp.S.Zero)))
            if kind_of(s) == "unit":
                out.append(("rel", "<", to_term(e), to_term(sp.S.One)))
    return tuple(out)


def at_ends(t: Any, x: Any, low: Any, high: Any, gap: Any, u: Any) -> Any:
    """T at x = low + gap·u, with x − low, high − x and their like written out."""
    ends = end_values(low, high, gap)
    at = t.subs(x, low + gap * u).subs(ends)

    def plain(b: Any) -> Any:
        """Every factor u and 1 − u taken out."""
        rest, powers = sp.factor(sp.expand(b.subs(ends))), [0, 0]
        for i, d in enumerate((u, 1 - u)):
            while powers[i] < 6 and rest.subs(u, i) == 0 and rest != 0:
                rest = sp.cancel(rest / d)
                powers[i] += 1
        return sp.factor(rest) * u ** powers[0] * (1 - u) ** powers[1]

    def raised(e: Any) -> Any:
        return sp.Mul(*(f**e.exp for f in sp.Mul.make_args(plain(e.base))))

    out = at.replace(lambda e: e.is_Pow and e.base.is_Add, raised)
    return out.replace(sp.log, lambda a: sp.expand_log(sp.log(plain(a)), force=True))


def put_in(parts: Any, name: str, value: Term) -> Any:
    """The parts with a term put in for a symbol."""
    if isinstance(parts, list):
        return [put_in(p, name, value) for p in parts]
    if isinstance(parts, dict):
        return {k: put_in(v, name, value) for k, v in parts.items()}
    return substitute(parts, {name: value}) if isinstance(parts, tuple) else parts


def by_antiderivative(t: Any, x: Any, low: Any, high: Any, f: Any) -> Part:
    piece = {"lo": to_term(low), "hi": to_term(high), "antiderivative": to_term(f)}
    return {"kind": "ftc", "integrand": to_term(t), "pieces": [piece]}


def bell_shaped(t: Any, x: Any) -> bool:
    """Some e^(quadratic in x) is a factor."""
    return any(e.has(x) and e.args[0].is_polynomial(x) and sp.degree(e.args[0], x) == 2 for e in t.atoms(sp.exp))


def collected(t: Any, x: Any) -> Any:
    """Terms that differ by a constant factor only, put together."""
    table: dict[Any, Any] = {}
    for term in sp.Add.make_args(t):
        c, moving = sp.powsimp(term, combine="exp").as_independent(x, as_Add=False)
        still = sp.S.One
        for f in sp.Mul.make_args(moving):
            if isinstance(f, sp.exp):
                q = sp.expand(f.args[0])
                fixed = sp.Add(*(s for s in sp.Add.make_args(q) if not s.has(x)))
                still *= sp.exp(fixed)
                moving = moving / f * sp.exp(q - fixed)
        table[moving] = table.get(moving, sp.S.Zero) + c * still
    return sp.Add(*(c * m for m, c in table.items()))


def exp_of(q: Any, u: Any) -> Any:
    k, moving = q.as_independent(u, as_Add=False)
    return u**k if moving == sp.log(u) else sp.exp(q)


def tidied(t: Any, u: Any) -> Any:
    if t.has(sp.log):  # e^(a + b log u) is e^a u^b
        t = t.replace(sp.exp, lambda a: sp.Mul(*(exp_of(q, u) for q in sp.Add.make_args(sp.expand(a)))))
    out = sp.powdenest(sp.expand_power_base(t), force=False)
    return sp.powsimp(out, combine="exp") if out.has(sp.exp) else out


def exponential_in(t: Any, x: Any) -> bool:
    """e^(cx) inside an exponent, a logarithm or the base of a power."""
    if t.has(sp.cosh, sp.sinh, sp.tanh):
        return True
    for f in t.atoms(sp.exp, sp.log, sp.Pow):
        inside = f.base if isinstance(f, sp.Pow) else f.args[0]
        if not isinstance(inside, sp.exp) and any(e.has(x) for e in inside.atoms(sp.exp)):
            return True
    return False


def common_rate(t: Any, x: Any) -> Any:
    """C > 0, no number, where every exponent with x in it is a number times c·x; else None."""
    rates = [e.args[0] / x for e in t.atoms(sp.exp) if e.args[0].has(x)]
    parts = {sp.factor_terms(r).as_coeff_Mul()[1] for r in rates if not r.has(x)}
    if len(parts) != 1 or any(r.has(x) for r in rates):
        return None
    (c,) = parts
    return c if c.is_positive and c.free_symbols else None


def both_ways(t: Any, x: Any) -> Any:
    """P where the exponents are those of e^(−a x^p − b x^(−p)), p ≠ 1."""
    s = shape(t, x)
    if s is None or len(s.exponent) != 2:
        return None
    p, q = s.exponent
    return None if sp.cancel(p + q) != 0 or p in (1, -1) else p if p.is_positive else q if q.is_positive else None


def log_squared(t: Any, x: Any) -> bool:
    return any(g.has(x) for e in t.atoms(sp.exp) for g in e.args[0].atoms(sp.log))


def flips(t: Any, x: Any) -> bool:
    """Would 1 − x be the better variable?"""
    return any(g.args[0] != x and g.has(x) and sp.expand(g.args[0] + x - 1) == 0 for g in t.atoms(sp.log))


def centre(t: Any, x: Any) -> Any:
    """The vertex of a quadratic that stands under a power."""
    for p in sorted(t.atoms(sp.Pow), key=sp.default_sort_key):
        if isinstance(p.base, sp.Add) and p.has(x) and p.base.is_polynomial(x) and not (p.exp.is_Integer and p.exp > 0):
            q = sp.Poly(p.base, x)
            if q.degree() == 2:
                return sp.cancel(-q.coeff_monomial(x) / (2 * q.coeff_monomial(x**2)))
    return None


def frullani(t: Any, x: Any) -> Part | None:
    """C (e^(−ax) − e^(−bx))/x."""
    top = sp.expand(sp.expand(t) * x)
    terms = sp.Add.make_args(top)
    if len(terms) != 2:
        return None
    found = []
    for s in terms:
        c, moving = sp.powsimp(s, combine="exp").as_independent(x, as_Add=False)
        if not isinstance(moving, sp.exp) or not moving.args[0].is_polynomial(x) or sp.degree(moving.args[0], x) != 1:
            return None
        q = sp.Poly(moving.args[0], x)
        found.append((c * sp.exp(q.coeff_monomial(1)), -q.coeff_monomial(x)))
    (c, a), (d, b) = found
    if sp.simplify(c + d) != 0:
        return None
    return {"kind": "frullani", "c": to_term(c), "a": to_term(a), "b": to_term(b)}
