"""The tables and short-hands of tests/kernel serve here too: what the kernel must refuse the auditor must refuse."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "kernel"))
