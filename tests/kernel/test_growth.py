"""Limits at the ends of intervals, continuity between them."""

from __future__ import annotations

import pytest
from kernel_terms import T, context

from symrep.claim import FunctionSpec
from symrep.kernel.algebra.normal import prove_equal
from symrep.kernel.analysis.limits import continuous, limit
from symrep.kernel.fail import NotProved

LIMITS = [
    # term, end, side, limit, symbols
    ("x**3*exp(-x**2/2)", "oo", "-", "0", ""),
    ("x**3*exp(-x**2/2)", "-oo", "+", "0", ""),
    ("(x-mu)*exp(-(x-mu)**2/(2*sigma**2))", "-oo", "+", "0", "mu real, sigma positive"),
    ("(1+erf((x-mu)/(sigma*sqrt(2))))/2", "oo", "-", "1", "mu real, sigma positive"),
    ("(1+erf((x-mu)/(sigma*sqrt(2))))/2", "-oo", "+", "0", "mu real, sigma positive"),
    ("1/(1+exp(-(x-m)/s))", "oo", "-", "1", "m real, s positive"),
    ("1/(1+exp(-(x-m)/s))", "-oo", "+", "0", "m real, s positive"),
    ("1-exp(-lam*x)", "0", "+", "0", "lam positive"),
    ("1-exp(-(x/lam)**k)", "oo", "-", "1", "lam positive, k positive"),
    ("1-exp(-(x/lam)**k)", "0", "+", "0", "lam positive, k positive"),
    ("1/2+atan((x-m)/s)/pi", "oo", "-", "1", "m real, s positive"),
    ("1/2+atan((x-m)/s)/pi", "-oo", "+", "0", "m real, s positive"),
    ("tanh(x)", "-oo", "+", "-1", ""),
    ("x*log(x)", "0", "+", "0", ""),
    ("x**a*log(x)**2", "0", "+", "0", "a positive"),
    ("1-(m/x)**a", "oo", "-", "1", "m positive, a positive"),
    ("1-(m/x)**a", "m", "+", "0", "m positive, a positive"),
    ("x**2+x", "oo", "-", "oo", ""),
    ("x**2+x", "-oo", "+", "oo", ""),
    ("x**3", "-oo", "+", "-oo", ""),
    ("log(x)", "0", "+", "-oo", ""),
    ("m-b*log(-log(u))", "1", "-", "oo", "m real, b positive"),
    ("m-b*log(-log(u))", "0", "+", "-oo", "m real, b positive"),
    ("m+s*tan(pi*(u-1/2))", "1", "-", "oo", "m real, s positive"),
    ("m+s*tan(pi*(u-1/2))", "0", "+", "-oo", "m real, s positive"),
    ("m+s*log(u/(1-u))", "0", "+", "-oo", "m real, s positive"),
    ("exp(-exp(-(x-m)/b))", "-oo", "+", "0", "m real, b positive"),
    ("exp(-exp(-(x-m)/b))", "oo", "-", "1", "m real, b positive"),
    ("x**2-2*x", "a", "+", "a**2-2*a", "a real"),
    ("sqrt(x**2+x)-x", "oo", "-", "1/2", ""),
    ("log(1+exp(x))-x", "oo", "-", "0", ""),
    ("log(1+exp(x))", "-oo", "+", "0", ""),
    ("sin(x)/x", "oo", "-", "0", ""),
    ("(1-cos(x))/x", "0", "+", "0", ""),
    ("sign(x)", "0", "-", "-1", ""),
    ("abs(x)/x", "-oo", "+", "-1", ""),
    ("f(x)*exp(-x**2/2)", "oo", "-", "0", ""),
    ("f(x)*exp(-x**2/2)", "-oo", "+", "0", ""),
    ("f(x)", "a", "+", "f(a)", "a real"),
    ("(1 if x > 0 else 2)", "-oo", "+", "2", ""),
    ("(1-(1-u)**(1/b))**(1/a)", "0", "+", "0", "a positive, b positive"),
    ("(1-(1-u)**(1/b))**(1/a)", "1", "-", "1", "a positive, b positive"),
    ("exp(-x)*exp(2*x)", "oo", "-", "oo", ""),
    ("asinh(x)", "-oo", "+", "-oo", ""),
    ("x*exp(a*x)", "oo", "-", "0", "a negative"),
    ("erfc(x)*exp(x**2)*x*sqrt(pi)", "oo", "-", "1", ""),
    ("2**(-x)", "oo", "-", "0", ""),
    ("erfinv(u)", "1", "-", "oo", ""),
    ("mu+sigma*erfinv(2*u-1)", "1", "-", "oo", "mu real, sigma positive"),
    ("mu+sigma*erfinv(2*u-1)", "0", "+", "-oo", "mu real, sigma positive"),
    ("erfinv(u)/sqrt(-log(1-u))", "1", "-", "1", ""),
    ("erfinv(1-u)**2+log(u)+log(-log(u))/4", "0", "+", "-oo", ""),
    ("1/(1+exp(-m-s*erfinv(1/x-1)))", "oo", "-", "0", "m real, s positive"),
    ("exp(m+s*erfinv(1-1/x))", "oo", "-", "oo", "m real, s positive"),
    ("exp(s*erfinv(1-1/x))/x", "oo", "-", "0", "s positive"),
    ("m+c/erfinv(1-u)**2", "0", "+", "m", "m real, c positive"),
    ("log(erfinv(1-u))/log(-log(u))", "0", "+", "1/2", ""),
    ("lowergamma(a, x)", "0", "+", "0", "a positive"),
    ("lowergamma(a, b*x)/gamma(a)", "oo", "-", "1", "a positive, b positive"),
    ("lowergamma(a, x)/x**a", "0", "+", "1/a", "a positive"),
    ("lowergamma(a, (x/s)**k)/gamma(a)", "oo", "-", "1", "a positive, s positive, k positive"),
    ("lowergamma(c, exp((x-m)/s))/gamma(c)", "-oo", "+", "0", "c positive, m real, s positive"),
    ("lowergamma(c, exp((x-m)/s))/gamma(c)", "oo", "-", "1", "c positive, m real, s positive"),
    ("uppergamma(a, x)*exp(x)*x**(1-a)", "oo", "-", "1", "a positive"),
    ("uppergamma(a, b/x)/gamma(a)", "0", "+", "0", "a positive, b positive"),
    ("uppergamma(a, b/x)/gamma(a)", "oo", "-", "1", "a positive, b positive"),
    ("lowergamma(a, 2+1/x)", "oo", "-", "lowergamma(a, 2)", "a positive"),
    ("betainc_regularized(a, b, 0, x)", "0", "+", "0", "a positive, b positive"),
    ("betainc_regularized(a, b, 0, x)", "1", "-", "1", "a positive, b positive"),
    ("(1-betainc_regularized(a, b, 0, x))/(1-x)**b*beta(a, b)", "1", "-", "1/b", "a positive, b positive"),
    ("betainc(a, b, 0, x/(1+x))/x**a", "0", "+", "1/a", "a positive, b positive"),
    ("betainc_regularized(a, b, 0, d*x/(d*x+c))", "oo", "-", "1", "a positive, b positive, c positive, d positive"),
    ("betainc_regularized(1/2, v/2, 0, (x-m)**2/(v+(x-m)**2))", "-oo", "+", "1", "m real, v positive"),
    ("exp(-((m-x)/s)**a)", "-oo", "+", "0", "m real, s positive, a positive"),
    ("x**2*exp(-((m-x)/s)**a)", "-oo", "+", "0", "m real, s positive, a positive"),
    ("exp(-(1+k*(x-m)/s)**(-1/k))", "-oo", "+", "0", "m real, s positive, k negative"),
    ("betainc(a, b, 0, 1/2+1/x)", "oo", "-", "betainc(a, b, 0, 1/2)", "a positive, b positive"),
]

