"""Prose of the usual kind: *where h is a strictly increasing function*, *for a positive integer n*.

What is recognised is a guess, kept with its words; what is not is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from symrep.checking.facts import GREEK, Fact, plain_name
from symrep.checking.names import latex_name
from symrep.reading.documents import SLOT, Document

__all__ = ["MANY", "ONE", "STANDARD_NORMAL", "names_in", "read_prose", "shown"]

_SLOT: Final = rf"[\U{SLOT:08x}-\U000ffffd]"
_LETTER: Final = rf"(?<![\w\\])[A-Za-z{''.join(GREEK)}](?![\w'’-])"
ONE: Final = rf"(?:{_SLOT}|{_LETTER})"
MANY: Final = rf"{ONE}(?:(?:\s?,\s?(?:and\s)?|\sand\s|\sor\s){ONE}){{0,6}}"
_BE: Final = r"(?:is|are|be|being|denotes?|to be|as)"
_DET: Final = r"(?:(?:a|an|any|some|the|given|fixed|known|arbitrary|two|three|all|each|every|both)\s){0,3}"

#: words of a kind -> kind
_KINDS: Final = {
    "positive integer": "positive integer",
    "natural number": "positive integer",
    "non-negative integer": "nonnegative integer",
    "nonnegative integer": "nonnegative integer",
    "integer-valued": "integer",
    "integer": "integer",
    "whole number": "integer",
    "strictly positive": "positive",
    "positive real": "positive",
    "positive": "positive",
    "non-negative": "nonnegative",
    "nonnegative": "nonnegative",
    "strictly negative": "negative",
    "negative": "negative",
    "non-zero": "nonzero",
    "nonzero": "nonzero",
    "real number": "real",
    "real": "real",
    "complex number": "complex",
    "complex": "complex",
    "probability": "unit",
    "probabilities": "unit",
}
_NOUN: Final = (
    r"(?:\s(?:real|number|integer|constant|parameter|scalar|value|variable|quantity|quantitie|scale|rate|shape)s?)?"
)
_KIND: Final = rf"(?P<kind>{'|'.join(sorted(map(re.escape, _KINDS), key=len, reverse=True))})s?{_NOUN}"

_TRAITS: Final = (
    (
        r"(?:strictly|monotonically|strictly monotonically|monotone)\s(?:increasing|decreasing)|increasing|decreasing",
        None,
    ),
    (r"continuously differentiable", ("smooth", 1)),
    (r"twice (?:continuously )?differentiable", ("smooth", 2)),
    (r"infinitely (?:often )?differentiable|(?<!\w)smooth", ("smooth", 8)),
    (r"differentiable", ("smooth", 1)),
    (r"continuous", ("smooth", 0)),
    (r"bounded", ("growth", 0)),
)
_TRAIT: Final = "|".join(f"(?:{p})" for p, _ in _TRAITS)
_ALSO: Final = (
    r"(?:real|invertible|bijective|one-to-one|scalar|measurable|convex|deterministic|also|real-valued|univariate)\b"
)
_FILL: Final = rf"(?:\s?,\s?|\s(?:and|but|or)\s|\s{_ALSO}|\s)"
_BARE: Final = r"(?:invertible|bijective|one-to-one|deterministic|real-valued|scalar)"
#: said of numbers too: with a scalar β
_MUTE: Final = r"(?:deterministic|real-valued|scalar)"
_TRAITED: Final = rf"(?P<traits>(?:(?:{_TRAIT}|{_BARE}){_FILL}{{1,3}}){{0,5}}(?:{_TRAIT}|{_BARE}))"
_FUNCTION: Final = r"(?:functions?|maps?|mappings?|transforms?|transformations?|bijections?)"

_COUNTED: Final = (
    r"(?:samples|observations|trials|(?:data\s)?points|draws|terms|steps|classes|categories|dimensions|successes|failures|"
    r"events|components|clusters|particles|layers|examples|variables|iterations|states|experts|tokens|heads)"
)
#: laws of which shapes, scales and rates are positive
_FAMILIES: Final = (
    r"exponential|gamma|weibull|laplace|pareto|poisson|gompertz|erlang|inverse-gamma|logistic|cauchy|rayleigh"
)
_SAID: Final = rf"(?P<names>{MANY})\s{_BE}\s(?:both\s|all\s)?{_DET}"
_PATTERNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (what, re.compile(pattern, re.IGNORECASE))
    for what, pattern in (
        ("kind", rf"{_SAID}{_KIND}(?![\w-])(?!\s(?:or|definite|semi|density|function|correl|mass))"),
        ("kind", rf"(?<![\w-]){_KIND}\s(?P<names>{MANY})"),
        (
            "kind",
            rf"(?P<names>{MANY})\s(?:a|an|two|three|all|both)\s{_KIND}(?![\w-])(?!\s(?:or|definite|semi"
            rf"|density|function|correl|mass))",
        ),
        # a Gamma law with shape k and rate θ
        ("scale", rf"\b(?:{_FAMILIES})\b[^.;]{{0,80}}?\b(?:shape|scale|rate)(?:\sparameter)?\s(?P<names>{_SLOT})"),
        (
            "scale",
            rf"\b(?:{_FAMILIES})\b[^.;]{{0,80}}?\b(?:shape|scale|rate)(?:\sparameter)?\s{_SLOT}[^.;]{{0,12}}?\sand\s"
            rf"(?:a\s)?(?:shape|scale|rate)(?:\sparameter)?\s(?P<names>{_SLOT})",
        ),
        ("square", rf"\bvariances?\s(?P<names>{_SLOT})"),
        ("count", rf"{_SAID}number\sof\s(?:[\w-]+\s){{0,2}}?{_COUNTED}(?![\w-])"),
        ("count", rf"\bnumber\sof\s(?:[\w-]+\s){{0,2}}?{_COUNTED}\s(?P<names>{ONE})"),
        (
            "function",
            rf"{_SAID}(?!{_MUTE}\b(?!{_FILL}{{1,3}}(?:{_TRAIT}|{_BARE}|{_FUNCTION}))){_TRAITED}(?![\w-])"
            rf"(?!\s(?:random|uni|multi|prob|dist|var))(?:\s{_FUNCTION})?",
        ),
        ("function", rf"(?<![\w-])(?!{_MUTE}\s{_SLOT}){_TRAITED}\s(?:{_FUNCTION}\s)?(?P<names>{MANY})"),
        ("matrix", rf"{_SAID}(?:[^\s,.;]+\s){{0,4}}matri(?:x|ces)(?![\w-])"),
        ("matrix", rf"(?<![\w-])matri(?:x|ces)\s(?P<names>{MANY})"),
        (
            "matrix",
            rf"\b(?:let|with|for|given|where)\s(?P<names>{MANY})\s(?:a|an"
            rf"|two)\s(?:[^\s,.;]+\s){{0,5}}matri(?:x|ces)(?![\w-])",
        ),
        ("density", rf"{_SAID}(?:\w+\s){{0,2}}(?:probability\s)?density(?:\sfunctions?)?(?![\w-])"),
        ("plain", rf"{_SAID}(?:\w+\s){{0,2}}{_FUNCTION}(?![\w-])"),
    )
)
_HAS: Final = rf"(?P<names>{MANY})\s(?:is|are|be|to be|has|have|follows?)\s{_DET}"
#: X and Y are independent and exponential with rates a and b
_EACH: Final = rf"(?P<names>{MANY})\s(?:is|are|be|have)\s(?:(?:both|two|independent|independently|and|,)\s){{0,3}}"
_RATES: Final = rf"(?:respective\s)?(?:rates|parameters|intensities)\s(?P<a>{MANY})"
#: with U uniform on (0, 1)
_BEING: Final = rf"\b(?:with|for|where|let|take|given|and)\s(?P<names>{ONE})\s"
_AS_LAW: Final = r"(?:\s(?:distribution|law|random variables?|distributed))?,?\s(?:with\s)?"
#: φ is the standard normal density: no variable
_NO_DENSITY: Final = (
    r"(?!\s(?!with\b|and\b)(?:\w+\s){0,2}(?:densit|pdf|cdf|p\.d\.f|c\.d\.f|distribution\sfunction|cumulative|law))"
    r"(?![\w-])"
)
_VALUE: Final = rf"(?:{ONE}|[0-9])"
_SPREAD: Final = rf"(?P<what>variance|standard deviation)\s(?P<b>{_VALUE})"
_ON: Final = rf"uniform(?:ly)?{_AS_LAW}(?:on|over|in|between)\s(?:the\s)?(?:unit\s)?(?:interval\s)?(?P<a>{_SLOT})"
_LAWS: Final[tuple[tuple[str, str, re.Pattern[str]], ...]] = tuple(
    (family, order, re.compile(pattern, re.IGNORECASE))
    for family, order, pattern in (
        ("Normal", "ms", rf"{_HAS}(?:normally|normal|gaussian){_AS_LAW}mean\s(?P<a>{_VALUE})\sand\s(?:a\s)?{_SPREAD}"),
        ("Normal", "01", rf"{_HAS}(?:independent\s|i\.?i\.?d\.?\s)?standard\s(?:normals?|gaussians?){_NO_DENSITY}"),
        ("Exponential", "1", rf"{_HAS}exponential(?:ly)?{_AS_LAW}(?:rate|parameter)\s(?P<a>{_VALUE})"),
        ("Poisson", "1", rf"{_HAS}poisson{_AS_LAW}(?:mean|rate|parameter|intensity)\s(?P<a>{_VALUE})"),
        (
            "Exponential",
            "each",
            rf"{_EACH}exponential(?:ly)?{_AS_LAW}{_RATES}",
        ),
        (
            "Poisson",
            "each",
            rf"{_EACH}poisson{_AS_LAW}{_RATES}",
        ),
        ("Uniform", "01", rf"{_HAS}standard\suniform"),
        ("Uniform", "interval", _HAS + _ON),
        ("Uniform", "interval", _BEING + _ON),
    )
)
#: (0, 1), [a, b]: two numbers or names
_INTERVAL: Final = re.compile(
    r"\s*(?:\\left\s*)?[\[(]\s*(?P<a>-?\s*(?:\d+|\\?[A-Za-z]+))\s*,(?:\s|\\[,;])*"
    r"(?P<b>-?\s*(?:\d+|\\?[A-Za-z]+))\s*(?:\\right\s*)?[\])]\s*"
)
_OF: Final = re.compile(rf"\sof\s(?:the\s)?(?:\w+\s){{0,3}}{ONE}")
_NEGATED: Final = re.compile(
    r"\b(?:not|never|non|no longer|nowhere|neither|nor|isn['’]t|aren['’]t|without|unless|if|whether)\b", re.IGNORECASE
)
_IF: Final = re.compile(r"\bif\b", re.IGNORECASE)
#: what is said is said of something else: the logarithm of x is positive, one of x and y is
_GOVERNED: Final = re.compile(
    r"(?:\b(?:of|to|between|among|given|on|at|from|by|than|under|over|within|near|around|like|through|along"
    r"|behind|against|"
    r"into|in)\s(?:(?:the|a|an|our|these|those|two|both|all|each|random|real|independent)\s){0,3}(?:(?:variables?|"
    r"numbers?|quantit(?:y|ies)|parameters?|vectors?|constants?|values?|points?)\s)?|(?:either|neither|one of"
    r"|some of|any of)\s|"
    r"\b(?:probability|chance|odds|event|possibility|hypothesis|question|idea|belief|likelihood)\sthat\s)\Z",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    r"\A\s?,?\s?(?:or\s(?:on|over|in|else)\b|(?:for|under|among)\s(?:the\s|all\s)?\w{2,}|with probability"
    r"|(?:only\s)?(?:if|when|whenever|unless|in case)\b)",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[^.;:!?\n]+(?:\n(?!\s*\n)[^.;:!?\n]*)*")
_MOST: Final = 4000
#: a link of Markdown, and its words
_LINK: Final = re.compile(r"\[([^\[\]]{0,200})\]\([^()\s]{0,200}\)")
#: g(x), g: A → B: a function with what it is of
_MAP: Final = re.compile(
    r"\A\s*([A-Za-z])\s*(?:\(\s*\\?([A-Za-z]+)\s*\)|:.*\\(?:to|rightarrow|longrightarrow)\b.*)\s*\Z", re.DOTALL
)
_SQUARE: Final = re.compile(r"\s*(?P<name>\\?[A-Za-z]+(?:_\w|_\{\w{1,6}\})?)\s*\^\s*\{?2\}?\s*")
STANDARD_NORMAL: Final = re.compile(
    r"standard\s(?:normal|gaussian)\s(?:\w+\s){0,2}(?:densit|pdf|p\.d\.f|distribution|cdf|c\.d\.f)"
    r"|(?:densit(?:y|ies)|pdf|p\.d\.f\.?|distribution\sfunctions?|cdf|c\.d\.f\.?)(?:\sfunctions?)?\sof\s(?:a|an|the)\s"
    r"standard\s(?:normal|gaussian)",
    re.IGNORECASE,
)
_DOTS: Final = frozenset(("dots", "ldots", "cdots"))


def read_prose(document: Document) -> list[Fact]:
    """What the words of a document say about its names."""
    out: list[Fact] = []
    text = document.words.text
    for m in _SENTENCE.finditer(text):
        if m.end() - m.start() > _MOST:
            continue
        sentence = re.sub(r"[~\s]", " ", m.group())
        sentence = re.sub(r"\\(?:emph|textit|textbf|textrm|text)\{", lambda k: " " * len(k.group()), sentence)
        sentence = _LINK.sub(lambda k: " " + k[1] + " " * (len(k.group()) - len(k[1]) - 1), sentence)
        sentence = re.sub(r"[*_}\\]", " ", sentence)
        squeezed, places = _squeezed(sentence)
        for fact, start, end in _facts(document, squeezed):
            a, b = document.words.source(m.start() + places[start], m.start() + places[end - 1] + 1)
            said = " ".join(shown(document, squeezed[start:end]).split())
            out.append(Fact(fact.what, fact.name, fact.value, fact.traits, said, a, b))
    return out


def _squeezed(sentence: str) -> tuple[str, list[int]]:
    """With single blanks, and where each character stood."""
    chars: list[str] = []
    places: list[int] = []
    for i, c in enumerate(sentence):
        if c == " " and chars and chars[-1] == " ":
            continue
        chars.append(c)
        places.append(i)
    return "".join(chars), places


def _facts(document: Document, sentence: str) -> Iterator[tuple[Fact, int, int]]:
    for family, order, pattern in _LAWS:
        for m in pattern.finditer(sentence):
            if order == "each":
                if not _negated(sentence, m) and not _of_others(sentence, m):
                    yield from ((f, m.start(), m.end()) for f in _each(document, family, m))
                continue
            law = None if _of_others(sentence, m) else _law(document, family, order, m)
            if law is not None and (not _negated(sentence, m) or _supposed(sentence, m)):
                for name in names_in(document, m["names"]):
                    loose = _negated(sentence, m) or _BEHIND.match(sentence[m.end() :]) is not None
                    yield Fact("law if" if loose else "law", name, law), m.start(), m.end()
    for what, pattern in _PATTERNS:
        for m in pattern.finditer(sentence):
            if _negated(sentence, m) or _of_others(sentence, m):
                continue
            number = what in ("kind", "count", "scale")
            names = _deviation(document, m["names"]) if what == "square" else names_in(document, m["names"], number)
            if what in ("density", "plain", "function") and STANDARD_NORMAL.search(sentence[m.start() : m.end() + 80]):
                names = [n for n in names if n not in ("phi", "varphi", "Phi")]
            for name in names:
                if what == "count":
                    yield Fact("kind", name, "nonnegative integer"), m.start(), m.end()
                elif what in ("scale", "square"):
                    yield Fact("kind", name, "positive"), m.start(), m.end()
                elif what == "kind":
                    yield Fact("kind", name, _KINDS[m["kind"].lower()]), m.start(), m.end()
                elif what == "function":
                    yield Fact("function", name, traits=_traits(m["traits"])), m.start(), m.end()
                elif what == "matrix":
                    yield Fact("matrix", name), m.start(), m.end()
                elif what == "density":
                    yield Fact("density", name), m.start(), m.end()
                elif not (_OF.match(sentence, m.end()) and _variable(document, name)):  # Y is a function of X
                    yield Fact("function", name), m.start(), m.end()


def _variable(document: Document, name: str) -> bool:
    """Is it a random variable by its letter, Y = g(X) in some formula, and never before a bracket?

    What depends on x and is not spelled out is no number before an integral over x.
    """
    latex = re.escape(latex_name(name))
    bracket = re.compile(rf"(?<![A-Za-z\\_]){latex}\s*'*\s*(?:\\[a-zA-Z!,]*\s*)?[\[(]")
    defined = re.compile(rf"(?:\A|[&\n,;=])\s*{latex}\s*=")
    texts = [f.body.text for f in document.formulas]
    return name[:1].isupper() and any(map(defined.search, texts)) and not any(map(bracket.search, texts))


def _negated(sentence: str, m: re.Match[str]) -> bool:
    """Is it said that it does not hold, or only asked? Words between the name and the kind count, and those before."""
    before = sentence[max(0, m.start() - 25) : m.start()]
    return _NEGATED.search(m.group()) is not None or _NEGATED.search(before) is not None


def _of_others(sentence: str, m: re.Match[str]) -> bool:
    """Is it said of something else than the names, or of one of them and nobody knows which?"""
    first = m.start("names") == m.start()
    return (first and _GOVERNED.search(sentence[: m.start()]) is not None) or re.search(
        r"\bor\b", m["names"]
    ) is not None


def _supposed(sentence: str, m: re.Match[str]) -> bool:
    """Does nothing but an *if* before it stand against it?"""
    before = _IF.sub("", sentence[max(0, m.start() - 25) : m.start()])
    return _NEGATED.search(m.group()) is None and _NEGATED.search(before) is None


def names_in(document: Document, text: str, numbers: bool = False) -> list[str]:
    """The names in some words; of x, p(x) and q(x) those of the functions, unless it is said of ``numbers``: the
    probability P(A)."""
    out, arguments = [], set()
    for m in re.finditer(ONE, text):
        latex = shown(document, m.group())
        mapped = _MAP.match(latex)
        if mapped is not None and mapped[2]:
            arguments.add(mapped[2])
        for part in [latex] if mapped is not None else latex.split(","):
            name = plain_name(_MAP.sub(r"\1", part))
            if numbers and name is not None and mapped is not None:
                continue
            if name is not None and name not in _DOTS and (name not in ("a", "A", "I") or ord(m.group()[0]) >= SLOT):
                out.append(name)
    return [n for n in out if n not in arguments]


def shown(document: Document, text: str) -> str:
    """Words with the formulas in them written out."""
    n = len(document.formulas)
    return "".join(document.formulas[ord(c) - SLOT].body.text.strip() if SLOT <= ord(c) < SLOT + n else c for c in text)


def _traits(text: str) -> tuple[tuple[str, int | str], ...]:
    out: dict[str, int | str] = {}
    rest = text.lower()
    for pattern, trait in _TRAITS:
        m = re.search(pattern, rest)
        if m is None:
            continue
        rest = rest[: m.start()] + " " * len(m.group()) + rest[m.end() :]
        if trait is None:
            out["monotone"] = "increasing" if "increasing" in m.group() else "decreasing"
        elif trait[0] == "smooth":
            out["smooth"] = max(int(out.get("smooth", 0)), trait[1])
        else:
            out[trait[0]] = trait[1]
    if re.search("invertible|bijective|one-to-one|bijection", text.lower()):
        out["invertible"] = 1
    if "growth" in out:  # that f is bounded says nothing of its derivatives
        out["smooth"] = 0 if int(out.get("smooth", 0)) == 0 else out["smooth"]
        if int(out["smooth"]) > 0:
            del out["growth"]
    return tuple(sorted(out.items()))


def _deviation(document: Document, text: str) -> list[str]:
    """The s of a variance s²."""
    m = _SQUARE.fullmatch(shown(document, text))
    name = plain_name(m["name"]) if m is not None else None
    return [] if name is None or name.startswith(("sigma", "tau")) else [name]


def _each(document: Document, family: str, m: re.Match[str]) -> Iterator[Fact]:
    """A law for each of several variables, their parameters in the same order."""
    names, values = names_in(document, m["names"]), [shown(document, s) for s in re.findall(ONE, m["a"])]
    if len(names) == len(values):
        for name, value in zip(names, values, strict=True):
            yield Fact("law", name, rf"\text{{{family}}}({value})")


def _law(document: Document, family: str, order: str, m: re.Match[str]) -> str | None:
    if order == "interval":
        ends = _INTERVAL.fullmatch(shown(document, m["a"]))
        return rf"\text{{{family}}}({ends['a']}, {ends['b']})" if ends is not None else None
    if order == "01":
        return rf"\text{{{family}}}(0, 1)"
    a = shown(document, m["a"])
    if order == "1":
        return rf"\text{{{family}}}({a})"
    b = shown(document, m["b"])
    if m["what"].lower().startswith("standard"):
        b = rf"({b})^2"
    return rf"\mathcal{{N}}({a}, {b})"
