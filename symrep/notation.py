"""The notation of lines: E, D, Var, KL, densities, samples. Every node is inert; only rules rewrite it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, final

import sympy as sp
from sympy import Tuple

from symrep.distribution import (
    Independent,
    Law,
    Pushforward,
    ToTerm,
    check_bound,
    check_image,
    fresh_variable,
)
from symrep.errors import BadInput
from symrep.inert import Derivative_, EachExpectation, Notation
from symrep.law import fresh_index, support_condition, weight_term
from symrep.relations import Relation, approx, ge, gt, le, lt
from symrep.symbols import DomainSymbol, as_expr, kind_of
from symrep.term import Term

__all__ = [
    "KL",
    "D",
    "Density",
    "Derivative_",
    "Divergence",
    "E",
    "EachExpectation",
    "Expectation",
    "Notation",
    "Relation",
    "SampleMean",
    "Var",
    "Variance",
    "approx",
    "density",
    "ge",
    "gt",
    "indicator",
    "le",
    "lt",
    "pmf",
    "sample_mean",
    "support_condition",
]


class Binder(Notation):
    """args = (body, (variables…), law): the variables are bound in the body."""

    #: what it is called in a script
    word: ClassVar[str] = "E"

    @property
    def body(self) -> Any:
        return self.args[0]

    @property
    def variables(self) -> tuple[Any, ...]:
        return tuple(self.args[1])

    @property
    def law(self) -> Law:
        return self.args[2]

    @property
    def bound_symbols(self) -> list[Any]:
        return list(self.variables)

    @property
    def free_symbols(self) -> set[Any]:
        out: set[Any] = (self.body.free_symbols - set(self.variables)) | self.law.free_symbols
        for a in self.args[3:]:
            out |= a.free_symbols
        return out

    def _eval_subs(self, old: Any, new: Any) -> Any:
        vs = self.variables
        new = as_expr(new)
        body, law = self.body, self.law
        if old.free_symbols & set(vs):  # bound here: only what lies outside the scope changes
            return self.func(body, Tuple(*vs), law.subs(old, new), *(a.subs(old, new) for a in self.args[3:]))
        clash = new.free_symbols & set(vs)
        if clash and (body.subs(old, new), law.subs(old, new)) != (body, law):
            taken = body.free_symbols | new.free_symbols | law.free_symbols | set(vs)
            table: dict[Any, Any] = {}
            for v in sorted(clash, key=sp.default_sort_key):
                table[v] = fresh_variable(v.name, taken | set(table.values()))
            body = body.xreplace(table)
            vs = tuple(table.get(v, v) for v in vs)
        return self.func(
            body.subs(old, new), Tuple(*vs), law.subs(old, new), *(a.subs(old, new) for a in self.args[3:])
        )

    def _eval_derivative(self, s: Any) -> Any:
        return Derivative_(self, s)

    def names(self) -> tuple[str, ...]:
        return tuple(v.name for v in self.variables)

    def _sympystr(self, printer: Any) -> str:
        vs = self.variables
        bound = printer.doprint(vs[0]) if len(vs) == 1 else f"({', '.join(map(printer.doprint, vs))})"
        more = "".join(f", {printer.doprint(a)}" for a in self.args[3:])
        return f"{self.word}({printer.doprint(self.body)}, ({bound}, {printer.doprint(self.law)}){more})"


def _pull_back(body: Any, variables: tuple[Any, ...], law: Law) -> tuple[Any, tuple[Any, ...], Law]:
    """An expectation under an image law is, by definition of the image measure, one under the law it comes from."""
    if not isinstance(law, Pushforward):
        return body, variables, law
    table = dict(zip(variables, law.images, strict=True))
    inner = law.variables
    clash = (body.free_symbols - set(variables)) & set(inner)
    if clash:
        ren = {v: fresh_variable(v.name, body.free_symbols | set(inner)) for v in clash}
        inner = tuple(ren.get(v, v) for v in inner)
        table = {k: im.xreplace(ren) for k, im in table.items()}
    return body.subs(table, simultaneous=True), inner, law.base


@final
class Expectation(Binder):
    """E[body] when the variables have the law."""

    def pulled_back(self) -> Expectation:
        """The same under the law an image comes from; itself for any other law. The two are one term."""
        if not isinstance(self.law, Pushforward):
            return self
        body, vs, law = _pull_back(self.body, self.variables, self.law)
        return Expectation(body, Tuple(*vs), law)

    def to_term(self, go: ToTerm) -> Term:
        body, vs, law = _pull_back(self.body, self.variables, self.law)
        return law.expect_term(body, vs, go)


@final
class Variance(Binder):
    """Var[body] when the variables have the law: E[body²] − E[body]²."""

    word: ClassVar[str] = "Var"

    def moments(self) -> tuple[Expectation, Expectation]:
        return Expectation(self.body**2, *self.args[1:]), Expectation(self.body, *self.args[1:])

    def to_term(self, go: ToTerm) -> Term:
        second, first = self.moments()
        return ("add", go(second), ("mul", ("num", -1, 1), ("pow", go(first), ("num", 2, 1))))


@final
class SampleMean(Binder):
    """(1/n) Σ body(x_i) for n independent x_i; args = (body, variables, law, n). A random variable, not a number."""

    word: ClassVar[str] = "sample_mean"

    @property
    def size(self) -> Any:
        return self.args[3]

    def mean_term(self, go: ToTerm) -> Term:
        body, vs, law = _pull_back(self.body, self.variables, self.law)
        return ("sample_mean", go(body), law.law_term(tuple(v.name for v in vs), go), go(self.size))

    def to_term(self, go: ToTerm) -> Term:
        raise BadInput("sample_mean", "an expectation around it: it is a random variable", str(self), f"E({self})")


@final
class ExpectedSampleMean(Notation):
    """E over the n independent draws of a sample mean; args = (sample mean,)."""

    def _sympystr(self, printer: Any) -> str:
        return f"E({printer.doprint(self.args[0])})"

    def to_term(self, go: ToTerm) -> Term:
        mean = self.args[0]
        if mean.law.discrete():
            return _counted_mean(mean, go)
        return ("expect_sample", mean.mean_term(go))


def _counted_mean(mean: SampleMean, go: ToTerm) -> Term:
    """Under a discrete law: (Σ pmf)^(n−1) · (1/n) Σ_i E[b], since the n − 1 other draws are summed over."""
    n, law, (v, *more) = go(mean.size), mean.law, mean.variables
    if more:
        raise BadInput("sample_mean", "draws of one number each", str(mean))
    i = fresh_variable("i", mean.free_symbols | {v}).name
    one: Term = ("num", 1, 1)
    others: Term = ("pow", law.expect_term(sp.S.One, (v,), go), ("add", n, ("num", -1, 1)))
    total: Term = ("sum", law.expect_term(mean.body, (v,), go), (i, one, n))
    return ("mul", others, ("pow", n, ("num", -1, 1)), total)


@final
class Density(Notation):
    """The density or pmf of a law at a point; args = (law, point, …). Zero outside the support."""

    def _sympystr(self, printer: Any) -> str:
        word = "pmf" if self.law.discrete() else "density"
        return f"{word}({printer.doprint(self.law)})({', '.join(map(printer.doprint, self.points))})"

    @property
    def law(self) -> Law:
        return self.args[0]

    @property
    def points(self) -> tuple[Any, ...]:
        return tuple(self.args[1:])

    def _eval_derivative(self, s: Any) -> Any:
        return Derivative_(self, s)

    def formula(self) -> Any:
        """The density's formula with its support spelled out (a Piecewise unless the support is everything)."""
        on = self.law.weight_at(*self.points)
        where = support_condition(self.law.ranges(), self.points)
        if where is sp.true:
            return on
        return sp.Piecewise((on, where), (sp.S.Zero, True))

    def to_term(self, go: ToTerm) -> Term:
        if isinstance(self.law, Pushforward):
            return self.law.push_term(self.points, go)
        return weight_term(self.law, self.points, go)


