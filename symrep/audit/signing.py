"""The sign of a generalised polynomial, proved at every point of the context; "any sign" means not known."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Final

from symrep.audit import sums
from symrep.audit.algebra import Algebra
from symrep.audit.atoms import ANY, Atom, Signs
from symrep.audit.consequences import consequences
from symrep.audit.data import No, Term, has, sub, sym
from symrep.audit.monotone import increasing, multiple_angle
from symrep.audit.names import in_order
from symrep.audit.shifting import by_shift, put, root_range, whole
from symrep.audit.sturm import sturm_sign
from symrep.audit.sums import Exponent, Sum, constant, minus, monomial, number, plus, scaled

__all__ = ["OPS", "learn", "product", "sign"]

OPS: Final[dict[str, Signs]] = {
    ">": frozenset({1}),
    ">=": frozenset({0, 1}),
    "<": frozenset({-1}),
    "<=": frozenset({0, -1}),
    "==": frozenset({0}),
    "!=": frozenset({-1, 1}),
}
MAX_DEPTH: Final = 6
MAX_WORK: Final = 3000
BINDERS: Final = (
    *("integral", "expect", "sum", "product", "det", "jacobian", "limit", "push", "kl"),
    *("sample_mean", "expect_sample", "expect_each", "diff", "vector"),
)


def product(*many: Signs) -> Signs:
    out: Signs = frozenset({1})
    for s in many:
        out = frozenset(a * b for a in out for b in s)
    return out


def negated(s: Signs) -> Signs:
    return frozenset(-x for x in s)


def sign(alg: Algebra, s: Sum) -> Signs:
    """A set that contains the sign at every point."""
    v = number(s)
    if v is not None:
        return frozenset({(v > 0) - (v < 0)})
    if not alg.real(s):
        return ANY
    key = sums.key(s)
    if key in alg.signs:
        return alg.signs[key]
    if key in alg.busy or len(alg.busy) > MAX_DEPTH or alg.work > MAX_WORK:
        return ANY
    alg.busy.add(key)
    alg.work += 1
    try:
        out = _sign(alg, s)
    except ArithmeticError:
        out = ANY
    finally:
        alg.busy.discard(key)
    if out != ANY or not alg.busy:
        alg.signs[key] = out
    return out


def _sign(alg: Algebra, s: Sum) -> Signs:
    n, _ = alg.together(s)
    if not n:
        return frozenset({0})
    c, atoms, ps = alg.factor(s)
    parts: list[Signs] = [frozenset({1 if c > 0 else -1})]
    for a, e in atoms:
        own = a.signs()
        if len(own) > 1 and a.kind != "base":
            own = own & _irreducible(alg, monomial(a.index))
        if a.kind == "base" and len(own) > 1:
            own = own & sign(alg, a.args[0])
        if e < 0:
            own = own - {0}
        even = isinstance(e, int) and e % 2 == 0
        odd = isinstance(e, int) and e % 2
        parts.append(frozenset(x * x for x in own) if even else own if odd else frozenset(x for x in own if x >= 0))
    for p, k in ps:
        own = _irreducible(alg, p)
        parts.append(own if k % 2 else frozenset(x * x for x in own))
    out = product(*parts)
    if len(out) > 1 and len(atoms) + len(ps) > 1:
        out = out & _fact_signs(alg, n) if not alg.together(s)[1] else out
    return out


def _irreducible(alg: Algebra, p: Sum) -> Signs:
    """The sign of a polynomial that does not factor."""
    key = ("poly", sums.key(p))
    if key in alg.signs:
        return alg.signs[key]
    if key in alg.busy:
        return ANY
    alg.busy.add(key)
    ways: tuple[Callable[[], Signs], ...] = (
        lambda: _constant(alg, p),
        lambda: by_shift(alg, p),
        lambda: _fact_signs(alg, p),
        lambda: _univariate(alg, p),
        lambda: _two_terms(alg, p),
        lambda: _logarithms(alg, p),
        lambda: _angles(p, alg),
        lambda: increasing(alg, p),
        lambda: multiple_angle(alg, p),
        lambda: _conjugate(alg, p),
        lambda: _quadratic(alg, p),
        lambda: _with_facts(alg, p, facts(alg), 3),
        lambda: _moduli(alg, p),
    )
    out = ANY
    try:
        for way in ways:
            out = out & way()
            if len(out) <= 1:
                break
    finally:
        alg.busy.discard(key)
    if out != ANY or len(alg.busy) <= 1:
        alg.signs[key] = out
    return out


def _constant(alg: Algebra, p: Sum) -> Signs:
    if alg.free(p):
        return ANY
    from symrep.audit.numeric import constant_sign

    return constant_sign(alg, p)


# --- what is given --------------------------------------------------------------------------------------------------


def facts(alg: Algebra) -> list[tuple[Sum, Signs]]:
    """The relations of the context and the ends of bound variables, as signs of sums.

    Relations between integrals and their kin are taken in when one of these has been met: they are dear.
    """
    ctx = alg.ctx
    if alg.facts is None:
        alg.facts = []
        raw: list[tuple[Term, Signs]] = []
        for r in (*ctx.given, *ctx.facts):
            if r[0] == "rel" and not has(r, *BINDERS):
                raw.append((sub(r[2], r[3]), OPS[r[1]]))
        for b in ctx.bound:
            weak = frozenset({0, 1}) if b.integer else frozenset({1})
            if in_order(ctx, b):
                if b.lo[0] != "inf":
                    raw.append((sub(sym(b.name), b.lo), weak))
                if b.hi[0] != "inf":
                    raw.append((sub(b.hi, sym(b.name)), weak))
        _take(alg, raw)
    if not alg.met and any(a.term and a.term[0] in BINDERS for a in alg.atoms):
        alg.met = True
        _take(
            alg, [(sub(r[2], r[3]), OPS[r[1]]) for r in (*ctx.given, *ctx.facts) if r[0] == "rel" and has(r, *BINDERS)]
        )
    return alg.facts


def _take(alg: Algebra, raw: list[tuple[Term, Signs]]) -> None:
    for t, s in raw:
        splits = dict(alg.splits)
        try:
            found, notes = alg.quietly(partial(alg.norm, t))
            if not notes and alg.real(found) and alg.together(found)[0]:
                _learn(alg, found, s)
                for more in consequences(alg, found, s):
                    _learn(alg, *more)
        except (No, ArithmeticError):
            continue
        finally:
            alg.splits = splits
    if raw:
        alg.signs.clear()


def _learn(alg: Algebra, s: Sum, known: Signs) -> None:
    """The fact, freed of factors whose sign is known."""
    c, atoms, ps = alg.factor(s)
    turn = 1 if c > 0 else -1
    rest: Sum = dict(sums.ONE)
    single: list[Sum] = []
    for a, e in atoms:
        arg = a.args[0] if a.kind == "base" and e > 0 else monomial(a.index)
        own = a.signs()
        whole = isinstance(e, int)
        size: Exponent = abs(Fraction(e)) if not whole else abs(int(e))
        if own in ({1}, {-1}):
            turn *= next(iter(own)) ** (abs(int(e)) if whole else 2)
            continue
        if e < 0 and whole and e % 2 == 0:
            continue
        single.append(arg)
        if not whole or e % 2 or 0 in known:
            rest = alg.mul(rest, monomial(a.index, size))
    for p, k in ps:
        own = sign(alg, p)
        if own in ({1}, {-1}):
            turn *= next(iter(own)) ** k
            continue
        single.append(p)
        if k % 2:
            rest = alg.mul(rest, p)
        elif 0 in known:
            rest = alg.mul(rest, alg.mul(p, p))
    if alg.facts is None:
        return
    if 0 not in known:
        alg.facts.extend((p, frozenset({-1, 1})) for p in single)
    if number(rest) is None:
        alg.facts.append((rest, known if turn > 0 else negated(known)))


def learn(alg: Algebra, s: Sum, known: Signs) -> None:
    """Remember a sign that was proved elsewhere."""
    n, down = alg.together(s)
    if n and all(alg.atoms[a].signs() <= {1} for a, _ in down):
        facts(alg).append((n, known))
        alg.signs.clear()


def _fact_signs(alg: Algebra, p: Sum) -> Signs:
    """P is a multiple of a fact, or a fact's multiple and a rest of the same sign."""
    best = ANY
    for f, known in facts(alg):
        tried: set[Fraction] = set()
        for m, c in f.items():
            if m not in p or (ratio := p[m] / c) in tried:
                continue
            tried.add(ratio)
            s = known if ratio > 0 else negated(known)
            rest = minus(p, scaled(f, ratio))
            if not rest:
                best = best & s
                continue
            other = by_shift(alg, rest) if len(rest) > 1 or () not in rest else sign(alg, rest)
            for x in (1, -1):
                if s <= {0, x} and other <= {0, x}:
                    best = best & (frozenset({0, x}) if 0 in s and 0 in other else frozenset({x}))
    return best


