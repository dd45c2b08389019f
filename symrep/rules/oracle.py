"""SymPy's slow algorithms, asked in a process that can be killed. What they answer is a proposal, nothing more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import sympy as sp

from symrep.claim import Context
from symrep.errors import BadInput, SymrepError
from symrep.running.worker import call
from symrep.symbols import DomainSymbol, Undetermined, _function_class
from symrep.translate import context_of, from_term, to_term
from symrep.wire import from_json

__all__ = ["answer_in_worker", "find_antiderivative", "find_limit", "simplified"]

SECONDS: Final = 6.0
_SIDE: Final = {"+": "+", "-": "-"}


def find_antiderivative(t: Any, x: Any, seconds: float = SECONDS) -> Any:
    """Some F with F' = t, or None."""
    return _ask("antiderivative", {"expr": t}, x, seconds)


def find_limit(t: Any, x: Any, end: Any, side: str, seconds: float = SECONDS) -> Any:
    """The limit of t as x → end from a side, or None."""
    return _ask("limit", {"expr": t, "end": end}, x, seconds, _SIDE[side])


def simplified(t: Any, seconds: float = 2.0) -> Any:
    """``simplify(t)``, or t itself when that takes too long or t has parts only symrep knows."""
    if t.is_Atom:
        return t
    found = _ask("simplify", {"expr": t}, None, seconds)
    return t if found is None else found


def _ask(what: str, exprs: Mapping[str, Any], x: Any, seconds: float, side: str = "+") -> Any:
    """The worker's answer as an expression in the caller's own symbols; None for every kind of failure."""
    symbols: dict[str, Any] = {}
    functions: dict[str, Any] = {}
    bases: dict[str, Any] = {}
    for e in exprs.values():
        symbols |= {s.name: s for s in e.atoms(sp.Symbol)}
        bases |= {str(b.label): b for b in e.atoms(sp.IndexedBase)}
        functions |= {f.symbol: _function_class(f.symbol, f.spec, (0,) * f.spec.arity) for f in e.atoms(Undetermined)}
    if any(not n.isidentifier() for n in symbols) or len({s.name for s in symbols.values()}) != len(symbols):
        return None
    try:
        payload = {
            "what": what,
            "terms": {k: to_term(v) for k, v in exprs.items()},
            "variable": x.name if x is not None else "",
            "side": side,
            "context": context_of([*exprs.values(), *([x] if x is not None else [])]).to_json(),
        }
        answer = call("sympy.ask", payload, seconds, 2000)
        return None if answer is None else from_term(from_json(answer), {**symbols, **bases}, functions)
    except SymrepError:
        return None


def answer_in_worker(payload: Mapping[str, Any]) -> Any:
    """``{"what", "terms", "variable", "side", "context"}`` in; a term, or None, out."""
    context = Context.from_json(payload["context"])
    names: dict[str, Any] = {n: DomainSymbol(n, kind) for n, kind in context.symbols.items()}
    functions = {n: _function_class(n, s, (0,) * s.arity) for n, s in context.functions.items()}
    given = {k: from_term(from_json(t), names, functions) for k, t in payload["terms"].items()}
    x = names.get(payload["variable"])
    try:
        out = _COMPUTE[payload["what"]](given, x, payload["side"])
        return None if out is None else to_term(out)
    except (BadInput, NotImplementedError, ValueError, TypeError, AttributeError, RecursionError, ArithmeticError):
        return None


def _antiderivative(given: Mapping[str, Any], x: Any, _: str) -> Any:
    from sympy.integrals.manualintegrate import manualintegrate

    t = given["expr"]
    f = through_exponential(t, x)
    if f is None:
        f = manualintegrate(t, x)
    if isinstance(f, sp.Piecewise):
        f = f.args[-1][0] if not f.args[-1][0].has(sp.Integral) else f.args[0][0]
    return None if f.has(sp.Integral, sp.nan, sp.zoo, sp.Piecewise) else f


def through_exponential(t: Any, x: Any) -> Any:
    """∫ R(e^{cx}) dx = ∫ R(z)/(cz) dz for rational R, or None."""
    exponents = [sp.Poly(e.args[0], x) for e in t.atoms(sp.exp) if e.has(x) and e.args[0].is_polynomial(x)]
    if not exponents or any(p.degree() != 1 for p in exponents):
        return None
    c = sp.sympify(exponents[0].LC(), strict=True)
    z = sp.Dummy("z", positive=True)
    table = {}
    for e in t.atoms(sp.exp):
        if not e.has(x):
            continue
        if not e.args[0].is_polynomial(x):
            return None
        p = sp.Poly(e.args[0], x)
        power = sp.cancel(p.LC() / c)
        if not power.is_Integer:
            return None
        table[e] = z**power * sp.exp(p.coeff_monomial(1))
    inside = sp.cancel(sp.together(t.xreplace(table)) / (c * z))
    if inside.has(x) or not inside.is_rational_function(z):
        return None
    from sympy.integrals.rationaltools import ratint

    return ratint(inside, z).subs(z, sp.exp(c * x))


def _limit(given: Mapping[str, Any], x: Any, side: str) -> Any:
    end = given["end"]
    value = sp.limit(given["expr"], x, end, side if end.is_finite is not False else "+" if end is -sp.oo else "-")
    return None if value.has(sp.nan, sp.zoo, sp.Limit) or isinstance(value, sp.AccumBounds) else value


def _simplify(given: Mapping[str, Any], _: Any, __: str) -> Any:
    return sp.simplify(given["expr"])


_COMPUTE: Final = {"antiderivative": _antiderivative, "limit": _limit, "simplify": _simplify}
