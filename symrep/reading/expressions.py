"""From trees to terms: every name through the white list, every number exact, every error with its place.

Bound variables belong to the expression that binds them: ``Integral(x, (x, 0, 1))`` says nothing about a symbol x that
is declared outside, so such a variable is renamed when x also occurs free.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache
from typing import Final, NoReturn, final

from symrep.claim import KINDS
from symrep.errors import BadInput
from symrep.reading.grids import SCALARS, Grids
from symrep.reading.matrices import same
from symrep.reading.names import BINDERS, CONDITIONS, CONSTANTS, FUNCTIONS, NOT_READ, UNREAD_CONSTANTS, is_known
from symrep.reading.numerals import inverse, product
from symrep.reading.sizes import TooLarge, rational
from symrep.reading.tokens import NotRead, at
from symrep.reading.trees import WORDS, Tree, parse
from symrep.term import ONE, ZERO, Term, add, children, free_symbols, neg, num, power

__all__ = ["Reader", "check_symbols"]

MAX_ORDER: Final = 8
_HALF: Final = ("num", 1, 2)
_COMPOUND: Final = frozenset(("add", "mul", "pow", "fn"))
_UNSEEN: Final = ("", "")
_fraction = lru_cache(maxsize=1024)(Fraction)


def check_symbols(symbols: Mapping[str, str], where: str = "symbols") -> None:
    """Every name can be a symbol's and every kind is one.

    Raises:
        BadInput: which is not.
    """
    for name, kind in symbols.items():
        told = repr(name)[:60]
        if not isinstance(name, str) or not name.isidentifier() or not name.replace("_", "a").isalnum():
            raise BadInput("symbol", "a name of letters, digits and underscores", told, where=where)
        if name in WORDS or name.startswith("__") or len(name) > 60:
            raise BadInput("symbol", "another name", told, where=where)
        if kind not in KINDS:
            raise BadInput(f"symbol {name}", f"a kind out of: {', '.join(KINDS)}", repr(kind)[:60], where=where)


@final
class Reader:
    """Reads expressions of one identity.

    Args:
        symbols: name -> kind. A declared name is that symbol wherever it is not called, whatever else it may mean.
        default: the kind of names nobody declared; ``None`` makes them errors.

    Attributes:
        assumed: the names that got the default kind, in the order they were met.
        met: the declared names that occurred, also in entries of a matrix that were not used.
    """

    def __init__(self, symbols: Mapping[str, str], default: str | None = None) -> None:
        check_symbols(symbols)
        self._symbols = dict(symbols)
        self._default = default
        self.assumed: dict[str, str] = {}
        self.met: set[str] = set()

    @property
    def symbols(self) -> dict[str, str]:
        """Name -> kind, the assumed ones included."""
        return {**self._symbols, **self.assumed}

    def expression(self, text: str, where: str) -> Term:
        """The term a text stands for.

        Raises:
            BadInput: it stands for none; ``where`` of the error is ``"lhs:7"``, columns from 1.
            NotRead: it does, but not in symrep's terms.
        """
        tree = parse(text, where)
        return _Reading(self, where, text).number(tree)

    def sides(self, lhs: str, rhs: str) -> tuple[Term, Term]:
        """The two sides of an equality. One of matrices is read as Σ t_ij a_ij = Σ t_ij b_ij for all real t_ij, new
        symbols that stand among ``assumed``.

        Raises:
            BadInput, NotRead: as for :meth:`expression`; or only one of them is a matrix, or the shapes differ.
        """
        trees = parse(lhs, "lhs"), parse(rhs, "rhs")
        left, right = _Reading(self, "lhs", lhs), _Reading(self, "rhs", rhs)
        if not left.grids.holds(trees[0]) and not right.grids.holds(trees[1]):
            return left.number(trees[0]), right.number(trees[1])
        a, b = left.grids.grid(trees[0]), right.grids.grid(trees[1])
        if (len(a), len(a[0])) != (len(b), len(b[0])):
            shapes = f"{len(a)} by {len(a[0])} and {len(b)} by {len(b[0])}"
            raise BadInput("matrices", "two of one shape", shapes, where=at("rhs", trees[1].place))
        taken = set(self.symbols)

        def fresh(name: str) -> str:
            while name in taken:
                name += "_"
            return name

        one, other, kinds = same(a, b, fresh)
        self.assumed.update(kinds)
        return one, other

    def given(self, text: str, where: str) -> tuple[Term, ...]:
        """The relations a hypothesis states.

        Raises:
            BadInput, NotRead: as for :meth:`expression`; or it is no relation.
        """
        tree = parse(text, where)
        condition = _Reading(self, where, text).condition(tree)
        parts = condition[1:] if condition[0] == "and" else (condition,)
        if any(p[0] != "rel" for p in parts):
            raise BadInput("given", "a relation with < <= > >= == or !=", repr(text[:60]), where=where)
        return tuple(parts)

    def meaning(self, name: str) -> Term | None:
        """What a name stands for that is not called."""
        if name in self._symbols or name in self.assumed:
            self.met.add(name)
            return ("sym", name)
        if name in CONSTANTS:
            return CONSTANTS[name]
        if self._default is None or name.startswith("__") or name in UNREAD_CONSTANTS:
            return None
        check_symbols({name: self._default}, "symbols")
        self.assumed[name] = self._default
        return ("sym", name)

    def declared(self, name: str) -> bool:
        return name in self._symbols or name in self.assumed


@final
class _Reading:
    """One text: the names bound around the present place, and where errors are."""

    def __init__(self, reader: Reader, where: str, text: str) -> None:
        self._reader = reader
        self._where = where
        self._bound: dict[str, str] = {}
        self.grids = Grids(self.number, self._fail, text)
        self._sizes: dict[int, tuple[Term, Fraction | None]] = {}

    # --- errors ---------------------------------------------------------------------------------------------------

    def _fail(self, tree: Tree, needed: str, got: str = "", instead: str = "", what: str = "expression") -> NoReturn:
        raise BadInput(what, needed, got, instead, at(self._where, tree.place))

    def _not_read(self, tree: Tree, what: str) -> NoReturn:
        raise NotRead(what, "not read: symrep has no terms for it", where=at(self._where, tree.place))

    # --- numbers --------------------------------------------------------------------------------------------------

    def number(self, tree: Tree) -> Term:
        """A tree as a number."""
        if tree.head == "number":
            return num(tree.value)
        term = self._unbounded(tree)
        if term[0] == "inf":
            self._fail(tree, "a number", "infinity", "oo as a limit of Integral, Sum or Product only")
        return term

    def _unbounded(self, tree: Tree) -> Term:
        """A number, or an infinity."""
        head = tree.head
        if head == "name":
            return self._name(tree)
        if head == "number":
            return num(tree.value)
        if not self.grids.none and self.grids.holds(tree):
            self._fail(tree, "a number", "a matrix", "an entry M[0, 0], Determinant(M) or Trace(M)")
        if head in ("item", "attribute"):
            return self.grids.scalar(tree)
        if head == "list":
            self._fail(tree, "a number", "a list", "round brackets, or Matrix([[a, b], [c, d]])")
        if head == "bracket":
            return self._unbounded(tree.parts[0])
        if head == "neg" and (inner := self._infinite(tree.parts[0])) is not None:
            return ("inf", -inner[1])
        if head == "call":
            return self._sized(tree, self._call(tree))
        if head in ("chain", "and", "or", "not", "true", "false"):
            self._fail(tree, "a number", "a condition")
        if head == "tuple":
            self._fail(tree, "a number", "a row of several, in brackets")
        return self._sized(tree, self._operation(tree))

    def _infinite(self, tree: Tree) -> Term | None:
        while tree.head == "bracket":
            tree = tree.parts[0]
        if tree.head == "name" and tree.text == "oo" and not self._reader.declared("oo") and "oo" not in self._bound:
            return ("inf", 1)
        return None

    def _operation(self, tree: Tree) -> Term:
        parts = [self.number(p) for p in tree.parts]
        if tree.head == "+":
            return add(*parts)
        if tree.head == "*":
            return product(parts)
        if tree.head == "neg":
            return num(-Fraction(parts[0][1], parts[0][2])) if parts[0][0] == "num" else neg(parts[0])
        if tree.head == "inverse":
            if parts[0] == ("num", 0, 1):
                self._fail(tree, "a denominator other than 0", "division by zero")
            return inverse(parts[0])
        if parts[0] == ("num", 0, 1) and parts[1][0] == "num" and parts[1][1] < 0:
            self._fail(tree, "a base other than 0", "division by zero")
        return power(*parts)

    def _sized(self, tree: Tree, term: Term) -> Term:
        """The same term, unless it is a constant nobody can write down."""
        if term[0] in _COMPOUND:
            parts = term[2:] if term[0] == "fn" else term[1:]
            size = None
            for s in parts:  # usually there is no constant among them
                if s[0] == "num" or (s[0] in _COMPOUND and self._sizes.get(id(s), _UNSEEN)[1] is not None):
                    try:
                        size = rational(term, [self._size(s) for s in parts])
                    except TooLarge:
                        self._fail(tree, "a number with fewer digits", what="number")
                    break
            self._sizes[id(term)] = (term, size)
        return term

    def _size(self, term: Term) -> Fraction | None:
        if term[0] == "num":
            return _fraction(term[1], term[2])
        if term[0] not in _COMPOUND:
            return None
        known = self._sizes.get(id(term))
        if known is None:  # made on the way to a larger one
            known = self._sizes[id(term)] = term, rational(term, [self._size(c) for c in children(term)])
        return known[1]

    def _name(self, tree: Tree) -> Term:
        name = tree.text
        if name in self._bound:
            return ("sym", self._bound[name])
        term = self._reader.meaning(name)
        if term is not None:
            return term
        if name in NOT_READ or name in UNREAD_CONSTANTS:
            self._not_read(tree, name)
        if is_known(name):
            self._fail(tree, f"arguments for {name}, or a symbol of that name", "neither", f"{name}(…)")
        self._fail(tree, "names that are declared", name, f'"symbols": {{"{name}": "real"}}', what="unknown name")

    # --- calls ----------------------------------------------------------------------------------------------------

    def _call(self, tree: Tree) -> Term:
        name, count = tree.text, len(tree.parts)
        if name in FUNCTIONS and name not in self._bound:
            least, most, build = FUNCTIONS[name]
            if not least <= count <= most:
                self._fail(tree, f"{_counted(least, most)} for {name}", str(count), what="arguments")
            built = build(*(self.number(p) for p in tree.parts))
            if built is None:
                self._not_read(tree, f"{name} of these arguments")
            return built
        if name in BINDERS and name not in self._bound:
            method = {
                "Integral": self._binder,
                "Sum": self._binder,
                "Product": self._binder,
                "Limit": self._limit,
                "limit": self._limit,
                "Derivative": self._derivative,
                "Piecewise": self._piecewise,
                "Heaviside": self._heaviside,
            }.get(name, self._literal)
            return method(tree)
        if name in SCALARS and name not in self._bound:
            return self.grids.scalar(tree)
        if name in CONDITIONS:
            self._fail(tree, "a number", "a condition")
        if self._reader.declared(name) or name in self._bound or name in CONSTANTS:
            self._fail(tree, "a function", f"{name}, which is no function", f"{name}*(…)")
        if name in NOT_READ:
            self._not_read(tree, name)
        self._fail(tree, "functions out of SymPy's names", f"{name}(…)", what="unknown name")

    def _literal(self, tree: Tree) -> Term:
        """``Rational(1, 2)``, ``Integer(3)``, ``S(1)/2``."""
        most = 2 if tree.text == "Rational" else 1
        parts = [self.number(p) for p in tree.parts]
        if not 1 <= len(parts) <= most or any(p[0] != "num" for p in parts):
            self._fail(tree, f"{_counted(1, most)} for {tree.text}, written as numbers", what="arguments")
        if len(parts) == 2:
            if parts[1][1] == 0:
                self._fail(tree, "a denominator other than 0", "division by zero")
            return product([parts[0], inverse(parts[1])])
        return parts[0]

    def _heaviside(self, tree: Tree) -> Term:
        if len(tree.parts) not in (1, 2):
            self._fail(tree, "1 argument for Heaviside", str(len(tree.parts)), what="arguments")
        t = self.number(tree.parts[0])
        if len(tree.parts) == 2 and (middle := self.number(tree.parts[1])) != _HALF:
            below, at = ("rel", "<", t, ZERO), ("rel", "==", t, ZERO)
            return ("piecewise", (below, ZERO), (at, middle), (("true",), ONE))
        return ("fn", "heaviside", t)

    def _derivative(self, tree: Tree) -> Term:
        if len(tree.parts) < 2:
            self._fail(tree, "an expression and a symbol for Derivative", str(len(tree.parts)), what="arguments")
        out = self.number(tree.parts[0])
        orders: list[tuple[str, int]] = []
        for p in tree.parts[1:]:
            if p.head == "number" and orders and p.value.denominator == 1:
                orders[-1] = (orders[-1][0], int(p.value))
                continue
            symbol, count = (p.parts[0], p.parts[1]) if p.head == "tuple" and len(p.parts) == 2 else (p, None)
            term = self._unbounded(symbol)
            if term[0] != "sym" or (count is not None and (count.head != "number" or count.value.denominator != 1)):
                self._fail(p, "a symbol to differentiate by, or (x, 2)", what="Derivative")
            orders.append((term[1], 1 if count is None else int(count.value)))
        for name, order in orders:
            if not 0 <= order <= MAX_ORDER:
                self._fail(tree, f"derivatives of order at most {MAX_ORDER}", str(order)[:12], what="Derivative")
            for _ in range(order):
                out = ("diff", out, name)
        return out

    def _binder(self, tree: Tree) -> Term:
        """Integral, Sum, Product: the first limits are the innermost, as SymPy has it."""
        if len(tree.parts) < 2:
            self._not_read(tree, f"{tree.text} without limits")
        head = {"Integral": "integral", "Sum": "sum", "Product": "product"}[tree.text]
        limits: list[tuple[str, Term, Term]] = []
        with self._scope():
            for p in reversed(tree.parts[1:]):
                if p.head != "tuple" or len(p.parts) != 3 or p.parts[0].head != "name":
                    if p.head == "name" or (p.head == "tuple" and len(p.parts) in (1, 2)):
                        self._not_read(p, f"{tree.text} without both limits")
                    self._fail(p, "limits, (x, low, high)", what=tree.text)
                low, high = self._unbounded(p.parts[1]), self._unbounded(p.parts[2])
                limits.append((self._bind(p.parts[0], [n for n, _, _ in limits]), low, high))
            body = self.number(tree.parts[0])
        for limit in reversed(limits):
            body = (head, body, limit)
        return body

    def _limit(self, tree: Tree) -> Term:
        """``Limit(f, x, a)``, from above as SymPy has it, or with ``"+"``, ``"-"``, ``"+-"``; one side at ±oo."""
        parts = tree.parts
        if len(parts) not in (3, 4) or parts[1].head != "name":
            self._fail(tree, "an expression, a symbol and where it goes, Limit(f, x, 0)", what="Limit")
        side = {"+": 1, "-": -1, "+-": 0}.get(parts[3].text.strip("'\"") if len(parts) == 4 else "+")
        if side is None:
            self._fail(parts[3], "a side, '+', '-' or '+-'", what="Limit")
        end = self._unbounded(parts[2])
        with self._scope():
            x = self._bind(parts[1], free_symbols(end) if end[0] != "inf" else ())
            body = self.number(parts[0])
        return ("limit", body, (x, end, num(0 if end[0] == "inf" else side)))

    def _bind(self, tree: Tree, here: Iterable[str]) -> str:
        """A name of its own for a bound variable that is declared outside, or bound around this place already."""
        name = tree.text
        check_symbols({name: "real"}, at(self._where, tree.place))
        taken = {*self._reader.symbols, *self._bound.values(), *here}
        inner, n = name, 1
        while inner in taken:
            inner, n = f"{name}_{n}", n + 1
        self._bound[name] = inner
        return inner

    @contextmanager
    def _scope(self) -> Iterator[None]:
        before = dict(self._bound)
        try:
            yield
        finally:
            self._bound = before

    # --- conditions -----------------------------------------------------------------------------------------------

    def _piecewise(self, tree: Tree) -> Term:
        if not tree.parts:
            self._fail(tree, "(value, condition) pairs for Piecewise", "none", what="arguments")
        pairs = []
        for p in tree.parts:
            if p.head != "tuple" or len(p.parts) != 2:
                self._fail(p, "(value, condition)", what="Piecewise")
            pairs.append((self.condition(p.parts[1]), self.number(p.parts[0])))
        return ("piecewise", *pairs)

    def condition(self, tree: Tree) -> Term:
        """A tree as a condition."""
        head = tree.head
        if head == "bracket":
            return self.condition(tree.parts[0])
        if head == "true":
            return ("true",)
        if head == "false":
            return ("not", ("true",))
        if head == "chain":
            sides = [self.number(p) for p in tree.parts]
            relations = [("rel", op, sides[i], sides[i + 1]) for i, op in enumerate(tree.text.split())]
            return relations[0] if len(relations) == 1 else ("and", *relations)
        if head in ("and", "or"):
            return _connected(head, [self.condition(p) for p in tree.parts])
        if head == "not":
            return ("not", self.condition(tree.parts[0]))
        if head == "call" and tree.text in CONDITIONS:
            return self._called_condition(tree, CONDITIONS[tree.text])
        self._fail(tree, "a condition, x < y", "a number", what="condition")

    def _called_condition(self, tree: Tree, meaning: str) -> Term:
        count = len(tree.parts)
        if meaning in ("and", "or"):
            if not count:
                self._fail(tree, f"conditions for {tree.text}", "none", what="arguments")
            return _connected(meaning, [self.condition(p) for p in tree.parts])
        wanted = 1 if meaning == "not" else 2
        if count != wanted:
            self._fail(tree, f"{_counted(wanted, wanted)} for {tree.text}", str(count), what="arguments")
        if meaning == "not":
            return ("not", self.condition(tree.parts[0]))
        return ("rel", meaning, self.number(tree.parts[0]), self.number(tree.parts[1]))


def _connected(head: str, parts: list[Term]) -> Term:
    if len(parts) == 1:
        return parts[0]
    flat: list[Term] = []
    for p in parts:
        flat += p[1:] if p[0] == head else [p]
    return (head, *flat)


def _counted(least: int, most: int) -> str:
    many = str(least) if least == most else f"{least} to {most}" if most < 50 else f"{least} or more"
    return f"{many} argument{'s' if most > 1 else ''}"
