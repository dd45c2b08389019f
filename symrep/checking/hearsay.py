"""What a claim rests on that the text did not say in so many words: that draws are independent, that a parameter is
random itself, that X has the density that was written down, that a letter in a definition is a number.

So the field reads a text that says nothing else. Where the words of the section may say something else, the claim is
called neither right nor wrong.
"""

from __future__ import annotations

import re
from typing import Final

from symrep.checking.alternatives import closure
from symrep.checking.drawn import DRAWN
from symrep.checking.facts import plain_name
from symrep.checking.model import Link
from symrep.checking.names import uses
from symrep.checking.reach import Reach
from symrep.checking.scope import Let, Scope
from symrep.reading.documents import SLOT, Document
from symrep.reading.latex import walk
from symrep.reading.latex.below import OWN
from symrep.reading.latex.given import BAYES
from symrep.reading.latex.scope import name_of

__all__ = ["hearsay", "only_where"]

_I: Final = re.IGNORECASE
#: of draws that are not independent, or not all of one law
_TOGETHER: Final = re.compile(
    r"\b(?:correlat\w+|auto-?correl\w+|dependent|dependence|without replacement|exchangeab\w+|except\w*|pairwise|"
    r"chains?|Markov|depends? on (?:the )?(?:one|each|previous|last|others?|neighbours?)|shared?|duplicat\w+|repeated|"
    r"stratified|antithetic|clusters?|time series|equicorrelated|apart from|but for|unless|not (?:all )?independent)\b",
    _I,
)
#: a parameter that is no longer random
_FIXED: Final = re.compile(
    r"\b(?:fix(?:ed|ing)?|from now on|held|known|constant|deterministic|non-?random|an? (?:\w+ )?number|frequentist|"
    r"conditional(?:ly)? on|not random|no longer)\b",
    _I,
)
_VARIABLE: Final = re.compile(r"\b(?:latents?|hidden|latent variables?|codes?|unobserved)\s*\Z", _I)
#: a density that may be another variable's, or not all that is said of this one
_OTHERWISE: Final = re.compile(
    r"\b(?:but|however|instead|rather|except|unless|although|though|whereas|stop\w*|censor\w*|truncat\w+|targets?|"
    r"proposals?|arbitrary|record\w*|given|conditional\w*|condition(?:ed|ing)|until|whichever|minimum|maximum|smaller|"
    r"larger|importance|reweight\w*|would|mixture|unnormali[sz]ed|up to)\b",
    _I,
)
_ANOTHER: Final = re.compile(
    r"\b(?:targets?|proposals?|importance|posterior|another|other dens\w+|mixture|marginal\w*|"
    r"unnormali[sz]ed|model|data|prior|encoder|variational|approximate)\b",
    _I,
)
_MOVES: Final = re.compile(
    r"\b(?:fluctuat\w+|random\w*|var(?:y|ies|ying)|depend\w*|either|uncertain\w*|stochastic\w*|drawn|draws|sign of|"
    r"toss\w*|noise|noisy|sampled?|changes?|coin|chance|lottery|unpredictable|unknown)\b",
    _I,
)
_NUMBERS: Final = re.compile(
    r"\b(?:constants?|fixed|numbers?|reals?|positive|negative|parameters?|coefficients?|known|given|deterministic|scales?|"
    r"locations?|shifts?|slopes?|intercepts?|means?|deviations?|variances?|rates?|factors?|weights?|times?|drifts?|"
    r"volatilit(?:y|ies)|prices?|initial|any|all|every|non-?zero|integers?|scalars?|degrees?|steps?|temperatures?|"
    r"horizons?|maturit(?:y|ies)|strikes?|interest|discount|correlations?|learning|sizes?|for|thresholds?|levels?|points?)\b",
    _I,
)
#: what something is differentiated by is a number
_BY: Final = re.compile(r"\b(?:gradients?|derivatives?|differentiat\w+|partials?|slope|sensitivit\w+)\b|∂|∇", _I)
_ONLY: Final = re.compile(
    r"\b(?:(?:precisely|exactly|only|just|never except) (?:when|if|where)|if and only if|iff|as long as|so long as|"
    r"provided|whenever|on condition|needs|requires|only holds|holds only)\b",
    _I,
)
#: a condition that is a formula is judged with the line
_NEXT: Final = re.compile(rf"(?:\s?(?:that|the|when|if|we have|it holds that)\b)*\s*[\U{SLOT:08x}-\U000ffffd]?")
_ORDER: Final = re.compile(r"[<>]|\\(?:l|g)(?:t|e|eq|eqslant)\b|\\neq?\b|\\in\b")
_SAMPLED: Final = re.compile(
    r"\b(?:draw\w*|sampl\w*|generat\w*|simulat\w*|pick\w*|cho?ose\w*|assum\w*|suppos\w*|replac\w*|set|tak\w+|under|redraw\w*"
    r"|model\w*|approximat\w+|let|if|pretend\w*|as if|initiali[sz]\w*)\b",
    _I,
)
_NEEDS: Final = ("needs", "requires")
_BAR: Final = re.compile(r"\\(?:bar|overline)\s*\{?\s*\\?[A-Za-z]+\s*\}?(?:_\{?\w\}?)?")
_MEAN: Final = re.compile(r"\b(?:mean|average)s?\b", _I)
_PART: Final = re.compile(
    r"\b(?:medians?|first|last|weighted|trimmed|two|three|half|subset|part|geometric|harmonic|even|odd|others?|except|"
    r"without|winsori[sz]ed|quadratic|running|moving)\b",
    _I,
)
#: of laws that are not all that is said
_NOT_AS_TOLD: Final = re.compile(
    r"\b(?:depend\w*|twice|second|again|another|selected|truncat\w+|round\w+|censor\w+|only if|unless|except\w*|but)\b",
    _I,
)
_SLOT: Final = rf"[\U{SLOT:08x}-\U000ffffd]"
_DEPENDS: Final = re.compile(
    rf"(?P<of>{_SLOT})\s(?:(?:may|can|could|also|be|is|itself|a)\s){{0,2}}(?:depends?|dependent|function|varies)\s(?:on|of|with)"
    rf"\s(?P<on>{_SLOT})",
    _I,
)
_BINDING: Final = frozenset(("E", "Var", "Cov", "Std", "int", "KL"))
#: what a letter stands for is told
_ANEW: Final = re.compile(
    r"\b(?:let|denotes?|another|other|instead|different|arbitrary|any|now|prior|target|stands?)\b", _I
)
#: a letter alone, and no q(z|x)
_SHORT: Final = 8
_OF: Final = "the moments of "
_ONLY_NAME: Final = "the only name that is no parameter of it"
_CLOSE: Final = 30
_MOMENTS: Final = re.compile(r"Cov|Corr|\\rho", _I)


