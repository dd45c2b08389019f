r"""∫|h| = ∞ although h changes its sign: waves that are not damped enough.

**Lemma.** Let h = P·w(Q) + R near an end, w the sine or the cosine, x written with s → ∞ as in ``analysis.germs``, and
let there dx = ds (or s^-2 ds at a finite end) turn P into P̃. Suppose P̃ ~ c s^a with a number a ≥ −1 and c ≠ 0, that
Q = d s^b + e exactly, with a number b > 0, d ≠ 0 and any e, and ∫|R| < ∞ near the end. Then ∫|h| = ∞.

*Proof.* |h| ≥ |P w(Q)| − |R|. With q = |d| s^b the integral of |P̃ w(Q)| over s ≥ S is at least C ∫ q^p |w(±q + e)| dq
over q ≥ |d| S^b, C > 0, p = (a + 1)/b − 1 ≥ −1. On [kπ, (k + 1)π] q^p is at least C' k^p, the integral of |w(±q + e)|
is 2, and Σ k^p diverges for p ≥ −1.

h is taken apart as it is written, by sums and products alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Final

from symrep.claim import Context
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.dominating import Bound
from symrep.kernel.analysis.germs import Mono, Scale, iterated_log
from symrep.kernel.analysis.growth import Germs
from symrep.kernel.analysis.integrability import Bindings, end_envelope, integrable
from symrep.kernel.analysis.limits import localise
from symrep.kernel.fail import NotProved
from symrep.term import ONE, ZERO, Term, add, free_symbols, mul, num, sub, walk
from symrep.verdict import Reason

__all__ = ["mean_exists"]

_MOST: Final = 8
Parts = tuple[Term, Term]


def _taken_apart(t: Term, wave: Term) -> Parts | None:
    """(P, R) with t = P·wave + R and no wave in P or R; None where it does not stand linearly."""
    if t == wave:
        return ONE, ZERO
    if not any(s == wave for s in walk(t)):
        return ZERO, t
    if t[0] == "add":
        parts = [_taken_apart(s, wave) for s in t[1:]]
        known = [p for p in parts if p is not None]
        return (add(*(p for p, _ in known)), add(*(r for _, r in known))) if len(known) == len(parts) else None
    if t[0] == "mul":
        inside = [i for i, s in enumerate(t[1:]) if any(u == wave for u in walk(s))]
        one = _taken_apart(t[1 + inside[0]], wave) if len(inside) == 1 else None
        rest = [s for i, s in enumerate(t[1:]) if i not in inside]
        return None if one is None else (mul(one[0], *rest), mul(one[1], *rest))
    return None


def _pure_power(m: Mono) -> Term | None:
    """The number k, if m is s^k."""
    k = m.pw[0]
    return k if not m.exps and k[0] == "num" and all(j == ZERO for j in m.pw[1:]) else None


def _runs(q: Term, germs: Germs) -> bool:
    """Is q = d s^b + e exactly, b > 0, d ≠ 0?"""
    found, moving = germs.expand(q), []
    for d, m in found.terms:
        b = _pure_power(m)
        if b is None:
            return False
        if b != ZERO:
            moving.append((d, b))
    return not found.err and len(moving) == 1 and moving[0][1][1] > 0 and germs.scale.sign(moving[0][0]) in (1, -1)


def _undamped(p: Term, germs: Germs) -> bool:
    """Is P̃ ~ c s^a, c ≠ 0 and a ≥ −1?"""
    found = germs.scale.lead(germs.expand(p))
    if found is None:
        return False
    a = _pure_power(germs.scale.mono_times(found[1], iterated_log(0, num(1 if germs.infinite else -1))))
    return a is not None and a[1] >= 0


def _remainders(body: Term, germs: Germs) -> Iterator[Term]:
    """The R of the lemma, one for each way to write the body as P·w(Q) + R with P and Q as it wants them."""
    waves = dict.fromkeys(
        s for s in walk(body) if s[0] == "fn" and s[1] in ("sin", "cos") and germs.x in free_symbols(s)
    )
    for wave in islice(waves, _MOST):
        parts = _taken_apart(body, wave)
        with suppress(NotProved):
            if parts is not None and _runs(wave[2], germs) and _undamped(parts[0], germs):
                yield parts[1]


def _diverges(body: Term, germs: Germs) -> bool:
    for rest in _remainders(body, germs):
        with suppress(NotProved):
            end_envelope(rest, germs, "there")
            return True
    return False


def mean_exists(body: Term, bindings: Bindings, ctx: Context) -> Bound:
    """As :func:`integrable`, of a mean: there is no other than by absolute convergence, so waves that are not damped
    enough are a definite failure too. Of a plain integral they are none: it may be read as a limit.

    Raises:
        NotProved: definite, with ``Reason.NOT_INTEGRABLE``, only if ∫|body| is proved infinite for all parameters.
    """
    try:
        return integrable(body, bindings, ctx)
    except NotProved as no:
        if no.definite or len(bindings) != 1 or no.reason is not Reason.NOT_INTEGRABLE:
            raise
        where = _where_waves_diverge(body, bindings[0], ctx)
        if where is None:
            raise
        words = f"the integral of the absolute value diverges {where}: waves are not damped enough there"
        raise NotProved(words, Reason.NOT_INTEGRABLE, definite=True) from no


def _where_waves_diverge(body: Term, binding: tuple[str, Term, Term], ctx: Context) -> str | None:
    x, lo, hi = binding
    if lo == ("inf", 1) or hi == ("inf", -1):
        return None
    inner = localise(ctx, frozenset((x,)))
    scale = Scale(inner, 2)
    if "inf" not in (lo[0], hi[0]) and not prove_sign(sub(hi, lo), ">", domain(inner, {})):
        return None
    for end, side in ((lo, 1), (hi, -1)):
        with suppress(NotProved):
            if _diverges(body, Germs(inner, x, end, side, {x: (lo, hi)}, None, scale)):
                return "at infinity" if end[0] == "inf" else "at an end point"
    return None
