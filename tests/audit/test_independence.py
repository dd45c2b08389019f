"""The auditor is a second opinion only as long as it shares no code with the first."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import symrep

AUDIT = Path(symrep.__file__).parent / "audit"
FILES = sorted(AUDIT.rglob("*.py"))
#: of other packages: polynomials as plain arithmetic, and interval arithmetic
ELSEWHERE = {"sympy.polys.domains", "sympy.polys.rings", "mpmath"}


def imported(path: Path) -> list[str]:
    out: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            out += [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: a relative import"
            out.append(node.module or "")
    return out


def strangers(names: list[str]) -> list[str]:
    return [
        n
        for n in names
        if n.partition(".")[0] not in sys.stdlib_module_names
        and n not in ELSEWHERE
        and not (n == "symrep.audit" or n.startswith("symrep.audit."))
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_it_imports_its_own_and_arithmetic(path: Path) -> None:
    assert strangers(imported(path)) == []


@pytest.mark.parametrize(
    "name", ["symrep.term", "symrep", "flint", "sympy", "sympy.simplify", "numpy", "symrep.auditor"]
)
def test_the_check_sees_strangers(name: str) -> None:
    assert strangers([name]) == [name]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_nothing_is_imported_by_name_at_run_time(path: Path) -> None:
    used = {n.id for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Name)}
    assert not used & {"__import__", "import_module", "eval", "exec", "compile", "globals"}


def test_no_code_of_the_kernel_is_loaded_with_it() -> None:
    code = (
        "import sys, symrep.audit.check;"
        "mine = [m for m in sys.modules if m.startswith('symrep.') and not m.startswith('symrep.audit')];"
        "others = [m for m in sys.modules if m.split('.')[0] in ('flint', 'numpy')];"
        "print(mine, others)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] []"
