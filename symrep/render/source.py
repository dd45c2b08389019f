r"""Lines in their author's own order.

SymPy reorders and cancels what it is given before anybody can print it, so a line is typeset from the syntax tree of
the script. An interpreter walks the tree and gives every node its LaTeX *and* its value, computed by the same
operators and functions on the values of its children. If the root's value is the expression that was judged, the
typeset tree is printed; anything else falls back to the printed value. What is printed is what was judged.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from types import FunctionType
from typing import Any, Final, final

import sympy as sp
from sympy.core.function import Application

from symrep import notation as nt
from symrep import typeset as ts
from symrep.derivation import Line
from symrep.distribution import Distribution, Family, Generic, Law, Pushforward
from symrep.errors import SymrepError
from symrep.printing import (
    Printer,
    divergence,
    draws,
    each_drawn,
    function_name,
    sim,
)
from symrep.render.script import assignments, returned
from symrep.symbols import Undetermined, as_expr
from symrep.transform import Transform
from symrep.typeset import Piece
from symrep.typeset_draws import average, drawn_at, index_of
from symrep.typeset_functions import latex_function, undetermined

__all__ = ["Interpreter", "Typed", "Untypeset", "law_names", "line_latex"]

_BINARY: Final[dict[type[ast.operator], tuple[Callable[[Any, Any], Any], Callable[[Piece, Piece], Piece]]]] = {
    ast.Add: (operator.add, ts.add),
    ast.Sub: (operator.sub, ts.subtract),
    ast.Mult: (operator.mul, lambda a, b: ts.product((a, b))),
    ast.Div: (operator.truediv, ts.fraction),
    ast.Pow: (operator.pow, ts.power),
    ast.BitAnd: (operator.and_, lambda a, b: Piece(rf"{a.tex}\text{{ and }}{b.tex}", ts.RELATION)),
}
_COMPARE: Final[dict[type[ast.cmpop], tuple[Callable[[Any, Any], Any], str]]] = {
    ast.Lt: (operator.lt, "<"),
    ast.LtE: (operator.le, r"\le"),
    ast.Gt: (operator.gt, ">"),
    ast.GtE: (operator.ge, r"\ge"),
}
_DEPTH: Final = 60


@final
class Untypeset(Exception):
    """This tree is beyond the interpreter; the value is printed instead."""


@final
@dataclass(frozen=True)
class Typed:
    """A node's value and its LaTeX; ``piece`` is None for what is no formula (a function, a tuple)."""

    value: Any
    piece: Piece | None
    items: tuple[Typed, ...] = ()

    @property
    def tex(self) -> Piece:
        if self.piece is None:
            raise Untypeset
        return self.piece


def law_names(namespace: Mapping[str, Any]) -> dict[Any, str]:
    """What the script calls its image laws."""
    return {v: k for k, v in sorted(namespace.items(), reverse=True) if isinstance(v, Pushforward)}


