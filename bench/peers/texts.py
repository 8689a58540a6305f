"""All conditions of a task as texts of one language, in the fewest expressions it takes.

One expression that lists many conditions is several times faster than one a rule in every engine
measured here, because facts are handed over once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.peers.contender import Answer, Plain, Task, floats, plain
from bench.peers.writing import Dialect, Writer, identifier, names_read
from remedykit.facts.values import Facts

AT_ONCE = 200  # conditions in an expression; cel-expr-python takes 100,000 characters at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What an engine is given to compile.

    Attributes:
        ids: the clauses, in the order of `conditions`.
        conditions: each a text.
        defines: names and texts of the defines that they read, each after those it reads itself.
        facts: the facts that any of it reads, by name, and the words that stand for them.
    """

    ids: tuple[str, ...]
    conditions: tuple[str, ...]
    defines: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, task: Task, dialect: Dialect) -> Texts:
        """Write a task in a language."""
        writer = Writer(task.policy, dialect)
        defines = {define.name: define for define in task.policy.defines}
        used = set(names_read((each.condition for each in task.clauses), defines))
        return cls(
            ids=tuple(each.id for each in task.clauses),
            conditions=tuple(writer.condition(each.condition) for each in task.clauses),
            defines=tuple(
                (name, writer.define(each)) for name, each in defines.items() if name in used
            ),
            facts=tuple((name, identifier(name)) for name in sorted(used - defines.keys())),
        )

    def lists(self, at_once: int = AT_ONCE) -> list[str]:
        """Return all conditions, as expressions that each are a list of truths."""
        starts = range(0, len(self.conditions), at_once)
        return [f"[{', '.join(self.conditions[start : start + at_once])}]" for start in starts]

    def form(self, facts: Facts) -> dict[str, Plain]:
        """Return the facts that are read, by the words that stand for them."""
        values = plain(facts)
        return {short: values[name] for name, short in self.facts}

    def form_in_floats(self, facts: Facts) -> dict[str, Plain]:
        """Return the same with all numbers as floats."""
        return floats(self.form(facts))

    def answer(self, truths: Iterable[Sequence[object]]) -> Answer:
        """Return the answer that lists of truths stand for."""
        flat = (truth for some in truths for truth in some)
        return Answer.of(name for name, truth in zip(self.ids, flat, strict=True) if truth)
