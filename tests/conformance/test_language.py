"""The rule language as data: what each construct says of facts, on both sides of its boundary.

A line of ``language.jsonl`` has a condition (`when`, `where`, `unless`) or an expression (`value`),
further sections of the policy (`policy`), and `cases`: facts and what is expected. ``null`` is
unknown, both as a fact and as a result. Amounts are written in whole units.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from remedykit.diagnostics import Findings
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.facts.schema import model_schema
from remedykit.facts.values import Facts
from remedykit.language.load import load_policy
from remedykit.language.syntax import CheckedPolicy
from remedykit.language.types import Base, Value
from remedykit.model.currencies import minor_digits

Line = Mapping[str, Any]
LINES: list[Line] = [
    json.loads(line)
    for line in (Path(__file__).parent / "language.jsonl").read_text(encoding="utf-8").splitlines()
]
_UNITS = {"minutes": 60, "hours": 3600, "days": 86400}


def test_no_two_lines_have_one_name() -> None:
    assert len({line["name"] for line in LINES}) == len(LINES)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["name"])
def test_a_construct_means_what_is_written(line: Line) -> None:
    policy = _policy(line)

    found = [_found(line, policy, facts) for facts, _ in line["cases"]]

    assert found == [expected for _, expected in line["cases"]]


def _policy(line: Line) -> CheckedPolicy:
    text = "\n".join(_sections(line))
    policy, warnings = load_policy({"policy.yaml": text.encode()}, model_schema(), Findings())
    assert warnings == ()
    return policy


def _sections(line: Line) -> Iterator[str]:
    currencies = ", ".join(line.get("currencies", ["USD"]))
    yield "policy: conformance\nversion: '1'\ntimezone: America/New_York"
    yield f"currencies: [{currencies}]"
    sections = line.get("policy", "")
    if "value" not in line:
        yield sections
        yield "rules:\n  - id: tested\n    hand_over: desk"
        for key in ("when", "unless"):
            if key in line:
                yield f"    {key}:\n{textwrap.indent(line[key], ' ' * 6)}"
        if "where" in line:
            yield f"    where: {json.dumps(line['where'], ensure_ascii=False)}"
    elif sections.startswith("define: {"):
        yield f"{sections[:-1]}, result: {json.dumps(line['value'])}}}"
    else:
        yield sections
        yield f"define: {{result: {json.dumps(line['value'])}}}"


def _found(line: Line, policy: CheckedPolicy, facts: Mapping[str, object]) -> object:
    currency = line.get("currency", "USD")
    values = {name: _value(policy, name, told, currency) for name, told in facts.items()}
    evaluation = ReferenceEvaluation(policy, Facts(values, currency))
    if "value" not in line:
        return evaluation.truth(policy.rules[0].condition)
    define = next(define for define in policy.defines if define.name == "result")
    return _shown(evaluation.defined("result"), define.type.base, currency)


def _value(policy: CheckedPolicy, name: str, told: object, currency: str) -> Value | None:
    declaration = policy.schema.find(name)
    assert declaration is not None, name
    match declaration.type.base, told:
        case _, None:
            return None
        case Base.MONEY, str():
            minor = Fraction(told) * 10 ** minor_digits(currency)
            assert minor.denominator == 1
            return int(minor)
        case Base.NUMBER, str():
            return Fraction(told)
        case Base.DATE, str():
            return date.fromisoformat(told)
        case Base.TIME, str():
            return datetime.fromisoformat(told).astimezone(UTC)
        case Base.DURATION, str():
            count, unit = told.split()
            return timedelta(seconds=int(count) * _UNITS[unit])
        case Base.TEXTS, list():
            return tuple(str(word) for word in told)
        case _, bool() | int() | str():
            return told
        case _:
            raise ValueError(f"{name} told={told!r} is of no type of facts")


def _shown(value: Value | None, base: Base, currency: str) -> object:
    """A result as the data write it: amounts in whole units, numbers as they are written."""
    match value:
        case None | bool():
            return value
        case int() | Fraction() if base is Base.MONEY:
            amount = Fraction(value) / 10 ** minor_digits(currency)
            return _written(amount, minor_digits(currency))
        case int() | Fraction():
            return _written(Fraction(value), 0)
        case datetime():
            return value.isoformat()
        case _:
            return str(value)


def _written(number: Fraction, decimals: int) -> str:
    for places in range(decimals, 7):
        if (number * 10**places).denominator == 1:
            return f"{float(number):.{places}f}"
    return str(number)
