"""Tables mean what the rows mean that they write; what is proved of them holds of all facts."""

import csv
import io
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from remedykit.diagnostics import Findings
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.facts.schema import model_schema
from remedykit.facts.values import Facts
from remedykit.language.load import load_policy
from remedykit.language.syntax import CheckedPolicy
from remedykit.language.types import Value
from support.all_engines import AllEngines
from support.error_cases import HEADER, found_in

_FACTS = """facts:
  incident.floors: {type: int, at_least: 0, at_most: 6, means: x}
  incident.share: {type: number, at_least: 0, at_most: 2, means: x}
  incident.colour: {values: [red, green, blue], means: x}
  incident.wet: {type: bool, default: false, means: x}
  incident.marks: {type: texts, means: x}
"""
_NUMBERS = ("1", "2", "..1", "2..", "1..3", "0<..", "..<2", "[..0, 2..]", "{not: 1}", "{not: 1..2}")
_TESTS = {
    "incident.floors": (*_NUMBERS, "5..", "6", "{known: true}", "{known: false}"),
    "incident.share": (*_NUMBERS, "0.5", "..<0.5", "0.5.."),
    "incident.colour": (
        "red",
        "[red, blue]",
        "{not: red}",
        "{known: false}",
        "{not: [red, green]}",
    ),
    "incident.wet": ("true", "false", "{not: true}"),
    "incident.marks": ("gift", "[gift, bulky]", "{all: [gift, bulky]}", "{not: gift}"),
}
# Every fact's values, as far as these tests can tell them apart.
_VALUES: dict[str, tuple[Value, ...]] = {
    "incident.floors": tuple(range(7)),
    "incident.share": tuple(Fraction(number, 4) for number in range(9)),
    "incident.colour": ("red", "green", "blue"),
    "incident.wet": (False, True),
    "incident.marks": ((), ("gift",), ("bulky",), ("bulky", "gift")),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Some columns, and rows of tests with a value each; an empty test is any."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def as_maps(self) -> str:
        return "".join(
            f"      - {{when: {{{self._when(row)}}}, value: {number}}}\n"
            if any(row)
            else f"      - {{value: {number}}}\n"
            for number, row in enumerate(self.rows)
        )

    def _when(self, row: tuple[str, ...]) -> str:
        cells = zip(self.columns, row, strict=True)
        return ", ".join(f"{column}: {cell}" for column, cell in cells if cell)

    def as_rows(self) -> str:
        return "".join(f"      - [{', '.join(row)}]\n" for row in self._written())

    def as_csv(self, delimiter: str) -> str:
        file = io.StringIO()
        csv.writer(file, delimiter=delimiter).writerows(self._written())
        return file.getvalue()

    def _written(self) -> list[tuple[str, ...]]:
        cells = (tuple(cell or "-" for cell in row) for row in self.rows)
        return [(*self.columns, "value"), *((*row, str(n)) for n, row in enumerate(cells))]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(st.sampled_from(sorted(_TESTS)), min_size=1, max_size=3, unique=True))
    row = st.tuples(*(st.sampled_from(("", *_TESTS[column])) for column in columns))
    rows = draw(st.lists(row, min_size=1, max_size=5))
    return Table(tuple(columns), tuple(rows))


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    values = {name: draw(st.sampled_from((None, *values))) for name, values in _VALUES.items()}
    return facts_of({name: value for name, value in values.items() if value is not None})


def facts_of(values: dict[str, Value]) -> Facts:
    known: dict[str, Value | None] = {"incident.wet": False, **values}
    return Facts(known, "USD", ())


def policy_of(define: str, table: str = "") -> CheckedPolicy:
    files = {"a.yaml": f"{HEADER}{_FACTS}define:\n  it:\n{define}".encode()}
    if table:
        files["t.csv"] = table.encode()
    return load_policy(files, model_schema(), Findings())[0]


def value_of(policy: CheckedPolicy, given_facts: Facts) -> Value | None:
    return AllEngines.of(policy, given_facts).defined("it")


