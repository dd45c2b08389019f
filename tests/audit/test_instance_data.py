"""False instances of every theorem: kernel and auditor each refuse every one, and accept the true ones beside them."""

from __future__ import annotations

import json

import false_gradients
import false_images
import false_nested
import false_values
import pytest
from determinant_terms import FALSE as FALSE_MATRICES
from determinant_terms import TRUE as TRUE_MATRICES
from draw_terms import FALSE as FALSE_DRAWS
from draw_terms import TRUE as TRUE_DRAWS
from instances import FALSE, TRUE
from sum_terms import FALSE as FALSE_SUMS
from sum_terms import TRUE as TRUE_SUMS
from test_floor_integrals import REFUSED as FALSE_STEPS
from test_marginal import FALSE as FALSE_RANGES
from test_marginal import TRUE as TRUE_RANGES
from test_red_team import FALSE as RED_TEAM
from test_theorems import TRUE as ALSO_TRUE
from test_theorems_must_fail import FALSE as ALSO_FALSE
from through_terms import FALSE as FALSE_THROUGH
from through_terms import TRUE as TRUE_THROUGH
from vector_terms import FALSE as FALSE_VECTORS
from vector_terms import TRUE as TRUE_VECTORS

from symrep.audit.check import check
from symrep.audit.data import Bad
from symrep.audit.theorems import THEOREMS
from symrep.claim import Claim
from symrep.errors import BadInput
from symrep.kernel.certificate import SCHEMA, prove
from symrep.kernel.fail import NotProved
from symrep.kernel.theorems.table import THEOREMS as OTHER_THEOREMS

#: importing them has filled the two tables
TABLES = (false_gradients, false_images, false_nested, false_values)
MORE_TRUE = {**ALSO_TRUE, **TRUE_MATRICES, **{f"sums: {k}": v for k, v in TRUE_SUMS.items()}}
MORE_FALSE = {**ALSO_FALSE, **FALSE_MATRICES, **RED_TEAM, **{f"sums: {k}": v for k, v in FALSE_SUMS.items()}}


def status(claim: Claim) -> str:
    try:
        return check(json.loads(json.dumps({"schema": SCHEMA, "claim": claim.to_json()}))).status
    except Bad:
        return "malformed"


MORE = {**FALSE_VECTORS, **FALSE_THROUGH}


def test_both_know_the_same_theorems_and_each_has_true_and_false_instances() -> None:
    assert set(THEOREMS) == set(OTHER_THEOREMS)
    for table, sums in (
        (TRUE, {**TRUE_SUMS, **TRUE_RANGES, **TRUE_MATRICES, **TRUE_DRAWS, **TRUE_VECTORS, **TRUE_THROUGH}),
        (
            FALSE,
            {
                **FALSE_SUMS,
                **FALSE_RANGES,
                **FALSE_MATRICES,
                **FALSE_DRAWS,
                **FALSE_STEPS,
                **FALSE_VECTORS,
                **FALSE_THROUGH,
            },
        ),
    ):
        named = {name.split(":")[0].split(" ")[0] for name in table}
        assert set(THEOREMS) <= named | {step["theorem"] for c in sums.values() for step in c.data.get("rewrites", ())}


@pytest.mark.parametrize("name", FALSE)
def test_the_kernel_refuses(name: str) -> None:
    with pytest.raises((NotProved, BadInput)):
        prove(FALSE[name])


@pytest.mark.parametrize("name", FALSE)
def test_the_auditor_refuses(name: str) -> None:
    assert status(FALSE[name]) in ("fails", "not covered", "malformed")


@pytest.mark.parametrize("name", MORE_FALSE)
def test_the_auditor_refuses_what_was_built_to_slip_through_the_kernel(name: str) -> None:
    assert status(MORE_FALSE[name]) in ("fails", "not covered", "malformed")


@pytest.mark.parametrize("name", TRUE)
def test_both_accept(name: str) -> None:
    prove(TRUE[name])
    assert status(TRUE[name]) == "ok"


@pytest.mark.parametrize("name", MORE_TRUE)
def test_the_auditor_accepts_what_the_kernel_proves(name: str) -> None:
    assert status(MORE_TRUE[name]) == "ok"
