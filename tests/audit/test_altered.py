"""Certificates with one number changed: what the auditor still accepts is true, as far as numbers can tell."""

from __future__ import annotations

import json
import random

import pytest
from test_theorems import OUT_OF_REACH, TRUE, altered, is_true, leaves

from symrep.audit.check import check
from symrep.audit.data import Bad
from symrep.claim import Claim
from symrep.kernel.certificate import SCHEMA
from symrep.wire import from_json


@pytest.mark.parametrize("name", TRUE)
def test_altered_certificates_are_refused_unless_true(name: str) -> None:
    data = json.loads(json.dumps(TRUE[name].data))
    places = list(leaves(data))
    rng = random.Random(f"audit {name}")
    for path in rng.sample(places, min(len(places), 12)):
        for by in (1, -2):
            changed = Claim("rewrite", altered(data, path, by), TRUE[name].context)
            certificate = json.loads(json.dumps({"schema": SCHEMA, "claim": changed.to_json()}))
            try:
                if check(certificate).status != "ok":
                    continue
            except Bad:
                continue
            if all(from_json(changed.data[k]) == from_json(data[k]) for k in ("before", "after")):
                continue  # another proof of the same line
            assert not name.startswith(OUT_OF_REACH), (path, by)
            assert is_true(changed), (path, by)
