"""Behaviour at the ends of an interval and between them: limits, growth, regularity, convergence, domination.

``germs`` says how large an expression is near an end, ``growth`` and ``asymptotics`` find it, ``regular`` looks after
the inside; ``limits`` and ``integrability`` are what theorems ask.
"""
