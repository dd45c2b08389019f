"""Antiderivatives that can be written down at once, without asking SymPy's algorithms. Untrusted proposals."""

from __future__ import annotations

from typing import Any

import sympy as sp

__all__ = ["divided", "opened", "primitive"]


def opened(t: Any, x: Any) -> Any:
    """T multiplied out, but with powers of sums that are no positive whole ones left alone."""
    held = {}
    for p in sorted(t.atoms(sp.Pow), key=sp.default_sort_key):
        if isinstance(p.base, sp.Add) and p.has(x) and not (p.exp.is_Integer and p.exp.is_positive):
            held[p] = sp.Dummy("h", positive=True)
    back = {v: k for k, v in held.items()}
    out = sp.expand(t.xreplace(held))
    return out.xreplace(back) if held else out


def primitive(t: Any, x: Any) -> Any:
    """Some F with F' = t, or None."""
    if not t.has(x):
        return t * x
    t = t.replace(lambda e: e.is_Pow and e.exp.has(x) and not e.base.has(x), lambda e: sp.exp(e.exp * sp.log(e.base)))
    whole = divided(t, x)
    if whole is not None:
        return whole
    if t.is_rational_function(x) and not t.is_polynomial(x):
        return _rational(t, x)
    groups: dict[Any, Any] = {}
    out = sp.S.Zero
    for term in sp.Add.make_args(opened(sp.powsimp(t, combine="exp"), x)):
        key, rest = _split(sp.powsimp(term, combine="exp"), x)
        groups[key] = groups.get(key, sp.S.Zero) + rest
    for key in sorted(groups, key=sp.default_sort_key):
        f = _one(sp.expand(groups[key]), key, x)
        if f is None:
            return None
        out += f
    return out


def _rational(t: Any, x: Any) -> Any:
    """∫ of a rational function whose denominator, after Hermite's reduction, has linear and quadratic factors."""
    from sympy.integrals.rationaltools import ratint_ratpart

    if sp.count_ops(t) > 60:
        return None
    top, bottom = sp.fraction(sp.cancel(sp.together(t)))
    p, q = sp.Poly(top, x), sp.Poly(bottom, x)
    if q.degree() > 8:
        return None
    whole, p = p.div(q)
    done, rest = ratint_ratpart(p.as_expr(), q.as_expr(), x)
    out = whole.integrate(x).as_expr() + done
    top, bottom = sp.fraction(sp.cancel(sp.together(rest)))
    several = sp.Poly(bottom, x).degree() > 1
    for term in sp.Add.make_args(sp.apart(top / bottom, x) if several else top / bottom):
        f = _log_or_atan(term, x)
        if f is None:
            return None
        out += f
    return out


def _log_or_atan(t: Any, x: Any) -> Any:
    """∫ p/q for q linear, or quadratic without real roots, p of lower degree; else None."""
    top, bottom = sp.fraction(sp.cancel(sp.together(t)))
    p, q = sp.Poly(top, x), sp.Poly(bottom, x)
    if p.is_zero:
        return sp.S.Zero
    if q.degree() == 1:
        a, b = q.all_coeffs()
        return p.as_expr() / a * sp.log(sp.Abs(x + b / a) if b != 0 else sp.Abs(x))
    if q.degree() != 2:
        return None
    a, b, c = q.all_coeffs()
    m, n = p.coeff_monomial(x), p.coeff_monomial(1)
    square = sp.factor(c / a - (b / (2 * a)) ** 2)
    spread = sp.sqrt(square)
    if square.is_positive is not True:
        return None
    log = m / (2 * a) * sp.log(sp.factor(q.as_expr() / a)) if m != 0 else 0
    return log + (n - m * b / (2 * a)) / (a * spread) * sp.atan(sp.cancel((x + b / (2 * a)) / spread))


