r"""Does Σ|t(k)| converge, and may one differentiate Σ t(θ, k) term by term?

**Convergence over k ≥ lo.** t has a value at every integer k ≥ lo (``analysis.regular``, k an integer symbol),
and an envelope of |t| for real k → ∞ (``analysis.germs``) each of whose monomials M is integrable at infinity.
That is shown by M(s) ≤ C s^(-1-η) with η > 0, or M(s) = 1/(s (log s)^(1+η)), for large s; either way Σ M(k) < ∞. Before
that signs are forgotten, |(−1)^k| = 1 and |x^k| = |x|^k, and C(n, k) is spelled out in gamma functions where all of
them have positive arguments.

**Termwise differentiation** (Mathlib, ``hasDerivAt_tsum``). On an open domain of θ, with limits free of θ:

1. Σ t(θ, ·) converges absolutely;
2. t(·, k) is C¹ for *every* integer k of the range: a point is no null set for a sum, so kinks, steps and cases that
   depend on θ are refused;
3. |∂t(θ', k)| ≤ b(k) for θ' near θ, Σ b < ∞: for large k by the envelope, which is uniform near θ, for each of the
   finitely many others since ∂t(·, k) is continuous.

Then d/dθ Σ t = Σ ∂_θ t. For a finite range only 2 is needed.
"""

from __future__ import annotations

from symrep.claim import Context
from symrep.kernel.algebra.calculus import derivative, has_kinks
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.dominating import Bound, EndBound, describe
from symrep.kernel.analysis.germs import Scale
from symrep.kernel.analysis.growth import Germs
from symrep.kernel.analysis.integrability import check_open, end_envelope
from symrep.kernel.analysis.limits import localise
from symrep.kernel.analysis.regular import BOUNDED, SMOOTH, Regular, integer_valued
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.summation import in_range, integer_ends, no_gap, read_range, without
from symrep.term import MINUS_ONE, ONE, ZERO, Term, add, div, fn, free_symbols, map_children, mul, power, sub, walk
from symrep.verdict import Reason

__all__ = ["dominated_sum", "summable", "summands_defined"]

INFINITY: Term = ("inf", 1)
_WHERE = "for k to infinity"


def summable(t: Term, ctx: Context) -> Bound:
    """Proves that the infinite sum ``t`` converges absolutely, for every value of the parameters.

    Raises:
        NotProved: definite, with ``Reason.NOT_INTEGRABLE``, only if the terms are not negative and the sum diverges.
    """
    body, k, lo, inside, outer = _read(t, ctx)
    try:
        found = _envelope(body, k, lo, inside, outer, None)
    except NotProved as no:
        if no.definite and not prove_sign(body, ">=", domain(inside)):
            raise NotProved("the sum does not converge absolutely", Reason.NOT_INTEGRABLE) from no
        raise
    return describe(found, None)


def summands_defined(t: Term, ctx: Context) -> None:
    """Proves that every summand has a value.

    Raises:
        NotProved: one may have none.
    """
    body, _, _, inside, _ = _read(t, ctx)
    Regular(inside, {}, ()).check(body, BOUNDED)


def dominated_sum(t: Term, theta: str, ctx: Context) -> Bound:
    """Proves that the sum ``t`` may be differentiated in θ term by term, at every θ of its domain.

    Raises:
        NotProved: ``SUPPORT_MOVES``, ``JUMP``, ``NOT_DECLARED``, ``NOT_INTEGRABLE`` or ``NOT_DOMINATED``.
    """
    body, (k, lo, hi) = read_range(t, "sum")
    if theta in free_symbols(lo) | free_symbols(hi):
        raise NotProved(f"the range of summation depends on {theta}", Reason.SUPPORT_MOVES)
    if k == theta:
        raise NotProved(f"{theta} is the index of the sum", Reason.DOES_NOT_APPLY)
    body, k, lo, inside, outer = _read(t, ctx)
    check_open(theta, outer)
    if has_kinks(body, theta):
        raise NotProved(
            f"a summand has a kink or a jump in {theta}, or depends on it by cases: it may lie at one of the integers",
            Reason.JUMP,
        )
    Regular(inside, {}, {theta}).check(body, SMOOTH)
    slope = derivative(body, theta, inside)
    Regular(inside, {}, {theta}).check(slope, BOUNDED)
    if hi[0] != "inf":
        return Bound("a finite sum of continuously differentiable functions", "")
    _envelope(body, k, lo, inside, outer, None)
    if slope == ZERO:
        return Bound("the derivative of every summand is 0", "0")
    try:
        return describe(_envelope(slope, k, lo, inside, outer, theta), theta)
    except NotProved as no:
        if no.reason in (Reason.NOT_DECLARED, Reason.TIMEOUT):
            raise
        what = f"cannot show that the derivative in {theta} is dominated: {no.message}"
        raise NotProved(what, Reason.NOT_DOMINATED) from no


