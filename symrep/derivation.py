"""Derivations as scripts write them: a generator whose every ``yield expression, reason`` is one displayed line.

Nothing is judged here. Running the generator gives :class:`Line` objects that remember where they were written, so that
a report can point at them and a renderer can print them in the author's own order.
"""

from __future__ import annotations

import ast
import inspect
import linecache
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Final, final

import sympy as sp

from symrep.errors import BadInput, ScriptError, SymrepError
from symrep.hints import hint
from symrep.notation import Relation
from symrep.symbols import as_expr
from symrep.verdict import Reason, Status

__all__ = ["Admitted", "Derivation", "Expected", "Line", "Rule", "admit", "derivation", "lemma"]


class Rule:
    """A reason: something that can say, from one line, what the next should be. See :mod:`symrep.rules`."""

    name: ClassVar[str] = "rule"

    def apply(self, before: Any, hint: Any, given: tuple[Any, ...]) -> Any:
        raise NotImplementedError

    def latex(self) -> str:
        """How the reason is printed beside the line."""
        return rf"\text{{{self.name.replace('_', ' ')}}}"


@final
@dataclass(frozen=True)
class Admitted:
    """A line the author does not justify; it and everything built on it says so."""

    why: str


def admit(why: str) -> Admitted:
    """Accept a line without a check. The reason is printed and the status is at most ADMITTED.

    Raises:
        BadInput: no reason given.
    """
    if not isinstance(why, str) or not why.strip():
        raise BadInput("admit", "a reason in words", repr(why), 'admit("shown in Appendix B of …")')
    return Admitted(why.strip())


@final
@dataclass(frozen=True)
class LemmaUse:
    """Another derivation used as a reason, with parameters put in."""

    derivation: Derivation
    values: tuple[tuple[Any, Any], ...] = ()
    #: the symbol that stands for what the other draws add up to, and the sum over all of them
    others: tuple[Any, Any] | None = None


def lemma(
    d: Derivation, values: Mapping[Any, Any] | None = None, *, others: Mapping[Any, Any] | None = None
) -> LemmaUse:
    r"""Use a derivation as a reason: rewrites its first line into its last, with ``values`` put in for its symbols.

    ``others={c: Sum(s(z[j]), (j, 1, n))}`` uses one about E under one law, for every c, in E Σ_k over independent draws
    z_1, …, z_n of that law: for each draw z_k in turn, with c = Σ_{j ≠ k} s(z_j), which is the same whatever z_k is.

    Raises:
        BadInput: no derivation, or ``others`` is not one symbol with a sum.
    """
    if not isinstance(d, Derivation):
        raise BadInput("lemma", "a derivation", type(d).__name__)
    put_in = tuple((k, as_expr(v)) for k, v in (values or {}).items())
    if others is None:
        return LemmaUse(d, put_in)
    found = list(others.items()) if isinstance(others, Mapping) else []
    if len(found) != 1 or not isinstance(found[0][0], sp.Symbol) or not isinstance(found[0][1], sp.Sum):
        raise BadInput("lemma", "one symbol and the sum over all draws", str(others)[:80], "others={c: Sum(…)}")
    return LemmaUse(d, put_in, found[0])


@final
@dataclass(frozen=True)
class Expected:
    """What a must-fail derivation has to come out as: status, reason code, number of the first broken line (from 1)."""

    status: Status
    reason: Reason
    line: int


@final
@dataclass(frozen=True)
class Line:
    """One displayed line.

    ``op`` relates it to the line before (``"="`` for the first). ``source`` is the syntax tree of what was written,
    ``namespace`` the names it could see; both ``None`` when the source is not available.
    """

    expr: Any
    op: str
    reason: Rule | Admitted | LemmaUse | None
    lineno: int
    tolerance: Any = None
    source: ast.expr | None = field(default=None, compare=False, repr=False)
    namespace: Mapping[str, Any] | None = field(default=None, compare=False, repr=False)


_STARRED: Final = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


