"""The laws of transforms, judged: by the kernel with symbols, by numpy at random sizes in several variables."""

from __future__ import annotations

import math
import time
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from symrep.errors import BadInput, SymrepError
from symrep.judge import decide
from symrep.laws.claims import open_verdict
from symrep.laws.law import Finding
from symrep.term import MINUS_ONE, power
from symrep.transforms.bijection import TRANSFORMS, Bijection, Entry, NotInjective
from symrep.transforms.claims import LAWS, Statement, statements
from symrep.transforms.claims_several import statements_of_several
from symrep.transforms.several import SEVERAL, ManyToOne, Several
from symrep.transforms.trials import CLOSE, POINTS, Trial, trial
from symrep.verdict import Evidence, Reason, Status, Verdict, Witness, weakest
from symrep.verifying.deciding import limits_within

__all__ = [
    "SIZES",
    "Transformation",
    "all_transforms",
    "described_transform",
    "findings",
    "judge_transform",
    "named",
]

#: anything the laws of this module are about
Transformation = Entry | Bijection | NotInjective | Several | ManyToOne
#: the sizes of trials with numbers; of matrices, the smaller ones
SIZES: Final = (2, 3, 5, 8)
_MATRICES: Final = (2, 3, 4)
#: a difference beyond which rounding is no explanation
_FAR: Final = 1e-5


def all_transforms() -> dict[str, Transformation]:
    """Every transform of the catalogue by name."""
    import symrep.transforms

    known: Mapping[str, Transformation] = {**TRANSFORMS, **SEVERAL}
    return {n: known[n] for n in sorted(known) if n in symrep.transforms.__all__}


def named(name: str) -> Transformation:
    """The transform of a name.

    Raises:
        BadInput: there is none.
    """
    known = all_transforms()
    if name not in known:
        raise BadInput("transform", f"one out of: {', '.join(known)}", name)
    return known[name]


def described_transform(t: Transformation) -> dict[str, Any]:
    """An entry's head as plain data."""
    kinds: dict[str, str] = {}
    support = ["", ""]
    if isinstance(t, Entry):
        kinds = {str(s): d.kind for s, d in t.parameters.items()}
    if isinstance(t, (Entry, NotInjective)):
        support = [str(t.domain.low), str(t.domain.high)]
    source = getattr(t, "source", "")
    return {
        "name": t.name,
        "kind": "transform",
        "parameters": kinds,
        "support": support,
        "discrete": False,
        "source": source,
        "note": getattr(t, "why", ""),
    }


def judge_transform(t: Transformation) -> Iterator[tuple[str, Callable[[float], Finding]]]:
    """What is asked of a transform: each claim in words, and what finds its answer in so many seconds."""
    asked = statements_of_several(t) if isinstance(t, (Several, ManyToOne)) else statements(t)
    try:
        for statement in asked:
            yield _words(statement), partial(_answered, statement)
    except SymrepError as e:
        yield "entry", partial(_not_put, str(e))
    if isinstance(t, Several):
        yield "log det, numbers", partial(_by_numbers, t)


def findings(t: Transformation, seconds: float = 10.0, laws: Collection[str] = ()) -> Iterator[Finding]:
    """Every law of a transform, or those named, answered; ``seconds`` for each."""
    for what, answer in judge_transform(t):
        if not laws or what.partition(", ")[0] in laws:
            yield answer(seconds)


def _not_put(words: str, seconds: float) -> Finding:
    return _finding("entry", "its laws can be put", open_verdict(words, Reason.ERROR), time.monotonic())


def _by_numbers(t: Several, seconds: float) -> Finding:
    start = time.monotonic()
    return _finding("log det", "log det and inverse, numbers at random sizes", _tried(t), start)


def _answered(s: Statement, seconds: float) -> Finding:
    start = time.monotonic()
    verdict = _decided(s, seconds)
    if s.law == "log det" and verdict.status is Status.REFUTED and _is_that_of_the_inverse(s, seconds):
        words = "the sign is the wrong way round: this is log|det J| of the inverse, at the point it leads to"
        verdict = replace(verdict, message=f"{words}; {verdict.message}")
    return _finding(s.law, _words(s), verdict, start)