def _with_facts(alg: Algebra, p: Sum, known: list[tuple[Sum, Signs]], depth: int) -> Signs:
    """A symbol is replaced by means of a fact linear in it, s = (w − r)/c with w of known sign."""
    if depth == 0 or len(p) > 60:
        return ANY
    alg.work += 1
    if alg.work > MAX_WORK:
        return ANY
    for f, s in known:
        one = next((x for x in (1, -1) if s <= {0, x}), None)
        if one is None or len(f) > 12:
            continue
        for x in alg.of(f):
            if x.kind != "sym" or not any(a == x.index for m in p for a, _ in m) or not alg._only_here(f, x):
                continue
            if not alg._only_here(p, x):
                continue
            parts = sums.parts_in(f, x.index)
            c = number(parts.get(1, {}))
            if set(parts) - {0, 1} or not c:
                continue
            w = len(alg.atoms)
            alg.atoms.append(
                Atom(
                    w,
                    "aux",
                    (),
                    free=frozenset({f"~{w}"}),
                    range=(Fraction(0), 0 not in s, None, True),
                    nonzero=0 not in s,
                )
            )
            value = scaled(minus(scaled(monomial(w), one), parts.get(0, {})), 1 / c)
            new = put(p, x.index, value)
            rest = [(put(g, x.index, value), t) for g, t in known if g is not f and alg._only_here(g, x)]
            lo, lo_open, hi, hi_open = x.range
            if lo is not None:
                rest.append((minus(value, constant(lo)), frozenset({1}) if lo_open else frozenset({0, 1})))
            if hi is not None:
                rest.append((minus(constant(hi), value), frozenset({1}) if hi_open else frozenset({0, 1})))
            out = by_shift(alg, new)
            if out == ANY:
                out = _with_facts(alg, new, rest, depth - 1)
            if out != ANY:
                return out
    return ANY