UNKNOWN = [
    ("sin(x)", "oo", "-", ""),
    ("exp(a*x)", "oo", "-", "a real"),
    ("x**a", "0", "+", "a real"),
    ("f(x)", "oo", "-", ""),
    ("g(x)*exp(-x**2)", "oo", "-", ""),
    ("g(x)", "0", "+", ""),
    ("floor(x)", "0", "+", ""),
    ("exp(a*x)", "oo", "-", "a nonnegative"),
    ("log(x)", "-oo", "+", ""),
    ("sqrt(x)", "-oo", "+", ""),
    ("w*exp(-x)", "oo", "-", "w complex"),
    ("w*exp(-x)", "oo", "-", ""),
    ("exp(-x)/a", "oo", "-", "a real"),
    ("abs(a+x)**2*a/a", "oo", "-", "a real"),
    # known no finer than up to a constant, or of an argument that may leave (-1, 1)
    ("erfinv(1-1/x)**2-log(x)+log(log(x))/2", "oo", "-", ""),
    ("exp(erfinv(1-1/x)**2)/x*sqrt(log(x))", "oo", "-", ""),
    ("erfinv(1+1/x)", "oo", "-", ""),
    ("erfinv(1-sin(x)/x)", "oo", "-", ""),
    ("erfinv(1-a/x)", "oo", "-", "a real"),
    ("exp(a*erfinv(1-1/x))", "oo", "-", "a real"),
    # a bound of a factor is no value of a product: this tends to 1 for a < 1, to 0 for a > 1
    ("exp(-(x+1)**a)*exp(x**a)", "oo", "-", "a positive"),
    ("exp((x+1)**a)*exp(-x**a)", "oo", "-", "a positive"),
    ("exp(-(x+1)**a)", "oo", "-", "a real"),
    ("exp(-b*(x+1)**a)", "oo", "-", "a positive, b real"),
    # orders that move or may be negative, arguments that leave the range
    ("lowergamma(a, x)", "oo", "-", "a real"),
    ("lowergamma(x, 2)", "oo", "-", ""),
    ("lowergamma(x, x)", "oo", "-", ""),
    ("uppergamma(a, -x)", "oo", "-", "a positive"),
    ("lowergamma(a, -1/x)", "oo", "-", "a positive"),
    ("lowergamma(a, sin(x))", "oo", "-", "a positive"),
    ("lowergamma(a, c*x)", "oo", "-", "a positive, c real"),
    ("betainc_regularized(a, b, 0, 1+1/x)", "oo", "-", "a positive, b positive"),
    ("betainc_regularized(a, b, 0, -1/x)", "oo", "-", "a positive, b positive"),
    ("betainc_regularized(a, b, 0, 1-1/x)", "oo", "-", "a real, b positive"),
    ("betainc_regularized(a, b, 0, x)", "oo", "-", "a positive, b positive"),
    ("betainc_regularized(a, x, 0, 1/2)", "oo", "-", "a positive"),
]


