r"""Functions at one end of an interval: identities, Taylor's formula, and the classical expansions for large
arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from symrep.audit.data import HALF, MINUS, ONE, PI, TWO, ZERO, No, Term, add, div, fn, mul, neg, num, power, sqrt, sub
from symrep.audit.ends_incomplete import incomplete_beta, incomplete_gamma
from symrep.audit.scale import ONE_SIZE
from symrep.audit.series import Series
from symrep.audit.signs import holds

if TYPE_CHECKING:
    from symrep.audit.ends import End

__all__ = ["RULES"]

_TWO_OVER_ROOT_PI: Final[Term] = div(TWO, sqrt(PI))


def _exp(at: End, t: Term) -> Series:
    return at.e.exp(at.expand(t[2]))


def _log(at: End, t: Term) -> Series:
    return at.e.log(at.expand(t[2]))


def _through_exp(at: End, t: Term) -> Series:
    """The hyperbolic functions."""
    a, name = t[2], t[1]
    if name == "tanh":
        if at.e.limit(at.expand(a)) is None:
            return at.e.bound([ONE_SIZE])
        two = fn("exp", mul(TWO, a))
        return at.expand(div(sub(two, ONE), add(two, ONE)))
    up, down = fn("exp", a), fn("exp", neg(a))
    return at.expand(mul(HALF, add(up, down) if name == "cosh" else sub(up, down)))


def _through_log(at: End, t: Term) -> Series:
    """The inverse hyperbolic functions."""
    a, name = t[2], t[1]
    if name == "acosh":
        return at.expand(fn("log", add(a, sqrt(sub(power(a, 2), ONE)))))
    if name == "atanh":
        return at.expand(mul(HALF, fn("log", div(add(ONE, a), sub(ONE, a)))))
    root = sqrt(add(power(a, 2), ONE))
    if at.side(a) == -1:
        return at.expand(neg(fn("log", add(neg(a), root))))
    return at.expand(fn("log", add(a, root)))


def _wave(at: End, t: Term) -> Series:
    near = at.e.near_constant(at.expand(t[2]))
    if near is None:
        return at.e.bound([ONE_SIZE])
    c, delta = near
    s, k = fn("sin", c), fn("cos", c)
    cycle = [s, k, neg(s), neg(k)] if t[1] == "sin" else [k, neg(s), neg(k), s]
    return _taylor(at, cycle, delta)


def _taylor(at: End, derivatives: list[Term], delta: Series) -> Series:
    if not delta.sizes:
        return at.e.constant(derivatives[0])
    factorials = [1, 1, 2, 6, 24]
    return at.e.taylor([div(d, num(factorials[k])) for k, d in enumerate(derivatives)], delta)


def _erf(at: End, t: Term) -> Series:
    a = at.expand(t[2])
    complement = t[1] == "erfc"
    near = at.e.near_constant(a)
    if near is not None:
        c, delta = near
        slope = mul(_TWO_OVER_ROOT_PI, fn("exp", neg(power(c, 2))))
        out = _taylor(at, [fn("erf", c), slope, mul(num(-2), c, slope)], delta)
    else:
        to = at.e.limit(a)
        if to is None or to[0] != "inf":
            return at.e.bound([ONE_SIZE])
        tail = _tail(at, a if to[1] > 0 else at.e.minus(a))
        if complement and to[1] > 0:
            return tail
        out = at.e.plus(at.e.constant(ONE), at.e.minus(tail))
        if to[1] < 0:
            out = at.e.minus(out)
    return at.e.plus(at.e.constant(ONE), at.e.minus(out)) if complement else out


def _tangent(at: End, t: Term) -> Series:
    return at.expand(div(fn("sin", t[2]), fn("cos", t[2])))


def _tail(at: End, u: Series) -> Series:
    """Erfc(u) = e^(−u²)/(u√π) (1 − 1/(2u²) + O(u^(−4))) for u → ∞."""
    square = at.e.whole_power(u, 2)
    bell = at.e.exp(at.e.minus(square))
    over = at.e.power(u, MINUS, True)
    small = at.e.whole_power(over, 2)
    wave = at.e.taylor([ONE, num(-1, 2)], small)
    return at.e.scaled(at.e.product([bell, over, wave]), div(ONE, sqrt(PI)))


def _atan(at: End, t: Term) -> Series:
    a = at.expand(t[2])
    near = at.e.near_constant(a)
    if near is not None:
        c, delta = near
        slope = div(ONE, add(ONE, power(c, 2)))
        return _taylor(at, [fn("atan", c), slope, mul(num(-2), c, power(slope, 2))], delta)
    to = at.e.limit(a)
    if to is None or to[0] != "inf":
        return at.e.bound([ONE_SIZE])
    over = at.e.power(a, MINUS, True)
    quarter = mul(num(to[1], 2), PI)
    cube = [at.e.scale.power(m, num(3)) for m in over.sizes]
    return at.e.plus(at.e.constant(quarter), at.e.minus(over), at.e.bound(cube))


def _abs(at: End, t: Term) -> Series:
    s = at.side(t[2])
    if s is None:
        return at.e.magnitude(at.expand(t[2]))
    a = at.expand(t[2])
    return a if s >= 0 else at.e.minus(a)


def _step(at: End, t: Term) -> Series:
    s = at.side(t[2])
    if s is None:
        return at.e.bound([ONE_SIZE])
    return at.e.constant(num(s) if t[1] == "sign" else num(s + 1, 2))


def _extreme(at: End, t: Term) -> Series:
    args = list(t[2:])
    while len(args) > 1:
        s = at.side(sub(args[0], args[1]))
        if s is None:
            return at.e.bound([m for a in args for m in at.expand(a).sizes])
        del args[1 if (s >= 0) == (t[1] == "max") else 0]
    return at.expand(args[0])


def _whole_part(at: End, t: Term) -> Series:
    return at.e.bound([ONE_SIZE, *at.expand(t[2]).sizes])


def _arc(at: End, t: Term) -> Series:
    near = at.e.near_constant(at.expand(t[2]))
    if near is not None:
        c, delta = near
        left = at.e.n.neat(sub(ONE, power(c, 2)))
        if at.e.n.sign(left) == 1:
            slope, bend = ("pow", left, num(-1, 2)), mul(c, ("pow", left, num(-3, 2)))
            if t[1] == "acos":
                slope, bend = neg(slope), neg(bend)
            return _taylor(at, [fn(t[1], c), slope, bend], delta)
    if at.strict and not all(holds(e, ">=", at.inside) for e in (add(ONE, t[2]), sub(ONE, t[2]))):
        raise No(f"the argument of {t[1]} may leave its domain")
    return at.e.bound([ONE_SIZE])


def _erfinv(at: End, t: Term) -> Series:
    near = at.e.near_constant(at.expand(t[2]))
    if near is None:
        raise No("the argument of erfinv has no known limit")
    c, delta = near
    for side in (1, -1):
        if c != num(side):
            continue
        # w = 1 − |y|, L = −log w: u² = L − (log L)/2 + O(1) for erfc(u) = w → 0
        large = at.expand(neg(fn("log", sub(ONE, mul(num(side), t[2])))))
        loglog = at.e.scaled(at.e.log(large), num(-1, 2))
        out = at.e.power(at.e.plus(large, loglog, at.e.bound([ONE_SIZE])), HALF, False)
        return out if side > 0 else at.e.minus(out)
    if at.e.n.sign(at.e.n.plus(c, ONE)) != 1 or at.e.n.sign(at.e.n.plus(ONE, at.e.n.minus(c))) != 1:
        raise No("the argument of erfinv may leave its domain")
    return _taylor(at, [fn("erfinv", c)], delta)


# --- Γ and its relatives, for positive arguments


def _large(at: End, t: Term, a: Term) -> bool:
    """Whether a → ∞; a finite limit has to be positive or 0."""
    to = at.e.limit(at.expand(a))
    if to is None:
        raise No(f"the argument of {t[1]} has no known limit")
    if to[0] == "inf" and to[1] < 0:
        raise No(f"{t[1]} of large negative numbers")
    return bool(to[0] == "inf")


def _loggamma(at: End, t: Term) -> Series:
    a = t[2]
    if not _large(at, t, a):
        return at.e.log(_gamma(at, fn("gamma", a)))
    # Stirling: (a − 1/2) log a − a + log(2π)/2 + O(1/a)
    main = add(mul(sub(a, HALF), fn("log", a)), neg(a), mul(HALF, fn("log", mul(TWO, PI))))
    over = at.e.power(at.expand(a), MINUS, True)
    return at.e.plus(at.expand(main), at.e.magnitude(over))


def _gamma(at: End, t: Term) -> Series:
    a = t[2]
    if _large(at, t, a):
        return at.e.exp(_loggamma(at, fn("loggamma", a)))
    near = at.e.near_constant(at.expand(a))
    if near is None:
        raise No("the argument of a gamma function has no known limit")
    c, delta = near
    if c == ZERO:  # Γ(a) = Γ(1 + a)/a
        return at.e.times(_gamma(at, fn("gamma", add(ONE, a))), at.e.power(at.expand(a), MINUS, True))
    if at.e.n.sign(c) != 1:
        raise No("a gamma function near a pole")
    return _taylor(at, [fn("gamma", c), mul(fn("gamma", c), fn("digamma", c))], delta)


def _polygamma(at: End, t: Term) -> Series:
    order, a = (ZERO, t[2]) if t[1] == "digamma" else (t[2], t[3])
    if order[0] != "num" or order[2] != 1 or order[1] < 0:
        raise No("a polygamma function has a whole order")
    n = order[1]
    if _large(at, t, a):
        over = at.e.power(at.expand(a), MINUS, True)
        if n == 0:  # ψ(a) = log a − 1/(2a) + O(a^(−2))
            square = [at.e.scale.power(m, num(2)) for m in over.sizes]
            half = at.e.scaled(over, num(-1, 2))
            return at.e.plus(at.e.log(at.expand(a)), half, at.e.bound(square))
        return at.e.bound([at.e.scale.power(m, num(n)) for m in over.sizes])
    near = at.e.near_constant(at.expand(a))
    if near is None:
        raise No("the argument of a polygamma function has no known limit")
    c, delta = near
    if c == ZERO:  # ψ_n(a) = ψ_n(1 + a) − (−1)^n n! a^(−n−1)
        f = 1
        for k in range(2, n + 1):
            f *= k
        pole = at.e.scaled(at.e.power(at.expand(a), num(-n - 1), True), num(-f if n % 2 == 0 else f))
        shifted = (*t[:-1], add(ONE, a))
        return at.e.plus(_polygamma(at, shifted), pole)
    if at.e.n.sign(c) != 1:
        raise No("a polygamma function near a pole")
    return _taylor(at, [(*t[:-1], c), fn("polygamma", num(n + 1), c)], delta)


def _beta(at: End, t: Term) -> Series:
    a, b = t[2], t[3]
    return at.expand(div(mul(fn("gamma", a), fn("gamma", b)), fn("gamma", add(a, b))))


def _binomial(at: End, t: Term) -> Series:
    n, k = t[2], t[3]
    low = mul(fn("gamma", add(k, ONE)), fn("gamma", add(n, neg(k), ONE)))
    return at.expand(div(fn("gamma", add(n, ONE)), low))


def _factorial(at: End, t: Term) -> Series:
    return at.expand(fn("gamma", add(t[2], ONE)))


RULES: Final[Mapping[str, Callable[[End, Term], Series]]] = {
    "exp": _exp,
    "log": _log,
    **dict.fromkeys(("sinh", "cosh", "tanh"), _through_exp),
    **dict.fromkeys(("asinh", "acosh", "atanh"), _through_log),
    **dict.fromkeys(("sin", "cos"), _wave),
    **dict.fromkeys(("erf", "erfc"), _erf),
    "tan": _tangent,
    "erfinv": _erfinv,
    "atan": _atan,
    "abs": _abs,
    **dict.fromkeys(("sign", "heaviside"), _step),
    **dict.fromkeys(("min", "max"), _extreme),
    **dict.fromkeys(("floor", "ceiling"), _whole_part),
    **dict.fromkeys(("asin", "acos"), _arc),
    "loggamma": _loggamma,
    "gamma": _gamma,
    **dict.fromkeys(("digamma", "polygamma"), _polygamma),
    "beta": _beta,
    "factorial": _factorial,
    "binomial": _binomial,
    **dict.fromkeys(("lowergamma", "uppergamma"), incomplete_gamma),
    **dict.fromkeys(("betainc", "betainc_regularized"), incomplete_beta),
}
