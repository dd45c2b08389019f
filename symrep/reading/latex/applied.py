r"""Functions of arguments: defined ones by their definitions, densities and distribution functions of random variables,
undetermined ones as such; inverses and primes."""

from __future__ import annotations

from typing import Any, Final

import sympy as sp

from symrep.claim import FunctionSpec
from symrep.notation import Binder, D, Density, Derivative_, density
from symrep.reading.latex.applying import SURE
from symrep.reading.latex.below import density_of_itself
from symrep.reading.latex.joints import LETTERS, bracket_of, joint, key_of, keyed, varied
from symrep.reading.latex.laws import density_or_pmf, generic, generic_at
from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.samples import density_of_sample
from symrep.reading.latex.scope import name_of
from symrep.reading.latex.trees import Tree, walk
from symrep.reading.latex.values import KNOWN
from symrep.reading.latex.words import GREEK
from symrep.symbols import DomainSymbol, Undetermined, _function_class

__all__ = ["application", "arguments_of", "called", "primed"]

MAX_ORDER: Final = 8
#: functions by their names of which derivatives are written with primes
_PRIMED: Final = frozenset(("sigmoid", "expit", "logit", "softplus"))
_LIKELIHOODS: Final = frozenset(("L", "ell", "l", "calL", "J", "Q"))


def arguments_of(m: Meaning, parts: tuple[Tree, ...], likelihood: bool = False) -> tuple[Any, ...]:
    """The arguments; what stands behind a semicolon counts as one too, and behind a bar where it is a likelihood's."""
    out: list[Any] = []
    for p in parts:
        if p.head == "|" and likelihood:
            out.extend(m.number(q) for part in p.parts for q in (part.parts if part.head == "list" else (part,)))
            continue
        if p.head == "|":
            m.sc.fail(p, "a density by its letter, p(x | z)", "a condition in the bracket", "unsupported")
        if p.head == "mark":
            continue
        out.extend(m.number(q) for q in p.parts) if p.head == "list" else out.append(m.number(p))
    return tuple(out)


def application(m: Meaning, t: Tree) -> Any:
    """f(a, …)."""
    f = t.parts[0]
    if f.head == "indicator_of":
        return _characteristic(m, t)
    if f.head == "compose":
        inner = t.parts[1:]
        tree = Tree("app", f.parts[-1].start, t.end, parts=(f.parts[-1], *inner))
        for g in reversed(f.parts[:-1]):
            tree = Tree("app", g.start, t.end, parts=(g, tree))
        return m.number(tree)
    order = 0
    if f.head == "sup" and name_of(f) not in m.sc.environment.functions:
        base = name_of(f.parts[0])
        if len(f.parts) == 2 and f.parts[1].head == "num" and (base in SURE or m.sc.environment.is_function(base)):
            m.sc.guess(t, "a derivative of that order", "a number in brackets above a function", "derivative")
            f = Tree("prime", f.start, f.end, str(f.parts[1].value), parts=(f.parts[0],))
        else:
            m.sc.fail(f, f"what the label above {base or 'the function'} says", "a function with a label", "ambiguous")
    if f.head == "prime":
        order = int(f.text or "1")
        f = f.parts[0]
    if order > MAX_ORDER:
        m.sc.fail(t, f"a derivative of an order up to {MAX_ORDER}", str(order)[:20])
    name = _function_name(m, f)
    if order == 0 and (value := _by_bracket(m, t, f, name)) is not None:
        return value
    likelihood = name.partition("_")[0] in _LIKELIHOODS or _given(m, t, name)
    args = arguments_of(m, t.parts[1:], likelihood)
    m.sc.spell(name, f)
    return called(m, t, name, args) if order == 0 else _derivative_at(m, t, name, args, order)


def _given(m: Meaning, t: Tree, name: str) -> bool:
    """Is it f(x | θ) of an f that was defined so: under the same names? f(θ | x) is another density."""
    definition = m.sc.environment.definitions.get(name)
    bars = [p for p in t.parts[1:] if p.head == "|"]
    if definition is None or len(t.parts) != 2 or len(bars) != 1 or len(bars[0].parts) != 2:
        return False
    left, right = (p.parts if p.head == "list" else (p,) for p in bars[0].parts)
    behind = [s.name for s in definition.parameters[len(left) :]]
    return len(left) + len(right) == len(definition.parameters) and [name_of(p) for p in right] == behind