# --- special shapes -------------------------------------------------------------------------------------------------


def _univariate(alg: Algebra, p: Sum) -> Signs:
    used = alg.of(p)
    if len(used) != 1:
        return ANY
    q, roots = whole(p)
    a = used[0]
    interval = root_range(a.range) if roots else a.range
    return sturm_sign({int(dict(m).get(a.index, 0)): c for m, c in q.items()}, interval)


def _two_terms(alg: Algebra, p: Sum) -> Signs:
    """c·m − d·n with everything positive has the sign of log(c·m) − log(d·n)."""
    if len(p) != 2 or not any(a.kind == "exp" for a in alg.of(p)):
        return ANY
    if any(not a.signs() <= {1} for a in alg.of(p)):
        return ANY
    (m, c), (n, d) = sorted(p.items(), key=lambda t: t[1], reverse=True)
    if c < 0 or d > 0:
        return frozenset({1 if c > 0 else -1})
    try:
        return sign(alg, minus(alg.log_abs({m: c}), alg.log_abs({n: -d})))
    except No:
        return ANY


def _logarithms(alg: Algebra, p: Sum) -> Signs:
    """Σ c log x with whole c has the sign of Π x^c − 1."""
    up, down = dict(sums.ONE), dict(sums.ONE)
    for m, c in p.items():
        if len(m) != 1 or m[0][1] != 1 or c.denominator != 1 or abs(c) > 6:
            return ANY
        log = alg.atoms[m[0][0]]
        if log.kind != "log" or not sign(alg, log.args[0]) <= {1}:
            return ANY
        power = alg.whole_power(log.args[0], abs(int(c)))
        up, down = (alg.mul(up, power), down) if c > 0 else (up, alg.mul(down, power))
    return sign(alg, minus(up, down))