@final
class Divergence(Notation):
    """KL(p ‖ q) = E_p[log p − log q]; args = (p, q)."""

    def _sympystr(self, printer: Any) -> str:
        return f"KL({', '.join(map(printer.doprint, self.args))})"

    def expectation(self) -> Expectation:
        p, q = self.args
        taken = self.free_symbols
        x = fresh_index("k", p.ranges()[0].low, taken) if p.discrete() else fresh_variable("x", taken)
        return Expectation(sp.log(Density(p, x)) - sp.log(Density(q, x)), Tuple(x), p)

    def to_term(self, go: ToTerm) -> Term:
        p, q = self.args
        if isinstance(p, Independent) and isinstance(q, Independent):
            return ("kl", p.iprod_term(go), q.iprod_term(go))
        return go(self.expectation())

    def _eval_derivative(self, s: Any) -> Any:
        return Derivative_(self, s)


# --- what authors write -------------------------------------------------------------------------------------------


def _pairs(what: str, bindings: tuple[Any, ...]) -> tuple[tuple[Any, ...], Law]:
    variables: list[Any] = []
    laws: list[Law] = []
    for b in bindings:
        if not isinstance(b, (tuple, Tuple)) or len(b) != 2 or not isinstance(b[1], Law):
            raise BadInput(what, "bindings (variable, law)", str(b)[:80], f"{what}(f(x), (x, Normal(0, 1)))")
        v, law = b
        variables.extend(v if isinstance(v, (tuple, list, Tuple)) else (v,))
        laws.append(law)
    if not laws:
        raise BadInput(what, "a binding (variable, law)", "none", f"{what}(f(x), (x, Normal(0, 1)))")
    if len(laws) == 1:
        law = laws[0]
    else:
        from symrep.distribution import joint

        law = joint(*laws)
    vs = tuple(variables)
    if isinstance(law, Independent):
        raise BadInput(what, "a law on a space of fixed dimension", str(law))
    if len(vs) != law.arity():
        raise BadInput(what, f"{law.arity()} variables for {law}", f"{len(vs)}")
    if isinstance(law, Pushforward):
        check_image(vs, law, what)
    else:
        check_bound(vs, law, what)
    return vs, law


