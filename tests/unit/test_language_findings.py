"""Everything that is wrong is told at once, each at its place."""

import pytest

from remedykit.diagnostics import MOST_FINDINGS, Findings
from remedykit.errors import PolicyError
from remedykit.facts.schema import model_schema
from remedykit.language.load import load_policy
from support.error_cases import HEADER
from support.loading import codes, found, loaded

MANY = """
timezone: Mars
facts:
  order.gift: {type: bool}
params:
  min: {value: 3}
define:
  late: {incident.days_lte: 3..}
  good: customer.tier == gold
remedies:
  sorry: {part: apology}
rules:
  - {id: late, offer: sory}
  - {id: late, hand_over: desk, till: noon}
limits:
  - {id: cap, of: any, at_most: 5, over: cut}
ranking: {objective: please}
guarded_words: {shipped: order.shipped}
covers: [gifts]
"""


def test_faults_of_every_section_come_at_once_in_the_order_of_their_place() -> None:
    told = found(MANY)

    assert [item.code for item in told] == [
        "unknown-timezone",
        "missing-key",
        "bad-name",
        "unknown-fact",
        "unquoted-word",
        "missing-key",
        "unknown-kind",
        "unknown-key",
        "unknown-value",
        "unknown-value",
        "unknown-fact",
        "unknown-value",
    ]
    assert [item.place for item in told] == sorted(item.place for item in told)


def test_faults_of_several_files_come_in_the_order_of_the_files() -> None:
    told = found("define:\n  late: 5.\n", "rules:\n  - {id: x}\n", "limits: 5\n")

    assert [str(item.place) for item in told] == ["a.yaml:5:9", "b.yaml:2:10", "c.yaml:1:9"]


def test_broken_syntax_of_every_file_is_told_before_anything_is_checked() -> None:
    assert codes("a: [", "b: {", "rules:\n  - {id: x}\n") == ["yaml-syntax", "yaml-syntax"]


def test_the_policy_error_shows_all_faults_one_after_the_other() -> None:
    files = {"a.yaml": f"{HEADER}define:\n  late: 5.\n  early: 6.\n".encode()}

    with pytest.raises(PolicyError) as caught:
        load_policy(files, model_schema(), Findings())

    assert str(caught.value) == "\n\n".join(item.render() for item in caught.value.diagnostics)
    assert [item.underlined for item in caught.value.diagnostics] == ["5.", "6."]


def test_after_a_hundred_faults_the_rest_is_not_read() -> None:
    faults = "".join(f"  d{number}: 5.\n" for number in range(150))

    told = found(f"define:\n{faults}")

    assert len(told) == MOST_FINDINGS + 1
    assert (told[-1].code, told[-1].place.line) == ("too-many-faults", 155)


def test_warnings_do_not_refuse_a_policy_however_many_they_are() -> None:
    tests = "".join(f"  d{number}: {{incident.days_late: 0..}}\n" for number in range(150))
    files = {"a.yaml": f"{HEADER}define:\n{tests}".encode()}

    policy, warnings = load_policy(files, model_schema(), Findings())

    assert len(policy.defines) == len(warnings) == 150


def test_warnings_are_in_the_order_of_their_place() -> None:
    told = found("define:\n  b: {incident.days_late: 0..}\n", "define:\n  a: {order.total: ..<0}\n")

    assert [item.code for item in told] == ["always-true", "never-true"]


@pytest.mark.parametrize(
    "before",
    [
        "order.country == 'Zürich' and ",
        "order.country == '京都' and ",
        "order.country == '👍🏽' and ",
        "\"order.country == '\\u00e9\\x41' and ",
    ],
)
def test_a_fault_is_underlined_exactly_whatever_letters_stand_before_it(before: str) -> None:
    closing = before[0] if before.startswith('"') else ""
    line = f"  late: {before}incident.days_lte > 3{closing}"

    (item,) = found(f"define:\n{line}\n")

    assert item.underlined == "incident.days_lte"
    assert item.place.column == line.index("incident.days_lte") + 1


def test_a_fault_on_a_continued_line_is_underlined_there() -> None:
    (item,) = found("define:\n  late:\n    incident.days_late > 3 and\n    incident.days_lte > 3\n")

    assert (item.place.line, item.place.column, item.underlined) == (7, 5, "incident.days_lte")


def test_a_name_that_has_a_fault_of_its_own_is_not_called_unknown_where_it_is_read() -> None:
    text = """
facts: {order.channel: {type: word, means: where it was bought}}
params: {lost_after: {value: 3, type: whole}}
define:
  broken: incident.days_late >
  reads: broken and order.channel == 'web' and incident.days_late > lost_after
  tested: {broken: true, order.channel: web, incident.days_late: lost_after..}
remedies:
  refund: {part: fixes}
  sorry: {part: apology, say: We are sorry.}
rules:
  - {id: late, when: {remedy.kind: refund, broken: true}, forbid: refund}
  - {id: later, offer: [refund], because: "It is {order.channel}."}
ranking: {loss: broken}
"""
    assert codes(text) == ["unknown-value", "unknown-value", "expression-syntax", "unknown-value"]


def test_sections_may_be_named_and_left_empty() -> None:
    assert loaded("rules:\nlimits:\nfacts:\nranking:\n").rules == ()


def test_a_file_may_be_empty() -> None:
    assert loaded("", "# nothing yet\n").name == "golden"


def test_no_file_at_all_is_no_policy() -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy({}, model_schema(), Findings())

    assert {item.code for item in caught.value.diagnostics} == {"missing-key"}
