"""A second opinion: a checker of certificates that shares nothing with the kernel but the data format.

It imports nothing of symrep, and neither python-flint nor any of SymPy's expression functions: its arithmetic is its
own, with SymPy's sparse polynomial rings for factors. Start reading at :mod:`symrep.audit.check`.
"""
