"""What a derivation assumes, in LaTeX: domains, declarations of functions, given relations, admitted lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sympy import Dummy, Symbol

from symrep.printing import latex
from symrep.symbols import kind_of
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
    free: set[Any] = set()
    for e in exprs:
        free |= e.free_symbols
    for r in given:
        free |= r.free_symbols
    out = []
    seen: set[str] = set()
    for s in sorted(free, key=lambda s: str(s)):
        if str(s) in seen or not isinstance(s, Symbol) or isinstance(s, Dummy):
            continue
        seen.add(str(s))
        out.append(_KINDS[kind_of(s)].format(latex(s)))
    for base in sorted({b for e in exprs for b in _bases(e)}, key=str):
        out.append(_KINDS[kind_of(base)].format(latex(base) + r"_{\cdot}"))
    functions = context_of(exprs, given).functions
    for name, spec in sorted(functions.items()):
        label = name if "_" not in name else f"{name.split('_')[0]}_{{{name.split('_', 1)[1]}}}"
        if spec.density:
            out.append(rf"{label} \text{{ a probability density on }} \mathbb{{R}}")
            continue
        if spec.smooth:
            out.append(rf"{label} \in C^{{{spec.smooth}}}(\mathbb{{R}})")
        if spec.growth is not None:
            orders = "" if not spec.smooth else "^{(k)}"
            ks = "" if not spec.smooth else rf",\ k \le {spec.smooth}"
            power = "" if spec.growth == 0 else "(1+|t|)" if spec.growth == 1 else rf"(1+|t|)^{{{spec.growth}}}"
            out.append(rf"|{label}{orders}(t)| \le C{power}{ks}")
        if spec.monotone:
            out.append(rf"{label} \text{{ strictly {spec.monotone}}}")
        if spec.inverse and spec.growth is None and name > spec.inverse:
            onto = r"\text{ a bijection of } \mathbb{R}"
            out.append(rf"{label} = {spec.inverse}^{{-1}}\ {onto}")
    out += [latex(r) for r in given]
    return tuple(out)


def _bases(e: Any) -> set[Any]:
    import sympy as sp

    return set(e.atoms(sp.IndexedBase))


def admitted_latex(why: str) -> str:
    safe = "".join(c for c in why if c.isalnum() or c in " .,;:()-'")
    return rf"\text{{admitted: {safe}}}"