def _split(term: Any, x: Any) -> tuple[Any, Any]:
    """(what moves and is no polynomial, the rest)."""
    key, rest = sp.S.One, sp.S.One
    for f in sp.Mul.make_args(term):
        if isinstance(f, sp.exp) and f.has(x):
            still = sp.Add(*(q for q in sp.Add.make_args(sp.expand(f.args[0])) if not q.has(x)))
            key *= sp.exp(sp.expand(f.args[0]) - still)
            rest *= sp.exp(still)
        elif not f.has(x) or f.is_polynomial(x):
            rest *= f
        else:
            key *= f
    return key, rest


def _one(p: Any, key: Any, x: Any) -> Any:
    """∫ p·key for a polynomial p."""
    q, waves, erfs, power, logs, other = sp.S.Zero, [], [], sp.S.Zero, 0, []
    for f in sp.Mul.make_args(key):
        base, e = f.as_base_exp() if not isinstance(f, sp.exp) else (f, sp.S.One)
        if f == 1:
            continue
        if isinstance(f, sp.exp):
            q += f.args[0]
        elif isinstance(f, (sp.sin, sp.cos)):
            waves.append(f)
        elif isinstance(f, sp.erf):
            erfs.append(f)
        elif base == x and not e.has(x):
            power += e
        elif base == sp.log(x) and e.is_Integer and e > 0:
            logs += int(e)
        else:
            other.append(f)
    if other or len(waves) + len(erfs) > 1:
        return divided(p * key, x)
    try:
        degree = sp.Poly(q, x).degree() if q != 0 else 0
    except sp.PolynomialError:
        return divided(p * key, x)
    if q == 0 and not waves and not erfs:
        return _powers(p, power, logs, x)
    if power != 0 or logs:
        return divided(p * key, x)
    if waves:
        return _wave(p, q, waves[0], x) if degree <= 1 else None
    if erfs:
        return _with_erf(p, q, erfs[0], x)
    from symrep.rules.integrate import polynomial_times_exponential

    return polynomial_times_exponential(p, q, x)


def _powers(p: Any, power: Any, logs: int, x: Any) -> Any:
    """∫ Σ c x^e (log x)^k."""
    out = sp.S.Zero
    for term in sp.Add.make_args(sp.expand(p)):
        c, moving = term.as_independent(x, as_Add=False)
        e = sp.expand(power + (sp.degree(moving, x) if moving.has(x) else 0))
        if e == -1:
            out += c * sp.log(x) ** (logs + 1) / (logs + 1)
            continue
        n = e + 1
        part = sum(
            ((-1) ** j * sp.ff(logs, j) * sp.log(x) ** (logs - j) / n ** (j + 1) for j in range(logs + 1)), sp.S.Zero
        )
        out += c * x**n * part
    return out


def _wave(p: Any, q: Any, wave: Any, x: Any) -> Any:
    """∫ P e^(bx) cos(ωx + φ): e^(bx) (R cos + S sin) by comparing coefficients from the top."""
    try:
        coeffs = sp.Poly(p, x).all_coeffs()[::-1]
        omega, b = sp.Poly(wave.args[0], x), sp.Poly(q, x) if q != 0 else sp.Poly(0, x)
    except sp.PolynomialError:
        return None
    if omega.degree() != 1 or b.degree() > 1:
        return None
    w, b = omega.coeff_monomial(x), b.coeff_monomial(x)
    square = b**2 + w**2
    r: dict[int, Any] = {}
    s: dict[int, Any] = {}
    cosine = isinstance(wave, sp.cos)
    for k in range(len(coeffs) - 1, -1, -1):  # bR + wS + R' = P (cos), bS − wR + S' = 0, or the reverse for a sine
        first = (coeffs[k] if cosine else 0) - (k + 1) * r.get(k + 1, 0)
        second = (0 if cosine else coeffs[k]) - (k + 1) * s.get(k + 1, 0)
        r[k] = sp.cancel((b * first - w * second) / square)
        s[k] = sp.cancel((w * first + b * second) / square)
    angle = wave.args[0]
    re, im = (sp.Add(*(v * x**k for k, v in m.items())) for m in (r, s))
    return sp.exp(q) * (re * sp.cos(angle) + im * sp.sin(angle))


