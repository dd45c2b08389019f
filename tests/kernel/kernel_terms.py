"""Terms from Python expressions, for tests only (read with ``ast``, nothing is executed)."""

from __future__ import annotations

import ast

from symrep.claim import Context, FunctionSpec
from symrep.term import FUNCTIONS, PI, Term, add, div, fn, mul, neg, num, power, sqrt, sub, sym

OPS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
INF: Term = ("inf", 1)
MINF: Term = ("inf", -1)


def T(text: str | int) -> Term:
    def go(n: ast.expr) -> Term:
        if isinstance(n, ast.Constant):
            return num(n.value)
        if isinstance(n, ast.Name):
            return PI if n.id == "pi" else INF if n.id == "oo" else sym(n.id)
        if isinstance(n, ast.UnaryOp):
            inner = go(n.operand)
            return ("inf", -inner[1]) if inner[0] == "inf" else neg(inner) if inner[0] != "num" else num(-inner[1])
        if isinstance(n, ast.Compare):
            return ("rel", OPS[type(n.ops[0])], go(n.left), go(n.comparators[0]))
        if isinstance(n, ast.IfExp):
            return ("piecewise", (go(n.test), go(n.body)), (("true",), go(n.orelse)))
        if isinstance(n, ast.BinOp):
            a, b = go(n.left), go(n.right)
            if isinstance(n.op, ast.Div) and a[0] == b[0] == "num" and a[2] == b[2] == 1:
                return num(a[1], b[1])
            return {ast.Add: add, ast.Sub: sub, ast.Mult: mul, ast.Div: div, ast.Pow: power}[type(n.op)](a, b)
        assert isinstance(n, ast.Call) and isinstance(n.func, ast.Name), ast.dump(n)
        args = [go(a) for a in n.args]
        if n.func.id == "sqrt":
            return sqrt(args[0])
        if n.func.id == "diff":
            return ("diff", args[0], args[1][1])
        if n.func.id in FUNCTIONS:
            return fn(n.func.id, *args)
        name = n.func.id.rstrip("_")
        return ("app", name, (len(n.func.id) - len(name),) + (0,) * (len(args) - 1), tuple(args))

    return go(ast.parse(str(text), mode="eval").body)


def context(symbols: str = "", given: str = "", **functions: FunctionSpec) -> Context:
    """``"mu real, sigma positive"``."""
    kinds = dict(part.strip().split(" ", 1) for part in symbols.split(",") if part.strip())
    return Context(kinds, functions, tuple(T(g) for g in given.split(",") if g.strip()))


def box(text: str) -> tuple[tuple[str, Term, Term], ...]:
    """``"x 0 oo; y 0 1"``."""
    return tuple((x, T(lo), T(hi)) for x, lo, hi in (b.split() for b in text.split(";")))
