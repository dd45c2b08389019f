"""Terms: mathematics as plain data, the only language checks and certificates speak.

A term is a nested tuple whose first entry is its head; as JSON it is the same with lists. Nothing here simplifies,
nothing here depends on SymPy, and a term read from a file is checked for shape before anything looks at it.

==================================================  ===============================================================
term                                                meaning
==================================================  ===============================================================
``("num", p, q)``                                   the rational p/q in lowest terms, q > 0
``("sym", name)``                                   a variable or parameter; its domain stands in the Context
``("index", base, t, …)``                           an indexed parameter, mu_j; its domain is that of ``base``
``("const", name)``                                 a constant, see CONSTANTS
``("inf", 1|-1)``                                   +∞ or −∞, only as a limit of integration or a box edge
``("add", t, …)`` ``("mul", t, …)``                 n-ary sum and product, order kept
``("pow", b, e)``                                   b**e, principal branch
``("fn", name, t, …)``                              a named function, see FUNCTIONS
``("app", f, (k, …), (t, …))``                      the (k, …)-th partial derivative of undetermined f at (t, …)
``("piecewise", (cond, t), …)``                     first condition that holds; undefined if none does
``("diff", t, x)``                                  the classical derivative of t in the variable named x
``("integral", t, (x, lo, hi), …)``                 Lebesgue integral of t over the box
``("sum", t, (i, lo, hi))`` ``("product", …)``      over integers lo ≤ i ≤ hi
``("det", t, (i, 1, n), (j, 1, n))``                determinant of the n × n matrix with t in row i, column j
``("jacobian", t, (i, 1, n), z)``                   det[∂t/∂z_j], t the i-th of n maps of the coordinates z_1, …, z_n
``("vector", t, (k, lo, hi))``                      the vector with the coordinates t, lo ≤ k ≤ hi, as the last argument
                                                    of an undetermined function of a vector, nowhere else
``("limit", t, (x, a, d))``                         lim t as x → a; d = 1 from above, −1 below, 0 both (or a infinite)
``("expect", t, law)``                              ∫ t·density over the law's box; the law binds its variables in t
``("push", law, (h, …), (y, …))``                   density at (y, …) of the image of the law under x ↦ (h, …)
``("kl", law, law)``                                Kullback–Leibler divergence, only for ("iprod", …) laws
``("sample_mean", t, law, n)``                      inside ``expect_sample``: mean of n independent copies of t
``("expect_sample", ("sample_mean", …))``           expectation over those n copies
``("expect_each", t, x, ("iprod", i, lo, hi, law))``  expectation over the coordinates x_lo, …, x_hi, independent each
                                                    with its law; the family x is its own, the others x_j are 0
==================================================  ===============================================================

A law is ``("law", ((x, lo, hi), …), density)``: variables named x range over the open box, ``density`` is with
respect to Lebesgue measure there. ``("iprod", i, lo, hi, law)`` is an independent product over an index. Conditions:
``("rel", "<"|"<="|">"|">="|"=="|"!=", a, b)``, ``("and", c, …)``, ``("or", c, …)``, ``("not", c)``, ``("true",)``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from symrep.errors import BadInput

__all__ = [
    "CONSTANTS",
    "FUNCTIONS",
    "MINUS_ONE",
    "ONE",
    "PI",
    "ZERO",
    "Term",
    "add",
    "canonical_json",
    "children",
    "contains",
    "div",
    "fn",
    "free_symbols",
    "mul",
    "neg",
    "num",
    "power",
    "sqrt",
    "sub",
    "substitute",
    "subterms",
    "sym",
    "walk",
]

Term = tuple[Any, ...]

#: name -> number of arguments
FUNCTIONS: Final[Mapping[str, tuple[int, ...]]] = {
    **dict.fromkeys(
        "exp log abs sign heaviside sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf erfc erfinv erfi "
        "gamma loggamma digamma floor ceiling factorial factorial2 lambertw ei si ci shi chi dirichlet_eta "
        "re im conjugate arg".split(),
        (1,),
    ),
    **dict.fromkeys(
        "polygamma beta binomial lowergamma uppergamma besselj bessely besseli besselk polylog expint".split(), (2,)
    ),
    "zeta": (1, 2),
    "betainc": (4,),
    "betainc_regularized": (4,),
    "min": (2, 3, 4, 5, 6),
    "max": (2, 3, 4, 5, 6),
}

CONSTANTS: Final = ("pi", "e", "euler_gamma", "catalan", "i")
RELATIONS: Final = ("<", "<=", ">", ">=", "==", "!=")


def num(p: int | Fraction, q: int = 1) -> Term:
    if q == 1 and type(p) in (int, Fraction):
        return ("num", p.numerator, p.denominator)
    f = Fraction(p, q) if q != 1 else Fraction(p)
    return ("num", f.numerator, f.denominator)


def sym(name: str) -> Term:
    return ("sym", name)


ZERO: Final[Term] = ("num", 0, 1)
ONE: Final[Term] = ("num", 1, 1)
MINUS_ONE: Final[Term] = ("num", -1, 1)
PI: Final[Term] = ("const", "pi")


def add(*ts: Term) -> Term:
    return ts[0] if len(ts) == 1 else ("add", *ts) if ts else ZERO


def mul(*ts: Term) -> Term:
    return ts[0] if len(ts) == 1 else ("mul", *ts) if ts else ONE


def power(b: Term, e: Term) -> Term:
    return ("pow", b, e)


def neg(t: Term) -> Term:
    return ("mul", MINUS_ONE, t)


def sub(a: Term, b: Term) -> Term:
    return ("add", a, neg(b))


def div(a: Term, b: Term) -> Term:
    return ("mul", a, ("pow", b, MINUS_ONE))


def sqrt(t: Term) -> Term:
    return ("pow", t, ("num", 1, 2))


def fn(name: str, *ts: Term) -> Term:
    return ("fn", name, *ts)


# --- structure ----------------------------------------------------------------------------------------------------


_LEAVES: Final = frozenset(("num", "sym", "const", "inf", "true"))
#: heads after which there is nothing but terms
_PLAIN: Final = frozenset(("add", "mul", "pow", "and", "or", "not"))


def _law_parts(law: Term) -> tuple[tuple[str, ...], list[Term], list[Term]]:
    """(bound names, terms outside their scope, terms inside their scope)."""
    if law[0] == "law":
        names = tuple(b[0] for b in law[1])
        outside = [e for b in law[1] for e in (b[1], b[2])]
        return names, outside, [law[2]]
    _, i, lo, hi, inner = law
    return (i,), [lo, hi], [inner]


def _scopes(t: Term) -> tuple[list[Term], tuple[str, ...], list[Term]]:
    """(children outside any binder of t, names t binds, children inside their scope)."""
    head = t[0]
    if head in ("num", "sym", "const", "inf", "true"):
        return [], (), []
    if head in ("add", "mul", "pow", "and", "or", "not"):
        return list(t[1:]), (), []
    if head in ("fn", "index", "rel"):
        return list(t[2:]), (), []
    if head == "app":
        return list(t[3]), (), []
    if head == "piecewise":
        return [x for pair in t[1:] for x in pair], (), []
    if head == "diff":
        # differentiation is evaluated at the variable's current value: it does not bind
        return [t[1], ("sym", t[2])], (), []
    if head in ("integral", "sum", "product", "limit", "det", "vector"):
        return [e for b in t[2:] for e in (b[1], b[2])], tuple(b[0] for b in t[2:]), [t[1]]
    if head == "jacobian":  # evaluated at the coordinates' current values: it does not bind them
        return [*t[2][1:]], (t[2][0],), [t[1]]
    if head == "law":
        names, outside, inside = _law_parts(t)
        return outside, names, inside
    if head == "iprod":
        names, outside, inside = _law_parts(t)
        return outside, names, inside
    if head == "expect":
        if t[2][0] != "law":
            raise BadInput("expect", "needs a law with a density", t[2][0])
        names, outside, inside = _law_parts(t[2])
        return outside, names, [t[1], *inside]
    if head == "push":
        names, outside, inside = _law_parts(t[1])
        return [*outside, *t[3]], names, [*t[2], *inside]
    if head == "kl":
        return [t[1], t[2]], (), []
    if head == "sample_mean":
        names, outside, inside = _law_parts(t[2])
        return [*outside, t[3]], names, [t[1], *inside]
    if head == "expect_sample":
        return [t[1]], (), []
    if head == "expect_each":  # the name of a family is not renamed, so it counts as one that occurs
        return [t[1], t[3]], (), []
    raise BadInput("term", "unknown head", repr(head))


def children(t: Term) -> list[Term]:
    """The immediate subterms, those under a binder included."""
    outside, _, inside = _scopes(t)
    return [*outside, *inside]


def free_symbols(t: Term) -> frozenset[str]:
    """Names of symbols (and bases of indexed ones) that occur free in ``t``."""
    out: set[str] = set()
    stack = [t]
    while stack:
        s = stack.pop()
        head = s[0]
        if head == "sym":
            out.add(s[1])
        elif head in _PLAIN:
            stack.extend(s[1:])
        elif head == "fn":
            stack.extend(s[2:])
        elif head not in _LEAVES:
            outside, bound, inside = _scopes(s)
            if head == "index":
                out.add(s[1])
            elif head == "expect_each":
                out.add(s[2])
            stack.extend(outside)
            for c in inside:
                out |= free_symbols(c).difference(bound)
    return frozenset(out)


def walk(t: Term) -> Iterator[Term]:
    """Every subterm, laws and conditions included, parents first."""
    stack = [t]
    while stack:
        s = stack.pop()
        yield s
        head = s[0]
        if head in _LEAVES:
            continue
        if head in _PLAIN:
            stack.extend(s[:0:-1])
        elif head == "fn":
            stack.extend(s[:1:-1])
        else:
            outside, _, inside = _scopes(s)
            stack.extend(reversed(inside))
            stack.extend(reversed(outside))


def subterms(t: Term) -> list[Term]:
    """The same, in a list and in some order that is the same every time."""
    out = [t]
    for s in out:
        head = s[0]
        if head in _LEAVES:
            continue
        if head in _PLAIN:
            out += s[1:]
        elif head == "fn":
            out += s[2:]
        else:
            out += children(s)
    return out


def contains(t: Term, heads: Iterable[str]) -> bool:
    wanted = frozenset(heads)
    return not wanted.isdisjoint([s[0] for s in subterms(t)])


def map_children(t: Term, outer: Callable[[Term], Term], inner: Callable[[Term], Term]) -> Term:
    """Rebuild ``t`` with ``outer`` on children outside its binder and ``inner`` on those inside."""
    head = t[0]
    if head in ("num", "sym", "const", "inf", "true"):
        return t
    if head in ("add", "mul", "pow", "and", "or", "not"):
        return (head, *map(outer, t[1:]))
    if head in ("fn", "index", "rel"):
        return (head, t[1], *map(outer, t[2:]))
    if head == "app":
        return (head, t[1], t[2], tuple(map(outer, t[3])))
    if head == "piecewise":
        return (head, *((outer(c), outer(v)) for c, v in t[1:]))
    if head == "diff":
        return (head, outer(t[1]), t[2])
    if head in ("integral", "sum", "product", "limit", "det", "vector"):
        return (head, inner(t[1]), *((x, outer(a), outer(b)) for x, a, b in t[2:]))
    if head == "jacobian":
        i, a, b = t[2]
        return (head, inner(t[1]), (i, outer(a), outer(b)), t[3])
    if head == "law":
        return (head, tuple((x, outer(a), outer(b)) for x, a, b in t[1]), inner(t[2]))
    if head == "iprod":
        return (head, t[1], outer(t[2]), outer(t[3]), inner(t[4]))
    if head == "expect":
        return (head, inner(t[1]), map_children(t[2], outer, inner))
    if head == "push":
        return (head, map_children(t[1], outer, inner), tuple(map(inner, t[2])), tuple(map(outer, t[3])))
    if head == "kl":
        return (head, outer(t[1]), outer(t[2]))
    if head == "sample_mean":
        return (head, inner(t[1]), map_children(t[2], outer, inner), outer(t[3]))
    if head == "expect_sample":
        return (head, outer(t[1]))
    if head == "expect_each":
        return (head, outer(t[1]), t[2], outer(t[3]))
    raise BadInput("term", "unknown head", repr(head))


def _rename_bound(t: Term, old: str, new: str) -> Term:
    """Rename a name bound by the top node of ``t``."""
    ren = {old: sym(new)}

    def inner(s: Term) -> Term:
        return substitute(s, ren)

    def ident(s: Term) -> Term:
        return s

    out = map_children(t, ident, inner)

    def swap(bs: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple((new if b[0] == old else b[0], b[1], b[2]) for b in bs)

    head = out[0]
    if head in ("integral", "sum", "product", "limit", "det", "vector"):
        return (head, out[1], *swap(out[2:]))
    if head == "law":
        return (head, swap(out[1]), out[2])
    if head == "jacobian":
        return (head, out[1], *swap(out[2:3]), out[3])
    if head == "iprod":
        return (head, new, *out[2:])
    if head in ("expect", "push", "sample_mean"):
        place = 1 if head == "push" else 2
        law = out[place]
        law = (law[0], swap(law[1]), law[2])
        return (*out[:place], law, *out[place + 1 :])
    raise BadInput("term", "binds nothing", head)


def fresh(base: str, taken: Iterable[str]) -> str:
    """A name built on ``base`` that is not in ``taken``."""
    used = set(taken)
    n = 1
    while f"{base}_{n}" in used:
        n += 1
    return f"{base}_{n}"


def substitute(t: Term, values: Mapping[str, Term]) -> Term:
    """Replace free symbols, simultaneously and without capture."""
    if not values:
        return t
    if t[0] == "sym":
        return values.get(t[1], t)
    _, bound, inside = _scopes(t)
    if t[0] == "jacobian" and any(t[3] in free_symbols(values[k]) for k in free_symbols(t) if k in values):
        raise BadInput(
            "substitute", f"a value free of the coordinates {t[3]}, by which is differentiated", repr(t)[:80]
        )
    if t[0] == "expect_each" and any(t[2] in free_symbols(values[k]) for k in free_symbols(t) if k in values):
        raise BadInput("substitute", f"a value free of the coordinates {t[2]} of an expectation", repr(t)[:80])
    if t[0] == "diff":
        # d/dx t at x = v: rename x apart inside, then the derivative is evaluated at v; only v a symbol stays a "diff"
        v = values.get(t[2], sym(t[2]))
        if v[0] != "sym":
            raise BadInput("substitute", f"cannot replace the variable of d/d{t[2]} by a compound term", repr(v)[:80])
        if v[1] != t[2] and v[1] in free_symbols(t[1]):
            raise BadInput("substitute", f"replacing {t[2]} by {v[1]} in d/d{t[2]} would identify two variables")
        others = [values[k] for k in free_symbols(t[1]) - {t[2]} if k in values]
        if any(v[1] in free_symbols(o) for o in others):
            x = v[1]
            raise BadInput("substitute", f"a value free of {x}: it would be differentiated by d/d{x} too", repr(t)[:80])
        return ("diff", substitute(t[1], values), v[1])
    if bound:
        live = {k: v for k, v in values.items() if k not in bound}
        if not any(k in free_symbols(t) for k in live):
            live = {}
        for b in bound:
            if any(b in free_symbols(v) for v in live.values()):
                taken = set().union(
                    *(free_symbols(v) for v in live.values()),
                    free_symbols(t),
                    *(free_symbols(c) for c in inside),
                    bound,
                )
                t = _rename_bound(t, b, fresh(b, taken))
        # limits of t are outside its scope: there the full substitution applies
        return map_children(t, lambda s: substitute(s, values), lambda s: substitute(s, live))
    return map_children(t, lambda s: substitute(s, values), lambda s: substitute(s, values))


# --- JSON ---------------------------------------------------------------------------------------------------------


def canonical_json(t: Any) -> str:
    """One spelling for one term: the key of caches and certificates."""
    return json.dumps(t, separators=(",", ":"), ensure_ascii=True)
