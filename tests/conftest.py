"""For every test: nothing is read from, or written to, the verdict store of whoever runs them. And which tests run.

``make test`` has to take minutes. Of the long tables below it runs every n-th row, always the same ones;
``make test-all`` (SYMREP_TESTS=all) runs them whole. What is left out is counted as deselected.
"""

import os
from collections import Counter
from typing import Final

import pytest

os.environ["SYMREP_STORE"] = "off"

#: module -> every which test of it; the rows cost seconds each
STRIDES: Final = {
    "tests/audit/test_analysis.py": 3,
    "tests/audit/test_identities.py": 3,
    "tests/audit/test_instance_data.py": 3,
    "tests/documents/test_checking.py": 4,
    "tests/documents/test_closed_forms.py": 2,
    "tests/documents/test_formal.py": 2,
    "tests/documents/test_habits.py": 2,
    "tests/documents/test_habits_of_proofs.py": 2,
    "tests/documents/test_habits_of_the_field.py": 2,
    "tests/documents/test_meant_where.py": 2,
    "tests/documents/test_names_anew.py": 2,
    "tests/documents/test_suspects.py": 2,
    "tests/kernel/test_shortcuts.py": 3,
    "tests/laws/test_catalogue_laws.py": 6,
    "tests/laws/test_counterparts.py": 3,
    "tests/laws/test_discrete_plants.py": 4,
    "tests/laws/test_multivariate.py": 4,
    "tests/laws/test_plants.py": 5,
    "tests/reading/test_latex_round_trip.py": 4,
    "tests/rules/test_repeated.py": 2,
    "tests/test_families.py": 3,
    "tests/test_gallery.py": 6,
    "tests/test_must_fail.py": 8,
    "tests/transforms/test_planted.py": 2,
    "tests/transforms/test_several.py": 2,
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if (
        os.environ.get("SYMREP_TESTS") == "all" or len({i.path for i in items}) < 20
    ):  # a file that is asked for runs whole
        return
    seen = Counter[str]()
    kept, left = [], []
    for item in items:
        module = item.nodeid.partition("::")[0]
        seen[module] += 1
        (kept if (seen[module] - 1) % STRIDES.get(module, 1) == 0 else left).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left)
