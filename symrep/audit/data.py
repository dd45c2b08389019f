"""Terms as the auditor knows them, tuples of known shape: making them, free names, substitution, walking.

Written against the table in the certificate format alone, so that a mistake in the other reader is not made twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

__all__ = [
    "ARITIES",
    "HALF",
    "MINUS",
    "ONE",
    "PI",
    "TWO",
    "ZERO",
    "Bad",
    "No",
    "Term",
    "add",
    "binding",
    "children",
    "div",
    "fn",
    "free",
    "fresh",
    "has",
    "mul",
    "neg",
    "num",
    "power",
    "rebuild",
    "rename_bound",
    "sqrt",
    "sub",
    "substitute",
    "sym",
    "value",
    "walk",
]

Term = tuple[Any, ...]


class Bad(Exception):
    """The certificate is malformed."""


class No(Exception):
    """Not established.

    Attributes:
        covered: False when the auditor has no means of judging this at all, as opposed to having tried and failed.
    """

    def __init__(self, why: str, *, covered: bool = True) -> None:
        super().__init__(why)
        self.covered = covered


#: the named functions and how many arguments each takes
ARITIES: Final[Mapping[str, tuple[int, ...]]] = {
    **dict.fromkeys(
        "abs acos acosh arg asin asinh atan atanh ceiling chi ci conjugate cos cosh digamma dirichlet_eta ei erf erfc "
        "erfi erfinv exp factorial factorial2 floor gamma heaviside im lambertw log loggamma re shi si sign sin sinh "
        "tan tanh".split(),
        (1,),
    ),
    **dict.fromkeys(
        "besseli besselj besselk bessely beta binomial expint lowergamma polygamma polylog uppergamma".split(), (2,)
    ),
    **dict.fromkeys("betainc betainc_regularized".split(), (4,)),
    "zeta": (1, 2),
    **dict.fromkeys("max min".split(), (2, 3, 4, 5, 6)),
}
COMPARISONS: Final = frozenset("< <= > >= == !=".split())
CONSTANTS: Final = frozenset("pi e euler_gamma catalan i".split())


def num(p: int | Fraction, q: int = 1) -> Term:
    f = Fraction(p) / q
    return ("num", f.numerator, f.denominator)


ZERO: Final[Term] = ("num", 0, 1)
ONE: Final[Term] = ("num", 1, 1)
TWO: Final[Term] = ("num", 2, 1)
HALF: Final[Term] = ("num", 1, 2)
MINUS: Final[Term] = ("num", -1, 1)
PI: Final[Term] = ("const", "pi")


def sym(name: str) -> Term:
    return ("sym", name)


def add(*ts: Term) -> Term:
    return ("add", *ts) if len(ts) > 1 else ts[0] if ts else ZERO


def mul(*ts: Term) -> Term:
    return ("mul", *ts) if len(ts) > 1 else ts[0] if ts else ONE


def power(b: Term, e: Term | int) -> Term:
    return ("pow", b, num(e) if isinstance(e, int) else e)


def neg(t: Term) -> Term:
    return ("mul", MINUS, t)


def sub(a: Term, b: Term) -> Term:
    return ("add", a, neg(b))


def div(a: Term, b: Term) -> Term:
    return ("mul", a, ("pow", b, MINUS))


def sqrt(t: Term) -> Term:
    return ("pow", t, HALF)


def fn(name: str, *ts: Term) -> Term:
    return ("fn", name, *ts)


def value(t: Term) -> Fraction | None:
    """The rational number a term is, read literally."""
    return Fraction(t[1], t[2]) if t[0] == "num" else None


# --- scopes ---------------------------------------------------------------------------------------------------------


def binding(t: Term) -> tuple[tuple[str, Term, Term], ...]:
    """What the node itself binds: (name, low, high) each."""
    head = t[0]
    if head in ("integral", "sum", "product", "det", "vector"):
        return t[2:]
    if head == "limit":  # over whatever lies beside the point
        return ((t[2][0], ("inf", -1), ("inf", 1)),)
    if head == "jacobian":
        return t[2:3]
    if head == "law":
        return tuple(t[1])
    if head in ("expect", "sample_mean"):
        return tuple(t[2][1])
    if head == "push":
        return tuple(t[1][1])
    return (t[1:4],) if head == "iprod" else ()


def rebuild(t: Term, out: Callable[[Term], Term], into: Callable[[Term], Term]) -> Term:
    """The node with ``out`` applied outside the scope of the names it binds and ``into`` inside."""
    head = t[0]
    if head in ("num", "sym", "const", "inf", "true"):
        return t
    if head in ("fn", "index", "rel"):
        return (*t[:2], *map(out, t[2:]))
    if head == "app":
        return (*t[:3], tuple(map(out, t[3])))
    if head == "piecewise":
        return (head, *((out(c), out(v)) for c, v in t[1:]))
    if head == "diff":
        return (head, out(t[1]), t[2])
    if head in ("integral", "sum", "product", "limit", "det", "vector"):
        return (head, into(t[1]), *((x, out(a), out(b)) for x, a, b in t[2:]))
    if head == "jacobian":
        i, low, n = t[2]
        return (head, into(t[1]), (i, out(low), out(n)), t[3])
    if head == "law":
        return (head, tuple((x, out(a), out(b)) for x, a, b in t[1]), into(t[2]))
    if head == "iprod":
        return (head, t[1], out(t[2]), out(t[3]), into(t[4]))
    if head == "expect":
        return (head, into(t[1]), rebuild(t[2], out, into))
    if head == "push":
        return (head, rebuild(t[1], out, into), tuple(map(into, t[2])), tuple(map(out, t[3])))
    if head == "sample_mean":
        return (head, into(t[1]), rebuild(t[2], out, into), out(t[3]))
    if head in ("add", "mul", "pow", "and", "or", "not", "kl", "expect_sample"):
        return (head, *map(out, t[1:]))
    if head == "expect_each":  # the family keeps its name, so that counts as one that occurs
        return (head, out(t[1]), t[2], out(t[3]))
    raise Bad(f"no term is called {head!r:.40}")


def _parts(t: Term) -> tuple[list[Term], list[Term]]:
    outside: list[Term] = []
    inside: list[Term] = []

    def out(s: Term) -> Term:
        outside.append(s)
        return s

    def into(s: Term) -> Term:
        inside.append(s)
        return s

    rebuild(t, out, into)
    return outside, inside


def children(t: Term) -> list[Term]:
    outside, inside = _parts(t)
    return outside + inside


def walk(t: Term) -> Iterator[Term]:
    """Every subterm, parents first; the law of an expectation is one."""
    yield t
    if t[0] in ("expect", "sample_mean", "push"):
        yield t[1] if t[0] == "push" else t[2]
    for c in children(t):
        yield from walk(c)


def has(t: Term, *heads: str) -> bool:
    return any(s[0] in heads for s in walk(t))


_FREE: dict[Term, frozenset[str]] = {}


def free(t: Term) -> frozenset[str]:
    """The names that occur free, those of indexed families and of the variables of derivatives included."""
    known = _FREE.get(t)
    if known is not None:
        return known
    if t[0] == "sym":
        out = frozenset((t[1],))
    else:
        outside, inside = _parts(t)
        at = {"index": 1, "diff": 2, "expect_each": 2}.get(t[0])
        out = frozenset[str]() if at is None else frozenset((t[at],))
        out = out.union(*map(free, outside))
        if inside:
            out |= frozenset().union(*map(free, inside)) - {b[0] for b in binding(t)}
    if len(_FREE) > 100_000:
        _FREE.clear()
    _FREE[t] = out
    return out


def fresh(taken: Iterator[str] | frozenset[str] | set[str], stem: str = "v") -> str:
    used, n = set(taken), 0
    while f"{stem}~{n}" in used:
        n += 1
    return f"{stem}~{n}"


def rename_bound(t: Term, old: str, new: str) -> Term:
    """The node with the name ``old`` that it binds spelt ``new``, which must occur nowhere in it."""

    def keep(s: Term) -> Term:
        return s

    def inner(s: Term) -> Term:
        return substitute(s, {old: sym(new)})

    def spell(bs: Any) -> tuple[Any, ...]:
        return tuple((new if b[0] == old else b[0], *b[1:]) for b in bs)

    t = rebuild(t, keep, inner)
    head = t[0]
    if head in ("integral", "sum", "product", "limit", "det", "vector"):
        return (*t[:2], *spell(t[2:]))
    if head == "jacobian":
        return (*t[:2], *spell(t[2:3]), t[3])
    if head == "law":
        return (head, spell(t[1]), t[2])
    if head == "iprod":
        return (head, new, *t[2:])
    at = 1 if head == "push" else 2
    return (*t[:at], ("law", spell(t[at][1]), t[at][2]), *t[at + 1 :])


def substitute(t: Term, values: Mapping[str, Term]) -> Term:
    """Free symbols replaced at once, bound ones renamed out of the way.

    Raises:
        No: the variable of a derivative would become a compound term, or one that occurs in what is differentiated.
    """
    values = {k: v for k, v in values.items() if k in free(t) and v != ("sym", k)}
    if not values:
        return t
    if t[0] == "sym":
        return values[t[1]]
    if t[0] == "diff":
        x = t[2]
        new = values.get(x, sym(x))
        others = [v for k, v in values.items() if k != x and k in free(t[1])]
        if new[0] != "sym" or (new[1] != x and new[1] in free(t[1])) or any(new[1] in free(v) for v in others):
            raise No(f"a value that d/d{x} would see cannot be put in")
        return ("diff", substitute(t[1], values), new[1])
    if t[0] == "jacobian" and any(t[3] in free(v) for v in values.values()):
        raise No(f"a value that the derivatives by {t[3]} would see cannot be put in")
    if t[0] == "expect_each" and any(t[2] in free(v) for v in values.values()):
        raise No(f"a value over which the expectation by {t[2]} would be taken cannot be put in")
    bound = [b[0] for b in binding(t)]
    if not bound:
        return rebuild(t, lambda s: substitute(s, values), lambda s: substitute(s, values))
    inner = {k: v for k, v in values.items() if k not in bound}
    coming = frozenset().union(*(free(v) for v in inner.values())) if inner else frozenset()
    for i, b in enumerate(bound):
        if b in coming:
            _, inside = _parts(t)
            new_name = fresh(coming.union(bound, values, free(t), *map(free, inside)), b)
            t = rename_bound(t, b, new_name)
            bound[i] = new_name
    return rebuild(t, lambda s: substitute(s, values), lambda s: substitute(s, inner))
