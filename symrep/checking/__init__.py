"""Documents checked: what they define and assume, what they claim, what becomes of each claim, how it is corrected.

``surveying`` reads a document from beginning to end; ``chains`` judges its claims; ``corrections`` edits the author's
LaTeX; ``child`` does it all in a process that can be killed, ``files`` from outside.
"""
