from __future__ import annotations

from collections.abc import Iterator

import pytest

from symrep.running.worker import Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(2, preload=()) as pool:
        yield pool
