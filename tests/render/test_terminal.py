"""The terminal and the page: readable at 80 columns, no colour where none is wanted, nothing of a script as markup."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from symrep.render import mathml
from symrep.render.html import page
from symrep.render.plain import plain, typeset
from symrep.render.terminal import show
from symrep.render.words import findings, sides, text_of
from symrep.report import DerivationReport

from .test_latex import ALL, REFUTED, report, step
from .test_printing import EXACT
from .test_source import LINES


def shown(*reports: DerivationReport, **options: bool) -> str:
    out = io.StringIO()
    show(reports, Console(file=out, width=80, **options))  # type: ignore[arg-type]
    return out.getvalue()


EXPECTED = {"status": "refuted", "reason": "holds", "line": 3}


def test_what_is_broken_is_shown_in_80_columns() -> None:
    text = shown(ALL, report(step(1, "x"), step(2, "x")))
    assert all(len(t) <= 80 for t in text.splitlines())
    for wanted in ("REFUTED", "post_it.py:13", "sigma = 2, y = -7/3", "0.2419", "0.3520", "It should read (proved)"):
        assert wanted in text
    assert "1 proved" in text and "1 refuted" in text


def test_proved_needs_no_details() -> None:
    text = shown(report(step(1, "x"), step(2, "x")))
    assert len(text.strip().splitlines()) == 5


def test_long_names_stay_on_their_line() -> None:
    name = "absolute_value_second_derivative_by_the_score_of_the_normal_law"
    long = replace(ALL, name=name, expected={**EXPECTED, "line": 4})
    text = shown(long)
    row = next(t for t in text.splitlines() if t.startswith("  absolute"))
    assert "REFUTED unexpected" in row and "…" in row and len(row) <= 80
    assert "    line 3: holds" in text.splitlines()[3]


def said_of(d: dict[str, str], message: str = "") -> list[str]:
    return [text_of(s) for s in findings(d, message)]


def test_a_diagnosis_says_nothing_twice() -> None:
    factor = {"factor_latex": r"\exp\left(\frac{y^2(\sigma^2-1)}{2\sigma^2}\right)"}
    plain = "exp(y^2 (sigma^2 - 1)/(2 sigma^2))"
    text = "off by the factor exp(y**2*(sigma**2 - 1)/(2*sigma**2)); the two agree only where y = 0"
    both = [f"Off by the factor {plain}.", "The two agree only where y = 0."]
    assert said_of({"text": text, **factor}) == both
    assert said_of({"text": "the two agree only where y = 0", **factor}) == both
    assert said_of({"text": "off by a factor", **factor}) == said_of({"text": "", **factor}) == both[:1]
    assert said_of({"text": "off by the factor x"}) == ["Off by the factor x."]
    assert said_of({"text": "the term 1 is missing", "term_latex": "-1"}) == ["The term 1 is missing."]
    assert said_of({"text": "the term x + y is missing", "term_latex": "-x+y"}) == ["Off by the term -x + y."]
    assert said_of({"text": "the sign is wrong", "factor_latex": "-1"}) == ["The sign is wrong."]
    assert said_of({"text": "f is not smooth"}, "f is not smooth") == []
    [law] = findings({"text": "eps*sigma**2 does not have the law Normal; eps*sigma has"}, "")
    assert text_of(law) == "eps sigma^2 does not have the law Normal; eps sigma has."
    assert [p.tex for p in law if not isinstance(p, str)] == [r"\epsilon\sigma^2", r"\epsilon\sigma"]
    internal = {"text": "it is right with Derivative_(f(x), x) in place of x", "corrected_latex": "y"}
    assert said_of(internal) == [], "SymPy's own words are for nobody to read"


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\exp\left(\frac{y^2(\sigma^2-1)}{2\sigma^2}\right)", "exp(y^2 (sigma^2 - 1)/(2 sigma^2))"),
        (r"\frac{\partial}{\partial\mu}\mathbb{E}_{z\sim\mathcal{N}(\mu,\sigma^2)}\left[f(z)\right]",
         "d/d mu E_{z ~ N(mu, sigma^2)}[f(z)]"),
        (r"-\frac{\log(\sigma^2)}{2}-\frac{1}{2}+\frac{\mu^2+\sigma^2}{2}",
         "-log(sigma^2)/2 - 1/2 + (mu^2 + sigma^2)/2"),
        (r"\begin{cases}x & \text{if }x>0\\ 0 & \text{otherwise}\end{cases}", "{x if x > 0; 0 otherwise}"),
        (r"\frac{1}{n}\sum_{i=1}^{n}f(z_{i})", "1/n sum_{i = 1}^n f(z_i)"),
        (r"\mathbf{1}\{x>0\}e^{-x}\log x", "1{x > 0} e^(-x) log x"),
        (r"\sqrt[3]{x}\left|y\right|\int_{0}^{\infty}f'(x)\,dx", "(x)^(1/3) abs(y) int_0^oo f'(x) d x"),
    ],
)  # fmt: skip
def test_formulas_as_text(tex: str, text: str) -> None:
    assert plain(tex) == text


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("-x**2 + 2*x*y", "-x^2+2xy"),
        ("f''(eps*sqrt(v) + mu)/2", r"\frac{f''(\epsilon\sqrt{v}+\mu)}{2}"),
        ("x <= 1/2", r"x\le\frac{1}{2}"),
        ("density(Normal)(x)", None),
        ("__import__('os')", None),
        ("x if y else z", None),
        ("(", None),
    ],
)
def test_text_as_formulas(text: str, tex: str | None) -> None:
    assert typeset(text) == tex


def test_must_fail() -> None:
    met = replace(ALL, expected=EXPECTED)
    assert "as expected" in shown(met) and "line before" not in shown(met)
    missed = replace(ALL, expected={**EXPECTED, "line": 4})
    text = shown(missed)
    assert "unexpected" in text and "Expected refuted (holds) at line 4" in text
    assert "0 of 1 must-fail" in text


def test_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in shown(ALL, force_terminal=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in shown(ALL, force_terminal=True)


def test_brackets_are_no_markup() -> None:
    text = shown(report(step(1, "x"), replace(REFUTED, message="wants [red] and [/red]", latex=r"\left[x\right]")))
    assert "[red] and [/red]" in text and "= [x]   [change_of_variables]" in text


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


def test_a_page_with_formulas(monkeypatch: pytest.MonkeyPatch) -> None:
    lemma = replace(step(2, "y"), reason="lemma gaussian_kl")
    mathml._converter.cache_clear()
    mathml.formula.cache_clear()
    monkeypatch.setattr(mathml, "_converter", lambda: None)
    assert "<code>\\frac{1}{2}</code>" in page([report(step(1, r"\frac{1}{2}"), lemma)])
    mathml.formula.cache_clear()
    monkeypatch.setattr(
        mathml, "_converter", lambda: lambda tex, display: f'<math display="{display}">{len(tex)}</math>'
    )
    text = page([report(step(1, r"\frac{1}{2}"), lemma), ALL])
    assert '<math title="\\frac{1}{2}" display="block">11</math>' in text and "lemma: gaussian KL" in text
    assert "≠" in text and r"\begin{align*}" in text
    mathml.formula.cache_clear()


def test_mathml_of_what_is_installed() -> None:
    pytest.importorskip("latex2mathml")
    mathml.formula.cache_clear()
    for tex in (*(e for _, e in EXACT), *(e for _, e in LINES), ALL.hypotheses[0]):
        assert mathml.formula(tex).startswith("<math ") and "http" not in mathml.formula(tex), tex
    assert mathml.formula(r"\undefined{") == r"<code>\undefined{</code>"


def test_page_takes_nothing_from_the_network(tmp_path: Path) -> None:
    assert not any(t in page([ALL]) for t in ("src=", "@import", "url(", "<link"))


def test_enclosures_are_shortened_unless_that_hides_the_difference() -> None:
    tight = {"lhs": "[0.241970724519 +/- 1.44e-13]", "rhs": "[0.352065326764 +/- 3.00e-13]"}
    assert sides(tight) == ("0.241971", "0.352065")
    close = {"lhs": "[0.241970724519 +/- 1.44e-13]", "rhs": "[0.241970724520 +/- 1.44e-13]"}
    assert sides(close) == (close["lhs"], close["rhs"])
    assert sides({"lhs": "0.750000000000", "rhs": "-0.750000000000"}) == ("0.75", "-0.75")
    assert sides({"lhs": "[1.0 +/- 0.3]", "rhs": "0"}) == ("[1.0 +/- 0.3]", "0")


def test_numbers_are_not_said_twice() -> None:
    text = shown(report(step(1, "x"), replace(REFUTED, message="at sigma = 2 the left side is 0.2419")))
    assert text.count("0.2419") == 1
