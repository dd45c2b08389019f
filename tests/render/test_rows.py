"""Rows of long formulas: nothing is lost, and nothing is cut where a cut would change what is read."""

import re
import shutil
from pathlib import Path

import pytest

from symrep.render.latex import document
from symrep.render.rows import rows
from symrep.render.text import width

from .test_latex import compiles, report, step

F = r"\partial_{1}S(T(\epsilon,\phi),\phi)\rho(S(T(\epsilon,\phi),\phi))"
LONG = [
    rf"\mathbb{{E}}_{{\epsilon\sim\rho}}\left[\left(\ell'(T(\epsilon,\phi))-\frac{{{F}^2+{F}}}{{{F}}}\right)"
    rf"\,\nabla_{{\phi}}T(\epsilon,\phi)-\frac{{{F}+{F}}}{{{F}}}\right]",
    r"\mathrm{KL}\left(\prod_{i=1}^{d}\mathcal{N}\left(\frac{\alpha_{s}y_{i}}{\sigma_{t}^2}+\frac{\alpha_{t}z_{i}}{\alpha_{s}}"
    r",\left(\frac{\sigma_{s}\sqrt{\sigma_{t}^2}}{\sigma_{t}}\right)^2\right)\,\middle\|\,\prod_{i=1}^{d}\mathcal{N}\left("
    r"\frac{\alpha_{s}e_{i}}{\sigma_{t}^2}+\frac{\alpha_{t}z_{i}}{\alpha_{s}},\left(\frac{\sigma_{s}}{\sigma_{t}}\right)^2\right)\right)",
    r"G'(b+w_{1}y_{1})f_{X}\left(y_{1}-\frac{u_{1}(F(G(b+w_{1}y_{1}))-G(b))}{u_{1}w_{1}+u_{2}w_{2}}\right)f_{Y}\left("
    r"y_{2}-\frac{u_{2}(F(G(b+w_{1}y_{1}))-G(b))}{u_{1}w_{1}+u_{2}w_{2}}\right)",
    r"\int_{-\infty}^{\infty}f(x)(\pi\,\mathcal{N}(x\mid \mu,\sigma^2)+(1-\pi)\,\mathcal{N}(x\mid m,s^2))\,dx<\infty",
    "+".join(["f(x)"] * 60),
]


def same(tex: str) -> str:
    """A formula without what a break asks for."""
    tex = re.sub(r"\\(begin|end)\{gathered\}|\\textstyle |\\\\ (?=\\textstyle)|\{\}\\times\{\}|\{\}|\\,", "", tex)
    return re.sub(r"\\(?:big+[lrm]|left|right|middle)(?![a-z])", "", tex)


@pytest.mark.parametrize("tex", LONG)
@pytest.mark.parametrize("room", [20.0, 30.0, 40.0])
def test_rows_put_together_are_the_formula(tex: str, room: float) -> None:
    found = rows(tex, room)
    assert len(found) > 1
    assert same("".join(found)) == same(tex)


@pytest.mark.parametrize("tex", LONG)
def test_rows_fit(tex: str) -> None:
    first, *rest = rows(tex, 45.0)
    assert width(first) <= 45.0
    assert all(width(row) <= 45.0 for row in rest)


def test_what_has_room_stays_as_it_is() -> None:
    assert rows("a+b", 10.0) == ["a+b"]


#: a formula that no row may end inside, and what would be read if one did
WHOLE = {
    r"e^{-x_{1}-x_{2}-x_{3}-x_{4}-x_{5}-x_{6}-x_{7}-x_{8}}": "an exponent",
    r"\sqrt{a_{1}+a_{2}+a_{3}+a_{4}+a_{5}+a_{6}+a_{7}+a_{8}}": "a root",
    r"\det\begin{pmatrix}a+b & c+d & e+f & g+h\\ a & b & c & d\end{pmatrix}": "a matrix",
    r"|a_{1}+a_{2}+a_{3}+a_{4}+a_{5}+a_{6}+a_{7}+a_{8}|": "bars that do not say which is left",
    r"\left(\left.f(x)+g(x)+h(x)+k(x)\,\middle|\,x=0\right)": "brackets that are not closed",
    r"\sum_{i=1}^{n+m+k+l+n+m+k+l+n+m+k+l}x": "an index",
}


@pytest.mark.parametrize("tex", WHOLE, ids=WHOLE.get)
def test_what_is_not_cut(tex: str) -> None:
    assert rows(tex, 8.0) == [tex]


def test_no_factor_is_made_of_what_an_operator_acts_on() -> None:
    for operator in (
        r"\frac{d}{dt}",
        r"\frac{\partial}{\partial x}",
        r"\frac{\partial^2}{\partial x^2}",
        r"\nabla_{\phi}",
        "f",
    ):
        found = rows(operator + r"\left(x_{1}+x_{2}+x_{3}+x_{4}+x_{5}+x_{6}\right)", 14.0)
        assert len(found) > 1 and r"\times" not in "".join(found)


def test_no_differential_stands_alone() -> None:
    found = rows(r"\int_{0}^{1}(x_{1}+x_{2}+x_{3}+x_{4})(y_{1}+y_{2}+y_{3}+y_{4})\,dx", 20.0)
    assert len(found) > 1
    assert not any(row.replace(r"{}\times{}", "").lstrip(r"\,").startswith("d") for row in found)


def test_signs_of_numbers_are_no_places_to_cut() -> None:
    assert not any(row.endswith(("(", "=", r"\cdot")) for row in rows(r"f(-x)\cdot -3+g(x)=-1+h(x)+k(x)", 9.0))


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_long_lines_are_set_in_nearly_full_size(tmp_path: Path) -> None:
    steps = [step(1, LONG[0]), *(step(i, tex) for i, tex in enumerate(LONG, 2))]
    tex = document("x.py", [report(*steps)])
    told = tex.replace(
        r"\resizebox{#1", r"\dimen4=#1\linewidth\typeout{SHRUNK \the\dimen4\space of \the\wd0}\resizebox{#1"
    )
    assert told != tex
    log = compiles(told, tmp_path)
    assert "Overfull" not in log
    shrunk = [float(room) / float(wide) for room, wide in re.findall(r"SHRUNK ([\d.]+)pt of ([\d.]+)pt", log)]
    assert min(shrunk, default=1.0) > 0.85