def _by_bracket(m: Meaning, t: Tree, f: Tree, name: str) -> Any:
    """A density that is named by its bracket, too: q(z|x), p(x) beside p(z); None for others."""
    if f.head == "name" and (of := density_of_sample(m, t, name)) is not None:
        return of
    if f.head != "name" or name.partition("_")[0] not in LETTERS:
        return None
    if (told := _of_the_variable(m, t, f, name)) is not None:
        return told
    if any(p.head == "mark" for p in t.parts[1:]) and (told := _with_parameters(m, t, name)) is not None:
        return told
    if varied(m, name):
        return joint(m, t, name)
    law = generic_at(m, t)
    if law is not None:
        points = bracket_of(t)
        return None if points is None else density(law)(*(m.number(p) for p in points[0]))
    environment = m.sc.environment
    if (at := _at_value(m, t, name)) is not None:
        return at
    found = keyed(environment, name, t)
    if found is not None:
        key, definition = found
        if definition is not None:
            points = bracket_of(t)
            values = [m.number(p) for p in points[0]] if points is not None else []
            m.sc.spell(key, t)
            body = m.sc.stands_for(definition.body)
            return body.subs(dict(zip(definition.parameters, values, strict=True)), simultaneous=True)
    points = bracket_of(t)
    if points is None:
        return None
    bare = len(points[0]) > 1 or bool(name_of(points[0][0]))
    if points[1] or (bare and any(k.startswith(f"{name}(") for k in environment.definitions)):
        return joint(m, t, name)
    return None


def _with_parameters(m: Meaning, t: Tree, name: str) -> Any:
    """p(x; λ), where the document defines it: its parameters are arguments like the others; None for others."""
    parts = tuple(q for p in t.parts[1:] if p.head != "mark" for q in (p.parts if p.head == "list" else (p,)))
    if any(p.head in ("|", "rel") for p in parts):
        return None
    known = m.sc.environment.definitions
    found = known.get(key_of(name, tuple(name_of(p) for p in parts), ()))
    if found is None and not all(name_of(p) for p in parts):
        fits = [k for k, d in known.items() if k.startswith(f"{name}(") and len(d.parameters) == len(parts)]
        found = known[fits[0]] if len(fits) == 1 and "|" not in fits[0] else None
    if found is None or len(found.parameters) != len(parts):
        return None
    values = [m.number(p) for p in parts]
    return m.sc.stands_for(found.body).subs(dict(zip(found.parameters, values, strict=True)), simultaneous=True)


def _of_the_variable(m: Meaning, t: Tree, f: Tree, name: str) -> Any:
    """p(x), the density of X, where X is the only random variable with a law and p nothing else; None for others."""
    environment = m.sc.environment
    points = bracket_of(t)
    x = name_of(points[0][0]) if points is not None and len(points[0]) == 1 and not points[1] else ""
    capital = x[:1].upper() + x[1:]
    if name not in ("p", "pi") or not x[:1].islower() or f.parts:
        return None
    if x in environment.random and not environment.is_symbol(name):
        return density_of_itself(m, t, name, x)
    if name != "p" or list(environment.random) != [capital]:
        return None
    if environment.is_function(name) or environment.is_symbol(name):
        return None
    m.sc.guess(t, f"the density of {capital}", "the only random variable whose law is told", "density")
    return density_or_pmf(m, t, environment.random[capital], (m.number(t.parts[1]),))


def _at_value(m: Meaning, t: Tree, name: str) -> Any:
    """p(X = 1), where p(x) is defined; None for others."""
    inside = t.parts[1] if len(t.parts) == 2 else t
    if inside.head != "rel" or inside.text != "=" or len(inside.parts) != 2:
        return None
    who = name_of(inside.parts[0])
    for variable in dict.fromkeys((who, who[:1].lower() + who[1:])):
        definition = m.sc.environment.definitions.get(key_of(name, (variable,), ()))
        if variable and definition is not None and len(definition.parameters) == 1:
            body = m.sc.stands_for(definition.body)
            return body.subs(definition.parameters[0], m.number(inside.parts[1]))
    return None


def _function_name(m: Meaning, f: Tree) -> str:
    if f.head == "inverse":
        inner = f.parts[0]
        name = name_of(inner)
        found = m.sc.environment.inverses.get(name)
        if not found:
            m.sc.fail(f, f"the inverse of {name}, defined or declared", "none", "undefined")
        return found
    name = name_of(f)
    if not name:
        m.sc.fail(f, "a function by its name", f.head)
    for n in walk(f):
        if n.head == "name" and any(p.head == "name" and name_of(p) in m.sc.bound for p in n.parts):
            m.sc.fail(f, "functions without an index", f"{n.text}, one for each value of an index")
    if f.head == "sup" and any(name_of(p) in m.sc.bound for p in f.parts[1:]):
        m.sc.fail(f, "functions without an index", f"{name}, one for each value of an index")
    if f.head == "vec" and not m.sc.environment.is_function(name):
        m.sc.fail(f, f"the function {name}", "a vector-valued one, set in bold")
    return name


