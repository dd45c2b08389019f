"""symrep: a derivation is a program that states each line, and every line is checked.

Importing this package imports nothing else: a public name is looked up in ``_PUBLIC`` when it is first used, so
``symrep --version`` does not pay for SymPy. To export a name, add it to ``_PUBLIC`` *and* to the imports under
``TYPE_CHECKING`` (``from symrep.module import name as name``); tests/test_project.py holds the two together.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

__version__ = "0.1.0"

#: public name -> module it lives in
_PUBLIC: Final[dict[str, str]] = {}

if TYPE_CHECKING:
    pass
else:
    __all__ = ["__version__", *_PUBLIC]

    def __getattr__(name: str) -> Any:
        module = _PUBLIC.get(name)
        if module is None:
            raise AttributeError(f"module 'symrep' has no attribute {name!r}")
        value = getattr(import_module(module), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *_PUBLIC})


class _Package(ModuleType):
    """The import system sets ``symrep.derivation`` to the submodule; a public name of that name wins over it."""

    def __setattr__(self, name: str, value: object) -> None:
        if name in _PUBLIC and isinstance(value, ModuleType):
            return
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
