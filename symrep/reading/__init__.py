"""Text to terms: own tokens, own trees with spans, then meaning through a white list. Nothing is ever evaluated.

Imports the words (``claim``, ``term``, ``errors``) and nothing else; no computer algebra is behind this.
"""

from symrep.reading.expressions import Reader
from symrep.reading.tokens import NotRead

__all__ = ["NotRead", "Reader"]
