"""The engine for speed: a bit index over a whole policy, and functions made of its expressions.

It shares no code with the reference engine, which says what it must answer.
"""
