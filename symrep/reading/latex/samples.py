r"""Moments of samples, x_1, …, x_n independent of one law: E[\bar x], Var(\sum_i x_i^2), for every n.

The coordinates are one family; the expectation is over all of them, and the engine takes it apart. Where the law is on
the integers, or only its mean and variance are told, it is taken apart here, coordinate by coordinate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import sympy as sp

from symrep.distribution import Generic, Independent
from symrep.errors import NotApplicable
from symrep.inert import EachExpectation
from symrep.notation import E, Expectation
from symrep.reading.latex.environment import Environment, Sample
from symrep.reading.latex.laws import density_or_pmf
from symrep.reading.latex.meant import Meaning
from symrep.reading.latex.scope import INDICES, name_of, plain_name
from symrep.reading.latex.trees import Tree, walk
from symrep.rules.draws import coordinatewise_value
from symrep.symbols import DomainSymbol, indexed

__all__ = ["density_of_sample", "mean_of_sample", "sample_moment", "sampled"]

_BAR: Final = "bar"
#: the index of the coordinates, a name that no formula has
_NUMBER: Final = "number_of_coordinate"


def sampled(m: Meaning, trees: Iterable[Tree]) -> str:
    """The base of the sample of which trees speak, in themselves or by a definition; empty if none, or several."""
    environment = m.sc.environment
    if not environment.samples:
        return ""
    out: set[str] = set()
    for n in (n for t in trees for n in walk(t) if n.head in ("name", "vec")):
        base = plain_name(n.text).partition("_")[0]
        whole = base in environment.samples and environment.samples[base].vector
        if (n.parts or "_" in n.text or whole) and (of := _sample_of(environment, base)):
            out.add(of)
        name = name_of(n)
        if (of := _averaged(environment, name)) and name not in environment.definitions:
            out.add(of)
        definition = environment.definitions.get(name)
        if definition is not None:
            bases = {str(i.base.label) for i in getattr(definition.body, "atoms", lambda _: ())(sp.Indexed)}
            out |= {of for b in bases if (of := _sample_of(environment, b))}
    return out.pop() if len(out) == 1 else ""


def _sample_of(environment: Environment, base: str) -> str:
    """The sample x_i is of: x, or X where there is no x."""
    capital = base[:1].upper() + base[1:]
    return base if base in environment.samples else capital if capital in environment.samples and base != "e" else ""


def _averaged(environment: Environment, name: str) -> str:
    return _sample_of(environment, name.removesuffix(_BAR)) if name.endswith(_BAR) else ""


def mean_of_sample(m: Meaning, t: Tree, name: str) -> Any:
    r"""\bar x, where nobody said what it is and x_1, …, x_n is a sample: the mean; None for other names."""
    of = _averaged(m.sc.environment, name)
    if not of or f"defined {name}" in m.sc.environment.told:
        return None
    base = name.removesuffix(_BAR)
    size = m.sc.environment.samples[of].size
    k = DomainSymbol(m.sc.fresh("k"), "positive integer")
    m.sc.guess(t, f"the mean of the sample {of}", "a bar over the letter of a sample", "kind")
    return sp.Sum(m.sc.indexed(base, (k,), t), (k, 1, size)) / size


def density_of_sample(m: Meaning, t: Tree, name: str) -> Any:
    """p(x_i | λ) of a sample whose law is told, p being nothing else: its density at x_i; None for others."""
    environment = m.sc.environment
    inside = tuple(p for p in t.parts[1:] if p.head != "mark")
    if inside and inside[0].head == "|":
        inside = inside[0].parts
    point, behind = (inside[0], inside[1:]) if inside else (t, ())
    numbered = point.head == "name" and [name_of(p) in INDICES for p in point.parts] == [True]
    base = plain_name(point.text).partition("_")[0] if numbered else ""
    of = _sample_of(environment, base) if base else ""
    law = environment.samples[of].law if of else None
    if law is None or name not in ("p", "f", f"p_{of}", f"f_{of}") or environment.is_symbol(name):
        return None
    if any(k == name or k.startswith(f"{name}(") for k in (*environment.definitions, *environment.densities)):
        return None
    given = [x for p in behind for x in (p.parts if p.head == "list" else (p,))]
    names = [name_of(x.parts[0] if x.head == "^" else x) for x in given]
    if not all(names) or not set(names) <= m.sc.free_names(law):
        return None
    m.sc.guess(t, f"the density of {of}_i", "its law is told, and nothing else of this name", "density")
    x = m.number(point)
    if not law.discrete():
        return density_or_pmf(m, t, law, (x,))
    k = m.sc.drawn("k", law)
    at = law.weight_at(k)
    cases = [e for e, _ in at.args] if isinstance(at, sp.Piecewise) else [at]
    return cases[0].xreplace({k: x})  # on the support


def sample_moment(m: Meaning, t: Tree, bodies: tuple[Tree, ...], use: Callable[[list[Any], Any], Any]) -> Any:
    """A moment over a sample: ``use`` gives it by means; None where bodies speak of no sample.

    Raises:
        Unread: something else is random in it, too, or its parameters are.
    """
    of = sampled(m, bodies)
    if not of:
        return None
    sc, sample = m.sc, m.sc.environment.samples[of]
    read = [m.number(b) for b in bodies]
    table = {b: indexed(of) for e in read for b in _bases(e) if _sample_of(sc.environment, str(b.label)) == of}
    read = [e.xreplace(table) for e in read]
    for b in sorted(str(b.label) for b in table if str(b.label) != of):
        sc.guess(t, f"{b}_i is {of}_i", f"{of} is the sample", "variable")
    family = indexed(of)
    if not any(e.has(family) for e in read):
        return None
    names = {s.name for e in (*read, sample.law, sample.mean, sample.variance) for s in _symbols(e)}
    random = sc.environment.random.keys() | sc.environment.conditionals.keys()
    others = {b for e in read for b in _bases(e)} - {family}
    if (met := sorted(names & random)) or any(str(b.label) in random for b in others):
        sc.fail(t, "a moment in which the sample alone is random", f"{', '.join(met)}, which has a law as well")
    sc.guess(t, f"over {of}_1, …, {of}_{sample.size}, independent", "the text says so", "independence")
    with sc.errors_of(t):
        return use(read, lambda body: _mean(m, t, body, family, sample))


def _bases(e: Any) -> set[Any]:
    return {i.base for i in e.atoms(sp.Indexed)}


def _symbols(e: Any) -> list[Any]:
    return [s for s in getattr(e, "free_symbols", ()) if isinstance(s, sp.Symbol)]


def _mean(m: Meaning, t: Tree, body: Any, family: Any, sample: Sample) -> Any:
    if not body.has(family):
        return body
    law = Generic("sample") if sample.law is None else sample.law
    met = sorted((i for i in body.atoms(sp.Indexed) if i.base == family), key=sp.default_sort_key)
    if any(i.indices[0].is_nonpositive for i in met):
        m.sc.fail(t, f"one of {family.label}_1, …", str(met[0]))
    free = sorted({i.indices[0] for i in met} & body.free_symbols, key=sp.default_sort_key)
    if len(met) > 1 and free:  # one of them is as good as another; of two it is not known whether they are the same
        first = family[1]
        one = len(free) == 1 and free[0].is_Symbol and not body.has(first)
        body = body.xreplace({family[free[0]]: first}) if one else body
        if not one or body.has(free[0]):
            m.sc.fail(t, "whether coordinates are the same", ", ".join(f"{family.label}_{i}" for i in free))
        met = [first if i == family[free[0]] else i for i in met]
    numbered = [i for i in met if i.indices[0].is_Integer]
    summed = body.has(sp.Sum, sp.Product, sp.Integral)
    if sample.law is not None and not sample.law.discrete() and any(i.indices[0] > 1 for i in numbered):
        if summed or len(numbered) < len(met):  # there may not be so many
            m.sc.fail(t, f"coordinates beside sums over 1, …, {sample.size}", str(numbered[-1]))
        own = [DomainSymbol(m.sc.fresh(f"{family.label}_{i.indices[0]}"), "real") for i in numbered]
        return E(body.xreplace(dict(zip(numbered, own, strict=True))), *((y, law) for y in own))
    if (single := _single(body, family)) is not None:
        y = DomainSymbol(m.sc.fresh(f"{family.label}"), "real")
        return _one(m, t, Expectation(body.xreplace({single: y}), sp.Tuple(y), law), sample)
    product = Independent(law, (DomainSymbol(_NUMBER, "positive integer"), 1, sample.size))
    if sample.law is not None and not sample.law.discrete():
        return E(body, (family, product))
    try:
        value = coordinatewise_value(EachExpectation(body, family, product))
    except NotApplicable as e:
        m.sc.fail(t, e.needed, e.got[:60])
    return value.replace(lambda e: isinstance(e, Expectation) and e.law == law, lambda e: _one(m, t, e, sample))


def _single(body: Any, family: Any) -> Any:
    """The x_i of a body with one coordinate, whose index is no sum's; None for others."""
    found = {i for i in body.atoms(sp.Indexed) if i.base == family}
    if len(found) != 1 or body.has(sp.Sum, sp.Product, sp.Integral):
        return None
    return found.pop()


def _one(m: Meaning, t: Tree, e: Expectation, sample: Sample) -> Any:
    """The mean of a function of one coordinate."""
    (y,) = e.variables
    if sample.law is not None:
        x = m.sc.drawn(y.name, sample.law)
        return E(e.body.xreplace({y: x}), (x, sample.law))
    if not e.body.is_polynomial(y) or sp.degree(e.body, y) > 2:
        m.sc.fail(t, "a moment up to the second", "another, and the law is not told")
    moments = (sp.S.One, sample.mean, sample.variance + sample.mean**2)
    coefficients = sp.Poly(e.body, y).all_coeffs()[::-1]
    return sp.Add(*(c * v for c, v in zip(coefficients, moments, strict=False)))
