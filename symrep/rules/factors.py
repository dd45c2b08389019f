"""One product, taken apart by how its factors depend on x: powers, exponentials, binomials, logarithms, waves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, final

import sympy as sp

__all__ = ["Shape", "binomial", "prepared", "shape"]


@final
@dataclass
class Shape:
    """c · x^power · (log x)^logs · e^(Σ coefficient x^p) · Π (1 + b x^p)^e · Π (log(1 + b x^p))^m · waves · erfs."""

    c: Any = sp.S.One
    power: Any = sp.S.Zero
    logs: int = 0
    #: p -> coefficient, in the exponent
    exponent: dict[Any, Any] = field(default_factory=dict)
    #: (b, p) -> e
    binomials: dict[tuple[Any, Any], Any] = field(default_factory=dict)
    binomial_logs: dict[tuple[Any, Any], int] = field(default_factory=dict)
    waves: list[Any] = field(default_factory=list)
    erfs: list[Any] = field(default_factory=list)


def _monomial(t: Any, x: Any) -> tuple[Any, Any] | None:
    """(c, p) with t = c x^p."""
    const, moving = sp.expand_power_base(t).as_independent(x, as_Add=False)
    p = sp.S.Zero
    for f in sp.Mul.make_args(moving):
        if f == 1:
            continue
        base, e = f.as_base_exp()
        if base != x or e.has(x):
            return None
        p += e
    return const, p


def binomial(base: Any, x: Any) -> tuple[Any, Any, Any, Any] | None:
    """(α, r, b, p) with base = α x^r (1 + b x^p), the constant or lower power first."""
    terms = sp.Add.make_args(sp.expand(base))
    moving = [t for t in terms if t.has(x)]
    rest = sp.Add(*(t for t in terms if not t.has(x)))
    found = [_monomial(t, x) for t in moving]
    if any(m is None for m in found):
        return None
    powers: dict[Any, Any] = {}
    for c, p in found:  # type: ignore[misc]
        powers[p] = powers.get(p, sp.S.Zero) + c
    if rest != 0:
        powers[sp.S.Zero] = rest
    if len(powers) == 1:
        ((p, c),) = powers.items()
        return c, p, sp.S.Zero, sp.S.One
    if len(powers) != 2:
        return None
    (p1, c1), (p2, c2) = sorted(powers.items(), key=lambda kv: (kv[0] != 0, sp.default_sort_key(kv[0])))
    gap = sp.cancel(p2 - p1)
    if gap == 0:
        return None
    if gap.is_negative:
        p1, c1, p2, c2, gap = p2, c2, p1, c1, -gap
    return c1, p1, sp.cancel(sp.expand_power_base(c2 / c1)) if not (c2 / c1).is_number else c2 / c1, gap


def _log_split(g: Any, x: Any) -> Any:
    """Log g as a sum of logarithms of constants, of x and of 1 + b x^p."""
    out = sp.S.Zero
    for f in sp.Mul.make_args(sp.powsimp(g, combine="exp")):
        if isinstance(f, sp.exp):
            out += f.args[0]
            continue
        base, e = f.as_base_exp()
        if isinstance(base, sp.exp):
            out += e * base.args[0]
            continue
        if e.has(x) and not base.has(x):
            out += e * sp.log(base)
            continue
        if not base.has(x) or base == x:
            out += e * sp.log(base)
            continue
        found = binomial(base, x)
        if found is None or found[0].is_negative or found[2].is_zero:
            plain = sp.expand_log(sp.log(base), force=True)
            out += e * plain
            continue
        alpha, r, b, p = found
        out += e * (sp.expand_log(sp.log(alpha), force=True) + r * sp.log(x) + sp.log(1 + b * x**p))
    return out


def prepared(t: Any, x: Any) -> Any:
    """T with hyperbolic functions as exponentials and logarithms split; a proposal, checked by the kernel."""
    t = t.replace(sp.erfc, lambda a: 1 - sp.erf(a))
    for f in (sp.cosh, sp.sinh, sp.tanh, sp.sech):
        if t.has(f):
            t = t.replace(f, lambda a, f=f: f(a).rewrite(sp.exp))
    logs = sorted((g for g in t.atoms(sp.log) if g.has(x) and g.args[0] != x), key=sp.default_sort_key)
    inner = [g for g in logs if not any(o is not g and g.has(o) for o in logs)]
    table = {}
    for g in inner:
        new = _log_split(g.args[0], x)
        if new != g:
            table[g] = new
    return t.xreplace(table) if table else t


def _times(s: Shape, f: Any, x: Any) -> bool:
    if not f.has(x):
        s.c *= f
        return True
    if isinstance(f, sp.exp):
        for q in sp.Add.make_args(sp.expand(sp.expand_power_base(sp.expand(f.args[0])))):
            if not q.has(x):
                s.c *= sp.exp(q)
                continue
            lone = _log_in(q, x)
            if lone is not None:
                s.power += lone
                continue
            m = _monomial(q, x)
            if m is None:
                return False
            s.exponent[m[1]] = s.exponent.get(m[1], sp.S.Zero) + m[0]
        return True
    base, e = f.as_base_exp()
    if base == x and not e.has(x):
        s.power += e
        return True
    if not base.has(x):
        return _times(s, sp.exp(sp.expand(e * sp.log(base))), x)
    if e.has(x):
        return False
    if isinstance(base, sp.exp):
        return _times(s, sp.exp(sp.expand(e * base.args[0])), x)
    if isinstance(base, sp.log):
        if not (e.is_Integer and e.is_positive):
            return False
        if base.args[0] == x:
            s.logs += int(e)
            return True
        found = binomial(base.args[0], x)
        if found is None or found[0] != 1 or found[1] != 0:
            return False
        key = (found[2], found[3])
        s.binomial_logs[key] = s.binomial_logs.get(key, 0) + int(e)
        return True
    if isinstance(base, (sp.sin, sp.cos)) and e == 1:
        s.waves.append(base)
        return True
    if isinstance(base, sp.erf) and e == 1:
        s.erfs.append(base)
        return True
    if isinstance(base, sp.Mul):
        return all(_times(s, g**e, x) for g in base.args)
    if isinstance(base, sp.Add):
        found = binomial(base, x)
        if found is None:
            together = sp.factor(base)
            return (
                together != base
                and not isinstance(together, sp.Add)
                and all(_times(s, g**e, x) for g in sp.Mul.make_args(together))
            )
        alpha, r, b, p = found
        if alpha.is_negative and not e.is_Integer:
            alpha, r, b, p = alpha * b, r + p, 1 / b, -p
        s.c *= alpha**e
        s.power += r * e
        if b != 0:
            s.binomials[(b, p)] = s.binomials.get((b, p), sp.S.Zero) + e
        return True
    return False


def _log_in(q: Any, x: Any) -> Any:
    """K where q = k log x."""
    k, moving = q.as_independent(x, as_Add=False)
    return k if moving == sp.log(x) else None


def shape(term: Any, x: Any) -> Shape | None:
    """The product taken apart, or None if some factor is of another kind."""
    s = Shape()
    for f in sp.Mul.make_args(sp.powsimp(term, combine="exp")):
        if not _times(s, f, x):
            return None
    s.exponent = {p: k for p, c in s.exponent.items() for k in [sp.cancel(c)] if k != 0}
    s.binomials = {k: e for k, e in ((k, sp.expand(e)) for k, e in s.binomials.items()) if e != 0}
    return s