def _angles(p: Sum, alg: Algebra) -> Signs:
    """a·π + b·angle has the sign of a when |b| ≤ 2|a|, for the values of atan, and of asin inside (−1, 1)."""
    found: dict[str, Fraction] = {}
    for m, c in p.items():
        if len(m) != 1 or m[0][1] != 1:
            return ANY
        atom = alg.atoms[m[0][0]]
        name = "pi" if atom.data == "pi" else atom.kind
        if name not in ("pi", "atan", "asin") or name in found:
            return ANY
        if name == "asin" and not all(sign(alg, plus(sums.ONE, scaled(atom.args[0], s))) <= {1} for s in (1, -1)):
            return ANY
        found[name] = c
    a = found.pop("pi", Fraction(0))
    if len(found) != 1 or abs(next(iter(found.values()))) > 2 * abs(a):
        return ANY
    return frozenset({1 if a > 0 else -1})


def _conjugate(alg: Algebra, p: Sum) -> Signs:
    """A + b·r with r² = R and r ≥ 0: when a² − b²R < 0 the sign is that of b·r, when it is > 0 that of a."""
    for r in alg.of(p):
        parts = sums.parts_in(p, r.index)
        half = Fraction(1, 2)
        if r.kind not in ("base", "prime", "sym", "exp") or set(parts) != {0, half} or not r.signs() <= {0, 1}:
            continue
        a, b = parts[0], parts[half]
        sa, sb = sign(alg, a), product(sign(alg, b), r.signs())
        if sa == sb and len(sa) == 1:
            return sa
        value = r.args[0] if r.kind == "base" else monomial(r.index)
        norm = sign(alg, minus(alg.mul(a, a), alg.mul(alg.mul(b, b), alg.settle(value))))
        if norm <= {-1}:
            return sb - {0}
        if norm <= {1}:
            return sa - {0}
    return ANY


def _quadratic(alg: Algebra, p: Sum) -> Signs:
    """a·g² + b·g + c with b² − 4ac ≤ 0 has the sign of a."""
    best = ANY
    if len(p) > 40:
        return ANY
    for g in alg.of(p):
        parts = sums.parts_in(p, g.index)
        if set(parts) - {0, 1, 2} or 2 not in parts or g.index in alg.limited:
            continue
        a, b, c = parts[2], parts.get(1, {}), parts.get(0, {})
        lead = sign(alg, a)
        if lead not in ({1}, {-1}):  # where a = 0 it is b·g + c
            continue
        disc = sign(alg, minus(alg.mul(b, b), scaled(alg.mul(a, c), 4)))
        if disc <= {-1}:
            return lead
        if disc <= {-1, 0}:
            best = best & (lead | {0})
    return best


def _moduli(alg: Algebra, p: Sum) -> Signs:
    """|q| is q or −q: the sign in both cases. And a + b|q| has the sign of a or is 0 where |a| ≥ |bq|, and that of b or
    is 0 where |a| ≤ |bq|."""
    for r in alg.of(p):
        parts = sums.parts_in(p, r.index)
        if r.kind != "abs" or set(parts) - {0, 1}:
            continue
        a, bq = parts.get(0, {}), alg.mul(parts[1], r.args[0])
        out: set[int] = set()
        for turn in (1, -1):
            out |= sign(alg, plus(a, scaled(bq, turn)))
        if out == ANY:
            apart = sign(alg, minus(alg.mul(a, a), alg.mul(bq, bq)))
            for known, of in (({0, 1}, a), ({-1, 0}, parts[1])):
                out &= sign(alg, of) | {0} if apart <= known else ANY
        return frozenset(out)
    return ANY
