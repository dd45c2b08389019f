"""The smallest edit of the author's own LaTeX that makes a refuted line true, judged again before it is offered."""

from __future__ import annotations

from collections.abc import Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, final

import sympy as sp

from symrep.checking.borrowing import sides_of
from symrep.checking.closed import OPEN, closed
from symrep.checking.edits import HOLE_NAME, Candidate, candidates, spelled_latex
from symrep.checking.holding import relations_of
from symrep.checking.images import written
from symrep.checking.judging import agree_soon, judge
from symrep.checking.meeting import Apart, meet
from symrep.checking.model import Place
from symrep.checking.noises import as_laws, in_law
from symrep.checking.spans import whole
from symrep.checking.telling import differ
from symrep.clock import now
from symrep.errors import SymrepError
from symrep.notation import Derivative_
from symrep.reading.latex import Environment, read, walk
from symrep.reading.latex.vectors import COMPONENT
from symrep.repair.offset import harmless, tidy
from symrep.rules.base import unfolded
from symrep.symbols import DomainSymbol, Undetermined
from symrep.verdict import Status

__all__ = ["Correction", "correct"]

_FAILS: Final = (
    SymrepError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)
_SECONDS: Final = 30.0
_JUDGED: Final = 8
#: an edit that costs more than this explains nothing; the whole side is a last resort
_TOO_FAR: Final = 9.0
#: one that costs no more needs no other reading beside it
_CLOSE: Final = 2.0
_WHOLE: Final = 1000.0
#: how much less likely it is that the side before the sign is the wrong one
_TURNED: Final = 0.75


@final
@dataclass(frozen=True)
class Correction:
    """Put ``latex`` in place of ``[start, end)`` of the formula's body; ``side`` is then the whole side."""

    start: int
    end: int
    latex: str
    side: str
    status: Status


def correct(
    text: str,
    left: Place,
    right: Place,
    variants: Sequence[tuple[int, Sequence[Any]]],
    seconds: float,
    besides: Sequence[str] = (),
    first: bool = False,
    neighbours: Sequence[str] = (),
    avoid: Set[tuple[int, int]] = frozenset(),
) -> Correction | None:
    """A correction of the right side, or, where that would be far-fetched, of the left one; or None.

    Args:
        text: the formula's body.
        variants: the readings under which the line is refuted, each with what is assumed there.
        besides: relations that other words of the document state, for a line that holds under them only.
        first: the left side is the first of its line, and may be the wrong one.
        neighbours: other sides of the document, which may say what was meant.
        avoid: stretches of the body of which no part is edited alone.
    """
    deadline = now() + min(_SECONDS, max(8.0, 1.5 * seconds))
    best: tuple[float, Correction] | None = None
    for turned in (False, True)[: 1 + (first and _may_be_wrong(left, right, bool(avoid)))]:
        for v, given in variants:
            if best is not None and best[0] <= _CLOSE:
                break
            with suppress(*_FAILS):
                sides = (right, left) if turned else (left, right)
                reading = _Reading.of(text, *sides, v, given, besides, neighbours)
                got = None if reading is None else _least(reading, deadline, avoid)
                if got is not None and turned:
                    got = (got[0] + _TURNED, got[1])
                if got is not None and (best is None or got[0] < best[0]):
                    best = got
        if turned is False:
            deadline = max(deadline, now() + max(4.0, 0.5 * seconds))
    return None if best is None else best[1]


def _may_be_wrong(left: Place, right: Place, right_is_right: bool) -> bool:
    """Is the left side something that was worked out, rather than what the line is about?"""
    t = left.tree
    if right_is_right and t is not None and left.formula == right.formula:
        return t.head not in ("name", "num")
    return t is not None and left.formula == right.formula and t.head in ("+", "-", "*", "/", "^", "neg")


def _least(reading: _Reading, deadline: float, avoid: Set[tuple[int, int]]) -> tuple[float, Correction] | None:
    """The edit of least cost that is judged to mend the line."""
    tried = 0
    for c in reading.candidates():
        if now() > deadline or tried >= _JUDGED:
            break
        if _TOO_FAR < c.cost < _WHOLE or any(a <= c.start <= c.end <= b for a, b in avoid):
            continue
        with suppress(*_FAILS):
            status, counted = reading.judged(c, deadline)
            tried += counted
            if status is not None and status >= Status.SUPPORTED:
                return c.cost, reading.correction(c, status)
    return None


