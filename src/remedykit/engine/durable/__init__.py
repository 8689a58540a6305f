"""The third engine: the clauses, and the patterns of timelines, matched by durable-rules.

Optional (``remedykit[durable]``). Importing this package imports nothing of durable-rules; making
an engine or a matcher does.
"""
