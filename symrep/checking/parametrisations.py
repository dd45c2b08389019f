"""By which parameters a text gives its laws, where it is not as usual: Beta(μ, φ) by a mean and a precision, the second
argument of N(·, ·) a deviation, a scale as a remark, the scale of ``rng.gamma(a, scale=b)`` beside Gamma(a, b).

What is said of rates and scales of letters is read (:mod:`symrep.checking.conventions`); here is only doubt.
"""

from __future__ import annotations

import re
from typing import Final

from symrep.checking.alternatives import closure
from symrep.checking.facts import plain_name
from symrep.checking.model import Link
from symrep.checking.names import uses
from symrep.checking.reach import Reach
from symrep.checking.scope import Let, Scope
from symrep.reading.documents import SLOT, Document

__all__ = ["given_otherwise"]

_I: Final = re.IGNORECASE
_F: Final = rf"[\U{SLOT:08x}-\U000ffffd]"


_USED: Final = (
    r"(?:parametri[sz]\w+|given by|specified|written|in terms of|convention|argument|parameter|entry|slot|understood|"
    r"take[sn]?|state[sd]?|mean[st]?|denote[sd]?|stands? for|indexed)"
)
_SPREAD: Final = r"(?:precision|inverse variance|inverse covariance|(?:standard )?deviations?|std\.?)"
_NORMALS: Final = re.compile(
    rf"\b(?:second|last|final|other)\s(?:argument|parameter|entry|slot)[^.;]{{0,80}}\b{_SPREAD}"
    rf"|\b{_SPREAD}[^.;]{{0,60}}\b(?:as|is|in)\s(?:the|its)\s(?:second|last|final)\s(?:argument|parameter|entry|slot)"
    rf"|\b(?:normals?|gaussians?)\b[^.;]{{0,60}}\b{_USED}\b[^.;]{{0,60}}\b{_SPREAD}",
    _I,
)
_SCRIPTS: Final = re.compile(
    r"\b(?:scripts?|code|python|numpy|scipy|torch|pytorch|tensorflow|jax|stan|library|software"
    r"|unlike|not|rng|variance)\b"
    r"(?!\s(?:and so do we|as we do))", _I
)  # fmt: skip
#: as a remark, of no letter: what is said of a letter is read
_SCALE: Final = re.compile(
    r"(?<!inverse )(?<!inverse-)(?<![\w-])scale\b(?![\s~]?\(?[\\$]|\s[a-z]\b|\s(?:is|of"
    r"|equal|famil|parameter)|\w|-free)", _I
)  # fmt: skip
_RATES: Final = re.compile(r"\b(?:Exp(?:onential|on|o)?|Gamma|Ga|Gam|Erlang)\b|\\Gamma\b")
_ROLE: Final = (
    r"(?P<role>mean|precision|dispersion|mode|median|variance|(?:standard )?deviation|concentration"
    r"|cent(?:re|er)|mid-?point|"
    r"half-?width|width|radius|length|overdispersion|odds|log-?odds|logit)s?"
)
_ROLE_OF: Final = re.compile(
    rf"(?<![\w-]){_ROLE}(?:\sparameter)?\s(?:is\s|of\s)?\(?(?P<of>{_F})"
    rf"|(?P<of2>{_F})\)?,?\s(?:is|denotes|being|as|for)?\s?(?:the|a|an|its|their)\s"
    rf"{_ROLE.replace('<role>', '<role2>')}(?![\w-])",
    _I,
)
#: what a parameter of a family is called as a matter of course
_USUAL: Final = {
    "Bernoulli": "mean", "Laplace": "mean|median|mode", "Logistic": "mean|median|mode", "Gumbel": "mode",
    "Cauchy": "median|mode|cent|half",
}  # fmt: skip
_SAME: Final = (
    "Beta Uniform Gamma NegativeBinomial Weibull Pareto InverseGamma Geometric Binomial Laplace Logistic Gumbel Cauchy "
    "Bernoulli Rayleigh Triangular"
).split()
_CALLED: Final = {
    **{x: x for x in _SAME}, "Be": "Beta", "Unif": "Uniform", "U": "Uniform", "Ga": "Gamma",
    "NegBin": "NegativeBinomial", "NB": "NegativeBinomial",
    "InvGamma": "InverseGamma", "Geom": "Geometric", "Geo": "Geometric", "Bin": "Binomial",
    "Ber": "Bernoulli", "IG": "InverseGamma",
}  # fmt: skip
_LAW: Final = re.compile(
    r"\s*(?:\\(?:mathrm|text|operatorname|mathcal|textrm|mathsf)\s*\{\s*)?\\?(?P<name>[A-Za-z]+)\s*\}?"
)
_INTERVAL: Final = re.compile(r"\s*(?:\\left)?[\[(](?P<low>[^,]+),(?P<high>[^,]+?)(?:\\right)?[\])]\s*")