@final
class _Reading:
    """One way to read the two sides; edits of the right one are read and judged the same way."""

    def __init__(
        self, text: str, right: Place, env: Environment, span: tuple[int, int], left: Any, given: Sequence[Any]
    ) -> None:
        self._text, self._place, self._env, self._span = text, right, env, span
        self._left, self._given = left, given
        self._before, self._names_itself = "", False
        self._others: list[str] = []
        self._neighbours: Sequence[str] = ()
        self._side = text[span[0] : span[1]]
        self._known: dict[str, Any] = {}
        self._seen: set[Any] = set()
        self._target: Any = None
        #: whether numbers tell soon that a side with integrals is not what it should be
        self._refutable = False
        #: the target with its integrals as they are; values of the side's own integrals; is the line about laws?
        self._spelt: Any = None
        self._values: dict[Any, Any] = {}
        self._of_laws = False
        self._besides: tuple[Any, ...] = ()
        self._symbols: dict[str, Any] = {}

    @classmethod
    def of(
        cls,
        text: str,
        left: Place,
        right: Place,
        variant: int,
        given: Sequence[Any],
        besides: Sequence[str] = (),
        neighbours: Sequence[str] = (),
    ) -> _Reading | None:
        env, side = right.variants[variant]
        a = left.variants[variant][1].expr
        if side.tree is None or a is None:
            return None
        expr = a if side.expr is None else side.expr  # what cannot be read in this way may be after an edit
        env = env.with_symbol(HOLE_NAME, "positive")
        for s in sorted(a.free_symbols | expr.free_symbols, key=str):  # what the rest of the formula tells of a name
            if isinstance(s, DomainSymbol) and s.name.isidentifier() and not env.is_symbol(s.name) and not env.size:
                env = env if env.is_function(s.name) else env.with_symbol(s.name, s.kind)
        out = cls(text, right, env, _trimmed(text, *whole(text, side.start, side.end)), a, given)
        out._before, out._neighbours = left.latex, neighbours
        out._names_itself = left.tree is not None and left.tree.head == "name" and isinstance(a, sp.Symbol)
        out._others = _said(text, left) if left.formula == right.formula else []
        target = _number(a, expr, right.argument)
        if target is None or not harmless(target):
            return None
        names = {x.name for x in a.free_symbols | expr.free_symbols if hasattr(x, "name")}
        said = [r for latex in besides for r in relations_of(latex, env)]
        out._besides = tuple(r for r in said if {x.name for x in r.free_symbols} <= names and r not in given)
        target = target.replace(_rises, lambda e: e.args[0])
        out._spelt = target
        if (pair := in_law(a, expr, env)) is not None:
            out._of_laws, out._spelt, target = True, None, pair[0]
        else:
            target = closed(target, sp.S.One if expr.has(*OPEN) else expr, given)
            out._values = {} if target.has(*OPEN) else _closed_parts(expr, given)
            if target.has(sp.gamma):  # Γ(n + 1) and n! side by side do not cancel
                out._values = {k: v.rewrite(sp.gamma) for k, v in out._values.items()}
        out._refutable = not out._of_laws and expr.has(sp.Integral, sp.Sum) and not target.has(Undetermined)
        out._target = target = sp.factor_terms(target) if env.size else target
        out._symbols = {s.name: s for s in target.free_symbols | expr.free_symbols if s.is_Symbol}
        return out

    def candidates(self) -> list[Candidate]:
        """Edits after which the side should be what it has to be, in places of the formula."""
        reading = read(self._side, self._env)
        statements = reading.statements
        if len(statements) != 1 or len(statements[0].sides) != 1 or statements[0].sides[0].tree is None:
            return []
        whole = (0, len(self._side))
        tree = statements[0].sides[0].tree
        spelled, known = reading.spelled, self._others
        beside = [x for x in self._neighbours if "".join(x.split()) != "".join(self._before.split())]
        found = candidates(self._side, tree, whole, self._target, self._numbers, spelled, known, self._spelt, beside)
        out = list(found)
        if not self._target.has(*OPEN) and self._target.count_ops() <= 60:
            clear = tidy(self._target)
            forms = dict.fromkeys((clear, sp.expand_log(clear, force=True)))
            out += [Candidate(*whole, spelled_latex(x, reading.spelled), _WHOLE + i) for i, x in enumerate(forms)]
        out = [c for c in out if COMPONENT not in c.latex]
        shift = self._span[0]
        return [Candidate(c.start + shift, c.end + shift, c.latex, c.cost) for c in out]

    def _numbers(self, side: str) -> Any:
        """A changed side as a number, read by itself."""
        if side not in self._known:
            self._known[side] = self._read(side)
        return self._known[side]

    def _read(self, side: str) -> Any:
        try:
            statements = read(side, self._env).statements
            if len(statements) != 1 or len(statements[0].sides) != 1 or statements[0].sides[0].expr is None:
                return None
            value = _number(statements[0].sides[0].expr, self._left, self._place.argument)
            if value is None:
                return None
            table = {s: self._symbols[s.name] for s in value.free_symbols if s.is_Symbol and s.name in self._symbols}
            value = value.xreplace(table).xreplace(self._values)
            if self._of_laws:
                pair = in_law(self._left, value, self._env, frozenset((HOLE_NAME,)))
                return None if pair is None else pair[1]
            return sp.factor_terms(value) if self._env.size else value
        except _FAILS:
            return None

    def judged(self, c: Candidate, deadline: float) -> tuple[Status | None, bool]:
        """What becomes of the line with an edit, the whole formula read again; and whether it had to be judged."""
        start, end = self._span
        alone = self._numbers(self._text[start : c.start] + c.latex + self._text[c.end : end])
        if alone is None or differ(alone, self._target) or self._repeats(c):
            return None, False
        changed = self._text[: c.start] + c.latex + self._text[c.end :]
        p = self._place
        try:
            side = read(changed, self._env).rows[p.row].statements[p.statement].sides[p.side]
        except IndexError:
            return None, False
        if side.expr is None or side.expr in self._seen:
            return None, False
        self._seen.add(side.expr)
        value = _number(side.expr, self._left, p.argument)
        if value is None or (not self._of_laws and differ(value.xreplace(self._values), self._target)):
            return None, False
        left = max(2.0, deadline - now())
        if self._refutable:  # of integrals there is time for few: those that numbers agree with
            if not agree_soon(self._left, side.expr):
                return None, False
            left = min(left, 6.0)
        if self._of_laws:
            pair = in_law(self._left, side.expr, self._env)
            status = None if pair is None else as_laws(judge(*_pair(pair), "", self._given, left)).status
            return status, status is not None
        judged = judge(self._left, "=", side.expr, p.argument, self._given, left)
        if self._besides and judged.status is Status.UNDECIDED:
            judged = judge(self._left, "=", side.expr, p.argument, (*self._given, *self._besides), left)
        status = judged.status
        if self._env.size and status is Status.PROVED:
            status = Status.SUPPORTED  # in so many dimensions
        return status, True

    def _repeats(self, c: Candidate) -> bool:
        """Would the line then say that a side is the left side, or another of the formula, or a name what that is?"""
        start, end = self._span
        if self._names_itself and self._before.strip() in c.latex:
            return True
        side = self._text[start : c.start] + c.latex + self._text[c.end : end]
        new = "".join(side.split())
        return new == "".join(self._before.split()) or new in {"".join(x.split()) for x in sides_of({0: self._text}, 0)}

    def correction(self, c: Candidate, status: Status) -> Correction:
        start, end = self._span
        side = self._text[start : c.start] + c.latex + self._text[c.end : end]
        return Correction(c.start, c.end, c.latex, side, status)


