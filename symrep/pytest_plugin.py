"""The pytest plugin: every derivation of a script is a test.

It is loaded in every pytest run of every project that has symrep installed: nothing heavy is imported here, and
nobody's collection changes. Scripts are collected when they are named on the command line (``pytest
derivations/post.py``, or a folder that is called, or lies in, ``derivations``), lie under a path of the ini option
``symrep_paths``, or, with ``--symrep``, wherever pytest looks. A file that pytest takes for a test module by its name
stays one.
"""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from symrep.derivation import Derivation
    from symrep.session import Session

_FOLDER: Final = "derivations"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("symrep")
    group.addoption("--symrep", action="store_true", help="collect the derivations of every script that has some")
    parser.addini("symrep_paths", "files and folders whose derivations are tests", type="paths", default=[])


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if not _wanted(file_path, parent.config) or file_path in _named(parent.config):
        return None  # a file that is named goes through pytest_pycollect_makemodule
    return ScriptFile.from_parent(parent, path=file_path)


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A script named on the command line would be imported as a test module, too."""
    if not _wanted(module_path, parent.config):
        return None
    return ScriptFile.from_parent(parent, path=module_path)


def _wanted(path: Path, config: pytest.Config) -> bool:
    if path.suffix != ".py" or path.name.startswith("_") or path.name == "conftest.py":
        return False
    if any(fnmatch.fnmatch(path.name, pattern) for pattern in config.getini("python_files")):
        return False
    return (config.getoption("--symrep") or _pointed_at(path, config)) and _is_script(path)


def _pointed_at(path: Path, config: pytest.Config) -> bool:
    if any(path == p or p in path.parents for p in config.getini("symrep_paths")):
        return True
    return any(path == p or (p in path.parents and _for_scripts(p, config.rootpath)) for p in _named(config))


def _for_scripts(folder: Path, root: Path) -> bool:
    """``derivations``, or a folder in it; what lies above the project does not count."""
    inside = folder.relative_to(root).parts if folder.is_relative_to(root) else ()
    return folder.name == _FOLDER or _FOLDER in inside


def _named(config: pytest.Config) -> list[Path]:
    """The paths on the command line, without those an ini file put there."""
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        return []
    return [Path(os.path.abspath(config.invocation_params.dir / a.partition("::")[0])) for a in config.args]


def _is_script(path: Path) -> bool:
    from symrep.commands.decorated import decorated, syntax_error

    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError:
        return False
    return "symrep" in text and "derivation" in text and bool(decorated(text) or syntax_error(text))


class DerivationFailed(Exception):
    """A derivation that does not hold, or does not fail as it should; the message is what is shown."""


class ScriptFile(pytest.File):
    """A script: imported when the first of its derivations is run, in one session, so that lemmas are judged once."""

    _loaded: tuple[Session, dict[str, Derivation]] | None = None

    def collect(self) -> Iterator[pytest.Item]:
        from symrep.commands.decorated import decorated, syntax_error

        text = self.path.read_text("utf-8", errors="replace")
        error = syntax_error(text)
        if error:
            raise self.CollectError(f"{self.path.name}:{error}")
        for node in decorated(text):
            line = min(d.lineno for d in node.decorator_list)
            yield DerivationItem.from_parent(self, name=node.name, line=line)

    def loaded(self) -> tuple[Session, dict[str, Derivation]]:
        if self._loaded is None:
            from symrep.session import Session, derivations_of, load

            self._loaded = Session(), {d.name: d for d in derivations_of(load(self.path))}
        return self._loaded


class DerivationItem(pytest.Item):
    """One derivation. One with ``expected=`` passes when it fails as expected."""

    parent: ScriptFile

    def __init__(self, *, line: int, **rest: Any) -> None:
        super().__init__(**rest)
        self._line = line

    def runtest(self) -> None:
        from symrep.errors import ScriptError
        from symrep.render.failure import derivation_failure
        from symrep.verdict import Status

        session, found = self.parent.loaded()
        d = found.get(self.name)
        if d is None:
            raise ScriptError(
                f"derivation {self.name}", "to be there when the script was imported", where=f"{self.path}:{self._line}"
            )
        report = session.judge(d)
        holds = report.status >= Status.SUPPORTED if report.met is None else report.met
        if report.error or not holds:
            raise DerivationFailed(derivation_failure(report, Status.SUPPORTED))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from symrep.errors import SymrepError

        if isinstance(excinfo.value, (DerivationFailed, SymrepError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self._line - 1, self.name
