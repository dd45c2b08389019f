"""Hostile documents, made from a seed: nesting, towers, what is never closed, broken bytes, broken notebooks.

Kinds in turn; the same number is always the same document. ``benchmarks/bench_hostile.py`` runs many of them.
"""

# ruff: noqa: E501

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Final

__all__ = ["KINDS", "hostile"]

DATA: Final = Path(__file__).parent / "data"
_PIECES: Final = (
    r"\frac{", r"}{", "}", "{", r"\left(", r"\right)", r"\left", r"\right", "&", r"\\", "=", "^", "_", "^{", "_{", r"\sqrt{",
    r"\int", r"\sum_{i=1}^", r"\mathbb{E}_{", r"\log", "x", "y", r"\sigma", "2", "10", "|", r"\|", ",", "'", "!", r"\begin{align}",
    r"\end{align}", r"\begin{cases}", r"\end{cases}", r"\text{if}", r"\mathcal{N}(", ")", "(", "[", "]", r"\nabla_", r"\partial",
    r"\mathbf{x}", r"^\top", "$", "$$", "%", "#", "~", r"\sim", r"\implies", "\u0000", "\u202e", "\ufeff", "\\", r"\def\a{\a\a}",
)  # fmt: skip


def _nested(r: random.Random) -> tuple[str, bytes]:
    n = r.choice((30, 60, 500, 3000))
    a, b = r.choice(
        ((r"\frac{1}{", "}"), ("(", ")"), (r"\sqrt{", "}"), ("x^{", "}"), ("x_{", "}"), (r"\left(", r"\right)"), ("|", "|"),
         (r"\mathbb{E}[", "]"), (r"\begin{cases} ", r"\end{cases}"), ("-", ""), (r"\bar{", "}"), (r"\nabla_x ", ""))
    )  # fmt: skip
    return "a.md", f"$$y = {a * n}x{b * r.choice((n, n, n // 2, 0))}$$".encode()


def _towers(r: random.Random) -> tuple[str, bytes]:
    t = r.choice(
        ("10^{10^{10^{10}}}", "9" * r.choice((50, 5000, 60_000)), "(10^{9})!", r"\binom{10^9}{10^8}", r"x^{99999999}",
         r"\sum_{i=1}^{10^{12}} i!", r"\prod_{i=1}^{10^9}(1+i)", r"e^{e^{e^{e^{9}}}}", "(((10!)!)!)!", r"(1+x)^{40000}",
         r"\Gamma(10^{15})", "0^{-1}", r"\frac{1}{0}", r"\log 0", r"\int_0^{10^{99}} e^{x^{x^x}} dx", r"(x+y+z)^{500} (x-y)^{300}")
    )  # fmt: skip
    return r.choice(("a.md", "a.tex")), f"$a = {t} = {t} + 1$ and $$b = {t}$$ $$c = b$$ $x = x + {t}$".encode()


def _unclosed(r: random.Random) -> tuple[str, bytes]:
    opening = r.choice(
        ("$", "$$", "\\[", "\\(", "\\begin{align}", "```math\n", "<!--", "<!-- symrep: skip -->", "\\begin{verbatim}", "$`",
         "\\begin{document}", "\\newcommand{\\a}[9]{", "<!-- symrep: assume", "{% highlight %}", "---\n")
    )  # fmt: skip
    return r.choice(("a.md", "a.tex")), (f"text $1 = 1$ {opening} x = x + 1 \n\n" * r.choice((1, 50))).encode()


def _macros(r: random.Random) -> tuple[str, bytes]:
    bodies = (
        r"\def\a{\b}\def\b{\a} $\a = 1$",
        r"\newcommand{\a}{\a\a} $x = \a$",
        "".join(f"\\def\\{chr(97 + i)}z{{\\{chr(98 + i)}z\\{chr(98 + i)}z}}" for i in range(24))
        + r"\def\yz{x} $\az = 1$",
        r"\newcommand{\f}[2]{#1#2#1} $\f{\f{\f{\f{x}{y}}{z}}{u}}{v} = 1$",
        r"\newcommand{\f}[1]{#9} $\f{x} = 1$",
        r"\newcommand{\f}[x]{y} $\f = 1$",
        r"\let\a=\b \let\b=\a $\a$",
        r"\def\a#1#2{#2#1} $\a x = 1$",
        r"\DeclareMathOperator{\eval}{__import__('os').system('exit 1')} $\eval(x) = 1$",
        "\\newcommand{\\a}{" + "x+" * 5000 + "x} $" + r"\a" * 50 + " = 1$",
    )
    return "a.tex", r.choice(bodies).encode()