def _read(t: Term, ctx: Context) -> tuple[Term, str, Term, Context, Context]:
    """Summand without ``diff`` nodes, index, start, and the contexts inside and outside of the sum."""
    body, (k, lo, hi) = read_range(t, "sum")
    outer = without(ctx, k)
    integer_ends(outer, lo, hi)
    no_gap(lo, hi, outer)
    inside = in_range(outer, k, lo, hi)

    def unfold(s: Term) -> Term:
        s = map_children(s, unfold, unfold)
        if s[0] != "diff":
            return s
        if has_kinks(s[1], s[2]):
            raise NotProved("a summand is differentiated where it may have a kink", Reason.JUMP)
        return derivative(s[1], s[2], inside)

    if any(s[0] == "diff" for s in walk(body)):
        body = unfold(body)
    return body, k, lo, inside, outer


def _envelope(body: Term, k: str, lo: Term, inside: Context, outer: Context, theta: str | None) -> list[EndBound]:
    """The envelope at infinity of an infinite sum whose terms have values."""
    Regular(inside, {}, ()).check(body, BOUNDED)
    t, known = _absolute(_spelled_out(body, inside), inside), localise(outer, frozenset((k,)))
    last = NotProved("cannot show that the sum converges", Reason.NOT_INTEGRABLE)
    for terms in (0, 2):  # the series short first, then longer
        germs = Germs(known, k, INFINITY, -1, {k: (lo, INFINITY)}, theta, Scale(known, terms))
        try:
            return [EndBound(k, INFINITY, -1, end_envelope(t, germs, _WHERE))]
        except NotProved as no:
            if no.definite or no.reason in (Reason.NOT_DECLARED, Reason.TIMEOUT):
                raise NotProved(no.message.replace("integral", "sum"), no.reason, no.definite) from no
            last = no
    raise NotProved(last.message.replace("integral", "sum"), last.reason)


def _spelled_out(t: Term, inside: Context) -> Term:
    """Binomial and beta coefficients by gamma functions, where these have positive arguments."""
    t = map_children(t, lambda s: _spelled_out(s, inside), lambda s: s)
    if t[0] != "fn" or t[1] not in ("binomial", "beta"):
        return t
    a, b = t[2:]
    if t[1] == "beta":
        return div(mul(fn("gamma", a), fn("gamma", b)), fn("gamma", add(a, b)))
    top, low, rest = add(a, ONE), add(b, ONE), add(sub(a, b), ONE)
    if not all(prove_sign(x, ">", domain(inside)) for x in (top, low, rest)):
        return t
    return div(fn("gamma", top), mul(fn("gamma", low), fn("gamma", rest)))


def _absolute(t: Term, inside: Context) -> Term:
    """A term with the same absolute value at the integers of the range, without signs that turn with the index."""
    if t[0] == "mul":
        return mul(*(_absolute(c, inside) for c in t[1:]))
    if t[0] == "pow" and integer_valued(t[2], inside):
        if prove_sign(t[1], ">", domain(inside)):
            return t
        if prove_sign(t[1], "<", domain(inside)):
            return power(mul(MINUS_ONE, t[1]), t[2])
        if t[1][0] == "num" and t[1][1] != 0:
            return power(("num", abs(t[1][1]), t[1][2]), t[2])
    return t
