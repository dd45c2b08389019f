"""The theorems a step may rest on, each checking its conditions; ``table`` and ``inequalities`` list them by name.

``instance`` reads the data a theorem is given; ``recording`` compares two sides and notes what holds off a null
set only; ``reuse`` and ``induction`` are about whole chains; ``lemmas`` is the table of definite integrals.
"""