def _mutated(r: random.Random) -> tuple[str, bytes]:
    name = r.choice(sorted(p.name for p in DATA.iterdir() if p.is_file()))
    data = bytearray((DATA / name).read_bytes()[:4000])
    for _ in range(r.choice((1, 5, 60))):
        i = r.randrange(len(data))
        how = r.randrange(4)
        if how == 0:
            data[i] = r.randrange(256)
        elif how == 1:
            del data[i : i + r.randrange(1, 30)]
        elif how == 2:
            data[i:i] = r.choice(_PIECES).encode()
        else:
            data[i:i] = data[r.randrange(len(data)) :][: r.randrange(200)]
    return name, bytes(data)


def _salad(r: random.Random) -> tuple[str, bytes]:
    n = r.choice((5, 20, 80, 400))
    body = "".join(r.choice(_PIECES) for _ in range(n))
    return r.choice(("a.md", "a.tex")), f"$${body} = {body}$$\n\n${body}$".encode("utf-8", "surrogatepass")


def _lines(r: random.Random) -> tuple[str, bytes]:
    unit = r.choice(
        ("x + ", "a = b = ", r"\alpha ", r"x &= y \\ ", "(x+1)(x-1)", "$x=x$ ", "\\", "`", ">", "    ", "* ", "\t$")
    )
    return r.choice(("a.md", "a.tex")), ("$" + unit * r.choice((200, 3000, 40_000)) + "$").encode()


def _encodings(r: random.Random) -> tuple[str, bytes]:
    text = "Sei $\\sigma > 0$ ä € 😀. $x = x + 1$\n$$y = y$$\n"
    data = r.choice(
        (text.encode("utf-16"), text.encode("utf-16-be"), text.encode("utf-32"), text.encode("cp1252", "replace"),
         b"\xef\xbb\xbf" + text.encode(), b"\xff\xfe\x00", text.encode().replace(b" ", b"\x00"), b"", b"\r\r\r$x=x$\r",
         text.encode()[:-7], bytes(range(256)) * 4, "$x = \U000f0000\ud800$".encode("utf-8", "surrogatepass"),
         "\u2028$x = x$\u2029\u0085$y=y$".encode(), "$\u0440 = p$ $x\u0301 = \u202ey$".encode())
    )  # fmt: skip
    return r.choice(("a.md", "a.tex", "a.ipynb", "a.txt")), data


def _notebooks(r: random.Random) -> tuple[str, bytes]:
    cell = {"cell_type": "markdown", "metadata": {}, "source": ["$x = x$\n", "$$y = y + 1$$"]}
    code = {
        "cell_type": "code", "metadata": {}, "execution_count": 1, "source": ["import os; os.remove('x')"],
        "outputs": [{"output_type": "stream", "name": "stdout", "text": ["$x = x + 1$", "__import__('os').abort()"]}],
    }  # fmt: skip
    whole = json.dumps({"cells": [cell, code, cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    made = (
        whole[: r.randrange(len(whole))],
        whole.replace('"source"', '"sauce"'),
        whole.replace("[", "{", 1),
        '{"cells": null}', '{"cells": [1, null, {}, [], "x"]}', "[]", "null", "3", '{"cells": {"a": 1}}', "[" * 20_000, '{"a":' * 9000,
        json.dumps({"cells": [{"cell_type": "markdown", "source": 5}]}),
        json.dumps({"cells": [{"cell_type": "markdown", "source": [["x"], None, {"a": "$x=y$"}]}]}),
        json.dumps({"cells": [{"cell_type": ["markdown"], "source": "$x = x$"}]}),
        json.dumps({"cells": [cell] * 400}),
        '{"cells": [{"cell_type": "markdown", "source": "\\ud800 $x = x + 1$ \\u0000"}]}',
        '{"cells": [], "cells": [{"cell_type": "markdown", "source": "$x = x + 1$"}]}',
        '{"cells": [{"cell_type": "markdown", "source": "$x = ' + "9" * 5000 + '$"}], "n": 1e999, "m": NaN}',
        whole,
    )  # fmt: skip
    return "a.ipynb", r.choice(made).encode("utf-8", "surrogatepass")


def _pragmas(r: random.Random) -> tuple[str, bytes]:
    said = r.choice(
        ("assume", "assume sigma >", "assume __import__('os') > 0", "function", "function f (smooth=10**10)", "random X ~ Normal(",
         "random X ~ Normal(0, 10**10**10)", "variable " + "a" * 10_000, "variable ../../etc", "ignore next ignore next", "skip",
         "assume x > 0; assume x < 0", "nonsense", "assume " + "(" * 2000, "function f, f, f, (", "random ~ ~ ~")
    )  # fmt: skip
    return "a.md", f"<!-- symrep: {said} -->\n$x = x$ and $$x = x + 1$$\n".encode()


KINDS: Final[tuple[Callable[[random.Random], tuple[str, bytes]], ...]] = (
    _nested, _towers, _unclosed, _macros, _mutated, _salad, _lines, _encodings, _notebooks, _pragmas,
)  # fmt: skip


def hostile(number: int) -> tuple[str, bytes]:
    """A file's name and what is in it."""
    kind = KINDS[number % len(KINDS)]
    return kind(random.Random(f"symrep {number}"))
