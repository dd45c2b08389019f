"""The table of lemmas about definite integrals, by name. What a row is, and what an instance must hold: ``row``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from symrep.kernel.theorems.lemmas.mellin import MELLIN
from symrep.kernel.theorems.lemmas.named import NAMED
from symrep.kernel.theorems.lemmas.row import Lemma, instance
from symrep.kernel.theorems.lemmas.waves import WAVES

__all__ = ["LEMMAS", "Lemma", "instance"]

LEMMAS: Final[Mapping[str, Lemma]] = {row.name: row for row in (*MELLIN, *WAVES, *NAMED)}
