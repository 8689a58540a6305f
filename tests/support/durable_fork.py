"""Forks in the middle of a decision; says whether the child decides rightly. Run by a test."""

import os
import sys

from remedykit.engine.durable.engine import DurableEngine
from remedykit.engine.matching import Matches
from remedykit.language.syntax import Todo
from support.build import facts, holds, policy, rule

engine = DurableEngine(policy(rule("a", Todo(("x",)), when=holds("a"))))
with engine._cell.opened():  # as another thread may have it
    child = os.fork()
    if child == 0:
        right = engine.evaluate(facts({"a": True})).matches == Matches(1, 1)
        os._exit(0 if right else 1)
    _, status = os.waitpid(child, 0)
right = engine.evaluate(facts({"a": None})).matches == Matches(0, 1)
sys.stdout.write("right\n" if status == 0 and right else f"wrong: {status}\n")
