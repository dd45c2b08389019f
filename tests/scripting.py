"""Scripts written on the spot."""

from __future__ import annotations

import itertools
import textwrap
from pathlib import Path
from types import ModuleType

from symrep.session import load

HEAD = """\
from sympy import *
from symrep import *
from symrep.distributions import *
x, y, z, mu, a, b, eps = real("x y z mu a b epsilon")
s, w = positive("s w")
n = positive_integer("n")
f = function("f", smooth=1, growth=2)
"""
BEFORE = len(HEAD.splitlines())
_number = itertools.count()


def write(folder: Path, body: str, head: str = HEAD) -> Path:
    path = folder / f"script_{next(_number)}.py"
    path.write_text(head + textwrap.dedent(body).lstrip("\n"), encoding="utf-8")
    return path


def script(folder: Path, body: str, head: str = HEAD) -> ModuleType:
    return load(write(folder, body, head))


def chain(*yields: str, decorator: str = "@derivation", name: str = "it") -> str:
    return "\n".join([decorator, f"def {name}():", *(f"    yield {line}" for line in yields)]) + "\n"
