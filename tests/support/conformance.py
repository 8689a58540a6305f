"""The conformance data: its lines, what policy each stands for, and how it is written in them.

``tests/conformance/README.md`` tells what every field means; this is our reading of it.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from remedykit.diagnostics import Diagnostic, Findings
from remedykit.facts.schema import model_schema
from remedykit.facts.values import Facts
from remedykit.language.load import load_policy
from remedykit.language.syntax import CheckedPolicy
from remedykit.language.types import Base, Schema, Value
from remedykit.model.currencies import minor_digits
from support.error_cases import found_in

Line = Mapping[str, Any]  # of JSON

FOLDER = Path(__file__).parent.parent / "conformance"
# Properties of the remedy at hand, which lines may tell beside the facts.
REMEDY: Mapping[str, Base] = {
    "remedy.kind": Base.TEXT,
    "remedy.part": Base.TEXT,
    "remedy.gives": Base.TEXT,
    "remedy.basis": Base.TEXT,
    "remedy.group": Base.TEXT,
    "remedy.refused": Base.BOOL,
    "remedy.refused_value": Base.MONEY,
    "remedy.value": Base.MONEY,
    "remedy.cost": Base.MONEY,
}
FOLLOWING = "case.follows"  # the fact with the pattern of a line
_UNITS = {"minutes": 60, "hours": 3600, "days": 86400}
_SCHEMA = model_schema()


@cache
def lines() -> Mapping[str, Line]:
    """Return all lines by their file and name, such as ``tests: at least``."""
    found: dict[str, Line] = {}
    for path in sorted(FOLDER.glob("*.jsonl")):
        for text in path.read_text(encoding="utf-8").splitlines():
            line: Line = json.loads(text)
            found[f"{path.stem}: {line['name']}"] = line
    return found


def currencies(line: Line) -> list[str]:
    """Return the policy's currencies; the first is that of the decision unless it is said."""
    return [str(code) for code in line.get("currencies", ["USD"])]


def currency(line: Line) -> str:
    """Return the currency of the decision."""
    return str(line.get("currency", currencies(line)[0]))


# --- policies ----------------------------------------------------------------------------------


def loaded(line: Line, *more: str) -> CheckedPolicy:
    """Return the policy of a line, with what it tests and with further files.

    What may be said of single tests only with more of them (`always-true` and the like) is no
    matter here, where one test stands in many places.
    """
    files = {"policy.yaml": _sections(line), "tested.yaml": tested(line)}
    files |= {f"more{number}.yaml": text for number, text in enumerate(more)}
    policy, _ = load_policy(_encoded(files), _SCHEMA, Findings())
    return policy


def diagnostics_of(line: Line) -> tuple[Diagnostic, ...]:
    """Return what loading the policy of a line finds."""
    files = {"policy.yaml": _sections(line), "tested.yaml": tested(line)}
    return found_in(_encoded(files))