@final
class Interpreter:
    """Gives values and LaTeX to the syntax trees of one script, in the names one line could see.

    ``path`` is the script, for the assignments behind names; ``before`` the line they must precede; ``shown`` replaces
    the LaTeX of symbols (a law's variable by the law's own name).
    """

    def __init__(
        self, namespace: Mapping[str, Any], path: str = "", before: int = 0, shown: Mapping[Any, Piece] | None = None
    ) -> None:
        self.namespace = namespace
        self.path = path or str(namespace.get("__file__") or "")
        self.before = before
        self.shown = dict(shown or {})
        self.printer = Printer(law_names(namespace), self.shown)
        self.depth = 0

    def run(self, node: ast.expr) -> Typed:
        """
        Raises:
            Untypeset: a construct the interpreter does not know.
        """
        method = getattr(self, "_" + type(node).__name__.lower(), None)
        if method is None or self.depth > _DEPTH:
            raise Untypeset
        self.depth += 1
        try:
            return method(node)
        finally:
            self.depth -= 1

    def printed(self, value: Any) -> Typed:
        """A value as the house prints it, where the tree says less than the value."""
        if isinstance(value, (sp.Basic, int, float)) and not isinstance(value, bool):
            return Typed(value, self.printer.piece(as_expr(value)))
        return Typed(value, None)

    # --- leaves ---------------------------------------------------------------------------------------------------

    def _constant(self, node: ast.Constant) -> Typed:
        v = node.value
        if isinstance(v, (int, float)) and not isinstance(v, bool):
            return Typed(v, ts.number(repr(v)))
        return Typed(v, None)

    def _name(self, node: ast.Name) -> Typed:
        if node.id not in self.namespace:
            if node.id == "abs":
                return Typed(abs, None)
            raise Untypeset
        value = self.namespace[node.id]
        if isinstance(value, sp.Symbol):
            return Typed(value, self.shown.get(value) or self.printer.piece(value))
        if isinstance(value, sp.Expr) and value.args:
            for right in self.candidates(node.id, node.lineno):
                let = self.attempt(right)
                if let is not None and let.piece is not None and let.value == value:
                    return Typed(value, let.piece)
        return self.printed(value)

    def candidates(self, name: str, lineno: int) -> list[ast.expr]:
        """What was assigned to a name above a line, the nearest first."""
        return list(islice(assignments(self.path, name, min(lineno, self.before or lineno)), 4))

    def has_value(self, node: ast.expr, value: Any) -> bool:
        got = self.attempt(node)
        return got is not None and bool(got.value == value)

    def attempt(self, node: ast.expr) -> Typed | None:
        try:
            return self.run(node)
        except Exception:  # whatever the script's own functions raise: then there is nothing to show
            return None

    def _tuple(self, node: ast.Tuple | ast.List) -> Typed:
        items = tuple(self.run(e) for e in node.elts)
        values = [i.value for i in items]
        return Typed(values if isinstance(node, ast.List) else tuple(values), None, items)

    _list = _tuple

    # --- operators ------------------------------------------------------------------------------------------------

    def _binop(self, node: ast.BinOp) -> Typed:
        if type(node.op) not in _BINARY:
            raise Untypeset
        compute, show = _BINARY[type(node.op)]
        left, right = self.run(node.left), self.run(node.right)
        value = compute(left.value, right.value)
        if isinstance(node.op, ast.Pow) and right.value == sp.Rational(1, 2):
            return Typed(value, ts.root(left.tex))
        return Typed(value, show(left.tex, right.tex))

    def _unaryop(self, node: ast.UnaryOp) -> Typed:
        inner = self.run(node.operand)
        if isinstance(node.op, ast.USub):
            return Typed(-inner.value, ts.negative(inner.tex))
        if isinstance(node.op, ast.UAdd):
            return Typed(+inner.value, inner.tex)
        raise Untypeset

    def _compare(self, node: ast.Compare) -> Typed:
        if len(node.ops) != 1 or type(node.ops[0]) not in _COMPARE:
            raise Untypeset
        compute, sign = _COMPARE[type(node.ops[0])]
        left, right = self.run(node.left), self.run(node.comparators[0])
        return Typed(compute(left.value, right.value), ts.relation(left.tex, sign, right.tex))

    def _subscript(self, node: ast.Subscript) -> Typed:
        return self.printed(self.run(node.value).value[self.run(node.slice).value])

    def _attribute(self, node: ast.Attribute) -> Typed:
        return self.printed(getattr(self.run(node.value).value, node.attr))

    # --- calls ----------------------------------------------------------------------------------------------------

    def _call(self, node: ast.Call) -> Typed:
        if any(isinstance(a, ast.Starred) for a in node.args) or any(k.arg is None for k in node.keywords):
            raise Untypeset
        func = self.run(node.func)
        args = tuple(self.run(a) for a in node.args)
        named = {str(k.arg): self.run(k.value) for k in node.keywords}
        value = func.value(*(a.value for a in args), **{k: v.value for k, v in named.items()})
        if not named:
            try:
                shown = self.call_piece(node, func.value, args, value)
            except Untypeset:
                shown = None
            if shown is not None:
                return Typed(value, shown)
        return self.printed(value)

    def call_piece(self, node: ast.Call, func: Any, args: tuple[Typed, ...], value: Any) -> Piece | None:
        """How the call is written; None if it is better shown by its value."""
        if isinstance(func, type) and issubclass(func, Undetermined) and not func.spec.vector:
            return undetermined(func, tuple(a.tex for a in args))
        if isinstance(func, Transform):
            return ts.apply(ts.symbol(func.name).tex, *(a.tex for a in args))
        if isinstance(func, FunctionType) and func.__module__ == self.namespace.get("__name__"):
            if not args or returned(func) is None:
                return None
            return ts.apply(ts.symbol(func.__name__).tex, *(a.tex for a in args))
        if isinstance(func, Family):
            return self.printer.member(func, tuple(a.tex for a in args))
        if isinstance(func, (nt.density, nt.pmf)):
            return self._density(node, func, args)
        if func is nt.sample_mean:
            return self._average(node, args, value)
        if func is nt.D:
            return self._derivative(node, args)
        special = _SPECIAL.get(func) if not isinstance(func, type) or func in _CLASSES else None
        if special is not None:
            return special(self, args, value)
        if isinstance(func, type) and issubclass(func, Application):
            return latex_function(func.__name__, tuple(a.tex for a in args))
        return None

    def _average(self, node: ast.Call, args: tuple[Typed, ...], value: Any) -> Piece | None:
        """The mean of a sample: its body once more, with x_i for x."""
        if value.size == 1:
            return args[0].tex
        i = index_of(value.variables, value.body, value.size)
        inside = Interpreter(self.namespace, self.path, self.before, {**self.shown, **drawn_at(value.variables, i)})
        return average(args[2].tex, i, inside.run(node.args[0]).tex) if len(args) == 3 else None

    def _derivative(self, node: ast.Call, args: tuple[Typed, ...]) -> Piece:
        """∂/∂y of the body; g'(y) where the body is a function of y alone, applied to y."""
        body, by = args[0], [a.value for a in args[1:]]
        inner = node.args[0]
        if isinstance(inner, ast.Call) and len(inner.args) == 1 and not inner.keywords and set(by) == {by[0]}:
            point = self.run(inner.args[0])
            name = self.function(self.run(inner.func).value)
            if name and point.value == by[0]:
                return ts.apply(ts.primed(name, len(by)), point.tex)
        alone = isinstance(body.value, sp.Basic) and set(by) == body.value.free_symbols
        return ts.differentiate([a.tex for a in args[1:]], body.tex, alone)

    def function(self, func: Any) -> str:
        """The name of a function of one variable, if it has one."""
        if isinstance(func, type) and issubclass(func, Undetermined) and func.orders == (0,):
            return function_name(func.symbol)
        if isinstance(func, Transform) and len(func.parameters) == 1:
            return ts.symbol(func.name).tex
        if isinstance(func, FunctionType) and func.__module__ == self.namespace.get("__name__") and returned(func):
            return ts.symbol(func.__name__).tex if func.__code__.co_argcount == 1 else ""
        return ""

    def _parameters(self, call: ast.Call) -> tuple[Piece, ...] | None:
        """As written, where a family is called, and not a function that makes a law."""
        if not isinstance(self.run(call.func).value, Family):
            return None
        return tuple(self.run(a).tex for a in call.args)

    def _density(self, node: ast.Call, func: nt.density | nt.pmf, args: tuple[Typed, ...]) -> Piece:
        name = ""
        at = node.func
        if isinstance(at, ast.Name):
            return ts.apply(function_name(at.id), *(a.tex for a in args))
        if isinstance(at, ast.Call) and len(at.args) == 1:
            if isinstance(at.args[0], ast.Name) and not isinstance(func.law, Generic):
                name = at.args[0].id
            elif isinstance(func.law, Distribution) and isinstance(at.args[0], ast.Call) and not at.args[0].keywords:
                parameters = self._parameters(at.args[0])
                return self.printer.density(func.law, tuple(a.tex for a in args), "", parameters)
        return self.printer.density(func.law, tuple(a.tex for a in args), name)


