r"""What must hold of a transform of one variable, as claims. Nothing is judged here.

* $T^{-1}(T(x)) = x$ on the domain and $T(T^{-1}(y)) = y$ on the image;
* $e^{\log|\det J|(x)} = \pm T'(x)$ with a real logarithm, the derivative taken by whoever judges; $\pm T' > 0$;
* the image is what is stated: T leads into it, and T⁻¹, real on all of it, back into the domain;
* the change of variables for any law on the domain: the density of T(X) at y is
  $f_X(T^{-1}(y))\, e^{-\log|\det J|(T^{-1}(y))}$ on the image and 0 elsewhere.

A parameter that may have either sign gives two cases, as do symbols so declared in a bijection's parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any, Final, final

import sympy as sp

from symrep.claim import Claim, Context, FunctionSpec
from symrep.errors import BadInput
from symrep.law import Interval
from symrep.notation import D
from symrep.symbols import DomainSymbol, as_expr, kind_of
from symrep.term import Term, mul, substitute, sym
from symrep.transforms.bijection import Bijection, Entry, NotInjective
from symrep.translate import context_of, to_term

__all__ = ["LAWS", "Statement", "cases", "equality", "ordering", "statements"]

#: the laws of a transform of one variable, and what is wrong when one fails
LAWS: Final = {
    "domain": "the ends of the domain are not in order: there is nothing in it",
    "parameters": "a parameter may lie outside its domain, or one map lead out of the domain of the next",
    "inverse after forward": "T⁻¹ does not undo T: is it the inverse of another branch?",
    "forward after inverse": "T does not undo T⁻¹: is the inverse, or the image it is stated on, right?",
    "log det": "log|det J| is not log|T'|",
    "direction": "T does not increase, or decrease, as stated",
    "image": "the image is not the stated interval: are its ends swapped, or one of them wrong?",
    "change of variables": "the density of the image of a law is not what the entry makes of it",
    "bijective": "the condition under which the map has an inverse fails somewhere",
    "not injective": "the two points stated do not have one image: why should the map not be injective?",
}


@final
@dataclass(frozen=True)
class Statement:
    """One law of one transform, in one case of the signs of its parameters.

    Attributes:
        law: a key of LAWS.
        case: ``"b > 0"``; empty when there is only one.
        claims: all of them have to hold.
        evidence: claims that follow from the law: a refutation of one refutes it, but they do not prove it.
    """

    law: str
    case: str
    claims: tuple[Claim, ...]
    evidence: tuple[Claim, ...] = ()


def cases(t: Bijection) -> Iterator[tuple[str, Bijection]]:
    """The transform for each combination of signs of the symbols that are only known not to be zero."""
    open_ = sorted((s for s in t.free_symbols if kind_of(s) == "nonzero"), key=lambda s: s.name)
    if not open_:
        yield "", t
        return
    for signs in product(("positive", "negative"), repeat=len(open_)):
        table = {s: DomainSymbol(s.name, kind) for s, kind in zip(open_, signs, strict=True)}
        words = ", ".join(
            f"{s.name} {'>' if kind == 'positive' else '<'} 0" for s, kind in zip(open_, signs, strict=True)
        )
        yield words, t.subs(table)


def statements(t: Entry | Bijection | NotInjective) -> Iterator[Statement]:
    """Every law of a transform.

    Raises:
        BadInput: a variable declared narrower than the domain, or the image, it stands for; ends that may be swapped.
    """
    if isinstance(t, NotInjective):
        a, b = t.witness
        same = equality(t.forward.subs(t.variable, a), t.forward.subs(t.variable, b), ())
        apart = Claim("relation", {"lhs": to_term(as_expr(a)), "op": "!=", "rhs": to_term(as_expr(b))}, Context())
        inside = [c for p in (a, b) for c in _within(as_expr(p), t.domain, ())]
        yield Statement("not injective", "", (same, apart, *inside))
        return
    general = t.at({s: s for s in t.parameters}) if isinstance(t, Entry) else t
    for words, one in cases(general):
        yield from _of_case(words, one)


def _of_case(case: str, t: Bijection) -> Iterator[Statement]:
    x, y = t.variable, t.image_variable
    check_range(str(t), x, t.domain)
    check_range(str(t), y, t.image)
    if (known := _in_order(t.domain)) and t.domain.low.is_number and t.domain.high.is_number:
        yield Statement("domain", case, known)
    needed = tuple(_parameter_claims(t))
    if needed:
        yield Statement("parameters", case, needed)
    inside = _cells(x, t.domain, t.kinks)
    images = tuple(t(k) for k in t.kinks)
    onto = _cells(y, t.image, images[::-1] if t.increasing is False else images)

    def there(make: Callable[[Any, Any, tuple[Any, ...]], Iterable[Claim]], *, kinks: bool = True) -> tuple[Claim, ...]:
        cells = inside if kinks else inside[: len(t.kinks) + 1]
        return tuple(c for v, given in cells for c in make(t.forward.subs(x, v), v, given))

    def back(make: Callable[[Any, Any, tuple[Any, ...]], Iterable[Claim]]) -> tuple[Claim, ...]:
        return tuple(c for v, given in onto for c in make(t.backward.subs(y, v), v, given))

    def steep(f: Any, v: Any) -> Any:
        slope = D(f, v)
        return slope if t.increasing else -slope if t.increasing is False else sp.Abs(slope)

    undone = back(lambda g, v, given: (equality(t.forward.subs(x, g), v, given),))
    change = _change(t)
    yield Statement(
        "inverse after forward", case, there(lambda f, v, given: (equality(t.backward.subs(y, f), v, given),))
    )
    yield Statement("forward after inverse", case, undone)
    slopes = there(lambda f, v, given: (equality(sp.exp(t.log_det.subs(x, v)), steep(f, v), given),), kinks=False)
    # e^(a + 2πi) = e^a: the logarithm has to be real besides
    logs = there(lambda _, v, given: (_real(t.log_det.subs(x, v), given),), kinks=False)
    yield Statement("log det", case, (*slopes, *logs))
    way = t.direction if t.increasing is None else sp.S.One  # of a direction without a known sign, T' has to have it

    def signed(f: Any, v: Any) -> Any:
        return steep(f, v) if way == 1 else D(f, v) * way

    signs = there(lambda f, v, given: (ordering(signed(f, v), ">", sp.S.Zero, given),), kinks=False)
    # across a kink T goes on where it stopped: that is part of the change of variables, cell by cell
    yield Statement("direction", case, (*signs, change) if t.kinks else signs)
    into = there(lambda f, _, given: _within(f, t.image, given))
    home = back(lambda g, _, given: _within(g, t.domain, given))
    # a formula may have complex values where it is no inverse, and be right as algebra: log y for y < 0
    real = back(lambda g, _, given: (_real(g, given),))
    ends = _in_order(t.image)
    yield Statement("image", case, (*ends, *into, *home, *real, *undone))
    yield Statement("change of variables", case, (change,))


def _real(e: Any, given: tuple[Any, ...]) -> Claim:
    return equality(sp.im(e, evaluate=False), sp.S.Zero, given)


def _in_order(i: Interval) -> tuple[Claim, ...]:
    """That the ends are in order, unless that is plain; of infinite ends on the wrong side something false."""
    low, high = as_expr(i.low), as_expr(i.high)
    if low is sp.oo or high is -sp.oo:
        return (ordering(sp.S.One, "<", sp.S.Zero, ()),)
    if low is -sp.oo or high is sp.oo:
        return ()
    return (ordering(low, "<", high, ()),)


def _cells(v: Any, interval: Interval, kinks: tuple[Any, ...]) -> list[tuple[Any, tuple[Any, ...]]]:
    """The interval cut at points: a symbol for each piece with relations that say where it is; then the points."""
    if not kinks:
        return [(v, _between(v, interval))]
    out: list[tuple[Any, tuple[Any, ...]]] = []
    for low, high in pairwise((interval.low, *kinks, interval.high)):
        kind = "positive" if low.is_nonnegative else "negative" if high.is_nonpositive else "real"
        piece = DomainSymbol(v.name, kind)
        out.append((piece, _between(piece, Interval(low, high))))
    return [*out, *((k, ()) for k in kinks)]


def check_range(what: str, v: Any, interval: Interval) -> None:
    """A symbol must be free to range over all of the interval: what is proved of a part of it is not proved."""
    kind = kind_of(v)
    low, high = as_expr(interval.low), as_expr(interval.high)
    fits = (
        kind == "real"
        or (kind in ("positive", "nonnegative") and low.is_nonnegative)
        or (kind == "unit" and low.is_nonnegative and (high - 1).is_nonpositive)
        or (kind == "negative" and high.is_nonpositive)
    )
    if not fits:
        needed = f"a variable that may range over ({low}, {high})"
        raise BadInput(f"transform {what}", needed, f"{v}, declared {kind}", f'real("{v}")')


def _parameter_claims(t: Bijection) -> Iterator[Claim]:
    for value, kind, name in t.needs:
        known = kind_of(value) if isinstance(value, sp.Symbol) else ""
        if known == kind or (kind == "nonzero" and known in ("positive", "negative")):
            continue  # declared so
        if kind.endswith("integer") and value.is_integer is not True:
            raise BadInput(str(t), f"{name} as {'an' if kind == 'integer' else 'a'} {kind}", str(value))
        if kind == "nonzero":
            yield ordering(value, "!=", sp.S.Zero, ())
        if kind in ("nonnegative", "nonnegative integer"):
            yield ordering(value, ">=", sp.S.Zero, ())
        if kind == "negative":
            yield ordering(value, "<", sp.S.Zero, ())
        if kind in ("positive", "unit", "positive integer"):
            yield ordering(value, ">", sp.S.Zero, ())
        if kind == "unit":
            yield ordering(value, "<", sp.S.One, ())
    for gap, _ in t.obligations:
        yield ordering(gap, ">=", sp.S.Zero, ())


def _between(v: Any, interval: Interval) -> tuple[Any, ...]:
    """The interval as relations, as far as the symbol's own domain does not say it."""
    out = []
    for relation in (v > interval.low, v < interval.high):
        if relation not in (sp.true, sp.false):
            out.append(relation)
    kind = kind_of(v)
    return tuple(r for r in out if not (kind == "unit" and r == (v < 1)))