@final
class Derivation:
    """A named chain of lines, lazily produced.

    Attributes:
        name, path, lineno: where it was written.
        theorem: its docstring.
        source: where the mathematics comes from.
        given: relations assumed throughout.
        expected: set for must-fail derivations.
    """

    def __init__(
        self,
        func: Callable[[], Iterator[Any]],
        source: str,
        given: tuple[Any, ...],
        expected: Expected | None,
    ) -> None:
        if not inspect.isfunction(func):
            raise ScriptError("derivation", "a function", type(func).__name__, "def name(): …")
        self.func = func
        self.name = func.__name__
        self.source = source
        self.given = given
        self.expected = expected
        self.theorem = inspect.cleandoc(func.__doc__ or "")
        code = func.__code__
        self.path = code.co_filename
        self.lineno = code.co_firstlineno
        self.__doc__ = func.__doc__
        self.__name__ = func.__name__
        self.__module__ = func.__module__
        self._tree = _function_tree(func)
        if self._tree is not None:
            _refuse_bare_expressions(self._tree, self.path)
        if not inspect.isgeneratorfunction(func):
            raise ScriptError(
                f"derivation {self.name}",
                "at least one yield",
                "a function without",
                "yield expression, reason",
                f"{self.path}:{self.lineno}",
            )
        if any(p.default is p.empty and p.kind not in _STARRED for p in inspect.signature(func).parameters.values()):
            raise ScriptError(
                f"derivation {self.name}",
                "a function without parameters",
                str(inspect.signature(func)),
                f"def {self.name}():, with its symbols from outside",
                f"{self.path}:{self.lineno}",
            )

    def __repr__(self) -> str:
        return f"<derivation {self.name} at {Path(self.path).name}:{self.lineno}>"

    def lines(self) -> Iterator[Line]:
        """Run the script's generator, one line at a time.

        Raises:
            ScriptError: whatever goes wrong between two lines, with the place; the lines before have been produced.
        """
        run = self.func()
        at = self.lineno
        first = True
        ways: set[str] = set()
        while True:
            try:
                value = next(run)
            except StopIteration:
                return
            except SymrepError as e:
                where = f"{self.path}:{_raised_at(e, self.path) or at}"
                raise ScriptError(e.what, e.needed, e.got, e.instead, where) from e
            except Exception as e:
                where = f"{self.path}:{_raised_at(e, self.path) or at}"
                raise ScriptError(
                    f"derivation {self.name}",
                    "a script that runs",
                    f"{type(e).__name__}: {str(e)[:200]}",
                    hint(e),
                    where,
                ) from e
            frame = run.gi_frame
            at = frame.f_lineno
            node = _yield_at(self._tree, at)
            namespace = {**frame.f_globals, **frame.f_locals}
            line = self._line(value, first, node, at, namespace)
            ways |= {line.op[0]} & {"<", ">"}
            if len(ways) == 2:
                raise ScriptError(
                    f"derivation {self.name}",
                    "inequalities that all point the same way, so that the last line says something of the first",
                    "both directions",
                    "two derivations",
                    f"{self.path}:{at}",
                )
            yield line
            first = False

    def _line(self, value: Any, first: bool, node: ast.expr | None, at: int, namespace: dict[str, Any]) -> Line:
        where = f"{self.path}:{at}"
        reason: Any = None
        tree = node
        if isinstance(value, tuple):
            if len(value) != 2:
                raise ScriptError("yield", "an expression and one reason", f"{len(value)} things", where=where)
            value, reason = value
            if isinstance(node, ast.Tuple) and len(node.elts) == 2:
                tree = node.elts[0]
        op, tolerance = "=", None
        if isinstance(value, Relation):
            op, tolerance = value.op, value.tolerance
            value = value.expr
            if isinstance(tree, ast.Call) and tree.args:
                tree = tree.args[0]
        if isinstance(value, str):
            raise ScriptError("yield", "an expression", "text", "an expression; LaTeX lines are not read", where)
        if isinstance(value, bool) or not isinstance(value, (sp.Expr, int)):
            raise ScriptError("yield", "an expression", f"{type(value).__name__}: {str(value)[:60]}", where=where)
        if isinstance(reason, Derivation):
            reason = LemmaUse(reason)
        if inspect.isclass(reason) and issubclass(reason, Rule):
            try:
                reason = reason()
            except TypeError as e:
                raise ScriptError("yield", "the rule with its arguments", reason.__name__, str(e)[:80], where) from e
        if reason is not None and not isinstance(reason, (Rule, Admitted, LemmaUse)):
            raise ScriptError("yield", "a rule, a derivation or admit(…) as the reason", str(reason)[:60], where=where)
        if reason is None and not first:
            raise ScriptError(
                "yield", "a reason for every line after the first", "none", "yield expression, reason", where
            )
        if reason is not None and first:
            raise ScriptError(
                "yield", "no reason for the first line: nothing stands before it", str(reason)[:60], where=where
            )
        if op != "~" and isinstance(value, sp.Expr) and value.atoms(sp.Float):
            raise ScriptError(
                "yield",
                "exact numbers, for a decimal is rounded before anybody sees it",
                ", ".join(sorted(str(v) for v in value.atoms(sp.Float))),
                "Rational(1, 2) for 0.5, or approx(…)",
                where,
            )
        if value in (sp.oo, -sp.oo):
            raise ScriptError("yield", "a number", str(value), "what grows, with the limit in words", where)
        if first and op != "=":
            raise ScriptError("yield", "a plain first line: nothing stands before it", f"a relation {op}", where=where)
        return Line(as_expr(value), op, reason, at, tolerance, tree, namespace)


