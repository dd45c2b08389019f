r"""House-style LaTeX of SymPy expressions and of symrep's own notation.

What differs from SymPy's printer: a density reads \frac{1}{\sqrt{2\pi}\,\sigma}\exp(…), a difference starts with its
positive term and a sum with its parameters (x-\mu, \mu+\sigma\epsilon), parentheses are no wider than they must be.

Heaviside prints as H, with H(0) = 1/2; an indicator (a Piecewise of 1 and 0) as \mathbf{1}\{…\}.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, final

import sympy as sp
from sympy.core.function import Application, AppliedUndef
from sympy.printing.latex import LatexPrinter

from symrep import determinant as dt
from symrep import distribution as dist
from symrep import notation as nt
from symrep import typeset as ts
from symrep import vectors as vc
from symrep.conditional import Shown
from symrep.errors import BadInput
from symrep.order import products, rank, sums
from symrep.spherical import Spherical
from symrep.symbols import Undetermined, as_expr
from symrep.typeset import Piece
from symrep.typeset_draws import average, drawn_at, index_of
from symrep.typeset_functions import (
    function_name,
    general_determinant,
    general_jacobian,
    latex_function,
    of_vector,
    squared,
    undetermined,
    vector_of,
)
from symrep.typeset_functions import one as _one

__all__ = ["Printer", "average", "derived", "divergence", "drawn_at", "draws", "function_name", "index_of", "latex"]
__all__ += ["law_latex", "sim"]

Names = Mapping[Any, str]

_RELATIONS: Final = {"<": "<", ">": ">", "<=": r"\le", ">=": r"\ge", "==": "=", "!=": r"\ne"}


@final
class _Fallback(LatexPrinter):
    """SymPy's printer for what the house has no style for; its children come back to the house."""

    def __init__(self, house: Printer) -> None:
        super().__init__({"ln_notation": False})
        self.house = house
        self.top: Any = None

    def _print(self, expr: Any, **kwargs: Any) -> str:
        if expr is not self.top and isinstance(expr, sp.Basic) and self.house.handler(expr) is not None:
            return self.house.piece(expr).tex
        return super()._print(expr, **kwargs)