@pytest.mark.parametrize(("t", "end", "side", "value", "symbols"), LIMITS)
def test_limits(t, end, side, value, symbols):
    ctx = context(symbols, f=FunctionSpec(smooth=1, growth=3))
    x = "u" if "u" in t and "x" not in t else "x"
    interval = (T("0"), T("1")) if x == "u" else (T("-oo"), T("oo"))
    if end not in ("oo", "-oo"):
        interval = (T(end), interval[1]) if side == "+" else (interval[0], T(end))
    got = limit(T(t), x, T(end), side, ctx, interval)
    if T(value)[0] == "inf":
        assert got == T(value)
    else:
        prove_equal(got, T(value), ctx, {})


@pytest.mark.parametrize(("t", "end", "side", "symbols"), UNKNOWN)
def test_no_limit_is_claimed(t, end, side, symbols):
    ctx = context(symbols, f=FunctionSpec(smooth=1, growth=3))
    with pytest.raises(NotProved) as e:
        limit(T(t), "x", T(end), side, ctx, (T("-oo"), T("oo")))
    assert not e.value.definite


CONTINUOUS = [
    ("exp(-x**2)/(1+x**2)", "-oo", "oo", "", True),
    ("log(x)*x**a", "0", "oo", "a real", True),
    ("1/(x-a)", "a", "oo", "a real", True),
    ("abs(x)", "-oo", "oo", "", False),
    ("abs(x)", "0", "oo", "", True),
    ("f(x)", "-oo", "oo", "", True),
    ("sqrt(1-x**2)", "-1", "1", "", True),
    ("tan(pi*(x-1/2))", "0", "1", "", True),
]
NOT_CONTINUOUS = [
    ("1/x", "-1", "1", "", False),
    ("1/(x-a)", "-oo", "oo", "a real", False),
    ("sign(x)", "-1", "1", "", False),
    ("heaviside(x-a)", "-oo", "oo", "a real", False),
    ("floor(x)", "0", "oo", "", False),
    ("abs(x)", "-1", "1", "", True),
    ("sqrt(abs(x))", "-1", "1", "", True),
    ("max(x,0)", "-1", "1", "", True),
    ("log(x)", "-1", "1", "", False),
    ("sqrt(x)", "-1", "1", "", False),
    ("(1 if x > 0 else 0)", "-1", "1", "", False),
    ("tan(x)", "0", "2", "", False),
    ("g(x)", "0", "1", "", False),
    ("gamma(x)", "-1", "1", "", False),
]


@pytest.mark.parametrize(("t", "lo", "hi", "symbols", "smooth"), CONTINUOUS)
def test_continuous(t, lo, hi, symbols, smooth):
    continuous(T(t), "x", T(lo), T(hi), context(symbols, f=FunctionSpec(smooth=1)), smooth)


@pytest.mark.parametrize(("t", "lo", "hi", "symbols", "smooth"), NOT_CONTINUOUS)
def test_not_continuous(t, lo, hi, symbols, smooth):
    with pytest.raises(NotProved):
        continuous(T(t), "x", T(lo), T(hi), context(symbols), smooth)