def _within(e: Any, interval: Interval, given: tuple[Any, ...]) -> Iterator[Claim]:
    if interval.low is not -sp.oo:
        yield ordering(e, ">", interval.low, given)
    if interval.high is not sp.oo:
        yield ordering(e, "<", interval.high, given)


def equality(lhs: Any, rhs: Any, given: tuple[Any, ...]) -> Claim:
    return Claim("equal", {"lhs": to_term(lhs), "rhs": to_term(rhs)}, context_of([lhs, rhs], given))


def ordering(lhs: Any, op: str, rhs: Any, given: tuple[Any, ...]) -> Claim:
    return Claim("relation", {"lhs": to_term(lhs), "op": op, "rhs": to_term(rhs)}, context_of([lhs, rhs], given))


def _change(t: Bijection) -> Claim:
    """The theorem of the change of variables, for an undetermined density on the domain; a branch for each cell."""
    x, y = t.variable, t.image_variable
    taken = {s.name for e in (t.forward, t.backward, t.log_det) for s in as_expr(e).free_symbols} | {x.name, y.name}
    target, point = (_fresh(n, taken) for n in ("t", "w"))
    xs = _cells(x, t.domain, t.kinks)[: len(t.kinks) + 1]
    cuts = (t.domain.low, *t.kinks, t.domain.high)
    down = t.increasing is False
    images = [t(k) for k in t.kinks]
    ends = (t.image.low, *(images[::-1] if down else images), t.image.high)
    ys = _cells(y, t.image, ends[1:-1])[: len(t.kinks) + 1]
    law = ("law", ((x.name, to_term(cuts[0]), to_term(cuts[-1])),), _density(to_term(x)))
    push = ("push", law, (to_term(t.forward),), (sym(point),))
    branches, pieces, used = [], [], []
    step = -1 if down else 1
    for (v, _), (lo, hi), (w, _), (y_lo, y_hi) in zip(
        xs, pairwise(cuts), ys[::step], list(pairwise(ends))[::step], strict=True
    ):
        back = t.backward.subs(y, w)
        scale = sp.exp(-t.log_det.subs(x, v).subs(v, back))
        used += [back, scale]
        value = mul(_density(to_term(back)), to_term(scale))
        pieces.append((_where(point, y_lo, y_hi), substitute(value, {w.name: sym(point)})))
        inverse = substitute(to_term(back), {w.name: sym(target)})
        edges = {"x_lo": lo, "x_hi": hi, "y_lo": y_lo, "y_hi": y_hi}
        branches.append({**{k: to_term(e) for k, e in edges.items()}, "inverse": inverse})
    whole = pieces[0][1]
    if pieces[0][0] != ("true",):
        whole = ("piecewise", *pieces, (("true",), ("num", 0, 1)))
    rewrite = {"theorem": "pushforward", "lhs": push, "rhs": whole, "target": target, "branches": branches}
    bound = {x.name, *(v.name for v, _ in xs), *(w.name for w, _ in ys)}
    parameters = sorted(
        (s for e in (*used, t.forward, *map(as_expr, (*cuts, *ends))) for s in e.free_symbols if s.name not in bound),
        key=lambda s: s.name,
    )
    symbols = context_of(parameters, ()).symbols
    context = Context({**symbols, point: "real"}, {"f": FunctionSpec()}, ())
    return Claim("rewrite", {"before": push, "after": whole, "rewrites": [rewrite]}, context)


def _fresh(name: str, taken: set[str]) -> str:
    return next(n for n in (name, *(f"{name}_{k}" for k in range(len(taken) + 1))) if n not in taken)


def _where(point: str, low: Any, high: Any) -> Term:
    ends = ((">", low), ("<", high))
    conds = tuple(("rel", op, sym(point), to_term(e)) for op, e in ends if as_expr(e).is_finite is not False)
    return ("and", *conds) if len(conds) > 1 else conds[0] if conds else ("true",)


def _density(at: Term) -> Term:
    return ("app", "f", (0,), (at,))