@final
class Printer:
    """Prints with ``names`` for laws that have one in the text: a pushforward named Y has density f_Y.

    ``shown`` replaces the LaTeX of symbols.
    """

    def __init__(self, names: Names | None = None, shown: Mapping[Any, Piece] | None = None) -> None:
        self.names = names or {}
        self.shown = shown or {}

    def handler(self, expr: Any) -> Callable[[Any], Piece] | None:
        for cls in type(expr).__mro__:
            found = _HANDLERS.get(cls)
            if found is not None:
                return lambda e: found(self, e)
        name = type(expr).__name__
        if isinstance(expr, Application) and latex_function(name, (ts.atom("?"),) * max(len(expr.args), 2)) is not None:
            return lambda e: _known(self, e)
        return None

    def piece(self, expr: Any) -> Piece:
        found = self.handler(expr)
        if found is not None:
            return found(expr)
        printer = _Fallback(self)
        printer.top = expr
        tex = printer.doprint(expr)
        return Piece(tex, ts.ATOM if isinstance(expr, (AppliedUndef, sp.Symbol)) else ts.SUM)

    def pieces(self, exprs: Any) -> tuple[Piece, ...]:
        return tuple(self.piece(e) for e in exprs)

    # --- laws -----------------------------------------------------------------------------------------------------

    def law(self, law: Any) -> Piece:
        r"""What stands after \sim."""
        if isinstance(law, dist.Distribution):
            return self.member(law.family, self.pieces(law.values))
        if isinstance(law, dist.Independent):
            j, lo, hi = law.limits
            limits = rf"_{{{self.piece(j).tex}={self.piece(lo).tex}}}^{{{self.piece(hi).tex}}}"
            return Piece(rf"\prod{limits}{self.law(law.law).tex}", ts.PRODUCT, True)
        if isinstance(law, dist.Joint):
            return Piece(r"\otimes ".join(self.law(p).tex for p in law.args), ts.PRODUCT)
        if isinstance(law, Shown):
            return _shown(self, law, ())
        if isinstance(law, (dist.Generic, dist.Pushforward)):
            return Piece(self.density_name(law))
        if isinstance(law, Spherical):
            return self.piece(law.density_at(*law.coordinates()))
        raise BadInput("latex", "a law", type(law).__name__)

    def member(self, family: Any, values: tuple[Piece, ...]) -> Piece:
        return Piece(_head(family) + ts.fenced(Piece(ts.join(_parameters(family, values)))))

    def density_name(self, law: Any, name: str = "") -> str:
        """The symbol of a density: f_Y of what is called Y, else f_{h(x)} of an image h(x)."""
        name = name or self.names.get(law, "")
        if name and law.discrete():
            return f"p_{_one(ts.symbol(name).tex)}"
        if name:
            return f"f_{_one(ts.symbol(name).tex)}"
        if isinstance(law, dist.Generic):
            return f"f_{_one(ts.symbol(law.args[0].name).tex)}"
        if isinstance(law, Spherical):
            return "f"
        return f"f_{{{','.join(ts.flat(p).tex for p in self.pieces(law.images))}}}"

    def density(self, law: Any, points: tuple[Piece, ...], name: str = "", parameters: Any = None) -> Piece:
        r"""The density of ``law`` at points; ``name`` is what the author calls the law, if anything."""
        if isinstance(law, Shown):
            return _shown(self, law, points)
        name = name or self.names.get(law, "")
        if not name and isinstance(law, dist.Joint):
            return ts.product([self.density(p, (x,)) for p, x in zip(law.args, points, strict=True)])
        if not name and isinstance(law, dist.Distribution):
            values = parameters if parameters is not None else self.pieces(law.values)
            return _conditional(_head(law.family), points[0], tuple(_parameters(law.family, values)))
        return ts.apply(self.density_name(law, name), *points)

    def drawn(self, variables: Any, law: Any) -> str:
        r"""x\sim P, several independent ones side by side."""
        laws = law.args if isinstance(law, dist.Joint) else (law,)
        if len(laws) != len(variables):
            return rf"{ts.join(self.pieces(variables))}\sim {self.law(law).tex}"
        pairs = zip(variables, laws, strict=True)
        return r",\,".join(sim(self.piece(v), self.law(p)) for v, p in pairs)


def sim(variable: Piece, law: Piece) -> str:
    gap = "" if law.tex.startswith("\\") else " "
    return rf"{variable.tex}\sim{gap}{ts.flat(law).tex}"


@ts.forms
def _conditional(head: str, point: Piece, parameters: tuple[Piece, ...]) -> Piece:
    return Piece(head + ts.fenced(Piece(rf"{point.tex}\mid {ts.join(parameters)}")))


def _shown(pr: Printer, law: Shown, points: tuple[Piece, ...]) -> Piece:
    r"""p_\theta(z \mid x), or p_\theta(z); p_\theta alone for the law."""
    head = ts.symbol(law.letter).tex + (f"_{_one(ts.join(pr.pieces(law.parameters)))}" if law.parameters else "")
    if not law.behind:
        return ts.apply(head, *points) if points else Piece(head)
    return _conditional(head, points[0] if points else ts.atom(r"\cdot"), pr.pieces(law.behind))


def _head(family: Any) -> str:
    return family.latex if family.latex.startswith("\\") else rf"\mathrm{{{family.latex or family.name}}}"


def _parameters(family: Any, values: tuple[Piece, ...]) -> list[Piece]:
    squares = [s in family.latex_squared for s in family.parameters]
    return [squared(v) if sq and v.tex != "1" else v for v, sq in zip(values, squares, strict=True)]


# --- SymPy's nodes ------------------------------------------------------------------------------------------------


