"""Claims as input of Maxima, giac and FriCAS: printed from terms, with what each can be told of the symbols.

Every system gets a fair chance: symbols are renamed (nothing collides with its own names), positivity and relations are
assumed where it has assumptions; where it has none (FriCAS), a positive symbol is exp of a free one and a symbol in
(0, 1) is a logistic function of one. What a system has no word for is unread, and counts for nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from symrep.claim import Claim
from symrep.term import free_symbols

__all__ = ["DIALECTS", "Dialect", "Unread", "script"]

Term = tuple[Any, ...]


class Unread(Exception):
    """The system has no word for it, or none that is known here."""


def _calls(*names: str, **renamed: str) -> dict[str, str]:
    return {**{n: n for n in names}, **renamed}


_ELEMENTARY = "exp sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh".split()


@dataclass(frozen=True)
class Dialect:
    """How one system writes things. ``wrap`` makes the script out of names, assumptions and the difference."""

    constants: Mapping[str, str]
    calls: Mapping[str, str]
    infinity: str
    minus_infinity: str
    special: Mapping[str, Callable[..., str]] = field(default_factory=dict)
    derivative: str = "diff({0},{1})"
    integral: str = "integrate({0},{1},{2},{3})"
    sum: str = "sum({0},{1},{2},{3})"


def _step(d: str) -> str:
    return f"((1+({d})/abs({d}))/2)"


_ROUGH: dict[str, Callable[..., str]] = {  # by |·|, which all three know; right off the breakpoints
    "max": lambda a, b: f"((({a})+({b})+abs(({a})-({b})))/2)",
    "min": lambda a, b: f"((({a})+({b})-abs(({a})-({b})))/2)",
}

DIALECTS: dict[str, Dialect] = {
    "maxima": Dialect(
        {"pi": "%pi", "e": "%e", "i": "%i", "euler_gamma": "%gamma"},
        _calls(
            *_ELEMENTARY, "log", "abs", "gamma", "beta", "binomial", "erf", "erfc", "floor", "max", "min",
            sign="signum", loggamma="log_gamma", ceiling="ceiling", erfinv="inverse_erf", besseli="bessel_i",
            besselj="bessel_j", besselk="bessel_k", bessely="bessel_y", zeta="zeta",
        ),
        "inf", "minf",
        {
            "heaviside": lambda a: f"((1+signum({a}))/2)",
            "factorial": lambda a: f"(({a})!)",
            "digamma": lambda a: f"psi[0]({a})",
            "polygamma": lambda n, a: f"psi[{n}]({a})",
        },
    ),
    "giac": Dialect(
        {"pi": "pi", "e": "e", "i": "i", "euler_gamma": "euler_gamma"},
        _calls(
            *_ELEMENTARY, "abs", "sign", "binomial", "erf", "erfc", "floor", "max", "min",
            log="ln", gamma="Gamma", beta="Beta", ceiling="ceil", heaviside="Heaviside", digamma="Psi",
        ),
        "+infinity", "-infinity",
        {
            "loggamma": lambda a: f"ln(Gamma({a}))",
            "factorial": lambda a: f"(({a})!)",
            "polygamma": lambda n, a: f"Psi({a},{n})",
        },
        integral="int({0},{1},{2},{3})",
    ),
    "fricas": Dialect(
        {"pi": "%pi", "e": "%e", "i": "%i"},
        _calls(*_ELEMENTARY, "log", "abs", "digamma", "polygamma", "binomial", "erf", gamma="Gamma", beta="Beta"),
        "%plusInfinity", "%minusInfinity",
        {
            **_ROUGH,
            "sign": lambda a: f"(({a})/abs({a}))",
            "heaviside": _step,
            "erfc": lambda a: f"(1-erf({a}))",
            "loggamma": lambda a: f"log(Gamma({a}))",
            "factorial": lambda a: f"Gamma(({a})+1)",
        },
        derivative="D({0},{1})",
        integral="defint({0},{1}={2}..{3})",
        sum="sum({0},{1}={2}..{3})",
    ),
}  # fmt: skip


class _Printer:
    def __init__(self, dialect: Dialect, names: Mapping[str, str]) -> None:
        self.dialect, self.names = dialect, dict(names)

    def go(self, t: Term) -> str:
        d, head = self.dialect, t[0]
        if head == "num":
            return f"({t[1]}/{t[2]})" if t[2] != 1 else f"({t[1]})"
        if head == "sym":
            return self.names[t[1]]
        if head == "const":
            if t[1] not in d.constants:
                raise Unread(t[1])
            return d.constants[t[1]]
        if head == "inf":
            return d.infinity if t[1] > 0 else d.minus_infinity
        if head in ("add", "mul"):
            return "(" + ("+" if head == "add" else "*").join(map(self.go, t[1:])) + ")"
        if head == "pow":
            return f"(({self.go(t[1])})^({self.go(t[2])}))"
        if head == "fn":
            return self._call(t[1], [self.go(a) for a in t[2:]])
        if head == "piecewise":
            return self._piecewise(t)
        if head == "diff":
            if not self.names[t[2]].startswith("v"):
                raise Unread("a derivative by a symbol that was substituted")
            return d.derivative.format(self.go(t[1]), self.names[t[2]])
        if head in ("integral", "sum"):
            out = t[1]
            for x, _, _ in t[2:]:
                self.names[x] = f"b{len(self.names)}"
            text = self.go(out)
            for x, low, high in t[2:]:
                shape = d.integral if head == "integral" else d.sum
                text = shape.format(text, self.names[x], self.go(low), self.go(high))
            return text
        raise Unread(str(head))

    def _call(self, name: str, arguments: list[str]) -> str:
        if len(arguments) > 2 and name in ("min", "max"):
            return self._call(name, [self._call(name, arguments[:-1]), arguments[-1]])
        if name in self.dialect.special:
            return self.dialect.special[name](*arguments)
        if name not in self.dialect.calls:
            raise Unread(name)
        return f"{self.dialect.calls[name]}({','.join(arguments)})"

    def _piecewise(self, t: Term) -> str:
        """By steps, which is right off the breakpoints; each system gets the steps it simplifies best."""
        out, rest = "0", "1"
        for condition, case in t[1:]:
            step = self._indicator(condition)
            out = f"({out}+{rest}*{step}*({self.go(case)}))"
            rest = f"({rest}*(1-{step}))"
        return out

    def _indicator(self, c: Term) -> str:
        head = c[0]
        if head == "true":
            return "1"
        if head == "not":
            return f"(1-{self._indicator(c[1])})"
        if head in ("and", "or"):
            parts = [self._indicator(x) for x in c[1:]]
            return "*".join(parts) if head == "and" else "(1-" + "*".join(f"(1-{p})" for p in parts) + ")"
        if c[1] in ("==", "!="):
            raise Unread("a case for one point")
        a, b = (c[3], c[2]) if c[1] in ("<", "<=") else (c[2], c[3])
        return self._call("heaviside", [f"(({self.go(a)})-({self.go(b)}))"])


def _assumed(claim: Claim, names: Mapping[str, str], printer: _Printer) -> list[str]:
    out = []
    for n, kind in claim.context.symbols.items():
        v = names[n]
        if kind in ("positive", "positive integer", "unit"):
            out.append(f"{v}>0")
        if kind in ("nonnegative", "nonnegative integer"):
            out.append(f"{v}>=0")
        if kind == "negative":
            out.append(f"{v}<0")
        if kind == "unit":
            out.append(f"{v}<1")
    for _, op, a, b in claim.context.given:
        if op in ("<", "<=", ">", ">="):
            out.append(f"{printer.go(a)}{op}{printer.go(b)}")
    return out


_MAXIMA = (
    "d", "ratsimp(d)", "radcan(d)", "radcan(ratsimp(d))", "trigsimp(d)", "fullratsimp(exponentialize(d))",
    "radcan(exponentialize(d))", "ratsimp(radcan(logcontract(d)))", "ratsimp(minfactorial(makefact(d)))",
    "radcan(minfactorial(makefact(exponentialize(d))))",
)  # fmt: skip
_GIAC = ("d", "normal(d)", "simplify(d)", "ratnormal(lnexpand(d))", "simplify(texpand(d))", "simplify(tsimplify(d))")
_FRICAS = (
    "d",
    "simplify(d)",
    "normalize(d)",
    "normalize(simplify(d))",
    "simplify(expandLog(d))",
    "complexNormalize(d)",
)


def script(system: str, claim: Claim) -> str:
    """A script that prints the line ``RESULT equal`` if one of the system's simplifiers makes the difference 0.

    Raises:
        Unread: the system has no word for something in the claim.
    """
    dialect, context = DIALECTS[system], claim.context
    lhs, rhs = claim.data["lhs"], claim.data["rhs"]
    used = sorted(free_symbols(lhs) | free_symbols(rhs) | set(context.symbols))
    names = {n: f"v{i}" for i, n in enumerate(used)}
    if system == "fricas":
        kinds = context.symbols
        shapes = {"positive": "exp({0})", "unit": "(exp({0})/(1+exp({0})))", "negative": "(-exp({0}))"}
        derived = _by(lhs) | _by(rhs)
        plain = dict(names)
        names = {n: shapes.get(kinds.get(n, ""), "{0}").format(v) if n not in derived else v for n, v in names.items()}
        ranged = _positive(context.given) - derived
        names = {n: f"exp({plain[n]})" if n in ranged and kinds.get(n) == "real" else v for n, v in names.items()}
    printer = _Printer(dialect, names)
    d = f"({printer.go(lhs)})-({printer.go(rhs)})"
    if system == "maxima":
        head = [f"declare({names[n]},integer)$" for n, k in context.symbols.items() if "integer" in k]
        head += [f"errcatch(assume({a}))$" for a in _assumed(claim, names, printer)]
        head += ["gamma_expand:true$", "simpsum:true$", f"d:{d}$", "done:false$"]
        tries = [
            f'if not done then errcatch(if is(equal({t},0))=true then (done:true,print("RESULT equal")))$'
            for t in _MAXIMA
        ]
        return "\n".join([*head, *tries, "quit()$"]) + "\n"
    if system == "giac":
        head = [f"assume({names[n]},integer);" for n, k in context.symbols.items() if "integer" in k]
        boxes: dict[str, list[str]] = {}
        for a in _assumed(claim, names, printer):
            v = a.split("<")[0].split(">")[0]
            boxes.setdefault(v if v in names.values() else "", []).append(a)
        boxes.pop("", None)
        head += [f"assume({' and '.join(b)});" for b in boxes.values()]
        tries = [f'if (done==0) {{ if (({t})==0) {{ done:=1; print("RESULT equal"); }} }}' for t in _GIAC]
        return "\n".join([*head, "done:=0;", f"d:={d};", *(f"{t};" for t in tries)]) + "\n"
    tries = [f'if not done then if ({t})=0 then (done := true; output("RESULT equal"))' for t in _FRICAS]
    head = [")set messages autoload off", ")set break resume", "done : Boolean := false"]
    if "defint" in d:
        head.append('defint(f, s) == (r := integrate(f, s, "noPole"); r case f1 => r.f1; error "no value")')
    return "\n".join([*head, f"d : Expression Integer := {d}", *tries, ")quit"]) + "\n"


def _by(t: Term) -> set[str]:
    """Symbols that something is differentiated by, which cannot be replaced."""
    out = {t[2]} if t[0] == "diff" else set()
    for c in t:
        if isinstance(c, tuple) and c:
            out |= _by(c)
    return out


def _positive(given: Any) -> set[str]:
    """Symbols with a lower bound that is no less than 0."""
    out = set()
    for _, op, a, b in given:
        if a[0] == "num":
            a, b, op = b, a, {"<": ">", "<=": ">="}.get(op, "")
        if a[0] == "sym" and b[0] == "num" and op in (">", ">=") and b[1] >= 0:
            out.add(a[1])
    return out