def called(m: Meaning, t: Tree, name: str, args: tuple[Any, ...]) -> Any:
    """The function of that name at these arguments."""
    environment = m.sc.environment
    definition = environment.definitions.get(name)
    if definition is not None and definition.parameters:
        if len(definition.parameters) != len(args):
            m.sc.fail(t, f"{len(definition.parameters)} arguments for {name}", f"{len(args)}", "syntax")
        body = definition.body
        free = {s for s in body.free_symbols if s not in definition.parameters}
        table = {s: m.sc.bound[s.name] for s in free if s.name in m.sc.bound and m.sc.bound[s.name] != s}
        body = _carried_out(body.xreplace(table) if table else body)
        return body.subs(dict(zip(definition.parameters, args, strict=True)), simultaneous=True)
    if name in environment.functions:
        return _undetermined(m, t, name, args, environment.functions[name])
    if name in environment.densities:
        return density_or_pmf(m, t, environment.densities[name], args)
    law = generic(m, t) or _law_behind(m, name)
    if law is not None:
        return density_or_pmf(m, t, law, args) if name[0] in "fpq" else _distribution_function(m, t, law, args)
    if name in environment.inverses:
        return _undetermined(m, t, name, args, FunctionSpec())
    if name in _PRIMED and len(args) == 1:
        return KNOWN[name][2](*args)
    found = _generating(m, t, name, args)
    return found if found is not None else _undeclared(m, t, name, args)


def _carried_out(body: Any) -> Any:
    """f(t) = −S′(t) with the derivatives of what is spelled out, so that it can be taken at another place."""
    if not body.has(Derivative_) or body.has(Undetermined, Binder, sp.Integral, sp.Sum, sp.Limit):
        return body
    return body.replace(Derivative_, sp.diff)


def _generating(m: Meaning, t: Tree, name: str, args: tuple[Any, ...]) -> Any:
    """M_X(t) = E[exp(tX)] of a random variable the document knows; None for other names."""
    head, _, below = name.partition("_")
    law = m.sc.environment.random.get(below)
    if head != "M" or law is None or len(args) != 1 or law.arity() != 1:
        return None
    from symrep.notation import E

    x = m.sc.drawn(below, law)
    m.sc.guess(t, f"the moment generating function of {below}", "M of a random variable", "function")
    return E(sp.exp(args[0] * x), (x, law))


def _law_behind(m: Meaning, name: str) -> Any:
    """f_X, p_X, F_X of a random variable the document knows."""
    head, _, below = name.partition("_")
    random = m.sc.environment.random
    if head not in ("f", "p", "F") or not below:
        return None
    return random[below] if below in random else random.get(below.lower())


def _distribution_function(m: Meaning, t: Tree, law: Any, args: tuple[Any, ...]) -> Any:
    """F_X(x) = P(X ≤ x), as an expectation."""
    if len(args) != 1 or law.arity() != 1:
        m.sc.fail(t, "a distribution function of one variable", f"{len(args)}")
    x = DomainSymbol(m.sc.fresh("t", _symbols(args)), "real")
    from symrep.notation import E, indicator

    return E(indicator(x <= args[0]), (x, law))


def _undetermined(m: Meaning, t: Tree, name: str, args: tuple[Any, ...], spec: FunctionSpec) -> Any:
    if spec.arity != len(args):
        m.sc.fail(t, f"{spec.arity} argument{'s' if spec.arity > 1 else ''} for {name}", str(len(args)), "syntax")
    return _function_class(name, spec, (0,) * spec.arity)(*args)


