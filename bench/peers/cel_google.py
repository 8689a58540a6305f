"""cel-expr-python: Google's CEL, run in Google's C++."""

from __future__ import annotations

from typing import Any

from cel_expr_python import cel

from bench.peers.contender import Matcher, Plain, Task
from bench.peers.texts import Texts
from bench.peers.writing import CEL


def prepare(task: Task) -> Matcher:
    """Return compiled programs: one a define, and one for each stretch of rules."""
    texts = Texts.of(task, CEL)
    names = [short for _, short in texts.facts] + [name for name, _ in texts.defines]
    environment = cel.NewEnv(variables=dict.fromkeys(names, cel.Type.DYN))
    defines = [(name, environment.compile(text)) for name, text in texts.defines]
    lists = [environment.compile(text) for text in texts.lists()]

    def match(facts: dict[str, Plain]) -> list[Any]:
        values = dict(facts)
        for name, define in defines:
            values[name] = define.eval(data=values).plain_value()
        activation = environment.Activation(values)
        return [some.eval(activation).plain_value() for some in lists]

    return Matcher(form=texts.form_in_floats, match=match, answer=texts.answer)