def _rises(e: Any) -> bool:
    """Is it |g'(y)| of an increasing g?"""
    u = e.args[0] if isinstance(e, sp.Abs) else None
    return isinstance(u, Undetermined) and u.spec.monotone == "increasing" and u.orders == (1,)


def _pair(sides: tuple[Any, Any]) -> tuple[Any, str, Any]:
    return sides[0], "=", sides[1]


def _closed_parts(expr: Any, given: Sequence[Any]) -> dict[Any, Any]:
    """The closed forms of the integrals, sums and expectations in a side, where they are found."""
    out = {}
    for e in sorted(expr.atoms(*OPEN), key=sp.default_sort_key)[:4]:
        value = closed(e, sp.S.One, given)
        if value is not e:
            out[e] = value
    return out


def _said(text: str, place: Place) -> list[str]:
    """The names of a side, and its functions of one name."""
    out: dict[str, None] = {}
    for t in walk(place.tree) if place.tree is not None else ():
        if t.head == "name" or (t.head == "app" and len(t.parts) == 2 and t.parts[1].head == "name"):
            out[text[t.start : t.end]] = None
    return [s for s in out if 0 < len(s) <= 30][:12]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without blanks and the punctuation of the sentence."""
    inside = text[start:end]
    kept = inside.rstrip().rstrip(".,;").rstrip()
    lead = len(inside) - len(inside.lstrip())
    return start + lead, max(start + lead, start + len(kept))


def _number(expr: Any, other: Any, argument: str) -> Any:
    """An expression, or the density a law stands for, spelled out; of a matrix a sum that tells its entries apart."""
    if isinstance(expr, sp.MatrixBase):
        parts = [_number(e, e, "") for e in expr]
        if any(e is None for e in parts):
            return None
        return sp.Add(*(DomainSymbol(f"Xi{COMPONENT}{i}", "real") * e for i, e in enumerate(parts)))
    try:
        (pair,) = meet(expr, other, argument)
    except (Apart, ValueError):
        return None
    side = pair.lhs
    if not isinstance(side, sp.Expr):
        return None
    side = written(side)
    return unfolded(side) if side.has(Derivative_) else side
