"""What symrep prints is read back and means the same: every formula of every family, every line of the gallery."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

import symrep.distributions
from symrep import typeset as ts
from symrep.conditional import Conditional
from symrep.derivation import Derivation
from symrep.distribution import FAMILIES, Generic, Law
from symrep.errors import SymrepError
from symrep.notation import Binder, Density
from symrep.printing import latex
from symrep.reading.latex import Environment, name_of, parse, read
from symrep.reading.latex.joints import bracket_of, key_of
from symrep.render.source import line_latex
from symrep.symbols import Undetermined, _function_class, kind_of
from symrep.translate import context_of, from_term, to_term

GALLERY = sorted(Path(symrep.__file__).parent.parent.joinpath("derivations").glob("*.py"))
FORMULAS = ("density", "pmf", "cdf", "quantile", "mean", "variance", "entropy", "mode")
t = sp.Symbol("t", real=True)
#: constants and functions the house prints by their letter
HOUSE = (
    Environment()
    .with_definition("gamma", (), sp.EulerGamma)
    .with_definition("psi", (t,), sp.polygamma(0, t))
    .with_definition("H", (t,), sp.Heaviside(t))
)


def read_name(name: str) -> str:
    """What a symbol is called when its print is read."""
    return name_of(parse(ts.symbol(name).tex))


def nodes(e: Any) -> Iterator[Any]:
    yield e
    for a in e.args[:3] if isinstance(e, sp.Limit) else getattr(e, "args", ()):  # the side of a limit is a symbol there
        yield from nodes(a)


def declared(e: Any) -> tuple[Environment, dict[str, Any]]:
    """The environment of an expression's symbols and functions; name read -> symbol."""
    environment, table = HOUSE, {}
    pairs: list[tuple[Law, Any]] = []
    for n in nodes(e):
        if isinstance(n, sp.Symbol):
            table[read_name(n.name)] = n
            environment = environment.with_symbol(read_name(n.name), kind_of(n))
        elif isinstance(n, sp.IndexedBase):
            environment = environment.with_symbol(read_name(str(n)), kind_of(n)).with_indexed(read_name(str(n)))
        elif isinstance(n, Undetermined):
            environment = environment.with_function(n.symbol, n.spec)
        elif isinstance(n, Generic):
            environment = environment.with_density(f"f_{n.args[0].name}", n)
        pairs += drawn(n)
    return with_printed(environment, pairs), table


def drawn(n: Any) -> Iterator[tuple[Law, Any]]:
    """Laws that nobody spelled out, with what they are of."""
    if isinstance(n, Density) and len(n.points) == 1:
        yield n.law, n.points[0] if isinstance(n.points[0], sp.Symbol) else t
    if isinstance(n, Binder) and len(n.variables) == 1:
        yield n.law, n.variables[0]


def with_printed(environment: Environment, pairs: list[tuple[Law, Any]]) -> Environment:
    """Laws as a document would introduce them, by the names that are printed: p, q_theta, q_phi(z|x)."""
    named: dict[str, dict[str, tuple[Law, Any, Any]]] = {}
    for law, x in pairs:
        if isinstance(law, Generic | Conditional):
            density = Density(law, x)
            tree = parse(latex(density))
            bracket = bracket_of(tree)
            assert bracket is not None
            name, (left, right) = name_of(tree.parts[0]), (tuple(map(name_of, part)) for part in bracket)
            named.setdefault(name, {})[key_of(name, left, right)] = law, x, density
    for name, keys in named.items():
        laws = {law for law, _, _ in keys.values()}
        if len(laws) == 1 and not any("|" in key for key in keys):
            environment = environment.with_density(name, laws.pop())
            continue
        for key, (law, x, density) in keys.items():
            environment = environment.with_density(key, law).with_definition(key, (x,), density)
    return environment


