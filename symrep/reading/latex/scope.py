"""What a formula's names mean while it is read: declared, bound, defined, or assumed by the field's habits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, NoReturn, final

import sympy as sp

from symrep.distribution import Pushforward, check_image
from symrep.errors import BadInput, SymrepError
from symrep.law import Integers, check_bound, index_kind
from symrep.reading.latex.environment import Environment
from symrep.reading.latex.results import Guess, Unread
from symrep.reading.latex.trees import Tree
from symrep.symbols import DomainSymbol, indexed

__all__ = ["INDICES", "Scope", "name_of", "plain_name"]

#: letters of an index for which a family w_i is defined
INDICES: Final = frozenset("i j k l m".split())
_BASE_KINDS: Final = ("real", "positive", "negative", "nonnegative", "nonzero")


def name_of(tree: Tree) -> str:
    r"""The name of a name in scripts' spelling: ``alphabar_t`` for \bar\alpha_t; empty if the tree is no name."""
    if tree.head in ("name", "vec"):
        return plain_name(tree.text)
    if tree.head == "sup":
        labels = [name_of(p) if p.head == "name" else p.text for p in tree.parts[1:]]
        base = name_of(tree.parts[0])
        return f"{base}__{'_'.join(labels)}" if base and all(x.isalnum() for x in labels) else ""
    if tree.head in ("star", "dagger", "ring", "plus", "minus"):
        base = name_of(tree.parts[0])
        stem, _, below = base.partition("_")
        return f"{stem}{tree.head}{'_' if below else ''}{below}" if base else ""
    return ""


def plain_name(text: str) -> str:
    """``bar(alpha)_{t-1}`` as ``alphabar_tm1``."""
    base, _, below = text.partition("_")
    while base.endswith(")") and "(" in base:
        accent, _, rest = base[:-1].partition("(")
        base = rest + accent if "(" not in rest else _inner(rest) + accent
    below = below.strip("{}")
    for a, b in (("-", "m"), ("+", "p"), (":", "to"), (",", ""), ("'", ""), ("*", "star"), ("/", "over")):
        below = below.replace(a, b)
    return f"{base}_{below}" if below else base


def _inner(text: str) -> str:
    return plain_name(text)


