"""From SymPy expressions to terms and back, through white lists. No text is read here.

Notation of symrep's own (expectations, densities …) translates itself: such a node has a method ``to_term(go)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import sympy as sp
from sympy.core.relational import Relational
from sympy.functions.elementary.piecewise import ExprCondPair

from symrep.claim import Context, FunctionSpec
from symrep.errors import BadInput
from symrep.expansions import EXPANSIONS
from symrep.symbols import DomainSymbol, Undetermined, kind_of
from symrep.term import FUNCTIONS, Term, num

__all__ = ["context_of", "from_term", "names_in", "to_condition", "to_term"]

_FUNCTIONS: Final[Mapping[Any, str]] = {
    sp.exp: "exp",
    sp.log: "log",
    sp.Abs: "abs",
    sp.sign: "sign",
    sp.sin: "sin",
    sp.cos: "cos",
    sp.tan: "tan",
    sp.asin: "asin",
    sp.acos: "acos",
    sp.atan: "atan",
    sp.sinh: "sinh",
    sp.cosh: "cosh",
    sp.tanh: "tanh",
    sp.asinh: "asinh",
    sp.acosh: "acosh",
    sp.atanh: "atanh",
    sp.erf: "erf",
    sp.erfc: "erfc",
    sp.erfinv: "erfinv",
    sp.gamma: "gamma",
    sp.loggamma: "loggamma",
    sp.floor: "floor",
    sp.ceiling: "ceiling",
    sp.factorial: "factorial",
    sp.beta: "beta",
    sp.binomial: "binomial",
    sp.Min: "min",
    sp.Max: "max",
    sp.erfi: "erfi",
    sp.factorial2: "factorial2",
    sp.lowergamma: "lowergamma",
    sp.uppergamma: "uppergamma",
    sp.betainc: "betainc",
    sp.betainc_regularized: "betainc_regularized",
    sp.besselj: "besselj",
    sp.bessely: "bessely",
    sp.besseli: "besseli",
    sp.besselk: "besselk",
    sp.zeta: "zeta",
    sp.dirichlet_eta: "dirichlet_eta",
    sp.polylog: "polylog",
    sp.expint: "expint",
    sp.Ei: "ei",
    sp.Si: "si",
    sp.Ci: "ci",
    sp.Shi: "shi",
    sp.Chi: "chi",
    sp.LambertW: "lambertw",
    sp.re: "re",
    sp.im: "im",
    sp.conjugate: "conjugate",
    sp.arg: "arg",
}
_SYMPY: Final[Mapping[str, Any]] = {v: k for k, v in _FUNCTIONS.items()}

_CONSTANTS: Final[Mapping[Any, Term]] = {
    sp.S.Pi: ("const", "pi"),
    sp.S.Exp1: ("const", "e"),
    sp.S.EulerGamma: ("const", "euler_gamma"),
    sp.S.Catalan: ("const", "catalan"),
    sp.S.ImaginaryUnit: ("const", "i"),
    sp.S.Infinity: ("inf", 1),
    sp.S.NegativeInfinity: ("inf", -1),
}

_RELATIONS: Final[Mapping[Any, str]] = {
    sp.StrictLessThan: "<",
    sp.LessThan: "<=",
    sp.StrictGreaterThan: ">",
    sp.GreaterThan: ">=",
    sp.Equality: "==",
    sp.Unequality: "!=",
}


def to_condition(c: Any) -> Term:
    """A SymPy Boolean as a condition."""
    if c is sp.true:
        return ("true",)
    if c is sp.false:
        return ("not", ("true",))
    if isinstance(c, Relational):
        op = _RELATIONS.get(type(c))
        if op is not None:
            return ("rel", op, to_term(c.lhs), to_term(c.rhs))
    if isinstance(c, (sp.And, sp.Or)):
        head = "and" if isinstance(c, sp.And) else "or"
        return (head, *(to_condition(a) for a in sorted(c.args, key=sp.default_sort_key)))
    if isinstance(c, sp.Not):
        return ("not", to_condition(c.args[0]))
    if isinstance(c, sp.ITE):  # what SymPy makes of a condition on a value by cases
        test, yes, no = map(to_condition, c.args)
        return ("or", ("and", test, yes), ("and", ("not", test), no))
    raise BadInput("condition", "a relation, or and/or/not of relations", str(c)[:80])


def _limits(limits: Iterable[Any], what: str) -> tuple[tuple[str, Term, Term], ...]:
    out = []
    for lim in limits:
        if len(lim) != 3:
            raise BadInput(what, "both limits spelled out, (x, low, high)", str(lim))
        out.append((lim[0].name, to_term(lim[1]), to_term(lim[2])))
    return tuple(out)


def _ordered(expr: Any) -> Any:
    """The terms or factors in SymPy's order, for which it would evaluate integrals without parameters, for minutes."""
    if any(not i.free_symbols for i in expr.atoms(sp.Integral, sp.Sum, sp.Limit)):
        return sorted(expr.args, key=sp.default_sort_key)
    return expr.as_ordered_terms() if isinstance(expr, sp.Add) else expr.as_ordered_factors()