def _undeclared(m: Meaning, t: Tree, name: str, args: tuple[Any, ...]) -> Any:
    """A function nobody declared.

    Raises:
        Unread: a density of several variables, or with parameters: what is known of such is not in its letters.
    """
    if (member := _of_family(m, t, name, args)) is not None:
        return member
    head, _, below = name.partition("_")
    if head == "Phi" and not below and len(args) == 1:
        m.sc.guess(t, "the standard normal distribution function", "Φ of one argument", "function")
        return (1 + sp.erf(args[0] / sp.sqrt(2))) / 2
    if (
        head in ("phi", "varphi")
        and not below
        and len(args) == 1
        and ("Phi" in m.sc.taken or "phi" in m.sc.environment.told)
    ):
        m.sc.guess(t, "the standard normal density", "φ of one argument, beside Φ", "function")
        return sp.exp(-(args[0] ** 2) / 2) / sp.sqrt(2 * sp.pi)
    if head in LETTERS:
        return joint(m, t, name)
    if (head == "f" and below and below[:1].isupper()) or (head == "F" and below):
        what = f"{name} = … or random {below or 'x'} \\sim … before this"
        m.sc.fail(t, f"the law whose density or probability {name} is", "none", "undefined", what)
    below_text = t.parts[0].text.partition("_")[2]
    if (
        "{" in below_text
        or not name.replace("'", "").isidentifier()
        or any(p.head not in ("name", "num") for p in t.parts[0].parts)
    ):
        m.sc.fail(t, f"what {t.parts[0].text} is", "a function with an expression below its name", "undefined")
    if below and below in GREEK and below not in ("pi",):
        parameter = m.sc.symbol(below, t)
        args = (*args, parameter)
        m.sc.guess(t, f"a function {name} that depends on {below} as well", "a Greek subscript", "parameter")
    else:
        m.sc.guess(t, f"an undetermined function {name}", "nobody defined it", "function")
    return _function_class(name, FunctionSpec(arity=len(args)), (0,) * len(args))(*args)


def _of_family(m: Meaning, t: Tree, name: str, args: tuple[Any, ...]) -> Any:
    """f_{φ_1}(g), where f_φ(g) is defined and speaks of φ; None for others."""
    head, _, below = name.partition("_")
    letter = below.partition("_")[0]
    definition = m.sc.environment.definitions.get(f"{head}_{letter}") if below != letter and letter in GREEK else None
    if definition is None or len(definition.parameters) != len(args):
        return None
    parameter = next((s for s in definition.body.free_symbols if getattr(s, "name", "") == letter), None)
    if parameter is None or parameter in definition.parameters:
        return None
    m.sc.guess(t, f"{head} with {letter} = {below}", f"{head}_{letter} is defined, with {letter} in it", "parameter")
    table = {**dict(zip(definition.parameters, args, strict=True)), parameter: m.sc.symbol(below, t)}
    return definition.body.subs(table, simultaneous=True)


def primed(m: Meaning, t: Tree) -> Any:
    """A prime on a bracket."""
    m.sc.fail(t, "the variable of the derivative", "a prime on an expression", "undefined")


def _derivative_at(m: Meaning, t: Tree, name: str, args: tuple[Any, ...], order: int) -> Any:
    """f'(a): the derivative of f, at a."""
    if len(args) != 1:
        m.sc.fail(t, "a prime on a function of one variable", f"{len(args)}")
    (a,) = args
    x = a if isinstance(a, sp.Symbol) and a.name not in _inside(m, name) else DomainSymbol(m.sc.fresh("at"), "real")
    body = called(m, t, name, (x,))
    if x != a and name.startswith("F_") and (law := _law_behind(m, name)) is not None and not law.discrete():
        weight = Density(law, x).formula()
        if not weight.has(sp.Piecewise):  # F' = f at every point; at the ends of a support it is a convention
            body, order = weight, order - 1
    if x != a and isinstance(body, Density):
        body = body.formula()
    if x == a:
        if hasattr(body, "orders"):  # f'(x) of an undetermined function is a function itself
            return body.diff(x, order)
        return D(body, *([x] * order))
    out = body.diff(x, order)
    if out.has(sp.Derivative) or any(type(n).__name__ == "Derivative_" for n in sp.preorder_traversal(out)):
        m.sc.fail(t, f"the derivative of {name} at a symbol", "at an expression")
    return out.subs(x, a)


def _symbols(args: tuple[Any, ...]) -> set[str]:
    return {s.name for a in args for s in a.free_symbols if isinstance(s, sp.Symbol)}


def _inside(m: Meaning, name: str) -> set[str]:
    """Names that occur free in a function's definition or law: f'(μ) is not ∂f(μ)/∂μ when f itself contains μ."""
    environment = m.sc.environment
    definition = environment.definitions.get(name)
    if definition is None:
        below = name.partition("_")[2]
        law = environment.densities.get(name) or environment.random.get(below) or environment.random.get(below.lower())
        return {s.name for s in law.free_symbols if isinstance(s, sp.Symbol)} if law is not None else set()
    return {s.name for s in definition.body.free_symbols if s not in definition.parameters and isinstance(s, sp.Symbol)}


def _characteristic(m: Meaning, t: Tree) -> Any:
    """1_A(x): whether x lies in A."""
    where = t.parts[0].parts[0]
    inside = Tree("rel", t.start, t.end, "in", parts=(t.parts[1], where))
    return sp.Piecewise((sp.S.One, m.condition(inside)), (sp.S.Zero, True))