@final
class Scope:
    """One formula's meaning in the making.

    Attributes:
        kinds: the kinds assumed for names nobody declared, by name.
        bases: names whose subscripts are indices in this formula.
        guesses: choices made so far.
    """

    def __init__(
        self,
        environment: Environment,
        bases: frozenset[str],
        assumed: Mapping[str, tuple[str, str]],
        taken: frozenset[str],
        source: str = "",
        offset: int = 0,
    ) -> None:
        self.source = source
        self.offset = offset
        self.spelled: dict[str, str] = {}
        self.environment = environment
        self.bases = bases | environment.indexed
        self.assumed = assumed
        self.taken = taken
        self.kinds: dict[str, str] = {}
        self.guesses: dict[Guess, None] = {}
        self.bound: dict[str, Any] = {}
        self.indices: frozenset[str] = frozenset()
        self.generic: frozenset[str] = frozenset()
        #: p(z) beside p_θ(x | z) is a marginal of p_θ: (p, z) -> p_theta
        self.priors: Mapping[tuple[str, str], str] = {}
        #: capital letters of which means and variances are taken
        self.averaged: frozenset[str] = frozenset()
        #: names by which the formula differentiates
        self.varied: frozenset[str] = frozenset()
        self.matrixlike = False
        #: names that are integrated over in the formula, or were before
        self.integrated: frozenset[str] = environment.integrated
        #: names at which functions are written in the formula: the x of p(x)
        self.points: dict[str, set[str]] = {}
        #: small letters that are transposed somewhere
        self.columns: frozenset[str] = frozenset()
        #: bases of the formula's logarithms, in which its entropies are, too
        self.bases_of_logs: list[Tree] = []

    # --- trouble --------------------------------------------------------------------------------------------------

    def fail(self, tree: Tree, needed: str, got: str = "", code: str = "unsupported", instead: str = "") -> NoReturn:
        raise Unread("formula", needed, got[:80], instead, code=code, start=tree.start, end=tree.end)

    def guess(self, tree: Tree, read: str, why: str, code: str) -> None:
        self.guesses[Guess(tree.start, tree.end, read, why, code)] = None

    @contextmanager
    def errors_of(self, tree: Tree) -> Iterator[None]:
        """What a constructor of symrep or SymPy refuses is unread, with its reason."""
        try:
            yield
        except Unread:
            raise
        except SymrepError as e:
            raise Unread(
                e.what, e.needed, e.got[:80], e.instead, code="unsupported", start=tree.start, end=tree.end
            ) from e
        except (TypeError, ValueError, ArithmeticError, NotImplementedError, AttributeError, RecursionError) as e:
            got = f"{type(e).__name__}"
            raise Unread(
                "formula", "an expression SymPy can hold", got, code="unsupported", start=tree.start, end=tree.end
            ) from e

    def spell(self, name: str, tree: Tree) -> None:
        """Keeps how the author writes a name."""
        text = self.source[tree.start - self.offset : tree.end - self.offset]
        if name not in self.spelled and text and len(text) < 80:
            self.spelled[name] = text

    # --- names ----------------------------------------------------------------------------------------------------

    @contextmanager
    def binding(self, names: Mapping[str, Any]) -> Iterator[None]:
        """Names bound inside an integral, a sum, an expectation."""
        before = self.bound
        self.bound = {**before, **names}
        try:
            yield
        finally:
            self.bound = before

    def kind(self, name: str, tree: Tree | None = None) -> str:
        """The kind of a name: declared, its base's, assumed, or the default."""
        symbols = self.environment.symbols
        base = name.split("_")[0]
        for n in (name, base):
            if n in symbols:
                return symbols[n]
        if self.environment.conventions:
            for n in (name, base):
                if n in self.assumed:
                    kind, why = self.assumed[n]
                    if tree is not None:
                        self.guess(tree, f"{n} is {kind}", why, "kind")
                    self.kinds[name] = kind
                    return kind
        self.kinds[name] = self.environment.default
        return self.environment.default

    @property
    def index_letters(self) -> frozenset[str]:
        """Letters that are indices or symbols somewhere in the formula or the document."""
        return self.indices | frozenset(self.environment.symbols)

    def stands_for(self, body: Any) -> Any:
        """What a defined name stands for here, where some of its symbols may be bound under new names."""
        names = {s.name: s for s in getattr(body, "free_symbols", ()) if isinstance(s, sp.Symbol)}
        table = {s: self.bound[n] for n, s in names.items() if n in self.bound and self.bound[n] != s}
        for n, s in names.items():  # w_i = e^{-x_i} under a sum over i
            base, _, below = n.partition("_")
            if below in self.bound and n not in self.bound and isinstance(self.bound[below], sp.Symbol):
                table[s] = indexed(base, self._base_kind(base))[self.bound[below]]
        return body.xreplace(table) if table else body

    def member(self, base: str, index: str) -> Any:
        """What w_j under a sum over j is, where w_i was defined for an index i; None where it was not."""
        known = self.environment.definitions
        others = [k for k in known if k.partition("_")[0] == base and k.partition("_")[2] in INDICES]
        if index not in self.bound or len(others) != 1 or known[others[0]].parameters:
            return None
        letter, body = others[0].partition("_")[2], known[others[0]].body
        if any(s.name == index for s in getattr(body, "free_symbols", ()) if isinstance(s, sp.Symbol)):
            return None
        # a j of its own, under another sum, is called otherwise
        inner = {s: DomainSymbol(self.fresh(index), s.kind) for s in body.atoms(DomainSymbol) if s.name == index}
        with self.binding({letter: self.bound[index]}):
            return self.stands_for(body.xreplace(inner))

    def symbol(self, name: str, tree: Tree) -> Any:
        """The symbol a name stands for.

        Raises:
            Unread: the name cannot be a symbol's.
        """
        if name in self.bound:
            return self.bound[name]
        kind = self.kind(name, tree)
        try:
            return DomainSymbol(name, kind)
        except BadInput:
            self.fail(tree, "a name of letters and digits", name)

    def indexed(self, base: str, indices: tuple[Any, ...], tree: Tree) -> Any:
        """x_i, of a family of parameters x."""
        kind = self._base_kind(base, tree)
        with self.errors_of(tree):
            return indexed(base, kind)[indices]

    def _base_kind(self, base: str, tree: Tree | None = None) -> str:
        kind = self.kind(base, tree)
        return kind if kind in _BASE_KINDS else "positive" if kind in ("unit", "positive integer") else "real"

    def variable(self, name: str, low: Any, high: Any) -> Any:
        """The variable of an integral from ``low`` to ``high``: the one of that name if it may range so far."""
        kind = self.kind(name)
        fits = (
            kind == "real"
            or (kind in ("positive", "nonnegative") and low.is_nonnegative)
            or (kind == "negative" and high.is_nonpositive)
            or (kind == "unit" and low.is_nonnegative and (1 - high).is_nonnegative)
        )
        return DomainSymbol(name, kind) if fits else DomainSymbol(self.fresh(name), "real")

    def index(self, name: str, low: Any) -> Any:
        """The index of a sum from ``low`` on."""
        kind = self.kind(name)
        fits = (
            kind == "integer"
            or (kind == "positive integer" and low.is_positive)
            or (kind == "nonnegative integer" and low.is_nonnegative)
        )
        return DomainSymbol(name, kind) if fits else DomainSymbol(self.fresh(name), "integer")

    def drawn(self, name: str, law: Any) -> Any:
        """The variable of an expectation under a law of one variable."""
        try:
            x = DomainSymbol(name, self.kind(name))
            if isinstance(law, Pushforward):
                check_image((x,), law, "E")
            else:
                check_bound((x,), law, "E")
        except SymrepError:
            return DomainSymbol(self.fresh(name), _drawn_kind(law))
        return x

    def fresh(self, name: str, besides: Iterable[str] = ()) -> str:
        """A name that stands nowhere in the formula, nor among ``besides``."""
        n, used = 1, {*self.taken, *self.environment.symbols, *besides}
        while f"{name}_{n}" in used:
            n += 1
        return f"{name}_{n}"

    def free_names(self, expr: Any) -> set[str]:
        return {s.name for s in getattr(expr, "free_symbols", ()) if isinstance(s, sp.Symbol)}


def _drawn_kind(law: Any) -> str:
    """The kind of a variable that may be any value of a law."""
    (values,) = law.ranges()
    return index_kind(values.low) if isinstance(values, Integers) else "real"
