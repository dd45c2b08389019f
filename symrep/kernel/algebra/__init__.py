"""Are two terms equal, what is the sign of one, what is its derivative: by normal form, by cases.

To read it: ``gens`` and ``field`` are what normal forms are made of, ``engine`` makes them, ``atoms`` and ``functions``
say what a power or a named function becomes, ``binders`` what an integral or a sum does; ``polysign``, ``signing`` and
``signs`` prove signs; ``normal`` is what the rest of the kernel asks.
"""