def _is_that_of_the_inverse(s: Statement, seconds: float) -> bool:
    """Does the law hold with the logarithm's sign turned round?"""
    first = s.claims[0]
    turned = replace(first, data={**first.data, "lhs": power(first.data["lhs"], MINUS_ONE)})
    try:
        return decide(turned, limits_within(seconds / 2)).status >= Status.SUPPORTED
    except BadInput:
        return False


def _words(s: Statement) -> str:
    return f"{s.law}, {s.case}" if s.case else s.law


def _finding(law: str, what: str, verdict: Verdict, start: float) -> Finding:
    mistake = LAWS.get(law, "") if verdict.status is Status.REFUTED else ""
    message = "; ".join(m for m in (mistake, verdict.message) if m) or str(verdict.reason)
    return Finding(law, what, verdict, message, time.monotonic() - start, mistake=mistake)


def _decided(s: Statement, seconds: float) -> Verdict:
    """The weakest verdict of the statement's claims, with what the others are known to be."""
    limits = limits_within(seconds)
    found: list[Verdict] = []
    for claim in s.claims:
        try:
            verdict = decide(claim, limits)
        except BadInput as e:
            verdict = open_verdict(str(e), Reason.ERROR)
        found.append(verdict)
        if verdict.status is Status.REFUTED:
            break
    status = weakest(v.status for v in found)
    worst = next(v for v in found if v.status is status)
    if status is not Status.PROVED:
        return worst
    everything = tuple(dict.fromkeys(e.says for v in found for e in v.evidence))  # every claim has its certificate
    evidence = (Evidence("kernel", "; ".join(everything), {"claims": len(found)}),)
    return replace(worst, evidence=evidence, almost_everywhere=any(v.almost_everywhere for v in found))


def _tried(t: Several) -> Verdict:
    sizes = _MATRICES if t.coordinates(3) != 3 else SIZES
    done: list[Trial] = []
    for n in sizes:
        seed = zlib.crc32(f"{t.name} {n}".encode())
        try:
            found = trial(t, n, seed)
        except (ArithmeticError, TypeError, ValueError, AttributeError, IndexError) as e:
            return open_verdict(f"numpy cannot compute it at n = {n}: {type(e).__name__}: {str(e)[:100]}")
        wrong = _wrong(t, found)
        if wrong is not None:
            return wrong
        done.append(found)
    worst = max(x for f in done for x in (f.log_det, f.inverse) if not math.isnan(x))
    if worst > CLOSE:
        return open_verdict(f"numbers agree only to {worst:.1g} at sizes {', '.join(map(str, sizes))}")
    says = (
        f"{POINTS} points at each of n = {', '.join(map(str, sizes))}: determinants and inverses agree to {worst:.1g}"
    )
    data = {"sizes": list(sizes), "seeds": [f.seed for f in done], "points": POINTS, "worst": worst, "rigorous": False}
    return Verdict(Status.SUPPORTED, Reason.HOLDS, says, (Evidence("numpy", says, data),))


def _wrong(t: Several, f: Trial) -> Verdict | None:
    if f.log_det > _FAR:
        what = f"at n = {f.size} log|det J| is stated to be {f.stated:.8g}; the determinant's is {f.found:.8g}"
        return _refuted(f, what, Reason.UNEQUAL, f"{f.stated:.10g}", f"{f.found:.10g}")
    if f.inverse > _FAR:
        what = f"at n = {f.size} the inverse leads {f.inverse:.2g} away from where the map came from"
        return _refuted(f, what, Reason.INVERSE_WRONG, f"{f.inverse:.3g}", "0")
    if f.least <= 0:
        what = (
            f"at n = {f.size} a condition fails, or an image or domain is not what is stated: {f.least:.3g} is not > 0"
        )
        return _refuted(f, what, Reason.SUPPORT_WRONG, f"{f.least:.6g}", "0")
    if math.isnan(f.log_det):
        return open_verdict(f"no numbers at n = {f.size}")
    return None


def _refuted(f: Trial, what: str, reason: Reason, lhs: str, rhs: str) -> Verdict:
    data = {"size": f.size, "seed": f.seed, "rigorous": False}
    return Verdict(
        Status.REFUTED, reason, what, (Evidence("numpy", what, data),), Witness({"n": str(f.size)}, lhs, rhs, of=what)
    )
