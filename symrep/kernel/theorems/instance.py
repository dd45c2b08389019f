"""Reading a theorem's instance: plain data in, checked terms out. Shapes are checked here, mathematics in theorems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, final

from symrep.claim import Context
from symrep.errors import BadInput, shown
from symrep.kernel.algebra.signs import domain, prove_sign
from symrep.kernel.fail import NotProved
from symrep.term import ONE, ZERO, Term, children, free_symbols, map_children, sub, walk
from symrep.verdict import Reason
from symrep.wire import from_json

__all__ = ["BINDING", "Facts", "Instance", "check_binders", "check_nodes", "derivatives_around", "replace"]

#: what a theorem used, in words, printed with the step
Facts = tuple[str, ...]


@final
class Instance:
    """The data of one theorem application, read with the types the theorem expects."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self._terms: dict[str, Term] = {}

    @property
    def raw(self) -> Mapping[str, Any]:
        return self._data

    def has(self, key: str) -> bool:
        return self._data.get(key) is not None

    def term(self, key: str) -> Term:
        if key not in self._data:
            raise BadInput("certificate", f"an entry {key!r}", "none")
        if key not in self._terms:
            self._terms[key] = from_json(self._data[key])
        return self._terms[key]

    def terms(self, key: str) -> tuple[Term, ...]:
        return tuple(from_json(t) for t in self._seq(key))

    def name(self, key: str) -> str:
        value = self._data.get(key)
        if not isinstance(value, str) or not value:
            raise BadInput("certificate", f"a name under {key!r}", shown(value))
        return value

    def names(self, key: str) -> tuple[str, ...]:
        out = tuple(self._seq(key))
        if any(not isinstance(n, str) or not n for n in out):
            raise BadInput("certificate", f"names under {key!r}", shown(out))
        return out

    def sub(self, key: str) -> Instance:
        value = self._data.get(key)
        if not isinstance(value, Mapping):
            raise BadInput("certificate", f"an object under {key!r}", shown(value))
        return Instance(value)

    def subs(self, key: str) -> tuple[Instance, ...]:
        out = []
        for value in self._seq(key):
            if not isinstance(value, Mapping):
                raise BadInput("certificate", f"objects under {key!r}", shown(value))
            out.append(Instance(value))
        return tuple(out)

    def _seq(self, key: str) -> list[Any]:
        value = self._data.get(key)
        if not isinstance(value, (list, tuple)):
            raise BadInput("certificate", f"a list under {key!r}", shown(value))
        return list(value)


BINDING = frozenset(
    (
        *("integral", "limit", "sum", "product", "det", "jacobian", "law", "expect", "sample_mean", "push", "iprod"),
        "vector",
    )
)


def _own_bindings(s: Term) -> tuple[str, tuple[tuple[str, Term, Term], ...]]:
    """What one node binds: (``"sum"`` if the variables run over integers, bindings)."""
    if s[0] not in BINDING:
        return "", ()
    if s[0] == "integral":
        return s[0], s[2:]
    if s[0] == "limit":  # the point and the side
        return s[0], (s[2],)
    if s[0] in ("sum", "product", "det", "vector"):
        return "sum", s[2:]
    if s[0] == "jacobian":
        return "sum", s[2:3]
    if s[0] == "law":
        return s[0], s[1]
    if s[0] in ("expect", "sample_mean"):
        return s[0], s[2][1]
    if s[0] == "push":
        return s[0], s[1][1]
    return ("sum", (s[1:4],)) if s[0] == "iprod" else ("", ())


def check_binders(terms: tuple[Term, ...], ctx: Context) -> None:
    """A declared domain must not narrow what a variable ranges over where it is bound, nor hypotheses speak of it."""
    check_nodes([s for t in terms for s in walk(t)], ctx)