def E(body: Any, *bindings: Any) -> Any:
    """E[body]: ``E(f(x), (x, Normal(mu, sigma)))``; several bindings are independent. Of a sample mean, no binding.

    Over any number of independent coordinates: ``E(Sum(f(z[k]), (k, 1, n)), (z, Independent(X, (k, 1, n))))`` with
    ``z = indexed("z")``.

    Raises:
        BadInput: no law given, or a bound variable too narrow for its law.
    """
    if isinstance(body, SampleMean) and not bindings:
        return ExpectedSampleMean(body)
    if len(bindings) == 1 and isinstance(bindings[0], (tuple, Tuple)) and isinstance(bindings[0][0], sp.IndexedBase):
        return _each(as_expr(body), *bindings[0])
    vs, law = _pairs("E", bindings)
    return Expectation(as_expr(body), Tuple(*vs), law)


def _each(body: Any, family: Any, law: Any = None) -> EachExpectation:
    if not isinstance(law, Independent):
        needed = "a law for each coordinate, Independent(law, (i, 1, n))"
        raise BadInput("E", needed, str(law)[:80], 'z = indexed("z"); E(f(z[1]), (z, Independent(X, (i, 1, n))))')
    own, kind = law.law, kind_of(family)
    if own.discrete() or isinstance(own, Pushforward) or own.arity() != 1:
        raise BadInput("E", "coordinates with a density each", str(law))
    if family.label in own.free_symbols:
        raise BadInput("E", f"laws free of {family.label}", str(law))
    check_bound((DomainSymbol(f"{family.label}", kind),), own, "E")
    return EachExpectation(body, family, law)