@settings(max_examples=max(10, settings().max_examples // 2))  # each loads four policies
@given(tables(), st.sampled_from(("first", "sum", "max", "min")), st.lists(facts(), max_size=8))
def test_a_table_is_worth_what_its_rows_are_worth_however_it_is_written(
    table: Table, hit_policy: str, situations: list[Facts]
) -> None:
    end = "    else: 9\n"
    maps, *others = (
        policy_of(f"    {hit_policy}:\n{table.as_maps()}{end}"),
        policy_of(f"    {hit_policy}:\n{table.as_rows()}{end}"),
        policy_of(f"    {hit_policy}: t.csv\n{end}", table.as_csv(",")),
        policy_of(f"    {hit_policy}: t.csv\n{end}", table.as_csv(";")),
    )

    assert {other.digest for other in others} == {maps.digest}
    for situation in situations:
        expected = value_of(maps, situation)
        assert [value_of(other, situation) for other in others] == [expected] * len(others)


def referred(policy: CheckedPolicy, given_facts: Facts) -> Value | None:
    """Return what the reference engine says; that the others agree is told above."""
    return ReferenceEvaluation(policy, given_facts).defined("it")


def _alone(table: Table) -> CheckedPolicy:
    return policy_of(f"    first:\n{table.as_maps()}    else: 9\n")


def situations_of(table: Table, *, unknown: bool) -> list[Facts]:
    """Return every situation that the tests of a table can tell apart."""
    ways = [
        (*_VALUES[column], None) if unknown and column != "incident.wet" else _VALUES[column]
        for column in table.columns
    ]
    return [
        facts_of(
            {
                name: value
                for name, value in zip(table.columns, values, strict=True)
                if value is not None
            }
        )
        for values in product(*ways)
    ]


@st.composite
def small_tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(st.sampled_from(sorted(_TESTS)), min_size=1, max_size=2, unique=True))
    row = st.tuples(*(st.sampled_from(("", *_TESTS[column])) for column in columns))
    return Table(tuple(columns), tuple(draw(st.lists(row, min_size=1, max_size=3))))


@settings(max_examples=max(10, settings().max_examples // 3))  # each looks at all facts
@given(small_tables())
def test_rows_are_told_to_overlap_exactly_if_some_facts_match_both(table: Table) -> None:
    text = f"{HEADER}{_FACTS}define:\n  it:\n    unique:\n{table.as_rows()}    else: 9\n"
    told = {
        item.message.partition(" of the define")[0]
        for item in found_in({"a.yaml": text.encode()})
        if item.code == "table-overlap"
    }

    pairs = set[tuple[int, int]]()
    policies = [_alone(Table(table.columns, (row,))) for row in table.rows]
    for situation in situations_of(table, unknown=True):
        rows = [n for n, policy in enumerate(policies) if referred(policy, situation) == 0]
        pairs |= {(one, other) for one in rows for other in rows if one < other}
    first_of = {second: min(a for a, b in pairs if b == second) for _, second in pairs}

    assert told == {f"rows {one + 1} and {second + 1}" for second, one in first_of.items()}


@settings(max_examples=max(10, settings().max_examples // 3))  # each looks at all facts
@given(small_tables())
def test_a_gap_is_told_exactly_if_some_known_facts_match_no_row(table: Table) -> None:
    text = f"{HEADER}{_FACTS}define:\n  it:\n    complete: true\n    first:\n{table.as_rows()}"
    found = {item.code for item in found_in({"a.yaml": text.encode()})}

    policy = policy_of(f"    first:\n{table.as_rows()}    else: 9\n")
    gap = any(referred(policy, each) == 9 for each in situations_of(table, unknown=False))

    assert ("table-gap" in found) is gap
    assert "table-unproved" not in found


@settings(max_examples=max(10, settings().max_examples // 3))  # each looks at all facts
@given(small_tables(), st.booleans())
def test_rows_are_told_never_to_be_reached_exactly_if_rows_before_hold_wherever_they_do(
    table: Table, in_a_file: bool
) -> None:
    define = "    first: t.csv\n" if in_a_file else f"    first:\n{table.as_maps()}"
    files = {"a.yaml": f"{HEADER}{_FACTS}define:\n  it:\n{define}    else: 9\n".encode()}
    files |= {"t.csv": table.as_csv(",").encode()} if in_a_file else {}
    told = {
        item.message.partition(" of the define")[0]
        for item in found_in(files)
        if item.code == "never-reached"
    }

    policies = [_alone(Table(table.columns, (row,))) for row in table.rows]
    holds, first = set[int](), set[int]()
    for situation in situations_of(table, unknown=True):
        rows = [n for n, policy in enumerate(policies) if referred(policy, situation) == 0]
        holds.update(rows)
        first.update(rows[:1])

    assert told == {f"row {row + 1}" for row in holds - first}
