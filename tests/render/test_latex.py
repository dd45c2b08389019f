"""Documents: what is below PROVED is marked, a refutation says everything, pdflatex and KaTeX read what is written."""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from symrep.distribution import FAMILIES
from symrep.printing import latex
from symrep.render.latex import document, fragment
from symrep.render.let import let_latex
from symrep.render.source import line_latex
from symrep.render.text import chunks, escape, prose, width
from symrep.report import DerivationReport, Part, StepReport
from symrep.verdict import Status

from .scripts import load, yields
from .test_printing import EXACT
from .test_source import LINES

ROOT = Path(__file__).parents[2]
WITNESS = {"point": {"sigma": "2", "y": "-7/3"}, "lhs": "0.2419", "rhs": "0.3520", "functions": {"f": "sin(t)"}}
DIAGNOSIS = {
    "text": "the variance stands twice",
    "factor_latex": r"\exp\left(\frac{3y^2}{8}\right)",
    "term_latex": "",
    "corrected_latex": r"\frac{1}{\sqrt{2\pi}}\exp\left(-\frac{y^2}{2}\right)",
    "corrected_status": "PROVED",
}
BALLS = {"status": "supported", "evidence": [{"method": "balls", "says": "40 points & 128 bits", "data": {}}]}


def step(number: int, tex: str, status: Status = Status.PROVED, **more: Any) -> StepReport:
    reason = "" if number == 1 else "change_of_variables"
    shown = "" if number == 1 else r"\text{change of variables}"
    values = {"code": "holds", "message": ""} | more
    return StepReport(number, 10 + number, values.pop("op", "="), tex, reason, shown, status, **values)


def report(*steps: StepReport, **more: Any) -> DerivationReport:
    values = {"theorem": "If $x > 0$ then 50% of it_all & $\\mu\\in\\mathbb{R}$.", "source": "Doe & Roe, §2"} | more
    return DerivationReport("gaussian_kl", "folder/post_it.py", 3, steps=steps, **values)


REFUTED = step(3, "e^{-y^2}", Status.REFUTED, message="the two sides differ", witness=WITNESS, diagnosis=DIAGNOSIS)
ALL = report(
    step(1, "f_Y(y)"),
    step(2, r"f_X(g(y))\sigma", almost_everywhere=True),
    REFUTED,
    step(4, "y+1", Status.SUPPORTED, parts=(Part("identity", BALLS),)),
    step(5, "y+2", Status.ADMITTED, message="shown in Appendix B_2"),
    step(6, "y+3", Status.UNDECIDED, message="f was never declared smooth", op="<="),
    hypotheses=(r"\sigma>0",),
    extra={"let": [r"X\sim\mathcal{N}(\mu,\sigma^2)"]},
)


def test_everything_below_proved_is_marked() -> None:
    tex = document("folder/post_it.py", [ALL])
    for wanted in (
        r"\neq",
        r"\overset{?}{\le}",
        r"^{\dagger}",
        r"^{\ddagger}",
        "Line 4 is supported, not proved: identity: 40 points \\& 128 bits.",
        "Line 5 is admitted without a check: shown in Appendix B\\_2.",
        "Line 6 is undecided: f was never declared smooth.",
        "Line 3 is refuted",
        r"$\sigma=2$, $y=-\frac{7}{3}$",
        "the line before is 0.2419, this line is 0.3520",
        rf"Off by the factor $\displaystyle {DIAGNOSIS['factor_latex']}$",
        rf"It should read (proved):\\[2pt] \hspace*{{2em}}$\displaystyle {DIAGNOSIS['corrected_latex']}$",
        r"\text{\small change of variables (a.e.)}",
        r"\textit{Given} $\sigma>0$.",
        r"50\% of it\_all \& $\mu\in\mathbb{R}$.",
        "Gaussian KL",
        r"\textsc{refuted}",
    ):
        assert wanted in tex, wanted


