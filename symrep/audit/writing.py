"""Terms in short, for the reasons given."""

from __future__ import annotations

from symrep.audit.data import Term

__all__ = ["text"]


def text(t: Term, limit: int = 120) -> str:
    out = _text(t)
    return out if len(out) <= limit else out[: limit - 1] + "…"


def _text(t: Term) -> str:
    head = t[0]
    if head == "num":
        return str(t[1]) if t[2] == 1 else f"{t[1]}/{t[2]}"
    if head in ("sym", "const"):
        return str(t[1])
    if head in ("add", "mul"):
        inner = (" + " if head == "add" else "*").join(map(_text, t[1:]))
        return f"({inner})" if head == "add" else inner
    if head == "pow":
        return f"{_text(t[1])}**({_text(t[2])})"
    if head == "fn":
        return f"{t[1]}({', '.join(map(_text, t[2:]))})"
    if head == "app":
        return f"{t[1]}{list(t[2])}({', '.join(map(_text, t[3]))})"
    return f"<{head}>"
