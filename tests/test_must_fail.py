"""Every wrong derivation in ``derivations/must_fail`` fails as it states: status, reason and line.

Witnesses are recomputed here by mpmath from the SymPy expressions of the script, without any code of the checks.
"""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import mpmath as mp
import numpy as np
import pytest
import sympy as sp

from symrep.derivation import Derivation, Expected
from symrep.determinant import Determinant_, GeneralDeterminant, JacobianDeterminant
from symrep.distribution import Independent
from symrep.notation import (
    Density,
    Derivative_,
    Divergence,
    Expectation,
    ExpectedSampleMean,
    Variance,
)
from symrep.report import DerivationReport
from symrep.session import Session, derivations_of, load
from symrep.symbols import Undetermined, kind_of
from symrep.vectors import Vector
from symrep.verdict import Reason, Status

FOLDER = Path(__file__).parents[1] / "derivations" / "must_fail"
SCRIPTS = sorted(FOLDER.glob("*.py"))


@cache
def session(path: Path) -> tuple[Session, dict[str, Derivation]]:
    return Session(), {d.name: d for d in derivations_of(load(path))}


@cache
def report(path: Path, name: str) -> DerivationReport:
    judge, known = session(path)
    return judge.judge(known[name])


ALL = [(p, d) for p in SCRIPTS for d in session(p)[1].values()]
WRONG = [(p, d) for p, d in ALL if d.expected is not None]
RIGHT = [(p, d) for p, d in ALL if d.expected is None]
#: whose failure two numbers show
BY_VALUE = (Reason.UNEQUAL, Reason.RELATION_FAILS)


def named(pairs: list[tuple[Path, Derivation]]) -> Any:
    return pytest.mark.parametrize(
        ("path", "name"), [pytest.param(p, d.name, id=f"{p.stem}-{d.name}") for p, d in pairs]
    )


def test_there_are_enough_and_each_says_what_is_wrong() -> None:
    assert len(WRONG) >= 30
    for _, d in WRONG:
        assert d.expected.status in (Status.REFUTED, Status.UNDECIDED), d.name
        assert d.theorem.endswith("."), d.name
    assert len({(p.stem, d.name) for p, d in ALL}) == len(ALL)


@named(WRONG)
def test_fails_as_stated(path: Path, name: str) -> None:
    r = report(path, name)
    broken = r.first_broken
    got = (r.status.name, broken and broken.code, broken and broken.number)
    assert r.error == ""
    assert r.met is True, f"expected {r.expected}, got {got}: {broken and broken.message}"
    expected = session(path)[1][name].expected
    assert expected is not None
    if expected.reason in BY_VALUE:
        is_a_witness(path, name, broken)


@named(RIGHT)
def test_what_they_rest_on_is_right(path: Path, name: str) -> None:
    assert report(path, name).status in (Status.PROVED, Status.SUPPORTED)


def is_a_witness(path: Path, name: str, step: Any) -> None:
    """What is shown of a wrong line is so, computed a second time."""
    if step.witness is None:
        pytest.fail("no witness")
    d = session(path)[1][name]
    lines = list(d.lines())
    before, line = lines[step.number - 2], lines[step.number - 1]
    if any(used in path.stem for used in ("lemmas",)) and "rests on" in step.message:
        pytest.skip("refuted by the lemma it rests on")
    point = {k: sp.Rational(v) for k, v in step.witness["point"].items()}
    sides = [spelled_out(e, point) for e in (before.expr, line.expr)]
    if any(isinstance(n, Undetermined) and n.spec.recursion for e in sides for n in sp.preorder_traversal(e)):
        pytest.skip("defined by recursion: what is refuted is one step of it")
    if any(e.has(Vector) for e in sides):
        pytest.skip("functions of vectors: not evaluated here")
    if any(e.has(Independent) for e in sides):
        pytest.skip("a product of laws over an index: not evaluated here")
    table = {s: point.get(s.name, anything(s)) for e in sides for s in e.free_symbols}
    instances = {k: as_function(v) for k, v in step.witness["functions"].items()}
    left, right = (Value(table, instances).of(e) for e in sides)
    if line.op == "~":  # what is refuted is a bound for the gap
        assert abs(left - right) > mp.mpf(str(sp.N(line.tolerance))) * abs(right)
        return
    scale = 1 + abs(left) + abs(right)
    assert abs(left - number(step.witness["lhs"])) < 1e-6 * scale
    assert abs(right - number(step.witness["rhs"])) < 1e-6 * scale
    if line.op == "=":
        tiny = mp.mpf("1e-35") if name == "nearly_equal" else mp.mpf("1e-25")
        assert abs(left - right) > tiny * min(1, max(abs(left), abs(right)))
    else:
        left, right = left.real, right.real
        gap = {"<=": left - right, "<": left - right, ">=": right - left, ">": right - left}[line.op]
        assert gap > 0 or (line.op in "<>" and gap == 0)