def same(got: Any, e: Any, table: dict[str, Any]) -> bool:
    back = {n: table[n.name] for n in nodes(got) if isinstance(n, sp.Symbol) and n.name in table}
    got = got.xreplace(back)
    if got == e or to_term(got) == to_term(e):
        return True
    names = {n.name: n for n in nodes(e) if isinstance(n, sp.Symbol)}
    functions = context_of([e]).functions
    declared_here = {n: _function_class(n, spec, (0,) * spec.arity) for n, spec in functions.items()}
    plain = [from_term(to_term(side), names, declared_here) for side in (got, e)]
    limit, v = sp.Function("lim"), sp.Symbol("bound", positive=True)  # not taken here, whatever its variable is called
    plain = [side.replace(sp.Limit, lambda f, x, at, way: limit(f.subs(x, v), at, way)) for side in plain]
    return bool(sp.simplify((plain[0] - plain[1]).doit(integrals=False, sums=False)) == 0)


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_family(name: str) -> None:
    family = FAMILIES[name]
    for what in FORMULAS:
        e = getattr(family, what, None)
        if not isinstance(e, sp.Basic):
            continue
        environment, table = declared(e)
        tex = latex(e)
        reading = read(tex, environment)
        assert not reading.unread, (what, tex, reading.unread)
        assert same(reading.statements[0].sides[0].expr, e, table), (what, tex)


#: printed in a way that is not read back, and why; nothing of this may be read as something else
NOT_READ_BACK = {
    "pathwise_estimate_is_unbiased": "an expectation over n draws",
    "score_function_estimate_is_unbiased": "an expectation over n draws",
    "without_reparameterisation": "a derivative by what the expression does not contain",
    "missing_term_of_the_square": "a derivative by what the expression does not contain",
}


#: how many lines of a topic are not read back: what stands above, images without a name, expectations over any number
#: of coordinates, functions of vectors, entries of matrices of every size, spherical laws, names that a script gives a
#: law and prints otherwise
NOT_BACK = {
    "baselines": 2,
    "change_of_variables": 4,
    "continuous_flows": 1,
    "determinants": 6,
    "diffusion": 1,
    "dirichlet": 1,
    "discrete": 1,
    "elliptical": 7,
    "estimators": 8,
    "evidence_lower_bound": 9,
    "flows": 18,
    "images_of_laws": 10,
    "implicit_in_every_dimension": 9,
    "implicit_in_the_plane": 9,
    "implicit_reparameterization": 2,
    "importance_weights": 16,
    "inequalities": 1,
    "mixtures": 1,
    "multivariate_normal": 3,
    "path_derivative": 7,
    "standardisation": 5,
    "stein_in_every_dimension": 23,
    "sums_and_ratios": 8,
    "weighted_bounds": 10,
}


def module(path: Path) -> Any:
    spec = spec_from_file_location(f"gallery_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    found = module_from_spec(spec)
    sys.modules[spec.name] = found
    spec.loader.exec_module(found)
    return found


def with_namespace(environment: Environment, namespace: Any) -> Environment:
    """The laws a script names, as the document would have introduced them."""
    for name, value in (namespace or {}).items():
        if isinstance(value, Law) and name.isidentifier():
            environment = environment.with_random(name, value)
            try:
                environment = environment.with_density(f"f_{name}", value)
            except SymrepError:
                continue
    return environment


@pytest.mark.parametrize("path", GALLERY, ids=lambda p: p.stem)
def test_gallery(path: Path) -> None:
    back = lines = 0
    for derivation in [v for v in vars(module(path)).values() if isinstance(v, Derivation)]:
        for line in derivation.lines():
            lines += 1
            environment, table = declared(line.expr)
            environment = with_namespace(environment, line.namespace)
            tex = line_latex(line, str(path))
            reading = read(tex, environment)
            if reading.unread:
                continue
            (statement,) = reading.statements
            (side,) = statement.sides
            if _undeclared(side.expr, environment):
                continue  # a function the script defines in Python: the document would have to say what it is
            if any(g.read.startswith("the density without") for g in reading.guesses):
                continue  # the mass of a density is 1, as the reader says that it took it
            if side.expr.atoms(Generic) - line.expr.atoms(Generic):
                continue  # a law nobody spelled out, by the reader's own name
            assert same(side.expr, line.expr, table), (derivation.name, tex, side.expr)
            back += 1
    assert lines - back <= NOT_BACK.get(path.stem, 0.4 * lines), (back, lines)


def test_the_topics_named_exist() -> None:
    assert {path.stem for path in GALLERY} >= NOT_BACK.keys()


def _undeclared(e: Any, environment: Environment) -> bool:
    return any(isinstance(n, Undetermined) and n.symbol not in environment.functions for n in nodes(e))
