"""What a derivation assumes, in LaTeX: domains, declarations of functions, given relations, admitted lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sympy import Abs, Dummy, Indexed, IndexedBase, Symbol

from symrep.assumptions import Declared
from symrep.claim import FunctionSpec
from symrep.distribution import Conditional, Independent
from symrep.notation import Density, Derivative_, Expectation
from symrep.printing import function_name, latex
from symrep.recursion import before_and_after
from symrep.symbols import Undetermined, kind_of
from symrep.translate import context_of

__all__ = ["admitted_latex", "hypotheses_of"]

_KINDS: Final = {
    "real": r"{} \in \mathbb{{R}}",
    "positive": r"{} > 0",
    "nonnegative": r"{} \ge 0",
    "negative": r"{} < 0",
    "nonzero": r"{} \ne 0",
    "complex": r"{} \in \mathbb{{C}}",
    "integer": r"{} \in \mathbb{{Z}}",
    "positive integer": r"{} \in \{{1, 2, \dots\}}",
    "nonnegative integer": r"{} \in \{{0, 1, 2, \dots\}}",
    "unit": r"0 < {} < 1",
}


def hypotheses_of(exprs: Iterable[Any], given: Iterable[Any]) -> tuple[str, ...]:
    """LaTeX of every hypothesis, free symbols first, then functions, then relations."""
    exprs, given = list(exprs), list(given)
    free: dict[str, Any] = {}
    families: dict[str, tuple[Any, str]] = {}
    for e in (*exprs, *given):
        for s in _free(e):
            free.setdefault(str(s), s)
        for term in sorted(e.atoms(Indexed), key=str):
            named = all(isinstance(i, Symbol) for i in term.indices)
            index = ",".join(map(latex, term.indices)) if named else ""
            base, known = families.get(str(term.base), (term.base, ""))
            families[str(term.base)] = (base, known or index)
    out = [_KINDS[kind_of(s)].format(latex(s)) for _, s in sorted(free.items())]
    for _, (base, index) in sorted(families.items()):
        out.append(_KINDS[kind_of(base)].format(f"{latex(base)}_{{{index or 'j'}}}"))
    laws = sorted({a for e in (*exprs, *given) for a in e.atoms(Conditional)}, key=_law_key)
    told = {a.args[0].name: a for a in reversed(laws)}  # one formula for each, whatever is put in for its arguments
    out += [said for _, a in sorted(told.items()) for said in _conditional(a)]
    functions = context_of(exprs, given).functions
    out += _functions({n: s for n, s in functions.items() if n not in told})
    made = {q.symbol: q for e in exprs for q in e.atoms(Undetermined) if q.spec.recursion is not None}
    for _, q in sorted(made.items()):
        out += _recursion(q)
    out += [text for r in given for text in (_declared(r) if isinstance(r, Declared) else [latex(r)])]
    return tuple(out)


def _law_key(law: Conditional) -> tuple[str, bool, str]:
    """By name; plain arguments before those with an index."""
    return str(law.args[0]), bool(law.atoms(Indexed)), str(law)


def _conditional(law: Conditional) -> list[str]:
    """What is declared of an undetermined law's density."""
    dot, spec = latex(law), law.spec
    out = [rf"{dot} \text{{ a probability density on }} \mathbb{{R}}"]
    if spec.positive:
        out.append(rf"{dot} > 0")
    if spec.smooth is not None:
        space = r"\mathbb{R}" if spec.arity == 1 else rf"\mathbb{{R}}^{{{spec.arity}}}"
        out.append(rf"{dot} \in C^{{{spec.smooth}}}({space})")
    return out


def _declared(h: Declared) -> list[str]:
    """E|h| < ∞, and that one may differentiate under the integral sign."""
    body = h.of.args[0]
    size = h.of if isinstance(body, Abs) else h.of.func(Abs(body, evaluate=False), *h.of.args[1:])
    finite = rf"{latex(size)} < \infty"
    if h.parameter is None:
        return [finite]
    by, whole = latex(h.parameter), h.of
    if isinstance(whole, Expectation):
        inside, variables = whole.body * Density(whole.law, *whole.variables), whole.variables
    else:
        inside, variables = whole.function, whole.variables
    of = latex(Derivative_(inside, h.parameter))
    over = r"\,".join(rf"d{latex(v)}" for v in variables)
    slope = rf"\int \sup_{{{by}' \text{{ near }} {by}}} \left|{of}\right| {over} < \infty"
    return [slope] if h.of.args[0].is_number else [finite, slope]


def _free(e: Any) -> set[Any]:
    """The free symbols; neither an indexed family's label nor its bound index is one."""
    if isinstance(e, Indexed):
        return {s for i in e.indices for s in _free(i)}
    if isinstance(e, IndexedBase):
        return set()
    if not e.atoms(Indexed, Independent):
        return {s for s in e.free_symbols if isinstance(s, Symbol) and not isinstance(s, Dummy)}
    bound = {e.limits[0]} if isinstance(e, Independent) else set(getattr(e, "bound_symbols", ()))
    return {s for a in e.args for s in _free(a)} - bound