def given_otherwise(document: Document, reach: Reach, link: Link) -> str:
    """Why the laws that a claim is about may be given by other parameters than was read; empty: nothing is said."""
    if not isinstance(link.scope, Scope):
        return ""
    names = closure(link.scope, uses(link.left) | uses(link.right))
    laws = [x for x in link.scope.lets if x.what in ("law", "sample", "given") and x.name in names]
    if any(_normal(x.body) for x in laws) and (why := _second(reach, document.words.text)):
        return why
    for let in laws:
        if why := _by_others(document, reach, let.body, let.start) or _in_code(document, link.scope, let):
            return why
        if _RATES.search(let.body) and _by_scale(reach, link, let.name, let.start):
            return "right or wrong of a rate, and the words beside it speak of a scale"
    return ""


def _normal(body: str) -> bool:
    return re.search(r"\\mathcal\s*\{?\s*N|\bN\b|\bNormal|\bGaussian", body) is not None


def _second(reach: Reach, words: str) -> str:
    """What the text says of the second argument of normal laws, if it is not the variance."""
    for m in _NORMALS.finditer(words):
        low, high = reach.sentence(m.start())
        if not _SCRIPTS.search(reach.words(low, high)):
            return "right or wrong of variances, and the text gives normal laws by something else"
    return ""


def _by_scale(reach: Reach, link: Link, name: str, start: int) -> bool:
    """Is a scale spoken of beside a law or a claim about it, where a rate was read?"""
    roles = link.scope.base.parametrised.values() if isinstance(link.scope, Scope) else ()
    if "scale" in roles or "" in roles:
        return False
    for at in (start, link.left.at):
        said = reach.words_of(at)
        if _SCALE.search(said) and not re.search(r"\brate\b", said, _I):
            return True
    return False


_BY_DENSITY: Final = re.compile(
    r"\bdensit(?:y|ies)\b.*\b(?:conventions?|in this (?:paper|note|post|section|book)|contrary to"
    r"|unusual\w*|not the usual)\b"
    r"|\b(?:we say|convention\w*|in this (?:paper|note|post|section|book)|contrary to|we (?:write|mean)|here)\b.*"
    r"\bdensit(?:y|ies)\b",
    _I | re.DOTALL,
)


def _by_others(document: Document, reach: Reach, body: str, start: int) -> str:
    low, high = reach.sentence(reach.place(start))
    if _BY_DENSITY.search(reach.words(low, high)) and any(ord(c) >= SLOT for c in document.words.text[low + 1 : high]):
        return "right or wrong of the law that is usually called so, and the words beside it tell a density"
    m = _LAW.match(body)
    family = _CALLED.get(m["name"]) if m is not None else None
    if m is None or family is None:
        return ""
    inner = re.sub(r"\\(?:left|right|[,;!])", "", body[m.end() :]).strip()
    given = [plain_name(x) for x in inner.strip("()[] .,;").split(",")]
    for k in _ROLE_OF.finditer(document.words.text[low:high]):
        word = (k["role"] or k["role2"]).lower()
        of = plain_name(reach.shown(k["of"] or k["of2"]))
        if of in given and not re.search(_USUAL.get(family, r"(?!)"), word, _I):
            return f"right or wrong of {family} as it is usual, and the words beside it give it by a {word}"
    if family == "Uniform":
        for c in document.words.text[low:high]:
            span = _INTERVAL.fullmatch(reach.shown(c)) if ord(c) >= SLOT else None
            if span is not None and re.search(r"[+-]", span["low"].strip()[1:]) and re.search(r"[+-]", span["high"]):
                return "right or wrong of the ends of an interval, and the words beside it give it by a centre"
    return ""


_CODE: Final = re.compile(
    r"(?<![A-Za-z_])(?P<name>gamma|exponential|expon|normal|norm|Normal)(?:\.rvs)?\((?P<args>[^()\n]{1,120})\)"
)
_RATE_CODE: Final = re.compile(r"torch|pyro|tfd|tensorflow|distributions\.|\b(?:rate|precision)\s*=")


def _in_code(document: Document, scope: Scope, let: Let) -> str:
    """Does a script of the document draw by the same letter as a scale, where a rate or a variance was read?"""
    m = _LAW.match(let.body)
    if m is None:
        return ""
    kind = "rate" if _RATES.search(let.body) else "variance" if _normal(let.body) else ""
    inner = re.sub(r"\\(?:left|right|[,;!])", "", let.body[m.end() :]).strip()
    last = plain_name(inner.strip("()[] .,;").rpartition(",")[2])
    if not kind or last is None or (kind == "rate" and "scale" in scope.base.parametrised.values()):
        return ""
    for k in _CODE.finditer(document.source.text):
        if (k["name"].lower() in ("normal", "norm")) != (kind == "variance"):
            continue
        line = document.source.text[document.source.text.rfind("\n", 0, k.start()) + 1 : k.end()]
        parts = [x.strip() for x in k["args"].split(",")]
        named = next((x.partition("=")[2].strip() for x in parts if x.startswith("scale")), None)
        plain = [x for x in parts if "=" not in x]
        position = 0 if k["name"].startswith("exp") else 1
        value = named if named is not None else plain[position] if len(plain) > position else ""
        same = value.rstrip("_") in (last, {"lambda": "lam"}.get(last, last))
        if same and (kind == "variance" or not _RATE_CODE.search(line)):
            return f"right or wrong of a {kind} {last}, and the code of the document takes it for a scale"
    return ""