def _encoded(files: Mapping[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items() if text}


def _sections(line: Line) -> str:
    timezone = line.get("timezone", "America/New_York")
    zone = "" if timezone is None else f"timezone: {timezone}\n"
    used = ", ".join(currencies(line))
    header = f"policy: conformance\nversion: '1'\n{zone}currencies: [{used}]\n"
    return header + str(line.get("policy", ""))


def tested(line: Line) -> str:
    """Return the policy file with the condition, expression or pattern of a line alone."""
    if "pattern" in line:
        return f"facts:\n  {FOLLOWING}: {{means: it, {line['pattern']}}}\n"
    if "value" in line:
        return f"define:\n  result: {json.dumps(line['value'], ensure_ascii=False)}\n"
    for key, slot in (("amount", "value"), ("due", "due")):
        if key in line:
            given = json.dumps(line[key], ensure_ascii=False)
            other = "" if slot == "value" else ", value: 0"
            return f"remedies:\n  result: {{{_FIX}{other}, {slot}: {given}}}\n"
    if not is_condition(line):
        return ""
    return f"rules:\n  - id: tested\n    ask_approval: {{of: any, by: desk}}\n{condition(line, 4)}"


_FIX = "part: fix, gives: exchange, say: Done."


def is_condition(line: Line) -> bool:
    """Whether a line is about a condition."""
    return not line.keys().isdisjoint({"when", "where", "unless"})


def condition(line: Line, indent: int) -> str:
    """Return the condition of a line as it stands in a rule, a limit or a define."""
    text = ""
    for key in ("when", "unless"):
        if key in line:
            text += f"{key}:\n{textwrap.indent(str(line[key]), '  ')}\n"
    if "where" in line:
        text += f"where: {json.dumps(line['where'], ensure_ascii=False)}\n"
    return textwrap.indent(text, " " * indent)


# --- facts and results -------------------------------------------------------------------------


def facts_of(line: Line, told: Mapping[str, object], schema: Schema) -> Facts:
    """Return the facts of a case; what is not told has its default, or is unknown."""
    values: dict[str, Value | None] = {item.name: item.default for item in schema.declarations}
    for name, said in told.items():
        if name not in REMEDY:
            values[name] = read(said, _base(name, schema), currency(line))
    return Facts(values, currency(line))


def remedy_of(line: Line, told: Mapping[str, object]) -> dict[str, Value | None]:
    """Return the properties of the remedy at hand that a case tells."""
    return {
        name: read(said, REMEDY[name], currency(line))
        for name, said in told.items()
        if name in REMEDY
    }


def _base(name: str, schema: Schema) -> Base:
    declaration = schema.find(name)
    if declaration is None:
        raise ValueError(f"there is no fact name={name!r}")
    return declaration.type.base


def read(said: object, base: Base, of: str) -> Value | None:
    """Return a value as the data write it.

    Raises:
        ValueError: if it is not written as a value of this type must be.
    """
    match base, said:
        case _, None:
            return None
        case Base.BOOL, bool():
            return said
        case Base.MONEY, str():
            return _exact(Fraction(said) * 10 ** minor_digits(of))
        case ((Base.NUMBER | Base.INT), str()):
            return _exact(Fraction(said))
        case Base.INT, int() if not isinstance(said, bool):
            return said
        case Base.TEXT, str():
            return said
        case Base.TEXTS, list():
            return tuple(str(word) for word in said)
        case _, str():
            return _moment(said, base)
        case _:
            raise ValueError(f"said={said!r} is no value of type {base}")


def _exact(number: Fraction) -> int | Fraction:
    return number.numerator if number.denominator == 1 else number


def _moment(said: str, base: Base) -> date | datetime | timedelta:
    match base:
        case Base.DATE:
            return date.fromisoformat(said)
        case Base.TIME:
            return datetime.fromisoformat(said).astimezone(UTC)
        case Base.DURATION:
            count, unit = said.split()
            return timedelta(seconds=int(count) * _UNITS[unit])
        case _:
            raise ValueError(f"said={said!r} is no value of type {base}")


def cell(value: Value, base: Base, of: str) -> str | None:
    """Return a value as a cell of a test, or ``None`` if no cell can say it."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Fraction():
            return _decimals(value, base, of)
        case datetime():
            return value.isoformat()
        case timedelta():
            return f"{int(value.total_seconds()) // 60} minutes"
        case _:
            return str(value)


def _decimals(value: int | Fraction, base: Base, of: str) -> str | None:
    most = minor_digits(of) if base is Base.MONEY else 17
    number = Fraction(value) / (10**most if base is Base.MONEY else 1)
    for places in range(most + 1):
        shifted = number * 10**places
        if shifted.denominator == 1:
            digits = f"{abs(shifted.numerator):0{places + 1}}"
            whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
            text = f"{'-' if shifted < 0 else ''}{whole}{'.' if part else ''}{part}"
            return text if len(digits) <= 18 else None
    return None