# --- what authors call by name ------------------------------------------------------------------------------------


def _sqrt(_: Interpreter, args: tuple[Typed, ...], value: Any) -> Piece | None:
    return ts.root(args[0].tex) if len(args) == 1 else None


def _rational(_: Interpreter, args: tuple[Typed, ...], value: Any) -> Piece | None:
    if len(args) == 2:
        return ts.fraction(args[0].tex, args[1].tex)
    return None


def _absolute(_: Interpreter, args: tuple[Typed, ...], value: Any) -> Piece | None:
    return latex_function("Abs", (args[0].tex,))


def _bindings(it: Interpreter, bindings: tuple[Typed, ...]) -> Piece:
    parts: list[str] = []
    for b in bindings:
        if len(b.items) != 2:
            raise Untypeset
        variable, law = b.items
        if not isinstance(law.value, Law) or variable.items:
            raise Untypeset
        parts.append(sim(variable.tex, law.piece or it.printer.law(law.value)))
    return Piece(r",\,".join(parts))


def _expectation(it: Interpreter, args: tuple[Typed, ...], value: Any) -> Piece | None:
    if isinstance(value, nt.EachExpectation):
        return ts.scripted(r"\mathbb{E}", each_drawn(it.printer, value), args[0].tex)
    if isinstance(value, nt.ExpectedSampleMean):
        return ts.scripted(r"\mathbb{E}", draws(it.printer, value.args[0]), args[0].tex)
    if not isinstance(value, nt.Binder):
        return None
    head = r"\operatorname{Var}" if isinstance(value, nt.Variance) else r"\mathbb{E}"
    return ts.scripted(head, _bindings(it, args[1:]), args[0].tex)


