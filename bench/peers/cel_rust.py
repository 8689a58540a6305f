"""common-expression-language: Google's CEL, run in Rust."""

from __future__ import annotations

from typing import Any

import cel

from bench.peers.contender import Matcher, Plain, Task
from bench.peers.texts import Texts
from bench.peers.writing import CEL


def prepare(task: Task) -> Matcher:
    """Return compiled programs: one a define, and one for each stretch of rules."""
    texts = Texts.of(task, CEL)
    defines = [(name, cel.compile(text)) for name, text in texts.defines]
    lists = [cel.compile(text) for text in texts.lists()]

    def match(facts: dict[str, Plain]) -> list[Any]:
        context = cel.Context(facts)
        for name, define in defines:
            context.add_variable(name, define.execute(context))
        return [some.execute(context) for some in lists]

    return Matcher(form=texts.form_in_floats, match=match, answer=texts.answer)
