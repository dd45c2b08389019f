"""What the project promises of itself: light imports, no evaluated text, a small kernel, an honest lazy package."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module, metadata
from pathlib import Path

import pytest

import symrep

PACKAGE = Path(symrep.__file__).parent
ROOT = PACKAGE.parent
FILES = sorted(PACKAGE.rglob("*.py"))
MAX_LINES = 450

#: words that turn text into code. Of SymPy's, ``sympify(x, strict=True)`` is allowed, it refuses text; so is ``S`` on
#: literal numbers and as a namespace (``S.Half``)
EVALUATORS = {
    "eval", "exec", "compile", "__import__", "sympify", "parse_expr", "parse_latex", "srepr",
    "literal_eval", "read_pickle",
}  # fmt: skip
#: ``x.compile`` and the like are somebody else's methods (re.compile); these are not innocent as attributes either
EVALUATOR_ATTRIBUTES = EVALUATORS - {"eval", "exec", "compile"}
MODULES = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "shelve", "marshal", "joblib", "diskcache", "imp"}
KERNEL_MAY_IMPORT = {
    "symrep.claim",
    "symrep.spelling",
    "symrep.term",
    "symrep.wire",
    "symrep.verdict",
    "symrep.errors",
    "symrep.kernel",
    "flint",
}


def ids(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")
            if node.module == "symrep":
                yield from ((node.lineno, f"symrep.{name.name}") for name in node.names)


def offences(tree: ast.AST) -> list[str]:
    """Uses of anything that evaluates text or unpickles bytes."""
    out = []
    strict = {id(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call) and _is_strict(n)}
    for node in ast.walk(tree):
        if id(node) in strict:
            continue
        if isinstance(node, ast.Name) and node.id in EVALUATORS:
            out.append(f"{node.lineno}: {node.id}")
        elif isinstance(node, ast.Attribute) and node.attr in EVALUATOR_ATTRIBUTES:
            out.append(f"{node.lineno}: .{node.attr}")
        elif isinstance(node, ast.Attribute) and node.attr in ("eval", "exec", "compile"):
            if isinstance(node.value, ast.Name) and node.value.id in ("builtins", "__builtins__"):
                out.append(f"{node.lineno}: builtins.{node.attr}")
        elif isinstance(node, ast.ImportFrom):
            out += [f"{node.lineno}: import {n.name}" for n in node.names if n.name in EVALUATORS]
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called == "S" and not all(_is_number(a) for a in node.args):
                out.append(f"{node.lineno}: S(...)")
    out += [f"{line}: import {name}" for line, name in imported(tree) if name.partition(".")[0] in MODULES]
    return out


def _is_strict(call: ast.Call) -> bool:
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return called == "sympify" and any(
        k.arg == "strict" and isinstance(k.value, ast.Constant) and k.value.value is True for k in call.keywords
    )


def _is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return isinstance(node, ast.Constant) and isinstance(node.value, (int, float))


BAD = [
    "eval('1')",
    "f = eval",
    "exec('x')",
    "compile('x', '', 'exec')",
    "import builtins; builtins.eval('1')",
    "sympy.sympify(x)",
    "sympy.sympify(x, strict=False)",
    "map(sp.sympify, xs)",
    "from sympy import sympify as s",
    "sp.parse_expr(x)",
    "from sympy.parsing.sympy_parser import parse_expr",
    "S(text)",
    "sympy.S('x')",
    "import pickle",
    "from pickle import loads",
    "import dill.source",
    "__import__('os')",
]
GOOD = [
    "sp.sympify(x, strict=True)",
    "re.compile('x')",
    "S.Half",
    "S(1)/2",
    "S(-1)",
    "f.eval()",
    "x = 'eval(1)'",
    "class F:\n def eval(cls): pass",
]


@pytest.mark.parametrize("text", BAD)
def test_the_check_for_evaluated_text_sees(text: str) -> None:
    assert offences(ast.parse(text))


def test_strict_sympify_refuses_text() -> None:
    sympy = pytest.importorskip("sympy")
    with pytest.raises(sympy.SympifyError):
        sympy.sympify("1 + 1", strict=True)


@pytest.mark.parametrize("text", GOOD)
def test_the_check_for_evaluated_text_lets_pass(text: str) -> None:
    assert not offences(ast.parse(text))


def test_test_modules_have_names_of_their_own() -> None:
    """Two of one name in folders that are no packages: pytest refuses the second, and none of its tests run."""
    plain = [p.name for p in (ROOT / "tests").rglob("test_*.py") if not (p.parent / "__init__.py").exists()]
    assert sorted(set(plain)) == sorted(plain)


@pytest.mark.parametrize("path", FILES, ids=ids)
def test_no_text_is_evaluated(path: Path) -> None:
    assert offences(parse(path)) == []


@pytest.mark.parametrize("path", FILES, ids=ids)
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", sorted((PACKAGE / "kernel").rglob("*.py")), ids=ids)
def test_the_kernel_imports_only_what_it_may(path: Path) -> None:
    for line, name in imported(parse(path)):
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names or name == "symrep":
            continue
        parts = name.split(".")
        prefixes = {".".join(parts[: i + 1]) for i in range(len(parts))}
        assert prefixes & KERNEL_MAY_IMPORT, f"{path.name}:{line} imports {name}"


def test_only_the_kernel_seals() -> None:
    users = {
        ids(path)
        for path in FILES
        if any(
            (isinstance(n, ast.Name) and n.id == "_SEAL")
            or (isinstance(n, ast.Attribute) and n.attr == "_SEAL")
            or (isinstance(n, ast.alias) and n.name == "_SEAL")
            or (isinstance(n, ast.Constant) and n.value == "_SEAL")
            for n in ast.walk(parse(path))
        )
    }
    assert users <= {"verdict.py", "kernel/certificate.py"}
    assert "verdict.py" in users


HEAVY = ("sympy", "numpy", "scipy", "mpmath", "flint", "matplotlib", "latexify", "rich", "subprocess")


def modules_after(*arguments: str) -> set[str]:
    """Modules imported by a run of Python with these arguments (-X importtime tells on standard error)."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments], capture_output=True, text=True, timeout=60, check=True
    )
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}


