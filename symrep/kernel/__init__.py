"""What is trusted. From the top: the door (``certificate``), the theorems, and what their conditions ask for.

* ``certificate``: a claim and the instances it rests on go in; a sealed certificate comes out, or ``NotProved``.
* ``theorems``: each one reads its instance and checks every condition of its own. ``theorems.table`` lists them.
* ``analysis``: behaviour at the ends of an interval: limits, growth, regularity, convergence, domination.
* ``algebra``: the normal form of a term, its sign, its derivative; ``algebra.special``, the relations of special
  functions.
* ``ground``, ``fail``: python-flint, and how the kernel says no.

Each imports only what stands below it.
"""