def derivation(
    func: Callable[[], Iterator[Any]] | None = None,
    /,
    *,
    source: str = "",
    given: Any = (),
    expected: Expected | None = None,
) -> Any:
    """Decorator for a derivation; see :class:`Derivation`. The docstring is the theorem.

    Args:
        source: where the mathematics comes from, as one would cite it.
        given: relations assumed throughout, e.g. ``[a < b]``.
        expected: what a must-fail derivation has to come out as.

    Raises:
        ScriptError: no ``yield`` in the body, or an expression that stands on its own (a forgotten ``yield``).
    """
    rels = tuple(given) if isinstance(given, (list, tuple)) else (given,)

    def wrap(f: Callable[[], Iterator[Any]]) -> Derivation:
        return Derivation(f, source, rels, expected)

    return wrap(func) if func is not None else wrap


def _function_tree(func: Callable[..., Any]) -> ast.FunctionDef | None:
    """The function's syntax tree with the file's line numbers, or None without source."""
    code = func.__code__
    linecache.checkcache(code.co_filename)
    text = "".join(linecache.getlines(code.co_filename))
    if not text:
        return None
    try:
        module = ast.parse(textwrap.dedent(text))
    except SyntaxError:
        return None
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and node.name == func.__name__:
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            if first == code.co_firstlineno:
                return node
    return None


def _refuse_bare_expressions(tree: ast.FunctionDef, path: str) -> None:
    docstrings = [
        n.body[0] for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(n)
    ]
    for node in tree.body:
        for s in ast.walk(node):
            if not isinstance(s, ast.Expr) or isinstance(s.value, (ast.Yield, ast.YieldFrom)) or s in docstrings:
                continue
            if isinstance(s.value, ast.Call) and isinstance(s.value.func, ast.Name) and s.value.func.id == "print":
                continue
            raise ScriptError(
                f"derivation {tree.name}",
                "a yield before every line",
                f"a bare expression: {ast.unparse(s.value)[:60]}",
                f"yield {ast.unparse(s.value)[:60]}, or _ = … where it is a statement",
                f"{path}:{s.lineno}",
            )


def _yield_at(tree: ast.FunctionDef | None, lineno: int) -> ast.expr | None:
    """The expression of the yield that spans ``lineno``: the innermost, should several; None when that is not one."""
    if tree is None:
        return None
    spans = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.Yield) and n.value is not None and n.lineno <= lineno <= (n.end_lineno or n.lineno)
    ]
    last = max((n.lineno for n in spans), default=0)
    best = [n for n in spans if n.lineno == last]
    return best[0].value if len(best) == 1 else None


def _raised_at(e: BaseException, path: str) -> int | None:
    """The last line of ``path`` on the exception's way up."""
    tb, at = e.__traceback__, None
    while tb is not None:
        if tb.tb_frame.f_code.co_filename == path:
            at = tb.tb_lineno
        tb = tb.tb_next
    return at
