"""Edits of an author's own LaTeX: every part of a side, and what could stand in its place.

Nothing here decides anything. A candidate is text; it is read again, compared, and judged before anybody sees it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any, Final, final

import sympy as sp

from symrep.checking.borrowing import borrowed
from symrep.checking.inverting import needed
from symrep.printing import Printer
from symrep.reading.latex import walk
from symrep.repair.offset import difference, quotient
from symrep.symbols import Undetermined
from symrep.typeset import atom

__all__ = ["HOLE", "Candidate", "candidates", "distance", "slips", "spelled_latex"]

#: LaTeX of a part that is open, and the name it is read as
HOLE: Final = r"{\Xi_{9}}"
HOLE_NAME: Final = "Xi_9"
_TOKEN: Final = re.compile(r"\\[A-Za-z]+|\\.|[0-9]+|\S")
_MOST_NODES: Final = 45
#: of how many names two are taken for each other
_MOST_NAMES: Final = 5
#: names that nobody takes for a variable
_NO_VARIABLE: Final = (r"\infty", "∞")
_LEAVES: Final = ("name", "num", "indexed")


@final
@dataclass(frozen=True)
class Candidate:
    """Replace ``[start, end)`` of the formula by ``latex``; ``cost`` tells how far-fetched."""

    start: int
    end: int
    latex: str
    cost: float


def spelled_latex(expr: Any, spelled: Mapping[str, str]) -> str:
    """LaTeX of an expression, symbols as the author writes them."""
    shown = {s: atom(spelled[s.name]) for s in expr.free_symbols if s.name in spelled}
    return Printer(shown=shown).piece(expr).tex


def distance(old: str, new: str) -> int:
    """How many tokens differ: the least number of insertions, deletions and replacements."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    while a and b and a[-1] == b[-1]:
        a.pop()
        b.pop()
    n = 0
    while n < len(a) and n < len(b) and a[n] == b[n]:
        n += 1
    a, b = a[n:], b[n:]
    if len(a) * len(b) > 40_000:
        return max(len(a), len(b))
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        left, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            left, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, left + (x != y))
    return row[-1]


Read = Callable[[str], Any]


def candidates(
    text: str,
    tree: Any,
    side: tuple[int, int],
    target: Any,
    read: Read,
    spelled: Mapping[str, str],
    others: Sequence[str] = (),
    spelt: Any = None,
    besides: Sequence[str] = (),
) -> list[Candidate]:
    """Edits of ``text`` inside ``side`` after which the side should be ``target``, least first.

    Args:
        read: the side of a changed text as an expression, or None.
        others: names and functions of names that stand at the other side, and may have been meant.
        besides: other sides of the document: where one is much the same, it may say what was meant.
        spelt: the target with its integrals and sums as they are, where ``target`` has their values.
    """
    found, offer = _collecting(text, side)
    nodes = _nodes(tree, side)
    for node in nodes[:_MOST_NODES]:
        start, end = node.start, node.end
        value = read(text[: side[0]] + text[start:end] + text[side[1] :]) if node.head not in _LEAVES else None
        opened = read(text[:start] + HOLE + text[end:])
        hole = _hole(opened)
        for aim in (target, spelt) if spelt is not None and spelt != target else (target,):
            want = needed(opened, hole, aim) if hole is not None else None
            if want is not None and not want.has(hole):
                _for_value(text, side, node, value, want, spelled, offer)
                break
    return _with_slips(text, nodes, side, found, offer, others, besides)


def slips(text: str, tree: Any, side: tuple[int, int], besides: Sequence[str] = ()) -> list[Candidate]:
    """Edits that would undo a slip of the usual kinds, whatever the side should be."""
    found, offer = _collecting(text, side)
    return _with_slips(text, _nodes(tree, side), side, found, offer, (), besides)


def _with_slips(
    text: str,
    nodes: list[Any],
    side: tuple[int, int],
    found: dict[tuple[int, int, str], Candidate],
    offer: Callable[..., None],
    others: Sequence[str],
    besides: Sequence[str],
) -> list[Candidate]:
    for node in nodes:
        _usual(text, node, nodes, offer, others)
    _signs(text, side, offer)
    _exchanged(text, side, nodes, offer)
    for start, end, latex, cost in borrowed(text[side[0] : side[1]], besides):
        offer(side[0] + start, side[0] + end, latex, cost=cost)
    return sorted(found.values(), key=lambda c: (round(c.cost, 3), c.start, c.end, c.latex))


