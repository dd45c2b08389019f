"""The terminal and the page: readable at 80 columns, no colour where none is wanted, nothing of a script as markup."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from symrep.render.html import page
from symrep.render.terminal import show
from symrep.render.words import sides
from symrep.report import DerivationReport

from .test_latex import ALL, REFUTED, report, step


def shown(*reports: DerivationReport, **options: bool) -> str:
    out = io.StringIO()
    show(reports, Console(file=out, width=80, **options))  # type: ignore[arg-type]
    return out.getvalue()


EXPECTED = {"status": "refuted", "reason": "holds", "line": 3}


def test_what_is_broken_is_shown_in_80_columns() -> None:
    text = shown(ALL, report(step(1, "x"), step(2, "x")))
    assert all(len(t) <= 80 for t in text.splitlines())
    for wanted in ("REFUTED", "post_it.py:13", "sigma = 2, y = -7/3", "0.2419", "0.3520", "it should read (proved)"):
        assert wanted in text
    assert "1 proved" in text and "1 refuted" in text


def test_proved_needs_no_details() -> None:
    text = shown(report(step(1, "x"), step(2, "x")))
    assert len(text.strip().splitlines()) == 5


def test_must_fail() -> None:
    met = replace(ALL, expected=EXPECTED)
    assert "as expected" in shown(met) and "line before" not in shown(met)
    missed = replace(ALL, expected={**EXPECTED, "line": 4})
    text = shown(missed)
    assert "unexpected" in text and "expected refuted (holds) at line 4" in text
    assert "0 of 1 must-fail" in text


def test_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" in shown(ALL, force_terminal=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in shown(ALL, force_terminal=True)


def test_brackets_are_no_markup() -> None:
    text = shown(report(step(1, "x"), replace(REFUTED, message="wants [red] and [/red]", latex=r"\left[x\right]")))
    assert "[red] and [/red]" in text and r"\left[x\right]" in text


def test_a_broken_script() -> None:
    text = shown(report(step(1, "x"), error="post_it.py:9: NameError"))
    assert "script broke" in text and "NameError" in text


def test_page() -> None:
    text = page([ALL, ALL, report(step(1, "<b>&amp;"), error="<script>")], {"post_it.py::gaussian_kl": "c/1.json"})
    assert "<script" not in text and "&lt;b&gt;&amp;amp;" in text
    assert 'id="post_it-gaussian_kl"' in text and 'href="#post_it-gaussian_kl-2"' in text
    assert 'href="c/1.json"' in text and "http" not in text and "folder" not in text
    for wanted in ("sigma = 2, y = -7/3", "line before 0.2419", "Off by the factor", "REFUTED", "shown in Appendix"):
        assert wanted in text


def test_page_takes_nothing_from_the_network(tmp_path: Path) -> None:
    assert not any(t in page([ALL]) for t in ("src=", "@import", "url(", "<link"))


def test_enclosures_are_shortened_unless_that_hides_the_difference() -> None:
    tight = {"lhs": "[0.241970724519 +/- 1.44e-13]", "rhs": "[0.352065326764 +/- 3.00e-13]"}
    assert sides(tight) == ("0.241971", "0.352065")
    close = {"lhs": "[0.241970724519 +/- 1.44e-13]", "rhs": "[0.241970724520 +/- 1.44e-13]"}
    assert sides(close) == (close["lhs"], close["rhs"])
    assert sides({"lhs": "[1.0 +/- 0.3]", "rhs": "0"}) == ("[1.0 +/- 0.3]", "0")


def test_numbers_are_not_said_twice() -> None:
    text = shown(report(step(1, "x"), replace(REFUTED, message="at sigma = 2 the left side is 0.2419")))
    assert text.count("0.2419") == 1
