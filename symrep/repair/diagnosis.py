"""The diagnosis of a refuted line or identity."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, final

import sympy as sp

from symrep.claim import Claim, Context
from symrep.derivation import Line
from symrep.errors import BadInput
from symrep.judge import Limits, StepVerdict, decide
from symrep.notation import Binder
from symrep.printing import latex
from symrep.repair import edits as candidates
from symrep.repair.conditions import by_condition
from symrep.repair.edits import Edit
from symrep.repair.entrywise import is_entrywise, written
from symrep.repair.judging import SURE, Bench
from symrep.repair.offset import difference, harmless, plain, quotient, tidy, where_zero
from symrep.repair.places import put
from symrep.repair.recognise import size
from symrep.repair.sheets import sheets
from symrep.repair.values import Sheet
from symrep.running.standing import timed
from symrep.translate import context_of, to_term
from symrep.verdict import Diagnosis, Status, Suggestion

__all__ = ["Repair", "diagnose", "diagnose_identity", "identity_repairs", "repairs"]

_JUDGED: Final = 6
_HEAVY: Final = (Binder, sp.Integral, sp.Sum, sp.Product, sp.Limit)
_FAILS: Final = (BadInput, ArithmeticError, AttributeError, NotImplementedError, RecursionError, TypeError, ValueError)
_NOT_RULES: Final = (
    "the line as stated",
    "the line as stated, by linearity",
    "numbers",
    "the integrals converge absolutely",
)


#: how much more likely it is, in the cost of an edit, that the slip is on the right than on the left
_LEFT: Final = 0.3
_SHOWN: Final = 6
#: for both sides of an identity; what is tried is bounded by effort, this only by despair
_SECONDS: Final = 6.0


@final
@dataclass(frozen=True)
class Repair:
    """A correction that was judged: the line, what became of the claim, the edit that led to it, if one did, and which
    side of an identity it corrects.
    """

    expr: Any
    status: Status
    edit: Edit | None = None
    side: str = "rhs"


def diagnose(before: Line, line: Line, step: StepVerdict, given: tuple[Any, ...], limits: Limits) -> Diagnosis | None:
    """The diagnosis of a refuted step, or None when nothing useful can be said. Never raises on strange input."""
    try:
        with timed(SURE):
            return _diagnose(before, line, step, given, limits)
    except _FAILS:
        return None


def diagnose_identity(
    lhs: Any,
    rhs: Any,
    given: tuple[Any, ...] = (),
    limits: Limits = Limits(),  # noqa: B008
    value: tuple[str, Any] | None = None,
) -> Diagnosis | None:
    """What would make an identity right: how far off ``rhs`` is, and the edits of either side that mend it, most likely
    first; None when nothing useful can be said.

    Args:
        value: a side with integrals, sums or limits, and the closed form it was proved to have.
    """
    try:
        lhs, rhs = sp.sympify(lhs, strict=True), sp.sympify(rhs, strict=True)
        if not (harmless(lhs) and harmless(rhs)):
            return None
        with timed(_SECONDS / 2):
            bench = Bench(context_of([lhs, rhs], given), limits, _SECONDS)
            return _of_identity(lhs, rhs, bench, value)
    except _FAILS:
        return None


def _of_identity(lhs: Any, rhs: Any, bench: Bench, value: tuple[str, Any] | None = None) -> Diagnosis | None:
    rows = sheets(rhs, lhs, bench.context)
    if any(s.same(s.value(rhs), s.value(lhs)) for s in rows[-1:]):
        return None
    found = [r for r in identity_repairs(lhs, rhs, bench, rows, value) if not _copied(r, lhs, rhs)]
    shown = [(plain(r.expr), latex(r.expr)) for r in found]
    if is_entrywise(lhs, rhs):
        matrices = [(r, w) for r in found if (w := written(r.expr, lhs, rhs)) is not None]
        found, shown = [r for r, _ in matrices], [w for _, w in matrices]
    best = found[0] if found else None
    known = (rhs, lhs) if value is None else (value[1], lhs) if value[0] == "rhs" else (rhs, value[1])
    offset = _support_in_words(best) or _offset(*known, bench, rows if value is None else sheets(*known, bench.context))
    if best is None and not offset.text:
        return None
    says = [offset.text] if offset.text else []
    if best is not None and best.edit is not None and best.edit.path != ():
        says.append(_edit_in_words(best.edit, rhs if best.side == "rhs" else lhs))
    return replace(
        offset,
        text="; ".join(s for s in says if s) or "the two sides differ",
        corrected_latex=_equation(best, lhs, rhs) if best is not None else "",
        corrected_status=best.status.name.lower() if best is not None else "",
        repairs=tuple(
            Suggestion(r.side, *text, r.status.name.lower(), _said(r, lhs, rhs))
            for r, text in zip(found, shown, strict=True)
        ),
    )


def _copied(r: Repair, lhs: Any, rhs: Any) -> bool:
    """An integral, sum or limit replaced by the whole other side: true, and says nothing."""
    own, other = (lhs, rhs) if r.side == "lhs" else (rhs, lhs)
    return bool(own.has(sp.Integral, sp.Sum, sp.Limit) and r.expr == other)


def _equation(r: Repair, lhs: Any, rhs: Any) -> str:
    left, right = (lhs, r.expr) if r.side == "rhs" else (r.expr, rhs)
    return f"{latex(left)} = {latex(right)}"


def _said(r: Repair, lhs: Any, rhs: Any) -> str:
    return _edit_in_words(r.edit, rhs if r.side == "rhs" else lhs) if r.edit is not None else ""


def identity_repairs(
    lhs: Any, rhs: Any, bench: Bench, rows: list[Sheet] | None = None, value: tuple[str, Any] | None = None
) -> list[Repair]:
    """Edits of either side that make the identity true, judged, most likely first; failing that, the other side."""
    sides = {"rhs": (rhs, lhs), "lhs": (lhs, rhs)}
    readings = dict.fromkeys(sides, rows if rows is not None else sheets(rhs, lhs, bench.context))
    if value is not None:  # the other side is compared with the closed form
        other = "lhs" if value[0] == "rhs" else "rhs"
        sides[other] = (sides[other][0], value[1])
        readings[other] = sheets(*sides[other], bench.context)
    queue: list[tuple[float, int, str, Edit]] = []
    for rank, (side, (stated, right)) in enumerate(sides.items()):
        for sheet in readings[side]:  # values of either side serve for both
            sheet.deadline = bench.deadline - 0.7
            got = candidates.edits(stated, right, sheet)
            same = (right, tidy(right))
            queue += [(_price(e, side, stated, same), rank, side, e) for e in got]
            if got:
                break
    queue.sort(key=lambda row: row[:2])  # stable: within a side the order is that of the edits
    # an integral costs a hundred times what a closed form does
    heavy = {side: any(e.has(*_HEAVY) for e in pair) for side, pair in sides.items()}
    shown = _SHOWN // 2 if any(heavy.values()) else _SHOWN
    queue = queue[: 2 * shown]
    found: list[tuple[int, Repair]] = []
    for i, (_, _, side, edit) in sorted(enumerate(queue), key=lambda row: heavy[row[1][2]]):
        verdict = bench.equal(sides[side][1], edit.expr)
        if verdict is not None and verdict.status >= Status.SUPPORTED:
            found.append((i, Repair(edit.expr, verdict.status, edit, side)))
            if len(found) >= shown:
                break
    out = [r for _, r in sorted(found, key=lambda row: row[0])]
    if not out and value is not None:
        stated, right = sides[other]
        out = [replace(r, side=other) for r in repairs(stated, right, bench, [])]
    return out or repairs(rhs, lhs, bench, [])


def _price(e: Edit, side: str, stated: Any, other: tuple[Any, ...]) -> float:
    """What an edit of a side costs; to write the other side in its place mends everything and explains nothing."""
    ratio = e.expr / stated if stated != 0 else e.expr
    copied = e.expr in other and (ratio.has(sp.Add) or size(ratio) > 3)
    return e.cost + (_LEFT if side == "lhs" else 0.0) + (3.0 if copied else 0.0)


def _diagnose(before: Line, line: Line, step: StepVerdict, given: tuple[Any, ...], limits: Limits) -> Diagnosis | None:
    if not all(harmless(e) for e in (before.expr, line.expr, step.result) if e is not None):
        return None
    if line.op != "=":
        return _of_relation(before, line, given, limits)
    ruled = by_condition(before, line, step, given, limits)
    if ruled is not None:
        return ruled
    rules = [p.verdict.status for p in step.parts if p.what.startswith(("the rule", "the lemma"))]
    trusted = step.result is not None and all(s >= Status.ADMITTED for s in rules)
    right = step.result if trusted else before.expr
    status = min(rules, default=Status.PROVED) if trusted else Status.PROVED
    bench = Bench(context_of([before.expr, line.expr, right], given), limits)
    return _of_equality(line.expr, right, bench, status)


def _of_equality(stated: Any, right: Any, bench: Bench, at_most: Status) -> Diagnosis | None:
    """``stated`` should be ``right`` and is not."""
    rows = sheets(stated, right, bench.context)
    if any(s.same(s.value(stated), s.value(right)) for s in rows[-1:]):
        return None  # not refuted by what it says; the condition that failed speaks for itself
    best = next(iter(repairs(stated, right, bench, rows, wanted=1)), None)
    offset = _support_in_words(best) or _offset(stated, right, bench, rows)
    if best is None and not offset.text:
        return None
    status = min(best.status, at_most) if best is not None else None
    says = [offset.text] if offset.text else []
    if best is not None and best.edit is not None and best.edit.path != ():
        says.append(_edit_in_words(best.edit, stated))
    return replace(
        offset,
        text="; ".join(s for s in says if s) or "the two sides differ",
        corrected_latex=latex(best.expr) if best is not None else "",
        corrected_status=status.name.lower() if status is not None else "",
    )


def _support_in_words(best: Repair | None) -> Diagnosis | None:
    if best is None or best.edit is None or not isinstance(best.edit.new, sp.Piecewise):
        return None
    return Diagnosis(f"right only where {best.edit.new.args[0].cond}: elsewhere the line before is 0")


def repairs(stated: Any, right: Any, bench: Bench, rows: list[Sheet] | None = None, wanted: int = 4) -> list[Repair]:
    """Corrections judged equal to ``right``, best first; the right line itself when no small edit is found.

    Stops at the first that is proved once there are ``wanted``.
    """
    rows = sheets(stated, right, bench.context) if rows is None else rows
    out: list[Repair] = []
    for sheet in rows:
        sheet.deadline = bench.deadline - 0.7
        for edit in candidates.edits(stated, right, sheet)[:_JUDGED]:
            verdict = bench.equal(right, edit.expr)
            if verdict is not None and verdict.status >= Status.SUPPORTED:
                out.append(Repair(edit.expr, verdict.status, edit))
                if len(out) >= wanted and any(r.status is Status.PROVED for r in out):
                    break
        if out:
            return sorted(out, key=lambda r: -min(r.status, Status.PROVED)) if out[0].status < Status.PROVED else out
    for form in dict.fromkeys((tidy(right), right)):
        verdict = bench.equal(right, form) if not form.has(Binder) or form != right else None
        if form == right and verdict is None:
            out.append(Repair(form, Status.PROVED))
        elif verdict is not None and verdict.status >= Status.SUPPORTED:
            out.append(Repair(form, verdict.status))
        if out:
            break
    return out


def _edit_in_words(e: Edit, stated: Any) -> str:
    """The edit as a reader sees it: the term or argument around it, before and after."""
    old, new = e.old, e.new
    if e.path is not None:
        path = e.path
        while len(path) > 1 and isinstance(_at(stated, path[:-1]), (sp.Mul, sp.Pow)):
            path = path[:-1]
        whole = _at(stated, path)
        if whole != stated:
            old, new = whole, put(whole, e.path[len(path) :], e.new)
    said = plain(old), plain(new)
    if said[0] == said[1]:
        return ""
    return f"it is right with {said[1]} in place of {said[0]}" if sum(map(len, said)) <= 90 else ""


def _at(expr: Any, path: tuple[int, ...]) -> Any:
    for i in path:
        expr = expr.args[i]
    return expr


# --- how far off --------------------------------------------------------------------------------------------------


def _offset(stated: Any, right: Any, bench: Bench, rows: list[Sheet]) -> Diagnosis:
    """The factor or the term, whichever says more; proved or left out."""
    nothing = Diagnosis("")
    if not rows or stated == 0 or right == 0:
        return _term(stated, right, bench) or nothing
    if stated.has(sp.Piecewise) or right.has(sp.Piecewise):
        return nothing
    if stated.atoms(sp.Integral, sp.Sum) != right.atoms(sp.Integral, sp.Sum):
        return nothing  # no factor or term without one of them, and SymPy sorts constant ones by evaluating them
    factor = quotient(stated, right)
    sums = isinstance(stated, sp.Add) or isinstance(right, sp.Add)
    long = factor.has(Binder, sp.Integral, sp.Sum) or factor.count_ops() > (8 if sums else 30)
    if not long and (not sums or factor.count_ops() <= difference(stated, right).count_ops()):
        verdict = bench.equal(stated, factor * right)
        if verdict is not None and verdict.status >= Status.SUPPORTED:
            return Diagnosis(_factor_in_words(factor), factor_latex=latex(factor))
    return _term(stated, right, bench) or nothing


def _term(stated: Any, right: Any, bench: Bench) -> Diagnosis | None:
    term = difference(stated, right)
    if term.count_ops() > 40 or term == 0 or term.has(Binder, sp.Integral, sp.Sum):
        return None
    verdict = bench.equal(stated, right + term)
    if verdict is None or verdict.status < Status.SUPPORTED:
        return None
    return Diagnosis(_term_in_words(term, stated, right), term_latex=latex(term))


def _only_where(zeros: list[str] | None) -> str:
    if zeros is None:
        return ""
    return f"the two agree only where {' or '.join(zeros)}" if zeros else "the two agree nowhere"


def _factor_in_words(factor: Any) -> str:
    if factor == -1:
        return "the sign is wrong"
    if factor.is_number:
        if factor.is_negative:
            return f"off by the factor {plain(factor)}"
        big = bool(factor > 1)
        return f"too large by the factor {plain(factor)}" if big else f"too small by the factor {plain(1 / factor)}"
    exponents = [f.args[0] for f in sp.Mul.make_args(factor) if isinstance(f, sp.exp)]
    if factor == sp.exp(sp.Add(*exponents)):
        where = _only_where(where_zero(sp.Add(*exponents)))
    elif not exponents:
        top, bottom = sp.fraction(factor)
        where = _only_where(where_zero(sp.expand(top - bottom))) if factor.count_ops() < 40 else ""
    else:
        where = ""
    return f"off by the factor {plain(factor)}" + (f"; {where}" if where else "")


def _term_in_words(term: Any, stated: Any, right: Any) -> str:
    if -term in sp.Add.make_args(right) or -term == right:
        return f"the term {plain(-term)} is missing"
    if term in sp.Add.make_args(stated):
        return f"the term {plain(term)} is one too many"
    where = _only_where(where_zero(term)) if term.count_ops() < 40 else ""
    return f"off by the term {plain(term)}" + (f"; {where}" if where else "")


# --- relations ----------------------------------------------------------------------------------------------------

_FLIPPED: Final = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}
_SIGNS: Final = {"<=": r"\le", ">=": r"\ge"}


def _of_relation(before: Line, line: Line, given: tuple[Any, ...], limits: Limits) -> Diagnosis | None:
    """An inequality that fails: does it hold the other way round?"""
    op = _FLIPPED.get(line.op)
    if op is None:
        return None
    context: Context = context_of([before.expr, line.expr], given)
    bench = Bench(context, limits)
    for weaker in (op, {"<": "<=", ">": ">="}.get(line.op), {"<": "<=", ">": ">="}.get(op)):
        if weaker is None:
            continue
        data = {"lhs": to_term(before.expr), "op": weaker, "rhs": to_term(line.expr)}
        verdict = decide(Claim("relation", data, context), bench.budget())
        if verdict.status is Status.PROVED:
            words = "the other way round" if weaker == op else "not strictly"
            tex = f"{_SIGNS.get(weaker, weaker)} {latex(line.expr)}"
            return Diagnosis(
                f"the relation holds {words}: {weaker}",
                corrected_latex=tex,
                corrected_status=verdict.status.name.lower(),
            )
    return None
