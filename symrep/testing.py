"""Assertions for tests. A failure shows what is known: the status, a point where the sides differ, what is right.

>>> from symrep import positive
>>> from symrep.testing import assert_identity
>>> from sympy import exp, log
>>> s = positive("s")
>>> assert_identity(exp(2*log(s)), s**2)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from symrep.claim import Claim
from symrep.derivation import Derivation
from symrep.errors import BadInput, SymrepError
from symrep.judge import Limits, decide
from symrep.render.failure import derivation_failure, identity_failure
from symrep.report import DerivationReport
from symrep.session import Session
from symrep.symbols import as_expr
from symrep.translate import context_of, to_term
from symrep.verdict import Diagnosis, Status, Verdict

if TYPE_CHECKING:
    from symrep.distribution import Family
    from symrep.laws import Finding
    from symrep.laws.bijections import Transformation

__all__ = [
    "DerivationFails",
    "IdentityFails",
    "LawsFail",
    "assert_derivation",
    "assert_fails_as_expected",
    "assert_identity",
    "assert_laws",
]


@final
class IdentityFails(AssertionError):
    """An identity that is not known to hold. ``verdict`` says what is known."""

    def __init__(self, message: str, verdict: Verdict) -> None:
        super().__init__(message)
        self.verdict = verdict


@final
class DerivationFails(AssertionError):
    """A derivation that is not what a test needs it to be. ``report`` has every line."""

    def __init__(self, message: str, report: DerivationReport) -> None:
        super().__init__(message)
        self.report = report


@final
class LawsFail(AssertionError):
    """A family that does not obey every law. ``findings`` has every one of them."""

    def __init__(self, message: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(message)
        self.findings = findings


def assert_identity(lhs: Any, rhs: Any, *given: Any, at_least: Status = Status.SUPPORTED) -> Verdict:
    """``lhs`` equals ``rhs`` wherever the symbols are what they are declared to be and ``given`` holds.

    Args:
        lhs, rhs: SymPy expressions in symrep's notation.
        given: relations such as ``a < b``.
        at_least: ``Status.SUPPORTED`` or ``Status.PROVED``. An undecided identity always fails.

    Raises:
        IdentityFails: it is refuted, undecided, or less than ``at_least``.
        BadInput: an expression symrep cannot read.
    """
    __tracebackhide__ = True
    _check("assert_identity", at_least)
    lhs, rhs = as_expr(lhs), as_expr(rhs)
    claim = Claim("equal", {"lhs": to_term(lhs), "rhs": to_term(rhs)}, context_of([lhs, rhs], tuple(given)))
    verdict = decide(claim, Limits())
    if verdict.status < at_least:
        diagnosis = _diagnosis(rhs, lhs, given) if verdict.status is Status.REFUTED else None
        raise IdentityFails(identity_failure(lhs, rhs, verdict, at_least, diagnosis), verdict)
    return verdict


def assert_derivation(
    d: Derivation, at_least: Status = Status.SUPPORTED, session: Session | None = None
) -> DerivationReport:
    """Every line of a derivation is at least as good as ``at_least``.

    Args:
        d: what ``@derivation`` made.
        at_least: ``Status.ADMITTED`` lets admitted lines pass.
        session: one that has judged the lemmas already.

    Raises:
        DerivationFails: a line is not, or the script broke.
    """
    __tracebackhide__ = True
    _check("assert_derivation", at_least)
    report = _judged("assert_derivation", d, session)
    if report.error or report.status < at_least:
        raise DerivationFails(derivation_failure(report, at_least), report)
    return report


def assert_fails_as_expected(d: Derivation, session: Session | None = None) -> DerivationReport:
    """A derivation that must fail does: with the status, for the reason and at the line its ``expected=`` names.

    Raises:
        DerivationFails: it does not.
    """
    __tracebackhide__ = True
    if isinstance(d, Derivation) and d.expected is None:
        raise BadInput(
            "assert_fails_as_expected", "a derivation with expected=", d.name, "@derivation(expected=Expected(…))"
        )
    report = _judged("assert_fails_as_expected", d, session)
    if not report.met:
        raise DerivationFails(derivation_failure(report, Status.SUPPORTED), report)
    return report


def assert_laws(
    family: Family | Transformation,
    *laws: str,
    at_least: Status = Status.SUPPORTED,
    undecided: bool = True,
    timeout: float = 10.0,
) -> tuple[Finding, ...]:
    """A family, or a transform, obeys its laws: none is refuted, and what is decided is at least ``at_least``.

    Args:
        family: an entry, of the catalogue or not; or a transform of :mod:`symrep.transforms`.
        laws: names of laws; all of them without any.
        at_least: ``Status.SUPPORTED`` or ``Status.PROVED``.
        undecided: whether a law may stay open. It says why in its finding.
        timeout: seconds a claim may take.

    Raises:
        LawsFail: a law is refuted, or less than asked for; says which mistake it is likely to be.
        BadInput: no family, or no law of that name.
    """
    __tracebackhide__ = True
    from symrep.distribution import Family
    from symrep.laws import judge_family

    _check("assert_laws", at_least)
    found: tuple[Finding, ...]
    if isinstance(family, Family):
        found = tuple(judge_family(family, laws, timeout))
    else:
        from symrep.laws.bijections import Transformation, findings
        from symrep.transforms.claims import LAWS

        if not isinstance(family, Transformation):
            needed = "a family or a transform"
            raise BadInput("assert_laws", needed, type(family).__name__, "the entry itself, Family(…), not a member")
        unknown = sorted(set(laws) - set(LAWS))
        if unknown:
            raise BadInput("laws", f"laws out of: {', '.join(sorted(LAWS))}", ", ".join(unknown)[:80])
        found = tuple(findings(family, timeout, laws))
    wrong = [
        f for f in found if f.status < at_least and not (undecided and f.status in (Status.UNDECIDED, Status.ADMITTED))
    ]
    if wrong:
        lines = [f"{f.status.name} {f.law}: {f.what}\n    {f.message}" for f in wrong]
        raise LawsFail(f"{family.name} breaks {len(wrong)} of {len(found)} claims\n" + "\n".join(lines), found)
    return found


def _judged(what: str, d: Derivation, session: Session | None) -> DerivationReport:
    if not isinstance(d, Derivation):
        raise BadInput(what, "a derivation", type(d).__name__, "@derivation above the function")
    return (session or Session()).judge(d)


def _check(what: str, at_least: Status) -> None:
    if not isinstance(at_least, Status) or at_least <= Status.UNDECIDED:
        raise BadInput(what, "at_least= one of ADMITTED, SUPPORTED, PROVED", str(at_least), "Status.SUPPORTED")


def _diagnosis(wrong: Any, right: Any, given: tuple[Any, ...]) -> Diagnosis | None:
    """A courtesy: when it fails, the verdict stands without it."""
    from symrep.repair import diagnose_identity

    try:
        return diagnose_identity(right, wrong, given)
    except (SymrepError, ArithmeticError, AttributeError, LookupError, NotImplementedError, RecursionError):
        return None
    except (TypeError, ValueError):
        return None
