"""The plugin: scripts are tests when they are meant to be, and nothing else changes."""

from __future__ import annotations

import pytest

from . import scripts

pytest_plugins = ["pytester"]

ALL = scripts.GOOD + scripts.BAD + scripts.MUST_FAIL.replace("def bad", "def worse") + scripts.MUST_FAIL_AND_DOES_NOT


def collected(pytester: pytest.Pytester, *arguments: str) -> list[str]:
    done = pytester.runpytest_subprocess("--collect-only", "-q", "-p", "no:cacheprovider", *arguments)
    return [line for line in done.outlines if "::" in line]


def test_derivations_pass_and_fail(pytester: pytest.Pytester) -> None:
    scripts.write(pytester.path / "derivations", one=ALL)
    done = pytester.runpytest_subprocess("derivations/")
    done.assert_outcomes(passed=2, failed=2)
    text = done.stdout.str()
    for said in ("bad is REFUTED", "line before", "It should read", "fine is PROVED; it has to be REFUTED"):
        assert said in text
    assert "symrep/testing.py" not in text
    assert "Traceback" not in text


def test_one_derivation_by_name(pytester: pytest.Pytester) -> None:
    scripts.write(pytester.path / "derivations", one=ALL)
    pytester.runpytest_subprocess("derivations/one.py::square").assert_outcomes(passed=1)


@pytest.mark.parametrize("body", ["\nx = (\n", "\n1/0\n"])
def test_a_script_that_does_not_import_is_a_failure_without_noise(pytester: pytest.Pytester, body: str) -> None:
    scripts.write(pytester.path / "derivations", one=body + scripts.GOOD)
    done = pytester.runpytest_subprocess("derivations")
    assert done.ret != 0
    done.stdout.fnmatch_lines(["*one.py:10:*"])
    assert "Traceback" not in done.stdout.str()


def test_what_is_collected(pytester: pytest.Pytester) -> None:
    scripts.write(
        pytester.path / "derivations", one=scripts.GOOD, _helper=scripts.GOOD, must_fail__two=scripts.MUST_FAIL
    )
    scripts.write(pytester.path, other=scripts.GOOD, tests__helper=scripts.GOOD)
    pytester.makepyfile(**{"tests/test_it": "def test_it(): pass"})
    one, two = "derivations/one.py::square", "derivations/must_fail/two.py::bad"
    other, it = "other.py::square", "tests/test_it.py::test_it"
    assert collected(pytester) == [it]
    assert collected(pytester, ".") == [it]
    assert collected(pytester, "tests") == [it]
    assert sorted(collected(pytester, "derivations")) == sorted([one, two])
    assert collected(pytester, "derivations/must_fail") == [two]
    assert collected(pytester, "other.py") == [other]
    assert sorted(collected(pytester, "tests", "derivations/one.py")) == sorted([it, one])
    assert {one, two, other, it} <= set(collected(pytester, "--symrep"))
    pytester.makeini("[pytest]\nsymrep_paths = derivations\n")
    assert sorted(collected(pytester)) == sorted([one, two, it])


def test_a_test_module_stays_one(pytester: pytest.Pytester) -> None:
    scripts.write(pytester.path / "derivations", test_one=scripts.GOOD + "\n\ndef test_it():\n    pass\n")
    assert collected(pytester, "derivations") == ["derivations/test_one.py::test_it"]