def hearsay(document: Document, reach: Reach, link: Link) -> str:
    """Why a claim may not rest on what it was read with; empty: it may."""
    scope = link.scope
    if not isinstance(scope, Scope):
        return ""
    if link.op == DRAWN and _told_how(reach, link):
        return "it may tell how the variable is drawn, and not what follows of it"
    why = {(g.read, g.why) for p in (link.left, link.right) for _, s in p.variants for g in s.guesses}
    said = {read for read, _ in why}
    low, high = reach.section(link.left.at)
    names = closure(scope, uses(link.left) | uses(link.right))
    drawn = any(r.startswith("over ") and r.endswith(", independent") for r in said)
    if drawn and _dependent(document, reach, low, high):
        return "right or wrong of independent draws, and the text may say that these are not"
    indexed = [n for n in uses(link.left) | uses(link.right) if "_" in n]
    if drawn and any(_near(document, reach, _indexed(n), _MOVES) for n in indexed):
        return "right or wrong of given numbers beside the draws, and the text may say that they are random"
    if any(r.startswith("the mean of the sample") for r in said) and _another_bar(document, reach):
        return "right or wrong of the mean of all draws, and the text may say that the bar is something else"
    if any(w == _ONLY_NAME and _spoken(document, reach, r.partition(" ")[0]) for r, w in why):
        return "right or wrong of the only name that the law may be of, and the text speaks of that name"
    if any("one given the other" in r for r in said):
        told = [x for x in scope.lets if x.what == "law" and x.name in names]
        first = min((x.start for x in told), default=link.left.at)
        if any(x.mentions & {y.name for y in told if y is not x} for x in told) and (
            reach.place(first) < low or _FIXED.search(reach.between(first, link.left.at))
        ):
            return "right or wrong of a random parameter, and the text may have fixed it"
    own = reach.between(link.left.at, link.left.at)
    if any("integral against the density" in r for r in said) and _OTHERWISE.search(own):
        return "right or wrong by the density that was told, and its sentence may speak of another"
    if any(w == OWN for _, w in why) and _ANOTHER.search(reach.words(low, high)):
        return "right or wrong of the density of the law that was told, and the text may speak of another"
    for let in scope.lets:
        by_density = let.what == "law" and " has the density " in let.line and let.name in names
        if by_density and _OTHERWISE.search(reach.between(let.start, link.left.at)):
            return f"that {let.line} is not said in so many words"
    if any(w == BAYES for _, w in why):
        starts = [x.start for x in scope.lets if x.what in ("law", "given") and x.name in names]
        if _NOT_AS_TOLD.search(reach.between(min(starts, default=link.left.at), link.left.at)):
            return "right or wrong by Bayes' rule of the two laws, and the text may say more of them"
    if depends := _depends(document, reach, link):
        return f"right or wrong of constants, and the text says that {depends[0]} depends on {depends[1]}"
    if any(_of_another(document, reach, letter) for letter in _letters_below(link)):
        return "right or wrong of the density that is written, and the text may say that the letter is another"
    averaged = {n for r in said if r.startswith(_OF) for n in r.removeprefix(_OF).partition(", as far")[0].split(", ")}
    for let in scope.lets:
        if let.what == "symbol" and let.name in names and (name := _moving(document, reach, scope, let, averaged)):
            return f"whether {name} is a number is not said"
    return ""


