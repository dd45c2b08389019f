"""From a term to its normal form: numbers, symbols, powers and named functions; nodes that bind stand in ``nodes``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from symrep.audit import bessel, circular, digammas, gammas, incomplete, lambert, nodes, special, sums, zetas
from symrep.audit.algebra import Algebra
from symrep.audit.arithmetic import MAX_BITS
from symrep.audit.atoms import LINE, NONNEGATIVE, POSITIVE, Atom, Interval, Unknown
from symrep.audit.data import No, Term, fn, num
from symrep.audit.derive import inverse_of, order_of, partial_of_inverse, smooth_enough
from symrep.audit.names import kind_range, symbol_atom
from symrep.audit.sums import Sum, constant, minus, monomial, number, plus, scaled
from symrep.audit.whole_powers import is_whole_valued, power_of_whole

__all__ = ["read_term"]

HALF: Final = Fraction(1, 2)
#: whole parts that are tried
_FLOORS: Final = tuple(map(Fraction, (0, -1, 1, -2, 2)))
_COUNTED: Final = 64


def read_term(alg: Algebra, t: Term) -> Sum:
    head = t[0]
    if head == "num":
        if max(t[1].bit_length(), t[2].bit_length()) > MAX_BITS:
            raise No("a number of very many digits")
        return constant(Fraction(t[1], t[2]))
    if head == "sym":
        return monomial(symbol_atom(alg, t[1]).index)
    if head == "const":
        return _constant(alg, t[1])
    if head == "add":
        return sums.total(alg.norm(c) for c in t[1:])
    if head == "mul":
        return alg.product(alg.norm(c) for c in t[1:])
    if head == "pow":
        return power(alg, alg.norm(t[1]), alg.norm(t[2]))
    if head == "fn":
        f = _FUNCTIONS.get(t[1])
        if f is None:
            raise No(f"nothing is known of {t[1]}", covered=False)
        return f(alg, *map(alg.norm, t[2:]))
    if head == "app":
        return _undetermined(alg, t)
    if head == "index":
        return _indexed(alg, t)
    if head == "inf":
        raise No("an infinity is not a number")
    return nodes.node(alg, t)


def _constant(alg: Algebra, name: str) -> Sum:
    if name == "e":
        return alg.exp(dict(sums.ONE))
    if name == "i":
        return monomial(alg.atom(("i",), lambda i: Atom(i, "i", ("const", "i"), real=False)).index)
    # to the last digit
    digits = {"pi": 314159265358979, "euler_gamma": 57721566490153, "catalan": 91596559417721}
    low = Fraction(digits[name], 10**14)
    interval = (low, True, low + Fraction(1, 10**14), True)
    return monomial(
        alg.atom(("const", name), lambda i: Atom(i, "const", ("const", name), data=name, range=interval)).index
    )


def power(alg: Algebra, b: Sum, e: Sum) -> Sum:
    """b**e where it is real; whole powers of anything."""
    v = number(e)
    if v is not None and v.denominator == 1:
        return alg.power(b, int(v), "the base of a power")
    b_zero = alg.is_zero(b)
    if b_zero:
        if alg.real(e) and alg.sign(e) <= {1}:
            return {}
        raise No("0 to a power that is not known to be positive")
    if v is None and is_whole_valued(alg, e) and (not alg.real(b) or alg.sign(b) != {1}):
        return power_of_whole(alg, b, e)
    if not alg.real(b):
        raise No("a power of something complex")
    s = alg.sign(b)
    if (
        alg.ctx.principal and s <= {-1} and not (v is None and is_whole_valued(alg, e))
    ):  # b = |b| exp(iπ), the principal branch
        return alg.exp(alg.mul(e, _log(alg, b)))
    if v is not None:
        if -1 in s:
            alg.wish_factors(b)
            raise Unknown(f"the base of a fractional power is not known to be nonnegative: {alg.text(b)}")
        if v < 0:
            alg.need_nonzero(b, "the base of a power")
        return alg.abs_power(b, v)
    if s != {1}:
        alg.wish_factors(b)
        raise Unknown(f"the base of a power is not known to be positive: {alg.text(b)}")
    return alg.exp(alg.mul(e, alg.log_abs(b)))


# --- exp, log, |·| --------------------------------------------------------------------------------------------------


def _log(alg: Algebra, a: Sum) -> Sum:
    if not alg.real(a):
        raise No("a logarithm of something complex")
    s = alg.sign(a)
    if alg.ctx.principal and s <= {-1}:  # the principal branch
        return plus(alg.log_abs(a), alg.mul(alg.pi(), alg.norm(("const", "i"))))
    if not s <= {1}:
        weakly = s <= {0, 1} and all(alg.null_in(p, alg.ctx.fibre) for p in alg.zeros(a))
        if not weakly:
            alg.wish_factors(a)
            raise Unknown(f"the argument of a logarithm is not known to be positive: {alg.text(a)}")
    return alg.log_abs(a)


def absolute(alg: Algebra, a: Sum) -> Sum:
    if alg.is_zero(a):
        return {}
    if not alg.real(a):
        square = lambert.square_of_size(alg, a)
        return alg.abs_power(square, HALF)
    s = alg.sign(a)
    if s <= {0, 1}:
        return a
    if s <= {0, -1}:
        return scaled(a, -1)
    return alg.abs_power(a, Fraction(1))


def _sign(alg: Algebra, a: Sum) -> Sum:
    if alg.is_zero(a):
        return {}
    if not alg.real(a):
        raise No("the sign of something complex")
    s = alg.sign(a)
    if len(s) == 1:
        return constant(next(iter(s)))
    alg.wish_factors(a)
    zeros = alg.zeros(a) if 0 in s else []
    if all(alg.null_in(p, alg.ctx.fibre) for p in zeros):
        return alg.mul(absolute(alg, a), alg.inverse(a))
    turn, b = circular.oriented(alg.canon(a))
    interval = (Fraction(-1), False, Fraction(1), False)
    atom = alg.made("sign", fn("sign", alg.term(b)), (b,), range=interval, smooth=False)
    return scaled(monomial(atom.index), turn)


def _heaviside(alg: Algebra, a: Sum) -> Sum:
    return scaled(plus(sums.ONE, _sign(alg, a)), HALF)


def _max(alg: Algebra, *args: Sum) -> Sum:
    out = args[0]
    if not all(alg.real(a) for a in args):
        raise No("an extremum of something complex")
    for b in args[1:]:
        out = scaled(plus(plus(out, b), absolute(alg, minus(out, b))), HALF)
    return out


def _min(alg: Algebra, *args: Sum) -> Sum:
    return scaled(_max(alg, *(scaled(a, -1) for a in args)), -1)


def _far_floor(alg: Algebra, a: Sum) -> Fraction | None:
    """The whole number below a, counted to from 0 as long as the steps are known to be passed."""
    up = alg.sign(a) <= {0, 1}
    if not up and not alg.sign(a) <= {-1}:
        return None
    n = Fraction(0 if up else -1)
    for _ in range(_COUNTED):
        passed = alg.sign(minus(a, constant(n + 1))) <= {0, 1} if up else alg.sign(minus(constant(n), a)) <= {1}
        if not passed:
            break
        n += 1 if up else -1
    here = alg.sign(minus(a, constant(n))) <= {0, 1} and alg.sign(minus(constant(n + 1), a)) <= {1}
    return n if here else None


def _whole_ends(alg: Algebra) -> Iterator[Sum]:
    """Whole ends of the ranges of bound variables, and their negatives."""
    for b in alg.ctx.bound:
        for end in (b.lo, b.hi):
            if end[0] not in ("inf", "num") and is_whole_valued(alg, n := alg.norm(end)):
                yield from (n, scaled(n, -1))


def _rounding(name: str) -> Callable[[Algebra, Sum], Sum]:
    def go(alg: Algebra, a: Sum) -> Sum:
        v = number(a)
        if v is not None:
            return constant(v.numerator // v.denominator if name == "floor" else -(-v.numerator // v.denominator))
        if not alg.real(a):
            raise No(f"{name} of something complex")
        a = alg.canon(a)
        if name == "ceiling":
            return scaled(_rounding("floor")(alg, scaled(a, -1)), -1)
        for n in _FLOORS:
            above = alg.sign(minus(a, constant(n))) <= {0, 1}
            if above and alg.sign(minus(constant(n + 1), a)) <= {1}:
                return constant(n)
            if above and alg.sign(minus(constant(n + 2), a)) <= {1}:  # n or n + 1
                alg.wish(minus(a, constant(n + 1)))
        far = _far_floor(alg, a)
        if far is not None:
            return constant(far)
        for end in _whole_ends(alg):
            if alg.sign(minus(a, end)) <= {0, 1} and alg.sign(minus(plus(end, constant(1)), a)) <= {1}:
                return end
        whole = {m: c for m, c in a.items() if c.denominator == 1 and is_whole_valued(alg, {m: c})}
        if whole:
            return plus(whole, go(alg, minus(a, whole)))
        return monomial(alg.made(name, fn(name, alg.term(a)), (a,), smooth=False).index)

    return go


# --- hyperbolic -----------------------------------------------------------------------------------------------------


def _sinh(alg: Algebra, a: Sum) -> Sum:
    return scaled(minus(alg.exp(a), alg.exp(scaled(a, -1))), HALF)


def _cosh(alg: Algebra, a: Sum) -> Sum:
    return scaled(plus(alg.exp(a), alg.exp(scaled(a, -1))), HALF)


def _tanh(alg: Algebra, a: Sum) -> Sum:
    if not alg.real(a):
        raise No("tanh of something complex")
    e = alg.exp(scaled(a, 2))
    return alg.mul(minus(e, sums.ONE), alg.inverse(plus(e, sums.ONE)))


def _asinh(alg: Algebra, a: Sum) -> Sum:
    if not alg.real(a):
        raise No("asinh of something complex")
    return alg.log_abs(plus(a, alg.abs_power(plus(alg.mul(a, a), sums.ONE), HALF)))


def _acosh(alg: Algebra, a: Sum) -> Sum:
    if not alg.sign(minus(a, sums.ONE)) <= {0, 1}:
        raise Unknown("acosh of something not known to be at least 1")
    square = minus(alg.mul(a, a), sums.ONE)
    root = {} if alg.is_zero(square) else alg.abs_power(square, HALF)
    return alg.log_abs(plus(a, root))


def _atanh(alg: Algebra, a: Sum) -> Sum:
    up, down = plus(sums.ONE, a), minus(sums.ONE, a)
    if not (alg.sign(up) <= {1} and alg.sign(down) <= {1}):
        raise Unknown("atanh of something not known to be in (-1, 1)")
    return scaled(minus(alg.log_abs(up), alg.log_abs(down)), HALF)


_FUNCTIONS: Final[dict[str, Callable[..., Sum]]] = {
    "exp": lambda alg, a: alg.exp(a),
    "log": _log,
    "abs": absolute,
    "sign": _sign,
    "heaviside": _heaviside,
    "max": _max,
    "min": _min,
    "floor": _rounding("floor"),
    "ceiling": _rounding("ceiling"),
    "sin": circular.sin,
    "cos": circular.cos,
    "tan": circular.tan,
    "asin": circular.asin,
    "acos": circular.acos,
    "atan": circular.atan,
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "asinh": _asinh,
    "acosh": _acosh,
    "atanh": _atanh,
    "gamma": gammas.gamma,
    "loggamma": gammas.loggamma,
    "digamma": digammas.digamma,
    "polygamma": digammas.polygamma,
    "beta": gammas.beta,
    "factorial": gammas.factorial,
    "binomial": special.binomial,
    "erf": special.erf,
    "erfc": special.erfc,
    "erfinv": special.erfinv,
    "erfi": lambert.erfi,
    "lambertw": lambert.lambertw,
    "factorial2": lambert.factorial2,
    "re": lambert.re,
    "im": lambert.im,
    "conjugate": lambert.conjugate,
    "arg": lambert.arg,
    "zeta": zetas.zeta,
    "dirichlet_eta": zetas.eta,
    "polylog": zetas.polylog,
    **{name: bessel.bessel(name) for name in ("besseli", "besselj", "besselk", "bessely")},
    **incomplete.TABLE,
}


# --- undetermined functions and indexed parameters ------------------------------------------------------------------


def _undetermined(alg: Algebra, t: Term) -> Sum:
    """f⁽ᵏ⁾(args); h(g(s)) = s for declared inverses, and g′ = 1/h′(g)."""
    _, f, orders, raw = t
    ctx = alg.ctx
    spec = ctx.functions.get(f)
    if spec is None:
        raise No(f"{f} is not declared")
    if spec.arity != len(raw) or spec.arity != len(orders):
        raise No(f"{f} has {spec.arity} arguments")
    if (
        any(a[0] == "vector" for a in raw[:-1])
        or (raw[-1][0] == "vector") != spec.vector
        or (spec.vector and orders[-1])
    ):
        raise No(f"the last argument of {f} and no other is a vector, or none is")
    h = inverse_of(f, ctx) if orders == (1,) else None
    if h is not None and smooth_enough(f, 1, ctx) and smooth_enough(h, 1, ctx):
        return alg.norm(("pow", ("app", h, (1,), (("app", f, (0,), raw),)), num(-1)))
    if len(raw) > 1 and sum(orders) == 1:
        partial = partial_of_inverse(f, orders.index(1), raw, ctx)
        if partial is not None:
            return alg.norm(partial)
    args = tuple(alg.canon(alg.norm(a)) for a in raw)
    if spec.vector and (n := order_of(f, ctx)) > 1:  # in whatever order a C^n function is differentiated
        turn = sorted(range(n), key=lambda k: repr(sums.key(args[k])))
        args = (*(args[k] for k in turn), *args[n:])
        t = ("app", f, orders, (*(raw[k] for k in turn), *raw[n:]))
    if not any(orders) and len(args[0]) == 1:
        ((m, c),) = args[0].items()
        if c == 1 and len(m) == 1 and m[0][1] == 1:
            inner = alg.atoms[m[0][0]]
            if inner.kind == "app" and inner.data[1] == orders and inner.args[1:] == args[1:]:
                g = inner.data[0]
                if spec.inverse == g or ctx.functions[g].inverse == f:
                    return inner.args[0]
    interval, nonzero = _declared(alg, f, orders)
    atom = alg.made("app", t, args, data=(f, orders), range=interval, nonzero=nonzero, smooth=False)
    return monomial(atom.index)


def _declared(alg: Algebra, f: str, orders: tuple[int, ...]) -> tuple[Interval, bool]:
    """F ≥ 0 for a density, > 0 where declared; f′ ≥ 0 for an increasing f, f′ ≠ 0 when f and its inverse are C¹."""
    ctx = alg.ctx
    spec = ctx.functions[f]
    if (spec.density or spec.positive) and sum(orders) == 0:
        return (POSITIVE if spec.positive else NONNEGATIVE), spec.positive
    if orders[0] != 1 or any(orders[1:]) or spec.monotone is None:
        return LINE, False
    partners = [spec.inverse, *(g for g, s in ctx.functions.items() if s.inverse == f)]
    partner = next((g for g in partners if g in ctx.functions), None)
    strict = partner is not None and smooth_enough(f, 1, ctx) and smooth_enough(partner, 1, ctx)
    if spec.monotone == "increasing":
        return (Fraction(0), strict, None, True), strict
    return (None, True, Fraction(0), strict), strict


def _indexed(alg: Algebra, t: Term) -> Sum:
    kind = alg.ctx.kinds.get(t[1])
    if kind is None:
        raise No(f"{t[1]} has no domain")
    args = tuple(alg.canon(alg.norm(a)) for a in t[2:])
    atom = alg.made(
        "index",
        t,
        args,
        data=t[1],
        range=kind_range(kind),
        nonzero=kind == "nonzero",
        real=kind != "complex",
        free=alg.free(*args) | {t[1]},
    )
    return monomial(atom.index)
