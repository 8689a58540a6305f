"""zen-engine: rules in Rust, as a decision model or as compiled expressions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import zen

from bench.peers.contender import Answer, Matcher, Plain, Task
from bench.peers.texts import Texts
from bench.peers.writing import Dialect

ZEN = Dialect(all_of=" and ", one_of=" or ", no="not ({})")
ALL_AT_ONCE = 1_000_000  # zen has no limit, and reads all facts anew for each expression


def prepare_expressions(task: Task) -> Matcher:
    """Return one compiled expression a define, and one for all rules: the fastest way found."""
    texts = Texts.of(task, ZEN)
    defines = [(name, zen.compile_expression(text)) for name, text in texts.defines]
    lists = [zen.compile_expression(text) for text in texts.lists(ALL_AT_ONCE)]

    def match(facts: dict[str, Plain]) -> list[Any]:
        values = dict(facts)
        for name, define in defines:
            values[name] = define.evaluate(values)
        return [some.evaluate(values) for some in lists]

    return Matcher(form=texts.form, match=match, answer=texts.answer)


def prepare_table(task: Task) -> Matcher:
    """Return a decision model: a node of defines, and a table that collects the rules that hold.

    A row of the table is one whole expression. With a column a fact it takes about as long.
    """
    texts = Texts.of(task, ZEN)
    inside = Texts.of(task, replace(ZEN, define="$.{}"))  # how a node reads its own results
    defines = [{"id": name, "key": name, "value": text} for name, text in inside.defines]
    rows = [
        {"_id": name, "holds": text, "rule": json.dumps(name)}
        for name, text in zip(texts.ids, texts.conditions, strict=True)
    ]
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "holds", "name": "holds"}],
        "outputs": [{"id": "rule", "name": "rule", "field": "rule"}],
        "rules": rows,
    }
    nodes = [
        {"type": "inputNode", "content": {}},
        {"type": "expressionNode", "content": {"expressions": defines, "passThrough": True}},
        {"type": "decisionTableNode", "content": table},
        {"type": "outputNode", "content": {}},
    ]
    decision = zen.ZenEngine().create_decision(json.dumps(_chain(nodes)))

    def match(facts: dict[str, Plain]) -> Any:
        return decision.evaluate(facts)["result"]

    def answer(found: Any) -> Answer:
        return Answer.of(row["rule"] for row in found)

    return Matcher(form=texts.form, match=match, answer=answer)


def _chain(nodes: Iterable[dict[str, Any]]) -> dict[str, Any]:
    named = [{"id": f"n{place}", "name": f"n{place}", **node} for place, node in enumerate(nodes)]
    edges = [
        {"id": f"e{place}", "sourceId": f"n{place}", "targetId": f"n{place + 1}"}
        for place in range(len(named) - 1)
    ]
    return {"nodes": named, "edges": edges}
