"""Printable dominating functions, from envelopes at the ends. Only for the reader: nothing is concluded from these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from symrep.kernel.analysis.germs import Mono
from symrep.term import MINUS_ONE, ZERO, Term, free_symbols, mul

__all__ = ["Bound", "EndBound", "describe"]

GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi rho sigma tau phi chi psi omega".split()
)


@final
@dataclass(frozen=True)
class Bound:
    """A dominating function: in plain words, and in LaTeX."""

    text: str
    latex: str


@final
@dataclass(frozen=True)
class EndBound:
    """|h| ≤ C Σ monos near ``end`` (approached from above if side is 1)."""

    x: str
    end: Term
    side: int
    monos: tuple[Mono, ...]


def _name(x: str) -> str:
    base, _, index = x.partition("_")
    base = {"eps": "epsilon"}.get(base, base)
    head = "\\" + base if base in GREEK else base if len(base) == 1 else rf"\mathrm{{{base}}}"
    return f"{head}_{{{index}}}" if index else head


def _latex(t: Term, level: int = 0) -> str:
    """A small printer: sums (0), products (1), powers (2)."""
    head = t[0]
    if head == "num":
        s = str(t[1]) if t[2] == 1 else rf"{'-' if t[1] < 0 else ''}\frac{{{abs(t[1])}}}{{{t[2]}}}"
        return rf"\left({s}\right)" if level and t[1] < 0 else s
    if head == "sym":
        return _name(t[1])
    if head == "const":
        return {"pi": r"\pi", "e": "e", "euler_gamma": r"\gamma", "catalan": "G"}.get(t[1], str(t[1]))
    if head == "add":
        s = " + ".join(_latex(c) for c in t[1:]).replace("+ -", "- ")
        return rf"\left({s}\right)" if level else s
    if head == "mul":
        below = [c for c in t[1:] if c[0] == "pow" and c[2][0] == "num" and c[2][1] < 0]
        above = [c for c in t[1:] if c not in below]
        sign = ""
        if above and above[0][0] == "num" and above[0][1] < 0:
            sign, above[0] = "-", ("num", -above[0][1], above[0][2])
            if above[0] == ("num", 1, 1) and len(above) > 1:
                above = above[1:]
        quotient = ""
        if below and above and above[0][0] == "num" and above[0][2] != 1:
            quotient, above[0] = f"{above[0][2]} ", ("num", above[0][1], 1)
            if above[0] == ("num", 1, 1):
                above = above[1:]
        s = " ".join(_latex(c, 1) for c in above) or "1"
        if below:
            bottom = quotient + " ".join(_latex(("pow", c[1], ("num", -c[2][1], c[2][2])), 1) for c in below)
            s = rf"\frac{{{s}}}{{{bottom}}}"
        s = sign + s
        return rf"\left({s}\right)" if level > 1 or (level and sign) else s
    if head == "pow":
        if t[2] == ("num", 1, 1):
            return _latex(t[1], level)
        if t[2] == ("num", 1, 2):
            return rf"\sqrt{{{_latex(t[1])}}}"
        return rf"{{{_latex(t[1], 2)}}}^{{{_latex(t[2])}}}"
    if head == "fn":
        return rf"\operatorname{{{t[1]}}}\left({', '.join(_latex(c) for c in t[2:])}\right)"
    if head == "index":
        return rf"{_name(t[1])}_{{{','.join(_latex(c) for c in t[2:])}}}"
    return r"\cdot"


def _power(base: str, k: Term) -> str:
    return base if k == ("num", 1, 1) else rf"{base}^{{{_latex(k)}}}"


def _scale(m: Mono, s: str, theta: str | None, wide: bool, near: str = "") -> str:
    """The monomial m in the variable printed as s; exponents that vary with θ get a small loss."""
    out = []
    base = f"(1+{s})" if wide else s
    for i, k in enumerate(m.pw):
        if k != ZERO and i == 0 and near:
            loss = r"-\delta" if theta and theta in free_symbols(k) else ""
            turned = _negated(k)
            out.append(rf"{near}^{{{_latex(turned)}{loss}}}" if loss else _power(near, turned))
        elif k != ZERO:
            log = [base, rf"\log(2+{s})", rf"\log\log(3+{s})", rf"\log\log\log(16+{s})"][i]
            loss = r"+\delta" if theta and theta in free_symbols(k) else ""
            out.append(rf"{log}^{{{_latex(k)}{loss}}}" if loss else _power(log, k))
    exponents = []
    for c, q in m.exps:
        inner = _scale(q, s, theta, wide=False, near=near) or "1"
        varies = theta is not None and theta in free_symbols(c)
        if varies:
            exponents.append(f"{'-' if _negative(c) else '+'}c\\,{inner}")
        else:
            head = _latex(c, 1) if c[0] in ("add",) else _latex(c)
            head = {"1": "", "-1": "-"}.get(head, head + r"\,")
            exponents.append((head if head.startswith("-") else "+" + head) + inner)
    if exponents:
        out.append(f"e^{{{''.join(exponents).removeprefix('+')}}}")
    return "".join(out)


def _negated(c: Term) -> Term:
    if c[0] == "num":
        return ("num", -c[1], c[2])
    if c[0] == "add":
        return ("add", *map(_negated, c[1:]))
    if c[0] == "mul" and c[1][0] == "num":
        rest = c[2:]
        return mul(*rest) if c[1] == MINUS_ONE else mul(_negated(c[1]), *rest)
    return mul(MINUS_ONE, c)


def _negative(c: Term) -> bool:
    return (c[0] == "num" and c[1] < 0) or (c[0] == "mul" and any(_negative(d) for d in c[1:]))


def _widest(monos: tuple[Mono, ...]) -> tuple[Mono, ...]:
    """Of monomials that differ only by a numeric power of s the largest is enough to print."""
    out: list[Mono] = []
    for m in monos:
        for i, o in enumerate(out):
            if o.exps == m.exps and o.pw[1:] == m.pw[1:] and o.pw[0][0] == m.pw[0][0] == "num":
                if m.pw[0][1] * o.pw[0][2] > o.pw[0][1] * m.pw[0][2]:
                    out[i] = m
                break
        else:
            out.append(m)
    return tuple(out)


def _at(b: EndBound, theta: str | None) -> str:
    v = _name(b.x)
    if b.end[0] == "inf":
        s, near = f"|{v}|", ""
    else:
        near = (v if b.side == 1 else f"|{v}|") if b.end == ZERO else rf"|{v}-{_latex(b.end, 1)}|"
        s = rf"\tfrac{{1}}{{{near}}}"
    pieces = [_scale(m, s, theta, not near, near) or "1" for m in _widest(b.monos)] or ["0"]
    if len(pieces) == 1:
        return "C" + (r"\," + pieces[0] if pieces[0] != "1" else "")
    return r"C\left(" + "+".join(pieces) + r"\right)"


def describe(ends: list[EndBound], theta: str | None) -> Bound:
    """One formula where all ends agree, otherwise one for each."""
    shown: dict[str, list[str]] = {}
    for b in ends:
        arrow = {1: r"\infty", -1: r"-\infty"}.get(b.end[1], "") if b.end[0] == "inf" else _latex(b.end)
        side = "" if b.end[0] == "inf" else "^{+}" if b.side == 1 else "^{-}"
        shown.setdefault(_at(b, theta), []).append(rf"{_name(b.x)} \to {arrow}{side}")
    if len(shown) == 1:
        latex = next(iter(shown))
    else:
        latex = r",\quad ".join(rf"{f}\ ({', '.join(dict.fromkeys(w))})" for f, w in shown.items())
    near = f" for all {theta} near any value" if theta else ""
    return Bound(f"dominated by {latex}{near}, and bounded in between", latex)