def check_nodes(nodes: Sequence[Term], ctx: Context) -> None:
    """The same for terms all of whose subterms are ``nodes``."""
    binding = [(head, bound) for head, bound in map(_own_bindings, nodes) if bound]
    each = [s for s in nodes if s[0] == "expect_each"]
    if not binding and not each:
        return
    spoken_of = frozenset[str]().union(*map(free_symbols, ctx.given), *(a.free() for a in ctx.assumed))
    for s in each:
        _coordinates(s, spoken_of, ctx)
    families = {s[1] for s in nodes if s[0] == "index"}
    if any(s[0] == "vector" for s in nodes):
        _vectors_are_arguments(nodes)
    for head, bound in binding:
        if len({b[0] for b in bound}) != len(bound):
            raise NotProved("one binder binds a name twice", Reason.DOMAIN)
        for x, lo, hi in bound:
            if x in families:
                raise NotProved(f"{x} is bound here and also names indexed parameters", Reason.DOMAIN)
            if x in spoken_of:
                raise NotProved(f"{x} is bound here and also occurs in a hypothesis; rename one of them", Reason.DOMAIN)
            if head == "sum":
                _index_range(x, lo, ctx)
            elif head == "limit":
                _beside(x, lo, hi, ctx)
            else:
                _real_range(x, lo, hi, ctx)


def _vectors_are_arguments(nodes: Sequence[Term]) -> None:
    """A vector stands as the last argument of a function, and nowhere else."""
    for s in nodes:
        among = s[3][:-1] if s[0] == "app" else children(s)
        if any(c[0] == "vector" for c in among):
            raise NotProved("a vector is no number: it is the last argument of a function", Reason.DOMAIN)


def _coordinates(t: Term, spoken_of: frozenset[str], ctx: Context) -> None:
    """The coordinates of an expectation over a family: of no hypothesis, and nowhere outside the kind of the family."""
    x, (_, i, low, high, law) = t[2], t[3]
    if x in spoken_of:
        raise NotProved(f"an expectation is taken over {x}, of which a hypothesis speaks; rename one", Reason.DOMAIN)
    if x not in ctx.symbols or law[0] != "law" or len(law[1]) != 1 or low[0] == "inf" or high[0] == "inf":
        raise NotProved("needs a family with a kind, and finitely many laws of one variable each", Reason.DOMAIN)
    y, lo, hi = law[1][0]
    if x in free_symbols(t[3]) or len({x, y, i}) < 3:
        raise NotProved(f"the laws of the coordinates of {x} depend on {x}", Reason.DOMAIN)
    if ctx.symbols[x] != "real" and i in free_symbols(lo) | free_symbols(hi):
        raise NotProved(f"the range of {x} depends on its index, but not its kind", Reason.DOMAIN)
    _real_range(x, lo, hi, ctx)


def _index_range(x: str, lo: Term, ctx: Context) -> None:
    kind = ctx.symbols.get(x, "integer")
    if "integer" not in kind:
        raise NotProved(f"the index {x} has to be declared an integer", Reason.DOMAIN)
    if kind == "integer":
        return
    least = 1 if kind == "positive integer" else 0
    if lo[0] == "num":
        inside = lo[1] >= least * lo[2]
    else:
        inside = lo[0] != "inf" and prove_sign(sub(lo, ("num", least, 1)), ">=", domain(ctx))
    if not inside:
        word = kind.removesuffix(" integer")
        raise NotProved(f"the index {x} is declared {word} but may start below {least}", Reason.DOMAIN)


#: kinds of what may grow without bound, upwards and downwards
_GROWS: Final[Mapping[int, tuple[str, ...]]] = {
    1: ("real", "nonzero", "positive", "nonnegative", "integer", "positive integer", "nonnegative integer"),
    -1: ("real", "nonzero", "negative", "integer"),
}


