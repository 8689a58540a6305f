"""rule-engine: an expression language in Python, with exact decimals."""

from __future__ import annotations

from typing import Any

import rule_engine

from bench.peers.contender import Matcher, Plain, Task
from bench.peers.texts import Texts
from bench.peers.writing import Dialect

RULE_ENGINE = Dialect(all_of=" and ", one_of=" or ", no="not ({})")


def prepare(task: Task) -> Matcher:
    """Return compiled rules: one a define, and one for each stretch of rules."""
    texts = Texts.of(task, RULE_ENGINE)
    context = rule_engine.Context(resolver=rule_engine.resolve_item)
    defines = [(name, rule_engine.Rule(text, context)) for name, text in texts.defines]
    lists = [rule_engine.Rule(text, context) for text in texts.lists()]

    def match(facts: dict[str, Plain]) -> list[Any]:
        values: dict[str, Any] = dict(facts)
        for name, define in defines:
            values[name] = define.evaluate(values)
        return [some.evaluate(values) for some in lists]

    return Matcher(form=texts.form, match=match, answer=texts.answer)