def _in_scope(t: Any) -> None:
    """Refuse what SymPy makes of a case distinction by the index in an integral in a sum: it takes the condition out of
    the integral, and the variable bound there, free now, is another one.

    Raises:
        BadInput: a condition in it has a variable that one of the branches binds.
    """
    if not isinstance(t.function, sp.Piecewise):
        return
    tested = {s for _, c in t.function.args for s in c.free_symbols}
    for value, _ in t.function.args:
        bound = {lim[0] for e in value.atoms(sp.Integral, sp.Sum, sp.Product) for lim in e.limits}
        if names := sorted(str(s) for s in tested & bound):
            needed, instead = f"conditions in which {names[0]} is not the variable bound inside", "Heaviside, or E(…)"
            raise BadInput(type(t).__name__, needed, str(t.function)[:80], instead)


def to_term(expr: Any) -> Term:
    """A SymPy expression as a term.

    Raises:
        BadInput: a construct symrep does not read; names it and says what to write instead.
    """
    own = getattr(expr, "to_term", None)
    if own is not None:
        term: Term = own(to_term)
        return term
    expr = sp.sympify(expr, strict=True) if not isinstance(expr, str) else expr
    if isinstance(expr, str):
        raise BadInput("expression", "a SymPy expression", "text", "an expression built from symbols")
    if expr in _CONSTANTS:
        return _CONSTANTS[expr]
    if isinstance(expr, sp.Rational):
        return num(int(expr.p), int(expr.q))
    if isinstance(expr, sp.Float):
        exact = sp.Rational(str(expr))
        return num(int(exact.p), int(exact.q))
    if isinstance(expr, sp.Symbol):
        return ("sym", expr.name)
    if isinstance(expr, sp.Indexed):
        return ("index", str(expr.base.label), *(to_term(i) for i in expr.indices))
    if isinstance(expr, sp.Add):
        return ("add", *(to_term(a) for a in _ordered(expr)))
    if isinstance(expr, sp.Mul):
        return ("mul", *(to_term(a) for a in _ordered(expr)))
    if isinstance(expr, sp.Pow):
        return ("pow", to_term(expr.base), to_term(expr.exp))
    if isinstance(expr, sp.Heaviside):
        if expr.args[1] != sp.Rational(1, 2):
            raise BadInput("Heaviside", "the convention Heaviside(0) = 1/2", str(expr), "Heaviside(x)")
        return ("fn", "heaviside", to_term(expr.args[0]))
    if isinstance(expr, sp.polygamma):
        n, x = expr.args
        return ("fn", "digamma", to_term(x)) if n == 0 else ("fn", "polygamma", to_term(n), to_term(x))
    if isinstance(expr, sp.Piecewise):
        return ("piecewise", *((to_condition(c), to_term(v)) for v, c in expr.args))
    if isinstance(expr, Undetermined):
        return ("app", expr.symbol, expr.orders, tuple(to_term(a) for a in expr.args))
    if type(expr) in _FUNCTIONS and len(expr.args) in FUNCTIONS[_FUNCTIONS[type(expr)]]:
        return ("fn", _FUNCTIONS[type(expr)], *(to_term(a) for a in expr.args))
    if type(expr).__name__ in EXPANSIONS and isinstance(expr, sp.Function):
        said = EXPANSIONS[type(expr).__name__][2](*(to_term(a) for a in expr.args))
        if said is not None:
            return said
    if isinstance(expr, sp.Derivative):
        out = to_term(expr.expr)
        for v, n in expr.variable_count:
            if not isinstance(v, sp.Symbol) or not n.is_Integer:
                raise BadInput("Derivative", "a symbol to differentiate by, so and so often", str(expr)[:80])
            for _ in range(int(n)):
                out = ("diff", out, v.name)
        return out
    if isinstance(expr, sp.Integral):
        return ("integral", to_term(expr.function), *_limits(expr.limits, "Integral"))
    if isinstance(expr, (sp.Sum, sp.Product)):
        _in_scope(expr)
        head = "sum" if isinstance(expr, sp.Sum) else "product"
        out = to_term(expr.function)
        for b in _limits(expr.limits, type(expr).__name__):
            out = (head, out, b)
        return out
    if isinstance(expr, sp.Limit):
        body, x, end, side = expr.args
        way = 0 if end in (sp.oo, -sp.oo) else {"+": 1, "-": -1}.get(str(side), 0)
        return ("limit", to_term(body), (x.name, to_term(end), num(way)))
    if isinstance(expr, sp.DiracDelta):
        raise BadInput(
            "expression",
            "a function",
            f"the distribution {expr}",
            "the boundary (jump) term itself, from the rule leibniz",
        )
    if expr in (sp.nan, sp.zoo):
        raise BadInput("expression", "a defined value", f"{expr}: the line divides by zero")
    instead = ""
    if isinstance(expr, sp.Function) and expr.args:
        name = type(expr).__name__
        instead = f'its formula, or {name} = function("{name}", smooth=1, growth=2), of which no more is known'
    raise BadInput("expression", "a construct symrep reads", f"{type(expr).__name__}: {str(expr)[:80]}", instead)