def test_reasons_are_text_and_documents_have_a_title() -> None:
    tex = document("folder/post_it.py", [report(step(1, "x"), step(2, "y"))])
    assert r"\text{\small change of variables}" in tex and "footnotesize" not in tex
    assert r"{\Large\bfseries Post it}" in tex and ".py" not in tex
    head = tex.split(r"\textit{Source")[1].split(r"\begin{align*}")[0]
    assert "\n\n" not in head, "no empty line before a display"


def test_what_an_interchange_is_dominated_by_is_said() -> None:
    says = r"dominated by C\,|\epsilon|e^{-|\epsilon|^{2}} for all mu near any value, and bounded in between"
    kernel = {"status": "proved", "evidence": [{"method": "kernel", "says": says, "data": {}}]}
    tex = document("x.py", [report(step(1, "x"), step(2, "y", parts=(Part("the rule: swap", kernel),)))])
    assert r"dominated by $C\,|\epsilon|e^{-|\epsilon|^{2}}$ for all $\mu$ near any value." in tex


def test_proved_lines_carry_no_mark_and_supported_is_not_called_proved() -> None:
    proved = document("a.py", [report(step(1, "x"), step(2, "y"))])
    assert not any(m in proved.split(r"\begin{document}")[1] for m in ("dagger", "overset", "neq", "refuted"))
    supported = document("a.py", [report(step(1, "x"), step(2, "y", Status.SUPPORTED))])
    assert r"\textsc{proved}" not in supported and r"\textsc{supported}" in supported


def test_no_folder_of_the_machine_gets_in_and_bytes_repeat() -> None:
    near = replace(ALL, error="folder/post_it.py:7: NameError")
    far = replace(ALL, path="/some/where/post_it.py", seconds=3.7, error="/some/where/post_it.py:7: NameError")
    assert document("/some/where/post_it.py", [far]) == document("folder/post_it.py", [near])
    assert "where" not in document("/some/where/post_it.py", [far])


def test_a_broken_script_says_so_and_an_empty_one_too() -> None:
    tex = document("a.py", [report(step(1, "x"), error="a.py:7: NameError: 'sigma_2'")])
    assert "The script broke here" in tex and r"sigma\_2" in tex and r"\textsc{undecided}" in tex
    assert "No derivation" in document("a.py", [])
    assert fragment(report()) == ""


def test_fragment_needs_amsmath_only() -> None:
    tex = fragment(ALL)
    assert tex.startswith(r"\begin{align*}") and tex.endswith(r"\end{align*}")
    assert not any(c in tex for c in (r"\color", r"\scalebox", r"\fcolorbox", r"\intertext", r"\footnotesize"))


def test_long_lines_are_cut_at_the_top_level_only() -> None:
    tex = r"\frac{a+b}{c}-\left(d+e\right)+\sum_{i=1}^{n+1}x_{i-1}+e^{-x}-\log(x+y)"
    parts = list(chunks(tex))
    assert "".join(parts) == tex
    assert parts[1:] == [r"-\left(d+e\right)", r"+\sum_{i=1}^{n+1}x_{i-1}", "+e^{-x}", r"-\log(x+y)"]
    assert list(chunks("-x")) == ["-x"]
    long = "+".join(["f(x)"] * 60)
    rows = fragment(report(step(1, "x"), step(2, long))).split(r"\\")
    assert len(rows) > 3 and all(width(r) < 120 for r in rows)


def test_text() -> None:
    assert escape("50% a_b {c} #1 \\x σ² ≤ ∞ é 漢") == (
        r"50\% a\_b \{c\} \#1 \textbackslash{}x \ensuremath{\sigma}\ensuremath{^{2}} \ensuremath{\le} "
        r"\ensuremath{\infty} é [U+6F22]"
    )
    assert prose(r"cost \$5 & $a_1 & σ$ then \(b\)") == r"cost \$5 \& $a_1 & \sigma$ then $b$"


pdflatex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")