def Var(body: Any, *bindings: Any) -> Variance:
    """Var[body], with bindings as for :func:`E`."""
    vs, law = _pairs("Var", bindings)
    return Variance(as_expr(body), Tuple(*vs), law)


def sample_mean(body: Any, binding: Any, n: Any) -> SampleMean:
    """(1/n) Σ_{i≤n} body(x_i) with x_i independent from the law: the Monte Carlo estimate of E[body]."""
    vs, law = _pairs("sample_mean", (binding,))
    return SampleMean(as_expr(body), Tuple(*vs), law, as_expr(n))


def D(body: Any, *variables: Any) -> Any:
    """d(body)/d(variable), not carried out; ``D(h, x, x)`` is the second derivative.

    Raises:
        BadInput: a variable that is no symbol.
    """
    out = as_expr(body)
    if not variables:
        raise BadInput("D", "the variable to differentiate by", "none", "D(expr, theta)")
    for v in variables:
        if not isinstance(v, sp.Symbol):
            raise BadInput("D", "a symbol to differentiate by", str(v), "D(expr, theta)")
        out = Derivative_(out, v)
    return out


@final
@dataclass(frozen=True)
class density:
    """``density(X)(x)``: the density of X at x, zero outside its support."""

    law: Law

    def __post_init__(self) -> None:
        if not isinstance(self.law, Law) or isinstance(self.law, Independent):
            raise BadInput("density", "a law", str(self.law)[:80])
        if self.law.discrete():
            raise BadInput("density", "a law with a density", f"{self.law}, which has a pmf", f"pmf({self.law})(k)")

    def __call__(self, *points: Any) -> Density:
        if len(points) != self.law.arity():
            raise BadInput("density", f"{self.law.arity()} coordinates", f"{len(points)}")
        return Density(self.law, *map(as_expr, points))


@final
@dataclass(frozen=True)
class pmf:
    """``pmf(K)(k)``: the probability that K = k, an integer; zero outside its support."""

    law: Law

    def __post_init__(self) -> None:
        if not isinstance(self.law, Law) or isinstance(self.law, (Independent, Pushforward)) or not self.law.discrete():
            raise BadInput("pmf", "a discrete law", str(self.law)[:80])

    def __call__(self, *points: Any) -> Density:
        at = tuple(map(as_expr, points))
        if len(at) != self.law.arity() or not all(p.is_integer for p in at):
            needed = f"{self.law.arity()} integer coordinates"
            raise BadInput("pmf", needed, ", ".join(map(str, at)), 'k = nonnegative_integer("k")')
        return Density(self.law, *at)


def KL(p: Law, q: Law) -> Divergence:
    """KL(p ‖ q).

    Raises:
        BadInput: laws on different spaces.
    """
    if not isinstance(p, Law) or not isinstance(q, Law):
        raise BadInput("KL", "two laws", f"{p}, {q}")
    if isinstance(p, Independent) != isinstance(q, Independent) or p.arity() != q.arity():
        raise BadInput("KL", "two laws on the same space", f"{p}, {q}")
    if isinstance(p, Pushforward) or isinstance(q, Pushforward):
        raise BadInput("KL", "laws whose densities are known", f"{p}, {q}")
    if p.discrete() != q.discrete():
        raise BadInput("KL", "two densities or two pmfs", f"{p}, {q}")
    if isinstance(p, Independent) and isinstance(q, Independent) and p.limits != q.limits:
        raise BadInput("KL", "products over the same index", f"{p.limits}, {q.limits}")
    return Divergence(p, q)


def indicator(condition: Any) -> Any:
    """1 where the condition holds, 0 elsewhere."""
    return sp.Piecewise((sp.S.One, condition), (sp.S.Zero, True))