def _known(pr: Printer, e: Any) -> Piece:
    args = [_turned(e.args[0])] if isinstance(e, sp.Abs) else e.args
    out = latex_function(type(e).__name__, pr.pieces(args))
    if out is None:
        raise BadInput("latex", "a function it knows", str(e.func))
    return out


def _heaviside(pr: Printer, e: Any) -> Piece:
    return ts.apply("H", pr.piece(e.args[0]))


def _integer(pr: Printer, e: Any) -> Piece:
    return ts.number(str(e))


def _rational(pr: Printer, e: Any) -> Piece:
    p = ts.fraction(ts.number(str(abs(e.p))), ts.number(str(e.q)))
    return ts.negative(p) if e.p < 0 else p


def _float(pr: Printer, e: Any) -> Piece:
    return ts.number(sp.printing.str.sstr(e, full_prec=False))


def _add(pr: Printer, e: Any) -> Piece:
    out: Piece | None = None
    for minus, term in sums(e):
        p = pr.piece(term)
        if out is None:
            out = ts.negative(p) if minus else p
        else:
            out = ts.subtract(out, p) if minus else ts.add(out, p)
    return out if out is not None else ts.number("0")


def _mul(pr: Printer, e: Any) -> Piece:
    minus, top, bottom, after = products(e)
    parts: list[Piece] = []
    if bottom:
        up = ts.product(pr.pieces(top)) if top else ts.number("1")
        parts.append(ts.fraction(up, ts.product(pr.pieces(bottom))))
    elif top:
        parts.extend(pr.pieces(top))
    parts.extend(pr.pieces(after))
    out = ts.product(parts) if parts else ts.number("1")
    return ts.negative(out) if minus else out


def _pow(pr: Printer, e: Any) -> Piece:
    base, exponent = e.as_base_exp() if not isinstance(e.exp, sp.Integer) else (e.base, e.exp)
    if base is sp.S.Exp1:
        return ts.exponential(pr.piece(exponent))
    if exponent == sp.Rational(1, 2):
        return ts.root(pr.piece(base))
    if exponent.is_Rational and exponent.p == 1 and exponent.q <= 4 and exponent.q > 1:
        return ts.root(pr.piece(base), str(exponent.q))
    minus, top, bottom, after = products(e)
    if bottom and not minus:
        up = ts.product(pr.pieces([*top, *after])) if top or after else ts.number("1")
        return ts.fraction(up, ts.product(pr.pieces(bottom)))
    if exponent.is_Integer and exponent.is_even:
        base = _turned(base)
    return ts.power(pr.piece(base), pr.piece(exponent))


def _turned(e: Any) -> Any:
    """For where the sign does not matter: x − μ for μ − x."""
    if isinstance(e, sp.Add) and len(e.args) == 2:
        (minus, first), (other, second) = sums(e)
        if minus != other and rank(second) > rank(first):
            return -e
    return e


def _piecewise(pr: Printer, e: Any) -> Piece:
    rows = list(e.args)
    last = rows[-1].cond is sp.true
    if len(rows) == 2 and last and rows[0].expr == 1 and rows[1].expr == 0:
        return ts.indicator(pr.piece(rows[0].cond))
    return ts.cases([(pr.piece(r.expr), None if r.cond is sp.true else pr.piece(r.cond)) for r in rows])


def _relational(pr: Printer, e: Any) -> Piece:
    return ts.relation(pr.piece(e.lhs), _RELATIONS[e.rel_op], pr.piece(e.rhs))


def _and(pr: Printer, e: Any) -> Piece:
    args = sorted(e.args, key=sp.default_sort_key)
    if len(args) == 2 and all(isinstance(a, (sp.StrictLessThan, sp.StrictGreaterThan)) for a in args):
        for low, high in (args, args[::-1]):
            if low.gts == high.lts and not low.gts.is_number:
                return Piece("<".join(pr.piece(p).tex for p in (low.lts, low.gts, high.gts)), ts.RELATION)
    return Piece(r"\text{ and }".join(pr.piece(a).tex for a in args), ts.RELATION)