def context_of(exprs: Iterable[Any], given: Iterable[Any] = ()) -> Context:
    """The domains and declarations behind everything that occurs in ``exprs``.

    Raises:
        BadInput: one name used with two different domains or declarations.
    """
    symbols: dict[str, str] = {}
    first: dict[str, Any] = {}
    functions: dict[str, FunctionSpec] = {}

    def note(name: str, kind: str) -> None:
        if symbols.setdefault(name, kind) != kind:
            raise BadInput(f"symbol {name}", "one domain for one name", f"{symbols[name]} and {kind}", "two names")

    def note_function(name: str, spec: FunctionSpec) -> None:
        if functions.setdefault(name, spec) != spec:
            raise BadInput(f"function {name}", "one declaration for one name", "two different ones", "two names")
        if spec.inverse is not None and spec.inverse not in functions:
            functions[spec.inverse] = FunctionSpec(
                smooth=spec.smooth, monotone=spec.monotone, inverse=name, arity=spec.arity
            )

    def visit(e: Any) -> None:
        if isinstance(e, sp.Symbol):
            note(e.name, kind_of(e))
            if first.setdefault(e.name, e) != e:
                raise BadInput(f"symbol {e.name}", "one symbol for one name", "two that print alike", "two names")
            return
        if isinstance(e, sp.IndexedBase):
            note(str(e.label), kind_of(e))
            return
        if isinstance(e, sp.Indexed):
            visit(e.base)
            for i in e.indices:
                visit(i)
            return
        if isinstance(e, Undetermined):
            note_function(e.symbol, e.spec)
            for base in e.parameters:
                visit(base)
        for name, spec in getattr(e, "declared_functions", {}).items():
            note_function(name, spec)
        for a in getattr(e, "args", ()):
            visit(a)

    rels, given = [], list(given)
    for e in exprs:
        visit(e)
    for r in _relations(g for g in given if not hasattr(g, "to_assumed")):
        visit(r)
        rels.append(to_condition(r))
    assumed = []
    for g in given:
        if hasattr(g, "to_assumed"):
            visit(g)
            assumed.append(g.to_assumed(to_term))
    return Context(symbols, functions, tuple(rels), tuple(assumed))


