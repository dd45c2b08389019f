"""Terms from JSON: lists in, tuples of known shape out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from symrep.audit.data import ARITIES, COMPARISONS, CONSTANTS, MINUS, ONE, ZERO, Bad, No, Term, num

__all__ = ["read"]

MAX_DEPTH: Final = 450
MAX_NODES: Final = 250_000


class _Reader:
    def __init__(self) -> None:
        self.left = MAX_NODES

    def whole(self, x: Any) -> int:
        if type(x) is not int:
            raise Bad(f"an integer is needed, not {x!r:.40}")
        return x

    def name(self, x: Any) -> str:
        if not isinstance(x, str) or not 0 < len(x) <= 100:
            raise Bad(f"a name is needed, not {x!r:.40}")
        return x

    def items(self, x: Any, least: int = 0) -> tuple[Any, ...]:
        if not isinstance(x, (list, tuple)) or len(x) < least:
            raise Bad(f"a list of at least {least} is needed, not {x!r:.40}")
        return tuple(x)

    def bindings(self, xs: Any, d: int) -> tuple[Any, ...]:
        out = []
        for b in self.items(xs, 1):
            if len(self.items(b)) != 3:
                raise Bad("a binding has a name, a low and a high end")
            out.append((self.name(b[0]), self.term(b[1], d), self.term(b[2], d)))
        return tuple(out)

    def law(self, x: Any, d: int) -> Term:
        x = self.items(x, 3)
        if x[0] != "law" or len(x) != 3:
            raise Bad("a law is needed")
        return ("law", self.bindings(x[1], d), self.term(x[2], d))

    def many(self, xs: Any, d: int) -> tuple[Term, ...]:
        return tuple(self.term(x, d) for x in self.items(xs))

    def term(self, x: Any, d: int) -> Term:
        self.left -= 1
        if d > MAX_DEPTH or self.left < 0:
            raise Bad("a term too deep or too large")
        x, d = self.items(x, 1), d + 1
        head, n = x[0], len(x)
        if not isinstance(head, str):
            raise Bad(f"a head is needed, not {head!r:.40}")
        shape = _SHAPES.get(head)
        if shape is None:
            raise No(f"terms called {head:.40} are not known", covered=False)
        if not shape[0](n):
            raise Bad(f"no term of {n - 1} entries is called {head:.40}")
        out: Term = shape[1](self, x, d)
        return out


def _number(r: _Reader, x: Any, d: int) -> Term:
    p, q = r.whole(x[1]), r.whole(x[2])
    if q <= 0:
        raise Bad("a denominator is positive")
    return num(p, q)


def _constant(r: _Reader, x: Any, d: int) -> Term:
    if x[1] not in CONSTANTS:
        raise Bad(f"no constant is called {x[1]!r:.40}")
    return ("const", x[1])


def _infinity(r: _Reader, x: Any, d: int) -> Term:
    if type(x[1]) is not int or x[1] not in (1, -1):
        raise Bad("an infinity has a sign")
    return ("inf", x[1])


def _function(r: _Reader, x: Any, d: int) -> Term:
    if x[1] not in ARITIES or len(x) - 2 not in ARITIES[x[1]]:
        raise Bad(f"no function of {len(x) - 2} arguments is called {x[1]!r:.40}")
    return ("fn", x[1], *r.many(x[2:], d))


def _relation(r: _Reader, x: Any, d: int) -> Term:
    if x[1] not in COMPARISONS:
        raise Bad(f"no relation is called {x[1]!r:.40}")
    return ("rel", x[1], *r.many(x[2:], d))


def _application(r: _Reader, x: Any, d: int) -> Term:
    orders, args = tuple(map(r.whole, r.items(x[2], 1))), r.many(x[3], d)
    if len(orders) != len(args) or min(orders) < 0:
        raise Bad("a function has one order of derivative for each argument")
    return ("app", r.name(x[1]), orders, args)


def _limit(r: _Reader, x: Any, d: int) -> Term:
    """The last entry of the binding is the side: 1 from above, −1 from below, 0 from both or at an infinity."""
    out = ("limit", r.term(x[1], d), *r.bindings(x[2:], d))
    _, point, side = out[2]
    if side not in (ZERO, ONE, MINUS) or (point[0] == "inf" and side != ZERO):
        raise Bad("the side of a limit is 1, -1 or 0, and 0 at an infinity")
    return out


def _determinant(r: _Reader, x: Any, d: int) -> Term:
    """Rows and columns, each from 1 to the same size."""
    out = ("det", r.term(x[1], d), *r.bindings(x[2:], d))
    (i, low, size), (j, other, columns) = out[2:]
    if i == j or (low, other) != (ONE, ONE) or size != columns:
        raise Bad("a determinant has two indices that run from 1 to one size")
    return out


def _jacobian(r: _Reader, x: Any, d: int) -> Term:
    """The component, its index from 1 to the number of coordinates, the name of the coordinates."""
    out = ("jacobian", r.term(x[1], d), *r.bindings(x[2:3], d), r.name(x[3]))
    if out[2][1] != ONE:
        raise Bad("the components of a map are counted from 1")
    return out


def _cases(r: _Reader, x: Any, d: int) -> Term:
    pairs = [r.many(p, d) for p in x[1:]]
    if any(len(p) != 2 for p in pairs):
        raise Bad("a case has a condition and a value")
    return ("piecewise", *pairs)


def _coordinates(r: _Reader, x: Any, d: int) -> Term:
    product = r.term(x[3], d)
    if product[0] != "iprod":
        raise Bad("coordinates have a product of laws")
    return ("expect_each", r.term(x[1], d), r.name(x[2]), product)


_SHAPES: Final[Mapping[str, tuple[Callable[[int], bool], Callable[[_Reader, Any, int], Term]]]] = {
    "num": (lambda n: n == 3, _number),
    "sym": (lambda n: n == 2, lambda r, x, d: ("sym", r.name(x[1]))),
    "index": (lambda n: n > 2, lambda r, x, d: ("index", r.name(x[1]), *r.many(x[2:], d))),
    "const": (lambda n: n == 2, _constant),
    "inf": (lambda n: n == 2, _infinity),
    **{h: (lambda n: n > 1, lambda r, x, d: (x[0], *r.many(x[1:], d))) for h in ("add", "mul", "and", "or")},
    "pow": (lambda n: n == 3, lambda r, x, d: ("pow", *r.many(x[1:], d))),
    "not": (lambda n: n == 2, lambda r, x, d: ("not", r.term(x[1], d))),
    "true": (lambda n: n == 1, lambda r, x, d: ("true",)),
    "rel": (lambda n: n == 4, _relation),
    "fn": (lambda n: n > 2, _function),
    "app": (lambda n: n == 4, _application),
    "piecewise": (lambda n: n > 1, _cases),
    "diff": (lambda n: n == 3, lambda r, x, d: ("diff", r.term(x[1], d), r.name(x[2]))),
    "integral": (lambda n: n > 2, lambda r, x, d: ("integral", r.term(x[1], d), *r.bindings(x[2:], d))),
    **{
        h: (lambda n: n == 3, lambda r, x, d: (x[0], r.term(x[1], d), *r.bindings(x[2:], d)))
        for h in ("sum", "product", "vector")
    },
    "det": (lambda n: n == 4, _determinant),
    "jacobian": (lambda n: n == 4, _jacobian),
    "limit": (lambda n: n == 3, _limit),
    "law": (lambda n: n == 3, lambda r, x, d: r.law(x, d)),
    "iprod": (
        lambda n: n == 5,
        lambda r, x, d: ("iprod", r.name(x[1]), r.term(x[2], d), r.term(x[3], d), r.law(x[4], d)),
    ),
    "expect": (lambda n: n == 3, lambda r, x, d: ("expect", r.term(x[1], d), r.law(x[2], d))),
    "push": (lambda n: n == 4, lambda r, x, d: ("push", r.law(x[1], d), r.many(x[2], d), r.many(x[3], d))),
    "kl": (lambda n: n == 3, lambda r, x, d: ("kl", *r.many(x[1:], d))),
    "sample_mean": (
        lambda n: n == 4,
        lambda r, x, d: ("sample_mean", r.term(x[1], d), r.law(x[2], d), r.term(x[3], d)),
    ),
    "expect_sample": (lambda n: n == 2, lambda r, x, d: ("expect_sample", r.term(x[1], d))),
    "expect_each": (lambda n: n == 4, _coordinates),
}


def read(data: Any) -> Term:
    """A term from JSON.

    Raises:
        Bad: it has not the shape of one.
    """
    return _Reader().term(data, 0)