def _or(pr: Printer, e: Any) -> Piece:
    args = sorted(e.args, key=sp.default_sort_key)
    return Piece(r"\text{ or }".join(pr.piece(a).tex for a in args), ts.RELATION)


def _integral(pr: Printer, e: Any) -> Piece:
    limits = [
        (pr.piece(lim[0]), pr.piece(lim[1]), pr.piece(lim[2])) if len(lim) == 3 else (pr.piece(lim[0]), None, None)
        for lim in e.limits
    ]
    return ts.integral(pr.piece(e.function), limits)


def _sum(pr: Printer, e: Any) -> Piece:
    head = r"\sum" if isinstance(e, sp.Sum) else r"\prod"
    out = pr.piece(e.function)
    for j, lo, hi in e.limits:
        out = ts.big(rf"{head}_{{{pr.piece(j).tex}={pr.piece(lo).tex}}}^{{{pr.piece(hi).tex}}}", out)
    return out


def _derivative(pr: Printer, e: Any) -> Piece:
    return derived(pr, [v for v, n in e.variable_count for _ in range(int(n))], e.expr)


def derived(pr: Printer, by: list[Any], body: Any) -> Piece:
    """The body's derivatives, the innermost first; a function of the one variable alone gets a prime."""
    alone = set(by) == body.free_symbols
    if alone and isinstance(body, Undetermined) and body.args == (by[0],) and not sum(body.orders):
        return ts.apply(ts.primed(function_name(body.symbol), len(by)), pr.piece(by[0]))
    return ts.differentiate([pr.piece(v) for v in by], pr.piece(body), alone)


def _indexed(pr: Printer, e: Any) -> Piece:
    base = pr.piece(sp.Symbol(str(e.base)))
    return Piece(
        f"{base.tex}_{{{ts.join(pr.pieces(e.indices))}}}"
        if "_" not in base.tex
        else rf"{base.tex}[{ts.join(pr.pieces(e.indices))}]"
    )


# --- symrep's nodes -----------------------------------------------------------------------------------------------


def _binder(pr: Printer, e: Any) -> Piece:
    head = r"\mathbb{E}" if isinstance(e, nt.Expectation) else r"\operatorname{Var}"
    return ts.scripted(head, Piece(pr.drawn(e.variables, e.law)), pr.piece(e.body))


def each_drawn(pr: Printer, e: Any) -> Piece:
    """The coordinates an expectation is taken over."""
    i, lo, hi = e.law.limits
    z, law = pr.piece(sp.Symbol(str(e.family.label))).tex, pr.law(e.law.law)
    ends = [pr.piece(v).tex for v in (lo, hi)]
    if not e.law.law.has(i):
        return Piece(sim(Piece(rf"{z}_{{{ends[0]}}},\dots,{z}_{{{ends[1]}}}"), law))
    here = pr.piece(i).tex
    return Piece(rf"{sim(Piece(f'{z}_{{{here}}}'), law)},\,{here}={ends[0]},\dots,{ends[1]}")


def _each(pr: Printer, e: Any) -> Piece:
    return ts.scripted(r"\mathbb{E}", each_drawn(pr, e), pr.piece(e.body))


def _sample_mean(pr: Printer, e: Any) -> Piece:
    if e.size == 1:
        return pr.piece(e.body)
    i = index_of(e.variables, e.body, e.size)
    inside = Printer(pr.names, {**pr.shown, **drawn_at(e.variables, i)})
    return average(pr.piece(e.size), i, inside.piece(e.body))


def draws(pr: Printer, mean: Any) -> Piece:
    """What the mean of a sample is taken over."""
    if mean.size == 1:
        return Piece(pr.drawn(mean.variables, mean.law))
    n = pr.piece(mean.size).tex
    who = ",".join(rf"{v.tex}_{{1}},\dots,{v.tex}_{{{n}}}" for v in pr.pieces(mean.variables))
    return Piece(sim(Piece(who), pr.law(mean.law)))