def _beside(x: str, end: Term, side: Term, ctx: Context) -> None:
    """The points next to the end, on the sides that are named, lie in the declared domain of x: no more is asked.

    Of an integer that grows the limit is one along the integers; the theorem takes it along all numbers, which is more.
    """
    kind = ctx.symbols.get(x, "real")
    if end[0] == "inf":
        fits = kind in _GROWS[1 if end[1] > 0 else -1]
    else:
        from_below, from_above = side[1] <= 0, side[1] >= 0

        def above(t: Term) -> bool:
            return prove_sign(sub(end, t), ">" if from_below else ">=", domain(ctx))

        def below(t: Term) -> bool:
            return prove_sign(sub(end, t), "<" if from_above else "<=", domain(ctx))

        fits = kind in ("real", "nonzero")
        fits = fits or (kind in ("positive", "nonnegative") and above(ZERO))
        fits = fits or (kind == "negative" and below(ZERO))
        fits = fits or (kind == "unit" and above(ZERO) and below(ONE))
    if not fits:
        raise NotProved(f"{x} is declared {kind}, and the limit is taken where it cannot go", Reason.DOMAIN)


def _real_range(x: str, lo: Term, hi: Term, ctx: Context) -> None:
    """The points between the two ends, in whatever order these are, lie in the declared domain of x."""
    kind = ctx.symbols.get(x, "real")

    def beyond(end: Term, op: str) -> bool:
        if end[0] == "inf":
            return bool(end[1] == (1 if op == ">=" else -1))
        return prove_sign(end, op, domain(ctx))

    fits = kind == "real" or (kind == "unit" and (lo, hi) == (("num", 0, 1), ("num", 1, 1)))
    if kind == "unit" and not fits and "inf" not in (lo[0], hi[0]):
        fits = all(beyond(e, ">=") and beyond(sub(e, ONE), "<=") for e in (lo, hi))
    if kind in ("positive", "nonnegative"):
        fits = beyond(lo, ">=") and beyond(hi, ">=")
    elif kind == "negative":
        fits = beyond(lo, "<=") and beyond(hi, "<=")
    if not fits:
        raise NotProved(f"{x} is declared {kind} but is bound over a wider range", Reason.DOMAIN)


def derivatives_around(t: Term, old: Term) -> frozenset[str]:
    """The variables, not bound in ``t``, in whose derivatives ``old`` occurs."""
    out: set[str] = set()

    def go(s: Term, around: frozenset[str], bound: frozenset[str]) -> None:
        if s == old:
            out.update(around)
            return
        if s[0] == "diff" and s[2] not in bound:
            around = around | {s[2]}
        own = frozenset(b[0] for b in _own_bindings(s)[1])

        def outer(c: Term) -> Term:
            go(c, around, bound)
            return c

        def inner(c: Term) -> Term:
            go(c, around - own, bound | own)
            return c

        map_children(s, outer, inner)

    go(t, frozenset(), frozenset())
    return frozenset(out)


def under_a_limit(t: Term, old: Term) -> bool:
    """Does ``old`` occur in t where a limit binds a symbol of it, or under an expectation over a family? What holds
    almost everywhere is no use there: a null set may accumulate at the point."""

    def own(s: Term) -> bool:
        return s[0] == "limit" and s[2][0] in free_symbols(old) and any(c == old for c in walk(s[1]))

    def each(s: Term) -> bool:  # there may be fewer coordinates than are spoken of
        return s[0] == "expect_each" and any(c == old for c in walk(s[1]))

    return any(own(s) or each(s) for s in walk(t))


def replace(t: Term, old: Term, new: Term) -> tuple[Term, int]:
    """Replace every occurrence of ``old``; returns the new term and how many there were.

    A theorem old = new holds for all values of its symbols in their declared domains under ``ctx.given``. Under a
    binder of one of those symbols it still applies, provided no hypothesis was made about that symbol
    (:func:`check_binders` has seen to that).
    """
    count = 0

    def go(s: Term) -> Term:
        nonlocal count
        if s == old:
            count += 1
            return new
        # what is equal at a point need not have equal derivatives
        return s if s[0] == "jacobian" else map_children(s, go, go)

    return go(t), count
