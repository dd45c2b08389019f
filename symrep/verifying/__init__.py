"""Identities, one by one: read, decided by the judge's checks, explained when they are wrong."""

from symrep.verifying.deciding import verdict_of
from symrep.verifying.items import Item, load
from symrep.verifying.verifier import Result, verify, verify_item

__all__ = ["Item", "Result", "load", "verdict_of", "verify", "verify_item"]
