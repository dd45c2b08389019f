r"""The number a formula says, read from its LaTeX alone: an independent check on parentheses.

Strict on purpose: what a reader could take in two ways (1/2x, \log x y, two numbers side by side, a sign after an
operator, a power of a power) is an error, not a guess.
"""

from __future__ import annotations

import cmath
import re
from collections.abc import Mapping

TOKEN = re.compile(r"\\left|\\right|\\[A-Za-z]+|\\.|\d+\.\d+|\d+|[A-Za-z]|\S")
FUNCTIONS = {r"\exp": cmath.exp, r"\sin": cmath.sin, r"\cos": cmath.cos}


class Ambiguous(Exception):
    pass


def clean(v: complex) -> complex:
    """Without a negative zero, which would put a real number on the wrong side of a branch cut."""
    return complex(v.real, 0.0) if v.imag == 0 else v


class Reader:
    def __init__(self, tex: str, values: Mapping[str, complex]) -> None:
        tex = re.sub(r"\\(,|;| )", " ", tex)
        self.tokens = TOKEN.findall(tex)
        self.values = values
        self.i = 0

    def peek(self) -> str:
        return self.tokens[self.i] if self.i < len(self.tokens) else ""

    def take(self, what: str = "") -> str:
        t = self.peek()
        if what and t != what:
            raise Ambiguous(f"wanted {what}, saw {t or 'the end'} at {self.i}")
        self.i += 1
        return t

    def sum(self) -> complex:
        total = self.signed()
        while self.peek() in ("+", "-"):
            op = self.take()
            if self.peek() in ("+", "-"):
                raise Ambiguous("two signs in a row")
            t = self.term()
            total = total + t if op == "+" else total - t
        return total

    def signed(self) -> complex:
        if self.peek() == "-":
            self.take()
            if self.peek() == "-":
                raise Ambiguous("two signs in a row")
            return -self.term()
        return self.term()

    def starts_factor(self) -> bool:
        t = self.peek()
        return bool(t) and (t[0].isalnum() or t in ("(", r"\left") or (t[0] == "\\" and t not in (r"\right", r"\cdot")))

    def term(self) -> complex:
        out, kind = self.factor()
        while True:
            if kind == "open" and self.starts_factor():
                raise Ambiguous("something after an open function")
            if self.peek() == r"\cdot":
                self.take()
                v, kind = self.factor()
                out *= v
            elif self.peek() == "/":
                self.take()
                v, kind = self.factor()
                out /= v
                if self.starts_factor() or self.peek() in ("/", r"\cdot"):
                    raise Ambiguous("something after a/b")
            elif self.starts_factor():
                before = kind
                if before in ("number", "fraction") and re.match(r"\d", self.peek()):
                    raise Ambiguous("two numbers in a row")
                if before == "number" and self.peek() == r"\frac":
                    raise Ambiguous("a mixed number")
                v, kind = self.factor()
                out *= v
            else:
                return out

    def group(self) -> complex:
        if self.peek() == "{":
            self.take()
            v = self.sum()
            self.take("}")
            return v
        t = self.take()
        if len(t) > 1 and t[0] != "\\":
            raise Ambiguous("a script of several characters without braces")
        return self.leaf(t)

    def leaf(self, t: str) -> complex:
        if re.match(r"\d", t):
            return complex(float(t))
        if t in self.values:
            return self.values[t]
        raise Ambiguous(f"unknown {t}")

    def fenced(self) -> complex:
        left = self.take() == r"\left"
        if left:
            fence = self.take()
            v = self.sum()
            self.take(r"\right")
            self.take({"(": ")", "|": "|"}[fence])
            return abs(v) if fence == "|" else v
        v = self.sum()
        self.take(")")
        return v

    def factor(self) -> tuple[complex, str]:
        v, kind = self.base()
        if self.peek() == "^":
            if kind in ("fraction", "open", "function", "root"):
                raise Ambiguous(f"a power of a {kind}")
            self.take()
            v = clean(v) ** clean(self.group())
            kind = "power"
            if self.peek() == "^":
                raise Ambiguous("a power of a power")
        return v, kind

    def base(self) -> tuple[complex, str]:
        t = self.peek()
        if t in ("(", r"\left"):
            return self.fenced(), "bracket"
        self.take()
        if t == r"\frac":
            top = self.group()
            return top / self.group(), "fraction"
        if t == r"\sqrt" and self.peek() == "[":
            self.take()
            degree = float(self.take())
            self.take("]")
            return clean(self.group()) ** (1 / degree), "root"
        if t == r"\sqrt":
            return cmath.sqrt(clean(self.group())), "root"
        if t == r"\log":
            if self.peek() in ("(", r"\left"):
                return cmath.log(clean(self.fenced())), "function"
            return cmath.log(clean(self.factor()[0])), "open"
        if t in FUNCTIONS:
            return FUNCTIONS[t](self.fenced()), "function"
        if t == "e" and self.peek() == "^":
            return cmath.e, "letter"
        return self.leaf(t), "number" if t[0].isdigit() else "letter"


def value(tex: str, values: Mapping[str, complex]) -> complex:
    """
    Raises:
        Ambiguous: more than one way to read it, or none.
    """
    r = Reader(tex, values)
    out = r.sum()
    if r.peek():
        raise Ambiguous(f"left over: {r.tokens[r.i :]}")
    return out
