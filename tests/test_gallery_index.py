"""The index of the gallery says what the scripts say: every derivation, its theorem, hypotheses and source; each once.

The statuses are judged in ``test_gallery.py``; here, that the page's agree with what a derivation can have.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from symrep.session import derivations_of, load

ROOT = Path(__file__).parents[1]
AGAIN = "run: symrep run derivations && python tools/gallery.py build/report.json"


@pytest.fixture(scope="module")
def tool() -> Iterator[Any]:
    spec = spec_from_file_location("gallery_index_tool", ROOT / "tools" / "gallery.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_the_page_is_up_to_date(tool: Any) -> None:
    known = tool.told(tool.PAGE)
    assert len(known) >= 150
    assert tool.MISSING not in known.values(), AGAIN
    assert tool.PAGE.read_text(encoding="utf-8") == tool.written(known), AGAIN


def test_the_statuses_are_possible(tool: Any) -> None:
    """What is only about equal rests on numbers; everything else is to be proved."""
    known = tool.told(tool.PAGE)
    for path in sorted((ROOT / "derivations").glob("*.py")):
        for d in derivations_of(load(path)):
            about = any(line.op == "~" for line in d.lines())
            assert known[f"{path.stem}.{d.name}"] == ("supported" if about else "proved"), d.name


def test_a_new_derivation_is_missed(tool: Any) -> None:
    known = tool.told(tool.PAGE)
    gone = dict(list(known.items())[1:])
    assert tool.MISSING in tool.written(gone)
