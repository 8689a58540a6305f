"""Decision tables: what they mean, how they are written, and what is proved of them."""

from collections.abc import Mapping

import pytest

from remedykit.diagnostics import Findings
from remedykit.facts.schema import model_schema
from remedykit.language import table_grids, table_proofs
from remedykit.language.load import load_policy
from remedykit.language.syntax import CheckedPolicy, Rule
from support.error_cases import HEADER, found_in
from support.loading import codes, found, loaded

KINDS = """
remedies:
  money: {part: fix, gives: money_now, value: 5, say: Here it is.}
  coupon: {part: perk, gives: money_later, value: 5, basis: goodwill, say: Here it is.}
"""
FACTS = """
facts:
  incident.floors: {type: int, at_least: 0, at_most: 9, means: x}
  incident.share: {type: number, at_least: 0, at_most: 1, means: x}
  incident.colour: {values: [red, green, blue], means: x}
  incident.note: {type: text, means: x}
  incident.marks: {type: texts, values: [gift, bulky], means: x}
  incident.wet: {type: bool, means: x}
  incident.day: {type: date, means: x}
  incident.wait: {type: duration, means: x}
  incident.price: {type: money, at_least: 0, means: x}
params:
  dear: {value: 100.00, unit: USD}
  warm: {value: [red, orange]}
"""


def loaded_files(files: Mapping[str, str]) -> CheckedPolicy:
    written = {name: text.encode() for name, text in files.items()}
    policy, warnings = load_policy(written, model_schema(), Findings())
    assert warnings == ()
    return policy


def rule_of(policy: CheckedPolicy, name: str) -> Rule:
    return next(rule for rule in policy.rules if rule.id == name)


def define(hit_policy: str, *rows: str, more: str = "else: 0") -> str:
    table = "".join(f"      - {row}\n" for row in rows)
    return f"{FACTS}define:\n  it:\n    {hit_policy}:\n{table}    {more}\n"


def message(*texts: str) -> str:
    (told,) = found(*texts)
    return told.message


# --- what they mean ------------------------------------------------------------------------------

MAPS = """
      - {when: {customer.tier: [gold, vip], incident.days_late: 5..}, value: 1}
      - {when: {incident.days_late: {not: ..<3}}, value: order.total / 2}
      - {value: 0.25}
"""
ROWS = """
      - [customer.tier, incident.days_late, value]
      - [[gold, vip], 5.., 1]
      - ["-", {not: ..<3}, order.total / 2]
      - ["-", "-", 0.25]
"""
COMMAS = """customer.tier,incident.days_late,value
"[gold, vip]",5..,1
-,{not: ..<3},order.total / 2
-,-,0.25
"""
SEMICOLONS = """\ufeffcustomer.tier;incident.days_late;value
[gold, vip];5..;1
-;"{not: ..<3}"; order.total / 2
"-";-;0.25
;;
"""


def test_maps_rows_and_files_with_either_delimiter_mean_the_same() -> None:
    policies = [
        loaded(f"define:\n  it:\n    type: money\n    first:{rows}    else: 0\n")
        for rows in (MAPS, ROWS)
    ]
    file = f"{HEADER}define:\n  it: {{type: money, first: t.csv, else: 0}}\n"
    policies += [loaded_files({"a.yaml": file, "t.csv": text}) for text in (COMMAS, SEMICOLONS)]

    assert len({policy.digest for policy in policies}) == 1


def test_a_table_of_rules_means_the_rules_written_out() -> None:
    table = loaded(
        KINDS + "rules:\n"
        "  - id: late\n"
        "    source: house\n"
        "    table:\n"
        "      - [id, incident.kind, incident.days_late, offer, entitle, value, basis, because]\n"
        '      - ["-", late_delivery, "-", [money, coupon], "-", 4.00, goodwill, A word.]\n'
        '      - [much, "-", 5.., "-", money, "-", "-", "-"]\n'
    )
    rules = loaded(
        KINDS + "rules:\n"
        "  - id: late.1\n"
        "    when: {incident.kind: late_delivery}\n"
        "    offer: {money: {value: 4.00}, coupon: {value: 4.00}}\n"
        "    basis: goodwill\n"
        "    because: A word.\n"
        "    source: house\n"
        "  - {id: late.much, when: {incident.days_late: 5..}, entitle: money, source: house}\n"
    )

    assert table.digest == rules.digest


