r"""Moments of the normal law over any interval: ``gaussian`` {c, m, s, n}.

With φ(x) = e^(−(x−m)²/(2s²))/(s√(2π)), s > 0, and a < b, either of them perhaps infinite, M_n = ∫_a^b xⁿ φ dx has

    M_0 = (erf((b−m)/(s√2)) − erf((a−m)/(s√2)))/2,
    M_n = m M_{n−1} + (n−1) s² M_{n−2} − s² (b^{n−1} φ(b) − a^{n−1} φ(a)),

since φ' = −(x−m)/s² φ, with erf(±∞) = ±1 and no boundary term at ±∞ (DLMF 7.2.1 for M_0). The integrand is c xⁿ φ(x).
"""

from __future__ import annotations

from typing import Final

from symrep.claim import Context
from symrep.errors import BadInput, shown
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.regular import BOUNDED, Regular
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.image import in_order
from symrep.kernel.theorems.instance import Instance
from symrep.term import MINUS_ONE, ONE, PI, ZERO, Term, add, div, fn, free_symbols, mul, num, power, sqrt, sub, sym
from symrep.verdict import Reason

__all__ = ["gaussian"]

TWO: Final[Term] = num(2)
HALF: Final[Term] = num(1, 2)
MAX_MOMENT: Final = 12


def gaussian(p: Instance, x: str, lo: Term, hi: Term, ctx: Context) -> tuple[Term, Term]:
    """Integrand and value.

    Raises:
        NotProved: a condition is not established.
    """
    c, m, s = p.term("c"), p.term("m"), p.term("s")
    n = p.raw.get("n", 0)
    if not isinstance(n, int) or isinstance(n, bool):
        raise BadInput("certificate", "a whole number under 'n'", shown(n))
    if not 0 <= n <= MAX_MOMENT:
        raise NotProved(f"the lemma is about n from 0 to {MAX_MOMENT}", Reason.NOTHING_APPLIED)
    if any(x in free_symbols(t) for t in (c, m, s, lo, hi)):
        raise NotProved(f"a constant of the lemma depends on {x}", Reason.NOTHING_APPLIED)
    real = Regular(ctx, {}, ())
    for t in (m, s, *(e for e in (lo, hi) if e[0] != "inf")):
        real.check(t, BOUNDED)
    if not prove_sign(s, ">", domain(ctx)):
        raise NotProved("gaussian: not known that s > 0", Reason.NOT_INTEGRABLE)
    if not in_order(lo, hi, ctx):
        raise NotProved("the ends of the interval are not known to be in order", Reason.DOMAIN)
    variance = power(s, TWO)

    def density(at: Term) -> Term:
        up = div(mul(MINUS_ONE, power(sub(at, m), TWO)), mul(TWO, variance))
        return div(fn("exp", up), mul(s, sqrt(mul(TWO, PI))))

    def cdf(end: Term) -> Term:
        """Twice the distribution function, less one."""
        return num(end[1]) if end[0] == "inf" else fn("erf", div(sub(end, m), mul(s, sqrt(TWO))))

    moments = [mul(HALF, sub(cdf(hi), cdf(lo)))]
    for k in range(1, n + 1):
        terms = [mul(m, moments[k - 1])]
        if k > 1:
            terms.append(mul(num(k - 1), variance, moments[k - 2]))
        for sign, end in ((-1, hi), (1, lo)):
            if end[0] != "inf":
                edge = power(end, num(k - 1)) if k > 1 else ONE
                terms.append(mul(num(sign), variance, edge, density(end)))
        moments.append(add(*terms))
    front = power(sym(x), num(n)) if n else ONE
    return mul(c, front, density(sym(x))), mul(c, moments[n]) if moments[n] != ZERO else ZERO