@pytest.mark.parametrize(
    "arguments",
    [
        ("-c", "from symrep.cli import main; main(['--version'])"),
        ("-c", "import symrep"),
        ("-c", "import symrep.pytest_plugin"),
    ],
    ids=["version", "import", "pytest-plugin"],
)
def test_light_to_import(arguments: tuple[str, ...]) -> None:
    loaded = modules_after(*arguments)
    assert "symrep" in loaded
    # pytest itself loads what it likes
    heavy = {name for name in loaded if name.partition(".")[0] in HEAVY}
    if "pytest" in loaded:
        heavy -= {name for name in heavy if name.partition(".")[0] in ("subprocess", "rich")}
    assert not heavy


def test_version_is_printed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from symrep.cli import main; main(['--version'])"],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert symrep.__version__ in done.stdout
    assert done.stderr == ""


def test_the_package_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()


def test_metadata_and_source_agree() -> None:
    found = metadata.metadata("symrep")
    assert found["Version"] == symrep.__version__
    assert found["License-Expression"] == "BSD-3-Clause"
    scripts = {e.name: e.value for e in metadata.distribution("symrep").entry_points}
    assert scripts["symrep"]


def test_public_names_are_there() -> None:
    for name, module in symrep._PUBLIC.items():
        assert getattr(symrep, name) is getattr(import_module(module), name), name
        assert name in dir(symrep)
    with pytest.raises(AttributeError):
        symrep.no_such_name


def test_table_and_type_checking_imports_agree() -> None:
    """What mypy and editors see is what there is."""
    seen: dict[str, str] = {}
    for node in parse(PACKAGE / "__init__.py").body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for inner in node.body:
                if isinstance(inner, ast.ImportFrom):
                    for name in inner.names:
                        assert name.asname == name.name, f"write: from {inner.module} import {name.name} as {name.name}"
                        seen[name.name] = str(inner.module)
    assert seen == symrep._PUBLIC


def test_a_public_name_wins_over_the_submodule_of_the_same_name() -> None:
    code = """
import sys, types
import symrep
home = types.ModuleType("symrep.thing"); home.thing = 42
symrep._PUBLIC["thing"] = "symrep.thing"
sys.modules["symrep.thing"] = home
symrep.thing = home  # what the import system does after it has imported a submodule
from symrep import thing
sys.stdout.write(str(thing))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "42"


@pytest.mark.parametrize("name", ["requirements-dev.lock", "pyproject.toml", "Makefile", ".ci/run", "tools/setup.sh"])
def test_no_host_is_named(name: str) -> None:
    path = ROOT / name
    if not path.exists():
        pytest.skip(f"{name} is not part of this installation")
    assert "://" not in path.read_text("utf-8")