def test_each_effect_may_be_a_column() -> None:
    table = loaded(
        KINDS + "rules:\n"
        "  - id: all\n"
        "    table:\n"
        "      - [remedy.part, forbid, adjust, points, ask_approval, by, hand_over, todo]\n"
        '      - [perk, any, "-", "-", "-", "-", "-", "-"]\n'
        '      - [perk, "-", {part: perk}, -5, "-", "-", "-", "-"]\n'
        '      - [fix, "-", "-", "-", money, lead, "-", "-"]\n'
        '      - ["-", "-", "-", "-", "-", "-", desk, "-"]\n'
        '      - ["-", "-", "-", "-", "-", "-", "-", [call, write]]\n'
    )
    rules = loaded(
        KINDS + "rules:\n"
        "  - {id: all.1, when: {remedy.part: perk}, forbid: any}\n"
        "  - {id: all.2, when: {remedy.part: perk}, adjust: {of: {part: perk}, points: -5}}\n"
        "  - {id: all.3, when: {remedy.part: fix}, ask_approval: {of: money, by: lead}}\n"
        "  - {id: all.4, hand_over: desk}\n"
        "  - {id: all.5, todo: [call, write]}\n"
    )

    assert table.digest == rules.digest


def test_a_rule_of_a_table_stands_where_its_row_or_its_id_does() -> None:
    text = f"{HEADER}{KINDS}rules: [{{id: late, table: sub/t.csv}}]\n"
    table = "id;customer.tier;offer\r\n-;gold;money\r\nmine;vip;money\r\n"

    policy = loaded_files({"rules/a.yaml": text, "rules/sub/t.csv": table})

    places = {rule.id: str(rule.place) for rule in policy.rules}
    assert places == {"late.1": "rules/sub/t.csv:2:1", "late.mine": "rules/sub/t.csv:3:1"}


def test_a_define_may_be_read_by_a_table_that_is_written_before_it() -> None:
    policy = loaded(
        "define:\n"
        "  a: {first: [[b, value], [true, c]], else: 0}\n"
        "  b: {incident.days_late: 3..}\n"
        "  c: incident.trips\n"
    )

    assert [item.name for item in policy.defines] == ["b", "c", "a"]


def test_words_of_a_table_are_no_names_of_defines() -> None:
    policy = loaded(
        "define:\n"
        "  gold: {band: a}\n"
        "  a: {gold: true}\n"
        "  band: {values: [a, gold], first: [[customer.tier, value], [gold, gold]], else: a}\n"
        "  many: {count: [[customer.tier], [gold]]}\n"
    )

    assert [item.name for item in policy.defines] == ["band", "many", "gold", "a"]


def test_words_of_spreadsheets_for_true_and_false_are_read_in_files_only() -> None:
    file = f"{HEADER}define:\n  it: {{first: t.csv, else: 0}}\n"
    table = "customer.risk_flag,value\nTRUE,1\nFALSE,2\n"

    assert loaded_files({"a.yaml": file, "t.csv": table}).defines
    assert codes("define:\n  it: {first: [[customer.risk_flag, value], [TRUE, 1]], else: 0}\n") == [
        "wrong-cell"
    ]


@pytest.mark.parametrize(
    ("file", "named", "there"),
    [
        ("a.yaml", "t.csv", "t.csv"),
        ("x/a.yaml", "t.csv", "x/t.csv"),
        ("x/y/a.yaml", "../t.csv", "x/t.csv"),
        ("x/a.yaml", "./z/t.csv", "x/z/t.csv"),
    ],
)
def test_a_file_is_named_from_the_folder_of_the_file_that_names_it(
    file: str, named: str, there: str
) -> None:
    text = f"{HEADER}define:\n  it: {{first: {named}, else: 0}}\n"

    policy = loaded_files({file: text, there: "customer.tier,value\ngold,1\n"})

    assert [item.name for item in policy.defines] == ["it"]


@pytest.mark.parametrize("named", ["/etc/t.csv", "../../t.csv", "x\\t.csv", "T.csv", "../x/t.csv"])
def test_a_file_that_is_none_of_the_policys_is_refused(named: str) -> None:
    text = f"{HEADER}define:\n  it: {{first: {named}, else: 0}}\n"
    files = {"x/a.yaml": text.encode(), "t.csv": b"a,value\n", "y/x/t.csv": b"a,value\n"}

    assert "no-such-table" in {item.code for item in found_in(files)}


