"""Matrices of literal size: what is false, what is no matrix at all, then what is true; entry by entry by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symrep.checks.evaluate import evaluate
from symrep.claim import Claim
from symrep.errors import BadInput
from symrep.kernel.algebra.normal import prove_equal
from symrep.kernel.fail import NotProved
from symrep.reading import Reader
from symrep.verifying.items import Item, read

REALS = dict.fromkeys("abcdefgh", "real")
A, B = "Matrix([[a, b], [c, d]])", "Matrix([[e, f], [g, h]])"
SIGMA = "Matrix([[s**2, r*s*t], [r*s*t, t**2]])"
NORMAL = {"x": "real", "y": "real", "s": "positive", "t": "positive", "r": "unit"}


def claim(lhs: str, rhs: str, symbols: dict[str, str]) -> Claim:
    return read(Item("1", lhs, rhs, symbols)).claim


def proved(lhs: str, rhs: str, symbols: dict[str, str] = REALS) -> bool:
    c = claim(lhs, rhs, symbols)
    try:
        prove_equal(c.data["lhs"], c.data["rhs"], c.context)
    except NotProved:
        return False
    return True


FALSE = [
    (f"{A}*{B}", f"{B}*{A}", REALS),
    (f"({A}*{B}).T", f"{A}.T*{B}.T", REALS),
    (f"det({A}+{B})", f"det({A})+det({B})", REALS),
    (f"det(2*{A})", f"2*det({A})", REALS),
    (f"Determinant({A})", "a*d+b*c", REALS),
    (f"Trace({A}*{B})", f"Trace({A})*Trace({B})", REALS),
    (f"{A}*Inverse({A})", "zeros(2)", REALS),
    (f"{A}**2", "Matrix([[a**2, b**2], [c**2, d**2]])", REALS),
    (f"Inverse({A})", "Matrix([[1/a, 1/b], [1/c, 1/d]])", REALS),
    (f"{A}", "Matrix([[a, b], [c, d+1/1000]])", REALS),
    ("Matrix([[log(a), 0], [0, 1]])*Matrix([[0, 0], [0, 0]])", "zeros(2)", REALS),
    (f"Determinant({SIGMA})", "s**2*t**2*(1-r)", NORMAL),
    (f"Inverse({SIGMA})[0, 0]", "1/s**2", NORMAL),
    ("Matrix([a, b])[0]", "b", REALS),
    ("Matrix([[a, b], [c, d]])[2]", "b", REALS),
    ("ones(2)*ones(2)", "ones(2)", {}),
]

TRUE = [
    (f"det({A}*{B})", f"det({A})*det({B})", REALS),
    (f"({A}*{B}).T", f"{B}.T*{A}.T", REALS),
    (f"Trace({A}*{B})", f"trace({B}*{A})", REALS),
    (f"{A}*Inverse({A})", "eye(2)", REALS),
    (f"{A}.inv()", f"{A}**-1", REALS),
    (f"{A}.det()", "a*d-b*c", REALS),
    (f"{A}**2-{A}.trace()*{A}+{A}.det()*eye(2)", "zeros(2, 2)", REALS),
    (f"{A}/2+{A}/2", A, REALS),
    ("Matrix(2, 2, [a, b, c, d])", A, REALS),
    ("det(Matrix([[a, b, c], [d, e, f], [1, 2, 3]]))", "3*a*e-2*a*f-3*b*d+b*f+2*c*d-c*e", REALS),
    ("Trace(diag(a, b, c))", "a+b+c", REALS),
    ("det(eye(5)*2)", "32", {}),
    ("(ones(2)*Matrix([[a, b], [c, d]]))[1, 0]", "a+c", REALS),
    ("(Matrix([a, b]).T*Matrix([c, d]))[0]", "a*c+b*d", REALS),
    ("Matrix([[a, b], [c, d]])[2]", "c", REALS),
    ("Matrix([[a, b], [c, d]])[-1, -1]", "d", REALS),
    (f"Determinant({SIGMA})", "s**2*t**2*(1-r**2)", NORMAL),
    (f"log(det({SIGMA}))", "2*log(s)+2*log(t)+log(1-r)+log(1+r)", NORMAL),
    (
        f"exp(-(Transpose(Matrix([x, y]))*Inverse({SIGMA})*Matrix([x, y]))[0, 0]/2)/(2*pi*sqrt(det({SIGMA})))",
        "exp(-(x**2/s**2-2*r*x*y/(s*t)+y**2/t**2)/(2*(1-r**2)))/(2*pi*s*t*sqrt(1-r**2))",
        NORMAL,
    ),
    ("eye(2)", "Identity(2)", {}),
]


@pytest.mark.parametrize(("lhs", "rhs", "symbols"), FALSE)
def test_false_ones_are_refused(lhs: str, rhs: str, symbols: dict[str, str]) -> None:
    assert not proved(lhs, rhs, symbols)


@pytest.mark.parametrize(("lhs", "rhs", "symbols"), TRUE)
def test_true_ones_are_proved(lhs: str, rhs: str, symbols: dict[str, str]) -> None:
    assert proved(lhs, rhs, symbols)


@pytest.mark.parametrize(
    "text",
    [
        A,
        f"{A}+1",
        f"1/{A}",
        f"exp({A})",
        f"{A}*Matrix([a, b]).T",
        f"{A}+Matrix([a, b])",
        "Matrix([[a, b], [c]])",
        "Matrix([])",
        "Matrix([[]])",
        "Matrix(2, 2, [a, b, c])",
        "Matrix(a)",
        "det(Matrix([a, b]))",
        "det(a)",
        "Trace(a)",
        "Inverse(a)",
        "eye(0)[0]",
        "eye(9)[0]",
        "eye(10**9)[0]",
        "det(eye(8))",
        f"{A}[5]",
        f"{A}[0, 2]",
        f"{A}[a]",
        f"{A}[0:1]",
        "a[0]",
        "[a, b]",
        "a.T",
        f"{A}.__class__",
        f"{A}.applyfunc(a)",
        f"{A}.T()",
        f"{A}.det",
        f"{A}**a",
        f"({A}**1000)[0]",
        f"{A}**(1/2)",
        "Matrix([[Matrix([[a]])]])",
    ],
)
def test_what_is_no_number_is_a_located_error(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        Reader(REALS).expression(text, "lhs")
    assert caught.value.where.startswith("lhs:")


@pytest.mark.parametrize(("lhs", "rhs"), [(A, "a"), ("a", A), (A, "Matrix([a, b])"), (A, "eye(3)")])
def test_matrices_equal_matrices_of_their_shape_only(lhs: str, rhs: str) -> None:
    with pytest.raises(BadInput):
        Reader(REALS).sides(lhs, rhs)


def test_weights_are_new_symbols_and_told() -> None:
    reader = Reader({**REALS, "entry_1_1": "real"})
    left, right = reader.sides(A, B)
    assert left != right
    assert set(reader.assumed) == {"entry_1_1_", "entry_1_2", "entry_2_1", "entry_2_2"}


def test_inverse_of_numbers() -> None:
    text = "Inverse(Matrix([[2, 1, 0], [1, 3, 1], [0, 1, 4]]))"
    want = [[11, -4, 1], [-4, 8, -2], [1, -2, 5]]
    for i in range(3):
        for j in range(3):
            value = evaluate(Reader({}).expression(f"{text}[{i}, {j}]", "lhs"), {}, {}, 64)
            assert abs(value - float(Fraction(want[i][j], 18))) < 1e-12