def _collecting(text: str, side: tuple[int, int]) -> tuple[dict[tuple[int, int, str], Candidate], Callable[..., None]]:
    """Where candidates come, and what puts them there."""
    found: dict[tuple[int, int, str], Candidate] = {}
    old = text[side[0] : side[1]]

    def offer(start: int, end: int, latex: str, extra: float = 0.0, cost: float | None = None) -> None:
        new = text[side[0] : start] + latex + text[end : side[1]]
        if " ".join(new.split()) == " ".join(old.split()):
            return
        # what is taken away is likelier to be a slip than what had to be thought of
        if cost is None:
            grown = max(0, len(_TOKEN.findall(new)) - len(_TOKEN.findall(old)))
            cost = distance(old, new) + 0.3 * grown + extra
        key = (start, end, latex)
        if key not in found or found[key].cost > cost:
            found[key] = Candidate(start, end, latex, cost)

    return found, offer


def _nodes(tree: Any, side: tuple[int, int]) -> list[Any]:
    """Parts of a side, the small ones first, one for each stretch."""
    seen: dict[tuple[int, int], Any] = {}
    for t in walk(tree):
        if side[0] <= t.start < t.end <= side[1] and t.head not in ("rel", "row", "empty"):
            seen.setdefault((t.start, t.end), t)
    return sorted(seen.values(), key=lambda t: (t.end - t.start, t.start))


def _hole(expr: Any) -> Any:
    if not isinstance(expr, sp.Expr):
        return None
    return next((s for s in expr.free_symbols if s.name == HOLE_NAME), None)


def _for_value(
    text: str,
    side: tuple[int, int],
    node: Any,
    value: Any,
    want: Any,
    spelled: Mapping[str, str],
    offer: Callable[..., None],
) -> None:
    """Write the value a part needs: instead of it, or by a term or factor more."""
    start, end = node.start, node.end
    if want.count_ops() > 25:
        return
    latex = spelled_latex(want, spelled)
    inside = text[start:end]
    power = _power_at(text, start, end)
    if power is not None and (want.is_Number or node.head == "num"):
        if want == 1:
            offer(*power, "", cost=0.9)
        if want == 1 or want == 0:
            return
    elif want == 1 or want == 0:
        for a, b in _without(text, side, start, end, want == 0):
            offer(a, b, "", cost=0.7 + 0.3 * len(_TOKEN.findall(text[start:end])))  # much is not written by mistake
    raised = not _bare(text, end) and not want.is_Symbol
    wide = isinstance(want, sp.Add) or raised or inside.startswith("(")
    bracketed = rf"\left({latex}\right)" if wide else f"{{{latex}}}"
    whole = 4.0 if (start, end) == side else 0.0  # to write all of it anew explains little
    if want.is_number and node.head in ("name", "indexed"):
        whole += 1.5  # a name is rarely written for a number
    for form in (latex, bracketed)[raised:]:
        offer(start, end, form, whole + 0.05 * want.count_ops() + (0.2 if form != latex else 0))
    if not isinstance(value, sp.Expr):
        return
    term = difference(want, value)
    factor = quotient(want, value) if value != 0 else None
    if (
        factor is not None
        and node.head not in ("num", "neg")
        and _bare(text, end)
        and quotient(factor * value**2, sp.S.One) == 1
    ):
        turned = _INVERSE.fullmatch(inside)  # 1/a for a, a for 1/a
        offer(start, end, turned[1] if turned is not None else rf"\frac{{1}}{{{inside}}}", cost=1.3)
    if term.count_ops() <= 8 and term != 0:
        sign, size = ("-", -term) if term.could_extract_minus_sign() else ("+", term)
        offer(end, end, f" {sign} {spelled_latex(size, spelled)}", 0.1)
    if factor is not None and factor.count_ops() <= 8 and factor != 1:
        if factor == -1:
            offer(start, start, "-", 0.0)
        else:
            f = spelled_latex(factor, spelled)
            lost = 2.0 if _jacobian(factor) else None
            offer(start, start, f + (" " if f[-1:].isalpha() and inside[:1].isalpha() else ""), 0.3)
            wrapped = rf"\left({inside}\right)" if node.head in ("+", "-", "neg") else inside
            offer(start, end, rf"{f} {wrapped}", 0.4)
            if lost is not None and (start, end) == side and node.head != "+":
                offer(start, end, rf"{wrapped} {f}", cost=lost)