def test_a_file_may_be_named_twice() -> None:
    text = f"{HEADER}define:\n  a: {{first: t.csv, else: 0}}\n  b: {{max: t.csv, else: 0}}\n"

    policy = loaded_files({"a.yaml": text, "t.csv": "customer.tier,value\ngold,1\n"})

    assert [item.name for item in policy.defines] == ["a", "b"]


def test_a_fault_in_brackets_is_told_at_its_place_in_the_file() -> None:
    text = f"{HEADER}define:\n  it: {{first: t.csv, else: 0}}\n"
    table = 'customer.tier,value\n" {not: ""goldd""}",1\n'

    (told,) = found_in({"a.yaml": text.encode(), "t.csv": table.encode()})

    assert (told.code, str(told.place), told.underlined) == (
        "unknown-value",
        "t.csv:2:9",
        '""goldd""',
    )


def test_a_cell_that_is_a_number_with_a_comma_is_pointed_to() -> None:
    text = f"{HEADER}{KINDS}rules: [{{id: late, table: t.csv}}]\n"
    table = "customer.tier;offer;value\ngold;money;3\nvip;money;12,50\n"

    (told,) = found_in({"a.yaml": text.encode(), "t.csv": table.encode()})

    assert (str(told.place), told.underlined, told.help) == ("t.csv:3:11", "12,50", "write 12.50")


# --- what is proved ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "first", "second", "example"),
    [
        ("incident.floors", "..3", "3..", "`incident.floors` is 3"),
        ("incident.floors", "2<..", "..<4", "`incident.floors` is 3"),
        ("incident.floors", "[1, 5..]", "{not: ..4}", "`incident.floors` is 5"),
        ("incident.floors", "8..", "9..", "`incident.floors` is 9"),
        ("incident.share", "0<..", "..<0.5", "`incident.share` is 0.25"),
        ("incident.share", "..25%", "25%..", "`incident.share` is 0.25"),
        ("incident.colour", "[red, green]", "{not: red}", "`incident.colour` is green"),
        ("incident.colour", "{in: warm_ones}", "red", "`incident.colour` is red"),
        ("incident.note", "{not: a}", "{not: b}", "`incident.note` is other"),
        ("incident.note", "{not: other}", "{not: x}", "`incident.note` is other_"),
        ("incident.marks", "gift", "bulky", "`incident.marks` is [bulky, gift]"),
        ("incident.marks", "{not: gift}", "{not: bulky}", "`incident.marks` is []"),
        ("incident.marks", "{all: [gift, bulky]}", "gift", "`incident.marks` is [bulky, gift]"),
        ("incident.wet", "{not: false}", "true", "`incident.wet` is true"),
        ("incident.wet", "{known: false}", '"-"', "`incident.wet` is unknown"),
        ("incident.wet", "{known: true}", "true", "`incident.wet` is true"),
        ("incident.day", "2026-11-23..", "..2026-11-23", "`incident.day` is 2026-11-23"),
        ("incident.wait", "48 hours..", "..3 days", "`incident.wait` is 48 hours"),
        ("incident.wait", "48 hours<..", "..<3 days", "`incident.wait` is 2881 minutes"),
        ("incident.price", "dear<..", "..100.01", "`incident.price` is 100.01"),
    ],
)
def test_two_rows_that_both_match_are_told_with_an_example(
    header: str, first: str, second: str, example: str
) -> None:
    text = define("unique", f"[{header}, value]", f"[{first}, 1]", f"[{second}, 2]")
    text = text.replace("warm:", "warm_ones:").replace("red, orange", "red, blue")

    told = message(text)

    assert told.startswith(f"rows 1 and 2 of the define `it` both match where {example}")


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        ("incident.floors", "..3", "4.."),
        ("incident.floors", "3<..", "..3"),
        ("incident.share", "..<0.5", "0.5.."),
        ("incident.colour", "red", "{not: [red, blue]}"),
        ("incident.note", "a", "{not: a}"),
        ("incident.marks", "gift", "{not: gift}"),
        ("incident.wet", "{known: false}", "{not: false}"),
        ("incident.day", "..<2026-11-23", "2026-11-23.."),
        ("incident.price", "..<dear", "dear.."),
        ("incident.price", "..99.99", "100.00.."),
    ],
)
def test_rows_that_exclude_each_other_are_proved(header: str, first: str, second: str) -> None:
    assert codes(define("unique", f"[{header}, value]", f"[{first}, 1]", f"[{second}, 2]")) == []


