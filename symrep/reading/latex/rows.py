r"""From the tokens of a whole formula to rows, statements, sides: where one ends and the next begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, final

from symrep.reading.latex.results import Sign
from symrep.reading.latex.tokens import Token
from symrep.reading.latex.words import CONDITIONAL, CONNECTING, REASONS

__all__ = ["Piece", "pieces", "rows"]

_TRANSPARENT: Final = frozenset(
    "aligned align split gathered gather equation multline eqnarray alignat alignedat flalign displaymath math "
    "subequations IEEEeqnarray dmath small footnotesize center empheq multlined lgathered".split()
)
_CONTINUES: Final = frozenset(("+", "-", "*", "/", "\\pm", "\\mp", "\\odot", "\\circ", "\\otimes"))
_LEADING: Final = frozenset(("\\therefore", "\\because", "\\Longrightarrow"))
_ORDER: Final = frozenset(("<", ">", "<=", ">=", "!=", "in", "notin", "<<", ">>", "subset"))
_ARROWS: Final = frozenset(("=>", "<=>", "<=="))


@final
@dataclass(frozen=True)
class Piece:
    """A statement before it is parsed: its sides (tokens) with the relations between them, and its conditions.

    ``unparsed``: tokens that say several things at once, alternatives or a condition for nothing.
    """

    sides: tuple[tuple[Token, ...], ...]
    signs: tuple[Sign, ...]
    conditions: tuple[tuple[Token, ...], ...] = ()
    start: int = 0
    end: int = 0
    unparsed: tuple[Token, ...] = ()
    role: str = "claim"


def rows(tokens: list[Token]) -> list[list[Token]]:
    r"""The rows of a formula: cut at ``\\``, joined again where one plainly goes on."""
    out: list[list[Token]] = [[]]
    own: list[list[Token]] = []
    depth = inner = 0
    skip = 0
    for i, token in enumerate(tokens):
        if skip:
            skip -= 1
            continue
        if token.kind in ("begin", "end") and token.text in _TRANSPARENT:
            if token.kind == "begin" and token.text in ("alignat", "alignedat", "IEEEeqnarray"):
                skip = _group(tokens, i + 1)
            continue
        if token.kind == "cmd" and token.text in ("\\[", "\\]", "\\(", "\\)"):
            continue
        if token.kind in ("{", "begin"):
            depth += 1
            inner += token.kind == "begin"
        elif token.kind in ("}", "end"):
            depth -= 1
            inner -= token.kind == "end"
        if depth <= 0 and token.kind == "nl":
            out.append([])
        elif not (inner <= 0 and token.kind == "op" and token.text == "&"):
            out[-1].append(token)
        elif i and tokens[i - 1].text == "&" and (aside := _beside(tokens, i + 1)):
            skip = aside  # && (v = e^{-g})
        elif _column(tokens, i, out[-1]):
            out[-1].append(token._replace(kind="quad"))
        elif i + 1 < len(tokens) and tokens[i + 1].kind == "rel" and any(t.kind != "quad" for t in out[-1]):
            own.append(out[-1])  # "-x &= y": a side of its own before the sign all rows are set at
    return _joined([r for r in out if any(t.kind != "quad" for t in r)], own)


def _column(tokens: list[Token], i: int, row: list[Token]) -> bool:
    r"""Does the ``&`` at ``i`` begin another equation: ``a &= b & c &= d``, and not ``a &=& b``, ``a &= b &+ c``?"""
    said = next((k for k in range(len(row) - 1, -1, -1) if row[k].kind in ("rel", "quad")), -1)
    if said < 0 or row[said].kind == "quad" or said == len(row) - 1 or tokens[i + 1 : i + 2] == []:
        return False
    if tokens[i + 1].kind == "rel":
        return False
    depth = 0
    for t in tokens[i + 1 :]:
        depth += {"{": 1, "begin": 1, "open": 1, "}": -1, "end": -1, "close": -1}.get(t.kind, 0)
        if depth < 0 or (depth == 0 and t.kind == "nl"):
            return False
        if depth == 0 and t.kind == "rel":
            return True
    return False


def _beside(tokens: list[Token], k: int) -> int:
    """The number of tokens of a bracket at ``k`` that ends its row: in a column of its own it is a remark on it."""
    depth = 0
    for j in range(k, len(tokens)):
        depth += {"open": 1, "close": -1}.get(tokens[j].kind, 0)
        if depth == 0:
            ended = j + 1 == len(tokens) or tokens[j + 1].kind in ("nl", "end")
            return j - k + 1 if j > k and ended else 0
        if tokens[j].kind in ("nl", "begin", "end"):
            return 0
    return 0


def _group(tokens: list[Token], k: int) -> int:
    """The number of tokens of the group at ``k``."""
    depth = 0
    for j in range(k, min(k + 20, len(tokens))):
        depth += {"{": 1, "}": -1}.get(tokens[j].kind, 0)
        if depth == 0:
            return j - k + 1
    return 0


def _joined(found: list[list[Token]], own: list[list[Token]]) -> list[list[Token]]:
    out: list[list[Token]] = []
    for row in found:
        apart = any(row is r for r in own)
        while row and row[0].kind == "quad":
            row = row[1:]
        if out and row and _goes_on(out[-1], row, apart):
            before = out[-1]
            while before and before[-1].kind == "quad":
                before = before[:-1]
            while before and before[-1].kind == "close" and before[-1].text == ".":
                k = next((j for j, t in enumerate(row) if t.kind == "open" and t.text == "."), -1)
                if k < 0:
                    break
                before, row = before[:-1], [*row[:k], *row[k + 1 :]]
            out[-1] = [*before, *row]
        elif row:
            out.append(row)
    return out


def _goes_on(before: list[Token], row: list[Token], apart: bool) -> bool:
    """A row that begins with an operator, or follows one, or stands in a bracket that is open."""
    if not apart and row[0].text in _CONTINUES and row[0].kind in ("op", "cmd"):
        return True
    plain = [t for t in before if t.kind != "quad"]
    if plain and ((plain[-1].text in _CONTINUES and plain[-1].kind in ("op", "cmd")) or plain[-1].kind == "rel"):
        return True
    if plain and plain[-1].kind == "close" and plain[-1].text == "." and _opened(row):
        return True
    balance = sum({"open": 1, "close": -1}.get(t.kind, 0) for t in before)
    return balance > 0


def _opened(row: list[Token]) -> bool:
    return any(t.kind == "open" and t.text == "." for t in row)


# --- statements ---------------------------------------------------------------------------------------------------


def _depths(row: list[Token]) -> list[int]:
    """How deep each token stands in brackets; those that open and close count as inside."""
    out: list[int] = []
    depth = 0
    for t in row:
        if t.kind in ("open", "{", "begin", "left|"):
            depth += 1
            out.append(depth)
        elif t.kind in ("close", "}", "end", "right|"):
            out.append(depth)
            depth = max(depth - 1, 0)
        else:
            out.append(depth)
    return out


def pieces(row: list[Token]) -> list[Piece]:
    """The statements of a row."""
    out: list[Piece] = []
    waiting: list[tuple[Token, ...]] = []  # conditions said before what they are for
    last = ""
    for role, segment in _segments(row):
        previous, last = last, role
        if role == "drop":
            continue
        if role == "or":
            if out:
                out[-1] = replace(out[-1], unparsed=(*_all(out[-1]), *segment), end=segment[-1].end)
            continue
        if role == "if":
            before, segment = _said_after(segment, bool(out))
            if before and out:
                out[-1] = replace(out[-1], conditions=(*out[-1].conditions, tuple(before)), end=before[-1].end)
            elif before:
                waiting.append(tuple(before))
            if not segment:
                continue
        parts = _implied(segment)
        for k, part in enumerate(parts):
            for one in _commas(part):
                found = replace(_piece(one), role="consequence" if k or role == "so" else "claim")
                if len(parts) > 1 and k < len(parts) - 1:
                    found = replace(found, role="premise")
                if found.role == "premise" and {s.op for s in found.signs} <= _ORDER:
                    waiting.append(tuple(one))
                elif (
                    out
                    and out[-1].signs
                    and (
                        _is_condition(out[-1], found)
                        or (
                            previous == "if"
                            and role == "say"
                            and found.signs
                            and {s.op for s in found.signs} <= {*_ORDER, "="}
                        )
                    )
                ):
                    last = "if"  # if a > 1 and b > 1
                    one = _unfenced(one)
                    out[-1] = replace(out[-1], conditions=(*out[-1].conditions, tuple(one)), end=found.end)
                else:
                    out.append(replace(found, conditions=tuple(waiting)))
                    waiting = []
    if waiting:
        first = waiting[0]
        out.append(Piece((first,), (), tuple(waiting), first[0].start, waiting[-1][-1].end, unparsed=first))
    return out


def _all(piece: Piece) -> tuple[Token, ...]:
    return piece.unparsed or tuple(t for side in piece.sides for t in side)


def _said_after(segment: list[Token], said: bool) -> tuple[list[Token], list[Token]]:
    r"""The condition, and the statement behind it: ``\forall x: f(x) > 0``, ``if x > 0, f(x) = 1``."""
    depths = _depths(segment)
    for i, t in enumerate(segment):
        if depths[i] == 0 and t.kind == "op" and (t.text == ":" or (t.text == "," and not said)):
            rest = _trimmed(segment[i + 1 :])
            if any(u.kind == "rel" for u in rest):
                return segment[:i], rest
    return segment, []


def _unfenced(one: list[Token]) -> list[Token]:
    if one[0].kind == "open" and one[-1].kind == "close" and _fenced(one):
        return one[1:-1]
    return one


def _fenced(one: list[Token]) -> bool:
    """One bracket around it all."""
    return all(d > 0 for d in _depths(one)[1:-1]) and one[0].kind == "open" and one[-1].kind == "close"


def _is_condition(last: Piece, found: Piece) -> bool:
    r"""``…, x > 0`` behind an equation; ``i = 1, \dots, n``."""
    ops = {s.op for s in last.signs}
    if not found.signs and len(found.sides[0]) > 2 and _fenced(list(found.sides[0])):  # a = b (x > 0)
        ops_inside = {t.text for t in found.sides[0] if t.kind == "rel"}
        return bool(ops_inside) and ops_inside <= _ORDER
    if not found.signs or not found.sides[0]:
        return False
    if {s.op for s in found.signs} <= _ORDER:
        return not ops <= _ORDER
    dots = any(t.text == "\\dots" for t in found.sides[-1])
    return dots and len(found.sides[0]) == 1


def _segments(row: list[Token]) -> list[tuple[str, list[Token]]]:
    """(role, tokens): what is said, what it is said for (``if``), what is prose (``drop``)."""
    depths = _depths(row)
    out: list[tuple[str, list[Token]]] = [("say", [])]
    fresh = True
    for i, token in enumerate(row):
        current = out[-1][1]
        if depths[i] > 0:
            current.append(token)
            fresh = False
            continue
        if token.kind == "quad" or (token.kind == "op" and token.text == ";"):
            if current:
                out.append(("say", []))
            fresh = True
            continue
        if token.kind == "text":
            words = token.text.strip(" ,.:;()[]").lower().split()
            first = words[0] if words else ""
            if first in CONDITIONAL or first in REASONS or first in CONNECTING or not words:
                new = "if" if first in CONDITIONAL else "drop" if first in REASONS else "or" if first == "or" else "say"
                if words[:2] == ["such", "that"] or words[:2] == ["subject", "to"]:
                    new = "if"
                out.append((new, []))
                fresh = True
                continue
            if len(words) > 1 and (fresh or _ends(row, i)) and not _operand(row, i):
                if not fresh:
                    out.append(("drop", []))
                continue
            if fresh and i and _ends(row, i):
                continue
        if token.kind == "cmd" and token.text in ("\\forall", "\\exists"):
            out.append(("if", []))
            fresh = True
            continue
        if token.kind == "cmd" and token.text in _LEADING and fresh:
            continue
        if fresh and token.kind == "rel" and token.text in _ARROWS:
            out.append(("so", []))
            continue
        if token.kind == "op" and token.text == ":" and out[-1][0] != "if" and _is_label(current, row[i + 1 :]):
            out[-1] = (out[-1][0], [])  # H_0: …
            fresh = True
            continue
        current.append(token)
        fresh = False
    return [(role, s) for role, s in ((r, _trimmed(s)) for r, s in out) if s and not _remark(role, s)]


def _is_label(segment: list[Token], rest: list[Token]) -> bool:
    r"""A name alone, as in ``H_0: x = 1``; not ``f: A \to B``."""
    if any(t.kind == "rel" and t.text in ("->", "maps-to") for t in rest):
        return False
    names = [t for t in segment if t.kind in ("let", "cmd", "num", "text")]
    return 0 < len(names) <= 3 and len(segment) <= 7 and not any(t.kind in ("rel", "op", "open") for t in segment)


def _operand(row: list[Token], i: int) -> bool:
    """Words beside an operator or a relation are part of the formula, whatever they say."""
    beside = [row[k] for k in (i - 1, i + 1) if 0 <= k < len(row)]
    return any((t.kind in ("op", "cmd") and t.text in _CONTINUES) or t.kind in ("^", "_") for t in beside) or (
        i + 1 < len(row) and row[i + 1].kind == "rel"
    )


def _ends(row: list[Token], i: int) -> bool:
    return all(t.kind == "quad" or t.text in ".,;" or t.kind == "text" for t in row[i + 1 :])


def _trimmed(segment: list[Token]) -> list[Token]:
    """Without the punctuation around it."""
    while segment and segment[-1].kind == "op" and segment[-1].text in ".,;:":
        segment = segment[:-1]
    while segment and segment[0].kind == "op" and segment[0].text in ",;:":
        segment = segment[1:]
    return segment


def _remark(role: str, segment: list[Token]) -> bool:
    """(1), (since …): a bracket of prose or a number."""
    if segment[0].kind != "open" or segment[-1].kind != "close" or role != "say":
        return False
    inside = segment[1:-1]
    return len(inside) > 0 and (inside[0].kind == "text")


def _implied(segment: list[Token]) -> list[list[Token]]:
    """Cut at arrows between statements that have a relation of their own."""
    depths = _depths(segment)
    cuts = [i for i, t in enumerate(segment) if depths[i] == 0 and t.kind == "rel" and t.text in _ARROWS]
    if not cuts:
        return [segment]
    parts, before = [], 0
    for c in [*cuts, len(segment)]:
        parts.append(segment[before:c])
        before = c + 1
    if all(_has_relation(p) for p in parts if p):
        return [p for p in parts if p]
    return [segment]


def _has_relation(part: list[Token]) -> bool:
    depths = _depths(part)
    return any(t.kind == "rel" and d == 0 for t, d in zip(part, depths, strict=True))


def _commas(segment: list[Token]) -> list[list[Token]]:
    """Cut at commas between statements."""
    depths = _depths(segment)
    parts: list[list[Token]] = [[]]
    commas: list[Token] = []
    for t, d in zip(segment, depths, strict=True):
        if d == 0 and t.kind == "op" and t.text == ",":
            parts.append([])
            commas.append(t)
        else:
            parts[-1].append(t)
    out: list[list[Token]] = [parts[0]]
    for comma, part in zip(commas, parts[1:], strict=True):
        if part and _has_relation(part) and _has_relation(out[-1]):
            out.append(part)
        else:
            out[-1] = [*out[-1], comma, *part]
    return [p for p in (_trimmed(o) for o in out) if p]


def _piece(segment: list[Token]) -> Piece:
    depths = _depths(segment)
    sides: list[list[Token]] = [[]]
    signs: list[Sign] = []
    for t, d in zip(segment, depths, strict=True):
        if t.kind == "rel" and d == 0:
            signs.append(Sign(t.text, t.start, t.end))
            sides.append([])
        else:
            sides[-1].append(t)
    return Piece(tuple(tuple(s) for s in sides), tuple(signs), (), segment[0].start, segment[-1].end)
