r"""Where a formula too wide for its line is broken: into rows at relations, at + and −, between factors, at last inside
a bracket or a numerator, as one would by hand.

Nothing is computed and nothing rewritten: the rows put one after the other are the formula, but for what the break
itself asks for. Brackets that close on another row take a fixed size in place of ``\left`` and ``\right``, a row that
begins with a factor begins with ×, and the rows of a numerator stand in a ``gathered``. Widths are estimates (see
:func:`symrep.render.text.width`), so a row may still come out wide: whoever sets it measures it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, final

from symrep.render.text import width

__all__ = ["rows"]

_TOKEN: Final = re.compile(r"\\(?:begin|end)\{[a-z]+\*?\}|\\[A-Za-z]+\*?|\\.|\s+|.", re.DOTALL)
_OPEN: Final = {"(": ")", "[": "]", r"\{": r"\}"}
_RELATIONS: Final = frozenset(["=", "<", ">", r"\le", r"\ge", r"\approx", r"\neq"])
_TALL: Final = re.compile(r"\\(?:frac|sum|prod|int|binom|biggl)(?![A-Za-z])")
_FIXED: Final = re.compile(r"\\begin\{|\\middle(?!\\\|)")  # what a bracket of fixed size would not fit round
_OPERATOR: Final = re.compile(r"\\frac\{(?:d|\\partial)")  # d/dt acts on what follows: no factor
_SHORT: Final = 6.0  # a factor that does not stand on a row of its own
_INDENT: Final = 4.0  # rows after the first start with \qquad


@final
@dataclass(frozen=True)
class _Item:
    """A part of a formula that is not cut: a sign, a letter, a braced group, a fraction, a bracket with its inside."""

    tex: str
    kind: str = ""  # "sign", "relation", "comma", "bar" (\middle), "bracket", "fraction", "script", "space"
    left: str = ""
    inside: str = ""
    right: str = ""


@final
@dataclass(frozen=True)
class _Part:
    """What stays on one row; ``times`` if a row that begins with it needs a ×."""

    tex: str
    times: bool = False


_Cut = Callable[[Sequence[_Item]], Iterator[str]]


def rows(tex: str, room: float) -> list[str]:
    """The formula in rows of at most ``room`` letters, as far as it can be cut; rows after the first are indented."""
    if width(tex) <= room:
        return [tex]
    out: list[str] = []
    for part in _parts(tex, room - _INDENT):
        lead = r"{}\times{}" if part.times else ""
        if out and width(out[-1] + part.tex) <= room - (_INDENT if len(out) > 1 else 0.0):
            out[-1] += part.tex
        else:
            out.append(lead + (part.tex.removeprefix(r"\,") if lead else part.tex))
    return [row.strip() if k == 0 or row[0] not in "+-" else f"{{}}{row.strip()}" for k, row in enumerate(out)]


# --- reading ------------------------------------------------------------------------------------------------------


def _items(tex: str) -> list[_Item]:
    tokens = _TOKEN.findall(tex)
    out: list[_Item] = []
    i = 0
    while i < len(tokens):
        item, i = _item(tokens, i)
        if item.kind == "sign" and not _binary(out):
            item = replace(item, kind="")
        out.append(item)
    return out


def _binary(before: Sequence[_Item]) -> bool:
    """Whether a + or − after these is an operation rather than the sign of a number."""
    last = next((b for b in reversed(before) if b.kind != "space"), None)
    return last is not None and last.kind not in ("relation", "comma", "sign", "bar") and last.tex != r"\cdot"


def _item(tokens: Sequence[str], i: int) -> tuple[_Item, int]:
    t = tokens[i]
    if t == r"\left" and i + 1 < len(tokens):
        return _bracket(tokens, i + 2, t + tokens[i + 1])
    if t in _OPEN:
        return _bracket(tokens, i + 1, t)
    if t in (r"\frac", "^", "_"):
        j = _argument(tokens, i + 1)
        middle = "".join(tokens[i + 1 : j])
        if t != r"\frac":
            return _Item(t + middle, "script"), j
        k = _argument(tokens, j)
        below = "".join(tokens[j:k])
        return _Item(t + middle + below, "fraction", inside=_bare(middle), right=below), k
    if t == r"\middle" and i + 1 < len(tokens):
        return _Item(t + tokens[i + 1], "bar"), i + 2
    if t == "{" or t.startswith(r"\begin{"):
        j = _argument(tokens, i)
        return _Item("".join(tokens[i:j])), j
    kind = "sign" if t in "+-" else "relation" if t in _RELATIONS else "comma" if t == "," else ""
    return _Item(t, "space" if t.isspace() or t in (r"\,", r"\ ", r"\quad") else kind), i + 1


def _argument(tokens: Sequence[str], i: int) -> int:
    """The end of what is one argument: a braced group, an environment, a token."""
    depth = 0
    while i < len(tokens):
        t = tokens[i]
        depth += (t == "{" or t.startswith(r"\begin{")) - (t == "}" or t.startswith(r"\end{"))
        i += 1
        if depth <= 0:
            break
    return i


def _bare(group: str) -> str:
    return group[1:-1] if group.startswith("{") and group.endswith("}") else group


def _bracket(tokens: Sequence[str], i: int, left: str) -> tuple[_Item, int]:
    r"""From behind an opening bracket to behind the one that closes it, ``\left`` with ``\right``, ( with )."""
    sized = left.startswith(r"\left")
    start = i
    while i < len(tokens):
        t = tokens[i]
        if sized and t == r"\right" and i + 1 < len(tokens):
            inside, right = "".join(tokens[start:i]), t + tokens[i + 1]
            return _Item(left + inside + right, "bracket", left, inside, right), i + 2
        if not sized and t == _OPEN[left]:
            inside = "".join(tokens[start:i])
            return _Item(left + inside + t, "bracket", left, inside, t), i + 1
        _, i = _item(tokens, i)
    return _Item(left + "".join(tokens[start:])), i  # not closed: left alone


# --- cutting ------------------------------------------------------------------------------------------------------


def _parts(tex: str, room: float) -> list[_Part]:
    """Cut where it has to be so that every part has room, as far as that goes, and in the loosest places that do."""
    if width(tex) <= room:
        return [_Part(tex)]
    items = _items(tex)
    for cut in _CUTS:
        pieces = list(cut(items))
        if len(pieces) > 1:
            times = cut is _factors
            found = [(k, n, p) for k, piece in enumerate(pieces) for n, p in enumerate(_parts(piece, room))]
            return [replace(p, times=p.times or (times and k > 0 and n == 0)) for k, n, p in found]
    return _opened(items, room)


def _at(kind: str) -> _Cut:
    """Cut before every item of a kind, unless bars stand round it."""

    def cut(items: Sequence[_Item]) -> Iterator[str]:
        at, bars = 0, 0
        for i, item in enumerate(items):
            bars += item.tex == "|"
            if item.kind == kind and i > at and bars % 2 == 0:
                yield _tex(items[at:i])
                at = i
        yield _tex(items[at:])

    return cut


def _after(kind: str) -> _Cut:
    """Cut behind every item of a kind."""

    def cut(items: Sequence[_Item]) -> Iterator[str]:
        at = 0
        for i, item in enumerate(items):
            if item.kind == kind and i + 1 < len(items):
                yield _tex(items[at : i + 1])
                at = i + 1
        yield _tex(items[at:])

    return cut


def _factors(items: Sequence[_Item]) -> Iterator[str]:
    """Cut between factors: behind a bracket or a fraction, with its exponent, unless a differential follows."""
    at = 0
    for i in range(1, len(items)):
        back = i - 1
        while back > at and items[back].kind == "script":
            back -= 1
        closed = items[back].kind == "bracket" or (
            items[back].kind == "fraction" and not _OPERATOR.match(items[back].tex)
        )
        rest = [item for item in items[i:] if item.kind != "space"]
        if not closed or not rest or items[i].kind == "script" or items[i - 1].kind == "space":
            continue
        if (
            width(_tex(items[at:i])) < _SHORT
            or rest[0].tex in ("d", "|", "'", r"\cdot", "/", "!")
            or rest[0].kind == "script"
        ):
            continue
        yield _tex(items[at:i])
        at = i
    yield _tex(items[at:])


#: from the loosest to the tightest
_CUTS: Final = (_at("relation"), _at("bar"), _after("comma"), _at("sign"), _factors)


def _opened(items: Sequence[_Item], room: float) -> list[_Part]:
    """The widest bracket or numerator broken; the formula as it is where there is none."""
    able = [
        (width(item.tex), k)
        for k, item in enumerate(items)
        if item.kind == "fraction" or (item.kind == "bracket" and not _FIXED.search(item.inside))
    ]
    for _, k in sorted(able, reverse=True):
        item, before, after = items[k], _tex(items[:k]), _tex(items[k + 1 :])
        inner = max(room - max(width(before), width(after)) - 1.0, 0.4 * room)
        if item.kind == "fraction":
            stacked = [_stacked(part, room - width(before) - width(after)) for part in (item.inside, _bare(item.right))]
            if stacked != [item.inside, _bare(item.right)]:
                return [_Part(rf"{before}\frac{{{stacked[0]}}}{{{stacked[1]}}}{after}")]
            continue
        parts = _parts(item.inside, inner)
        if len(parts) == 1 and parts[0].tex != item.inside:
            return [_Part(before + item.left + parts[0].tex + item.right + after)]
        if len(parts) > 1:
            left, right = _sized(item)
            parts[0] = _Part(before + left + parts[0].tex)
            parts[-1] = replace(parts[-1], tex=parts[-1].tex + right + after)
            return [replace(p, tex=p.tex.replace(r"\middle\|", r"\biggm\|")) for p in parts]
    return [_Part(_tex(items))]


def _sized(item: _Item) -> tuple[str, str]:
    size = "bigg" if _TALL.search(item.inside) else "big"
    return (
        rf"\{size}l{item.left.removeprefix(chr(92) + 'left')}",
        rf"\{size}r{item.right.removeprefix(chr(92) + 'right')}",
    )


def _stacked(tex: str, room: float) -> str:
    """A numerator or denominator in several rows."""
    found = rows(tex, max(room, 12.0))
    if len(found) == 1:
        return tex
    return r"\begin{gathered}" + r"\\ ".join(r"\textstyle " + row for row in found) + r"\end{gathered}"


def _tex(items: Sequence[_Item]) -> str:
    return "".join(item.tex for item in items)