def _expected_sample(pr: Printer, e: Any) -> Piece:
    return ts.scripted(r"\mathbb{E}", draws(pr, e.args[0]), pr.piece(e.args[0]))


def _derivative_(pr: Printer, e: Any) -> Piece:
    by, body = [], e
    while isinstance(body, nt.Derivative_):
        by.append(body.variable)
        body = body.body
    return derived(pr, by[::-1], body)


def _determinant(pr: Printer, e: Any) -> Piece:
    jacobian = e.jacobian_of()
    if jacobian is not None:
        return ts.jacobian(*(pr.pieces(part) for part in jacobian))
    return ts.determinant([list(pr.pieces(r)) for r in e.rows()])


def _density(pr: Printer, e: Any) -> Piece:
    return pr.density(e.law, pr.pieces(e.points))


def divergence(p: Piece, q: Piece) -> Piece:
    return Piece(rf"\mathrm{{KL}}\left({p.tex}\,\middle\|\,{q.tex}\right)")


def _divergence(pr: Printer, e: Any) -> Piece:
    return divergence(*map(pr.law, e.args))


_HANDLERS: Final[dict[type, Callable[[Printer, Any], Piece]]] = {
    sp.Symbol: lambda pr, e: pr.shown.get(e) or ts.symbol(e.name),
    sp.Integer: _integer,
    sp.Rational: _rational,
    sp.Float: _float,
    sp.core.numbers.Pi: lambda pr, e: ts.atom(r"\pi"),
    sp.core.numbers.Exp1: lambda pr, e: ts.atom("e"),
    sp.core.numbers.ImaginaryUnit: lambda pr, e: ts.atom("i"),
    sp.core.numbers.Infinity: lambda pr, e: ts.atom(r"\infty"),
    sp.core.numbers.NegativeInfinity: lambda pr, e: ts.negative(ts.atom(r"\infty")),
    sp.core.numbers.EulerGamma: lambda pr, e: ts.atom(r"\gamma"),
    sp.Add: _add,
    sp.Mul: _mul,
    sp.Pow: _pow,
    sp.exp: lambda pr, e: ts.exponential(pr.piece(e.args[0])),
    sp.Heaviside: _heaviside,
    sp.Piecewise: _piecewise,
    sp.core.relational.Relational: _relational,
    sp.And: _and,
    sp.Or: _or,
    sp.Integral: _integral,
    sp.Sum: _sum,
    sp.Product: _sum,
    sp.Derivative: _derivative,
    sp.Indexed: _indexed,
    sp.IndexedBase: lambda pr, e: ts.symbol(str(e)),
    Undetermined: lambda pr, e: undetermined(type(e), pr.pieces(e.args)),
    vc.Vector: lambda pr, e: vector_of(*pr.pieces(e.args)),
    vc.OfVector: lambda pr, e: of_vector(e.base_name(), e.times, pr.pieces(e.args)),
    nt.Expectation: _binder,
    nt.Variance: _binder,
    nt.EachExpectation: _each,
    nt.SampleMean: _sample_mean,
    nt.ExpectedSampleMean: _expected_sample,
    nt.Derivative_: _derivative_,
    nt.Density: _density,
    dt.Determinant_: _determinant,
    dt.JacobianDeterminant: lambda pr, e: general_jacobian(*pr.pieces(e.args)),
    dt.GeneralDeterminant: lambda pr, e: general_determinant(*pr.pieces(e.args)),
    nt.Divergence: _divergence,
    dist.Law: lambda pr, e: pr.law(e),
}


def latex(expr: Any, names: Names | None = None) -> str:
    """LaTeX of an expression, a relation or a law; ``names`` maps laws to what the text calls them."""
    return Printer(names).piece(as_expr(expr)).tex


def law_latex(law: Any, names: Names | None = None) -> str:
    r"""LaTeX of a law as it stands after \sim."""
    return Printer(names).law(law).tex