def _functions(functions: Mapping[str, FunctionSpec]) -> list[str]:
    out: list[str] = []
    for name, spec in sorted(functions.items()):
        if spec.recursion is not None or name in {s.slope for s in functions.values()}:
            continue
        other = functions.get(spec.inverse or "")
        if other is not None and (spec.growth is None, spec.inverse) > (other.growth is None, name):
            continue  # said with the function it is the inverse of
        out += _function(function_name(name), spec)
    return out


def _recursion(q: Undetermined) -> list[str]:
    """The two equations that define a function."""
    (t, *xs), first, after, _ = before_and_after(q)
    start = q.spec.recursion.start if q.spec.recursion else 0
    return [f"{latex(type(q)(start, *xs))} = {latex(first)}", f"{latex(type(q)(t + 1, *xs))} = {latex(after)}"]


def _function(f: str, spec: FunctionSpec) -> list[str]:
    """What is declared of one function, each as a formula of its own."""
    if spec.vector:
        return _of_a_vector(f, spec)
    space = r"\mathbb{R}" if spec.arity == 1 else rf"\mathbb{{R}}^{{{spec.arity}}}"
    out: list[str] = []
    if spec.density:
        out.append(rf"{f} \text{{ a probability density on }} {space}")
    if spec.smooth is not None:
        out.append(rf"{f} \in C^{{{spec.smooth}}}({space})")
    elif not spec.density:
        out.append(rf"{f}:{space}\to\mathbb{{R}}")
    if spec.growth is not None:
        out.append(_growth(f, spec))
    if spec.arity > 1 and spec.monotone:
        out += _in_the_first(f, spec)
    elif spec.inverse:
        out.append(rf"{f} \text{{ strictly {spec.monotone}, onto }} \mathbb{{R}}")
        out.append(rf"{f}'(t)\ne 0")
        out.append(rf"{function_name(spec.inverse)}={f}^{{-1}}")
    elif spec.monotone:
        out.append(rf"{f} \text{{ strictly {spec.monotone}}}")
    return out


def _of_a_vector(f: str, spec: FunctionSpec) -> list[str]:
    """In the vector and the arguments before it."""
    others = {1: "", 2: "p,"}.get(spec.arity, "".join(f"p_{i}," for i in range(1, spec.arity)))
    before = {1: "", 2: r"\mathbb{R}\times"}.get(spec.arity, rf"\mathbb{{R}}^{{{spec.arity - 1}}}\times")
    out = [rf"{f} \in C^{{{spec.smooth or 0}}}({before}\mathbb{{R}}^d)"]
    if spec.growth is not None:
        size = {0: "C", 1: r"C(1+\|x\|)"}.get(spec.growth, rf"C(1+\|x\|)^{{{spec.growth}}}")
        slopes = r"\partial^{\alpha}" if spec.smooth else ""
        above = rf",\ |\alpha| \le {spec.smooth}" if spec.smooth else ""
        out.append(rf"|{slopes}{f}({others}x)| \le {size}{above}")
    return out


def _in_the_first(f: str, spec: FunctionSpec) -> list[str]:
    """Monotone in the first argument, whatever the others are."""
    others = "p" if spec.arity == 2 else ",".join(f"p_{i}" for i in range(1, spec.arity))
    how = rf"{f}(\cdot,{others}) \text{{ strictly {spec.monotone}"
    if not spec.inverse:
        return [how + "}"]
    back = rf"{function_name(spec.inverse)}(\cdot,{others})={f}(\cdot,{others})^{{-1}}"
    return [how + r", onto } \mathbb{R}", rf"\partial_1 {f}\ne 0", back]


def _growth(f: str, spec: FunctionSpec) -> str:
    size = "|t|" if spec.arity == 1 else r"\|t\|"
    power = {0: "", 1: f"(1+{size})"}.get(spec.growth or 0, f"(1+{size})^{{{spec.growth}}}")
    if not spec.smooth:
        return rf"|{f}(t)| \le C{power}"
    if spec.arity == 1:
        return rf"|{f}^{{(k)}}(t)| \le C{power},\ k \le {spec.smooth}"
    return rf"|\partial^{{\alpha}}{f}(t)| \le C{power},\ |\alpha| \le {spec.smooth}"


def admitted_latex(why: str) -> str:
    special = {"<": "$<$", ">": "$>$", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_", "=": "="}
    safe = "".join(special.get(c, c if c.isalnum() or c in " .,;:()-'+/!?[]*" else " ") for c in why)
    return rf"\text{{admitted: {safe}}}"