def compiles(tex: str, folder: Path) -> str:
    """Pdflatex's log; fails the test with its errors."""
    (folder / "out.tex").write_text(tex, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "out.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
    log = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, "\n".join(t for t in log.splitlines() if t.startswith(("!", "l."))) or log[-2000:]
    return log


@pdflatex
def test_pdflatex_reads_documents(tmp_path: Path) -> None:
    tricky = 'σ² ≤ ∞ — “quotes” é ß ð 漢 ~ ^ _ # % & { } < > | \\ " $x_1$'
    hostile = replace(ALL, theorem=tricky, source=tricky, error=tricky)
    last = report(step(1, "x"), replace(REFUTED, number=2), hypotheses=("x>0",))
    alone = report(step(1, "x", Status.SUPPORTED, message="m"))
    log = compiles(document("x.py", [ALL, hostile, last, alone]), tmp_path)
    assert "Overfull" not in log
    assert (tmp_path / "out.pdf").exists()


@pdflatex
def test_a_long_path_in_a_source_does_not_run_into_the_margin(tmp_path: Path) -> None:
    path = "A library, in " + "/".join(
        ["Library", "MeasureTheory", "Function", "LpSeminorm", "ChebyshevMarkov.lean"] * 2
    )
    assert "Overfull" not in compiles(document("x.py", [report(step(1, "x"), source=path)]), tmp_path)


@pdflatex
def test_pdflatex_reads_a_fragment(tmp_path: Path) -> None:
    head = "\\documentclass{article}\\usepackage{amsmath,amssymb}\\begin{document}\n"
    compiles(head + fragment(ALL) + "\n\\end{document}\n", tmp_path)


@pdflatex
def test_pdflatex_notices_what_is_broken(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        compiles(document("x.py", [report(step(1, "x"), step(2, r"\frac{1}{"))]), tmp_path)


@pdflatex
def test_pdflatex_reads_every_line_and_every_family(tmp_path: Path) -> None:
    module = load(tmp_path, yields(*(e for e, _ in LINES)))
    lines = list(module.it.lines())
    steps = tuple(step(i, line_latex(line)) for i, line in enumerate(lines, 1))
    families = [latex(f.weight) for f in FAMILIES.values()]
    more = tuple(step(i, tex) for i, tex in enumerate([*families, *(e for _, e in EXACT)], 1))
    let = {"let": let_latex(lines)}
    log = compiles(document("x.py", [report(*steps, extra=let), report(*more)]), tmp_path)
    assert "Overfull" not in log


def katex() -> Path | None:
    places = [os.environ.get("SYMREP_KATEX_DIR"), ROOT / "node_modules/katex", ROOT / "build/node_modules/katex"]
    return next((Path(p) for p in places if p and (Path(p) / "dist/katex.js").exists()), None)


STRICT = """
const katex = require(process.argv[1] + "/dist/katex.js");
const out = JSON.parse(require("fs").readFileSync(0, "utf8")).map(t => {
  try { katex.renderToString(t, {strict: "error", throwOnError: true, displayMode: true}); return ""; }
  catch (e) { return String(e.message); } });
console.log(JSON.stringify(out));
"""


def test_katex_reads_every_formula(tmp_path: Path) -> None:
    where = katex()
    if where is None or shutil.which("node") is None:
        pytest.skip("no node or no KaTeX: npm install --no-save --prefix build katex, or set SYMREP_KATEX_DIR")
    lines = list(load(tmp_path, yields(*(e for e, _ in LINES))).it.lines())
    formulas = [*(line_latex(line) for line in lines), *let_latex(lines), *(latex(e) for e, _ in EXACT)]
    for family in FAMILIES.values():
        formulas += [latex(e) for e in (family.weight, family.cdf, family.mean, family.variance) if e is not None]
    formulas.append(fragment(ALL))
    broken = [r"\frac{1}", r"\left(x", r"\undefined x", "x^y^z", r"\text{é}\unknown"]
    done = subprocess.run(
        ["node", "-e", STRICT, str(where)],
        input=json.dumps([*formulas, *broken]).encode(),
        capture_output=True,
        timeout=120,
        check=True,
    )
    said = json.loads(done.stdout)
    assert [f"{tex}: {why}" for tex, why in zip(formulas, said, strict=False) if why] == []
    assert all(said[len(formulas) :]), "KaTeX must notice what is broken"
