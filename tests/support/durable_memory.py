"""Makes, uses and drops thousands of durable engines; says whether memory grew. Run by a test."""

import resource
import sys

from remedykit.engine.durable.engine import DurableEngine
from remedykit.language.syntax import Todo
from support.build import facts, holds, policy, rule

ENGINES = 2000
MOST_KILOBYTES = 20_000  # never freed, their rulesets would take some 90,000

rules = policy(*(rule(f"r{n}", Todo(("x",)), when=holds(f"f{n}")) for n in range(5)))
before = 0
for number in range(ENGINES):
    DurableEngine(rules).evaluate(facts({"f3": True}))
    if number == ENGINES // 10:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
sys.stdout.write("flat\n" if grown < MOST_KILOBYTES else f"grew by {grown} kB\n")
