"""Every special name has the value SymPy gives it: argument order, branches, conventions."""

from __future__ import annotations

import pytest
import sympy as sp

from symrep.checks.evaluate import evaluate_complex, precision
from symrep.reading import Reader
from symrep.term import FUNCTIONS
from symrep.translate import from_term, to_term

TEXTS = """
lowergamma(7/3, 2/5); uppergamma(7/3, 2/5); uppergamma(-4/3, 2/5); uppergamma(0, 2/5); uppergamma(3, -2/5)
betainc(2/3, 7/5, 1/7, 1/3); betainc_regularized(2/3, 7/5, 1/7, 1/3); erfi(2/3)
besseli(7/3, 2/5); besselj(7/3, 2/5); besselk(7/3, 2/5); bessely(7/3, 2/5); besselj(3, -2/5)
besseli(-7/3, 2/5); jn(2, 2/5); yn(2, 2/5); zeta(7/3); zeta(-7/3); zeta(7/3, 2/5); zeta(3, 2/5); polylog(7/3, 2/5)
polylog(2, -7/3); polylog(-2, 7/3); dirichlet_eta(7/3); expint(7/3, 2/5); E1(2/5); Ei(2/5); Ei(-2/5); Si(-2/5); Ci(2/5)
Shi(2/5); Chi(2/5); li(7/3); li(2/5); LambertW(7/3); LambertW(-1/5); harmonic(7); harmonic(7, 3); harmonic(7/3)
multigamma(7/3, 3); factorial2(7); factorial2(8); factorial2(-1); RisingFactorial(7/3, 4); RisingFactorial(7/3, -2)
FallingFactorial(7/3, 4); FallingFactorial(7/3, -2); rf(7/3, 2/5); ff(7/3, 2/5); binomial(7, 3); binomial(7/3, 2)
binomial(-3, 2); binomial(3, 5); binomial(3, -1); binomial(7/3, 2/5); catalan(5); bell(6); fibonacci(12); lucas(7)
bernoulli(1); bernoulli(6); bernoulli(3, 2/5); euler(6); euler(3, 2/5); subfactorial(6); atan2(1, -2); atan2(-1, -2)
atan2(-1, 0); acot(-2/5); acot(0); asec(-7/3); acsc(7/3); acoth(7/3); asech(2/5); acsch(-2/5); sinc(2/5); sinc(0)
Mod(-7, 3); Mod(7, -3); Mod(7/3, 2/5); frac(-7/3); re(2+3*I); im(2+3*I); conjugate(2+3*I); arg(2+3*I); arg(-2)
KroneckerDelta(2, 2); KroneckerDelta(2, 3); hermite(5, 2/5); hermite_prob(5, 2/5); laguerre(4, 2/5)
assoc_laguerre(4, 7/3, 2/5); legendre(5, 2/5); chebyshevt(5, 2/5); chebyshevu(5, 2/5); gegenbauer(4, 7/3, 2/5)
jacobi(3, 1/3, 7/3, 2/5); Catalan; GoldenRatio; trigamma(2/5); polygamma(3, 2/5)
""".replace("\n", ";").split(";")


@pytest.mark.parametrize("text", [t.strip() for t in TEXTS if t.strip()])
def test_values_are_those_of_sympy(text: str) -> None:
    ours = evaluate_complex(Reader({}).expression(text, "lhs"), {}, {}, 128)
    theirs = sp.N(sp.parse_expr(text.replace("trigamma(", "polygamma(1, "), transformations=_EXACT), 25)
    re, im = (sp.Rational(str(p)) for p in theirs.as_real_imag())
    with precision(128):
        gap = abs(ours.real - int(re.p) / _ball(int(re.q))) + abs(ours.imag - int(im.p) / _ball(int(im.q)))
        assert gap < 1e-20


def _ball(q: int) -> object:
    from flint import arb

    return arb(q)


_EXACT = (*sp.parsing.sympy_parser.standard_transformations, sp.parsing.sympy_parser.rationalize)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_terms_go_to_sympy_and_back(name: str) -> None:
    for count in FUNCTIONS[name]:
        t = ("fn", name, *(("sym", "xyzuvw"[i]) for i in range(count)))
        back = to_term(from_term(t))
        if name not in ("digamma", "conjugate", "re", "im"):  # SymPy has other words for these of real symbols
            assert back[:2] == ("fn", name)
            assert set(back[2:]) == set(t[2:])
