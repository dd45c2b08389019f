"""Derivatives, integrals, sums, products, limits, values at a point."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

import sympy as sp

from symrep.notation import D, Density, Derivative_, Notation
from symrep.reading.latex.averages import averaged, of_logarithms
from symrep.reading.latex.coordinates import as_family, by_coordinate
from symrep.reading.latex.ends import end, slope, variable_of
from symrep.reading.latex.joints import LETTERS, bracket_of, has_joint, marginal
from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree, walk
from symrep.reading.latex.unlimited import ends_of
from symrep.reading.latex.vectors import by_vector
from symrep.symbols import Undetermined

__all__ = ["derivative", "evaluated", "gradient", "integral", "limit", "series", "shows"]

_FEW: Final = 12
#: dz/dx, and no partial derivative
_TOTAL: Final = re.compile(r"\\[dtc]?frac\s*\{?\s*(?:\\(?:mathrm|text|operatorname)\s*\{\s*d\s*\}|d)(?![a-z]{3})")
_LINES: Final = frozenset(("R", "X", "Y", "Z", "Omega", "x", "y", "z"))


def derivative(m: Meaning, t: Tree) -> Any:
    """∂/∂x … of the body, not carried out.

    Raises:
        Unread: the body does not say how it depends on the variable.
    """
    return _derived(m, t, t.parts[0], t.parts[1:])


def gradient(m: Meaning, t: Tree) -> Any:
    if len(t.parts) != 2:
        m.sc.fail(t, "one variable below the gradient", "none" if len(t.parts) == 1 else "several", "undefined")
    return _derived(m, t, t.parts[1], t.parts[:1])


def _derived(m: Meaning, t: Tree, body: Tree, by: tuple[Tree, ...]) -> Any:
    own = _by_bracket(m, body)
    expr = own if own is not None else m.number(_with_arguments(m, body))
    for v in by:
        if v.head == "num":
            expr = _by_place(m, v, expr)
            continue
        square = v.head == "^"
        x = m.value(v.parts[0] if square else v)
        if isinstance(x, sp.MatrixBase) and len(by) == 1 and not square and x.shape[1] == 1:
            return by_vector(m, t, expr, x)
        if isinstance(x, sp.Indexed) and not square:
            expr = by_coordinate(m, t, as_family(m, expr), x)
            continue
        if not isinstance(x, sp.Symbol):
            if len(by) == 1 and v.head == "name" and (back := _back(m, t, body, expr, x)) is not None:
                return back
            m.sc.fail(v, "a symbol to differentiate by", str(x)[:40])
        x = next((y for y in expr.free_symbols if x not in expr.free_symbols and _alike(y, x)), x)
        if x not in expr.free_symbols and not expr.is_number:
            m.sc.fail(
                t,
                f"how this depends on {x.name}",
                "an expression without it",
                "undefined",
                f"a definition with {x.name}",
            )
        if not square:
            expr = D(expr, x)
            continue
        n = m.number(v.parts[1])
        if not x.is_positive or not isinstance(n, sp.Integer) or not 2 <= n <= 8:
            m.sc.fail(v, f"{x.name} > 0, for a derivative by its power", "another kind", "undefined")
        m.sc.guess(
            v, f"by {x.name}^{n} as a variable: ∂/∂{x.name} over {n} {x.name}^{n - 1}", "the order is one", "derivative"
        )
        expr = D(expr, x) / (n * x ** (n - 1))
    return expr


def _back(m: Meaning, t: Tree, body: Tree, z: Any, x: Any) -> Any:
    """dz/dx where x is a function of z: 1/x'(z); None for others. With x = r cos θ and y = r sin θ, ∂θ/∂x is another
    thing: of a partial derivative this is said only where z is what is random in x, and the only thing that is."""
    environment = m.sc.environment
    if body.head != "name" or not isinstance(z, sp.Symbol) or not isinstance(x, sp.Expr) or z not in x.free_symbols:
        return None
    if (
        x.has(Undetermined) or name_of(body) in environment.letters
    ):  # it is written with its inverse; z is made of others
        return None
    others = {s.name for s in x.free_symbols - {z} if isinstance(s, sp.Symbol)}
    if others & environment.random.keys() or any(f"random {n}" in environment.told for n in others):
        return None
    text = m.sc.source[t.start - m.sc.offset : t.end - m.sc.offset]
    drawn = z.name in environment.random or any(k.endswith(f"({z.name})") for k in environment.densities)
    if not drawn and _TOTAL.match(text) is None:
        return None
    m.sc.guess(t, "one over the derivative the other way round", "the inverse function theorem", "derivative")
    return 1 / D(x, z)


def _alike(y: Any, x: Any) -> bool:
    """Is y the name x, of which a law knows more: the γ > 0 of a normal density?"""
    return getattr(y, "name", "") == getattr(x, "name", None) and getattr(x, "kind", "") == "real"


def _by_place(m: Meaning, v: Tree, expr: Any) -> Any:
    r"""``\partial_2 f(x, y)``: f differentiated in its second argument, and taken at (x, y)."""
    k = int(v.value) if v.value.denominator == 1 else 0
    if not isinstance(expr, Undetermined) or not 1 <= k <= len(expr.args) or len(expr.args) == 1:
        m.sc.fail(v, "a symbol to differentiate by, or the place of an argument of a function of several", str(v.value))
    return expr.fdiff(k)


def _with_arguments(m: Meaning, body: Tree) -> Tree:
    """The function of which only the name stands in ∂f/∂x, at the variables it was defined with."""
    if body.head in ("call", "log") and len(body.parts) == 1:  # ∂ log L/∂θ
        return replace(body, parts=(_with_arguments(m, body.parts[0]),))
    name = name_of(body)
    definition = m.sc.environment.definitions.get(name) if body.head == "name" else None
    if definition is None or not definition.parameters or name in m.sc.environment.called:
        return body
    m.sc.guess(body, f"{name} at its own variables", "it was defined as a function of them", "derivative")
    variables = tuple(_own_variable(body, s.name) for s in definition.parameters)
    return Tree("app", body.start, body.end, "", parts=(body, *variables))


def _by_bracket(m: Meaning, body: Tree) -> Any:
    """Q at its own variables, where it is known by its bracket, Q(μ, σ²); None for others."""
    name, known = name_of(body), m.sc.environment.definitions
    if body.head != "name" or name in known or name not in LETTERS:
        return None
    keys = [k for k in known if k.startswith(f"{name}(") and "|" not in k]
    if len(keys) != 1:
        return None
    m.sc.guess(body, f"{name} at its own variables", "it was defined as a function of them", "derivative")
    definition = known[keys[0]]
    table = {s: m.value(_own_variable(body, s.name)) for s in definition.parameters}
    return definition.body.subs(table, simultaneous=True)


def _own_variable(at: Tree, name: str) -> Tree:
    """The tree of a parameter: of σ², where the function was defined with it."""
    if not name.endswith("_squared"):
        return Tree("name", at.start, at.end, name)
    base = Tree("name", at.start, at.end, name.removesuffix("_squared"))
    return Tree("^", at.start, at.end, "", parts=(base, Tree("num", at.start, at.end, "2", value=Fraction(2))))


def integral(m: Meaning, t: Tree) -> Any:
    """∫ body dx between limits, or over the line.

    Raises:
        Unread: no limits, and nothing that says it is over the whole line.
    """
    body, x = t.parts[0], t.parts[1]
    name = name_of(x) or variable_of(m, x)
    if not name or x.head == "vec":
        m.sc.fail(x, "an integral over one real variable", "another")
    low, high = -sp.oo, sp.oo
    if len(t.parts) == 4:
        low, high = end(m, t.parts[2]), end(m, t.parts[3])
    elif name != name_of(x):
        m.sc.fail(x, "limits of an integral by what is no variable", "none")
    elif len(t.parts) == 3:
        where = t.parts[2].parts[0]
        if name_of(where) not in _LINES and not _space_of(where, name):
            m.sc.fail(where, "both limits, or the line", "another set")
    v = m.sc.variable(name, low, high)
    with m.sc.binding({name: v}):
        inside = m.number(body)
        if name != name_of(x):
            inside *= slope(m, x, v)
    if len(t.parts) < 4:
        whole = len(t.parts) == 3 and name_of(t.parts[2].parts[0]) == "R"
        if not whole and not _has_density(inside):
            m.sc.fail(t, "limits of the integral", "an antiderivative, or the whole line?", "ambiguous")
        if v.is_positive or v.is_nonnegative:
            low = sp.S.Zero
        if not whole:
            m.sc.guess(t, "over the whole line", "a density under an integral without limits", "limits")
    if (low, high) in ((-sp.oo, sp.oo), (sp.S.Zero, sp.oo)) and (kept := marginal(inside, v)) is not None:
        m.sc.guess(t, f"the density without {name}", "a joint density under an integral", "density")
        return kept
    if len(t.parts) < 4 and (v.is_positive or not v.is_nonnegative) and of_logarithms(inside):
        return averaged(sp.S.One, inside, v)
    return sp.Integral(inside, (v, low, high))


def _space_of(where: Tree, name: str) -> bool:
    r"""Is it \mathcal{P} for p, \Theta for θ: the space of a variable?"""
    space = name_of(where).removeprefix("cal")
    return space.partition("_")[0].lower() == name.partition("_")[0].lower() and space[:1].isupper()


def _has_density(expr: Any) -> bool:
    return any(
        isinstance(n, Density) or (isinstance(n, Undetermined) and (n.spec.density or has_joint((n.symbol,))))
        for n in sp.preorder_traversal(expr)
    )


def series(m: Meaning, t: Tree) -> Any:
    """Σ or ∏ between limits."""
    what = "sum" if t.head == "sum" else "product"
    if len(t.parts) == 2 and (found := _over_few(m, t)) is not None:
        return found
    if (there := _as_integral(m, t)) is not None:
        return integral(m, there)
    ends = ends_of(m, t) if len(t.parts) == 2 else None
    if len(t.parts) != 4 and ends is None:
        m.sc.fail(t, f"both limits of the {what}", "an index alone" if len(t.parts) > 1 else "none", "undefined")
    index, body = t.parts[0], t.parts[-1]
    name = name_of(index)
    if not name:
        m.sc.fail(index, "an index by its name", index.head)
    shows(m, body, name)
    lo, hi = ends or (m.number(t.parts[1]), m.value(t.parts[2]))
    i = m.sc.index(name, lo)
    with m.sc.binding({name: i}):
        inside = m.number(body)
    return (sp.Sum if t.head == "sum" else sp.Product)(inside, (i, lo, hi))


def _as_integral(m: Meaning, t: Tree) -> Tree | None:
    """Σ_z of densities of z that nobody spelled out: what is used of them, of integrals, holds of such sums as well."""
    if t.head != "sum" or len(t.parts) != 2 or t.parts[0].head != "name":
        return None
    index, body = t.parts
    z = name_of(index)
    names = [x for x in walk(body) if bracket_of(x) is not None and name_of(x.parts[0]).partition("_")[0] in LETTERS]
    known = {k.partition("(")[0] for k in (*m.sc.environment.definitions, *m.sc.environment.densities)}
    if any(name_of(x.parts[0]) in known for x in names):
        return None
    inside = [p for x in names for part in bracket_of(x) or () for p in part]
    if m.sc.kind(z) != "real" or not any(name_of(p) == z for p in inside):
        return None
    if any(name_of(p) != z and any(name_of(y) == z for y in walk(p)) for p in inside):
        return None  # q(2z): another factor under a sum than under an integral
    m.sc.guess(t, f"over all values of {z}, as an integral", "densities under a sum", "limits")
    return Tree("int", t.start, t.end, "", parts=(body, index))


def _over_few(m: Meaning, t: Tree) -> Any:
    """Σ_{x ∈ {0, 1}} of the body, term by term; None for other sets."""
    where, body = t.parts
    if where.head != "rel" or where.text != "in" or where.parts[1].head != "set" or len(where.parts) != 2:
        return None
    who, (inside,) = name_of(where.parts[0]), where.parts[1].parts
    values = [m.number(p) for p in (inside.parts if inside.head == "list" else (inside,))]
    if not who or not all(v.is_Rational for v in values) or len(set(values)) < len(values) or len(values) > _FEW:
        return None
    shows(m, body, who)
    terms = []
    for v in values:
        with m.sc.binding({who: v}):
            terms.append(m.number(body))
    return (sp.Add if t.head == "sum" else sp.Mul)(*terms)


def shows(m: Meaning, body: Tree, index: str) -> None:
    """Refuses a name whose subscript holds the index in a way that is not understood: it would not be summed over."""
    for t in walk(body):
        if t.head in ("name", "vec") and not t.parts and index in _pieces(t.text):
            m.sc.fail(t, f"which part of its subscript is the index {index}", t.text, "ambiguous")


def _pieces(text: str) -> set[str]:
    below = text.partition("_")[2].strip("{}")
    return {below, *below} if len(below) <= 4 else set(re.findall("[A-Za-z]+", below))


def limit(m: Meaning, t: Tree) -> Any:
    x, to, body = t.parts
    name = name_of(x)
    if not name:
        m.sc.fail(x, "a variable by its name", x.head)
    a = m.value(to)
    v = m.sc.variable(name, -sp.oo if not isinstance(a, sp.Expr) else a, sp.oo)
    with m.sc.binding({name: v}):
        inside = m.number(body)
    side = t.text or ("+" if a in (sp.oo, -sp.oo) else "+-")
    return sp.Limit(inside, v, a, side)


def evaluated(m: Meaning, t: Tree) -> Any:
    """The body at a point, or its increment between two."""
    body = m.number(t.parts[0])
    low = t.parts[1]
    if low.head == "list":
        m.sc.fail(low, "one variable that gets a value", "several")
    variable: Any = None
    if low.head == "rel":
        if low.text != "=" or len(low.parts) != 2:
            m.sc.fail(low, "x = a below the bar", "another relation")
        variable, low = m.value(low.parts[0]), low.parts[1]
    a = m.value(low)
    body = _carried_out(m, t, body)
    if variable is None:
        free = sorted(body.free_symbols - getattr(a, "free_symbols", set()), key=lambda s: s.name)
        if len(t.parts) == 3:
            free = [s for s in free if s not in m.value(t.parts[2]).free_symbols]
        why = "the only variable"
        if len(free) > 1 and len(over := [s for s in free if s.name in m.sc.integrated]) == 1:
            free, why = over, "the only one that was integrated over"
        if len(free) != 1:
            m.sc.fail(t, "which variable gets the value", f"{len(free)} that could", "ambiguous", "x = a below the bar")
        variable = free[0]
        m.sc.guess(t, f"{variable.name} gets the value", why, "evaluation")
    if not isinstance(variable, sp.Symbol):
        m.sc.fail(t, "a variable that gets a value", str(variable)[:40])
    at_low = _put(body, variable, a)
    if len(t.parts) == 2:
        return at_low
    high = t.parts[2]
    if high.head == "rel":
        high = high.parts[-1]
    return _put(body, variable, m.value(high)) - at_low


def _put(body: Any, x: Any, a: Any) -> Any:
    if a in (sp.oo, -sp.oo):
        return sp.Limit(body, x, a, "+")
    return body.subs(x, a)


def _carried_out(m: Meaning, t: Tree, body: Any) -> Any:
    """A derivative has to be carried out before its variable gets a value."""
    marks = [n for n in sp.preorder_traversal(body) if isinstance(n, Derivative_)]
    if not marks:
        return body
    if not isinstance(body, Derivative_):
        m.sc.fail(t, "a derivative alone before the bar", "one inside an expression")
    chain, inner = [], body
    while isinstance(inner, Derivative_):
        chain.append(inner.variable)
        inner = inner.body
    out = inner
    for v in reversed(chain):
        out = out.diff(v)
    if any(isinstance(n, (Derivative_, sp.Derivative, sp.Subs)) for n in sp.preorder_traversal(out)) or isinstance(
        out, Notation
    ):
        m.sc.fail(t, "a derivative that can be carried out", "one that cannot")
    return out
