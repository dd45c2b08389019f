"""Claims from Python text, for tests only (read with ``ast``, nothing is executed)."""

from __future__ import annotations

import ast

from symrep.claim import Context, FunctionSpec
from symrep.kernel.algebra.normal import Equal, prove_equal
from symrep.kernel.fail import NotProved
from symrep.term import FUNCTIONS, PI, Term, add, div, fn, mul, neg, num, power, sqrt, sub, sym

NAMES = {"Abs": "abs", "Heaviside": "heaviside", "Max": "max", "Min": "min"}
RELATIONS = {ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.NotEq: "!="}
CONSTANTS: dict[str, Term] = {"pi": PI, "E": ("const", "e"), "oo": ("inf", 1)}


def read(text: str) -> Term:
    return _read(ast.parse(text, mode="eval").body)


def _read(n: ast.expr) -> Term:
    if isinstance(n, ast.Constant):
        return ("true",) if n.value is True else num(n.value)
    if isinstance(n, ast.Name):
        return CONSTANTS.get(n.id) or sym(n.id)
    if isinstance(n, ast.UnaryOp):
        v = _read(n.operand)
        return ("inf", -v[1]) if v[0] == "inf" else neg(v)
    if isinstance(n, ast.BinOp):
        a, b = _read(n.left), _read(n.right)
        if isinstance(n.op, ast.Div) and a[0] == b[0] == "num":
            return num(a[1], b[1])
        return {ast.Add: add, ast.Sub: sub, ast.Mult: mul, ast.Div: div, ast.Pow: power}[type(n.op)](a, b)
    if isinstance(n, ast.Compare):
        return ("rel", RELATIONS[type(n.ops[0])], _read(n.left), _read(n.comparators[0]))
    if isinstance(n, ast.BoolOp):
        return ("and" if isinstance(n.op, ast.And) else "or", *map(_read, n.values))
    assert isinstance(n, ast.Call) and isinstance(n.func, ast.Name), ast.dump(n)
    name = n.func.id
    if name in ("Piecewise", "Integral", "Sum", "Product"):
        parts = [[_read(e) for e in p.elts] for p in n.args if isinstance(p, ast.Tuple)]
        if name == "Piecewise":
            return ("piecewise", *((c, v) for v, c in parts))
        return (name.lower(), _read(n.args[0]), *((x[1], a, b) for x, a, b in parts))
    args = [_read(a) for a in n.args]
    if name == "sqrt":
        return sqrt(args[0])
    name = NAMES.get(name, name)
    assert name in FUNCTIONS, name
    return fn(name, *args)


def context(symbols: str, given: str = "", functions: dict[str, FunctionSpec] | None = None) -> Context:
    """``context("x:real n:positive_integer", "x > 0, n > 2")``."""
    pairs = (s.split(":") for s in symbols.split())
    return Context(
        {n: k.replace("_", " ") for n, k in pairs},
        functions or {},
        tuple(read(g) for g in given.split(", ") if g),
    )


def proof(lhs: Term | str, rhs: Term | str, ctx: Context) -> Equal | None:
    """The proof, or None when the kernel says no."""
    left = read(lhs) if isinstance(lhs, str) else lhs
    right = read(rhs) if isinstance(rhs, str) else rhs
    try:
        return prove_equal(left, right, ctx)
    except NotProved:
        return None
