r"""Values of integrals, from proposed antiderivatives and a short table of stated lemmas.

``evaluate`` proves ∫ t dx = Σ_k v_k where t = Σ_k t_k is proved on the interval and each ∫ t_k is one of

* ``ftc``: pieces (a_i, b_i, F_i) with F_i continuous on (a_i, b_i), F_i' = t_k there, and one-sided limits at the ends
  proved; t_k absolutely integrable, so the improper integral is the Lebesgue integral;
* ``gamma``: c x^(a−1) e^(−bx) on (0, ∞), a, b > 0: c Γ(a) b^(−a) (DLMF 5.9.1 with μ = 1);
* ``beta``: c x^(a−1) (1−x)^(b−1) on (0, 1), a, b > 0: c B(a, b) (DLMF 5.12.1);
* ``gaussian_cos``/``gaussian_sin``: c cos(ωx+φ) e^(−(x−m)²/(2s²))/(s√(2π)) on ℝ, s > 0: c cos(ωm+φ) e^(−ω²s²/2), the
  real and imaginary parts of the normal characteristic function (DLMF 7.7.3 at z and −z, added; Dawson's F is odd);
* ``mass``: a function declared a probability density, over ℝ: 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from symrep.claim import Context
from symrep.kernel.calculus import derivative
from symrep.kernel.fail import NotProved
from symrep.kernel.image import in_order, same_end
from symrep.kernel.instance import Instance
from symrep.kernel.integrability import integrable
from symrep.kernel.limits import continuous, limit
from symrep.kernel.recording import equal
from symrep.kernel.signs import domain, prove_sign
from symrep.term import MINUS_ONE, ONE, PI, ZERO, Term, add, div, fn, free_symbols, mul, num, power, sqrt, sub, sym
from symrep.verdict import Reason

__all__ = ["evaluate", "unit_mass"]

LINE: Final = (("inf", -1), ("inf", 1))
HALF_LINE: Final = (ZERO, ("inf", 1))
UNIT: Final = (ZERO, ONE)


def evaluate(t: Term, x: str, lo: Term, hi: Term, parts: tuple[Instance, ...], ctx: Context) -> Term:
    """The value of ∫_lo^hi t dx as a term, each part checked.

    Raises:
        NotProved: some part does not check.
    """
    integrands, values = [], []
    for p in parts:
        kind = p.name("kind")
        integrand, value = _KINDS[kind](p, x, lo, hi, ctx) if kind in _KINDS else _unknown(kind)
        integrands.append(integrand)
        values.append(value)
    equal(t, add(*integrands) if integrands else ZERO, ctx, {x: (lo, hi)})
    return add(*values) if values else ZERO


def _unknown(kind: str) -> tuple[Term, Term]:
    raise NotProved(f"no lemma is called {kind}", Reason.NOTHING_APPLIED)


def unit_mass(law: Term, parts: tuple[Instance, ...], ctx: Context) -> None:
    """Proves that the law's density integrates to one.

    Raises:
        NotProved: it is not established.
    """
    if len(law[1]) != 1:
        raise NotProved("the total mass of a joint law is taken one coordinate at a time", Reason.NOTHING_APPLIED)
    ((x, lo, hi),) = law[1]
    value = evaluate(law[2], x, lo, hi, parts, ctx)
    try:
        equal(value, ONE, ctx)
    except NotProved as e:
        raise NotProved(f"the law's total mass is not known to be 1 ({e})", e.reason) from e


def _ftc(p: Instance, x: str, lo: Term, hi: Term, ctx: Context) -> tuple[Term, Term]:
    t = p.term("integrand")
    at = lo
    total: list[Term] = []
    for piece in p.subs("pieces"):
        a, b, f = piece.term("lo"), piece.term("hi"), piece.term("antiderivative")
        if not same_end(at, a, ctx):
            raise NotProved("the pieces leave a gap", Reason.NOTHING_APPLIED)
        if x in free_symbols(a) | free_symbols(b) or not in_order(a, b, ctx):
            raise NotProved("the pieces are not known to be in order", Reason.NOTHING_APPLIED)
        continuous(f, x, a, b, ctx)
        equal(derivative(f, x, ctx), t, ctx, {x: (a, b)})
        top = limit(f, x, b, "-", ctx, (a, b))
        bottom = limit(f, x, a, "+", ctx, (a, b))
        if top[0] == "inf" or bottom[0] == "inf":
            raise NotProved("the antiderivative is unbounded at an end", Reason.NOT_INTEGRABLE)
        total += [top, mul(MINUS_ONE, bottom)]
        at = b
    if not same_end(at, hi, ctx):
        raise NotProved("the pieces do not reach the upper limit", Reason.NOTHING_APPLIED)
    integrable(t, ((x, lo, hi),), ctx)
    return t, add(*total) if total else ZERO


def _free_of(x: str, *ts: Term) -> None:
    if any(x in free_symbols(t) for t in ts):
        raise NotProved(f"a constant of the lemma depends on {x}", Reason.NOTHING_APPLIED)


def _positive(ctx: Context, *ts: Term) -> None:
    for t in ts:
        if not prove_sign(t, ">", domain(ctx)):
            raise NotProved("a parameter of the lemma is not known to be positive", Reason.NOT_INTEGRABLE)


def _range(x_range: tuple[Term, Term], lo: Term, hi: Term) -> None:
    if (lo, hi) != x_range:
        raise NotProved("the lemma is about another interval", Reason.NOTHING_APPLIED)


def _gamma(p: Instance, x: str, lo: Term, hi: Term, ctx: Context) -> tuple[Term, Term]:
    c, a, b = p.term("c"), p.term("a"), p.term("b")
    _range(HALF_LINE, lo, hi)
    _free_of(x, c, a, b)
    _positive(ctx, a, b)
    t = mul(c, power(sym(x), add(a, MINUS_ONE)), fn("exp", mul(MINUS_ONE, b, sym(x))))
    return t, mul(c, fn("gamma", a), power(b, mul(MINUS_ONE, a)))


def _beta(p: Instance, x: str, lo: Term, hi: Term, ctx: Context) -> tuple[Term, Term]:
    c, a, b = p.term("c"), p.term("a"), p.term("b")
    _range(UNIT, lo, hi)
    _free_of(x, c, a, b)
    _positive(ctx, a, b)
    t = mul(c, power(sym(x), add(a, MINUS_ONE)), power(sub(ONE, sym(x)), add(b, MINUS_ONE)))
    return t, mul(c, fn("beta", a, b))


def _gaussian_wave(name: str) -> Callable[[Instance, str, Term, Term, Context], tuple[Term, Term]]:
    def check(p: Instance, x: str, lo: Term, hi: Term, ctx: Context) -> tuple[Term, Term]:
        c, omega, phi, m, s = (p.term(k) for k in ("c", "omega", "phi", "m", "s"))
        _range(LINE, lo, hi)
        _free_of(x, c, omega, phi, m, s)
        _positive(ctx, s)
        two = num(2)
        bell = div(
            fn("exp", div(mul(MINUS_ONE, power(sub(sym(x), m), two)), mul(two, power(s, two)))),
            mul(s, sqrt(mul(two, PI))),
        )
        t = mul(c, fn(name, add(mul(omega, sym(x)), phi)), bell)
        damp = fn("exp", div(mul(MINUS_ONE, power(omega, two), power(s, two)), two))
        return t, mul(c, fn(name, add(mul(omega, m), phi)), damp)

    return check


def _mass(p: Instance, x: str, lo: Term, hi: Term, ctx: Context) -> tuple[Term, Term]:
    f = p.name("function")
    spec = ctx.functions.get(f)
    _range(LINE, lo, hi)
    if spec is None or not spec.density:
        raise NotProved(f"{f} is not declared a probability density", Reason.NOT_DECLARED)
    return ("app", f, (0,), (sym(x),)), ONE


_KINDS: Final[Mapping[str, Callable[[Instance, str, Term, Term, Context], tuple[Term, Term]]]] = {
    "ftc": _ftc,
    "gamma": _gamma,
    "beta": _beta,
    "gaussian_cos": _gaussian_wave("cos"),
    "gaussian_sin": _gaussian_wave("sin"),
    "mass": _mass,
}