def test_rows_are_exclusive_if_one_column_is() -> None:
    rows = ("[incident.colour, incident.wet, value]", "[red, true, 1]", "[red, false, 2]")

    assert codes(define("unique", *rows, '[blue, "-", 3]')) == []


def test_each_row_is_told_about_once() -> None:
    rows = ["[incident.wet, value]", "[true, 1]", "[true, 2]", "[true, 3]"]

    told = [item.message.partition(" of")[0] for item in found(define("unique", *rows))]

    assert told == ["rows 1 and 2", "rows 1 and 3"]


def test_rows_written_as_maps_may_overlap() -> None:
    rows = ("{when: {incident.wet: true}, value: 1}", "{value: 1}")

    assert codes(define("unique", *rows)) == []


@pytest.mark.parametrize(
    ("rows", "example"),
    [
        (["[incident.floors, value]", "[..<4, 1]", "[4<.., 2]"], "`incident.floors` is 4"),
        (["[incident.floors, value]", "[1.., 1]"], "`incident.floors` is 0"),
        (["[incident.share, value]", "[..0.5, 1]"], "`incident.share` is 1"),
        (["[incident.colour, value]", "[[red, blue], 1]"], "`incident.colour` is green"),
        (["[incident.note, value]", "[a, 1]"], "`incident.note` is other"),
        (["[incident.marks, value]", "[gift, 1]"], "`incident.marks` is []"),
        (["[incident.wet, value]", "[{known: false}, 1]"], "`incident.wet` is false"),
        (["[incident.price, value]", "[..<dear, 1]"], "`incident.price` is 100.00"),
        (
            ["[incident.wet, incident.colour, value]", '[true, "-", 1]', '["-", {not: blue}, 2]'],
            "`incident.wet` is false and `incident.colour` is blue",
        ),
    ],
)
def test_facts_that_no_row_covers_are_told(rows: list[str], example: str) -> None:
    told = message(define("first", *rows, more="complete: true"))

    assert told == f"no row of the define `it` matches where {example}"


@pytest.mark.parametrize(
    "rows",
    [
        ["[incident.floors, value]", "[..3, 1]", "[4.., 2]"],
        ["[incident.floors, value]", "[0..8, 1]", "[9, 1]"],
        ["[incident.share, value]", "[..<0.5, 1]", "[0.5.., 2]"],
        ["[incident.colour, value]", "[red, 1]", "[[green, blue], 2]"],
        ["[incident.note, value]", "[a, 1]", "[{not: a}, 2]"],
        ["[incident.marks, value]", "[gift, 1]", "[{not: gift}, 2]"],
        ["[incident.wet, value]", "[true, 1]", "[false, 1]"],
        ["[incident.wet, value]", "[{known: true}, 1]"],
        ["[incident.wet, incident.floors, value]", '[true, "-", 1]', '["-", "-", 2]'],
        [
            "[incident.wet, incident.colour, value]",
            '[true, "-", 1]',
            '["-", red, 2]',
            "[false, {not: red}, 2]",
        ],
    ],
)
def test_rows_that_cover_every_known_fact_need_no_else(rows: list[str]) -> None:
    assert codes(define("first", *rows, more="complete: true")) == []


def test_else_is_needed_where_completeness_is_denied() -> None:
    row = ("[incident.wet, value]", "[{known: true}, 1]")

    assert codes(define("first", *row, more="complete: false")) == ["missing-else"]
    assert codes(define("first", *row, more="complete: false\n    else: 0")) == []


def test_maps_can_be_complete_and_sums_need_no_else_for_it() -> None:
    rows = ("{when: {incident.wet: true}, value: 1}", "{when: {incident.wet: false}, value: 2}")

    assert codes(define("max", *rows, more="complete: true")) == []
    assert codes(define("sum", *rows, more="complete: true")) == []