def _kl(it: Interpreter, args: tuple[Typed, ...], value: Any) -> Piece | None:
    return divergence(*(a.piece or it.printer.law(a.value) for a in args))


def _indicator(_: Interpreter, args: tuple[Typed, ...], value: Any) -> Piece | None:
    return ts.indicator(args[0].tex) if isinstance(value, sp.Piecewise) else None


def _piecewise(_: Interpreter, args: tuple[Typed, ...], value: Any) -> Piece | None:
    rows: list[tuple[Piece, Piece | None]] = []
    for row in args:
        if len(row.items) != 2:
            raise Untypeset
        shown, when = row.items
        rows.append((shown.tex, None if when.value is True or when.value is sp.true else when.tex))
    return ts.cases(rows)


def _big(head: str) -> Callable[[Interpreter, tuple[Typed, ...], Any], Piece | None]:
    def show(_: Interpreter, args: tuple[Typed, ...], value: Any) -> Piece | None:
        out = args[0].tex
        for limit in args[1:]:
            j, lo, hi = (i.tex for i in limit.items)
            out = ts.big(rf"{head}_{{{j.tex}={ts.flat(lo).tex}}}^{{{ts.flat(hi).tex}}}", out)
        return out

    return show


def _integral(_: Interpreter, args: tuple[Typed, ...], value: Any) -> Piece | None:
    if any(len(a.items) != 3 for a in args[1:]):
        return None
    return ts.integral(args[0].tex, [(a.items[0].tex, a.items[1].tex, a.items[2].tex) for a in args[1:]])


_SPECIAL: Final[dict[Any, Callable[[Interpreter, tuple[Typed, ...], Any], Piece | None]]] = {
    sp.sqrt: _sqrt,
    sp.Rational: _rational,
    abs: _absolute,
    nt.E: _expectation,
    nt.Var: _expectation,
    nt.KL: _kl,
    nt.indicator: _indicator,
    sp.Piecewise: _piecewise,
    sp.Sum: _big(r"\sum"),
    sp.Product: _big(r"\prod"),
    sp.Integral: _integral,
}
_CLASSES: Final = frozenset(k for k in _SPECIAL if isinstance(k, type))


def line_latex(line: Line, path: str = "") -> str:
    """A line as its author wrote it, or, where the script cannot be followed, as the house prints its value."""
    if line.source is not None and line.namespace is not None:
        try:
            out = Interpreter(line.namespace, path, line.lineno + 1).run(line.source)
            if out.piece is not None and as_expr(out.value) == line.expr:
                return out.piece.tex
        except (Untypeset, SymrepError):
            pass
        except Exception:  # the script's own functions, run a second time, may raise anything
            pass
    names = law_names(line.namespace) if line.namespace is not None else {}
    return Printer(names).piece(line.expr).tex
