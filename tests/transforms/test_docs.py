"""docs/transforms.md: what it shows happens."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from symrep.laws.bijections import all_transforms, findings
from symrep.session import Session, derivations_of, load
from symrep.transforms import TRANSFORMS
from symrep.verdict import Status

PAGE = (Path(__file__).parents[2] / "docs" / "transforms.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.S)
SCRIPTS = [b for b in BLOCKS if not b.startswith(">>>")]


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    known = dict(TRANSFORMS)
    yield
    TRANSFORMS.clear()
    TRANSFORMS.update(known)


def scripted(tmp_path: Path, number: int) -> ModuleType:
    path = tmp_path / f"page_{number}.py"
    path.write_text(SCRIPTS[number], encoding="utf-8")
    return load(path)


def test_examples() -> None:
    text = "\n".join(b for b in BLOCKS if b.startswith(">>>"))
    test = doctest.DocTestParser().get_doctest(text, {}, "transforms.md", None, 0)
    said: list[str] = []
    found = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL).run(test, out=said.append)
    assert found.failed == 0 and found.attempted > 25, "".join(said)


def test_refusals_word_for_word() -> None:
    """The names of exceptions are not compared by doctest, so their words are, here."""
    names: dict[str, Any] = {}
    for block in (b for b in BLOCKS if b.startswith(">>>")):
        for example in doctest.DocTestParser().get_examples(block):
            if example.exc_msg is None:
                exec(compile(example.source, "page", "single"), names)  # noqa: S102
                continue
            with pytest.raises(Exception) as caught:  # noqa: PT011
                exec(compile(example.source, "page", "single"), names)  # noqa: S102
            assert (
                f"{type(caught.value).__module__}.{type(caught.value).__name__}: {caught.value}"
                == example.exc_msg.strip()
            )


def test_derivations(tmp_path: Path) -> None:
    module = scripted(tmp_path, 0)
    session = Session()
    reports = [session.judge(d) for d in derivations_of(module)]
    assert [(r.name, r.status) for r in reports] == [("log_normal", Status.PROVED), ("its_mean", Status.PROVED)]


def test_a_new_entry(tmp_path: Path) -> None:
    module = scripted(tmp_path, 1)
    assert {f.status for f in findings(module.Asinh)} == {Status.PROVED}
    assert [f.law for f in findings(module.Slip) if f.status is Status.REFUTED] == ["log det"]


def test_every_transform_is_on_the_page() -> None:
    assert [n for n in all_transforms() if f"`{n}" not in PAGE] == []


def test_the_page_names_the_laws() -> None:
    for law in {f.law for name in ("Power", "Planar") for f in findings(all_transforms()[name])}:
        assert law in PAGE
