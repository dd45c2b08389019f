"""Small scripts that are judged in no time, and the command line as a child process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HEAD = """\
import time
from sympy import exp, log, sqrt
from symrep import E, Expected, Reason, Status, admit, algebra, derivation, function, positive, real
from symrep.distributions import Normal

x, y = real("x y")
s = positive("s")
f = function("f")
"""

GOOD = '''

@derivation(source="Euclid, Elements II.4")
def square():
    """The square of a sum. It has three terms."""
    yield (x + y)**2
    yield x**2 + 2*x*y + y**2, algebra
'''

BAD = '''

@derivation
def bad():
    """Freshman's dream."""
    yield (x + y)**2
    yield x**2 + y**2, algebra
'''

MUST_FAIL = BAD.replace("@derivation", "@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, 2))")
MUST_FAIL_AND_DOES_NOT = GOOD.replace(
    '@derivation(source="Euclid, Elements II.4")',
    "@derivation(expected=Expected(Status.REFUTED, Reason.UNEQUAL, 2))",
).replace("def square", "def fine")

ADMITTED = """

@derivation
def admitted():
    yield exp(2*log(s))
    yield s**2, admit("shown in class")
"""

#: nothing is declared of f, not even that its expectation exists
OPEN = """

@derivation
def open_question():
    yield E(f(x), (x, Normal(y, s)))
    yield E(f(x), (x, Normal(y, s))) + 0, algebra
"""

HANGS = """

@derivation
def hangs():
    yield (x + y)**2
    yield x**2 + 2*x*y + y**2, algebra
    pause = time.sleep(1000)
    yield x, algebra
"""


def write(folder: Path, **scripts: str) -> None:
    for name, body in scripts.items():
        path = folder / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + body, "utf-8")


def symrep(cwd: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from symrep.cli import main; main()", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "COLUMNS": "80", **environment},
    )
