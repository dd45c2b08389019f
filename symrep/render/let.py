r"""The "let" list of a derivation: what the names in its lines stand for, as X\sim\mathcal{N}(\mu,\sigma^2)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from types import FunctionType
from typing import Any, final

import sympy as sp

from symrep import notation as nt
from symrep import typeset as ts
from symrep.derivation import Line
from symrep.distribution import Conditional, Distribution, Generic, Joint, Law, Normalised, Pushforward
from symrep.errors import SymrepError
from symrep.printing import function_name, sim
from symrep.render.script import returned
from symrep.render.source import Interpreter, Untypeset, line_latex
from symrep.spherical import Spherical
from symrep.symbols import as_expr
from symrep.transform import Transform
from symrep.typeset import Piece

__all__ = ["function_latex", "let_latex"]

_HEAVISIDE = r"H(t)=\mathbf{1}\{t>0\},\quad H(0)=\tfrac{1}{2}"


def let_latex(lines: Iterable[Line], path: str = "") -> tuple[str, ...]:
    """What the names to be seen in the lines stand for, each after those it is built from. Expressions are spelled out
    in the lines themselves and need no entry."""
    lines = list(lines)
    found: dict[str, str] = {}
    shown_otherwise: set[str] = set()
    for line in lines:
        if line.source is not None and line.namespace is not None:
            lets = _Lets(Interpreter(line.namespace, path, line.lineno + 1), found)
            lets.walk(line.source)
            shown_otherwise |= lets.shown_otherwise
    seen = _names_only(" ".join(line_latex(line, path) for line in lines))
    out: list[str] = []
    for name, text in reversed(found.items()):  # what others are built from comes before them
        mark = function_name(name)
        shown = rf"(?<![A-Za-z\\]){re.escape(mark)}(?![A-Za-z])"
        visible = name in shown_otherwise or re.search(shown, seen)
        if text and (visible or any(re.search(shown, _names_only(other)) for other in out)):
            out.append(text)
    if any(line.expr.has(sp.Heaviside) for line in lines):
        out.insert(0, _HEAVISIDE)
    return tuple(dict.fromkeys(reversed(out)))


def _names_only(tex: str) -> str:
    """Without the letters that name no symbol, such as a calligraphic U."""
    return re.sub(r"\\(mathcal|mathbb|mathbf|text)\{[^{}]*\}", " ", tex)


@final
class _Lets:
    def __init__(self, it: Interpreter, out: dict[str, str]) -> None:
        self.it = it
        self.out = out
        #: names of laws that are printed with a letter of their own
        self.shown_otherwise: set[str] = set()

    def walk(self, tree: ast.expr) -> None:
        names = [n for n in ast.walk(tree) if isinstance(n, ast.Name)]
        for node in sorted(names, key=lambda n: (n.lineno, n.col_offset)):
            if node.id not in self.out and node.id in self.it.namespace:
                self.name(node.id, self.it.namespace[node.id], node.lineno)

    def name(self, name: str, value: Any, lineno: int) -> None:
        if isinstance(value, (sp.Symbol, sp.Number)) or not isinstance(
            value, (sp.Expr, Law, nt.density, nt.pmf, Transform, FunctionType)
        ):
            return
        if isinstance(value, FunctionType) and value.__module__ != self.it.namespace.get("__name__"):
            return
        self.out[name] = ""  # met: no name is followed twice
        if isinstance(value, (Transform, FunctionType)):
            text = function_latex(value, self.it.namespace)
        else:
            right = next((a for a in self.it.candidates(name, lineno) if self.it.has_value(a, value)), None)
            if right is not None:
                self.walk(right)
            text = self.law(name, value, right) if isinstance(value, Law) else self.alias(name, value, right)
        del self.out[name]  # and stands after those it is built from
        self.out[name] = text or ""

    def alias(self, name: str, value: Any, right: ast.expr | None) -> str:
        """A density under a name that does not say whose it is."""
        if not isinstance(value, (nt.density, nt.pmf)) or value.law.arity() != 1:
            return ""
        at = right.args[0] if isinstance(right, ast.Call) and len(right.args) == 1 else None
        whose = at.id if isinstance(at, ast.Name) else ""
        if name == f"f_{whose}":
            return ""
        t = ts.atom("t")
        shown = self.it.printer.density(value.law, (t,), "" if isinstance(value.law, Distribution) else whose)
        own = ts.apply(function_name(name), t).tex
        return "" if own == shown.tex else f"{own}={shown.tex}"

    def law(self, name: str, law: Any, right: ast.expr | None) -> str:
        left = ts.symbol(name)
        if isinstance(law, Generic):
            return sim(left, Piece(self.it.printer.density_name(law)))
        if isinstance(law, Pushforward):
            return self.image(left, law, right)
        if isinstance(law, (Joint, Conditional)):
            return ""
        if isinstance(law, Spherical):
            points = law.coordinates()
            pr = self.it.printer
            return f"{pr.density(law, pr.pieces(points), name).tex}={pr.piece(law.density_at(*points)).tex}"
        if isinstance(law, Normalised):
            self.shown_otherwise.add(name)
            pr = self.it.printer
            return f"{pr.density(law, (pr.piece(law.variable),)).tex}={pr.piece(law.density_at(law.variable)).tex}"
        shown = self.it.run(right).piece if right is not None else None
        return sim(left, shown or self.it.printer.law(law))

    def image(self, left: Piece, law: Pushforward, right: ast.expr | None) -> str:
        if isinstance(right, ast.Call) and len(right.args) == 3 and not right.keywords and law.arity() == 1:
            base, _, body = right.args
            if isinstance(base, ast.Name):
                table = {law.variables[0]: ts.symbol(base.id)}
                try:
                    got = Interpreter(self.it.namespace, self.it.path, self.it.before, table).run(body)
                    if as_expr(got.value) == law.images[0]:
                        return f"{left.tex}={got.tex.tex}"
                except (Untypeset, SymrepError):
                    pass
        pr = self.it.printer
        images = ts.join(pr.pieces(law.images))
        images = images if law.arity() == 1 else f"({images})"
        return rf"{left.tex}={images},\quad {pr.drawn(law.variables, law.base)}"


def function_latex(func: Any, namespace: Any = None) -> str | None:
    """The definition of a transform (by latexify) or of a plain function of one ``return``; None without either."""
    if isinstance(func, Transform):
        try:
            return func.latex()
        except SymrepError:
            func = func.func
    found = returned(func) if isinstance(func, FunctionType) else None
    if found is None:
        return None
    parameters, body = found
    symbols = {p: sp.Symbol(p, real=True) for p in parameters}
    it = Interpreter({**func.__globals__, **(namespace or {}), **symbols})
    try:
        right = it.run(body).tex
    except Exception:  # the script's own functions may raise anything
        return None
    return f"{ts.symbol(func.__name__).tex}({','.join(_parts(parameters))})={right.tex}"


def _parts(parameters: Iterable[str]) -> Iterator[str]:
    return (ts.symbol(p).tex for p in parameters)
