"""What the words around a law, a sign or a letter say that symrep does not read: then what rests on it is not known.

*X ~ N(0, 1) truncated to (0, ∞)*, *under H₀ X ~ …, under H₁ X ~ …*, *logarithms are to base 2*, *[x] is the integer
part*, *where π is the prior probability*.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final, final

import sympy as sp
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from symrep.checking.alternatives import FAILS, closure, with_changed, without
from symrep.checking.chains import ChainJudge
from symrep.checking.facts import plain_name
from symrep.checking.model import Finding, Link, Survey
from symrep.checking.names import uses
from symrep.checking.reach import Reach
from symrep.checking.scope import Let
from symrep.notation import Binder, Divergence
from symrep.reading.documents import BREAK, SLOT, Document
from symrep.reading.latex.words import GREEK
from symrep.symbols import DomainSymbol
from symrep.verdict import Status

__all__ = ["Unsaid", "doubtful_law"]

_I: Final = re.IGNORECASE
_F: Final = rf"[\U{SLOT:08x}-\U000ffffd]"
_GOOD: Final = (Status.PROVED, Status.SUPPORTED)

# --- laws ---------------------------------------------------------------------------------------------------------

_CHANGED: Final = re.compile(
    r"\b(?:truncat\w+|folded|censored|zero[- ](?:inflat|truncat|modif)\w+|condition(?:ed|ing) (?:on|to)|restricted to|"
    r"with probability(?! (?:density|mass|distribution|generating))|mixture|contaminated|"
    r"(?:measured|expressed|counted) in|shifted by|rounded|wrapped|clipped|winsori[sz]ed|in units of|left out)\b",
    _I,
)
_CUT: Final = (
    r"(?:truncat|fold|censor|restrict|clipp?|wrapp?|round|condition|winsori[sz]|discreti[sz]|threshold|trimm?)"
)
#: X is truncated, we condition X on … : said of X after its law
_CUT_LATER: Final = re.compile(
    rf"(?P<a>{_F})[\s~]*(?:is|are|was|were|be|being|been|gets?)\s(?:\w+\s){{0,3}}?{_CUT}ed\b"
    rf"|\b{_CUT}(?:e|es|s|ing|ed)?\s(?:(?:the|its|law|distribution|variable|values?|draws?|of|each)\s){{0,3}}(?P<b>{_F})\s"
    r"(?:to|on|at|by|in|from|below|above|so|away|between)\b",
    _I,
)
_SPREADS: Final = re.compile(
    r"\b(?:standard deviation|st(?:andar)?d\.? dev\w*|deviation|precision|inverse variance)\b", _I
)
_NORMAL: Final = re.compile(r"\A\s*(?:\\(?:mathcal|mathrm|text|operatorname)\s*\{\s*)?(?:N|Normal|Gaussian)\b", _I)
_SQUARED: Final = re.compile(r"\^\s*\{?\s*2|variance|\\Sigma|\bv\b|\^\s*\{\s*-\s*1", _I)
_SCALED: Final = re.compile(r"\b(?:Laplace|Logistic|Cauchy|Gumbel|HalfNormal|HalfCauchy|Student\w*|Rayleigh)\b", _I)
_RATES: Final = re.compile(r"\b(?:rate|precision|inverse scale|variance)\b", _I)
_LOGNORMAL: Final = re.compile(r"\blog-?normal\b", _I)
_OF_ITSELF: Final = re.compile(r"\b(?:mean|median|expectation|variance)\b", _I)
_OF_LOG: Final = re.compile(r"\b(?:logarithm|underlying|log[- ]scale|log)\b(?!-?normal)", _I)
_WHICH: Final = re.compile(
    r"\b(?:first|former|second|latter|third|original|initial|null|alternative|previous(?:ly)?|back to|again"
    r"|earlier|old(?! friend)|"
    r"under|before)\b",
    _I,
)
_NEXT: Final = re.compile(r"\b(?:now|next|let|instead|suppose|then|take|consider|finally)\b", _I)


def doubtful_law(document: Document, reach: Reach, survey: Survey, link: Link, let: Let) -> str:
    """Why the law of a variable may not be what was read; empty: it is."""
    said = reach.words_of(let.start)
    if _CHANGED.search(said) and not _CHANGED.search(reach.words_of(link.left.at).replace(said, "")):
        return "more is said of it than that law"
    between = reach.slots(let.start, link.left.at)
    if any(plain_name(reach.shown(m["a"] or m["b"])) == let.name for m in _CUT_LATER.finditer(between)):
        return "more is said of it after its law"
    inner = re.sub(r"\\(?:left|right|,|;|!)", "", let.body)
    last = inner.rpartition(",")[2]
    if _NORMAL.match(inner) and _SPREADS.search(said) and not _SQUARED.search(last) and "variance" not in said.lower():
        return "the words speak of a deviation or a precision"
    if _SCALED.search(inner) and _RATES.search(said) and "scale" not in said.lower().replace("inverse scale", ""):
        return "the words speak of another parameter of it"
    if _LOGNORMAL.search(inner) and _OF_ITSELF.search(said) and not _OF_LOG.search(said):
        return "the words may speak of its own mean and variance"
    scope = link.scope
    if scope is not None:
        random = {x.name for x in scope.lets if x.what == "law"}
        if any(x.what == "symbol" and x.name == let.name for x in scope.lets) and any(
            x.what == "symbol" and x.name == let.name and x.mentions & random for x in scope.lets
        ):
            return "it was defined by other variables"
        both = [s for p in (link.left, link.right) for _, s in p.variants]
        averaged = any("one given the other" in g.read for s in both for g in s.guesses)  # over both laws
        if let.mentions & random - {let.name} and not averaged:
            return "a law given another variable"
    others = [x for x in (*survey.lets, *survey.told) if x.what == "law" and x.name == let.name and x.body != let.body]
    others = [x for x in others if x.start < link.left.at]
    if not others:
        return ""
    near = min(others, key=lambda x: abs(x.start - let.start))
    low, high = sorted((reach.place(near.start), reach.place(let.start)))
    if BREAK not in document.words.text[low:high] and not (near.start < let.start and _NEXT.search(said)):
        return "it has several laws there"
    return "it has several laws" if _WHICH.search(reach.words_of(link.left.at)) else ""


# --- logarithms, signs, letters -----------------------------------------------------------------------------------

_BASE: Final = re.compile(
    r"\b(?:log(?:arithm)?s?\b[^.]{0,60}\b(?:(?:to|in|of|with|for|are|is|use"
    r"|have) )(?:the )?base[\s~-]*(?P<base>two|ten|2|10|" + _F + r")|"
    r"base[\s~-]*(?P<other>two|ten|2|10|" + _F + r")[\s~]log|(?P<binary>binary|dyadic) logarithms?|"
    r"(?P<decimal>decimal|common) logarithms?)",
    _I,
)
_NAMED: Final = re.compile(
    rf"(?P<of>{_F})(?:[\s~](?:\w+[\s~])?(?:denotes?|is|be|being|stands for|means|for|as|rounds"
    r"|gives|returns|takes)|,|(?=[\s~]the\s))[\s~](?:the\s|a\s"
    rf"|an\s)?(?=(?P<what>[^.;]{{0,60}}))"
    rf"|(?P<what2>\b(?:integer part|fractional part|floor|convolution|cross product|vector product"
    rf"|composition)[^.;{_F[1:-1]}]{{0,30}})(?P<of2>{_F})",
    _I,
)
_SIGN: Final = re.compile(
    r"integer part|fractional part|down\b|nearest|"
    r"floor|ceiling|nearest integer|rounded|compos\w+|iterat\w+|convolution"
    r"|cross product|"
    r"vector product|inner product|dot product|scalar product|smaller of|larger of|minimum|maximum|factorial"
    r"|commutator|"
    r"bracket|symmetric difference|exclusive or|twice",
    _I,
)
_LETTER: Final = re.compile(
    r"prior|probabilit\w+|weight|proportion|polic\w+|share|fraction|permutation|projection|mixing|stationary"
    r"|profit|price",
    _I,
)
_COUNTS: Final = re.compile(r"index|integer|number of|label|class", _I)
_NOISY: Final = re.compile(
    r"noise|normal|gaussian|random|sampl\w+|\bi\.?i\.?d\b|diffusion|independent|\bdraw"
    r"|\\sim|\\(?:var)?epsilon|\\mathcal\s*\{?\s*N",
    _I,
)
_SHARED: Final = re.compile(
    r"\bsame (?:noise|sample|draw|random|seed)|\bcorrelated|\bshared? (?:noise|sample|draw)|common noise|\bdependent",
    _I,
)
_LOG: Final = re.compile(r"\\log(?![A-Za-z_])(?!\s*_)")
_WEIGHT: Final = DomainSymbol("pi_0", "unit")
_IN_LAW: Final = "equal in law"


#: \\log^2 x stands for \\log\\log x
_SHORT: Final = re.compile(
    rf"(?P<of>{_F})\s(?:denotes?|stands? for|means?|is short for|abbreviates?|will (?:denote"
    rf"|mean))\s(?:the\s)?{_F}",
    _I,
)
_DEGREES: Final = re.compile(
    r"\b(?:angles?|trigonometric functions?|sines?|arguments?|phases?)\b[^.;]{0,60}\bin degrees\b"
    r"|\bdegrees,? not radians"
    r"|\bin degrees\b[^.;]{0,40}\bangles?\b|\bdegree mode\b", _I
)  # fmt: skip


@final
class Unsaid:
    """What the text of a document says of its signs and letters that symrep does not read."""

    def __init__(self, document: Document, reach: Reach) -> None:
        self._document, self._reach, words = document, reach, document.words.text
        self.base = _base(document, reach)
        meanings = [(reach.shown(m["of"] or m["of2"]), m["what"] or m["what2"] or "") for m in _NAMED.finditer(words)]
        signs = [_sign(latex) for latex, what in meanings if _SIGN.search(what)]
        signs += [_sign(reach.shown(m["of"])) for m in _SHORT.finditer(words)]
        self._degrees = _DEGREES.search(words) is not None
        self._signs = list({x.pattern: x for x in signs if x is not None}.values())
        self._pi = any(plain_name(latex) == "pi" and _LETTER.search(what) for latex, what in meanings)
        self._index = any(plain_name(latex) == "i" and _COUNTS.search(what) for latex, what in meanings)
        self._operators, self._vectors = _multiplied(document, reach)
        self._independent = _noisy(document) and not _SHARED.search(words)
        self._symmetric = _symmetric(document, reach)

    def otherwise(self, link: Link, found: Finding, text: str, judge: ChainJudge) -> str:
        """Why a claim that holds may say something else by what its signs and letters stand for in this text."""
        sides = text[min(link.left.start, link.right.start) : max(link.left.end, link.right.end)]
        if self.to_base(link, sides) and not self.in_base(link, text, judge):
            return f"right of natural logarithms, and the text takes them to base {self.base}"
        if self._degrees and not _holds(link, judge, _in_degrees, TrigonometricFunction):
            return "right of angles in radians, and the text takes them in degrees"
        if any(sign.search(sides) for sign in self._signs):
            return "it holds as it is read, but the text gives its signs a meaning of their own"
        if (
            self._pi
            and "\\pi" in sides
            and not _holds(link, judge, lambda e: e.xreplace({sp.pi: _WEIGHT}), type(sp.pi))
        ):
            return "right of the number π, and the text calls something else so"
        if self._index and re.search(r"(?<![A-Za-z\\])i(?![A-Za-z])", sides):
            return "right of the imaginary unit, and the text calls something else i"
        if not self._of_symmetric(link, text, judge):
            return "right of symmetric matrices, which the text does not say of these"
        if self._multiplies(link, sides):
            return "it holds of numbers, and the text speaks of vectors or operators"
        if not self._independent and any(_IN_LAW in n for n in found.notes):
            return "right only of independent noises"
        return ""

    def excuse(self, link: Link, text: str, judge: ChainJudge) -> str:
        """Why a claim that fails may hold by what its signs stand for in this text."""
        if self.to_base(link, text) and self.in_base(link, text, judge):
            return f"right of logarithms to base {self.base}, which the text speaks of"
        if self._degrees and _has(link, TrigonometricFunction):
            return "wrong of angles in radians, and the text takes them in degrees"
        return ""

    def to_base(self, link: Link, sides: str) -> bool:
        """Has a claim logarithms, said or in what it rests on, of which the text says the base?"""
        if not self.base or link.scope is None:
            return False
        names = closure(link.scope, uses(link.left) | uses(link.right))
        bodies = [sides, *(x.body for x in link.scope.lets if x.name in names)]
        return any(_LOG.search(body) for body in bodies) or (r"\ln" not in sides and _has(link, Divergence))

    def in_base(self, link: Link, text: str, judge: ChainJudge) -> bool:
        """Does it hold with its logarithms to that base? Divergences and entropies are in nats: that is not known."""
        if _has(link, Divergence) or link.left.formula != link.right.formula:
            return False
        try:
            again = without(link, text, None, {}, logarithm=self.base)
            return judge.compare(replace(again, before=[again.left])) in _GOOD
        except FAILS:
            return False

    def _of_symmetric(self, link: Link, text: str, judge: ChainJudge) -> bool:
        """Is a line about matrices said of symmetric ones, or right of others?"""
        if link.scope is None or not link.scope.base.symmetric or not any(env.size for env, _ in link.left.variants):
            return True
        if (
            self._symmetric is None
            or {n for n in uses(link.left) | uses(link.right) if n[:1].isupper()} <= self._symmetric
        ):
            return True
        try:
            again = without(link, text, None, {}, symmetric=False)
            same = link.left.formula == link.right.formula
            return same and judge.compare(replace(again, before=[again.left])) in _GOOD
        except FAILS:
            return False

    def _multiplies(self, link: Link, sides: str) -> bool:
        """Does a claim about numbers multiply names that are said to be vectors or operators?"""
        if any(env.size for env, _ in link.left.variants):
            return False
        names = uses(link.left) | uses(link.right)
        product = re.search(r"\\(?:times|cdot|wedge|otimes)(?![A-Za-z])|\^\s*\{?2", sides) is not None
        return len(names & self._operators) > 1 or (product and len(names & self._vectors) > 1)


def _base(document: Document, reach: Reach) -> int:
    named = (re.match(r"\s*\\log\s*(?:=|:=|\\equiv)\s*\\log_\{?(2|10)\b", f.body.text) for f in document.formulas)
    if (written := next((int(k[1]) for k in named if k is not None), 0)) > 0:
        return written
    m = _BASE.search(document.words.text)
    code = document.source.text
    if m is None and re.search(r"(?<![A-Za-z])(?:np|numpy|math|torch|jnp|tf)\.log(?:2|10)\b", code):
        natural = re.search(r"(?<![A-Za-z])(?:np|numpy|math|torch|jnp|tf)\.log\(", code)
        return 0 if natural else 2 if re.search(r"\.log2\b", code) else 10
    if m is None or re.search(
        r"\b(?:not|unlike|instead|rather)\b", document.words.text[max(0, m.start() - 30) : m.start()]
    ):
        return 0
    said = reach.shown(m["base"] or m["other"] or "").strip().lower()
    return 2 if m["binary"] or said in ("2", "two") else 10 if m["decimal"] or said in ("10", "ten") else 0


def _in_degrees(e: Any) -> Any:
    return e.replace(lambda x: isinstance(x, TrigonometricFunction), lambda x: x.func(sp.pi * x.args[0] / 180))


def _has(link: Link, what: Any) -> bool:
    found = [s.expr for p in (link.left, link.right) for _, s in p.variants if isinstance(s.expr, sp.Basic)]
    return any(e.has(what) for e in found)


def _holds(link: Link, judge: ChainJudge, change: Any, what: Any) -> bool:
    """Does a claim hold with its sides changed? Not known where ``what`` was merged away when they were read."""
    try:
        again = with_changed(link, change)
        if again is None:
            found = [s.expr for p in (link.left, link.right) for _, s in p.variants if isinstance(s.expr, sp.Basic)]
            return any(e.has(what, Binder, Divergence) for e in found)
        return judge.compare(replace(again, before=[again.left])) in _GOOD
    except FAILS:
        return False


def _sign(latex: str) -> re.Pattern[str] | None:
    """Where the sign of ``[x]``, ``f^2``, ``a * b`` stands."""
    latex = latex.strip()
    if re.fullmatch(r"\[[^\[\]]{1,12}\]", latex):
        return re.compile(r"\[")
    if m := re.fullmatch(r"(\\?[A-Za-z]+)\s*\^\s*\{?\(?\w\)?\}?(?:\s*\(?\s*\\?[A-Za-z]\s*\)?)?", latex):
        return re.compile(rf"(?<![A-Za-z]){re.escape(m[1])}\s*\^")
    if m := re.fullmatch(
        r"\(?\s*\\?[A-Za-z]+(?:_\w)?\s*(\*|\\[a-z]+|\\?\|)\s*\\?[A-Za-z]+(?:_\w)?\s*\)?(?:\(\w\))?|(\*"
        r"|\\[a-z]+)",
        latex,
    ):
        if (m[2] or "").removeprefix("\\") in GREEK:  # θ denotes the probability, whose maximum likelihood estimate …
            return None
        return re.compile(re.escape(m[1] or m[2]) + r"(?![A-Za-z])")
    return None


_SYMMETRIC: Final = re.compile(r"(?<![A-Za-z])symmetric|positive[- ](?:semi-?)?definite|self-adjoint|hermitian", _I)
_NOT: Final = re.compile(
    r"\b(?:not|never|non|no|need|without|asymmetric|unsymmetric|skew)\b|n['’]t\b|non-|anti|skew", _I
)


_KINDS: Final = r"(?P<what>rotations?|operators?|quaternions?|permutations?|vectors)"
_SEVERAL: Final = rf"(?P<of>{_F}(?:\s?(?:,|and)\s?{_F}){{1,3}})"
_KINDS_OF: Final = re.compile(rf"\b{_KINDS}\s{_SEVERAL}", _I)
_OF_KINDS: Final = re.compile(rf"{_SEVERAL}\s(?:be|are)\s[\w ]{{0,30}}?\b{_KINDS}\b", _I)
_OPERATOR: Final = re.compile(
    rf"(?P<of>{_F})\s?,?(?:\s(?:be|is|are|denotes?|for|as))?\s(?:a|an|the|some|its)\s(?:[\w-]+\s){{0,3}}?"
    r"(?:operators?|shift|multiplication|translation|rotation|permutation|projection|projector|reflection|generator|"
    r"Hamiltonian|Laplacian|quaternion|commutator|differentiation)\b"
    rf"|\b(?:operators?|shift|rotation|permutation|projection|projector|reflection|quaternion)\s(?P<of2>{_F})",
    _I,
)
_LIST: Final = rf"{_F}(?:\s?(?:,|and|,\s?and)\s?{_F}){{0,4}}"
_BEFORE: Final = re.compile(
    rf"({_LIST}),?\s(?:is|are|be|being)?\s?(?:both\s|all\s|a\s|an\s|two\s|real\s|positive\s|and\s){{0,4}}\Z", _I
)
_AFTER: Final = re.compile(rf"\A[\w\s,-]{{0,50}}?matri(?:x|ces)\s({_LIST})", _I)


def _symmetric(document: Document, reach: Reach) -> set[str] | None:
    """The matrices that are said to be symmetric; None: all of them."""
    said: set[str] = set()
    text = document.words.text
    for m in _SYMMETRIC.finditer(text):
        low, high = reach.sentence(m.start())
        if _NOT.search(text[max(low, m.start() - 30) : m.start()]):
            continue
        of = [*_BEFORE.findall(text[max(low, m.start() - 200) : m.start()]), *_AFTER.findall(text[m.end() : high])]
        said |= _names("".join(of), reach)
        if not of and "matri" in text[low:high]:
            return None
    return said


def _names(slots: str, reach: Reach) -> set[str]:
    return {n for c in slots if ord(c) >= SLOT if (n := plain_name(reach.shown(c))) is not None}


def _multiplied(document: Document, reach: Reach) -> tuple[set[str], set[str]]:
    """The names of several operators, and of several vectors."""
    operators: set[str] = set()
    vectors: set[str] = set()
    for pattern in (_KINDS_OF, _OF_KINDS):
        for m in pattern.finditer(document.words.text):
            (vectors if m["what"].lower().startswith("vector") else operators).update(_names(m["of"], reach))
    for m in _OPERATOR.finditer(document.words.text):
        operators |= _names(m["of"] or m["of2"], reach)
    for f in document.formulas:  # D = d/dx
        if (
            d := re.match(r"\s*(\\?[A-Za-z]+)\s*(?::=|=)\s*\\frac\s*\{\s*(?:d|\\partial)\s*\}", f.body.text)
        ) is not None:
            operators |= {n for n in (plain_name(d[1]),) if n is not None}
    return operators, vectors


def _noisy(document: Document) -> bool:
    words = document.words.text
    return _NOISY.search(words) is not None or any(_NOISY.search(f.body.text) for f in document.formulas)
