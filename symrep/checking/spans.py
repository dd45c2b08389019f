"""Ranges of a formula that stand for themselves."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["whole"]

_CALL: Final = re.compile(r"\\[A-Za-z]+\s*(?:\[[^\[\]]*\]\s*)?(?:\{[^{}]*\}\s*)*\{\s*\Z")


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A range whose braces match: what came out of a macro's argument ends inside the call."""
    for _ in range(20):
        depth = low = 0
        for m in _BRACE.finditer(text, start, end):
            depth += {"{": 1, "}": -1}.get(m.group(), 0)
            low = min(low, depth)
        if low < 0:
            call = _CALL.search(text[:start])
            if call is None:
                break
            start = call.start()
        elif depth > 0:
            close = text.find("}", end)
            if close < 0 or text[end:close].strip():
                break
            end = close + 1
        else:
            break
    return start, end


_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)
