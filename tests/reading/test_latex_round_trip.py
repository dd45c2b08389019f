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
from symrep.derivation import Derivation
from symrep.distribution import FAMILIES, Generic, Law
from symrep.errors import SymrepError
from symrep.printing import latex
from symrep.reading.latex import Environment, name_of, parse, read
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
    for a in getattr(e, "args", ()):
        yield from nodes(a)


def declared(e: Any) -> tuple[Environment, dict[str, Any]]:
    """The environment of an expression's symbols and functions; name read -> symbol."""
    environment, table = HOUSE, {}
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
    return environment, table


def same(got: Any, e: Any, table: dict[str, Any]) -> bool:
    back = {n: table[n.name] for n in nodes(got) if isinstance(n, sp.Symbol) and n.name in table}
    got = got.xreplace(back)
    if got == e or to_term(got) == to_term(e):
        return True
    names = {n.name: n for n in nodes(e) if isinstance(n, sp.Symbol)}
    functions = context_of([e]).functions
    declared_here = {n: _function_class(n, spec, (0,) * spec.arity) for n, spec in functions.items()}
    plain = [from_term(to_term(side), names, declared_here) for side in (got, e)]
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


#: lines that come back of topics of which most do not: densities nobody spelled out, which the reader calls by names of
#: its own, expectations over any number of coordinates and partial derivatives of a function at a point, which it does
#: not read
FEW = {
    "baselines": 30,
    "evidence_lower_bound": 2,
    "images_of_laws": 1,
    "implicit_in_the_plane": 12,
    "importance_weights": 1,
    "moments": 15,
    "multivariate_normal": 2,
    "path_derivative": 7,
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
    assert back >= FEW.get(path.stem, 0.6 * lines), (back, lines)


def test_the_topics_named_exist() -> None:
    assert {path.stem for path in GALLERY} >= FEW.keys()


def _undeclared(e: Any, environment: Environment) -> bool:
    return any(isinstance(n, Undetermined) and n.symbol not in environment.functions for n in nodes(e))
