"""Is ∫|h| finite, and may one differentiate ∫ h(θ, x) dx under the integral sign?

**Integrability over (lo, hi).** If every monomial of an envelope of |h| at an end (``analysis.germs``) is
integrable there, and h is bounded on compact subintervals (``analysis.regular``), then ∫|h| < ∞. A monomial
M ds (times s^-2 at a finite end, dx = s^-2 ds) is integrable at s = ∞ if the dominating item of log(M s) has a negative
coefficient and is at least of order log s: then M ≤ s^(-1-η) for some η > 0. This is uniform: for θ' in a compact
neighbourhood N of θ the coefficient stays below half of itself, so sup over N of M is bounded by s^(-1-η') with η' free
of θ'. Together with boundedness on the compact set [a, b] × N this is one integrable b(x) ≥ |h(θ', x)| for all θ' in N.

The series are taken short first, and longer where that does not suffice.

**Differentiation.** Shown for every θ of an open domain, limits of integration free of θ:

1. h(θ, ·) is integrable;
2. h(·, x) is locally Lipschitz in θ for every x off a null set free of θ (level LIPSCHITZ; or glued continuously from
   such pieces where a step's argument vanishes);
3. D, the formal derivative of h in θ, satisfies |D(θ', x)| ≤ b(x) on N with ∫ b < ∞;
4. for the given θ the set of x at which an argument of |.|, max, min or a removable step vanishes is null.

By 2, h(·, x) is the integral of its derivative, which is D(·, x) almost everywhere; by 3 it is Lipschitz on N with
constant b(x); by 4 the difference quotients at θ converge to D(θ, x) for a.e. x. Dominated convergence gives
d/dθ ∫ h = ∫ D.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import TypeVar

from symrep.claim import Assumed, Context, FunctionSpec
from symrep.kernel.algebra.calculus import derivative
from symrep.kernel.algebra.everywhere import polynomial_everywhere
from symrep.kernel.algebra.normal import simplify
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.algebra.words import negative
from symrep.kernel.analysis.assumed import speaks_of_densities, taken_apart
from symrep.kernel.analysis.dominating import Bound, EndBound, describe
from symrep.kernel.analysis.germs import Mono, Scale, iterated_log
from symrep.kernel.analysis.growth import Germs
from symrep.kernel.analysis.jumps import removable_jumps
from symrep.kernel.analysis.limits import localise
from symrep.kernel.analysis.nullsets import kink_arguments, null_zero_set
from symrep.kernel.analysis.regular import BOUNDED, LIPSCHITZ, Regular
from symrep.kernel.analysis.separate import separate
from symrep.kernel.analysis.straighten import straightened
from symrep.kernel.analysis.written import simpler
from symrep.kernel.fail import NotProved
from symrep.term import MINUS_ONE, ONE, ZERO, Term, add, contains, div, free_symbols, map_children, mul, neg, sub, walk
from symrep.verdict import Reason

__all__ = ["Bound", "check_open", "dominated", "end_envelope", "integrable", "not_false"]

Bindings = tuple[tuple[str, Term, Term], ...]
Scales = tuple[Scale, Scale]
T = TypeVar("T")

OPEN_KINDS = frozenset({"real", "positive", "negative", "nonzero", "unit"})


# --- one end, one interval ----------------------------------------------------------------------------------------


def _mono_integrable(scale: Scale, m: Mono, infinite: bool) -> bool:
    ms = scale.mono_times(m, iterated_log(0, ONE if infinite else MINUS_ONE))
    return _decays_as_power(scale, ms) or _decays_as_power(scale, scale.without_helpers(ms))


def _decays_as_power(scale: Scale, ms: Mono) -> bool:
    """Ms ≤ s^-η for some η > 0, or ms = (log s)^k with k < -1."""
    if scale.trend(ms) != -1:
        return False
    if not ms.exps:
        return scale.holds(ms.pw[0], "<") or (ms.pw[0] == ZERO and scale.holds(sub(ms.pw[1], MINUS_ONE), "<"))
    lead = scale.leading_item(ms)
    return lead is not None and scale.trend(scale.ratio(lead[1], iterated_log(1))) in (0, 1)


def _mono_diverges(scale: Scale, m: Mono, infinite: bool) -> bool:
    """∫ M = ∞: M s does not tend to 0, or M s = (log s)^k with k ≥ -1."""
    ms = scale.mono_times(m, iterated_log(0, ONE if infinite else MINUS_ONE))
    if scale.trend(ms) in (0, 1):
        return True
    simple = not ms.exps and all(k == ZERO for k in (ms.pw[0], *ms.pw[2:]))
    return simple and scale.holds(scale.plus(ms.pw[1], ONE), ">=")


def end_envelope(body: Term, germs: Germs, where: str) -> tuple[Mono, ...]:
    """The envelope at one end, integrable; definite failure if the leading term is not."""
    a, scale = germs.expand(body), germs.scale
    found = scale.lead(a)
    if found is not None and _mono_diverges(scale, found[1], germs.infinite):
        raise NotProved(f"the integral of the absolute value diverges {where}", Reason.NOT_INTEGRABLE, definite=True)
    for m in a.monos():
        if not _mono_integrable(scale, m, germs.infinite):
            raise NotProved(_missing(scale, m, germs.infinite, found is not None and found[1] == m, where),
                            Reason.NOT_INTEGRABLE)  # fmt: skip
    return scale.upper(a).err


def _missing(scale: Scale, m: Mono, infinite: bool, exact: bool, where: str) -> str:
    """What would have to be known, in words."""
    ms = scale.mono_times(m, iterated_log(0, ONE if infinite else MINUS_ONE))
    plain = not ms.exps and all(k == ZERO for k in ms.pw[1:]) and ms.pw[0][0] != "num"
    if plain:
        only = "converges" if exact else "is known to converge"
        return f"the integral {only} {where} only if {negative(ms.pw[0], scale.dom)}"
    if len(ms.exps) == 1 and ms.exps[0][0][0] != "num":
        return f"the integral is known to converge {where} only if {negative(ms.exps[0][0], scale.dom)}"
    return f"cannot show that the integral converges {where}"


def _interval(
    body: Term, x: str, lo: Term, hi: Term, ctx: Context, theta: str | None, scales: Scales
) -> list[EndBound]:
    """The envelopes at both ends, after the interior was checked."""
    _limits_ok(lo, hi, ctx)
    box = {x: (lo, hi)}
    out, failed = [], None
    for end, side in ((lo, 1), (hi, -1)):
        name = ("at -infinity" if end[1] < 0 else "at +infinity") if end[0] == "inf" else "at an end point"
        try:
            out.append(
                EndBound(x, end, side, end_envelope(body, Germs(ctx, x, end, side, box, theta, scales[0]), name))
            )
        except NotProved as no:
            if no.definite:
                raise
            try:  # with more terms of every series
                out.append(
                    EndBound(x, end, side, end_envelope(body, Germs(ctx, x, end, side, box, theta, scales[1]), name))
                )
            except NotProved as again:
                if again.definite:
                    raise
                failed = failed or again
    Regular(ctx, box, {x, theta} if theta else {x}).check(body, BOUNDED)
    if failed:
        raise failed
    return out


def _limits_ok(lo: Term, hi: Term, ctx: Context) -> None:
    constants = Regular(ctx, {}, ())
    for end in (lo, hi):
        if end[0] != "inf":
            constants.check(end, BOUNDED)
    if lo == ("inf", 1) or hi == ("inf", -1):
        raise NotProved("the interval of integration is empty", Reason.DOMAIN)
    if lo[0] != "inf" and hi[0] != "inf" and not prove_sign(sub(hi, lo), ">", domain(ctx, {})):
        raise NotProved("cannot show that the lower end of the interval is below the upper end", Reason.DOMAIN)


def _split_points(terms: Iterable[Term], x: str, lo: Term, hi: Term, ctx: Context, theta: str | None) -> list[Term]:
    """Points of (lo, hi) free of θ at which the argument of an abs, log, power, step … linear in x vanishes."""
    box, dom = {x: (lo, hi)}, domain(ctx, {})
    out: list[Term] = []
    for t in terms:
        for s in walk(t):
            if s[0] == "pow":
                args = [s[1]]
            elif s[0] == "fn" and s[1] in ("abs", "log", "sign", "heaviside"):
                args = [s[2]]
            elif s[0] == "fn" and s[1] in ("min", "max"):
                args = [sub(s[2], c) for c in s[3:]]
            elif s[0] == "rel":
                args = [sub(s[2], s[3])]
            else:
                continue
            for a in args:
                if x not in free_symbols(a) or (theta and theta in free_symbols(a)):
                    continue
                cs = polynomial_everywhere(a, x, ctx, box)
                if cs is None or len(cs) != 2 or not prove_sign(cs[1], "!=", dom):
                    continue
                root = Scale(ctx).canon(neg(div(cs[0], cs[1])))
                above = lo[0] == "inf" or prove_sign(sub(root, lo), ">", dom)
                below = hi[0] == "inf" or prove_sign(sub(hi, root), ">", dom)
                if above and below and root not in out:
                    out.append(root)
    return out


def _by_pieces(
    run: Callable[[Term, Term], list[T]],
    terms: Iterable[Term],
    x: str,
    lo: Term,
    hi: Term,
    ctx: Context,
    theta: str | None,
    depth: int = 2,
) -> list[T]:
    """Run on the interval; where that fails, split it at a point where something vanishes. A point is a null set."""
    try:
        return run(lo, hi)
    except NotProved as no:
        if no.definite or depth == 0 or no.reason in (Reason.NOT_DECLARED, Reason.TIMEOUT):
            raise
        for c in _split_points(terms, x, lo, hi, ctx, theta):
            try:
                left = _by_pieces(run, terms, x, lo, c, ctx, theta, depth - 1)
                return left + _by_pieces(run, terms, x, c, hi, ctx, theta, depth - 1)
            except NotProved as again:
                if again.definite:
                    raise
        raise


# --- derivatives written in the integrand -------------------------------------------------------------------------


def _unfold(t: Term, ctx: Context) -> tuple[Term, list[Term]]:
    """Carry out ``diff`` nodes; the arguments whose zeros are points where the formula may fail are returned."""
    kinks: list[Term] = []

    def go(s: Term) -> Term:
        s = map_children(s, go, go)
        if s[0] != "diff":
            return s
        kinks.extend(a for a in kink_arguments(s[1]) if s[2] in free_symbols(a))
        return derivative(s[1], s[2], ctx)

    return (go(t), kinks) if any(s[0] == "diff" for s in walk(t)) else (t, kinks)


def _null(kinks: Iterable[Term], names: list[str], ctx: Context, box: Mapping[str, tuple[Term, Term]]) -> None:
    for a in dict.fromkeys(kinks):
        if not null_zero_set(a, names, ctx, box):
            raise NotProved(
                "cannot show that the points where the integrand is not differentiable form a null set", Reason.JUMP
            )


# --- the two theorems ---------------------------------------------------------------------------------------------


def _prepare(body: Term, bindings: Bindings, ctx: Context) -> tuple[Term, Context, list[str], list[Term]]:
    names = [b[0] for b in bindings]
    if len(set(names)) != len(names) or not names:
        raise NotProved("the variables of integration are not distinct", Reason.DOES_NOT_APPLY)
    if any(free_symbols(b[1]) & set(names) or free_symbols(b[2]) & set(names) for b in bindings):
        raise NotProved("a limit of integration depends on another variable of integration", Reason.DOES_NOT_APPLY)
    ctx = localise(ctx, frozenset(names))
    body, kinks = _unfold(body, ctx)
    return body, ctx, names, kinks


def _integrable(
    body: Term, bindings: Bindings, ctx: Context, theta: str | None, scales: Scales | None = None
) -> list[EndBound]:
    if len(bindings) == 1:
        x, lo, hi = bindings[0]
        used = scales or (Scale(ctx, 0), Scale(ctx, 2))

        def run(a: Term, b: Term) -> list[EndBound]:
            return _interval(body, x, a, b, ctx, theta, used)

        return _by_pieces(run, [body], x, lo, hi, ctx, theta)
    box = {x: (lo, hi) for x, lo, hi in bindings}
    for _, lo, hi in bindings:
        _limits_ok(lo, hi, ctx)
    Regular(ctx, box, {*box, theta} if theta else set(box)).check(body, BOUNDED)
    wider, products = separate(body, box, ctx, theta)
    out: list[EndBound] = []
    for product in products:
        for x, lo, hi in bindings:
            try:
                out += _integrable(product.get(x, ONE), ((x, lo, hi),), wider, theta)
            except NotProved as no:
                raise NotProved(no.message, no.reason) from no  # a bound that diverges refutes nothing
    return out


def integrable(body: Term, bindings: Bindings, ctx: Context) -> Bound:
    """Proves ∫|body| < ∞ over the open box, for every value of the parameters the context allows.

    Raises:
        NotProved: definite, with ``Reason.NOT_INTEGRABLE``, only if the integral is proved to diverge for all of them.
    """
    body, ctx, names, kinks = _prepare(body, bindings, ctx)
    _null(kinks, names, ctx, {x: (lo, hi) for x, lo, hi in bindings})
    if contains(body, ("product",)):
        body = simpler(body, {x: (lo, hi) for x, lo, hi in bindings}, ctx)
    return _described(body, bindings, ctx, None, None)


def _described(
    body: Term, bindings: Bindings, ctx: Context, theta: str | None, scales: Scales | None, *, straight: bool = False
) -> Bound:
    """∫|body| < ∞, or body dominated near every θ, by what is declared, and by envelopes for what that leaves; else, if
    it is not yet ``straight``, in another variable."""
    for long_first in (True, False):
        try:
            found = taken_apart(body, bindings, ctx, theta, long_first=long_first)
        except NotProved:
            found = None  # no normal form, from which envelopes may not need one
        if found is None:
            break
        for _, lo, hi in bindings:
            _limits_ok(lo, hi, ctx)
        try:
            if found.rest:
                _integrable(add(*(mul(c, m) for c, m in found.rest)), bindings, ctx, theta, scales)
            return Bound("by hypothesis" if found.multiples else "a density has mass one", r"\text{declared}")
        except NotProved:
            pass
    try:
        return describe(_integrable(body, bindings, ctx, theta, scales), theta)
    except NotProved as no:
        if not straight and theta is None and len(bindings) == 1 and not no.definite:
            for other, binding in straightened(body, bindings[0], ctx):
                with suppress(NotProved):
                    return _described(other, (binding,), ctx, None, None, straight=True)
        if no.definite or not speaks_of_densities((body,), ctx):
            raise
        if theta is None and len(bindings) == 1 and _in_two(body, bindings[0], ctx):
            return Bound("a density has mass one at most on either side", r"\text{declared}")
        word = f"dominated(…, by={theta})" if theta else "integrable(…)"
        what = f"the derivative in {theta} is dominated" if theta else "an integral converges"
        raise NotProved(
            f"that {what} is neither declared nor shown: given={word} declares it ({no.message})", Reason.NOT_DECLARED
        ) from no


def _in_two(body: Term, binding: tuple[str, Term, Term], ctx: Context) -> bool:
    """Integrable on both sides of a point at which a condition in it changes."""
    x, lo, hi = binding
    for c in _split_points([s for s in walk(body) if s[0] == "rel"], x, lo, hi, ctx, None):
        with suppress(NotProved):
            for a, b in ((lo, c), (c, hi)):
                here = simpler(body, {x: (a, b)}, ctx)
                if here != ZERO:
                    _described(here, ((x, a, b),), ctx, None, None, straight=True)
            return True
    return False


def not_false(one: Assumed, ctx: Context) -> None:
    """What is declared of an integral is not seen to be false, whatever its parameters are.

    Raises:
        NotProved: definite, if it is; not definite if a symbol in it has no domain.
    """
    if missing := one.free() - set(ctx.symbols):
        raise NotProved(f"no domain is known for {', '.join(sorted(missing))}", Reason.NOT_DECLARED)
    kinds = tuple(sorted((n, ctx.symbols[n]) for n in one.free()))
    used = {s[1] for s in walk(one.of) if s[0] == "app"}
    why = _seen_false(one, kinds, tuple(sorted((n, s) for n, s in ctx.functions.items() if n in used)))
    if why:
        raise NotProved(f"a hypothesis is false: {why}", Reason.NOT_INTEGRABLE, definite=True)


@lru_cache(maxsize=256)
def _seen_false(
    one: Assumed, kinds: tuple[tuple[str, str], ...], functions: tuple[tuple[str, FunctionSpec], ...]
) -> str:
    ctx = Context(dict(kinds), dict(functions))
    box = one.of[2:]
    try:
        body, inner, _, _ = _prepare(one.of[1], box, ctx)
        body = simplify(body, domain(inner, {x: (lo, hi) for x, lo, hi in box}))
        if any(s[0] == "app" for s in walk(body)):
            return ""
        if one.parameter is None:
            _integrable(body, box, inner, None)
        else:
            dominated(body, box, one.parameter, ctx)
    except NotProved as no:
        return no.message if no.definite else ""
    return ""


def dominated(body: Term, bindings: Bindings, theta: str, ctx: Context) -> Bound:
    """Proves that ∫ body may be differentiated in θ under the integral sign, at every θ of its domain.

    Raises:
        NotProved: see the module; ``JUMP`` (definite if a jump that moves with θ was proved), ``SUPPORT_MOVES``,
            ``NOT_DECLARED``, ``NOT_INTEGRABLE`` (of the integrand) or ``NOT_DOMINATED`` (of its derivative).
    """
    if any(theta in free_symbols(e) for b in bindings for e in b[1:]):
        raise NotProved(f"a limit of integration depends on {theta}", Reason.SUPPORT_MOVES)
    body, ctx, names, given_kinks = _prepare(body, bindings, ctx)
    if theta in names:
        raise NotProved(f"{theta} is a variable of integration", Reason.DOES_NOT_APPLY)
    check_open(theta, ctx)
    whole = {x: (lo, hi) for x, lo, hi in bindings}
    for _, lo, hi in bindings:
        _limits_ok(lo, hi, ctx)
    _null(given_kinks, names, ctx, whole)
    for name in sorted({s[1] for s in walk(body) if s[0] == "app"}):
        spec = ctx.functions.get(name)
        if spec is None or spec.smooth is None:
            Regular(ctx, whole, {*names, theta}).check(body, LIPSCHITZ)  # says which words to write
    removable = removable_jumps(body, whole, theta, ctx)

    def lipschitz(box: Mapping[str, tuple[Term, Term]]) -> None:
        inner = Regular(ctx, box, {theta}, removable)
        inner.check(body, LIPSCHITZ)
        _null(inner.kinks, names, ctx, box)

    if len(bindings) == 1:
        x, lo, hi = bindings[0]

        def run(a: Term, b: Term) -> list[None]:
            lipschitz({x: (a, b)})
            return []

        _by_pieces(run, [body], x, lo, hi, ctx, theta)
    else:
        lipschitz(whole)
    scales = (Scale(ctx, 0), Scale(ctx, 2))
    _described(body, bindings, ctx, None, scales)
    slope = derivative(body, theta, ctx)
    if slope == ZERO:
        return Bound("the derivative is 0 almost everywhere", "0")
    try:
        return _described(slope, bindings, ctx, theta, scales)
    except NotProved as no:
        if no.reason in (Reason.NOT_DECLARED, Reason.TIMEOUT):
            raise
        what = f"the derivative in {theta} is not dominated by an integrable function"
        if no.definite:
            raise NotProved(f"{what}: {no.message}", Reason.NOT_DOMINATED, definite=True) from no
        raise NotProved(
            f"cannot show that the derivative in {theta} is dominated: {no.message}", Reason.NOT_DOMINATED
        ) from no


def check_open(theta: str, ctx: Context) -> None:
    """θ ranges over an open set, so that a neighbourhood of each value lies inside."""
    kind = ctx.symbols.get(theta)
    if kind is None:
        raise NotProved(f"{theta} has no declared domain", Reason.DOMAIN)
    if kind not in OPEN_KINDS:
        raise NotProved(f"{theta} is {kind}: its domain is not open, there is no derivative at its edge", Reason.DOMAIN)
    for g in ctx.given:
        if theta in free_symbols(g):
            if g[1] not in ("<", ">", "!="):
                raise NotProved(f"a hypothesis on {theta} is not strict: its domain may not be open", Reason.DOMAIN)
            Regular(ctx, {}, {theta}).check(sub(g[2], g[3]), 1)
