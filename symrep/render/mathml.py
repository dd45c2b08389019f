"""Formulas on a page: MathML where latex2mathml (the extra ``reports``) is installed, else their LaTeX source."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from html import escape
from importlib import import_module
from typing import Final

__all__ = ["formula", "version"]


_BETTER: Final = (
    (r' xmlns="[^"]*"', ""),
    (r"<mi>&#x0007E;</mi>", "<mo>&#x223C;</mo>"),  # \sim
    (r'<mi mathvariant="normal">(\w)</mi>(?=<mi mathvariant="normal">)', r"<mtext>\1</mtext>"),
    (r'<mo stretchy="false">&#x0007C;</mo>', '<mo stretchy="false" lspace="0" rspace="0">|</mo>'),
    (r"<mi>(exp|log|max|min)</mi>(?!<m(?:row|o))", r"<mi>\1</mi><mspace width='0.17em'/>"),
)


@cache
def _converter() -> Callable[..., str] | None:
    try:
        convert: Callable[..., str] = import_module("latex2mathml.converter").convert
    except Exception:  # absent or broken: the source is shown
        return None
    return convert


@cache
def version() -> str | None:
    """What makes MathML here, if anything does: pages made by two versions may differ."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("latex2mathml")
    except PackageNotFoundError:
        return None


@lru_cache(maxsize=4096)
def formula(tex: str, display: bool = False) -> str:
    """HTML of a formula; its LaTeX comes along, to be read and copied."""
    source = f"<code>{escape(tex)}</code>"
    convert = _converter()
    if convert is None:
        return source
    try:
        made = convert(tex, display="block" if display else "inline")
    except Exception:  # a construct it does not know
        return source
    if "\\" in made or not made.startswith("<math"):
        return source
    for a, b in _BETTER:
        made = re.sub(a, b, made)
    return made.replace("<math", f'<math title="{escape(tex)}"', 1)
