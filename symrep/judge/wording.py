"""What the kernel says, without the keys of its generators: these are nested tuples, and mean nothing to a reader."""

from __future__ import annotations

from symrep.kernel.fail import NotProved

__all__ = ["plain"]


def plain(no: NotProved) -> NotProved:
    """The same, its message cut where a polynomial is shown by keys; its words are kept."""
    at = no.message.find("('")
    if at < 0:
        return no
    words, colon, _ = no.message[:at].rpartition(": ")
    message = words if colon else "a condition on a sum, an integral or an expectation is not known to hold"
    return NotProved(message, no.reason, no.definite, no.undefined)
