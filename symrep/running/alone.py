"""Whether what a script says depends on nothing but its own text, symrep and the libraries: then it is stored whole.

Two looks, and both have to find nothing. The text: it imports only symrep, SymPy and modules of the standard library
that compute, and calls nothing that reads, waits or evaluates text. And what happens while it runs: no file is read
that is not part of Python or symrep, no module is loaded that is not listed, no process or connection is begun. What
a script wants to hide it can hide; it is code its reader chose to run, and could as well lie about its lines.
"""

from __future__ import annotations

import ast
import os
import sys
from pathlib import Path
from typing import Any, Final, final

__all__ = ["Alone", "plain_text"]

_ROOT: Final = str(Path(__file__).resolve().parents[1]) + os.sep
_LIBRARIES: Final = frozenset({"dill", "flint", "gmpy2", "latexify", "mpmath", "numpy", "scipy", "sympy"})

#: what a script may import
_MODULES: Final = frozenset(
    "__future__ abc cmath collections dataclasses decimal enum fractions functools itertools math mpmath numbers "
    "operator string sympy symrep textwrap typing".split()
)
_OF_OURS: Final = ("symrep", "symrep.distributions")

#: names with which one reads, waits, or makes code of text
_NAMES: Final = frozenset(
    "__builtins__ __import__ __loader__ __spec__ breakpoint compile eval exec getattr globals hash id input locals "
    "open setattr vars".split()
)
#: attributes that lead out of a module that may be imported
_ATTRIBUTES: Final = frozenset("os sys time random environ modules running commands __dict__ __globals__".split())

_EVENTS: Final = (
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "socket.connect",
    "socket.bind", "socket.getaddrinfo", "urllib.Request", "ftplib.connect", "http.client.connect",
)  # fmt: skip

#: a file that is opened like this was not there before
_NEW: Final = os.O_CREAT | os.O_EXCL


def plain_text(text: str) -> bool:
    """Does the text of a script use nothing whose result may differ from one run to the next?"""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return all(map(_plain, ast.walk(tree)))


def _plain(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return all(_importable(a.name) for a in node.names)
    if isinstance(node, ast.ImportFrom):
        if node.level or node.module is None or not _importable(node.module):
            return False
        return all(a.name not in _NAMES | _ATTRIBUTES for a in node.names)
    if isinstance(node, ast.Name):
        return node.id not in _NAMES
    if isinstance(node, ast.Attribute):
        return node.attr not in _ATTRIBUTES
    return True


def _importable(name: str) -> bool:
    root = name.partition(".")[0]
    return root in _MODULES and (root != "symrep" or name in _OF_OURS)


@final
class Alone:
    """Looks on while a script runs, in a process that runs nothing else; it cannot be taken off again."""

    def __init__(self, script: str, also: str = "") -> None:
        """``also``: a folder whose files may be read, too: the store's."""
        self.broken = ""
        self._script = os.path.realpath(script)
        self._may_read = (_ROOT, *_python(), "/proc/", *([os.path.realpath(also) + os.sep] if also else ()))
        self._before = frozenset(sys.modules)  # looking up the folders has loaded some, too
        sys.addaudithook(self._look)

    def _look(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.broken:
            return
        if event == "open":
            name, _, flags = arguments
            if isinstance(name, (str, bytes)) and flags & _NEW != _NEW:
                path = os.path.realpath(os.fsdecode(name))
                if path not in (self._script, os.devnull) and not path.startswith(self._may_read):
                    self.broken = f"it reads {path}"
        elif event in _EVENTS:
            self.broken = event

    def found(self) -> str:
        """What the script depends on besides; empty if nothing was seen."""
        if self.broken:
            return self.broken
        folder = os.path.dirname(self._script) + os.sep
        for name in sorted(set(sys.modules) - self._before):
            root = name.partition(".")[0]
            if name.startswith("symrep_script_") or sys.modules[name] is sys.modules.get("__main__"):
                continue  # multiprocessing gives the main module a second name
            file = getattr(sys.modules[name], "__file__", None)
            known = root in _LIBRARIES or root == "symrep" or root in sys.stdlib_module_names
            known = known or root.startswith("_cython_")  # what compiled modules share
            if not known or (isinstance(file, str) and not _ROOT.startswith(folder) and file.startswith(folder)):
                return f"it imports {name}"
        return ""


def _python() -> tuple[str, ...]:
    """Where Python and its packages are."""
    import sysconfig

    names = ("stdlib", "platstdlib", "purelib", "platlib")
    archives = [p for p in sys.path if p.endswith(".zip")]  # looked for even where there is none
    return tuple({*archives, *(os.path.realpath(sysconfig.get_path(n)) + os.sep for n in names)})