def _told_how(reach: Reach, link: Link) -> bool:
    """Do the words right before Y ~ law speak of drawing it: *then we sample* Y ~ law?"""
    at = reach.place(link.left.at)
    before = reach.slots(link.left.at, link.left.at)[: at - reach.sentence(at)[0]]
    return _SAMPLED.search(re.split(_SLOT, before)[-1]) is not None


def only_where(reach: Reach, link: Link) -> bool:
    """Does its sentence say a claim of some cases only: *precisely when the mean vanishes*?"""
    at = reach.place(link.left.at)
    text, own = reach.slots(link.left.at, link.left.at), at - reach.sentence(at)[0]
    for m in _ONLY.finditer(text):
        behind = _NEXT.match(text, m.end())
        if behind is None or _ORDER.search(reach.shown(behind[0])):
            continue
        if behind.end() - 1 != own or m[0].lower() not in _NEEDS:  # it needs what is claimed
            return True
    return False


def _near(document: Document, reach: Reach, latex: re.Pattern[str], words: re.Pattern[str]) -> bool:
    """Do words stand close to a formula that is a name alone?"""
    for f in document.formulas:
        if latex.fullmatch(f.body.text.strip(" .,;")) is not None:
            at = reach.place(f.start)
            low, high = reach.sentence(at)
            if words.search(reach.words(max(low, at - _CLOSE), min(high, at + 1 + _CLOSE))):
                return True
    return False


def _indexed(name: str) -> re.Pattern[str]:
    return re.compile(rf"\\?{re.escape(name.partition('_')[0])}\s*_\s*\{{?\w\}}?(?:\s*,.*)?")