def some_density(t: Any, *_: Any) -> Any:
    """Where the witness leaves a density open, both sides do not depend on it."""
    return sp.exp(-(t**2) / 2) / sp.sqrt(2 * sp.pi)


def some_function(t: Any, *_: Any) -> Any:
    """Likewise of a function."""
    return sp.sin(t) + t / 3


def anything(s: Any) -> Any:
    """Where the witness leaves a symbol open, both sides do not depend on it."""
    return sp.Rational(2, 5) if kind_of(s) == "unit" else sp.Rational(7, 5)


def test_the_slip_of_the_post() -> None:
    r = report(FOLDER / "standardisation.py", "sigma_left_standing")
    step = r.first_broken
    assert step is not None
    assert step.witness is not None
    assert Fraction(step.witness["point"]["sigma"]) != 1
    y, sigma = (
        mp.mpf(Fraction(step.witness["point"][k]).numerator) / Fraction(step.witness["point"][k]).denominator
        for k in ("y", "sigma")
    )
    assert mp.almosteq(number(step.witness["lhs"]), mp.npdf(y), 1e-9)
    assert mp.almosteq(number(step.witness["rhs"]), mp.exp(-(y**2) / (2 * sigma**2)) / mp.sqrt(2 * mp.pi), 1e-9)
    d = step.diagnosis
    assert d is not None
    assert plain(d["corrected_latex"]) == plain(r"\frac{1}{\sqrt{2\pi}}\exp\left(-\frac{y^2}{2}\right)")
    assert d["corrected_status"] in ("proved", "supported")
    assert plain(d["factor_latex"]) == plain(r"\exp\left(\frac{y^2(\sigma^2-1)}{2\sigma^2}\right)")


@pytest.mark.parametrize(
    "expected",
    [
        Expected(Status.UNDECIDED, Reason.UNEQUAL, 3),
        Expected(Status.REFUTED, Reason.SUPPORT_WRONG, 3),
        Expected(Status.REFUTED, Reason.UNEQUAL, 2),
    ],
    ids=["status", "reason", "line"],
)
def test_a_wrong_expectation_is_not_met(expected: Expected) -> None:
    d = session(FOLDER / "standardisation.py")[1]["sigma_left_standing"]
    assert Session().judge(Derivation(d.func, d.source, d.given, expected)).met is False


def test_a_right_derivation_meets_no_expectation_of_failure() -> None:
    d = session(FOLDER / "lemmas.py")[1]["inverse_of_log"]
    for status in (Status.REFUTED, Status.UNDECIDED, Status.PROVED):
        expected = Expected(status, Reason.UNEQUAL, 2)
        assert Session().judge(Derivation(d.func, d.source, d.given, expected)).met is False
    assert report(FOLDER / "lemmas.py", "inverse_of_log").met is None


# --- an evaluator of its own --------------------------------------------------------------------------------------


def plain(latex: str) -> str:
    return re.sub(r"\\[,;!]|\s", "", latex)