def _relations(given: Iterable[Any]) -> list[Any]:
    """The relations one by one, without those that SymPy knows to hold from the domains alone."""
    out: list[Any] = []
    for r in given:
        if r is True or r is sp.true:
            continue
        if r is False or r is sp.false:
            raise BadInput("given", "relations that can hold", "one that is false for all values in the domains")
        out += _relations(r.args) if isinstance(r, sp.And) else [r]
    return out


def names_in(*exprs: Any) -> dict[str, Any]:
    """What the names of these expressions stand for, for :func:`from_term`: symbols, and families as they are."""
    bound = {s.name: s for e in exprs for s in e.atoms(sp.Symbol)}
    free = {s.name: s for e in exprs for s in e.free_symbols if isinstance(s, sp.Symbol)}
    return bound | free | {str(b.label): b for e in exprs for b in e.atoms(sp.IndexedBase)}


def from_term(t: Term, names: Mapping[str, Any] | None = None, functions: Mapping[str, Any] | None = None) -> Any:
    """A term as a SymPy expression, built through constructors only.

    ``names`` supplies the symbol objects; others become :class:`DomainSymbol` of kind real. Expectations come back as
    integrals.
    """
    names = dict(names or {})
    functions = dict(functions or {})

    def name(n: str) -> Any:
        return names.setdefault(n, DomainSymbol(n, "real"))

    def cond(c: Term) -> Any:
        head = c[0]
        if head == "true":
            return sp.true
        if head == "rel":
            rel = {v: k for k, v in _RELATIONS.items()}[c[1]]
            return rel(go(c[2]), go(c[3]))
        if head in ("and", "or"):
            return (sp.And if head == "and" else sp.Or)(*(cond(x) for x in c[1:]))
        if head == "not":
            return sp.Not(cond(c[1]))
        raise BadInput("condition", "a known head", str(head))

    def go(t: Term) -> Any:
        head = t[0]
        if head == "num":
            return sp.Rational(t[1], t[2])
        if head == "sym":
            return name(t[1])
        if head == "index":
            base = names.get(t[1])
            if not isinstance(base, sp.IndexedBase):
                base = sp.IndexedBase(t[1], real=True)
            return base[tuple(go(i) for i in t[2:])]
        if head == "const":
            return {v: k for k, v in _CONSTANTS.items()}[t]
        if head == "inf":
            return sp.oo if t[1] == 1 else -sp.oo
        if head == "add":
            return sp.Add(*map(go, t[1:]))
        if head == "mul":
            return sp.Mul(*map(go, t[1:]))
        if head == "pow":
            return sp.Pow(go(t[1]), go(t[2]))
        if head == "fn":
            if t[1] == "heaviside":
                return sp.Heaviside(go(t[2]))
            if t[1] == "digamma":
                return sp.polygamma(0, go(t[2]))
            if t[1] == "polygamma":
                return sp.polygamma(go(t[2]), go(t[3]))
            return _SYMPY[t[1]](*map(go, t[2:]))
        if head == "app":
            f = functions.get(t[1])
            if f is None:
                raise BadInput("function", "a declared function", t[1])
            out = f(*map(go, t[3]))
            for i, k in enumerate(t[2]):
                for _ in range(k):
                    out = out.fdiff(i + 1)
            return out
        if head == "piecewise":
            return sp.Piecewise(*(ExprCondPair(go(v), cond(c)) for c, v in t[1:]))
        if head == "diff":
            return sp.Derivative(go(t[1]), name(t[2]))
        if head == "limit":
            x, end, way = t[2]
            side = {1: "+", -1: "-"}.get(way[1], "+" if end[0] == "inf" else "+-")
            return sp.Limit(go(t[1]), name(x), go(end), side)
        if head == "integral":
            return sp.Integral(go(t[1]), *((name(x), go(a), go(b)) for x, a, b in t[2:]))
        if head in ("sum", "product"):
            return (sp.Sum if head == "sum" else sp.Product)(go(t[1]), *((name(x), go(a), go(b)) for x, a, b in t[2:]))
        if head == "expect":
            return sp.Integral(go(("mul", t[1], t[2][2])), *((name(x), go(a), go(b)) for x, a, b in t[2][1]))
        raise BadInput("term", "a construct SymPy can hold", str(head))

    return go(t)