def _power_at(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The stretch of a power, ``^`` and braces included, if a part is all of its exponent."""
    if text[max(0, start - 1) : start] == "^":
        return start - 1, end
    if text[max(0, start - 2) : start] == "^{" and text[end : end + 1] == "}":
        return start - 2, end + 1
    return None


def _without(text: str, side: tuple[int, int], start: int, end: int, term: bool) -> Iterator[tuple[int, int]]:
    """Stretches that take a factor or a term with what joins it to the others."""
    a, b = start, end
    while a > side[0] and text[a - 1].isspace():
        a -= 1
    while b < side[1] and text[b].isspace():
        b += 1
    if term:
        if a > side[0] and text[a - 1] in "+-":
            yield a - 1, end
        elif b < side[1] and text[b] == "+":
            yield start, b + 1
        return
    yield start, end
    for sign in (r"\cdot", r"\times", r"\,", "*"):
        if text[side[0] : a].endswith(sign):
            yield a - len(sign), end
        if text[b : side[1]].startswith(sign):
            yield start, b + len(sign)


# --- mistakes of the usual kinds, where nothing can be computed -----------------------------------------------------


def _usual(text: str, node: Any, nodes: list[Any], offer: Callable[..., None], others: Sequence[str]) -> None:
    """A name taken for another, a power forgotten or one too many, a half or a double."""
    start, end = node.start, node.end
    inside = text[start:end]
    if node.head == "num":
        exponent = _power_at(text, start, end) is not None
        for n in _near(inside):
            if not exponent or n not in "01":
                offer(start, end, n, 0.6)
        return
    if node.head in ("name", "indexed"):
        if inside.strip() in _NO_VARIABLE or _differential(text, start):
            return
        squared = text[end : end + 2] == "^2" or text[end : end + 3] == "^{2"
        if squared:
            offer(end, end + (2 if text[end : end + 2] == "^2" else 4), "", cost=1.2)
        else:
            offer(end, end, "^2", cost=1.3)  # likelier than a factor that has the same effect
        half = f"{inside}/2" if _power_at(text, start, end) is not None else rf"\frac{{{inside}}}{{2}}"
        offer(start, end, half, cost=2.1)
        if not text[:start].rstrip()[-1:].isdigit():
            offer(start, start, "2" if inside[:1] == "\\" or inside[:1].isalpha() else "2 ", cost=1.9)
        names = dict.fromkeys(text[n.start : n.end] for n in nodes if n.head in ("name", "indexed"))
        for other in names:
            if other != inside and other.strip() not in _NO_VARIABLE:
                offer(start, end, other, 0.8)
        for other in others:
            if other not in names and other != inside:
                offer(start, end, other, cost=2.2)
    if node.head == "app" and node.parts[0].head in ("name", "prime"):  # f for f', or the other way round
        f = node.parts[0]
        if f.head == "name":
            offer(f.end, f.end, "'", cost=1.4)
            offer(f.end, f.end, "^{-1}", cost=1.6)
        elif text[f.end - 1 : f.end] == "'":
            offer(f.end - 1, f.end, "", cost=1.2)
    if node.head == "/" and not inside.startswith("\\") and len(node.parts) == 2:  # divided by what it is times
        between = text[node.parts[0].end : node.parts[1].start]
        if between.strip() == "/":
            at = node.parts[0].end + between.index("/")
            offer(at, at + 1, "" if text[at + 1 : at + 2].isalpha() else " ", cost=1.1)
    if _bare(text, end) and (parts := _quotient(inside)) is not None:
        above, below = parts
        offer(start, end, rf"\frac{{{below}}}{{{above}}}", cost=1.6)
        if above.strip() not in ("1", "d", r"\partial"):
            offer(start, end, f"{_factor(above)} {_factor(below)}", cost=1.25)
        if (d := _RATE.fullmatch(inside)) is not None:
            offer(start, end, rf"\frac{{{d['d']}{d['b']}}}{{{d['d']}{d['a']}}}", cost=1.1)
    if node.head == "^" and inside.endswith(("^2", "^{2}")):
        offer(start + inside.rindex("^"), end, "", 0.5)


_INVERSE: Final = re.compile(r"\\frac\{1\}\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
_RATE: Final = re.compile(r"\\frac\{(?P<d>\\partial |d|\\mathrm\{d\})(?P<a>[^{}]{1,12})\}\{(?P=d)(?P<b>[^{}]{1,12})\}")


def _quotient(latex: str) -> tuple[str, str] | None:
    """What stands above and below, if it is all one fraction."""
    if not latex.startswith(r"\frac{") or not latex.endswith("}"):
        return None
    depth = 0
    for i in range(5, len(latex)):
        depth += (latex[i] == "{") - (latex[i] == "}")
        if depth == 0:
            break
    above, rest = latex[6:i], latex[i + 1 :].lstrip()
    inside = rest[1:-1]
    if rest[:1] != "{" or inside.count("{") != inside.count("}"):
        return None
    return above, inside


def _jacobian(factor: Any) -> bool:
    """Is it a derivative of a map, whatever its sign? Such a factor is easily lost."""
    u = factor.args[0] if isinstance(factor, sp.Abs) else factor
    return isinstance(u, Undetermined) and u.orders == (1,)


def _bare(text: str, end: int) -> bool:
    """Is what ends here no base of a power?"""
    return not text[end:].lstrip().startswith(("^", "_"))


def _factor(latex: str) -> str:
    return rf"\left({latex}\right)" if re.search(r"[+-]", latex) and not latex.endswith(")") else latex


def _differential(text: str, start: int) -> bool:
    """Is it the x of dx?"""
    return re.search(r"(?:^|[^A-Za-z\\])d\s?$", text[max(0, start - 3) : start]) is not None


def _near(number: str) -> list[str]:
    if not number.isdigit() or len(number) > 4:
        return []
    n = int(number)
    return list(dict.fromkeys(str(k) for k in (n + 1, n - 1, 2 * n, n // 2, n * n) if k >= 0 and k != n))


def _exchanged(text: str, side: tuple[int, int], nodes: list[Any], offer: Callable[..., None]) -> None:
    """Two names, each taken for the other: μy + σ."""
    places = sorted({(n.start, n.end) for n in nodes if n.head == "name" and not _differential(text, n.start)})
    names = list(dict.fromkeys(text[a:b] for a, b in places))
    if len(names) > _MOST_NAMES or any(b > c for (_, b), (c, _) in pairwise(places)):
        return
    for x, y in combinations(names, 2):
        out, at = "", side[0]
        for a, b in places:
            other = {x: y, y: x}.get(text[a:b], text[a:b])
            gap = " " if other[-1:].isalpha() and "\\" in other and text[b : b + 1].isalpha() else ""
            out, at = out + text[at:a] + other + gap, b
        offer(side[0], side[1], out + text[at : side[1]], cost=1.7)


_ATOM: Final = r"(?:\\[A-Za-z]+|[A-Za-z0-9])(?:[_^](?:\{[^{}]{1,12}\}|[A-Za-z0-9]))*"
_SWAPPED: Final = re.compile(rf"(?<![A-Za-z0-9_^}}\\])(?P<a>{_ATOM})\s?-\s?(?P<b>{_ATOM})(?![\w^(])")
_SIGN: Final = re.compile(r"[+-]|\\pm|\\mp")


def _signs(text: str, side: tuple[int, int], offer: Callable[..., None]) -> None:
    for m in _SIGN.finditer(text, side[0], side[1]):
        if m.group() == "-" and text[side[0] : m.start()].rstrip()[-1:] in ("", "(", "[", "{", ","):
            offer(m.start(), m.end(), "", 0.2)
        elif m.group() in "+-":
            offer(m.start(), m.end(), "-" if m.group() == "+" else "+", 0.2)
            offer(m.start(), m.end(), "", 0.5)
    if text[side[0] : side[0] + 1] not in ("+", "-"):
        offer(side[0], side[0], "-", 0.2)
    found = [m for m in _SIGN.finditer(text, side[0], side[1]) if m.group() in "+-"]
    for m, n in pairwise(found):  # two at once: a − b for b − a
        between = text[m.end() : n.start()]
        if all(between.count(x) == between.count(y) for x, y in ("{}", "()", "[]")) and "^{" not in between:
            turned = ["-" if x.group() == "+" else "+" for x in (m, n)]
            offer(m.start(), n.end(), turned[0] + between + turned[1], 0.4)
    for m in _SWAPPED.finditer(text, side[0], side[1]):  # a − b for b − a
        offer(m.start(), m.end(), f"{m['b']} - {m['a']}", cost=1.9)