def number(text: str) -> Any:
    """The middle of an enclosure such as ``[0.5 +/- 1e-9] + [1.25 +/- 2e-9]j``."""
    out = mp.mpc(0)
    for sign, ball, bare, unit in re.findall(r"([+-]?)\s*(?:\[([^\]]*)\]|([\d.]+(?:e[+-]?\d+)?))(j?)", text):
        value = mp.mpf((ball or bare).split("+/-")[0].strip() or "0") * (-1 if sign == "-" else 1)
        out += mp.mpc(0, value) if unit else value
    return out


def as_function(text: str) -> Any:
    """The concrete function a witness names, in t or in t1, t2, …. The text is this package's own output."""
    names = sorted(set(re.findall(r"\bt\d+\b", text)), key=lambda n: int(n[1:])) or ["t"]
    symbols = {n: sp.Symbol(n, real=True) for n in names}
    expr = sp.sympify(text.replace("^", "**"), locals=symbols)
    return lambda *args: expr.subs(dict(zip(symbols.values(), args, strict=False)), simultaneous=True)


def spelled_out(expr: Any, point: dict[str, Any]) -> Any:
    """Sums, products and determinants over indices written out at the size the witness is for, with its values."""
    expr = expr.replace(lambda e: isinstance(e, Determinant_), lambda e: _carried_out(e.matrix()).det())
    if not any("[" in k for k in point) and not expr.has(GeneralDeterminant, JacobianDeterminant):
        return expr
    whole = {s: point[s.name] for s in expr.atoms(sp.Symbol) if s.name in point and s.is_integer}
    expr = expr.subs(whole)
    expr = expr.replace(lambda e: isinstance(e, JacobianDeterminant), _jacobian)
    expr = expr.replace(lambda e: isinstance(e, GeneralDeterminant), _determinant)
    expr = expr.replace(lambda e: isinstance(e, (sp.Sum, sp.Product)), lambda e: e.doit())
    values = {e: point[_key(e)] for e in expr.atoms(sp.Indexed) if _key(e) in point}
    return expr.xreplace(values)


def _key(e: Any) -> str:
    return f"{e.base.label}[{','.join(map(str, e.indices))}]"


def _carried_out(m: Any) -> Any:
    return m.applyfunc(lambda e: e.replace(lambda d: isinstance(d, Derivative_), lambda d: sp.diff(d.body, d.variable)))


def _determinant(e: Any) -> Any:
    n, (i, j) = int(e.size), e.indices
    return sp.Matrix(n, n, lambda a, b: e.entry.subs({i: a + 1, j: b + 1}, simultaneous=True).doit()).det()


def _jacobian(e: Any) -> Any:
    n = int(e.size)
    z = [e.base[k + 1] for k in range(n)]
    maps = [e.component.subs(e.index, k + 1).subs(e.size, n).doit() for k in range(n)]
    return sp.Matrix(n, n, lambda a, b: sp.diff(maps[a], z[b])).det()


