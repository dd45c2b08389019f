"""What a lemma about a definite integral is: one row, a statement with its conditions, and how an instance is checked.

An instance is plain data ``{"kind": name, "c": term, …}``. It says: the integrand is c·(the row's integrand) with the
row's parameters put in, on the row's interval. :func:`instance` checks every condition and returns the integrand and
the value; each row's integral converges absolutely under its conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, final

from symrep.claim import Context
from symrep.errors import BadInput, shown
from symrep.kernel.algebra.calculus import derivative
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.analysis.regular import BOUNDED, Regular
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.image import same_end
from symrep.kernel.theorems.instance import Instance
from symrep.term import MINUS_ONE, ONE, PI, ZERO, Term, free_symbols, fresh, mul, num, substitute, sym
from symrep.verdict import Reason

__all__ = ["HALF_LINE", "LINE", "QUARTER", "UNIT", "Data", "Lemma", "instance", "nth"]

LINE: Final = (("inf", -1), ("inf", 1))
HALF_LINE: Final = (ZERO, ("inf", 1))
UNIT: Final = (ZERO, ONE)
#: 0 to π/2
QUARTER: Final[tuple[Term, Term]] = (ZERO, mul(num(1, 2), PI))

MAX_ORDER: Final = 6


@final
@dataclass(frozen=True)
class Data:
    """The parameters of an instance: terms, whole numbers, and the proved signs of the signed ones."""

    terms: Mapping[str, Term]
    orders: Mapping[str, int]
    signs: Mapping[str, int]

    def __getitem__(self, key: str) -> Term:
        return self.terms[key]

    def size(self, key: str) -> Term:
        """|t| of a signed parameter."""
        return self[key] if self.signs[key] > 0 else mul(MINUS_ONE, self[key])


@final
@dataclass(frozen=True)
class Lemma:
    """One row.

    Attributes:
        name: the ``kind`` of an instance.
        statement: in words a second checker can be written from; c = 1.
        source: where it stands, or how it follows from what stands there.
        over: the interval, perhaps with ends among the parameters.
        terms: names of the parameters, real terms free of the variable.
        orders: names of whole numbers with the least each may be, at most ``MAX_ORDER``.
        signed: parameters whose strict sign must be proved, whichever it is.
        positive: what must be proved positive.
        integrand: of the variable.
        value: of the integral.
        needs: the conditions in words.
    """

    name: str
    statement: str
    needs: str
    source: str
    over: tuple[Term, Term] | Callable[[Data], tuple[Term, Term]]
    terms: tuple[str, ...]
    positive: Callable[[Data], tuple[Term, ...]]
    integrand: Callable[[Data, Term], Term]
    value: Callable[[Data], Term]
    orders: tuple[tuple[str, int], ...] = ()
    signed: tuple[str, ...] = ()


def _order(p: Instance, key: str, least: int) -> int:
    n = p.raw.get(key, 0)
    if not isinstance(n, int) or isinstance(n, bool):
        raise BadInput("certificate", f"a whole number under {key!r}", shown(n))
    if not least <= n <= MAX_ORDER:
        raise NotProved(f"the lemma is about {key} from {least} to {MAX_ORDER}", Reason.NOTHING_APPLIED)
    return n


def instance(lemma: Lemma, p: Instance, x: str, lo: Term, hi: Term, ctx: Context) -> tuple[Term, Term]:
    """Integrand and value of an instance of the lemma.

    Raises:
        NotProved: a condition is not established; it says which.
    """
    c = p.term("c")
    terms = {k: p.term(k) for k in lemma.terms}
    if any(x in free_symbols(t) for t in (c, *terms.values())):
        raise NotProved(f"a constant of the lemma depends on {x}", Reason.NOTHING_APPLIED)
    real = Regular(ctx, {}, ())
    for t in terms.values():
        real.check(t, BOUNDED)
    dom = domain(ctx)
    signs = {}
    for k in lemma.signed:
        up = prove_sign(terms[k], ">", dom)
        if not up and not prove_sign(terms[k], "<", dom):
            raise NotProved(f"{lemma.name}: the sign of {k} is not known", Reason.NOT_INTEGRABLE)
        signs[k] = 1 if up else -1
    d = Data(terms, {k: _order(p, k, least) for k, least in lemma.orders}, signs)
    low, high = lemma.over(d) if callable(lemma.over) else lemma.over
    if not (same_end(lo, low, ctx) and same_end(hi, high, ctx)):
        raise NotProved("the lemma is about another interval", Reason.NOTHING_APPLIED)
    for t in lemma.positive(d):
        if not prove_sign(t, ">", dom):
            raise NotProved(f"{lemma.name}: not known that {lemma.needs}", Reason.NOT_INTEGRABLE)
    return mul(c, lemma.integrand(d, sym(x))), mul(c, lemma.value(d))


def nth(f: Callable[..., Term], at: tuple[Term, ...], orders: tuple[int, ...]) -> Term:
    """∂₁^{k₁} ∂₂^{k₂} … f at a point; the new names occur nowhere, not among what f is made of either."""
    taken = free_symbols(f(*at)).union(*map(free_symbols, at))
    names: list[str] = []
    for _ in at:
        names.append(fresh("z", {*taken, *names}))
    t = f(*map(sym, names))
    context = Context(dict.fromkeys(names, "positive"))
    for name, k in zip(names, orders, strict=True):
        for _ in range(k):
            t = derivative(t, name, context)
    return substitute(t, dict(zip(names, at, strict=True)))