def unproved(text: str) -> list[str]:
    told = [item for item in found(text) if item.code == "table-unproved"]
    assert told == list(found(text))
    return [item.severity for item in told]


def test_columns_that_depend_on_one_fact_are_not_judged() -> None:
    rows = ("[late, incident.days_late, value]", "[true, 5.., 1]", '["-", 9.., 2]')
    late = "  late: {incident.days_late: 3..}\n"

    unique = define("unique", *rows).replace("define:\n", f"define:\n{late}")
    first = define("first", *rows, more="complete: true").replace("define:\n", f"define:\n{late}")

    assert unproved(unique) == ["warning"]
    assert unproved(first) == ["error"]


def test_rows_of_more_than_tests_leave_a_gap_unproved() -> None:
    rows = ("{when: {incident.wet: true}, value: 1}", "{where: incident.floors < 3, value: 2}")

    assert unproved(define("first", *rows, more="complete: true\n    else: 0")) == ["warning"]
    assert unproved(define("first", *rows, more="complete: true")) == ["error"]


def test_an_amount_a_currency_and_many_words_leave_a_table_unproved() -> None:
    dear = "params: {dear: {value: {USD: 100.00}}}\n"
    text = "define:\n  it: {unique: [[order.total, value], [dear.., 1], [..<dear, 2]], else: 0}\n"
    words = "".join(f", [w{number}, 1]" for number in range(9))
    fact = "facts: {incident.tags: {type: texts, means: x}}\n"
    many = f"{fact}define:\n  it: {{unique: [[incident.tags, value]{words}], else: 0}}\n"

    assert unproved(dear + text) == ["warning"]
    assert unproved(many) == ["warning"]


def test_more_columns_than_are_looked_at_leave_a_table_unproved() -> None:
    names = [f"incident.f{number}" for number in range(101)]
    facts = "facts:\n" + "".join(f"  {name}: {{type: bool, means: x}}\n" for name in names)
    row = ", ".join(["true"] * 101)
    table = f"[[{', '.join(names)}, value], [{row}, 1]]"

    assert unproved(f"{facts}define:\n  it: {{unique: {table}, else: 0}}\n") == ["warning"]


def test_a_define_counts_as_able_to_have_each_value_between() -> None:
    half = "  half: incident.floors / 2\n"
    rows = ("[half, value]", "[..1, 1]", "[2.., 2]")
    text = define("first", *rows, more="complete: true").replace("define:\n", f"define:\n{half}")

    assert message(text) == "no row of the define `it` matches where `half` is 1.5"