class Value:
    """Numbers for lines: quadrature for expectations, roots of h(x) = y for densities of images."""

    def __init__(self, table: dict[Any, Any], instances: dict[str, Any]) -> None:
        self.table, self.instances = table, instances

    def of(self, expr: Any) -> Any:
        with mp.workdps(50):
            return self._of(sp.sympify(expr), self.table)

    def _of(self, expr: Any, at: dict[Any, Any]) -> Any:
        if isinstance(expr, Divergence):
            return self._of(expr.expectation(), at)
        if isinstance(expr, Expectation) and hasattr(expr.law, "images"):
            return self._of(expr.pulled_back(), at)
        if isinstance(expr, Variance):
            second, first = expr.moments()
            return self._of(second, at) - self._of(first, at) ** 2
        if isinstance(expr, ExpectedSampleMean):
            return self._of(Expectation(*expr.args[0].args[:3]), at)
        if isinstance(expr, Expectation) and expr.body.has(Divergence):
            body = expr.body.replace(lambda e: isinstance(e, Divergence), lambda e: e.expectation())
            return self._of(Expectation(body, *expr.args[1:]), at)
        if isinstance(expr, (Expectation, sp.Integral)) and _inside(expr).has(Expectation, sp.Integral):
            return self._twofold(expr, at)
        if isinstance(expr, Expectation) and len(expr.variables) == 2:
            return self._plane(expr, at)
        if isinstance(expr, Expectation):
            (x,), law = expr.variables, expr.law
            if law.discrete():
                s = law.ranges()[0]
                term = self.body(expr.body) * law.weight_at(x)
                ends = [mp.inf if e is sp.oo else int(sp.sympify(e).subs(at)) for e in (s.low, s.high)]
                return mp.nsum(lambda i: self._of(term, {**at, x: sp.Integer(int(i))}), ends)
            s = law.support()[0]
            return self._integral(self.body(expr.body * law.density_at(x)), x, s.low, s.high, at)
        if isinstance(expr, sp.Integral):
            x, low, high = expr.limits[0]
            return self._integral(self.body(expr.function), x, low, high, at)
        if isinstance(expr, Derivative_):

            def moved(v: Any) -> Any:
                return self._of(expr.body, {**at, expr.variable: sp.Rational(mp.nstr(v, 45))})

            return mp.diff(
                moved, mp.mpf(sp.Rational(at[expr.variable]).p) / sp.Rational(at[expr.variable]).q, h=mp.mpf("1e-8")
            )
        if isinstance(expr, Density) and hasattr(expr.law, "images"):
            return self._image(expr, at)
        if isinstance(expr, sp.Sum) and expr.function.has(Derivative_):
            k, *limits = expr.limits[0]
            ends = [mp.inf if e is sp.oo else int(e.subs(at)) for e in limits]
            return mp.nsum(lambda i: self._of(expr.function, {**at, k: sp.Integer(int(i))}), ends)
        if expr.has(Expectation, sp.Integral, Derivative_, ExpectedSampleMean, Variance, Divergence) or any(
            hasattr(p.law, "images") for p in expr.atoms(Density)
        ):
            parts = [self._of(a, at) for a in expr.args]
            return to_mp(expr.func(*(sp.Dummy(f"a{k}") for k in range(len(parts)))), parts)
        return self._point(expr, at)

    def body(self, expr: Any) -> Any:
        """Densities spelled out, undetermined functions replaced, derivatives carried out."""
        out = expr.replace(lambda e: isinstance(e, Density), lambda e: e.formula())
        out = out.replace(lambda e: isinstance(e, Undetermined), self._instance)
        return out.replace(lambda e: isinstance(e, (sp.Subs, sp.Derivative)), lambda e: e.doit()).replace(
            lambda e: isinstance(e, Derivative_), lambda e: sp.diff(e.body, e.variable)
        )

    def _instance(self, e: Any) -> Any:
        f = self.instances.get(e.symbol, some_density if e.spec.density else some_function)
        ts = [sp.Dummy("t", real=True) for _ in e.args]
        slope = sp.diff(f(*ts), *((t, k) for t, k in zip(ts, e.orders, strict=True) if k)) if sum(e.orders) else f(*ts)
        return slope.subs(dict(zip(ts, e.args, strict=True)), simultaneous=True)

    def _point(self, expr: Any, at: dict[Any, Any]) -> Any:
        value = self.body(expr).subs(at)
        value = value.replace(lambda e: isinstance(e, sp.Limit), lambda e: e.doit())
        re_, im = value.evalf(50, strict=False).as_real_imag()
        return mp.mpc(mp.mpf(str(re_)), mp.mpf(str(im)))

    def _integral(self, f: Any, x: Any, low: Any, high: Any, at: dict[Any, Any]) -> Any:
        lo, hi = (self.body(sp.sympify(v)).subs(at) for v in (low, high))
        t = sp.Symbol("t", real=True)  # the code printers of SymPy do not know the symbols of symrep
        inner = [i for i in f.atoms(sp.Integral) if x not in i.free_symbols]  # one number for all x
        f = f.xreplace({i: sp.Float(str(self._of(i, at).real), 45) for i in inner})
        f = f.subs({k: v for k, v in at.items() if k != x}).subs(x, t)
        g = sp.lambdify(t, f, "mpmath")
        lo, hi = (self._where_it_ends(g, v, other) for v, other in ((lo, hi), (hi, lo)))
        grid = [sp.Rational(k, 2) for k in (*range(-120, -20, 20), *range(-20, 21), *range(40, 121, 20))]
        kinks = [z for k in f.atoms(sp.Abs, sp.sign, sp.Heaviside, sp.Max) for a in k.args for z in roots(a, t)]
        grid += [sp.Integer(s * 10**k) for k in (2, 3) for s in (-1, 1)]
        kinks += [z for r in f.atoms(sp.core.relational.Relational) for z in roots(r.lhs - r.rhs, t)]
        if lo == 0:  # sin(1/x) and the like
            grid += [sp.Rational(1, 2) ** (sp.Rational(k, 2)) for k in range(3, 24, 2)]
        inner = sorted({v for v in [*grid, *kinks] if (lo < v) == True and (v < hi) == True})  # noqa: E712
        points = [mp.mpf(str(sp.N(v, 40))) if v.is_finite else mp.inf * (1 if v > 0 else -1) for v in (lo, *inner, hi)]
        return mp.fsum(mp.quad(g, [a, b]) for a, b in pairwise(points))

    def _plane(self, expr: Any, at: dict[Any, Any]) -> Any:
        """An expectation over two variables, in floating point."""
        from scipy.integrate import dblquad

        x, y = expr.variables
        u, v = sp.symbols("u v", real=True)
        whole = self.body(expr.body) * self.body(expr.law.density_at(x, y))
        whole = whole.subs({k: w for k, w in at.items() if k not in (x, y)}).subs({x: u, y: v})
        (a, b), (c, d) = ((float(e.subs(at)) for e in (s.low, s.high)) for s in expr.law.support())
        return mp.mpf(dblquad(sp.lambdify((v, u), whole, "scipy"), a, b, c, d)[0])

    def _twofold(self, expr: Any, at: dict[Any, Any]) -> Any:
        """One integral inside another, in floating point; far out a density is 0, and its logarithm no number."""
        from scipy.integrate import quad

        (inner,) = _inside(expr).atoms(Expectation, sp.Integral)
        h, u, v = sp.symbols("h u v", real=True)
        (x, a, b, p), (y, c, d, q) = (_range(e) for e in (expr, inner))
        table = {k: w for k, w in at.items() if k not in (x, y)}

        def function(args: Any, e: Any, *order: tuple[Any, Any]) -> Any:
            plain = sp.sympify(e).subs(table)
            for name, letter in order:
                plain = plain.subs(name, letter)
            f = sp.lambdify(args, plain, "scipy")

            def value(*w: Any) -> float:
                with suppress(OverflowError):
                    return float(r) if np.isfinite(r := f(*w)) else 0.0
                return 0.0

            return value

        below = function((u, v), self.body(_inside(inner)) * self.body(q), (y, v), (x, u))
        above = function((u, h), self.body(_inside(expr).xreplace({inner: h})) * self.body(p), (x, u))
        low, high = (sp.lambdify(u, sp.sympify(e).subs(table).subs(x, u), "scipy") for e in (c, d))
        ends = [float(sp.sympify(e).subs(at)) for e in (a, b)]

        def within(w: float) -> Any:
            if isinstance(inner, Expectation) and inner.law.discrete():
                return sum(below(w, z) for z in range(int(low(w)), int(min(high(w), 150)) + 1))
            return quad(lambda z: below(w, z), low(w), high(w))[0]

        return mp.mpf(quad(lambda w: above(w, within(w)), *ends, limit=200)[0])

    @staticmethod
    def _where_it_ends(g: Any, end: Any, other: Any) -> Any:
        """Ten thousand for an end at which the integrand vanishes long before: exp(-exp(x)) at 1e50 takes for ever."""
        if end.is_finite:
            return end
        sign = 1 if end > 0 else -1
        inside = [k for k in (1000, 3000, 10000) if not (other.is_finite and sign * other > k)]
        gone = all(abs(g(mp.mpf(sign * k))) < mp.mpf(10) ** -200 for k in inside)
        return sp.Integer(sign * 10**4) if gone and inside else end

    def _image(self, e: Any, at: dict[Any, Any]) -> Any:
        law = e.law
        ys = [sp.sympify(p).subs(at) for p in e.points]
        if len(law.variables) == 2 and len(law.images) == 1:
            return self._marginal(law, ys[0], at)
        if len(law.variables) > 1:
            free = {k: v for k, v in at.items() if k not in law.variables}
            hs = [self.body(h).subs(free) - y for h, y in zip(law.images, ys, strict=True)]
            out = mp.mpf(0)
            jac = sp.Matrix(hs).jacobian(sp.Matrix(law.variables)).det()
            for s in sp.solve(hs, list(law.variables), dict=True):
                if all(v.is_real for v in s.values()):
                    out += self._point(Density(law.base, *(s[v] for v in law.variables)), at) / abs(
                        self._point(jac.subs(s), at)
                    )
            return out
        (x,), h = law.variables, self.body(law.images[0])
        s = law.base.support()[0]
        out = mp.mpf(0)
        for root in sp.solveset(h.subs({k: v for k, v in at.items() if k != x}) - ys[0], x, sp.Reals):
            inside = (root > s.low.subs(at)) == True and (root < s.high.subs(at)) == True  # noqa: E712
            if inside:
                slope = sp.diff(h, x).subs(at | {x: root})
                out += self._point(Density(law.base, root), at) / abs(self._point(slope, at))
        return out

    def _marginal(self, law: Any, y: Any, at: dict[Any, Any]) -> Any:
        """The density of h(a, b) at y: a integrated over, b from h(a, b) = y, which has one solution at most here."""
        a, b = law.variables
        h = law.images[0].subs({k: v for k, v in at.items() if k not in law.variables})
        solutions = sp.solve(h - y, b)
        assert len(solutions) == 1
        ends = [(s.low.subs(at), s.high.subs(at)) for s in law.base.support()]
        inside = sp.And(ends[1][0] < solutions[0], solutions[0] < ends[1][1])
        off, tiny = h.subs(b, solutions[0]) - y, sp.Rational(1, 10**9)
        inside = sp.And(inside, off < tiny, off > -tiny)  # squaring may have added a solution
        density = Density(law.base, a, solutions[0]) / sp.Abs(sp.diff(h, b).subs(b, solutions[0]))
        body = sp.Piecewise((self.body(density), inside), (0, True))
        where = [z for edge in ends[1] if edge.is_finite for z in sp.solve(solutions[0] - edge, a) if z.is_real]
        cuts = sorted({z for z in where if (ends[0][0] < z) == True and (z < ends[0][1]) == True})  # noqa: E712
        return mp.fsum(self._integral(body, a, p, q, at) for p, q in pairwise([ends[0][0], *cuts, ends[0][1]]))


def _inside(e: Any) -> Any:
    return e.body if isinstance(e, Expectation) else e.function


def _range(e: Any) -> tuple[Any, Any, Any, Any]:
    """(variable, low, high, density)."""
    if isinstance(e, Expectation):
        s, x = e.law.ranges()[0], e.variables[0]
        return x, s.low, s.high, e.law.weight_at(x) if e.law.discrete() else e.law.density_at(x)
    return *e.limits[0], sp.S.One


def roots(a: Any, x: Any) -> list[Any]:
    return [z for z in sp.solve(a, x) if z.is_real] if a.has(x) else []


def to_mp(expr: Any, values: list[Any]) -> Any:
    args = sorted(expr.free_symbols, key=lambda s: int(s.name[1:]))
    return sp.lambdify(args, expr, "mpmath")(*values)