def _another_bar(document: Document, reach: Reach) -> bool:
    """Do the words call a bar something else than the mean: *where it is the median*?"""
    for f in document.formulas:
        if _BAR.fullmatch(f.body.text.strip(" .,;")) is not None:
            at = reach.place(f.start)
            low, high = reach.sentence(at)
            near = reach.words(max(low, at - 2 * _CLOSE), min(high, at + 1 + 2 * _CLOSE))
            if _PART.search(near) or not _MEAN.search(near):
                return True
    return False


def _spoken(document: Document, reach: Reach, name: str) -> bool:
    """Does a name stand alone in some formula, and is not called the variable there: *a latent* z?"""
    for f in document.formulas:
        if name in {plain_name(s) for s in f.body.text.strip(" .,;").split(",")}:
            near = reach.words(max(0, (at := reach.place(f.start)) - _CLOSE), at + 1)
            if not _VARIABLE.search(near):
                return True
    return False


def _dependent(document: Document, reach: Reach, low: int, high: int) -> bool:
    text = reach.words(low, high)
    if _TOGETHER.search(text):
        return True
    for f in document.formulas:
        if not low <= reach.place(f.start) <= high:
            continue
        body = f.body.text
        if re.search(r"(\\?[A-Za-z]+)_\{?\w\}?\s*=\s*-?\s*\1_\{?\w\}?\s*\Z", body.strip(" .,;")):  # X_2 = X_1
            return True
        if (
            _MOMENTS.search(body)
            and len(re.findall(r"_\s*\{?\s*[a-z0-9]", body)) > 1
            and not body.strip(" .,;").endswith("0")
        ):
            return True
    return False


def _depends(document: Document, reach: Reach, link: Link) -> tuple[str, str] | None:
    """Two names of a line with a mean or an integral in it, of which the words say that one depends on the other."""
    scope, used = link.scope, uses(link.left) | uses(link.right)
    trees = [p.tree for p in (link.left, link.right) if p.tree is not None]
    if not isinstance(scope, Scope) or not any(t.head in _BINDING for tree in trees for t in walk(tree)):
        return None
    for m in _DEPENDS.finditer(document.words.text):
        one, other = plain_name(reach.shown(m["of"])), plain_name(reach.shown(m["on"]))
        if one in used and other in used and scope.symbol(one or "") is None and one is not None and other is not None:
            return one, other
    return None


def _letters_below(link: Link) -> set[str]:
    """The q of E_q where that was read as under q(z|x)."""
    trees = [p.tree for p in (link.left, link.right) if p.tree is not None]
    below = (t.parts[0] for tree in trees for t in walk(tree) if t.head in ("E", "Var", "Cov") and len(t.parts) > 1)
    return {name_of(b.parts[0]).partition("_")[0] for b in below if b.head == "app" and b.end - b.start < _SHORT}


def _of_another(document: Document, reach: Reach, letter: str) -> bool:
    """Do the words say of a letter alone what it is?"""
    told = re.compile(rf"\s*{re.escape(letter)}\s*&?\s*(?::?=|\\(?:coloneqq|equiv|sim|triangleq)\b)")
    return any(
        told.match(f.body.text) is not None
        or (
            f.body.text.strip(" .,;") == letter
            and _ANEW.search(reach.words(*reach.sentence(reach.place(f.start)))) is not None
        )
        for f in document.formulas
    )


def _moving(document: Document, reach: Reach, scope: Scope, let: Let, averaged: set[str]) -> str:
    """A name beside random variables in a definition of which the words speak, but not as of a number."""
    random = {x.name for x in scope.lets if x.what == "law"} | averaged
    if not let.mentions & random:
        return ""
    known = {x.name for x in scope.lets} | set(scope.base.symbols) | set(scope.base.functions)
    parameters = {n for x in scope.lets if x.what == "law" for n in x.mentions}
    for name in sorted(let.mentions - random - known):
        for f in document.formulas:
            if name not in {plain_name(part) for part in f.body.text.strip(" .,;").split(",")}:
                continue
            words = reach.words(*reach.sentence(reach.place(f.start)))
            if _MOVES.search(words) or not (name in parameters or _NUMBERS.search(words) or _BY.search(words)):
                return name
    return ""
