"""Matching one product against the kernel's table of lemmas. Untrusted: what comes out is an instance to be checked."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symrep.rules.factors import Shape, shape
from symrep.translate import to_term

__all__ = ["row_of"]

Part = dict[str, Any]


def row_of(term: Any, x: Any, low: Any, high: Any) -> Part | None:
    """An instance of a row whose integrand is the term, or None."""
    ends = (low, high)
    if ends == (sp.S.Zero, sp.pi / 2):
        return _sine_powers(term, x)
    if ends == (sp.S.Zero, sp.pi) and term.has(sp.exp):
        return _bessel(term, x)
    s = shape(term, x)
    if s is None:
        return None
    bell = _bell(s)
    if bell is not None and not (s.waves or s.erfs) and _whole(s.power):
        c, m, spread = bell
        return _row("gaussian", c, {"n": int(s.power)}, m=m, s=spread)
    if ends == (sp.S.Zero, sp.oo):
        return _half_line(s, x)
    if ends == (sp.S.Zero, sp.S.One):
        return _unit(s)
    if ends == (-sp.oo, sp.oo):
        return _line(s, x)
    if low == 0 or high == sp.oo:
        return _part_of_gamma(s, low, high)
    return None


def _part_of_gamma(s: Shape, low: Any, high: Any) -> Part | None:
    if s.waves or s.erfs or s.logs or s.binomial_logs:
        return None
    a = sp.expand(s.power + 1)
    if not s.exponent and low == 0 and set(s.binomials) == {(sp.S.NegativeOne, sp.S.One)}:
        return _row("lower_beta", s.c, a=a, q=sp.expand(s.binomials[(sp.S.NegativeOne, sp.S.One)] + 1), h=high)
    if s.binomials or len(s.exponent) != 1:
        return None
    ((p, k),) = s.exponent.items()
    if low == 0:
        return _row("lower_gamma", s.c, a=a, b=-k, p=p, h=high)
    return _row("upper_gamma", s.c, a=a, b=-k, p=p, h=low)


def _row(kind: str, c: Any, orders: dict[str, int] | None = None, **terms: Any) -> Part:
    return {"kind": kind, "c": to_term(c), **{k: to_term(v) for k, v in terms.items()}, **(orders or {})}


def _half_line(s: Shape, x: Any) -> Part | None:
    a = sp.expand(s.power + 1)
    if s.waves:
        return _gamma_wave(s, x, a)
    if s.erfs:
        return _half_erf(s, x)
    if s.binomials or s.binomial_logs:
        return _rational(s, a)
    if len(s.exponent) == 1:
        ((p, k),) = s.exponent.items()
        return _row("mellin_exp", s.c, {"k": s.logs}, a=a, b=-k, p=p)
    if set(s.exponent) == {sp.S.One, sp.S.NegativeOne} and s.logs == 0:
        n = s.power + sp.Rational(1, 2)
        b, w = -s.exponent[sp.S.NegativeOne], -s.exponent[sp.S.One]
        if n.is_Integer and -5 <= n <= 6:
            return _row("bridge", s.c, {"n": int(n)}, a=b, b=w)
        return _row("bessel_k", s.c, a=a, b=b, w=w)
    return None


def _rational(s: Shape, a: Any) -> Part | None:
    keys = {*s.binomials, *s.binomial_logs}
    if s.exponent or len(keys) != 1:
        return None
    ((b, p),) = keys
    q, m = -s.binomials.get((b, p), sp.S.Zero), s.binomial_logs.get((b, p), 0)
    return _row("mellin_rational", s.c, {"k": s.logs, "m": m}, a=a, b=b, p=p, q=q)


def _unit(s: Shape) -> Part | None:
    if s.exponent or s.waves or s.erfs:
        return None
    keys = {*s.binomials, *s.binomial_logs}
    a = sp.expand(s.power + 1)
    if not keys and s.logs:
        return _row("mellin_beta", s.c, {"k": s.logs, "m": 0}, a=a, p=sp.S.One, q=sp.S.One)
    if len(keys) != 1:
        return None
    ((b, p),) = keys
    if b != -1:
        return None
    e, m = s.binomials.get((b, p), sp.S.Zero), s.binomial_logs.get((b, p), 0)
    if e == -1 and m == 0 and s.logs:
        return _row("mellin_psi", s.c, {"k": s.logs}, a=a, p=p)
    return _row("mellin_beta", s.c, {"k": s.logs, "m": m}, a=a, p=p, q=sp.expand(e + 1))


def _linear(t: Any, x: Any) -> tuple[Any, Any] | None:
    try:
        p = sp.Poly(t, x)
    except sp.PolynomialError:
        return None
    return (p.coeff_monomial(x), p.coeff_monomial(1)) if p.degree() == 1 else None


def _gamma_wave(s: Shape, x: Any, a: Any) -> Part | None:
    if len(s.waves) != 1 or s.erfs or s.logs or s.binomials or s.binomial_logs or set(s.exponent) != {sp.S.One}:
        return None
    angle = _linear(s.waves[0].args[0], x)
    if angle is None:
        return None
    b = -s.exponent[sp.S.One]
    name = "sin" if isinstance(s.waves[0], sp.sin) else "cos"
    if a == 0 and name == "sin" and angle[1] == 0:
        return _row("sine_over", s.c, a=b, omega=angle[0])
    return _row(f"gamma_{name}", s.c, a=a, b=b, omega=angle[0], phi=angle[1])


def _half_erf(s: Shape, x: Any) -> Part | None:
    if (
        len(s.erfs) != 1
        or s.power != 0
        or s.logs
        or s.binomials
        or s.binomial_logs
        or set(s.exponent) != {sp.Integer(2)}
    ):
        return None
    inner = _linear(s.erfs[0].args[0], x)
    if inner is None or inner[1] != 0:
        return None
    return _row("half_erf", s.c, a=-s.exponent[sp.Integer(2)], beta=inner[0])


def _whole(n: Any) -> bool:
    return bool(n.is_Integer and 0 <= n <= 12)


def _bell(s: Shape) -> tuple[Any, Any, Any] | None:
    """(c, m, s) where all but a power, a wave and an erf is c times the normal density of mean m and spread s."""
    if s.logs or s.binomials or s.binomial_logs or not set(s.exponent) <= {sp.S.One, sp.Integer(2)}:
        return None
    a, b = s.exponent.get(sp.Integer(2), sp.S.Zero), s.exponent.get(sp.S.One, sp.S.Zero)
    if a == 0 or a.is_positive:
        return None
    spread, m = sp.sqrt(sp.factor(-1 / (2 * a))), sp.cancel(-b / (2 * a))
    return s.c * sp.exp(sp.cancel(-(b**2) / (4 * a))) * spread * sp.sqrt(2 * sp.pi), m, spread


def _line(s: Shape, x: Any) -> Part | None:
    bell = _bell(s)
    if bell is None or s.power != 0 or len(s.waves) + len(s.erfs) != 1:
        return None
    c, m, spread = bell
    inner = _linear((s.waves or s.erfs)[0].args[0], x)
    if inner is None:
        return None
    if s.waves:
        name = "sin" if isinstance(s.waves[0], sp.sin) else "cos"
        return _row(f"gaussian_{name}", c, omega=inner[0], phi=inner[1], m=m, s=spread)
    return _row("gaussian_erf", c, alpha=inner[1], beta=inner[0], m=m, s=spread)


def cauchy_wave(term: Any, x: Any) -> Part | None:
    """C cos(ωx+φ)/q or C log(r)/q for quadratics q, r without real roots."""
    const, moving = sp.together(term).as_independent(x, as_Add=False)
    found = [f for f in sp.Mul.make_args(moving) if isinstance(f, (sp.sin, sp.cos, sp.log))]
    if len(found) != 1:
        return None
    (f,) = found
    bell = _witch(sp.cancel(1 / (moving / f)), x)
    if bell is None:
        return None
    scale, m, spread = bell
    if isinstance(f, sp.log):
        inner = _witch(f.args[0], x)
        if inner is None or inner[0] != inner[2] ** -2:
            return None
        return _row("cauchy_log", const * scale, a=inner[1], b=inner[2], m=m, s=spread)
    line = _linear(f.args[0], x)
    name = "sin" if isinstance(f, sp.sin) else "cos"
    return None if line is None else _row(f"cauchy_{name}", const * scale, omega=line[0], phi=line[1], m=m, s=spread)


def _witch(quadratic: Any, x: Any) -> tuple[Any, Any, Any] | None:
    """(c, m, s) with 1/quadratic = c/(1 + ((x − m)/s)²)."""
    if not quadratic.is_polynomial(x) or sp.degree(quadratic, x) != 2:
        return None
    q = sp.Poly(quadratic, x)
    a, b, c = (q.coeff_monomial(x**k) for k in (2, 1, 0))
    m = -b / (2 * a)
    square = sp.factor(sp.cancel(c / a - m**2))
    spread = sp.sqrt(square)
    return (1 / (a * square), m, spread) if spread.is_positive is True else None


def _bessel(term: Any, x: Any) -> Part | None:
    const, moving = sp.powsimp(term, combine="exp").as_independent(x, as_Add=False)
    kappa, n = None, 0
    for f in sp.Mul.make_args(moving):
        if isinstance(f, sp.exp) and kappa is None:
            q = sp.expand(f.args[0])
            still = sp.Add(*(s for s in sp.Add.make_args(q) if not s.has(x)))
            const, kappa = const * sp.exp(still), sp.cancel((q - still) / sp.cos(x))
        elif isinstance(f, sp.cos) and sp.cancel(f.args[0] / x).is_Integer and not n:
            n = abs(int(sp.cancel(f.args[0] / x)))
        else:
            return None
    if kappa is None or kappa.has(x) or n > 12:
        return None
    return _row("bessel_i", const, {"n": n}, kappa=kappa)


def _sine_powers(term: Any, x: Any) -> Part | None:
    const, moving = term.as_independent(x, as_Add=False)
    a = q = sp.S.One
    k = m = 0
    for f in sp.Mul.make_args(moving):
        base, e = f.as_base_exp()
        if base == sp.sin(x) and not e.has(x):
            a += e
        elif base == sp.cos(x) and not e.has(x):
            q += e
        elif base == sp.log(sp.sin(x)) and e.is_Integer and e > 0:
            k += int(e)
        elif base == sp.log(sp.cos(x)) and e.is_Integer and e > 0:
            m += int(e)
        else:
            return None
    return _row("sine_powers", const, {"k": k, "m": m}, a=a, q=q)
