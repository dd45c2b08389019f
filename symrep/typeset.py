r"""Pieces of LaTeX that know how tightly they bind, and the ways to put them together. No algebra happens here.

Whoever typesets a tree, be it SymPy's or the syntax tree of a script, builds it from these, so that parentheses are
decided in one place. What comes out stays inside the part of LaTeX that KaTeX reads in strict mode.

A piece may carry a ``flat`` form, for exponents, subscripts and the insides of fractions: a/b for a built-up fraction;
and an ``upper`` one for numerators, where a tall exponential stays \exp(…) and does not shrink to a tiny e^{…}.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Final, TypeVar, final

__all__ = [
    "ATOM",
    "FRACTION",
    "FUNC",
    "MINUS",
    "POWER",
    "PRODUCT",
    "RELATION",
    "SUM",
    "Piece",
    "add",
    "apply",
    "atom",
    "big",
    "bracketed",
    "cases",
    "closed",
    "determinant",
    "differentiate",
    "exponential",
    "fenced",
    "flat",
    "forms",
    "fraction",
    "indicator",
    "integral",
    "jacobian",
    "join",
    "logarithm",
    "negative",
    "number",
    "operator",
    "power",
    "primed",
    "product",
    "relation",
    "root",
    "scripted",
    "subtract",
    "symbol",
]

RELATION, SUM, MINUS, SLASH, PRODUCT, FRACTION, POWER, FUNC, ATOM = range(9)

_GREEK: Final = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
    "omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega varepsilon vartheta varphi varrho "
    "varsigma ell".split()
)
_SPELLED: Final = {"eps": "epsilon", "lam": "lambda", "lamda": "lambda", "Lam": "Lambda"}
_TALL: Final = re.compile(r"\\(frac|sum|prod|int|binom|begin)(?![a-zA-Z])")
_SHORT: Final = 24  # characters an exponent may have before exp(…) reads better than e^…


@final
@dataclass(frozen=True)
class Piece:
    """LaTeX with its precedence.

    ``open`` means that what follows would be read into it (a sum, a derivative, log σ); ``shut`` is then the same with
    its argument fenced. ``inner`` is what stands after a leading minus sign.
    """

    tex: str
    level: int = ATOM
    open: bool = False
    shut: Piece | None = None
    inner: Piece | None = None
    flat: Piece | None = None
    upper: Piece | None = None

    @property
    def tall(self) -> bool:
        return _TALL.search(self.tex) is not None


_F = TypeVar("_F", bound=Callable[..., Piece])


def flat(p: Piece) -> Piece:
    """The form that fits on one line."""
    return p.flat or p


def _upper(p: Piece) -> Piece:
    return p.upper or flat(p)


def _in(form: Callable[[Piece], Piece], a: Any) -> Any:
    if isinstance(a, Piece):
        return form(a)
    return tuple(_in(form, b) for b in a) if isinstance(a, (tuple, list)) else a


def _any(a: Any, has: Callable[[Piece], bool]) -> bool:
    if isinstance(a, Piece):
        return has(a)
    return isinstance(a, (tuple, list)) and any(_any(b, has) for b in a)


def forms(make: _F) -> _F:
    """Build the other forms along with the full one, from those of the parts."""

    @wraps(make)
    def run(*args: Any) -> Piece:
        full = make(*args)
        if full.upper is None and _any(args, lambda p: p.upper is not None):
            full = replace(full, upper=make(*(_in(_upper, a) for a in args)))
        if full.flat is None and _any(args, lambda p: p.flat is not None):
            full = replace(full, flat=make(*(_in(flat, a) for a in args)))
        return full

    return run  # type: ignore[return-value]


# --- leaves -------------------------------------------------------------------------------------------------------


def atom(tex: str) -> Piece:
    return Piece(tex)


def number(text: str) -> Piece:
    """A decimal number as Python writes it."""
    sign, digits = (True, text[1:]) if text.startswith("-") else (False, text)
    mantissa, _, exponent = digits.partition("e")
    tex = mantissa if not exponent else rf"{mantissa}\cdot 10^{{{int(exponent)}}}"
    p = Piece(tex, PRODUCT if exponent else ATOM)
    return negative(p) if sign else p


#: alphabar is \bar{\alpha}
_ACCENTS: Final = ("bar", "hat", "tilde")


def _word(name: str) -> str:
    if name in _GREEK or name in _SPELLED:
        return "\\" + _SPELLED.get(name, name)
    for accent in _ACCENTS:
        stem = name.removesuffix(accent)
        if stem != name and (len(stem) == 1 or stem in _GREEK):
            return rf"\{accent}{{{_word(stem)}}}"
    return name if len(name) == 1 else rf"\mathrm{{{name}}}"


def symbol(name: str) -> Piece:
    r"""A name as it is printed: ``sigma_1`` is \sigma_{1}, ``xhat`` \hat{x}, ``eps`` \epsilon, ``loss`` is upright."""
    stem = name.rstrip("'")
    primes = len(name) - len(stem)
    base, *subs = [s for s in stem.split("_") if s] or ["?"]
    m = re.fullmatch(r"([A-Za-z]+?)(\d+)", base)
    if m and (len(m[1]) == 1 or m[1] in _GREEK or m[1] in _SPELLED):
        base, subs = m[1], [m[2], *subs]
    tex = _word(base) + "'" * primes
    if subs:
        tex += "_{" + ",".join(s if s.isdigit() else _word(s) for s in subs) + "}"
    return Piece(tex)


# --- fences -------------------------------------------------------------------------------------------------------


def fenced(p: Piece, left: str = "(", right: str = ")") -> str:
    return rf"\left{left}{p.tex}\right{right}" if p.tall else f"{left}{p.tex}{right}"


@forms
def bracketed(p: Piece) -> Piece:
    return Piece(fenced(p))


def closed(p: Piece) -> Piece:
    """The same, safe with anything standing to its right."""
    if not p.open:
        return p
    return p.shut if p.shut is not None else bracketed(p)


def _at_least(p: Piece, level: int) -> Piece:
    return p if p.level >= level else bracketed(p)


def join(ps: Iterable[Piece], separator: str = ",") -> str:
    return separator.join(p.tex for p in ps)


# --- arithmetic ---------------------------------------------------------------------------------------------------


@forms
def negative(p: Piece) -> Piece:
    inner = _at_least(p, SLASH)
    return Piece("-" + inner.tex, MINUS, inner.open, inner=inner)


@forms
def add(a: Piece, b: Piece) -> Piece:
    return Piece(f"{_at_least(a, SUM).tex}+{_at_least(b, SLASH).tex}", SUM, b.open)


@forms
def subtract(a: Piece, b: Piece) -> Piece:
    return Piece(f"{_at_least(a, SUM).tex}-{_at_least(b, SLASH).tex}", SUM, b.open)


_NUMERIC: Final = re.compile(r"(^|\\cdot )[\d.]+$")
_WORDY: Final = re.compile(r"\\(mathrm|operatorname)\{[^{}]*\}(_\{[^{}]*\})?'*$")
_BIG: Final = re.compile(r"\\(frac\{\\partial|frac\{d(?:\^\d+)?\}\{d|mathbb\{E\}|nabla|mathrm|mathcal|begin)")


def _between(left: str, right: str) -> str:
    """What stands between two factors."""
    if left == "1" or right[0].isdigit() or right[0] == "." or (_NUMERIC.search(left) and right.startswith("\\frac")):
        return r"\cdot "
    if right.startswith("\\frac") and re.search(r"\\frac\{\d+\}\{\d+\}$", left):
        return r"\cdot "
    if left.endswith("}") and re.search(r"\\sqrt(\[[^]]*\])?\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}$", left):
        return r"\,"
    if _BIG.match(right) or _WORDY.search(left):
        return r"\,"
    if left[-1].isalpha() and re.search(r"\\[A-Za-z]+$", left) and right[0].isalpha():
        return " "
    return ""


@forms
def _times(a: Piece, b: Piece) -> Piece:
    if a.level == MINUS and a.inner is not None:
        inner = _times(a.inner, b)
        return Piece("-" + inner.tex, MINUS, inner.open, inner=inner)
    left, right = closed(_at_least(a, PRODUCT)), _at_least(b, PRODUCT)
    return Piece(left.tex + _between(left.tex, right.tex) + right.tex, PRODUCT, right.open)


def product(factors: Sequence[Piece]) -> Piece:
    out = factors[0]
    for f in factors[1:]:
        out = _times(out, f)
    return out


def fraction(top: Piece, bottom: Piece) -> Piece:
    """Built up; flat it is top/bottom. A minus sign in front of the top goes in front of it all."""
    if top.level == MINUS and top.inner is not None:
        return negative(fraction(top.inner, bottom))
    t, b = flat(top), flat(bottom)
    slash = f"{closed(_at_least(t, PRODUCT)).tex}/{_at_least(b, POWER).tex}"
    return Piece(rf"\frac{{{_upper(top).tex}}}{{{b.tex}}}", FRACTION, flat=Piece(slash, SLASH))


def _script(p: Piece) -> str:
    p = flat(p)
    return p.tex if len(p.tex) == 1 else f"{{{p.tex}}}"


@forms
def power(base: Piece, exponent: Piece) -> Piece:
    b = base if base.level == ATOM else bracketed(base)
    return Piece(f"{b.tex}^{_script(exponent)}", POWER)


@forms
def root(p: Piece, degree: str = "") -> Piece:
    return Piece(rf"\sqrt[{degree}]{{{p.tex}}}" if degree else rf"\sqrt{{{p.tex}}}", FUNC)


# --- functions ----------------------------------------------------------------------------------------------------


def exponential(p: Piece) -> Piece:
    if p.tex == "1":
        return Piece("e")
    f = flat(p)
    short = Piece(f"e^{{{f.tex}}}" if len(f.tex) > 1 else f"e^{f.tex}", POWER)
    if p.tall or "^" in p.tex or len(p.tex) > _SHORT:
        shown = Piece(rf"\exp{fenced(p)}", FUNC)
        return replace(shown, flat=short, upper=shown if p.tall else None)
    return short


@forms
def apply(head: str, *args: Piece) -> Piece:
    """A named function of its arguments: an atom as long as no exponent hangs on the name."""
    inside = Piece(join(args))
    return Piece(head + fenced(inside), FUNC if "^" in head or "\\partial" in head else ATOM)


def primed(name: str, order: int) -> str:
    """A function's name with the order of its derivative: f', f'', f^{(3)}."""
    return name + ("'" * order if order <= 2 else f"^{{({order})}}")


@forms
def operator(head: str, *args: Piece) -> Piece:
    r"""As :func:`apply`, for names after which a power would be misread: \sin(x)^2."""
    return Piece(head + fenced(Piece(join(args))), FUNC)


@forms
def logarithm(p: Piece) -> Piece:
    shut = Piece(rf"\log{fenced(p)}", FUNC)
    if (p.level in (ATOM, FRACTION) or (p.level == FUNC and p.tex.startswith("\\sqrt"))) and p.tex[0] not in "(|":
        gap = "" if p.tex[0] == "\\" and not p.tex.startswith("\\left") else " "
        return Piece(rf"\log{gap}{p.tex}", FUNC, True, shut)
    return shut


@forms
def scripted(head: str, below: Piece, body: Piece) -> Piece:
    r"""\mathbb{E}_{below}\left[body\right] and its kin."""
    return Piece(rf"{head}_{{{flat(below).tex}}}\left[{body.tex}\right]", FUNC)


def big(head: str, body: Piece) -> Piece:
    r"""An operator that takes what stands to its right: \sum_{i=1}^{n} body, \frac{\partial}{\partial\mu} body."""
    inner = _at_least(body, FRACTION if head.startswith(("\\frac", "\\nabla", "\\partial")) else SLASH)
    gap = " " if re.search(r"\\[A-Za-z]+$", head) and inner.tex[0].isalpha() else ""
    gap = r"\," if head.startswith("\\frac") and inner.tex.startswith("\\frac") else gap
    full = Piece(head + gap + inner.tex, FRACTION, True)
    return replace(full, flat=Piece(head + gap + flat(inner).tex, FRACTION, True)) if inner.flat else full


def differentiate(by: Sequence[Piece], body: Piece, total: bool = False) -> Piece:
    r"""Derivatives by each of ``by``, the innermost first; by θ or φ it is written ∇.

    ``total`` says that the body has no other variable: d/dy and not ∂/∂y.
    """
    runs: list[tuple[Piece, int]] = []
    for v in by:
        if runs and runs[-1][0] == v:
            runs[-1] = (v, runs[-1][1] + 1)
        else:
            runs.append((v, 1))
    runs.reverse()
    if len(by) == 1 and re.fullmatch(r"\\(theta|phi)(_\{.*\})?", by[0].tex):
        return big(rf"\nabla_{{{by[0].tex}}}", body)
    order = f"^{len(by)}" if len(by) > 1 else ""
    if total and len(runs) == 1:
        return big(rf"\frac{{d{order}}}{{d{by[0].tex}{order}}}", body)
    below = r"\,".join(
        rf"\partial{'' if v.tex[0] == chr(92) else ' '}{v.tex}{f'^{n}' if n > 1 else ''}" for v, n in runs
    )
    return big(rf"\frac{{\partial{order}}}{{{below}}}", body)


def integral(body: Piece, limits: Sequence[tuple[Piece, Piece | None, Piece | None]]) -> Piece:
    """Limits (variable, low, high), the innermost first."""
    signs = "".join(
        r"\int" + (f"_{{{flat(lo).tex}}}^{{{flat(hi).tex}}}" if lo is not None and hi is not None else "")
        for _, lo, hi in reversed(limits)
    )
    inner = _at_least(body, SLASH)
    gap = "" if not signs.endswith("int") or not inner.tex[0].isalpha() else " "
    return Piece(signs + gap + closed(inner).tex + "".join(rf"\,d{v.tex}" for v, _, _ in limits), PRODUCT, True)


# --- conditions ---------------------------------------------------------------------------------------------------


@forms
def relation(left: Piece, op: str, right: Piece) -> Piece:
    gap = " " if op[0] == "\\" and right.tex[0].isalpha() else ""
    return Piece(f"{left.tex}{op}{gap}{right.tex}", RELATION)


@forms
def indicator(condition: Piece) -> Piece:
    inner = rf"\left\{{{condition.tex}\right\}}" if condition.tall else rf"\{{{condition.tex}\}}"
    return Piece(rf"\mathbf{{1}}{inner}", FUNC)


def determinant(rows: Sequence[Sequence[Piece]]) -> Piece:
    body = r"\\ ".join(" & ".join(p.tex for p in row) for row in rows)
    return Piece(rf"\det\begin{{pmatrix}}{body}\end{{pmatrix}}", FUNC)


def jacobian(maps: Sequence[Piece], variables: Sequence[Piece]) -> Piece:
    r"""\det\frac{\partial(f_1,f_2)}{\partial(x_1,x_2)}, the determinant before its derivatives are taken."""
    above, below = join(maps, r",\ "), join(variables)
    return Piece(rf"\det\frac{{\partial({above})}}{{\partial({below})}}", FUNC)


def cases(rows: Sequence[tuple[Piece, Piece | None]]) -> Piece:
    """Rows (value, condition); no condition is "otherwise"."""
    body = r"\\ ".join(f"{v.tex} & " + (r"\text{otherwise}" if c is None else rf"\text{{if }}{c.tex}") for v, c in rows)
    return Piece(rf"\begin{{cases}}{body}\end{{cases}}", FUNC)
