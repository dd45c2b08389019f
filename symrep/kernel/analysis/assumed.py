r"""What is declared of integrals, put to use: which part of an integrand is known to be integrable by hypothesis.

An integrand h over a box is written h = Σ c_i h_i + Σ d_j p_j + r with c_i, d_j free of the variables of integration,
where ∫|h_i| < ∞ is declared, over this box or a larger one, and p_j is a product of declared densities, one in each
variable, every other argument free of all of them: by Tonelli ∫|p_j| = 1 over all of space, and ≤ 1 over a part of it.
What is left to show is ∫|r| < ∞.

With a parameter θ the same is done of derivatives: D = Σ c_i ∂_θ h_i + r with c_i free of θ, too, where each ∂_θ h_i is
declared to be dominated near every θ, and h_i is C¹ in θ, so that the formal derivative is the one that is spoken of.
What is dominated is integrable: such ∂_θ h_i are among the h_i above.

A hypothesis is about every value of its free symbols in their domains. So it is used only where these symbols are
free and mean what they meant: whoever enters a binder of one of them has dropped it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import final

from symrep.claim import Assumed, Context
from symrep.kernel.algebra.calculus import derivative
from symrep.kernel.algebra.normal import linear_parts_of, prove_equal
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.regular import SMOOTH, Regular
from symrep.kernel.fail import NotProved
from symrep.term import MINUS_ONE, ONE, Term, add, free_symbols, mul, substitute, sym, walk
from symrep.verdict import Reason

__all__ = ["Taken", "is_density_at", "speaks_of_densities", "taken_apart", "usable"]

Bindings = tuple[tuple[str, Term, Term], ...]


def usable(one: Assumed, ctx: Context) -> bool:
    """Do the symbols of the hypothesis stand for parameters here? What is made of further ones is left out."""
    made = {n for n, spec in ctx.functions.items() if spec.recursion is not None}
    return one.free() <= set(ctx.symbols) and not any(s[0] == "app" and s[1] in made for s in walk(one.of))


def is_density_at(t: Term, x: str, others: frozenset[str], ctx: Context) -> bool:
    """Is t a declared density at x, with further arguments free of x and of the others?"""
    if t[0] != "app" or any(t[2]) or t[3][0] != sym(x):
        return False
    spec = ctx.functions.get(t[1])
    known = spec is not None and spec.density and spec.arity == len(t[3])
    return known and not any((free_symbols(a) & (others | {x})) for a in t[3][1:])


def _densities(m: Term, bindings: Bindings, ctx: Context) -> bool:
    """A product of one declared density in each variable?"""
    factors = m[1:] if m[0] == "mul" else (m,)
    names = frozenset(b[0] for b in bindings)
    if len(factors) != len(bindings):
        return False
    return all(any(is_density_at(f, x, names, ctx) for f in factors) for x in names)


def _covers(wide: tuple[Term, Term], own: tuple[Term, Term]) -> bool:
    """Is one interval part of the other, seen from its ends: the same, or infinite on the right side?"""
    (a, b), (lo, hi) = wide, own
    return (a in (lo, ("inf", -1))) and (b in (hi, ("inf", 1)))


def _placed(one: Assumed, bindings: Bindings) -> Term | None:
    """The declared integrand in these variables, if it is declared over this box or a larger one."""
    own = one.of[2:]
    if len(own) != len(bindings) or len({b[0] for b in own}) != len(own):
        return None
    if not all(_covers(a[1:], b[1:]) for a, b in zip(own, bindings, strict=True)):
        return None
    if {b[0] for b in bindings} & one.free():
        return None
    renamed: Term = substitute(one.of[1], {a[0]: sym(b[0]) for a, b in zip(own, bindings, strict=True)})
    return renamed


@final
@dataclass(frozen=True)
class Taken:
    """An integrand taken apart: multiples of declared integrands, a total of declared masses, and what is left."""

    multiples: tuple[tuple[Term, Term], ...]
    mass: Term
    rest: tuple[tuple[Term, Term], ...]


def taken_apart(
    body: Term, bindings: Bindings, ctx: Context, theta: str | None = None, *, long_first: bool = True
) -> Taken | None:
    """See the module; None if no hypothesis says anything of ``body``.

    Args:
        theta: ``body`` is a derivative in θ, and is to be dominated near every θ.
        long_first: of several hypotheses, those on sums are looked for before those on their terms.

    Raises:
        NotProved: the terms have no normal form here, or agree off a null set of the parameters only.
    """
    dense = theta is None and speaks_of_densities((body,), ctx)
    known = [a for a in ctx.assumed if usable(a, ctx) and (theta is None or a.parameter == theta)]
    placed = [(h, a.parameter) for a in known if (h := _placed(a, bindings)) is not None]
    if not placed and not dense:
        return None
    box = {x: (lo, hi) for x, lo, hi in bindings}
    slopes = [d for h, by in placed if by and (d := _slope(h, by, box, ctx)) is not None]
    integrands = slopes if theta else [*(h for h, _ in placed), *slopes]
    names = (*box, *((theta,) if theta else ()))
    rows = [{m: c for c, m in parts} for parts in linear_parts_of([body, *integrands], names, domain(ctx, box))]
    masses: list[tuple[Term, Term]] = []
    multiples: list[tuple[Term, Term]] = []
    whole = all(b[1:] == (("inf", -1), ("inf", 1)) for b in bindings)
    if theta is None:
        for row in rows:
            for m in [m for m in row if _densities(m, bindings, ctx)]:
                c = row.pop(m)
                if row is rows[0]:
                    (masses if whole else multiples).append((c, m))
    rest = rows[0]
    for row in sorted(rows[1:], key=len, reverse=long_first):
        factor = _multiple(rest, row, ctx)
        if factor is not None:
            multiples.append((factor, add(*(mul(k, m) for m, k in row.items()))))
            rest = {m: k for m, k in rest.items() if m not in row}
    if not masses and not multiples:
        return None
    left = tuple((k, m) for m, k in rest.items())
    found = prove_equal(body, add(*(mul(k, m) for k, m in (*masses, *multiples, *left))), ctx, box)
    if found.almost_everywhere and not found.fibrewise:
        raise NotProved("a declared integrand is met off a null set of the parameters only", Reason.NOT_INTEGRABLE)
    return Taken(tuple(multiples), add(*(c for c, _ in masses)), left)


def _slope(h: Term, by: str, box: Mapping[str, tuple[Term, Term]], ctx: Context) -> Term | None:
    """∂h by the parameter, if h is known to be C¹ in it."""
    try:
        Regular(ctx, box, {by}).check(h, SMOOTH)
        return derivative(h, by, ctx)
    except NotProved:
        return None


def speaks_of_densities(ts: Iterable[Term], ctx: Context) -> bool:
    """Does a declared density occur?"""
    return any(s[0] == "app" and _declared(s[1], ctx) for t in ts for s in walk(t))


def _declared(f: str, ctx: Context) -> bool:
    spec = ctx.functions.get(f)
    return spec is not None and spec.density


def _multiple(rest: Mapping[Term, Term], h: Mapping[Term, Term], ctx: Context) -> Term | None:
    """C with rest = c·h + terms in which no part of h occurs, for a coefficient c that is not 0."""
    if not h or not set(h) <= set(rest):
        return None
    if all(rest[m] == k for m, k in h.items()):  # whatever vanishes among its coefficients
        return ONE
    dom = domain(ctx)
    first = next((m for m in sorted(h, key=str) if prove_sign(h[m], "!=", dom)), None)
    if first is None:
        return None
    c = mul(rest[first], ("pow", h[first], MINUS_ONE))
    try:
        for m in h:
            if prove_equal(rest[m], mul(c, h[m]), ctx).almost_everywhere:
                return None
    except NotProved:
        return None
    return c