@pytest.mark.parametrize("steps", [100, 300])  # these end in the first column, or in another
def test_combinations_that_are_too_many_leave_a_table_unproved(
    steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = "[incident.trips, incident.days_late, incident.wet, value]"
    rows = [f'[..{number}, ..{20 - number}, "-", 1]' for number in range(1, 20)]
    last = ['["-", "-", true, 1]', '["-", "-", false, 1]']
    text = define("first", names, *rows, *last, more="complete: true\n    else: 0")
    assert unproved(text) == []

    monkeypatch.setattr(table_proofs, "_MOST_STEPS", steps)

    assert unproved(text) == ["warning"]


def test_a_row_of_any_values_completes_however_many_there_are() -> None:
    names = "[incident.trips, incident.days_late, incident.wet, value]"
    rows = [f'[..{number}, ..{120 - number}, "-", 1]' for number in range(1, 120)]
    text = define("first", names, *rows, '["-", "-", "-", 1]', more="complete: true")

    assert codes(text) == []


def _unreached(*rows: str) -> list[str]:
    """Return what is told of the rows of a `first` that never are the first to hold."""
    whole = [item for item in found(define("first", *rows)) if item.code == "never-reached"]
    return [item.message.partition(" is never reached: ")[2] for item in whole]


def test_a_row_that_one_row_before_it_covers_is_told_with_that_row() -> None:
    rows = ("[incident.colour, value]", "[red, 1]", "[blue, 2]", "[[red, blue], 3]", "[blue, 4]")

    assert _unreached(*rows) == [
        "wherever it holds, row 1 or row 2 holds",
        "wherever it holds, row 2 holds",
    ]


def test_of_the_rows_that_cover_one_those_are_named_that_are_needed() -> None:
    rows = (
        "[incident.floors, incident.wet, value]",
        '[..3, "-", 1]',
        "[2..5, true, 2]",
        '[4.., "-", 3]',
        "[1..8, false, 4]",
    )

    assert _unreached(*rows) == ["wherever it holds, row 1 or row 3 holds"]


def test_a_row_for_what_is_unknown_is_reached_though_every_value_has_a_row() -> None:
    values = ("[incident.colour, value]", "[red, 1]", "[[blue, green], 2]")

    assert _unreached(*values, '["-", 3]') == []
    assert _unreached(*values, "[{known: true}, 3]") == ["wherever it holds, row 1 or row 2 holds"]


def test_a_row_with_more_than_tests_covers_nothing_but_may_be_covered() -> None:
    wide = "{when: {incident.floors: 2..}, unless: {incident.wet: true}, value: 1}"
    narrow = "{when: {incident.floors: 3..}, where: incident.share > 0.5, value: 2}"
    plain = "{when: {incident.floors: 1..}, value: 3}"

    assert _unreached(wide, narrow) == []
    assert _unreached(plain, narrow) == ["wherever it holds, row 1 holds"]


def test_a_row_that_holds_nowhere_is_told_of_once() -> None:
    rows = ("[incident.floors, value]", '["-", 1]', "[12.., 2]")

    assert codes(define("first", *rows)) == ["never-true"]


def test_rows_that_are_summed_are_all_reached() -> None:
    assert codes(define("sum", "[incident.floors, value]", "[2.., 1]", "[3.., 2]")) == []


def test_of_too_many_rows_it_is_not_told_which_are_reached(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = ("[incident.floors, value]", "[2.., 1]", "[3.., 2]", "[1, 3]")
    assert len(_unreached(*rows)) == 1

    monkeypatch.setattr(table_proofs, "_MOST_ROWS", 2)

    assert _unreached(*rows) == []


def test_nothing_is_told_of_rows_for_which_no_step_of_the_search_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = ("[incident.floors, incident.wet, value]", "[1.., '-', 1]", "[0, '-', 2]")
    last = ("[{known: true}, '-', 3]", "[5.., '-', 4]")
    assert len(_unreached(*rows, *last)) == 2

    monkeypatch.setattr(table_grids, "_MOST_STEPS", 1)

    assert _unreached(*rows, *last) == []


def test_rows_that_test_a_param_with_periods_hide_nothing() -> None:
    params = (
        "timezone: America/New_York\nparams:\n  regulars:\n    value:\n"
        "      - {value: [gold], until: 2026-12-31}\n"
        "      - {value: [gold, vip], from: 2027-01-01}\n"
    )
    rows = (
        "      - {when: {customer.tier: {not: {in: regulars}}}, value: 1}\n"
        "      - {when: {customer.tier: [standard, vip]}, value: 2}\n"
    )

    assert codes(f"{params}define:\n  it:\n    first:\n{rows}    else: 0\n") == []


def test_with_a_faulty_param_no_row_is_said_to_be_never_reached() -> None:
    rows = define("first", "[incident.floors, value]", "[2.., 1]", "[3.., 2]")

    assert codes(rows) == ["never-reached"]
    assert codes(rows.replace("value: 100.00,", "")) == ["missing-key"]


def test_a_time_is_told_as_it_may_be_written() -> None:
    rows = ("[order.placed_at, value]", '["2026-11-23T10:00Z..", 1]', '["..2026-11-23T10:00Z", 2]')

    assert message(define("unique", *rows)).endswith("is 2026-11-23T10:00:00+00:00")


def test_a_column_that_has_a_fault_of_its_own_is_not_told_about_again() -> None:
    late = "define:\n  late: {incident.days: 3..}\n"
    table = "  it: {first: [[late, value], [true, 1]], else: 0}\n"

    assert codes(late + table) == ["unknown-fact"]


def test_brackets_that_are_broken_in_an_effect_are_told() -> None:
    text = f"{HEADER}{KINDS}rules: [{{id: late, table: t.csv}}]\n"
    table = "customer.tier;offer\ngold;[money\n"

    found_there = found_in({"a.yaml": text.encode(), "t.csv": table.encode()})

    assert found_there[-1].code == "yaml-syntax"
    assert str(found_there[-1].place) == "t.csv:2:6"
