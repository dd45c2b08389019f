"""Identity of two terms by normal form, and what else normal forms are good for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, final

from symrep.claim import Context
from symrep.kernel.algebra.angles import vanishes
from symrep.kernel.algebra.cases import Goal, by_cases
from symrep.kernel.algebra.domain import Domain, spelled
from symrep.kernel.algebra.engine import Engine, engine
from symrep.kernel.algebra.linear import split_sum
from symrep.kernel.algebra.signing import InFibre
from symrep.kernel.algebra.signs import domain, flat, undeclared
from symrep.kernel.algebra.writing import to_term as _write
from symrep.kernel.fail import NotProved
from symrep.term import Term
from symrep.verdict import Reason

__all__ = ["Equal", "canonical", "linear_parts", "linear_parts_of", "polynomial_in", "prove_equal", "simplify"]

T = TypeVar("T")
#: says whether the integral of each part of a node may be taken by itself
Linear = Callable[[Term, list[tuple[Term, Term]]], bool]


@final
@dataclass(frozen=True)
class Equal:
    """What a proof of equality used: a null set left out, the conditions that name it, and the number of cases."""

    almost_everywhere: bool
    conditions: tuple[str, ...]
    cells: int
    #: the null set left out is null in the ``extra`` variables for every value of the others
    fibrewise: bool = False


def prove_equal(
    lhs: Term,
    rhs: Term,
    ctx: Context,
    extra: Mapping[str, tuple[Term, Term]] = {},
    *,
    linear: Linear | None = None,
    pointwise: bool = False,
) -> Equal:
    """Prove lhs = rhs on the context's domain.

    Args:
        extra: further variables, each with the ends of the open interval it ranges over.
        linear: asked with an ``expect`` or ``integral`` node and its parts (coefficient, integrand); True means that
            each part is known to be integrable, so that the integral may be taken apart.
        pointwise: the claim is about every point: null sets that are left out are looked at by themselves, and outside
            binders roots and logarithms of negative numbers have their principal values.

    Raises:
        NotProved: nothing follows about the claim.
    """
    dom = domain(ctx, extra)
    if pointwise:
        dom = dom.change(principal=True)
    _declared(dom, lhs, rhs)
    if dom.empty:
        raise NotProved("the hypotheses contradict each other", Reason.DOMAIN)

    def attempt(eng: Engine) -> None:
        eng.linear = linear
        if not eng.field.gens:
            eng.foresee(lhs, rhs)
        difference = eng.field.sub(eng.norm(lhs), eng.norm(rhs))
        if difference.num == 0 or vanishes(eng, difference):
            return
        if not eng.dom.thin or eng.sign(difference) != {0}:  # where p = 0, a multiple of p is 0
            raise NotProved("the normal forms differ", Reason.NOTHING_APPLIED)

    out = by_cases(dom, Goal(attempt, (lhs, rhs) if pointwise else ()))
    fibrewise = bool(out.conditions) and all(isinstance(c, InFibre) for c in out.conditions)
    return Equal(out.almost_everywhere, tuple(map(str, out.conditions)), out.cells, out.almost_everywhere and fibrewise)


def _declared(dom: Domain, *ts: Term) -> None:
    missing = undeclared(dom, *ts)
    if missing:
        raise NotProved(f"no domain is known for {', '.join(sorted(missing))}", Reason.NOT_DECLARED)


def canonical(t: Term, dom: Domain) -> str:
    """A deterministic key: equal keys of one domain mean equal values on it (off a null set)."""
    _declared(dom, t)
    eng = engine(dom)
    text = eng.run(lambda: eng.field.text(eng.norm(t)))
    return f"{text} where {sorted(dom.back.items())}" if dom.back else text


def _plainly(dom: Domain, job: Callable[[Engine], T]) -> T:
    """The job done without substituted symbols if that is enough, so that the author's own symbols are seen."""
    plain = flat(dom)
    try:
        eng = engine(plain)
        return eng.run(lambda: job(eng))
    except NotProved:
        if plain is dom:
            raise
    other = engine(dom)
    return other.run(lambda: job(other))


def simplify(t: Term, dom: Domain) -> Term:
    """The normal form written back as a compact term."""
    _declared(dom, t)

    def job(eng: Engine) -> Term:
        return _write(eng, eng.norm(t))

    return _plainly(dom, job)


def polynomial_in(t: Term, x: str, dom: Domain) -> list[Term] | None:
    """Coefficients c_0, …, c_n, free of x, when t is a polynomial in x; else None."""
    _declared(dom, t)

    def job(eng: Engine) -> list[Term] | None:
        f, a = eng.field, eng.norm(t)
        gen = f.by_name.get(spelled(x))
        if gen is None or x not in f.free(a.num, a.den):
            return [_write(eng, a)]
        if x in f.free(a.den) or any(g is not gen and x in g.free for g in f.used(a.num)):
            return None
        parts: dict[int, Any] = f.coefficients(a.num, gen.index)
        if any(e % gen.root for e in parts):
            return None
        degree = max(parts) // gen.root
        out = [f.make(parts.get(k * gen.root, f.zero_poly), a.den) for k in range(degree + 1)]
        return [_write(eng, c) for c in out]

    try:
        eng = engine(flat(dom))
        return eng.run(lambda: job(eng))
    except NotProved:
        return None


def linear_parts(t: Term, var_names: Iterable[str], dom: Domain) -> list[tuple[Term, Term]]:
    """T as Σ coefficient·part: coefficients free of the variables, parts products of what involves them."""
    return linear_parts_of([t], var_names, dom)[0]


def linear_parts_of(ts: Sequence[Term], var_names: Iterable[str], dom: Domain) -> list[list[tuple[Term, Term]]]:
    """The same of several terms in one spelling: what is one part is written alike in all of them."""
    _declared(dom, *ts)
    names = list(var_names)

    def job(eng: Engine) -> list[list[tuple[Term, Term]]]:
        for t in ts:  # so that no generator is refined between two of them
            eng.norm(t)
        return [split_sum(eng, t, names) for t in ts]

    return _plainly(dom, job)