def _with_erf(p: Any, q: Any, e: Any, x: Any) -> Any:
    """∫ P e^Q erf(α + βx) by parts where P e^Q has an elementary antiderivative."""
    from symrep.rules.integrate import polynomial_times_exponential

    inner = sp.Poly(e.args[0], x) if e.args[0].is_polynomial(x) else None
    if inner is None or inner.degree() != 1:
        return None
    r = polynomial_times_exponential(p, q, x)
    if r is None or r.has(sp.erf):
        return None
    rest = sp.expand(sp.powsimp(sp.expand(r * sp.diff(e, x)), combine="exp"))
    back = sp.S.Zero
    for term in sp.Add.make_args(rest):
        key, poly = _split(sp.powsimp(term, combine="exp"), x)
        f = _one(sp.expand(poly), key, x)
        if f is None:
            return None
        back += f
    return r * e - back


def divided(t: Any, x: Any) -> Any:
    """F = c·G with G a power, logarithm, exponential or error function that stands in t already; or None."""
    for g in _candidates(t, x):
        slope = sp.diff(g, x)
        if slope == 0:
            continue
        c = _constant(t, slope, x)
        if c is not None:
            return c * g
    return None


def _candidates(t: Any, x: Any) -> list[Any]:
    out: list[Any] = []
    alike: dict[Any, list[Any]] = {}
    for f in sp.Mul.make_args(sp.powsimp(t, combine="exp")):
        if not f.has(x):
            continue
        if isinstance(f, sp.exp):
            out.append(f)
            continue
        base, e = f.as_base_exp()
        if not e.has(x):
            alike.setdefault(e, []).append(base)
        if base == x:
            continue
        if e.has(x):
            if not base.has(x):
                out.append(f)
            continue
        out.append(sp.log(base) if e == -1 else base ** (e + 1))
        if base.is_Pow and base.base != x:
            out.append(base.base ** (base.exp * e + 1))
    out += [sp.Mul(*bases) ** (e + 1) for e, bases in alike.items() if len(bases) > 1 and e != -1]  # (x(2 - x))^a
    for f in sorted(t.atoms(sp.exp), key=sp.default_sort_key):
        if f.has(x) and f.args[0].has(sp.exp, sp.log) and f not in out:
            out.append(f)
    out += [sp.tanh(f.args[0]) for f in sorted(t.atoms(sp.cosh), key=sp.default_sort_key) if f.has(x)]
    return out[:6]


def _constant(t: Any, slope: Any, x: Any) -> Any:
    """C with t = c·slope, or None."""
    ratio = t / slope
    whole = sorted(ratio.atoms(sp.Sum, sp.Product), key=sp.default_sort_key)
    ranges = {s: sp.Dummy(real=True) for s in whole if not s.has(x)}
    if ratio.xreplace(ranges).has(sp.Sum, sp.Product):  # no number at the points below, whose ranges end nowhere
        return None
    values = {s: sp.Rational(7 + 4 * i, 11 + 3 * i) for i, s in enumerate(sorted(ratio.free_symbols, key=str))}
    values |= {d: sp.Rational(5 + 3 * i, 7 + i) for i, d in enumerate(ranges.values())}
    seen = []
    for at in ("13/29", "17/24"):
        try:
            seen.append(complex(ratio.xreplace(ranges).xreplace({**values, x: sp.Rational(at)}).evalf(12)))
        except (TypeError, ValueError, OverflowError, ZeroDivisionError):
            return None
    if not abs(seen[0] - seen[1]) <= 1e-8 * max(1e-300, abs(seen[0])):
        return None
    plain = sp.powsimp(sp.expand_power_base(sp.powdenest(ratio)), combine="all")
    for form in (plain, sp.cancel(plain), sp.simplify(plain)):
        if not form.has(x):
            return form
    return None
