"""Laws of vectors and matrices with a dimension: entries, their values at one dimension, and the laws they obey there.

Nothing here speaks of all dimensions at once: a claim is put at d = 1, 2, 3 with symbols, or at drawn dimensions with
numbers, and says at which.
"""
